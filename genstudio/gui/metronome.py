"""The metronome: on which moments of a piece it clicks, how one is counted in, and the click itself. There is nothing of Qt here.

The beats are those that a musician taps: the quarters of 3/4, the dotted quarters of 6/8, the eighths of 3/8 and 5/8. A pickup is
counted from its end, and only the first beat of a full bar is accented.

Conventions: seconds are those of what is heard, so at twice the tempo there is half the time between two beats.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from genstudio.domains.music.notes import bars_of
from genstudio.domains.music.time import TICKS, bar_ticks, beat_ticks, seconds_at
from genstudio.gui.views.bars import bar_at, tick_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from genstudio.domains import Music

__all__ = ["COUNTS", "Beat", "Lead", "beats_of", "click", "count_in"]

COUNTS = (0, 1, 2)
"""The bars that one can be counted in."""
_SECONDS = 0.035  # of a click
_TONES = {True: 2093.0, False: 1397.0}  # hertz of an accented click and of another one
_LOUD = {True: 0.9, False: 0.6}


class Beat(NamedTuple):
    """at: in seconds. strong: whether it is the first of a full bar."""

    at: float
    strong: bool


class Lead(NamedTuple):
    """What is counted before something begins. seconds: how long. beats: from its own beginning on."""

    seconds: float
    beats: tuple[Beat, ...]

    def left(self, before: float) -> int:
        """How many beats are still to come, that one is on included, ``before`` seconds before what is counted in."""
        return sum(beat.at > self.seconds - before + 1e-6 for beat in self.beats) + 1 if before > 0 else 0


def beats_of(music: Music, tempo: float = 1.0) -> tuple[Beat, ...]:
    """The beats of a piece that is played at ``tempo`` times what is written."""
    found = []
    for bar in bars_of(music):
        step = beat_ticks(*bar.metre)
        first = bar.start if bar.number else bar.end - (bar.end - bar.start) // step * step
        for tick in range(first, bar.end, step):
            found.append(Beat(seconds_at(music.tempos, tick) / tempo, bar.number > 0 and tick == bar.start))
    return tuple(found)


def count_in(music: Music, tempo: float, at: float, bars: int) -> Lead:
    """So many full bars in front of a place of a piece, ``at`` in seconds of it as written, in the metre and the tempo that it has
    there. What the bar of that place has before it is counted too, so that a pickup comes where it belongs."""
    tick = tick_at(music, at)
    bar = bar_at(music, math.floor(tick))
    metre = bar.metre if bar is not None else (4, 4)
    whole, step = bar_ticks(*metre), beat_ticks(*metre)
    inside = 0.0 if bar is None else tick - (bar.start if bar.number else bar.end - whole)
    bpm = next(change.bpm for change in reversed(music.tempos) if change.tick <= tick)
    second = TICKS * bpm * tempo / 60  # ticks
    ticks = bars * whole + inside
    beats = (Beat(place / second, place % whole == 0) for place in range(0, math.ceil(ticks - 1e-6), step))
    return Lead(ticks / second, tuple(beats))


@lru_cache(maxsize=8)
def click(strong: bool, rate: int) -> NDArray[np.float32]:
    """A click, float32 [frames], full scale 1."""
    import numpy as np

    time = np.arange(round(_SECONDS * rate)) / rate
    tone = np.sin(2 * np.pi * _TONES[strong] * time) * np.exp(-time / 0.006)
    tone[-round(0.002 * rate) :] *= np.linspace(1, 0, round(0.002 * rate))
    made: NDArray[np.float32] = (_LOUD[strong] * tone / np.abs(tone).max()).astype(np.float32)
    return made
