"""Make new pieces for the classes of a table that have few, and say with --report whether they help a classifier.

The table has a column of texts, or of the names of files, and one of labels. New pieces are varied in the latent space from those
of their class; near duplicates, and what looks like another class, are left out. All rows of the table come first, unchanged."""

from __future__ import annotations

import argparse
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_column, add_model, add_options, add_track, options_of, read_options
from genstudio.cli._session import Session
from genstudio.tasks.augment import Options

HELP = "make new pieces for the classes of a table that have few"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", metavar="TABLE", help="a .csv, .tsv or .jsonl file")
    add_model(parser)
    parser.add_argument("--label", required=True, metavar="NAME", help="column (name, or number from 0) with the classes")
    parser.add_argument(
        "--out", required=True, metavar="OUT", help="table that is written, or the folder, where the pieces are files"
    )
    add_options(parser, Options)
    add_column(parser)
    add_track(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    with session.stoppable("what was made so far is kept, and the same call goes on") as stop:
        return genstudio.augment(
            args.model, args.table, args.label, args.out, read=read_options(args), **options_of(args, Options),
            report=session.report, stop=stop,
        )  # fmt: skip


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    _show.remarks(result, session)
    rows = [("class", "before", "after")]
    rows += [(one["label"], f"{one['before']:,}", f"{one['after']:,}") for one in result["classes"]]
    for line in _show.table(rows, right=(1, 2)):
        session.out(line)
    session.out(f"{result['out']}: {result['pieces']:,} pieces and {result['new']:,} new ones")
    if "report" in result:
        session.out(result["report"]["sentence"])
