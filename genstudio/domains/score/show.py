"""Scores as text for terminals."""

from __future__ import annotations

from dataclasses import replace

from genstudio.domains.melody.show import roll
from genstudio.domains.score.piece import Score, chord_name

__all__ = ["show"]


def show(piece: Score, width: int = 80) -> str:
    """A piano roll of each part, and the chord symbols."""
    if piece.silent:
        return "(silence)"
    out = []
    for part in piece.parts:
        out.append(f"{part.name or part.role}:")
        if part.chords:
            out.append(" ".join(chord_name(chord) for chord in part.chords))
        elif part.notes:
            out.append(roll(replace(piece, parts=(part,)), width))
    return "\n".join(out)
