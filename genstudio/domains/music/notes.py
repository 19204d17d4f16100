"""Music as notes over bars, the melody of one voice among it, and what is done with it in time.

Conventions: time is in ticks, 480 a quarter; ends are exclusive; tempos are in quarters a minute. Bars follow one another
from ``pickup`` on, each as long as the metre that holds at its start; the ticks before ``pickup`` are the pickup.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from genstudio.domains.base import Piece
from genstudio.records import Record

if TYPE_CHECKING:
    import pretty_midi

__all__ = [
    "DENOMINATORS",
    "TICKS",
    "Melody",
    "MetreChange",
    "Music",
    "Note",
    "TempoChange",
    "bar_lines",
    "bar_ticks",
    "bars_of",
    "build",
    "cut",
    "dressed_tempos",
    "dressed_velocities",
    "full_bars",
    "main_tempo",
    "metre_for",
    "metres_within",
    "one_voice",
    "seconds_at",
    "spans",
    "supported_metre",
    "tidy_tempos",
    "trimmed",
]

M = TypeVar("M", bound="Music")

TICKS = 480
"""Ticks a quarter."""
DENOMINATORS = (2, 4, 8, 16)
NUMERATORS = range(1, 17)
DEFAULT_TEMPO = 120.0
_TEMPOS = (1e-3, 1e9)  # of a record
_LAST_TICK = 1 << 40


class Note(NamedTuple):
    """A note from ``start`` to ``end`` (ticks, end exclusive) at a MIDI pitch and velocity."""

    start: int
    end: int
    pitch: int
    velocity: int = 80


class MetreChange(NamedTuple):
    """From ``tick`` on, bars are ``numerator``/``denominator``."""

    tick: int
    numerator: int
    denominator: int


class TempoChange(NamedTuple):
    """From ``tick`` on, ``bpm`` quarters a minute."""

    tick: int
    bpm: float


@dataclass(frozen=True, kw_only=True)
class Music(Piece):
    """Notes over bars; see the module's conventions. What plays, draws and measures music needs no more than this.

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


@dataclass(frozen=True, kw_only=True)
class Melody(Music):
    """One voice of notes over bars: none overlap.

    tonic: the reference pitch that symbols are relative to.
    key: as the source states it ("G major", "A dorian"), or None.
    """

    tonic: int = 60
    key: str | None = None

    def to_pretty_midi(self) -> pretty_midi.PrettyMIDI:
        """The melody as a ``pretty_midi.PrettyMIDI`` of 480 ticks a quarter."""
        from genstudio.domains.music import midi

        return midi.to_pretty_midi(self)

    @classmethod
    def from_pretty_midi(cls, pm: pretty_midi.PrettyMIDI, track: int | str | None = None) -> Melody:
        """The melody of a ``pretty_midi.PrettyMIDI``; the track is chosen as for a file.

        Raises:
            FileError: it has no notes, or no such track.
        """
        from genstudio.domains.music import midi

        return midi.from_pretty_midi(pm, track)

    def _repr_html_(self) -> str:
        from genstudio.domains.melody import show

        return show.svg(self)


def bar_ticks(numerator: int, denominator: int) -> int:
    """The length of a bar of that metre."""
    return numerator * TICKS * 4 // denominator


def metre_for(ticks: int) -> tuple[int, int] | None:
    """The plainest metre whose bar has that many ticks, or None."""
    for denominator in (4, 8, 16):
        numerator, rest = divmod(ticks * denominator, TICKS * 4)
        if rest == 0 and numerator in NUMERATORS:
            return numerator, denominator
    numerator, rest = divmod(ticks * 2, TICKS * 4)
    return (numerator, 2) if rest == 0 and numerator in NUMERATORS else None


def supported_metre(numerator: int, denominator: int) -> tuple[int, int] | None:
    """The metre itself, or one with bars of the same length where the melody has no such metre, or None.

    >>> supported_metre(6, 8), supported_metre(4, 1), supported_metre(6, 32), supported_metre(17, 8)
    ((6, 8), (8, 2), (3, 16), None)
    """
    while denominator == 1:
        numerator, denominator = numerator * 2, denominator * 2
    while (denominator > 16 or numerator > 16) and numerator % 2 == 0 and denominator % 2 == 0 and denominator > 2:
        numerator, denominator = numerator // 2, denominator // 2
    return (numerator, denominator) if numerator in NUMERATORS and denominator in DENOMINATORS else None


