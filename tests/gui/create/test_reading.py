"""Saying how a file is read, with clicks on real files: the column of a table, the track of a song, its metre, key and grid."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mido
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.corpora import Facts
from genstudio.gui.jobs import Jobs
from genstudio.gui.pages.create import CreatePage
from genstudio.gui.pages.create.keeping import end_from, end_record
from genstudio.gui.readings import listen, read
from genstudio.gui.widgets.attribute_maker import AttributeMaker
from genstudio.gui.widgets.reading import TableDialog
from genstudio.gui.widgets.song_reading import SongDialog
from genstudio.progress import Progress, Stop
from tests.gui.create.fakes import through_a_file

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Three tracks: a violin with the most telling name, a piano, drums; in 4/4, C major."""
    file = mido.MidiFile(ticks_per_beat=480)
    for name, program, base, channel, count in (("Lead violin", 40, 67, 0, 24), ("Bass", 32, 40, 1, 12), ("Kit", 0, 38, 9, 24)):
        track = mido.MidiTrack()
        file.tracks.append(track)
        track.append(mido.MetaMessage("track_name", name=name))
        track.append(mido.Message("program_change", program=program, channel=channel))
        for number in range(count):
            note = base + (0, 2, 4, 5)[number % 4] if channel != 9 else 38
            track.append(mido.Message("note_on", note=note, velocity=80, channel=channel))
            track.append(mido.Message("note_off", note=note, time=24 * 480 // count, channel=channel))
    path = tmp_path / "trio.mid"
    file.save(path)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "verses.csv"
    rows = [("Keats", "A thing of beauty is a joy for ever."), ("Donne", "No man is an island."), ("Poe", "Once upon a midnight.")]
    path.write_text("id;poet;verse\n" + "".join(f"{n};{a};{b}\n" for n, (a, b) in enumerate(rows)), encoding="utf-8")
    return path


def drop(target: Any, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, no_keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), copy, data, LEFT, no_keys))
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, data, LEFT, no_keys))


def accept(qtbot: QtBot, dialog: Any) -> None:
    qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), LEFT)


# -- tables


def test_a_table_that_is_dropped_asks_for_its_column(
    page: CreatePage, table: Path, qtbot: QtBot, calm: Callable[[], None]
) -> None:
    page.desk.apply("text", "interpolate", page.desk.states["text"])
    drop(page.ends.wells[0], table)
    qtbot.waitUntil(lambda: isinstance(page.filling.reading.dialog, TableDialog), timeout=5000)
    dialog = page.filling.reading.dialog
    assert isinstance(dialog, TableDialog)
    panel = dialog.panel
    qtbot.waitUntil(lambda: panel.rows.columnCount() == 3, timeout=5000)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    assert panel.rows.item(1, 2).text() == "No man is an island."
    where = panel.rows.visualItemRect(panel.rows.item(1, 2)).center()
    qtbot.mouseClick(panel.rows.viewport(), LEFT, pos=where)
    assert panel.column == 2
    assert panel.choice.currentText() == "verse"
    assert [index.column() for index in panel.rows.selectionModel().selectedColumns()] == [2]
    accept(qtbot, dialog)
    qtbot.waitUntil(lambda: hasattr(page.filling, "chooser") and page.filling.chooser.list.count() == 3, timeout=5000)
    page.filling.chooser.list.setCurrentRow(1)
    page.filling.chooser.accept()
    calm()
    end = page.desk.states["text"].ends[0]
    assert end is not None
    assert end.item.piece.text == "No man is an island."
    assert end.item.read == {"column": "verse"}


def test_the_first_five_rows_are_shown_and_no_more(context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "many.csv"
    path.write_text("a,b\n" + "".join(f"Line {n} of a.,Line {n} of b.\n" for n in range(40)), encoding="utf-8")
    dialog = TableDialog(context, str(path))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.panel.rows.rowCount() == 5, timeout=5000)
    assert dialog.panel.rows.item(4, 1).text() == "Line 4 of b."


