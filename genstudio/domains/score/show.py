"""Scores as text for terminals."""

from __future__ import annotations

from genstudio.domains.drums.voices import INDEX_OF, VOICES
from genstudio.domains.music.text_roll import Strip, rolls
from genstudio.domains.score.piece import Part, Score, chord_name

__all__ = ["show"]

_MOST_ROWS = 9  # of each of several parts


def show(piece: Score, width: int = 80) -> str:
    """A piano roll of each part below the chord symbols; see :func:`~genstudio.domains.music.text_roll.rolls`."""
    if piece.silent:
        return "(silence)"
    sounding = [part for part in piece.parts if part.notes]
    several = len(sounding) > 1
    strips = [_strip(part, several) for part in sounding]
    captions = [(chord.start, chord_name(chord)) for chord in piece.symbols]
    return rolls(piece, strips, width, captions)


def _strip(part: Part, several: bool) -> Strip:
    label = (part.name or part.role.capitalize()) if several else ""
    most = _MOST_ROWS if several else 16
    return Strip(label, part.notes, most) if part.pitched else Strip(label, part.notes, 128, _drum)


def _drum(number: int) -> str:
    """The short name of a drum, or its number."""
    return VOICES[INDEX_OF[number]].short if number in INDEX_OF else str(number)
