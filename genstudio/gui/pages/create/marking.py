"""Bars or words that are marked on the stage: they are kept while the rest is varied, or replaced while the rest stays.

That is done to the piece in which they are marked; A and B stay what they are.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from genstudio.config import GAP
from genstudio.gui import kinds
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, beside, called, having
from genstudio.gui.pages.create.desk import Desk, End, typed
from genstudio.gui.pages.create.making import Making
from genstudio.gui.pages.create.tools import Parameters
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.short import ShortLabel
from genstudio.gui.widgets.viewer import Viewer

__all__ = ["MarkBar", "Marking"]

_EDGE = 12  # pixels between the bar and the edge of the view


class MarkBar(Worded, QFrame):
    """Says what is marked in a view, over its lower edge, with what can be done about it."""

    def __init__(self, view: Viewer) -> None:
        super().__init__(view)
        self._view = view
        self.said = ShortLabel()
        self.keep_button, self.renew_button = QPushButton(), having(QPushButton(), "primary")
        having(self, "panel")
        beside(self.said, self.keep_button, self.renew_button, into=self, margins=(SPACE, 4, 4, 4), gap=SPACE)
        view.marked.connect(self._show)
        view.installEventFilter(self)
        self.retranslate()
        self.hide()

    def _show(self, marked: tuple[int, int] | None) -> None:
        """Show it while something is marked."""
        self.setVisible(marked is not None)
        if marked is None:
            return
        item = self._view.item
        if item is not None and item.is_text:
            said = f"“{str(item.piece.text)[marked[0] : marked[1]]}”"
        elif item is not None:
            said = kinds.showing(item.domain).phrase(item.piece, *marked)
        else:
            said = ""
        self.said.setText(said)
        self.said.setMaximumWidth(self.said.fontMetrics().horizontalAdvance(said) + 2)
        self._place()
        self.raise_()

    def _place(self) -> None:
        room = self._view.width() - 2 * _EDGE
        size = self.sizeHint()
        wide = min(room, size.width())
        self.setGeometry((self._view.width() - wide) // 2, self._view.height() - size.height() - _EDGE, wide, size.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def clear(self) -> None:
        """Take the mark away; the keys go back to what it was in."""
        self._view.unmark(focus=self.keep_button.hasFocus() or self.renew_button.hasFocus())

    def retranslate(self) -> None:
        called(self.keep_button, self.tr("Keep these"), self.tr("Make variations in which these stay as they are"))
        called(self.renew_button, self.tr("Replace these"), self.tr("Make others in their place; the rest stays as it is"))


class Marking(QObject):
    """Has made what the buttons of the bar ask for."""

    trouble = Signal(str, str)

    def __init__(self, desk: Desk, making: Making, parameters: Parameters, view: Viewer, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self._making, self._parameters, self._view = desk, making, parameters, view
        self.bar = MarkBar(view)
        self.bar.keep_button.clicked.connect(lambda: self._do("vary"))
        self.bar.renew_button.clicked.connect(lambda: self._do("fill"))

    def _do(self, tool: str) -> None:
        """Have made variations of the piece in which what is marked stays ("vary"), or what could stand in place of it ("fill")."""
        item, span = self._view.item, self._view.span
        if item is None or span is None:
            return
        if not item.is_text:
            part = self._part(item, span)
            first, last = (bar if part is None else bar - part[0] + 1 for bar in span)  # counted in that part
            bars = f"{first}-{last}" if last > first else str(first)
            self._begin(tool, item, part, {"gap": (first, last)} if tool == "fill" else {"bars": bars, "parts": "", "words": ""})
            return
        text = str(item.piece.text)
        if tool == "vary":
            found = re.findall(r"\w+(?:['’\-]\w+)*", text[span[0] : span[1]])
            self._begin(tool, item, None, {"bars": "", "words": ", ".join(found)})
        elif (gap := typed(text[: span[0]] + GAP + text[span[1] :], item.domain)) is not None:
            self._begin(tool, gap, None, {})

    def _part(self, item: Item, bars: tuple[int, int]) -> tuple[int, int] | None:
        """The part of a piece that the model takes, with the marked bars in it; None where it takes all of it."""
        count, length = End(item).units(), self.desk.length
        if not length or count <= length:
            return None
        first = max(1, min(bars[0], count - length + 1))
        return first, first + length - 1

    def _begin(self, tool: str, item: Item, part: tuple[int, int] | None, values: dict[str, object]) -> None:
        desk = self.desk
        model = desk.model
        if model is None or not model.fills:
            said = self.tr("This model cannot keep some and write the rest again; choose another one at the top, or train one.")
            self.trouble.emit(self._making.why_not() if model is None else said, "")
            return
        self.bar.clear()
        self._parameters.put(tool, values)
        a, topic = desk.state.ends[0], desk.topic
        if part is not None or topic is None or topic.shown(desk.length) is not item:
            topic = End(item, part)
        if part is None and a is not None and a.shown(desk.length) is item:
            topic = None
        said = self.tr("Keep what is marked") if tool == "vary" else self.tr("Replace what is marked")
        desk.change_ends(said, desk.state.with_topic(tool, topic), tool=tool)
