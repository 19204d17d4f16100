"""Projects in the window: new, open, save, what is asked, what is there again, and where each is offered."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.gui import folders
from genstudio.gui.items import Item
from genstudio.gui.opening import understand
from genstudio.gui.project import archive
from genstudio.gui.project.archive import Project
from genstudio.gui.widgets.doors import example_files

Start = Callable[..., Any]
Calm = Callable[[Any], None]
LEFT, CTRL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def song(name: str = "the-kesh.mid") -> Item:
    path = paths.resource(f"songs/{name}")
    piece = get_domain("melody").read(path).pieces[0]
    return Item(piece, "melody", piece.title, source=str(path))


def ends(studio: Any) -> list[str]:
    """The titles of the ends of melodies."""
    return [end.item.title for end in studio.window.pages["create"].desk.states["melody"].ends if end is not None]


def question(studio: Any) -> QMessageBox:
    (box,) = [box for box in studio.window.findChildren(QMessageBox) if box.isVisible()]
    return box  # type: ignore[no-any-return]


def press(box: QMessageBox, words: str, qtbot: QtBot) -> None:
    (button,) = [button for button in box.buttons() if button.text() == words]
    qtbot.mouseClick(button, LEFT)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is chosen in the dialogs of the system, and what they were given."""
    answers: dict[str, Any] = {"save": "", "open": [], "given": []}

    def ask(parent: QWidget, title: str, start: str, kinds: str = "", mode: folders.Mode = folders.Mode.ExistingFiles) -> list[str]:
        answers["given"].append(start)
        return [answers["save"]] if mode is folders.Mode.AnyFile else list(answers["open"])

    monkeypatch.setattr(folders, "ask", ask)
    return answers


@pytest.fixture
def studio(start: Start, calm: Calm) -> Any:
    made = start("home")
    calm(made)
    return made


@pytest.fixture
def saved(studio: Any, chosen: dict[str, Any], tmp_path: Path, calm: Calm, qtbot: QtBot) -> Path:
    """A project with one end, saved by its key."""
    studio.context.bus.make_end.emit(song(), "a")
    calm(studio)
    chosen["save"] = str(tmp_path / "Evening waltz")
    qtbot.keyClick(studio.window, Qt.Key.Key_S, CTRL)
    calm(studio)
    return tmp_path / "Evening waltz.genstudio"


def test_a_project_is_saved_and_says_whether_it_is(studio: Any, saved: Path, calm: Calm, qtbot: QtBot) -> None:
    window, projects = studio.window, studio.projects
    button = window.top.project_button
    assert projects.path == saved
    assert button.text() == "Evening waltz"
    assert window.windowTitle() == "Evening waltz[*] · Home · GenStudio"
    assert not window.isWindowModified()
    assert "Evening waltz.genstudio is saved." in window.status.sentence.text()
    studio.context.bus.make_end.emit(song("ode-to-joy.mid"), "b")
    qtbot.waitUntil(lambda: projects.edited)
    assert button.text() == "Evening waltz •"
    assert button.accessibleName() == "Project: Evening waltz, not saved yet"
    assert window.isWindowModified()
    before = saved.read_bytes()
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    calm(studio)
    assert not projects.edited
    assert saved.read_bytes() != before
    assert len(archive.read(saved).states["create"]["ends"]["melody"]) == 4
    studio.context.undo.undo()
    qtbot.waitUntil(lambda: projects.edited)
    studio.context.undo.redo()
    qtbot.waitUntil(lambda: not projects.edited)  # as it was saved


def test_a_long_name_leaves_room_in_a_small_window(studio: Any, qtbot: QtBot) -> None:
    window, name = studio.window, "An evening of waltzes, polkas and other dances for the village"
    studio.projects.adopt(Project(title=name), None, False)
    window.resize(960, 600)
    button = window.top.project_button
    qtbot.waitUntil(lambda: button.width() < 150)
    assert "…" in button.text()
    assert name in button.accessibleName()
    assert window.top.minimumSizeHint().width() <= 960


def test_looking_around_is_no_edit_and_sound_is(studio: Any, saved: Path) -> None:
    window, projects = studio.window, studio.projects
    for name in window.places:
        window.go(name)
    window.pages["create"].choose("vary")
    projects.look()
    assert not projects.edited
    studio.context.settings["tempo"] = 1.5
    projects.look()
    assert projects.edited


