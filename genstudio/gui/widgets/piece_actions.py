"""What can be done with pieces: one set of actions, one menu and the same keys wherever pieces are met.

Space plays, Enter makes an end (Shift+Enter the other one), F keeps, E edits, Ctrl+C copies, and the menu has the rest. A row of
several pieces is opened by Enter, Right or a double click, and stands for all of them, or for the one that it shows where only one
can be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from genstudio.gui.items import Item
from genstudio.gui.widgets.rows import Row

if TYPE_CHECKING:
    from genstudio.gui.widgets.pieces import PieceView

__all__ = ["PieceActions"]

_OPENING: dict[int, bool | None] = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False, Qt.Key.Key_Return: None, Qt.Key.Key_Enter: None}
_PLAIN = {int(key) for key in (Qt.Key.Key_Space, Qt.Key.Key_F, Qt.Key.Key_E)}  # not with Ctrl


class PieceActions(QObject):
    """What is done with the selected pieces of a view, or with the current one where only one can be meant."""

    remove = Signal()
    extend_menu = Signal(QMenu)  # a page adds what it can do besides

    def __init__(self, view: PieceView) -> None:
        super().__init__(view)
        self._view, self._context = view, view.context
        self.playing: dict[int, Any] = {}  # key of an item that was given to the player, to that of its row

    def _choose(self) -> None:
        """Where no row is selected, keys mean the current one: it may be the only one, to which no arrow leads."""
        index = self._view.currentIndex()
        if index.isValid() and not self._view.selected_rows:
            flag = QItemSelectionModel.SelectionFlag
            self._view.selectionModel().select(index, flag.Select | flag.Rows)

    def fetch(self, done: Callable[[list[Item]], None], rows: Sequence[int] | None = None) -> None:
        """The selected pieces (or those of ``rows``) as items."""
        wanted = self._view.selected_rows if rows is None else list(rows)
        if wanted:
            self._view.pieces.fetch(wanted, done)

    def with_current(self, done: Callable[[Item], None]) -> None:
        """Do something with the current piece."""
        index = self._view.currentIndex()
        if index.isValid():
            self._view.pieces.fetch_one(index.row(), done)

    def play(self, index: QModelIndex | None = None) -> None:
        """Play the current piece (or that of ``index``), or stop it where it plays."""
        index = self._view.currentIndex() if index is None else index
        if not index.isValid():
            return
        view, bus, player = self._view, self._context.bus, self._context.player
        key = view.pieces.key(index.row())
        if view.rows.playing is not None and view.rows.playing == key and player.item is not None:
            bus.play.emit(player.item)
            return

        def have(item: Item) -> None:
            self.playing = {item.key: key}
            bus.play.emit(item)

        view.pieces.fetch_one(index.row(), have)

    def make_end(self, which: str) -> None:
        """Make the current piece an end: "a", "b", or "" the next free one."""
        self.with_current(lambda item: self._context.bus.make_end.emit(item, which))

    def keep(self) -> None:
        """Keep the selected pieces, or no longer where all of them are kept."""
        rows, pieces = self._view.selected_rows, self._view.pieces
        if rows:
            pieces.keep(rows, not all(pieces.row(number).kept for number in rows))

    def heart(self, index: QModelIndex) -> None:
        """Keep the piece of a row, or no longer."""
        self._view.pieces.keep([index.row()], not self._view.pieces.row(index.row()).kept)

    def edit(self) -> None:
        """Open the current piece in an editor."""
        self.with_current(self._context.bus.edit.emit)

    def operate(self, tool: str) -> None:
        """Open Create with a tool on the current piece."""
        self.with_current(lambda item: self._context.bus.operate.emit(item, tool))

    def copy(self) -> None:
        """Put the selected pieces on the clipboard."""
        self.fetch(self._copied)

    def _copied(self, items: list[Item]) -> None:
        from genstudio.gui.widgets.handing import mime_for

        QApplication.clipboard().setMimeData(mime_for(items, self._context.player.mixers.mixed))
        said = self.tr("Copied.") if len(items) == 1 else self.tr("Copied {count} pieces.").format(count=len(items))
        self._context.bus.say.emit(said)

    def export(self) -> None:
        """Ask for formats and a place for the selected pieces; those beside a single one can be taken along."""
        self._choose()
        self.fetch(self._export)

    def _export(self, items: list[Item]) -> None:
        from genstudio.gui.widgets.export_dialog import export

        rows = self._view.selected_rows
        beside = self._view.pieces.beside(rows[0]) if len(items) == 1 and rows else []
        export(self._context, items, beside, self._view.window())

    def open_or_close(self, on: bool | None) -> bool:
        """Open or close the current row; to close a piece is to go to what it belongs to."""
        view = self._view
        index = view.currentIndex()
        if not index.isValid():
            return False
        above = view.pieces.parent_of(index.row())
        if on is False and above is not None:
            view.setCurrentIndex(view.pieces.index(above))
            return True
        return view.pieces.open(index.row(), on)

    def menu(self) -> QMenu:
        """Everything that can be done with the selected pieces."""
        menu = QMenu(self._view)
        numbers = self._view.selected_rows
        rows = [row for row in map(self._view.pieces.row, numbers) if row.piece is not None]
        if not rows:
            return menu
        if len(rows) == 1 and rows[0].music:
            menu.addAction(self.tr("Play"), self.play).setShortcut(Qt.Key.Key_Space)
        kept = all(row.kept for row in rows)
        menu.addAction(self.tr("Stop keeping") if kept else self.tr("Keep"), self.keep).setShortcut(Qt.Key.Key_F)
        if len(rows) == 1:
            self._add_single(menu, rows[0], self._view.pieces.remakes(numbers[0]))
        menu.addSeparator()
        menu.addAction(self.tr("Copy"), self.copy).setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        menu.addAction(self.tr("Export…"), self.export)
        self.extend_menu.emit(menu)
        return menu

    def _add_single(self, menu: QMenu, row: Row, remakes: bool) -> None:
        bus = self._context.bus
        menu.addAction(self.tr("Edit…"), self.edit).setShortcut(Qt.Key.Key_E)
        menu.addSeparator()
        menu.addAction(self.tr("Use as A"), partial(self.make_end, "a")).setShortcut(Qt.Key.Key_Return)
        menu.addAction(self.tr("Use as B"), partial(self.make_end, "b")).setShortcut(QKeySequence("Shift+Return"))
        menu.addSeparator()
        from genstudio.gui.toolwords import tool_name, tools_for  # late: with it comes every operation

        for tool in tools_for(row.domain):
            menu.addAction(tool_name(tool), partial(self.operate, tool))
        menu.addAction(self.tr("Show on the map"), partial(self.with_current, bus.show_on_map.emit))
        if remakes:
            menu.addAction(self.tr("Make again"), partial(self.with_current, bus.again.emit))

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; whether it stands for anything."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _PLAIN and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in _OPENING and self.open_or_close(_OPENING[key]):
            return True
        known: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: self.play, Qt.Key.Key_F: self.keep, Qt.Key.Key_E: self.edit, Qt.Key.Key_Delete: self.remove.emit,
            Qt.Key.Key_Return: partial(self.make_end, "b" if shift else ""),
            Qt.Key.Key_Enter: partial(self.make_end, "b" if shift else ""),
        }  # fmt: skip
        action = self.copy if event.matches(QKeySequence.StandardKey.Copy) else known.get(key)
        if action is not None:
            self._choose()
            action()
        return action is not None
