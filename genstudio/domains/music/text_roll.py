"""Piano rolls as text for terminals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from genstudio.domains.music.keys import pitch_name
from genstudio.domains.music.notes import Bar, Music, Note, bars_of

__all__ = ["Strip", "rolls"]

_MARGIN = 5
_MOST_SYSTEMS = 2


@dataclass(frozen=True)
class Strip:
    """The rows of one part: its label ("" for none), its notes, the largest number of rows, and the names of rows by pitch."""

    label: str
    notes: Sequence[Note]
    most: int = 16
    name: Callable[[int], str] = pitch_name


def rolls(music: Music, strips: Sequence[Strip], width: int, captions: Sequence[tuple[int, str]] = ()) -> str:
    """Piano rolls of block characters with bar lines, one below the other: names of rows at the left, bar numbers below.

    They have at most ``width`` columns (at least 24) and at most two systems; the number of bars that do not fit follows. The rows
    of a strip are the pitches that occur, or several semitones each if there are too many. The first cell of a note is a little
    lower than the others, so that repeated notes can be distinguished.

    Args:
        music: the music whose bars are drawn.
        strips: its parts.
        width: columns.
        captions: texts that stand above the first strip, with their ticks; one without room is left out.
    """
    columns = max(24, width) - _MARGIN
    bars = list(bars_of(music))
    # Half cells as short as possible, in ticks, so that all bars fit; an eighth (240) is the longest that can be read.
    near = bars[: 2 * columns]  # more than two systems can hold
    for half in (60, 80, 120, 160, 240):
        systems = _systems(near, half, columns)
        if len(systems) <= (1 if half < 120 else 2):
            break
    out: list[str] = []
    for system in systems[:_MOST_SYSTEMS]:
        cells = [(bar, min(-(-(bar.end - bar.start) // (2 * half)), columns - 1)) for bar in system]
        if captions:
            out.append(_captions(captions, cells, half))
        for strip in strips:
            out += ([strip.label[: columns + _MARGIN]] if strip.label else []) + _rows(strip, cells, half)
        out.append(_ruler(cells))
    left = len(bars) - sum(len(system) for system in systems[:_MOST_SYSTEMS])
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


def _rows(strip: Strip, bars: Sequence[tuple[Bar, int]], half: int) -> list[str]:
    """The rows of a strip in a system of bars, each with its number of cells; where it is silent there, none, or an empty one if it
    has no label, since it is then the only one."""
    first_tick, last_tick = bars[0][0].start, bars[-1][0].end
    notes = [note for note in strip.notes if note.start < last_tick and note.end > first_tick]
    pitches = sorted({note.pitch for note in notes}) or ([] if strip.label else [60])
    if len(pitches) > strip.most:
        step = -(-(pitches[-1] - pitches[0] + 1) // strip.most)
        pitches = list(range(pitches[0], pitches[-1] + 1, step))
    grid: dict[int, list[str]] = {pitch: [] for pitch in pitches}
    for (start, end, _, _), cells in bars:
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
    return [f"{strip.name(pitch):>4} {''.join(grid[pitch])}" for pitch in reversed(pitches)]


def _ruler(bars: Sequence[tuple[Bar, int]]) -> str:
    """The numbers of the bars, each below the beginning of its bar if there is room."""
    ruler = ""
    place = 0
    for bar, cells in bars:
        label = str(bar.number) if bar.number else ""
        if len(label) <= cells:
            ruler = ruler.ljust(place) + label
        place += cells + 1
    return " " * _MARGIN + ruler.rstrip()


def _captions(captions: Sequence[tuple[int, str]], bars: Sequence[tuple[Bar, int]], half: int) -> str:
    """The line of captions, each above its tick."""
    line = ""
    place = 0
    room = sum(cells + 1 for _, cells in bars)
    for (start, end, _, _), cells in bars:
        for tick, text in captions:
            if start <= tick < end:
                at = place + (tick - start) // (2 * half)
                if (at > len(line) or not line) and at + len(text) <= room:
                    line = line.ljust(at) + text
        place += cells + 1
    return " " * _MARGIN + line


def _cell(left: int, right: int) -> str:
    """The block character for two halves: 0 silence, 1 a sounding note, 2 the beginning of a note."""
    if left and right:
        return "▇" if left == 2 else "█"
    return "▌" if left else "▐" if right else " "
