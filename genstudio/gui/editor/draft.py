"""Music that is being edited: some of its notes are selected, and every change can be undone. There is nothing of Qt here.

What is edited stays what it was: a melody is one voice, drums are struck on the voices of their kit, and the parts of a score that
are not edited stay as they are. A note that is put where another sounds takes its place; in one voice the other one keeps its
beginning or its end, whichever is beside the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from genstudio.domains import MetreChange, Music, Note, TempoChange, get_domain, piece_type
from genstudio.domains.music.time import bar_ticks, group_ticks

__all__ = ["GRIDS", "LOUD", "METRES", "MOST_BARS", "Draft", "begun"]

METRES = ((4, 4), (3, 4), (2, 4), (2, 2), (5, 4), (6, 8), (7, 8), (9, 8), (12, 8))
LOUD = (26, 54, 84, 120)
"""The velocities that hits are given: ghost note, soft, medium, loud."""
GRIDS = {"1/2": 960, "1/4": 480, "1/8": 240, "1/8t": 160, "1/16": 120, "1/16t": 80}
"""Ticks of the steps that notes are put on, by name; "t" is a triplet."""

LOWEST, HIGHEST = 12, 108
_LOUDEST, _SOFTEST = 127, 1
MOST_BARS = 128
_BEGUN = {True: 8, False: 2}  # bars of a piece that is begun, with pitches or without
_TEMPO = 110.0
_LENGTH = 40  # ticks of a hit
_MOST_STEPS = 200  # that can be undone
_SHORT = 60  # ticks of what may be left of a note, at the least: a thirty-second


def begun(domain: str) -> Music:
    """An empty piece of a domain, to be written in."""
    known: Any = piece_type(domain)
    made: Music = known(notes=(), metres=(MetreChange(0, 4, 4),), tempos=(TempoChange(0, _TEMPO),), length=1920)
    return made.longer(_BEGUN[made.pitched] - 1)


class _State(NamedTuple):
    piece: Music
    selected: frozenset[Note]
    part: int


class Draft:
    """A piece, one part of which is edited.

    Attributes:
        piece: as it is now. domain: the name of its domain.
        part: the index of the part that is edited; 0 for music of one part.
        selected: the notes of this part that the next change is of.
        taken: how many notes the last change has taken out because others were put in their place.
    """

    def __init__(self, piece: Music, domain: str) -> None:
        self.piece, self.domain = piece, domain
        self.part = next(iter(self.parts), 0)
        self.selected: frozenset[Note] = frozenset()
        self.taken = 0
        self._undo: list[_State] = []
        self._redo: list[_State] = []

    # -- what there is

    @property
    def parts(self) -> list[int]:
        """The indices of the parts that can be edited: those with notes of their own, and not chord symbols."""
        return [index for index, part in enumerate(self.piece.parts) if part.role != "symbols"] if self.piece.parts else [0]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Those of the part that is edited."""
        found: tuple[Note, ...] = self.piece.parts[self.part].notes if self.piece.parts else self.piece.notes
        return found

    @property
    def pitched(self) -> bool:
        """Whether the part has pitches; else it is of drums."""
        return bool(self.piece.parts[self.part].pitched) if self.piece.parts else self.piece.pitched

    @property
    def rows(self) -> Sequence[int]:
        """The pitches that a note can have, the highest first; of drums their voices."""
        if self.pitched:
            return range(HIGHEST, LOWEST - 1, -1)
        from genstudio.domains.drums import VOICES

        kit = [voice.pitch for voice in reversed(VOICES)]
        return [*(pitch for pitch in sorted({note.pitch for note in self.notes}) if pitch not in kit), *kit]

    @property
    def plain(self) -> bool:
        """Whether it has one metre from its start to its end."""
        return len(self.piece.metres) == 1 and not self.piece.pickup

    @property
    def metre(self) -> tuple[int, int]:
        """The metre that it begins in."""
        return self.piece.metres[0].numerator, self.piece.metres[0].denominator

    @property
    def bar(self) -> int:
        """Ticks of a bar of it."""
        return bar_ticks(*self.metre)

    @property
    def beat(self) -> int:
        """Ticks of a beat; three eighths in compound metres."""
        return group_ticks(*self.metre)

    @property
    def step(self) -> int:
        """The step that suits it: of drums sixteenths, or triplets where most hits are on those."""
        if self.pitched:
            return GRIDS["1/8"]
        off = {grid: sum(abs((note.start + grid // 2) % grid - grid // 2) for note in self.notes) for grid in (120, 160)}
        return 160 if off[160] < off[120] and self.beat % 160 == 0 else 120

    def struck(self, step: int, drum: int, grid: int) -> list[Note]:
        """The hits of a drum on a step, to which those up to a third of one before it belong too."""
        return [note for note in self.notes if note.pitch == drum and (note.start + grid // 3) // grid == step]

    def note_at(self, tick: float, pitch: int) -> Note | None:
        """The note of the part at a place; of drums one that was struck up to a thirty-second before."""
        least = 0 if self.pitched else 60
        return next((one for one in self.notes if one.pitch == pitch and one.start <= tick < max(one.end, one.start + least)), None)

    def at_hand(self, part: int) -> None:
        """Edit another part."""
        self.part, self.selected = part, frozenset()

    def select(self, notes: Iterable[Note]) -> None:
        """Have the next change be of these notes."""
        self.selected = frozenset(notes) & frozenset(self.notes)

    # -- changes

    def add(self, start: int, end: int, pitch: int, velocity: int = 80) -> None:
        """Write a note, which is selected then."""
        if end > start:
            self._put([Note(max(0, start), min(end, self.piece.length), pitch, velocity)], self.notes)

    def write(self, start: int, end: int, pitch: int) -> None:
        """Write a note as it is played: the piece gets longer where it has to, and nothing is selected."""
        before = self.state

        def change() -> None:
            while self.piece.length < end and self.piece.bars < MOST_BARS:
                self.piece = self.piece.longer()
            self.add(start, end, pitch)

        self.drag(before, change)
        self.selected = frozenset()
        self.settle(before)

    def strike(self, step: int, drum: int, grid: int, velocity: int) -> None:
        """A hit on a step; one that is there keeps its time and gets this velocity, and 0 silences it."""
        there = self.struck(step, drum, grid)
        if [note.velocity for note in there] == [velocity] or not (there or velocity):
            return
        self.select(there)
        start = there[0].start if there else step * grid
        self._put([Note(start, start + _LENGTH, drum, velocity)] if velocity else [], self._others())

    def clear(self) -> None:
        """Take out all notes of the part."""
        self.select(self.notes)
        self.delete()

    def count(self, metre: tuple[int, int]) -> None:
        """Have the bars of a piece of one metre be of another one; its notes stay where they are."""
        if self.plain and metre != self.metre:
            bar = bar_ticks(*metre)
            piece = replace(self.piece, metres=(MetreChange(0, *metre),), length=-(-self.piece.length // bar) * bar)
            self.settle(self._set(piece, self.selected))

    def whole(self) -> Music:
        """The piece without silent bars at its end."""
        last = max((note.end for note in self.notes), default=0)
        return replace(self.piece, length=max(1, -(-last // self.bar)) * self.bar) if self.plain else self.piece

    def delete(self) -> None:
        """Take out the notes that are selected."""
        if self.selected:
            self._put([], self._others())

    def move(self, ticks: int, rows: int = 0) -> None:
        """Move the selected notes later, and up by so many rows: semitones, or voices of drums; together, as far as all fit."""
        if not self.selected:
            return
        ticks = max(-min(note.start for note in self.selected), ticks)
        ticks = min(self.piece.length - max(note.end for note in self.selected), ticks)
        order = list(self.rows)
        places = [order.index(note.pitch) for note in self.selected]
        rows = max(max(places) - len(order) + 1, min(min(places), rows))
        self._change(
            lambda note: note._replace(
                start=note.start + ticks, end=note.end + ticks, pitch=order[order.index(note.pitch) - rows]
            )
        )

    def stretch(self, ticks: int, least: int = 1) -> None:
        """Have the selected notes end later, but none become shorter than ``least`` or pass the end of the piece."""

        def stretched(note: Note) -> Note:
            shortest = note.start + min(least, note.end - note.start)
            return note._replace(end=min(self.piece.length, max(shortest, note.end + ticks)))

        self._change(stretched)

    def louder(self, by: int) -> None:
        """Change the velocity of the selected notes."""
        self._change(lambda note: note._replace(velocity=max(_SOFTEST, min(_LOUDEST, note.velocity + by))))

    def quantise(self, grid: int) -> None:
        """Put the selected notes, or all, on the nearest steps; their lengths become whole steps, at least one."""
        every = not self.selected
        self.selected = self.selected or frozenset(self.notes)

        def placed(note: Note) -> Note:
            start = min(round(note.start / grid) * grid, self.piece.length - grid)
            return note._replace(start=start, end=start + max(grid, round((note.end - note.start) / grid) * grid))

        self._change(placed)
        if every:
            self.selected = frozenset()

    def longer(self) -> None:
        """A silent bar after the end."""
        if self.piece.bars < MOST_BARS:
            self.settle(self._set(self.piece.longer(), self.selected))

    def shorter(self) -> None:
        """Without the last bar, and without what begins in it; a piece keeps one bar."""
        domain = get_domain(self.domain)
        bars = domain.units(self.piece)
        if bars > 1:
            self.settle(self._set(replace(domain.part(self.piece, 1, bars - 1), title=self.piece.title), frozenset()))

    def _change(self, change: Callable[[Note], Note]) -> None:
        if self.selected:
            self._put([change(note) for note in self.selected], self._others())

    def _others(self) -> list[Note]:
        return [note for note in self.notes if note not in self.selected]

    def _put(self, edited: Sequence[Note], others: Iterable[Note]) -> None:
        """Give the part these notes. Where another sounds, ``edited`` take its place."""
        beside = list(others)
        kept = [rest for note in beside if (rest := self._beside(note, edited)) is not None]
        piece = self.piece.with_notes([*kept, *edited], self.part)
        before = self._set(piece, frozenset())
        places = {(note.start, note.pitch) for note in edited}
        self.select(note for note in self.notes if (note.start, note.pitch) in places)
        self.taken = len(beside) - len(kept)
        self.settle(before)

    def _beside(self, note: Note, edited: Sequence[Note]) -> Note | None:
        """What is left of a note beside those that are put there."""
        for one in edited:
            alone = self.pitched and not self.piece.parts  # one voice
            if not alone and note.pitch != one.pitch:
                continue
            if note.start < one.end and one.start < note.end:
                if note.start < one.start:
                    note = note._replace(end=one.start)
                elif alone and note.end >= one.end + _SHORT:
                    note = note._replace(start=one.end)
                else:
                    return None
        return note

    # -- undo

    def _set(self, piece: Music, selected: frozenset[Note]) -> _State:
        before = self.state
        self.piece, self.selected, self.taken = piece, selected, 0
        return before

    @property
    def state(self) -> _State:
        """All that changes."""
        return _State(self.piece, self.selected, self.part)

    def restore(self, state: _State) -> None:
        """Be as it was, as while something is dragged."""
        self.piece, self.selected, self.part = state
        self.taken = 0

    def settle(self, before: _State) -> None:
        """Have the change since ``before`` be one step of undo."""
        if before.piece != self.piece:
            self._undo = [*self._undo[1 - _MOST_STEPS :], before]
            self._redo = []

    def drag(self, before: _State, change: Callable[[], None]) -> None:
        """Make a change again from ``before``; :meth:`settle` makes one step of all of them."""
        steps = self._undo, self._redo
        self.restore(before)
        change()
        self._undo, self._redo = steps

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone."""
        return bool(self._redo)

    def undo(self) -> None:
        """Take the last change back."""
        if self._undo:
            self._redo.append(self.state)
            self.restore(self._undo.pop())

    def redo(self) -> None:
        """Make the change again that was undone."""
        if self._redo:
            self._undo.append(self.state)
            self.restore(self._redo.pop())
