"""The cards below the stage: steps and candidates in one row, all of one proportion, or sentences under one another."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QObject, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QWidget

from genstudio.gui.context import Context
from genstudio.gui.theme import SPACE
from genstudio.gui.views.colours import mixed
from genstudio.gui.widgets.cards import CardGrid

__all__ = ["Strip"]

_PROPORTION = 1.7  # of a card: its width to its height
_TALL = (92, 190)


class Strip(CardGrid):
    """Cards in a row that scrolls sideways. Those of a way hang on a line from A to B."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.on_line = False
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._inside.installEventFilter(self)
        context.theme.changed.connect(self._inside.update)

    def _shape(self) -> tuple[int, int, QSize]:
        if self._text:
            return super()._shape()
        tall = min(_TALL[1], max(_TALL[0], self.height() - self.horizontalScrollBar().sizeHint().height() - 2))
        return max(1, len(self._items)), 1, QSize(round(_PROPORTION * tall), tall)

    def select(self, number: int, *, focus: bool = False, quietly: bool = False) -> None:
        """Look at another one, which comes to the middle where there is room on both sides."""
        super().select(number, focus=focus, quietly=quietly)
        self._centre()

    def _centre(self) -> None:
        if not self._text:
            _, _, size = self._shape()
            middle = self.current * (size.width() + SPACE) + size.width() // 2
            self.horizontalScrollBar().setValue(middle - self.viewport().width() // 2)

    def _lay_out(self) -> None:
        super()._lay_out()
        self._centre()

    def _fills(self) -> bool:
        return self._text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.Paint and self.on_line and not self._text:
            self._paint_line()
        return super().eventFilter(watched, event)

    def _paint_line(self) -> None:
        """The line that the cards hang on, seen between them."""
        colours = self.context.theme.colours
        columns, _, size = self._shape()
        wide = columns * (size.width() + SPACE) - SPACE
        colour = QLinearGradient(0, 0, wide, 0)
        for index in range(5):
            colour.setColorAt(index / 4, mixed(colours.a, colours.b, index / 4))
        painter = QPainter(self._inside)
        painter.setPen(QPen(colour, 4))
        painter.drawLine(QLineF(size.width() / 2, size.height() / 2, wide - size.width() / 2, size.height() / 2))
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(600, 128)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _TALL[0] + self.horizontalScrollBar().sizeHint().height() + 2)
