"""Piano rolls of melodies, as text for terminals and as SVG for notebooks."""

from __future__ import annotations

from collections.abc import Sequence

from genstudio.domains.music.figure import MOST_BARS, figure
from genstudio.domains.music.geometry import Plane, is_black, pitch_rows
from genstudio.domains.music.keys import pitch_name
from genstudio.domains.music.line import Line
from genstudio.domains.music.notes import Bar, bar_lines, bars_of

__all__ = ["roll", "svg"]

_MOST_ROWS = 16
_MARGIN = 5


def roll(piece: Line, width: int = 80) -> str:
    """A piano roll of block characters with bar lines: pitch names at the left, bar numbers below.

    It has at most ``width`` columns (at least 24) and at most two systems; the number of bars that do not fit follows. The rows
    are the pitches that occur, or several semitones each if there are more than 16 pitches. The first cell of a note is a little
    lower than the others, so that repeated notes can be distinguished.
    """
    if not piece.notes:
        return "(silence)"
    columns = max(24, width) - _MARGIN
    bars = list(bars_of(piece))
    # Half cells as short as possible, in ticks, so that all bars fit; an eighth (240) is the longest that can be read.
    near = bars[: 2 * columns]  # more than two systems can hold
    for half in (60, 80, 120, 160, 240):
        systems = _systems(near, half, columns)
        if len(systems) <= (1 if half < 120 else 2):
            break
    out = [_system(piece, system, half, columns) for system in systems[:2]]
    left = len(bars) - sum(len(system) for system in systems[:2])
    if left:
        out.append(f"{' ' * _MARGIN}… and {left} more {'bar' if left == 1 else 'bars'}")
    return "\n".join(out)


def _systems(bars: Sequence[Bar], half: int, columns: int) -> list[list[Bar]]:
    """Break the bars into lines that fit into ``columns``; ``half`` is the length of half a cell in ticks."""
    systems: list[list[Bar]] = []
    used = columns
    for bar in bars:
        cells = -(-(bar.end - bar.start) // (2 * half)) + 1
        if not systems or used + cells > columns:
            systems.append([])
            used = 0
        systems[-1].append(bar)
        used += cells
    return systems


def _system(melody: Line, bars: list[Bar], half: int, columns: int) -> str:
    first_tick, last_tick = bars[0].start, bars[-1].end
    notes = [note for note in melody.notes if note.start < last_tick and note.end > first_tick]
    pitches = sorted({note.pitch for note in notes}) or [60]
    if len(pitches) > _MOST_ROWS:
        step = -(-(pitches[-1] - pitches[0] + 1) // _MOST_ROWS)
        pitches = list(range(pitches[0], pitches[-1] + 1, step))
    grid: dict[int, list[str]] = {pitch: [] for pitch in pitches}
    ruler = ""
    for start, end, number, _ in bars:
        cells = min(-(-(end - start) // (2 * half)), columns - 1)
        on = {pitch: [0] * (2 * cells) for pitch in pitches}
        for note in notes:
            if note.end <= start or note.start >= end:
                continue
            row = on[max(pitch for pitch in pitches if pitch <= note.pitch)]
            begin = min((max(note.start, start) - start) // half, 2 * cells - 1)
            until = max(begin + 1, -(-(min(note.end, end) - start) // half))
            for at in range(begin, min(until, 2 * cells)):
                row[at] = 2 if at == begin and note.start >= start else 1
        for pitch in pitches:
            pairs = zip(on[pitch][::2], on[pitch][1::2], strict=True)
            grid[pitch] += [*(_cell(left, right) for left, right in pairs), "│"]
        ruler = ruler.ljust(len(grid[pitches[0]]) - cells - 1)
        label = str(number) if number else ""
        if len(label) <= cells:
            ruler += label
    rows = [f"{pitch_name(pitch):>4} {''.join(grid[pitch])}" for pitch in reversed(pitches)]
    return "\n".join([*rows, " " * _MARGIN + ruler.rstrip()])


def _cell(left: int, right: int) -> str:
    """The block character for two halves: 0 silence, 1 a sounding note, 2 the beginning of a note."""
    if left and right:
        return "▇" if left == 2 else "█"
    return "▌" if left else "▐" if right else " "


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
