"""A - B + C: C with what tells A from B."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_decoding, add_model, add_source, decoding
from genstudio.cli._session import Session

HELP = "write what is to C as A is to B"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="a file, or a sentence for a model of text")
    parser.add_argument("b", metavar="B", help="what is taken away from it")
    parser.add_argument("c", metavar="C", help="what the difference is added to")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="F", help="file to write; its suffix chooses the format")
    add_source(parser)
    add_decoding(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.analogy(args.model, args.a, args.b, args.c, args.out, **decoding(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.one(result, session)
