"""The rows of the library: as dataclasses, and how they are written to the tables."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import sqlite3
import time
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genstudio.domains import Domain, get_domain
from genstudio.errors import ConfigError, DamagedFileError
from genstudio.library import _schema
from genstudio.provenance import Job
from genstudio.records import LARGEST_SEED, Record, parse

__all__ = [
    "COLUMNS",
    "LONGEST",
    "LONGEST_NAME",
    "LONGEST_PIECE",
    "OWN",
    "TIMES",
    "Entry",
    "JobEntry",
    "Origin",
    "checked",
    "clean_tag",
    "entry",
    "entry_from",
    "entry_of",
    "facts_of",
    "job_of",
    "put_job",
    "put_piece",
    "put_tags",
    "reword",
    "unindex",
]

OWN = "import"
"""The operation of pieces that the user added."""

COLUMNS = (
    "pieces.id, pieces.job, pieces.place, pieces.made, pieces.operation, pieces.model, pieces.domain, pieces.title, "
    "pieces.symbols, pieces.dressing, pieces.description, pieces.path, pieces.favourite, pieces.removed, "
    "(SELECT group_concat(name, char(31)) FROM tags WHERE tags.piece = pieces.id) AS tags"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_TAG = 100
_MOST_TAGS = 10_000
LONGEST_NAME = 10_000
"""Characters of the longest name, such as that of a model."""
TIMES = (-1e12, 1e12)
"""The earliest and the latest time, in seconds since 1970."""
LONGEST = 64 * 1024 * 1024
"""Characters of the longest record."""
LONGEST_PIECE = 2_000_000
"""Symbols of the longest piece: some 50 hours of a melody, a long book."""


@dataclass(frozen=True)
class Entry:
    """A piece of the library.

    id: its number. job: the id of the :class:`~genstudio.provenance.Job` that made it, None for one that the user added. place:
    its index among the pieces of the job, from 0. made: seconds since 1970. symbols, dressing: the symbols and the metadata from
    which :meth:`piece` is built. description: by its domain. path: the file to which it was written. removed: the time at which it
    was removed, or None.
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

    @property
    def key(self) -> str:
        """Equal for entries that are the same piece: job and place, or, without a job, a digest of all but title and source."""
        if self.job is not None:
            return f"{self.job}/{self.place}"
        rest = {name: value for name, value in self.dressing.items() if name not in ("title", "source")}
        return "own/" + hashlib.sha256(dumps([self.domain, self.symbols, rest]).encode("ascii")).hexdigest()[:16]

    @property
    def kept(self) -> bool:
        """Whether the user wants to keep it: it is a favourite, has a tag, or is the user's own."""
        return self.favourite or self.job is None or bool(self.tags)

    def piece(self) -> Any:
        """The piece itself, with the title that it has in the library.

        Raises:
            ConfigError: there is no such domain.
            DamagedFileError: its record is damaged.
        """
        domain = get_domain(self.domain)
        made = domain.from_symbols(self.symbols)
        return dataclasses.replace(domain.with_metadata(made, self.dressing), title=self.title)


@dataclass(frozen=True)
class JobEntry:
    """A job of the library, without its codes; ``pieces`` is the number of its pieces in the library (without removed ones)."""

    id: str
    made: float
    operation: str
    model: str
    digest: str
    seed: int
    settings: Mapping[str, Any]
    sources: tuple[str, ...]
    pieces: int


@dataclass(frozen=True)
class Origin:
    """How a piece was made: it is number ``place`` (from 0) of the pieces of a job with the id ``id``."""

    job: Job
    id: str
    place: int


