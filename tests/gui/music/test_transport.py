"""The bar at the bottom, with real clicks and keys."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QSlider, QWidget

from genstudio.domains.drums import DrumPattern
from genstudio.domains.music.notes import Note
from genstudio.errors import FileError
from genstudio.gui.instruments import families, instrument_name
from genstudio.gui.items import Item
from genstudio.gui.theme import DARK
from genstudio.gui.widgets.transport import clock
from genstudio.rendering.instruments import INSTRUMENTS


def no_library() -> None:
    raise FileError("MIDI ports need python-rtmidi, which is not installed; install it: pip install python-rtmidi")


def press(qtbot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_play_follows_what_is_selected(bar, context, tune, qtbot):
    assert not bar.music.play_button.isEnabled()
    assert "Choose a piece first" in bar.music.play_button.toolTip()
    context.bus.selected.emit(tune)
    assert (bar.music.title.text(), bar.music.length.text(), bar.music.play_button.isEnabled()) == ("Four notes", "0:02", True)
    press(qtbot, bar.music.play_button)
    assert context.player.playing
    assert bar.music.play_button.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: bar.music.seek.value() > 20, timeout=5000)
    press(qtbot, bar.music.play_button)
    assert not context.player.playing
    assert bar.music.play_button.accessibleName() == "Play"


def test_the_slider_goes_to_a_place(bar, context, tune, qtbot):
    context.bus.selected.emit(tune)
    assert bar.music.seek.maximum() == 2000
    middle = QPoint(bar.music.seek.width() // 2, bar.music.seek.height() // 2)
    qtbot.mousePress(bar.music.seek, Qt.MouseButton.LeftButton, pos=middle)
    assert context.player.position == 0.0  # not before it is let go of
    assert bar.music.time.text() == clock(bar.music.seek.value() / 1000)
    qtbot.mouseRelease(bar.music.seek, Qt.MouseButton.LeftButton, pos=middle)
    assert context.player.position == pytest.approx(1.0, abs=0.05)
    qtbot.keyClick(bar.music.seek, Qt.Key.Key_Left)
    assert context.player.position == pytest.approx(0.0, abs=0.05)


def test_a_beat_is_repeated_unless_one_turns_it_off(bar, context, settings, tune, qtbot):
    beat = Item(DrumPattern(notes=(Note(0, 120, 38),), length=1920), "drums", "Beat")
    context.bus.selected.emit(beat)
    assert bar.music.loop.isChecked()
    assert context.player.loops
    press(qtbot, bar.music.loop)
    assert not context.player.loops
    context.bus.selected.emit(tune)
    assert not bar.music.loop.isChecked()
    press(qtbot, bar.music.loop)
    assert (settings["loop"], settings["loop_beats"]) == (True, False)
    context.bus.selected.emit(beat)
    assert not bar.music.loop.isChecked()


def test_what_is_selected_is_exported_from_any_page_but_the_library(bar, settings, tune, context, monkeypatch):
    exported = []
    monkeypatch.setattr("genstudio.gui.widgets.export_dialog.export", lambda context, items, **given: exported.append(items))
    export = next(action for action in bar.commands() if action.shortcut().toString() == "Ctrl+E")
    context.bus.selected.emit(tune)
    export.trigger()
    assert exported == [[tune]]
    settings["page"] = "library"  # which has an action with these keys
    assert not export.isEnabled()
    settings["page"] = "create"
    assert export.isEnabled()


def test_loop_mute_and_volume(bar, context, settings, tune, qtbot):
    context.bus.selected.emit(tune)
    press(qtbot, bar.music.loop)
    assert settings["loop"] is True
    mute, loop, *_ = bar.commands()
    loop.trigger()
    assert settings["loop"] is False
    assert not bar.music.loop.isChecked()
    mute.trigger()
    assert context.player.muted
    assert bar.music.sound.mute.isChecked()
    bar.music.sound.volume.setValue(40)
    assert settings["volume"] == 0.4
    assert not context.player.muted
    assert [action.shortcut().toString() for action in bar.commands()] == ["M", "L", "K", "R", "V", "Ctrl+E"]


def test_an_instrument_is_found_by_a_few_letters(bar, context, settings, tune, qtbot):
    context.bus.selected.emit(tune)
    press(qtbot, bar.music.sound.instrument)
    assert bar.music.sound.instrument.popup.isVisible()
    qtbot.keyClicks(bar.music.sound.instrument.field, "viol")
    shown = [bar.music.sound.instrument.list.item(row).text() for row in range(bar.music.sound.instrument.list.count())]
    assert shown == ["Strings", "Violin", "Viola"]
    qtbot.keyClick(bar.music.sound.instrument.field, Qt.Key.Key_Down)
    qtbot.keyClick(bar.music.sound.instrument.field, Qt.Key.Key_Return)
    assert settings["instrument"] == 42
    assert not bar.music.sound.instrument.popup.isVisible()
    assert bar.music.sound.instrument.text() == "Viola"
    press(qtbot, bar.music.sound.instrument)
    qtbot.keyClicks(bar.music.sound.instrument.field, "xyzzy")
    assert bar.music.sound.instrument.list.item(0).text() == "Nothing found."
    qtbot.keyClick(bar.music.sound.instrument.field, Qt.Key.Key_Return)
    assert settings["instrument"] == 42
    qtbot.keyClick(bar.music.sound.instrument.field, Qt.Key.Key_Escape)
    assert not bar.music.sound.instrument.popup.isVisible()


def test_the_tempo_is_shown_in_quarters_a_minute(bar, context, settings, tune, qtbot):
    context.bus.selected.emit(tune)
    assert bar.music.tempo.text() == "♩ = 120"
    press(qtbot, bar.music.tempo)
    panel = bar.music.tempo_panel
    assert panel.isVisible()
    panel.tempo.selectAll()
    qtbot.keyClicks(panel.tempo, "18")
    assert settings["tempo"] == 1.0  # a number that is being typed is none yet
    qtbot.keyClicks(panel.tempo, "0")
    qtbot.keyClick(panel.tempo, Qt.Key.Key_Return)
    assert settings["tempo"] == 1.5
    assert bar.music.tempo.text() == "♩ = 180"
    assert panel.share.text().startswith("150%")
    press(qtbot, panel.written)
    assert settings["tempo"] == 1.0
    assert panel.tempo.value() == 120
    panel.tempo.setValue(9999)  # as far as it goes
    assert settings["tempo"] == 4.0


def test_previous_and_next(bar, context, tune, make, qtbot):
    other = Item(make([72, 74]), "melody", "Other")
    context.player.set_items([tune, other])
    context.bus.selected.emit(tune)
    press(qtbot, bar.music.next)
    assert context.player.item is other
    assert not bar.music.next.isEnabled()
    assert bar.music.next.toolTip() == "There is no piece after this one."
    press(qtbot, bar.music.previous)
    assert context.player.item is tune
    context.player.pause()
    context.player.seek(1.9)
    press(qtbot, bar.music.previous)
    assert context.player.position == 0.0 or context.player.item is tune


def test_keep(bar, context, tune, qtbot):
    context.bus.selected.emit(tune)
    press(qtbot, bar.music.buttons.keep)
    assert context.shelf.is_kept(tune)
    assert (bar.music.buttons.keep.isChecked(), bar.music.buttons.keep.accessibleName()) == (True, "Stop keeping")
    context.shelf.unkeep(tune)
    assert not bar.music.buttons.keep.isChecked()


def test_a_text_has_sizes_copy_and_keep(bar, context, settings, words, tune, qtbot):
    context.bus.selected.emit(words)
    assert bar.pages.currentIndex() == 1
    assert bar.text.sentence.text() == words.title
    press(qtbot, bar.text.copy)
    assert QApplication.clipboard().text() == "The cat sees the moon."
    bar.text.letters.setValue(20)
    assert settings["text_size"] == 2.0
    press(qtbot, bar.text.buttons.keep)
    assert context.shelf.is_kept(words)
    context.bus.selected.emit(tune)
    assert bar.pages.currentIndex() == 0


def test_the_reason_for_silence_stands_in_the_bar(bar, context, tune, qtbot):
    context.bus.selected.emit(tune)
    assert not bar.music.reason.isVisible()
    press(qtbot, bar.music.play_button)
    assert bar.music.reason.isVisible()
    assert "no device" in bar.music.reason.toolTip()
    with qtbot.waitSignal(context.bus.trouble) as told:
        press(qtbot, bar.music.reason)
    assert told.args[0] == context.player.reason


def test_midi_ports_or_why_there_are_none(bar, context, settings, qtbot, monkeypatch):
    monkeypatch.setattr("genstudio.gui.midi_out.library", no_library)
    monkeypatch.setattr("genstudio.gui.midi_in.library", no_library)
    press(qtbot, bar.music.midi)
    panel = bar.music.midi_panel
    assert panel.isVisible()
    assert "python-rtmidi" in panel.state.text()
    assert [panel.sound.itemText(row) for row in range(panel.sound.count())] == ["The sound of this computer"]
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    monkeypatch.setattr(panel.sound, "_ports", lambda: (["Synth 1"], ""))
    press(qtbot, bar.music.midi)
    qtbot.keyClick(panel.sound, Qt.Key.Key_Down)
    assert settings["midi_port"] == "Synth 1"


def test_everything_has_a_name_and_what_is_off_says_why(bar, context, theme, tune, words):
    for item in (None, tune, words):
        if item is not None:
            context.bus.selected.emit(item)
        for widget in [*bar.findChildren(QAbstractButton), *bar.findChildren(QSlider)]:
            assert widget.accessibleName(), widget
            assert widget.isEnabled() or widget.toolTip(), widget.accessibleName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.accessibleName()
    theme.use(DARK)
    assert not bar.grab().isNull()


def test_it_fits_in_a_narrow_window(bar, context, tune, qtbot):
    context.bus.selected.emit(tune)
    bar.window().resize(1100, 500)
    qtbot.waitUntil(lambda: bar.minimumSizeHint().width() <= 960)
    assert not bar.music.length.isVisible()
    bar.window().resize(1280, 500)
    qtbot.waitUntil(bar.music.length.isVisible)


def test_instruments_are_those_of_the_engine():
    assert tuple(instrument_name(number) for number in range(1, 129)) == INSTRUMENTS
    assert [number for _, numbers in families() for number in numbers] == list(range(1, 129))
    strings = next(numbers for family, numbers in families() if family == "Strings")
    assert instrument_name(strings[0]) == "Violin"


def test_a_clock():
    assert [clock(seconds) for seconds in (0, 7.9, 60, 3671)] == ["0:00", "0:07", "1:00", "61:11"]
    assert re.fullmatch(r"\d+:\d\d", clock(-1))
