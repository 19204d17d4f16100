"""Pieces as a list model: what there is to show of each, the same wherever it is met, and where the piece itself comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from genstudio.domains import Difference, difference, get_domain, piece_type
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.items import Item, other_model
from genstudio.gui.widgets.tiles import Index

__all__ = ["ROW", "ItemModel", "PieceModel", "Row"]

ROW = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives its :class:`Row`."""
_NONE = QModelIndex()


@dataclass(frozen=True, eq=False)
class Row:
    """What is shown of a piece. key: tells it apart. piece: gives the piece; None while it is made. facts: where it came from, or
    what there is to say of it. text: its words, where the title is not these. note: at the right end, a word or two. t: its place
    between two ends, where it has one. before: the piece that differences are shown against, and ``differs`` which these are.
    foreign: whether the last fact is the name of another model. level: 1 where it belongs to the row above. opened: whether a row
    of several pieces is open; None: it is one piece."""

    key: Any
    domain: str
    title: str
    piece: Callable[[], Any] | None
    facts: tuple[str, ...] = ()
    text: str = ""
    tags: tuple[str, ...] = ()
    kept: bool = False
    note: str = ""
    t: float | None = None
    before: Any = None
    differs: Difference | None = None
    foreign: bool = False
    level: int = 0
    opened: bool | None = None

    @property
    def music(self) -> bool:
        """Whether it plays."""
        return kinds.plays(self.domain)

    @property
    def is_text(self) -> bool:
        """Whether its words are shown; else it is drawn."""
        return kinds.is_text(self.domain)