def test_an_empty_project_has_nothing_to_lose(studio: Any, qtbot: QtBot) -> None:
    studio.window.pages["create"].parameters.put("vary", {"n": 5})
    studio.projects.look()
    assert not studio.projects.edited
    qtbot.keyClick(studio.window, Qt.Key.Key_N, CTRL)
    assert not [box for box in studio.window.findChildren(QMessageBox) if box.isVisible()]
    assert studio.window.pages["create"].parameters.of("vary")["n"] == 8  # as at the first start


def test_what_is_made_comes_back_without_its_model(
    studio: Any, saved: Path, melody_model: Path, start: Start, calm: Calm, qtbot: QtBot, home: Path
) -> None:
    models, page = studio.context.models, studio.window.pages["create"]
    studio.context.bus.make_end.emit(song("ode-to-joy.mid"), "b")
    studio.window.go("create")
    with qtbot.waitSignal(models.changed):
        models.load(str(melody_model))
    calm(studio)
    made = [item.piece for item in page.stage.grid.items]
    assert len(made) == 9
    qtbot.keyClick(studio.window, Qt.Key.Key_S, CTRL)
    calm(studio)
    assert archive.read(saved).model["folder"] == str(melody_model)
    studio.close()
    (home / "work.genstudio").unlink()
    again = start("home", [str(saved)])  # no model is loaded there
    qtbot.waitUntil(lambda: again.projects.path == saved)
    qtbot.waitUntil(lambda: again.window.current == "create")
    shown = again.window.pages["create"].stage.grid.items
    assert [item.piece for item in shown] == made
    assert all(item.job.operation == "interpolate" for item in shown)
    qtbot.waitUntil(lambda: again.context.models.current is not None)  # the one it was made with follows
    calm(again)
    assert again.window.pages["create"].stage.grid.items == shown
    assert not again.projects.edited


def test_a_model_that_is_not_here_is_said(studio: Any, tmp_path: Path, qtbot: QtBot) -> None:
    project = Project(model={"name": "lost-model", "digest": "0" * 64}, states={"create": {"domain": "melody"}})
    archive.write(tmp_path / "p.genstudio", archive.pack(project))
    studio.context.bus.open_files.emit([str(tmp_path / "p.genstudio")])
    qtbot.waitUntil(studio.window.trouble.isVisible)
    assert "made with the model lost-model, which is not here" in studio.window.trouble.sentence.text()


# -- what is asked


def test_new_asks_before_work_is_lost(studio: Any, chosen: dict[str, Any], tmp_path: Path, calm: Calm, qtbot: QtBot) -> None:
    studio.context.bus.make_end.emit(song(), "a")
    studio.context.settings["tempo"] = 1.5
    qtbot.keyClick(studio.window, Qt.Key.Key_N, CTRL)
    box = question(studio)
    assert box.defaultButton().text() == "Save"
    assert "“Untitled” has changes that are not saved." in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert ends(studio) == ["The Kesh"]
    studio.window.desk.new()
    chosen["save"] = ""  # no place is chosen: nothing happens
    qtbot.keyClick(question(studio), Qt.Key.Key_Return)
    assert ends(studio) == ["The Kesh"]
    studio.window.desk.new()
    chosen["save"] = str(tmp_path / "kept.genstudio")
    qtbot.keyClick(question(studio), Qt.Key.Key_Return)
    calm(studio)
    assert ends(studio) == []
    assert studio.projects.title == "Untitled"
    assert studio.context.settings["tempo"] == 1.0
    assert not studio.context.undo.canUndo()
    assert archive.read(tmp_path / "kept.genstudio").states["create"]["ends"]["melody"][0]["piece"].title == "The Kesh"
    studio.context.bus.make_end.emit(song(), "a")
    studio.window.desk.new()
    press(question(studio), "Don't save", qtbot)
    assert ends(studio) == []


def test_a_save_that_fails_keeps_the_work(
    studio: Any, saved: Path, monkeypatch: pytest.MonkeyPatch, calm: Calm, qtbot: QtBot
) -> None:
    studio.context.bus.make_end.emit(song("ode-to-joy.mid"), "b")
    before, write = saved.read_bytes(), zipfile.ZipFile.writestr

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    qtbot.keyClick(studio.window, Qt.Key.Key_N, CTRL)
    press(question(studio), "Save", qtbot)
    calm(studio)
    assert "No space left on device" in studio.window.trouble.sentence.text()
    assert saved.read_bytes() == before
    assert ends(studio) == ["The Kesh", "Ode to Joy"]
    assert studio.projects.edited
    monkeypatch.setattr(zipfile.ZipFile, "writestr", write)


