"""The steps of a drum machine, a row for each voice of a kit.

A click strikes a step or silences it, a drag goes on with that; with Shift, or the right button, a hit gets the next loudness. With
the keyboard: arrows go over the steps, Space strikes or silences, 1 to 4 say how loud.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from genstudio.domains import Note
from genstudio.domains.music.geometry import kit_rows, strength
from genstudio.gui.context import Context
from genstudio.gui.editor.draft import LOUD, Draft
from genstudio.gui.theme import SPACE, Colours
from genstudio.gui.views.colours import ink, mixed, smooth, weighted
from genstudio.gui.views.drums import level_name, voice_colour, voice_name

__all__ = ["StepGrid"]

_SIDE = 116  # pixels of the names
_RULER = 24
_ROW = 34
_CELL = (22, 44)  # the least and the most for a step
_GAP = 3  # between steps
_BEAT = 6  # more between beats


class StepGrid(QWidget):
    """The steps of a draft. It changes them and says so; what is heard is for others."""

    changed = Signal()
    touched = Signal(int, int)  # a drum and how loud, to be heard
    moved = Signal(str)  # what is at the cursor, in words

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.draft = context, draft
        self.grid = draft.step
        self.velocity = LOUD[2]
        self.place = (0, 0)  # step and row of the cursor
        self.playing: int | None = None  # the step that is heard
        self._painting: int | None = None  # what a drag puts on steps: a velocity, 0 for silence
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        context.theme.changed.connect(self.update)
        self.fit()

    @property
    def rows(self) -> tuple[int, ...]:
        """The drums, the highest row first."""
        return kit_rows(note.pitch for note in self.draft.notes)

    @property
    def steps(self) -> int:
        """How many there are."""
        return max(1, self.draft.piece.length // self.grid)

    def fit(self) -> None:
        """Have the size that the steps need, and as much as there is."""
        around = self.parentWidget()
        steps, beats = self.steps, self.draft.piece.length // self.draft.beat
        room = (around.width() if around is not None else 0) - _SIDE - beats * _BEAT - SPACE
        self._cell = min(_CELL[1], max(_CELL[0], room // max(1, steps)))
        self.setFixedSize(round(self._x(steps)) + SPACE, _RULER + len(self.rows) * _ROW + 4)
        self.place = (min(self.place[0], steps - 1), min(self.place[1], len(self.rows) - 1))
        self.update()

    def _x(self, step: int) -> float:
        return _SIDE + step * self._cell + step * self.grid // self.draft.beat * _BEAT

    def cell_rect(self, step: int, row: int) -> QRectF:
        """Where a step is drawn."""
        return QRectF(self._x(step), _RULER + row * _ROW + 2, self._cell - _GAP, _ROW - 4)

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        row = int((point.y() - _RULER) // _ROW)
        if not 0 <= row < len(self.rows) or point.x() < _SIDE:
            return None
        return next((step, row) for step in reversed(range(self.steps)) if self._x(step) <= point.x() or step == 0)

    # -- changes

    def put(self, step: int, row: int, velocity: int) -> None:
        """Strike a step so loud; 0: silence it."""
        drum = self.rows[row]
        self.draft.strike(step, drum, self.grid, velocity)
        if velocity:
            self.touched.emit(drum, velocity)
        self._tell()

    def _loud(self, step: int, row: int) -> int:
        there = self.draft.struck(step, self.rows[row], self.grid)
        return there[0].velocity if there else 0

    def _louder(self, step: int, row: int) -> int:
        """The next loudness of a hit, and after the loudest the softest."""
        now = self._loud(step, row)
        return next((loud for loud in LOUD if loud > now), LOUD[0]) if now else self.velocity

    def _tell(self) -> None:
        self.update()
        self.describe()
        self.changed.emit()

    def describe(self) -> None:
        """Say what is at the cursor."""
        step, row = self.place
        tick = step * self.grid
        bar, rest = divmod(tick, self.draft.bar)
        beat = f"{rest / self.draft.beat + 1:.2f}".rstrip("0").rstrip(".")
        loud = self._loud(step, row)
        said = self.tr("{drum}, bar {bar}, beat {beat}: {loud}").format(
            drum=voice_name(self.rows[row]), bar=bar + 1, beat=beat, loud=level_name(loud) if loud else self.tr("silent")
        )
        self.setAccessibleDescription(said)
        self.moved.emit(said)

    def set_position(self, tick: float | None) -> None:
        """Mark the step that is heard."""
        step = None if tick is None else int(tick + self.grid // 3) // self.grid
        step = None if step is None or step >= self.steps else step
        if step != self.playing:
            self.playing = step
            self.update()

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._cell_at(event.position())
        if found is None:
            return
        self.place = found
        if event.button() == Qt.MouseButton.RightButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.put(*found, self._louder(*found))
            return
        self._painting = 0 if self._loud(*found) else self.velocity
        self.put(*found, self._painting)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._cell_at(event.position())
        if self._painting is None or found is None or found == self.place:
            return
        self.place = found
        if bool(self._loud(*found)) != bool(self._painting):
            self.put(*found, self._painting)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._painting = None

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, (step, row) = event.key(), self.place
        moves = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Home: (-step, 0), Qt.Key.Key_End: (self.steps, 0),
        }  # fmt: skip
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in moves:
            along, down = moves[Qt.Key(key)]
            self.place = (max(0, min(self.steps - 1, step + along)), max(0, min(len(self.rows) - 1, row + down)))
            self.update()
            self.describe()
        elif key == Qt.Key.Key_Space:
            self.put(step, row, 0 if self._loud(step, row) else self.velocity)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self.put(step, row, LOUD[key - Qt.Key.Key_1])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0):
            self.put(step, row, 0)
        else:
            super().keyPressEvent(event)

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._context.theme.colours
        painter = smooth(self)
        painter.fillRect(self.rect(), QColor(colours.surface))
        self._paint_ruler(painter, colours)
        left = self.visibleRegion().boundingRect().left()
        for row, drum in enumerate(self.rows):
            self._paint_row(painter, row, drum, colours)
        painter.fillRect(QRectF(left, 0, _SIDE - _GAP, self.height()), QColor(colours.surface))
        for row, drum in enumerate(self.rows):
            self._paint_name(painter, left, row, drum, colours)
        if self.hasFocus():
            ink(painter, QPen(QColor(colours.accent), 2), Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.cell_rect(*self.place).adjusted(-1.5, -1.5, 1.5, 1.5), 6, 6)

    def _paint_ruler(self, painter: QPainter, colours: Colours) -> None:
        small = QFont(self.font())
        small.setPointSizeF(max(6.0, small.pointSizeF() * 0.85))
        painter.setFont(small)
        draft = self.draft
        for beat in range(draft.piece.length // draft.beat):
            step = -(-beat * draft.beat // self.grid)
            bar, rest = divmod(beat * draft.beat, draft.bar)
            painter.setPen(QColor(colours.text if rest == 0 else colours.muted))
            text = str(bar + 1) if rest == 0 else f"{bar + 1}.{rest // draft.beat + 1}"
            painter.drawText(QPointF(self._x(step) + 2, _RULER - 8), text)
            if rest == 0 and bar:
                painter.setPen(QPen(QColor(colours.edge), 1))
                x = self._x(step) - (_BEAT + _GAP) / 2
                painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - 4))
        if self.playing is not None:
            ink(painter, Qt.PenStyle.NoPen, QColor(colours.accent))
            painter.drawRoundedRect(QRectF(self._x(self.playing), _RULER - 4, self._cell - _GAP, 3), 1.5, 1.5)

    def _paint_name(self, painter: QPainter, left: int, row: int, drum: int, colours: Colours) -> None:
        """The name of a row, which stays where the steps are scrolled."""
        painter.setFont(self.font())
        painter.setPen(QColor(colours.text))
        name = QFontMetricsF(self.font()).elidedText(voice_name(drum), Qt.TextElideMode.ElideRight, _SIDE - 34)
        side = QRectF(left, _RULER + row * _ROW, _SIDE - 10, _ROW)
        painter.drawText(side.adjusted(24, 0, 0, 0), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        ink(painter, Qt.PenStyle.NoPen, voice_colour(drum, colours))
        painter.drawRoundedRect(QRectF(left + 8, side.center().y() - 4, 8, 8), 2, 2)

    def _paint_row(self, painter: QPainter, row: int, drum: int, colours: Colours) -> None:
        colour = voice_colour(drum, colours)
        hits: dict[int, list[Note]] = {}
        for note in self.draft.notes:
            if note.pitch == drum:
                hits.setdefault((note.start + self.grid // 3) // self.grid, []).append(note)
        for step in range(self.steps):
            rect = self.cell_rect(step, row)
            first = step * self.grid % self.draft.beat == 0
            ground = mixed(colours.surface, colours.edge, 0.24 if first else 0.11)
            ink(painter, Qt.PenStyle.NoPen, mixed(ground, colours.accent, 0.28) if step == self.playing else ground)
            painter.drawRoundedRect(rect, 5, 5)
            for tick, _, _, loud in hits.get(step, ()):
                off = (tick - step * self.grid) / self.grid * rect.width()
                tall = rect.height() * (0.34 + 0.66 * strength(loud))
                hit = QRectF(rect.left() + off, rect.bottom() - tall, rect.width(), tall)
                painter.setBrush(weighted(colour, strength(loud), colours))
                painter.setPen(QPen(QColor(colours.text), 1.5) if step == self.playing else Qt.PenStyle.NoPen)
                painter.drawRoundedRect(hit, min(5.0, tall / 3), min(5.0, tall / 3))
