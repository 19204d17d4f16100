"""Two melodies mixed note by note, as it can be done without a model: what a path through the latent space is measured against."""

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
    """Each sixteenth of the melody is b's with the probability ``share``, else a's (the baseline of Roberts et al. 2018).

    What a sixteenth says is whether the sounding note goes on, ends or gives way to others, wherever in it that is. It is
    kinder than mixing pitches and bars blindly would be: bar is laid on bar, pitches are relative to the reference pitch, and
    reference pitch, metre, pickup and number of bars are those of one of the two, drawn with ``share`` as well. Where one has no
    such sixteenth the other's is taken.

    Args:
        a: the result at a share of 0.
        b: the result at a share of 1.
        share: the probability of b.
        seed: of what is drawn.
    """
    if share <= 0.0:
        return a
    if share >= 1.0:
        return b
    draw = np.random.default_rng(seed)
    header = draw.random(2) < share
    frame, other = (b, a) if header[0] else (a, b)
    tonic = b.tonic if header[1] else a.tonic
    lines, others = bar_lines(frame), bar_lines(other)
    drawn = draw.random((max(len(lines), len(others)), _CELLS))
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
    """Bar (0: the pickup), number within it, start and end (ticks) of each sixteenth; a pickup's are counted from its end."""
    for place in reversed(range(-(-lines[0] // _CELL))):
        yield 0, place, max(0, lines[0] - (place + 1) * _CELL), lines[0] - place * _CELL
    for bar, (start, stop) in enumerate(pairwise(lines), start=1):
        for place in range((stop - start) // _CELL):
            yield bar, place, start + place * _CELL, start + (place + 1) * _CELL


class _Voice:
    """The notes of a melody, found by time."""

    def __init__(self, melody: Melody) -> None:
        self._notes = melody.notes
        self._starts = [note.start for note in melody.notes]

    def held(self, tick: int) -> Note | None:
        """The note that began before ``tick`` and sounds on there."""
        index = bisect_left(self._starts, tick) - 1
        return self._notes[index] if index >= 0 and self._notes[index].end > tick else None

    def begun(self, start: int, stop: int) -> Sequence[Note]:
        """The notes that begin from ``start`` to before ``stop``."""
        return self._notes[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]
