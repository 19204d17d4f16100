"""Read melodies from MusicXML files: one part, in written measures.

Source of the notation: MusicXML 4.0, https://www.w3.org/2021/06/musicxml40/

Rules
- Of several parts the one with lyrics is read, else the one whose name, register and number of notes suggest a melody.
- Of a part the first staff with notes is read, and of it the first voice that has at least half as many notes as any other; where
  that voice is silent, notes of the others are taken; of a chord the highest note. Grace notes are left out, and so are cue notes
  and slashes, unless the part has nothing else. Unpitched percussion is left out.
- Pitches are those that sound: a transposing part is transposed, and a quarter tone is rounded. Ties are ``<tie>`` or ``<tied>``;
  the beginning or the end alone is enough.
- A measure without content is a bar of rest, and a rest of a whole measure lasts as long as the bar. A measure under the sign for
  repeated measures, without notes of its own, repeats the measures before. A multiple rest that is written as one measure becomes
  the stated number of measures. A measure that is shorter than its metre lasts as long as in the other parts.
- Where no supported metre is stated, bars are as long as they are written.
- Repeats are expanded as ``bars`` describes; of notes for certain times (``time-only``), those for the first are taken. Jumps
  (D.C., D.S.) give a remark.
- A tempo within a bar applies from the next one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from genstudio.domains.base import ReadResult, Track
from genstudio.domains.music import keys, xml
from genstudio.domains.music.bars import MAX_MEASURES, Event, Measure, line_from, played
from genstudio.domains.music.time import DEFAULT_TEMPO, TICKS, bar_ticks, metre_for, supported_metre
from genstudio.errors import DamagedFileError, FileError, Message, did_you_mean

__all__ = ["MAX_BYTES", "read", "tracks"]

MAX_BYTES = xml.MAX_BYTES
_MAX_PARTS = 500
_MAX_ALL_MEASURES = 100_000  # of all parts
_MAX_BAR = 1_000.0 * TICKS
_STEP = TICKS // 4  # the shortest bar: one sixteenth
_CLOSE = 0.6  # ticks
_LENGTHS = {
    "maxima": 32.0, "long": 16.0, "breve": 8.0, "whole": 4.0, "half": 2.0, "quarter": 1.0, "eighth": 0.5, "16th": 0.25,
    "32nd": 0.125, "64th": 0.0625, "128th": 0.03125, "256th": 0.015625, "512th": 0.0078125, "1024th": 0.00390625,
}  # fmt: skip
_VOICE_NAME = re.compile(
    r"melod|vocal|voice|\bvox|sing|lead|solo|sopran|canto|chant|gesang|stimme|tenor|alto|mezzo|bariton|旋律|人声", re.IGNORECASE
)
_OTHER_NAME = re.compile(r"bass\b|drum|perc|piano|klavier|accomp|guitar|organ|harp", re.IGNORECASE)
_JUMP = re.compile(r"\b(d\.?\s?[cs]\.|da\s+capo|dal\s+segno|to\s+coda|al\s+(fine|coda))", re.IGNORECASE)


class _Note(NamedTuple):
    """A written note, in ticks from the start of its measure. tied: to the note before. ties: to the next note."""

    start: float
    ticks: float
    pitch: int
    tied: bool
    ties: bool
    voice: str
    staff: int
    aside: bool  # a cue or a slash


@dataclass
class _Written:
    """A written measure.

    nominal: ticks of a bar of its metre; None where there is none. length: the end of its last element. silent: it has no notes,
    pitched or not. again: the distance in bars to the measure that it repeats; 0: none. rests: the number of bars of its multiple
    rest.
    """

    measure: Measure
    number: str
    nominal: float | None
    notes: list[_Note] = field(default_factory=list)
    length: float = 0.0
    silent: bool = True
    again: int = 0
    rests: int = 0


@dataclass
class _Part:
    name: str
    program: int = 0
    written: list[_Written] = field(default_factory=list)
    key: str | None = None
    sung: bool = False
    remarks: list[str] = field(default_factory=list)
    pitches: list[int] = field(default_factory=list)
    # state while the part is read
    divisions: float = 1.0
    transpose: int = 0
    metre: tuple[int, int] | None = None
    nominal: float | None = None
    bpm: float = DEFAULT_TEMPO
    ending: frozenset[int] | None = None
    again: int = 0
    jumps: bool = False

    @property
    def measures(self) -> list[Measure]:
        return [one.measure for one in self.written]


@dataclass
class _Score:
    title: str
    parts: list[_Part]
    remarks: list[str]


def read(path: Path, data: bytes, *, part: int | str | None) -> ReadResult:
    """Read the melody from the bytes of a MusicXML file, compressed or not.

    Args:
        path: of the file, for title and source.
        data: its bytes.
        part: the part to take, by number from 1 or by name; None chooses one.

    Raises:
        FileError: it is damaged, has no notes, or no such part; the message is a clause without the path.
    """
    score = _score(data)
    chosen, remarks = _choose(score.parts, part)
    if not chosen.pitches:
        raise FileError("no notes")
    heard = played(chosen.measures, "")
    heard, stated = _measured(heard)
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
    parts = _score(data).parts
    taken = _choose(parts, None)[0]
    return [
        Track(number, part.name, len(part.pitches), False, part.program, part is taken)
        for number, part in enumerate(parts, 1)
        if part.pitches
    ]


# -- the score


def _score(data: bytes) -> _Score:
    plain = xml.plain(xml.unpacked(data) if data[:2] == b"PK" else data)
    remarks: list[str] = []
    try:
        reading = _Reading(plain)
    except xml.IllFormedError as error:
        try:
            mended = xml.mended(plain)
            if mended == plain:
                raise error
            reading = _Reading(mended)
        except xml.IllFormedError:
            raise DamagedFileError("damaged: it is not well-formed XML ({reason})", reason=error) from error
        remarks.append(Message("its XML was damaged and could be mended ({reason})", reason=error))
    parts = reading.parts
    if not parts:
        raise DamagedFileError("not a score: it has no parts")
    _settle(parts)
    return _Score(_title(reading.root), parts, remarks)


class _Reading:
    """Reads the parts in one pass through the XML, measure by measure."""

    def __init__(self, data: bytes) -> None:
        self._parts: list[_Part] = []
        self._by_id: dict[str, _Part] = {}
        self._around: ElementTree.Element | None = None
        self._measures = 0
        self.root = xml.walk(data, self._take)
        info: dict[str, tuple[str, int]] = {}
        for entry in self.root.iterfind("./part-list/score-part"):
            name = entry.findtext("part-name") or entry.findtext("part-abbreviation") or ""
            program = _whole(entry.findtext(".//midi-program"), 1) - 1
            info[entry.get("id", "")] = (" ".join(name[:1000].split())[:100], program if 0 <= program <= 127 else 0)
        for name, part in self._by_id.items():
            part.name, part.program = info.get(name, ("", 0))
        self.parts = self._parts

    def _take(self, around: ElementTree.Element, element: ElementTree.Element, by_time: bool) -> None:
        name = (element if by_time else around).get("id", "")
        if by_time:
            part = self._by_id.get(name)
            if part is None:
                part = self._new(name)
        elif around is self._around:
            part = self._parts[-1]
        else:
            part = self._new(name)
        self._around = around
        self._measures += 1
        if len(part.written) >= MAX_MEASURES:
            raise FileError("a part has more than {most:,} bars", most=MAX_MEASURES)
        if self._measures > _MAX_ALL_MEASURES:
            raise FileError("its parts have more than {most:,} bars together", most=_MAX_ALL_MEASURES)
        _read_measure(part, element, (around if by_time else element).get("number", ""))

    def _new(self, name: str) -> _Part:
        if len(self._parts) >= _MAX_PARTS:
            raise FileError("it has more than {most} parts", most=_MAX_PARTS)
        part = _Part("")
        self._parts.append(part)
        # Of parts with the same id, the first has the entry in the part list.
        self._by_id.setdefault(name if name not in self._by_id else f"{name} {len(self._parts)}", part)
        return part


def _title(root: ElementTree.Element) -> str:
    found = [root.findtext("work/work-title"), root.findtext("movement-title")]
    for credit in root.iterfind("./credit"):
        if any((kind.text or "").strip() == "title" for kind in credit.iterfind("credit-type")):
            found.append(credit.findtext("credit-words"))
    for text in found:
        title = " ".join((text or "")[:2000].split())
        if title:
            return title[:200]
    return ""


def _choose(parts: list[_Part], wanted: int | str | None) -> tuple[_Part, list[str]]:
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


def _whole(text: str | None, default: int) -> int:
    try:
        return int(float((text or "").strip()[:12]))
    except (ValueError, OverflowError):
        return default


def _real(text: str | None) -> float:
    try:
        value = float((text or "").strip()[:24])
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0


# -- one measure


def _read_measure(part: _Part, element: ElementTree.Element, number: str) -> None:
    measure = Measure(part.metre, part.bpm, endings=part.ending)
    written = _Written(measure, number[:20], part.nominal)
    part.written.append(written)
    position = longest = onset = 0.0  # ticks from the start of the measure
    for item in element:
        tag = item.tag
        if tag == "note":
            note = _read_note(item, part)
            if note is None:
                continue
            if note.chord:
                start = onset
            else:
                start = onset = position
                position += note.ticks
                if not position <= _MAX_BAR:
                    raise FileError("it has a bar of more than {most:,} quarters", most=round(_MAX_BAR / TICKS))
                longest = max(longest, position)
            written.silent = written.silent and note.rest
            if note.pitch is not None and note.first_time:
                written.notes.append(_Note(start, note.ticks, note.pitch, note.tied, note.ties, note.voice, note.staff, note.aside))
        elif tag in ("backup", "forward"):
            move = _real(item.findtext("duration")) * TICKS / part.divisions
            position = max(0.0, position - move) if tag == "backup" else position + max(0.0, move)
            if not position <= _MAX_BAR:
                raise FileError("it has a bar of more than {most:,} quarters", most=round(_MAX_BAR / TICKS))
            longest = max(longest, position)
        elif tag == "attributes":
            _read_attributes(part, item, written)
        elif tag in ("direction", "sound"):
            value = _bpm(item)
            if value is not None:
                if value != part.bpm and position > 0:
                    # A tempo within a bar applies from the next one.
                    part.bpm = value
                else:
                    part.bpm = measure.bpm = value
            _read_jump(part, item)
        elif tag == "barline":
            part.ending = _barline(item, part, part.ending)
    written.length = longest
    written.again = part.again


class _Sounding(NamedTuple):
    ticks: float
    pitch: int | None
    rest: bool
    chord: bool
    tied: bool
    ties: bool
    first_time: bool
    voice: str
    staff: int
    aside: bool


def _read_note(item: ElementTree.Element, part: _Part) -> _Sounding | None:
    """Read a note or rest; None for a grace note."""
    duration: float | None = None
    pitch: int | None = None
    rest = chord = tied = ties = aside = whole = False
    voice, staff, kind, dots, ratio = "1", 1, "", 0, 1.0
    for child in item:
        tag = child.tag
        if tag == "grace":
            return None
        if tag == "pitch":
            pitch = _pitch(child, part.transpose)
        elif tag == "duration":
            duration = _real(child.text)
        elif tag == "rest":
            rest, whole = True, child.get("measure") == "yes"
        elif tag == "chord":
            chord = True
        elif tag == "tie":
            tied, ties = tied or child.get("type") == "stop", ties or child.get("type") == "start"
        elif tag == "voice":
            voice = (child.text or "1").strip()[:20] or "1"
        elif tag == "staff":
            staff = _whole(child.text, 1)
        elif tag == "cue":
            aside = True
        elif tag == "notehead":
            aside = aside or (child.text or "").strip() == "slash"
        elif tag == "notations":
            for one in child.iterfind("tied"):
                tied, ties = tied or one.get("type") == "stop", ties or one.get("type") == "start"
        elif tag == "lyric":
            part.sung = True
        elif tag == "type":
            kind = (child.text or "").strip()
        elif tag == "dot":
            dots = min(4, dots + 1)
        elif tag == "time-modification":
            actual, normal = _real(child.findtext("actual-notes")), _real(child.findtext("normal-notes"))
            ratio = normal / actual if actual > 0 and normal > 0 else 1.0
    if duration is None:
        # Without a duration the length is that of the written form.
        ticks = _LENGTHS.get(kind, 0.0) * (2 - 0.5**dots) * ratio * TICKS
    else:
        ticks = max(0.0, duration * TICKS / part.divisions)
    if whole and part.nominal is not None and (not ticks or ticks > part.nominal):
        ticks = part.nominal
    only = item.get("time-only")
    first_time = only is None or "1" in re.findall(r"\d+", only[:100])
    return _Sounding(ticks, pitch, rest, chord, tied, ties, first_time, voice, staff, aside)


def _read_attributes(part: _Part, item: ElementTree.Element, written: _Written) -> None:
    value = item.findtext("divisions")
    if value is not None:
        part.divisions = _real(value) or part.divisions
        if part.divisions <= 0:
            raise DamagedFileError("damaged: it gives less than 1 division a quarter")
    element = _of_first_staff(item, "transpose")
    if element is not None:
        part.transpose = _whole(element.findtext("chromatic"), 0) + 12 * _whole(element.findtext("octave-change"), 0)
        part.transpose = part.transpose if abs(part.transpose) <= 127 else 0
    element = _of_first_staff(item, "time")
    if element is not None:
        part.metre, part.nominal = _metre(element)
        if not written.notes or part.metre is not None:
            written.measure.metre, written.nominal = part.metre, part.nominal
    if part.key is None:
        part.key = _key(item, part.transpose)
    for style in item.iterfind("measure-style"):
        if _whole(style.get("number"), 1) != 1:
            continue
        sign = style.find("measure-repeat")
        if sign is not None:
            part.again = max(1, min(64, _whole(sign.text, 1))) if sign.get("type") != "stop" else 0
        rests = style.findtext("multiple-rest")
        if rests is not None:
            written.rests = max(0, min(MAX_MEASURES, _whole(rests, 1)))


def _of_first_staff(attributes: ElementTree.Element, name: str) -> ElementTree.Element | None:
    found = attributes.findall(name)
    return next((one for one in found if _whole(one.get("number"), 1) == 1), found[0] if found else None)


def _metre(element: ElementTree.Element) -> tuple[tuple[int, int] | None, float | None]:
    """The metre (None if it is free or not supported), and the ticks of a bar (None if it is free)."""
    if element.find("senza-misura") is not None:
        return None, None
    ticks = 0.0
    pairs: list[tuple[int, int]] = []
    beats = 0
    for child in element:
        if child.tag == "beats":
            beats = sum(max(0, _whole(number, 0)) for number in (child.text or "")[:200].split("+"))
        elif child.tag == "beat-type":
            kind = _whole(child.text, 0)
            if 0 < beats <= 1000 and 0 < kind <= 1024:
                pairs.append((beats, kind))
                ticks += beats * 4 * TICKS / kind
    if len(pairs) == 1:
        return supported_metre(*pairs[0]), ticks
    if not pairs or ticks > _MAX_BAR:
        return None, None
    # 2/4 + 3/8: one bar with the length of both.
    return (metre_for(round(ticks)) if abs(ticks - round(ticks)) < _CLOSE else None), ticks


def _key(attributes: ElementTree.Element, transpose: int) -> str | None:
    element = _of_first_staff(attributes, "key")
    if element is None or element.find("fifths") is None:
        return None
    fifths = _whole(element.findtext("fifths"), 0)
    if not -20 <= fifths <= 20:
        return None
    if transpose:
        fifths = (fifths + transpose * 7 + 5) % 12 - 5
    return keys.key_text(fifths, (element.findtext("mode") or "").strip() == "minor")


def _bpm(item: ElementTree.Element) -> float | None:
    sound = item if item.tag == "sound" else item.find("sound")
    value = _real(sound.get("tempo")) if sound is not None else 0.0
    if not value:
        metronome = item.find("./direction-type/metronome")
        if metronome is not None:
            dots = min(4, len(metronome.findall("beat-unit-dot")))
            match = re.search(r"[0-9]{1,6}(\.[0-9]{1,6})?", (metronome.findtext("per-minute") or "")[:100])
            if match:
                unit = _LENGTHS.get((metronome.findtext("beat-unit") or "").strip(), 1.0)
                value = _real(match[0]) * unit * (2 - 0.5**dots)
    return round(value, 4) if 10 <= value <= 1000 else None


def _read_jump(part: _Part, item: ElementTree.Element) -> None:
    if part.jumps:
        return
    sound = item if item.tag == "sound" else item.find("sound")
    name = ""
    if sound is not None:
        name = next((name for name in ("dacapo", "dalsegno", "tocoda") if sound.get(name)), "")
    if not name and item.tag == "direction":
        for words in item.iterfind("./direction-type/words"):
            found = _JUMP.search((words.text or "")[:200])
            name = found[0] if found else name
    if name:
        part.jumps = True
        part.remarks.append(Message("it has a jump ({name}), which is not played", name=name))


def _pitch(element: ElementTree.Element, transpose: int) -> int | None:
    step = keys.STEPS.get((element.findtext("step") or "").strip())
    if step is None:
        return None
    octave = _whole(element.findtext("octave"), 4)
    alter = round(_real(element.findtext("alter")))
    pitch = 12 * (octave + 1) + step + alter + transpose
    return pitch if 0 <= pitch <= 127 else None


def _barline(item: ElementTree.Element, part: _Part, ending: frozenset[int] | None) -> frozenset[int] | None:
    """Read a bar line, and return the numbered endings for the next measure."""
    measure = part.written[-1].measure
    before = part.written[-2].measure if len(part.written) > 1 else None
    left = item.get("location", "right") == "left"
    style = item.findtext("bar-style") or ""
    if style in ("light-light", "light-heavy", "heavy-light", "heavy-heavy"):
        if not left:
            measure.ends_section = True
        elif before is not None:
            before.ends_section = True
    repeat = item.find("repeat")
    if repeat is not None:
        if repeat.get("direction") == "forward":
            measure.starts_repeat = True
            if before is not None:
                before.ends_section = True
        else:
            measure.ends_repeat = measure.ends_section = True
            measure.times = max(2, min(9, _whole(repeat.get("times"), 2)))
    mark = item.find("ending")
    if mark is not None:
        if mark.get("type") == "start":
            numbers = frozenset(int(number) for number in re.findall(r"[0-9]{1,2}", (mark.get("number") or "")[:200]))
            measure.endings = ending = numbers or frozenset((1,))
        else:
            ending = None
    return ending


# -- from written to sounding measures


def _settle(parts: Sequence[_Part]) -> None:
    """Find the length and the events of every measure of every part."""
    for part in parts:
        for index, one in enumerate(part.written):
            if one.nominal and one.silent and one.nominal + _CLOSE < one.length <= 4 * TICKS:
                # A whole rest stands for the whole bar, whatever its length.
                one.length = one.nominal
            source = part.written[index - one.again] if one.again and index >= one.again else None
            if source is not None and one.silent:
                one.notes, one.length = source.notes, max(one.length, source.length)
    # One part alone does not show whether a short measure is really short or incomplete.
    longest: list[float] = []
    for part in parts:
        for index, one in enumerate(part.written):
            if index == len(longest):
                longest.append(0.0)
            longest[index] = max(longest[index], one.length)
    for part in parts:
        usual = 4.0 * TICKS
        for index, one in enumerate(part.written):
            bar = one.nominal
            if bar is None:
                one.length = longest[index] or usual
                usual = one.length
            elif one.length < bar - _CLOSE:
                one.length = min(bar, longest[index]) or bar
        _several_rests(part)
        _voice(part)


def _several_rests(part: _Part) -> None:
    """Add the measures of multiple rests that are written as one measure."""
    written: list[_Written] = []
    for index, one in enumerate(part.written):
        written.append(one)
        if one.rests < 2 or not one.silent or index + 1 >= len(part.written):
            continue
        if _whole(part.written[index + 1].number, 0) != _whole(one.number, 0) + one.rests:
            continue
        if len(written) + one.rests > MAX_MEASURES:
            raise FileError("a part has more than {most:,} bars", most=MAX_MEASURES)
        bar = one.nominal or one.length
        if one.length > bar + _CLOSE:
            continue
        first = one.measure
        for _ in range(one.rests - 1):
            written.append(_Written(Measure(first.metre, first.bpm, endings=first.endings), "", one.nominal, length=bar))
        # The bar line of the written measure belongs to the last of them.
        last = written[-1].measure
        last.ends_repeat, last.times, last.ends_section = first.ends_repeat, first.times, first.ends_section
        first.ends_repeat = first.ends_section = False
    part.written = written


def _voice(part: _Part) -> None:
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
    first = min(voices, key=lambda voice: (_whole(voice, 999), voice))
    before: _Note | None = None  # the last note, in ticks from the start of the current measure
    for one in part.written:
        mine: list[_Note] = []
        others: list[_Note] = []
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
                line[index] = note._replace(tied=note.tied or abs(before.start + before.ticks - note.start) < _CLOSE)
            before = note
        if before is not None:
            before = before._replace(start=before.start - one.length)
        _fill(one.measure, line, one.length)
        part.pitches.extend(note.pitch for note in line)


def _line(notes: Iterable[_Note]) -> list[_Note]:
    """Reduce notes to one voice: of notes that begin together the highest, each ending at the next at the latest."""
    line: list[_Note] = []
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


def _where_silent(notes: Sequence[_Note], line: Sequence[_Note]) -> list[_Note]:
    """The notes that only sound while the line is silent."""
    starts = [note.start for note in line]
    found = []
    for note in notes:
        after = bisect_left(starts, note.start - 0.01)
        free = after == len(line) or line[after].start >= note.start + note.ticks - 0.01
        if free and (not after or line[after - 1].start + line[after - 1].ticks <= note.start + 0.01):
            found.append(note)
    return found


def _fill(measure: Measure, line: Sequence[_Note], length: float) -> None:
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


def _measured(measures: Sequence[Measure]) -> tuple[list[Measure], int]:
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
        elif index == 0 and common is not None and len(measures) > 1 and measure.ticks < length - _CLOSE:
            out.append(_with(measure, common, measure.events))
        else:
            if open_ is None:
                open_ = _with(measure, None, list(measure.events))
            else:
                open_.events.extend(measure.events)
                open_.ends_section = measure.ends_section
            sixteenths = open_.ticks / _STEP
            if abs(sixteenths - round(sixteenths)) * _STEP <= _CLOSE:
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
    whole = max(1, math.ceil((ticks - _CLOSE) / _STEP)) * _STEP
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
