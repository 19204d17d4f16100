"""Write melodies and scores as an ABC tunebook.

Source: the ABC music standard 2.1, https://abcnotation.com/wiki/abc:standard:v2.1

Rules
- The notes of a beat are written without spaces; a line has four bars.
- Each staff is a voice (``V:``); voices of one staff stand beside each other in a bar (``&``), the later ones with rests that are
  not printed. Chord symbols stand over the first staff; if not all of them begin with a note, they have a voice of their own.
  Only the first voice of a bar has words.
- Tuplets are 3:2 and 5:4. A bar that needs others is moved to the grid of eighths and sixths of a quarter, which gives a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from genstudio.domains import Music, TempoChange
from genstudio.domains.music.keys import MAJOR_BY_SHARPS, MODES
from genstudio.domains.music.time import in_threes
from genstudio.domains.score.piece import NO_CHORD, ChordSymbol
from genstudio.domains.score.roles import STATED
from genstudio.rendering.notation import Element, Head, Measure, Player, Sheet, Staff, accidentals, engrave
from genstudio.rendering.spelling import Signature, Spelled, chord_text, spell

__all__ = ["document", "note_of"]

_RATIOS = ((3, 2), (5, 4))
_SIGNS = {-2: "__", -1: "_", 0: "=", 1: "^", 2: "^^"}
_EIGHTH = 128  # units
_BARS = 4  # per line
_TONICS = (*MAJOR_BY_SHARPS, "G#", "D#", "A#", "E#", "B#")
_WORDS = {"": "", "major": "", "minor": "m"}  # other modes are written with their first three letters
_UNSUNG = str.maketrans({"_": " ", "*": "∗", "|": " ", "%": "％", "\\": "/"})  # signs of a line of lyrics
_LINE = re.compile(r"(?m)^%genstudio:\|(.*)\|$")
_WIDTH = 100


def document(pieces: Sequence[Music], *, notes: Sequence[str] = ()) -> tuple[str, int]:
    """The text of a tunebook of melodies or scores, and the number of bars that were moved to the grid; ``notes`` are texts that
    are written as comments of the pieces."""
    out = ["%abc-2.1\n"]
    moved = 0
    for index, piece in enumerate(pieces):
        sheet = engrave(piece, ratios=_RATIOS)
        moved += sheet.moved
        out.append(_tune(sheet, index + 1))
        if index < len(notes) and notes[index]:
            text = notes[index]
            out += [f"%genstudio:|{text[at : at + _WIDTH]}|\n" for at in range(0, len(text), _WIDTH)]
        out.append("\n")
    return "".join(out).rstrip("\n") + "\n", moved


def note_of(text: str) -> str:
    """The text that :func:`document` wrote as the comment of the first tune, or ""."""
    head = re.split(r"(?m)^X:", text, maxsplit=2)
    return "".join(_LINE.findall(head[1] if len(head) > 1 else text))


def _key(signature: Signature) -> str:
    """The key with a signature and mode."""
    sharps, mode = signature
    word = _WORDS.get(mode, mode[:3])
    place = sharps + 7 - MODES.get(mode, 0)
    # The tonic of Lydian with seven flats is not in the list; the major key with the same signature replaces it.
    return _TONICS[place] + word if place >= 0 else _TONICS[sharps + 7]


def _tempo(bpm: float, metre: tuple[int, int]) -> str:
    beats = round(bpm / 1.5, 2)
    if metre[1] == 8 and in_threes(*metre) and abs(beats * 1.5 - bpm) < 1e-6:
        return f"3/8={beats:g}"
    return f"1/4={bpm:.10g}"


def _tune(sheet: Sheet, number: int) -> str:
    first = sheet.measures[0]
    head = [f"X:{number}", f"T:{_plain(sheet.title) or 'Untitled'}", "M:{}/{}".format(*first.metre), "L:1/8"]
    if first.tempos:
        head.append(f"Q:{_tempo(first.tempos[0].bpm, first.metre)}")
    staves = [_Staff(player, staff) for player in sheet.players for staff in player.staves]
    named = sheet.several and (len(staves) > 1 or bool(staves[0].name or staves[0].instrument))
    if len(sheet.roles) > 1:
        head.append(f"%{STATED} {' '.join(sheet.roles)}")
    if len(staves) > 1:
        head.append(f"%%score {_order(sheet)}")
    if named:
        head += (f'V:{place} clef={one.clef} name="{one.name}"' for place, one in enumerate(staves, 1))
    head.append(f"K:{_key(first.signature)}")  # of a melody without a clef: programs differ on whether one transposes
    for place, one in enumerate(staves if named else [], 1):
        head += [f"V:{place}", *one.instrument]
    several = len(staves) > 1
    for begin, end in _lines(sheet.measures):
        for place, one in enumerate(staves, 1):
            bars = one.staff.measures[begin:end]
            texts = [one.measure(begin + at, leads=place == 1) for at in range(len(bars))]
            last = end == len(sheet.measures)
            line = " | ".join(texts) + (" |]" if last else " |")
            head.append(f"[V:{place}] {line}" if several else line)
            words = _words(bars)
            if words:
                head.append(f"w: {words}")
    return "\n".join(head) + "\n"


def _lines(measures: Sequence[Measure]) -> Iterator[tuple[int, int]]:
    """The indices of the first bar of each line of music and of the bar after it."""
    begin = full = 0
    for index, measure in enumerate(measures, 1):
        full += measure.number > 0
        if index == len(measures) or (full and full % _BARS == 0):
            yield begin, index
            begin = index


def _order(sheet: Sheet) -> str:
    """The voices of a score as a directive for typesetting: the two of a keyboard are joined by a brace."""
    out, place = [], 1
    for player in sheet.players:
        numbers = " ".join(str(place + at) for at in range(len(player.staves)))
        out.append(f"{{{numbers}}}" if len(player.staves) > 1 else numbers)
        place += len(player.staves)
    return " ".join(out)


def _plain(text: str) -> str:
    """A text for a field, without the sign for comments."""
    text = " ".join(text.replace("%", "％").split())
    return "".join(char for char in text if not "\ud800" <= char <= "\udfff")


@dataclass
class _Staff:
    """Writes the bars of a staff one after the other. signed: whether the last note before has an accidental. before: its heads."""

    player: Player
    staff: Staff
    signed: bool = False
    before: tuple[Head, ...] = ()

    @property
    def clef(self) -> str:
        return {"F": "bass", "C": "alto", "percussion": "perc"}.get(self.staff.clef.sign, "treble")

    @property
    def name(self) -> str:
        return _plain(self.player.name.replace('"', "'"))

    @property
    def instrument(self) -> list[str]:
        drums = [] if self.player.pitched else ["%%MIDI channel 10"]
        return [*drums, *([f"%%MIDI program {self.player.program}"] if self.player.program else [])]

    def measure(self, index: int, *, leads: bool) -> str:
        """The text of a bar; the voice that leads has the tempos."""
        measure = self.staff.measures[index]
        out = []
        if measure.signed and index:
            out.append(f"[K:{_key(measure.signature)}]")
        if measure.changes and index:
            out.append("[M:{}/{}]".format(*measure.metre))
        tempos = measure.tempos[not index :] if leads else []
        onsets = {measure.start + one.start for one in measure.elements}
        within = all(tick in onsets for tick, _ in measure.chords)
        chords = measure.chords if within else []
        texts = [self._voice(measure, 0, tempos, chords), *(self._voice(measure, at) for at in range(1, len(measure.voices)))]
        if not within:
            texts.append(_symbols_alone(measure))
        return " ".join([*out, " & ".join(texts)])

    def _voice(
        self, measure: Measure, number: int, tempos: Sequence[TempoChange] = (),
        chords: Sequence[tuple[int, ChordSymbol | None]] = (),
    ) -> str:  # fmt: skip
        """The text of a voice of a bar; those beside the first one have rests that are not printed."""
        out: list[str] = []
        left = list(tempos)
        names = {tick - measure.start: _name(chord, measure.signature.sharps) for tick, chord in chords}
        sharps = measure.signature.sharps
        voices = [[_pitched(one, sharps) for one in voice] for voice in measure.voices[: number + 1]]
        voice = voices[-1]
        # Programs differ on whether an accidental holds for the voices beside its own.
        alone = accidentals(voice, sharps, held=False)
        after = [*accidentals((one for voice in voices for one in voice), sharps, held=False)][-len(voice) :]
        needed = [[one or other for one, other in zip(*signs, strict=True)] for signs in zip(alone, after, strict=True)]
        group: int | None = None
        before = () if number else self.before
        for at, one in enumerate(voice):
            for index, (pitch, tied, _) in enumerate(one.heads):
                if abs(pitch.alter) == 2:
                    needed[at][index] = True  # not all readers remember a double sharp
                elif tied and pitch.alter == 0:
                    # A tied natural is written like the note before it, since some readers compare the two.
                    needed[at][index] |= any(needed[at - 1]) if at else self.signed
                # A tie of another note on the same line of the staff would carry its accidental on.
                needed[at][index] |= any(ties and _is_other(pitch, held) for held, _, ties in before)
            before = one.heads
            while left and left[0].tick - measure.start < one.start + one.ticks:
                out.append(f"[Q:{_tempo(left.pop(0).bpm, measure.metre)}]")
                group = None
            text = names.get(one.start, "") + _element(one, needed[at], measure, "x" if number else "z")
            if one.tuplet is not None and one.first:
                count = _count(voice, at)
                text = f"(3{text}" if (*one.tuplet, count) == (3, 2, 3) else f"({one.tuplet[0]}:{one.tuplet[1]}:{count}{text}"
            if out and one.group == group and not out[-1].endswith("]"):
                out[-1] += text
            else:
                out.append(text)
            group = one.group
        if not number:
            self.signed, self.before = bool(needed) and any(needed[-1]), before
        return " ".join(out)


def _is_other(pitch: Spelled, other: Spelled) -> bool:
    """Whether two notes stand on the same line or space of a staff, but differ."""
    return pitch != other and (pitch.letter, pitch.octave) == (other.letter, other.octave)


def _pitched(one: Element, sharps: int) -> Element:
    """The element with a note for each hit of drums, whose pitch is its number."""
    return replace(one, heads=tuple(Head(spell(hit, sharps)) for hit in one.hits)) if one.hits else one


def _name(chord: ChordSymbol | None, sharps: int) -> str:
    return f'"{NO_CHORD if chord is None else chord_text(chord, sharps)}"'


def _symbols_alone(measure: Measure) -> str:
    """A voice of the chord symbols of a bar, over rests that are not printed."""
    places = [(tick - measure.start, _name(chord, measure.signature.sharps)) for tick, chord in measure.chords]
    if places[0][0]:
        places.insert(0, (0, ""))
    ends = [*(tick for tick, _ in places[1:]), measure.ticks]
    return " ".join(f"{name}x{_length(Fraction(end - tick, 240))}" for (tick, name), end in zip(places, ends, strict=True))


def _words(measures: Sequence[Measure]) -> str:
    """The line of lyrics under some bars, "" where there are none."""
    sung = [one for measure in measures for one in measure.elements if one.heads]
    if not any(one.lyric for one in sung):
        return ""
    out: list[str] = []
    for one in sung:
        if one.lyric is None:
            # What is tied holds the syllable; other notes without one are passed over.
            out.append("_" if one.tied and out and out[-1] != "*" else "*")
            continue
        text = one.lyric.text.translate(_UNSUNG)
        text = "~".join(text.replace("-", "\\-").split())
        out.append((text or "*") + "-" * (one.lyric.place in ("begin", "middle")))
    while out[-1] in ("_", "*"):
        out.pop()
    return " ".join(out)


def _count(elements: Sequence[Element], at: int) -> int:
    return next(index for index in range(at, len(elements)) if elements[index].last) - at + 1


def _element(one: Element, signs: Sequence[bool], measure: Measure, rest: str) -> str:
    length = _length(Fraction(one.units if one.kind else measure.ticks * 8 // 15, _EIGHTH))
    if not one.heads:
        return f"{rest}{length}"
    notes = []
    for ((letter, alter, octave), _, ties), sign in zip(one.heads, signs, strict=True):
        name = letter + "," * (4 - octave) if octave <= 4 else letter.lower() + "'" * (octave - 5)
        notes.append((f"{_SIGNS[alter] if sign else ''}{name}", "-" if ties else ""))
    if len(notes) == 1:
        return f"{notes[0][0]}{length}{notes[0][1]}"
    if all(tie for _, tie in notes):
        return f"[{''.join(name for name, _ in notes)}]{length}-"
    return f"[{''.join(name + tie for name, tie in notes)}]{length}"


def _length(eighths: Fraction) -> str:
    """A length in eighths: "" for one, "3", "/2", "3/2"."""
    above, below = eighths.as_integer_ratio()
    return f"{above if above > 1 else ''}{f'/{below}' if below > 1 else ''}"
