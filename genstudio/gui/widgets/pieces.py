"""Long lists of pieces, in which every row behaves as a card does elsewhere.

Click selects, Space plays, Enter makes an end (Shift+Enter the other one), F keeps, Ctrl+C copies, a drag takes the pieces out, and
the menu has the rest. A row of several pieces is opened by Enter, Right or a double click, and stands for all of them, or for the
one that it shows where only one can be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEventLoop,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QListView, QMenu, QWidget

from genstudio.domains import get_domain, plays
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.toolwords import tool_name, tools_for
from genstudio.gui.widgets.export_dialog import Exporter
from genstudio.gui.widgets.exporting import mime_for
from genstudio.gui.widgets.rows import ROW, Index, Row, RowDelegate

__all__ = ["ItemModel", "PieceList", "PieceModel"]

_NONE = QModelIndex()
_OPENING: dict[int, bool | None] = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False, Qt.Key.Key_Return: None, Qt.Key.Key_Enter: None}
_PATIENCE = 3000  # milliseconds that a drag waits for what it takes along


class PieceModel(QAbstractListModel):
    """Rows of pieces. A model makes :meth:`row` and :meth:`fetch`; what it cannot do it leaves."""

    editable = False

    def row(self, number: int) -> Row:
        """What a row shows."""
        raise NotImplementedError

    def key(self, number: int) -> Any:
        """What tells a row apart."""
        return self.row(number).key

    def fetch(self, numbers: Sequence[int], done: Callable[[list[Item]], None], channel: str = "") -> None:
        """The pieces of some rows as whole items, now or later; of several askings of one channel the last one is answered."""
        raise NotImplementedError

    def fetch_one(self, number: int, done: Callable[[Item], None], channel: str = "") -> None:
        """The piece that a row shows, likewise."""
        self.fetch([number], lambda items: done(items[0]), channel)

    def keep(self, numbers: Sequence[int], on: bool) -> None:
        """Keep the pieces of some rows, or no longer."""
        raise NotImplementedError

    def open(self, number: int, on: bool | None = None) -> bool:
        """Open a row of several pieces to them, or close it (None: the other of both); whether anything changed."""
        return False

    def parent_of(self, number: int) -> int | None:
        """The row of several pieces that a row belongs to, where it belongs to one."""
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if role == ROW:
            return self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.row(index.row()).title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.row(index.row()).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(index.row())
            state = "" if row.opened is None else self.tr("open") if row.opened else self.tr("closed")
            parts = [row.title, row.note, row.caption, *row.tags, self.tr("kept") if row.kept else "", state]
            return ", ".join(part for part in parts if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags


class ItemModel(PieceModel):
    """A list of items that are at hand, the newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.items: list[Item] = []
        self._captions: dict[int, str] = {}
        context.shelf.changed.connect(self._repaint)

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def put(self, item: Item, caption: str = "") -> None:
        """Put an item at the top."""
        self.beginInsertRows(_NONE, 0, 0)
        self.items.insert(0, item)
        self._captions[item.key] = caption
        self.endInsertRows()

    def clear(self) -> None:
        """Forget all of them."""
        self.beginResetModel()
        self.items.clear()
        self._captions.clear()
        self.endResetModel()

    def row(self, number: int) -> Row:
        item = self.items[number]
        kept = self._context.shelf.is_kept(item)
        return Row(item.key, item.domain, item.title, lambda: item.piece, self._captions.get(item.key, ""), kept=kept)

    def fetch(self, numbers: Sequence[int], done: Callable[[list[Item]], None], channel: str = "") -> None:
        done([self.items[number] for number in numbers])

    def keep(self, numbers: Sequence[int], on: bool) -> None:
        for number in numbers:
            (self._context.shelf.keep if on else self._context.shelf.unkeep)(self.items[number])

    def _repaint(self) -> None:
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))


