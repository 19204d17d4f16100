"""The window: places, theme, language, search, opening files, errors, undo, keys."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QGuiApplication, QUndoCommand
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

import genstudio
from genstudio import paths
from genstudio.domains import get_domain
from genstudio.domains.melody import Melody
from genstudio.errors import FileError
from genstudio.gui.items import Item
from genstudio.gui.language import LANGUAGES
from genstudio.gui.models import Models
from genstudio.gui.theme import DARK, LIGHT
from genstudio.gui.views.description import key_name
from genstudio.gui.widgets.export_dialog import export
from genstudio.gui.widgets.help import HelpDialog, page_of
from genstudio.gui.widgets.preferences import PreferencesDialog
from genstudio.gui.widgets.rows import ItemModel
from genstudio.gui.widgets.shortcuts import ShortcutDialog
from genstudio.gui.widgets.steps import Steps
from genstudio.gui.widgets.trouble import DetailsDialog
from genstudio.gui.window import PLACES

Start = Callable[..., Any]
Calm = Callable[[Any], None]


def song(name: str = "the-kesh.mid") -> Item:
    path = paths.resource(f"songs/{name}")
    piece = get_domain("melody").read(path).pieces[0]
    return Item(piece, "melody", piece.title, source=str(path))


def drop(window: QWidget, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)  # type: ignore[attr-defined]


def test_every_place_is_reached_by_click_and_by_key(start: Start, qtbot: QtBot) -> None:
    window = start("home").window
    assert window.current == "home"
    for name, button in window.rail.buttons.items():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.current == name
        assert window.stack.currentWidget() is window.pages[name]
        assert button.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "home"
    assert window.windowTitle() == "Untitled[*] · Home · GenStudio"


def test_the_arrow_keys_go_along_the_rail(start: Start, qtbot: QtBot) -> None:
    window = start("home").window
    names = list(window.rail.buttons)
    window.rail.buttons[names[0]].setFocus()
    qtbot.keyClick(window.rail.buttons[names[0]], Qt.Key.Key_Down)
    assert window.current == names[1 % len(names)]


def test_the_place_and_the_size_come_back(start: Start) -> None:
    first = start("home")
    last = list(first.window.places)[-1]
    first.window.go(last)
    first.window.resize(1000, 640)
    first.window.close()
    first.close()
    second = start()
    assert second.window.current == last
    assert second.window.height() == 640  # the screen of the platform offscreen is narrower than the window was


def test_a_page_that_does_not_exist_is_no_crash(start: Start) -> None:
    studio = start("nowhere")
    assert studio.window.current == "home"
    studio.context.bus.go.emit("nowhere")
    assert studio.window.current == "home"


def test_the_theme_is_changed_by_its_button_and_kept(start: Start, qtbot: QtBot) -> None:
    studio = start("home")
    studio.context.settings["theme"] = "light"
    assert studio.context.theme.colours is LIGHT
    qtbot.mouseClick(studio.window.top.theme_button, Qt.MouseButton.LeftButton)
    assert studio.context.theme.colours is DARK
    assert studio.context.settings["theme"] == "dark"
    assert DARK.surface in studio.app.styleSheet()


def test_the_language_is_changed_without_a_restart(start: Start, qtbot: QtBot) -> None:
    studio = start("home")
    before = studio.window.rail.buttons["home"].text()
    studio.context.settings["language"] = "zh_CN"
    assert studio.language.current == "zh_CN"
    qtbot.waitUntil(lambda: studio.window.rail.buttons["home"].text() == "主页")
    assert studio.window.top.language_button.text() == "中"
    assert studio.window.pages["home"].headline.text() == "欢迎使用 GenStudio"
    studio.context.settings["language"] = "en"
    qtbot.waitUntil(lambda: studio.window.rail.buttons["home"].text() == before)


def told(widget: QWidget) -> list[str]:
    """The words of the labels that are shown."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_inspector_shows_the_selected_piece_and_folds(start: Start, qtbot: QtBot, calm: Calm) -> None:
    studio = start("home")
    calm(studio)
    window, item = studio.window, song()
    studio.context.bus.selected.emit(item)
    qtbot.waitUntil(lambda: "Key" in told(window.inspector))
    shown = told(window.inspector)
    assert shown[shown.index("Key") + 1] == "G major"
    assert shown[shown.index("Metre") + 1] == "6/8"
    assert window.inspector.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not window.inspector.isVisible()
    qtbot.mouseClick(window.top.inspector_button, Qt.MouseButton.LeftButton)
    assert window.inspector.isVisible()


