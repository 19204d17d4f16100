"""MusicXML files -> melodies: a reader for melodies only, of one part, in written measures.

Source of the notation: MusicXML 4.0, https://www.w3.org/2021/06/musicxml40/

Stated rules of reading
- Of several parts the one for a voice is read, else the one whose name, register and number of notes speak for a melody.
- Of a part the first voice of the first staff is read, and where it is silent the others; of a chord the highest note.
  Grace notes and cues are left out.
- Pitches are as they sound (a transposing part is transposed). Repeats and bars: as ``_bars`` states.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from genstudio.domains import _keys
from genstudio.domains._bars import MAX_MEASURES, Event, Measure, bars, played
from genstudio.domains._notes import DEFAULT_TEMPO, TICKS, build, supported_metre, trimmed
from genstudio.domains.base import ReadResult, Track
from genstudio.errors import DamagedFileError, FileError, Message, did_you_mean

__all__ = ["MAX_BYTES", "read"]

MAX_BYTES = 24_000_000
"""Of the XML, unpacked; its tree takes some ten times as much memory."""
_MAX_MEMBERS = 1_000
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_BEATS = {"whole": 4.0, "half": 2.0, "quarter": 1.0, "eighth": 0.5, "16th": 0.25}
_VOICE_NAME = re.compile(
    r"melod|vocal|voice|\bvox|sing|lead|solo|sopran|canto|chant|gesang|stimme|tenor|alto|mezzo|bariton|旋律|人声", re.IGNORECASE
)
_OTHER_NAME = re.compile(r"bass\b|drum|perc|piano|klavier|accomp|guitar|organ|harp", re.IGNORECASE)


@dataclass
class _Part:
    name: str
    element: ElementTree.Element
    measures: list[Measure] = field(default_factory=list)
    key: str | None = None
    program: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def pitches(self) -> list[int]:
        return [event.pitch for measure in self.measures for event in measure.events if event.pitch is not None]


def read(path: Path, data: bytes, *, part: int | str | None) -> ReadResult:
    """The melody of a MusicXML file's bytes, compressed or not.

    Raises:
        FileError: it is damaged, has no notes, or no such part; the message is a clause without the path.
    """
    root = _root(_unpacked(data) if data[:2] == b"PK" else data)
    parts = _parts(root)
    if not parts:
        raise DamagedFileError("not a score: it has no parts")
    chosen, remarks = _choose(parts, part)
    if not chosen.pitches:
        raise FileError("no notes")
    heard = played(chosen.measures, "")
    notes, metres, tempos, pickup, length, odd = bars(heard)
    if odd:
        remarks.append(f"{odd} {'bar' if odd == 1 else 'bars'} did not fill the metre and got silence or a metre of their own")
    melody = build(
        notes,
        metres,
        tempos,
        pickup,
        length,
        key=chosen.key,
        program=chosen.program,
        title=_title(root) or path.stem,
        source=str(path),
    )
    return ReadResult(pieces=[trimmed(melody)], remarks=[*remarks, *chosen.remarks])


def _unpacked(data: bytes) -> bytes:
    """The score in a compressed MusicXML file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MAX_MEMBERS:
                raise DamagedFileError(f"its archive holds {len(members)} files, which no score does")
            names = [member.filename for member in members]
            wanted = None
            if "META-INF/container.xml" in names:
                container = _root(_member(archive, "META-INF/container.xml"))
                first = container.find(".//{*}rootfile")
                wanted = first.get("full-path") if first is not None else None
            if wanted not in names:
                scores = [name for name in names if name.endswith((".xml", ".musicxml")) and not name.startswith("META-INF")]
                wanted = scores[0] if scores else None
            if wanted is None:
                raise DamagedFileError("its archive holds no score")
            return _member(archive, wanted)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise DamagedFileError(f"damaged: it cannot be unpacked ({error})") from error


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    # What is read is counted, not what the archive says: it may lie.
    with archive.open(name) as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FileError(f"it unpacks to more than {MAX_BYTES // 1_000_000} MB, which no song does")
    return data


def _root(data: bytes) -> ElementTree.Element:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = re.sub(r"^\s*<\?xml[^>]*\?>", "", data.decode("utf-16", errors="replace")).encode("utf-8")
    if b"<!ENTITY" in data:
        # No score declares entities; those who want to fill our memory do.
        raise DamagedFileError("it declares XML entities, which a score does not need")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DamagedFileError(f"damaged: it is not well-formed XML ({error})") from error


def tracks(data: bytes) -> list[Track]:
    """The parts of a MusicXML file's bytes that have notes.

    Raises:
        FileError: it is damaged; the message is a clause without the path.
    """
    parts = _parts(_root(_unpacked(data) if data[:2] == b"PK" else data))
    taken = _choose(parts, None)[0] if parts else None
    return [
        Track(number, part.name, len(part.pitches), False, part.program, part is taken)
        for number, part in enumerate(parts, 1)
        if part.pitches
    ]


