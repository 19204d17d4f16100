"""The marks for da capo etc. in ABC: find the bar to which each belongs."""

from __future__ import annotations

from dataclasses import dataclass

from genstudio.domains.music.bars import UNCLEAR, Measure

__all__ = ["Mark", "settle"]

_ARRIVE = ("segno", "coda")


@dataclass(frozen=True)
class Mark:
    """A mark of ``jumps_of``, the measure in which it is written, and the number of notes and rests before it there."""

    sign: str
    measure: Measure
    before: int


def settle(measures: list[Measure], marks: list[Mark]) -> None:
    """Add the marks to the measures to which they belong.

    A jump goes to Segno or Coda at the beginning of a bar, and starts at the end of one. A mark within a bar belongs to its end if
    at most one note follows, or if it is at the beginning of the last bar of a section. Any other mark is unclear.
    """
    place = {id(measure): index for index, measure in enumerate(measures)}
    signs = [mark.sign for mark in marks]
    for number, mark in enumerate(marks):
        index = place[id(mark.measure)]
        later = [event for event in mark.measure.events[mark.before :] if event.pitch is not None]
        if mark.sign == "coda" and "to coda" not in signs and signs[:number].count("coda") == 0 and signs.count("coda") == 2:
            # The first of two equal signs is where the jump starts, the second where it arrives.
            at = index if not later else index - 1 if mark.before == 0 else -1
            sign = "to coda"
        elif mark.sign in _ARRIVE:
            at = index if mark.before == 0 else index + 1 if not later else -1
            sign = mark.sign
        else:
            following = [measure for measure in measures[index + 1 :] if measure.events] if not mark.before else []
            ends = mark.measure.ends_section or not following
            at = index if len(later) <= 1 or (mark.before == 0 and ends) else -1
            if not mark.measure.events:
                at = index - 1
            sign = mark.sign
        clear = 0 <= at < len(measures)
        measure = measures[at] if clear else mark.measure
        measure.marks |= {sign if clear else UNCLEAR}
