"""What is played on a keyboard, as notes; what a recording makes of them; the tempo that is tapped."""

from __future__ import annotations

import pytest

from genstudio.domains import Note
from genstudio.gui.midi_in import Keys
from genstudio.gui.recorder import Capture, Frame, piece_of
from genstudio.gui.widgets.practice import Tap


class Told:
    def __init__(self) -> None:
        self.said: list[tuple] = []
        self.keys = Keys(lambda *note: self.said.append(("on", *note)), lambda *note: self.said.append(("off", *note)))

    def take(self, *messages: tuple[int, ...]) -> list[tuple]:
        self.said.clear()
        for moment, message in enumerate(messages):
            self.keys.take(message, float(moment))
        return list(self.said)


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_note_ends_by_note_off_and_by_velocity_nought(told):
    assert told.take((0x90, 60, 80), (0x80, 60, 64), (0x93, 62, 1), (0x93, 62, 0)) == [
        ("on", 60, 80, 0.0), ("off", 60, 1.0), ("on", 62, 1, 2.0), ("off", 62, 3.0),
    ]  # fmt: skip
    assert told.take((0x80, 60, 0), (0x90, 60, 0)) == []  # it does not sound


def test_the_pedal_holds_notes_until_it_comes_up(told):
    assert told.take((0xB0, 64, 127), (0x90, 60, 80), (0x80, 60, 0)) == [("on", 60, 80, 1.0)]
    assert told.take((0x90, 60, 90), (0x80, 60, 0)) == [("off", 60, 0.0), ("on", 60, 90, 0.0)]  # struck again
    assert told.take((0x90, 64, 90), (0xB0, 64, 0)) == [("on", 64, 90, 0.0), ("off", 60, 1.0)]  # the other is still held
    assert told.keys.sounding == {64}


def test_nothing_is_left_sounding(told):
    assert told.take((0x90, 60, 80), (0xB0, 123, 0))[-1] == ("off", 60, 1.0)
    told.take((0xB0, 64, 127), (0x90, 60, 80), (0x80, 60, 0), (0x90, 62, 80))
    told.said.clear()
    told.keys.silence(9.0)  # the cable is out
    assert told.said == [("off", 62, 9.0), ("off", 60, 9.0)]
    assert not told.keys.sounding
    assert not told.keys.pedal


@pytest.mark.parametrize("message", [(), (0x90,), (0x90, 60), (0x90, 200, 1), (0xF8,), (0xE0, 0, 64), (0xF0, 1, 2, 0xF7)])
def test_what_is_no_note_is_left_out(told, message):
    assert told.take(message) == []


def test_tapping_gives_the_mean_and_begins_anew_after_a_wait():
    tap = Tap()
    assert tap.tap(10.0) is None
    assert tap.tap(10.5) == pytest.approx(120)
    assert tap.tap(11.1) == pytest.approx(60 * 2 / 1.1)
    assert tap.tap(20.0) is None
    assert tap.tap(21.0) == pytest.approx(60)


def played(*notes: tuple[float, float, int, int]) -> Capture:
    capture = Capture()
    for start, end, pitch, velocity in notes:
        capture.begin(pitch, velocity, start)
        capture.end(pitch, end)
    return capture


def test_notes_are_put_on_the_grid_with_the_velocity_that_was_played():
    capture = played((-40.0, 200.0, 60, 71), (490.0, 900.0, 62, 100), (951.0, 955.0, 64, 3), (-300.0, -100.0, 50, 90))
    assert capture.quantised(240) == [Note(0, 240, 60, 71), Note(480, 960, 62, 100), Note(960, 1200, 64, 3)]
    assert capture.quantised(160)[1] == Note(480, 960, 62, 100)
    capture = played((0.0, 10.0, 60, 50), (30.0, 300.0, 60, 90))  # a key that bounced
    assert capture.quantised(240) == [Note(0, 240, 60, 90)]


def test_what_still_sounds_ends_with_the_recording():
    capture = Capture()
    capture.begin(60, 80, 0.0)
    capture.close(950.0)
    assert capture.quantised(120) == [Note(0, 960, 60, 80)]


def test_a_recording_has_whole_bars_metre_tempo_and_instrument():
    notes = [Note(0, 480, 60, 71), Note(1440, 1560, 64, 99)]
    piece = piece_of(notes, Frame("melody", (3, 4), 97.0, 40), "Mine")
    assert piece is not None
    assert (piece.length, piece.bars, piece.metres[0].name, piece.tempos[0].bpm, piece.program) == (2880, 2, "3/4", 97.0, 40)
    assert [note.velocity for note in piece.notes] == [71, 99]
    assert piece_of([], Frame("melody"), "Mine") is None


def test_a_recording_is_of_the_kind_that_the_model_makes():
    chord = [Note(0, 960, 60), Note(0, 960, 64), Note(480, 960, 67)]
    melody = piece_of(chord, Frame("melody"), "")
    assert melody is not None
    assert all(a.end <= b.start for a, b in zip(melody.notes, melody.notes[1:], strict=False))  # one voice
    score = piece_of(chord, Frame("score", program=19), "")
    assert score is not None
    assert len(score.notes) == 3
    assert score.parts[0].program == 19
    beat = piece_of([Note(0, 120, 36), Note(480, 600, 38), Note(1920, 1980, 36)], Frame("drums"), "")
    assert beat is not None
    assert (len(beat.notes), beat.bars) == (3, 2)
    assert piece_of([Note(0, 120, 21)], Frame("drums"), "") is None  # no drum
    for domain in ("melody", "drums", "score"):
        empty = Frame(domain, (6, 8), 90.0).empty(4, "")
        assert (empty.bars, empty.notes, empty.seconds) == (4, (), 8.0)
