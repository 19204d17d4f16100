"""Make a piece of the library again, byte for byte, or, with a folder as --out, all pieces of the same job.

The model that made it must be available, unchanged."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from genstudio.cli import _show
from genstudio.cli._session import Session
from genstudio.errors import ConfigError

HELP = "make again a piece of the library, byte for byte"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="number of a piece, or id of a job, as 'genstudio history' shows them")
    parser.add_argument("--out", required=True, metavar="F|DIR", help="file for the piece, or folder for all pieces of its job")
    parser.add_argument("--model", metavar="M", help="name or folder of the model, if its name has changed")


def run(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    from genstudio.library import Library

    with Library() as library:
        index = None
        if args.id.isdecimal() and len(args.id) < 16:  # ids of jobs are longer
            entry = library.get(int(args.id))
            if entry.job is None:
                raise ConfigError(f"piece {entry.id} is one of your own, which no model made; it cannot be made again.")
            job, index = library.job(entry.job), entry.place
        else:
            job = library.job(args.id)
        siblings = library.of_job(job.id)
        remarks = list(library.remarks)
    import genstudio
    from genstudio.domains import get_domain
    from genstudio.rendering.formats.registry import suffixes_of

    domain = get_domain(siblings[0].domain)
    is_file = Path(args.out).suffix.lower() in suffixes_of(domain)
    if is_file and index is None:
        if len(siblings) != 1:
            raise ConfigError(f"the job {job.id} made several pieces; give a folder as --out, or the number of a piece.")
        index = siblings[0].place
    names = [Path(entry.path).name for entry in siblings if entry.path is not None]
    result = genstudio.again(job, args.out, index=index if is_file else None, names=names, model=args.model, stop=None)
    result["remarks"] = remarks + list(result.get("remarks") or ())
    return result


def show(result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
    if "path" in result:
        _show.remarks(result, session)
        session.out(result["path"])
        session.out(str(result.get("show") or result.get("text") or "").rstrip("\n"))
    else:
        _show.steps(result, session, "pieces")
