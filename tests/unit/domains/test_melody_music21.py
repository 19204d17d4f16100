"""MusicXML as another program writes and reads it: music21."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import music21
import pytest

from genstudio.domains.melody import DOMAIN

Part = list[tuple[str, float]]  # names of pitches, "-" for a rest, and lengths in quarters


def score(measures: Sequence[Part], metre: str, key: str, tempo: int, pickup: bool = False) -> Any:
    """A score of one part, one list a measure."""
    part = music21.stream.Part(id="Voice")
    for number, notes in enumerate(measures, 0 if pickup else 1):
        measure = music21.stream.Measure(number=number)
        if not len(part):
            measure.append([music21.key.Key(key), music21.meter.TimeSignature(metre), music21.tempo.MetronomeMark(number=tempo)])
        for name, length in notes:
            duration = music21.duration.Duration(length)
            measure.append(
                music21.note.Rest(duration=duration) if name == "-" else music21.note.Note(name.strip("~"), duration=duration)
            )
            if name.startswith("~"):
                measure.notes[-1].tie = music21.tie.Tie("stop")
            if name.endswith("~"):
                measure.notes[-1].tie = music21.tie.Tie("continue" if name.startswith("~") else "start")
        if pickup and number == 0:
            measure.paddingLeft = measure.barDuration.quarterLength - sum(length for _, length in notes)
        part.append(measure)
    made = music21.stream.Score([part])
    made.metadata = music21.metadata.Metadata(title="A song")
    return made


def read_by_music21(path: Path) -> list[tuple[int, int, int]]:
    """Start, end (ticks) and pitch of each note, repeats played and ties joined."""
    part = music21.converter.parse(path).parts[0]
    if any(part.recurse().getElementsByClass(music21.bar.Repeat)):
        part = part.expandRepeats()
    notes = part.flatten().stripTies().notes
    return [(round(note.offset * 480), round((note.offset + note.quarterLength) * 480), note.pitch.midi) for note in notes]


THIRD = 1 / 3
PIECES: dict[str, tuple[list[Part], str, str, int, bool]] = {
    "pickup and rests": (
        [[("D4", 1)], [("G4", 2), ("A4", 1)], [("B4", 1.5), ("-", 0.5), ("C5", 1)], [("D5", 2), ("-", 1)]],
        "3/4", "G", 96, True,
    ),
    "ties over bar lines": (
        [[("C4", 2), ("E4~", 2)], [("~E4~", 4)], [("~E4", 1), ("F4", 3)], [("C4", 4)]],
        "4/4", "C", 120, False,
    ),
    "triplets": (
        [[("A4", THIRD), ("B4", THIRD), ("C#5", THIRD), ("D5", 1)], [("E5", 2 / 3), ("D5", THIRD), ("C#5", 0.5), ("B4", 0.5)]],
        "2/4", "A", 80, False,
    ),
    "compound metre, flats": (
        [[("E-4", 0.5), ("F4", 0.5), ("G4", 0.5), ("A-4", 1.5)], [("B-4", 1), ("G4", 0.5), ("E-4", 1.5)]],
        "6/8", "E-", 72, False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".musicxml", ".mxl"])
@pytest.mark.parametrize("name", PIECES)
def test_the_same_notes(tmp_path: Path, name: str, suffix: str) -> None:
    measures, metre, key, tempo, pickup = PIECES[name]
    path = tmp_path / f"a{suffix}"
    score(measures, metre, key, tempo, pickup).write("mxl" if suffix == ".mxl" else "musicxml", path)
    melody = DOMAIN.read(path).pieces[0]
    assert [note[:3] for note in melody.notes] == read_by_music21(path)
    assert melody.metres == ((0, *map(int, metre.split("/"))),)
    assert melody.pickup == (sum(length for _, length in measures[0]) * 480 if pickup else 0)
    assert melody.tempos[0].bpm == tempo
    assert melody.key == f"{key.replace('-', 'b')} major"
    assert melody.title == "A song"


def test_repeats_are_played_alike(tmp_path: Path) -> None:
    made = score([[("C4", 4)], [("D4", 4)], [("E4", 4)], [("F4", 4)]], "4/4", "C", 100)
    first, _, third, _ = made.parts[0].getElementsByClass(music21.stream.Measure)
    first.leftBarline = music21.bar.Repeat(direction="start")
    third.rightBarline = music21.bar.Repeat(direction="end")
    made.write("musicxml", tmp_path / "a.musicxml")
    notes = [note[:3] for note in DOMAIN.read(tmp_path / "a.musicxml").pieces[0].notes]
    assert [pitch for _, _, pitch in notes] == [60, 62, 64, 60, 62, 64, 65]
    assert notes == read_by_music21(tmp_path / "a.musicxml")
