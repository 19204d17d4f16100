"""The keys of the phrases of a score."""

from __future__ import annotations

from collections.abc import Sequence

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
    parts = score.parts
    changes = [KeyChange(0, score.key), *score.key_changes]
    ends = [change.tick for change in changes[1:]] + [score.length]
    sections = [
        (change, end, key_of(durations(parts, change.tick, end), change.name, last_pitch_class(parts, change.tick, end)))
        for change, end in zip(changes, ends, strict=True)
    ]
    found = []
    for first, last in spans:
        middle = (lines[first] + lines[last]) // 2
        change, end, key = next(section for section in reversed(sections) if section[0].tick <= middle)
        start = max(change.tick, lines[max(0, first - _AROUND)])
        until = min(end, lines[min(len(lines) - 1, last + _AROUND)])
        fits = key_scores(durations(parts, start, until), change.name)
        fits[key] += _SECTION
        found.append(reference_pitch(int(fits.argmax())))
    return found