def test_the_name_of_a_file_is_completed_and_another_one_is_not_replaced_unasked(
    studio: Any, saved: Path, chosen: dict[str, Any], calm: Calm, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "question", lambda *given: asked.append(given[2]) or QMessageBox.StandardButton.No)
    other = saved.with_name("v1.2.genstudio")
    other.write_bytes(b"another")
    chosen["save"] = str(saved.with_name("v1.2"))
    qtbot.keyClick(studio.window, Qt.Key.Key_S, CTRL | SHIFT)
    calm(studio)
    assert "v1.2.genstudio" in asked[0]
    assert other.read_bytes() == b"another"
    chosen["save"] = str(saved.with_name("v1.3"))
    qtbot.keyClick(studio.window, Qt.Key.Key_S, CTRL | SHIFT)
    calm(studio)
    assert studio.projects.path == saved.with_name("v1.3.genstudio")
    assert saved.exists()


@pytest.mark.parametrize("answer", ["Cancel", "Don't save", "Save"])
def test_closing_asks_for_a_project_with_a_file(
    answer: str, studio: Any, saved: Path, start: Start, calm: Calm, qtbot: QtBot
) -> None:
    studio.context.bus.make_end.emit(song("ode-to-joy.mid"), "b")
    studio.window.close()
    assert studio.window.isVisible()
    press(question(studio), answer, qtbot)
    calm(studio)
    assert studio.window.isVisible() == (answer == "Cancel")
    if answer == "Cancel":
        return
    studio.close()
    again = start("create")
    calm(again)
    assert again.projects.path == saved
    assert ends(again) == (["The Kesh", "Ode to Joy"] if answer == "Save" else ["The Kesh"])
    again.projects.look()
    assert not again.projects.edited


# -- what is there again


def test_a_project_without_a_file_is_there_again_unasked(studio: Any, start: Start, calm: Calm) -> None:
    studio.context.bus.make_end.emit(song(), "a")
    studio.window.close()
    assert not studio.window.isVisible()
    studio.close()
    again = start("create")
    calm(again)
    assert ends(again) == ["The Kesh"]
    assert again.projects.edited  # it is saved nowhere
    again.close()  # and is not forgotten when it was not even looked at
    third = start("home")
    calm(third)
    assert third.projects.edited


def test_after_a_crash_what_was_not_saved_is_there(studio: Any, saved: Path, start: Start, calm: Calm) -> None:
    studio.context.bus.make_end.emit(song("ode-to-joy.mid"), "b")
    studio.session.save()
    calm(studio)
    again = start("create")  # the first has not ended
    calm(again)
    assert "unexpectedly" in again.window.notice.sentence.text()
    assert ends(again) == ["The Kesh", "Ode to Joy"]
    assert again.projects.path == saved
    assert again.projects.edited
    assert len([end for end in archive.read(saved).states["create"]["ends"]["melody"] if end]) == 1  # the file is as it was


def test_the_end_of_the_system_asks_nothing_and_loses_nothing(studio: Any, saved: Path, start: Start, calm: Calm) -> None:
    studio.context.bus.make_end.emit(song("ode-to-joy.mid"), "b")
    studio.window.desk.leave()
    assert not studio.window.isVisible()
    studio.close()
    again = start("create")
    calm(again)
    assert ends(again) == ["The Kesh", "Ode to Joy"]
    assert again.projects.edited


def test_the_work_of_an_earlier_version_is_taken_over(start: Start, home: Path, calm: Calm) -> None:
    domain, item = get_domain("melody"), song()
    end = {"domain": "melody", "symbols": domain.to_symbols(item.piece), "dressing": domain.metadata(item.piece), "title": "Mine",
           "source": "", "read": {}, "part": "", "bars": [3, 4]}  # fmt: skip
    home.mkdir(parents=True)
    pages = {"create": {"ends": {"melody": [end, None, {"domain": 3}, None]}}, "library": {"text": "kesh"}}
    (home / "work.json").write_text(json.dumps({"version": 1, "pages": pages}), encoding="utf-8")
    studio = start("create")
    calm(studio)
    (found,) = [one for one in studio.window.pages["create"].desk.states["melody"].ends if one is not None]
    assert (found.item.piece, found.item.title, found.bars) == (item.piece, "Mine", (3, 4))
    assert studio.window.pages["library"].filters.search.text() == "kesh"
    studio.close()
    assert not (home / "work.json").exists()


# -- where they are opened


