"""The spelling of pitches: key signatures and the line of fifths.

Conventions: positions on the line of fifths are C = 0, G = 1, F = -1, F sharp = 6, B flat = -2 …; a key signature is a number of
sharps, -7 .. 7. Source: D. Temperley, "The Cognition of Basic Musical Structures", MIT Press 2001, chapter 5 (the line of fifths).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from genstudio.domains import Music
from genstudio.domains.music.keys import MODES, STEPS
from genstudio.domains.score.piece import QUALITIES, ChordSymbol

__all__ = ["Signature", "Spelled", "alteration", "chord_text", "signature", "signature_of", "spell"]

_LETTERS = "FCGDAEB"
_KEY = re.compile(r"\s*([A-Ga-g])([#♯b♭]*)\s*([A-Za-z]*)")


class Spelled(NamedTuple):
    """A pitch as it is written: letter, alteration in semitones, octave (that of middle C is 4)."""

    letter: str
    alter: int
    octave: int


class Signature(NamedTuple):
    """A key signature in sharps (-7 .. 7), and the mode of the key ("" where no key is stated)."""

    sharps: int
    mode: str


def signature_of(key: str) -> Signature | None:
    """The signature of a key such as "G major"; None where the text names none."""
    match = _KEY.match(key)
    if match is None:
        return None
    letter, signs, word = match.groups()
    mode = next((name for name in MODES if word and name.startswith(word.lower()[:3])), "major")
    sharps = _LETTERS.index(letter.upper()) - 1 + MODES[mode]
    sharps += 7 * (sum(sign in "#♯" for sign in signs) - sum(sign in "b♭" for sign in signs))
    while sharps > 7:
        sharps -= 12
    while sharps < -7:
        sharps += 12
    return Signature(sharps, mode)


def signature(melody: Music) -> Signature:
    """The key signature at the beginning of music.

    Without a stated key it is the signature with the least total length of notes that need accidentals; of equal ones that in which
    the reference pitch is the tonic (of major, else minor), then that with the fewest sharps or flats.
    """
    stated = signature_of(melody.stated_key or "")
    if stated is not None:
        return stated
    tonic = getattr(melody, "tonic", 0) % 12
    held = [0] * 12
    for note in melody.notes:
        held[note.pitch % 12] += note.end - note.start

    def cost(sharps: int) -> tuple[int, int, int, int]:
        outside = sum(held) - sum(held[7 * place % 12] for place in range(sharps - 1, sharps + 6))
        fits = 0 if tonic == 7 * sharps % 12 else 1 if tonic == 7 * (sharps + 3) % 12 else 2
        return outside, fits, abs(sharps), -sharps

    return Signature(min(range(-6, 7), key=cost), "")


def alteration(letter: str, sharps: int) -> int:
    """The alteration of a letter by a key signature: -1, 0 or 1.

    >>> alteration("F", 1), alteration("E", -2), alteration("C", 1)
    (1, -1, 0)
    """
    at = _LETTERS.index(letter)
    return int(at < sharps) - int(6 - at < -sharps)


def spell(pitch: int, sharps: int) -> Spelled:
    """Spell a pitch with one of the twelve names nearest to the key on the line of fifths: from three fifths below the tonic of the
    major key to eight above it, so that C major has E flat, B flat, F sharp, C sharp and G sharp.

    >>> spell(61, 0), spell(70, 0), spell(59, -7)
    (Spelled(letter='C', alter=1, octave=4), Spelled(letter='B', alter=-1, octave=4), Spelled(letter='C', alter=-1, octave=4))
    """
    low = sharps - 3
    place = low + (7 * pitch - low) % 12
    letter = _LETTERS[(place + 1) % 7]
    alter = (place + 1) // 7
    return Spelled(letter, alter, (pitch - alter - STEPS[letter]) // 12 - 1)


def chord_text(chord: ChordSymbol, sharps: int) -> str:
    """A chord symbol in plain letters, spelled in a key signature.

    >>> chord_text(ChordSymbol(0, 480, 10, "minor-seventh", 1), -5)
    'Bbm7/Db'
    """

    def name(pitch_class: int) -> str:
        letter, alter, _ = spell(pitch_class, sharps)
        return letter + ("#" if alter > 0 else "b") * abs(alter)

    bass = f"/{name(chord.bass)}" if chord.bass >= 0 else ""
    return f"{name(chord.root)}{QUALITIES[chord.quality][1]}{bass}"
