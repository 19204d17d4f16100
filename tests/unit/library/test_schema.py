"""Databases of other versions: an older one loses nothing, a newer one is left alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genstudio.errors import FileError
from genstudio.library import Library, examine
from genstudio.provenance import Job

# Version 1 as it was, not as the program would make it now.
VERSION_1 = """
CREATE TABLE jobs (id TEXT PRIMARY KEY, made REAL NOT NULL, operation TEXT NOT NULL, model TEXT NOT NULL, digest TEXT NOT NULL,
    seed INTEGER NOT NULL, facts TEXT NOT NULL, codes BLOB NOT NULL);
CREATE TABLE pieces (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, job TEXT REFERENCES jobs (id),
    place INTEGER NOT NULL, made REAL NOT NULL, operation TEXT NOT NULL, model TEXT NOT NULL, domain TEXT NOT NULL,
    title TEXT NOT NULL, symbols TEXT NOT NULL, dressing TEXT NOT NULL, description TEXT NOT NULL, path,
    favourite INTEGER NOT NULL DEFAULT 0);
CREATE TABLE tags (piece INTEGER NOT NULL REFERENCES pieces (id) ON DELETE CASCADE, name TEXT NOT NULL, PRIMARY KEY (piece, name));
CREATE INDEX pieces_job ON pieces (job);
CREATE INDEX pieces_model ON pieces (model);
CREATE INDEX pieces_operation ON pieces (operation);
CREATE INDEX pieces_domain ON pieces (domain);
CREATE INDEX pieces_made ON pieces (made);
CREATE INDEX pieces_favourite ON pieces (favourite) WHERE favourite = 1;
PRAGMA application_id = 0x47535442;
PRAGMA user_version = 1;
"""


def version_1(path: Path, job: Job) -> None:
    db = sqlite3.connect(path)
    db.executescript(VERSION_1)
    facts = json.dumps(job.facts(), sort_keys=True)
    db.execute(
        "INSERT INTO jobs VALUES (?, 1000.5, ?, ?, ?, ?, ?, ?)",
        (job.id, job.operation, job.model, job.digest, job.seed, facts, job.codes.astype("<f4").tobytes()),
    )
    for place, text in enumerate(("Freude", "schöner", "Götterfunken")):
        db.execute(
            "INSERT INTO pieces VALUES (?, ?, ?, ?, 1000.5, ?, ?, 'text', ?, ?, '{}', ?, ?, ?)",
            (
                10 + place, f"{job.id}/{place}", job.id, place, job.operation, job.model, text, text,
                json.dumps({"text": text}), f"/out/step-{place}.txt", int(place == 1),
            ),
        )  # fmt: skip
    db.execute("INSERT INTO pieces VALUES (20, 'own/1', NULL, 0, 2000, 'import', '', 'text', '歌', '歌', '{}', '{}', NULL, 0)")
    db.executemany("INSERT INTO tags VALUES (?, ?)", [(10, "Waltz"), (10, "waltz"), (11, "好")])
    db.execute("UPDATE sqlite_sequence SET seq = 40")
    db.commit()
    db.close()


def test_version_1_loses_nothing(path: Path, make_job: Callable[..., Job], passages: Callable[..., Any]) -> None:
    job = make_job()
    version_1(path, job)
    with Library(path) as library:
        assert library.remarks == []
        back = library.job(job.id)
        assert (back.id, back.codes.tobytes()) == (job.id, job.codes.tobytes())
        entries = library.search()
        assert [entry.id for entry in entries] == [20, 12, 11, 10]
        assert [entry.symbols for entry in entries] == ["歌", "Götterfunken", "schöner", "Freude"]
        assert [entry.favourite for entry in entries] == [False, False, True, False]
        assert [entry.path for entry in entries] == [None, "/out/step-2.txt", "/out/step-1.txt", "/out/step-0.txt"]
        assert [entry.made for entry in entries] == [2000.0, 1000.5, 1000.5, 1000.5]
        assert [entry.job for entry in entries] == [None, job.id, job.id, job.id]
        assert [entry.tags for entry in entries] == [(), (), ("好",), ("Waltz",)]
        # and what is new in version 2
        assert [entry.id for entry in library.search("schoner freude")] == [11]
        assert [entry.id for entry in library.search("歌")] == [20]
        assert [entry.id for entry in library.search(tag="WALTZ")] == [10]
        library.remove(10)
        assert library.count() == 3
        assert library.add(passages("new")[0], "text") == 41
    with Library(path) as library:
        assert library.count() == 4


def test_version_1_becomes_what_a_new_library_is(tmp_path: Path, make_job: Callable[..., Job]) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    version_1(old, make_job())
    shapes = []
    for path in (old, new):
        Library(path).close()
        db = sqlite3.connect(path)
        tables = sorted(row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        indexes = sorted(row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'"))
        columns = {table: db.execute(f"PRAGMA table_info({table})").fetchall() for table in tables}
        stamps = [db.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")]
        shapes.append((indexes, columns, stamps))
        db.close()
    assert shapes[0] == shapes[1]


def test_a_failing_upgrade_changes_nothing(path: Path, make_job: Callable[..., Job], monkeypatch: pytest.MonkeyPatch) -> None:
    version_1(path, make_job())
    before = path.read_bytes()
    real, pages = sqlite3.connect, 16

    def full(*args: Any, **rest: Any) -> sqlite3.Connection:
        db = real(*args, **rest)
        db.execute(f"PRAGMA max_page_count = {pages}")
        return db

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(FileError, match="no space left"):
        Library(path)
    monkeypatch.undo()
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    assert db.execute("SELECT count(*) FROM tags").fetchone() == (3,)
    db.close()
    assert len(path.read_bytes()) == len(before)
    with Library(path) as library:
        assert library.count() == 4


def test_a_newer_version_is_left_alone(path: Path, make_job: Callable[..., Job]) -> None:
    version_1(path, make_job())
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 3")
    db.close()
    before = path.read_bytes()
    with pytest.raises(FileError, match=r"is of version 3, written by a newer GenStudio; this one knows versions up to 2"):
        Library(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    health = examine(path)
    assert not health.ok
    assert "newer" in health.detail


@pytest.mark.parametrize("statement", ["CREATE TABLE songs (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"])
def test_a_database_of_another_program_is_left_alone(path: Path, statement: str) -> None:
    db = sqlite3.connect(path)
    db.execute(statement)
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(FileError, match="of another program"):
        Library(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_without_full_text_search(path: Path, passages: Callable[..., Any], without_full_text: Callable[[], Any]) -> None:
    """A SQLite without FTS5 finds the same, and what it writes is found by one with it."""

    def indexed() -> list[int]:
        db = sqlite3.connect(path)
        try:
            return [row[0] for row in db.execute("SELECT rowid FROM found ORDER BY rowid")]
        finally:
            db.close()

    with without_full_text(), Library(path) as plain:
        plain.add(passages("Freude schöner")[0], "text")
        assert [entry.id for entry in plain.search("schoner")] == [1]
    with Library(path) as library:
        assert indexed() == [1]
        assert [entry.id for entry in library.search("schoner")] == [1]
        library.add(passages("Götterfunken")[0], "text")
    with without_full_text(), Library(path) as plain:
        plain.rename(1, "Elysium")
        plain.add(passages("Tochter")[0], "text")
        plain.remove(2)
        plain.purge()
        assert [entry.id for entry in plain.search("elys")] == [1]
    with Library(path) as library:
        assert [entry.id for entry in library.search("elys")] == [1]
        assert [entry.id for entry in library.search("tocht")] == [3]
        assert library.search("funken") == library.search("gotterfunken") == []
        assert indexed() == [1, 3]
