"""The attributes of melodies.

Conventions: time is in ticks, 480 per quarter; pitches and intervals are in semitones. Every attribute is finite for every melody
that a model may generate, and zero where there is nothing to measure (mean pitch: middle C).
"""

from __future__ import annotations

from itertools import pairwise

from genstudio.domains.base import Attribute
from genstudio.domains.music.line import Line
from genstudio.domains.music.syncopation import syncopation
from genstudio.domains.music.time import TICKS

__all__ = ["ATTRIBUTES"]

_MAJOR = frozenset((0, 2, 4, 5, 7, 9, 11))
# For each of the twelve diatonic scales, whether each pitch class is in it. Modes and natural minor have the same pitch classes.
_SCALES = tuple(tuple((pitch - tonic) % 12 in _MAJOR for pitch in range(12)) for tonic in range(12))


def _density(melody: Line) -> float:
    return len(melody.notes) * TICKS / melody.length if melody.length else 0.0


def _pitch(melody: Line) -> float:
    notes = melody.notes
    return sum(note.pitch for note in notes) / len(notes) if notes else 60.0


def _range(melody: Line) -> float:
    pitches = [note.pitch for note in melody.notes]
    return float(max(pitches) - min(pitches)) if pitches else 0.0


def _intervals(melody: Line) -> list[int]:
    notes = melody.notes
    return [abs(b.pitch - a.pitch) for a, b in pairwise(notes)]


def _interval(melody: Line) -> float:
    intervals = _intervals(melody)
    return sum(intervals) / len(intervals) if intervals else 0.0


def _steps(melody: Line) -> float:
    intervals = _intervals(melody)
    return sum(interval <= 2 for interval in intervals) / len(intervals) if intervals else 0.0


def _rests(melody: Line) -> float:
    return 1.0 - sum(note.end - note.start for note in melody.notes) / melody.length if melody.length else 0.0


def _diatonicity(melody: Line) -> float:
    held = [0] * 12
    for note in melody.notes:
        held[note.pitch % 12] += note.end - note.start
    total = sum(held)
    if not total:
        return 0.0
    return max(sum(time for time, inside in zip(held, scale, strict=True) if inside) for scale in _SCALES) / total


def _syncopation(melody: Line) -> float:
    return syncopation([note.start for note in melody.notes], melody)


ATTRIBUTES = (
    Attribute("density", "Note density", "notes a quarter", "Onsets for each quarter of the whole length.", _density),
    Attribute("pitch", "Mean pitch", "semitones", "Mean MIDI pitch of the notes (60 is middle C).", _pitch),
    Attribute("range", "Range", "semitones", "Highest minus lowest pitch.", _range),
    Attribute("interval", "Interval size", "semitones", "Mean absolute interval from note to note.", _interval),
    Attribute(
        "syncopation",
        "Syncopation",
        "levels a note",
        "For each note: by how many metrical levels the strongest position at which it is held, or that is silent after it, is "
        "above the position where it begins, zero where none is stronger; then the mean over the notes (after H. C. "
        "Longuet-Higgins, C. S. Lee, The rhythmic interpretation of monophonic music, Music Perception 1, 1984). The levels are "
        "the bar, its half, the beat, and halves (in compound metres first thirds) of it.",
        _syncopation,
    ),
    Attribute("steps", "Stepwise motion", "share", "Share of the intervals that are of two semitones or less.", _steps),
    Attribute("rests", "Rests", "share", "Share of the length that is silent.", _rests),
    Attribute(
        "diatonicity",
        "Diatonicity",
        "share",
        "Share of the sounding time with pitches in the best-fitting of the twelve diatonic scales.",
        _diatonicity,
    ),
)
