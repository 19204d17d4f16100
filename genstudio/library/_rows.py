"""Rows of the library: as dataclasses, and how they get into the tables."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from genstudio.domains import Domain, get_domain
from genstudio.errors import ConfigError, DamagedFileError
from genstudio.library import _schema
from genstudio.provenance import Job
from genstudio.records import LARGEST_SEED, Record, parse

__all__ = [
    "COLUMNS",
    "LONGEST",
    "LONGEST_PIECE",
    "OWN",
    "Entry",
    "JobEntry",
    "Row",
    "checked",
    "clean_tag",
    "dumps",
    "entry",
    "facts_of",
    "job_of",
    "own_key",
    "put_job",
    "put_piece",
    "reword",
    "row_of",
    "unindex",
]

OWN = "import"
"""The operation of a piece of one's own."""

COLUMNS = (
    "pieces.id, pieces.job, pieces.place, pieces.made, pieces.operation, pieces.model, pieces.domain, pieces.title, "
    "pieces.symbols, pieces.dressing, pieces.description, pieces.path, pieces.favourite, pieces.removed, "
    "(SELECT group_concat(name, char(31)) FROM tags WHERE tags.piece = pieces.id) AS tags"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_TAG = 100
_LONGEST_NAME = 10_000
LONGEST = 64 * 1024 * 1024
"""Characters of the longest record."""
LONGEST_PIECE = 2_000_000
"""Symbols of the longest piece: some 50 hours of a melody, a long book."""


@dataclass(frozen=True)
class Entry:
    """A piece of the library.

    id: its number. job, place: the :class:`~genstudio.provenance.Job` that made it, by id, and which of its pieces it is (from
    0); None and 0 for a piece of one's own. made: seconds since 1970. symbols, dressing: what :meth:`piece` is made from.
    description: what its domain says of it. path: the file it was written to. removed: when it was removed, None where it was not.
    """

    id: int
    job: str | None
    place: int
    made: float
    operation: str
    model: str
    domain: str
    title: str
    symbols: str
    dressing: Mapping[str, Any]
    description: Mapping[str, Any]
    path: str | None
    favourite: bool
    removed: float | None
    tags: tuple[str, ...]

    def piece(self) -> Any:
        """The piece itself, as its domain has it, with the title that it has in the library.

        Raises:
            ConfigError: there is no such domain.
            DamagedFileError: its record is damaged.
        """
        domain = get_domain(self.domain)
        made = domain.from_symbols(self.symbols)
        return dataclasses.replace(domain.with_metadata(made, self.dressing), title=self.title)


@dataclass(frozen=True)
class JobEntry:
    """A job of the library, without its codes: ``pieces`` is how many of its pieces the library has (not removed)."""

    id: str
    made: float
    operation: str
    model: str
    digest: str
    seed: int
    settings: Mapping[str, Any]
    sources: tuple[str, ...]
    pieces: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the table of pieces; ``dressing`` and ``description`` are JSON. See ``_schema``."""

    key: str
    job: str | None
    place: int
    made: float
    operation: str
    model: str
    domain: str
    title: str
    symbols: str
    dressing: str
    description: str
    path: str | None = None
    favourite: bool = False
    removed: float | None = None
    tags: tuple[str, ...] = ()
    id: int | None = None


def dumps(value: Any) -> str:
    """JSON in ASCII, the same for equal values."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _plain(text: str) -> str:
    # No database holds half a surrogate pair.
    return text.encode("utf-8", "replace").decode("utf-8")


def clean_tag(name: str) -> str:
    """A tag in its tidy form.

    Raises:
        ConfigError: it is empty or too long.
    """
    tidy = " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", _plain(name))).split())
    if not 1 <= len(tidy) <= _LONGEST_TAG:
        raise ConfigError(
            "{tidy!r} cannot be a tag; expected 1 to {longest_tag} characters.", tidy=tidy[:40], longest_tag=_LONGEST_TAG
        )
    return tidy


