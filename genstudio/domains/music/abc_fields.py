"""The fields of ABC: metre, key, tempo, order of parts, and voices.

Source: the ABC music standard 2.1, sections 3 and 7, https://abcnotation.com/wiki/abc:standard:v2.1
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property

from genstudio.domains.music.keys import MAJOR_BY_SHARPS, MODES, STEPS
from genstudio.domains.music.time import TICKS
from genstudio.errors import FileError

__all__ = [
    "ACCIDENTALS",
    "Key",
    "Shift",
    "Voice",
    "chosen_voice",
    "jumps_of",
    "key_of",
    "metre_of",
    "order_of",
    "plain",
    "shift_of",
    "tempo_of",
    "transposed",
    "voices_of",
]

_SHARP_ORDER = "FCGDAEB"
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_MODE_OF = {mode[:3]: mode for mode in MODES}
ACCIDENTALS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}

_TONIC = re.compile(
    r"([A-G]|[a-g](?=[#b♯♭m]?(?:\s|$)))([#b♯♭]?)\s*((?i:maj|ion|min|aeo|mix|dor|phr|lyd|loc)[A-Za-z]*|[mM](?![A-Za-z]))?"
)
_ASSIGNED = re.compile(
    r"\b(clef|octave|oct|transpose|shift|score|sound|middle|m|stafflines|staffscale|name|nm|snm|sname|subname|stem|style|gchord"
    r"|dyn|lyrics|merge|perc|map|cue|instrument|space|program|stems|bracket|brace|staves?|t)\s*=\s*(\"[^\"]*\"|\S+)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(\^\^|\^|__|_|=)([A-Ga-g])(?![A-Za-z])")
_CLEF = re.compile(
    r"\b(?:treble|bass|alto|tenor|soprano|mezzo|baritone|perc|none|auto|[GFC])?\d?([-+_^])(8|15)(?!\d)", re.IGNORECASE
)
_TEMPO = re.compile(r"((?:\d{1,4}\s*/\s*\d{1,4}\s*)+|1\s*)=\s*(?:c(?:a|irca)?\.?\s*)?(\d{1,4}(?:\.\d{1,4})?)")
_UNITS = re.compile(r"[Cc]\s*(\d{0,3})\s*(?:/\s*(\d{1,3}))?\s*=\s*(\d{1,4}(?:\.\d{1,4})?)")
_MOST_SHIFT = 60
_MOST_ORDER = 2_000  # characters
_MOST_PARTS = 400
_MOST_NAMES = 10
_MELODY = re.compile(r"melod|tune|voice|vocal|sing|sopran|lead|violin|fiddle|flute|主|旋律|メロディ", re.IGNORECASE)


def plain(value: str) -> str:
    """The value of a field without its comment."""
    return value.split("%")[0].strip()


def metre_of(text: str) -> tuple[int, int] | None:
    """The metre of an M: field, which may be an unsupported one; None for free bars.

    Raises:
        FileError: it is not a metre.
    """
    value = plain(text[:200])
    if value.startswith("C|"):
        return (2, 2)
    if value.startswith("C"):
        return (4, 4)
    match = re.match(r"\(?\s*(\d+(?:\s*\+\s*\d+)*)\s*\)?\s*/\s*(\d+)", value)
    if match is None and (value == "" or value.lower() == "none"):
        return None
    numerator, denominator = (sum(int(number[:4]) for number in match[1].split("+")), int(match[2][:4])) if match else (0, 0)
    if not numerator or not denominator:
        raise FileError("the metre {metre!r} is not understood", metre=value[:20])
    return numerator, denominator


@dataclass(frozen=True)
class Key:
    """The content of a K: field.

    signature: the accidentals by upper-case letter, in semitones. name: such as "D major", None where there is none. given: whether
    the field states a key (it may also state only a clef).
    """

    signature: dict[str, int]
    name: str | None
    given: bool


def key_of(text: str) -> Key:
    """The key of a K: field: tonic and mode, Highland pipes, none, and explicit accidentals, with or without spaces."""
    value = _ASSIGNED.sub(" ", plain(text)).strip()
    signature: dict[str, int] = {}
    name = None
    given = False
    if value[:2] in ("HP", "Hp"):
        signature, name, given, value = {"F": 1, "C": 1}, "A mixolydian", True, value[2:]
    elif re.match(r"none\b", value, re.IGNORECASE):
        given, value = True, value[4:]
    elif re.match(r"exp\b|exp(?=[\^_=])", value):
        given, value = True, value[3:]
    elif match := _TONIC.match(value):
        letter, sign = match[1].upper(), {"♯": "#", "♭": "b"}.get(match[2], match[2])
        word = (match[3] or "maj").lower()
        mode = _MODE_OF["min" if word == "m" else word[:3]]
        fifths = MODES[mode] + _FIFTHS[letter] + 7 * ((sign == "#") - (sign == "b"))
        for index in range(min(7, abs(fifths))):
            signature[_SHARP_ORDER[index] if fifths > 0 else _SHARP_ORDER[6 - index]] = 1 if fifths > 0 else -1
        name, given, value = f"{letter}{sign} {mode}", True, value[match.end() :]
        if re.match(r"\s*exp(?![a-z])", value):
            signature, name = {}, None
    for sign, letter in _SIGNED.findall(value):
        signature[letter.upper()] = ACCIDENTALS[sign]
        given = True
    return Key(signature, name, given)


def tempo_of(text: str, unit: float) -> float | None:
    """Quarters per minute of a Q: field, or None where it has no number.

    Args:
        text: the value: ``1/4=120``, ``"Lively" 3/8=60``, and the old forms ``C3=40`` and ``120``, which count units of L:.
        unit: ticks of L:.
    """
    value = re.sub(r'"[^"]*"', "", plain(text)).strip()
    if match := _UNITS.search(value):
        bpm = float(match[3]) * unit * int(match[1] or 1) / max(1, int(match[2] or 1)) / TICKS
    elif match := _TEMPO.search(value):
        beat = float("/" not in match[1])
        for numerator, denominator in re.findall(r"(\d+)\s*/\s*(\d+)", match[1]):
            beat += int(numerator) / max(1, int(denominator))
        bpm = 4 * beat * float(match[2])
    elif match := re.fullmatch(r"=?\s*(\d{1,4}(?:\.\d{1,4})?)", value):
        bpm = float(match[1]) * unit / TICKS
    else:
        return None
    return round(bpm, 4) if 10 <= bpm <= 1000 else None


def order_of(text: str) -> str:
    """The parts in the order in which they are played: "A(B.C)2" -> "ABCBC"; "" for words, which are a heading.

    Raises:
        FileError: it is too long.
    """
    value = plain(text[:_MOST_ORDER])
    if re.search(r"[A-Z][a-z]{2}", value):
        return ""
    stack = [""]
    for char, times in re.findall(r"([A-Za-z()])[ .]*(\d*)", value):
        if char == "(":
            stack.append("")
            continue
        if char == ")" and len(stack) == 1:
            continue
        piece = stack.pop() if char == ")" else char
        stack[-1] += piece * (int(times[:4]) if times else 1)
        if len(stack[-1]) > _MOST_PARTS:
            raise FileError("the order of its parts has more than {most} parts", most=_MOST_PARTS)
    return "".join(stack)[:_MOST_PARTS]


@dataclass(frozen=True)
class Shift:
    """The distance of the sounding from the written pitch of a voice, in semitones: by its clef (treble-8), ``octave=``,
    ``transpose=`` (or ``shift=``), and ``%%MIDI transpose``; None where it is not stated."""

    clef: int | None = None
    octave: int | None = None
    transpose: int | None = None
    midi: int | None = None

    @cached_property
    def semitones(self) -> int:
        """The sum; 0 if it is out of range."""
        total = sum(part or 0 for part in (self.clef, self.octave, self.transpose, self.midi))
        return total if abs(total) <= _MOST_SHIFT else 0

    def over(self, general: Shift) -> Shift:
        """This shift, with the values of ``general`` where it states none."""
        if general == Shift():
            return self
        return Shift(*(mine if mine is not None else other for mine, other in zip(astuple(self), astuple(general), strict=True)))


def shift_of(text: str, before: Shift) -> Shift:
    """The shift after a K: or V: field: ``before`` with the changes of the field."""
    value = plain(text)
    found = before
    given = {name.lower(): word.strip('"') for name, word in _ASSIGNED.findall(value)}
    clef = given.get("clef", "") or re.sub(r"\"[^\"]*\"", " ", _ASSIGNED.sub(" ", value))
    if match := _CLEF.search(clef):
        found = replace(found, clef=(12 if match[2] == "8" else 24) * (1 if match[1] in "+^" else -1))
    elif "clef" in given:
        found = replace(found, clef=0)
    for name in ("octave", "oct"):
        if re.fullmatch(r"[+-]?\d{1,2}", given.get(name, "")):
            found = replace(found, octave=12 * int(given[name]))
    moved = given.get("transpose", given.get("t", ""))
    if re.fullmatch(r"[+-]?\d{1,2}", moved):
        found = replace(found, transpose=int(moved))
    elif "shift" in given:
        pair = re.findall(r"(\^\^|\^|__|_|=)?([A-Ga-g])([',]*)", given["shift"][:20])
        if len(pair) == 2:
            low, high = (_pitch(*note) for note in pair)
            found = replace(found, transpose=high - low)
    return found


def _pitch(sign: str, letter: str, octave: str) -> int:
    lower = 12 if letter.islower() else 0
    return STEPS[letter.upper()] + lower + 12 * (octave.count("'") - octave.count(",")) + ACCIDENTALS.get(sign, 0)


@dataclass
class Voice:
    """A voice of a tune: its id, its name and all its names, whether its clef is for a low or a percussion part, and the number of
    its notes."""

    id: str
    name: str = ""
    names: list[str] = field(default_factory=list)
    low: bool = False
    notes: int = 0

    @property
    def label(self) -> str:
        """The name for people."""
        return self.name or self.id


_ID = re.compile(r"\s*(\S+)(.*)", re.DOTALL)
_INLINE = re.compile(r"\[V:\s*([^][\s]{1,200})([^][]{0,500})\]")
_NOT_NOTES = re.compile(r'"[^"]*"|![^!]*!|\+[^+]*\+|\{[^}]*\}|\[[A-Za-z]:[^\]]*\]|%.*')


def voices_of(lines: list[str]) -> list[Voice]:
    """The voices of a tune in order of appearance; none if it has no V: field."""
    found: dict[str, Voice] = {}
    now: Voice | None = None
    early = 0  # notes before the first V: field of the body, which belong to the first voice

    def met(name: str, rest: str) -> Voice:
        voice = found.setdefault(name, Voice(name))
        given = {key.lower(): word.strip('"') for key, word in _ASSIGNED.findall(rest)}
        for key in ("name", "nm", "subname", "sname", "snm"):
            if key in given and len(voice.names) < _MOST_NAMES:
                voice.names.append(" ".join(given[key].split()))
        voice.name = voice.name or next(iter(voice.names), "")
        clef = given.get("clef") or _ASSIGNED.sub(" ", rest)
        voice.low = voice.low or bool(re.search(r"bass|perc|baritone", clef, re.IGNORECASE))
        return voice

    body = False
    for line in lines:
        if line.startswith("V:"):
            match = _ID.match(plain(line[2:]))
            if match and match[1] != "*":
                voice = met(match[1], match[2])
                now = voice if body else None
            continue
        if line.startswith("K:"):
            body = True
        if not body or re.match(r"[A-Za-z+]:(?![|:])|%", line):
            continue
        parts = _INLINE.split(line)
        for index in range(0, len(parts), 3):
            if index:
                now = met(parts[index - 2], parts[index - 1])
            count = sum(1 for char in _NOT_NOTES.sub("", parts[index]) if char in "ABCDEFGabcdefg")
            if now is None:
                early += count
            else:
                now.notes += count
    if found:
        next(iter(found.values())).notes += early
    return list(found.values())


def chosen_voice(voices: list[Voice], track: int | str | None) -> Voice:
    """The voice that ``track`` names (a number from 1, a name or an id); None: the one that looks like the melody.

    Raises:
        FileError: there is no such voice; the message is a clause that names the existing ones.
    """
    if track is None:
        sounding = [voice for voice in voices if voice.notes] or voices
        named = [voice for voice in sounding if _MELODY.search(voice.label)]
        high = [voice for voice in sounding if not voice.low]
        return (named or high or sounding)[0]
    wanted = str(track).strip()
    by_name = [voice for voice in voices if wanted.casefold() in map(str.casefold, (*voice.names, voice.id))]
    if not (isinstance(track, int) or wanted.isdecimal()):
        by_name += [voice for voice in voices if wanted and wanted.casefold() in voice.name.casefold()]
    elif 1 <= int(wanted[:6]) <= len(voices):
        by_name = [voices[int(wanted[:6]) - 1]]
    if not by_name:
        names = ", ".join(f"{number} {voice.label[:30]}" for number, voice in enumerate(voices[:20], 1))
        raise FileError("there is no voice {voice!r}; its voices are {voices}", voice=wanted[:40], voices=names)
    return by_name[0]


_JUMPS = {"dc": "dacapo", "dacapo": "dacapo", "ds": "dalsegno", "dalsegno": "dalsegno"}
_ENDS = {"": "", "alfine": "al fine", "alcoda": "al coda", "efine": "al fine", "poicoda": "al coda"}
_MARKS = {"fine": "fine", "segno": "segno", "coda": "coda", "tocoda": "to coda", "dacoda": "to coda", "alcoda": "to coda"}


def jumps_of(text: str) -> Iterator[str]:
    """The marks in a decoration or an annotation: "dacapo" or "dalsegno", then "al fine" or "al coda" where it is stated; or
    "fine", "segno", "coda", "to coda"."""
    word = re.sub(r"[\s.()]+", "", text.lstrip("^_<>@")).casefold()
    for begin, jump in _JUMPS.items():
        if word.startswith(begin) and word[len(begin) :] in _ENDS:
            yield jump
            if end := _ENDS[word[len(begin) :]]:
                yield end
            return
    if word in _MARKS:
        yield _MARKS[word]


def transposed(name: str | None, semitones: int) -> str | None:
    """The name of a key (of the form of :func:`key_of`) transposed by a number of semitones, with few accidentals.

    >>> transposed("G major", -2), transposed("A dorian", 3), transposed("D major", 12)
    ('F major', 'C dorian', 'D major')
    """
    if name is None or semitones % 12 == 0:
        return name
    tonic, _, mode = name.partition(" ")
    sharps = _FIFTHS[tonic[0]] + 7 * (tonic.count("#") - tonic.count("b")) + 7 * semitones
    own = MODES.get(mode, 0)
    while not -6 <= sharps + own <= 6:
        sharps -= 12 if sharps + own > 0 else -12
    return f"{MAJOR_BY_SHARPS[sharps + 7]} {mode}" if -7 <= sharps <= 7 else None
