"""Pieces of the library as rows, read as far as one has looked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from genstudio.domains import plays
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.shelf import Found, Query
from genstudio.gui.spans import moment
from genstudio.gui.views.description import key_name
from genstudio.gui.widgets.pieces import PieceModel
from genstudio.gui.widgets.rows import Index, Row, operation_label
from genstudio.library import Entry

__all__ = ["EntryModel"]

_NONE = QModelIndex()
_PAGE = 200


class EntryModel(PieceModel):
    """Pieces of the library as they are found, read as far as one has looked."""

    editable = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.query = Query()
        self.entries: list[Entry] = []
        self.total = 0
        self._reading = False
        self._told: Callable[[], None] = lambda: None

    def on_found(self, told: Callable[[], None]) -> None:
        """Have ``told`` called whenever a search has ended."""
        self._told = told

    def look(self, query: Query, *, all: bool = False) -> None:
        """Look for something (again); what was read of the same before is read again as far."""
        far = max(_PAGE, len(self.entries)) if query == self.query else _PAGE
        self.query = query
        self._reading = True
        self._context.shelf.search(query, self._found, limit=None if all else far, failed=self._failed)

    def _failed(self, message: str, details: str) -> None:
        self._reading = False
        self._context.bus.trouble.emit(message, details)

    def _found(self, found: Found) -> None:
        self._reading = False
        self.total = found.total
        if found.offset:
            if found.query == self.query and found.offset == len(self.entries) and found.entries:
                self.beginInsertRows(_NONE, found.offset, found.offset + len(found.entries) - 1)
                self.entries += found.entries
                self.endInsertRows()
        elif [entry.id for entry in found.entries] == [entry.id for entry in self.entries]:
            self.entries = found.entries
            if self.entries:
                self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))
        else:
            self.beginResetModel()
            self.entries = found.entries
            self.endResetModel()
        self._told()

    # -- as a model

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._reading and len(self.entries) < self.total

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._reading = True
            self._context.shelf.search(self.query, self._found, offset=len(self.entries), limit=_PAGE, failed=self._failed)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self._context.shelf.rename(self.entries[index.row()], str(value))
        return True

    def row(self, number: int) -> Row:
        entry = self.entries[number]
        facts = entry.description
        parts = [operation_label(entry.operation), entry.model, moment(entry.made)]
        if plays(entry.domain):
            parts += [str(facts.get("metre") or ""), key_name(str(facts.get("key") or ""))]
        title = str(facts.get("text") or entry.title) if not plays(entry.domain) and not entry.title else entry.title
        caption = "  ·  ".join(part for part in parts if part)
        return Row(entry.id, entry.domain, title, entry.piece, caption, entry.tags, entry.favourite, f"{entry.id}")

    def fetch(self, numbers: Sequence[int], done: Callable[[list[Item]], None], channel: str = "") -> None:
        self._context.shelf.open([self.entries[number] for number in numbers], done, channel=channel)

    def keep(self, numbers: Sequence[int], on: bool) -> None:
        self._context.shelf.favour([self.entries[number] for number in numbers], on)