def drop(window: QWidget, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier))  # type: ignore[attr-defined]


def test_a_project_is_opened_wherever_a_file_can_be(
    studio: Any, saved: Path, chosen: dict[str, Any], calm: Calm, qtbot: QtBot
) -> None:
    window = studio.window

    def opened() -> None:
        qtbot.waitUntil(lambda: studio.projects.path == saved)
        calm(studio)
        assert ends(studio) == ["The Kesh"]
        assert window.current == "create"
        window.desk.new()
        assert ends(studio) == []

    window.desk.new()
    drop(window, saved)
    opened()
    chosen["open"] = [str(saved)]
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    opened()
    window.actions_by_name["open_project"].trigger()
    opened()
    window.pages["create"].ends.wells[0].files.emit([str(saved)])
    opened()


def test_recent_projects_are_in_the_menu_and_on_home(
    studio: Any, saved: Path, calm: Calm, qtbot: QtBot, find: Callable[..., Any]
) -> None:
    window = studio.window
    window.desk.new()
    menu = window.top.project_button.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.text() == "Evening waltz"]
    door = find(window.pages["home"], "Open the project Evening waltz")
    assert door.isVisible()
    qtbot.mouseClick(door, LEFT)
    qtbot.waitUntil(lambda: studio.projects.path == saved)
    calm(studio)
    saved.unlink()
    menu.aboutToShow.emit()
    assert "Evening waltz" not in [action.text() for action in menu.actions()]
    window.go("home")
    assert not window.pages["home"].doors.recent


@pytest.mark.parametrize("domain", sorted(example_files()))
def test_an_example_is_opened_from_home(
    domain: str, studio: Any, qtbot: QtBot, calm: Calm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio.context.models, "load", lambda name: None)
    window, before = studio.window, example_files()[domain].read_bytes()
    qtbot.mouseClick(window.pages["home"].doors.examples[domain], LEFT)
    qtbot.waitUntil(lambda: window.current == "create")
    calm(studio)
    page = window.pages["create"]
    assert page.desk.domain == domain
    assert len(page.stage.grid.items) == 9
    assert page.stage.grid.isVisible()
    assert studio.projects.path is None
    assert studio.projects.title.startswith("Example, ")
    studio.projects.look()
    assert not studio.projects.edited
    assert example_files()[domain].read_bytes() == before


def test_dialogs_begin_where_files_of_their_use_were(
    studio: Any, saved: Path, chosen: dict[str, Any], tmp_path: Path, calm: Calm, qtbot: QtBot
) -> None:
    songs = tmp_path / "songs"
    songs.mkdir()
    chosen["given"].clear()
    chosen["open"] = [str(songs / "a.mid")]
    window = studio.window
    window.opener.choose_files()
    window.opener.choose_files()
    window.actions_by_name["save_as"].trigger()
    calm(studio)
    assert chosen["given"] == ["", str(songs), str(saved)]
    songs.rmdir()
    window.opener.choose_files()
    assert chosen["given"][-1] == ""


def test_a_damaged_project_leaves_the_open_one(studio: Any, saved: Path, tmp_path: Path, calm: Calm) -> None:
    (tmp_path / "bad.genstudio").write_bytes(saved.read_bytes()[:200])
    studio.context.bus.open_files.emit([str(tmp_path / "bad.genstudio")])
    calm(studio)
    assert "bad.genstudio is not a project" in studio.window.trouble.sentence.text()
    assert ends(studio) == ["The Kesh"]
    assert studio.projects.path == saved


def test_songs_that_are_opened_get_the_keys(start: Start, make_tune: Any, tmp_path: Path) -> None:
    window = start("library").window
    window.rail.setFocus()
    songs = [tmp_path / f"{name}.mid" for name in ("one", "two")]
    for seed, song in enumerate(songs):
        make_tune(2000 + seed, 2, (4, 4)).write(str(song))
    window.opener._opened(understand([str(song) for song in songs], first="melody"))
    page = window.pages["create"]
    assert window.current == "create"
    at = window.focusWidget()
    assert at is page or page.isAncestorOf(at)


def test_a_first_project_is_saved_among_the_documents(start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    monkeypatch.setattr(folders, "ask", lambda parent, title, place, *more: asked.append(place) or [])
    monkeypatch.setattr(folders.QStandardPaths, "writableLocation", lambda kind: str(tmp_path))
    start("home").window.actions_by_name["save"].trigger()
    assert asked == [str(tmp_path / "Untitled.genstudio")]