def _title(root: ElementTree.Element) -> str:
    for name in ("work/work-title", "movement-title"):
        text = " ".join((root.findtext(name) or "").split())
        if text:
            return text[:200]
    return ""


def _parts(root: ElementTree.Element) -> list[_Part]:
    if root.tag == "score-timewise":
        raise FileError("it is a score by time (score-timewise), and scores by part are read; save it as score-partwise")
    if root.tag != "score-partwise":
        raise DamagedFileError(f"not a score: it begins with <{root.tag[:40]}>, and <score-partwise> was expected")
    info: dict[str, tuple[str, int]] = {}
    for entry in root.iterfind("./part-list/score-part"):
        name = entry.findtext("part-name") or entry.findtext("part-abbreviation") or ""
        program = _whole(entry.findtext(".//midi-program"), 1) - 1
        info[entry.get("id", "")] = (" ".join(name.split())[:100], program if 0 <= program <= 127 else 0)
    found = []
    for element in root.iterfind("./part"):
        name, program = info.get(element.get("id", ""), ("", 0))
        found.append(_Part(name, element, program=program))
    return found


def _choose(parts: list[_Part], wanted: int | str | None) -> tuple[_Part, list[str]]:
    def label(index: int) -> str:
        name = parts[index].name
        return (
            Message("part {number} {name!r}", number=index + 1, name=name) if name else Message("part {number}", number=index + 1)
        )

    if wanted is not None:
        text = str(wanted).strip()
        if text.isdigit():
            if not 1 <= int(text) <= len(parts):
                raise FileError(f"there is no part {text}; it has {len(parts)}, counted from 1")
            index = int(text) - 1
        else:
            found = [at for at, one in enumerate(parts) if one.name.lower() == text.lower()]
            found = found or [at for at, one in enumerate(parts) if text.lower() in one.name.lower()]
            if not found:
                raise FileError(f"there is no part {text!r}; {did_you_mean(text, {one.name for one in parts if one.name})}")
            index = found[0]
        _read_part(parts[index])
        return parts[index], [Message("{track} of {count} was taken, as asked", track=label(index), count=len(parts))] if len(
            parts
        ) > 1 else []
    for one in parts:
        _read_part(one)
    if len(parts) == 1:
        return parts[0], []
    most = max(1, *(len(one.pitches) for one in parts))

    def score(at: int) -> float:
        one = parts[at]
        pitches = sorted(one.pitches)
        if not pitches:
            return -10.0
        middle = pitches[len(pitches) // 2]
        sung = one.element.find(".//lyric") is not None
        value = 4.0 * sung + 3.0 * bool(_VOICE_NAME.search(one.name)) - 2.0 * bool(_OTHER_NAME.search(one.name))
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


def _read_part(part: _Part) -> None:
    divisions, transpose = 1.0, 0
    metre: tuple[int, int] | None = None
    bpm = DEFAULT_TEMPO
    ending: frozenset[int] | None = None
    voice: str | None = None
    told: set[str] = set()
    for element in part.element.iterfind("./measure"):
        if len(part.measures) >= MAX_MEASURES:
            raise FileError(f"a part has more than {MAX_MEASURES:,} bars")
        measure = Measure(metre, bpm, endings=ending)
        part.measures.append(measure)
        position = 0.0  # ticks from the start of the measure
        longest = 0.0
        found: list[tuple[float, float, int, bool]] = []
        others: list[tuple[float, float, int, bool]] = []
        for item in element:
            if item.tag == "attributes":
                divisions = _real(item.findtext("divisions")) or divisions
                if divisions <= 0:
                    raise DamagedFileError("damaged: it gives less than 1 division a quarter")
                transpose = _transposition(item, transpose)
                metre = _metre(item, metre)
                measure.metre = metre
                if part.key is None:
                    part.key = _key(item, transpose)
            elif item.tag in ("direction", "sound"):
                value = _bpm(item)
                if value is not None:
                    if value != bpm and position > 0 and longest > 0:
                        # A tempo within a bar counts from the next one.
                        bpm = value
                    else:
                        bpm = measure.bpm = value
                for jump in ("dacapo", "dalsegno", "tocoda"):
                    sound = item if item.tag == "sound" else item.find("sound")
                    if sound is not None and sound.get(jump) and jump not in told:
                        told.add(jump)
                        part.remarks.append(f"it has a jump ({jump}), which is not played")
            elif item.tag in ("backup", "forward"):
                move = _real(item.findtext("duration")) * TICKS / divisions
                position = max(0.0, position - move) if item.tag == "backup" else position + move
                longest = max(longest, position)
            elif item.tag == "note":
                if item.find("grace") is not None or item.find("cue") is not None:
                    continue
                ticks = max(0.0, _real(item.findtext("duration")) * TICKS / divisions)
                chord = item.find("chord") is not None
                start = position - ticks if chord else position
                if not chord:
                    position += ticks
                longest = max(longest, position)
                pitch = _pitch(item, transpose)
                if pitch is None or _whole(item.findtext("staff"), 1) != 1:
                    continue
                name = item.findtext("voice") or "1"
                voice = name if voice is None else voice
                tied = any(tie.get("type") == "stop" for tie in item.iterfind("tie"))
                (found if name == voice else others).append((max(0.0, start), ticks, pitch, tied))
            elif item.tag == "barline":
                ending = _barline(item, measure, part.measures, ending)
        # Editors put what a voice sings in a second voice now and then: it is heard where the first is silent.
        found += [
            other
            for other in others
            if all(other[0] + other[1] <= note[0] + 0.01 or other[0] >= note[0] + note[1] - 0.01 for note in found)
        ]
        _fill(measure, found, longest)


def _fill(measure: Measure, found: list[tuple[float, float, int, bool]], longest: float) -> None:
    """Put notes and the silence between them into a measure; of notes that begin together the highest."""
    found.sort(key=lambda note: (note[0], -note[2]))
    position = 0.0
    for index, (start, ticks, pitch, tied) in enumerate(found):
        if index and found[index - 1][0] == start:
            continue
        later = next((note[0] for note in found[index + 1 :] if note[0] > start), math.inf)
        if start > position + 0.01:
            measure.events.append(Event(None, start - position))
            position = start
        end = min(start + ticks, later)
        if end > position:
            measure.events.append(Event(pitch, end - position, tied))
            position = end
    if longest > position + 0.01:
        measure.events.append(Event(None, longest - position))


def _transposition(attributes: ElementTree.Element, before: int) -> int:
    element = attributes.find("transpose")
    if element is None:
        return before
    return _whole(element.findtext("chromatic"), 0) + 12 * _whole(element.findtext("octave-change"), 0)


def _metre(attributes: ElementTree.Element, before: tuple[int, int] | None) -> tuple[int, int] | None:
    element = attributes.find("time")
    if element is None:
        return before
    if element.find("senza-misura") is not None:
        return before
    beats = sum(_whole(number, 0) for number in (element.findtext("beats") or "").split("+"))
    kind = _whole(element.findtext("beat-type"), 0)
    metre = supported_metre(beats, kind) if beats > 0 and kind > 0 else None
    if metre is None:
        raise FileError(f"the metre {beats}/{kind} is not one that melodies have (1 to 16 over 2, 4, 8 or 16)")
    return metre


def _key(attributes: ElementTree.Element, transpose: int) -> str | None:
    element = attributes.find("key")
    if element is None or element.find("fifths") is None:
        return None
    fifths = _whole(element.findtext("fifths"), 0) + transpose * 7
    while not -6 <= fifths <= 6 and transpose:
        fifths += -12 if fifths > 0 else 12
    return _keys.key_text(fifths, (element.findtext("mode") or "").strip() == "minor")


def _bpm(item: ElementTree.Element) -> float | None:
    sound = item if item.tag == "sound" else item.find("sound")
    value = _real(sound.get("tempo")) if sound is not None else 0.0
    if not value:
        metronome = item.find("./direction-type/metronome")
        if metronome is not None:
            dots = len(metronome.findall("beat-unit-dot"))
            match = re.search(r"\d+(\.\d+)?", metronome.findtext("per-minute") or "")
            if match:
                value = _real(match[0]) * _BEATS.get(metronome.findtext("beat-unit") or "", 1.0) * (2 - 0.5**dots)
    return round(value, 4) if 10 <= value <= 1000 else None


def _pitch(note: ElementTree.Element, transpose: int) -> int | None:
    element = note.find("pitch")
    if element is None:
        return None
    step = _STEPS.get((element.findtext("step") or "").strip())
    if step is None:
        return None
    octave = _whole(element.findtext("octave"), 4)
    alter = round(_real(element.findtext("alter")))
    pitch = 12 * (octave + 1) + step + alter + transpose
    return pitch if 0 <= pitch <= 127 else None


def _barline(
    item: ElementTree.Element, measure: Measure, measures: list[Measure], ending: frozenset[int] | None
) -> frozenset[int] | None:
    """Take in a bar line; the endings that hold for the next measure."""
    left = item.get("location", "right") == "left"
    style = item.findtext("bar-style") or ""
    if style in ("light-light", "light-heavy", "heavy-light", "heavy-heavy"):
        if not left:
            measure.ends_section = True
        elif len(measures) > 1:
            measures[-2].ends_section = True
    repeat = item.find("repeat")
    if repeat is not None:
        if repeat.get("direction") == "forward":
            measure.starts_repeat = True
            if len(measures) > 1:
                measures[-2].ends_section = True
        else:
            measure.ends_repeat = measure.ends_section = True
            measure.times = max(2, min(9, _whole(repeat.get("times"), 2)))
    mark = item.find("ending")
    if mark is not None:
        if mark.get("type") == "start":
            numbers = frozenset(int(number) for number in re.findall(r"\d{1,2}", mark.get("number") or ""))
            measure.endings = ending = numbers or frozenset((1,))
        else:
            ending = None
    return ending
