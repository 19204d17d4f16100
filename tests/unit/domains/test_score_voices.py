"""Parallels, crossings and ranges, in progressions written by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genstudio.domains import MetreChange, Note, TempoChange
from genstudio.domains.score import ChordSymbol, Part, Score
from genstudio.domains.score.voices import crossings, in_one_key, outside, parallels, pitch_classes


def voice(*pitches: int | None, each: int = 480, **more: object) -> Part:
    """One note after another, with rests for None."""
    notes = [Note(each * at, each * at + each, pitch) for at, pitch in enumerate(pitches) if pitch is not None]
    return Part(notes=tuple(notes), **more)  # type: ignore[arg-type]


def score(*parts: Part) -> Score:
    return Score.build(parts, [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)])


def both(*parts: Part) -> tuple[int, int]:
    return parallels(score(*parts), 7), parallels(score(*parts), 0)


def test_two_fifths_in_a_row_are_parallel() -> None:
    assert both(voice(67, 69), voice(60, 62)) == (1, 0)  # C-G, D-A
    assert both(voice(67, 69, 71), voice(60, 62, 64)) == (2, 0)
    assert both(voice(79, 81), voice(60, 62)) == (1, 0)  # twelfths
    assert both(voice(72, 74), voice(60, 62)) == (0, 1)  # octaves
    assert both(voice(60, 62), voice(60, 62)) == (0, 1)  # unisons
    assert both(voice(64, 65), voice(60, 62)) == (0, 0)  # thirds
    assert both(voice(67, 68), voice(60, 62)) == (0, 0)  # a perfect and a diminished fifth
    assert both(voice(65, 67), voice(60, 62)) == (0, 0)  # fourths


def test_both_voices_have_to_move_the_same_way() -> None:
    assert both(voice(67, 67), voice(60, 60)) == (0, 0)
    assert both(voice(67, 62), voice(60, 67)) == (0, 0)  # to a crossed fourth
    assert both(voice(67, 86), voice(60, 55)) == (0, 0)  # contrary motion, to a twelfth
    assert both(voice(67, 69), voice(60, 57)) == (0, 0)


def test_the_notes_sound_together() -> None:
    later = Part(notes=(Note(0, 720, 60), Note(720, 960, 62)))  # moves after the other voice
    assert both(voice(67, 69), later) == (0, 0)
    assert both(voice(67, None, 69), voice(60, None, 62)) == (1, 0)  # a rest in both does not hide them
    assert both(voice(67, None, 69), voice(None, 60, 62)) == (0, 0)
    held = Part(notes=(Note(0, 480, 62), Note(480, 1440, 60)))
    assert both(voice(None, 67, 69), held) == (0, 0)  # the other voice does not move
    passing = Part(notes=(Note(0, 240, 60), Note(240, 480, 64), Note(480, 960, 62)))
    assert both(voice(67, 69), passing) == (0, 0)  # a note between


def test_each_pair_of_parts_counts_but_drums_do_not() -> None:
    assert both(voice(79, 81), voice(67, 69), voice(60, 62)) == (2, 1)
    drums = voice(67, 69, role="drums")
    assert both(drums, voice(60, 62)) == (0, 0)


def test_outer_notes_of_chords() -> None:
    upper = Part(notes=(Note(0, 480, 67), Note(0, 480, 64), Note(480, 960, 69), Note(480, 960, 65)))
    lower = Part(notes=(Note(0, 480, 57), Note(0, 480, 48), Note(480, 960, 59), Note(480, 960, 50)))
    assert both(upper, lower) == (1, 0)  # of G over C and A over D; the inner notes do not count
    assert crossings(score(upper, lower)) == 0


def test_voices_cross_where_the_upper_is_below_the_lower() -> None:
    assert crossings(score(voice(67, 69), voice(60, 62))) == 0
    assert crossings(score(voice(60, 69), voice(67, 62))) == 1
    assert crossings(score(voice(60, 60), voice(60, 67))) == 1  # a unison is none
    held = Part(notes=(Note(0, 1920, 64),))
    assert crossings(score(held, voice(60, 65, 62, 67))) == 2
    assert crossings(score(voice(60, 65, 62, 67), held)) == 2
    assert crossings(score(voice(60, None), voice(None, 67))) == 0


def test_notes_out_of_the_range_of_their_instrument() -> None:
    violin, cello = 40, 42
    assert outside(score(voice(55, 54, 106, 70, program=violin))) == 2
    assert outside(score(voice(36, 54, 35, program=cello), voice(54, program=violin))) == 2
    assert outside(score(voice(0, 127, program=96))) == 0  # an effect has no range
    assert outside(score(voice(20, role="drums"), voice(60))) == 0


def test_parts_of_one_key() -> None:
    tune, bass = voice(67, 69, 71, 72, 74, 76), voice(48, 50, 52, 53)
    assert in_one_key(score(tune, bass)) is True
    moved = replace(bass, notes=tuple(note._replace(pitch=note.pitch + 6) for note in bass.notes))
    assert in_one_key(score(tune, moved)) is False
    assert in_one_key(score(tune, voice(54, 61))) is None  # two notes say nothing
    assert in_one_key(score(tune, bass, voice(42, 46, 49, 51, 54, role="drums"))) is True
    names = [(0, "major"), (5, "major"), (7, "dominant"), (9, "minor")]
    chords = [ChordSymbol(480 * at, 480 * at + 480, root, quality) for at, (root, quality) in enumerate(names)]
    assert in_one_key(score(tune, Part(role="symbols", chords=tuple(chords)))) is True
    away = [one._replace(root=(one.root + 6) % 12) for one in chords]
    assert in_one_key(score(tune, Part(role="symbols", chords=tuple(away)))) is False


def test_how_long_pitch_classes_sound() -> None:
    part = Part(notes=(Note(0, 720, 60), Note(240, 480, 64), Note(960, 1200, 72)))
    found = pitch_classes(part, (0, 480, 960, 1920))
    expected = np.zeros((3, 12))
    expected[:, 0], expected[0, 4] = (480, 240, 240), 240
    assert found.tolist() == expected.tolist()
    assert pitch_classes(part, (480, 600))[0, 0] == 120  # what begins before counts from there on
    chord = Part(role="symbols", chords=(ChordSymbol(0, 960, 9, "minor", 7),))
    assert sorted(np.flatnonzero(pitch_classes(chord, (0, 960))[0])) == [0, 4, 7, 9]


def test_counts_do_not_depend_on_transposition() -> None:
    parts = (voice(67, 69, 65, 64), voice(60, 62, 70, 57))
    up = tuple(replace(part, notes=tuple(note._replace(pitch=note.pitch + 5) for note in part.notes)) for part in parts)
    assert both(*parts) == both(*up) == (1, 0)
    assert crossings(score(*parts)) == crossings(score(*up)) == 1


@pytest.mark.parametrize("part", [Part(), Part(role="symbols"), Part(role="drums")])
def test_parts_without_notes(part: Part) -> None:
    empty = score(part, part)
    assert (both(part, part), crossings(empty), outside(empty), in_one_key(empty)) == ((0, 0), 0, 0, None)
