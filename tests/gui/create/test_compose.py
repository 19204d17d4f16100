"""Playing and drawing a melody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from genstudio.domains.melody import DOMAIN
from genstudio.gui.editor.draft import MOST_BARS
from tests.gui.create.fakes import melody, writing


@pytest.fixture
def dialog(context, show):
    dialog = show(writing(context, "melody"), 860, 560)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return dialog


def notes(dialog):
    return [(note.start, note.end, note.pitch) for note in dialog.draft.notes]


def test_keys_write_notes_one_after_the_other(dialog, qtbot, context):
    assert not dialog.use.isEnabled()
    assert dialog.use.toolTip()
    for key in (Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_D):
        qtbot.keyPress(dialog.canvas, key)
        qtbot.keyRelease(dialog.canvas, key)
    assert context.player.live.touched[-1][1] == 64
    qtbot.keyClicks(dialog.canvas, ".")
    dialog.step.setCurrentIndex(dialog.step.findData(480))
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_X)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_W)
    assert notes(dialog) == [(0, 240, 60), (240, 480, 62), (480, 720, 64), (960, 1440, 73)]
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Backspace)
    assert len(notes(dialog)) == 3
    assert dialog.canvas.cursor_tick == 960


def test_a_melody_is_used(dialog, qtbot):
    made = []
    dialog.made.connect(made.append)
    dialog.metre.setCurrentText("3/4")
    for key in (Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_G):
        qtbot.keyClick(dialog.canvas, key)
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    (item,) = made
    assert [note.pitch for note in item.piece.notes] == [60, 64, 67]
    assert item.facts["metre"] == "3/4"
    assert item.piece.length == 1440
    assert DOMAIN.from_symbols(DOMAIN.to_symbols(item.piece)).notes == item.piece.notes


def test_the_tempo_is_that_of_what_is_counted(dialog, qtbot):
    made = []
    dialog.made.connect(made.append)
    assert dialog.tempo.value() == 110
    dialog.metre.setCurrentText("6/8")
    assert (dialog.tempo.value(), dialog._labels[3].text()) == (73, "Tempo  ♩. =")  # as fast as before
    dialog.tempo.selectAll()
    qtbot.keyClicks(dialog.tempo, "112")
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_A)
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert made[0].piece.tempos[0].bpm == pytest.approx(168)


def test_everything_can_be_undone(dialog, qtbot):
    qtbot.keyClicks(dialog.canvas, "adg")
    assert len(notes(dialog)) == 3
    qtbot.mouseClick(dialog.clear, Qt.MouseButton.LeftButton)
    assert notes(dialog) == []
    assert not dialog.use.isEnabled()
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert [pitch for *_, pitch in notes(dialog)] == [60, 64]
    dialog.metre.setCurrentText("6/8")
    assert dialog.draft.metre == (6, 8)
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert dialog.metre.currentText() == "4/4"


def test_it_gets_longer_as_one_plays(dialog, qtbot):
    dialog.step.setCurrentIndex(dialog.step.findData(960))
    qtbot.keyClicks(dialog.canvas, "a" * 20)
    assert dialog.draft.piece.bars == 10
    assert dialog.piece.bars == 10


def test_an_end_is_gone_on_with(context, show, qtbot):
    dialog = show(writing(context, "melody", melody([60, 62, 64, 65])), 860, 560)
    assert len(notes(dialog)) == 4
    assert dialog.use.isEnabled()
    assert not dialog.undo.isEnabled()


def test_what_is_played_in_time_is_put_on_the_grid(dialog, qtbot, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(dialog.keyboard, "_now", lambda: now[0])
    dialog.record.setChecked(True)
    keys = Qt.Key
    for down, up, key in ((-700, -500, keys.Key_A), (221, 470, keys.Key_S), (493, 530, keys.Key_D), (700, 1190, keys.Key_F)):
        now[0] = down
        qtbot.keyPress(dialog.canvas, key)
        now[0] = up
        qtbot.keyRelease(dialog.canvas, key)
    now[0] = 1900
    dialog.record.setChecked(False)
    assert notes(dialog) == [(240, 480, 62), (480, 720, 64), (720, 1200, 65)]
    assert not dialog.keyboard._timer.isActive()


def test_a_count_in_and_beats_are_told(dialog, monkeypatch):
    now = [-1920.0]
    monkeypatch.setattr(dialog.keyboard, "_now", lambda: now[0])
    dialog.record.setChecked(True)
    assert dialog.record.text() == "In 4"
    now[0] = 490
    dialog.keyboard._tick()
    assert dialog.record.text() == "Stop (2)"
    now[0] = MOST_BARS * 1920
    dialog.keyboard._tick()
    assert not dialog.record.isChecked()


def test_the_piano_is_clicked(dialog, qtbot):
    for pitch in (60, 61):
        place = dialog.keyboard.rect_of(pitch).center().toPoint()
        qtbot.mousePress(dialog.keyboard, Qt.MouseButton.LeftButton, pos=place)
        assert dialog.keyboard.down == {pitch}
        qtbot.mouseRelease(dialog.keyboard, Qt.MouseButton.LeftButton, pos=place)
    assert notes(dialog) == [(0, 240, 60), (240, 480, 61)]
