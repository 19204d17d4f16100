"""The metronome and the count-in: where it clicks, in the frames that are heard and in what a MIDI port is sent."""

from __future__ import annotations

import numpy as np
import pytest

from genstudio.domains.melody import Melody, MetreChange, Note, TempoChange
from genstudio.gui.items import Item
from genstudio.gui.metronome import Beat, beats_of, click, count_in
from genstudio.gui.sounds import Sound, Take, _render
from genstudio.gui.stream import Reader

RATE = 8000


def tune(metre: tuple[int, int], length: int, *, pickup: int = 0, bpm: float = 120.0) -> Melody:
    return Melody(
        notes=(Note(0, 120, 60),), metres=(MetreChange(0, *metre),), tempos=(TempoChange(0, bpm),), length=length, pickup=pickup
    )


def places(beats: tuple[Beat, ...], bpm: float = 120.0) -> list[tuple[int, bool]]:
    return [(round(beat.at * bpm * 8), beat.strong) for beat in beats]


def test_beats_are_those_that_one_taps():
    assert places(beats_of(tune((3, 4), 2880)))[:4] == [(0, True), (480, False), (960, False), (1440, True)]
    assert places(beats_of(tune((6, 8), 1440))) == [(0, True), (720, False)]  # in two
    assert places(beats_of(tune((3, 8), 720))) == [(0, True), (240, False), (480, False)]
    assert [beat.strong for beat in beats_of(tune((5, 8), 1200))] == [True, False, False, False, False]
    with_pickup = beats_of(tune((4, 4), 600 + 1920, pickup=600))  # a beat and an eighth of a triplet before the bar line
    assert places(with_pickup)[:3] == [(120, False), (600, True), (1080, False)]


def test_beats_follow_tempo_and_metre():
    melody = Melody(
        notes=(Note(0, 120, 60),), length=3360, metres=(MetreChange(0, 4, 4), MetreChange(1920, 3, 4)),
        tempos=(TempoChange(0, 120.0), TempoChange(1920, 60.0)),
    )  # fmt: skip
    assert [(beat.at, beat.strong) for beat in beats_of(melody)] == [
        (0.0, True), (0.5, False), (1.0, False), (1.5, False), (2.0, True), (3.0, False), (4.0, False),
    ]  # fmt: skip
    assert [beat.at for beat in beats_of(melody, 2.0)][:3] == [0.0, 0.25, 0.5]


def test_one_is_counted_in_by_whole_bars_and_what_lies_before_a_pickup():
    lead = count_in(tune((3, 4), 2880), 1.0, 0.0, 2)
    assert lead.seconds == 3.0
    assert [beat.strong for beat in lead.beats] == [True, False, False] * 2
    lead = count_in(tune((3, 4), 480 + 2880, pickup=480), 1.0, 0.0, 1)
    assert places(lead.beats) == [(0, True), (480, False), (960, False), (1440, True), (1920, False)]  # the pickup is the sixth
    lead = count_in(tune((6, 8), 2880), 2.0, 0.75, 1)  # from the middle of a bar, at twice the tempo
    assert lead.seconds == pytest.approx((1440 + 720) / 1920)
    assert [lead.left(lead.seconds), lead.left(0.1), lead.left(0.0)] == [3, 1, 0]


def silence(seconds: float, beats: tuple[Beat, ...]) -> Sound:
    frames = round(seconds * RATE)
    return Sound(np.zeros((frames, 2), np.int16), RATE, frames, frames, beats)


def onsets(samples: np.ndarray) -> list[int]:
    """The frames at which a click begins: it is silent at its first frame."""
    loud = np.flatnonzero(samples[:, 0])
    return [int(at) - 1 for number, at in enumerate(loud) if number == 0 or at - loud[number - 1] > 400]


def read(reader: Reader, frames: int, step: int = 37) -> np.ndarray:
    """As the device does: a few frames at a time."""
    parts = []
    while frames > 0:
        parts.append(reader.read(min(step, frames)))
        frames -= len(parts[-1])
        if not len(parts[-1]):
            break
    return np.concatenate(parts)


def test_clicks_are_exactly_on_beats_and_the_first_is_another_one():
    beats = beats_of(tune((3, 4), 1440, bpm=97.0))
    reader = Reader(silence(2.0, beats), 0, None)
    reader.metronome = 1.0
    heard = read(reader, 2 * RATE)
    assert onsets(heard) == [round(beat.at * RATE) for beat in beats]
    first, second = (heard[round(beat.at * RATE) :][: len(click(True, RATE)), 0] for beat in beats[:2])
    assert np.array_equal(first, np.rint(32767 * click(True, RATE)).astype(np.int16))
    assert np.array_equal(second, np.rint(32767 * click(False, RATE)).astype(np.int16))
    off = Reader(silence(2.0, beats), 0, None)
    assert not read(off, 2 * RATE).any()


