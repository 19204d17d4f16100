"""A grid of pieces between four: A top left, B top right, C bottom left, D bottom right; the corners are their reconstructions."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_decoding, add_model, add_source, decoding, grid
from genstudio.cli._session import Session

HELP = "write a grid of what lies between four songs or sentences"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="a file, or a sentence for a model of text")
    for name in "bcd":
        parser.add_argument(name, metavar=name.upper(), help="another one")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument(
        "--grid", type=grid, default=(5, 5), metavar="N|NxM", help="rows and columns, for example 5, or 4x6 (default 5)"
    )
    add_source(parser)
    add_decoding(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.blend(args.model, args.a, args.b, args.c, args.d, args.out, grid=args.grid, **decoding(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "cells")
