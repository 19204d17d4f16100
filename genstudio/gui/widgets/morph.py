"""The slider between A and B: any place on the way, with the finished steps marked on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QLinearGradient, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from genstudio.gui.context import Context
from genstudio.gui.views.colours import ink, mixed, smooth

__all__ = ["MorphSlider"]

_FINE = 10_000  # places of the slider
_EDGE = 22.0  # pixels between an end of the widget and the end of the track
_BROAD = 10.0  # pixels of the line
_NEAR = 7.0  # pixels within which a click means a step


class MorphSlider(QSlider):
    """``moved`` tells where it was put by hand, from 0 (A) to 1 (B); arrow keys go from step to step, with Shift by hundredths."""

    moved = Signal(float)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.context = context
        self._steps: list[float] = [0.0, 1.0]
        self._drag: QPointF | None = None
        self.setRange(0, _FINE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        context.theme.changed.connect(self.update)

    @property
    def t(self) -> float:
        """The place, 0 to 1."""
        return self.value() / _FINE

    def put(self, t: float) -> None:
        """Go to a place without telling."""
        with QSignalBlocker(self):
            self.setValue(round(min(1.0, max(0.0, t)) * _FINE))
        self.update()

    def set_steps(self, ts: list[float]) -> None:
        """Mark these places; arrow keys go to them."""
        self._steps = sorted(ts) or [0.0, 1.0]
        self.update()

    def move(self, t: float) -> None:  # type: ignore[override]
        """Go to a place and tell it."""
        before = self.value()
        self.setValue(round(min(1.0, max(0.0, t)) * _FINE))
        if self.value() != before:
            self.moved.emit(self.t)

    @property
    def _y(self) -> float:
        """Where the line lies: below its number, in the middle of what there is."""
        return self.height() / 2 + 8

    # -- by hand

    def _at(self, x: float) -> float:
        return min(1.0, max(0.0, (x - _EDGE) / max(1.0, self.width() - 2 * _EDGE)))

    def _x(self, t: float) -> float:
        return _EDGE + t * (self.width() - 2 * _EDGE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = event.position()
        near = min(self._steps, key=lambda t: abs(self._x(t) - event.position().x()))
        exact = abs(self._x(near) - event.position().x()) <= _NEAR
        self.setSliderDown(True)
        self.move(near if exact else self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and event.position() != self._drag:
            self.move(self._at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        self.setSliderDown(False)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        t = self.t
        places = [round(step * _FINE) for step in self._steps]
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            at = bisect_left(places, self.value()) - 1
            self.move(t - 0.01 if fine else self._steps[max(0, at)])
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            at = bisect_right(places, self.value())
            self.move(t + 0.01 if fine else self._steps[min(len(places) - 1, at)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.move(0.0 if key == Qt.Key.Key_Home else 1.0)
        else:
            event.ignore()

    # -- drawing

    def sizeHint(self) -> QSize:
        return QSize(360, 52)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self.context.theme.colours
        painter = smooth(self)
        y = self._y
        left, right, x = self._x(0), self._x(1), self._x(self.t)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        gradient = QLinearGradient(left, 0, right, 0)
        for index in range(5):
            gradient.setColorAt(index / 4, mixed(colours.a, colours.b, index / 4))
        ink(painter, Qt.PenStyle.NoPen, gradient)
        painter.drawRoundedRect(QRectF(left, y - _BROAD / 2, right - left, _BROAD), _BROAD / 2, _BROAD / 2)
        painter.setBrush(QColor(colours.page))
        for t in (step for step in self._steps if 0 < step < 1):
            painter.drawEllipse(QPointF(self._x(t), y), 3, 3)
        big = 14.0 if self.isSliderDown() else 12.0
        ink(painter, QPen(QColor(colours.surface), 3), mixed(colours.a, colours.b, self.t))
        painter.drawEllipse(QPointF(x, y), big, big)
        if self.hasFocus():
            ink(painter, QPen(QColor(colours.accent), 2), Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, y), big + 3, big + 3)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        where = QRectF(min(max(x - 40, 0), self.width() - 80), 0, 80, y - 16)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), f"{self.t:.0%}")
        painter.setPen(QColor(colours.a))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, y - 10, 16, 20), int(middle | Qt.AlignmentFlag.AlignLeft), "A")
        painter.setPen(QColor(colours.b))
        painter.drawText(QRectF(self.width() - 16, y - 10, 16, 20), int(middle | Qt.AlignmentFlag.AlignRight), "B")
