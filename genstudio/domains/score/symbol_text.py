"""Chord symbols as people write them: "Am7", "B♭maj7/D", "C^7", "F#-7b5", "Gsus", "N.C.".

Rules
- A symbol is a root, a suffix, and a bass after a stroke. The suffix is a sequence of known tokens; a text with anything
  else is no chord symbol.
- What a quality of :data:`~genstudio.domains.score.piece.QUALITIES` cannot say (added, altered and left out notes, and extensions
  beyond it) is left out: the quality is the nearest one with the same third, fifth and seventh.

Source: MusicXML 4.0, https://www.w3.org/2021/06/musicxml40/musicxml-reference/data-types/kind-value/ (the qualities).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from genstudio.domains.music.keys import STEPS
from genstudio.domains.score.piece import ChordSymbol
from genstudio.errors import Message

__all__ = ["Named", "chord_named", "is_no_chord", "simplified", "until_next"]

_LONGEST = 40  # characters
_PARTS = re.compile(r"([A-Ha-h])(##|bb(?!5)|[#b])?([^/]*(?:/[0-9]+)?[^/]*?)(?:/([A-Ha-h])(##|bb|[#b])?)?")
_SAME = str.maketrans({"♯": "#", "♭": "b", "−": "-", "–": "-", "△": "Δ", "º": "°", "˚": "°", "Ø": "ø", "⌀": "ø"})
_NO_CHORD = re.compile(r"n\.?\s*/?\s*c\.?|no\s*chord|tacet", re.IGNORECASE)
_TOKENS = re.compile(
    r"(?P<half>ø7?|h7?(?![a-z])|half-?dim(?:inished)?7?)|(?P<suspended>sus(?:pended)?[24]?)|(?P<plain>(?i:dom(?:inant)?))"
    r"|(?P<dim>(?i:dim(?:inished)?)|[o°])|(?P<aug>(?i:aug(?:mented)?)|\+(?![0-9])|^\+(?!5))"
    r"|(?P<seventh>Δ7?|\^7?)|(?P<major>Maj(?:or)?|MAJ|maj(?:or)?|Ma|ma|M|j)"
    r"|(?P<minor>Min(?:or)?|MIN|min(?:or)?|Mi|mi|m|-(?![0-9])|^-(?!5))"
    r"|(?P<left>(?:omit|no)\s*[0-9]{1,2})|(?P<added>add\s*[#b]?[0-9]{1,2})|(?P<altered>(?:[#b+-]|sharp|flat)[0-9]{1,2})|(?P<alt>alt)"
    r"|(?P<sixninth>6/?9)|(?P<number>1[13]|[24-79])|(?P<nothing>[\s(),.]+)",
)


class Named(NamedTuple):
    """A chord symbol that was read: root, quality and bass as in :class:`ChordSymbol`, and whether they say all that is written."""

    root: int
    quality: str
    bass: int
    exact: bool


def is_no_chord(text: str) -> bool:
    """Whether a text says that no chord sounds: "N.C."."""
    return _NO_CHORD.fullmatch(text.strip()) is not None


def chord_named(text: str) -> Named | None:
    """Read a chord symbol; None where the text is none.

    >>> chord_named("Bb7/D"), chord_named("Cadd9"), chord_named("Bridge")
    (Named(root=10, quality='dominant', bass=2, exact=True), Named(root=0, quality='major', bass=-1, exact=False), None)
    """
    plain = text.strip().translate(_SAME)
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    found = _PARTS.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None:
        return None
    letter, accidental, suffix, bass, bass_accidental = found.groups()
    quality = _quality(suffix)
    if quality is None:
        return None
    root = _pitch_class(letter, accidental)
    low = _pitch_class(bass, bass_accidental) if bass else -1
    return Named(root, quality[0], -1 if low == root else low, quality[1])


def _pitch_class(letter: str, accidental: str | None) -> int:
    moved = {"#": 1, "b": -1, "##": 2, "bb": -2}.get(accidental or "", 0)
    # In German, H is what is B in English.
    return (STEPS["B" if letter in "Hh" else letter.upper()] + moved) % 12


@dataclass
class _Suffix:
    """What a suffix says: the third or fifth ("minor", "dim", "half", "aug", "suspended" or "" for the major triad), whether the
    seventh is major, the largest number, the altered notes, and whether all of it can be said by a quality."""

    third: str = ""
    by: int = 4  # the note of "sus"
    major: bool = False
    largest: int = 0
    altered: set[str] = field(default_factory=set)
    exact: bool = True

    def take(self, kind: str, token: str) -> None:
        """Add a token."""
        if kind in ("minor", "dim", "half", "aug", "suspended"):
            self.exact = self.exact and self.third in ("", kind)
            if not self.third or kind == "suspended":
                self.third = kind
            if kind == "half":
                self.largest = max(self.largest, 7)
            self.by = 2 if token.endswith("2") else self.by
        elif kind in ("major", "seventh"):
            self.major = True
            self.largest = max(self.largest, 7 * (kind == "seventh"))
        elif kind == "number":
            self.largest = max(self.largest, int(token))
        elif kind == "altered":
            sign = "b" if token.startswith(("b", "-", "flat")) else "#"
            self.altered.add(sign + token.lstrip("abfhlprst#+-"))
        elif kind in ("left", "added", "alt", "sixninth"):
            self.exact = False
            self.largest = max(self.largest, {"alt": 7, "sixninth": 6}.get(kind, 0))

    def fifth(self) -> None:
        """Let an altered fifth make the chord diminished or augmented."""
        if self.third == "minor" and "b5" in self.altered and self.largest in (0, 7) and not self.major:
            self.third = "half" if self.largest else "dim"
            self.altered.remove("b5")
        elif not self.third and "#5" in self.altered:
            self.third = "aug"
            self.altered.remove("#5")

    @property
    def quality(self) -> tuple[str, tuple[int, ...]]:
        """The quality, and the largest numbers for which it is exact."""
        size = self.largest
        seventh = size >= 7 and not self.major
        if self.third == "half":
            return "half-diminished", (7,)
        if self.third in ("dim", "aug"):
            name = {"dim": "diminished", "aug": "augmented"}[self.third]
            return (f"{name}-seventh", (7,)) if seventh else (name, (0,))
        if self.third == "suspended":
            if seventh and self.by == 4:
                return "dominant-suspended", (7,)
            return ("suspended-second", (0, 2)) if self.by == 2 else ("suspended-fourth", (0, 4))
        if self.major and size >= 7:
            if self.third == "minor":
                return "major-minor", (7,)
            return ("major-seventh", (7,)) if size == 7 else ("major-ninth", (9,))
        known = _BY_NUMBER["minor" if self.third == "minor" else "major"]
        return next((name, sizes) for least, name, sizes in known if size >= least)


_BY_NUMBER = {
    "minor": ((9, "minor-ninth", (9,)), (7, "minor-seventh", (7,)), (6, "minor-sixth", (6,)), (0, "minor", (0,))),
    "major": (
        (13, "dominant-13th", (13,)), (11, "dominant-11th", (11,)), (9, "dominant-ninth", (9,)), (7, "dominant", (7,)),
        (6, "major-sixth", (6,)), (5, "power", (5,)), (4, "suspended-fourth", (4,)), (2, "suspended-second", (2,)),
        (0, "major", (0,)),
    ),
}  # fmt: skip
"""The qualities of triads with a number: the least number, the quality, and the numbers that it says."""


def _quality(text: str) -> tuple[str, bool] | None:
    """The quality of a suffix, and whether it says all of it; None where it is no suffix."""
    suffix = _Suffix()
    at = 0
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None:
            return None
        at = match.end()
        suffix.take(str(match.lastgroup), match[0])
    suffix.fifth()
    name, sizes = suffix.quality
    return name, suffix.exact and not suffix.altered and suffix.largest in sizes


def until_next(rows: Iterable[tuple[int, Named | None]], length: int) -> tuple[tuple[ChordSymbol, ...], int]:
    """Chord symbols, each from its tick until the next one, and the number of those that were simplified.

    Args:
        rows: ticks and symbols; None is that no chord sounds.
        length: the tick at which the last one ends.
    """
    found = sorted(rows, key=lambda row: row[0])
    made = [
        (ChordSymbol(start, end, *chord[:3]), chord.exact)
        for (start, chord), end in zip(found, [*(start for start, _ in found[1:]), length], strict=False)
        if chord is not None and end > start
    ]
    return tuple(chord for chord, _ in made), sum(not exact for _, exact in made)


def simplified(count: int) -> list[str]:
    """The remark on chord symbols that were simplified."""
    if not count:
        return []
    if count == 1:
        return [Message("1 chord symbol was simplified")]
    return [Message("{count} chord symbols were simplified", count=count)]
