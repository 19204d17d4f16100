from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from genstudio.domains.melody import Melody, MetreChange, Note, TempoChange
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
