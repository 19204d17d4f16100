"""The search of the top bar: places, commands, models, songs and everything in the library, by a few letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from genstudio.domains import names
from genstudio.gui import kinds
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, having, stacked
from genstudio.gui.shelf import Query
from genstudio.gui.widgets.chooser import folded

if TYPE_CHECKING:
    from genstudio.gui.window import Window

__all__ = ["Finder", "Found", "Search"]

_MOST = 12


@dataclass(frozen=True)
class Found:
    """Something to go to: its name, what it is, its icon, and what choosing it does."""

    label: str
    kind: str
    icon: str
    choose: Callable[[], object]


class Search(QObject):
    """What is found: places, actions, models, songs that come along, and pieces of the library."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.context, self._window = window.context, window

    def _commands(self) -> list[QAction]:
        """What can be done now."""
        window = self._window
        hidden = {"search", "undo", "redo", *(f"place_{name}" for name in window.places)}
        page = window.pages.get(window.current)
        own = [action for action in page.commands() if action.isEnabled()] if page is not None else []
        return [*(action for name, action in window.actions_by_name.items() if name not in hidden), *own]

    def entries(self) -> list[Found]:
        """What can be gone to or done, before anything is typed."""
        bus, models, command = self.context.bus, self.context.models, self.tr("action")
        titles, places = self._window.titles(), self._window.places
        found = [Found(titles[name], self.tr("place"), one.icon, partial(bus.go.emit, name)) for name, one in places.items()]
        found += [Found(action.text().replace("&", ""), command, "chevron-right", action.trigger) for action in self._commands()]
        for about in models.known:
            if "error" not in about:
                name = str(about["name"])
                shown = kinds.icon_of(str(about.get("domain")))
                found.append(Found(models.title(name), self.tr("model"), shown, partial(models.load, name)))
        for name in names():
            for song in [] if kinds.is_text(name) else kinds.files(name):
                title = song.stem.replace("-", " ").title()
                found.append(Found(title, kinds.one(name), kinds.icon_of(name), partial(bus.open_files.emit, [str(song)])))
        return found

    def look_up(self, text: str, done: Callable[[list[Found]], None]) -> None:
        """Look for pieces of the library as well."""

        def have(found: Any) -> None:
            done([
                Found(entry.title or entry.operation, self.tr("in the library"), "library", partial(self._open_entry, entry))
                for entry in found.entries
            ])  # fmt: skip

        self.context.shelf.search(Query(text=text), have, limit=6, channel="finder")

    def _open_entry(self, entry: Any) -> None:
        self.context.shelf.open([entry], self._have_entries)

    def _have_entries(self, items: list[Item]) -> None:
        for item in items:
            self.context.bus.selected.emit(item)
            self.context.bus.make_end.emit(item, "")
        self.context.bus.go.emit("create")


class Finder(Worded, QLineEdit):
    """A field with a list under it."""

    def __init__(self, known: Search, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = known
        self._shown: list[Found] = []
        having(self, "search", clearButtonEnabled=True, minimumWidth=120)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.popup = having(QFrame(parent.window()), "popup")
        self.popup.hide()
        self.list = having(QListWidget(self.popup), "popup", focusPolicy=Qt.FocusPolicy.NoFocus, iconSize=QSize(18, 18))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda item: self._choose(self.list.row(item)))
        stacked(self.list, into=self.popup, margins=6)
        self.textEdited.connect(self._search)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(240, super().sizeHint().height())

    def retranslate(self) -> None:
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search places, actions, models and pieces"))
        self.setToolTip(self.tr("Search places, actions, models and pieces  (Ctrl+K)"))
        self.list.setAccessibleName(self.tr("What was found"))

    def _search(self, text: str) -> None:
        words = folded(text).split()
        self.list.clear()
        self._shown = []
        if not words:
            self.popup.hide()
            return
        found = [one for one in self._known.entries() if all(word in folded(f"{one.label} {one.kind}") for word in words)]
        found.sort(key=lambda one: not folded(one.label).startswith(words[0]))
        self._put(found)
        self._known.look_up(text, partial(self._add, text))

    def _add(self, text: str, found: list[Found]) -> None:
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
