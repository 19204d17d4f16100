"""The search of the top bar: places, commands, models, songs and everything in the library, by a few letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from genstudio.gui.icons import icon
from genstudio.gui.layouts import Worded, stacked

__all__ = ["Finder", "Found"]

_MOST = 12


@dataclass(frozen=True)
class Found:
    """Something to go to: its name, what it is, its icon, and what choosing it does."""

    label: str
    kind: str
    icon: str
    choose: Callable[[], None]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


class Finder(Worded, QLineEdit):
    """A field with a list under it. ``entries`` gives what is known at once; what comes later is handed to :meth:`add`."""

    asked = Signal(str)  # words to look up elsewhere

    def __init__(self, entries: Callable[[], list[Found]], parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = entries
        self._shown: list[Found] = []
        self.setProperty("kind", "search")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.popup = QFrame(parent.window())
        self.popup.setProperty("kind", "popup")
        self.popup.hide()
        self.list = QListWidget(self.popup)
        self.list.setProperty("kind", "popup")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(18, 18))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda item: self._choose(self.list.row(item)))
        stacked(self.list, into=self.popup, margins=6)
        self.textEdited.connect(self._search)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(240, super().sizeHint().height())

    def retranslate(self) -> None:
        """Set every string."""
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search places, actions, models and pieces"))
        self.setToolTip(self.tr("Search places, actions, models and pieces  (Ctrl+K)"))
        self.list.setAccessibleName(self.tr("What was found"))

    def _search(self, text: str) -> None:
        words = _folded(text).split()
        self.list.clear()
        self._shown = []
        if not words:
            self.popup.hide()
            return
        found = [one for one in self._entries() if all(word in _folded(f"{one.label} {one.kind}") for word in words)]
        found.sort(key=lambda one: not _folded(one.label).startswith(words[0]))
        self._put(found)
        self.asked.emit(text)

    def add(self, text: str, found: list[Found]) -> None:
        """More of what was asked for with ``text``; what comes too late is left out."""
        if text == self.text() and self.hasFocus():
            self._put(found)

    def _put(self, found: list[Found]) -> None:
        for one in found[: _MOST - len(self._shown)]:
            self._shown.append(one)
            item = QListWidgetItem(icon(one.icon), f"{one.label}   ·   {one.kind}")
            item.setToolTip(one.label)
            self.list.addItem(item)
        if not self._shown and not self.list.count():
            nothing = QListWidgetItem(self.tr("Nothing found."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        elif self._shown and self.list.count() > len(self._shown):  # the sentence of before
            self.list.takeItem(0)
        if self._shown and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._place()

    def _place(self) -> None:
        rows = max(1, self.list.count())
        self.popup.resize(460, min(420, rows * (self.list.sizeHintForRow(0) + 1) + 18))
        window = self.window()
        at = self.mapTo(window, QPoint(self.width() - self.popup.width(), self.height() + 6))
        self.popup.move(max(8, at.x()), at.y())
        self.popup.show()
        self.popup.raise_()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            chosen = self._shown[row]
            self.clear()
            self.popup.hide()
            self.clearFocus()
            chosen.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._shown:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % len(self._shown))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentRow())
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.popup.hide()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.popup.hide()
