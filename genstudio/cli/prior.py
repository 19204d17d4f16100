"""Fit a prior to the codes of a corpus, so that samples are drawn where pieces are and not from N(0, I).

The model's other weights stay. Ctrl-C keeps the state; the same command with --resume goes on."""

from __future__ import annotations

import argparse
import shlex
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import number, whole
from genstudio.cli._session import Session
from genstudio.errors import Stopped

HELP = "learn where the codes of pieces are, for better samples"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="M", help="name or folder of the model")
    parser.add_argument("--corpus", required=True, metavar="DIR", help="a folder that 'genstudio corpus' made")
    parser.add_argument("--max-steps", type=whole(1, 10**9), metavar="N", help="steps (default: as its preset says)")
    parser.add_argument("--max-minutes", type=number(0, 1e6, above=True), metavar="X", help="stop after so many minutes")
    parser.add_argument("--limit", type=whole(1, 10**9), metavar="N", help="learn from no more training pieces than this")
    parser.add_argument("--further", action="store_true", help="go on from the prior that the model has, with a new schedule")
    parser.add_argument("--resume", action="store_true", help="go on with a fitting that was stopped")


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    try:
        with session.stoppable("its state is saved first") as stop:
            return studio.fit_prior(
                args.model, args.corpus, max_steps=args.max_steps, max_minutes=args.max_minutes, limit=args.limit,
                resume=args.resume, further=args.further, seed=args.seed, report=session.report, stop=stop,
            )  # fmt: skip
    except Stopped:
        from genstudio.workbench.learning import prior_begun

        if not prior_begun(args.model):
            raise Stopped("stopped before the first step; the model stays as it was.") from None
        words = ["genstudio", "prior", args.model, "--corpus", args.corpus]
        words += ["--max-minutes", f"{args.max_minutes:g}"] if args.max_minutes is not None else []
        raise Stopped(f"stopped; to go on: {shlex.join([*words, '--resume'])}") from None


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    session.out(f"learned from {_show.figure(result['pieces'])} pieces in {_show.figure(result['step'])} steps")
    _show.prior(result, session)
