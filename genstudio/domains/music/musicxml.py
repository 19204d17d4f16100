"""Parse MusicXML files into written measures: the parts with their notes, chord symbols and lyrics, before repeats are played.

Source of the notation: MusicXML 4.0, https://www.w3.org/2021/06/musicxml40/

Rules
- Pitches are those that sound: a transposing part is transposed, and a quarter tone is rounded. Grace notes are left out. Ties are
  ``<tie>`` or ``<tied>``; the beginning or the end alone is enough.
- A measure without content is a bar of rest, and a rest of a whole measure lasts as long as the bar. A measure under the sign for
  repeated measures, without notes of its own, repeats the measures before. A multiple rest that is written as one measure becomes
  the stated number of measures. A measure that is shorter than its metre lasts as long as in the other parts.
- Of notes for certain times (``time-only``), those for the first are taken; of several verses the first. Jumps (D.C., D.S.) give a
  remark.
- A tempo within a bar applies from the next one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree

from genstudio.domains.music import keys, xml
from genstudio.domains.music.bars import CLOSE, MAX_MEASURES, Measure
from genstudio.domains.music.time import DEFAULT_TEMPO, TICKS, metre_for, supported_metre
from genstudio.errors import DamagedFileError, FileError, Message

__all__ = ["MAX_BYTES", "WrittenChord", "WrittenMeasure", "WrittenNote", "WrittenPart", "WrittenScore", "whole", "written"]

MAX_BYTES = xml.MAX_BYTES
_MAX_PARTS = 500
_MOST_FIELDS = 100
_MAX_ALL_MEASURES = 100_000  # of all parts
_MAX_BAR = 1_000.0 * TICKS
_LENGTHS = {
    "maxima": 32.0, "long": 16.0, "breve": 8.0, "whole": 4.0, "half": 2.0, "quarter": 1.0, "eighth": 0.5, "16th": 0.25,
    "32nd": 0.125, "64th": 0.0625, "128th": 0.03125, "256th": 0.015625, "512th": 0.0078125, "1024th": 0.00390625,
}  # fmt: skip
_JUMP = re.compile(r"\b(d\.?\s?[cs]\.|da\s+capo|dal\s+segno|to\s+coda|al\s+(fine|coda))", re.IGNORECASE)


class WrittenNote(NamedTuple):
    """A written note, in ticks from the start of its measure. tied: to the note before. ties: to the next note."""

    start: float
    ticks: float
    pitch: int
    tied: bool
    ties: bool
    voice: str
    staff: int
    aside: bool  # a cue or a slash


class WrittenHit(NamedTuple):
    """A note of unpitched percussion, in ticks from the start of its measure; ``instrument``: the id of what is struck."""

    start: float
    instrument: str


class WrittenChord(NamedTuple):
    """A chord symbol, in ticks from the start of its measure.

    root, bass: pitch classes; -1 where there is none (no chord; the bass is the root). kind: as MusicXML names it. degrees: how
    many degrees it adds, alters or leaves out. text: as it is printed.
    """

    start: float
    root: int
    kind: str
    bass: int
    degrees: int
    text: str


class WrittenLyric(NamedTuple):
    """A syllable of the first verse, in ticks from the start of its measure; ``joins``: the word goes on with the next one."""

    start: float
    text: str
    joins: bool
    staff: int


@dataclass
class WrittenMeasure:
    """A written measure.

    nominal: ticks of a bar of its metre; None where there is none. length: the end of its last element. silent: it has no notes,
    pitched or not. again: the distance in bars to the measure that it repeats; 0: none. rests: the number of bars of its multiple
    rest. key: the key that is stated at it, or None.
    """

    measure: Measure
    number: str
    nominal: float | None
    notes: list[WrittenNote] = field(default_factory=list)
    hits: list[WrittenHit] = field(default_factory=list)
    chords: list[WrittenChord] = field(default_factory=list)
    lyrics: list[WrittenLyric] = field(default_factory=list)
    length: float = 0.0
    silent: bool = True
    again: int = 0
    rests: int = 0
    key: str | None = None


@dataclass
class WrittenPart:
    """A written part. struck: the percussion instrument of General MIDI for each id. verses: the largest number of verses."""

    name: str
    program: int = 0
    struck: dict[str, int] = field(default_factory=dict)
    verses: int = 0
    written: list[WrittenMeasure] = field(default_factory=list)
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
class WrittenScore:
    """All parts of a file, its title, remarks, and the texts of its miscellaneous fields by name."""

    title: str
    parts: list[WrittenPart]
    remarks: list[str]
    fields: dict[str, str] = field(default_factory=dict)


# -- the score


def written(data: bytes) -> WrittenScore:
    """Parse the bytes of a MusicXML file, compressed or not.

    Raises:
        FileError: it is damaged, or too large; the message is a clause without the path.
    """
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
    fields = reading.root.findall("./identification/miscellaneous/miscellaneous-field")[:_MOST_FIELDS]
    return WrittenScore(_title(reading.root), parts, remarks, {one.get("name", ""): (one.text or "")[:1000] for one in fields})


class _Reading:
    """Reads the parts in one pass through the XML, measure by measure."""

    def __init__(self, data: bytes) -> None:
        self._parts: list[WrittenPart] = []
        self._by_id: dict[str, WrittenPart] = {}
        self._around: ElementTree.Element | None = None
        self._measures = 0
        self.root = xml.walk(data, self._take)
        info: dict[str, tuple[str, int, dict[str, int]]] = {}
        for entry in self.root.iterfind("./part-list/score-part"):
            name = entry.findtext("part-name") or entry.findtext("part-abbreviation") or ""
            program = whole(entry.findtext(".//midi-program"), 1) - 1
            struck = {
                one.get("id", ""): hit - 1
                for one in entry.iterfind("midi-instrument")
                if 1 <= (hit := whole(one.findtext("midi-unpitched"), 0)) <= 128
            }
            info[entry.get("id", "")] = (" ".join(name[:1000].split())[:100], program if 0 <= program <= 127 else 0, struck)
        for name, part in self._by_id.items():
            part.name, part.program, part.struck = info.get(name, ("", 0, {}))
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

    def _new(self, name: str) -> WrittenPart:
        if len(self._parts) >= _MAX_PARTS:
            raise FileError("it has more than {most} parts", most=_MAX_PARTS)
        part = WrittenPart("")
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


def whole(text: str | None, default: int) -> int:
    """The whole number in a text, or ``default`` where there is none."""
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


def _read_measure(part: WrittenPart, element: ElementTree.Element, number: str) -> None:
    measure = Measure(part.metre, part.bpm, endings=part.ending)
    written = WrittenMeasure(measure, number[:20], part.nominal)
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
            if note.hit is not None and note.first_time:
                written.hits.append(WrittenHit(start, note.hit))
            if note.lyric is not None and note.first_time:
                written.lyrics.append(WrittenLyric(start, *note.lyric, note.staff))
            if note.pitch is not None and note.first_time:
                written.notes.append(
                    WrittenNote(start, note.ticks, note.pitch, note.tied, note.ties, note.voice, note.staff, note.aside)
                )
        elif tag in ("backup", "forward"):
            move = _real(item.findtext("duration")) * TICKS / part.divisions
            position = max(0.0, position - move) if tag == "backup" else position + max(0.0, move)
            if not position <= _MAX_BAR:
                raise FileError("it has a bar of more than {most:,} quarters", most=round(_MAX_BAR / TICKS))
            longest = max(longest, position)
        elif tag == "attributes":
            _read_attributes(part, item, written)
        elif tag == "harmony":
            chord = _read_harmony(item, position, part)
            if chord is not None:
                written.chords.append(chord)
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
    hit: str | None
    lyric: tuple[str, bool] | None


def _read_note(item: ElementTree.Element, part: WrittenPart) -> _Sounding | None:
    """Read a note or rest; None for a grace note."""
    duration: float | None = None
    pitch: int | None = None
    rest = chord = tied = ties = aside = full = False
    voice, staff, kind, dots, ratio = "1", 1, "", 0, 1.0
    hit: str | None = None
    instrument = ""
    lyric: tuple[str, bool] | None = None
    for child in item:
        tag = child.tag
        if tag == "grace":
            return None
        if tag == "pitch":
            pitch = _pitch(child, part.transpose)
        elif tag == "duration":
            duration = _real(child.text)
        elif tag == "rest":
            rest, full = True, child.get("measure") == "yes"
        elif tag == "chord":
            chord = True
        elif tag == "tie":
            tied, ties = tied or child.get("type") == "stop", ties or child.get("type") == "start"
        elif tag == "voice":
            voice = (child.text or "1").strip()[:20] or "1"
        elif tag == "staff":
            staff = whole(child.text, 1)
        elif tag == "cue":
            aside = True
        elif tag == "notehead":
            aside = aside or (child.text or "").strip() == "slash"
        elif tag == "notations":
            for one in child.iterfind("tied"):
                tied, ties = tied or one.get("type") == "stop", ties or one.get("type") == "start"
        elif tag == "lyric":
            part.sung = True
            verse = max(1, whole(child.get("number"), 1))
            part.verses = max(part.verses, min(verse, 99))
            if verse == 1 and lyric is None:
                lyric = _syllable(child)
        elif tag == "unpitched":
            hit = ""
        elif tag == "instrument":
            instrument = child.get("id", "")
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
    if full and part.nominal is not None and (not ticks or ticks > part.nominal):
        ticks = part.nominal
    only = item.get("time-only")
    first_time = only is None or "1" in re.findall(r"\d+", only[:100])
    return _Sounding(
        ticks, pitch, rest, chord, tied, ties, first_time, voice, staff, aside, None if hit is None else instrument, lyric
    )


def _syllable(element: ElementTree.Element) -> tuple[str, bool] | None:
    """The text of a ``<lyric>``, and whether its word goes on."""
    text = " ".join("".join(one.text or "" for one in element if one.tag in ("text", "elision"))[:200].split())
    return (text, (element.findtext("syllabic") or "").strip() in ("begin", "middle")) if text else None


def _read_harmony(item: ElementTree.Element, position: float, part: WrittenPart) -> WrittenChord | None:
    """Read a chord symbol; None where it has no root, as functions (IV) and numbers have not."""
    kind = item.find("kind")
    name = (kind.text or "").strip()[:40] if kind is not None else "major"
    text = (kind.get("text") or "")[:40] if kind is not None else ""
    start = max(0.0, position + _real(item.findtext("offset")) * TICKS / part.divisions)
    if name == "none":
        return WrittenChord(start, -1, name, -1, 0, text)
    root = _step(item.find("root"), "root", part.transpose)
    if root is None:
        return None
    bass = _step(item.find("bass"), "bass", part.transpose)
    return WrittenChord(start, root, name, -1 if bass is None else bass, len(item.findall("degree")), text)


def _step(element: ElementTree.Element | None, name: str, transpose: int) -> int | None:
    if element is None:
        return None
    step = keys.STEPS.get((element.findtext(f"{name}-step") or "").strip())
    return None if step is None else (step + round(_real(element.findtext(f"{name}-alter"))) + transpose) % 12


def _read_attributes(part: WrittenPart, item: ElementTree.Element, written: WrittenMeasure) -> None:
    value = item.findtext("divisions")
    if value is not None:
        part.divisions = _real(value) or part.divisions
        if part.divisions <= 0:
            raise DamagedFileError("damaged: it gives less than 1 division a quarter")
    element = _of_first_staff(item, "transpose")
    if element is not None:
        part.transpose = whole(element.findtext("chromatic"), 0) + 12 * whole(element.findtext("octave-change"), 0)
        part.transpose = part.transpose if abs(part.transpose) <= 127 else 0
    element = _of_first_staff(item, "time")
    if element is not None:
        part.metre, part.nominal = _metre(element)
        if not written.notes or part.metre is not None:
            written.measure.metre, written.nominal = part.metre, part.nominal
    key = _key(item, part.transpose)
    written.key = key or written.key
    if part.key is None:
        part.key = key
    for style in item.iterfind("measure-style"):
        if whole(style.get("number"), 1) != 1:
            continue
        sign = style.find("measure-repeat")
        if sign is not None:
            part.again = max(1, min(64, whole(sign.text, 1))) if sign.get("type") != "stop" else 0
        rests = style.findtext("multiple-rest")
        if rests is not None:
            written.rests = max(0, min(MAX_MEASURES, whole(rests, 1)))


def _of_first_staff(attributes: ElementTree.Element, name: str) -> ElementTree.Element | None:
    found = attributes.findall(name)
    return next((one for one in found if whole(one.get("number"), 1) == 1), found[0] if found else None)


def _metre(element: ElementTree.Element) -> tuple[tuple[int, int] | None, float | None]:
    """The metre (None if it is free or not supported), and the ticks of a bar (None if it is free)."""
    if element.find("senza-misura") is not None:
        return None, None
    ticks = 0.0
    pairs: list[tuple[int, int]] = []
    beats = 0
    for child in element:
        if child.tag == "beats":
            beats = sum(max(0, whole(number, 0)) for number in (child.text or "")[:200].split("+"))
        elif child.tag == "beat-type":
            kind = whole(child.text, 0)
            if 0 < beats <= 1000 and 0 < kind <= 1024:
                pairs.append((beats, kind))
                ticks += beats * 4 * TICKS / kind
    if len(pairs) == 1:
        return supported_metre(*pairs[0]), ticks
    if not pairs or ticks > _MAX_BAR:
        return None, None
    # 2/4 + 3/8: one bar with the length of both.
    return (metre_for(round(ticks)) if abs(ticks - round(ticks)) < CLOSE else None), ticks


def _key(attributes: ElementTree.Element, transpose: int) -> str | None:
    element = _of_first_staff(attributes, "key")
    if element is None or element.find("fifths") is None:
        return None
    fifths = whole(element.findtext("fifths"), 0)
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


def _read_jump(part: WrittenPart, item: ElementTree.Element) -> None:
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
    octave = whole(element.findtext("octave"), 4)
    alter = round(_real(element.findtext("alter")))
    pitch = 12 * (octave + 1) + step + alter + transpose
    return pitch if 0 <= pitch <= 127 else None


def _barline(item: ElementTree.Element, part: WrittenPart, ending: frozenset[int] | None) -> frozenset[int] | None:
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
            measure.times = max(2, min(9, whole(repeat.get("times"), 2)))
    mark = item.find("ending")
    if mark is not None:
        if mark.get("type") == "start":
            numbers = frozenset(int(number) for number in re.findall(r"[0-9]{1,2}", (mark.get("number") or "")[:200]))
            measure.endings = ending = numbers or frozenset((1,))
        else:
            ending = None
    return ending


# -- from written to sounding measures


def _settle(parts: Sequence[WrittenPart]) -> None:
    """Find the length and the events of every measure of every part."""
    for part in parts:
        for index, one in enumerate(part.written):
            if one.nominal and one.silent and one.nominal + CLOSE < one.length <= 4 * TICKS:
                # A whole rest stands for the whole bar, whatever its length.
                one.length = one.nominal
            source = part.written[index - one.again] if one.again and index >= one.again else None
            if source is not None and one.silent:
                one.hits, one.chords = source.hits, one.chords or source.chords
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
            elif one.length < bar - CLOSE:
                one.length = min(bar, longest[index]) or bar
        _several_rests(part)


def _several_rests(part: WrittenPart) -> None:
    """Add the measures of multiple rests that are written as one measure."""
    written: list[WrittenMeasure] = []
    for index, one in enumerate(part.written):
        written.append(one)
        if one.rests < 2 or not one.silent or index + 1 >= len(part.written):
            continue
        if whole(part.written[index + 1].number, 0) != whole(one.number, 0) + one.rests:
            continue
        if len(written) + one.rests > MAX_MEASURES:
            raise FileError("a part has more than {most:,} bars", most=MAX_MEASURES)
        bar = one.nominal or one.length
        if one.length > bar + CLOSE:
            continue
        first = one.measure
        for _ in range(one.rests - 1):
            written.append(WrittenMeasure(Measure(first.metre, first.bpm, endings=first.endings), "", one.nominal, length=bar))
        # The bar line of the written measure belongs to the last of them.
        last = written[-1].measure
        last.ends_repeat, last.times, last.ends_section = first.ends_repeat, first.times, first.ends_section
        first.ends_repeat = first.ends_section = False
    part.written = written


