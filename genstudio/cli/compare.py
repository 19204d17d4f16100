"""Train cores and bottlenecks on one corpus, each with the same budget, and print a table of their metrics.

Finished variants are kept: the same command resumes a stopped comparison, and adds new variants.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
from typing import Any

from genstudio.cli import _show
from genstudio.cli._parser import add_corpus, add_options, command_line, options_of
from genstudio.cli._session import Session
from genstudio.config import get_preset
from genstudio.errors import Stopped
from genstudio.tasks.compare import Options, rows

HELP = "train cores and bottlenecks side by side, and print their metrics"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="folder of the comparison: the models, and the table")
    add_options(parser, Options)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    if args.preset is not None:
        get_preset(args.preset)
    options = options_of(args, Options)
    import genstudio

    command = shlex.join(command_line("compare", args, [], Options))
    try:
        with session.stoppable("what is trained so far is kept") as stop:
            return genstudio.compare(args.corpus, args.out, command=command, **options, report=session.report, stop=stop)
    except Stopped:
        raise Stopped(f"stopped; to go on: {command}") from None


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    table = rows(result)
    for block, columns in enumerate(_blocks(table, shutil.get_terminal_size((160, 24)).columns)):
        if block:
            session.out()
        for line in _show.table([[row[column] for column in columns] for row in table], right=range(1, len(columns))):
            session.out(line)
    for entry in result["variants"]:
        if "error" in entry:
            session.out(f"{entry['name']}: {entry['error']}")
    session.out(f"the table: {result['table']}")


def _blocks(table: list[list[str]], width: int) -> list[list[int]]:
    """Blocks of columns that fit into ``width``, each with the first column."""
    widths = [max(_show.width(row[column]) for row in table) for column in range(len(table[0]))]
    blocks = [[0]]
    used = widths[0]
    for column in range(1, len(widths)):
        if len(blocks[-1]) > 1 and used + 2 + widths[column] > width:
            blocks.append([0])
            used = widths[0]
        blocks[-1].append(column)
        used += 2 + widths[column]
    return blocks
