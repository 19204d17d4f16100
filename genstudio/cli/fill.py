"""Fill a gap: what is outside stays exactly, and what is inside is new. Of a song some bars, of a text what ``___`` stands for."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_column, add_decoding, add_model, add_track, piece_options, setting, span
from genstudio.cli._session import Session

HELP = "write new bars into a song, or what is missing in a sentence"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or a sentence with ___ where something is missing")
    add_model(parser)
    parser.add_argument("--bars", type=span, metavar="A-B", help="the bars that are replaced by new ones, such as 5-8")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("-n", "--number", type=setting("n"), default=4, metavar="N", help="how many (default 4)")
    add_column(parser)
    add_decoding(parser, None)
    add_track(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    options = piece_options(args)
    gap = options.pop("bars", None)
    return studio.fill(args.model, args.source, args.out, gap=gap, n=args.number, keep=keeping(args, session), **options)


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "samples")
