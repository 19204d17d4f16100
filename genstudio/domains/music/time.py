"""Time in music: metres, bars and tempos, without notes.

Conventions: time is in ticks, 480 per quarter; ends are exclusive; tempos are in quarters per minute. Bars follow one another
from the end of the pickup on; the metre at the start of a bar gives its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from genstudio.errors import ConfigError

__all__ = [
    "DEFAULT_TEMPO",
    "DENOMINATORS",
    "NUMERATORS",
    "TICKS",
    "MetreChange",
    "TempoChange",
    "bar_ticks",
    "beat_ticks",
    "full_bars",
    "group_ticks",
    "in_threes",
    "is_compound",
    "lines_of",
    "metre_for",
    "metre_named",
    "metres_within",
    "seconds_at",
    "supported_metre",
    "tidy_tempos",
]

TICKS = 480
"""Ticks per quarter."""
DENOMINATORS = (2, 4, 8, 16)
NUMERATORS = range(1, 17)
DEFAULT_TEMPO = 120.0


class MetreChange(NamedTuple):
    """From ``tick`` on, bars are ``numerator``/``denominator``."""

    tick: int
    numerator: int
    denominator: int

    @property
    def bar(self) -> int:
        """Ticks of a bar."""
        return bar_ticks(self.numerator, self.denominator)

    @property
    def name(self) -> str:
        """As it is written: 6/8."""
        return f"{self.numerator}/{self.denominator}"


class TempoChange(NamedTuple):
    """From ``tick`` on, the tempo is ``bpm`` quarters per minute."""

    tick: int
    bpm: float


def bar_ticks(numerator: int, denominator: int) -> int:
    """The length of a bar of a metre in ticks."""
    return numerator * TICKS * 4 // denominator


def is_compound(numerator: int, denominator: int) -> bool:
    """Whether each beat of a metre has three parts, as in 6/8, 9/8, 12/8, 6/16 …; a bar of 3/8 has three beats."""
    return numerator > 3 and in_threes(numerator, denominator)


def beat_ticks(numerator: int, denominator: int) -> int:
    """The length of a beat of a metre in ticks: three notes of its denominator in compound metres, else one."""
    return bar_ticks(3 if is_compound(numerator, denominator) else 1, denominator)


def group_ticks(numerator: int, denominator: int) -> int:
    """The length in ticks of a group of beamed notes: as :func:`beat_ticks`, but a bar of 3/8 or 3/16 is one group."""
    return bar_ticks(3 if in_threes(numerator, denominator) else 1, denominator)


def in_threes(numerator: int, denominator: int) -> bool:
    """Whether the notes of a metre are written in groups of three: in compound ones, and in 3/8 and 3/16."""
    return denominator >= 8 and numerator % 3 == 0


def metre_for(ticks: int) -> tuple[int, int] | None:
    """The simplest metre with bars of that many ticks, or None."""
    for denominator in (4, 8, 16, 2):
        numerator, rest = divmod(ticks * denominator, TICKS * 4)
        if rest == 0 and numerator in NUMERATORS:
            return numerator, denominator
    return None


def supported_metre(numerator: int, denominator: int) -> tuple[int, int] | None:
    """The metre itself if it is supported, or else a supported one with bars of the same length, or None.

    >>> supported_metre(6, 8), supported_metre(4, 1), supported_metre(6, 32), supported_metre(17, 8)
    ((6, 8), (8, 2), (3, 16), None)
    """
    while denominator == 1:
        numerator, denominator = numerator * 2, denominator * 2
    while (denominator > 16 or numerator > 16) and numerator % 2 == 0 and denominator % 2 == 0 and denominator > 2:
        numerator, denominator = numerator // 2, denominator // 2
    return (numerator, denominator) if numerator in NUMERATORS and denominator in DENOMINATORS else None


def metre_named(text: str | None) -> tuple[int, int] | None:
    """Parse a metre such as ``3/4``; None gives None.

    Raises:
        ConfigError: it is not a supported metre.
    """
    if text is None:
        return None
    numerator, _, denominator = str(text).partition("/")
    if numerator.strip().isdecimal() and denominator.strip().isdecimal() and int(denominator) > 0:
        metre = supported_metre(int(numerator), int(denominator))
        if metre is not None:
            return metre
    raise ConfigError("{metre!r} is no metre that can be read; expected one such as 3/4, 1 to 16 over 2, 4, 8 or 16.", metre=text)


def metres_within(numerator: int, denominator: int) -> list[tuple[int, int]]:
    """Supported metres of bars that together are as long as a bar of any metre: itself, or equal or nearly equal parts of it.

    Sixteenths are the finest denominator: bars of an odd number of finer notes are joined until they are whole sixteenths.

    >>> metres_within(6, 8), metres_within(19, 8), metres_within(33, 16), metres_within(7, 64)
    ([(6, 8)], [(10, 8), (9, 8)], [(11, 16), (11, 16), (11, 16)], [(7, 16)])
    """
    metre = supported_metre(numerator, denominator)
    if metre is not None:
        return [metre]
    while denominator < DENOMINATORS[0]:
        numerator, denominator = numerator * 2, denominator * 2
    while denominator > DENOMINATORS[-1]:
        numerator, denominator = (numerator if numerator % 2 else numerator // 2), denominator // 2
    least = -(-numerator // NUMERATORS[-1])
    count = next((count for count in range(least, 2 * least + 1) if numerator % count == 0), least)
    small, more = divmod(numerator, count)
    return [(small + 1, denominator)] * more + [(small, denominator)] * (count - more)


def lines_of(metres: Sequence[MetreChange], pickup: int, length: int) -> list[int]:
    """The ticks of all bar lines from the end of the pickup to the end of the music, both included."""
    if len(metres) == 1:
        bar = bar_ticks(*metres[0][1:])
        return list(range(pickup, max(pickup, length) + bar, bar))
    lines = [pickup]
    index, tick = 0, pickup
    while tick < length:
        while index + 1 < len(metres) and metres[index + 1].tick <= tick:
            index += 1
        tick += metres[index].bar
        lines.append(tick)
    return lines


def seconds_at(tempos: Sequence[TempoChange], tick: float) -> float:
    """The time of a tick in seconds."""
    seconds = 0.0
    for change, until in zip(tempos, [*(later.tick for later in tempos[1:]), tick], strict=True):
        span = min(until, tick) - change.tick
        if span <= 0:
            break
        seconds += span * 60 / (TICKS * change.bpm)
    return seconds


def full_bars(metres: Sequence[MetreChange], pickup: int, last: int) -> tuple[tuple[MetreChange, ...], int, int]:
    """Arrange metre changes so that there are only full bars after the pickup.

    Args:
        metres: the first at tick 0; a change that is not on a bar line moves to the next one.
        pickup: ticks before the first bar line.
        last: the tick that the bars must reach.

    Returns:
        The metres without repetitions, the pickup (less than a bar), and the first bar line at or after ``last``.
    """
    if last <= pickup:
        # No bar would follow the pickup: it is a bar.
        pickup = 0
    first = metres[0] if metres else MetreChange(0, 4, 4)
    later: list[MetreChange] = []
    # The metre of the first full bar is the metre of the pickup too.
    for change in metres:
        if change.tick <= pickup:
            first = change
        else:
            later.append(change)
    tidy = [MetreChange(0, first.numerator, first.denominator)]
    # A pickup longer than a bar is divided into bars and a pickup.
    pickup %= first.bar
    end = max(last, pickup)
    tick = pickup
    index = 0
    while tick < end:
        while index < len(later) and later[index].tick <= tick:
            change = later[index]
            if tidy[-1].tick == tick and tick > 0:
                tidy.pop()
            if change[1:] != tidy[-1][1:]:
                tidy.append(MetreChange(tick, change.numerator, change.denominator))
            index += 1
        bar = tidy[-1].bar
        until = end if index == len(later) else min(end, later[index].tick)
        tick += max(1, -((tick - until) // bar)) * bar
    return tuple(tidy), pickup, tick


def tidy_tempos(tempos: Sequence[TempoChange], length: int) -> tuple[TempoChange, ...]:
    """The tempos sorted, the first at tick 0, without repeated ones and those after the end."""
    tidy: list[TempoChange] = []
    for tick, bpm in tempos if len(tempos) < 2 else sorted(tempos, key=lambda change: change.tick):
        if tick <= 0:
            tidy = [TempoChange(0, bpm)]
            continue
        if tick >= length:
            break
        if not tidy:
            tidy = [TempoChange(0, bpm)]
        elif tidy[-1].tick == tick:
            tidy[-1] = TempoChange(tick, bpm)
        elif tidy[-1].bpm != bpm:
            tidy.append(TempoChange(tick, bpm))
    return tuple(tidy) or (TempoChange(0, DEFAULT_TEMPO),)
