"""Piano rolls of melodies, as text for terminals and as SVG for notebooks."""

from __future__ import annotations

from genstudio.domains.music.figure import roll_figure
from genstudio.domains.music.line import Line
from genstudio.domains.music.text_roll import Strip, rolls

__all__ = ["roll", "svg"]


def roll(piece: Line, width: int = 80) -> str:
    """A piano roll; see :func:`~genstudio.domains.music.text_roll.rolls`."""
    return rolls(piece, [Strip("", piece.notes)], width) if piece.notes else "(silence)"


def svg(melody: Line) -> str:
    """A piano roll as an HTML figure with an inline SVG; at most 64 bars are drawn."""
    return roll_figure(melody, "Melody", [(melody.notes, "#2f6fde")])
