"""What goes wrong around the studio: a full disk, damage, what is gone. Each is told in one sentence, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.gui.items import Item
from genstudio.gui.trainer import Order
from genstudio.gui.widgets.export_dialog import export

Start = Callable[..., Any]
Calm = Callable[[Any], None]
resource = pytest.importorskip("resource", reason="the system has no limits to set")


@contextmanager
def full_disk() -> Iterator[None]:
    """No byte more can be written to any file of this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(autouse=True)
def _no_fault(heard: Any) -> Iterator[None]:
    yield
    assert not heard.faults


def song(name: str = "the-kesh.mid") -> Item:
    piece = get_domain("melody").read(paths.resource(f"songs/{name}")).pieces[0]
    return Item(piece, "melody", piece.title)


def told(studio: Any) -> str:
    """What the strip above the page says; there is no dialog."""
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    strip = studio.window.trouble
    assert strip.isVisible()
    said = str(strip.sentence.text())
    assert "Traceback" not in said
    assert "fault of ours" not in said
    assert said.rstrip().endswith(".")
    return said


@pytest.fixture
def studio(start: Start, stocked: Path, calm: Calm) -> Any:
    """A studio with the tiny model of melodies, on the Create page with two ends."""
    made = start("create")
    made.context.models.load("melodies")
    calm(made)
    made.window.pages["create"].filling.begin_with_example()
    calm(made)
    return made


# -- a full disk


def test_what_cannot_be_kept_is_told_and_what_was_kept_is_there(start: Start, home: Path, qtbot: QtBot, calm: Calm) -> None:
    studio = start("library")
    shelf = studio.context.shelf
    first, second = song(), song("ode-to-joy.mid")
    shelf.keep(first)
    calm(studio)
    with full_disk():
        shelf.keep(second)
        calm(studio)
    assert "library" in told(studio)
    assert shelf.is_kept(first)
    assert not shelf.is_kept(second)
    shelf.keep(second)
    calm(studio)
    found: list[Any] = []
    from genstudio.gui.shelf import Query

    shelf.search(Query(view="kept"), found.append)
    calm(studio)
    assert {entry.title for entry in found[0].entries} == {first.title, second.title}


def test_an_export_that_does_not_fit_leaves_nothing(start: Start, tmp_path: Path, qtbot: QtBot, calm: Calm) -> None:
    studio = start("home")
    studio.context.settings["export"] = {"folder": str(tmp_path / "out")}
    dialog = export(studio.context, [song()], window=studio.window)
    with full_disk():
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not dialog.error.isHidden())
    assert "cannot write" in dialog.error.text().lower()
    assert list((tmp_path / "out").iterdir()) == []
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(list((tmp_path / "out").glob("*.mid"))) == 1)
    calm(studio)


def test_settings_and_work_that_cannot_be_written_are_told_and_written_later(studio: Any, home: Path, calm: Calm) -> None:
    with full_disk():
        studio.context.settings["steps"] = 5
        studio.context.settings.write()
        studio.session.save()
        calm(studio)
    assert "cannot write" in told(studio)
    studio.close()
    assert json.loads((home / "studio.json").read_text(encoding="utf-8"))["steps"] == 5
    with zipfile.ZipFile(home / "work.genstudio") as archive:
        assert json.loads(archive.read("manifest.json"))["states"]["create"]["ends"]["melody"][0]


