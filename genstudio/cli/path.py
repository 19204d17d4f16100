"""The way through several songs or sentences, from each to the next; each one's reconstruction stands once."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_decoding, add_method, add_model, add_source, decoding, whole
from genstudio.cli._session import Session
from genstudio.errors import ConfigError

HELP = "write the way through several songs or sentences"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="A", help="two or more files, or sentences for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument(
        "--steps", type=whole(2, 1000), default=5, metavar="N", help="steps from each to the next, both included (default 5)"
    )
    add_method(parser)
    add_source(parser)
    add_decoding(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if len(args.sources) < 2:
        raise ConfigError("a path needs at least two pieces to go through; give another.")
    from genstudio import studio

    return studio.path(args.model, args.sources, args.out, steps=args.steps, method=args.method, **decoding(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session)
