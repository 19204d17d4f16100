"""Mix two melodies note by note without a model, as a baseline for paths through the latent space."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from genstudio.domains.melody.piece import Melody
from genstudio.domains.melody.symbols import from_symbols, to_symbols
from genstudio.domains.music.notes import Note, bar_lines
from genstudio.domains.music.time import TICKS

__all__ = ["mix"]

_CELL = TICKS // 4
_CELLS = 128  # sixteenths of the longest bar


def mix(a: Melody, b: Melody, share: float, seed: int) -> Melody:
    """Take each sixteenth from b with probability ``share``, else from a (the baseline of Roberts et al. 2018).

    A sixteenth contains whether the sounding note continues or ends, and the notes that begin within it. The mix is made as good as
    possible: bars are aligned, pitches are relative to the reference pitch, and reference pitch, metre, pickup and number of bars
    are taken from a or b, also at random with ``share``. Where one melody lacks a sixteenth, the other's is taken.

    Args:
        a: the result at a share of 0.
        b: the result at a share of 1.
        share: the probability of b.
        seed: of the random choices.
    """
    if share <= 0.0:
        return a
    if share >= 1.0:
        return b
    rng = np.random.default_rng(seed)
    header = rng.random(2) < share
    frame, other = (b, a) if header[0] else (a, b)
    tonic = b.tonic if header[1] else a.tonic
    lines, others = bar_lines(frame), bar_lines(other)
    drawn = rng.random((max(len(lines), len(others)), _CELLS))
    voices = {id(melody): _Voice(melody) for melody in (a, b)}
    notes: list[Note] = []
    sounding: tuple[int, int] | None = None  # start, pitch

    def end(tick: int) -> None:
        nonlocal sounding
        if sounding is not None and sounding[0] < tick:
            notes.append(Note(sounding[0], tick, sounding[1]))
        sounding = None

    for bar, place, start, stop in _cells(lines):
        source, at = (b if drawn[bar, place] < share else a), start
        if source is not frame:
            # Bar 0 is the pickup, which ends where bar 1 begins.
            line = max(0, bar - 1)
            there = start - lines[line] + others[line] if bar < len(others) else -1
            if there >= 0 and there + stop - start <= others[bar]:
                at = there
            else:
                source = frame
        voice = voices[id(source)]
        held = voice.held(at)
        if held is None:
            end(start)
        elif held.end < at + stop - start:
            end(start + held.end - at)
        for note in voice.begun(at, at + stop - start):
            end(start + note.start - at)
            sounding = (start + note.start - at, note.pitch - source.tonic + tonic)
            if note.end < at + stop - start:
                end(start + note.end - at)
    end(frame.length)
    return from_symbols(to_symbols(replace(frame, notes=tuple(notes), tonic=tonic)))


def _cells(lines: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Bar (0: the pickup), number in the bar, start and end (ticks) of each sixteenth; in a pickup, numbers count from its end."""
    for place in reversed(range(-(-lines[0] // _CELL))):
        yield 0, place, max(0, lines[0] - (place + 1) * _CELL), lines[0] - place * _CELL
    for bar, (start, stop) in enumerate(pairwise(lines), start=1):
        for place in range((stop - start) // _CELL):
            yield bar, place, start + place * _CELL, start + (place + 1) * _CELL


class _Voice:
    """Finds the notes of a melody by time."""

    def __init__(self, melody: Melody) -> None:
        self._notes = melody.notes
        self._starts = [note.start for note in melody.notes]

    def held(self, tick: int) -> Note | None:
        """The note that began before ``tick`` and still sounds there."""
        index = bisect_left(self._starts, tick) - 1
        return self._notes[index] if index >= 0 and self._notes[index].end > tick else None

    def begun(self, start: int, stop: int) -> Sequence[Note]:
        """The notes that begin at ``start`` or later, but before ``stop``."""
        return self._notes[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]
