"""New pieces, drawn from the model's prior."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_decoding, add_length, add_model, whole
from genstudio.cli._session import Session

HELP = "write new pieces, drawn from the model's prior"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    parser.add_argument("-n", "--number", type=whole(1, 100_000), default=8, metavar="N", help="how many (default 8)")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    add_length(parser, "of each piece (default: as the model ends)")
    add_decoding(parser, 1.0)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.sample(
        args.model, args.number, args.out, length=args.length, temperature=args.temperature, top_p=args.top_p, seed=args.seed
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "samples")
