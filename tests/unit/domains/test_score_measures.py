"""The metrics of reconstructed scores, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genstudio.domains import MetreChange, Note, TempoChange, kept
from genstudio.domains.score import DOMAIN, ChordSymbol, Part, Score
from genstudio.domains.score.measures import chord_grid, compare

BAR = 1920


def score(*parts: Part, bars: int = 2, metre: tuple[int, int] = (4, 4), **more: int) -> Score:
    return Score.build(parts, [MetreChange(0, *metre)], [TempoChange(0, 120.0)], length=bars * BAR, **more)


def line(role: str, *pitches: int) -> Part:
    return Part(role=role, notes=tuple(Note(480 * at, 480 * at + 480, pitch) for at, pitch in enumerate(pitches)))


def chords(*symbols: tuple[int, int, int, str]) -> Part:
    return Part(role="symbols", chords=tuple(ChordSymbol(*one) for one in symbols))


TUNE = line("melody", 60, 62, 64, 65, 67, 65, 64, 62)
BASS = line("bass", 48, 43, 48, 43)


def test_a_note_counts_in_its_own_part_only() -> None:
    whole = score(TUNE, BASS)
    found = compare([whole], [whole])
    assert found == {
        "exact": 1.0, "note_precision": 1.0, "note_recall": 1.0, "note_f1": 1.0, "note_f1 melody": 1.0, "note_f1 bass": 1.0,
    }  # fmt: skip
    swapped = score(replace(TUNE, notes=BASS.notes), replace(BASS, notes=TUNE.notes))
    found = compare([whole], [swapped])
    assert found["exact"] == found["note_f1"] == found["note_f1 melody"] == found["note_f1 bass"] == 0.0
    # One of the twelve notes is in the other part: eleven are right.
    moved = score(replace(TUNE, notes=TUNE.notes[:-1]), replace(BASS, notes=(*BASS.notes, TUNE.notes[-1])))
    found = compare([whole], [moved])
    assert found["note_f1"] == pytest.approx(11 / 12)
    assert found["note_f1 melody"] == pytest.approx(2 * 7 / (7 + 8))
    assert found["note_f1 bass"] == pytest.approx(2 * 4 / (5 + 4))


def test_counts_are_over_all_pieces() -> None:
    full, short = score(TUNE), score(line("melody", 60, 62))
    wrong = score(line("melody", 61, 63))
    found = compare([full, short], [full, wrong])
    assert (found["note_f1"], found["exact"]) == (pytest.approx(8 / 10), 0.5)


def test_a_part_that_is_missing_or_too_many() -> None:
    assert compare([score(TUNE, BASS)], [score(TUNE)])["note_recall"] == pytest.approx(8 / 12)
    assert compare([score(TUNE)], [score(TUNE, BASS)])["note_precision"] == pytest.approx(8 / 12)


def test_hits_of_drums_have_no_length() -> None:
    hits = Part(role="drums", notes=(Note(0, 60, 36), Note(960, 1020, 38)))
    shorter = Part(role="drums", notes=(Note(0, 30, 36), Note(960, 990, 40)))
    assert compare([score(hits)], [score(shorter)])["note_f1 drums"] == 0.5


def test_chords_by_half_bar() -> None:
    true = score(TUNE, chords((0, BAR, 0, "major"), (BAR, BAR + 960, 7, "dominant"), (BAR + 960, 2 * BAR, 0, "major")))
    made = score(TUNE, chords((0, 960, 0, "major"), (960, BAR, 9, "minor"), (BAR, 2 * BAR, 7, "major")))
    found = compare([true], [made])
    assert (found["chord_roots"], found["chords"]) == (0.5, 0.25)  # C, (C), G without its seventh, (C)
    # A symbol where there is none is wrong, and so is one that is missing.
    half = score(TUNE, chords((0, BAR, 0, "major")))
    assert compare([half], [true])["chords"] == compare([true], [half])["chords"] == 0.5
    assert compare([half], [half])["chords"] == 1.0
    assert "chords" not in compare([score(TUNE)], [score(TUNE)])


def test_the_grid_of_chords_has_the_middles_of_half_bars() -> None:
    waltz = score(TUNE, chords((0, 480, 0, "major"), (480, 1440, 5, "major")), metre=(3, 4))
    # Of a bar of 1440 ticks the middles of the halves are at 360 and 1080.
    assert [chord and chord.root for chord in chord_grid(waltz)] == [0, 5, None, None, None, None]
    upbeat = Score.build(
        [TUNE, chords((0, 480, 7, "major"), (480, 2400, 0, "major"))], [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], pickup=480,
        length=2400,
    )  # fmt: skip
    assert [chord and chord.root for chord in chord_grid(upbeat)][:2] == [0, 0]  # the pickup has no half bar


def test_what_is_kept_counts_from_the_first_bar_line() -> None:
    with_pickup = score(Part(role="melody", notes=(Note(0, 480, 62), Note(480, 960, 67), Note(960, 2400, 71))), pickup=480)
    without = score(Part(role="melody", notes=(Note(0, 480, 67), Note(480, 1920, 71))))
    found = kept(DOMAIN, with_pickup, without)
    assert (found.kept, found.of, found.added) == (2, 3, 0)
