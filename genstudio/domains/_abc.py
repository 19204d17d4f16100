"""ABC tunebooks -> melodies: a reader for melodies only, in which bar lines and pickups are those of the text.

Source of the notation: the ABC music standard 2.1, https://abcnotation.com/wiki/abc:standard:v2.1

Stated rules of reading
- Of several voices the first is read, of a chord the highest note. Grace notes, decorations, chord symbols, annotations and
  lyrics are left out. An accidental holds to the end of its bar, in every octave.
- Repeats, numbered endings and the order of parts (P:) are played out, and bars made full, as ``_bars`` states.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from genstudio.domains._bars import MAX_MEASURES, Event, Measure, bars, played
from genstudio.domains._notes import (
    DEFAULT_TEMPO,
    TICKS,
    Melody,
    bar_ticks,
    build,
    metre_for,
    supported_metre,
    trimmed,
)
from genstudio.domains.base import ReadResult, Refusal
from genstudio.errors import DamagedFileError, FileError

__all__ = ["MAX_BYTES", "decode", "read", "tune", "tunes"]

MAX_BYTES = 16_000_000
MAX_TUNES = 50_000
"""Tunes of one file."""
MAX_TUNE = 200_000
"""Characters of one tune."""
WHOLE = 4 * TICKS

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHARP_ORDER = "FCGDAEB"
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_MODES = {
    "": (0, "major"), "maj": (0, "major"), "ion": (0, "ionian"), "m": (-3, "minor"), "min": (-3, "minor"),
    "aeo": (-3, "aeolian"), "mix": (-1, "mixolydian"), "dor": (-2, "dorian"), "phr": (-4, "phrygian"),
    "lyd": (1, "lydian"), "loc": (-5, "locrian"),
}  # fmt: skip

_FIELD = re.compile(r"([A-Za-z+]):(?![|:])(.*)", re.DOTALL)
_NOTE = re.compile(r"(\^\^|\^|__|_|=)?([A-Ga-g])([',]*)(\d*)(/*)(\d*)")
_LENGTH = re.compile(r"(\d*)(/*)(\d*)")
_BAR = re.compile(r"(?:[|:\]]|\[(?=\|))+")
_ENDING = re.compile(r"[ \t]*\[[ \t]*(\d[\d,.\- ]*)|(\d[\d,.\-]*)")
_TUPLET = re.compile(r"\((\d)(?::(\d*))?(?::(\d*))?")
_TEMPO = re.compile(r"((?:\d+\s*/\s*\d+\s*)+)=\s*(\d+(?:\.\d+)?)")
_DECORATION = re.compile(r"!([^!|\n]{1,40})!|\+([A-Za-z0-9.()<>]{1,20})\+")
_PART = re.compile(r"([A-Za-z])(\d*)|\(([^()]*)\)(\d*)")
_TIMES = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}


def decode(data: bytes) -> str:
    """The text of a tunebook: UTF-8, or else Latin-1; line ends made one kind."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tunes(text: str) -> Iterator[tuple[str, str]]:
    """``(number, text)`` of each tune of a tunebook; what comes before the first is put in front of each."""
    parts = re.split(r"(?m)^(?=X:)", text)
    head = "\n".join(line for line in parts[0].split("\n") if re.match(r"[MLQRO]:", line))
    for part in parts[1:]:
        number, _, body = part[2:].partition("\n")
        yield number.split("%")[0].strip(), (head + "\n" if head else "") + body
    if len(parts) == 1 and re.search(r"(?m)^K:", text):
        yield "1", text


def read(path: Path, data: bytes) -> ReadResult:
    """All tunes of a tunebook.

    Raises:
        DamagedFileError: it is no ABC; the message is a clause without the path.
    """
    if b"\0" in data[:4096]:
        raise DamagedFileError("not an ABC tunebook: it is not text")
    result = ReadResult()
    seen: Counter[str] = Counter()
    for number, text in tunes(decode(data)):
        seen[number] += 1
        if len(result.pieces) + len(result.refused) >= MAX_TUNES:
            result.refused.append(Refusal(f"{path}#{number}", f"the file has more than {MAX_TUNES:,} tunes: the rest was not read"))
            break
        name = f"{path}#{number}" + (f".{seen[number]}" if seen[number] > 1 else "")
        try:
            melody, remarks = tune(text, source=name)
        except FileError as error:
            result.refused.append(Refusal(name, str(error)))
            continue
        result.pieces.append(melody)
        result.remarks.extend(f"tune {name.rpartition('#')[2]}: {remark}" for remark in remarks)
    if not result.pieces and not result.refused:
        raise DamagedFileError("no tunes: an ABC tune begins with a line 'X:1' and has a line 'K:'")
    return result


