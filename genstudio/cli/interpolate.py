"""Two songs or two sentences in, what lies between them out: one file a step, the ends being the reconstructions of A and B."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_decoding, add_method, add_model, add_source, decoding, whole
from genstudio.cli._session import Session

HELP = "write what lies between two songs or two sentences"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="a file, or a sentence for a model of text")
    parser.add_argument("b", metavar="B", help="another one")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("--steps", type=whole(2, 10_000), default=9, metavar="N", help="steps, both ends included (default 9)")
    add_method(parser)
    add_source(parser, entire=True)
    add_decoding(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.interpolate(args.model, args.a, args.b, args.out, steps=args.steps, method=args.method, **decoding(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session)