class PieceModel(QAbstractListModel):
    """Rows of pieces. A model makes :meth:`row` and :meth:`fetch`; what it cannot do it leaves."""

    def row(self, number: int) -> Row:
        """What a row shows."""
        raise NotImplementedError

    def key(self, number: int) -> Any:
        """What tells a row apart."""
        return self.row(number).key

    def key_of(self, item: Item) -> Any:
        """The key of the row of a piece; None where it has none here."""
        raise NotImplementedError

    def fetch(self, numbers: Sequence[int], done: Callable[[list[Item]], None], channel: str = "") -> None:
        """The pieces of some rows as whole items, now or later; of several askings of one channel the last one is answered."""
        raise NotImplementedError

    def fetch_one(self, number: int, done: Callable[[Item], None], channel: str = "") -> None:
        """The piece that a row shows, likewise."""
        self.fetch([number], lambda items: done(items[0]) if items else None, channel)

    def beside(self, number: int) -> list[Item]:
        """What may be exported along with a piece: the other steps of its way."""
        return []

    def keep(self, numbers: Sequence[int], on: bool) -> None:
        """Keep the pieces of some rows, or no longer."""
        raise NotImplementedError

    def remakes(self, number: int) -> bool:
        """Whether what a row shows can be made again on the Create page."""
        return False

    def open(self, number: int, on: bool | None = None) -> bool:
        """Open a row of several pieces to them, or close it (None: the other of both); whether anything changed."""
        return False

    def parent_of(self, number: int) -> int | None:
        """The row of several pieces that a row belongs to, where it belongs to one."""
        return None

    def renew(self, *_: object) -> None:
        """Say everything again: a mark, the model or the language has changed."""
        self.repaint()

    def repaint(self, first: int = 0, last: int = -1) -> None:
        """Say that some rows (all by default) show something else."""
        last = last if last >= 0 else self.rowCount() - 1
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if role == ROW:
            return self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self.row(index.row()).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.said(index.row())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.tr("Space plays, Enter makes it an end, F keeps it, E edits it")
        return None

    def said(self, number: int) -> str:
        """What a screen reader says of a row."""
        row = self.row(number)
        if row.piece is None:
            return self.tr("{what} is being made").format(what=row.title or self.tr("A piece"))
        state = "" if row.opened is None else self.tr("open") if row.opened else self.tr("closed")
        facts = row.facts if not row.text else row.facts[-1:] if row.foreign else ()
        parts = [row.title, row.text, row.note, *facts, *row.tags, self.tr("kept") if row.kept else "", state]
        return ", ".join(part for part in parts if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled


class ItemModel(PieceModel):
    """Pieces that are at hand, and places for those that are being made.

    It knows what there is to say of each: key, metre and notes, what differs from a neighbour, and whose it is where another model
    made it.
    """

    def __init__(self, context: Context, parent: QWidget | None = None, *, own: bool = False) -> None:
        """``own``: whose they are is not said."""
        super().__init__(parent)
        self._context, self._own = context, own
        self.items: list[Item | None] = []
        self._captions: list[str] = []
        self._compare: Any = None
        self._notes: dict[int, str] = {}
        self._rows: dict[int, Row] = {}
        shelf = context.shelf
        for signal in (shelf.changed, shelf.kept, shelf.unkept, context.models.chosen):
            signal.connect(self.renew)

    def renew(self, *_: object) -> None:
        self._rows.clear()
        self.repaint()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.items)

    # -- what is in it

    def set_items(self, items: Sequence[Item | None], captions: Sequence[str] = (), compare: Any = None) -> None:
        """Show these instead.

        Args:
            items: None stands for one that is being made.
            captions: one for each; its place or title by default.
            compare: the piece that differences are shown against; True: for each the one before it.
        """
        resized = len(items) != len(self.items)
        if resized:
            self.beginResetModel()
        self.items, self._captions, self._compare = list(items), list(captions), compare
        self._notes.clear()
        self._rows.clear()
        if resized:
            self.endResetModel()
        else:
            self.repaint()

    def add(self, item: Item, note: str = "") -> None:
        """Put an item at the top; ``note``: how it came there."""
        self.beginInsertRows(_NONE, 0, 0)
        self.items.insert(0, item)
        self._notes[item.key] = note
        self._rows.clear()
        self.endInsertRows()

    # -- what rows show

    def caption(self, number: int) -> str:
        """What stands above the picture."""
        given = self._captions[number] if number < len(self._captions) else ""
        item = self.items[number]
        if given or item is None:
            return given
        if item.t is not None:
            return f"{item.t:.0%}"
        own = item.title.removesuffix("…").rstrip()  # a text without a title is named by its first words, which are below
        return "" if item.is_text and str(item.facts["text"]).startswith(own) else item.title

    def key_of(self, item: Item) -> int | None:
        return item.key if item in self.items else None

    def row(self, number: int) -> Row:
        if number not in self._rows:
            self._rows[number] = self._row(number)
        return self._rows[number]

    def key(self, number: int) -> Any:
        item = self.items[number]
        return ("unmade", number) if item is None else item.key

    def _row(self, number: int) -> Row:
        item, caption = self.items[number], self.caption(number)
        if item is None:
            return Row(self.key(number), "", caption, None)
        before = self._compare
        if before is True:
            other = self.items[number - 1] if number else None
            before = other.piece if other is not None else None
        before = before if isinstance(before, piece_type(item.domain)) else None
        differs = difference(get_domain(item.domain), before, item.piece) if before is not None else None
        maker = "" if self._own else other_model(item, self._context.models)
        shown = kinds.showing(item.domain)
        said = [self._notes.get(item.key, ""), *shown.about(item)]
        said += [self._changes(item, differs)] if differs is not None and (shown.counts or differs.same) else []
        said += [self.tr("by {model}").format(model=self._context.models.title(maker))] if maker else []
        return Row(
            item.key, item.domain, caption, lambda: item.piece, tuple(filter(None, said)),
            str(item.facts["text"]) if item.is_text else "", kept=self._context.shelf.is_kept(item), t=item.t, before=before,
            differs=differs, foreign=bool(maker),
        )  # fmt: skip

    def _changes(self, item: Item, found: Difference) -> str:
        """What is new and what is gone against the piece that it is compared with; "same" where nothing differs at all."""
        if found.same:
            return self.tr("same")
        new, gone = len(found.new), len(found.gone)
        if new and gone:
            return self.tr("{new} new, {gone} gone").format(new=new, gone=gone)
        if new or gone:
            return self.tr("{count} new").format(count=new) if new else self.tr("{count} gone").format(count=gone)
        return kinds.showing(item.domain).unchanged(item)

    # -- what is done with them

    def fetch(self, numbers: Sequence[int], done: Callable[[list[Item]], None], channel: str = "") -> None:
        found = [item for number in numbers if (item := self.items[number]) is not None]
        if found:
            done(found)

    def beside(self, number: int) -> list[Item]:
        return [item for item in self.items if item is not None]

    def remakes(self, number: int) -> bool:
        item = self.items[number]
        return item is not None and item.job is not None

    def keep(self, numbers: Sequence[int], on: bool) -> None:
        shelf = self._context.shelf
        for number in numbers:
            item = self.items[number]
            if item is not None:
                (shelf.keep if on else shelf.unkeep)(item)