def test_a_wrong_separator_and_encoding_are_corrected_there(context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes("author|line\nMüller|Über allen Gipfeln, ist Ruh.\nMörike|Frühling, ja du bist's!\n".encode("cp1250"))
    dialog = TableDialog(context, str(path))
    qtbot.addWidget(dialog)
    panel = dialog.panel
    dialog.show()
    qtbot.waitUntil(lambda: panel.rows.columnCount() > 0, timeout=5000)
    for field, value in ((panel.separator, "|"), (panel.encoding, "cp1250")):
        field.setFocus()
        field.setCurrentIndex(field.findData(value))
        field.activated.emit(field.currentIndex())
    qtbot.waitUntil(lambda: panel.rows.columnCount() == 2 and panel.rows.item(0, 0).text() == "Müller", timeout=5000)
    panel.choose(1)
    with qtbot.waitSignal(dialog.chosen) as told:
        accept(qtbot, dialog)
    options = told.args[0]
    assert options == {"separator": "|", "encoding": "cp1250", "column": "line"}
    assert [piece.text for piece in get_domain("text").read(path, **options).pieces][1] == "Frühling, ja du bist's!"


# -- songs


def test_another_track_of_an_end_is_taken(
    page: CreatePage, song: Path, qtbot: QtBot, calm: Callable[[], None], context: Context
) -> None:
    said: list[str] = []
    context.bus.say.connect(said.append)
    drop(page.ends.wells[0], song)
    qtbot.waitUntil(lambda: page.desk.state.ends[0] is not None, timeout=5000)
    calm()
    well = page.ends.wells[0]
    assert well.end is not None
    assert well.end.item.part == "Lead violin"
    assert any("Track 1 'Lead violin' of 3 was taken as the melody; choose another track" in one for one in said)
    menu = well.menu_button.menu()
    action = next(one for one in menu.actions() if one.text() == "How it is read…")
    action.trigger()
    dialog = page.filling.reading.dialog
    assert isinstance(dialog, SongDialog)
    qtbot.waitUntil(lambda: dialog.list.rowCount() == 3, timeout=5000)
    shown = [[dialog.list.item(row, column).text() for column in (1, 2, 3)] for row in range(3)]
    assert shown[0] == ["Lead violin", "Violin", "24"]
    assert shown[1][0] == "Bass"
    assert shown[2][1] == "Drums"
    assert dialog.list.currentRow() == 0
    assert dialog.fields.metre.currentText() == "As found: 4/4"
    qtbot.mouseClick(dialog.list.viewport(), LEFT, pos=dialog.list.visualItemRect(dialog.list.item(1, 1)).center())
    accept(qtbot, dialog)
    qtbot.waitUntil(lambda: page.desk.state.ends[0] is not None and page.desk.state.ends[0].item.part == "Bass", timeout=5000)
    end = page.desk.state.ends[0]
    assert end is not None
    assert max(note.pitch for note in end.item.piece.notes) < 50
    calm()
    kept = end_from(through_a_file(end_record(end)), "melody")
    assert kept is not None
    assert (kept.item.read, kept.item.part) == ({"track": 2}, "Bass")


def test_every_track_can_be_heard(context: Context, song: Path, qtbot: QtBot) -> None:
    heard: list[Any] = []
    dialog = SongDialog(context, str(song), "melody")
    qtbot.addWidget(dialog)
    dialog.context.player.play = heard.append  # type: ignore[method-assign,assignment]
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.play_buttons) == 3, timeout=5000)
    qtbot.mouseClick(dialog.play_buttons[1], LEFT)
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=5000)
    assert max(note.pitch for note in heard[0].piece.notes) < 50
    qtbot.mouseClick(dialog.play_buttons[0], LEFT)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=5000)
    assert min(note.pitch for note in heard[1].piece.notes) > 60
    dialog.reject()


