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
from genstudio.library import Library, examine

WRITERS, JOBS = 4, 25

WRITE = textwrap.dedent("""
    import sys
    import numpy as np
    from genstudio.domains import get_domain
    from pathlib import Path
    from genstudio.library import Library
    from genstudio.provenance import Job

    path, who, jobs, network = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "network"
    if network:
        read = Path.read_text
        mounts = "server:/y / nfs4 rw 0 0"
        Path.read_text = lambda self, *how, **more: mounts if str(self) == "/proc/self/mounts" else read(self, *how, **more)
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
    assert journal(path) == ("delete" if drive == "network" and sys.platform != "win32" else "wal")
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


def on_drive(folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Say of a folder that a drive of that kind is mounted there."""
    mounts = f"/dev/x / ext4 rw 0 0\nserver:/y {str(folder.resolve()).replace(' ', chr(92) + '040')} {kind} rw 0 0\n"
    read = Path.read_text

    def listed(self: Path, *how: Any, **more: Any) -> str:
        return mounts if str(self) == "/proc/self/mounts" else read(self, *how, **more)

    monkeypatch.setattr(Path, "read_text", listed)


@pytest.mark.skipif(sys.platform == "win32", reason="drives are known in another way")
@pytest.mark.parametrize(("kind", "mode"), [("ext4", "wal"), ("nfs4", "delete"), ("cifs", "delete")])
def test_the_log_is_used_where_it_can_be(
    tmp_path: Path, passages: Callable[..., Any], kind: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, outside = (tmp_path / folder / "library.db" for folder in ("my drive", "my drives"))
    with Library(inside) as library:
        library.add(passages("a")[0], "text")
    assert journal(inside) == "wal"
    on_drive(inside.parent, kind, monkeypatch)
    with Library(inside) as library:
        assert library.count() == 1
    Library(outside).close()
    assert (journal(inside), journal(outside)) == (mode, "wal")


@pytest.mark.skipif(sys.platform == "win32", reason="the virtual file systems of SQLite for Unix")
def test_a_drive_without_shared_memory(path: Path, passages: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """unix-dotfile is such a drive: it refuses the log, and cannot open a file that was left with one."""
    with Library(path) as library:
        library.add(passages("made elsewhere")[0], "text")
    assert journal(path) == "wal"
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda place, **rest: real(f"{place}&vfs=unix-dotfile", **rest))
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
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **rest: real(*args, **{**rest, "timeout": 0.1}))  # not 20 seconds
    with Library(path) as library:
        assert library.search() == []  # reading goes on
        with pytest.raises(FileError, match="another program has been writing to the library"):
            library.add(passages("a")[0], "text")
        other.execute("ROLLBACK")
        assert library.add(passages("a")[0], "text") == 1
    other.close()


@pytest.mark.parametrize("name", ["a b", "50%", "what?", "#1", "欢乐", "caf\udce9"])
def test_folders_of_every_name(tmp_path: Path, passages: Callable[..., Any], name: str) -> None:
    if sys.platform != "linux" and name in ("what?", "caf\udce9"):
        pytest.skip("no such names here")
    with Library(tmp_path / name / "library.db") as library:
        library.add(passages("a")[0], "text")
    assert (tmp_path / name / "library.db").stat().st_size > 0
    assert examine(tmp_path / name / "library.db").pieces == 1


def test_a_server_is_part_of_the_path(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def connect(place: str, **rest: Any) -> sqlite3.Connection:
        asked.append(place)
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(Path, "as_uri", lambda self: "file://server/share/library.db")
    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(FileError, match="cannot be written"):
        Library(path)
    assert asked == ["file:////server/share/library.db?mode=rwc"]


def test_a_database_that_another_process_is_making_does_not_look_damaged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first statement that reads the file, another process makes the tables."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    real = sqlite3.connect
    others: list[int] = []

    class Interrupted(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            result = super().execute(statement, *values)
            if statement == "PRAGMA user_version" and not others:
                rows = result.fetchall()
                others.append(rows[0][0])
                monkeypatch.setattr(sqlite3, "connect", real)
                Library(path).close()
                return super().execute(f"SELECT {rows[0][0]}")
            return result

    monkeypatch.setattr(sqlite3, "connect", lambda *args, **rest: real(*args, **rest, factory=Interrupted))
    with Library(path) as library:
        assert library.remarks == []
        assert library.count() == 0
    assert others == [0]
    assert not list(path.parent.glob("*damaged*"))