def test_keys_and_pitches_are_named_in_the_language_of_the_window(start: Start, qtbot: QtBot, calm: Calm) -> None:
    studio = start("home")
    window, item, model = studio.window, song(), ItemModel(studio.context)
    item = dataclasses.replace(item, piece=dataclasses.replace(item.piece, key="Bb minor"))
    calm(studio)
    assert (key_name("F# dorian"), key_name("of {all}"), key_name("")) == ("F♯ dorian", "of {all}", "")
    for language, key, range_ in (("en", "B♭ minor", "G♭4 to C♭6"), ("zh_CN", "B♭ 小调", "G♭4 至 C♭6")):
        studio.context.settings["language"] = language
        studio.context.bus.selected.emit(item)
        model.set_items([item])
        assert key in model.said(0)
        qtbot.waitUntil(lambda key=key, range_=range_: {key, range_} <= set(told(window.inspector)))


def test_the_parts_of_the_makers_are_in_the_language_of_the_window(start: Start, calm: Calm) -> None:
    studio = start("map")
    calm(studio)
    studio.context.settings["language"] = "zh_CN"
    maker = studio.window.pages["map"].maker
    QCoreApplication.sendPostedEvents()
    assert (maker.stop.text(), maker.go.text()) == ("停止", "生成地图")


def test_in_a_narrow_window_there_is_room_for_the_page(start: Start, qtbot: QtBot) -> None:
    window = start("home").window
    window.resize(1280, 720)
    qtbot.waitUntil(window.inspector.isVisible)
    assert not window.rail.folded
    window.resize(1000, 720)
    qtbot.waitUntil(lambda: not window.inspector.isVisible())
    assert window.rail.folded
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert window.inspector.isVisible()
    assert window.context.settings["inspector"]
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: not window.rail.folded)
    assert window.inspector.isVisible()


