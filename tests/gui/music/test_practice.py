"""Bars that are repeated, and the tempo that is tapped or typed, with real clicks and keys; what changes while it plays."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt

from genstudio.domains.melody import MetreChange
from genstudio.gui.items import Item
from genstudio.gui.views.bars import bars_in, span_of
from genstudio.gui.views.description import describe_roll


@pytest.fixture
def eight(make) -> Item:
    """Eight bars of two seconds."""
    return Item(make([60, 62, 64, 65] * 8), "melody", "Eight bars")


def test_bars_and_spans(eight, make):
    assert span_of(eight.piece, 2, 3) == (2.0, 6.0)
    assert span_of(eight.piece, 30, 7) == (12.0, 16.0)  # within the piece
    assert bars_in(eight.piece, (2.0, 6.0)) == (2, 3)
    assert bars_in(eight.piece, (2.5, 6.5)) == (2, 4)


def test_bars_are_typed(bar, context, settings, eight, qtbot):
    context.bus.selected.emit(eight)
    qtbot.mouseClick(bar.music.region, Qt.MouseButton.LeftButton)
    panel = bar.music.loop_panel
    assert (panel.start.value(), panel.end.value()) == (1, 8)
    panel.start.selectAll()
    qtbot.keyClicks(panel.start, "3")
    qtbot.keyClick(panel.start, Qt.Key.Key_Return)
    panel.end.selectAll()
    qtbot.keyClicks(panel.end, "4")
    qtbot.keyClick(panel.end, Qt.Key.Key_Return)
    assert context.player.loop_span == (4.0, 8.0)
    assert settings["loop"]
    assert bar.music.region.text() == "3–4"
    assert bar.music.seek.span == (4.0, 8.0)
    qtbot.mouseClick(panel.whole, Qt.MouseButton.LeftButton)
    assert context.player.loop_span is None
    assert bar.music.region.text() == "A–B"
    qtbot.keyClick(panel.start, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert bar.music.region.hasFocus()


def test_bars_are_marked_on_the_line_and_their_ends_dragged(bar, context, eight, qtbot):
    context.bus.selected.emit(eight)
    seek = bar.music.seek

    def at(seconds: float) -> QPoint:
        return QPoint(round(seek.x_of(seconds)), seek.height() // 2)

    left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    qtbot.mousePress(seek, left, shift, at(4.5))
    qtbot.mouseMove(seek, at(9.0))
    assert seek.span == (4.0, 10.0)  # whole bars
    assert context.player.loop_span is None  # not before it is let go of
    qtbot.mouseRelease(seek, left, shift, at(9.0))
    assert context.player.loop_span == (4.0, 10.0)
    assert context.player.position == 0.0
    qtbot.mousePress(seek, left, pos=at(10.0))
    qtbot.mouseRelease(seek, left, pos=at(13.0))
    assert context.player.loop_span == (4.0, 14.0)
    qtbot.mouseClick(seek, left, pos=at(12.0))  # elsewhere it goes there
    assert context.player.position == pytest.approx(12.0, abs=0.1)
    assert context.player.loop_span == (4.0, 14.0)


def test_the_tempo_is_tapped_on_beats(bar, context, settings, eight, qtbot):
    context.bus.selected.emit(eight)
    panel = bar.music.tempo_panel
    moments = iter((10.0, 11.0, 12.0))
    panel._clock = lambda: next(moments)
    qtbot.mouseClick(bar.music.tempo, Qt.MouseButton.LeftButton)
    for _ in range(3):
        qtbot.mouseClick(panel.tap, Qt.MouseButton.LeftButton)
    assert settings["tempo"] == pytest.approx(0.5)
    assert bar.music.tempo.text() == "♩ = 60"


def test_in_six_eight_dotted_quarters_are_told_typed_and_tapped(bar, context, settings, make, qtbot):
    jig = Item(make([60, 62, 64] * 8, quarters=0.5, bpm=168.0, metres=(MetreChange(0, 6, 8),), length=5760), "melody", "Jig")
    context.bus.selected.emit(jig)
    panel = bar.music.tempo_panel
    assert bar.music.tempo.text() == "♩. = 112"
    assert "112 dotted quarters a minute" in describe_roll(jig.piece)
    qtbot.mouseClick(bar.music.tempo, Qt.MouseButton.LeftButton)
    assert panel._name.text() == "Tempo  ♩. ="
    assert panel.written.text() == "As written: 112"
    panel.tempo.selectAll()
    qtbot.keyClicks(panel.tempo, "56")
    qtbot.keyClick(panel.tempo, Qt.Key.Key_Return)
    assert settings["tempo"] == pytest.approx(0.5)
    assert bar.music.tempo.text() == "♩. = 56"
    moments = iter((10.0, 10.5))
    panel._clock = lambda: next(moments)
    for _ in range(2):
        qtbot.mouseClick(panel.tap, Qt.MouseButton.LeftButton)
    assert bar.music.tempo.text() == "♩. = 120"
    assert bar.music.tempo.fontMetrics().horizontalAdvance("♩. = 120") < bar.music.tempo.width() - 16


def test_metronome_and_count_in_are_set(bar, context, settings, eight, qtbot):
    context.bus.selected.emit(eight)
    metronome = next(action for action in bar.commands() if action.shortcut().toString() == "K")
    metronome.trigger()
    assert settings["metronome"]
    assert bar.music.metronome.isChecked()
    qtbot.mouseClick(bar.music.metronome, Qt.MouseButton.LeftButton)
    assert not settings["metronome"]
    panel = bar.music.tempo_panel
    qtbot.mouseClick(bar.music.tempo, Qt.MouseButton.LeftButton)
    qtbot.keyClick(panel.bars, Qt.Key.Key_Down)
    assert settings["count_in"] == 2
    panel.before.click()
    assert settings["count_in_play"]
    context.player.toggle()
    assert context.player.counting == 8
    assert bar.music.time.text() == "−8"
    context.player.stop()


def test_without_a_keyboard_the_button_that_records_shows_where_to_choose_one(bar, context, eight, qtbot):
    context.bus.selected.emit(eight)
    qtbot.mouseClick(bar.music.record, Qt.MouseButton.LeftButton)
    assert bar.music.midi_panel.isVisible()
    assert not bar.recorder.active
    assert not bar.music.record.isChecked()
    assert not bar.music.midi_panel.record.isEnabled()


class Turning:
    """What an output that can turn is told."""

    def __init__(self, output) -> None:
        self.turns: list[tuple] = []
        self.loops: list[tuple[float, float] | None] = []
        output.turn = self.turn
        output.repeat = self.repeat

    def turn(self, sound, at, place, loop) -> bool:
        self.turns.append((sound, at, place, loop))
        return True

    def repeat(self, loop) -> bool:
        self.loops.append(loop)
        return True


def test_a_typed_tempo_changes_at_the_next_beat_and_bars_without_a_gap(outputs, player, settings, eight, qtbot, monkeypatch):
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr("genstudio.gui.outputs.time", SimpleNamespace(monotonic=lambda: clock.now))
    player.play(eight)
    qtbot.waitUntil(lambda: not player.waiting)
    told = Turning(outputs[0])
    clock.now += 2.6
    player.set_loop_span((2.0, 6.0))
    assert told.loops[-1] == (2.0, 6.0)
    settings["tempo"] = 2.0
    qtbot.waitUntil(lambda: bool(told.turns))
    sound, at, place, loop = told.turns[-1]
    assert (at, place) == pytest.approx((3.0, 1.5))  # the next beat, and the same one at twice the tempo
    assert loop == (1.0, 3.0)
    assert len(sound.beats) == 32
    assert sound.beats[1].at == 0.25
    assert len(outputs[0].told("start")) == 1  # it was never begun anew
    settings["tempo"] = 1.0  # back before it came to that
    qtbot.waitUntil(lambda: player._turns.goal is None)
    assert player._heard.take.tempo == 1.0