def own_key(domain: str, symbols: str, dressing: Mapping[str, Any]) -> str:
    """Equal for two pieces of one's own that differ in title and source at most."""
    rest = {name: value for name, value in dressing.items() if name not in ("title", "source")}
    return "own/" + hashlib.sha256(dumps([domain, symbols, rest]).encode("ascii")).hexdigest()[:16]


def row_of(
    piece: Any,
    domain: Domain,
    *,
    job: Job | None,
    key: str | None,
    place: int,
    count: int,
    made: float,
    path: str | None,
    title: str | None = None,
) -> Row:
    """A piece as a row; ``place`` of ``count`` pieces of a job, whose id is in ``key``."""  # fmt: skip
    symbols = _plain(domain.to_symbols(piece))
    dressing = domain.metadata(piece)
    description = {name: value for name, value in domain.describe(piece).items() if name != "title"}
    if title is None:
        title = piece.title or (_title(job, place, count) if job is not None else "")
    return Row(
        key=f"{key}/{place}" if key is not None else own_key(domain.name, symbols, dressing),
        job=key,
        place=place,
        made=made,
        operation=job.operation if job is not None else OWN,
        model=job.model if job is not None else "",
        domain=domain.name,
        title=_plain(title),
        symbols=symbols,
        dressing=dumps(dressing),
        description=dumps(description),
        path=path,
    )


def _title(job: Job, place: int, count: int) -> str:
    """A title for a piece that has none: how it was made."""
    names = [source.replace("\\", "/").rsplit("/", 1)[-1][:40] or source[:40] for source in job.sources[:4]]
    which = f" ({place + 1} of {count})" if count > 1 else ""
    return f"{job.operation} {', '.join(names)}".rstrip() + which


def put_job(db: sqlite3.Connection, job: Job, number: str, made: float) -> str:
    """Keep a job unless it is known; returns its facts as JSON. Inside a transaction."""
    facts = dumps(job.facts())
    codes = np.ascontiguousarray(job.codes, "<f4").tobytes()
    db.execute(
        "INSERT OR IGNORE INTO jobs (id, made, operation, model, digest, seed, facts, codes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, made, _plain(job.operation), _plain(job.model), job.digest, job.seed, facts, codes),
    )
    return facts


def put_piece(db: sqlite3.Connection, row: Row, facts: str | None, full_text: bool) -> tuple[int, bool]:
    """Keep a piece; one that is known gets the new path and what it lacks of favour and tags, and is there again if it was removed.

    Inside a transaction.

    Returns:
        Its number, and whether it is new. ``row.id`` is taken where it is free.
    """
    known = db.execute("SELECT id, favourite, removed FROM pieces WHERE key = ?", (row.key,)).fetchone()
    path = _stored(row.path)
    if known is not None:
        number = int(known["id"])
        db.execute(
            "UPDATE pieces SET path = coalesce(?, path), favourite = ?, removed = ? WHERE id = ?",
            (path, int(known["favourite"] or row.favourite), None if row.removed is None else known["removed"], number),
        )
        if path is not None:
            reword(db, number, full_text)
    else:
        wanted = row.id
        if wanted is not None and (not 0 < wanted < 2**53 or db.execute("SELECT 1 FROM pieces WHERE id = ?", (wanted,)).fetchone()):
            wanted = None
        words = _schema.searchable(row.title, row.description, path, facts)
        cursor = db.execute(
            "INSERT INTO pieces (id, key, job, place, made, operation, model, domain, title, symbols, dressing, description, path,"
            " favourite, removed, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                wanted, row.key, row.job, row.place, row.made, row.operation, row.model, row.domain, row.title, row.symbols,
                row.dressing, row.description, path, int(row.favourite), row.removed, words,
            ),
        )  # fmt: skip
        number = int(cursor.lastrowid or 0)
        _index(db, number, words, full_text)
    for name in row.tags:
        db.execute("INSERT OR IGNORE INTO tags (piece, key, name) VALUES (?, ?, ?)", (number, _schema.tag_key(name), name))
    return number, known is None


