"""Recording: what is played on the MIDI keyboard, with the metronome, becomes a piece and an end: notes on a grid, in whole bars,
with the velocity that they were played with.

Conventions: ticks are 480 a quarter, counted from the first bar line after what was counted in.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from genstudio.domains import Music, Note, names, piece_type, plays
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.kinds import FIRST
from genstudio.gui.live import voice_of
from genstudio.gui.metronome import COUNTS
from genstudio.gui.midi_in import Keyboard

__all__ = ["GRIDS", "Capture", "Frame", "Recorder", "piece_of"]


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



_MOST_BARS = 128


class Recorder(QObject):
    """Has the keyboard sound, and records it. The recording has the metre and the tempo of what the player has, or 4/4 at 120, and
    becomes a piece of the kind that the model in use makes."""

    changed = Signal()  # it has begun, or ended

    def __init__(self, context: Context, keyboard: Keyboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self.keyboard = context, keyboard
        self._item: Item | None = None  # what is recorded over
        self._frame = Frame(FIRST)
        self._capture = Capture()
        keyboard.began.connect(self._began)
        keyboard.ended.connect(self._ended)
        keyboard.changed.connect(self.prepare)
        player = context.player
        player.changed.connect(self.prepare)
        player.ended.connect(self._look)
        player.started.connect(lambda item: self._look())
        player.paused.connect(self.finish)
        player.closing.connect(keyboard.close)

    @property
    def active(self) -> bool:
        """Whether it records, or is counted in."""
        return self._item is not None

    @property
    def frame(self) -> Frame:
        """What a recording would be made in now."""
        item, domain = self._context.player.item, self._context.models.domain
        kind = domain if domain in names() and plays(domain) else FIRST
        if item is None or not item.music:
            return Frame(kind)
        first = item.piece.metres[0]
        frame = Frame(kind, (first.numerator, first.denominator), item.piece.tempos[0].bpm)
        alike = bool(item.piece.pitched) == frame.pitched
        return frame._replace(program=voice_of(item, self._context.settings).program) if alike else frame

    def prepare(self) -> None:
        """Have the sound of the keyboard ready."""
        if self.keyboard.name:
            self._context.player.live.prepare(voice_of(self._context.player.item, self._context.settings))

    def begin(self) -> None:
        """Count in, and record from the first bar line on."""
        self.finish()
        self._frame, self._capture = self.frame, Capture()
        item = Item(self._frame.empty(_MOST_BARS, ""), self._frame.domain, self.tr("Recording"))
        bars = int(self._context.settings["count_in"])
        self._context.player.play(item, bars=bars if bars in COUNTS[1:] else 1)
        self._item = item
        self.changed.emit()

    def toggle(self) -> None:
        """Begin, or end and have the piece."""
        if self.active:
            self.finish()
        else:
            self.begin()

    def _tick(self, moment: float) -> float:
        """Where the recording was at a moment, in ticks; negative during the count-in."""
        player = self._context.player
        late = (self.keyboard.clock() - moment) * float(self._context.settings["tempo"])
        return (player.place - late) * self._frame.bpm * 8

    def _began(self, pitch: int, velocity: int, moment: float) -> None:
        player = self._context.player
        player.live.press(("key", pitch), voice_of(player.item, self._context.settings), pitch, velocity, moment)
        if self.active and not player.waiting:
            self._capture.begin(pitch, velocity, self._tick(moment))

    def _ended(self, pitch: int, moment: float) -> None:
        self._context.player.live.release(("key", pitch))
        if self.active:
            self._capture.end(pitch, self._tick(moment))

    def _look(self) -> None:
        """Whether something else plays, or nothing any more."""
        player = self._context.player
        if self._item is not None and (player.item is not self._item or not player.playing):
            self.finish()

    def finish(self) -> None:
        """End; what was played becomes a piece and an end."""
        if self._item is None:
            return
        context, player = self._context, self._context.player
        self._capture.close(self._tick(self.keyboard.clock()))
        item, self._item = self._item, None
        if player.item is item:
            player.stop()
        grid = GRIDS.get(str(context.settings["record_grid"]), GRIDS["1/16"])
        title = self.tr("My recording")
        piece = piece_of(self._capture.quantised(grid), self._frame, title)
        self.changed.emit()
        if piece is None:
            context.bus.say.emit(self.tr("Nothing was recorded: no note was played after the count-in."))
            return
        made = Item(piece, self._frame.domain, title)
        context.bus.make_end.emit(made, str(context.settings["record_end"]))
        context.bus.selected.emit(made)
        count = len(piece.notes) or sum(len(part.notes) for part in piece.parts)
        said = self.tr("Recorded: one note.") if count == 1 else self.tr("Recorded: {count} notes.").format(count=count)
        context.bus.say.emit(said)