def tune(text: str, source: str = "") -> tuple[Melody, list[str]]:
    """One tune's melody, and remarks on what was assumed.

    Raises:
        FileError: it gives no melody; the message is a clause.
    """
    if len(text) > MAX_TUNE:
        raise FileError(f"the tune has more than {MAX_TUNE:,} characters")
    return _Reader(source).run(text)


def _metre(text: str) -> tuple[int, int] | None:
    """The metre of an M: field; None where bars are free.

    Raises:
        FileError: it is no metre that melodies have.
    """
    value = text.split("%")[0].strip()
    if value.startswith("C|"):
        return (2, 2)
    if value.startswith("C"):
        return (4, 4)
    match = re.match(r"\(?\s*(\d+(?:\s*\+\s*\d+)*)\s*\)?\s*/\s*(\d+)", value)
    if match is None:
        if value == "" or value.lower() == "none":
            return None
        raise FileError(f"the metre {value[:20]!r} is not understood")
    numerator, denominator = sum(int(number[:4]) for number in match[1].split("+")), int(match[2][:4])
    metre = supported_metre(numerator, denominator) if numerator and denominator else None
    if metre is None:
        raise FileError(f"the metre {value[:20]} is not one that melodies have (1 to 16 over 2, 4, 8 or 16)")
    return metre


def _key(text: str) -> tuple[dict[str, int], str | None]:
    """The accidentals of a K: field, by letter, and the key's name."""
    value = text.split("%")[0].strip()
    if value[:2] in ("HP", "Hp"):
        return {"F": 1, "C": 1}, "A mixolydian"
    match = re.match(r"([A-G])([#b]?)\s*([A-Za-z]*)", value)
    signature: dict[str, int] = {}
    name = None
    if match and not value.lower().startswith(("clef", "none")):
        letter, sign, word = match.groups()
        mode = _MODES.get(word[:3].lower())
        if word == "exp" or mode is None:
            mode = _MODES[""]
        fifths = _FIFTHS[letter] + 7 * ((sign == "#") - (sign == "b")) + mode[0]
        for index in range(min(7, abs(fifths))):
            signature[_SHARP_ORDER[index] if fifths > 0 else _SHARP_ORDER[6 - index]] = 1 if fifths > 0 else -1
        name = f"{letter}{sign} {mode[1]}"
        if word == "exp":
            signature, name = {}, None
    for sign, letter in re.findall(r"(?:^|\s)(\^\^|\^|__|_|=)\s*([A-Ga-g])\b", value):
        signature[letter.upper()] = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}[sign]
    return signature, name


def _tempo(text: str, unit: float) -> float | None:
    """Quarters a minute of a Q: field, or None where it gives no number."""
    value = re.sub(r'"[^"]*"', "", text.split("%")[0]).strip()
    match = _TEMPO.search(value)
    if match:
        beat = 0.0
        for numerator, denominator in re.findall(r"(\d+)\s*/\s*(\d+)", match[1]):
            beat += int(numerator[:4]) / max(1, int(denominator[:4]))
        bpm = 4 * beat * float(match[2][:8])
    elif re.fullmatch(r"\d{1,4}(\.\d+)?", value):
        bpm = float(value)
    elif re.fullmatch(r"C\d*\s*=\s*\d{1,4}", value):
        bpm = float(value.split("=")[1]) * unit / TICKS
    else:
        return None
    return round(bpm, 4) if 10 <= bpm <= 1000 else None


def _order(text: str, depth: int = 0) -> str:
    """The parts in the order they are played: "A(BC)2" -> "ABCBC"."""
    out = ""
    for letter, times, group, again in _PART.findall(text.split("%")[0].replace(".", "")):
        out += letter * min(20, int(times[:3] or 1)) if letter else _order(group) * min(20, int(again[:3] or 1))
        if len(out) > 200:
            break
    return out[:200]


