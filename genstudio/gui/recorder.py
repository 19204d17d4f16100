"""Recording: what is played on the MIDI keyboard, with the metronome, becomes a piece and an end."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from genstudio.domains import names, plays
from genstudio.gui.capture import GRIDS, Capture, Frame, piece_of
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.kinds import FIRST
from genstudio.gui.live import voice_of
from genstudio.gui.metronome import COUNTS
from genstudio.gui.midi_in import Keyboard

__all__ = ["Recorder"]

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
