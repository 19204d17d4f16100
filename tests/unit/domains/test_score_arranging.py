"""Scores with the parts of a model's lineup, and parts that are taken back into a score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genstudio.domains import get_domain
from genstudio.domains.drums import DrumPattern
from genstudio.domains.music.notes import Note
from genstudio.domains.music.time import MetreChange, TempoChange
from genstudio.domains.score.piece import ChordSymbol, Lyric, Part, Score
from genstudio.domains.score.symbols import PARTS
from genstudio.errors import ConfigError

SCORES = get_domain("score")
LINEUP = PARTS["melody", "piano"] + PARTS["other", "strings"] + PARTS["bass", "bass"] + PARTS["symbols", ""]


def part(role: str, program: int = 0, pitch: int = 60, name: str = "") -> Part:
    notes = () if role == "symbols" else (Note(0, 480, pitch, 90), Note(480, 960, pitch + 2, 70))
    chords = (ChordSymbol(0, 1920, 0, "major"),) if role == "symbols" else ()
    return Part(name=name or f"{role} {program}", role=role, program=program, notes=notes, chords=chords)


def score(*parts: Part) -> Score:
    return Score.build(parts, [MetreChange(0, 4, 4)], [TempoChange(0, 96.0)], length=1920, tonic=60, title="Song")


def test_parts_are_matched_by_role_and_then_by_family() -> None:
    flute, oboe, viola, tuba, chords = (
        part("melody", 73), part("other", 68, 64), part("other", 41, 55), part("bass", 58, 36), part("symbols")
    )  # fmt: skip
    made, remarks = SCORES.arranged(score(chords, tuba, oboe, viola, flute), LINEUP)
    assert SCORES.lineup(SCORES.to_symbols(made)) == LINEUP
    assert [one.name for one in made.parts] == [flute.name, viola.name, tuba.name, chords.name]
    assert [one.program for one in made.parts] == [73, 41, 58, 0], "each keeps its own instrument"
    assert [one.notes for one in made.parts] == [flute.notes, viola.notes, tuba.notes, ()]
    assert remarks == ["the model has no parts for these, so they were not read: other 68."]
    assert SCORES.arranged(made, LINEUP) == (made, [])


def test_missing_parts_are_silent_and_others_that_accompany_take_their_places() -> None:
    made, remarks = SCORES.arranged(score(part("melody", 40), part("chords", 0, 50)), LINEUP)
    assert [one.name for one in made.parts] == ["melody 40", "chords 0", "Bass", "Chords"]
    assert [one.role for one in made.parts] == ["melody", "other", "bass", "symbols"]
    assert [one.empty for one in made.parts] == [False, False, True, True]
    assert not remarks
    silent, _ = SCORES.arranged(made, LINEUP, [1])
    assert [one.empty for one in silent.parts] == [False, True, True, True]


def test_the_highest_notes_are_the_melody_where_no_part_is_one() -> None:
    made, remarks = SCORES.arranged(score(part("chords", 0, 60), part("other", 0, 72)), LINEUP)
    assert [note.pitch for note in made.parts[0].notes] == [72, 74]
    assert remarks == ["no part is a melody; the highest notes were taken as one."]


def test_the_instrument_is_no_symbol() -> None:
    made, _ = SCORES.arranged(score(part("melody", 73)), LINEUP)
    again = SCORES.with_metadata(SCORES.from_symbols(SCORES.to_symbols(made)), SCORES.metadata(made))
    assert SCORES.to_symbols(again) == SCORES.to_symbols(made)
    assert (again.parts[0].program, again.parts[0].name) == (73, "melody 73")
    between = SCORES.with_metadata_between(SCORES.from_symbols(SCORES.to_symbols(made)), made, made, 0.0)
    assert between.parts[0].program == 73


def test_parts_are_taken_back_and_the_others_stay() -> None:
    flute = replace(part("melody", 73), lyrics=(Lyric(0, "la"),))
    piece = score(flute, part("bass", 33, 40), part("drums", 0, 38))
    made, _ = SCORES.arranged(score(part("melody", 0, 80), part("bass", 32, 43), part("symbols")), LINEUP)
    found = SCORES.rewritten(piece, made, [2, 3], LINEUP)
    assert [one.role for one in found.parts] == ["melody", "bass", "drums", "symbols"]
    assert (found.parts[0], found.parts[2]) == (piece.parts[0], piece.parts[2])
    assert found.parts[1] == replace(piece.parts[1], notes=made.parts[2].notes)
    assert found.symbols == made.symbols
    assert (found.tempos, found.title, found.tonic) == (piece.tempos, "Song", 60)
    full = score(flute, *(part("other", 41, 50 + at) for at in range(7)))
    with pytest.raises(ConfigError, match="Song has 8 parts, and a score has at most 8"):
        SCORES.rewritten(full, made, [3], LINEUP)


def test_parts_are_named_by_name_role_and_number() -> None:
    made, _ = SCORES.arranged(score(part("melody", 73, name="Flute"), part("bass", 33)), LINEUP)
    assert SCORES.part_numbers(made, ["bass", "flute"]) == [2, 0]
    assert SCORES.part_numbers(made, ["chords", "2"]) == [3, 1]
    with pytest.raises(ConfigError, match="there is no part 'oboe'"):
        SCORES.part_numbers(made, ["oboe"])
    with pytest.raises(ConfigError, match="Melodies have no parts of several voices"):
        get_domain("melody").part_numbers(made, ["bass"])


def test_one_voice_becomes_a_part() -> None:
    melodies = get_domain("melody")
    tune = melodies.from_object(score(part("melody", 73), part("bass", 33, 40)))
    assert [note.pitch for note in tune.notes] == [60, 62]
    made = SCORES.from_object(tune)
    assert [(one.role, one.program, one.notes) for one in made.parts] == [("melody", tune.program, tune.notes)]
    assert (made.metres, made.tempos, made.tonic, made.title) == (tune.metres, tune.tempos, tune.tonic, "Song")
    beat = DrumPattern.build([], [MetreChange(0, 4, 4)], [TempoChange(0, 100.0)], 1920)
    assert [one.role for one in SCORES.from_object(beat).parts] == ["drums"]
    assert melodies.from_object(beat) is None
