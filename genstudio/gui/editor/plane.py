"""Notes that are edited, as they lie in a roll: where each is, and how it looks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from genstudio.domains import Note
from genstudio.domains.music.geometry import Plane, strength
from genstudio.domains.music.keys import pitch_name
from genstudio.domains.music.notes import bars_of
from genstudio.domains.music.time import TICKS
from genstudio.gui.context import Context
from genstudio.gui.editor.draft import GRIDS, Draft
from genstudio.gui.views.colours import mixed, pitch_colours, weighted
from genstudio.gui.views.drums import hit_colour, voice_name
from genstudio.gui.views.keyboard import paint_keys
from genstudio.gui.views.parts import by_part, part_colour
from genstudio.gui.views.roll_grid import paint_lines, paint_numbers, paint_rows, paint_ruled_name

__all__ = ["HEAD", "ROW", "DraftRoll"]

ROW = 12  # pixels of a row
HEAD = 20  # of the numbers of bars
_SIDE = 44  # of the names of pitches; those of drums need twice as much
_QUARTERS = (24.0, 160.0)  # least and most pixels of a quarter


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
        return Plane(self.draft.rows, ROW, self._quarter / TICKS, self._side, HEAD)

    def x_of(self, tick: float) -> float:
        """The pixel of a tick."""
        return self._plane.x(tick)

    def y_of(self, pitch: int) -> float:
        """The pixel of the middle of a row."""
        return self._plane.y(pitch) + ROW / 2

    def _tick(self, x: float) -> float:
        return max(0.0, (x - self._side) * 480 / self._quarter)

    def _pitch(self, y: float) -> int:
        rows = self.draft.rows
        return rows[max(0, min(len(rows) - 1, int((y - HEAD) // ROW)))]

    def _down(self, x: float) -> int:
        return int(self._tick(x) // self.grid * self.grid)

    def _box(self, note: Note) -> QRectF:
        x, y, wide, _ = self._plane.note(note)
        return QRectF(x, y + 1, max(4.0, wide - 1), ROW - 2)

    def fit(self) -> None:
        """Have room for the whole piece."""
        self.setFixedSize(round(self.x_of(self.draft.piece.length)) + 24, HEAD + len(self.draft.rows) * ROW)
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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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
            painter.setPen(QPen(QColor(colours.accent), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._lasso)
        at = self._position if self._position is not None else self.cursor_tick if self.cursor_tick >= 0 else None
        if at is not None:
            painter.setPen(QPen(QColor(colours.accent), 2))
            x = self.x_of(at)
            painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()))
        self._paint_names(painter, seen, plane)
        ruler = QRectF(seen.left(), seen.top(), seen.width(), HEAD)
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
            paint_keys(painter, side, ((pitch, plane.y(pitch)) for pitch in plane.rows), ROW, colours)
        for pitch in plane.rows:
            if not pitched or pitch % 12 == 0:
                room = QRectF(seen.left(), plane.y(pitch) - ROW / 2, self._side - 8, 2 * ROW)
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
            painter.setBrush(colour)
            painter.setPen(QPen(QColor(self._context.theme.colours.text), 2) if chosen else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self._box(note), 2.5, 2.5)

