"""Turn written measures into full bars: expand repeats, and make every measure fit its metre.

Rules
- A repeat without a start goes back to the last double bar.
- Da capo and dal segno are played if the marks make clear how: to Fine, or over the Coda, without the repeats and with the last
  endings. If they do not (a segno, a coda or Fine is missing, or an order of parts is stated), there is a remark.
- Parts are played in the stated order. A part that is played several times in a row has its numbered endings one after another.
- A short first bar is the pickup. Later a short bar and the next one become one bar if together they fill it (a repeat within a
  bar). Otherwise, at the end of a section, the last bar of the section is filled with silence; and if a section ends with a full
  bar and the next one has a pickup, the last note is shortened to make room for it. Elsewhere a bar that is too short or too long
  gets its own metre.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from genstudio.domains.music.line import Line, trimmed
from genstudio.domains.music.notes import Note
from genstudio.domains.music.time import TICKS, MetreChange, TempoChange, bar_ticks, metre_for
from genstudio.errors import FileError, Message

__all__ = ["CLOSE", "MAX_MEASURES", "UNCLEAR", "Event", "Layout", "Measure", "laid_out", "line_from", "played"]

MAX_MEASURES = 4_000
"""Bars of one tune, with repeats expanded."""
_MAX_BARS = 4 * MAX_MEASURES  # a measure may be as long as several bars
_MAX_NOTES = 200_000  # with repeats expanded
UNCLEAR = "unclear"
"""The mark of a measure with an instruction (of a da capo …) that is ambiguous."""
CLOSE = 0.6
"""Ticks by which sums of tuplets may be wrong."""


@dataclass
class Event:
    """A note or rest of written music, of a chord the highest note.

    pitch: None for a rest. tied: whether it is tied to the event before. notes: of a chord, all pitches, each with whether it is
    tied to the next event.
    """

    pitch: int | None
    ticks: float
    tied: bool = False
    notes: tuple[tuple[int, bool], ...] = ()


@dataclass
class Measure:
    """The notes between two bar lines of written music, with repeats, endings and marks.

    ``index``: the number of the written measure, where several parts share these bar lines.
    """

    metre: tuple[int, int] | None
    bpm: float
    part: str = ""
    events: list[Event] = field(default_factory=list)
    endings: frozenset[int] | None = None
    starts_repeat: bool = False
    ends_repeat: bool = False
    times: int = 2  # how often the section before the repeat at its end is played
    ends_section: bool = False
    index: int = -1
    marks: frozenset[str] = frozenset()  # "fine", "segno", "coda", "to coda", "dacapo", "dalsegno", "al fine" …

    @property
    def ticks(self) -> float:
        return sum(event.ticks for event in self.events)


def played(measures: list[Measure], order: str, tell: Callable[[str], None] = lambda remark: None) -> list[Measure]:
    """The measures in the order in which they are played.

    Args:
        measures: as they are written.
        order: the order of the parts, each a letter; "": as they are written.
        tell: called with remarks on assumptions.

    Raises:
        FileError: there are too many measures; the message is a clause.
    """
    jumps = any(measure.marks and {"dacapo", "dalsegno"} & measure.marks for measure in measures)
    parts: dict[str, list[Measure]] = {}
    for measure in measures:
        parts.setdefault(measure.part, []).append(measure)
    known = "".join(name for name in order if name in parts)
    if len(order) > 1 and known:
        if known != order:
            gone = ", ".join(sorted(set(order) - set(parts)))
            tell(Message("of the order of its parts, {parts} has no notes", parts=gone))
        if jumps:
            tell(Message("D.C. or D.S. is not played: the order of its parts is stated"))
        out = _repeated(parts[""]) if "" in parts else []
        for run in re.finditer(r"(.)\1*", known):
            out.extend(_times(parts[run[1]], len(run[0])))
            _check(out)
        return out
    if not jumps:
        return _repeated(measures)
    at, again = _after_jump(measures, tell)
    return [*_repeated(measures[:at]), *again]


def _check(measures: list[Measure]) -> None:
    if len(measures) > MAX_MEASURES:
        raise FileError("the tune has more than {most:,} bars", most=MAX_MEASURES)


def _times(part: list[Measure], times: int) -> list[Measure]:
    """The measures of a part that is played several times in a row; its numbered endings are counted over all repetitions."""
    endings = max((number for measure in part for number in measure.endings or ()), default=1)
    if endings > 1 and not any(measure.ends_repeat for measure in part):
        return [
            measure
            for turn in range(times)
            for measure in part
            if measure.events and (measure.endings is None or turn % endings + 1 in measure.endings)
        ]
    once = _repeated([replace(measure) for measure in part])
    again = times // endings if times % endings == 0 else times
    _check(once * again)
    return once * again


def _after_jump(measures: list[Measure], tell: Callable[[str], None]) -> tuple[int, list[Measure]]:
    """Follow a da capo or dal segno.

    Returns:
        The number of measures up to it, and the measures that are played after it: without repeats, with the last endings, to Fine
        or over the Coda. If it is ambiguous, the number of all measures, and none.
    """

    def places(*marks: str) -> list[int]:
        return [index for index, measure in enumerate(measures) if measure.marks.intersection(marks)]

    jumps, fines, leaves, codas = places("dacapo", "dalsegno"), places("fine"), places("to coda"), places("coda")
    at = jumps[0]
    marks = measures[at].marks
    starts = [0] if "dacapo" in marks else places("segno")
    over = "al coda" in marks or (bool(leaves) and "al fine" not in marks)
    clear = len(jumps) == len(starts) == 1 and starts[0] <= at and not places(UNCLEAR)
    again: list[Measure] = []
    if clear and over:
        clear = len(leaves) == len(codas) == 1 and starts[0] <= leaves[0] <= at < codas[0]
        again = [*measures[starts[0] : leaves[0] + 1], *measures[codas[0] :]] if clear else []
    elif clear:
        # Without Fine it could be played to the end, or to the end of any section.
        clear = len(fines) == 1 and starts[0] <= fines[0] <= at and not any(measure.events for measure in measures[at + 1 :])
        again = measures[starts[0] : fines[0] + 1] if clear else []
    skipped = _earlier_endings(measures)
    if not clear or id(again[-1]) in skipped:
        tell(Message("D.C. or D.S. is not played: where it goes to is not clear"))
        return len(measures), []
    tell(Message("D.C. or D.S. was played"))
    return at + 1, [measure for measure in again if measure.events and id(measure) not in skipped]


def _earlier_endings(measures: list[Measure]) -> set[int]:
    """The ids of the measures in numbered endings that are followed by another ending."""
    found: set[int] = set()
    last: frozenset[int] | None = None
    for measure in reversed(measures):
        if measure.endings is None:
            last = None
        elif last is None or measure.endings == last:
            last = measure.endings
        else:
            found.add(id(measure))
    return found


def _repeated(measures: list[Measure]) -> list[Measure]:
    out: list[Measure] = []
    index = 0
    while index < len(measures):
        group = index
        while group < len(measures) and measures[group].endings is not None:
            group += 1
        if not any(1 in (measure.endings or ()) for measure in measures[index:group]):
            # Endings without a first ending are ordinary measures after the repeat.
            for measure in measures[index:group]:
                measure.endings = None
        index = group + 1
    endings = _endings_of(measures)
    start, turn, index, explicit = 0, 1, 0, False
    while index < len(measures):
        measure = measures[index]
        if measure.starts_repeat and index != start:
            start, turn, explicit = index, 1, True
        elif measure.starts_repeat:
            explicit = True
        if measure.endings is not None and turn not in measure.endings:
            index += 1
            continue
        if measure.endings is None and turn > 1 and index > start and measures[index - 1].endings is not None:
            # After the last ending.
            start, turn, explicit = index, 1, measure.starts_repeat
        out.append(measure)
        _check(out)
        if measure.ends_repeat:
            again = turn < measure.times if measure.endings is None else _goes_back(*endings[index], turn + 1)
            if again:
                turn, index = turn + 1, start
                continue
            start, turn, explicit = index + 1, 1, False
        elif measure.ends_section and not explicit and turn == 1 and measure.endings is None:
            start = index + 1
        index += 1
    return [measure for measure in out if measure.events]


def _endings_of(measures: list[Measure]) -> list[tuple[set[int], bool]]:
    """For each measure, the numbers of the endings that stand together with its own, and whether further measures follow them."""
    found: list[tuple[set[int], bool]] = []
    for _, together in groupby(measures, lambda measure: measure.endings is not None):
        group = list(together)
        numbers = {number for measure in group for number in measure.endings or ()}
        found += [(numbers, len(found) + len(group) < len(measures))] * len(group)
    return found


def _goes_back(numbers: set[int], followed: bool, turn: int) -> bool:
    """Whether a section with numbered endings is played once more: there is an ending for that turn, or further measures serve as
    the second ending."""
    return turn in numbers or (turn == 2 and numbers == {1} and followed)


def line_from(measures: list[Measure], tell: Callable[[str], None], **rest: Any) -> Line:
    """The line of measures, without silence at its ends.

    Args:
        measures: in the order in which they are played.
        tell: called with a remark if bars had to be changed to fit.
        rest: other fields of the line.

    Raises:
        FileError: there are no notes, or too many notes or bars; the message is a clause.
    """
    if sum(len(measure.events) for measure in measures) > _MAX_NOTES:
        raise FileError("it has more than {most:,} notes, repeats played out", most=_MAX_NOTES)
    laid = laid_out(measures, tell)
    if not laid.notes:
        raise FileError("no notes")
    return trimmed(Line.build(laid.notes, laid.metres, laid.tempos, laid.pickup, laid.length, **rest))


@dataclass(frozen=True)
class Layout:
    """Measures in full bars, in ticks.

    notes: of their events. placed: each measure and where it begins. pickup, length: as for a :class:`Line`.
    """

    notes: list[Note]
    metres: list[MetreChange]
    tempos: list[TempoChange]
    pickup: int
    length: int
    placed: list[tuple[Measure, float]]


def laid_out(measures: list[Measure], tell: Callable[[str], None]) -> Layout:
    """Lay out measures in full bars.

    Args:
        measures: in the order in which they are played.
        tell: called with a remark if bars had to be changed to fit.

    Raises:
        FileError: there are too many bars; the message is a clause.
    """
    notes: list[Note] = []
    placed: list[tuple[Measure, float]] = []
    metres: list[MetreChange] = []
    tempos: list[TempoChange] = []
    line = 0  # the tick of the last bar line
    inside = 0.0  # ticks since then
    pickup = odd = count = 0
    nominal: tuple[int, int] = next((measure.metre for measure in measures if measure.metre is not None), (4, 4))
    opened = nominal
    after_section = True

    def put(measure: Measure, at: float) -> None:
        position = at
        placed.append((measure, at))
        if not tempos or tempos[-1].bpm != measure.bpm:
            tempos.append(TempoChange(round(at), measure.bpm))
        for event in measure.events:
            start, end = round(position), round(position + event.ticks)
            if event.pitch is not None and end > start:
                if event.tied and notes and notes[-1].end == start and notes[-1].pitch == event.pitch:
                    notes[-1] = notes[-1]._replace(end=end)
                else:
                    notes.append(Note(start, end, event.pitch))
            position += event.ticks

    def metre_from(tick: int, metre: tuple[int, int]) -> None:
        if metres and metres[-1].tick == tick:
            metres.pop()
        if not metres or metres[-1][1:] != metre:
            metres.append(MetreChange(tick, *metre))

    lengths = [measure.ticks for measure in measures]
    for index, measure in enumerate(measures):
        nominal = measure.metre or nominal
        bar = bar_ticks(*nominal)
        ticks = lengths[index]
        ends_section = measure.ends_section or index == len(measures) - 1
        if index == 0 and ticks < bar - CLOSE and len(measures) > 1:
            pickup = line = round(ticks)
            put(measure, 0.0)
            metre_from(0, nominal)
            after_section = measure.ends_section
            continue
        following = lengths[index + 1] if index + 1 < len(lengths) else 0.0
        if inside:
            room = bar_ticks(*opened)
            if inside + ticks <= room + CLOSE:
                put(measure, line + inside)
                inside += ticks
                if inside >= room - CLOSE:
                    line, inside = line + room, 0.0
                after_section = ends_section
                continue
            # This measure does not complete the short bar before it.
            odd += 1
            line = line + room if after_section else _own_metre(line, inside, opened, metre_from)
            inside = 0.0
        opened, begun = nominal, line
        metre_from(line, nominal)
        whole = round(ticks / bar)
        if whole >= 1 and abs(ticks - whole * bar) <= CLOSE:
            put(measure, float(line))
            line += whole * bar
        elif ticks < bar:
            completes = following and following < bar - CLOSE and ticks + following <= bar + CLOSE
            if after_section and not completes and index and _give_way(notes, line, round(ticks)):
                # A pickup after a full bar.
                odd += 1
                put(measure, float(line - round(ticks)))
            else:
                put(measure, float(line))
                inside = ticks
        else:
            odd += 1
            put(measure, float(line))
            line = _own_metre(line, ticks, nominal, metre_from)
        after_section = ends_section
        count += (line - begun) // bar
        if count > _MAX_BARS:
            raise FileError("the tune has more than {most:,} bars", most=_MAX_BARS)
    length = line + (bar_ticks(*opened) if inside else 0)
    if odd == 1:
        tell(Message("1 bar did not fill the metre and got silence or a metre of its own"))
    elif odd:
        tell(Message("{count} bars did not fill the metre and got silence or a metre of their own", count=odd))
    return Layout(notes, metres, tempos, pickup, length, placed)


def _own_metre(line: int, ticks: float, nominal: tuple[int, int], metre_from: Callable[[int, tuple[int, int]], None]) -> int:
    """Give the bar at ``line`` a metre of ``ticks``, or divide it into several bars, and return the next bar line."""
    sixteenth = TICKS // 4
    rest = -(-round(ticks) // sixteenth) * sixteenth
    for metre in (nominal, (4, 4)):
        if metre_for(rest) is None:
            full, rest = divmod(rest, bar_ticks(*metre))
            if full:
                metre_from(line, metre)
                line += full * bar_ticks(*metre)
    last = metre_for(rest)
    if last is not None:
        metre_from(line, last)
    return line + rest


def _give_way(notes: list[Note], line: int, ticks: int) -> bool:
    """Make room for a pickup of ``ticks`` before ``line``, in silence or by shortening a long note; whether that is possible."""
    if not notes:
        return False
    last = notes[-1]
    if last.end <= line - ticks:
        return True
    if last.end - last.start < 2 * ticks or last.start >= line - ticks:
        return False
    notes[-1] = last._replace(end=line - ticks)
    return True
