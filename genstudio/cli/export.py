"""Write pieces in another format: sound, notation, an engraved score, a piano roll, a table. The provenance in a file is copied."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_column, add_options, add_track, read_options, whole
from genstudio.cli._session import Session
from genstudio.rendering.formats.registry import FORMATS, OPTIONS

HELP = "write a piece as sound, notation, a picture or a table"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="PIECE", help="a melody file, a text file, or a sentence; or several")
    parser.add_argument("--to", metavar="FORMAT", help=f"{', '.join(FORMATS)} (default: the suffix of --out)")
    parser.add_argument("--out", required=True, metavar="F", help="file to write")
    add_track(parser)
    add_column(parser)
    parser.add_argument("--number", type=whole(1, 1_000_000), default=1, metavar="N", help="which melody of a tunebook (default 1)")
    named = {"parts"}  # that of reading files, of which more than eight parts can be chosen
    for known in FORMATS.values():
        names = [name for name in known.option_names if name not in named]
        add_options(parser, known.options, names, **dict.fromkeys(names, argparse.SUPPRESS))  # parsed only if given
        named.update(names)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    options = {name: getattr(args, name) for name in OPTIONS if name != "parts" and hasattr(args, name)}
    return genstudio.export(args.sources, args.out, to=args.to, number=args.number, read=read_options(args), **options)


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    size = f"{result['bytes'] / 1e6:.1f} MB" if result["bytes"] >= 100_000 else f"{result['bytes']:,} bytes"
    session.out(f"{result['path']}: {result['label']}, {size}")
