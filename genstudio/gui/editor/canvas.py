"""The roll in which notes are edited: where each lies, how it looks; a drag writes a note, moves it, or changes where it ends."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from genstudio.domains import Note
from genstudio.domains.music.geometry import Plane, strength
from genstudio.domains.music.keys import pitch_name
from genstudio.domains.music.notes import bars_of
from genstudio.domains.music.time import TICKS
from genstudio.gui.context import Context
from genstudio.gui.editor.draft import GRIDS, Draft
from genstudio.gui.views.colours import ink, mixed, pitch_colours, smooth, weighted
from genstudio.gui.views.drums import hit_colour, voice_name
from genstudio.gui.views.parts import by_part, part_colour
from genstudio.gui.views.roll_grid import paint_keys, paint_lines, paint_numbers, paint_rows, paint_ruled_name

__all__ = ["Canvas"]

_ROW = 12  # pixels of a row
_HEAD = 20  # of the numbers of bars
_SIDE = 44  # of the names of pitches; those of drums need twice as much
_QUARTERS = (24.0, 160.0)  # least and most pixels of a quarter
_END = 6  # pixels of the end of a note that a drag lengthens
_FAR = 3  # that the mouse moves before a press is a drag
_LOUDER = 8


class DraftRoll(QWidget):
    """The picture of a draft. grid: ticks of a step. cursor_tick: where keys of a piano write, -1 for nowhere."""

    moved = Signal(int)  # the cursor, to a pixel

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.draft = context, draft
        self.grid = GRIDS["1/8"]
        self.cursor_tick = -1
        self._quarter = 56.0
        self._position: float | None = None  # tick that sounds
        self._lasso: QRectF | None = None
        context.theme.changed.connect(self.update)
        self.fit()

    # -- places

    @property
    def _side(self) -> int:
        return _SIDE if self.draft.pitched else 2 * _SIDE

    @property
    def _plane(self) -> Plane:
        return Plane(self.draft.rows, _ROW, self._quarter / TICKS, self._side, _HEAD)

    def x_of(self, tick: float) -> float:
        """The pixel of a tick."""
        return self._plane.x(tick)

    def y_of(self, pitch: int) -> float:
        """The pixel of the middle of a row."""
        return self._plane.y(pitch) + _ROW / 2

    def _tick(self, x: float) -> float:
        return max(0.0, (x - self._side) * 480 / self._quarter)

    def _pitch(self, y: float) -> int:
        rows = self.draft.rows
        return rows[max(0, min(len(rows) - 1, int((y - _HEAD) // _ROW)))]

    def _down(self, x: float) -> int:
        return int(self._tick(x) // self.grid * self.grid)

    def _box(self, note: Note) -> QRectF:
        x, y, wide, _ = self._plane.note(note)
        return QRectF(x, y + 1, max(4.0, wide - 1), _ROW - 2)

    def fit(self) -> None:
        """Have room for the whole piece."""
        self.setFixedSize(round(self.x_of(self.draft.piece.length)) + 24, _HEAD + len(self.draft.rows) * _ROW)
        self._describe()
        self.update()

    def widen(self, width: int) -> None:
        """Begin so wide that a short piece takes ``width``, and a long one is still read."""
        quarters = max(1.0, self.draft.piece.length / 480)
        self._quarter = max(self._quarter, min(_QUARTERS[1], (width - self._side - 24) / quarters))
        self.fit()

    def zoom(self, factor: float) -> None:
        """Show more or less of it."""
        self._quarter = max(_QUARTERS[0], min(_QUARTERS[1], self._quarter * factor))
        self.fit()

    def go_to(self, tick: int) -> None:
        """Have the next key write here."""
        self.cursor_tick = max(0, tick)
        self.fit()
        self.moved.emit(round(self.x_of(self.cursor_tick)))

    def set_position(self, tick: float | None) -> None:
        """Show what sounds."""
        self._position = tick
        self.update()

    def name_of(self, pitch: int) -> str:
        """What a row is called."""
        return pitch_name(pitch) if self.draft.pitched else voice_name(pitch)

    def _describe(self) -> None:
        chosen = sorted(self.draft.selected)
        words = ", ".join(self.name_of(note.pitch) for note in chosen[:8])
        self.setAccessibleDescription(words or self.tr("Nothing is selected."))

    # -- the picture

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, draft = self._context.theme.colours, self.draft
        painter = smooth(self)
        seen = QRectF(self.visibleRegion().boundingRect())
        plane, bars = self._plane, list(bars_of(draft.piece))
        paint_rows(painter, seen, plane, colours, drums=not draft.pitched)
        paint_lines(painter, seen, bars, plane, colours, step=self.grid)
        end = plane.x(draft.piece.length)
        painter.fillRect(QRectF(end, seen.top(), max(0.0, seen.right() + 1 - end), seen.height()), QColor(colours.page))
        for number, part in enumerate(draft.piece.parts):
            if number != draft.part and part.pitched and draft.pitched:  # the others, faintly, to be seen beside
                pale = mixed(colours.surface, part_colour(number, colours), 0.35)
                for note in part.notes:
                    self._paint_note(painter, note, pale)
        for note in draft.notes:
            self._paint_note(painter, note, self._colour_of(note), chosen=note in draft.selected)
        if self._lasso is not None:
            ink(painter, QPen(QColor(colours.accent), 1, Qt.PenStyle.DashLine), Qt.BrushStyle.NoBrush)
            painter.drawRect(self._lasso)
        at = self._position if self._position is not None else self.cursor_tick if self.cursor_tick >= 0 else None
        if at is not None:
            painter.setPen(QPen(QColor(colours.accent), 2))
            x = self.x_of(at)
            painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()))
        self._paint_names(painter, seen, plane)
        ruler = QRectF(seen.left(), seen.top(), seen.width(), _HEAD)
        painter.fillRect(ruler, QColor(colours.page))
        paint_numbers(painter, ruler.adjusted(self._side, 0, 0, 2), bars, plane, colours)

    def _paint_names(self, painter: QPainter, seen: QRectF, plane: Plane) -> None:
        """The names of rows at the left, which stay where the roll is scrolled."""
        colours, pitched = self._context.theme.colours, self.draft.pitched
        font = self.font()
        font.setPointSizeF(max(6.0, font.pointSizeF() * 0.8))
        painter.setFont(font)
        side = QRectF(seen.left(), seen.top(), self._side - 2, seen.height())
        painter.fillRect(side, QColor(colours.page))
        if pitched:
            paint_keys(painter, side, ((pitch, plane.y(pitch)) for pitch in plane.rows), _ROW, colours)
        for pitch in plane.rows:
            if not pitched or pitch % 12 == 0:
                room = QRectF(seen.left(), plane.y(pitch) - _ROW / 2, self._side - 8, 2 * _ROW)
                paint_ruled_name(painter, room, self.name_of(pitch), colours.muted, Qt.AlignmentFlag.AlignRight)

    def _colour_of(self, note: Note) -> QColor:
        """That of its part, of its pitch where there is one voice, or of its drum; the louder, the further from the ground."""
        colours, draft = self._context.theme.colours, self.draft
        if not draft.pitched:
            return hit_colour(note, colours)
        own = part_colour(draft.part, colours) if by_part(draft.piece) else pitch_colours(colours)[note.pitch % 12]
        return weighted(own, strength(note.velocity), colours)

    def _paint_note(self, painter: QPainter, note: Note, colour: QColor, *, chosen: bool = False) -> None:
        if note.pitch in self.draft.rows:
            ink(painter, QPen(QColor(self._context.theme.colours.text), 2) if chosen else Qt.PenStyle.NoPen, colour)
            painter.drawRoundedRect(self._box(note), 2.5, 2.5)


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
        rows = round((self._press.y() - at.y()) / _ROW)
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
