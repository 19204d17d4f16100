"""Neighbours of a song or a sentence, all at the same distance from it."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_decoding, add_model, add_source, decoding, number, whole
from genstudio.cli._session import Session

HELP = "write variations of a song or a sentence"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or a sentence for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("-n", "--number", type=whole(1, 10_000), default=8, metavar="N", help="how many (default 8)")
    parser.add_argument(
        "--amount", type=number(0, 1), default=0.3, metavar="X", help="0 is A itself, 1 as far as any other piece (default 0.3)"
    )
    add_source(parser, entire=True)
    add_decoding(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.vary(args.model, args.source, args.out, n=args.number, amount=args.amount, **decoding(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "samples")