@pytest.mark.skipif(sys.platform != "linux", reason="a limit for another process can be set on Linux only")
def test_a_training_whose_disk_fills_says_so_and_goes_on(start: Start, melody_corpus: Path, tiny: Any, qtbot: QtBot) -> None:
    studio = start("train")
    page = studio.window.pages["train"]
    qtbot.waitUntil(lambda: page.trainer.restored)
    settings = [*tiny["melody"], "optimizer.batch_size=16", "optimizer.evaluate_every=20", "optimizer.evaluate_on=8",
                "optimizer.steps=100000"]  # fmt: skip  # it cannot end before its disk is full
    run = page.trainer.add(Order("full", str(melody_corpus), "melody-2bar", tuple(settings)))
    qtbot.waitUntil(lambda: run.record.step >= 1, timeout=120_000)
    size = (run.folder / "events.jsonl").stat().st_size
    resource.prlimit(run.child.pid, resource.RLIMIT_FSIZE, (size + 2000, resource.RLIM_INFINITY))
    qtbot.waitUntil(lambda: run.state == "failed", timeout=120_000)
    assert "cannot write" in run.error
    assert "Traceback" not in run.error
    assert run.error in told(studio)
    reached = run.record.step
    page.trainer.resume(run)
    qtbot.waitUntil(lambda: run.record.step > reached)
    page.trainer.stop(run)
    qtbot.waitUntil(lambda: run.state == "stopped")


# -- models


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:5000]),
        lambda folder: (folder / "manifest.json").write_text('{"format": 1, "domain": '),
        lambda folder: (folder / "manifest.json").write_text("[]"),
        lambda folder: shutil.rmtree(folder / "tokenizer"),
    ],
    ids=["weights cut off", "manifest cut off", "no manifest", "no tokenizer"],
)
def test_a_damaged_model_is_told_and_the_one_before_stays(
    damage: Callable[[Path], object], start: Start, stocked: Path, calm: Calm, tmp_path: Path
) -> None:
    studio = start("home")
    models = studio.context.models
    models.load("melodies")
    calm(studio)
    before = models.current
    folder = tmp_path / "damaged"
    shutil.copytree(stocked / "models" / "melodies", folder)
    damage(folder)
    models.load(str(folder))
    calm(studio)
    assert "damaged" in told(studio)
    assert models.current is before
    assert studio.window.top.model_button.text() == "melodies"


def test_a_model_that_is_removed_while_it_is_used_goes_on(studio: Any, stocked: Path, calm: Calm) -> None:
    shutil.rmtree(stocked / "models" / "melodies")
    page = studio.window.pages["create"]
    page.choose("sample")
    page.making.run()
    calm(studio)
    assert page.desk.state.results["sample"].items
    assert not page.trouble.isVisible()
    studio.context.models.load("melodies")
    calm(studio)
    assert "no model" in told(studio)
    assert studio.context.models.current is not None


def test_a_model_of_last_time_that_is_gone_is_told(start: Start, stocked: Path, calm: Calm, tmp_path: Path) -> None:
    (stocked / "studio.json").write_text(json.dumps({"model": str(tmp_path / "gone")}), encoding="utf-8")
    studio = start("create", load=True)
    calm(studio)
    assert "no model" in told(studio)
    assert studio.window.pages["create"].head.make_button.toolTip()


# -- damage


def test_a_damaged_library_is_set_aside_and_told(start: Start, home: Path, calm: Calm) -> None:
    home.mkdir(parents=True)
    (home / "library.db").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    studio = start("library")
    calm(studio)
    assert "library" in studio.window.status.sentence.text()
    studio.context.shelf.keep(song())
    calm(studio)
    assert not studio.window.trouble.isVisible(), studio.window.trouble.sentence.text()
    assert len(list(home.glob("library*.db*"))) >= 2


WRONG = '{"theme": 3, "volume": "loud", "steps": true, "geometry": "!"}'


@pytest.mark.parametrize("text", ["", "{", "\x00\xff", "[1]", WRONG, "[" * 99_999], ids=range(6))
def test_damaged_settings_do_no_harm(text: str, start: Start, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "studio.json").write_text(text, encoding="utf-8")
    studio = start()
    assert studio.window.isVisible()
    assert studio.context.settings["volume"] == 0.8
    if text != WRONG:
        assert (home / "studio.damaged.json").exists()
        assert "studio.damaged.json" in studio.window.notice.sentence.text()


