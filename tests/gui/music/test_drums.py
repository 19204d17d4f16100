"""Drums in the views, the transport and at a MIDI port."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from genstudio.domains import MetreChange, Note, TempoChange
from genstudio.domains.drums import DrumPattern
from genstudio.gui.items import Item
from genstudio.gui.midi_out import MidiOutput
from genstudio.gui.sounds import Take
from genstudio.gui.theme import DARK, LIGHT
from genstudio.gui.views.description import describe_roll, words_of
from genstudio.gui.views.drums import hit_colour, mark_of, off_grid, rows_of, voice_colour
from genstudio.gui.views.roll import RollView
from genstudio.gui.views.thumb import paint_roll
from genstudio.gui.widgets.transport import Transport
from tests.gui.music.test_roll import contrast, drawn

KICK, SNARE, CLOSED, OPEN, CRASH = 36, 38, 42, 46, 49


def beat(*hits: tuple[int, ...], bpm: float = 120.0, **more: object) -> DrumPattern:
    notes = tuple(sorted(Note(tick, tick + 40, drum, *(loud or (100,))) for tick, drum, *loud in hits))
    known: dict[str, object] = {"metres": (MetreChange(0, 4, 4),), "tempos": (TempoChange(0, bpm),), "length": 3840}
    return DrumPattern(notes=notes, **{**known, **more})  # type: ignore[arg-type]


ROCK = beat((0, KICK, 120), (0, CLOSED, 54), (480, SNARE, 120), (500, CLOSED, 84), (960, KICK, 26), (2400, SNARE, 84))


@pytest.fixture
def view(theme, qtbot) -> RollView:
    made = RollView(theme)
    qtbot.addWidget(made)
    made.resize(900, 320)
    made.show_items(Item(ROCK, "drums", "Rock"))
    made.show()
    return made


def index(tick: int, drum: int) -> int:
    return next(at for at, note in enumerate(ROCK.notes) if (note.start, note.pitch) == (tick, drum))


def test_each_voice_has_its_row_from_the_feet_up(view):
    heights = {drum: view.note_rect(index(tick, drum)).center().y() for tick, drum in ((0, KICK), (480, SNARE), (0, CLOSED))}
    assert heights[KICK] > heights[SNARE] > heights[CLOSED]
    assert rows_of(ROCK, whole=True) == (49, 51, 50, 48, 45, 46, 42, 38, 36)
    assert rows_of(ROCK, whole=False) == (42, 38, 36)


def test_a_hit_is_as_high_as_it_is_loud_and_begins_at_its_time(view):
    loud, soft = view.note_rect(index(0, KICK)), view.note_rect(index(960, KICK))
    assert loud.height() > 1.5 * soft.height()
    late, on_time = view.note_rect(index(500, CLOSED)), view.note_rect(index(480, SNARE))
    assert late.left() > on_time.left()


def test_a_hit_is_pointed_at_in_words(view, qtbot):
    told = []
    view.pointed.connect(told.append)
    qtbot.mouseMove(view.viewport(), view.note_rect(index(2400, SNARE)).center())
    assert told[-1] == "Snare  ·  bar 2, beat 2  ·  medium (84)"
    qtbot.mouseMove(view.viewport(), view.note_rect(index(500, CLOSED)).center())
    assert told[-1] == "Closed hat  ·  bar 1, beat 2  ·  medium (84)  ·  21 ms late"
    qtbot.mouseMove(view.viewport(), QPoint(880, 60))
    assert told[-1] == ""


def test_keys_go_from_hit_to_hit(view, qtbot):
    told = []
    view.pointed.connect(told.append)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert [said.split("  ·  ")[0] for said in told] == ["Kick", "Closed hat"]
    with qtbot.waitSignal(view.seek) as sought:
        qtbot.keyClick(view, Qt.Key.Key_End)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert sought.args == [2.5]


def test_what_is_struck_lights_up(view):
    before = drawn(view)
    view.set_position(0.01)
    after = drawn(view)
    for tick, drum in ((0, KICK), (0, CLOSED)):
        name = QPoint(90, view.note_rect(index(tick, drum)).center().y())
        assert after.pixelColor(name) == voice_colour(drum, LIGHT)
        assert before.pixelColor(name) != voice_colour(drum, LIGHT)
    name = QPoint(90, view.note_rect(index(480, SNARE)).center().y())
    assert after.pixelColor(name) == before.pixelColor(name)


def test_two_beats_are_compared_by_voice_and_sixteenth(view):
    late = beat((20, KICK, 54), (480, CLOSED))
    view.show_items(Item(ROCK, "drums", "Rock"), Item(late, "drums", "Late"))
    assert view.describe().endswith("2 notes are the same in both.")
    assert mark_of(late.notes[0], False) == mark_of(ROCK.notes[0], False)


def test_a_melody_is_not_laid_over_a_beat(view, tune):
    view.show_items(Item(ROCK, "drums", "Rock"), tune)
    assert view.other is None
    view.show_items(tune)
    assert view.accessibleName() == "Piano roll"
    view.show_items(Item(ROCK, "drums", "Rock"))
    assert view.accessibleName() == "Drum grid"


def test_a_beat_in_words():
    said = describe_roll(ROCK)
    assert said.startswith("2 bars in 4/4, 120 quarters a minute, 4 seconds.")
    assert "Hits: Kick 2, Snare 2, Closed hat 2." in said
    assert "1 hit is a little early or late." in said
    assert "All hits are on the grid." in describe_roll(beat((0, KICK), (320, SNARE)))
    assert describe_roll(beat()).endswith("no hits.")


def test_other_percussion_than_a_kit_has_a_row_and_a_name():
    bell = beat((0, 56))
    assert rows_of(bell, whole=False) == (56, 42, 38, 36)
    assert words_of(bell).note(bell.notes[0]).startswith("Cowbell")


@pytest.mark.parametrize(("tick", "off"), [(120, 0), (130, 10), (950, -10), (160, 0), (320, 0), (180, 20), (60, 60)])
def test_early_and_late(tick, off):
    assert abs(off_grid(tick)) == abs(off)
    assert off == 60 or off_grid(tick) == off


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_softest_hit_stands_out(colours):
    for drum in (36, 38, 42, 46, 45, 48, 50, 51, 49):
        assert contrast(hit_colour(Note(0, 40, drum, 20), colours), QColor(colours.surface)) >= 2.4
        assert contrast(hit_colour(Note(0, 40, drum, 90), colours), QColor(colours.surface)) >= 3


def painted(music: DrumPattern, **more: object) -> QImage:
    image = QImage(200, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    paint_roll(painter, QRectF(0, 0, 200, 60), music, LIGHT, **more)  # type: ignore[arg-type]
    painter.end()
    return image


def test_a_card_shows_hits_where_they_are():
    image = painted(beat((0, KICK, 120), (1920, SNARE, 120)))
    kick, snare = (hit_colour(Note(0, 40, drum, 120), LIGHT).name() for drum in (KICK, SNARE))
    assert image.pixelColor(3, 50).name() == kick
    assert image.pixelColor(103, 30).name() == snare
    assert image.pixelColor(150, 50).name() != kick


def test_a_card_shows_what_is_new():
    one, other = beat((0, KICK, 120), (1920, SNARE, 120)), beat((0, KICK, 120))
    snare = hit_colour(Note(0, 40, SNARE, 120), LIGHT).name()
    assert painted(one, compare=other).pixelColor(103, 30).name() == snare
    assert painted(one, compare=one).pixelColor(103, 30).name() != snare
    assert painted(one, tint="#ff0000").pixelColor(50, 59) == QColor("#ff0000")


# -- player and ports


@pytest.fixture
def bar(context, qtbot) -> Transport:
    made = Transport(context)
    qtbot.addWidget(made)
    made.resize(1280, 90)
    made.show()
    return made


def test_the_instruments_of_drums_are_kits(bar, context, tune, qtbot):
    context.bus.selected.emit(Item(ROCK, "drums", "Rock"))
    assert bar.music.sound.instrument.toolTip() == "Kit: Standard kit"
    offered = [choice.label for choice in bar.music.sound.instrument._choices()]
    assert offered[:3] == ["Its own kit", "Standard kit", "Room kit"]
    assert len(offered) == 9
    bar.music.sound.instrument.chosen.emit(33)
    assert (context.settings["kit"], context.settings["instrument"]) == (33, 0)
    assert bar.music.sound.instrument.toolTip() == "Kit: Jazz kit"
    context.bus.selected.emit(tune)
    assert bar.music.sound.instrument.toolTip() == "Instrument: Acoustic Grand Piano"


def test_the_player_takes_the_kit_for_drums_and_the_instrument_for_tones(context, tune):
    context.settings["kit"], context.settings["instrument"] = 33, 41
    player = context.player
    assert player._wanted(Item(ROCK, "drums", "Rock")).instrument == 33
    assert player._wanted(tune).instrument == 41


def test_a_port_gets_drums_on_channel_10(monkeypatch, qtbot):
    sent: list[tuple[int, ...]] = []

    class Port:
        def __init__(self, name: str = "") -> None:
            pass

        def get_ports(self) -> list[str]:
            return ["Kit"]

        def open_port(self, number: int, name: str = "") -> None:
            pass

        def send_message(self, message: list[int]) -> None:
            sent.append(tuple(message))

        def close_port(self) -> None:
            pass

        def delete(self) -> None:
            pass

    monkeypatch.setitem(sys.modules, "rtmidi", SimpleNamespace(MidiOut=Port))
    output = MidiOutput("Kit")
    output.start(Take(beat((0, KICK, 90), length=1920, bpm=4800.0), instrument=33), None, 0.0, None)
    qtbot.waitUntil(lambda: (0x89, KICK, 0) in sent)
    output.close()
    assert (0xC9, 32) in sent
    assert (0x99, KICK, 90) in sent
    assert {message[0] & 15 for message in sent} == {9}
