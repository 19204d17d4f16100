"""A song or a sentence through the latent space and back: what the model keeps of it."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_model, add_part, add_track, piece_options, setting
from genstudio.cli._session import Session
from genstudio.config import DecodingOptions

HELP = "send a song or a sentence through the latent space and back"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or a sentence for a model of text")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="F", help="file to write; its suffix chooses the format")
    add_part(parser, entire=True)
    parser.add_argument(
        "--temperature",
        type=setting("temperature", DecodingOptions),
        default=0.0,
        metavar="X",
        help="0 decodes the likeliest token each time, more draws with chance (default 0)",
    )
    add_track(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.reconstruct(args.model, args.source, args.out, keep=keeping(args, session), **piece_options(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.one(result, session)
