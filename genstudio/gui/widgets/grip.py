"""The upper edge of a panel at the bottom, by which it is made higher or lower."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from genstudio.gui.context import Context

__all__ = ["Grip", "held"]

_HEIGHTS = (160, 900)  # pixels of the panel
_ELSE = 420  # pixels of the window that are left for everything else
_STEP = 24


def held(height: int) -> int:
    """The height within what a panel may have."""
    return max(_HEIGHTS[0], min(_HEIGHTS[1], height))


class Grip(QWidget):
    """Dragged, or moved with Up and Down; the height is kept in the settings."""

    def __init__(self, context: Context, view: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._view = view
        self._from: tuple[float, int] | None = None
        self.setFixedHeight(6)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _set(self, height: int) -> None:
        most = max(_HEIGHTS[0], self.window().height() - _ELSE)
        self._context.settings["viewer_height"] = held(min(height, most))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = (event.globalPosition().y(), self._view.height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._set(round(self._from[1] + self._from[0] - event.globalPosition().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._set(self._view.height() + (_STEP if event.key() == Qt.Key.Key_Up else -_STEP))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._context.theme.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.accent if self.hasFocus() else colours.surface))
        painter.fillRect(self.width() // 2 - 20, 2, 40, 2, QColor(colours.on_accent if self.hasFocus() else colours.edge))
