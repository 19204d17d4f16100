"""Evaluate a model with all metrics, on held-out pieces of a corpus or on files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genstudio.cli import _show
from genstudio.cli._events import add_events, attend, writing_events
from genstudio.cli._parser import add_column, add_corpus, add_model, add_options, add_track, options_of, read_options
from genstudio.cli._session import Session
from genstudio.errors import ConfigError
from genstudio.evaluation.options import EvaluationOptions
from genstudio.metrics import metric

HELP = "evaluate a model on held-out pieces"

SHOWN = 20
NEAREST = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILES", help="files to evaluate on, instead of a corpus")
    add_model(parser)
    add_corpus(parser, required=False)
    add_options(parser, EvaluationOptions)
    add_column(parser)
    add_track(parser)
    add_events(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if bool(args.files) == (args.corpus is not None):
        raise ConfigError("evaluate measures on either a corpus or files; give --corpus DIR, or files.")
    with writing_events(args.events, {key: getattr(args, key) for key in ("model", "corpus", "split", "seed")}, session) as write:
        import genstudio

        with session.stoppable() as stop:
            if args.attended:
                attend(stop)
            options = options_of(args, EvaluationOptions)
            result = genstudio.evaluate(
                args.model, args.corpus, args.files, read=read_options(args), **options, report=session.report, stop=stop
            )
        write("done", result)  # including results that are too long or too private for the model card
    return result


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    _show.refusals(result.get("refused") or (), session, most=SHOWN, rest="--json lists them all")
    for line in _show.table(list(_rows(result)), right=(1,)):
        session.out(line)
    _show_features(result.get("music") or {}, session)
    _show_nearest((result.get("novelty") or {}).get("pieces") or (), session)


_FOR_PROGRAMS = ("remarks", "refused", "digest", "corpus")  # or printed elsewhere


def _rows(values: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, str, str]]:
    """Rows of single metrics, then of the groups of metrics; those that are not defined for the model are left out."""
    indent = "  " * depth
    for name, value in values.items():
        if name in _FOR_PROGRAMS or value is None or isinstance(value, (dict, list, tuple)):
            continue
        yield indent + name, _show.rounded(value), metric(name).about
    for name, value in values.items():
        if name != "music" and isinstance(value, dict) and (rows := list(_rows(value, depth + 1))):
            yield indent + name, "", ""
            yield from rows


def _show_features(features: Mapping[str, Mapping[str, Any]], session: Session) -> None:
    """Print the features of generated and real music, a row for each feature, and the meanings of the columns."""
    if not features:
        return
    columns = list(dict.fromkeys(column for values in features.values() for column in values))
    rows = [["music", *columns, ""]]
    for name, values in features.items():
        shown = [_show.rounded(values[column]) if column in values else "" for column in columns]
        rows.append([f"  {name}", *shown, metric(name).about])
    for line in _show.table(rows, right=range(1, len(columns) + 1)):
        session.out(line)
    for line in _show.table([("  " + column, metric(column).about) for column in columns]):
        session.out(line)


def _show_nearest(pieces: Sequence[Mapping[str, Any]], session: Session) -> None:
    """Print the samples that are nearest to a training piece."""
    near = sorted((piece for piece in pieces if piece["nearest"] is not None), key=lambda piece: float(piece["distance"]))[:NEAREST]
    if not near:
        return
    rows = [("nearest to training", "longest", "distance", "training piece")]
    for piece in near:
        where = " in ".join(text for text in (str(piece.get("title", "")), str(piece.get("source", ""))) if text)
        rows.append((f"  sample {piece['number'] + 1}", str(piece["longest"]), _show.rounded(piece["distance"]), where))
    for line in _show.table(rows, right=(1, 2)):
        session.out(line)
