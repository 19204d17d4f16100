"""A way through many songs or sentences: from the first to the second, on to the third, and so on, as one piece."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_decoding, add_hold, add_model, add_part, add_track, choice, piece_options, setting
from genstudio.cli._session import Session
from genstudio.config import METHODS

HELP = "write a way through many songs or sentences"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="A", help="two files or more, or sentences for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument(
        "--steps", type=setting("steps"), default=5, metavar="N", help="steps from each to the next, both included (default 5)"
    )
    parser.add_argument(
        "--method",
        type=choice(*METHODS),
        default=METHODS[0],
        metavar="|".join(METHODS),
        help="details: the summary turns, and details of the nearer song are kept, fewer towards the middle (of models with a "
        "summary; others take wave); wave: beat after beat, from the beginning to the end; slerp: all of it at once, along the "
        "sphere where the model is at home; linear: at once, along a straight line (default details)",
    )
    add_part(parser)
    add_hold(parser)
    add_decoding(parser, 0.0)
    add_track(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.path(
        args.model, args.sources, args.out, steps=args.steps, method=args.method, keep=keeping(args, session), **piece_options(args)
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session)
