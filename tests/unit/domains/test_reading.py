"""A reader that fails costs its file only, wherever a file is read, and the fault is in the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import genstudio
from genstudio import paths
from genstudio.cli import main
from genstudio.domains import get_domain, read_file
from genstudio.domains.drums import DrumsDomain
from genstudio.domains.melody import MelodyDomain
from genstudio.domains.score import ScoreDomain
from genstudio.errors import ConfigError, DamagedFileError, FileError, Stopped
from genstudio.gui.opening import understand
from genstudio.latent.sources import read_source
from genstudio.rendering.sources import pieces_of

TUNE = "X:1\nT:Good\nM:4/4\nL:1/4\nK:C\nCDEF|\n"


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that the readers of music fail on, beside a good one."""
    real = {kind: kind.read for kind in (MelodyDomain, DrumsDomain, ScoreDomain)}

    def reader(kind: Any) -> Callable[..., Any]:
        def read(self: Any, path: Path, **options: Any) -> Any:
            if Path(path).name == "bad.abc":
                raise IndexError("list index out of range")
            return real[kind](self, path, **options)

        return read

    for kind in real:
        monkeypatch.setattr(kind, "read", reader(kind))
    (tmp_path / "bad.abc").write_text(TUNE, encoding="utf-8")
    (tmp_path / "good.abc").write_text(TUNE, encoding="utf-8")
    return tmp_path / "bad.abc"


@pytest.mark.parametrize(
    "read",
    [
        lambda path: read_file(get_domain("melody"), path),
        lambda path: read_source(get_domain("melody"), path),
        lambda path: pieces_of([path]),
    ],
    ids=["seam", "operations", "export"],
)
def test_an_unexpected_exception_is_a_refusal(failing: Path, read: Callable[[Path], object], caplog: Any) -> None:
    with pytest.raises(DamagedFileError, match=r"bad\.abc: the reader failed on it \(IndexError: list index out of range\)"):
        read(failing)
    assert caplog.records
    for record in caplog.records:
        assert record.levelname == "ERROR"
        assert record.exc_info is not None
        assert record.exc_info[0] is IndexError
        assert "bad.abc" in record.getMessage()


def test_one_such_file_does_not_lose_what_is_dropped_with_it(failing: Path, caplog: Any) -> None:
    found = understand([str(failing), str(failing.parent / "good.abc")])
    assert [item.title for item in found.items] == ["Good"]
    ((path, reason),) = found.refused
    assert path == str(failing)
    assert "the reader failed on it" in reason
    assert {record.levelname for record in caplog.records} == {"ERROR"}


def test_a_command_says_one_sentence_and_keeps_the_details(
    failing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "home"))
    assert main(["export", str(failing), "--out", str(tmp_path / "a.musicxml")]) == 2
    said = capsys.readouterr().err
    assert "the reader failed on it" in said
    assert "Traceback" not in said
    kept = (tmp_path / "home" / "logs" / "commands.log").read_text(encoding="utf-8")
    assert "Traceback" in kept
    assert "IndexError: list index out of range" in kept
    assert main(["history", "add", str(failing), str(failing.parent / "good.abc"), "--json"]) == 0
    assert '"refused": [{"path": "' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raised", "expected", "words"),
    [
        (MemoryError(), DamagedFileError, "more memory than there is"),
        (RecursionError(), DamagedFileError, "more memory than there is"),
        (PermissionError(13, "Permission denied"), FileError, "Permission denied"),
        (Stopped("stopped."), Stopped, "stopped"),
        (FileError("a.abc: no notes."), FileError, "no notes"),
    ],
)
def test_what_is_no_fault_is_not_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: Exception, expected: type, words: str, caplog: Any
) -> None:
    def read(self: Any, path: Path) -> None:
        raise raised

    monkeypatch.setattr(MelodyDomain, "read", read)
    with pytest.raises(expected, match=words):
        read_file(get_domain("melody"), tmp_path / "a.abc")
    assert not caplog.records


def test_every_file_of_a_user_is_read_that_way() -> None:
    direct = re.compile(r"\b(domain|known|kind|reader|get_domain\([^)]*\))\.read\(")
    package = Path(genstudio.__file__).parent
    found = [
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if path.name not in ("reading.py", "health.py") and direct.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_what_is_exported_is_read_as_asked(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("id|text\n1|Hello, world; all\n2|Second\n", encoding="utf-8")
    pieces, _, _ = pieces_of([table], read={"column": "text", "separator": "|"})
    assert [str(piece) for piece in pieces] == ["Hello, world; all", "Second"]
    letters = tmp_path / "letters.txt"
    letters.write_bytes("Привет, мир".encode("cp1251"))
    assert str(pieces_of([letters], read={"encoding": "cp1251"})[0][0]) == "Привет, мир"
    ((tune,), _, _) = pieces_of([paths.resource("songs/the-kesh.mid")], read={"metre": "3/4", "key": "D major"})
    assert ([(metre.numerator, metre.denominator) for metre in tune.metres], tune.key) == ([(3, 4)], "D major")
    # Each reader takes what it knows; what none of them knows would do nothing.
    with_both = [table, paths.resource("songs/the-kesh.mid")]
    assert len(pieces_of(with_both, read={"column": "text", "separator": "|", "metre": "3/4"})[0]) == 3
    with pytest.raises(ConfigError, match="does not know 'column'"):
        pieces_of(with_both[1:], read={"column": "text"})
