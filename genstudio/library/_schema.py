"""The tables of the library, and their upgrade from older versions.

Times are seconds since 1970, JSON is ASCII, codes are little-endian float32. ``key`` is equal for entries that are the same piece:
the job and the place in it, or, for a piece that the user added, a digest of its content. ``words`` is the searchable text (see
:mod:`genstudio.library.words`). The full-text index ``found`` exists where SQLite has FTS5; a process without FTS5 notes changes in
``unindexed``.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from genstudio.library import words
from genstudio.records import parse

__all__ = ["APPLICATION", "TABLES", "VERSION", "create", "index", "searchable", "tag_key", "upgrade"]

APPLICATION = 0x47535442  # "GSTB" in the header of the file marks a database of this program
VERSION = 2
_LONGEST = 64 * 1024 * 1024  # characters of a record
TABLES = frozenset({"jobs", "pieces", "tags", "unindexed"})

_TAGS = """
CREATE TABLE tags (
    piece INTEGER NOT NULL REFERENCES pieces (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (piece, key)
) WITHOUT ROWID
"""
_UNINDEXED = "CREATE TABLE unindexed (piece INTEGER PRIMARY KEY)"
_INDEXES_2 = (
    "CREATE INDEX tags_key ON tags (key, piece)",
    "CREATE INDEX pieces_removed ON pieces (removed) WHERE removed IS NOT NULL",
)
_SCHEMA = (
    """
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    made REAL NOT NULL,
    operation TEXT NOT NULL,
    model TEXT NOT NULL,
    digest TEXT NOT NULL,
    seed INTEGER NOT NULL,
    facts TEXT NOT NULL,
    codes BLOB NOT NULL
)
""",
    """
CREATE TABLE pieces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    job TEXT REFERENCES jobs (id),
    place INTEGER NOT NULL,
    made REAL NOT NULL,
    operation TEXT NOT NULL,
    model TEXT NOT NULL,
    domain TEXT NOT NULL,
    title TEXT NOT NULL,
    symbols TEXT NOT NULL,
    dressing TEXT NOT NULL,
    description TEXT NOT NULL,
    path,
    favourite INTEGER NOT NULL DEFAULT 0,
    removed REAL,
    words TEXT NOT NULL DEFAULT ''
)
""",
    _TAGS,
    _UNINDEXED,
    "CREATE INDEX pieces_job ON pieces (job)",
    "CREATE INDEX pieces_model ON pieces (model)",
    "CREATE INDEX pieces_operation ON pieces (operation)",
    "CREATE INDEX pieces_domain ON pieces (domain)",
    "CREATE INDEX pieces_made ON pieces (made)",
    "CREATE INDEX pieces_favourite ON pieces (favourite) WHERE favourite = 1",
    *_INDEXES_2,
)


def tag_key(name: str) -> str:
    """The key of a tag: equal for tags that differ only in case, width or accents."""
    return " ".join(words.fold([name]).split()) or name.casefold()


def searchable(title: str, description: str, path: str | bytes | None, facts: str | None) -> str:
    """The searchable words of a piece: of title, description, file name, and how it was made.

    Args:
        title: of the piece.
        description: JSON, from the row of the piece.
        path: of its file.
        facts: JSON, from the row of its job.
    """
    texts = [title, *words.strings(_read(description))]
    if path:
        name = path if isinstance(path, str) else path.decode("utf-8", "replace")
        texts.append(name.replace("\\", "/").rsplit("/", 1)[-1])
    if facts is not None:
        texts += _of_job(facts)
    return words.fold(dict.fromkeys(texts))


# The pieces of a job are stored one after the other, so its facts are parsed once for all of them.
@functools.lru_cache(maxsize=1)
def _of_job(facts: str) -> tuple[str, ...]:
    about = _read(facts)
    if not isinstance(about, dict):
        return ()
    return tuple(text for name in ("operation", "model", "sources") for text in words.strings(about.get(name)))


def _read(record: str) -> Any:
    """The value of the JSON of a row; None if it is damaged, which is reported when the piece is shown."""
    try:
        return parse(record, most=_LONGEST)
    except (TypeError, ValueError):
        return None


def create(db: sqlite3.Connection) -> None:
    """Create the tables; call it inside a transaction."""
    for statement in _SCHEMA:
        db.execute(statement)
    _stamp(db, VERSION)


def upgrade(db: sqlite3.Connection, version: int) -> None:
    """Upgrade tables of an older version step by step; call it inside a transaction."""
    while version < VERSION:
        _STEPS[version](db)
        version += 1
    _stamp(db, VERSION)


def _stamp(db: sqlite3.Connection, version: int) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.execute(f"PRAGMA user_version = {version}")


def _from_1(db: sqlite3.Connection) -> None:
    """Upgrade version 1: removed pieces can be restored, text is searched by words, tags are the same whatever their case."""
    db.execute("ALTER TABLE pieces ADD COLUMN removed REAL")
    db.execute("ALTER TABLE pieces ADD COLUMN words TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE tags RENAME TO tags_1")
    db.execute(_TAGS)
    for piece, name in db.execute("SELECT piece, name FROM tags_1 ORDER BY piece, name").fetchall():
        db.execute("INSERT OR IGNORE INTO tags (piece, key, name) VALUES (?, ?, ?)", (piece, tag_key(name), name))
    db.execute("DROP TABLE tags_1")
    db.execute(_UNINDEXED)
    for statement in _INDEXES_2:
        db.execute(statement)
    rows = db.execute(
        "SELECT pieces.id, title, description, path, facts FROM pieces LEFT JOIN jobs ON jobs.id = pieces.job"
    ).fetchall()
    for number, *about in rows:
        db.execute("UPDATE pieces SET words = ? WHERE id = ?", (searchable(*about), number))


_STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: _from_1}


def index(db: sqlite3.Connection) -> bool:
    """Create the full-text index if it is missing, and add the pieces noted in ``unindexed``; call it inside a transaction.

    The tokenizer "ascii" leaves folded words as they are: it separates only at ASCII characters other than letters and digits.

    Returns:
        Whether this version of SQLite supports the index.
    """
    try:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'found'").fetchone():
            db.execute("SELECT rowid FROM found LIMIT 0")
        else:
            db.execute("CREATE VIRTUAL TABLE found USING fts5 (words, tokenize = 'ascii', prefix = '1 2 3')")
            db.execute("INSERT OR IGNORE INTO unindexed SELECT id FROM pieces")
    except sqlite3.OperationalError as error:
        if "no such module" not in str(error):
            raise
        return False
    db.execute("DELETE FROM found WHERE rowid IN (SELECT piece FROM unindexed)")
    db.execute("INSERT INTO found (rowid, words) SELECT id, words FROM pieces WHERE id IN (SELECT piece FROM unindexed)")
    db.execute("DELETE FROM unindexed")
    return True
