"""What the search of the top bar finds: places, actions, models, songs that come along, and pieces of the library."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from genstudio.domains import names
from genstudio.gui import kinds
from genstudio.gui.items import Item
from genstudio.gui.widgets.finder import Found

if TYPE_CHECKING:
    from genstudio.gui.window import Window

__all__ = ["Search"]


class Search(QObject):
    """Finds."""

    found = Signal(str, list)  # what was looked for, and [Found] of the library

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
        bus, command = self.context.bus, self.tr("action")
        titles, places = self._window.titles(), self._window.places
        found = [Found(titles[name], self.tr("place"), one.icon, partial(bus.go.emit, name)) for name, one in places.items()]
        found += [Found(action.text().replace("&", ""), command, "chevron-right", action.trigger) for action in self._commands()]
        for about in self.context.models.known:
            if "error" not in about:
                name = str(about["name"])
                shown = kinds.icon_of(str(about.get("domain")))
                found.append(Found(self.context.models.title(name), self.tr("model"), shown, partial(self._load, name)))
        for name in names():
            for song in [] if kinds.is_text(name) else kinds.files(name):
                title = song.stem.replace("-", " ").title()
                found.append(Found(title, kinds.one(name), kinds.icon_of(name), partial(bus.open_files.emit, [str(song)])))
        return found

    def _load(self, name: str) -> None:
        self.context.models.load(name)

    def look_up(self, text: str) -> None:
        """Look for pieces of the library as well."""
        from genstudio.gui.shelf import Query

        def have(found: Any) -> None:
            self.found.emit(text, [
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
