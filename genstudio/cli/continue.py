"""What follows: the given bars or words are kept, and the model goes on from their end."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_decoding, add_model, add_part, add_track, piece_options, setting, whole
from genstudio.cli._session import Session
from genstudio.config import LONGEST

HELP = "keep a song or the beginning of a sentence and write what follows"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or a sentence for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("-n", "--number", type=setting("n"), default=4, metavar="N", help="how many (default 4)")
    parser.add_argument(
        "--length", type=whole(1, LONGEST), metavar="N",
        help="bars (words) of the result with the given ones (default: the model's phrase, or half a phrase more than A where A "
        "fills it; a text ends where the model ends it)",
    )
    parser.add_argument(
        "--given", type=whole(1, LONGEST), metavar="N", help="keep only the first N bars (words) of A (default: all of it)"
    )
    add_part(parser)
    add_decoding(parser, None)
    add_track(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.continue_(
        args.model,
        args.source,
        args.out,
        n=args.number,
        length=args.length,
        given=args.given,
        keep=keeping(args, session),
        **piece_options(args),
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "samples")
