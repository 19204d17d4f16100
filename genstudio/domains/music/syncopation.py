"""The syncopation of a rhythm.

After H. C. Longuet-Higgins, C. S. Lee, The rhythmic interpretation of monophonic music, Music Perception 1, 1984.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from genstudio.domains.music.notes import Music, bar_lines
from genstudio.domains.music.time import TICKS, bar_ticks, beat_ticks, is_compound

__all__ = ["syncopation"]

_OFF = -6  # the weight of a position that is on none of the levels


@lru_cache(maxsize=64)
def _weights(numerator: int, denominator: int) -> tuple[tuple[int, int], ...]:
    """``(spacing in ticks, weight)`` of each metrical level, the strongest first; a position is on the first that divides it."""
    bar = bar_ticks(numerator, denominator)
    beat = beat_ticks(numerator, denominator)
    levels = [bar]
    if (bar // beat) % 2 == 0 and bar // beat > 2:
        levels.append(bar // 2)
    if beat < bar:
        levels.append(beat)
    division = beat // 3 if is_compound(numerator, denominator) else beat // 2
    while division >= TICKS // 8 and len(levels) < -_OFF:
        levels.append(division)
        division //= 2
    return tuple((spacing, -level) for level, spacing in enumerate(levels))


def syncopation(starts: Sequence[int], music: Music) -> float:
    """By how many metrical levels the strongest position between an onset and the next is above the onset; mean over the onsets.

    Args:
        starts: the onsets in ticks, sorted, without repetitions.
        music: the music, for its bars and metres.
    """
    if not starts:
        return 0.0
    lines = bar_lines(music)
    changes = list(music.metres)
    metre = changes.pop(0)
    total = bar = 0
    for tick, until in zip(starts, [*starts[1:], music.length], strict=True):
        while bar + 1 < len(lines) and lines[bar + 1] <= tick:
            bar += 1
        while changes and changes[0].tick <= tick:
            metre = changes.pop(0)
        levels = _weights(metre.numerator, metre.denominator)
        start = tick - lines[bar]  # negative in a pickup, which is the end of a bar
        own = next((weight for spacing, weight in levels if start % spacing == 0), _OFF)
        if own == 0:
            continue
        crossed = lines[bar] if start < 0 else lines[min(bar + 1, len(lines) - 1)]
        if tick < crossed < until:
            total -= own
            continue
        length = until - tick
        for spacing, weight in levels[:-own]:
            if (start // spacing + 1) * spacing < start + length:
                total += weight - own
                break
    return total / len(starts)