def test_clicks_go_on_over_the_end_of_a_loop_without_a_gap():
    beats = beats_of(tune((2, 4), 1920))  # half a second each
    reader = Reader(silence(2.0, beats), 0, (RATE, 2 * RATE))
    reader.metronome = 0.5
    heard = read(reader, 5 * RATE)
    assert len(heard) == 5 * RATE
    assert onsets(heard) == [RATE // 2 * number for number in range(10)]


def test_the_loop_itself_has_no_gap_to_the_frame():
    data = (1000 + np.arange(2 * RATE) % 500).astype(np.int16).repeat(2).reshape(-1, 2)
    reader = Reader(Sound(data, RATE, 2 * RATE, 2 * RATE), 0, (0, RATE))
    heard = read(reader, 3 * RATE)[:, 0]
    ring = round(0.03 * RATE)
    assert np.array_equal(heard[:RATE], data[:RATE, 0])
    assert np.array_equal(heard[RATE + ring : 2 * RATE], data[ring:RATE, 0])  # the next time round, after what rang over
    assert heard.min() > 900  # never silent


def test_bars_are_counted_in_before_the_sound():
    lead = count_in(tune((4, 4), 1920), 1.0, 0.0, 1)
    sound = Sound(np.full((RATE, 2), 7, np.int16), RATE, RATE, RATE)
    reader = Reader(sound, 0, None, lead)
    heard = read(reader, 3 * RATE)
    assert onsets(heard[: 2 * RATE])[:4] == [0, RATE // 2, RATE, 3 * RATE // 2]
    assert np.array_equal(heard[2 * RATE :], sound.data)  # exactly after two seconds
    assert [reader.source(at) for at in (0, 2 * RATE, 2 * RATE + 10)] == [-2 * RATE, 0, 10]


def test_another_sound_brings_its_own_clicks():
    slow, fast = silence(4.0, beats_of(tune((4, 4), 3840))), silence(2.0, beats_of(tune((4, 4), 3840), 2.0))
    reader = Reader(slow, 0, None)
    reader.metronome = 1.0
    assert reader.turn(fast, RATE // 2, RATE // 4, None)  # from its second beat to the same one
    assert onsets(read(reader, 2 * RATE)) == [round(at * RATE) for at in (0, 0.5, 0.75, 1, 1.25, 1.5, 1.75)]


def test_what_is_repeated_changes_while_it_plays():
    data = np.arange(1000, dtype=np.int16).repeat(2).reshape(-1, 2)
    reader = Reader(Sound(data, 1000, 1000, 1000), 0, None)
    reader.read(400)
    reader.repeat((100, 300))  # it is behind that
    assert reader.source(400 + len(reader.read(50)) - 1) == 149
    reader.repeat(None)
    read(reader, 2000, 100)
    assert reader.done


def test_what_is_exported_has_no_click_and_nothing_to_play_to_takes_no_memory(make):
    melody = make([60, 62])
    sound = _render(Take(melody, rate=RATE))
    assert len(sound.beats) == 4
    from genstudio.rendering import audio

    assert np.array_equal(sound.data, np.rint(np.clip(audio.render(melody, rate=RATE), -1, 1) * 32767).astype(np.int16))
    empty = _render(Take(make([], bars=64), rate=RATE))
    assert len(empty.data) == 128 * RATE
    assert empty.data.base is not None
    assert not empty.data.any()


def test_the_player_counts_in_and_clicks(outputs, player, settings, tune, qtbot, monkeypatch):
    clock = Clock()
    monkeypatch.setattr("genstudio.gui.outputs.time", clock)
    told = []
    monkeypatch.setattr("genstudio.gui.outputs.Output.set_metronome", lambda self, level: told.append(level))
    settings["count_in_play"] = True
    settings["count_in"] = 2
    player.select(tune)
    player.toggle()
    qtbot.waitUntil(lambda: not player.waiting)
    assert (player.position, player.place, player.counting) == (0.0, -4.0, 8)
    clock.now += 3.75
    assert (player.position, player.counting) == (0.0, 1)
    clock.now += 0.5
    player._tick()
    assert player.position == pytest.approx(0.25)
    assert player.counting == 0
    assert told[-1] == 0.0
    settings["metronome"] = True
    assert told[-1] == pytest.approx(0.7)
    player.stop()
    player.play(Item(tune.piece, "melody", "Another"))  # only the button of the transport counts
    qtbot.waitUntil(lambda: not player.waiting)
    assert player.counting == 0


class Clock:
    """Time that goes by when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now
