"""The slider of the transport."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from genstudio.gui.context import Context

__all__ = ["SeekSlider"]


class SeekSlider(QSlider):
    """The place in the melody, in milliseconds; a click goes there at once. What is repeated is marked on it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._context = context
        self.span: tuple[float, float] | None = None
        self.setSingleStep(1000)
        self.setPageStep(4000)

    def _option(self) -> QStyleOptionSlider:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return option

    def _value(self, x: float) -> int:
        groove = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, self._option(), QStyle.SubControl.SC_SliderGroove, self
        )
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, self._option(), QStyle.SubControl.SC_SliderHandle, self
        )
        room = max(1, groove.width() - handle.width())
        at = round(x) - groove.left() - handle.width() // 2
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, room)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self.setSliderDown(True)
            self.setSliderPosition(self._value(event.position().x()))
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderPosition(self._value(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.span is not None and self.maximum() > 0:
            painter = QPainter(self)
            painter.setPen(QPen(QColor(self._context.theme.colours.accent), 2))
            for second in self.span:
                x = 8 + (self.width() - 16) * min(1.0, 1000 * second / self.maximum())
                painter.drawLine(round(x), self.height() // 2 - 8, round(x), self.height() // 2 + 8)
