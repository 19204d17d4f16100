"""Playing and drawing a melody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from genstudio.domains.melody import DOMAIN
from genstudio.gui.pages.create.compose import ComposeDialog
from genstudio.gui.pages.create.score import MOST_BARS, Score, quantised
from tests.gui.create.fakes import melody


@pytest.fixture
def dialog(context, show):
    return show(ComposeDialog(context), 860, 560)


def notes(dialog):
    return [(note.start, note.end, note.pitch) for note in dialog.score.notes]


def test_keys_write_notes_one_after_the_other(dialog, qtbot, context):
    assert not dialog.use.isEnabled()
    assert dialog.use.toolTip()
    for key in (Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_D):
        qtbot.keyPress(dialog.sheet, key)
        qtbot.keyRelease(dialog.sheet, key)
    assert context.player.item.piece.notes[0].pitch == 64
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_Right)
    dialog.step.setCurrentIndex(dialog.step.findData(480))
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_X)
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_W)
    assert notes(dialog) == [(0, 240, 60), (240, 480, 62), (480, 720, 64), (960, 1440, 73)]
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_Backspace)
    assert len(notes(dialog)) == 3
    assert dialog.sheet.cursor_tick == 960


def test_a_melody_is_used(dialog, qtbot):
    made = []
    dialog.made.connect(made.append)
    dialog.metre.setCurrentText("3/4")
    for key in (Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_G):
        qtbot.keyClick(dialog.sheet, key)
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    (item,) = made
    assert [note.pitch for note in item.piece.notes] == [60, 64, 67]
    assert item.facts["metre"] == "3/4"
    assert item.piece.length == 1440
    assert DOMAIN.from_symbols(DOMAIN.to_symbols(item.piece)).notes == item.piece.notes


def test_notes_are_drawn_and_taken_out(dialog, qtbot):
    sheet = dialog.sheet
    start = QPoint(sheet.x_of(485), sheet.y_of(72))
    qtbot.mousePress(sheet, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(sheet, QPoint(sheet.x_of(1200), sheet.y_of(72)))
    qtbot.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=QPoint(sheet.x_of(1200), sheet.y_of(72)))
    assert notes(dialog) == [(480, 1440, 72)]
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(sheet.x_of(1000), sheet.y_of(72)))
    assert notes(dialog) == []


def test_what_is_played_in_time_is_put_on_the_grid(dialog, qtbot, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(dialog, "_now", lambda: now[0])
    dialog.record.setChecked(True)
    keys = Qt.Key
    for down, up, key in ((-700, -500, keys.Key_A), (221, 470, keys.Key_S), (493, 530, keys.Key_D), (700, 1190, keys.Key_F)):
        now[0] = down
        qtbot.keyPress(dialog.sheet, key)
        now[0] = up
        qtbot.keyRelease(dialog.sheet, key)
    now[0] = 1900
    dialog.record.setChecked(False)
    assert notes(dialog) == [(240, 480, 62), (480, 720, 64), (720, 1200, 65)]
    assert not dialog._timer.isActive()


def test_a_count_in_and_beats_are_told(dialog, monkeypatch):
    now = [-1920.0]
    monkeypatch.setattr(dialog, "_now", lambda: now[0])
    dialog.record.setChecked(True)
    assert dialog.record.text() == "In 4"
    now[0] = 490
    dialog._tick()
    assert dialog.record.text() == "Stop (2)"
    now[0] = MOST_BARS * 1920
    dialog._tick()
    assert not dialog.record.isChecked()


def test_the_piano_is_clicked(dialog, qtbot):
    for pitch in (60, 61):
        place = dialog.keyboard.rect_of(pitch).center().toPoint()
        qtbot.mousePress(dialog.keyboard, Qt.MouseButton.LeftButton, pos=place)
        assert dialog.keyboard.down == {pitch}
        qtbot.mouseRelease(dialog.keyboard, Qt.MouseButton.LeftButton, pos=place)
    assert notes(dialog) == [(0, 240, 60), (240, 480, 61)]


def test_a_score_stays_one_voice():
    score = Score(melody([60, 62, 64, 65]))
    score.add(120, 600, 70)
    assert [note[:3] for note in score.notes] == [(0, 120, 60), (120, 600, 70), (720, 960, 65)]
    score.add(0, 5000, 400)
    assert len(score.notes) == 3
    assert score.melody("x").title == "x"
    assert Score().melody("x") is None
    assert (quantised(119, 240), quantised(121, 240), quantised(-30, 240)) == (0, 240, 0)
