"""What the search of the top bar finds: places, actions, models, songs that come along, and pieces of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from genstudio.domains import names
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.widgets.finder import Found

__all__ = ["Search"]


class Search(QObject):
    """Finds."""

    found = Signal(str, list)  # what was looked for, and [Found] of the library

    def __init__(
        self,
        context: Context,
        places: Callable[[], Sequence[tuple[str, str, str]]],
        commands: Callable[[], Sequence[QAction]],
        parent: QObject,
    ) -> None:
        """``places``: name, title and icon of each page. ``commands``: what can be done now."""
        super().__init__(parent)
        self.context, self._places, self._commands = context, places, commands

    def entries(self) -> list[Found]:
        """What can be gone to or done, before anything is typed."""
        bus, command = self.context.bus, self.tr("action")
        found = [Found(title, self.tr("place"), icon, partial(bus.go.emit, name)) for name, title, icon in self._places()]
        found += [Found(action.text().replace("&", ""), command, "chevron-right", action.trigger) for action in self._commands()]
        for about in self.context.models.known:
            if "error" not in about:
                name = str(about["name"])
                shown = kinds.icon_of(str(about.get("domain")))
                load = partial(self.context.models.load, name)
                found.append(Found(self.context.models.title(name), self.tr("model"), shown, load))
        for name in names():
            for song in kinds.files(name) if kinds.plays(name) else []:
                title = song.stem.replace("-", " ").title()
                found.append(Found(title, kinds.one(name), "music", partial(bus.open_files.emit, [str(song)])))
        return found

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
