"""The ways to fill an end that is empty, and which bars of one are meant that is not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QToolButton, QWidget, QWidgetAction

from genstudio.gui import kinds
from genstudio.gui.icons import icon
from genstudio.gui.layouts import beside, new_button, new_label, stacked
from genstudio.gui.pages.create.desk import End
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.flow import Flow
from genstudio.gui.widgets.numbers import WholeField

__all__ = ["ICONS", "Phrases", "Ways"]

_MOST = 200  # phrases
ICONS = {"open": "folder", "library": "library", "prior": "dice", "map": "map", "compose": "keyboard"}
"""The ways, and the icon of each."""


class Ways(QWidget):
    """The ways to fill an end that is empty."""

    wanted = Signal(str)

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = letter
        self.hint = new_label(kind="muted")
        holder = QWidget()
        flow = Flow(holder)
        flow.setSpacing(0)
        flow.gap = 0
        self.buttons: dict[str, QToolButton] = {}
        for way in ICONS:
            button = self.buttons[way] = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIcon(icon(ICONS[way]))
            button.clicked.connect(lambda _=False, way=way: self.wanted.emit(way))
            flow.addWidget(button)
        stacked(self.hint, holder, None, into=self, margins=(4, 0, 0, 0), gap=2)

    def retranslate(self, editor: str) -> dict[str, tuple[str, str]]:
        """Set every string, and return the names of the ways and what they do; ``editor``: how a piece can be written by hand."""
        compose = self.tr("Play or draw"), self.tr("Play on a keyboard, or draw notes")
        if editor == "steps":
            compose = self.tr("Tap in"), self.tr("Set hits on the steps of a drum machine")
        if editor == "curve":
            compose = self.tr("Draw"), self.tr("Draw it by hand")
        words = {
            "open": (self.tr("Open"), self.tr("Take a piece from a file")),
            "library": (self.tr("Library"), self.tr("Choose a piece that was kept or made; Enter makes it an end")),
            "prior": (self.tr("Random"), self.tr("A new piece, drawn from what the model has learned")),
            "map": (self.tr("Map"), self.tr("Choose a place on the map; Enter makes it an end")),
            "compose": compose,
        }
        for way, (name, help_) in words.items():
            self.buttons[way].setText(name)
            self.buttons[way].setToolTip(help_)
            self.buttons[way].setAccessibleName(f"{self._letter}: {name}")
        self.buttons["compose"].setVisible(bool(editor))
        self.hint.setText(self.tr("Drop a file here, or"))
        return {way: one for way, one in words.items() if editor or way != "compose"}


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

        def taken() -> None:
            menu.close()
            self.chosen.emit(tuple(sorted(field.value() for field in self.fields)))

        self.take = new_button(None, taken, "primary")
        self.take.setText(self.tr("Take"))
        row.addWidget(self.take)
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.fields[0].setFocus()
