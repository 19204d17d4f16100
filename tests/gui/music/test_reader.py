"""The order in which frames are heard, without a device."""

from __future__ import annotations

import numpy as np
import pytest

from genstudio.gui.audio_out import _missing
from genstudio.gui.outputs import wrapped
from genstudio.gui.sounds import Sound
from genstudio.gui.stream import Reader

RATE = 1000


def sound(frames: int = 1000, *, music: int | None = None, ready: int | None = None) -> Sound:
    """A ramp, so that each frame says where it comes from."""
    data = np.repeat(np.arange(frames, dtype=np.int16)[:, None], 2, 1)
    return Sound(data, RATE, music or frames, ready or frames)


def test_all_of_it_from_a_place_on_and_then_nothing():
    reader = Reader(sound(), 0, None)
    read = np.concatenate([reader.read(300) for _ in range(5)])
    assert read[:, 0].tolist() == list(range(1000))
    assert reader.done
    assert len(reader.read(10)) == 0


def test_what_begins_amid_a_note_is_faded_in():
    reader = Reader(sound(), 500, None)
    read = reader.read(100)[:, 0]
    assert read[0] == 0
    assert read[10:].tolist() == list(range(510, 600))


def test_a_loop_is_repeated_without_a_gap_and_the_place_is_known():
    reader = Reader(sound(), 100, (200, 400))
    read = reader.read(900)[:, 0]
    assert len(read) == 900
    assert read[50:300].tolist() == list(range(150, 400))
    # After the jump: what rang rings on a little over the first frames, then it is the loop alone.
    assert read[340:500].tolist() == list(range(240, 400))
    assert not reader.done
    assert [reader.source(heard) for heard in (0, 299, 300, 499, 500, 899)] == [100, 399, 200, 399, 200, 399]


def test_the_last_note_of_a_whole_loop_rings_into_its_beginning():
    data = np.zeros((600, 2), np.int16)
    data[400:600] = 1000  # rings after the music's end
    reader = Reader(Sound(data, RATE, 400, 600), 0, (0, 400))
    read = reader.read(900)[:, 0]
    assert read[:400].max() == 0
    ring = read[400:600]
    assert ring[0] == 1000
    assert (np.diff(ring.astype(int)) <= 0).all()
    assert read[600:800].max() == 0


def test_another_sound_from_a_frame_on():
    first, second = sound(), Sound(np.full((600, 2), 500, np.int16), RATE, 600, 600)
    reader = Reader(first, 0, None)
    before = reader.read(300)
    assert not reader.turn(second, 299, 0, None)  # that has been read already
    assert reader.turn(second, 400, 200, (100, 300))
    whole = np.concatenate([before, reader.read(300)])
    assert np.array_equal(whole[:400], first.data[:400])  # to the frame
    after = round(0.03 * RATE) + 1  # the old one has rung out, the new one is there
    assert np.array_equal(whole[400 + after : 500], np.full((max(0, 100 - after), 2), 500, np.int16))
    assert not reader.turned(399)
    assert reader.turned(400)
    assert not reader.turned(450)  # told once
    assert (reader.source(399), reader.source(400), reader.source(499), reader.source(500)) == (399, 200, 299, 100)
    assert not reader.done  # it is repeated


def test_it_is_turned_back_before_it_is_read():
    reader = Reader(sound(), 0, None)
    reader.turn(sound(), 400, 0, None)
    assert reader.turn_back()
    assert np.array_equal(reader.read(1000), sound().data)
    reader = Reader(sound(), 0, (0, 500))
    reader.turn(sound(), 500, 250, None)  # at the end of a loop
    reader.read(600)
    assert not reader.turn_back()
    assert reader.place == 350
    assert reader.turned(600)
    assert reader.turn_back()


def test_behind_a_loop_one_comes_to_its_start_and_a_loop_too_short_is_none():
    assert Reader(sound(), 700, (200, 400)).read(300)[10:, 0].tolist()[:5] == [210, 211, 212, 213, 214]
    assert Reader(sound(), 0, (200, 210)).read(1000)[:, 0].tolist() == list(range(1000))


def test_an_opening_stops_at_its_end_and_the_whole_goes_on_as_loud():
    loud = Sound(np.full((700, 2), 2000, np.int16), RATE, 5000, 500)
    reader = Reader(loud, 0, None)
    assert len(reader.read(800)) == 500
    assert not reader.done
    reader.extend(Sound(np.full((5000, 2), 1000, np.int16), RATE, 5000, 5000))
    read = reader.read(4500)[:, 0].astype(int)
    assert read[0] == pytest.approx(2000, abs=3)
    assert (np.diff(read) <= 0).all()
    assert read[-1] == 1000
    assert reader.done


def test_a_clock_in_a_loop():
    assert [wrapped(place, 0.0, (2.0, 6.0)) for place in (1.0, 5.5, 6.0, 7.0, 11.5)] == [1.0, 5.5, 2.0, 3.0, 3.5]
    assert wrapped(6.5, 6.5, (2.0, 6.0)) == 2.0


def test_what_is_missing_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    said = _missing(ImportError("libpulse.so.0: cannot open shared object file: No such file or directory"))
    assert "libpulse.so.0" in said
    assert "libpulse0" in said
    monkeypatch.setattr("sys.platform", "darwin")
    assert "PySide6" in _missing(ImportError("no module"))