def metres_within(numerator: int, denominator: int) -> list[tuple[int, int]]:
    """Metres of bars that together are as long as one bar of any metre: itself, or equal or nearly equal parts of it.

    Sixteenths are the finest there are: of finer bars as many are joined as make sixteenths.

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


def bars_of(ticks: int) -> list[tuple[int, int]]:
    """Metres of bars that together have that many ticks; none where these are no sixteenths.

    >>> bars_of(1920), bars_of(4560), bars_of(50)
    ([(4, 4)], [(10, 8), (9, 8)], [])
    """
    metre = metre_for(ticks)
    if metre is not None:
        return [metre]
    numerator, rest = divmod(ticks * DENOMINATORS[-1], TICKS * 4)
    if rest or numerator <= 0:
        return []
    denominator = DENOMINATORS[-1]
    while numerator % 2 == 0 and denominator > 4:
        numerator, denominator = numerator // 2, denominator // 2
    return metres_within(numerator, denominator)


def bar_lines(melody: Music) -> list[int]:
    """The ticks of all bar lines, from the start of the first full bar to the end (both included)."""
    metres = melody.metres
    if len(metres) == 1:
        bar = bar_ticks(*metres[0][1:])
        return list(range(melody.pickup, max(melody.pickup, melody.length) + bar, bar))
    lines = [melody.pickup]
    index, tick, end = 0, melody.pickup, melody.length
    while tick < end:
        while index + 1 < len(metres) and metres[index + 1].tick <= tick:
            index += 1
        tick += bar_ticks(metres[index].numerator, metres[index].denominator)
        lines.append(tick)
    return lines


def seconds_at(tempos: Sequence[TempoChange], tick: int) -> float:
    """The time of a tick in seconds."""
    seconds = 0.0
    for change, until in zip(tempos, [*(later.tick for later in tempos[1:]), tick], strict=True):
        span = min(until, tick) - change.tick
        if span <= 0:
            break
        seconds += span * 60 / (TICKS * change.bpm)
    return seconds


def one_voice(notes: Iterable[Note]) -> list[Note]:
    """The notes as one voice: a new onset ends the sounding note; of simultaneous onsets the highest pitch stays (of equal
    pitches the longest)."""
    voice: list[Note] = []
    for note in sorted(notes, key=lambda one: (one.start, -one.pitch, -one.end)):
        if note.end <= note.start:
            continue
        if voice:
            last = voice[-1]
            if last.start == note.start:
                continue
            if last.end > note.start:
                voice[-1] = last._replace(end=note.start)
        voice.append(note)
    return voice


def build(
    notes: Sequence[Note],
    metres: Sequence[MetreChange],
    tempos: Sequence[TempoChange],
    pickup: int = 0,
    length: int = 0,
    **rest: Any,
) -> Melody:
    """A melody from one voice: metres and tempos tidied, the length filled up to a bar line, the tonic found.

    ``metres`` must lie on bar lines; a change that does not, takes place at the next one.
    """
    tidy, pickup, end = full_bars(metres, pickup, max(length, notes[-1].end) if notes else length)
    tonic = rest.pop("tonic", None)
    if tonic is None:
        from genstudio.domains.music.keys import tonic_of  # numpy, for which --help does not wait

        tonic = tonic_of((note.pitch, note.end - note.start) for note in notes)
    return Melody(
        notes=tuple(notes),
        metres=tidy,
        tempos=tidy_tempos(tempos, end),
        pickup=pickup,
        length=end,
        tonic=tonic,
        **rest,
    )


def full_bars(metres: Sequence[MetreChange], pickup: int, last: int) -> tuple[tuple[MetreChange, ...], int, int]:
    """The metres tidied, the pickup, and the first bar line at or after the tick ``last``.

    A change that is not on a bar line takes place at the next one.
    """
    if last <= pickup:
        # There is no bar after it: what there is, is a bar.
        pickup = 0
    pickup_metre = metres[0] if metres else MetreChange(0, 4, 4)
    later: list[MetreChange] = []
    # The metre of the first full bar is the metre of the pickup too.
    for change in metres:
        if change.tick <= pickup:
            pickup_metre = change
        else:
            later.append(change)
    tidy = [MetreChange(0, pickup_metre.numerator, pickup_metre.denominator)]
    # A pickup of a bar or more is bars, and a pickup.
    pickup %= bar_ticks(pickup_metre.numerator, pickup_metre.denominator)
    end = max(last, pickup)
    tick = pickup
    index = 0
    while tick < end:
        while index < len(later) and later[index].tick <= tick:
            change = later[index]
            if tidy[-1].tick == tick and tick > 0:
                tidy.pop()
            if (change.numerator, change.denominator) != tidy[-1][1:]:
                tidy.append(MetreChange(tick, change.numerator, change.denominator))
            index += 1
        bar = bar_ticks(tidy[-1].numerator, tidy[-1].denominator)
        until = end if index == len(later) else min(end, later[index].tick)
        tick += max(1, -((tick - until) // bar)) * bar
    return tuple(tidy), pickup, tick


def dressed_tempos(dressing: Record) -> tuple[TempoChange, ...]:
    """The tempos that a record of a piece's dressing holds.

    Raises:
        ValueError: there is none at the beginning, or one is out of range.
    """
    found = []
    for change in dressing.array("tempos"):
        if not isinstance(change, (list, tuple)) or len(change) != 2:
            raise ValueError("a tempo is no pair")
        pair = Record({"tick": change[0], "bpm": change[1]}, "tempo")
        found.append(TempoChange(pair.whole("tick", 0, _LAST_TICK), float(pair.number("bpm", *_TEMPOS))))
    if not found or found[0].tick:
        raise ValueError("there is no tempo at the beginning")
    return tuple(found)


def dressed_velocities(dressing: Record, notes: Sequence[Note]) -> tuple[Note, ...]:
    """``notes`` as loud as a record of their dressing says.

    Raises:
        ValueError: there is not one velocity for each, or one is out of range.
    """
    loud = dressing.wholes("velocities", 1, 127)
    return tuple(note._replace(velocity=velocity) for note, velocity in zip(notes, loud, strict=True))


def tidy_tempos(tempos: Sequence[TempoChange], length: int) -> tuple[TempoChange, ...]:
    """The tempos sorted, the first moved to tick 0, repeats and those after the end left out."""
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


_start_of, _end_of = itemgetter(0), itemgetter(1)


def cut(melody: M, start: int, end: int, title: str) -> M:
    """The part from bar line ``start`` to bar line ``end`` (ticks), from tick 0 where ``start`` is 0.

    A note that crosses an end of the part is cut there.
    """
    # Notes neither overlap nor go back: those of the part stand together.
    inside = melody.notes[bisect_right(melody.notes, start, key=_end_of) : bisect_left(melody.notes, end, key=_start_of)]
    notes = tuple(Note(max(note.start, start) - start, min(note.end, end) - start, note.pitch, note.velocity) for note in inside)
    return replace(
        melody,
        notes=notes,
        metres=_shifted(melody.metres, start, end, MetreChange),
        tempos=_shifted(melody.tempos, start, end, TempoChange),
        pickup=max(0, melody.pickup - start),
        length=end - start,
        title=title,
    )


def trimmed(melody: Melody) -> Melody:
    """The melody without silence at its ends: whole bars of it are left out, and a first bar whose first half or more is
    silent becomes a pickup, unless it is the only one."""
    if not melody.notes:
        return melody
    lines = bar_lines(melody)
    first, last = melody.notes[0].start, melody.notes[-1].end
    end = next(line for line in lines if line >= last)
    if first < melody.pickup:
        start = first
    else:
        at = bisect_right(lines, first) - 1
        late = 2 * (first - lines[at]) >= lines[at + 1] - lines[at]
        start = first if late and end > lines[at + 1] else lines[at]
    if start == 0 and end == melody.length:
        return melody
    pickup = next(line for line in lines if line >= start) - start
    return replace(cut(melody, start, end, melody.title), pickup=pickup if end - start > pickup else 0)


def _shifted(changes: Any, start: int, end: int, make: Any) -> Any:
    first = max(0, bisect_right([change.tick for change in changes], start) - 1)
    return tuple(make(max(0, change.tick - start), *change[1:]) for change in changes[first:] if change.tick < max(end, start + 1))


def spans(bars: int, length: int, stride: int, shortest: int) -> Iterator[tuple[int, int]]:
    """The first bar of each phrase and the one after its last; see :meth:`genstudio.domains.base.Domain.phrases`."""
    covered = 0
    for first in range(0, bars, stride if stride > 0 else length):
        last = min(first + length, bars)
        if last - first == length or (last - first >= max(1, shortest) and covered < bars):
            yield first, last
            covered = last
        if last == bars:
            break


def main_tempo(piece: Music) -> float:
    """The tempo that holds longest."""
    held: Counter[float] = Counter()
    for change, until in zip(piece.tempos, [*(later.tick for later in piece.tempos[1:]), max(1, piece.length)], strict=True):
        held[change.bpm] += until - change.tick
    return max(held, key=lambda bpm: (held[bpm], -bpm)) if held else 120.0
