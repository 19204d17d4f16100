"""Mix two drum patterns step by step without a model, as a baseline for paths through the latent space."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from genstudio.domains.drums.piece import DrumPattern
from genstudio.domains.drums.symbols import from_symbols, to_symbols
from genstudio.domains.drums.voices import STEP, Hit, hits_of, notes_of, struck
from genstudio.domains.music.notes import bar_lines

__all__ = ["mix"]


def mix(a: DrumPattern, b: DrumPattern, share: float, seed: int) -> DrumPattern:
    """Take each sixteenth with its hits from b with probability ``share``, else from a (the baseline of Roberts et al. 2018).

    Bars are aligned; metres and the number of bars are taken from a or b, also at random with ``share``. Where one pattern lacks a
    sixteenth, the other's is taken.

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
    steps = {id(piece): struck(piece) for piece in (a, b)}
    lines, others = bar_lines(frame), bar_lines(other)
    most = max(end - start for line in (lines, others) for start, end in pairwise(line)) // STEP
    drawn = rng.random((max(len(lines), len(others)), most))
    hits: list[Hit] = []
    for bar, (start, end) in enumerate(pairwise(lines)):
        for place in range((end - start) // STEP):
            source, line = (b if drawn[bar, place] < share else a), start
            if source is not frame:
                there = bar + 1 < len(others) and others[bar] + place * STEP < others[bar + 1]
                source, line = (other, others[bar]) if there else (frame, start)
            taken = steps[id(source)].get(line // STEP + place, ())
            hits += hits_of(taken, start - line)
    mixed = replace(frame, notes=notes_of(hits), title="", source="", labels=())
    return from_symbols(to_symbols(mixed))
