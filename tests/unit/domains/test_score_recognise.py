"""Chord symbols that are recognised from the notes of a score."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio import rendering
from genstudio.cli._parser import add_track, read_options
from genstudio.domains.music.notes import Note
from genstudio.domains.music.time import MetreChange
from genstudio.domains.score import DOMAIN, ChordSymbol, Part, Score
from genstudio.domains.score.piece import chord_name, voicing, with_parts
from genstudio.domains.score.recognise import chords_of, with_chords
from tests.unit.domains.test_score_midi import full_score, pop_song

BAR = 1920


def song(*chords: tuple[int, int, str], metre: tuple[int, int] = (4, 4)) -> Score:
    """A piano that breaks chords (start and end in quarters, and a name of this test) in eighths over their bass, and a tune on
    top with a passing note on every second beat."""
    notes, tune = [], []
    for start, end, name in chords:
        root, quality = NAMES[name]
        *upper, bass = voicing(ChordSymbol(0, 1, root, quality))
        notes.append(Note(480 * start, 480 * end, bass))
        for index, tick in enumerate(range(480 * start + 240, 480 * end, 240)):
            notes.append(Note(tick, tick + 240, sorted(upper)[index % len(upper)]))
        for beat in range(start, end):
            top = upper[0] + 12
            tune.append(Note(480 * beat, 480 * beat + (240 if beat % 2 else 480), top))
            if beat % 2:
                tune.append(Note(480 * beat + 240, 480 * beat + 480, top + 2))
    parts = [Part(name="Tune", role="melody", notes=tuple(tune)), Part(name="Piano", role="chords", notes=tuple(notes))]
    return Score.build(parts, [MetreChange(0, *metre)], [])


NAMES = {
    "C": (0, "major"), "Am": (9, "minor"), "F": (5, "major"), "G7": (7, "dominant"), "Dm7": (2, "minor-seventh"),
    "Fmaj7": (5, "major-seventh"), "B°7": (11, "diminished-seventh"), "Bø": (11, "half-diminished"), "E°": (4, "diminished"),
    "Gsus4": (7, "suspended-fourth"), "C+": (0, "augmented"), "E7": (4, "dominant"),
}  # fmt: skip


def test_broken_chords_under_a_tune_are_recognised() -> None:
    score = song((0, 4, "C"), (4, 8, "Am"), (8, 10, "Dm7"), (10, 12, "G7"), (12, 16, "C"))
    assert [(*chord[:2], chord_name(chord)) for chord in chords_of(score)] == [
        (0, BAR, "C"), (BAR, 2 * BAR, "Am"), (2 * BAR, 2 * BAR + 960, "Dm7"), (2 * BAR + 960, 3 * BAR, "G7"),
        (3 * BAR, 4 * BAR, "C"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_quality_is_recognised(name: str) -> None:
    root, quality = NAMES[name]
    notes = tuple(Note(0, BAR, pitch) for pitch in voicing(ChordSymbol(0, 1, root, quality)))
    score = Score.build([Part(role="chords", notes=notes)], [], [])
    assert [chord[2:4] for chord in chords_of(score)] == [(root, quality)]


def test_a_bass_that_is_not_the_root_is_kept() -> None:
    notes = tuple(Note(0, BAR, pitch) for pitch in (76, 67, 60, 52))
    chords = chords_of(Score.build([Part(role="chords", notes=notes)], [], []))
    assert [chord_name(chord) for chord in chords] == ["C/E"]


def test_nothing_is_recognised_where_nothing_sounds_for_a_bar() -> None:
    score = song((0, 4, "C"), (12, 16, "F"))
    assert [chord[:3] for chord in chords_of(score)] == [(0, BAR, 0), (3 * BAR, 4 * BAR, 5)]
    drums = Part(role="drums", notes=(Note(0, 60, 36),))
    assert chords_of(Score.build([drums], [], [])) == ()
    # The gap of a beat is no silence.
    assert [chord[:3] for chord in chords_of(song((0, 3, "C"), (4, 8, "C")))] == [(0, 2 * BAR, 0)]


def test_bars_of_three_and_pickups_have_their_own_beats() -> None:
    score = song((0, 1, "G7"), (1, 4, "C"), (4, 7, "F"), (7, 10, "C"), metre=(3, 4))
    score = Score.build(score.parts, score.metres, [], 480)
    assert [chord[:3] for chord in chords_of(score)] == [(0, 480, 7), (480, 1920, 0), (1920, 3360, 5), (3360, 4800, 0)]


@given(st.integers(-6, 6), st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=6))
def test_chords_move_with_the_notes(steps: int, names: list[str]) -> None:
    score = song(*((4 * index, 4 * index + 4, name) for index, name in enumerate(names)))
    moved = with_parts(
        score, lambda part: replace(part, notes=tuple(note._replace(pitch=note.pitch + steps) for note in part.notes))
    )
    expected = [chord._replace(root=(chord.root + steps) % 12, bass=-1) for chord in chords_of(score)]
    assert [chord._replace(bass=-1) for chord in chords_of(moved)] == expected


def test_symbols_that_are_there_stay() -> None:
    score = full_score()
    assert with_chords(score) == score
    bare = replace(score, parts=score.parts[:-1], recognised=False)
    found = with_chords(bare)
    assert found.recognised
    assert [part.role for part in found.parts] == ["melody", "chords", "bass", "drums", "symbols"]
    assert found.parts[:-1] == bare.parts


def test_a_score_keeps_eight_parts() -> None:
    score = song((0, 4, "C"), (4, 8, "F"))
    many = replace(score, parts=(*score.parts, *(Part(name=str(i), notes=score.parts[0].notes[i:]) for i in range(6))))
    found = with_chords(many)
    assert [part.name for part in found.parts] == ["Tune", "Piano", "0", "1", "2", "3", "4", "Chords"]


def test_chords_are_recognised_when_a_file_is_read(tmp_path: Path) -> None:
    path = pop_song(tmp_path / "song.mid")
    (score,) = DOMAIN.read(path, chords=True).pieces
    assert score.recognised
    assert [(chord[0] // 1440, chord_name(chord)) for chord in score.symbols][:2] == [(0, "G"), (1, "C")]
    assert not DOMAIN.read(path).pieces[0].recognised
    # The chords of the whole song beside its tune make a lead sheet.
    (sheet,) = DOMAIN.read(path, parts="melody", chords=True).pieces
    assert [part.role for part in sheet.parts] == ["melody", "symbols"]
    assert sheet.symbols[0] == score.symbols[0]

    DOMAIN.write(score, tmp_path / "again.mid")
    (again,) = DOMAIN.read(tmp_path / "again.mid").pieces
    assert again.recognised
    assert again.symbols == score.symbols

    DOMAIN.write(replace(full_score(), recognised=False), tmp_path / "stated.mid")
    assert not DOMAIN.read(tmp_path / "stated.mid", chords=True).pieces[0].recognised


@pytest.mark.parametrize("suffix", [".abc", ".musicxml"])
def test_chords_are_recognised_in_notation(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"tune{suffix}"
    if suffix == ".abc":
        path.write_text("X:1\nT:Two\nM:4/4\nL:1/4\nK:C\nV:1\nc e g e|f a f c|]\nV:2\n[C,G,E]4|[F,CA,]4|]\n")
    else:
        rendering.export(song((0, 4, "C"), (4, 8, "F")), path)
    (score,) = DOMAIN.read(path, chords=True, parts="1").pieces
    assert score.recognised
    assert [chord_name(chord) for chord in score.symbols] == ["C", "F"]
    assert [part.role for part in score.parts] == ["melody", "symbols"]
    assert not DOMAIN.read(path).pieces[0].symbols


def test_the_option_of_the_command_line() -> None:
    parser = argparse.ArgumentParser()
    add_track(parser)
    assert read_options(parser.parse_args(["--chords"])) == {"chords": True}
    assert read_options(parser.parse_args([])) is None
