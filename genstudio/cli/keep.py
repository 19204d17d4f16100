"""Make pieces of the library favourites; 'genstudio history --favourites' lists them."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import whole
from genstudio.cli._session import Session

HELP = "make a piece of the library a favourite"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids", nargs="+", type=whole(1, 2**53), metavar="ID", help="numbers of pieces, as 'genstudio history' shows"
    )
    parser.add_argument("--unkeep", action="store_true", help="make them no favourites any more")


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio.library import Library

    with Library() as library:
        for number in args.ids:
            library.get(number)  # check all of them before the first change
        for number in args.ids:
            library.favourite(number, not args.unkeep)
        return {"pieces": args.ids, "favourite": not args.unkeep, "remarks": list(library.remarks)}


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    numbers = ", ".join(map(str, result["pieces"]))
    session.out(f"{numbers}: {'a favourite' if result['favourite'] else 'a favourite no longer'}")
