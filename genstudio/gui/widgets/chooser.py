"""A button with a list under it that can be searched by a few letters: instruments, ports."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QToolButton, QWidget

from genstudio.gui.layouts import having, stacked

__all__ = ["Choice", "Chooser", "folded"]


@dataclass(frozen=True)
class Choice:
    """One line: what is chosen, its name, and whether it is only a heading."""

    value: object
    label: str
    heading: bool = False
    also: str = ""  # words that find it too


def folded(text: str) -> str:
    """A text as it is searched for: without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


class Chooser(QToolButton):
    """Shows what is chosen; a click or Down opens the list."""

    chosen = Signal(object)

    def __init__(self, choices: Callable[[], list[Choice]], parent: QWidget | None = None) -> None:
        """``choices`` is asked whenever the list is opened."""
        super().__init__(parent)
        self._choices = choices
        self._current: object = None
        having(self, focusPolicy=Qt.FocusPolicy.StrongFocus, toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # A part of the window and no window of its own, so that it goes with it, and looks the same everywhere.
        self.popup = having(QFrame(self.window()), "popup")
        self.popup.hide()
        self.field = having(QLineEdit(self.popup), "search", clearButtonEnabled=True)
        self.list = having(QListWidget(self.popup), "popup", focusPolicy=Qt.FocusPolicy.NoFocus, mouseTracking=True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        stacked(self.field, self.list, into=self.popup, margins=8, gap=8)
        self.clicked.connect(self.toggle_list)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._take)

    def set_words(self, name: str, search: str) -> None:
        """Set its name for a screen reader, and the words in the empty search field."""
        self.setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.field.setPlaceholderText(search)
        self.field.setAccessibleName(search)

    def set_current(self, value: object, label: str) -> None:
        """Show what is chosen."""
        self._current = value
        self.setText(label)

    def open(self) -> None:
        """Show the list, with what is chosen in view."""
        self.field.clear()
        self._fill("")
        window = self.window()
        if self.popup.parentWidget() is not window:
            self.popup.setParent(window)
        size = QSize(min(300, window.width() - 16), min(380, window.height() - 16))
        at = self.mapTo(window, QPoint(0, self.height() + 4))
        if at.y() + size.height() > window.height():
            at = self.mapTo(window, QPoint(0, -size.height() - 4))
        self.popup.resize(size)
        self.popup.move(max(8, min(at.x(), window.width() - size.width() - 8)), max(8, at.y()))
        self.popup.show()
        self.popup.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def toggle_list(self) -> None:
        """Show the list, or take it away."""
        if self.popup.isVisible():
            self.close_list()
        else:
            self.open()

    def close_list(self) -> None:
        """Take the list away; the button has the focus again."""
        if self.popup.isVisible():
            self.popup.hide()
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self, text: str) -> None:
        words = folded(text).split()
        self.list.clear()
        heading: Choice | None = None
        for choice in self._choices():
            if choice.heading:
                heading = choice
                continue
            known = folded(f"{choice.label} {choice.also} {heading.label if heading is not None else ''}")
            if not all(word in known for word in words):
                continue
            if heading is not None:
                self._add(heading)
                heading = None if not words else Choice(None, "", True, heading.label)
            self._add(choice)
        if not self.list.count():
            self._add(Choice(None, self.tr("Nothing found."), True))
        rows = [row for row in range(self.list.count()) if self._choosable(row)]
        now = [row for row in rows if self.list.item(row).data(Qt.ItemDataRole.UserRole) == self._current]
        if rows:
            self.list.setCurrentRow(now[0] if now else rows[0])
            self.list.scrollToItem(self.list.currentItem(), QListWidget.ScrollHint.PositionAtCenter)

    def _add(self, choice: Choice) -> None:
        if choice.heading and not choice.label:
            return
        item = QListWidgetItem(choice.label)
        item.setData(Qt.ItemDataRole.UserRole, choice.value)
        if choice.heading:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            font = self.list.font()
            font.setBold(True)
            item.setFont(font)
        self.list.addItem(item)

    def _choosable(self, row: int) -> bool:
        return bool(self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.close_list()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _move(self, by: int) -> None:
        rows = [row for row in range(self.list.count()) if self._choosable(row)]
        if rows:
            place = rows.index(self.list.currentRow()) if self.list.currentRow() in rows else 0
            self.list.setCurrentRow(rows[max(0, min(len(rows) - 1, place + by))])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if key in steps:
                self._move(steps[Qt.Key(key)])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.close_list()
                return True
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        else:
            super().keyPressEvent(event)
