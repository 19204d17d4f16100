from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from genstudio.domains.melody import Melody, MetreChange, Note, TempoChange
from genstudio.domains.score.piece import ChordSymbol, KeyChange, Lyric, Part, Score
from genstudio.provenance import Job, Provenance

Make = Callable[..., Melody]


@pytest.fixture
def make() -> Make:
    """``make([(pitch or None, ticks), …], metre, pickup, bpm, **rest)``: a melody of notes and rests one after the other."""

    def made(
        notes: list[tuple[int | None, int]], metre: tuple[int, int] = (4, 4), pickup: int = 0, bpm: float = 120.0, **rest: object
    ) -> Melody:
        at, found = 0, []
        for pitch, ticks in notes:
            if pitch is not None:
                found.append(Note(at, at + ticks, pitch, 90))
            at += ticks
        return Melody.build(found, [MetreChange(0, *metre)], [TempoChange(0, bpm)], pickup, at, **{"title": "A tune", **rest})

    return made


@pytest.fixture
def scale(make: Make) -> Melody:
    """Eight quarters in C major."""
    return make([(pitch, 480) for pitch in (60, 62, 64, 65, 67, 69, 71, 72)], key="C major")


@pytest.fixture
def trace() -> Provenance:
    job = Job(
        operation="interpolate",
        model="folk",
        digest="abc" * 10,
        seed=7,
        settings={"method": "slerp", "note": 'quotes " and (brackets) \\ <&> —'},
        sources=("Ode an die Freude 欢乐颂", "b.mid"),
        codes=np.random.default_rng(0).standard_normal((3, 1024)).astype(np.float32),
        decoding={"temperature": 0.0},
        metadata=({"bpm": 120.0},) * 3,
    )
    return Provenance.of(job, 1)


@pytest.fixture
def song() -> Score:
    """Two bars of 4/4 in F major for voice, piano (two hands), bass and drums, with chord symbols and words, after a pickup."""
    parts = [
        Part(
            name="Voice", role="melody", program=52,
            notes=(Note(0, 480, 72), Note(480, 1440, 77), Note(1440, 2880, 76), Note(2880, 3360, 72), Note(3360, 4320, 77)),
            lyrics=(Lyric(0, "My"), Lyric(480, "coun", True), Lyric(1440, "try", False), Lyric(3360, "song")),
        ),
        Part(
            name="Piano", role="chords", program=0,
            notes=(
                *(Note(480, 1440, pitch) for pitch in (60, 65, 69)), *(Note(1440, 2400, pitch) for pitch in (58, 64, 67)),
                Note(2400, 4320, 60), Note(2400, 3360, 65), Note(3360, 4320, 69),
            ),
        ),
        Part(name="Piano", role="bass", program=0, notes=(Note(480, 2400, 41), Note(2400, 4320, 36))),
        Part(name="Bass", role="other", program=33, notes=tuple(Note(480 * at, 480 * at + 480, 29) for at in range(1, 9))),
        Part(name="Drums", role="drums", notes=tuple(Note(480 * at, 480 * at + 60, 36 + 2 * (at % 2)) for at in range(1, 9))),
        Part(
            name="Chords", role="symbols",
            chords=(ChordSymbol(480, 1440, 5, "major"), ChordSymbol(1440, 2400, 0, "dominant-suspended", 10),
                    ChordSymbol(2400, 3360, 5, "major-sixth")),
        ),
    ]  # fmt: skip
    return Score.build(
        parts, [MetreChange(0, 4, 4)], [TempoChange(0, 100.0)], 480, 4320, key="F major",
        key_changes=(KeyChange(2400, "C major"),), title="A song",
    )  # fmt: skip
