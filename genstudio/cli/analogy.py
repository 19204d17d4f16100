"""A - B + C: what is to C as A is to B."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_decoding, add_hold, add_model, add_part, add_track, piece_options
from genstudio.cli._session import Session

HELP = "write A - B + C: what is to C as A is to B"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    for name in ("a", "b", "c"):
        parser.add_argument(name, metavar=name.upper(), help="a file, or a sentence for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="F", help="file to write; its suffix chooses the format")
    add_part(parser)
    add_hold(parser)
    add_decoding(parser, 0.0)
    add_track(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.analogy(
        args.model, args.a, args.b, args.c, args.out, keep=keeping(args, session), **piece_options(args)
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.one(result, session)
