"""Every figure there is of a model, on held-out pieces of a corpus or on files of one's own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from genstudio.cli import _show
from genstudio.cli._events import add_events, attend, telling
from genstudio.cli._operations import add_options
from genstudio.cli._parser import (
    add_column,
    add_decoding,
    add_model,
    add_track,
    choice,
    read_options,
    whole,
)
from genstudio.cli._session import Session
from genstudio.errors import ConfigError
from genstudio.figures import DEFINITIONS
from genstudio.latent.operations.sample import Options

HELP = "measure a model on held-out pieces"

SHOWN = 20
NEAREST = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILES", help="files to measure on, instead of a corpus")
    add_model(parser)
    parser.add_argument("--corpus", metavar="DIR", help="a folder that 'genstudio corpus' made")
    parser.add_argument(
        "--split", type=choice("train", "valid", "test"), default="test", metavar="train|valid|test",
        help="part of the corpus (default test)",
    )
    parser.add_argument("--limit", type=whole(1, 10**9), metavar="N", help="measure on no more pieces than this")
    parser.add_argument(
        "--samples", type=whole(1, 100_000), default=20, metavar="N",
        help="samples of the latent code for each piece's likelihood; more are slower and nearer to the truth (default 20)",
    )
    parser.add_argument(
        "--interpolation", type=whole(0, 10**6), default=0, metavar="N",
        help="measure interpolation too, between this many pairs of the pieces (default 0: not)",
    )
    parser.add_argument(
        "--generated", type=whole(0, 10_000), default=100, metavar="N",
        help="measure this many samples of the model, beside these pieces and the corpus's training pieces (default 100; 0: none)",
    )
    add_decoding(parser, None)
    add_options(parser, Options, ("spread", "best_of"))
    parser.add_argument("--write", action="store_true", help="keep the figures in the model's manifest and card")
    parser.add_argument(
        "--examples", type=whole(0, 100), default=5, metavar="N",
        help="with --write, show the first N reconstructions of a random order, and 8 samples, in the card (default 5; 0: neither)",
    )
    add_column(parser)
    add_track(parser)
    add_events(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if bool(args.files) == (args.corpus is not None):
        raise ConfigError("evaluate measures on either a corpus or files; give --corpus DIR, or files.")
    with telling(args.events, {key: getattr(args, key) for key in ("model", "corpus", "split", "seed")}, session) as tell:
        from genstudio import studio

        with session.stoppable() as stop:
            if args.attended:
                attend(stop)
            result = studio.evaluate(
                args.model, None if args.corpus is None else Path(args.corpus), [Path(name) for name in args.files],
                split=args.split, limit=args.limit, samples=args.samples, interpolation=args.interpolation,
                generated=args.generated, temperature=args.temperature, top_p=args.top_p, spread=args.spread, best_of=args.best_of,
                write=args.write,
                examples=args.examples, read=read_options(args), seed=args.seed, report=session.report, stop=stop,
            )
        tell("done", result)  # with what is too long, or not for others' eyes, to be kept with the model
    return result


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    _show.refusals(result.get("refused") or (), session, most=SHOWN, rest="--json lists them all")
    for line in _show.table(list(_rows(result)), right=(1,)):
        session.out(line)
    _show_features(result.get("music") or {}, session)
    _show_nearest((result.get("novelty") or {}).get("pieces") or (), session)


_FOR_PROGRAMS = ("remarks", "refused", "digest", "corpus")  # or shown elsewhere


def _rows(values: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, str, str]]:
    """Plain figures first, then groups of them, each under its name; what is not defined for the model is left out."""
    indent = "  " * depth
    for name, value in values.items():
        if name in _FOR_PROGRAMS or value is None or isinstance(value, (dict, list, tuple)):
            continue
        yield indent + name, _show.figure(value), DEFINITIONS.get(name, "")
    for name, value in values.items():
        if name != "music" and isinstance(value, dict) and (rows := list(_rows(value, depth + 1))):
            yield indent + name, "", ""
            yield from rows


def _show_features(features: Mapping[str, Mapping[str, Any]], session: Session) -> None:
    """The features of generated beside real music, a row each, and what the columns are."""
    if not features:
        return
    columns = list(dict.fromkeys(column for values in features.values() for column in values))
    rows = [["music", *columns, ""]]
    for name, values in features.items():
        shown = [_show.figure(values[column]) if column in values else "" for column in columns]
        rows.append([f"  {name}", *shown, DEFINITIONS.get(name, "")])
    for line in _show.table(rows, right=range(1, len(columns) + 1)):
        session.out(line)
    for line in _show.table([("  " + column, DEFINITIONS.get(column, "")) for column in columns]):
        session.out(line)


def _show_nearest(pieces: Sequence[Mapping[str, Any]], session: Session) -> None:
    """The samples that are nearest to a training piece."""
    near = sorted((piece for piece in pieces if piece["nearest"] is not None), key=lambda piece: float(piece["distance"]))[:NEAREST]
    if not near:
        return
    rows = [("nearest to training", "longest", "distance", "training piece")]
    for piece in near:
        where = " in ".join(text for text in (str(piece.get("title", "")), str(piece.get("source", ""))) if text)
        rows.append((f"  sample {piece['number'] + 1}", str(piece["longest"]), _show.figure(piece["distance"]), where))
    for line in _show.table(rows, right=(1, 2)):
        session.out(line)
