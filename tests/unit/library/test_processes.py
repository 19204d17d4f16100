"""Several processes at once lose nothing, with the log and without."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genstudio.errors import FileError
from genstudio.library import Library, _database, _schema, examine

WRITERS, JOBS = 4, 25

WRITE = textwrap.dedent("""
    import sys
    import numpy as np
    from genstudio.domains import get_domain
    from genstudio.library import Library, _database
    from genstudio.provenance import Job

    path, who, jobs, network = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "network"
    if network:
        _database._on_network = lambda path: True
    text = get_domain("text")
    for number in range(jobs):
        # A connection of its own for some, one and the same for others.
        if who % 2 == 0 or number == 0:
            library = Library(path)
        job = Job("sample", "m", "d", 1000 * who + number, {}, (), np.full((2, 3), number, np.float32), {}, ({}, {}))
        made = library.record(job, [text.from_symbols(f"w{who} n{number}"), text.from_symbols("common")], text)
        library.tag(made[0], f"tag{who}")
        library.favourite(made[1])
        library.tag(1, f"all{who}")
        assert not library.remarks, library.remarks
        if who % 2 == 0:
            library.close()
""")


@pytest.mark.parametrize("drive", ["local", "network"])
@pytest.mark.slow
def test_writers_together_lose_nothing(path: Path, drive: str) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(path), str(who), str(JOBS), drive], stderr=subprocess.PIPE, text=True)
        for who in range(WRITERS)
    ]
    said = [process.communicate(timeout=180)[1] for process in started]
    assert [process.returncode for process in started] == [0] * WRITERS, "\n".join(said)
    with Library(path) as library:
        assert library.remarks == []
        assert library.count() == 2 * WRITERS * JOBS
        assert library.count("common", favourite=True) == WRITERS * JOBS
        assert len(library.jobs(limit=None)) == WRITERS * JOBS
        for who in range(WRITERS):
            assert library.count(tag=f"tag{who}") == JOBS
            assert library.count(f"w{who}") == JOBS
        assert {f"all{who}" for who in range(WRITERS)} <= set(library.get(1).tags)
        assert {job.seed for job in library.jobs(limit=None)} == {1000 * who + n for who in range(WRITERS) for n in range(JOBS)}
    assert examine(path).ok
    assert not list(path.parent.glob("*damaged*"))


def journal(path: Path) -> str:
    db = sqlite3.connect(path)
    try:
        return str(db.execute("PRAGMA journal_mode").fetchone()[0])
    finally:
        db.close()


def test_the_log_is_used_where_it_can_be(path: Path, passages: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(path) as library:
        library.add(passages("a")[0], "text")
    assert journal(path) == "wal"
    monkeypatch.setattr(_database, "_on_network", lambda path: True)
    with Library(path) as library:
        assert library.count() == 1
    assert journal(path) == "delete"


@pytest.mark.skipif(sys.platform == "win32", reason="the virtual file systems of SQLite for Unix")
def test_a_drive_without_shared_memory(path: Path, passages: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """unix-dotfile is such a drive: it refuses the log, and cannot open a file that was left with one."""
    with Library(path) as library:
        library.add(passages("made elsewhere")[0], "text")
    assert journal(path) == "wal"
    real = sqlite3.connect
    monkeypatch.setattr(_database.sqlite3, "connect", lambda place, **rest: real(f"{place}&vfs=unix-dotfile", **rest))
    for _ in range(2):
        with Library(path) as library:
            assert [entry.id for entry in library.search("elsewhere")] == [1]
            library.favourite(1)
    monkeypatch.undo()
    assert journal(path) == "delete"
    with Library(path) as library:
        assert library.get(1).favourite


def test_one_who_waits_too_long_is_told(path: Path, passages: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    Library(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(_database, "WAIT", 0.1)
    with Library(path) as library:
        assert library.search() == []  # reading goes on
        with pytest.raises(FileError, match="another program has been writing to the library"):
            library.add(passages("a")[0], "text")
        other.execute("ROLLBACK")
        assert library.add(passages("a")[0], "text") == 1
    other.close()


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="only where mounts are listed")
@pytest.mark.parametrize(("kind", "network"), [("ext4", False), ("nfs4", True), ("cifs", True)])
def test_network_drives_are_known_by_their_kind(tmp_path: Path, kind: str, network: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path.resolve() / "my drive"
    mounts = f"/dev/x / ext4 rw 0 0\nserver:/y {str(place).replace(' ', chr(92) + '040')} {kind} rw 0 0\n"
    monkeypatch.setattr(_database.Path, "read_text", lambda self, **how: mounts)
    assert _database._on_network(place / "library.db") is network
    assert not _database._on_network(tmp_path / "my drives" / "library.db")


@pytest.mark.parametrize("name", ["a b", "50%", "what?", "#1", "欢乐", "caf\udce9"])
def test_folders_of_every_name(tmp_path: Path, passages: Callable[..., Any], name: str) -> None:
    if sys.platform != "linux" and name in ("what?", "caf\udce9"):
        pytest.skip("no such names here")
    with Library(tmp_path / name / "library.db") as library:
        library.add(passages("a")[0], "text")
    assert (tmp_path / name / "library.db").stat().st_size > 0
    assert examine(tmp_path / name / "library.db").pieces == 1


def test_a_server_is_part_of_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_database.Path, "as_uri", lambda self: "file://server/share/library.db")
    assert _database.address(Path("x")) == "file:////server/share/library.db?mode=rwc"


class Interrupted:
    """A connection beside which, after the first statement read, another process makes the tables."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db, self.path = db, path

    @property
    def in_transaction(self) -> bool:
        return self.db.in_transaction

    def execute(self, statement: str) -> sqlite3.Cursor:
        result = self.db.execute(statement)
        if statement == "PRAGMA user_version":
            rows = result.fetchall()
            Library(self.path).close()
            return self.db.execute(f"SELECT {rows[0][0]}")
        return result


def test_a_database_that_another_process_is_making_does_not_look_damaged(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    assert _database._check(Interrupted(db, path), path) == 0
    assert _database._check(db, path) == _schema.VERSION
    db.close()
