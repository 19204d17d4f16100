"""Notes with ties, which become one note each."""

from __future__ import annotations

from dataclasses import dataclass, field

from genstudio.domains.music.notes import Note

__all__ = ["TiedNotes"]


@dataclass
class TiedNotes:
    """The notes of a part, added in order of time. A tie may lead to another voice of the part."""

    notes: list[Note] = field(default_factory=list)
    ends: dict[tuple[int, int], tuple[int, bool]] = field(default_factory=dict)
    """By pitch and end the index of the last such note, and whether it is tied to the next one."""

    def add(self, start: int, end: int, pitch: int, *, tied: bool, ties: bool) -> None:
        """Add a note, or lengthen the one that it continues.

        Args:
            start: its first tick.
            end: the tick after it.
            pitch: its pitch.
            tied: whether it is tied to the note before.
            ties: whether it is tied to the next one; one of both is enough for a tie.
        """
        # Sums of tuplets may differ by a tick.
        place = next(((pitch, tick) for tick in (start, start - 1, start + 1) if (pitch, tick) in self.ends), None)
        before, goes_on = self.ends[place] if place is not None else (-1, False)
        if place is not None and (tied or goes_on):
            # The note before is continued once.
            del self.ends[place]
            end = max(end, self.notes[before].end)
            self.notes[before] = self.notes[before]._replace(end=end)
            self.ends[pitch, end] = before, ties
        elif end > start:
            self.ends[pitch, end] = len(self.notes), ties
            self.notes.append(Note(start, end, pitch))

    def give_way(self, tick: int) -> None:
        """End all notes at a tick at the latest."""
        kept = [note._replace(end=min(note.end, tick)) for note in self.notes if note.start < tick]
        self.notes[:] = kept
        self.ends = {(note.pitch, note.end): (index, False) for index, note in enumerate(kept)}
