"""One voice of music: the result of the readers of files, and the base class of melodies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

from genstudio.domains.music.keys import HIGHEST, LOWEST, key_named, tonic_of
from genstudio.domains.music.notes import Music, Note, bar_lines, cut, inside
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks, full_bars, tidy_tempos

__all__ = ["Line", "in_key", "in_metre", "trimmed"]

L = TypeVar("L", bound="Line")


@dataclass(frozen=True, kw_only=True)
class Line(Music):
    """One voice of notes, which do not overlap, in bars.

    tonic: the reference pitch, to which the pitches of the symbols are relative.
    key: as the source states it ("G major", "A dorian"), or None.
    """

    tonic: int = 60
    key: str | None = None

    @property
    def stated_key(self) -> str | None:
        return self.key

    @classmethod
    def build(
        cls: type[L], notes: Sequence[Note], metres: Sequence[MetreChange], tempos: Sequence[TempoChange], pickup: int = 0,
        length: int = 0, **rest: Any,
    ) -> L:  # fmt: skip
        """Build a line from notes: tidy metres and tempos, extend the length to a bar line, and find the tonic.

        Args:
            notes: sorted, without overlap.
            metres: should lie on bar lines; a change that does not is moved to the next one.
            tempos: in any order.
            pickup: ticks before the first full bar.
            length: the minimal length in ticks.
            rest: other fields; without ``tonic``, it is estimated from the notes.
        """
        tidy, pickup, end = full_bars(metres, pickup, max(length, notes[-1].end) if notes else length)
        if rest.get("tonic") is None:
            rest["tonic"] = tonic_of((note.pitch, note.end - note.start) for note in notes)
        return cls(notes=tuple(notes), metres=tidy, tempos=tidy_tempos(tempos, end), pickup=pickup, length=end, **rest)

    def with_notes(self: L, notes: Iterable[Note], part: int = 0) -> L:
        found = inside(notes, self.length)
        cut_off = (note._replace(end=min(note.end, later.start)) for note, later in pairwise([*found, Note(self.length, 0, 0)]))
        return replace(self, notes=tuple(note for note in cut_off if note.end > note.start))

    @classmethod
    def of(cls: type[L], line: Line) -> L:
        """The same music as an instance of this class."""
        return cls(**vars(line))


def trimmed(line: L) -> L:
    """The music without silence at its ends: silent bars are left out, and if at least the first half of the first bar is silent,
    the rest of that bar becomes a pickup, unless it is the only bar."""
    if not line.notes:
        return line
    lines = bar_lines(line)
    first, last = line.notes[0].start, line.notes[-1].end
    end = next(tick for tick in lines if tick >= last)
    if first < line.pickup:
        start = first
    else:
        at = bisect_right(lines, first) - 1
        late = 2 * (first - lines[at]) >= lines[at + 1] - lines[at]
        start = first if late and end > lines[at + 1] else lines[at]
    if start == 0 and end == line.length:
        return line
    pickup = next(tick for tick in lines if tick >= start) - start
    return replace(cut(line, start, end, line.title), pickup=pickup if end - start > pickup else 0)


def in_metre(line: L, metre: tuple[int, int]) -> L:
    """The same notes in bars of one metre; of the pickup, what is longer than a bar becomes bars."""
    pickup = line.pickup % bar_ticks(*metre)
    tidy, pickup, end = full_bars([MetreChange(0, *metre)], pickup, line.notes[-1].end if line.notes else 0)
    return replace(line, metres=tidy, tempos=tidy_tempos(line.tempos, end), pickup=pickup, length=end)


def in_key(line: L, key: str) -> L:
    """The music with another key ("G major", "A dorian"), and so another reference pitch.

    Raises:
        ConfigError: it is not the name of a key.
    """
    wanted, name = key_named(key)
    notes = [(note.pitch, note.end - note.start) for note in line.notes] or [(60, 1)]
    mean = sum(pitch * length for pitch, length in notes) / sum(length for _, length in notes)
    tonic = wanted + 12 * int((mean - wanted) // 12)
    tonic = max(tonic, wanted + 12 * -((wanted - LOWEST) // 12))
    while tonic > HIGHEST:
        tonic -= 12
    return replace(line, tonic=tonic, key=name)
