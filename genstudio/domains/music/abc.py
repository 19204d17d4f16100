"""Read melodies from ABC tunebooks; bar lines and pickups are those of the text.

Source of the notation: the ABC music standard 2.1, https://abcnotation.com/wiki/abc:standard:v2.1

Rules
- ``abc_book`` describes where tunes begin and end.
- Of several voices the one that the user names is read, else the one that looks like the melody; of a chord the highest note. Grace
  notes, decorations and annotations are left out. An accidental holds to the end of its bar, in all octaves.
- :class:`VoiceReader` also keeps what a score has room for: all notes of chords, voices beside the first one in a bar (``&``),
  chord symbols, and the first verse of the lyrics, of which a syllable belongs to each note, tied ones too.
- Pitches are those that sound, by clef, octave and transposition of the voice.
- Repeats, numbered endings, the order of parts (P:) and da capo are expanded, and bars made full, as ``bars`` describes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from genstudio.domains.base import ReadResult, Refusal, Track
from genstudio.domains.music.abc_book import MAX_TUNE, decoded, is_prose, title_of, tunes
from genstudio.domains.music.abc_fields import (
    ACCIDENTALS,
    Shift,
    Voice,
    chosen_voice,
    jumps_of,
    key_of,
    metre_of,
    order_of,
    plain,
    shift_of,
    tempo_of,
    transposed,
    voices_of,
)
from genstudio.domains.music.abc_marks import Mark, settle
from genstudio.domains.music.bars import MAX_MEASURES, Event, Measure, line_from, played
from genstudio.domains.music.keys import STEPS
from genstudio.domains.music.line import Line
from genstudio.domains.music.time import DEFAULT_TEMPO, TICKS, bar_ticks, metre_for, supported_metre
from genstudio.errors import DamagedFileError, FileError, Message

__all__ = ["MAX_BYTES", "Beside", "VoiceReader", "read", "read_tunes", "tracks", "tune"]

MAX_BYTES = 16_000_000
# Limits for one file, so that reading takes no more than seconds.
MAX_TUNES = 20_000
MAX_CHARACTERS = 4_000_000
MAX_EVENTS = 400_000
"""Notes, rests and bars."""
WHOLE = 4 * TICKS

_PITCHES = {letter: 60 + step for letter, step in STEPS.items()}
_PITCHES |= {letter.lower(): pitch + 12 for letter, pitch in _PITCHES.items()}
_FIELD = re.compile(r"([A-Za-z+]):(?![|:])(.*)", re.DOTALL)
_NOTE = re.compile(r"(\^\^|\^|__|_|=)?([A-Ga-g])([',]*)(\d*)(/*)(\d*)")
_LENGTH = re.compile(r"(\d*)(/*)(\d*)")
_BAR = re.compile(r"(?:[|:\]]|\[(?=\|))+")
_ENDING = re.compile(r"[ \t]*\[[ \t]*(\d[\d,.\- ]*)|(\d[\d,.\-]*)")
_NAMED_ENDING = re.compile(r'\[[ \t]*"[ \t]*(\d[\d,.\- ]*)[^"]{0,40}"(?![^|\]]{0,1000}\])')  # ["1."
_TUPLET = re.compile(r"\((\d)(?::(\d{0,3}))?(?::(\d{0,3}))?")
_DECORATION = re.compile(r"!([^!|\n]{1,40})!|\+([A-Za-z0-9.()<>]{1,20})\+")
_MIDI_TRANSPOSE = re.compile(r"(?:%%|I:)\s*MIDI\s*=?\s*(r?transpose)\s+([+-]?\d{1,2})\b", re.IGNORECASE)
_MIDI_VOICE = re.compile(r"(?:%%|I:)\s*MIDI\s*=?\s*(program|channel)\s+(?:(\d{1,3})\s+)?(\d{1,3})\b", re.IGNORECASE)
_SYLLABLE = re.compile(r"(?P<text>(?:\\-|[^\s\-_*|])+)|(?P<sign>[-_*|])|\s+")
_BEGINS_NOTE = frozenset("ABCDEFGabcdefg^_=")
_TIMES = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}
_MOST_CHORD = 1000  # characters


def read(path: Path, data: bytes, track: int | str | None = None) -> ReadResult:
    """All tunes of a tunebook.

    Args:
        path: the file.
        data: its bytes.
        track: the voice to take of each tune, by number from 1, by name or by id; None chooses one.

    Raises:
        DamagedFileError: it is not ABC; the message is a clause without the path.
        FileError: no tune has such a voice.
    """
    result = read_tunes(path, data, lambda name: VoiceReader(name, track))
    if track is not None and not result.pieces:
        raise FileError("{reason}", reason=result.refused[0].reason)
    return result


class TuneReader(Protocol):
    """Reads one tune."""

    @property
    def work(self) -> int:
        """The number of notes, rests and bars that were read."""

    def run(self, text: str) -> tuple[Any, list[str]]:
        """The piece of the lines of a tune, and remarks on assumptions.

        Raises:
            FileError: there is none; the message is a clause.
        """


def read_tunes(path: Path, data: bytes, reader_of: Callable[[str], TuneReader]) -> ReadResult:
    """Read all tunes of a tunebook.

    Args:
        path: the file.
        data: its bytes.
        reader_of: makes a reader from the name of a tune.

    Raises:
        DamagedFileError: it is not ABC; the message is a clause without the path.
    """
    text = decoded(data, path)
    result = ReadResult(remarks=list(text.remarks))
    seen: Counter[str] = Counter()
    events = characters = 0
    for one in tunes(text.text):
        seen[one.number] += 1
        name = f"{path}#{one.number}" + (f".{seen[one.number]}" if seen[one.number] > 1 else "")
        limit = _reached(len(result.pieces) + len(result.refused), characters, events)
        if limit:
            result.refused.append(Refusal(name, Message("the file has more than {limit}: the rest was not read", limit=limit)))
            break
        characters += one.size
        reader = reader_of(name)
        try:
            if one.size > MAX_TUNE:
                raise FileError("the tune has more than {most:,} characters", most=MAX_TUNE)
            piece, remarks = reader.run(one.text)
        except FileError as error:
            result.refused.append(Refusal(name, str(error)))
            continue
        finally:
            events += reader.work
        result.pieces.append(piece)
        place = name.rpartition("#")[2]
        result.remarks.extend(
            Message("tune {number}: {remark}", number=place, remark=remark) for remark in (*remarks, *one.remarks)
        )
    if not result.pieces and not result.refused:
        raise DamagedFileError("no tunes: an ABC tune begins with a line 'X:1' and has a line 'K:'")
    return result


def _reached(tunes_: int, characters: int, events: int) -> str:
    """The limit that was reached in reading a file, or ""."""
    if events > MAX_EVENTS:
        return Message("{max_events:,} notes and bars", max_events=MAX_EVENTS)
    if characters > MAX_CHARACTERS:
        return Message("{max_characters:,} characters", max_characters=MAX_CHARACTERS)
    return Message("{max_tunes:,} tunes", max_tunes=MAX_TUNES) if tunes_ >= MAX_TUNES else ""


def tracks(path: Path, data: bytes) -> list[Track]:
    """The voices of the first tune that has several, of which :func:`read` takes one; none if every tune has one.

    Raises:
        DamagedFileError: it is not text.
    """
    for one in tunes(decoded(data, path).text):
        voices = voices_of(one.lines)
        if len(voices) > 1:
            chosen = chosen_voice(voices, None)
            return [
                Track(number, voice.label, voice.notes, drums=False, program=0, chosen=voice is chosen)
                for number, voice in enumerate(voices, 1)
            ]
    return []


def tune(text: str, source: str = "", track: int | str | None = None) -> tuple[Line, list[str]]:
    """The melody of one tune, and remarks on assumptions.

    Args:
        text: the lines of the tune, without X:.
        source: the name of the melody if it has no title.
        track: as for :func:`read`.

    Raises:
        FileError: there is no melody in it; the message is a clause.
    """
    if len(text) > MAX_TUNE:
        raise FileError("the tune has more than {most:,} characters", most=MAX_TUNE)
    return VoiceReader(source, track).run(text)


def _number(digits: str) -> int:
    """The number by which a length is multiplied or divided; 1 where there are no digits.

    Raises:
        FileError: the number is longer than in any note; the message is a clause.
    """
    if len(digits) > 4:
        raise FileError("a length is a number of {count} digits, which no note or rest has", count=len(digits))
    return int(digits or 1)


@dataclass(frozen=True)
class Beside:
    """Something written beside the notes of a voice: its measure, and the number of events before it in a list of them (of the
    measure, or of a voice beside it). text: a chord symbol, or a syllable; joins: whether its word goes on."""

    measure: Measure
    events: list[Event]
    place: int
    text: str
    joins: bool = False

    @property
    def ticks(self) -> float:
        """Ticks from the start of the measure."""
        return sum(event.ticks for event in self.events[: self.place])


class VoiceReader:
    """Reads one voice of a tune. It is a class because the meaning of ABC depends on everything before.

    After :meth:`parse`: measures, as they are written; others: the voices beside the first one in a measure; symbols, lyrics, and
    the names of later keys; verses: the largest number of verses; program and drums: as ``%%MIDI`` states them.
    """

    def __init__(self, source: str, track: int | str | None = None) -> None:
        self.source, self.track = source, track
        self.title = ""
        self.written: tuple[int, int] | None = None  # the metre of M:
        self.metre: tuple[int, int] | None = None  # the same, if it is supported
        self.unit: float | None = None  # ticks of L:
        self.bpm = DEFAULT_TEMPO
        self.tempo_text = ""
        self.signature: dict[str, int] = {}
        self.key: str | None = None
        self.order = ""
        self.part = ""
        self.voice: str | None = None  # the voice that is read, if there are several
        self.muted = False  # the current notes belong to another voice
        self.elsewhere = False  # after a V: field for another voice, to which the fields belong too
        self.shift = Shift()
        self.sounds: int | None = None  # semitones of the shift at the first note
        self.marks: list[Mark] = []
        self.measures: list[Measure] = []
        self.accidentals: dict[str, int] = {}
        self.last: Event | None = None
        self.names: dict[str, int] = {}  # the notes of the last event that may be tied, by their names
        self.tie = False
        self.broken = 0  # broken rhythm for the next note: positive after '>', negative after '<'
        self.tuplet: tuple[float, int] = (1.0, 0)  # factor, notes left
        self.ending: frozenset[int] | None = None
        self.overlay: list[Event] | None = None  # the events of the current voice beside the first one
        self.before: tuple[Event | None, dict[str, int], bool] = (None, {}, False)  # last, names and tie before it
        self.others: list[tuple[Measure, list[Event]]] = []
        self.symbols: list[Beside] = []
        self.lyrics: list[Beside] = []
        self.line: list[tuple[Measure, int]] = []  # the notes of the current line of music
        self.goes_on = False  # the next line of music belongs to it
        self.verse = self.verses = 0
        self.keys: list[Beside] = []  # the later keys
        self.program: int | None = None
        self.drums = False
        self.repeat_times = 2
        self.remarks: list[str] = []
        self.heard: list[Measure] = []

    @property
    def work(self) -> int:
        """The number of notes, rests and bars, as they are written or as they are played, whichever is larger."""
        beside = sum(len(events) for _, events in self.others)
        return beside + max(sum(1 + len(measure.events) for measure in measures) for measures in (self.measures, self.heard))

    def run(self, text: str) -> tuple[Line, list[str]]:
        """See :meth:`TuneReader.run`: the melody."""
        lines = text.split("\n")
        self.parse(lines, *self._choose(lines))
        measures = [measure for measure in self.measures if measure.events or measure.starts_repeat or measure.ends_repeat]
        if not any(event.pitch is not None for measure in measures for event in measure.events):
            raise FileError("no notes")
        self.heard = played(measures, self.order, self._tell)
        self.find_metre(self.heard)
        rest = {"key": self.sounding_key, "title": self.shown_title, "source": self.source}
        return line_from(self.heard, self._tell, **rest), self.remarks

    def parse(self, lines: list[str], voices: list[Voice], voice: Voice | None) -> None:
        """Read a voice of a tune, one of ``voices``; None where the tune has no V: field.

        Raises:
            FileError: it cannot be read; the message is a clause.
        """
        if voice is not None:
            self.voice = voice.id
            self.muted = voice is not voices[0]
        in_body = False
        for line in lines:
            if moved := _MIDI_TRANSPOSE.match(line):
                if not self.elsewhere:
                    before = self.shift.midi or 0 if moved[1].lower() == "rtranspose" else 0
                    self.shift = replace(self.shift, midi=before + int(moved[2]))
                continue
            if made := _MIDI_VOICE.match(line):
                self._midi(made)
                continue
            if line.startswith("%"):
                continue
            match = _FIELD.match(line)
            if match:
                name, value = match.groups()
                if not in_body:
                    in_body = self._header(name, value)
                else:
                    self._field(name, value)
            elif in_body and is_prose(line):
                self._tell(Message("a line of words among the notes was left out"))
            elif in_body:
                if not self.goes_on:
                    self.line = []
                self.verse = 0
                self._music(line)
                self.goes_on = line.split("%")[0].rstrip().endswith("\\")
        if not in_body:
            raise FileError("the tune has no key (a line 'K:')")
        settle(self.measures, self.marks)

    @property
    def sounding_key(self) -> str | None:
        """The key as it sounds."""
        return transposed(self.key, self.sounds or 0)

    @property
    def shown_title(self) -> str:
        """The title, or the number of the tune."""
        return self.title or self.source.rpartition("#")[2]

    def _tell(self, remark: str) -> None:
        if remark not in self.remarks:
            self.remarks.append(remark)

    def _choose(self, lines: list[str]) -> tuple[list[Voice], Voice | None]:
        """All voices, and the one to read."""
        voices = voices_of(lines)
        if not voices:
            if self.track is not None and str(self.track) != "1":
                raise FileError("there is no voice {voice!r}; it has one voice", voice=str(self.track)[:40])
            return [], None
        voice = chosen_voice(voices, self.track)
        if len(voices) > 1:
            others = ", ".join(other.label for other in voices if other is not voice)
            template = "it has several voices: {voice} was read, and not {others}"
            self._tell(Message(template, voice=voice.label[:60], others=others[:200]))
        return voices, voice

    # -- fields

    def _midi(self, match: re.Match[str]) -> None:
        """Read the instrument of the voice: a program from 0, perhaps after a channel, or channel 10, which is drums."""
        if self.elsewhere:
            return
        if match[1].lower() == "channel":
            self.drums = int(match[3]) == 10
        elif int(match[3]) <= 127:
            self.program = int(match[3])

    def _header(self, name: str, value: str) -> bool:
        if name == "T" and not self.title:
            self.title = title_of(value)
        elif name == "M":
            self._metre(value)
        elif name == "L":
            self._unit(value)
        elif name == "Q":
            self.tempo_text = value
        elif name == "P":
            self.order = order_of(value)
        elif name == "V":
            words = plain(value).split(None, 1)
            self.elsewhere = bool(words) and words[0] not in (self.voice, "*")
            if words and not self.elsewhere:
                self.shift = shift_of(words[1] if len(words) > 1 else "", self.shift)
        elif name == "K":
            key = key_of(value)
            self.signature, self.key = key.signature, key.name
            # The shift in K: is for all voices; the voice's own field takes precedence.
            self.shift = self.shift.over(shift_of(value, Shift()))
            self.elsewhere = False
            if self.unit is None:
                self._default_unit()
            bpm = tempo_of(self.tempo_text, self.unit or 240.0)
            if bpm is not None:
                self.bpm = bpm
            return True
        return False

    def _default_unit(self) -> None:
        short = self.written is not None and self.written[0] / self.written[1] < 0.75
        self.unit = WHOLE / 16 if short else WHOLE / 8

    def _metre(self, value: str) -> None:
        self.written = metre_of(value)
        self.metre = supported_metre(*self.written) if self.written else None
        if self.written and not self.metre:
            template = "the metre {metre} is not supported (1 to 16 over 2, 4, 8 or 16): its bars were divided"
            self._tell(Message(template, metre=f"{self.written[0]}/{self.written[1]}"))

    def _unit(self, value: str) -> None:
        match = re.match(r"\s*(\d{1,3})\s*/\s*(\d{1,3})", value)
        if match and int(match[1]) and int(match[2]):
            self.unit = WHOLE * int(match[1]) / int(match[2])
        elif value.split("%")[0].strip() == "1":
            self.unit = WHOLE

    def _field(self, name: str, value: str) -> None:
        if name == "V":
            words = plain(value).split(None, 1)
            if words and words[0] != "*":
                self.muted = self.elsewhere = words[0] != self.voice
            if words and not self.muted and len(words) > 1:
                self.shift = shift_of(words[1], self.shift)
        elif self.elsewhere and name != "P":  # parts are common to all voices
            return
        elif name == "w":
            self.verse += 1
            self.verses = max(self.verses, self.verse)
            if self.verse == 1:
                self._words(plain(value))
        elif name == "K":
            key = key_of(value)
            self.shift = shift_of(value, self.shift)
            if key.given:
                self.signature = key.signature
                name = transposed(key.name, self.shift.semitones) or ""
                self.keys.append(Beside(self._measure(), self._events(), len(self._events()), name))
            self.accidentals = {}
        elif name == "M":
            self._metre(value)
            if self.measures and not self.measures[-1].events:
                self.measures[-1].metre = self.metre
        elif name == "L":
            self._unit(value)
        elif name == "Q":
            bpm = tempo_of(value, self.unit or 240.0)
            if bpm is not None:
                self.bpm = bpm
                if self.measures and not self.measures[-1].events:
                    self.measures[-1].bpm = bpm
        elif name == "P":
            self.part = plain(value)[:1]
            self.ending = None
            if self.measures and self.measures[-1].events:
                self._close()
            if self.measures:
                self.measures[-1].part = self.part

    def _words(self, text: str) -> None:
        """Put the syllables of a line of lyrics under the notes of the line of music before it."""
        at = 0
        word: Beside | None = None  # the last syllable, where a hyphen may follow
        for match in _SYLLABLE.finditer(text):
            sign = match["sign"]
            if at >= len(self.line) and sign != "-":
                return
            if match["text"] is not None:
                measure, place = self.line[at]
                word = Beside(measure, measure.events, place, match["text"].replace("\\-", "-").replace("~", " ")[:100].strip())
                self.lyrics.append(word)
                at += 1
            elif sign == "-" and word is not None and self.lyrics[-1] is word:
                self.lyrics[-1] = replace(word, joins=True)
            elif sign == "|":
                here = self.line[at - 1][0] if at else None
                while at < len(self.line) and self.line[at][0] is here:
                    at += 1
            elif sign is not None:
                at += 1

    # -- music

    def _measure(self) -> Measure:
        if not self.measures:
            self.measures.append(Measure(self.metre, self.bpm, self.part))
        return self.measures[-1]

    def _events(self) -> list[Event]:
        """The events of the current measure and voice."""
        return self._measure().events if self.overlay is None else self.overlay

    def _lay_over(self) -> None:
        """Begin a voice beside the first one, up to the end of the bar."""
        if self.overlay is None:
            self.before = self.last, self.names, self.tie
        self.overlay = []
        self.others.append((self._measure(), self.overlay))
        self.last, self.names, self.tie = None, {}, False
        self.tuplet, self.broken = (1.0, 0), 0
        self.accidentals = {}

    def _close(self) -> None:
        """End the current measure and begin the next one."""
        self.accidentals = {}
        if self.overlay is not None:
            self.overlay = None
            self.last, self.names, self.tie = self.before
        if len(self.measures) > MAX_MEASURES:
            raise FileError("the tune has more than {most:,} bars", most=MAX_MEASURES)
        if not self.measures or self.measures[-1].events:
            self.measures.append(Measure(self.metre, self.bpm, self.part, endings=self.ending))
        else:
            # The measure is still empty ("|| |:"), so it is used as the next one.
            last = self.measures[-1]
            last.metre, last.bpm, last.part, last.endings = self.metre, self.bpm, self.part, self.ending

    def _music(self, line: str) -> None:
        position, end = 0, len(line)
        closes = line.rfind("]")  # no chord and no field begins after it
        while position < end:
            char = line[position]
            if char in _BEGINS_NOTE and not self.muted:
                match = _NOTE.match(line, position)
                if match is None:
                    position += 1
                    continue
                self._note(match)
                position = match.end()
            elif char == "%":
                return
            elif char == '"':
                close = line.find('"', position + 1)
                close = end if close < 0 else close
                self._quoted(line[position + 1 : close])
                position = close + 1
            elif char == "{":
                close = line.find("}", position + 1, position + _MOST_CHORD)
                position = position + 1 if close < 0 else close + 1
            elif char in "!+":
                match = _DECORATION.match(line, position)
                if match:
                    self._mark(match[1] or match[2])
                position = match.end() if match else position + 1
            elif char == "[" and re.match(r"\[[A-Za-z]:", line[position : position + 3]):
                close = line.find("]", position) if position < closes else end
                self._field(line[position + 1], line[position + 3 : close])
                position = close + 1
            elif self.muted:
                position += 1
            elif char == "[" and (named := _NAMED_ENDING.match(line, position)):
                self._begin_ending(named[1])
                position = named.end()
            elif char == "[" and re.match(r"\[\s*\d", line[position : position + 4]):
                match = _ENDING.match(line, position)
                assert match is not None
                self._begin_ending(match[1])
                position = match.end()
            elif char in "|:" or (char == "[" and line[position + 1 : position + 2] == "|"):
                position = self._bar(line, position)
            elif char == "[":
                position = self._chord(line, position) if position < closes else position + 1
            elif char in "OS":  # U: of the standard
                self._mark("coda" if char == "O" else "segno")
                position += 1
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
                if self.last is not None:
                    self.last.notes = tuple((pitch, True) for pitch, _ in self.last.notes)
                position += 1
            elif char == "&":
                self._lay_over()
                position += 1
            elif char in "zxZX":
                match = _LENGTH.match(line, position + 1)
                assert match is not None
                if char in "zx":
                    self._add([], self._ticks(match[1], match[2], match[3]))
                else:
                    bar = bar_ticks(*(self.metre or (4, 4)))
                    self._measure()
                    for index in range(_number(match[1])):
                        if index:
                            self._close()
                        self._measure().events.append(Event(None, float(bar)))
                self.names = {}
                position = match.end()
            elif char == "y":
                match = _LENGTH.match(line, position + 1)
                assert match is not None
                position = match.end()
            else:
                # Ends of slurs, decorations that are letters, spaces, unknown characters.
                position += 1

    def _ticks(self, digits: str, slashes: str, divisor: str) -> float:
        ticks = self.unit or 240.0
        if digits:
            ticks *= _number(digits)
        if divisor:
            ticks /= max(1, _number(divisor)) * 2 ** min(8, len(slashes) - 1)
        elif slashes:
            ticks /= 2 ** min(8, len(slashes))
        return ticks

    def _pitch(self, match: re.Match[str]) -> tuple[int, str]:
        sign, letter, octave = match.group(1, 2, 3)
        upper = letter.upper()
        shift = self.shift.semitones
        pitch = _PITCHES[letter] + shift
        name = letter
        if octave:
            pitch += 12 * (octave.count("'") - octave.count(","))
            name = f"{letter}{octave}"
        if self.sounds is None:
            self.sounds = shift
        if sign:
            self.accidentals[upper] = ACCIDENTALS[sign]
        elif self.tie and name in self.names:
            # A tie carries the accidental over the bar line.
            return self.names[name], name
        return pitch + self.accidentals.get(upper, self.signature.get(upper, 0)), name

    def _note(self, match: re.Match[str]) -> None:
        pitch, name = self._pitch(match)
        self._add([(pitch, name, False)], self._ticks(*match.group(4, 5, 6)))

    def _chord(self, line: str, position: int) -> int:
        """Add a chord with the length of its first note, and return the position after it."""
        close = line.find("]", position, position + _MOST_CHORD)
        if close < 0 or "|" in line[position:close]:
            return position + 1
        found: list[tuple[int, str, bool]] = []
        ticks = 0.0
        inside = line[position + 1 : close]
        if '"' in inside or "!" in inside:
            inside = re.sub(r'"[^"]*"|![^!]*!', "", inside)
        for match in _NOTE.finditer(inside):
            pitch, name = self._pitch(match)
            ticks = ticks or self._ticks(*match.group(4, 5, 6))
            found.append((pitch, name, inside[match.end() : match.end() + 1] == "-"))
        length = _LENGTH.match(line, close + 1)
        assert length is not None
        if found:
            factor = self._ticks(length[1], length[2], length[3]) / (self.unit or 240.0)
            self._add(found, ticks * factor)
            self.tie = "-" in inside
            return length.end()
        return close + 1

    def _add(self, heads: list[tuple[int, str, bool]], ticks: float) -> None:
        """Add a note, a chord or (without heads) a rest; a head is a pitch, its name, and whether it is tied to the next note."""
        if ticks <= 0:
            return
        factor, left = self.tuplet
        if left:
            ticks *= factor
            self.tuplet = (factor, left - 1)
        if self.broken:
            part = 0.5 ** abs(self.broken)
            ticks *= part if self.broken > 0 else 2 - part
            self.broken = 0
        notes = tuple(
            (pitch if 0 <= pitch <= 127 else pitch % 12 + (0 if pitch < 0 else 108), ties) for pitch, _, ties in heads
        )
        pitch = max(notes)[0] if notes else None
        tied = self.tie and pitch is not None and self.last is not None and self.last.pitch == pitch
        event = Event(pitch, ticks, tied, notes)
        if notes and self.overlay is None:
            self.line.append((self._measure(), len(self._measure().events)))
        self._events().append(event)
        self.last, self.tie = event, False
        some = any(ties for _, ties in notes)
        self.names = {name: note[0] for (_, name, ties), note in zip(heads, notes, strict=True) if ties or not some}

    def _break(self, count: int) -> None:
        """Broken rhythm: after ``A>B`` the note before is longer and the next shorter, after ``A<B`` the reverse."""
        events = self._events()
        if self.last is None or self.broken or not events or events[-1] is not self.last:
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
        if sign == "|":
            self._close()
        else:
            self._sign(sign)
        ending = _ENDING.match(line, position)
        if ending:
            self._begin_ending(ending[1] or ending[2])
            position = ending.end()
        return position

    def _sign(self, sign: str) -> None:
        """Handle a bar line of several characters: a repeat or a double bar."""
        both = not sign.strip(":")
        before, after = len(sign) - len(sign.lstrip(":")), len(sign) - len(sign.rstrip(":"))
        if both:
            before = after = max(1, len(sign) // 2)
        ends, starts = before > 0, after > 0
        section = ends or starts or "||" in sign or "]" in sign or "[" in sign
        ended: Measure | None = None
        if self.measures and self.measures[-1].events:
            ended = self.measures[-1]
        elif len(self.measures) > 1:
            # Another bar line directly before (":| |:"): both have their effect.
            ended = self.measures[-2]
        if ended is not None:
            ended.ends_repeat |= ends
            ended.ends_section |= section
            if ends:
                ended.times = max(self.repeat_times, before + 1)
                self.repeat_times = 2
        if section:
            self.ending = None
        self._close()
        if starts:
            self.measures[-1].starts_repeat = True
            self.repeat_times = after + 1

    def _quoted(self, text: str) -> None:
        """Note a chord symbol; an annotation begins with its place."""
        self._mark(text)
        if not self.muted and text[:1] not in ("^", "_", "<", ">", "@") and len(self.symbols) < MAX_EVENTS:
            self.symbols.append(Beside(self._measure(), self._events(), len(self._events()), text.strip()))

    def _mark(self, text: str) -> None:
        """Note the marks for a da capo etc. in a decoration or an annotation."""
        if self.muted or len(text) > 40 or len(self.marks) > MAX_MEASURES:
            return
        measure = self._measure()
        self.marks += (Mark(sign, measure, len(measure.events)) for sign in jumps_of(text))

    def _begin_ending(self, text: str) -> None:
        numbers: set[int] = set()
        for part in re.split(r"[,.\s]+", text.strip(" ,.")):
            low, _, high = part.partition("-")
            if low.isdecimal():
                numbers.update(range(int(low[:2]), min(20, int(high[:2]) if high.isdecimal() else int(low[:2])) + 1))
        self.ending = frozenset(numbers) or None
        if self.measures and self.measures[-1].events:
            self._close()
        self._measure().endings = self.ending

    # -- from measures to bars

    def find_metre(self, measures: list[Measure]) -> None:
        """Find the metre of measures that have none, from their usual length."""
        if all(measure.metre is None for measure in measures):
            common = Counter(round(measure.ticks) for measure in measures if measure.events).most_common(1)[0][0]
            metre = metre_for(common) or (4, 4)
            if self.written is None:
                taken = f"{metre[0]}/{metre[1]}"
                self._tell(Message("it has no metre: {metre} was taken, from the length of its bars", metre=taken))
            for measure in measures:
                measure.metre = metre
