"""Music as notes over bars; see ``time`` for the conventions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple, TypeVar

from genstudio.domains.base import Piece
from genstudio.domains.music.time import DEFAULT_TEMPO, MetreChange, TempoChange, bar_ticks, group_ticks, lines_of, seconds_at

__all__ = ["Bar", "Music", "Note", "bar_lines", "bars_of", "cut", "cut_bars", "main_tempo"]

M = TypeVar("M", bound="Music")


class Note(NamedTuple):
    """A note from ``start`` to ``end`` (ticks, end exclusive) at a MIDI pitch and velocity."""

    start: int
    end: int
    pitch: int
    velocity: int = 80


@dataclass(frozen=True, kw_only=True)
class Music(Piece):
    """Notes over bars. What plays, draws and measures music needs no more than this.

    notes: sorted by start, then pitch.
    metres: the first at tick 0, each other one on a bar line.
    tempos: the first at tick 0.
    pickup: ticks before the first full bar.
    length: ticks, the pickup and a whole number of bars.
    program: the General MIDI instrument, 0 .. 127.
    pitched: whether a note's pitch is a tone; where it is not, it is the number of a percussion instrument of General MIDI, played
        on channel 10, and ``program`` is the kit.
    """

    pitched: ClassVar[bool] = True

    notes: tuple[Note, ...]
    metres: tuple[MetreChange, ...] = (MetreChange(0, 4, 4),)
    tempos: tuple[TempoChange, ...] = (TempoChange(0, DEFAULT_TEMPO),)
    pickup: int = 0
    length: int = 0
    program: int = 0

    @property
    def bars(self) -> int:
        """The number of full bars."""
        return len(bar_lines(self)) - 1

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return seconds_at(self.tempos, self.length)

    @property
    def stated_key(self) -> str | None:
        """The key as the source states it ("G major", "A dorian"); None where it states none, or the notes are no tones."""
        return None


class Bar(NamedTuple):
    """A bar: its first tick and the one after its last, its number from 1 (0 for a pickup), and its metre."""

    start: int
    end: int
    number: int
    metre: tuple[int, int]

    @property
    def beat(self) -> int:
        """Ticks of what is written as one beat."""
        return group_ticks(*self.metre)

    @property
    def beats(self) -> range:
        """The ticks of these beats; those of a pickup are counted from its end."""
        first = self.start if self.number else self.end - (self.end - self.start) // self.beat * self.beat
        return range(first, self.end, self.beat)


def bar_lines(music: Music) -> list[int]:
    """The ticks of all bar lines, from the start of the first full bar to the end (both included)."""
    return lines_of(music.metres, music.pickup, music.length)


def bars_of(music: Music) -> Iterator[Bar]:
    """The bars of some music, a pickup first."""
    changes = {change.tick: (change.numerator, change.denominator) for change in music.metres}
    metre = changes[0]
    at, number = 0, 0 if music.pickup else 1
    while at < music.length:
        metre = changes.get(at, metre)
        end = music.pickup if number == 0 else at + bar_ticks(*metre)
        yield Bar(at, end, number, metre)
        at, number = end, number + 1


_start_of, _end_of = itemgetter(0), itemgetter(1)


def cut(music: M, start: int, end: int, title: str) -> M:
    """The part from bar line ``start`` to bar line ``end`` (ticks), from tick 0 where ``start`` is 0.

    A note that crosses an end of the part is cut there.

    Args:
        music: whose notes do not overlap.
        start: a bar line, or 0.
        end: a later bar line.
        title: of the part.
    """
    # Notes neither overlap nor go back: those of the part stand together.
    inside = music.notes[bisect_right(music.notes, start, key=_end_of) : bisect_left(music.notes, end, key=_start_of)]
    notes = tuple(Note(max(note.start, start) - start, min(note.end, end) - start, note.pitch, note.velocity) for note in inside)
    return replace(
        music,
        notes=notes,
        metres=_shifted(music.metres, start, end),
        tempos=_shifted(music.tempos, start, end),
        pickup=max(0, music.pickup - start),
        length=end - start,
        title=title,
    )


def _shifted(changes: Any, start: int, end: int) -> Any:
    first = max(0, bisect_right(changes, start, key=_start_of) - 1)
    return tuple(one._replace(tick=max(0, one.tick - start)) for one in changes[first:] if one.tick < max(end, start + 1))


def cut_bars(music: M, lines: list[int], first: int, last: int) -> M:
    """The bars from ``first`` (from 0, with the pickup) to before ``last``, with their numbers in the title.

    Args:
        music: of which bars are taken.
        lines: its bar lines.
        first: the first bar, from 0; it has the pickup.
        last: the bar after the last.
    """
    title = f"{music.title} (bars {first + 1}-{last})" if last > first + 1 else f"{music.title} (bar {last})"
    whole = last - first >= len(lines) - 1
    return cut(music, 0 if first == 0 else lines[first], lines[last], music.title if whole else title.strip())


def main_tempo(music: Music) -> float:
    """The tempo that holds longest, in quarters a minute; of two the slower."""
    held: Counter[float] = Counter()
    for change, until in zip(music.tempos, [*(later.tick for later in music.tempos[1:]), max(1, music.length)], strict=True):
        held[change.bpm] += until - change.tick
    return max(held, key=lambda bpm: (held[bpm], -bpm)) if held else DEFAULT_TEMPO
