"""Where music lies in a roll: rows and boxes."""

from __future__ import annotations

import pytest

from genstudio.domains.music.geometry import KIT, Plane, is_black, is_seam, kit_rows, pitch_rows
from genstudio.domains.music.notes import Bar, Note


def test_rows_of_pitches() -> None:
    assert list(pitch_rows([60, 62])) == [63, 62, 61, 60, 59]
    assert list(pitch_rows([60, 62], margin=0)) == [62, 61, 60]
    widened = pitch_rows([60, 62], least=13)
    assert (len(widened), widened[0], widened[-1]) == (13, 67, 55)
    assert (pitch_rows([])[0], pitch_rows([])[-1]) == (73, 59)


def test_rows_of_a_kit() -> None:
    assert kit_rows([]) == KIT[::-1]
    assert kit_rows([36, 56, 80], least=()) == (80, 56, 36)


def test_keys() -> None:
    assert [pitch for pitch in range(60, 72) if is_black(pitch)] == [61, 63, 66, 68, 70]
    assert [pitch for pitch in range(60, 72) if is_seam(pitch)] == [60, 65]


def test_a_note_and_its_part_on_a_line() -> None:
    plane = Plane(range(63, 58, -1), row=10, tick=0.5, left=100, top=20)
    assert plane.height == 50
    assert plane.note(Note(480, 960, 62)) == (340, 30, 240, 10)
    later = Plane(range(63, 58, -1), row=10, tick=0.5, left=100, first=600, scroll=(7, 3))
    assert later.note(Note(480, 960, 62), last=800) == (93, 7, 100, 10)


def test_a_hit_is_as_high_as_it_is_loud_in_the_middle_of_its_row() -> None:
    plane = Plane((38, 36), row=22, tick=0.1)
    loud, soft = (plane.hit(Note(240, 280, 36, velocity)) for velocity in (127, 30))
    assert (loud.x, loud.height) == (24, 20)
    assert soft.height == pytest.approx(20 * (0.36 + 0.64 * 0.25))
    assert all(hit.y + hit.height / 2 == pytest.approx(33) for hit in (loud, soft))
    assert plane.hit(Note(0, 40, 36, 127), room=12).height == 10


def test_beats_within_a_bar() -> None:
    plane = Plane((60,), row=1, tick=1.0, first=1920)
    assert plane.beats(Bar(1920, 3840, 2, (4, 4))) == [480, 960, 1440]
    assert plane.beats(Bar(1920, 3360, 2, (6, 8))) == [720]
