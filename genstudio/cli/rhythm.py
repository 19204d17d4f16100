"""The rhythm of one song with the tune of another."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_decoding, add_model, add_part, add_track, piece_options, setting
from genstudio.cli._session import Session

HELP = "write the rhythm of one song with the tune of another"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="a file: its rhythm is kept exactly")
    parser.add_argument("b", metavar="B", help="a file: its tune is kept as far as the rhythm lets")
    add_model(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("-n", "--number", type=setting("n"), default=4, metavar="N", help="how many (default 4)")
    parser.add_argument(
        "--tune",
        type=setting("tune"),
        default=1.0,
        metavar="X",
        help="how much of B's tune is kept: 1 all, 0 only what it is like (default 1)",
    )
    add_part(parser)
    add_decoding(parser, None)
    add_track(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.rhythm(
        args.model, args.a, args.b, args.out, n=args.number, tune=args.tune, keep=keeping(args, session), **piece_options(args)
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "samples")
