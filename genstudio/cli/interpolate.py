"""Two songs or two sentences in, what lies between them out: one file a step, the first and the last being A and B themselves."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_decoding, add_hold, add_model, add_part, add_track, choice, piece_options, setting
from genstudio.cli._session import Session
from genstudio.config import METHODS

HELP = "write what lies between two songs or two sentences"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="a file, or a sentence for a model of text")
    parser.add_argument("b", metavar="B", help="another one")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("--steps", type=setting("steps"), default=9, metavar="N", help="steps, both ends included (default 9)")
    parser.add_argument(
        "--method",
        type=choice(*METHODS),
        default=METHODS[0],
        metavar="|".join(METHODS),
        help="details: the summary turns, and details of the nearer song are kept, fewer towards the middle (of models with a "
        "summary; others take wave); wave: beat after beat, from the beginning to the end; slerp: all of it at once, along the "
        "sphere where the model is at home; linear: at once, along a straight line (default details)",
    )
    add_part(parser, entire=True)
    add_hold(parser)
    add_track(parser)
    add_decoding(parser, 0.0)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.interpolate(
        args.model,
        args.a,
        args.b,
        args.out,
        steps=args.steps,
        method=args.method,
        keep=keeping(args, session),
        **piece_options(args),
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session)
