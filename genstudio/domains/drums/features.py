"""Features of a drum pattern that a listener notices before single hits: how many hits there are, how loud they are, and where in
the bar the main voices are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.drums.attributes import dynamics, loudness
from genstudio.domains.drums.piece import DrumPattern
from genstudio.domains.drums.voices import CLOSED, HIGH, INDEX_OF, KICK, LOW, MID, OPEN, RIDE, SNARE, STEP, VOICES, step_of
from genstudio.domains.music.time import TICKS

__all__ = ["FEATURES", "features_of"]

_PARTS = {"kick": (KICK,), "snare": (SNARE,), "hi-hat and ride": (CLOSED, OPEN, RIDE), "toms": (LOW, MID, HIGH)}
_PART_OF = {VOICES[voice].pitch: number for number, voices in enumerate(_PARTS.values()) for voice in voices}
_EIGHTHS = 8
FEATURES: tuple[str, ...] = (
    "hits a quarter",
    "loudness",
    "dynamics",
    *(f"{voice.name} a quarter" for voice in VOICES),
    *(f"{part} {place + 1} of {_EIGHTHS} of the bar" for part in _PARTS for place in range(_EIGHTHS)),
)


def features_of(piece: DrumPattern) -> NDArray[np.float32]:
    """The features of a piece, float32 [features], in the order of :data:`FEATURES`: hits per quarter, velocities, hits per bar."""
    found = np.zeros(len(FEATURES), np.float32)
    if not piece.notes or not piece.length:
        return found
    quarters = piece.length / TICKS
    bar = piece.metres[0].bar
    found[:3] = len(piece.notes) / quarters, loudness(piece), dynamics(piece)
    at, grid = 3, 3 + len(VOICES)
    for note in piece.notes:
        found[at + INDEX_OF[note.pitch]] += 1 / quarters
        if (part := _PART_OF.get(note.pitch)) is not None:
            place = step_of(note.start) * STEP % bar * _EIGHTHS // bar
            found[grid + part * _EIGHTHS + place] += bar / piece.length
    return found
