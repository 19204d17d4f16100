"""Features of a melody that a listener hears; with them it is measured how similar pieces are, and whether one is between others.

The features are what is noticed before single notes: how dense and how high a melody is, how far it leaps, its contour, where in
the bar notes begin, and which degrees and intervals it uses. Different melodies may have the same features; that is intended.

Conventions: features are float32 [features], in the order of the names; times are in quarters, pitches in semitones, histograms
sum to 1. Every feature is finite for every piece.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.music.line import Line
from genstudio.domains.music.time import TICKS

__all__ = ["MELODY_FEATURES", "melody_features"]

_EIGHTHS, _ONSETS = 8, 12
_LEAPS = ("down by 6 or more", "down by 3 to 5", "down a step", "the same", "up a step", "up by 3 to 5", "up by 6 or more")
MELODY_FEATURES: tuple[str, ...] = (
    "notes a quarter",
    "mean pitch",
    "range",
    "mean interval",
    "log of the mean length",
    *(f"contour {place + 1} of {_EIGHTHS}" for place in range(_EIGHTHS)),
    *(f"onsets {place + 1} of {_ONSETS} of the bar" for place in range(_ONSETS)),
    *(f"degree {degree}" for degree in range(12)),
    *_LEAPS,
)


def _leap(interval: int) -> int:
    """The index of an interval in :data:`_LEAPS`."""
    size = abs(interval)
    far = 0 if size == 0 else 1 if size <= 2 else 2 if size <= 5 else 3
    return 3 + (far if interval > 0 else -far)


def melody_features(piece: Line) -> NDArray[np.float32]:
    """The features of a melody, float32 [features], see :data:`MELODY_FEATURES`; all zero where there are no notes."""
    notes = piece.notes
    found = [0.0] * len(MELODY_FEATURES)
    if not notes:
        return np.asarray(found, np.float32)
    count, length, bar = len(notes), max(1, piece.length), piece.metres[0].bar
    pitches = [note.pitch for note in notes]
    mean = sum(pitches) / count
    leaps = [after - before for before, after in pairwise(pitches)]
    found[0] = count * TICKS / length
    found[1] = mean
    found[2] = max(pitches) - min(pitches)
    found[3] = sum(map(abs, leaps)) / len(leaps) if leaps else 0.0
    found[4] = math.log(max(1.0, sum(note.end - note.start for note in notes) / count) / TICKS)
    at, contour, heard = 5, [0.0] * _EIGHTHS, [0] * _EIGHTHS
    for note in notes:
        part = min(_EIGHTHS - 1, note.start * _EIGHTHS // length)
        contour[part] += note.pitch
        heard[part] += 1
    levels = [total / number if number else mean for total, number in zip(contour, heard, strict=True)]
    middle = sum(levels) / _EIGHTHS
    found[at : at + _EIGHTHS] = [level - middle for level in levels]
    at += _EIGHTHS
    tonic = piece.tonic or 0
    for note in notes:
        found[at + (note.start - piece.pickup) % bar * _ONSETS // bar] += 1 / count
        found[at + _ONSETS + (note.pitch - tonic) % 12] += 1 / count
    at += _ONSETS + 12
    for leap in leaps:
        found[at + _leap(leap)] += 1 / len(leaps)
    return np.asarray(found, np.float32)
