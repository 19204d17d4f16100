"""Read melodies from MusicXML files: one voice of one part.

Rules
- Of several parts the one with lyrics is read, else the one whose name, register and number of notes suggest a melody.
- Of a part the first staff with notes is read, and of it the first voice that has at least half as many notes as any other; where
  that voice is silent, notes of the others are taken; of a chord the highest note. Cue notes and slashes are left out, unless the
  part has nothing else.
- Where no supported metre is stated, bars are as long as they are written.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from genstudio.domains.base import ReadResult, Track
from genstudio.domains.music.bars import CLOSE, Event, Measure, line_from, played
from genstudio.domains.music.musicxml import WrittenNote, WrittenPart, whole, written
from genstudio.domains.music.time import TICKS, bar_ticks, metre_for
from genstudio.errors import FileError, Message, did_you_mean

__all__ = ["measured", "read", "tracks"]

_STEP = TICKS // 4  # the shortest bar: one sixteenth
_VOICE_NAME = re.compile(
    r"melod|vocal|voice|\bvox|sing|lead|solo|sopran|canto|chant|gesang|stimme|tenor|alto|mezzo|bariton|旋律|人声", re.IGNORECASE
)
_OTHER_NAME = re.compile(r"bass\b|drum|perc|piano|klavier|accomp|guitar|organ|harp", re.IGNORECASE)


def read(path: Path, data: bytes, *, part: int | str | None) -> ReadResult:
    """Read the melody from the bytes of a MusicXML file, compressed or not.

    Args:
        path: of the file, for title and source.
        data: its bytes.
        part: the part to take, by number from 1 or by name; None chooses one.

    Raises:
        FileError: it is damaged, has no notes, or no such part; the message is a clause without the path.
    """
    score = written(data)
    for one in score.parts:
        _voice(one)
    chosen, remarks = _choose(score.parts, part)
    if not chosen.pitches:
        raise FileError("no notes")
    heard = played(chosen.measures, "")
    heard, stated = measured(heard)
    if stated < len(heard):
        remarks.append(
            Message("it states no supported metre: bars are as long as they are written")
            if not stated
            else Message("in places it states no supported metre: there bars are as long as they are written")
        )
    line = line_from(
        heard, remarks.append, key=chosen.key, program=chosen.program, title=score.title or path.stem, source=str(path)
    )
    return ReadResult(pieces=[line], remarks=[*score.remarks, *remarks, *chosen.remarks])


def tracks(data: bytes) -> list[Track]:
    """The parts with notes in the bytes of a MusicXML file.

    Raises:
        FileError: it is damaged; the message is a clause without the path.
    """
    parts = written(data).parts
    for part in parts:
        _voice(part)
    taken = _choose(parts, None)[0]
    return [
        Track(number, part.name, len(part.pitches), False, part.program, part is taken)
        for number, part in enumerate(parts, 1)
        if part.pitches
    ]


# -- the part


def _choose(parts: list[WrittenPart], wanted: int | str | None) -> tuple[WrittenPart, list[str]]:
    def label(index: int) -> Message:
        name = parts[index].name
        return (
            Message("part {number} {name!r}", number=index + 1, name=name) if name else Message("part {number}", number=index + 1)
        )

    if wanted is not None:
        text = str(wanted).strip()
        if re.fullmatch(r"[0-9]{1,9}", text):
            if not 1 <= int(text) <= len(parts):
                raise FileError("there is no part {text}; it has {count}, counted from 1", text=text, count=len(parts))
            index = int(text) - 1
        else:
            found = [at for at, one in enumerate(parts) if one.name.lower() == text.lower()]
            found = found or [at for at, one in enumerate(parts) if text.lower() in one.name.lower()]
            if not found:
                hint = did_you_mean(text, {one.name for one in parts if one.name})
                raise FileError("there is no part {text!r}; {hint}", text=text[:100], hint=hint)
            index = found[0]
        one = parts[index]
        if not one.pitches and any(other.pitches for other in parts):
            raise FileError("{track} has no notes of a pitch", track=label(index))
        taken = Message("{track} of {count} was taken, as asked", track=label(index), count=len(parts))
        return one, [taken] if len(parts) > 1 else []
    if len(parts) == 1:
        return parts[0], []
    most = max(1, *(len(one.pitches) for one in parts))

    def score(at: int) -> float:
        one = parts[at]
        pitches = sorted(one.pitches)
        if not pitches:
            return -10.0
        middle = pitches[len(pitches) // 2]
        value = 4.0 * one.sung + 3.0 * bool(_VOICE_NAME.search(one.name)) - 2.0 * bool(_OTHER_NAME.search(one.name))
        return value + max(0.0, 1 - max(0, 60 - middle, middle - 84) / 12) + math.sqrt(len(pitches) / most)

    index = max(range(len(parts)), key=lambda at: (score(at), -at))
    return parts[index], [
        Message("{track} of {count} was taken as the melody", remedy="choose-track", track=label(index), count=len(parts))
    ]



# -- one voice

def _voice(part: WrittenPart) -> None:
    """Choose the staff and the voice that are read, and put their notes into the measures."""
    asides = all(note.aside for one in part.written for note in one.notes)
    counts: Counter[tuple[int, str]] = Counter(
        (note.staff, note.voice) for one in part.written for note in one.notes if asides or not note.aside
    )
    if not counts:
        for one in part.written:
            _fill(one.measure, [], one.length)
        return
    staff = min(counts, key=lambda place: place[0])[0]
    most = max(count for place, count in counts.items() if place[0] == staff)
    voices = [voice for (where, voice), count in counts.items() if where == staff and 2 * count >= most]
    first = min(voices, key=lambda voice: (whole(voice, 999), voice))
    before: WrittenNote | None = None  # the last note, in ticks from the start of the current measure
    for one in part.written:
        mine: list[WrittenNote] = []
        others: list[WrittenNote] = []
        for note in one.notes:
            if note.staff == staff and (asides or not note.aside):
                (mine if note.voice == first else others).append(note)
        line = _line(mine)
        if others:
            # Editors sometimes put notes of the melody into a second voice: it is used where the first is silent.
            line = _line([*line, *_where_silent(_line(others), line)])
        for index, note in enumerate(line):
            # Some programs write only the beginning of a tie.
            if before is not None and before.ties and before.pitch == note.pitch:
                line[index] = note._replace(tied=note.tied or abs(before.start + before.ticks - note.start) < CLOSE)
            before = note
        if before is not None:
            before = before._replace(start=before.start - one.length)
        _fill(one.measure, line, one.length)
        part.pitches.extend(note.pitch for note in line)


def _line(notes: Iterable[WrittenNote]) -> list[WrittenNote]:
    """Reduce notes to one voice: of notes that begin together the highest, each ending at the next at the latest."""
    line: list[WrittenNote] = []
    for note in sorted(notes, key=lambda note: (note.start, -note.pitch)):
        if note.ticks <= 0:
            continue
        if line:
            last = line[-1]
            if note.start <= last.start + 0.01:
                continue
            if last.start + last.ticks > note.start:
                line[-1] = last._replace(ticks=note.start - last.start)
        line.append(note)
    return line


def _where_silent(notes: Sequence[WrittenNote], line: Sequence[WrittenNote]) -> list[WrittenNote]:
    """The notes that only sound while the line is silent."""
    starts = [note.start for note in line]
    found = []
    for note in notes:
        after = bisect_left(starts, note.start - 0.01)
        free = after == len(line) or line[after].start >= note.start + note.ticks - 0.01
        if free and (not after or line[after - 1].start + line[after - 1].ticks <= note.start + 0.01):
            found.append(note)
    return found


def _fill(measure: Measure, line: Sequence[WrittenNote], length: float) -> None:
    """Add notes and the rests between them to a measure."""
    position = 0.0
    for note in line:
        if note.start > position + 0.01:
            measure.events.append(Event(None, note.start - position))
            position = note.start
        end = note.start + note.ticks
        if end > position:
            measure.events.append(Event(note.pitch, end - position, note.tied))
            position = end
    if length > position + 0.01:
        measure.events.append(Event(None, length - position))


def measured(measures: Sequence[Measure]) -> tuple[list[Measure], int]:
    """Give measures without a metre one that fits their length.

    A first measure that is shorter than most is a pickup and gets their metre. A measure whose length fits no metre becomes several
    bars, or is joined with the next measure.

    Returns:
        The measures, and the number of those that had a metre.
    """
    free = [measure for measure in measures if measure.metre is None]
    if not free:
        return list(measures), len(measures)
    inner = Counter(round(measure.ticks) for measure in free[1:-1] or free)
    length, count = inner.most_common(1)[0]
    common = metre_for(length) if count > 1 and 2 * count > inner.total() else None
    out: list[Measure] = []
    open_: Measure | None = None
    for index, measure in enumerate(measures):
        if measure.metre is not None:
            if open_ is not None:
                out += _barred(open_)
                open_ = None
            out.append(measure)
        elif index == 0 and common is not None and len(measures) > 1 and measure.ticks < length - CLOSE:
            out.append(_with(measure, common, measure.events))
        else:
            if open_ is None:
                open_ = _with(measure, None, list(measure.events))
            else:
                open_.events.extend(measure.events)
                open_.ends_section = measure.ends_section
            sixteenths = open_.ticks / _STEP
            if abs(sixteenths - round(sixteenths)) * _STEP <= CLOSE:
                out += _barred(open_)
                open_ = None
    if open_ is not None:
        out += _barred(open_)
    return out, len(measures) - len(free)


def _with(measure: Measure, metre: tuple[int, int] | None, events: list[Event]) -> Measure:
    return Measure(metre, measure.bpm, events=events, ends_section=measure.ends_section)


def _barred(measure: Measure) -> list[Measure]:
    """Divide a measure into bars that together have its length, or are less than a sixteenth longer."""
    ticks = measure.ticks
    whole = max(1, math.ceil((ticks - CLOSE) / _STEP)) * _STEP
    if whole > ticks:
        measure.events.append(Event(None, whole - ticks))
    metre = metre_for(whole)
    if metre is not None:
        return [_with(measure, metre, measure.events)]
    bar = bar_ticks(4, 4)
    full, rest = divmod(whole, bar)
    if not rest:
        return [_with(measure, (4, 4), measure.events)]
    first, last = _cut(measure.events, float(full * bar))
    found = [_with(measure, (4, 4), first), _with(measure, metre_for(rest), last)]
    found[0].ends_section = False
    return found


def _cut(events: Iterable[Event], at: float) -> tuple[list[Event], list[Event]]:
    """Split events at a time, into those before and after it."""
    before: list[Event] = []
    after: list[Event] = []
    position = 0.0
    for event in events:
        end = position + event.ticks
        if end <= at + 0.01:
            before.append(event)
        elif position >= at - 0.01:
            after.append(event)
        else:
            before.append(Event(event.pitch, at - position, event.tied))
            after.append(Event(event.pitch, end - at, event.pitch is not None))
        position = end
    return before, after
