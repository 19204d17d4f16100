"""Which bars of a piece are meant: a list of phrases, and two fields for any others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QWidget, QWidgetAction

from genstudio.gui import kinds
from genstudio.gui.layouts import beside, new_button
from genstudio.gui.pages.create.ends import End
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.numbers import WholeField

__all__ = ["Phrases"]

_MOST = 200


class Phrases(QComboBox):
    """The phrases of an end that is longer than the model's."""

    chosen = Signal(tuple)  # the first and the last bar

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._end: End | None = None
        self._length = 0
        self._spans: list[tuple[int, int]] = []
        self.fields: tuple[WholeField, ...] = ()
        self.setMinimumContentsLength(7)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._chose)

    def show_end(self, end: End | None, length: int) -> None:
        """Offer the phrases of an end, of ``length`` bars; hidden where there is nothing to choose."""
        self._end, self._length = end, length
        self.clear()
        self.setMinimumContentsLength(7 if end is None or kinds.plays(end.item.domain) else 12)
        shown = end is not None and length > 0 and (end.units() > length or end.bars is not None)
        self.setVisible(shown)
        if end is None or not shown:
            return
        count, now = end.units(), end.span(length)
        spans = [(first, min(first + length - 1, count)) for first in range(1, count + 1, length)][:_MOST]
        if now not in spans:
            spans = sorted({*spans, now})
        for span in spans:
            self.addItem(kinds.showing(end.item.domain).phrase(end.item.piece, *span), span)
        music = kinds.plays(end.item.domain)
        self.addItem(self.tr("Other bars…") if music else self.tr("Another part…"), None)
        self.setCurrentIndex(spans.index(now))
        self._spans = spans

    def _chose(self, index: int) -> None:
        span = self.itemData(index)
        if self._end is None:
            return
        if span is None:
            self.ask()
        elif tuple(span) != self._end.span(self._length):
            self.chosen.emit((int(span[0]), int(span[1])))

    def ask(self) -> None:
        """Two fields below the list, for a part that is no phrase of the list."""
        end = self._end
        if end is None:
            return
        first, last = end.span(self._length)
        if (first, last) in self._spans:  # not through findData, which does not find a tuple
            self.setCurrentIndex(self._spans.index((first, last)))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        holder = QWidget()
        row = beside(into=holder, margins=SPACE)
        self.fields = (WholeField(), WholeField())
        names = self.tr("First bar"), self.tr("Last bar")
        if not kinds.plays(end.item.domain):
            names = self.tr("First season"), self.tr("Last season")
        for field, value, name in zip(self.fields, (first, last), names, strict=True):
            field.setRange(1, end.units())
            field.setValue(value)
            field.setAccessibleName(name)
            row.addWidget(QLabel(name))
            row.addWidget(field)
        self.take = new_button(kind="primary")
        self.take.setText(self.tr("Take"))

        def taken() -> None:
            one, other = (field.value() for field in self.fields)
            menu.close()
            self.chosen.emit((min(one, other), max(one, other)))

        self.take.clicked.connect(taken)
        row.addWidget(self.take)
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.fields[0].setFocus()
