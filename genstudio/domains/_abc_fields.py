"""The fields of ABC: metre, key, tempo, order of parts, and what a voice is.

Source: the ABC music standard 2.1, sections 3 and 7, https://abcnotation.com/wiki/abc:standard:v2.1
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from genstudio.domains._notes import TICKS, supported_metre
from genstudio.errors import FileError

__all__ = ["Key", "Shift", "Voice", "key_of", "metre_of", "order_of", "shift_of", "tempo_of", "voices_of"]

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHARP_ORDER = "FCGDAEB"
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_MODES = {
    "maj": (0, "major"), "ion": (0, "ionian"), "min": (-3, "minor"), "aeo": (-3, "aeolian"), "mix": (-1, "mixolydian"),
    "dor": (-2, "dorian"), "phr": (-4, "phrygian"), "lyd": (1, "lydian"), "loc": (-5, "locrian"),
}  # fmt: skip
ACCIDENTALS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}

_TONIC = re.compile(
    r"([A-G]|[a-g](?=[#b♯♭m]?(?:\s|$)))([#b♯♭]?)\s*((?i:maj|ion|min|aeo|mix|dor|phr|lyd|loc)[A-Za-z]*|[mM](?![A-Za-z]))?"
)
_ASSIGNED = re.compile(
    r"\b(clef|octave|oct|transpose|shift|score|sound|middle|m|stafflines|staffscale|name|nm|snm|sname|subname|stem|style|gchord"
    r"|dyn|lyrics|merge|perc|map|cue|instrument|space|program|stems|bracket|brace|staves?)\s*=\s*(\"[^\"]*\"|\S+)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(\^\^|\^|__|_|=)([A-Ga-g])(?![A-Za-z])")
_CLEF = re.compile(r"\b(?:treble|bass|alto|tenor|soprano|mezzo|baritone|perc|none|auto|[GFC])?\d?([+-])(8|15)(?!\d)", re.IGNORECASE)
_TEMPO = re.compile(r"((?:\d{1,4}\s*/\s*\d{1,4}\s*)+)=\s*(?:c(?:a|irca)?\.?\s*)?(\d{1,4}(?:\.\d{1,4})?)")
_UNITS = re.compile(r"C\s*(\d{0,3})\s*(?:/\s*(\d{1,3}))?\s*=\s*(\d{1,4}(?:\.\d{1,4})?)")
_MOST_SHIFT = 60
_MOST_PARTS = 200
_MELODY = re.compile(r"melod|tune|voice|vocal|sing|sopran|lead|violin|fiddle|flute|主|旋律|メロディ", re.IGNORECASE)


def plain(value: str) -> str:
    """A field's value without its comment."""
    return value.split("%")[0].strip()


def metre_of(text: str) -> tuple[int, int] | None:
    """The metre of an M: field; None where bars are free.

    Raises:
        FileError: it is no metre that melodies have.
    """
    value = plain(text)
    if value.startswith("C|"):
        return (2, 2)
    if value.startswith("C"):
        return (4, 4)
    match = re.match(r"\(?\s*(\d+(?:\s*\+\s*\d+)*)\s*\)?\s*/\s*(\d+)", value)
    if match is None:
        if value == "" or value.lower() == "none":
            return None
        raise FileError("the metre {metre!r} is not understood", metre=value[:20])
    numerator, denominator = sum(int(number[:4]) for number in match[1].split("+")), int(match[2][:4])
    metre = supported_metre(numerator, denominator) if numerator and denominator else None
    if metre is None:
        raise FileError("the metre {metre} is not one that melodies have (1 to 16 over 2, 4, 8 or 16)", metre=value[:20])
    return metre


@dataclass(frozen=True)
class Key:
    """What a K: field says.

    signature: the accidentals by upper-case letter, in semitones. name: such as "D major", None where there is none. given: whether
    it names a key (a K: field may also be about a clef alone).
    """

    signature: dict[str, int]
    name: str | None
    given: bool


def key_of(text: str) -> Key:
    """The key of a K: field: tonic and mode, Highland pipes, none, and accidentals of its own, written apart or together."""
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
        fifths, mode = _MODES["min" if word == "m" else word[:3]]
        fifths += _FIFTHS[letter] + 7 * ((sign == "#") - (sign == "b"))
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
    """Quarters per minute of a Q: field, or None where it gives no number.

    Args:
        text: the value: ``1/4=120``, ``"Lively" 3/8=60``, and of old ``C3=40`` and ``120``, which count units of L:.
        unit: ticks of L:.
    """
    value = re.sub(r'"[^"]*"', "", plain(text)).strip()
    if match := _TEMPO.search(value):
        beat = 0.0
        for numerator, denominator in re.findall(r"(\d+)\s*/\s*(\d+)", match[1]):
            beat += int(numerator) / max(1, int(denominator))
        bpm = 4 * beat * float(match[2])
    elif match := _UNITS.search(value):
        bpm = float(match[3]) * unit * int(match[1] or 1) / max(1, int(match[2] or 1)) / TICKS
    elif match := re.fullmatch(r"=?\s*(\d{1,4}(?:\.\d{1,4})?)", value):
        bpm = float(match[1]) * unit / TICKS
    else:
        return None
    return round(bpm, 4) if 10 <= bpm <= 1000 else None


