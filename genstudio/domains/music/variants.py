"""What random variants of melodies and of scores share: other bar lines, and half or double the speed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from genstudio.domains.music.notes import Music
from genstudio.domains.music.time import DENOMINATORS, MetreChange, bar_ticks, supported_metre

__all__ = ["rebarred", "stretch"]

M = TypeVar("M", bound=Music)

# Among these are metres with bars of equal, half and double length.
_METRES = ((2, 4), (3, 4), (4, 4), (6, 8), (3, 8), (9, 8), (12, 8), (2, 2), (3, 2), (6, 4), (4, 2), (5, 4), (4, 8))
_FINEST = 20  # ticks; music that would need shorter times is not changed


def stretch(
    music: Music, times: Iterable[int], rng: np.random.Generator
) -> tuple[Callable[[int], int], tuple[MetreChange, ...]] | None:
    """Halve or double the lengths of music, and the note value of its beats.

    Args:
        music: the music.
        times: the ticks at which anything in it begins or ends.
        rng: for the choice.

    Returns:
        A function of ticks, and the metres; None where a metre or a time would not be possible.
    """
    up = bool(rng.random() < 0.6)

    def scaled(tick: int) -> int:
        return tick * 2 if up else tick // 2

    metres = []
    for change in music.metres:
        denominator = change.denominator // 2 if up else change.denominator * 2
        metre = supported_metre(change.numerator, denominator) if denominator in DENOMINATORS else None
        if metre is None:
            return None
        metres.append(MetreChange(scaled(change.tick), *metre))
    if not up and (any(tick % (2 * _FINEST) for tick in times) or music.pickup % 2 or any(c.tick % 2 for c in music.metres)):
        return None
    return scaled, tuple(metres)


def rebarred(music: M, rng: np.random.Generator) -> M:
    """Change the metre, mostly to one whose bar is as long, half or twice as long, and keep the notes."""
    if len(music.metres) > 1:
        return music
    now = music.metres[0][1:]
    size = bar_ticks(*now)
    near = [metre for metre in _METRES if metre != now and bar_ticks(*metre) in (size, size * 2, size // 2)]
    other = [metre for metre in _METRES if metre != now]
    choice = near if near and rng.random() < 0.75 else other
    metre = choice[int(rng.integers(len(choice)))]
    bar = bar_ticks(*metre)
    pickup = music.pickup % bar
    length = pickup + -(-(music.length - pickup) // bar) * bar
    return replace(music, metres=(MetreChange(0, *metre),), pickup=pickup, length=length)
