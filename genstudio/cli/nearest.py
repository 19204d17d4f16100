"""Find the pieces of a map that are nearest to a song or a sentence in the latent space. The models that come with the program have
a map of their training data; 'genstudio map' makes one of any corpus."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_model, add_part, add_track, choice, decoding_of, setting
from genstudio.cli._session import Session

HELP = "find the pieces of a corpus nearest to a song or a sentence"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="A", help="a file, or a sentence for a model of text")
    add_model(parser)
    parser.add_argument("--map", metavar="DIR", help="a folder that 'genstudio map' made (default: the model's own map)")
    parser.add_argument("-n", "--number", type=setting("neighbours"), default=5, metavar="N", help="how many (default 5)")
    parser.add_argument(
        "--metric",
        type=choice("euclidean", "cosine"),
        default="euclidean",
        metavar="euclidean|cosine",
        help="distance, over the dimensions that A uses (default euclidean)",
    )
    add_part(parser)
    add_track(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    return genstudio.nearest(args.model, args.source, args.map, args.number, metric=args.metric, **decoding_of(args))


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    rows = [("#", "distance", "title", "source")]
    rows += [(str(one["rank"]), _show.rounded(one["distance"]), one["title"], one["source"]) for one in result["pieces"]]
    for line in _show.table(rows, right=(0, 1)):
        session.out(line)
