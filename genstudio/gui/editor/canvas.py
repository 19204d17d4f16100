"""The roll in which notes are edited: a drag writes a note, moves it, or changes where it ends."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from genstudio.gui.context import Context
from genstudio.gui.editor.draft import Draft
from genstudio.gui.editor.plane import ROW, DraftRoll

__all__ = ["Canvas"]

_END = 6  # pixels of the end of a note that a drag lengthens
_FAR = 3  # that the mouse moves before a press is a drag
_LOUDER = 8


class Canvas(DraftRoll):
    """The notes of a draft, to be changed. It tells what is changed, and what is to be heard."""

    changed = Signal()  # the piece, or what is selected
    touched = Signal(int, int)  # pitch and velocity of a note to be heard

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(context, draft, parent)
        self._press: QPointF | None = None
        self._before = draft.state
        self._drag: Callable[[QPointF], None] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def _tell(self) -> None:
        self.fit()
        self.changed.emit()

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, draft = event.position(), self.draft
        if self._on_keys(at):
            self.touched.emit(self._pitch(at.y()), 80)
            return
        note = draft.note_at(self._tick(at.x()), self._pitch(at.y()))
        if event.button() == Qt.MouseButton.RightButton:
            if note is not None:
                draft.select([note])
                draft.delete()
                self._tell()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        more = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        self._press = at
        if note is None:
            self._drag = self._lasso_to if more else self._write_to
            self._before = draft.state
            if not more:
                self._write_to(at)
                self.touched.emit(self._pitch(at.y()), 80)
            return
        if more:
            draft.select(draft.selected ^ {note})
        elif note not in draft.selected:
            draft.select([note])
        self._before = draft.state
        self._drag = self._stretch_to if draft.pitched and at.x() > self._box(note).right() - _END else self._move_to
        self.touched.emit(note.pitch, note.velocity)
        self._tell()

    def _on_keys(self, at: QPointF) -> bool:
        """Whether a point is on the keys at the left, which stay where the roll is scrolled."""
        return at.x() < self.visibleRegion().boundingRect().left() + self._side

    def _write_to(self, at: QPointF) -> None:
        assert self._press is not None
        start, end = self._down(self._press.x()), self._down(at.x()) + self.grid
        pitch = self._pitch(at.y())
        self.draft.drag(self._before, lambda: self.draft.add(start, max(start + self.grid, end), pitch))

    def _move_to(self, at: QPointF) -> None:
        assert self._press is not None
        ticks = round((at.x() - self._press.x()) * 480 / self._quarter / self.grid) * self.grid
        rows = round((self._press.y() - at.y()) / ROW)
        self.draft.drag(self._before, lambda: self.draft.move(ticks, rows))

    def _stretch_to(self, at: QPointF) -> None:
        assert self._press is not None
        ticks = round((at.x() - self._press.x()) * 480 / self._quarter / self.grid) * self.grid
        self.draft.drag(self._before, lambda: self.draft.stretch(ticks, self.grid))

    def _lasso_to(self, at: QPointF) -> None:
        assert self._press is not None
        self._lasso = QRectF(self._press, at).normalized()
        self.draft.select(note for note in self.draft.notes if self._lasso.intersects(self._box(note)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._press is None or self._drag is None:
            note = self.draft.note_at(self._tick(at.x()), self._pitch(at.y()))
            end = note is not None and self.draft.pitched and at.x() > self._box(note).right() - _END
            shape = Qt.CursorShape
            self.setCursor(shape.SizeHorCursor if end else shape.CrossCursor if note is None else shape.ArrowCursor)
            return
        if (at - self._press).manhattanLength() < _FAR:
            return
        heard = {note.pitch for note in self.draft.selected}
        self._drag(at)
        if self._lasso is None and len(self.draft.selected) == 1 and heard != {note.pitch for note in self.draft.selected}:
            (note,) = self.draft.selected
            self.touched.emit(note.pitch, note.velocity)
        self._describe()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is not None and event.button() == Qt.MouseButton.LeftButton:
            self.draft.settle(self._before)
            self._press = self._drag = self._lasso = None
            if self.cursor_tick >= 0 and self.draft.selected:
                self.cursor_tick = max(note.end for note in self.draft.selected)
            self._tell()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            event.accept()
        else:
            event.ignore()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, draft = event.key(), self.draft
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        upwards = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(key), 0)
        if sideways and (control or not draft.selected):
            self._walk(sideways)
        elif sideways and shift:
            draft.stretch(sideways * self.grid, self.grid)
        elif sideways:
            draft.move(sideways * self.grid)
        elif upwards:
            draft.move(0, upwards * (12 if shift and draft.pitched else 1))
            self._hear()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and draft.selected:
            draft.delete()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            draft.louder(-_LOUDER if key == Qt.Key.Key_Minus else _LOUDER)
        elif key == Qt.Key.Key_A and control:
            draft.select(draft.notes)
        elif key == Qt.Key.Key_Insert:
            self._insert()
        elif key == Qt.Key.Key_Escape and draft.selected:
            draft.select([])
        else:
            super().keyPressEvent(event)
            return
        self._tell()

    def _walk(self, by: int) -> None:
        """Select the note after what is selected, or before it."""
        notes, chosen = self.draft.notes, self.draft.selected
        places = [place for place, note in enumerate(notes) if note in chosen]
        at = (max(places) if by > 0 else min(places)) + by if places else 0 if by > 0 else len(notes) - 1
        if notes:
            self.draft.select([notes[max(0, min(len(notes) - 1, at))]])
            self._hear()

    def _insert(self) -> None:
        """Write a note after the one that is selected, or at the start."""
        last = max(self.draft.selected, default=None)
        start = 0 if last is None else max(last.start + self.grid, last.end) if self.draft.pitched else last.start + self.grid
        pitch = last.pitch if last is not None else 60 if self.draft.pitched else self.draft.rows[-1]
        if start < self.draft.piece.length:
            self.draft.add(start, start + self.grid, pitch)
            self._hear()

    def _hear(self) -> None:
        if len(self.draft.selected) == 1:
            (note,) = self.draft.selected
            self.touched.emit(note.pitch, note.velocity)
