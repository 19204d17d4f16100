"""A 2-D map of everything a model knows: the pieces of a corpus at their places, with their attributes for colouring and their
codes for 'genstudio nearest'. It is kept with the model, or in a folder of its own. PCA is always there; UMAP needs the package
umap-learn."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli._parser import add_model, choice, whole
from genstudio.cli._session import Session

HELP = "map the pieces of a corpus in two dimensions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    parser.add_argument("--corpus", required=True, metavar="DIR", help="a folder that 'genstudio corpus' made")
    parser.add_argument("--out", metavar="DIR", help="folder of the map (default: the model's own, beside its weights)")
    parser.add_argument(
        "--method", type=choice("pca", "umap"), default="pca", metavar="pca|umap", help="how the plane is found (default pca)"
    )
    parser.add_argument(
        "--split",
        type=choice("train", "valid", "test"),
        default="train",
        metavar="train|valid|test",
        help="part of the corpus (default train)",
    )
    parser.add_argument("--limit", type=whole(1, 10**9), metavar="N", help="no more pieces than this, drawn by chance")


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio import studio

    with session.stoppable("no map will be written") as stop:
        return studio.make_map(
            args.model,
            args.corpus,
            args.out,
            method=args.method,
            split=args.split,
            limit=args.limit,
            seed=args.seed,
            report=session.report,
            stop=stop,
        )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    shares = " and ".join(f"{share:.1%}" for share in result["explained"])
    session.out(f"{result['map']}: {result['pieces']:,} pieces, {result['bytes'] / 1e6:.2f} MB without their codes")
    session.out(f"the first two principal axes explain {shares} of the variance")
