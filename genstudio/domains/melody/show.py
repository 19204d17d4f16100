"""Piano rolls of melodies, as text for terminals and as SVG for notebooks."""

from __future__ import annotations

from genstudio.domains.music.figure import MOST_BARS, figure
from genstudio.domains.music.geometry import Plane, is_black, pitch_rows
from genstudio.domains.music.keys import pitch_name
from genstudio.domains.music.line import Line
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.music.text_roll import Strip, rolls

__all__ = ["roll", "svg"]


def roll(piece: Line, width: int = 80) -> str:
    """A piano roll; see :func:`~genstudio.domains.music.text_roll.rolls`."""
    return rolls(piece, [Strip("", piece.notes)], width) if piece.notes else "(silence)"


def svg(melody: Line) -> str:
    """A piano roll as an HTML figure with an inline SVG; at most 64 bars are drawn."""
    lines = bar_lines(melody)[: MOST_BARS + 1]
    end = max(1, lines[-1])
    notes = [note for note in melody.notes if note.start < end]
    row = 6
    plane = Plane(pitch_rows(note.pitch for note in notes), row, max(0.02, min(0.08, 1400 / end)))  # pixels
    height, width = round(plane.height), round(plane.x(end))
    parts = [f'<rect width="{width}" height="{height}" fill="#f6f7f9"/>']
    parts += [
        f'<rect y="{plane.y(pitch):g}" width="{width}" height="{row}" fill="#eceef2"/>'
        for pitch in reversed(plane.rows)
        if is_black(pitch)
    ]
    parts += [f'<path d="M{plane.x(line):.1f} 0V{height}" stroke="#b9bfca"/>' for line in lines]
    for note in notes:
        x, y, length, _ = plane.note(note, end)
        parts.append(
            f'<rect x="{x:.1f}" y="{y:g}" width="{max(1.0, length - 0.8):.1f}" '
            f'height="{row - 1}" rx="1.5" fill="#2f6fde" fill-opacity="{0.45 + note.velocity / 230:.2f}">'
            f"<title>{pitch_name(note.pitch)}</title></rect>"
        )
    return figure(melody, "Melody", parts, width, height)
