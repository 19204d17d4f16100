"""Whatever happens to the file or its place: a sentence, nothing lost, never a crash."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio.errors import FileError
from genstudio.library import Library, examine
from genstudio.provenance import Job

Fill = Callable[[Path, int], list[str]]


@pytest.fixture
def fill(make_job: Callable[..., Job], passages: Callable[..., list[Any]]) -> Fill:
    """Keeps ``count`` jobs of three pieces in the library; returns the ids of the jobs."""

    def function(path: Path, count: int) -> list[str]:
        jobs = [make_job(seed) for seed in range(count)]
        with Library(path) as library:
            for job in jobs:
                numbers = library.record(job, passages(*(f"piece {job.seed} {place}" for place in range(3))), "text")
                library.tag(numbers[0], "good")
                library.favourite(numbers[1])
        return [job.id for job in jobs]

    return function


def aside(path: Path) -> list[Path]:
    return sorted(file for file in path.parent.iterdir() if re.fullmatch(r"library\.db\.damaged-\d{8}-\d{6}(-\d+)?", file.name))


def usable(path: Path, passages: Callable[..., list[Any]]) -> None:
    with Library(path) as library:
        assert library.remarks == []
        number = library.add(passages("afterwards")[0], "text")
        assert [entry.id for entry in library.search("afterwards")] == [number]
    assert examine(path).ok


@pytest.mark.parametrize("content", [b"no database at all\n" * 100, os.urandom(50_000), b"SQLite format 3\0" + b"\0" * 84, b"x"])
def test_what_is_no_database_is_set_aside(path: Path, content: bytes, passages: Callable[..., list[Any]]) -> None:
    path.write_bytes(content)
    assert not examine(path).ok
    assert path.read_bytes() == content
    with Library(path) as library:
        (remark,) = library.remarks
        assert len(library) == 0
    assert re.fullmatch(
        r"the library \S+ was damaged; it was set aside as library\.db\.damaged-\S+, "
        r"and none of its pieces could be saved into a new one\.",
        remark,
    )
    (old,) = aside(path)
    assert old.name in remark
    assert old.read_bytes() == content
    usable(path, passages)


def test_an_empty_file_is_a_new_library(path: Path, passages: Callable[..., list[Any]]) -> None:
    path.touch()
    usable(path, passages)
    assert aside(path) == []


def test_an_emptied_file_with_a_log_is_set_aside(path: Path, fill: Fill, passages: Callable[..., list[Any]]) -> None:
    fill(path, 1)
    db = sqlite3.connect(path)
    db.execute("UPDATE pieces SET title = 'in the log'")
    db.commit()
    log = path.with_name("library.db-wal").read_bytes()
    assert b"in the log" in log
    copy = path.parent / "copy" / "library.db"
    copy.parent.mkdir()
    copy.touch()
    copy.with_name("library.db-wal").write_bytes(log)
    db.close()
    with Library(copy) as library:
        assert "set aside" in library.remarks[0]
    (old,) = aside(copy)
    assert old.with_name(f"{old.name}-wal").read_bytes() == log
    usable(copy, passages)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_truncated_file_is_set_aside_and_what_is_left_is_saved(
    path: Path, fill: Fill, passages: Callable[..., list[Any]], share: float
) -> None:
    known = fill(path, 40)
    whole = path.read_bytes()
    left = whole[: int(len(whole) * share)]
    path.write_bytes(left)
    with Library(path) as library:
        (remark,) = library.remarks
        saved = library.search(limit=None)
        for entry in saved:
            assert entry.job in known
            assert library.job(str(entry.job)).id == entry.job
            assert entry.symbols == f"piece {library.job(str(entry.job)).seed} {entry.place}"
        assert (f"{len(saved):,} of its pieces could be saved" if saved else "none of its pieces") in remark
        assert len(saved) > 20 or share < 0.9
    (old,) = aside(path)
    assert old.read_bytes() == left
    usable(path, passages)


def test_a_bad_page_costs_only_what_was_on_it(path: Path, fill: Fill, passages: Callable[..., list[Any]]) -> None:
    known = fill(path, 60)
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    bad = data.index(b'"text":"piece 30 1"') // page * page
    data[bad : bad + page] = os.urandom(page)
    path.write_bytes(data)
    health = examine(path)
    assert (health.ok, health.damaged) == (False, True)
    with Library(path) as library:
        entries = library.search(limit=None)  # meets the bad page
        assert len(library.remarks) == 1
        assert 140 < len(entries) < 180
        assert library.search(limit=None) == entries
        assert {entry.job for entry in entries} <= set(known)
        assert [entry.tags for entry in library.of_job(known[0])] == [("good",), (), ()]
        assert [entry.favourite for entry in library.of_job(known[59])] == [False, True, False]
        assert [entry.symbols for entry in library.search("piece 59 2", domain="text")] == ["piece 59 2"]
    assert len(aside(path)) == 1
    usable(path, passages)


def test_damage_is_met_while_writing(
    path: Path, fill: Fill, make_job: Callable[..., Job], passages: Callable[..., list[Any]]
) -> None:
    fill(path, 3)
    with Library(path) as library:
        data = bytearray(path.read_bytes())
        data[100:] = os.urandom(len(data) - 100)
        path.write_bytes(data)
        job = make_job(99)
        numbers = library.record(job, passages("x", "y", "z"), "text")
        assert [library.get(number).symbols for number in numbers] == ["x", "y", "z"]
        assert library.job(job.id).id == job.id
        assert len(library.remarks) == 1
    usable(path, passages)


def test_repair_keeps_everything_of_a_sound_library(path: Path, fill: Fill) -> None:
    known = fill(path, 5)
    with Library(path) as library:
        before = library.search(limit=None)
        assert library.repair() == 15
        assert library.search(limit=None) == before
        assert [job.id for job in library.jobs()] == known[::-1]
    assert len(aside(path)) == 1


@pytest.mark.slow
def test_several_that_find_the_damage_set_it_aside_once(path: Path) -> None:
    path.write_bytes(b"nothing" * 1000)
    code = "import sys; from genstudio.library import Library; l = Library(sys.argv[1]); print(len(l.remarks)); l.close()"
    started = [subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) for _ in range(5)]
    said = [process.communicate(timeout=600)[0].strip() for process in started]
    assert [process.returncode for process in started] == [0] * 5
    assert sorted(said) == ["0", "0", "0", "0", "1"]
    assert len(aside(path)) == 1
    assert not list(path.parent.glob("*.setting-aside"))


def test_a_file_that_is_set_aside_while_it_is_looked_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another thread of the window finds the same damage; whoever comes second opens what was begun in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    exists = Path.exists

    def gone(self: Path, **options: Any) -> bool:
        there = exists(self, **options)
        if there and self == path:
            self.unlink()
        return there

    monkeypatch.setattr(Path, "exists", gone)
    with Library(path) as library:
        assert len(library) == 0
        assert not library.remarks


def test_a_fresh_file_of_that_name_is_not_set_aside(path: Path) -> None:
    late = Library(path)
    late.close()
    path.rename(path.with_name("kept"))
    Library(path).close()
    assert late.repair() == 0
    late.close()
    assert path.exists()
    assert aside(path) == []


def test_a_folder_in_its_place_is_left_alone(path: Path) -> None:
    path.mkdir()
    (path / "mine.txt").write_text("x")
    with pytest.raises(FileError, match="is a folder, but the library is a file"):
        Library(path)
    assert (path / "mine.txt").read_text() == "x"
    assert not examine(path).ok


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="GENSTUDIO_HOME"):
        Library(tmp_path / "file" / "library.db")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders are of another kind")
def test_a_folder_without_permission_to_write(fill: Fill) -> None:
    """In a process of an ordinary user: the rights of root know no bounds."""
    import tempfile

    folder = Path(tempfile.mkdtemp())
    try:
        locked = folder / "locked"
        locked.mkdir()
        fill(locked / "library.db", 2)
        (folder / "empty").mkdir()
        for place in (folder, locked, folder / "empty"):
            place.chmod(0o755)
        code = textwrap.dedent("""
            import os
            import genstudio.domains.text  # all that is needed, before root's own folders are out of sight
            from genstudio.library import Library, examine
            from genstudio.errors import FileError
            if os.getuid() == 0:
                os.setgid(65534), os.setuid(65534)
            with Library("locked/library.db") as library:
                assert [entry.id for entry in library.search("piece 1")] == [6, 5, 4, 2], library.search("piece 1")
                assert library.remarks == []
                try:
                    library.favourite(1)
                except FileError as error:
                    assert "cannot be written" in str(error), error
                else:
                    raise AssertionError("it was written")
            assert examine("locked/library.db").ok, examine("locked/library.db")
            try:
                Library("empty/library.db")
            except FileError as error:
                assert "GENSTUDIO_HOME" in str(error), error
            else:
                raise AssertionError("it was made")
            print("done")
        """)
        if os.getuid() != 0:
            locked.chmod(0o555)
            (folder / "empty").chmod(0o555)
        before = (locked / "library.db").read_bytes()
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(Path(genstudio.__file__).parents[1])},
        )  # fmt: skip
        assert done.stdout == "done\n", done.stderr
        assert (locked / "library.db").read_bytes() == before
        assert [file.name for file in locked.iterdir()] == ["library.db"]
    finally:
        for place in (folder / "locked", folder / "empty"):
            if place.exists():
                place.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_disk(
    path: Path, fill: Fill, make_job: Callable[..., Job], passages: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = fill(path, 3)
    connections: list[sqlite3.Connection] = []
    real = sqlite3.connect

    def connect(*args: Any, **rest: Any) -> sqlite3.Connection:
        connections.append(real(*args, **rest))
        return connections[-1]

    monkeypatch.setattr(sqlite3, "connect", connect)
    with Library(path) as library:
        (db,) = connections
        before = library.search(limit=None)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(FileError, match=r"there is no space left for the library .* nothing was changed"):
            library.record(make_job(50, 3), passages("x" * 50_000, "y", "z"), "text")
        assert library.search(limit=None) == before
        assert [job.id for job in library.jobs()] == known[::-1]
        assert library.remarks == []
        db.execute("PRAGMA max_page_count = 1000000")
        library.record(make_job(50, 3), passages("x" * 50_000, "y", "z"), "text")
        assert len(library) == 12
    assert examine(path).ok


def test_examine_changes_nothing(path: Path, fill: Fill) -> None:
    assert (examine(path).exists, examine(path).ok) == (False, True)
    assert not path.exists()
    fill(path, 2)
    before = path.read_bytes()
    health = examine(path)
    assert (health.ok, health.pieces, health.detail) == (True, 6, "sound")
    assert path.read_bytes() == before
