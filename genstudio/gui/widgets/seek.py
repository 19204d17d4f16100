"""The slider of the transport."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from genstudio.gui.context import Context

__all__ = ["SeekSlider"]

_NEAR = 6  # pixels of an end of what is repeated that can be dragged


class SeekSlider(QSlider):
    """The place in the melody, in milliseconds; a click goes there at once. What is repeated is marked on it: a drag with Shift
    marks it anew, and its ends can be dragged."""

    marked = Signal(float, float, bool)  # seconds between which something is marked, and whether the drag is over

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._context = context
        self.span: tuple[float, float] | None = None
        self._anchor: float | None = None  # seconds that a mark is dragged from
        self.setSingleStep(1000)
        self.setPageStep(4000)
        self.setMouseTracking(True)

    def _room(self) -> tuple[int, int]:
        """Where the middle of the handle is at the beginning, and how far it goes."""
        option, part = QStyleOptionSlider(), QStyle.SubControl
        self.initStyleOption(option)
        groove, handle = (
            self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, one, self)
            for one in (part.SC_SliderGroove, part.SC_SliderHandle)
        )
        return groove.left() + handle.width() // 2, max(1, groove.width() - handle.width())

    def _value(self, x: float) -> int:
        left, room = self._room()
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), round(x) - left, room)

    def x_of(self, seconds: float) -> float:
        """The pixel of a place."""
        left, room = self._room()
        return left + room * min(1.0, 1000 * seconds / max(1, self.maximum()))

    def _end_at(self, x: float) -> int | None:
        """Which end of what is repeated is there: 0, 1 or none."""
        if self.span is None or not self.maximum():
            return None
        near = [(abs(self.x_of(at) - x), end) for end, at in enumerate(self.span)]
        return min(near)[1] if min(near)[0] <= _NEAR else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.isEnabled():
            super().mousePressEvent(event)
            return
        event.accept()
        x = event.position().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = self._value(x) / 1000
            self._mark(x, False)
        elif self.span is not None and (end := self._end_at(x)) is not None:
            self._anchor = self.span[1 - end]
        else:
            self.setSliderDown(True)
            self.setSliderPosition(self._value(x))

    def _mark(self, x: float, over: bool) -> None:
        if self._anchor is not None:
            first, last = sorted((self._anchor, self._value(x) / 1000))
            self.marked.emit(first, last, over)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._anchor is not None:
            self._mark(x, False)
        elif self.isSliderDown():
            self.setSliderPosition(self._value(x))
        elif self._end_at(x) is not None:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None:
            self._mark(event.position().x(), True)
            self._anchor = None
        elif self.isSliderDown():
            self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.span is not None and self.maximum() > 0:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = self._context.theme.colours
            left, right = (self.x_of(second) for second in self.span)
            middle = self.height() / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(QRectF(left, middle - 8, right - left, 16), 3, 3)
            painter.setPen(QPen(QColor(colours.accent), 2))
            for x in (left, right):
                painter.drawLine(round(x), round(middle - 8), round(x), round(middle + 8))
            painter.end()
        super().paintEvent(event)
