"""The first bars or words in, whole pieces out: what is given is kept exactly, and the model writes on."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_decoding, add_length, add_model, add_source, decoding, whole
from genstudio.cli._session import Session

HELP = "write on from the first bars of a song or words of a sentence"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or words for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("-n", "--number", type=whole(1, 1000), default=4, metavar="N", help="how many (default 4)")
    add_length(parser, "in all (default: a phrase of the model, or where its sentence ends)")
    parser.add_argument(
        "--keep", type=whole(1, 1_000_000), metavar="N", help="keep the first N bars or words of A (default: all that leave room)"
    )
    add_source(parser, bars=False)
    add_decoding(parser, 1.0)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.continue_(args.model, args.source, args.out, n=args.number, length=args.length, given=args.keep, **decoding(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "samples")
