"""Written scores are the scores: parts, chords, voices, chord symbols and lyrics, read back by this program and by music21."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import music21
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from genstudio.domains.music.notes import Note, bar_lines
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks
from genstudio.domains.score import from_abc, from_musicxml
from genstudio.domains.score.piece import QUALITIES, ChordSymbol, KeyChange, Lyric, Part, Score, trimmed
from genstudio.rendering import musicxml, tunebook

GRID = sorted({*range(0, 480, 120), *range(0, 480, 160)})
METRES = [(4, 4), (3, 4), (6, 8), (2, 2), (5, 8)]
WORDS = st.text("abcdé<&'", min_size=1, max_size=6)


@st.composite
def scores(draw: st.DrawFn, drums: bool = True) -> Score:
    """Scores of one to four parts with notes at any distance, chord symbols, and words under the first part."""
    tick = st.builds(lambda quarter, part: 480 * quarter + part, st.integers(0, 15), st.sampled_from(GRID))
    parts = []
    for number in range(draw(st.integers(1, 2))):
        notes = [
            Note(start, end, draw(st.integers(40, 84)))
            for start, end in draw(st.lists(st.tuples(tick, tick).filter(lambda pair: pair[0] < pair[1]), min_size=1, max_size=14))
        ]
        program = draw(st.sampled_from([0, 40, 42, 73]))
        parts.append(Part(name=f"Part <{number}>", role="other", program=program, notes=tuple(notes)))
    # What is sung is a line: in ABC there is no place for the words of a second voice.
    ticks = sorted({note.start for note in parts[0].notes})
    line = tuple(Note(start, end, 60 + start // 240 % 12) for start, end in itertools.pairwise([*ticks, 8640]))
    words = [Lyric(at, draw(WORDS), draw(st.booleans())) for at in ticks if draw(st.booleans())]
    parts.insert(0, Part(name="Song", role="melody", program=52, notes=line, lyrics=tuple(words)))
    if drums and draw(st.booleans()):
        places = draw(st.sets(st.integers(0, 60).map(lambda step: 120 * step), min_size=1, max_size=9))
        hits = [Note(at, at + 60, draw(st.sampled_from([36, 38, 42]))) for at in places]
        parts.append(Part(name="Drums", role="drums", notes=tuple(hits)))
    places = sorted(draw(st.sets(tick, max_size=6)))
    chords = [
        ChordSymbol(start, end, draw(st.integers(0, 11)), draw(st.sampled_from(list(QUALITIES))), draw(st.integers(-1, 11)))
        for start, end in zip(places, [*places[1:], 8640], strict=False)
        if draw(st.integers(0, 3))
    ]
    if chords:
        parts.append(Part(name="Chords", role="symbols", chords=tuple(chords)))
    metre = draw(st.sampled_from(METRES))
    later = MetreChange(draw(st.integers(1, 6000)), *draw(st.sampled_from(METRES)))
    pickup = draw(st.sampled_from([0, 0, 240, 480])) % bar_ticks(*metre)
    key = draw(st.sampled_from(["C major", "E major", "G minor"]))
    made = Score.build(parts, [MetreChange(0, *metre), later], [TempoChange(0, 96.0)], pickup, key=key, title="A & B")
    changes = [KeyChange(line, "D major") for line in bar_lines(made)[2:-1] if draw(st.booleans())][:1]
    return trimmed(replace(made, key_changes=tuple(changes)))


def content(score: Score) -> list[Any]:
    """All that notation has room for."""
    parts = [(part.program, part.role, [note[:3] for note in part.notes], part.chords, part.lyrics) for part in score.parts]
    return [parts, score.metres, score.tempos, score.pickup, score.length, score.title, score.key, score.key_changes]


def check(back: Score, score: Score) -> None:
    # Metres and pickup as a reader arranges them, which makes bars full.
    made = Score.build(
        back.parts, score.metres, score.tempos, score.pickup, score.length, key=score.key, key_changes=score.key_changes,
        title=score.title,
    )  # fmt: skip
    assert content(back) == content(made)
    assert content(back)[0] == [part for part in content(score)[0] if any(part[2:4])]
    assert bar_lines(back) == bar_lines(score)


@settings(max_examples=50, deadline=None)
@given(scores())
def test_musicxml_is_read_back(score: Score) -> None:
    check(from_musicxml.read(Path("a.musicxml"), musicxml.document(score).encode(), parts=None).pieces[0], score)


@settings(max_examples=50, deadline=None)
@given(scores())
def test_abc_is_read_back(score: Score) -> None:
    text, moved = tunebook.document([score])
    assert moved == 0
    check(from_abc.read(Path("a.abc"), text.encode(), parts=None).pieces[0], score)


def sounding(part: music21.stream.Part) -> Counter[tuple[int, int, int]]:
    """The notes of a part, with ties joined also where they cross from voice to voice, which music21 does not do."""
    rows = []
    for item in part.flatten().notes:
        if isinstance(item, music21.harmony.ChordSymbol):
            continue
        for note in item.notes if item.isChord else [item]:
            start = round(item.offset * 480)
            end = round((item.offset + item.quarterLength) * 480)
            rows.append((start, end, note.pitch.midi, note.tie.type if note.tie else ""))
    found: list[list[int]] = []
    held: dict[tuple[int, int], int] = {}
    for start, end, pitch, tie in sorted(rows):
        if tie in ("stop", "continue"):
            index = held.pop((start, pitch))
            found[index][1] = end
        else:
            index = len(found)
            found.append([start, end, pitch])
        if tie in ("start", "continue"):
            held[end, pitch] = index
    return Counter((start, end, pitch) for start, end, pitch in found)


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes music21 minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(score=scores(drums=False))
@pytest.mark.slow
def test_music21_reads_the_same_score(tmp_path: Path, score: Score) -> None:
    path = tmp_path / "a.musicxml"
    musicxml.write(score, path)
    found = music21.converter.parse(path, forceSource=True)
    pitched = [part for part in score.parts if part.pitched]
    assert [sounding(part) for part in found.parts] == [Counter(note[:3] for note in part.notes) for part in pitched]
    symbols = [
        (round(one.getOffsetInHierarchy(found) * 480), one.root().pitchClass, one.bass().pitchClass)
        for one in found.recurse().getElementsByClass(music21.harmony.ChordSymbol)
        if not isinstance(one, music21.harmony.NoChord)
    ]
    assert symbols == [(one.start, one.root, one.root if one.bass < 0 else one.bass) for one in score.symbols]
    assert math.isclose(found.duration.quarterLength * 480, score.length)
