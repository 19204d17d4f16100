"""Signs of a da capo in ABC: which bar each belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from genstudio.domains.music.bars import UNCLEAR, Measure

__all__ = ["Mark", "settle"]

_ARRIVE = ("segno", "coda")


@dataclass(frozen=True)
class Mark:
    """A sign of ``jumps_of``, the measure it stands in, and how many notes and rests of that come before it."""

    sign: str
    measure: Measure
    before: int


def settle(measures: list[Measure], marks: list[Mark]) -> None:
    """Give the measures their marks.

    One goes to Segno and Coda at the beginning of a bar, and leaves at the end of one: a sign within a bar counts for its end where
    no more than one note follows, or where it stands at the beginning of the last bar of a strain. What is neither is unclear.
    """
    place = {id(measure): index for index, measure in enumerate(measures)}
    signs = [mark.sign for mark in marks]
    for number, mark in enumerate(marks):
        index = place[id(mark.measure)]
        later = [event for event in mark.measure.events[mark.before :] if event.pitch is not None]
        if mark.sign == "coda" and "to coda" not in signs and signs[:number].count("coda") == 0 and signs.count("coda") == 2:
            # Where one leaves stands the same sign as where one arrives.
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
