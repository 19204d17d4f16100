"""Features of a score that a listener hears; see :mod:`genstudio.domains.melody.features`, whose conventions hold here too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.music.notes import Note
from genstudio.domains.music.time import TICKS
from genstudio.domains.score.piece import ROLES, Score, pitches_of, top_line

__all__ = ["SCORE_FEATURES", "score_features"]

_EIGHTHS, _ONSETS = 8, 12
_LEAPS = ("down by 6 or more", "down by 3 to 5", "down a step", "the same", "up a step", "up by 3 to 5", "up by 6 or more")
_ROLES = ROLES[:5]
SCORE_FEATURES: tuple[str, ...] = (
    "notes sounding at once",
    "mean pitch of the melody",
    "range of the melody",
    "mean interval of the melody",
    "mean pitch of the lowest notes",
    "log of the mean length",
    "chord symbols a bar",
    *(f"notes a quarter: {role}" for role in _ROLES),
    *(f"contour {place + 1} of {_EIGHTHS}" for place in range(_EIGHTHS)),
    *(f"onsets {place + 1} of {_ONSETS} of the bar" for place in range(_ONSETS)),
    *(f"melody onsets {place + 1} of {_ONSETS} of the bar" for place in range(_ONSETS)),
    *(f"degree {degree}" for degree in range(12)),
    *(f"chord root {degree}" for degree in range(12)),
    *_LEAPS,
)


def score_features(piece: Score) -> NDArray[np.float32]:
    """The features of a score, float32 [features], see :data:`SCORE_FEATURES`; all zero where nothing sounds.

    The melody is the highest note at each onset of the part with the role "melody", or of all notes where there is none.
    """
    if piece.silent:
        return np.zeros(len(SCORE_FEATURES), np.float32)
    notes, length, bar = piece.notes, max(1, piece.length), piece.metres[0].bar
    melody = top_line(piece)
    quarters = length / TICKS
    pitches = [note.pitch for note in melody]
    mean = sum(pitches) / len(pitches) if pitches else 0.0
    leaps = [after - before for before, after in pairwise(pitches)]
    sounding = sum(note.end - note.start for note in notes)
    found = [
        sounding / length,
        mean,
        float(max(pitches) - min(pitches)) if pitches else 0.0,
        sum(map(abs, leaps)) / len(leaps) if leaps else 0.0,
        _lowest(notes),
        math.log(max(1.0, sounding / len(notes)) / TICKS) if notes else 0.0,
        len(piece.symbols) * bar / length,
        *(sum(len(part.notes) for part in piece.parts if part.role == role) / quarters for role in _ROLES),
        *_contour(melody, length, mean),
        *_histogram([(note.start - piece.pickup) % bar * _ONSETS // bar for note in notes], [1] * len(notes)),
        *_histogram([(note.start - piece.pickup) % bar * _ONSETS // bar for note in melody], [1] * len(melody)),
    ]
    weighted = [(note.pitch, note.end - note.start) for note in notes]
    weighted += [(pitch, chord.end - chord.start) for chord in piece.symbols for pitch in pitches_of(chord)]
    found += _histogram([(pitch - piece.tonic) % 12 for pitch, _ in weighted], [ticks for _, ticks in weighted])
    chords = piece.symbols
    found += _histogram([(chord.root - piece.tonic) % 12 for chord in chords], [chord.end - chord.start for chord in chords])
    shares = [0.0] * len(_LEAPS)
    for leap in leaps:
        size = abs(leap)
        far = 0 if size == 0 else 1 if size <= 2 else 2 if size <= 5 else 3
        shares[3 + (far if leap > 0 else -far)] += 1 / len(leaps)
    return np.asarray([*found, *shares], np.float32)


def _histogram(places: Sequence[int], weights: Sequence[int], bins: int = 12) -> list[float]:
    counts = [0.0] * bins
    for place, weight in zip(places, weights, strict=True):
        counts[place] += weight
    total = sum(counts)
    return [count / total for count in counts] if total else counts


def _contour(melody: Sequence[Note], length: int, mean: float) -> list[float]:
    sums, heard = [0.0] * _EIGHTHS, [0] * _EIGHTHS
    for note in melody:
        place = min(_EIGHTHS - 1, note.start * _EIGHTHS // length)
        sums[place] += note.pitch
        heard[place] += 1
    levels = [total / number if number else mean for total, number in zip(sums, heard, strict=True)]
    middle = sum(levels) / _EIGHTHS
    return [level - middle for level in levels]


def _lowest(notes: Sequence[Note]) -> float:
    lowest: dict[int, int] = {}
    for note in notes:
        lowest[note.start] = min(note.pitch, lowest.get(note.start, 127))
    return sum(lowest.values()) / len(lowest) if lowest else 0.0
