"""Print how a file that GenStudio wrote was made: the model, the operation, the seed, the settings and the sources."""

from __future__ import annotations

import argparse
import json
from typing import Any

from genstudio.cli import _show
from genstudio.cli._session import Session
from genstudio.rendering.formats.registry import FORMATS

HELP = "print how a file was made: model, operation, seed, settings"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    *others, last = [known.suffixes[0] for known in FORMATS.values() if known.kind == "music" and known.traces]
    parser.add_argument("file", metavar="FILE", help=f"a {', '.join(others)} or {last} file")


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    import genstudio

    return genstudio.trace(args.file)


def _for_people(value: Any) -> Any:
    """A setting without the symbols of given pieces, which are not readable for people."""
    return {name: one for name, one in value.items() if name != "exact"} if isinstance(value, dict) else value


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    which = f"piece {result['index'] + 1} of {result['count']}" if result["index"] is not None else f"all {result['count']} pieces"
    rows = [
        ("operation", f"{result['operation']}, {which}"),
        ("model", f"{result['model']} ({result['digest'][:12]})"),
        ("seed", str(result["seed"])),
        *(("source", source) for source in result["sources"]),
        *((name, json.dumps(_for_people(value), ensure_ascii=False)) for name, value in result["settings"].items()),
        ("job", result["job"]),
        ("code", f"{len(result['code'])} numbers"),
        ("version", result["version"]),
    ]
    for line in _show.table(rows):
        session.out(line)
