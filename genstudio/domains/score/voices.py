"""How the parts of a score go together: parallels, crossings, ranges, one key.

Voices are the parts with a pitch. Where a part has several notes at once the outer ones count: of two parts, the highest of the
first (upper) one and the lowest of the second.

Sources. Parallels: D. Huron, Tone and voice, Music Perception 19 (2001); W. Piston, Harmony (1941). Ranges: S. Adler, The study
of orchestration, 3rd edition (2002), as sounding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.music.notes import Note
from genstudio.domains.score.piece import Part, Score, pitches_of

__all__ = ["RANGES", "crossings", "in_one_key", "outside", "parallels", "pitch_classes"]

SCALE = (0, 2, 4, 5, 7, 9, 11)
LEAST, INSIDE = 4, 0.8
"""For :func:`in_one_key`: how many notes or chord symbols a part needs to count, and how much of its time is in the scale."""

RANGES: dict[int, tuple[int, int]] = {
    **dict.fromkeys(range(8), (21, 108)), 6: (29, 89), 8: (60, 108), 9: (79, 108), 11: (53, 89), 12: (45, 96), 13: (65, 108),
    **dict.fromkeys(range(16, 24), (36, 96)), **dict.fromkeys(range(24, 32), (40, 88)), **dict.fromkeys(range(32, 40), (28, 67)),
    40: (55, 105), 41: (48, 91), 42: (36, 84), 43: (24, 67), 44: (28, 105), 45: (28, 105), 46: (23, 104), 47: (36, 60),
    **dict.fromkeys(range(48, 52), (28, 105)), **dict.fromkeys(range(52, 55), (40, 84)),
    56: (52, 86), 57: (34, 77), 58: (26, 65), 59: (52, 86), 60: (34, 77), 61: (26, 86), 62: (26, 86), 63: (26, 86),
    64: (56, 88), 65: (49, 81), 66: (44, 76), 67: (36, 69), 68: (58, 93), 69: (52, 81), 70: (34, 77), 71: (50, 94),
    72: (74, 108), 73: (59, 98), 74: (65, 98),
}  # fmt: skip
"""The lowest and highest pitch of instruments, by the number of General MIDI; of voices (52 to 54) those of a choir."""


def parallels(score: Score, interval: int) -> int:
    """The number of parallel perfect fifths (``interval`` 7) or octaves and unisons (0).

    These are two such intervals, each with any number of octaves more, one after the other between the same two parts, which both
    move in the same direction. The two notes of the second one begin together; those before them sounded together.
    """
    count = 0
    for upper, lower in _pairs(score):
        places = {note.start: place for place, note in enumerate(lower)}
        for a0, a1 in pairwise(upper):
            place = places.get(a1.start, 0)
            if not place:
                continue
            b0, b1 = lower[place - 1], lower[place]
            together = max(a0.start, b0.start) < min(a0.end, b0.end)
            same = abs(a0.pitch - b0.pitch) % 12 == abs(a1.pitch - b1.pitch) % 12 == interval
            count += together and same and (a1.pitch - a0.pitch) * (b1.pitch - b0.pitch) > 0
    return count


def crossings(score: Score) -> int:
    """The number of times that a note begins, in one of two parts, while the first of them sounds below the second."""
    count = 0
    for upper, lower in _pairs(score):
        place = 0
        for note in upper:
            while place < len(lower) and lower[place].end <= note.start:
                place += 1
            beside = place
            while beside < len(lower) and lower[beside].start < note.end:
                count += note.pitch < lower[beside].pitch
                beside += 1
    return count


def outside(score: Score) -> int:
    """The number of notes outside the range of their instrument, see :data:`RANGES`."""
    ranges = [(part, RANGES.get(part.program, (0, 127))) for part in score.parts if part.pitched]
    return sum(not low <= note.pitch <= high for part, (low, high) in ranges for note in part.notes)


def in_one_key(score: Score) -> bool | None:
    """Whether one scale, of the twelve of the major keys, has at least :data:`INSIDE` of the sounding time of each part.

    Parts with fewer than :data:`LEAST` notes or chord symbols do not count; None where fewer than two do.
    """
    parts = [part for part in score.parts if part.role != "drums" and max(len(part.notes), len(part.chords)) >= LEAST]
    if len(parts) < 2:
        return None
    times = np.concatenate([pitch_classes(part, (0, score.length)) for part in parts])
    scales = np.stack([np.roll(np.isin(range(12), SCALE), tonic) for tonic in range(12)])
    inside = times @ scales.T / times.sum(1, keepdims=True)
    return bool(inside.min(0).max() >= INSIDE)


def pitch_classes(part: Part, edges: Sequence[int]) -> NDArray[np.float64]:
    """How long each pitch class sounds in a part between consecutive ``edges``, in ticks, float64 [edges - 1, 12]; a chord symbol
    sounds with all its notes."""
    found = [[0] * 12 for _ in edges[1:]]
    sounds = [(note.start, note.end, (note.pitch % 12,)) for note in part.notes]
    for start, end, pitches in [*sounds, *((chord.start, chord.end, pitches_of(chord)) for chord in part.chords)]:
        at = max(0, bisect_right(edges, start) - 1)
        while at < len(found) and edges[at] < end:
            ticks = min(end, edges[at + 1]) - max(start, edges[at])
            for pitch in pitches:
                found[at][pitch] += ticks
            at += 1
    return np.array(found, np.float64)


def _pairs(score: Score) -> Iterator[tuple[list[Note], list[Note]]]:
    """The line of the first and that of the second of any two parts, in the order of the score."""
    parts = [part.notes for part in score.parts if part.pitched]
    for first, second in combinations(parts, 2):
        yield _outer(first), _outer(second, lowest=True)


def _outer(notes: Sequence[Note], lowest: bool = False) -> list[Note]:
    """The highest or lowest note at each onset, until the next."""
    line: dict[int, Note] = {}
    for note in notes:  # of one onset the highest first
        if lowest or note.start not in line:
            line[note.start] = note
    found = list(line.values())
    return [note._replace(end=min(note.end, after.start)) for note, after in pairwise(found)] + found[-1:]
