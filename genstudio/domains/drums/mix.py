"""Two drum patterns mixed step by step, without a model: what a path through the latent space is measured against."""

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
    """Each sixteenth is b's with the probability ``share``, else a's (the baseline of Roberts et al. 2018), with all that is
    struck on it.

    Bar is laid on bar; metres and the number of bars are those of one of the two, drawn with ``share`` as well; where one has no
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
    frame, other = (b, a) if draw.random() < share else (a, b)
    steps = {id(piece): struck(piece) for piece in (a, b)}
    lines, others = bar_lines(frame), bar_lines(other)
    most = max(end - start for line in (lines, others) for start, end in pairwise(line)) // STEP
    drawn = draw.random((max(len(lines), len(others)), most))
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
