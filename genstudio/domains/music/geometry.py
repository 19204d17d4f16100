"""The layout of a piano roll: rows, the positions of bar lines and beats, and the boxes of notes, as plain numbers.

The window, SVG pictures and the text for terminals are drawn from it. Time goes from left to right, in ticks, 480 per quarter; rows
go down, the highest pitch first. The unit of lengths, pixels or character cells, is chosen by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from genstudio.domains.music.notes import Bar, Music, Note
from genstudio.domains.music.time import TICKS

__all__ = ["KIT", "SIXTEENTH", "Box", "Plane", "is_black", "is_seam", "kit_rows", "owners", "pitch_rows", "strength"]

SIXTEENTH = TICKS // 4
KIT = (36, 38, 42, 46, 45, 48, 50, 51, 49)
"""The nine voices of a drum kit in the order of their rows, from the lowest row up: kick, snare, hats, toms, cymbals."""
_BLACK = (1, 3, 6, 8, 10)


def is_black(pitch: int) -> bool:
    """Whether a pitch has a black key on a keyboard."""
    return pitch % 12 in _BLACK


def is_seam(pitch: int) -> bool:
    """Whether a pitch, C or F, has a white key directly below it; a line is drawn between them."""
    return pitch % 12 in (0, 5)


def pitch_rows(pitches: Iterable[int], *, margin: int = 1, least: int = 0) -> range:
    """The pitch of each row of a keyboard, the highest first.

    Args:
        pitches: the pitches that must have a row; if there are none, an octave is taken.
        margin: semitones above and below them.
        least: the minimal number of rows.
    """
    found = list(pitches) or [60, 72]
    low, high = min(found) - margin, max(found) + margin
    lacking = max(0, least - (high - low + 1))
    return range(high + (lacking + 1) // 2, low - lacking // 2 - 1, -1)


def kit_rows(numbers: Iterable[int], *, least: Iterable[int] = KIT) -> tuple[int, ...]:
    """The drum of each row, the highest row first: those of :data:`KIT` in its order, others above them.

    Args:
        numbers: the drums that have hits.
        least: the drums that have a row in any case.
    """
    wanted = {*numbers, *least}
    return (*sorted(wanted - set(KIT), reverse=True), *(number for number in reversed(KIT) if number in wanted))


@lru_cache(maxsize=256)
def owners(music: Music) -> tuple[int, ...]:
    """The index of the part that each of ``music.notes`` belongs to; () for music of one part."""
    found = [(note, index) for index, part in enumerate(music.parts) if part.pitched for note in part.notes]
    found.sort(key=lambda one: (one[0][0], one[0][2], one[0]))
    return tuple(index for _, index in found)


def strength(velocity: int) -> float:
    """The strength with which a hit is drawn, 0 .. 1."""
    return min(1.0, max(0.0, velocity / 120))


class Box(NamedTuple):
    """A rectangle: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Plane:
    """The plane of a roll: converts ticks and pitches to positions.

    rows: the pitch of each row, the highest first. row: the height of a row. tick: the width of a tick. left: the position of the
    tick ``first``. top: the position of the first row. scroll: how far the visible part is scrolled to the right and down.
    """

    rows: Sequence[int]
    row: float
    tick: float
    left: float = 0.0
    top: float = 0.0
    first: int = 0
    scroll: tuple[float, float] = (0.0, 0.0)

    @property
    def height(self) -> float:
        """The height of all rows."""
        return self.row * len(self.rows)

    def x(self, tick: float) -> float:
        """The horizontal position of a tick."""
        return self.left + (tick - self.first) * self.tick - self.scroll[0]

    def y(self, pitch: int) -> float:
        """The upper edge of the row of a pitch."""
        return self.top + self.rows.index(pitch) * self.row - self.scroll[1]

    def beats(self, bar: Bar) -> list[float]:
        """The horizontal positions of the beats of a bar, without the bar line."""
        return [self.x(tick) for tick in bar.beats if tick > bar.start]

    def note(self, note: Note, last: int | None = None) -> Box:
        """The box of a note of a melody, cut at ``first`` and ``last``."""
        start, end = max(note.start, self.first), note.end if last is None else min(note.end, last)
        return Box(self.x(start), self.y(note.pitch), (end - start) * self.tick, self.row)

    def hit(self, note: Note, room: float | None = None) -> Box:
        """The box of a hit of drums, which begins at its onset; the louder the hit, the higher the box.

        Args:
            note: the hit.
            room: the height, in the middle of its row, of the loudest hits; None: the whole row.
        """
        room = self.row if room is None else room
        tall = max(2.0, (room - 2) * (0.36 + 0.64 * strength(note.velocity)))
        wide = max(2.0, min(0.78 * SIXTEENTH * self.tick, 1.25 * room))
        return Box(self.x(note.start), self.y(note.pitch) + (self.row - tall) / 2, wide, tall)