def reword(db: sqlite3.Connection, number: int, full_text: bool) -> None:
    """Find a piece's words anew after a change, inside a transaction."""
    row = db.execute(
        "SELECT title, description, path, facts FROM pieces LEFT JOIN jobs ON jobs.id = pieces.job WHERE pieces.id = ?", (number,)
    ).fetchone()
    words = _schema.searchable(*row)
    db.execute("UPDATE pieces SET words = ? WHERE id = ?", (words, number))
    unindex(db, [number], full_text)
    _index(db, number, words, full_text)


def _index(db: sqlite3.Connection, number: int, words: str, full_text: bool) -> None:
    if full_text:
        db.execute("INSERT INTO found (rowid, words) VALUES (?, ?)", (number, words))
    else:
        db.execute("INSERT OR IGNORE INTO unindexed (piece) VALUES (?)", (number,))


def unindex(db: sqlite3.Connection, numbers: Iterable[int], full_text: bool) -> None:
    """Take pieces out of the full-text index, inside a transaction."""
    table, column = ("found", "rowid") if full_text else ("unindexed", "piece")
    for number in numbers:
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
        if not full_text:
            db.execute("INSERT INTO unindexed (piece) VALUES (?)", (number,))  # for one with an index to take it out


def _stored(path: str | None) -> str | bytes | None:
    # A file name need not be Unicode; then its bytes are kept.
    if path is None:
        return None
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def entry(row: sqlite3.Row) -> Entry:
    """A row with :data:`COLUMNS` as an entry.

    Raises:
        DamagedFileError: it holds what cannot be read.
    """
    try:
        values = Record(dict(row))
        dressing, description = (parse(values.text(name, LONGEST), most=LONGEST) for name in ("dressing", "description"))
        if not isinstance(dressing, dict) or not isinstance(description, dict):
            raise ValueError("no object")
        path = row["path"]
        tags = values.text("tags", LONGEST) if row["tags"] is not None else ""
        return Entry(
            id=values.whole("id", -LARGEST_SEED - 1),
            job=None if row["job"] is None else values.text("job", _LONGEST_NAME),
            place=values.whole("place"),
            made=values.number("made"),
            operation=values.text("operation", _LONGEST_NAME),
            model=values.text("model", _LONGEST_NAME),
            domain=values.text("domain", _LONGEST_NAME),
            title=values.text("title"),
            symbols=values.text("symbols", LONGEST_PIECE),
            dressing=dressing,
            description=description,
            path=os.fsdecode(path) if path is not None else None,
            favourite=bool(row["favourite"]),
            removed=None if row["removed"] is None else values.number("removed"),
            tags=tuple(sorted(tags.split("\x1f"))) if tags else (),
        )
    except (TypeError, ValueError) as error:
        raise DamagedFileError(
            "the record of piece {number} in the library is damaged ({reason}).", number=row["id"], reason=error
        ) from error


def job_of(number: str, facts: Any, codes: Any) -> Job:
    """A job from its row.

    Raises:
        DamagedFileError: the row is damaged.
    """
    about = facts_of(number, facts)
    if not isinstance(codes, bytes):
        raise DamagedFileError("the record of the job {number} is damaged; it cannot be made again.", number=number)
    return checked(number, Job.from_facts(about, codes))


def facts_of(number: str, facts: Any) -> dict[str, Any]:
    """The facts of a job from its row, with what a list of jobs shows of them in its type.

    Raises:
        DamagedFileError: they are damaged.
    """
    try:
        about = parse(facts, most=LONGEST) if isinstance(facts, str) else None
        record = Record(about)
        record.object("settings")
        record.texts("sources")
        return dict(record.values)
    except ValueError as error:
        raise DamagedFileError(
            "the record of the job {number} is damaged ({reason}); it cannot be made again.", number=number, reason=error
        ) from error


def checked(number: str, job: Job) -> Job:
    """The job, if it has that id.

    Raises:
        DamagedFileError: it has another: it was changed.
    """
    if job.id != number:
        raise DamagedFileError("the record of the job {number} was changed or damaged; it cannot be made again.", number=number)
    return job
