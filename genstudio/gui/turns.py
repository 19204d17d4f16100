"""From what plays to something else, in time: at its next beat, or where it ends.

Conventions: "heard" seconds are those of what is heard, so at twice the tempo they are half of those of the music as written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from genstudio.gui.items import Item
from genstudio.gui.outputs import Output
from genstudio.gui.settings import Settings
from genstudio.gui.sounds import Sound, Take
from genstudio.gui.views.bars import bar_at, seconds_of, tick_at

if TYPE_CHECKING:
    from genstudio.domains import Music

__all__ = ["Heard", "Repeats", "Turns"]

_LEAST = 0.25  # seconds of a loop
Span = tuple[float, float]


@dataclass(frozen=True)
class Heard:
    """What plays. span: what of it is repeated where not all of it is, in seconds of the music as written."""

    item: Item
    take: Take
    sound: Sound | None
    span: Span | None = None


class Repeats:
    """What is repeated. span: a part, in seconds of the music as written. tried: until it is stopped, whatever the settings say."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.span: Span | None = None
        self.tried = False

    @staticmethod
    def setting(music: Music | None) -> str:
        """The setting that says whether it is repeated: beats have one of their own, since most are played in a loop."""
        return "loop" if music is None or music.pitched else "loop_beats"

    def on(self, music: Music | None) -> bool:
        """Whether music of this kind is repeated."""
        return self.tried or bool(self._settings[self.setting(music)])

    def of(self, take: Take, span: Span | None) -> Span | None:
        """What is repeated of a take, in heard seconds; None: nothing is."""
        if not self.on(take.melody):
            return None
        whole = take.melody.seconds
        first, last = span or (0.0, whole)
        last = min(last, whole)
        return (first / take.tempo, last / take.tempo) if last - first >= _LEAST else None

    def same(self, before: Music, after: Music) -> Span | None:
        """The part that is repeated, in another piece: the same bars, if it has them."""
        if self.span is None:
            return None
        first, last = (seconds_of(after, min(after.length, tick_at(before, at))) for at in self.span)
        return (first, last) if last - first >= _LEAST else None


class Turns:
    """The turn that is planned, if one is. goal: to what."""

    def __init__(self, repeats: Repeats) -> None:
        self._repeats = repeats
        self.goal: Heard | None = None
        self._at = self._place = 0.0  # in heard seconds of what plays, and of the goal
        self._done = False  # the output sees to it
        self._seen = 0.0  # the last position while it was waited for

    def at_beat(self, output: Output, now: Heard, goal: Heard, loop: Span | None) -> bool:
        """Go over at the next beat that can be reached, to the same place in the music; False where what plays ends before."""
        music, tempo = now.item.piece, now.take.tempo
        beat = _next_beat(music, tick_at(music, output.earliest * tempo))
        tick = beat
        if loop is not None:
            first, last = (round(tick_at(music, at * tempo)) for at in loop)
            if beat is None or beat >= last:
                beat, tick = last, first
        if beat is None or tick is None:
            return False
        other = goal.item.piece
        self._plan(
            output, goal, seconds_of(music, beat) / tempo, seconds_of(other, tick % max(1, other.length)) / goal.take.tempo
        )
        return True

    def at_end(self, output: Output, now: Heard, goal: Heard) -> None:
        """Go over to the start of something else where what plays ends."""
        self._plan(output, goal, now.take.seconds, 0.0)

    def _plan(self, output: Output, goal: Heard, at: float, place: float) -> None:
        self.goal, self._at, self._place, self._seen = goal, at, place, 0.0
        self._done = goal.sound is not None and output.turn(goal.sound, at, place, self._repeats.of(goal.take, goal.span))

    def in_stream(self, output: Output) -> bool:
        """Whether the output sees to it, without a gap; if not, it is taken back."""
        return self._done or not self.back(output)

    def back(self, output: Output) -> bool:
        """Do not go over; False where the goal is on its way to the ear."""
        if self.goal is not None and self._done and not output.turn_back():
            return False
        self.goal = None
        return True

    def clear(self) -> None:
        """Forget it: the output begins again."""
        self.goal = None

    def over(self, output: Output, loop: Span | None) -> tuple[Heard, float | None] | None:
        """Once the time has come, what plays from now on, and at which of its heard seconds the output is to be started with it:
        None where the output has gone over by itself."""
        if self.goal is None or (self._done and not output.turned):
            return None
        position = output.position
        late = position - self._at
        if not self._done and late < 0:
            if loop is None or position >= self._seen:
                self._seen = position
                return None
            late = position - loop[0]  # the time came at the end of the loop
        goal, self.goal = self.goal, None
        return goal, None if self._done else self._place + late


def _next_beat(music: Music, tick: float) -> int | None:
    """The first beat of a piece from ``tick`` on, None where it has none any more."""
    bar = bar_at(music, math.floor(tick))
    if bar is None:
        return None
    found = next((beat for beat in bar.beats if beat >= tick - 1), bar.end)
    return found if found < music.length else None
