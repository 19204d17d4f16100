"""Neighbours of a song or a sentence, all at a chosen distance from it."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_decoding, add_hold, add_model, add_part, add_track, piece_options, setting
from genstudio.cli._session import Session

HELP = "write neighbours of a song or a sentence"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or a sentence for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("-n", "--number", type=setting("n"), default=8, metavar="N", help="how many (default 8)")
    parser.add_argument(
        "--amount",
        type=setting("amount"),
        default=0.3,
        metavar="X",
        help="how far: 0 is the piece as the model keeps it, 1 as far as any other piece (default 0.3)",
    )
    add_part(parser, entire=True)
    add_hold(parser)
    add_decoding(parser, 0.0)
    add_track(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.vary(
        args.model, args.source, args.out, n=args.number, amount=args.amount, keep=keeping(args, session), **piece_options(args)
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "samples")
