"""The square between four corners: it is played with the pointer, or with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from genstudio.gui.context import Context
from genstudio.gui.views.roll import mixed

__all__ = ["CORNERS", "Pad"]

CORNERS = {"A": 0.0, "B": 1.0, "C": 0.33, "D": 0.67}
"""Where the colour of each end lies between that of A and that of B."""
_EDGE = 14.0  # pixels around the square
_DOT = 3.0
_FIELD = 16  # colours of a side, which are drawn into one another


class Pad(QWidget):
    """``moved`` tells which place of the square, counted row by row, the pointer is nearest to."""

    moved = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.side = 2
        self.place = 0
        self._hand: QPointF | None = None  # where the pointer holds it
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        context.theme.changed.connect(self.update)

    def set_side(self, side: int) -> None:
        """Have so many places in a row."""
        self.side = max(2, side)
        self.update()

    def put(self, place: int) -> None:
        """Go to a place without telling."""
        self.place, self._hand = min(max(0, place), self.side**2 - 1), None
        self._name_it()
        self.update()

    def _go(self, place: int) -> None:
        if place != self.place:
            self.place = place
            self._name_it()
            self.moved.emit(place)
        self.update()

    def _name_it(self) -> None:
        row, column = divmod(self.place, self.side)
        self.setAccessibleDescription(self.tr("Row {row}, column {column}").format(row=row + 1, column=column + 1))

    # -- where things are

    @property
    def _square(self) -> QRectF:
        size = min(self.width(), self.height()) - 2 * _EDGE
        return QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)

    def at(self, place: int) -> QPointF:
        """Where a place lies."""
        square = self._square
        row, column = divmod(place, self.side)
        steps = self.side - 1
        return QPointF(square.left() + square.width() * column / steps, square.top() + square.height() * row / steps)

    def _nearest(self, where: QPointF) -> int:
        square, steps = self._square, self.side - 1
        shares = (where.x() - square.left()) / square.width(), (where.y() - square.top()) / square.height()
        column, row = (round(min(1.0, max(0.0, share)) * steps) for share in shares)
        return row * self.side + column

    # -- events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hold(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hold(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand = None
        self.update()

    def _hold(self, where: QPointF) -> None:
        square = self._square
        self._hand = QPointF(
            min(square.right(), max(square.left(), where.x())), min(square.bottom(), max(square.top(), where.y()))
        )
        self._go(self._nearest(where))

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
            return
        self._hand = None
        self._go(goal[0] * self.side + goal[1])

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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ends = {letter: mixed(colours.a, colours.b, place) for letter, place in CORNERS.items()}
        painter.drawImage(square, self._field(list(ends.values())))
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.muted))
        for place in range(self.side**2):
            painter.drawEllipse(self.at(place), _DOT, _DOT)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        places = (0, self.side - 1, self.side * (self.side - 1), self.side**2 - 1)
        for letter, place in zip(CORNERS, places, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ends[letter])
            painter.drawEllipse(self.at(place), 11, 11)
            painter.setPen(QColor(colours.surface))
            where = QRectF(self.at(place) - QPointF(11, 11), QSize(22, 22).toSizeF())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), letter)
        if self._hand is not None:
            painter.setPen(QPen(QColor(colours.accent), 1, Qt.PenStyle.DashLine))
            painter.drawLine(self._hand, self.at(self.place))
        painter.setPen(QPen(QColor(colours.surface), 3))
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(self._hand or self.at(self.place), 9, 9)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

