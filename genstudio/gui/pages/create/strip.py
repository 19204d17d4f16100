"""The cards below the stage: steps and candidates in one row, all of one proportion, or sentences under one another."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QWidget

from genstudio.gui.context import Context
from genstudio.gui.views.colours import mixed
from genstudio.gui.widgets.card_paint import line_height
from genstudio.gui.widgets.cards import CardStrip

__all__ = ["Strip"]

_PROPORTION = 1.7  # of a card: its width to its height
_TALL = (92, 190)


class Strip(CardStrip):
    """Cards in a row that scrolls sideways, the current one in the middle. Those of a way hang on a line from A to B."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.on_line = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    @property
    def in_lines(self) -> bool:  # type: ignore[override]
        return self._text

    def shape(self) -> tuple[int, QSize]:
        if self.in_lines:
            texts, wide = [item.piece.text for item in self.shown.items if item is not None], self.viewport().width()
            return 1, QSize(max(72, wide), line_height(texts, self.font(), wide))
        tall = min(_TALL[1], max(_TALL[0], self.height() - self._bar - 2))
        return max(1, self.count), QSize(round(_PROPORTION * tall), tall)

    @property
    def _bar(self) -> int:
        return self.horizontalScrollBar().sizeHint().height()

    def select(self, number: int, *, focus: bool = False, quietly: bool = False) -> None:
        super().select(number, focus=focus, quietly=quietly)
        self._centre()

    def _centre(self) -> None:
        if not self.in_lines:
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def updateGeometries(self) -> None:
        before = self.whole
        super().updateGeometries()
        self.setMinimumHeight(self.whole.height() + 2 * self.frameWidth() if self.in_lines else self.minimumSizeHint().height())
        if self.whole != before:
            self._centre()

    def paint_under(self, painter: QPainter) -> None:
        """The line that the cards hang on, seen between them."""
        if not self.on_line or self.in_lines or not self.count:
            return
        colours, first, last = self.context.theme.colours, self.place(0).center(), self.place(self.count - 1).center()
        colour = QLinearGradient(self.place(0).left(), 0, self.place(self.count - 1).right(), 0)
        for index in range(5):
            colour.setColorAt(index / 4, mixed(colours.a, colours.b, index / 4))
        painter.setPen(QPen(colour, 4))
        painter.drawLine(QLineF(first, last))

    def sizeHint(self) -> QSize:
        return QSize(600, 128)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _TALL[0] + self._bar + 2)
