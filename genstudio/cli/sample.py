"""New pieces, drawn from the model's prior."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_best_of, add_decoding, add_model, add_spread, setting, whole
from genstudio.cli._session import Session
from genstudio.config import LONGEST

HELP = "write new pieces, drawn from the model's prior"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    parser.add_argument("-n", "--number", type=setting("n"), default=8, metavar="N", help="how many (default 8)")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
    parser.add_argument("--length", type=whole(1, LONGEST), metavar="N", help="bars (words) of each (default: as the model ends)")
    add_decoding(parser, None)
    add_spread(parser)
    add_best_of(parser)
    add_history(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    return studio.sample(
        args.model,
        args.number,
        args.out,
        length=args.length,
        temperature=args.temperature,
        top_p=args.top_p,
        spread=args.spread,
        best_of=args.best_of,
        seed=args.seed,
        keep=keeping(args, session),
    )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.steps(result, session, "samples")
