"""The window in which music is written: a roll with a piano below it, or the steps of a drum machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from genstudio.domains import Music, get_domain
from genstudio.domains.music.time import TempoChange
from genstudio.gui.context import Context
from genstudio.gui.editor.draft import GRIDS, METRES
from genstudio.gui.editor.window import NotesWindow
from genstudio.gui.items import Item
from genstudio.gui.layouts import called
from genstudio.gui.live import voice_of
from genstudio.gui.views.bars import counted_in, tick_at

__all__ = ["NotesDialog"]

_LOUDER = 12
_Change = Callable[[], None]


class NotesDialog(NotesWindow):
    """Edits the notes of music; ``new``: it is written in this window, from nothing or from what was an end before."""

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None, *, new: bool = False) -> None:
        super().__init__(context, item, parent, new=new)
        self._played: Item | None = None
        self._wire()
        self.retranslate()
        self._show_view()
        player = context.player
        player.moved.connect(self._moved)
        player.ended.connect(self._ended)

    def _wire(self) -> None:
        draft = self.draft
        changes: tuple[tuple[QPushButton | QToolButton, _Change], ...] = (
            (self.undo, draft.undo), (self.redo, draft.redo), (self.delete, draft.delete), (self.clear, draft.clear),
            (self.octave_down, lambda: draft.move(0, -12)), (self.octave_up, lambda: draft.move(0, 12)),
            (self.softer, lambda: draft.louder(-_LOUDER)), (self.louder, lambda: draft.louder(_LOUDER)),
            (self.quantise, lambda: draft.quantise(self.canvas.grid)), (self.less, draft.shorter), (self.more, draft.longer),
        )  # fmt: skip
        for button, change in changes:
            button.clicked.connect(lambda _=False, change=change: self._do(change))
        self.play.clicked.connect(self._play)
        self.part.currentIndexChanged.connect(self._other_part)
        self.metre.currentIndexChanged.connect(lambda at: self._do(lambda: draft.count(METRES[at])))
        self.step.currentIndexChanged.connect(self._step)
        self.tempo.valueChanged.connect(lambda _: self._refresh())
        for view in (self.canvas, self.steps):
            view.changed.connect(self._refresh)
            view.touched.connect(self._sound)
        self.canvas.moved.connect(lambda x: self.area.ensureVisible(x, self.area.verticalScrollBar().value() + 40, 60, 0))
        self.steps.moved.connect(self._say)
        self.keyboard.heard.connect(self._sound)
        self.keyboard.written.connect(self._refresh)
        self.keyboard.go.connect(self.context.player.stop)

    def _show_view(self) -> None:
        drums = self.view is self.steps
        self.views.setCurrentIndex(int(drums))
        for widget in (self.loud_label, *self.levels):
            widget.setVisible(drums)
        for widget in (self.octave_down, self.octave_up, self.keyboard, self.record):
            widget.setVisible(self.draft.pitched)
        for widget in (self.softer, self.louder, self.delete):
            widget.setVisible(not drums)
        self.clear.setVisible(drums or self._new)
        self.canvas.cursor_tick = 0 if self.draft.pitched and self.canvas.cursor_tick < 0 else self.canvas.cursor_tick
        self.step.setCurrentIndex(list(GRIDS.values()).index(self.draft.step))
        self._step()
        self._hint()
        self._do(lambda: None)
        self._bring_into_view()
        self.view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.steps.fit()
        if not event.spontaneous():
            self.canvas.widen(self.area.viewport().width())
        self._bring_into_view()
        self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.fit()

    def _bring_into_view(self) -> None:
        pitches = sorted(note.pitch for note in self.draft.notes) or [67]
        if self.view is self.canvas and pitches[len(pitches) // 2] in self.draft.rows:
            middle = self.canvas.y_of(pitches[len(pitches) // 2])
            self.area.verticalScrollBar().setValue(round(middle - self.area.viewport().height() / 2))

    # -- what is chosen

    def _other_part(self) -> None:
        self.draft.at_hand(int(self.part.currentData()))
        self._show_view()

    def _step(self) -> None:
        self.canvas.grid = self.steps.grid = int(self.step.currentData())
        self.canvas.update()
        self.steps.fit()

    def _do(self, change: _Change) -> None:
        change()
        if self.part.currentData() != self.draft.part:  # an undone change was of another part
            self.part.setCurrentIndex(self.part.findData(self.draft.part))
        if self.draft.metre in METRES:
            with QSignalBlocker(self.metre):
                self.metre.setCurrentIndex(METRES.index(self.draft.metre))
        if self._note != counted_in(self.draft.piece):
            self._show_tempo(self.bpm)
        self.canvas.fit()
        self.steps.fit()
        self._refresh()

    def _say(self, sentence: str) -> None:
        """Say at the top what is at hand, or what has happened."""
        called(self.told, sentence)
        self.told.setToolTip(sentence)

    def _refresh(self) -> None:
        draft, some = self.draft, bool(self.draft.selected)
        if self.view is self.canvas:
            one = self.tr("1 note gave way; Undo brings it back.")
            several = self.tr("{count} notes gave way; Undo brings them back.").format(count=draft.taken)
            self._say("" if not draft.taken else one if draft.taken == 1 else several)
        self.undo.setEnabled(draft.can_undo)
        self.redo.setEnabled(draft.can_redo)
        for button in (self.octave_down, self.octave_up, self.softer, self.louder, self.delete):
            button.setEnabled(some)
        self.less.setEnabled(get_domain(self.item.domain).units(draft.piece) > 1)
        there = any(part.notes for part in draft.piece.parts) if draft.piece.parts else bool(draft.notes)
        nothing = self.tr("There are no notes yet.") if draft.pitched else self.tr("There are no hits yet.")
        for widget in (self.play, self.use, self.clear):
            widget.setEnabled(there)
            widget.setToolTip("" if there else nothing)
        self.use.setEnabled(there and (self._new or self.piece != self.item.piece))

    @property
    def piece(self) -> Music:
        """The piece as it is now, at the tempo of the field."""
        piece = self.draft.whole() if self._new and self.draft.pitched else self.draft.piece
        first = piece.tempos[0]
        if self.tempo.value() == round(self._note.of(first.bpm)):
            return piece
        times = self.bpm / first.bpm
        return replace(piece, tempos=tuple(TempoChange(change.tick, change.bpm * times) for change in piece.tempos))

    # -- sound

    def _play(self) -> None:
        player = self.context.player
        if player.playing and player.item is self._played:
            player.stop()
        elif self.play.isEnabled():
            self._played = self._made()
            player.play(self._played)
            self._show_play(True)

    def _ended(self) -> None:
        self.canvas.set_position(None)
        self.steps.set_position(None)
        self._show_play(False)

    def _sound(self, pitch: int, velocity: int) -> None:
        if self.context.player.playing and self.context.player.item is self._played:
            return  # all of it is heard already
        item = Item(self.draft.piece, self.item.domain, "")
        self.context.player.live.touch(voice_of(item, self.context.settings, self.draft.part), pitch, velocity)

    def _moved(self, seconds: float) -> None:
        if self._played is not None and self.context.player.item is self._played:
            self.view.set_position(tick_at(self._played.piece, seconds))

    # -- keys and the end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.draft.pitched and self.keyboard.key(event, True):
            return
        if key == Qt.Key.Key_Space or (key == Qt.Key.Key_P and not self.draft.pitched):
            self._play()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.use.isEnabled():
            self.accept()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not (self.draft.pitched and self.keyboard.key(event, False)):
            super().keyReleaseEvent(event)

    def _title(self) -> str:
        if self._new:
            return self.tr("My melody") if self.draft.pitched else self.tr("My beat")
        return super()._title()

    def _made(self) -> Item:
        return Item(replace(self.piece, title=self._title()), self.item.domain, self._title(), t=self.item.t, of=self.item.of)

    def accept(self) -> None:
        self.keyboard.stop()
        self.made.emit(self._made())
        super().accept()

    def done(self, result: int) -> None:
        self.keyboard.stop()
        if self._played is not None and self.context.player.item is self._played:
            self.context.player.stop()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keyboard.release_all()
        super().changeEvent(event)
