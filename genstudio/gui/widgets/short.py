"""A label of one line that is cut where it does not fit, instead of pushing its neighbours out of the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from genstudio.gui.theme import SPACE

__all__ = ["ShortLabel"]


class ShortLabel(QLabel):
    """Shows as much of its text as there is room for."""

    def setText(self, text: str) -> None:
        super().setText(text)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        return QSize(6 * SPACE if self.text() else 0, super().minimumSizeHint().height())
