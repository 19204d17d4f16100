"""Random variants of melodies, for training on what a collection lacks: long notes, other metres, short pieces.

A model that has only seen dance tunes of 32 bars reconstructs other music as if it were one. Each variant keeps the order of the
notes and is a valid melody, but not meant to be heard.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from genstudio.domains.melody.piece import Melody
from genstudio.domains.music.notes import Note, bar_lines, cut
from genstudio.domains.music.variants import rebarred, stretch

__all__ = ["variant"]


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
        made = rebarred(made, rng)
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
    found = stretch(melody, (tick for note in melody.notes for tick in note[:2]), rng)
    if found is None:
        return melody
    scaled, metres = found
    notes = tuple(note._replace(start=scaled(note.start), end=scaled(note.end)) for note in melody.notes)
    return replace(melody, notes=notes, metres=metres, pickup=scaled(melody.pickup), length=scaled(melody.length))


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
