"""Melodies made of melodies, for training: what a collection lacks (long notes, other metres, short pieces) made of what it has.

A model that has only seen thirty-two-bar dance tunes writes other music back as if it were one. Each variant keeps the notes' order
and is a valid melody; none is meant to be heard.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from genstudio.domains.melody.piece import Melody
from genstudio.domains.music.notes import Note, bar_lines, cut
from genstudio.domains.music.time import DENOMINATORS, NUMERATORS, MetreChange, bar_ticks, supported_metre

__all__ = ["variant"]

# Metres of one bar length, and of half and double length: a bar line more or less.
_METRES = ((2, 4), (3, 4), (4, 4), (6, 8), (3, 8), (9, 8), (12, 8), (2, 2), (3, 2), (6, 4), (4, 2), (5, 4), (4, 8))
_FINEST = 20  # ticks; what needs finer ones is left as it is


def variant(piece: Melody, draw: np.random.Generator, length: int) -> Melody:
    """One variant of at most ``length`` bars, chosen by ``draw``; the piece itself where nothing fits.

    In turn, each with a probability of its own: a part of it; twice or half as slow; other bar lines; fewer notes; bent intervals.

    Args:
        piece: the melody that it is made of.
        draw: decides what is done.
        length: the most bars of the result; 0 for any number.
    """
    drawn = draw.random(5)
    made = piece
    if drawn[0] < 0.35:
        made = _part(made, draw)
    if drawn[1] < 0.3:
        made = _stretched(made, draw)
    if drawn[2] < 0.35:
        made = _rebarred(made, draw)
    if drawn[3] < 0.35:
        made = _thinned(made, draw)
    if drawn[4] < 0.25 and made.notes:  # a part may be of rests only
        made = _bent(made, draw)
    lines = bar_lines(made)
    if length and len(lines) - 1 > length:
        made = cut(made, 0, lines[length], made.title)
    return made if made.notes else piece


def _part(melody: Melody, draw: np.random.Generator) -> Melody:
    lines = bar_lines(melody)
    bars = len(lines) - 1
    if bars < 2:
        return melody
    count = int(draw.integers(1, bars))
    first = int(draw.integers(0, bars - count + 1))
    return cut(melody, 0 if first == 0 else lines[first], lines[first + count], melody.title)


def _stretched(melody: Melody, draw: np.random.Generator) -> Melody:
    up = bool(draw.random() < 0.6)
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


def _rebarred(melody: Melody, draw: np.random.Generator) -> Melody:
    """The same notes under other bar lines: mostly those of a metre whose bar is as long, half or twice as long."""
    if len(melody.metres) > 1:
        return melody
    now = melody.metres[0][1:]
    size = bar_ticks(*now)
    near = [metre for metre in _METRES if metre != now and bar_ticks(*metre) in (size, size * 2, size // 2)]
    other = [metre for metre in _METRES if metre != now]
    choice = near if near and draw.random() < 0.75 else other
    metre = choice[int(draw.integers(len(choice)))]
    assert metre[0] in NUMERATORS
    bar = bar_ticks(*metre)
    pickup = melody.pickup % bar
    length = pickup + -(-(melody.length - pickup) // bar) * bar
    return replace(melody, metres=(MetreChange(0, *metre),), pickup=pickup, length=length)


def _thinned(melody: Melody, draw: np.random.Generator) -> Melody:
    """Some notes are gone: the one before is held on, or there is a rest."""
    gone = draw.random(len(melody.notes)) < draw.uniform(0.1, 0.7)
    rest = draw.random(len(melody.notes)) < 0.25
    notes: list[Note] = []
    for note, drop, silent in zip(melody.notes, gone, rest, strict=True):
        if drop and notes:
            if not silent and notes[-1].end == note.start:
                notes[-1] = notes[-1]._replace(end=note.end)
            continue
        notes.append(note)
    return replace(melody, notes=tuple(notes))


def _bent(melody: Melody, draw: np.random.Generator) -> Melody:
    """Other pitches to the same rhythm: mirrored, or some notes moved."""
    pitches = np.array([note.pitch for note in melody.notes])
    if draw.random() < 0.4:
        pitches = 2 * round(float(np.median(pitches))) - pitches
    else:
        moved = draw.random(len(pitches)) < draw.uniform(0.05, 0.5)
        pitches = pitches + np.where(moved, draw.integers(-7, 8, len(pitches)), 0)
    pitches = np.clip(pitches, 0, 127).tolist()
    return replace(melody, notes=tuple(note._replace(pitch=pitch) for note, pitch in zip(melody.notes, pitches, strict=True)))