@pytest.mark.parametrize(
    "pages",
    [
        {"create": {"ends": {"melody": [{"piece": 1}]}, "tool": 5, "t": "x", "values": {"interpolate": {"steps": "many"}}}},
        {"create": {"ends": {"melody": [{"domain": "melody", "symbols": "ab", "title": 3}]}, "changes": [1]}, "home": {"x": 1}},
        {"map": {"folder": 3, "colour": [], "view": "far"}, "corpus": {"folder": 7}, "train": {"x": []}, "library": {"query": 4}},
    ],
)
def test_damaged_work_does_no_harm(pages: Any, start: Start, home: Path, calm: Calm) -> None:
    home.mkdir(parents=True)
    (home / "work.json").write_text(json.dumps({"version": 1, "pages": pages}), encoding="utf-8")
    studio = start("create")
    for name in studio.window.places:
        studio.window.go(name)
    calm(studio)
    assert not studio.window.trouble.isVisible()


# -- what cannot be used


def test_a_home_that_cannot_be_written_costs_memory_only(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calm: Calm, home: Path
) -> None:
    home.write_text("no folder")
    studio = start("home")
    calm(studio)
    assert studio.window.pages["home"].strip.items
    studio.context.shelf.keep(song())
    calm(studio)
    assert "cannot" in told(studio)
    studio.context.settings["volume"] = 0.5
    studio.close()
    assert home.read_text() == "no folder"


def test_without_a_sound_device_the_cursor_moves_and_the_reason_is_told(
    start: Start, qtbot: QtBot, calm: Calm, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genstudio.errors import FileError
    from genstudio.gui import device

    def none(*_: object) -> Any:
        raise FileError("There is no sound: no device for it was found.")

    monkeypatch.setattr(device, "AudioOutput", none)
    studio = start("home")
    calm(studio)
    studio.context.bus.play.emit(song())
    with qtbot.waitSignal(studio.context.player.moved, check_params_cb=lambda at: at > 0):
        pass
    assert "no device" in studio.window.status.sentence.text()
    reason = studio.window.transport.music.reason
    assert reason.isVisible()
    assert "no device" in reason.accessibleName()
    studio.context.player.stop()


def test_files_that_are_gone_are_told(start: Start, tmp_path: Path, calm: Calm, stocked: Path) -> None:
    studio = start("home")
    context, window = studio.context, studio.window
    context.bus.open_files.emit([str(tmp_path / "gone.mid")])
    calm(studio)
    assert "gone.mid" in told(studio)
    # A corpus and a map that a page remembers.
    shutil.rmtree(stocked / "corpora" / "tunes")
    context.settings["corpora"] = [str(tmp_path / "corpus")]
    context.settings["maps"] = {"melodies": str(tmp_path / "map")}
    for name in ("corpus", "train", "map"):
        window.go(name)
        calm(studio)
    told(studio)


def test_a_song_that_vanishes_after_it_was_opened_is_still_there(start: Start, tmp_path: Path, calm: Calm, home: Path) -> None:
    copy = tmp_path / "mine.mid"
    shutil.copy(paths.resource("songs/the-kesh.mid"), copy)
    studio = start("create")
    studio.context.bus.open_files.emit([str(copy)])
    calm(studio)
    copy.unlink()
    end = studio.window.pages["create"].desk.state.ends[0]
    studio.context.shelf.keep(end.item)
    calm(studio)
    assert not studio.window.trouble.isVisible()
    studio.close()
    again = start("create")
    assert again.window.pages["create"].desk.state.ends[0].item.piece.notes == end.item.piece.notes


def test_two_starts_at_once_are_one_studio(tmp_path: Path) -> None:
    """Both find nobody there; the one that comes second to the socket hands its files over and leaves."""
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from genstudio.gui.instance import Instance; one = Instance(Path(sys.argv[1])); print(one.taken, flush=True);"
        "sys.stdin.read() if not one.taken else None; one.close()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    first = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
    assert first.stdout is not None
    assert first.stdout.readline() == "False\n"
    second = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=True)
    assert second.stdout == "True\n"
    first.communicate("", timeout=600)
