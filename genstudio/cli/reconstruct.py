"""A song or a sentence through the latent space and back: what the model keeps of it."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_decoding, add_model, add_source, decoding
from genstudio.cli._session import Session

HELP = "send a song or a sentence through the latent space and back"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or a sentence for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="F", help="file to write; its suffix chooses the format")
    add_source(parser, entire=True)
    add_decoding(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.reconstruct(args.model, args.source, args.out, **decoding(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.one(result, session)
