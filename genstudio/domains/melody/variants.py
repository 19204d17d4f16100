"""Random variants of melodies, for training on what a collection lacks: long notes, other metres, short pieces.

A model that has only seen dance tunes of 32 bars reconstructs other music as if it were one. Each variant keeps the order of the
notes and is a valid melody, but not meant to be heard.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from genstudio.domains.melody.piece import Melody
from genstudio.domains.music.notes import Note, bar_lines, cut
from genstudio.domains.music.time import DENOMINATORS, NUMERATORS, MetreChange, bar_ticks, supported_metre

__all__ = ["variant"]

# Among these are metres with bars of equal, half and double length.
_METRES = ((2, 4), (3, 4), (4, 4), (6, 8), (3, 8), (9, 8), (12, 8), (2, 2), (3, 2), (6, 4), (4, 2), (5, 4), (4, 8))
_FINEST = 20  # ticks; a melody that would need shorter times is not changed


def variant(piece: Melody, rng: np.random.Generator, length: int) -> Melody:
    """A random variant of at most ``length`` bars; the piece itself where no note would be left.

    One after another, each with its own probability: a part of the melody is taken; its speed is halved or doubled; the bar lines
    change; notes are removed; pitches change.

    Args:
        piece: the melody.
        rng: for all random choices.
        length: the largest number of bars; 0: no limit.
    """
    drawn = rng.random(5)
    made = piece
    if drawn[0] < 0.35:
        made = _part(made, rng)
    if drawn[1] < 0.3:
        made = _stretched(made, rng)
    if drawn[2] < 0.35:
        made = _rebarred(made, rng)
    if drawn[3] < 0.35:
        made = _thinned(made, rng)
    if drawn[4] < 0.25 and made.notes:  # a part may have only rests
        made = _bent(made, rng)
    lines = bar_lines(made)
    if length and len(lines) - 1 > length:
        made = cut(made, 0, lines[length], made.title)
    return made if made.notes else piece


def _part(melody: Melody, rng: np.random.Generator) -> Melody:
    lines = bar_lines(melody)
    bars = len(lines) - 1
    if bars < 2:
        return melody
    count = int(rng.integers(1, bars))
    first = int(rng.integers(0, bars - count + 1))
    return cut(melody, 0 if first == 0 else lines[first], lines[first + count], melody.title)


def _stretched(melody: Melody, rng: np.random.Generator) -> Melody:
    up = bool(rng.random() < 0.6)
    metres = []
    for change in melody.metres:
        denominator = change.denominator // 2 if up else change.denominator * 2
        metre = supported_metre(change.numerator, denominator) if denominator in DENOMINATORS else None
        if metre is None:
            return melody
        metres.append(MetreChange(change.tick * 2 if up else change.tick // 2, *metre))
    times = [tick for note in melody.notes for tick in note[:2]]
    if not up and (any(tick % (2 * _FINEST) for tick in times) or melody.pickup % 2 or any(c.tick % 2 for c in melody.metres)):
        return melody

    def scaled(tick: int) -> int:
        return tick * 2 if up else tick // 2

    notes = tuple(note._replace(start=scaled(note.start), end=scaled(note.end)) for note in melody.notes)
    return replace(melody, notes=notes, metres=tuple(metres), pickup=scaled(melody.pickup), length=scaled(melody.length))


def _rebarred(melody: Melody, rng: np.random.Generator) -> Melody:
    """Change the metre, mostly to one whose bar is as long, half or twice as long, and keep the notes."""
    if len(melody.metres) > 1:
        return melody
    now = melody.metres[0][1:]
    size = bar_ticks(*now)
    near = [metre for metre in _METRES if metre != now and bar_ticks(*metre) in (size, size * 2, size // 2)]
    other = [metre for metre in _METRES if metre != now]
    choice = near if near and rng.random() < 0.75 else other
    metre = choice[int(rng.integers(len(choice)))]
    assert metre[0] in NUMERATORS
    bar = bar_ticks(*metre)
    pickup = melody.pickup % bar
    length = pickup + -(-(melody.length - pickup) // bar) * bar
    return replace(melody, metres=(MetreChange(0, *metre),), pickup=pickup, length=length)


def _thinned(melody: Melody, rng: np.random.Generator) -> Melody:
    """Remove some notes; for each, the note before is held longer or there is a rest."""
    gone = rng.random(len(melody.notes)) < rng.uniform(0.1, 0.7)
    rest = rng.random(len(melody.notes)) < 0.25
    notes: list[Note] = []
    for note, drop, silent in zip(melody.notes, gone, rest, strict=True):
        if drop and notes:
            if not silent and notes[-1].end == note.start:
                notes[-1] = notes[-1]._replace(end=note.end)
            continue
        notes.append(note)
    return replace(melody, notes=tuple(notes))


def _bent(melody: Melody, rng: np.random.Generator) -> Melody:
    """Change the pitches and keep the rhythm: mirror them at the median, or move some notes."""
    pitches = np.array([note.pitch for note in melody.notes])
    if rng.random() < 0.4:
        pitches = 2 * round(float(np.median(pitches))) - pitches
    else:
        moved = rng.random(len(pitches)) < rng.uniform(0.05, 0.5)
        pitches = pitches + np.where(moved, rng.integers(-7, 8, len(pitches)), 0)
    pitches = np.clip(pitches, 0, 127).tolist()
    return replace(melody, notes=tuple(note._replace(pitch=pitch) for note, pitch in zip(melody.notes, pitches, strict=True)))
