"""Drum patterns as tablature for terminals and as SVG for notebooks."""

from __future__ import annotations

from genstudio.domains.drums.voices import (
    CLOSED,
    CRASH,
    HIGH,
    INDEX_OF,
    KICK,
    LOW,
    MID,
    OPEN,
    RIDE,
    SNARE,
    STEP,
    VOICES,
    level_of,
    step_of,
)  # fmt: skip
from genstudio.domains.music.figure import MOST_BARS, figure
from genstudio.domains.music.geometry import Plane
from genstudio.domains.music.notes import Music, bar_lines, bars_of

__all__ = ["SIGNS", "svg", "tablature"]

_ROWS = (CRASH, RIDE, OPEN, CLOSED, HIGH, MID, LOW, SNARE, KICK)
SIGNS = ".oxX"
"""Of the levels of velocity, the softest first."""
_MARGIN = 3
_MOST_SYSTEMS = 2


def tablature(piece: Music, width: int = 80) -> str:
    """Drum tablature: a row for each voice, a column for each sixteenth, at most ``width`` columns (at least 20).

    ``.`` is a ghost note, ``o`` soft, ``x`` medium and ``X`` loud.
    """
    if not piece.notes:
        return "(silence)"
    columns = max(20, width) - _MARGIN
    loudest: dict[tuple[int, int], int] = {}
    for note in piece.notes:
        place = INDEX_OF[note.pitch], step_of(note.start)
        loudest[place] = max(loudest.get(place, 0), level_of(note.velocity))
    rows = [voice for voice in _ROWS if any(struck == voice for struck, _ in loudest)]
    systems: list[list[tuple[int, int, int]]] = []  # of each bar or part of one: its number, first step and the step after the last
    used = columns
    for start, end, bar, _ in bars_of(piece):
        for first in range(start // STEP, end // STEP, columns - 1):
            last = min(end // STEP, first + columns - 1)
            if used + last - first + 1 > columns:
                systems.append([])
                used = 0
            systems[-1].append((bar, first, last))
            used += last - first + 1
    out = []
    for system in systems[:_MOST_SYSTEMS]:
        for voice in rows:
            parts = ("".join(SIGNS[loudest[voice, step]] if (voice, step) in loudest else "-" for step in range(first, last))
                     for _, first, last in system)  # fmt: skip
            out.append(f"{VOICES[voice].short}|{'|'.join(parts)}|")
        ruler = "".join((str(bar) if last - first >= len(str(bar)) else "").ljust(last - first + 1) for bar, first, last in system)
        out.append(" " * _MARGIN + ruler.rstrip())
    shown = {bar for system in systems[:_MOST_SYSTEMS] for bar, _, _ in system}
    left = piece.bars - max(shown)
    if left:
        out.append(f"and {left} more {'bar' if left == 1 else 'bars'}")
    return "\n".join(out)


def svg(piece: Music) -> str:
    """The hits as an HTML figure with an inline SVG: a row for each voice, louder hits larger and darker; at most 64 bars."""
    lines = bar_lines(piece)[: MOST_BARS + 1]
    end = max(1, lines[-1])
    rows = [voice for voice in _ROWS if any(note.pitch == VOICES[voice].pitch for note in piece.notes)] or [SNARE, KICK]
    row, margin = 18, 86
    plane = Plane([VOICES[voice].pitch for voice in rows], row, max(0.03, min(0.12, 1400 / end)), margin)  # pixels
    height, width = round(plane.height), margin + round(end * plane.tick) + 8
    parts = [f'<rect width="{width}" height="{height}" fill="#f6f7f9"/>']
    for index, voice in enumerate(rows):
        if index % 2:
            parts.append(f'<rect y="{index * row}" width="{width}" height="{row}" fill="#eceef2"/>')
        parts.append(f'<text x="4" y="{index * row + 13}" font-size="11" fill="#3b4252">{VOICES[voice].name}</text>')
    parts += [f'<path d="M{plane.x(line):.1f} 0V{height}" stroke="#b9bfca"/>' for line in lines]
    for note in piece.notes:
        if note.start < end:
            y = plane.y(note.pitch) + row / 2
            parts.append(
                f'<circle cx="{plane.x(note.start):.1f}" cy="{y:g}" r="{2 + note.velocity / 25:.1f}" fill="#2f6fde" '
                f'fill-opacity="{0.4 + note.velocity / 215:.2f}"><title>{VOICES[INDEX_OF[note.pitch]].name}</title></circle>'
            )
    return figure(piece, "Drums", parts, width, height)
