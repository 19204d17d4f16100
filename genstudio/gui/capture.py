"""What is played while it is recorded, and the piece that comes of it: notes on a grid, in whole bars, with the velocity that they
were played with. There is nothing of Qt here.

Conventions: ticks are 480 a quarter, counted from the first bar line after what was counted in.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from genstudio.domains import Music, Note, piece_type
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks

__all__ = ["GRIDS", "Capture", "Frame", "piece_of"]

GRIDS = {"1/4": 480, "1/8": 240, "1/8t": 160, "1/16": 120, "1/16t": 80, "1/32": 60}
"""Ticks of the steps that notes are put on, by name; "t" is a triplet."""
_HIT = 60  # ticks of a hit of drums


class Frame(NamedTuple):
    """What a recording is made in: the domain, metre, tempo in quarters a minute, and the General MIDI program."""

    domain: str
    metre: tuple[int, int] = (4, 4)
    bpm: float = 120.0
    program: int = 0

    @property
    def pitched(self) -> bool:
        """Whether it is of notes with pitches; else of drums."""
        known: Any = piece_type(self.domain)
        return bool(known.pitched)

    def empty(self, bars: int, title: str) -> Music:
        """Bars without a note, to record over."""
        return _made(self, [], bars * bar_ticks(*self.metre), title)


class Capture:
    """The notes of one recording."""

    def __init__(self) -> None:
        self.notes: list[tuple[float, float, int, int]] = []  # start, end, pitch, velocity
        self._open: dict[int, tuple[float, int]] = {}

    def begin(self, pitch: int, velocity: int, tick: float) -> None:
        """A note begins."""
        self.end(pitch, tick)
        self._open[pitch] = tick, velocity

    def end(self, pitch: int, tick: float) -> None:
        """It ends."""
        began = self._open.pop(pitch, None)
        if began is not None:
            self.notes.append((began[0], max(tick, began[0]), pitch, began[1]))

    def close(self, tick: float) -> None:
        """The recording ends, and with it what still sounds."""
        for pitch in list(self._open):
            self.end(pitch, tick)

    def quantised(self, grid: int) -> list[Note]:
        """The notes on the nearest steps, each at least one step long; without those that began more than half a step before the
        first bar line."""
        found: dict[tuple[int, int], Note] = {}
        for began, ended, pitch, velocity in sorted(self.notes):
            start, end = (round(tick / grid) * grid for tick in (began, ended))
            if start >= 0:
                note = Note(start, max(start + grid, end), pitch, velocity)
                before = found.get((start, pitch))
                found[start, pitch] = note if before is None or before.velocity < velocity else before
        return sorted(found.values())


def piece_of(notes: list[Note], frame: Frame, title: str) -> Music | None:
    """A piece of these notes in as many bars as they need; None where there are none that its domain has."""
    last = max((note.end if frame.pitched else note.start + 1 for note in notes), default=0)
    if not notes:
        return None
    bar = bar_ticks(*frame.metre)
    piece = _made(frame, notes, max(1, -(-last // bar)) * bar, title)
    return piece if piece.notes or any(part.notes for part in piece.parts) else None


def _made(frame: Frame, notes: list[Note], length: int, title: str) -> Music:
    known: Any = piece_type(frame.domain)
    about: dict[str, Any] = {
        "metres": (MetreChange(0, *frame.metre),), "tempos": (TempoChange(0, frame.bpm),), "length": length, "title": title,
    }  # fmt: skip
    if frame.domain == "score":
        from genstudio.domains.score.piece import ROLES, Part

        part = Part(role=ROLES[0], program=frame.program)  # the tune
        made: Music = known(parts=(part,), **about)
        return made.with_notes(notes)
    empty: Music = known(notes=(), program=frame.program, **about)
    if not frame.pitched:
        notes = [note._replace(end=note.start + _HIT) for note in notes]
    return empty.with_notes(notes)