def dumps(value: Any) -> str:
    """A value as JSON in ASCII; equal values give equal texts."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _plain(text: str) -> str:
    # A database cannot store lone surrogates.
    return text.encode("utf-8", "replace").decode("utf-8")


def clean_tag(name: str) -> str:
    """A tag in its normal form: without control characters and superfluous spaces.

    Raises:
        ConfigError: it is empty or too long.
    """
    tidy = " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", _plain(name))).split())
    if not 1 <= len(tidy) <= _LONGEST_TAG:
        raise ConfigError(
            "{tidy!r} cannot be a tag; expected 1 to {longest_tag} characters.", tidy=tidy[:40], longest_tag=_LONGEST_TAG
        )
    return tidy


def entry_of(
    piece: Any, domain: Domain, path: str | os.PathLike[str] | None, *, origin: Origin | None = None, title: str | None = None
) -> Entry:
    """A piece as an entry without a number, with the current time.

    Args:
        piece: the piece.
        domain: its domain.
        path: the file to which it was written, if any.
        origin: how it was made; None: the user added it.
        title: of the entry; None: the title of the piece, or if it has none, that of ``origin``.
    """
    if title is None:
        title = piece.title or (origin.job.title(origin.place) if origin is not None else "")
    return Entry(
        id=0,
        job=origin.id if origin is not None else None,
        place=origin.place if origin is not None else 0,
        made=time.time(),
        operation=origin.job.operation if origin is not None else OWN,
        model=origin.job.model if origin is not None else "",
        domain=domain.name,
        title=_plain(title),
        symbols=_plain(domain.to_symbols(piece)),
        dressing=domain.metadata(piece),
        description={name: value for name, value in domain.describe(piece).items() if name != "title"},
        path=None if path is None else os.fspath(Path(path).absolute()),
        favourite=False,
        removed=None,
        tags=(),
    )


def put_job(db: sqlite3.Connection, job: Job, number: str, made: float) -> str:
    """Store a job unless it is in the library already, and return its facts as JSON; call it inside a transaction."""
    facts = dumps(job.facts())
    codes = job.codes.astype("<f4").tobytes()
    db.execute(
        "INSERT OR IGNORE INTO jobs (id, made, operation, model, digest, seed, facts, codes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, made, _plain(job.operation), _plain(job.model), job.digest, job.seed, facts, codes),
    )
    return facts


def put_piece(db: sqlite3.Connection, piece: Entry, facts: str | None, full_text: bool) -> tuple[int, bool]:
    """Store a piece. One that is in the library already gets the new path and tags, becomes a favourite if the new one is, and is
    restored if it was removed. Call it inside a transaction.

    Returns:
        The number of the piece, which is its ``id`` if that is free, and whether it is new.
    """
    key, path = piece.key, _stored(piece.path)
    known = db.execute("SELECT id, favourite, removed FROM pieces WHERE key = ?", (key,)).fetchone()
    if known is not None:
        number = int(known["id"])
        db.execute(
            "UPDATE pieces SET path = coalesce(?, path), favourite = ?, removed = ? WHERE id = ?",
            (path, int(known["favourite"] or piece.favourite), None if piece.removed is None else known["removed"], number),
        )
        if path is not None:
            reword(db, number, full_text)
    else:
        free = 0 < piece.id < 2**53 and not db.execute("SELECT 1 FROM pieces WHERE id = ?", (piece.id,)).fetchone()
        description = dumps(piece.description)
        words = _schema.searchable(piece.title, description, path, facts)
        row = {name: value for name, value in vars(piece).items() if name != "tags"}
        row |= {"id": piece.id if free else None, "key": key, "path": path, "favourite": int(piece.favourite), "words": words}
        row |= {"dressing": dumps(piece.dressing), "description": description}
        columns = ", ".join(row), ", ".join("?" * len(row))
        number = int(db.execute("INSERT INTO pieces ({}) VALUES ({})".format(*columns), tuple(row.values())).lastrowid or 0)
        _index(db, number, words, full_text)
    put_tags(db, number, piece.tags)
    return number, known is None


def put_tags(db: sqlite3.Connection, number: int, names: Iterable[str]) -> None:
    """Add normalised tags to a piece; tags that differ only in case count as the same. Call it inside a transaction."""
    rows = [(number, _schema.tag_key(name), name) for name in names]
    db.executemany("INSERT OR IGNORE INTO tags (piece, key, name) VALUES (?, ?, ?)", rows)


def reword(db: sqlite3.Connection, number: int, full_text: bool) -> None:
    """Update the searchable words of a piece after a change; call it inside a transaction."""
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
    """Remove pieces from the full-text index; call it inside a transaction."""
    table, column = ("found", "rowid") if full_text else ("unindexed", "piece")
    for number in numbers:
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
        if not full_text:
            db.execute("INSERT INTO unindexed (piece) VALUES (?)", (number,))  # a process with an index will remove it there


def _stored(path: str | None) -> str | bytes | None:
    # A file name that is not Unicode is stored as bytes.
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
        DamagedFileError: a value in it is not valid.
    """
    try:
        texts = Record(dict(row))
        parsed = {name: parse(texts.text(name, LONGEST), most=LONGEST) for name in ("dressing", "description")}
        tags = texts.text("tags", LONGEST).split("\x1f") if row["tags"] is not None else []
        path = None if row["path"] is None else os.fsdecode(row["path"])
        return entry_from({**dict(row), **parsed, "path": path, "favourite": bool(row["favourite"]), "tags": sorted(tags)})
    except (TypeError, ValueError) as error:
        raise DamagedFileError(
            "the record of piece {number} in the library is damaged ({reason}).", number=row["id"], reason=error
        ) from error


def entry_from(values: Mapping[str, Any]) -> Entry:
    """An entry from the values of its fields in JSON.

    Raises:
        ValueError: a field is missing, of another type or out of range.
    """
    record = Record(values)
    return Entry(
        domain=record.text("domain", LONGEST_NAME),
        id=record.whole("id", -LARGEST_SEED - 1),
        job=None if values.get("job") is None else record.text("job", LONGEST_NAME),
        place=record.whole("place", 0, 2**31),
        made=record.number("made", *TIMES),
        operation=record.text("operation", LONGEST_NAME),
        model=record.text("model", LONGEST_NAME),
        title=record.text("title"),
        symbols=record.text("symbols", LONGEST_PIECE),
        dressing=record.object("dressing"),
        description=record.object("description"),
        path=None if values.get("path") is None else record.text("path"),
        favourite=record.flag("favourite"),
        removed=None if values.get("removed") is None else record.number("removed", *TIMES),
        tags=tuple(record.texts("tags", _MOST_TAGS)),
    )


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
    """The facts of a job from its row; the types of ``settings`` and ``sources`` are checked.

    Raises:
        DamagedFileError: the facts are damaged.
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
    """Check that a job has the stated id, and return it.

    Raises:
        DamagedFileError: it has another id, so its record was changed.
    """
    if job.id != number:
        raise DamagedFileError("the record of the job {number} was changed or damaged; it cannot be made again.", number=number)
    return job
