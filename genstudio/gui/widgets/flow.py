"""A layout that puts widgets one after the other, in rows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from genstudio.gui.theme import SPACE

__all__ = ["Flow"]


class Flow(QLayout):
    """Widgets one after the other, in as many rows as it takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: list[QLayoutItem] = []
        self.gap = 2 * SPACE  # between widgets of a row
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SPACE)

    def addItem(self, item: QLayoutItem) -> None:
        self._held.append(item)

    def count(self) -> int:
        return len(self._held)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._held[index] if 0 <= index < len(self._held) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._held.pop(index) if 0 <= index < len(self._held) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, True)

    def sizeHint(self) -> QSize:
        wide = sum(item.sizeHint().width() + self.gap for item in self._held if not item.isEmpty())
        margins = self.contentsMargins()
        return QSize(wide + margins.left() + margins.right(), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._held:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _place(self, rect: QRect, real: bool) -> int:
        margins = self.contentsMargins()
        rect = rect.marginsRemoved(margins)
        x, y, tall = rect.x(), rect.y(), 0
        row: list[tuple[QLayoutItem, int]] = []

        def finish() -> None:
            if real:
                for item, at in row:
                    size = item.sizeHint()
                    item.setGeometry(QRect(QPoint(at, y + (tall - size.height()) // 2), size))
            row.clear()

        for item in self._held:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                finish()
                x, y, tall = rect.x(), y + tall + self.spacing(), 0
            row.append((item, x))
            x += size.width() + self.gap
            tall = max(tall, size.height())
        finish()
        return y + tall - rect.y() + margins.top() + margins.bottom()
