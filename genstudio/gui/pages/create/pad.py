"""The square between four corners: it is played with the pointer, or with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from genstudio.gui.context import Context
from genstudio.gui.pages.create.morphing import mix_title
from genstudio.gui.views.colours import ink, mixed, smooth

__all__ = ["CORNERS", "Pad"]

CORNERS = {"A": 0.0, "B": 1.0, "C": 0.33, "D": 0.67}
"""Where the colour of each end lies between that of A and that of B."""
_EDGE = 14.0  # pixels around the square
_DOT = 3.0
_NEAR = 5.0  # pixels within which the pointer means a place of the grid
_FIELD = 16  # colours of a side, which are drawn into one another


class Pad(QWidget):
    """``moved`` tells where it was put by hand, (u, v) from left to right and from top to bottom, each from 0 to 1.

    Arrow keys go from place to place of a grid.
    """

    moved = Signal(float, float)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.side = 2
        self.where = (0.0, 0.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        context.theme.changed.connect(self.update)

    def set_side(self, side: int) -> None:
        """Have so many places in a row."""
        self.side = max(2, side)
        self.update()

    @property
    def place(self) -> int:
        """The place of the grid that it is nearest to, counted row by row."""
        column, row = (round(share * (self.side - 1)) for share in self.where)
        return row * self.side + column

    def places(self) -> list[tuple[float, float]]:
        """The places of the grid, row by row."""
        steps = [index / (self.side - 1) for index in range(self.side)]
        return [(u, v) for v in steps for u in steps]

    def put(self, place: int) -> None:
        """Go to a place of the grid without telling."""
        self.where = self.places()[min(max(0, place), self.side**2 - 1)]
        self._name_it()
        self.update()

    def _go(self, u: float, v: float) -> None:
        if (u, v) != self.where:
            self.where = (u, v)
            self._name_it()
            self.moved.emit(u, v)
        self.update()

    def _name_it(self) -> None:
        self.setAccessibleDescription(mix_title(*self.where))

    # -- where things are

    @property
    def _square(self) -> QRectF:
        size = min(self.width(), self.height()) - 2 * _EDGE
        return QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)

    def at(self, u: float, v: float) -> QPointF:
        """Where a place lies."""
        square = self._square
        return QPointF(square.left() + square.width() * u, square.top() + square.height() * v)

    # -- events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hold(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hold(event.position())

    def _hold(self, at: QPointF) -> None:
        """Go to where the pointer is; to a place of the grid that it is on, which is finished."""
        square = self._square
        u, v = (at.x() - square.left()) / square.width(), (at.y() - square.top()) / square.height()
        u, v = (min(1.0, max(0.0, share)) for share in (u, v))
        near = min(self.places(), key=lambda place: (self.at(*place) - self.at(u, v)).manhattanLength())
        self._go(*(near if (self.at(*near) - self.at(u, v)).manhattanLength() <= _NEAR else (u, v)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, column = divmod(self.place, self.side)
        last = self.side - 1
        goals = {
            Qt.Key.Key_Left: (row, max(0, column - 1)), Qt.Key.Key_Right: (row, min(last, column + 1)),
            Qt.Key.Key_Up: (max(0, row - 1), column), Qt.Key.Key_Down: (min(last, row + 1), column),
            Qt.Key.Key_Home: (0, 0), Qt.Key.Key_End: (last, last),
        }  # fmt: skip
        goal = goals.get(Qt.Key(event.key()))
        if goal is None:
            event.ignore()
        else:
            self._go(goal[1] / last, goal[0] / last)

    # -- drawing

    def sizeHint(self) -> QSize:
        return QSize(248, 248)

    def minimumSizeHint(self) -> QSize:
        return QSize(248, 160)

    @staticmethod
    def _field(corners: list[QColor]) -> QImage:
        """The colours between those of the corners, so thin that the dots are seen on them."""
        image = QImage(_FIELD, _FIELD, QImage.Format.Format_ARGB32)
        for row in range(_FIELD):
            left, right = (mixed(corners[one], corners[one + 2], row / (_FIELD - 1)) for one in (0, 1))
            for column in range(_FIELD):
                colour = mixed(left, right, column / (_FIELD - 1))
                colour.setAlphaF(0.28)
                image.setPixelColor(column, row, colour)
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, square = self._context.theme.colours, self._square
        painter = smooth(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ends = {letter: mixed(colours.a, colours.b, place) for letter, place in CORNERS.items()}
        painter.drawImage(square, self._field(list(ends.values())))
        ink(painter, QPen(QColor(colours.edge), 1), Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, 6, 6)
        ink(painter, Qt.PenStyle.NoPen, QColor(colours.muted))
        for place in self.places():
            painter.drawEllipse(self.at(*place), _DOT, _DOT)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        for letter, v, u in zip(CORNERS, (0, 0, 1, 1), (0, 1, 0, 1), strict=True):
            ink(painter, Qt.PenStyle.NoPen, ends[letter])
            painter.drawEllipse(self.at(u, v), 11, 11)
            painter.setPen(QColor(colours.surface))
            where = QRectF(self.at(u, v) - QPointF(11, 11), QSize(22, 22).toSizeF())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), letter)
        ink(painter, QPen(QColor(colours.surface), 3), QColor(colours.accent))
        painter.drawEllipse(self.at(*self.where), 9, 9)
        if self.hasFocus():
            ink(painter, QPen(QColor(colours.accent), 2), Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

