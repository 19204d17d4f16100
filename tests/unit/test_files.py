from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypedDict

import numpy as np
import pytest
from msgspec import Meta

from genstudio import files
from genstudio.errors import DamagedFileError, FileError


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


def test_a_lock_goes_with_the_process_that_holds_it(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    code = """
import sys, time
from genstudio.files import holding
with holding(sys.argv[1]) as free:
    print(free, flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with files.holding(path) as free:
            assert not free
        other.kill()
    with files.holding(path) as free:
        assert free
    assert path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Windows are of another kind")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_lock_where_the_file_system_knows_none_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def none(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", none)
    with files.holding(tmp_path / ".lock") as free:
        assert free
    assert (tmp_path / ".lock").exists()


def test_a_lock_in_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileError, match="choose another place"), files.holding(tmp_path / "file" / ".lock"):
        pass


class _Piece(TypedDict):
    name: str
    bars: Annotated[int, Meta(ge=1, le=16)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"name": "a"}', "required field bars"),
        ('{"name": 3, "bars": 1}', "got int at name"),
        ('{"name": "a", "bars": 17}', "at bars"),
        ('{"name": "a", "bars": true}', "got bool at bars"),
        ('{"name": "a", "bars": NaN}', "got null at bars"),
        ('{"name": "\\ud800", "bars": 1}', "JSON"),
        ("[]", "got array"),
    ],
)
def test_json_of_another_form_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(DamagedFileError) as error:
        files.read_json(path, _Piece)
    assert told in str(error.value)
    assert str(path) in str(error.value)


def test_json_that_others_wrote(tmp_path: Path) -> None:
    """A mark of the byte order is passed over; what no type names is left out; no number and infinity are null."""
    path = tmp_path / "a.json"
    path.write_bytes(b'\xef\xbb\xbf{"name": "a", "bars": 4, "more": [[[1]]]}')
    assert files.read_json(path, _Piece) == {"name": "a", "bars": 4}
    path.write_text('{"kl": NaN, "nll": [-Infinity, 1.5], "NaN": "NaN"}')
    assert files.read_json(path) == {"kl": None, "nll": [None, 1.5], "NaN": "NaN"}


@pytest.mark.parametrize("value", ["[" * 40 + "]" * 40, "1" * 25, "-" + "1" * 25, "1e999"])
def test_values_that_code_cannot_work_with(tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"a": {value}}}')
    with pytest.raises(DamagedFileError):
        files.read_json(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "loop"])
def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.npy"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero" if kind == "device" else path.name)
    readers = (
        files.read_json,
        lambda p: files.read_bytes(p, 10),
        lambda p: list(files.read_lines(p, 2)),
        lambda p: files.map_array(p, (np.int64,)),
    )
    for read in readers:
        with pytest.raises(FileError):
            read(path)


def test_lines_are_counted_and_measured(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"one\ntwo\n")
    assert list(files.read_lines(path, 2)) == [b"one", b"two"]
    with pytest.raises(DamagedFileError, match="more or longer lines"):
        list(files.read_lines(path, 1))
    path.write_bytes(b"x" * 70_000)
    with pytest.raises(DamagedFileError, match="more or longer lines"):
        list(files.read_lines(path, 1))


@pytest.mark.parametrize(
    "array", [np.arange(5), np.zeros(0, np.int64), np.arange(6).reshape(2, 3)], ids=["five", "none", "two axes"]
)
def test_an_array_is_mapped(tmp_path: Path, array: np.ndarray) -> None:
    path = tmp_path / "a.npy"
    np.save(path, array)
    assert np.array_equal(files.map_array(path, (np.int64,), array.ndim), array)
    with pytest.raises(DamagedFileError):
        files.map_array(path, (np.int32,), array.ndim)
    with pytest.raises(DamagedFileError):
        files.map_array(path, (np.int64,), array.ndim + 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data.replace(b"(5,)", b"(9**9,)"),
        lambda data: data.replace(b"(5,), ", b"(-5,),"),
        lambda data: data.replace(b"'shape': (5,)", b"'shape': 10**9"),
        lambda data: data.replace(b"'descr'", b"(((((((" ),
        lambda data: data.replace(b"<i8", b"|O8"),
        lambda data: b"PK\3\4" + data[4:],
        lambda data: b"\x93NUMPY\2\0\xff\xff\xff\x7f",
        lambda data: b"",
    ],
)  # fmt: skip
def test_an_array_that_is_none(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.arange(5))
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(DamagedFileError):
        files.map_array(path, (np.int64,))