class _Reader:
    """Reads one tune; an object because ABC's meaning depends on everything before."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.title = ""
        self.metre: tuple[int, int] | None = None
        self.metre_given = False
        self.unit: float | None = None  # ticks of L:
        self.bpm = DEFAULT_TEMPO
        self.tempo_text = ""
        self.signature: dict[str, int] = {}
        self.key: str | None = None
        self.order = ""
        self.part = ""
        self.voice: str | None = None
        self.muted = False
        self.measures: list[Measure] = []
        self.accidentals: dict[str, int] = {}
        self.last: Event | None = None
        self.last_name = ""
        self.tie = False
        self.broken = 0  # of the next note: positive after '>', negative after '<'
        self.tuplet: tuple[float, int] = (1.0, 0)  # factor, notes left
        self.ending: frozenset[int] | None = None
        self.overlay = False
        self.remarks: list[str] = []

    def run(self, text: str) -> tuple[Melody, list[str]]:
        in_body = False
        for line in text.split("\n"):
            if line.startswith("%"):
                continue
            match = _FIELD.match(line)
            if match:
                name, value = match.groups()
                if not in_body:
                    in_body = self._header(name, value)
                else:
                    self._field(name, value)
            elif in_body:
                self._music(line)
        if not in_body:
            raise FileError("the tune has no key (a line 'K:')")
        measures = [measure for measure in self.measures if measure.events or measure.starts_repeat or measure.ends_repeat]
        if not any(event.pitch is not None for measure in measures for event in measure.events):
            raise FileError("no notes")
        return self._melody(played(measures, self.order)), self.remarks

    # -- fields

    def _header(self, name: str, value: str) -> bool:
        if name == "T" and not self.title:
            self.title = " ".join(value.split("%")[0].split())
        elif name == "M":
            self.metre, self.metre_given = _metre(value), True
        elif name == "L":
            self._unit(value)
        elif name == "Q":
            self.tempo_text = value
        elif name == "P":
            self.order = _order(value)
        elif name == "V":
            pass
        elif name == "K":
            self.signature, self.key = _key(value)
            if self.unit is None:
                self._default_unit()
            bpm = _tempo(self.tempo_text, self.unit or 240.0)
            if bpm is not None:
                self.bpm = bpm
            return True
        return False

    def _default_unit(self) -> None:
        short = self.metre is not None and self.metre[0] / self.metre[1] < 0.75
        self.unit = WHOLE / 16 if short else WHOLE / 8

    def _unit(self, value: str) -> None:
        match = re.match(r"\s*(\d{1,3})\s*/\s*(\d{1,3})", value)
        if match and int(match[1]) and int(match[2]):
            self.unit = WHOLE * int(match[1]) / int(match[2])
        elif value.split("%")[0].strip() == "1":
            self.unit = WHOLE

    def _field(self, name: str, value: str) -> None:
        if name == "V":
            voice = value.split("%")[0].split()[:1]
            self._voice(voice[0] if voice else "")
        elif self.muted:
            return
        elif name == "K":
            signature, key = _key(value)
            if key is not None or signature:
                self.signature = signature
            self.accidentals = {}
        elif name == "M":
            self.metre = _metre(value)
            if self.measures and not self.measures[-1].events:
                self.measures[-1].metre = self.metre
        elif name == "L":
            self._unit(value)
        elif name == "Q":
            bpm = _tempo(value, self.unit or 240.0)
            if bpm is not None:
                self.bpm = bpm
                if self.measures and not self.measures[-1].events:
                    self.measures[-1].bpm = bpm
        elif name == "P":
            self.part = value.split("%")[0].strip()[:1]
            self.ending = None
            if self.measures and self.measures[-1].events:
                self._close()
            if self.measures:
                self.measures[-1].part = self.part

    def _voice(self, name: str) -> None:
        if self.voice is None:
            self.voice = name
            # Music before the first V: belongs to it too.
        self.muted = name != self.voice
        if self.muted and "several voices" not in " ".join(self.remarks):
            self.remarks.append(f"it has several voices: the first ({self.voice}) was read")

    # -- music

    def _measure(self) -> Measure:
        if not self.measures:
            self.measures.append(Measure(self.metre, self.bpm, self.part))
        return self.measures[-1]

    def _close(self) -> None:
        """End the measure; the next one begins."""
        self.accidentals = {}
        self.overlay = False
        if not self.measures or self.measures[-1].events:
            self.measures.append(Measure(self.metre, self.bpm, self.part, endings=self.ending))
        else:
            # Nothing was in it yet ("|| |:"): it is still to come.
            last = self.measures[-1]
            last.metre, last.bpm, last.part, last.endings = self.metre, self.bpm, self.part, self.ending

    def _music(self, line: str) -> None:
        position, end = 0, len(line)
        while position < end:
            char = line[position]
            if char == "%":
                return
            if char == '"':
                close = line.find('"', position + 1)
                position = end if close < 0 else close + 1
            elif char == "{":
                close = line.find("}", position + 1)
                position = position + 1 if close < 0 else close + 1
            elif char in "!+":
                match = _DECORATION.match(line, position)
                position = match.end() if match else position + 1
            elif char == "[" and re.match(r"\[[A-Za-z]:", line[position : position + 3]):
                close = line.find("]", position)
                close = end if close < 0 else close
                self._field(line[position + 1], line[position + 3 : close])
                position = close + 1
            elif self.muted:
                position += 1
            elif char == "[" and re.match(r"\[\s*\d", line[position : position + 4]):
                match = _ENDING.match(line, position)
                assert match is not None
                self._begin_ending(match[1])
                position = match.end()
            elif char in "|:" or (char == "[" and line[position + 1 : position + 2] == "|"):
                position = self._bar(line, position)
            elif char == "[":
                position = self._chord(line, position)
            elif char == "(":
                match = _TUPLET.match(line, position)
                if match:
                    self._begin_tuplet(match)
                    position = match.end()
                else:
                    position += 1
            elif char in "><":
                run = position
                while run < end and line[run] == char:
                    run += 1
                self._break(run - position if char == ">" else position - run)
                position = run
            elif char == "-":
                self.tie = True
                position += 1
            elif char == "&":
                self.overlay = True
                position += 1
            elif char in "ABCDEFGabcdefg^_=":
                match = _NOTE.match(line, position)
                if match is None:
                    position += 1
                    continue
                self._note(match)
                position = match.end()
            elif char in "zxZX":
                match = _LENGTH.match(line, position + 1)
                assert match is not None
                if char in "zx":
                    self._add(None, self._ticks(match[1], match[2], match[3]), "")
                else:
                    bar = bar_ticks(*(self.metre or (4, 4)))
                    for index in range(min(MAX_MEASURES, int(match[1][:4] or 1))):
                        if index:
                            self._close()
                        self._measure().events.append(Event(None, float(bar)))
                self.last_name = ""
                position = match.end()
            elif char == "y":
                match = _LENGTH.match(line, position + 1)
                assert match is not None
                position = match.end()
            else:
                # Slur ends, decorations by letter, spaces, what is unknown.
                position += 1

    def _ticks(self, digits: str, slashes: str, divisor: str) -> float:
        ticks = (self.unit or 240.0) * int(digits[:4] or 1)
        if divisor:
            ticks /= max(1, int(divisor[:4])) * 2 ** min(8, len(slashes) - 1)
        elif slashes:
            ticks /= 2 ** min(8, len(slashes))
        return ticks

    def _pitch(self, match: re.Match[str]) -> tuple[int, str]:
        sign, letter, octave = match[1], match[2], match[3]
        upper = letter.upper()
        pitch = 60 + _STEPS[upper] + (12 if letter.islower() else 0) + 12 * (octave.count("'") - octave.count(","))
        name = f"{letter}{octave}"
        if sign:
            self.accidentals[upper] = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}[sign]
        elif self.tie and self.last is not None and self.last.pitch is not None and name == self.last_name:
            # A tie carries the accidental over the bar line.
            return self.last.pitch, name
        return pitch + self.accidentals.get(upper, self.signature.get(upper, 0)), name

    def _note(self, match: re.Match[str]) -> None:
        pitch, name = self._pitch(match)
        self._add(pitch, self._ticks(match[4], match[5], match[6]), name)

    def _chord(self, line: str, position: int) -> int:
        """The highest note of a chord, as long as its first note."""
        close = line.find("]", position)
        if close < 0:
            return position + 1
        found: tuple[int, str] | None = None
        ticks = 0.0
        tied = False
        inside = re.sub(r'"[^"]*"|![^!]*!', "", line[position + 1 : close])
        for match in _NOTE.finditer(inside):
            pitch, name = self._pitch(match)
            ticks = ticks or self._ticks(match[4], match[5], match[6])
            if found is None or pitch > found[0]:
                found = (pitch, name)
        tied = "-" in inside
        length = _LENGTH.match(line, close + 1)
        assert length is not None
        if found is not None:
            factor = self._ticks(length[1], length[2], length[3]) / (self.unit or 240.0)
            self._add(found[0], ticks * factor, found[1])
            self.tie = tied
            return length.end()
        return close + 1

    def _add(self, pitch: int | None, ticks: float, name: str) -> None:
        if self.overlay or ticks <= 0:
            return
        factor, left = self.tuplet
        if left:
            ticks *= factor
            self.tuplet = (factor, left - 1)
        if self.broken:
            part = 0.5 ** abs(self.broken)
            ticks *= part if self.broken > 0 else 2 - part
            self.broken = 0
        if pitch is not None:
            while pitch > 127:
                pitch -= 12
            while pitch < 0:
                pitch += 12
        tied = self.tie and pitch is not None and self.last is not None and self.last.pitch == pitch
        event = Event(pitch, ticks, tied)
        self._measure().events.append(event)
        self.last, self.last_name, self.tie = event, name, False

    def _break(self, count: int) -> None:
        """``A>B``: the note before is lengthened and the next shortened, or the other way round."""
        if self.last is None or self.broken or not self.measures or not self.measures[-1].events:
            return
        if self.measures[-1].events[-1] is not self.last:
            return
        part = 0.5 ** min(4, abs(count))
        self.last.ticks *= 2 - part if count > 0 else part
        self.broken = max(-4, min(4, count))

    def _begin_tuplet(self, match: re.Match[str]) -> None:
        notes = int(match[1])
        compound = self.metre is not None and self.metre[1] == 8 and self.metre[0] in (6, 9, 12)
        times = int(match[2]) if match[2] else _TIMES.get(notes, 3 if compound else 2)
        count = int(match[3]) if match[3] else notes
        if notes and times and count:
            self.tuplet = (times / notes, count)

    def _bar(self, line: str, position: int) -> int:
        match = _BAR.match(line, position)
        assert match is not None
        sign = match[0]
        position = match.end()
        if sign == ":":
            return position
        self.tuplet, self.broken = (1.0, 0), 0
        both = not sign.strip(":")
        ends, starts = both or sign.startswith(":"), both or sign.endswith(":")
        section = ends or starts or "||" in sign or "]" in sign or "[" in sign
        if self.measures and self.measures[-1].events:
            self.measures[-1].ends_repeat |= ends
            self.measures[-1].ends_section |= section
        elif len(self.measures) > 1:
            # The bar line was there already (":| |:"): its meanings add up.
            self.measures[-2].ends_repeat |= ends
            self.measures[-2].ends_section |= section
        if section:
            self.ending = None
        self._close()
        if starts:
            self.measures[-1].starts_repeat = True
        ending = _ENDING.match(line, position)
        if ending:
            self._begin_ending(ending[1] or ending[2])
            position = ending.end()
        return position

    def _begin_ending(self, text: str) -> None:
        numbers: set[int] = set()
        for part in re.split(r"[,.\s]+", text.strip(" ,.")):
            low, _, high = part.partition("-")
            if low.isdigit():
                numbers.update(range(int(low[:2]), min(20, int(high[:2]) if high.isdigit() else int(low[:2])) + 1))
        self.ending = frozenset(numbers) or None
        if self.measures and self.measures[-1].events:
            self._close()
        self._measure().endings = self.ending

    # -- from measures to bars

    def _melody(self, measures: list[Measure]) -> Melody:
        if all(measure.metre is None for measure in measures):
            common = Counter(round(measure.ticks) for measure in measures if measure.events).most_common(1)[0][0]
            metre = metre_for(common) or (4, 4)
            self.remarks.append(f"it has no metre: {metre[0]}/{metre[1]} was taken, from the length of its bars")
            for measure in measures:
                measure.metre = metre
        notes, metres, tempos, pickup, length, odd = bars(measures)
        if not notes:
            raise FileError("no notes")
        if odd:
            plural = "bar" if odd == 1 else "bars"
            self.remarks.append(f"{odd} {plural} did not fill the metre and got silence or a metre of their own")
        title = self.title or self.source.rpartition("#")[2]
        return trimmed(build(notes, metres, tempos, pickup, length, key=self.key, title=title, source=self.source))
