"""The library as a list: what is kept or was removed, and the history by makings, read as far as one has looked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.shelf import Found, Making, Query
from genstudio.gui.spans import moment
from genstudio.gui.toolwords import operation_label
from genstudio.gui.views.description import key_name
from genstudio.gui.widgets.rows import PieceModel, Row
from genstudio.gui.widgets.tiles import Index
from genstudio.library import Entry

__all__ = ["LibraryModel"]

_NONE = QModelIndex()
_PAGE = {"history": 60}  # makings, which have many pieces each
_USUAL_PAGE = 200
_ENDING = re.compile(r"\.(?:midi?|abc|musicxml|mxl|xml|txt)\b", re.IGNORECASE)  # of the files that something was made of
_COUNTED = re.compile(r"\((\d+) of (\d+)\)$")
_WAYS = ("interpolate", "morph", "path")


class LibraryModel(PieceModel):
    """Pieces and makings as they are found. A making is one row, which opens to its pieces."""

    found = Signal()  # a search has ended

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.query = Query(view="kept")
        self.lines: list[Entry | Making] = []
        self.total = 0
        self._far = 0  # of the lines without those that a making was opened to
        self._opened: set[str] = set()
        self._reading = False

    def look(self, query: Query, *, all: bool = False) -> None:
        """Look for something (again); what was read of the same before is read again as far."""
        page = _PAGE.get(query.view, _USUAL_PAGE)
        far = max(page, self._far) if query == self.query else page
        self.query = query
        self._search(0, None if all else far)

    def _search(self, offset: int, limit: int | None) -> None:
        self._reading = True
        self._context.shelf.search(self.query, self._found, offset=offset, limit=limit, failed=self._failed)

    def _failed(self, message: str, details: str) -> None:
        self._reading = False
        self._context.bus.trouble.emit(message, details)

    def _found(self, found: Found) -> None:
        self._reading = False
        self.total = found.total
        tops: Sequence[Entry | Making] = found.makings if found.query.view == "history" else found.entries
        lines = [line for top in tops for line in self._lines_of(top)]
        if found.offset:
            if found.query == self.query and found.offset == self._far and lines:
                self._insert(len(self.lines), lines)
                self._far += len(tops)
        else:
            self._far = len(tops)
            if [line.id for line in lines] == [line.id for line in self.lines]:
                self.lines = lines
                self.repaint(0, len(lines) - 1)
            else:
                self.beginResetModel()
                self.lines = lines
                self.endResetModel()
        self.found.emit()

    def _lines_of(self, top: Entry | Making) -> list[Entry | Making]:
        return [top, *top.pieces] if isinstance(top, Making) and top.id in self._opened else [top]

    def _insert(self, place: int, lines: Sequence[Entry | Making]) -> None:
        self.beginInsertRows(_NONE, place, place + len(lines) - 1)
        self.lines[place:place] = lines
        self.endInsertRows()

    @property
    def whole(self) -> bool:
        """Whether everything that was found has been read."""
        return self._far >= self.total

    # -- as a model

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._reading and not self.whole

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._search(self._far, _PAGE.get(self.query.view, _USUAL_PAGE))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        making = index.isValid() and isinstance(self.lines[index.row()], Making)
        return flags if making else flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry = self.lines[index.row()] if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or not isinstance(entry, Entry):
            return False
        self._context.shelf.rename(entry, str(value))
        return True

    # -- what rows show

    def _facts(self, entry: Entry, first: str = "") -> tuple[str, ...]:
        """How a piece was made, and what it is."""
        model = self._context.models.title(entry.model) if entry.model else ""
        told = (first or operation_label(entry.operation), model, moment(entry.made), *_heard(entry))
        return tuple(filter(None, told))

    def row(self, number: int) -> Row:
        line = self.lines[number]
        if isinstance(line, Making):
            return self._making(line)
        row = Row(line.id, line.domain, title_of(line), line.piece, self._facts(line), tags=line.tags, kept=line.kept)
        if self.query.view != "history":
            return row
        # Under its making, without what that says anyway.
        counted = None if kinds.is_text(line.domain) else _COUNTED.search(line.title)
        if counted is not None:
            row = replace(row, title=self.tr("{number} of {count}").format(number=counted.group(1), count=counted.group(2)))
        return replace(row, level=1, facts=_heard(line))

    def key(self, number: int) -> int | str:
        return self.lines[number].id

    def key_of(self, item: Item) -> int | None:
        return self._context.shelf.number_of(item)

    def _making(self, making: Making) -> Row:
        sample, count = making.sample, len(making.pieces)
        kept = sum(entry.kept for entry in making.pieces)
        if making.job.operation in _WAYS:
            note = self.tr("{count} steps").format(count=count) if count > 1 else self.tr("1 step")
        else:
            note = self.tr("{count} pieces").format(count=count) if count > 1 else self.tr("1 piece")
        if 0 < kept < count:
            note = self.tr("{pieces}, {count} kept").format(pieces=note, count=kept)
        facts = self._facts(sample, kinds.one(sample.domain).capitalize())
        opened = making.id in self._opened
        return Row(
            making.id, sample.domain, _made_of(making), sample.piece, facts, kept=kept == count, note=note, opened=opened,
        )  # fmt: skip

    def open(self, number: int, on: bool | None = None) -> bool:
        """Open a making to its pieces, or close it (None: the other of both); whether anything changed."""
        making = self.lines[number]
        if not isinstance(making, Making):
            return False
        opened = making.id in self._opened
        if on is opened:
            return False
        if opened:
            self._opened.discard(making.id)
            self.beginRemoveRows(_NONE, number + 1, number + len(making.pieces))
            del self.lines[number + 1 : number + 1 + len(making.pieces)]
            self.endRemoveRows()
        else:
            self._opened.add(making.id)
            self._insert(number + 1, making.pieces)
        self.repaint(number, number)
        return True

    def parent_of(self, number: int) -> int | None:
        """The row of the making that a row belongs to, where it belongs to one."""
        if self.query.view != "history" or isinstance(self.lines[number], Making):
            return None
        return next(row for row in range(number, -1, -1) if isinstance(self.lines[row], Making))

    # -- what is done with them

    def entries_of(self, numbers: Sequence[int]) -> list[Entry]:
        """The pieces of some rows, each once."""
        found: dict[int, Entry] = {}
        for number in numbers:
            if number < len(self.lines):
                line = self.lines[number]
                found |= {entry.id: entry for entry in (line.pieces if isinstance(line, Making) else (line,))}
        return list(found.values())

    def fetch(self, numbers: Sequence[int], done: Callable[[list[Item]], None], channel: str = "") -> None:
        self._context.shelf.open(self.entries_of(numbers), done, channel=channel)

    def fetch_one(self, number: int, done: Callable[[Item], None], channel: str = "") -> None:
        line = self.lines[number]
        entry = line.sample if isinstance(line, Making) else line
        self._context.shelf.open([entry], lambda items: done(items[0]), channel=channel)

    def keep(self, numbers: Sequence[int], on: bool) -> None:
        entries = self.entries_of(numbers)
        self._context.shelf.favour(entries, on)
        if not on and self.query.view == "kept":
            own = all(entry.job is None for entry in entries)
            self._context.bus.say.emit(
                self.tr("Taken out of the library; undo brings it back.") if own
                else self.tr("Taken out of the library; it is still in the history.")
            )  # fmt: skip


def title_of(entry: Entry) -> str:
    """What a piece is called in a list: as somebody has called it, or in words what it was made of."""
    title = entry.title or str(entry.description.get("text") or "")
    if entry.job is None or kinds.is_text(entry.domain):
        return title
    rest = title.removeprefix(entry.operation)
    if rest != title and (not rest or rest.startswith(" ")):
        title = operation_label(entry.operation) + (rest if not rest or rest.startswith(" (") else f": {rest.strip()}")
    return _ENDING.sub("", title)


def _heard(entry: Entry) -> tuple[str, ...]:
    """Metre and key of music."""
    facts = entry.description
    said = (str(facts.get("metre") or ""), key_name(str(facts.get("key") or "")))
    return tuple(filter(None, said))


def _made_of(making: Making) -> str:
    """What a making is called: what it was made of, and of a single piece its title."""
    job = making.job
    names = [_ENDING.sub("", source.replace("\\", "/").rsplit("/", 1)[-1]) for source in job.sources]
    if len(making.pieces) == 1 and not names:
        return title_of(making.sample)
    if job.operation in _WAYS and len(names) > 1:
        return " → ".join(names)
    return f"{operation_label(job.operation)}: {', '.join(names)}" if names else operation_label(job.operation)