def test_metre_key_and_grid_are_corrected(context: Context, song: Path, qtbot: QtBot) -> None:
    dialog = SongDialog(context, str(song), "melody")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.rowCount() == 3, timeout=5000)
    fields = dialog.fields
    fields.metre.setFocus()
    fields.metre.lineEdit().selectAll()
    qtbot.keyClicks(fields.metre, "3/4")
    fields.key.setCurrentIndex(fields.key.findData("D"))
    fields.mode.setCurrentIndex(fields.mode.findData("minor"))
    qtbot.mouseClick(fields.grid, LEFT, pos=QPoint(8, fields.grid.height() // 2))
    with qtbot.waitSignal(dialog.chosen) as told:
        accept(qtbot, dialog)
    assert told.args[0] == {"metre": "3/4", "key": "D minor", "grid": False}
    piece = read(str(song), "melody", told.args[0]).items[0].piece
    assert [tuple(change) for change in piece.metres] == [(0, 3, 4)]
    assert piece.key == "D minor"
    assert piece.tonic % 12 == 2


def test_what_nobody_changes_is_read_as_before(context: Context, song: Path, qtbot: QtBot) -> None:
    dialog = SongDialog(context, str(song), "melody")
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.list.rowCount() == 3, timeout=5000)
    assert dialog.options() == {}


def test_a_wrong_metre_is_told_at_the_end(page: CreatePage, song: Path, qtbot: QtBot) -> None:
    page.filling.reading.read(0, str(song), "melody", {"metre": "seven"})
    qtbot.waitUntil(lambda: page.ends.wells[0].error.text() != "", timeout=5000)
    assert page.ends.wells[0].error.text().startswith("'seven' is no metre")


def test_drums_without_drums_ask_for_a_track(page: CreatePage, tmp_path: Path, qtbot: QtBot) -> None:
    file = mido.MidiFile(ticks_per_beat=480)
    for name in ("One", "Two"):
        track = mido.MidiTrack()
        file.tracks.append(track)
        track.append(mido.MetaMessage("track_name", name=name))
        for _ in range(8):
            track.append(mido.Message("note_on", note=38, velocity=80))
            track.append(mido.Message("note_off", note=38, time=480))
    path = tmp_path / "hits.mid"
    file.save(path)
    page.desk.apply("drums", "interpolate", page.desk.states["drums"])
    drop(page.ends.wells[0], path)
    qtbot.waitUntil(lambda: isinstance(page.filling.reading.dialog, SongDialog), timeout=5000)
    dialog = page.filling.reading.dialog
    assert isinstance(dialog, SongDialog)
    qtbot.waitUntil(lambda: dialog.list.rowCount() == 2, timeout=5000)
    dialog.list.selectRow(1)
    accept(qtbot, dialog)
    qtbot.waitUntil(lambda: page.desk.states["drums"].ends[0] is not None, timeout=5000)
    end = page.desk.states["drums"].ends[0]
    assert end is not None
    assert end.item.part == "Two"


def test_what_is_in_a_folder_is_told(song: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Not a song.", encoding="utf-8")
    found = listen([str(tmp_path)], "melody", Stop())
    assert (found.files, found.metres) == (1, [("4/4", 1)])


# -- learning what can be shaped


def test_a_model_without_attributes_learns_them(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    context = dataclasses.replace(context, jobs=Jobs(context.engine, context.engine))
    asked: list[tuple[Path, str]] = []

    def work(folder: Path, corpus: str, report: Any, stop: Any) -> dict[str, Any]:
        asked.append((folder, corpus))
        report(Progress("encoding", 1, 2))
        return {}

    maker = AttributeMaker(context, work=work)
    qtbot.addWidget(maker)
    maker.tell("mine", tmp_path / "mine", "melody")
    maker.show()
    qtbot.waitUntil(lambda: not context.engine.working, timeout=5000)
    assert not maker.go.isEnabled()
    assert maker.go.toolTip() == "Choose a corpus first."
    maker.corpora._have("melody", [Facts(str(tmp_path / "tunes"), "melody", counts={"train": 12})])
    with qtbot.waitSignal(maker.learned, timeout=5000) as told:
        qtbot.mouseClick(maker.go, LEFT)
    assert told.args == [str(tmp_path / "mine")]
    assert asked == [(tmp_path / "mine", str(tmp_path / "tunes"))]
