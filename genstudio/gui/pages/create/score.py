"""The melody that is being played or drawn: one voice on a grid.

Ticks are 480 a quarter. Whatever is put into it, it stays one voice: a new note cuts or takes away what it would sound together
with.
"""

from __future__ import annotations

from typing import Any

from genstudio.domains.melody import Melody, MetreChange, Note, TempoChange
from genstudio.domains.music.time import bar_ticks, group_ticks

__all__ = ["GRIDS", "METRES", "MOST_BARS", "Score", "quantised"]

METRES = ((4, 4), (3, 4), (2, 4), (6, 8), (9, 8), (12, 8), (2, 2))
GRIDS = {"1/2": 960, "1/4": 480, "1/8": 240, "1/8t": 160, "1/16": 120}
"""Ticks of the steps that notes are put on, by name; "t" is a triplet."""
MOST_BARS = 64


class Score:
    """Notes that change."""

    def __init__(self, melody: Melody | None = None) -> None:
        self.notes: list[Note] = []
        self.metre: tuple[int, int] = (4, 4)
        self.tempo = 110.0
        self._program = 0
        if melody is not None:
            first = melody.metres[0]
            found = (first.numerator, first.denominator)
            if found in METRES and len(melody.metres) == 1:
                self.metre = found
                lead = -melody.pickup % self.bar if melody.pickup else 0
                self.notes = [note._replace(start=note.start + lead, end=note.end + lead) for note in melody.notes]
                self.tempo = melody.tempos[0].bpm
                self._program = melody.program

    @property
    def bar(self) -> int:
        """Ticks of a bar."""
        return bar_ticks(*self.metre)

    @property
    def beat(self) -> int:
        """Ticks of a beat; three eighths in compound metres."""
        return group_ticks(*self.metre)

    @property
    def end(self) -> int:
        """Where the last note ends."""
        return self.notes[-1].end if self.notes else 0

    @property
    def bars(self) -> int:
        """Bars that hold all notes, at least one."""
        return max(1, -(-self.end // self.bar))

    def note_at(self, tick: int, pitch: int) -> Note | None:
        """The note at a place, if there is one."""
        return next((note for note in self.notes if note.pitch == pitch and note.start <= tick < note.end), None)

    def add(self, start: int, end: int, pitch: int) -> None:
        """Put a note in; what it would sound together with gives way."""
        if end <= start or start < 0 or not 0 <= pitch <= 127 or end > MOST_BARS * self.bar:
            return
        kept: list[Note] = []
        for note in self.notes:
            if note.end <= start or note.start >= end:
                kept.append(note)
            elif note.start < start:
                kept.append(note._replace(end=start))
        self.notes = sorted([*kept, Note(start, end, pitch)])

    def remove(self, note: Note) -> None:
        """Take a note out."""
        self.notes = [one for one in self.notes if one != note]

    def clear(self) -> None:
        """Take all notes out."""
        self.notes = []

    def melody(self, title: str) -> Melody | None:
        """What there is, as a melody of whole bars; None where there is no note."""
        if not self.notes:
            return None
        from genstudio.domains.melody import Melody

        made: Any = Melody.build(
            self.notes, [MetreChange(0, *self.metre)], [TempoChange(0, self.tempo)], 0, self.bars * self.bar, title=title,
            program=self._program,
        )
        melody: Melody = made
        return melody


def quantised(tick: float, grid: int) -> int:
    """The nearest place of the grid."""
    return max(0, round(tick / grid)) * grid
