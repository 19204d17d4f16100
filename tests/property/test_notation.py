"""Written notes are the notes: melodies as MusicXML and ABC, read back by this program and by music21."""

from __future__ import annotations

import itertools
from pathlib import Path

import music21
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from genstudio.domains.melody import Melody, MetreChange, Note, TempoChange
from genstudio.domains.music import abc
from genstudio.domains.music import musicxml_line as musicxml_files
from genstudio.domains.music.line import trimmed
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.music.time import DENOMINATORS, NUMERATORS, bar_ticks
from genstudio.rendering import musicxml, tunebook

KEYS = [None, "C major", "F# minor", "Eb major", "A dorian", "D mixolydian", "Cb major", "G# minor", "B locrian", "Cb lydian"]
GRID = sorted({*range(0, 480, 60), *range(0, 480, 80)})


@st.composite
def melodies(draw: st.DrawFn, grid: bool = True) -> Melody:
    if grid:
        ticks = st.builds(lambda quarter, part: 480 * quarter + part, st.integers(0, 20), st.sampled_from(GRID))
    else:
        ticks = st.integers(0, 9000)
    times = sorted(draw(st.sets(ticks, min_size=2, max_size=20)))
    notes = []
    for start, end in itertools.pairwise(times):
        if draw(st.integers(0, 4)) or not notes:
            notes.append(Note(start, end, draw(st.integers(24, 108))))
    first = (draw(st.sampled_from(NUMERATORS)), draw(st.sampled_from(DENOMINATORS)))
    pickup = draw(st.sampled_from([0, 0, 60, 80, 240, 480, 720, 1000]))
    changes = [MetreChange(0, *first)]
    for _ in range(draw(st.integers(0, 2))):
        metre = draw(st.sampled_from(NUMERATORS)), draw(st.sampled_from(DENOMINATORS))
        changes.append(MetreChange(draw(st.integers(1, 9000)), *metre))
    key = draw(st.sampled_from(KEYS))
    tempos, pickup = [TempoChange(0, 100.0)], pickup % bar_ticks(*first)
    made = Melody.build(notes, sorted(changes), tempos, pickup, key=key, title="A & <B> 50%")
    # What readers do with silence at the ends.
    made = trimmed(made)
    assume(made.length == bar_lines(made)[-1])
    return made


def music(melody: Melody) -> tuple[object, ...]:
    # One metre for the pickup and its bar.
    made = Melody.build(melody.notes, melody.metres, melody.tempos, melody.pickup, melody.length)
    return [note[:3] for note in made.notes], made.metres, made.pickup, made.length


def by_music21(path: Path) -> list[tuple[int, int, int]]:
    part = music21.converter.parse(path, forceSource=True).parts[0]
    notes = part.flatten().stripTies().notes
    return [(round(note.offset * 480), round((note.offset + note.quarterLength) * 480), note.pitch.midi) for note in notes]


@settings(max_examples=60, deadline=None)
@given(melodies())
def test_musicxml_is_read_back(melody: Melody) -> None:
    text = musicxml.document(melody)
    back = musicxml_files.read(Path("a.musicxml"), text.encode(), part=None).pieces[0]
    assert music(back) == music(melody)
    assert back.title == melody.title
    assert back.tempos == melody.tempos


@settings(max_examples=60, deadline=None)
@given(melodies(grid=False))
def test_musicxml_holds_every_tick(melody: Melody) -> None:
    back = musicxml_files.read(Path("a.musicxml"), musicxml.document(melody).encode(), part=None).pieces[0]
    assert music(back) == music(melody)


@settings(max_examples=60, deadline=None)
@given(melodies())
def test_abc_is_read_back(melody: Melody) -> None:
    text, moved = tunebook.document([melody])
    assert moved == 0
    back = abc.read(Path("a.abc"), text.encode()).pieces[0]
    assert music(back) == music(melody)
    assert back.tempos == melody.tempos


@settings(max_examples=60, deadline=None)
@given(melodies(grid=False))
def test_abc_of_any_ticks_can_be_read(melody: Melody) -> None:
    text, moved = tunebook.document([melody])
    back = abc.read(Path("a.abc"), text.encode()).pieces
    assert moved or music(back[0]) == music(melody)


@pytest.mark.parametrize("suffix", [".musicxml", ".abc"])
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes music21 minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(melody=melodies())
@pytest.mark.slow
def test_music21_reads_the_same_notes(tmp_path: Path, suffix: str, melody: Melody) -> None:
    assume(melody.key != "B locrian")  # which music21 reads from ABC with another signature
    path = tmp_path / f"a{suffix}"
    path.write_text(musicxml.document(melody) if suffix == ".musicxml" else tunebook.document([melody])[0], encoding="utf-8")
    assert by_music21(path) == [note[:3] for note in melody.notes]
