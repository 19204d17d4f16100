"""What can be measured of a melody.

Conventions: time is in ticks, 480 a quarter; pitches and intervals are in semitones. Every measure is finite for every melody, and
nought where there is nothing to measure (mean pitch: middle C), so that it may be asked of whatever a model writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from genstudio.domains.base import Attribute
from genstudio.domains.music.notes import TICKS, Melody, Music, bar_lines, bar_ticks

__all__ = ["ATTRIBUTES", "syncopation"]

_MAJOR = frozenset((0, 2, 4, 5, 7, 9, 11))
# For each of the twelve diatonic scales whether a pitch class is in it; the modes and the natural minor are among them.
_SCALES = tuple(tuple((pitch - tonic) % 12 in _MAJOR for pitch in range(12)) for tonic in range(12))
_OFF = -6  # the weight of a place that no division of the beat by two reaches


def _density(melody: Melody) -> float:
    return len(melody.notes) * TICKS / melody.length if melody.length else 0.0


def _pitch(melody: Melody) -> float:
    notes = melody.notes
    return sum(note.pitch for note in notes) / len(notes) if notes else 60.0


def _range(melody: Melody) -> float:
    pitches = [note.pitch for note in melody.notes]
    return float(max(pitches) - min(pitches)) if pitches else 0.0


def _intervals(melody: Melody) -> list[int]:
    notes = melody.notes
    return [abs(b.pitch - a.pitch) for a, b in pairwise(notes)]


def _interval(melody: Melody) -> float:
    intervals = _intervals(melody)
    return sum(intervals) / len(intervals) if intervals else 0.0


def _steps(melody: Melody) -> float:
    intervals = _intervals(melody)
    return sum(interval <= 2 for interval in intervals) / len(intervals) if intervals else 0.0


def _rests(melody: Melody) -> float:
    return 1.0 - sum(note.end - note.start for note in melody.notes) / melody.length if melody.length else 0.0


def _diatonicity(melody: Melody) -> float:
    held = [0] * 12
    for note in melody.notes:
        held[note.pitch % 12] += note.end - note.start
    total = sum(held)
    if not total:
        return 0.0
    return max(sum(time for time, inside in zip(held, scale, strict=True) if inside) for scale in _SCALES) / total


@lru_cache(maxsize=64)
def _weights(numerator: int, denominator: int) -> tuple[tuple[int, int], ...]:
    """``(spacing in ticks, weight)`` of the levels of a metre, the strongest first; a place has the first that divides it."""
    bar = bar_ticks(numerator, denominator)
    compound = denominator >= 8 and numerator % 3 == 0 and numerator > 3
    beat = bar_ticks(3 if compound else 1, denominator)
    levels = [bar]
    if (bar // beat) % 2 == 0 and bar // beat > 2:
        levels.append(bar // 2)
    if beat < bar:
        levels.append(beat)
    division = beat // 3 if compound else beat // 2
    while division >= TICKS // 8 and len(levels) < -_OFF:
        levels.append(division)
        division //= 2
    return tuple((spacing, -level) for level, spacing in enumerate(levels))


def syncopation(starts: Sequence[int], music: Music) -> float:
    """Levels a note for onsets at ``starts`` (sorted, each once) of some music; see the help of the attribute."""
    if not starts:
        return 0.0
    lines = bar_lines(music)
    changes = list(music.metres)
    metre = changes.pop(0)
    total = bar = 0
    for tick, until in zip(starts, [*starts[1:], music.length], strict=True):
        while bar + 1 < len(lines) and lines[bar + 1] <= tick:
            bar += 1
        while changes and changes[0].tick <= tick:
            metre = changes.pop(0)
        levels = _weights(metre.numerator, metre.denominator)
        start = tick - lines[bar]  # negative in a pickup, which is the end of a bar
        own = next((weight for spacing, weight in levels if start % spacing == 0), _OFF)
        if own == 0:
            continue
        crossed = lines[bar] if start < 0 else lines[min(bar + 1, len(lines) - 1)]
        if tick < crossed < until:
            total -= own
            continue
        length = until - tick
        for spacing, weight in levels[:-own]:
            if (start // spacing + 1) * spacing < start + length:
                total += weight - own
                break
    return total / len(starts)


def _syncopation(melody: Melody) -> float:
    """A note sounds on, or is followed by rest, up to the next onset or the end."""
    return syncopation([note.start for note in melody.notes], melody)


ATTRIBUTES = (
    Attribute("density", "Note density", "notes a quarter", "Onsets for each quarter of the whole length.", _density),
    Attribute("pitch", "Mean pitch", "semitones", "Mean MIDI pitch of the notes (60 is middle C).", _pitch),
    Attribute("range", "Range", "semitones", "Highest less lowest pitch.", _range),
    Attribute("interval", "Interval size", "semitones", "Mean absolute interval from note to note.", _interval),
    Attribute(
        "syncopation",
        "Syncopation",
        "levels a note",
        "For each note by how many metrical levels the strongest place that it is held over, or that is left silent after it, is "
        "above the place where it begins; nought where none is stronger; the mean over the notes (after H. C. Longuet-Higgins, "
        "C. S. Lee, The rhythmic interpretation of monophonic music, Music Perception 1, 1984). The levels are the bar, its half, "
        "the beat, and halves (in compound metres first thirds) of it.",
        _syncopation,
    ),
    Attribute("steps", "Stepwise motion", "share", "Share of the intervals that are of two semitones or less.", _steps),
    Attribute("rests", "Rests", "share", "Share of the length that is silent.", _rests),
    Attribute(
        "diatonicity",
        "Diatonicity",
        "share",
        "Share of the sounding time whose pitches are in the best-fitting of the twelve diatonic scales.",
        _diatonicity,
    ),
)
