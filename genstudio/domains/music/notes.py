"""Music as notes in bars; see ``time`` for the conventions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple, TypeVar

from genstudio.domains.base import Piece
from genstudio.domains.music.time import DEFAULT_TEMPO, MetreChange, TempoChange, bar_ticks, group_ticks, lines_of, seconds_at

__all__ = ["Bar", "Instrument", "Music", "Note", "bar_lines", "bars_of", "cut", "cut_bars", "inside", "main_tempo", "shifted"]

M = TypeVar("M", bound="Music")


class Note(NamedTuple):
    """A note from ``start`` to ``end`` (ticks, end exclusive) at a MIDI pitch and velocity."""

    start: int
    end: int
    pitch: int
    velocity: int = 80


class Instrument(NamedTuple):
    """What one instrument plays.

    name: for people. program: the General MIDI instrument, 0 .. 127, or the kit. pitched: as in :class:`Music`. notes: sorted by
    start. lyrics: the syllables that are sung: tick, text, and whether the word goes on. level: how loud, 0 .. 1, as MIDI's channel
    volume: the amplitude is its square. tag: ASCII that a MIDI file keeps beside it.
    """

    name: str
    program: int
    pitched: bool
    notes: tuple[Note, ...]
    lyrics: tuple[tuple[int, str, bool], ...] = ()
    level: float = 1.0
    tag: str = ""


@dataclass(frozen=True, kw_only=True)
class Music(Piece):
    """Notes in bars. Playing, drawing and measuring music need no more than this.

    notes: sorted by start, then pitch.
    metres: the first at tick 0, each other one on a bar line.
    tempos: the first at tick 0.
    pickup: ticks before the first full bar.
    length: ticks, the pickup and a whole number of bars.
    program: the General MIDI instrument, 0 .. 127.
    pitched: whether ``pitch`` of a note is its pitch; otherwise it is the number of a percussion instrument of General MIDI, played
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
        """The duration in seconds."""
        return seconds_at(self.tempos, self.length)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """What sounds: one instrument, or several that play together."""
        name = self.title or ("Melody" if self.pitched else "Drums")
        return (Instrument(name, self.program, self.pitched, self.notes),)

    def played_by(self: M, program: int) -> M:
        """The music with another instrument or kit, 0 .. 127; of a score all parts but drums."""
        return replace(self, program=program)

    def with_notes(self: M, notes: Iterable[Note], part: int = 0) -> M:
        """The music with other notes, each cut to what fits.

        Args:
            notes: in any order. Of notes that a voice cannot sound together the later one ends the earlier one.
            part: the index of the part whose notes they are, of a score.
        """
        raise NotImplementedError

    def longer(self: M, bars: int = 1) -> M:
        """The music with silent bars after its end."""
        last = self.metres[-1]
        return replace(self, length=self.length + bars * bar_ticks(last.numerator, last.denominator))

    @property
    def later_keys(self) -> tuple[tuple[int, str | None], ...]:
        """The changes of the stated key: tick and name of each."""
        return ()

    @property
    def captions(self) -> tuple[tuple[int, str], ...]:
        """What stands above the notes in ASCII: tick and text of each chord symbol."""
        return ()

    @property
    def voice(self) -> tuple[Note, ...]:
        """The notes that sing: the melody of several voices, one at a time; all notes where there is one voice."""
        return self.notes

    @property
    def stated_key(self) -> str | None:
        """The key as the source states it ("G major", "A dorian"); None where it states none, and for drums."""
        return None

    @property
    def parts(self) -> tuple[Any, ...]:
        """The parts of a score; () for music of one part."""
        return ()

    @property
    def symbols(self) -> tuple[Any, ...]:
        """The chord symbols; () where there are none."""
        return ()


def inside(notes: Iterable[Note], length: int) -> list[Note]:
    """Notes cut to a length, sorted by start and pitch; without those of which nothing is left."""
    cut_off = (note._replace(start=max(0, note.start), end=min(length, note.end)) for note in notes)
    return sorted(note for note in cut_off if note.end > note.start)


class Bar(NamedTuple):
    """A bar: start and end (ticks, end exclusive), number from 1 (0 for a pickup), and metre."""

    start: int
    end: int
    number: int
    metre: tuple[int, int]

    @property
    def beat(self) -> int:
        """The length in ticks of a group of beamed notes, see :func:`~genstudio.domains.music.time.group_ticks`."""
        return group_ticks(*self.metre)

    @property
    def beats(self) -> range:
        """The ticks at which these groups begin; in a pickup they are counted from its end."""
        first = self.start if self.number else self.end - (self.end - self.start) // self.beat * self.beat
        return range(first, self.end, self.beat)


def bar_lines(music: Music) -> list[int]:
    """The ticks of all bar lines, from the start of the first full bar to the end (both included)."""
    return lines_of(music.metres, music.pickup, music.length)


def bars_of(music: Music) -> Iterator[Bar]:
    """Iterate over the bars of music, the pickup first."""
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
    """The part of music from ``start`` to ``end``. A note that crosses an end of the part is cut there.

    Args:
        music: music whose notes do not overlap.
        start: a bar line (tick), or 0.
        end: a later bar line (tick).
        title: of the part.
    """
    # As notes are sorted and do not overlap, those of the part are consecutive.
    inside = music.notes[bisect_right(music.notes, start, key=_end_of) : bisect_left(music.notes, end, key=_start_of)]
    notes = tuple(Note(max(note.start, start) - start, min(note.end, end) - start, note.pitch, note.velocity) for note in inside)
    return replace(
        music,
        notes=notes,
        metres=shifted(music.metres, start, end),
        tempos=shifted(music.tempos, start, end),
        pickup=max(0, music.pickup - start),
        length=end - start,
        title=title,
    )


def shifted(changes: Any, start: int, end: int) -> Any:
    """The changes of metre or tempo that hold from ``start`` to ``end``, in ticks from ``start``."""
    first = max(0, bisect_right(changes, start, key=_start_of) - 1)
    return tuple(one._replace(tick=max(0, one.tick - start)) for one in changes[first:] if one.tick < max(end, start + 1))


def cut_bars(music: M, lines: list[int], first: int, last: int) -> M:
    """Some bars of music, with their numbers in the title.

    Args:
        music: the music.
        lines: its bar lines.
        first: the first bar, from 0; bar 0 includes the pickup.
        last: the bar after the last one.
    """
    title = f"{music.title} (bars {first + 1}-{last})" if last > first + 1 else f"{music.title} (bar {last})"
    whole = last - first >= len(lines) - 1
    return cut(music, 0 if first == 0 else lines[first], lines[last], music.title if whole else title.strip())


def main_tempo(music: Music) -> float:
    """The tempo that is held longest, in quarters per minute; of equal ones the slower."""
    held: Counter[float] = Counter()
    for change, until in zip(music.tempos, [*(later.tick for later in music.tempos[1:]), max(1, music.length)], strict=True):
        held[change.bpm] += until - change.tick
    return max(held, key=lambda bpm: (held[bpm], -bpm)) if held else DEFAULT_TEMPO
