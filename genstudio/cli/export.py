"""Write melodies or text in another format: sound, notation, an engraved score, a piano roll, a table. What a file says of how it
was made goes along."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_column, add_track, choice, number, read_options, whole
from genstudio.cli._session import Session

HELP = "write a piece as sound, notation, a picture or a table"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="PIECE", help="a melody file, a text file, or a sentence; or several")
    parser.add_argument(
        "--to", metavar="FORMAT", help="wav, flac, ogg, midi, musicxml, abc, svg, png, pdf, txt, csv (default: what --out ends in)"
    )
    parser.add_argument("--out", required=True, metavar="F", help="file to write")
    add_track(parser)
    add_column(parser)
    parser.add_argument("--number", type=whole(1, 1_000_000), default=1, metavar="N", help="which melody of a tunebook (default 1)")
    parser.add_argument("--instrument", metavar="I", help="General MIDI instrument, by name or number from 1")
    parser.add_argument("--tempo", type=number(0.1, 10), metavar="X", help="how many times as fast (default 1)")
    parser.add_argument("--rate", type=whole(8000, 96000), metavar="HZ", help="samples a second of sound (default 44100)")
    parser.add_argument("--soundfont", metavar="F", help="an own SoundFont, .sf2 or .sf3")
    parser.add_argument("--picture", type=choice("score", "roll"), metavar="score|roll", help="of SVG, PNG and PDF (default score)")
    parser.add_argument("--theme", type=choice("light", "dark"), metavar="light|dark", help="of a piano roll (default light)")
    parser.add_argument("--title", metavar="T", help="title of a picture")
    parser.add_argument("--scale", type=number(0.25, 10), metavar="X", help="size of a PNG picture (default 2.5)")


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    names = ("instrument", "tempo", "rate", "soundfont", "picture", "theme", "title", "scale")
    options = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    return genstudio.export(args.sources, args.out, to=args.to, number=args.number, read=read_options(args), **options)


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    size = f"{result['bytes'] / 1e6:.1f} MB" if result["bytes"] >= 100_000 else f"{result['bytes']:,} bytes"
    session.out(f"{result['path']}: {result['label']}, {size}")