def order_of(text: str) -> str:
    """The parts in the order they are played: "A(BC)2" -> "ABCBC"; at most 200."""
    value = re.sub(r"[^A-Za-z0-9()]", "", plain(text))[:2000]
    stack = [""]
    position = 0
    while position < len(value):
        char = value[position]
        position += 1
        if char == "(":
            stack.append("")
            continue
        if char == ")":
            if len(stack) == 1:
                continue
            piece = stack.pop()
        elif char.isalpha():
            piece = char
        else:
            continue
        digits = re.compile(r"\d*").match(value, position)
        assert digits is not None
        position = digits.end()
        stack[-1] = (stack[-1] + piece * min(_MOST_PARTS, int(digits[0][:4] or 1)))[:_MOST_PARTS]
    return "".join(stack)[:_MOST_PARTS]


@dataclass(frozen=True)
class Shift:
    """How far a voice sounds from where it is written, in semitones: by its clef (treble-8), its octave, ``transpose=`` (or
    ``shift=``), and ``%%MIDI transpose``."""

    clef: int = 0
    octave: int = 0
    transpose: int = 0
    midi: int = 0

    @property
    def semitones(self) -> int:
        """All of it; 0 where that is more than music has."""
        total = self.clef + self.octave + self.transpose + self.midi
        return total if abs(total) <= _MOST_SHIFT else 0


def shift_of(text: str, before: Shift) -> Shift:
    """``before`` with what a K: or V: field changes of it."""
    value = plain(text)
    found = before
    given = {name.lower(): word.strip('"') for name, word in _ASSIGNED.findall(value)}
    clef = given.get("clef", "") or re.sub(r"\"[^\"]*\"", " ", _ASSIGNED.sub(" ", value))
    if match := _CLEF.search(clef):
        found = replace(found, clef=(12 if match[2] == "8" else 24) * (1 if match[1] == "+" else -1))
    elif "clef" in given:
        found = replace(found, clef=0)
    for name in ("octave", "oct"):
        if re.fullmatch(r"[+-]?\d{1,2}", given.get(name, "")):
            found = replace(found, octave=12 * int(given[name]))
    if re.fullmatch(r"[+-]?\d{1,2}", given.get("transpose", "")):
        found = replace(found, transpose=int(given["transpose"]))
    elif "shift" in given:
        pair = re.findall(r"(\^\^|\^|__|_|=)?([A-Ga-g])([',]*)", given["shift"][:20])
        if len(pair) == 2:
            low, high = (_pitch(*note) for note in pair)
            found = replace(found, transpose=high - low)
    return found


def _pitch(sign: str, letter: str, octave: str) -> int:
    lower = 12 if letter.islower() else 0
    return _STEPS[letter.upper()] + lower + 12 * (octave.count("'") - octave.count(",")) + ACCIDENTALS.get(sign, 0)


@dataclass
class Voice:
    """A voice of a tune: its id and name, whether its clef is one of low or of percussion parts, and how many notes it has."""

    id: str
    name: str = ""
    low: bool = False
    notes: int = 0

    @property
    def label(self) -> str:
        """What a person calls it."""
        return self.name or self.id


_ID = re.compile(r"\s*(\S+)(.*)", re.DOTALL)
_INLINE = re.compile(r"\[V:\s*([^][\s]{1,200})([^][]{0,500})\]")
_NOT_NOTES = re.compile(r'"[^"]*"|![^!]*!|\+[^+]*\+|\{[^}]*\}|\[[A-Za-z]:[^\]]*\]|%.*')


def voices_of(lines: list[str]) -> list[Voice]:
    """The voices of a tune in the order in which they come; none where it has no V: field."""
    found: dict[str, Voice] = {}
    now: Voice | None = None
    early = 0  # notes before the first voice in the body, which are its

    def met(name: str, rest: str) -> Voice:
        voice = found.setdefault(name, Voice(name))
        given = {key.lower(): word.strip('"') for key, word in _ASSIGNED.findall(rest)}
        voice.name = voice.name or " ".join((given.get("name") or given.get("nm") or "").split())
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
    """The voice that ``track`` (a number from 1, a name or an id) means; None: the one that looks like the melody.

    Raises:
        FileError: there is no such voice; the message is a clause that names those there are.
    """
    if track is None:
        sounding = [voice for voice in voices if voice.notes] or voices
        named = [voice for voice in sounding if _MELODY.search(voice.label)]
        high = [voice for voice in sounding if not voice.low]
        return (named or high or sounding)[0]
    wanted = str(track).strip()
    by_name = [voice for voice in voices if wanted.casefold() in (voice.name.casefold(), voice.id.casefold())]
    if not (isinstance(track, int) or wanted.isdigit()):
        by_name += [voice for voice in voices if wanted and wanted.casefold() in voice.name.casefold()]
    elif 1 <= int(wanted[:6]) <= len(voices):
        by_name = [voices[int(wanted[:6]) - 1]]
    if not by_name:
        names = ", ".join(f"{number} {voice.label}" for number, voice in enumerate(voices[:20], 1))
        raise FileError("there is no voice {voice!r}; its voices are {voices}", voice=wanted[:40], voices=names)
    return by_name[0]


def jumps_of(text: str) -> Iterator[str]:
    """The marks of a da capo in a decoration or an annotation: "fine", "segno", "coda", "to coda", "dacapo", "dalsegno"."""
    word = re.sub(r"[\s.]+", "", text.lstrip("^_<>@")).casefold()
    if word in ("dc", "dacapo", "dcalfine", "dacapoalfine", "dcalcoda", "dacapoalcoda"):
        yield "dacapo"
    elif word in ("ds", "dalsegno", "dsalfine", "dalsegnoalfine", "dsalcoda", "dalsegnoalcoda"):
        yield "dalsegno"
    elif word in ("tocoda", "dacoda", "alcoda"):
        yield "to coda"
    elif word in ("fine", "segno", "coda"):
        yield word
