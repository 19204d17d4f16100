"""Make a two-dimensional map of the pieces of a corpus, with their attributes for colouring and their codes for
'genstudio nearest'. It is written into the folder of the model, or into another. UMAP needs the package umap-learn."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli._parser import add_corpus, add_model, add_options, options_of
from genstudio.cli._session import Session
from genstudio.tasks.map import Options

HELP = "map the pieces of a corpus in two dimensions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    add_corpus(parser)
    parser.add_argument("--out", metavar="DIR", help="folder of the map (default: a folder in that of the model)")
    add_options(parser, Options)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    with session.stoppable("no map will be written") as stop:
        options = options_of(args, Options)
        return genstudio.make_map(args.model, args.corpus, args.out, **options, report=session.report, stop=stop)


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    shares = " and ".join(f"{share:.1%}" for share in result["explained"])
    session.out(f"{result['map']}: {result['pieces']:,} pieces, {result['bytes'] / 1e6:.2f} MB without their codes")
    session.out(f"the first two principal axes explain {shares} of the variance")
