"""Write melodies as an ABC tunebook.

Source: the ABC music standard 2.1, https://abcnotation.com/wiki/abc:standard:v2.1

Rules
- The notes of a beat are written without spaces; a line has four bars.
- Tuplets are 3:2 and 5:4. A bar that needs others is moved to the grid of eighths and sixths of a quarter, which gives a remark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from genstudio.domains.melody import Melody
from genstudio.domains.music.keys import MAJOR_BY_SHARPS, MODES
from genstudio.domains.music.time import in_threes
from genstudio.rendering.notation import Element, Measure, Sheet, accidentals, engrave
from genstudio.rendering.spelling import Signature

__all__ = ["document", "note_of"]

_RATIOS = ((3, 2), (5, 4))
_SIGNS = {-2: "__", -1: "_", 0: "=", 1: "^", 2: "^^"}
_EIGHTH = 128  # units
_BARS = 4  # per line
_TONICS = (*MAJOR_BY_SHARPS, "G#", "D#", "A#", "E#", "B#")
_WORDS = {"": "", "major": "", "minor": "m"}  # other modes are written with their first three letters
_LINE = re.compile(r"(?m)^%genstudio:\|(.*)\|$")
_WIDTH = 100


def document(melodies: Sequence[Melody], *, notes: Sequence[str] = ()) -> tuple[str, int]:
    """The text of a tunebook of melodies, and the number of bars that were moved to the grid; ``notes`` are texts that are written
    as comments of the melodies."""
    out = ["%abc-2.1\n"]
    moved = 0
    for index, melody in enumerate(melodies):
        sheet = engrave(melody, ratios=_RATIOS)
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
    title = " ".join(sheet.title.replace("%", "％").split())
    title = "".join(char for char in title if not "\ud800" <= char <= "\udfff")
    head = [f"X:{number}", f"T:{title or 'Untitled'}", "M:{}/{}".format(*first.metre), "L:1/8"]
    if first.tempos:
        head.append(f"Q:{_tempo(first.tempos[0].bpm, first.metre)}")
    head.append(f"K:{_key(first.signature)}")  # without a clef: programs differ on whether one transposes
    lines: list[list[str]] = [[]]
    full, signed = 0, False
    for index, measure in enumerate(sheet.measures):
        last = index == len(sheet.measures) - 1
        text, signed = _measure(sheet, measure, index == 0, signed)
        lines[-1].append(text + (" |]" if last else " |"))
        full += measure.number > 0
        if full and full % _BARS == 0 and not last:
            lines.append([])
    return "\n".join([*head, *(" ".join(line) for line in lines)]) + "\n"


def _measure(sheet: Sheet, measure: Measure, first: bool, signed: bool) -> tuple[str, bool]:
    """The text of a measure, and whether its last note has an accidental; ``signed`` is the same of the measure before."""
    out: list[str] = []
    if measure.changes and not first:
        out.append("[M:{}/{}]".format(*measure.metre))
    tempos = measure.tempos[first:]
    group: int | None = None
    needed = [any(signs) for signs in accidentals(measure.elements, measure.signature.sharps, held=False)]
    for at, one in enumerate(measure.elements):
        if one.pitch is not None and abs(one.pitch.alter) == 2:
            needed[at] = True  # not all readers remember a double sharp
        elif one.tied and one.pitch is not None and one.pitch.alter == 0:
            # A tied natural is written like the note before it, since some readers compare the two.
            needed[at] |= needed[at - 1] if at else signed
        while tempos and tempos[0].tick - measure.start < one.start + one.ticks:
            out.append(f"[Q:{_tempo(tempos.pop(0).bpm, measure.metre)}]")
            group = None
        text = _element(one, needed[at], measure)
        if one.tuplet is not None and one.first:
            count = _count(measure.elements, at)
            text = f"(3{text}" if (*one.tuplet, count) == (3, 2, 3) else f"({one.tuplet[0]}:{one.tuplet[1]}:{count}{text}"
        if out and one.group == group and not out[-1].endswith("]"):
            out[-1] += text
        else:
            out.append(text)
        group = one.group
    return " ".join(out), bool(needed) and needed[-1]


def _count(elements: Sequence[Element], at: int) -> int:
    return next(index for index in range(at, len(elements)) if elements[index].last) - at + 1


def _element(one: Element, accidental: bool, measure: Measure) -> str:
    units = one.units if one.kind else measure.ticks * 8 // 15
    length = _length(units)
    if one.pitch is None:
        return f"z{length}"
    letter, alter, octave = one.pitch
    sign = _SIGNS[alter] if accidental else ""
    name = letter + "," * (4 - octave) if octave <= 4 else letter.lower() + "'" * (octave - 5)
    return f"{sign}{name}{length}{'-' if one.ties else ''}"


def _length(units: int) -> str:
    """A length in eighths: "" for one, "3", "/2", "3/2"."""
    common = math.gcd(units, _EIGHTH)
    above, below = units // common, _EIGHTH // common
    return f"{above if above > 1 else ''}{f'/{below}' if below > 1 else ''}"