class PieceList(QListView):
    """The list itself. ``chosen`` comes when the selection has changed; ``remove`` when the Delete key asks for it."""

    chosen = Signal()
    remove = Signal()
    extend_menu = Signal(QMenu)  # a page adds what it can do besides

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.rows = RowDelegate(context.theme, self)
        self.setItemDelegate(self.rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.verticalScrollBar().setSingleStep(32)
        self.rows.heart.connect(self._heart)
        self.rows.play.connect(self._play_index)
        self.rows.toggle.connect(lambda index: self.pieces.open(index.row()))
        self.doubleClicked.connect(lambda index: self.pieces.open(index.row()))
        context.theme.changed.connect(self.viewport().update)
        context.player.started.connect(self._started)
        context.player.ended.connect(self._ended)
        self._keys: list[Any] = []
        self._current_key: Any = None
        self._typed: tuple[str, int] | None = None
        self._scroll = 0
        self._quiet = False
        self._told = QTimer(self)  # one word for the many changes of a selection
        self._told.setSingleShot(True)
        self._told.setInterval(0)
        self._told.timeout.connect(self._tell)
        self._played: dict[int, Any] = {}  # key of an item that was given to the player, to that of its row

    def setModel(self, model: Any) -> None:
        super().setModel(model)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)
        model.rowsInserted.connect(lambda: self._told.start())

    @property
    def pieces(self) -> PieceModel:
        """Its model."""
        model = self.model()
        assert isinstance(model, PieceModel)
        return model

    @property
    def selected_rows(self) -> list[int]:
        """The numbers of the selected rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows()) if self.model() is not None else []

    # -- the selection, and a title that is being typed, outlive a new list

    def _before_reset(self) -> None:
        model = self.pieces
        self._keys = [model.key(number) for number in self.selected_rows]
        current = self.currentIndex()
        self._current_key = model.key(current.row()) if current.isValid() else None
        self._scroll = self.verticalScrollBar().value()
        editor = self._editor
        self._typed = (editor.text(), editor.cursorPosition()) if editor is not None else None

    @property
    def _editor(self) -> QLineEdit | None:
        """The field in which a title is being typed."""
        if self.state() != QAbstractItemView.State.EditingState:
            return None
        found = self.viewport().findChildren(QLineEdit)
        return found[-1] if found else None

    def _after_reset(self) -> None:
        model, keys = self.pieces, set(self._keys)
        if not keys and self._current_key is None:
            self._told.start()
            return
        self._quiet = True
        selection = QItemSelection()
        for number in range(model.rowCount()):
            key = model.key(number)
            if key in keys:
                selection.select(model.index(number), model.index(number))
            if key == self._current_key:
                self.selectionModel().setCurrentIndex(model.index(number), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        self.doItemsLayout()
        self.verticalScrollBar().setValue(self._scroll)
        current = self.currentIndex()
        if self._typed is not None and current.isValid() and model.key(current.row()) == self._current_key:
            self.edit(current)
            editor = self._editor
            if editor is not None:
                editor.setText(self._typed[0])
                editor.setCursorPosition(self._typed[1])
        self._typed = None
        self._told.start()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._told.start()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet:
            self.pieces.fetch_one(current.row(), self.context.bus.selected.emit, "pieces.current")

    def _tell(self) -> None:
        self.chosen.emit()

    # -- what can be done with the rows

    def fetch(self, done: Callable[[list[Item]], None], rows: Sequence[int] | None = None) -> None:
        """The selected pieces (or those of ``rows``) as items."""
        wanted = self.selected_rows if rows is None else list(rows)
        if wanted:
            self.pieces.fetch(wanted, done)

    def play(self) -> None:
        """Play the current piece, or stop it where it plays."""
        self._play_index(self.currentIndex())

    def _play_index(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        key = self.pieces.key(index.row())
        if self.rows.playing is not None and self.rows.playing == key and self.context.player.item is not None:
            self.context.bus.play.emit(self.context.player.item)
            return

        def have(item: Item) -> None:
            self._played = {item.key: key}
            self.context.bus.play.emit(item)

        self.pieces.fetch_one(index.row(), have)

    def _started(self, item: Any) -> None:
        self.rows.playing = self._played.get(item.key, item.key) if item is not None else None
        self.viewport().update()

    def _ended(self) -> None:
        self.rows.playing = None
        self.viewport().update()

    def with_current(self, done: Callable[[Item], None]) -> None:
        """Do something with the current piece."""
        index = self.currentIndex()
        if index.isValid():
            self.pieces.fetch_one(index.row(), done)

    def _choose(self) -> None:
        """Where no row is selected, keys mean the current one: it may be the only one, to which no arrow leads."""
        index = self.currentIndex()
        if index.isValid() and not self.selected_rows:
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)

    def make_end(self, which: str) -> None:
        """Make the current piece an end."""
        self.with_current(lambda item: self.context.bus.make_end.emit(item, which))

    def keep(self) -> None:
        """Keep the selected pieces, or no longer where all of them are kept."""
        rows = self.selected_rows
        if rows:
            self.pieces.keep(rows, not all(self.pieces.row(number).kept for number in rows))

    def _heart(self, index: QModelIndex) -> None:
        self.pieces.keep([index.row()], not self.pieces.row(index.row()).kept)

    def copy(self) -> None:
        """Put the selected pieces on the clipboard."""
        self.fetch(self._copied)

    def _copied(self, items: list[Item]) -> None:
        QApplication.clipboard().setMimeData(mime_for(items, self.context.player.mixers.mixed))
        said = self.tr("Copied.") if len(items) == 1 else self.tr("Copied {count} pieces.").format(count=len(items))
        self.context.bus.say.emit(said)

    def export(self) -> None:
        """Ask for a format and a place for the selected pieces."""
        self._choose()
        self.fetch(self._export)

    def _export(self, items: list[Item]) -> None:
        Exporter(self.context, self.window()).export(items)

    def operate(self, tool: str) -> None:
        """Open Create with a tool on the current piece."""
        self.with_current(lambda item: self.context.bus.operate.emit(item, tool))

    def show_on_map(self) -> None:
        """Show the current piece on the map."""
        self.with_current(self.context.bus.show_on_map.emit)

    def edit_piece(self) -> None:
        """Open the current piece in an editor."""
        self.with_current(self.context.bus.edit.emit)

    def _open_or_close(self, on: bool | None) -> bool:
        """Open or close the current row; to close a piece is to go to what it belongs to."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        above = self.pieces.parent_of(index.row())
        if on is False and above is not None:
            self.setCurrentIndex(self.pieces.index(above))
            return True
        return self.pieces.open(index.row(), on)

    def menu(self) -> QMenu:
        """What can be done with the selected pieces."""
        menu = QMenu(self)
        rows = self.selected_rows
        if not rows:
            return menu
        kept = all(self.pieces.row(number).kept for number in rows)
        single = len(rows) == 1
        if single and plays(self.pieces.row(rows[0]).domain):
            menu.addAction(self.tr("Play"), self.play).setShortcut(Qt.Key.Key_Space)
        menu.addAction(self.tr("Stop keeping") if kept else self.tr("Keep"), self.keep).setShortcut(Qt.Key.Key_F)
        if single:
            menu.addAction(self.tr("Edit…"), self.edit_piece).setShortcut(Qt.Key.Key_E)
            menu.addSeparator()
            menu.addAction(self.tr("Use as A"), lambda: self.make_end("a")).setShortcut(Qt.Key.Key_Return)
            menu.addAction(self.tr("Use as B"), lambda: self.make_end("b")).setShortcut(QKeySequence("Shift+Return"))
            menu.addSeparator()
            for tool in tools_for(get_domain(self.pieces.row(rows[0]).domain).pitched):
                menu.addAction(tool_name(tool), partial(self.operate, tool))
            menu.addAction(self.tr("Show on the map"), self.show_on_map)
        menu.addSeparator()
        menu.addAction(self.tr("Copy"), self.copy).setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        menu.addAction(self.tr("Export…"), self.export)
        self.extend_menu.emit(menu)
        return menu

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space and not control:
            self.play()
        elif key in _OPENING and self._open_or_close(_OPENING[key]):
            event.accept()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make_end("b" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "")
        elif key == Qt.Key.Key_F and not control:
            self._choose()
            self.keep()
        elif key == Qt.Key.Key_E and not control:
            self.edit_piece()
        elif key == Qt.Key.Key_Delete:
            self._choose()
            self.remove.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        if not menu.isEmpty():
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def drag_data(self) -> list[Item]:
        """The selected pieces, waited for a moment where they are still to be read."""
        found: list[Item] = []
        loop = QEventLoop(self)
        QTimer.singleShot(_PATIENCE, loop, loop.quit)

        def have(items: list[Item]) -> None:
            found.extend(items)
            loop.quit()

        self.fetch(have)
        if not found and self.selected_rows:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return found

    def startDrag(self, supported: Qt.DropAction) -> None:
        items = self.drag_data()
        if items:
            drag = QDrag(self)
            drag.setMimeData(mime_for(items, self.context.player.mixers.mixed))
            picture = self.grab(self.visualRect(self.currentIndex())).scaledToWidth(
                round(240 * self.devicePixelRatioF()), Qt.TransformationMode.SmoothTransformation
            )
            drag.setPixmap(picture)
            drag.setHotSpot(QPoint(16, 16))
            drag.exec(Qt.DropAction.CopyAction)
