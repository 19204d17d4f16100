"""The beat that is being written: hits on the steps of a few bars.

Ticks are 480 a quarter. A hit stands at its own tick, which may be a little before or after its step: what was played by a person
keeps its timing until the hit is taken out.
"""

from __future__ import annotations

from typing import Any

from genstudio.domains import MetreChange, Music, Note, TempoChange, piece_type
from genstudio.domains.music.time import bar_ticks, group_ticks

__all__ = ["BARS", "GRIDS", "LOUD", "METRES", "Pattern"]

METRES = ((4, 4), (3, 4), (2, 4), (5, 4), (6, 8), (7, 8), (9, 8), (12, 8))
GRIDS = {"1/16": 120, "1/8t": 160}
"""Ticks of a step, by name; "t" is a triplet."""
LOUD = (26, 54, 84, 120)
"""The velocities that hits are given: ghost note, soft, medium, loud."""
BARS = (1, 2, 3, 4)
_LENGTH = 40  # ticks of a hit
_UNDO = 200  # changes that can be undone


class Pattern:
    """Hits that change; ``hits`` is tick and drum to velocity."""

    def __init__(self, domain: str, piece: Music | None = None) -> None:
        self.domain = domain
        self.hits: dict[tuple[int, int], int] = {}
        self.metre: tuple[int, int] = (4, 4)
        self.bars = 2
        self.tempo = 110.0
        self.grid = GRIDS["1/16"]
        self._program = 0
        self._before: list[dict[tuple[int, int], int]] = []
        self._after: list[dict[tuple[int, int], int]] = []
        if piece is not None:
            self._take(piece)

    def _take(self, piece: Music) -> None:
        first = piece.metres[0]
        metre = (first.numerator, first.denominator)
        if metre not in METRES or len(piece.metres) > 1 or piece.pickup:
            return
        self.metre, self.tempo, self._program = metre, piece.tempos[0].bpm, piece.program
        self.bars = min(BARS[-1], max(1, piece.bars))
        self.hits = {(note.start, note.pitch): note.velocity for note in piece.notes if note.start < self.length}
        thirds = sum(self._off(tick, 160) for tick, _ in self.hits)
        if thirds < sum(self._off(tick, 120) for tick, _ in self.hits) and self.beat % 160 == 0:
            self.grid = GRIDS["1/8t"]

    @staticmethod
    def _off(tick: int, grid: int) -> int:
        return abs((tick + grid // 2) % grid - grid // 2)

    # -- where things are

    @property
    def bar(self) -> int:
        """Ticks of a bar."""
        return bar_ticks(*self.metre)

    @property
    def beat(self) -> int:
        """Ticks of a beat; three eighths in compound metres."""
        return group_ticks(*self.metre)

    @property
    def length(self) -> int:
        """Ticks of all bars."""
        return self.bars * self.bar

    @property
    def steps(self) -> int:
        """Steps of all bars."""
        return self.length // self.grid

    def step_of(self, tick: int) -> int:
        """The step that a tick belongs to: up to a third of one before it."""
        return (tick + self.grid // 3) // self.grid

    def at(self, step: int, drum: int) -> list[tuple[int, int]]:
        """The hits of a drum on a step, tick and velocity."""
        return sorted((tick, loud) for (tick, one), loud in self.hits.items() if one == drum and self.step_of(tick) == step)

    # -- changes

    def strike(self, step: int, drum: int, velocity: int) -> None:
        """A hit on a step; one that is there gets this velocity."""
        there = self.at(step, drum)
        if [loud for _, loud in there] == [velocity]:
            return
        self._keep()
        tick = there[0][0] if there else step * self.grid
        self._drop(step, drum)
        self.hits[tick, drum] = velocity

    def take_out(self, step: int, drum: int) -> None:
        """Silence on a step."""
        if self.at(step, drum):
            self._keep()
            self._drop(step, drum)

    def clear(self) -> None:
        """Take all hits out."""
        if self.hits:
            self._keep()
            self.hits = {}

    def _drop(self, step: int, drum: int) -> None:
        for tick, _ in self.at(step, drum):
            del self.hits[tick, drum]

    def _keep(self) -> None:
        self._before.append(dict(self.hits))
        del self._before[:-_UNDO]
        self._after.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self._after)

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self._after.append(self.hits)
            self.hits = self._before.pop()

    def redo(self) -> None:
        """Make the last change again that was taken back."""
        if self._after:
            self._before.append(self.hits)
            self.hits = self._after.pop()

    def piece(self, title: str) -> Music | None:
        """What there is, as a piece of the domain; None where there is no hit within the bars."""
        notes = [
            Note(tick, tick + _LENGTH, drum, loud) for (tick, drum), loud in sorted(self.hits.items()) if tick < self.length
        ]
        return self._made(notes, self.length, title) if notes else None

    def single(self, drum: int, velocity: int) -> Music:
        """One hit, to be heard."""
        return self._made([Note(0, _LENGTH, drum, velocity)], self.bar, "")

    def _made(self, notes: list[Note], length: int, title: str) -> Music:
        known: Any = piece_type(self.domain)
        made: Music = known(
            notes=tuple(notes), metres=(MetreChange(0, *self.metre),), tempos=(TempoChange(0, self.tempo),), length=length,
            program=self._program, title=title,
        )  # fmt: skip
        return made