def test_undo_says_what_it_undoes_and_why_it_cannot(start: Start, qtbot: QtBot) -> None:
    studio = start("home")
    undo, action, done = studio.context.undo, studio.window.actions_by_name["undo"], []

    class Command(QUndoCommand):
        def undo(self) -> None:
            done.append("undone")

    assert not action.isEnabled()
    assert studio.window.top.undo.toolTip() == "There is nothing to undo."
    undo.push(Command("Keep a song"))
    assert action.isEnabled()
    assert "Keep a song" in studio.window.top.undo.toolTip()
    qtbot.keyClick(studio.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["undone"]
    assert studio.window.actions_by_name["redo"].isEnabled()


def test_an_error_is_a_sentence_and_its_details_can_be_copied(start: Start, qtbot: QtBot) -> None:
    studio = start("home")
    window = studio.window
    studio.context.bus.trouble.emit("The disk is full.", "Traceback: line 1")
    assert window.trouble.isVisible()
    assert window.trouble.sentence.text() == "The disk is full."
    qtbot.mouseClick(window.trouble.details, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(DetailsDialog)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "The disk is full." in copied
    assert "Traceback: line 1" in copied
    assert "GenStudio" in copied
    dialog.close()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.trouble.isVisible()


def test_an_error_of_a_file_goes_when_the_next_one_opens(start: Start, calm: Calm, tmp_path: Path) -> None:
    studio = start("home")
    broken = tmp_path / "broken.mid"
    broken.write_bytes(b"no music")
    drop(studio.window, [broken])
    calm(studio)
    assert studio.window.trouble.isVisible()
    drop(studio.window, [paths.resource("songs/amazing-grace.abc")])
    calm(studio)
    assert not studio.window.trouble.isVisible()


def test_an_error_is_said_again_in_another_language(start: Start, calm: Calm, tmp_path: Path, qtbot: QtBot) -> None:
    studio = start("home")
    broken = tmp_path / "broken.mid"
    broken.write_bytes(b"no music")
    shown, settings = studio.window.trouble.sentence, studio.context.settings
    for files in ([broken], [broken, tmp_path / "gone.mid"]):
        drop(studio.window, files)
        calm(studio)
        english = shown.text()
        settings["language"] = "zh_CN"
        qtbot.waitUntil(lambda: not re.search("[a-z]{3} [a-z]{2}", shown.text()))
        assert "broken.mid" in shown.text()
        settings["language"] = "en"
        qtbot.waitUntil(lambda english=english: shown.text() == english)


def test_an_export_that_fails_is_told_once(start: Start, calm: Calm, tmp_path: Path, qtbot: QtBot) -> None:
    studio = start("home")
    (tmp_path / "file").write_text("no folder")
    dialog = export(studio.context, [song()], window=studio.window)
    dialog.place.folder.setText(str(tmp_path / "file"))
    for closed in (False, True):
        dialog.go.click()
        if closed:  # where nobody looks any more, the window says it
            dialog.close()
        qtbot.waitUntil(lambda: not studio.context.jobs.running)
        calm(studio)
        assert studio.window.trouble.isVisible() is closed
        if not closed:
            assert "annot write" in dialog.error.text()


def test_an_error_of_a_job_goes_when_the_next_try_ends_well(start: Start, calm: Calm) -> None:
    studio = start("home")
    jobs, trouble = studio.context.jobs, studio.window.trouble
    fine = [False, False, True]

    def write() -> None:
        if not fine.pop(0):
            raise FileError("cannot write a.txt: no space is left; free some.")

    jobs.start("Export a", write)
    calm(studio)
    assert trouble.sentence.text().startswith("Export a: cannot write a.txt")
    jobs.start("Something else", lambda: None)
    calm(studio)
    assert trouble.isVisible()
    for visible in (True, False):
        jobs.start("Export a again", write)
        calm(studio)
        assert trouble.isVisible() is visible


def test_what_is_opened_while_the_first_model_is_on_its_way_gets_one_of_its_kind(
    start: Start, calm: Calm, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = start("home")
    calm(studio)
    models, asked = studio.context.models, list[str]()
    monkeypatch.setattr(models, "load", asked.append)
    models.known, models.wanted, models.current = [], "tunes", None
    drop(studio.window, [paths.resource(f"scores/{name}.musicxml") for name in ("amazing-grace", "auld-lang-syne")])
    calm(studio)
    assert asked == []  # which models there are is not known yet
    known = [{"name": name, "domain": kind, "folder": name} for name, kind in (("tunes", "melody"), ("sheets", "score"))]
    models._have_list(known)
    assert asked == ["sheets"]
    models._have_list(known)
    assert asked == ["sheets"]


@pytest.fixture
def melodies_listed() -> list[dict[str, Any]]:
    lengths = {"folk-melody-2bar": 2, "folk-melody-16bar": 16}
    return [
        {"name": name, "domain": "melody", "folder": str(paths.checkpoints() / name), "phrase": {"length": length}}
        for name, length in lengths.items()
    ]


def test_a_model_that_takes_all_of_the_songs_that_are_opened_is_taken_with_a_way_back(
    start: Start, melodies_listed: list[dict[str, Any]], calm: Calm, monkeypatch: pytest.MonkeyPatch, find: Any, qtbot: QtBot
) -> None:
    studio = start("create")
    calm(studio)
    models, asked = studio.context.models, list[str]()
    monkeypatch.setattr(models, "_engine", SimpleNamespace(run=lambda work, **_: asked.append(work.args[0])))
    models.known, models.wanted, models.current = melodies_listed, "folk-melody-2bar", None
    songs = [paths.resource(f"songs/{name}.abc") for name in ("greensleeves", "amazing-grace")]
    drop(studio.window, songs)
    calm(studio)
    assert asked == ["folk-melody-16bar"]
    line = studio.window.pages["create"].origin
    assert line.isVisible()
    assert line.maker.text() == "For these songs the model is Tunes, 16 bars now; Ideas, 2 bars would take only 2 bars of each."
    qtbot.mouseClick(find(line, "Back to Ideas, 2 bars"), Qt.MouseButton.LeftButton)
    assert asked == ["folk-melody-16bar", "folk-melody-2bar"]
    assert not line.isVisible()
    drop(studio.window, songs)
    calm(studio)
    assert len(asked) == 2  # who went back stays there


@pytest.mark.parametrize(("wanted", "bars"), [("folk-melody-2bar", 2), ("folk-melody-16bar", 64), ("mine", 16)])
def test_a_model_that_is_no_worse_than_others_for_songs_stays(
    qtbot: QtBot, melodies_listed: list[dict[str, Any]], wanted: str, bars: int
) -> None:
    models = Models(SimpleNamespace(run=pytest.fail))  # type: ignore[arg-type]
    models.known = [*melodies_listed, {"name": "mine", "domain": "melody", "folder": "mine", "phrase": {"length": 2}}]
    models.wanted = wanted
    models.take_all("melody", [Melody(notes=(), length=bars * 1920)])
    assert models.wanted == wanted


def test_a_fault_of_any_thread_is_told_in_the_window(start: Start, qtbot: QtBot) -> None:
    studio = start("home")
    with qtbot.waitSignal(studio.context.bus.trouble):
        studio.relay.told.emit("This is a fault of ours (KeyError); the details can be copied.", "details")
    assert "fault of ours" in studio.window.trouble.sentence.text()


def test_songs_that_are_dropped_become_ends_and_are_heard_in_the_middle_with_one_key(
    start: Start, melody_model: Path, qtbot: QtBot, calm: Calm, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = start("create")
    with qtbot.waitSignal(studio.context.models.changed):
        studio.context.models.load(str(melody_model))
    calm(studio)
    page, player = studio.window.pages["create"], studio.context.player
    page.choose("blend")
    page.stage.line.put(0.9)
    songs = [paths.resource(f"songs/{name}") for name in ("greensleeves.abc", "amazing-grace.abc")]
    drop(studio.window, songs)
    calm(studio)
    assert [Path(end.item.source) for end in page.desk.state.ends[:2]] == songs
    assert page.desk.tool == "interpolate"
    assert studio.context.settings["recent"][:2] == [str(song) for song in songs]
    assert page.stage.item.t == 0.5
    assert player.item is page.stage.item
    played: list[Item] = []
    monkeypatch.setattr(player, "toggle", lambda: played.append(player.item))
    qtbot.keyClick(studio.window, Qt.Key.Key_Space)
    assert played == [page.stage.item]


def test_a_file_that_cannot_be_used_is_told_with_its_reason(start: Start, tmp_path: Path, calm: Calm) -> None:
    studio = start("home")
    wrong = tmp_path / "broken.mid"
    wrong.write_bytes(b"MThd")
    drop(studio.window, [wrong, tmp_path / "gone.mid"])
    calm(studio)
    assert studio.window.trouble.isVisible()
    assert "broken.mid" in studio.window.trouble.sentence.text()


def test_a_model_folder_that_is_dropped_is_loaded(
    start: Start, melody_model: Path, tmp_path: Path, qtbot: QtBot, calm: Calm
) -> None:
    studio = start("home")
    folder = tmp_path / "mine"
    shutil.copytree(melody_model, folder)
    with qtbot.waitSignal(studio.context.models.changed, timeout=20_000):
        drop(studio.window, [folder])
    calm(studio)
    assert studio.context.models.current.name == "mine"
    assert studio.context.settings["model"] == str(folder)
    assert studio.window.top.model_button.text() == "mine"


def test_the_menu_of_models_stays_inside_of_the_window_and_chooses_by_keys(
    start: Start, melody_model: Path, home: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, calm: Calm
) -> None:
    shutil.copytree(melody_model, home / "models" / "mine")
    studio = start("home")
    calm(studio)
    window, top = studio.window, studio.window.top
    asked: list[str] = []
    monkeypatch.setattr(studio.context.models, "load", asked.append)
    for size in ((960, 600), (1280, 800)):
        window.resize(*size)
        qtbot.mouseClick(top.model_button, Qt.MouseButton.LeftButton)
        assert top.model_menu.isVisible()
        assert window.rect().contains(top.model_menu.geometry())
        qtbot.keyClick(top.model_menu.list, Qt.Key.Key_Escape)
        assert not top.model_menu.isVisible()
    qtbot.mouseClick(top.model_button, Qt.MouseButton.LeftButton)
    top.model_menu.mark("folk-melody-16bar")
    first = top.model_menu.list.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    assert first.startswith("Tunes, 16 bars, Writes the tunes between two tunes")
    qtbot.keyClick(top.model_menu.list, Qt.Key.Key_Return)
    assert asked == ["folk-melody-16bar"]
    qtbot.mouseClick(top.model_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.rail, Qt.MouseButton.LeftButton, pos=QPoint(4, 400))
    assert not top.model_menu.isVisible()


def test_the_search_finds_places_commands_and_songs(start: Start, qtbot: QtBot, calm: Calm) -> None:
    studio = start("home")
    finder, window = studio.window.top.finder, studio.window
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(finder.hasFocus)
    qtbot.keyClicks(finder, "greens")
    assert finder.popup.isVisible()
    assert any("Greensleeves" in finder.list.item(row).text() for row in range(finder.list.count()))
    finder.clear()
    last = list(window.places)[-1]
    qtbot.keyClicks(finder, window.rail.buttons[last].text())
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert window.current == last
    assert not finder.popup.isVisible()
    calm(studio)


def test_the_search_says_when_there_is_nothing(start: Start, qtbot: QtBot, calm: Calm) -> None:
    studio = start("home")
    finder = studio.window.top.finder
    qtbot.keyClicks(finder, "qqqq")
    assert finder.list.item(0).text() == "Nothing found."
    calm(studio)
    qtbot.keyClick(finder, Qt.Key.Key_Escape)
    assert not finder.popup.isVisible()


def test_the_list_of_keys_can_be_searched(start: Start, qtbot: QtBot) -> None:
    studio = start("home")
    qtbot.keyClick(studio.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = studio.window.findChildren(ShortcutDialog)
    every = len(dialog.shown)
    qtbot.keyClicks(dialog.search, "inspector")
    assert dialog.shown == ["Show or fold the inspector"]
    dialog.search.clear()
    assert len(dialog.shown) == every > 20
    dialog.close()


def test_help_is_about_the_place_in_front(start: Start, qtbot: QtBot) -> None:
    studio = start("map")
    qtbot.keyClick(studio.window, Qt.Key.Key_F1)
    (dialog,) = studio.window.findChildren(HelpDialog)
    assert dialog.page == "map"
    assert "Every point is a piece" in dialog.text.toPlainText()
    studio.window.go("home")
    qtbot.mouseClick(studio.window.top.help_button, Qt.MouseButton.LeftButton)
    assert studio.window.findChildren(HelpDialog) == [dialog]
    assert dialog.page == "home"
    dialog.text.anchorClicked.emit(QUrl("create"))
    assert dialog.page == "create"
    assert dialog.text.toPlainText().startswith("Create\n")
    studio.context.settings["language"] = "zh_CN"
    qtbot.waitUntil(lambda: "手柄" in dialog.text.toPlainText())
    assert dialog.page == "create"
    dialog.close()


def test_what_is_new_is_told(start: Start) -> None:
    studio = start("home")
    studio.window.actions_by_name["new"].trigger()
    (dialog,) = studio.window.findChildren(HelpDialog)
    said = dialog.text.toPlainText()
    assert said.startswith(("Unreleased", genstudio.__version__))
    assert "Keep a Changelog" not in said
    assert "#" not in said.splitlines()[0]
    dialog.close()


def test_the_tour_has_five_steps(start: Start, qtbot: QtBot) -> None:
    studio = start("library")
    window = studio.window
    window.actions_by_name["tour"].trigger()
    (steps,) = window.findChildren(Steps)
    seen = []
    while steps.isVisible():
        seen.append((window.current, steps.title.text(), steps.count.text()))
        assert window.rect().contains(steps.geometry())
        assert steps.text.height() >= steps.text.heightForWidth(steps.text.width())
        assert steps.onward.hasFocus()
        qtbot.keyClick(steps.onward, Qt.Key.Key_Return if steps.number % 2 else Qt.Key.Key_Space)
    assert [place for place, _, _ in seen] == ["home", "create", "create", "create", "create"]
    assert len({title for _, title, _ in seen}) == 5
    assert [count for _, _, count in seen] == [f"Step {number} of 5" for number in range(1, 6)]
    assert studio.context.settings["toured"]


def test_the_tour_can_be_left_and_lets_the_window_work(start: Start, qtbot: QtBot, calm: Calm) -> None:
    studio = start("home")
    window = studio.window
    before = window.focusWidget()
    window.dialogs.show_tour(focus=False)
    assert window.focusWidget() is before  # keys are the window's
    (steps,) = window.findChildren(Steps)
    qtbot.mouseClick(steps.onward, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(steps.back, Qt.MouseButton.LeftButton)
    assert steps.number == 0
    studio.context.settings["language"] = "zh_CN"
    qtbot.waitUntil(lambda: steps.number == 0 and steps.isVisible())
    window.resize(window.minimumSize())
    assert window.rect().contains(steps.geometry())
    qtbot.keyClick(steps.onward, Qt.Key.Key_Escape)
    assert not steps.isVisible()
    calm(studio)
    assert not window.findChildren(Steps)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_every_place_has_help_in_every_language(place: str, language: str) -> None:
    titles = {one.name: f"<{one.name}>" for one in PLACES}
    text = page_of(place, language, titles)
    assert text.startswith(f"## <{place}>\n")
    links = dict(re.findall(r"\[([^]]*)\]\(([^)]*)\)", text))
    assert all(name == f"<{target}>" for name, target in links.items())
    assert len(text.splitlines()) > 4


def test_no_key_means_two_things(start: Start) -> None:
    window = start("home").window
    keys = [one.toString() for action in window.actions_by_name.values() for one in action.shortcuts()]
    assert len(keys) == len(set(keys))
    for page in window.pages.values():
        own = [one.toString() for action in page.commands() for one in action.shortcuts()]
        assert not set(own) & set(keys), page.name
        assert len(own) == len(set(own)), page.name


def test_preferences_hold_at_once(start: Start, qtbot: QtBot) -> None:
    studio = start("home")
    studio.window.dialogs.show_preferences()
    (dialog,) = studio.window.findChildren(PreferencesDialog)
    theme, language = dialog.field("theme"), dialog.field("language")
    theme.setCurrentIndex(theme.findData("dark"))
    assert studio.context.theme.colours is DARK
    language.setCurrentIndex(language.findData("zh_CN"))
    assert studio.language.current == "zh_CN"
    language.setCurrentIndex(language.findData("en"))
    dialog.field("steps").setValue(5)
    assert studio.context.settings["steps"] == 5
    assert dialog.field("temperature").toolTip().startswith("0 takes the likeliest")
    dialog.close()


def test_space_plays_what_is_selected(
    start: Start, qtbot: QtBot, calm: Calm, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = start("home")
    calm(studio)
    played: list[Item] = []
    monkeypatch.setattr(studio.context.player, "play", lambda item, at=0.0: played.append(item))
    item = song()
    studio.context.bus.selected.emit(item)
    studio.window.setFocus()
    qtbot.keyClick(studio.window, Qt.Key.Key_Space)
    assert played == [item]


def test_a_space_in_a_field_is_a_space(start: Start, qtbot: QtBot, calm: Calm, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = start("home")
    calm(studio)
    played: list[Item] = []
    monkeypatch.setattr(studio.context.player, "play", lambda item, at=0.0: played.append(item))
    studio.context.bus.selected.emit(song())
    qtbot.keyClicks(studio.window.top.finder, "old h")
    assert studio.window.top.finder.text() == "old h"
    assert not played
    calm(studio)


def test_the_folder_of_what_was_written_is_opened(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr("genstudio.gui.widgets.statusline.QDesktopServices.openUrl", opened.append)
    studio = start("home")
    status = studio.window.status
    assert not status.folder.isVisible()
    studio.context.bus.wrote.emit("2 files were written.", tmp_path)
    assert status.sentence.text() == "2 files were written."
    qtbot.mouseClick(status.folder, Qt.MouseButton.LeftButton)
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]
    studio.context.bus.say.emit("Something else.")
    assert not status.folder.isVisible()


def test_the_jobs_are_shown_above_the_status_line(start: Start, qtbot: QtBot, calm: Calm) -> None:
    studio = start("home")
    window = studio.window
    assert window.status.jobs.text() == "No long task"
    said: list[str] = []
    studio.context.bus.say.connect(said.append)
    job = studio.context.jobs.start("Count", lambda: 3)
    assert window.status.jobs.text() == "At work: 1"
    qtbot.mouseClick(window.status.jobs, Qt.MouseButton.LeftButton)
    assert window.status.tray.isVisible()
    with qtbot.waitSignal(job.done):
        pass
    calm(studio)
    assert window.status.jobs.text() == "No long task"
    assert said == ["Count: done."]


@pytest.mark.parametrize("answer", [True, False])
def test_leaving_while_work_runs_is_asked_about(start: Start, answer: bool, qtbot: QtBot) -> None:
    import dataclasses
    import threading

    studio = start("home")
    go_on = threading.Event()
    asked: list[str] = []
    studio.window.context = dataclasses.replace(
        studio.context, confirm=lambda title, question: asked.append(question) or answer  # type: ignore[func-returns-value]
    )
    studio.context.jobs.start("A long import", go_on.wait)
    studio.window.close()
    assert "A long import" in asked[0]
    assert studio.window.isVisible() is not answer
    go_on.set()
    qtbot.waitUntil(lambda: not studio.context.jobs.running)


# -- accessibility

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)


def controls(root: QWidget) -> list[QWidget]:
    found = [widget for kind in CONTROLS for widget in root.findChildren(kind)]
    inner = (QAbstractSpinBox, QComboBox, QLineEdit)
    return [
        one for one in found
        if not one.objectName().startswith("qt_") and not isinstance(one, QScrollBar) and not isinstance(one.parent(), inner)
    ]


def spoken(control: QWidget) -> str:
    """What a screen reader calls it."""
    return str(QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name))


def described(control: QWidget) -> str:
    """For the message of a failing test: which control it is."""
    parents, at = [], control.parentWidget()
    while at is not None and len(parents) < 3:
        parents.append(type(at).__name__)
        at = at.parentWidget()
    return f"{type(control).__name__} {spoken(control)!r} in {' in '.join(parents)}"


def tab_stops(control: QWidget) -> bool:
    """Whether Tab stops at it, or at one of the exclusive group that it is of, from which arrow keys lead to it."""
    some = [control]
    if isinstance(control, QAbstractButton):
        group, parent = control.group(), control.parentWidget()
        if group is not None and group.exclusive():
            some = list(group.buttons())
        elif control.autoExclusive() and parent is not None:
            some = [one for one in parent.findChildren(QAbstractButton) if one.autoExclusive()]
    return any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in some)


def test_every_control_has_a_name_for_a_screen_reader(start: Start, calm: Calm) -> None:
    studio = start("home")
    calm(studio)
    for name, page in studio.window.pages.items():
        studio.window.go(name)
        nameless = [described(one) for one in controls(page) if one.isVisibleTo(page) and not spoken(one)]
        assert not nameless, name
    for part in (studio.window.top, studio.window.rail, studio.window.status, studio.window.trouble, studio.window.inspector):
        assert not [described(one) for one in controls(part) if not spoken(one)]
    calm(studio)


def test_every_control_is_reached_by_tab(start: Start, calm: Calm) -> None:
    studio = start("home")
    calm(studio)
    window = studio.window
    for name in window.places:
        window.go(name)
        calm(studio)
        wanted = {one for one in controls(window) if one.isVisible() and one.isEnabled()}
        unreachable = [described(one) for one in wanted if not tab_stops(one)]
        assert not unreachable, name
        seen: set[QWidget] = set()
        at: QWidget | None = window
        for _ in range(2000):
            at = at.nextInFocusChain() if at is not None else None
            if at is None or at is window:
                break
            seen.add(at)
        assert not [described(one) for one in wanted - seen], name


def test_what_is_disabled_says_why(start: Start, calm: Calm) -> None:
    studio = start("home")
    calm(studio)
    for name in studio.window.places:
        studio.window.go(name)
        calm(studio)
        silent = [
            described(one) for one in controls(studio.window)
            if one.isVisible() and not one.isEnabled() and not one.toolTip()
            and (one.parentWidget() is None or one.parentWidget().isEnabled())
        ]
        assert not silent, name


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (3840, 2160)])
def test_no_page_needs_more_room_than_there_is(start: Start, size: tuple[int, int], calm: Calm) -> None:
    studio = start("home")
    studio.window.resize(*size)
    calm(studio)
    for name in studio.window.places:
        studio.window.go(name)
        calm(studio)
        assert (studio.window.width(), studio.window.height()) == size, name
        for child in studio.window.centralWidget().children():
            if isinstance(child, QWidget) and child.isVisible():
                corner = child.mapTo(studio.window, QPoint(child.width(), child.height()))
                assert corner.x() <= size[0], name
                assert corner.y() <= size[1], name


def test_a_selection_reaches_the_player_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    from genstudio.gui.player import Player

    taken: list[Any] = []
    select = Player.select
    monkeypatch.setattr(Player, "select", lambda player, item: (taken.append(item), select(player, item)))
    studio = start("home")
    item = song()
    taken.clear()
    studio.context.bus.selected.emit(item)
    assert taken == [item]
    assert studio.context.player.item is item
    assert studio.window.inspector.item is item


def test_the_keys_are_in_the_place_that_they_led_to(start: Start, qtbot: QtBot) -> None:
    window = start("home").window
    window.top.finder.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    library = window.pages["library"]
    assert window.current == "library"
    assert library.isAncestorOf(window.focusWidget())
    qtbot.mouseClick(window.rail.buttons["home"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.rail.buttons["library"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(window.rail.buttons["library"], Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert library.filters.search.hasFocus()


def test_the_top_bar_has_room_for_a_long_name_of_a_model(start: Start, qtbot: QtBot) -> None:
    window = start("home").window
    window.resize(960, 600)
    top = window.top
    top.model_button.setText("Songs with chords, 8 bars")
    top.project_button.setText("Exam…eats •")
    qtbot.wait(1)
    boxes = [widget.geometry() for widget in top.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
             if widget.isVisible() and not widget.isWindow() and top.layout().indexOf(widget) >= 0]  # fmt: skip
    boxes.sort(key=lambda box: box.x())
    assert all(one.right() < other.left() for one, other in pairwise(boxes))
    assert boxes[-1].right() <= top.width()
