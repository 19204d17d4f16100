"""Build a corpus, which a model can be trained on, from files and folders. Refused files are listed with the reason."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Any

from genstudio.cli import _show
from genstudio.cli._events import add_events, attend, writing_events
from genstudio.cli._parser import add_column, add_options, add_track, options_of, read_options
from genstudio.cli._session import Session
from genstudio.config import get_preset
from genstudio.domains import get_domain
from genstudio.tasks.corpus import Options

HELP = "build a corpus from files and folders"

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="SRC", help="a file or a folder")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder of the corpus")
    add_options(parser, Options)
    add_column(parser)
    parser.add_argument(
        "--label",
        action="append",
        metavar="NAME",
        help="column or field that is kept with each text, for 'genstudio shape' to change; may be given several times",
    )
    parser.add_argument("--verbose", action="store_true", help="list every refusal")
    add_track(parser)
    add_events(parser)


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    # First, so that wrong names are reported before the engine is loaded.
    if args.domain is not None:
        get_domain(args.domain)
    if args.preset is not None:
        get_preset(args.preset)
    with writing_events(args.events, {key: getattr(args, key) for key in ("sources", "out", "preset", "domain", "seed")}, session):
        import genstudio

        with session.stoppable("no corpus will be written") as stop:
            if args.attended:
                attend(stop)
            options = options_of(args, Options)
            return genstudio.build_corpus(
                args.sources, args.out, read=read_options(args), **options, report=session.report, stop=stop
            )


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    notes: list[str] = list(result.get("remarks") or ())
    _show.remarks({"remarks": notes if args.verbose else notes[:SHOWN]}, session)
    if len(notes) > SHOWN and not args.verbose:
        session.note(f"note: and {len(notes) - SHOWN:,} more remarks; --verbose shows them")
    refused: list[dict[str, Any]] = list(result.get("refused") or ())
    rest = f"all are in {Path(args.out) / 'report.json'}, and --verbose shows them"
    _show.refusals(refused, session, most=len(refused) if args.verbose else SHOWN, rest=rest)
    _others(result, args, session)
    splits = ", ".join(f"{_show.rounded(result[name])} {name}" for name in ("train", "valid", "test"))
    session.out(f"{_show.rounded(result['files'])} files, {_show.rounded(result['pieces'])} pieces; phrases: {splits}")
    pieces, phrases = result.get("duplicate_pieces", 0), result.get("duplicate_phrases", 0)
    if pieces or phrases:
        session.out(f"duplicates left out: {pieces:,} pieces, {phrases:,} phrases")
    preset = f" --preset {args.preset}" if args.preset else ""
    session.out(f"corpus: {args.out}")
    session.out(f"next: genstudio train --corpus {shlex.quote(args.out)}{preset} --out runs/mine")


def _others(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    """Print the files of other kinds in the folders, which are not read."""
    if not result.get("ignored"):
        return
    kinds = ", ".join(f"{count:,} {suffix or 'without a suffix'}" for suffix, count in result["ignored_kinds"].items())
    session.out(f"of other kinds, not read: {result['ignored']:,} ({kinds})")
    files = list(result["ignored_files"])
    shown = files if args.verbose else files[:SHOWN]
    for path in shown:
        session.out(f"  {path}")
    if result["ignored"] > len(shown):
        session.out(f"  and {result['ignored'] - len(shown):,} more" + ("" if args.verbose else "; --verbose shows more of them"))
