"""Fit a prior to the codes of a corpus, so that samples are drawn from the region of real pieces and not from N(0, I).

The other weights of the model stay as they are. Ctrl-C saves the state; the same command with --resume continues."""

from __future__ import annotations

import argparse
import shlex
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_corpus, add_options, command_line, options_of
from genstudio.cli._session import Session
from genstudio.errors import Stopped
from genstudio.training.options import PriorRun

HELP = "fit a prior to the codes of a corpus, for better samples"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="M", help="name or folder of the model")
    add_corpus(parser)
    add_options(parser, PriorRun)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    try:
        with session.stoppable("its state is saved first") as stop:
            options = options_of(args, PriorRun)
            return genstudio.fit_prior(args.model, args.corpus, **options, report=session.report, stop=stop)
    except Stopped:
        from genstudio.tasks.prior import prior_begun

        if not prior_begun(args.model):
            raise Stopped("stopped before the first step; the model stays as it was.") from None
        words = [*command_line("prior", args, [args.model], PriorRun), "--resume"]
        raise Stopped(f"stopped; to go on: {shlex.join(words)}") from None


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    session.out(f"learned from {_show.rounded(result['pieces'])} pieces in {_show.rounded(result['step'])} steps")
    _show.prior(result, session)
