"""Mix two scores bar by bar without a model, as a baseline for paths through the latent space."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from genstudio.domains.music.notes import bar_lines
from genstudio.domains.score.piece import Score, cut
from genstudio.domains.score.symbols import from_symbols, to_symbols

__all__ = ["mix"]


def mix(a: Score, b: Score, share: float, seed: int) -> Score:
    """Take each bar of each part from b with probability ``share``, else from a.

    Metre, pickup and number of bars are those of a or b, also at random with ``share``, and pitches are relative to its reference
    pitch. Where one score lacks a bar of that length or a part, the other's is taken.

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
    frame, other = (b, a) if rng.random() < share else (a, b)
    lines, others = [0, *bar_lines(frame)], [0, *bar_lines(other)]
    drawn = rng.random((len(lines), len(frame.parts))) < share
    shift = frame.tonic - other.tonic
    parts = []
    for index, part in enumerate(frame.parts):
        notes, chords = [], []
        second = other.parts[index] if index < len(other.parts) and other.parts[index].role == part.role else None
        for bar, (start, end) in enumerate(pairwise(lines)):
            taken = (b if drawn[bar, index] else a) is other
            fits = second is not None and bar + 1 < len(others) and others[bar + 1] - others[bar] == end - start
            foreign = taken and fits and end > start
            source, at = (other, others[bar]) if foreign else (frame, start)
            if end == start:
                continue
            bars = cut(source, at, at + end - start, "").parts[index]
            move = shift if foreign and part.pitched else 0
            notes += [
                note._replace(start=note.start + start, end=note.end + start, pitch=min(127, max(0, note.pitch + move)))
                for note in bars.notes
            ]
            chords += [
                chord._replace(
                    start=chord.start + start, end=chord.end + start, root=(chord.root + (shift if foreign else 0)) % 12,
                    bass=(chord.bass + (shift if foreign else 0)) % 12 if chord.bass >= 0 else -1,
                )
                for chord in bars.chords
            ]  # fmt: skip
        parts.append(replace(part, notes=tuple(notes), chords=tuple(chords), lyrics=()))
    made = Score.build(parts, frame.metres, frame.tempos, frame.pickup, frame.length, tonic=frame.tonic)
    return from_symbols(to_symbols(made))
