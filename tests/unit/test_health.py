"""The own folder in every state that it can be in: `doctor` tells, and the commands go on or say one sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from genstudio import cli, health, paths
from genstudio.library import Library, examine


def _file(home: Path) -> None:
    home.write_text("no folder", encoding="utf-8")


def _below_a_file(home: Path) -> None:
    home.parent.rmdir()
    home.parent.write_text("no folder", encoding="utf-8")


def _file_inside(name: str) -> Callable[[Path], None]:
    def make(home: Path) -> None:
        home.mkdir()
        (home / name).write_text("no folder", encoding="utf-8")

    return make


def _folder_inside(name: str) -> Callable[[Path], None]:
    return lambda home: (home / name).mkdir(parents=True)


def _broken_link(home: Path) -> None:
    home.symlink_to(home.parent / "gone" / "away")


STATES = {
    "a file": _file,
    "below a file": _below_a_file,
    "a link to nothing": _broken_link,
    **{f"{name} is a file": _file_inside(name) for name in ("models", "corpora", "runs", "maps", "logs")},
    **{f"{name} is a folder": _folder_inside(name) for name in ("library.db", "studio.json")},
}


NO_PLACE = ("a file", "below a file", "a link to nothing", "library.db is a folder")
"""The states in which there can be no library."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "data" / "home"
    place.parent.mkdir()
    monkeypatch.setenv("GENSTUDIO_HOME", str(place))
    return place


def _found() -> dict[str, dict[str, object]]:
    return {check["name"]: check for check in health.examine(("own folder", "library"))}


@pytest.mark.parametrize("state", STATES)
def test_an_own_folder_that_cannot_be_used(home: Path, state: str) -> None:
    STATES[state](home)
    before = sorted(str(path) for path in home.parent.parent.rglob("*"))
    check, library = _found()["own folder"], _found()["library"]
    assert not check["ok"]
    assert check["fix"]
    assert library["ok"] == (state not in NO_PLACE)
    assert paths.home_trouble() == check["detail"]
    assert sorted(str(path) for path in home.parent.parent.rglob("*")) == before  # looking changes nothing


@pytest.mark.parametrize("state", STATES)
def test_commands_without_it(home: Path, state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    STATES[state](home)
    out = tmp_path / "back.mid"
    song = str(paths.resource("songs/ode-to-joy.mid"))
    assert cli.main(["models"]) == 0  # the models of the program are there in any case
    assert cli.main(["reconstruct", song, "--model", "folk-melody-2bar", "--out", str(out)]) == 0
    assert out.is_file()
    capsys.readouterr()
    status = cli.main(["history"])
    told = capsys.readouterr().err.strip()
    if state in NO_PLACE:
        assert status == 2
        assert len(told.splitlines()) == 1
    else:
        assert status == 0


def test_a_disk_that_is_full_or_can_only_be_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    assert _found()["own folder"]["ok"]

    def full(*args: object, **options: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("genstudio.paths.os.fsync", full)
    check = _found()["own folder"]
    assert not check["ok"]
    assert os.strerror(28) in str(check["detail"])


def test_an_own_folder_that_is_not_there_yet_is_no_fault(home: Path) -> None:
    assert _found()["own folder"]["ok"]
    assert _found()["library"]["ok"]
    assert not home.exists()


def test_what_is_wrong_with_a_library_is_told_with_what_mends_it(home: Path) -> None:
    home.mkdir()
    library = home / "library.db"
    with Library(library):
        pass
    assert _found()["library"]["ok"]
    with sqlite3.connect(library) as db:
        db.execute("PRAGMA user_version = 99")
    assert _found()["library"]["fix"] == "install the newest GenStudio"
    db.close()
    library.write_bytes(b"no database " * 100)
    assert _found()["library"]["fix"] == "genstudio history repair"
    library.unlink()
    library.mkdir()
    assert _found()["library"]["fix"] == f"move {library} away"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_no_library(home: Path) -> None:
    home.mkdir()
    os.mkfifo(home / "library.db")
    health_of = examine(home / "library.db")
    assert not health_of.ok
    assert "no ordinary file" in health_of.detail


def test_a_model_of_ones_own_that_is_damaged_is_named(home: Path) -> None:
    model = home / "models" / "mine"
    model.mkdir(parents=True)
    (model / "manifest.json").write_text("{", encoding="utf-8")
    (model / "model.safetensors").write_bytes(b"")
    (check,) = health.examine(("models",))
    assert not check["ok"]
    assert str(check["detail"]).startswith("mine: ")
    assert str(model) in check["fix"]
