"""Export and import of the library as lines of JSON, and recovery of pieces from a damaged library.

The first line is ``{"genstudio": "library", "format": 1, …}``. Every other line has a ``kind``: "job" with ``id``, ``made``,
``facts`` (see :class:`genstudio.provenance.Job`) and ``codes`` (base64 of little-endian float32), or "piece" with the fields of
:class:`~genstudio.library.Entry`; a piece comes after its job.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from genstudio import __version__
from genstudio.errors import DamagedFileError, FileError, GenStudioError, clause
from genstudio.files import replacing
from genstudio.library import _rows
from genstudio.library._database import SMALLEST, address, guard, transaction
from genstudio.progress import Progress, Report, Stop
from genstudio.provenance import Job
from genstudio.records import Record, parse

__all__ = ["Transfer", "merge", "read_lines", "salvage", "write_lines"]

FORMAT = 1
_EVERY = 1000


@dataclass
class Transfer:
    """Counts of a transfer: new ``jobs`` and ``pieces``, pieces ``known`` before, and damaged entries, which are ``lost``."""

    jobs: int = 0
    pieces: int = 0
    known: int = 0
    lost: int = 0


def _job_line(row: Mapping[str, Any] | sqlite3.Row) -> dict[str, Any]:
    return {
        "kind": "job",
        "id": row["id"],
        "made": row["made"],
        "facts": _rows.facts_of(row["id"], row["facts"]),
        "codes": base64.b64encode(row["codes"]).decode("ascii"),
    }


def _piece_line(row: sqlite3.Row) -> dict[str, Any]:
    return {"kind": "piece", **vars(_rows.entry(row))}


def write_lines(db: sqlite3.Connection, path: Path, report: Report, stop: Stop | None) -> Transfer:
    """Write all of the library in its current state, whole or not at all."""
    counts = Transfer()
    try:
        with (
            transaction(db, "DEFERRED"),
            replacing(path) as temporary,
            open(temporary, "w", encoding="ascii", newline="\n") as file,
        ):
            total = sum(int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in ("jobs", "pieces"))

            def write(value: Any) -> None:
                file.write(json.dumps(value, separators=(",", ":")) + "\n")
                done = counts.jobs + counts.pieces
                if done % _EVERY == 0:
                    if stop is not None:
                        stop.check()
                    report(Progress("writing", done, total))

            write({"genstudio": "library", "format": FORMAT, "version": __version__, "made": time.time()})
            for row in db.execute("SELECT id, made, facts, codes FROM jobs ORDER BY rowid"):
                if not isinstance(row["codes"], bytes):
                    raise DamagedFileError("the record of the job {number} is damaged; repair the library.", number=row["id"])
                write(_job_line(row))
                counts.jobs += 1
            for row in db.execute(f"SELECT {_rows.COLUMNS} FROM pieces ORDER BY id"):
                write(_piece_line(row))
                counts.pieces += 1
    except OSError as error:
        raise FileError(
            "cannot write {path}: {reason}; free some space or choose another place.", path=path, reason=error.strerror or error
        ) from error
    return counts


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Iterate over the lines of a file from :func:`write_lines`, without the first.

    Raises:
        FileError: the file cannot be read, or is of a newer format.
        DamagedFileError: it is not an exported library, or is damaged.
    """
    try:
        with open(path, "rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(_rows.LONGEST + 1), b""), 1):
                try:
                    value = parse(line, most=_rows.LONGEST)
                except ValueError as error:
                    raise DamagedFileError(
                        "line {line} of {path} is no JSON ({reason}); expected a file that the export of a library wrote, whole.",
                        line=number, path=path, reason=_short(error),
                    ) from error  # fmt: skip
                if number == 1:
                    if not isinstance(value, dict) or value.get("genstudio") != "library":
                        raise DamagedFileError(
                            "{path} is no exported library; expected a file that the export of a library wrote.", path=path
                        )
                    if value.get("format") != FORMAT:
                        raise FileError(
                            "{path} is of the format {format!r:.40}; this GenStudio reads {known}; use the newer one.",
                            path=path, format=value.get("format"), known=FORMAT,
                        )  # fmt: skip
                    continue
                if not isinstance(value, dict):
                    raise DamagedFileError("line {line} of {path} is neither a job nor a piece.", line=number, path=path)
                yield {**value, "line": number}
            if not file.tell():
                raise DamagedFileError("{path} is empty; expected a file that the export of a library wrote.", path=path)
    except OSError as error:
        raise FileError("cannot read {path}: {reason}.", path=path, reason=error.strerror or error) from error


def _short(error: Exception) -> str:
    """The message of an error as a clause of at most 200 characters."""
    text = clause(error)
    return text if len(text) <= 200 else text[:199] + "…"


def merge(
    db: sqlite3.Connection,
    lines: Iterator[dict[str, Any]],
    full_text: bool,
    *,
    where: str = "",
    tolerant: bool = False,
    report: Report | None = None,
    stop: Stop | None = None,
) -> Transfer:
    """Add jobs and pieces to the library, unless they are in it already; call it inside a transaction.

    Args:
        db: the library.
        lines: jobs and pieces, from :func:`read_lines` or :func:`salvage`.
        full_text: whether the library has a full-text index.
        where: the name of the source, for errors.
        tolerant: leave out damaged entries and count them.
        report: receives the progress.
        stop: ends the work when it is set.

    Raises:
        DamagedFileError: a line is damaged.
    """
    counts = Transfer()
    for done, line in enumerate(lines, 1):
        if done % _EVERY == 0:
            if stop is not None:
                stop.check()
            if report is not None:
                report(Progress("reading", done))
        try:
            if line.get("kind") == "job":
                counts.jobs += _take_job(db, line)
            elif line.get("kind") == "piece":
                if _take_piece(db, line, full_text):
                    counts.pieces += 1
                else:
                    counts.known += 1
            else:
                raise ValueError("neither a job nor a piece")
        except (ValueError, sqlite3.IntegrityError, GenStudioError) as error:
            if not tolerant:
                raise DamagedFileError(
                    "line {line} of {path} is damaged: {reason}; nothing of it was taken over.",
                    line=line.get("line"), path=where, reason=_short(error),
                ) from error  # fmt: skip
            counts.lost += 1
    return counts


def _take_job(db: sqlite3.Connection, line: Mapping[str, Any]) -> bool:
    record = Record(line)
    number = record.text("id", _rows.LONGEST_NAME)
    codes = base64.b64decode(record.text("codes", _rows.LONGEST), validate=True)
    job = _rows.checked(number, Job.from_facts(record.object("facts"), codes))
    known = db.execute("SELECT 1 FROM jobs WHERE id = ?", (number,)).fetchone() is not None
    _rows.put_job(db, job, number, record.number("made", *_rows.TIMES))
    return not known


def _take_piece(db: sqlite3.Connection, line: Mapping[str, Any], full_text: bool) -> bool:
    values = {**line, "operation": _rows.OWN, "model": ""}
    if not isinstance(values.get("id"), int) or isinstance(values["id"], bool):
        values["id"] = 0  # it gets another
    facts = None
    if line.get("job") is not None:
        job = Record(line).text("job", _rows.LONGEST_NAME)
        found = db.execute("SELECT facts, operation, model FROM jobs WHERE id = ?", (job,)).fetchone()
        if found is None:
            raise ValueError(f"it is of the job {job[:40]}, which is not there")
        facts = str(found["facts"])
        values |= {"operation": str(found["operation"]), "model": str(found["model"])}
    piece = _rows.entry_from(values)
    for text in (piece.domain, piece.title, piece.symbols):
        text.encode("utf-8")
    return _rows.put_piece(db, replace(piece, tags=tuple(map(_rows.clean_tag, piece.tags))), facts, full_text)[1]


def salvage(path: Path) -> Iterator[dict[str, Any]]:
    """Iterate over everything that can be read from a damaged library, as lines; it is not changed, and no error is raised."""
    try:
        if path.stat().st_size < SMALLEST:  # SQLite would consider it a new database, and delete the log beside it
            return
        db = sqlite3.connect(address(path, write=False), uri=True, timeout=1.0, isolation_level=None)
    except (OSError, sqlite3.Error):
        return
    db.row_factory = sqlite3.Row
    try:
        # With a writable schema, a file that is shorter than stated can be read up to its end.
        guard(db)
        db.execute("PRAGMA writable_schema = ON")
        db.execute("PRAGMA query_only = ON")
        jobs = ("SELECT id, made, facts, codes FROM jobs", "jobs.rowid", _job_line)
        pieces = (f"SELECT {_rows.COLUMNS} FROM pieces", "pieces.id", _piece_line)
        bare = (f"SELECT {_rows.COLUMNS.rpartition(', (')[0]}, NULL AS tags FROM pieces", "pieces.id", _piece_line)
        tables = {str(row[0]) for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for query, order, line in (jobs, pieces, bare):
            if order.partition(".")[0] not in tables:  # a view would be computed, and may be endless
                continue
            seen: set[Any] = set()
            # An unreadable page ends the query; the rows behind it are reached from the other end.
            for direction in ("ASC", "DESC"):
                try:
                    for row in db.execute(f"{query} NOT INDEXED ORDER BY {order} {direction}"):
                        if row["id"] in seen:
                            if direction == "DESC":
                                break
                            continue
                        seen.add(row["id"])
                        try:
                            yield line(row)
                        except (GenStudioError, TypeError, ValueError):
                            continue
                except (sqlite3.Error, UnicodeError, OverflowError):
                    continue
    except sqlite3.Error:
        return
    finally:
        db.close()
