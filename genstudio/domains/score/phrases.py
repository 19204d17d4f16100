"""The keys of the phrases of a score."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from genstudio.domains.score.piece import KeyChange, Score, durations, last_pitch_class
from genstudio.domains.score.tonality import key_of, key_scores, reference_pitch

__all__ = ["phrase_tonics"]

_SECTION = 0.25  # in units of the correlation
_AROUND = 8  # bars on each side of a phrase that its key depends on


def phrase_tonics(score: Score, spans: Sequence[tuple[int, int]], lines: Sequence[int]) -> list[int]:
    """The reference pitch of each span of bars.

    It is the key of the section between two changes of key signature, unless the notes around the span clearly have another.

    Args:
        score: the whole piece.
        spans: the first bar (from 0) of each span, and the bar after its last.
        lines: the bar lines of the score.
    """
    parts = [part for part in score.parts if part.pitched] if score.notes else score.parts
    # Sums up to each bar line: then the sum of any bars is a difference.
    bars = np.cumsum([np.zeros(12), *(durations(parts, start, end) for start, end in pairwise(lines))], 0)
    changes = [KeyChange(0, score.key), *score.key_changes]
    ends = [change.tick for change in changes[1:]] + [score.length]
    sections = []
    for change, end in zip(changes, ends, strict=True):
        first, last = bisect_left(lines, change.tick), bisect_left(lines, end)
        key = key_of(bars[last] - bars[first], change.name, last_pitch_class(parts, change.tick, end))
        sections.append((first, last, change.name, key))
    found = []
    for first, last in spans:
        begin, end, name, key = next(section for section in reversed(sections) if section[0] <= (first + last) // 2)
        fits = key_scores(bars[min(end, last + _AROUND)] - bars[max(begin, first - _AROUND)], name)
        fits[key] += _SECTION
        found.append(reference_pitch(int(fits.argmax())))
    return found
