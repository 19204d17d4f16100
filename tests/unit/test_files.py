from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from genstudio import files
from genstudio.errors import FileError


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "a.json"
    files.write_json(path, {"name": "Ländler 曲", "n": 1})
    assert files.read_json(path) == {"name": "Ländler 曲", "n": 1}
    assert "曲" in path.read_text(encoding="utf-8")
    assert left(path.parent) == ["a.json"]


def test_a_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    files.write_text(path, "old, and longer")
    files.write_text(path, "new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_permissions_are_the_usual_ones(tmp_path: Path) -> None:
    former = os.umask(0o027)
    try:
        files.write_text(tmp_path / "a.txt", "x")
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_an_error_of_the_writer_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    files.write_text(path, "old")

    def write() -> None:
        with files.replacing(path) as temporary:
            temporary.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert path.read_text() == "old"
    assert left(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "a.txt"
    files.write_text(path, "old")

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "write":
        monkeypatch.setattr(Path, "write_bytes", full)
    else:
        monkeypatch.setattr(files.os, step, full)
    with pytest.raises(FileError, match=r"cannot write .*a\.txt: No space left on device; free some space"):
        files.write_text(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert left(tmp_path) == ["a.txt"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileError, match="cannot write"):
        files.write_text(tmp_path / "file" / "a.txt", "x")


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(FileError, match="cannot write"):
        files.write_text(tmp_path / "a", "x")
    assert left(tmp_path) == ["a"]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe\x00", b"[" * 200_000, b"nothing"])
def test_what_is_no_json(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(FileError, match="not valid JSON"):
        files.read_json(path)


def test_json_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('"' + "x" * 100 + '"')
    with pytest.raises(FileError, match="larger than 50 bytes"):
        files.read_json(path, limit=50)


def test_json_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"cannot read .*a\.json"):
        files.read_json(tmp_path / "a.json")


def test_a_lock_is_held_by_one_until_it_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "deep" / ".lock"
    with files.holding(path) as first:
        assert first
        with files.holding(path) as second:
            assert not second
    with files.holding(path) as again:
        assert again


def test_a_lock_in_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileError, match="choose another place"), files.holding(tmp_path / "file" / ".lock"):
        pass
