"""A grid of pieces between four, which are its corners."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_decoding, add_hold, add_model, add_part, add_track, piece_options, sizes
from genstudio.cli._session import Session

HELP = "write a grid of pieces between four songs or sentences"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    for name, place in (("a", "top left"), ("b", "top right"), ("c", "bottom left"), ("d", "bottom right")):
        parser.add_argument(name, metavar=name.upper(), help=f"a file, or a sentence for a model of text: the corner {place}")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument(
        "--grid", type=sizes, default=5, metavar="N", help="size of the grid: N, or rows and columns such as 3x7 (default 5)"
    )
    add_part(parser)
    add_hold(parser)
    add_decoding(parser, 0.0)
    add_track(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.blend(
        args.model, args.a, args.b, args.c, args.d, args.out, grid=args.grid, keep=keeping(args, session), **piece_options(args)
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "cells")
