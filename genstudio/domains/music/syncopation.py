"""How syncopated a rhythm is.

After H. C. Longuet-Higgins, C. S. Lee, The rhythmic interpretation of monophonic music, Music Perception 1, 1984.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from genstudio.domains.music.notes import Music, bar_lines
from genstudio.domains.music.time import TICKS, bar_ticks, beat_ticks, is_compound

__all__ = ["syncopation"]

_OFF = -6  # the weight of a place that no division of the beat by two reaches


@lru_cache(maxsize=64)
def _weights(numerator: int, denominator: int) -> tuple[tuple[int, int], ...]:
    """``(spacing in ticks, weight)`` of the levels of a metre, the strongest first; a place has the first that divides it."""
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
    """By how many metrical levels the strongest silent place after an onset is above the onset's own, mean over the onsets.

    Args:
        starts: the onsets in ticks, sorted, each once; each sounds or is followed by rest up to the next, the last to the end.
        music: whose bars and metres they stand in.
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
