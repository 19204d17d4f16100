"""Scores and melodies from the same files: what is opened how, and which parts are read, with clicks on real files."""

from __future__ import annotations

from pathlib import Path

import mido
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from genstudio import paths
from genstudio.gui.context import Context
from genstudio.gui.opening import understand
from genstudio.gui.pages.create import CreatePage
from genstudio.gui.readings import read
from genstudio.gui.widgets.song_reading import SongDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def trio(tmp_path: Path) -> Path:
    """A tune, a bass and drums, eight bars of 4/4."""
    file = mido.MidiFile(ticks_per_beat=480)
    for name, program, base, channel in (("Tune", 73, 67, 0), ("Bass", 32, 40, 1), ("Kit", 0, 38, 9)):
        track = mido.MidiTrack()
        file.tracks.append(track)
        track.append(mido.MetaMessage("track_name", name=name))
        track.append(mido.Message("program_change", program=program, channel=channel))
        for number in range(32):
            note = base + (0, 2, 4, 5)[number % 4] if channel != 9 else 38
            track.append(mido.Message("note_on", note=note, velocity=80, channel=channel))
            track.append(mido.Message("note_off", note=note, time=480, channel=channel))
    path = tmp_path / "trio.mid"
    file.save(path)
    return path


def dialog_of(context: Context, qtbot: QtBot, path: Path, domain: str, rows: int) -> SongDialog:
    dialog = SongDialog(context, str(path), domain)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.rowCount() == rows)
    return dialog


def tick(qtbot: QtBot, dialog: SongDialog, row: int) -> None:
    box = dialog.list.visualItemRect(dialog.list.item(row, 1))
    qtbot.mouseClick(dialog.list.viewport(), LEFT, pos=QPoint(box.left() + 12, box.center().y()))


def accept(qtbot: QtBot, dialog: SongDialog) -> dict[str, object]:
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), LEFT)
    found: dict[str, object] = told.args[0]
    return found


def test_the_model_says_how_a_file_of_several_parts_is_read(trio: Path) -> None:
    for first, domain in (("score", "score"), ("melody", "melody"), ("drums", "drums")):
        (item,) = understand([str(trio)], first=first).items
        assert item.domain == domain


def test_without_a_model_one_such_file_is_a_question_and_several_are_scores(trio: Path) -> None:
    found = understand([str(trio)])
    assert (found.items, found.questions) == ([], [(str(trio), "score")])
    tune = paths.resource("songs/greensleeves.abc")
    assert [item.domain for item in understand([str(trio), str(tune)]).items] == ["score", "melody"]
    assert [item.domain for item in understand([str(tune)]).items] == ["melody"]


def test_the_parts_of_a_score_are_ticked(context: Context, trio: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(context, qtbot, trio, "score", 3)
    assert dialog.said.text() == "Which of the 3 parts are read?"
    assert dialog.options() == {}
    tick(qtbot, dialog, 1)
    options = accept(qtbot, dialog)
    assert options == {"parts": "1,3"}
    (item,) = read(str(trio), "score", options).items
    assert [part.name for part in item.piece.parts] == ["Tune", "Kit"]


def test_at_least_one_part_is_read(context: Context, trio: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(context, qtbot, trio, "score", 3)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    for row in range(3):
        assert ok.isEnabled()
        tick(qtbot, dialog, row)
    assert not ok.isEnabled()
    dialog.reject()


def test_chords_are_recognised_where_that_is_ticked(context: Context, trio: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(context, qtbot, trio, "score", 3)
    qtbot.mouseClick(dialog.fields.chords, LEFT, pos=QPoint(8, dialog.fields.chords.height() // 2))
    options = accept(qtbot, dialog)
    assert options == {"chords": True}
    (item,) = read(str(trio), "score", options).items
    assert item.piece.recognised
    assert item.piece.symbols


def test_a_file_read_as_a_score_can_be_read_as_a_melody(page: CreatePage, trio: Path, qtbot: QtBot) -> None:
    page.filling.reading.question(0, str(trio), "score")
    dialog = page.filling.reading.dialog
    assert isinstance(dialog, SongDialog)
    qtbot.waitUntil(lambda: dialog.list.rowCount() == 3)
    assert [(name, button.isChecked()) for name, button in dialog.kinds.items()] == [("melody", False), ("score", True)]
    qtbot.mouseClick(dialog.kinds["melody"], LEFT, pos=QPoint(8, dialog.kinds["melody"].height() // 2))
    qtbot.waitUntil(lambda: dialog.said.text() == "Which of the 3 tracks is meant?")
    assert dialog.fields.chords.isHidden()
    dialog.list.selectRow(1)
    accept(qtbot, dialog)
    qtbot.waitUntil(lambda: page.desk.states["melody"].ends[0] is not None)
    end = page.desk.states["melody"].ends[0]
    assert end is not None
    assert end.item.part == "Bass"


def test_parts_of_musicxml_are_offered_too(context: Context, qtbot: QtBot) -> None:
    dialog = dialog_of(context, qtbot, paths.resource("scores/old-hundredth.musicxml"), "score", 4)
    tick(qtbot, dialog, 1)
    tick(qtbot, dialog, 2)
    options = accept(qtbot, dialog)
    assert options == {"parts": "1,4"}
    (item,) = read(str(paths.resource("scores/old-hundredth.musicxml")), "score", options).items
    assert [part.name for part in item.piece.parts] == ["Soprano", "Bass"]
