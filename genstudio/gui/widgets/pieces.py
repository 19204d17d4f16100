"""Views of pieces: long lists, grids and strips, all of which behave alike.

Click selects, a double click edits (or opens a row of several pieces), a drag takes pieces out, and the keys and the menu are those
of :class:`genstudio.gui.widgets.piece_actions.PieceActions`. A view is one stop of the Tab key, and the arrow keys move within it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QItemSelection, QItemSelectionModel, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.widgets.piece_actions import PieceActions
from genstudio.gui.widgets.piece_delegate import HEIGHT, PieceDelegate
from genstudio.gui.widgets.rows import PieceModel
from genstudio.gui.widgets.tiles import Index, Tiles

__all__ = ["TAB", "PieceView"]

_PATIENCE = 3000  # milliseconds that a drag waits for what it takes along
TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_Flag = QItemSelectionModel.SelectionFlag


class PieceView(Tiles):
    """Pieces under one another. ``chosen`` comes when the selection has changed."""

    chosen = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None, look: str = "row") -> None:
        super().__init__(parent)
        self.context = context
        self.rows = PieceDelegate(context.theme, self, look)
        self.piece_actions = PieceActions(self)
        self.dragged: list[Item] = []  # what is being dragged out of it
        self.setItemDelegate(self.rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        for signal, action in (
            (self.rows.heart, self.piece_actions.heart), (self.rows.play, self.piece_actions.play),
            (self.rows.toggle, lambda index: self.pieces.open(index.row())), (context.theme.changed, self.viewport().update),
            (context.player.started, self._started), (context.player.ended, self._ended), (context.player.moved, self._moved),
        ):  # fmt: skip
            signal.connect(action)
        self._keys: list[Any] = []
        self._current_key: Any = None
        self._typed: tuple[str, int] | None = None
        self._scroll = 0
        self._quiet = False
        self._told = QTimer(self)  # one word for the many changes of a selection
        self._told.setSingleShot(True)
        self._told.setInterval(0)
        self._told.timeout.connect(self.chosen)

    def shape(self) -> tuple[int, QSize]:
        return 1, QSize(max(1, self.viewport().width()), HEIGHT)

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
        self._told.start()
        if not keys and self._current_key is None:
            return
        self._quiet = True
        selection = QItemSelection()
        for number in range(model.rowCount()):
            key = model.key(number)
            if key in keys:
                selection.select(model.index(number), model.index(number))
            if key == self._current_key:
                self.selectionModel().setCurrentIndex(model.index(number), _Flag.NoUpdate)
        self.selectionModel().select(selection, _Flag.ClearAndSelect)
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

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._told.start()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet:
            self._select(current.row())

    def _select(self, number: int) -> None:
        """Have everyone look at a piece."""
        self.pieces.fetch_one(number, self.context.bus.selected.emit, "pieces.current")

    # -- the player

    def _started(self, item: Any) -> None:
        self._play_on(self.piece_actions.playing.get(item.key, self.pieces.key_of(item)) if item is not None else None)

    def _ended(self) -> None:
        self._play_on(None)

    def _play_on(self, key: Any) -> None:
        if (key, None) != (self.rows.playing, self.rows.position):
            self.rows.playing, self.rows.position = key, None
            self.viewport().update()

    def _moved(self, seconds: float) -> None:
        if self.rows.playing is None or self.rows.look == "row" or not self.isVisible():
            return
        self.rows.position = seconds
        for number in self.within(self.viewport().rect()):
            if self.pieces.key(number) == self.rows.playing:
                self.viewport().update(self.place(number))

    # -- events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, before = self.indexAt(event.position().toPoint()), self.currentIndex()
        super().mousePressEvent(event)
        if index.isValid() and index == before and event.button() == Qt.MouseButton.LeftButton:
            self._select(index.row())  # again: something else may have been selected elsewhere

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        signs = self.rows.signs(self.visualRect(index), self.pieces.row(index.row()))
        if not any(sign.contains(place) for sign in signs.values()) and not self.pieces.open(index.row()):
            self.piece_actions.edit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState or not self.piece_actions.key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in TAB and self.currentIndex().isValid():  # coming with Tab is looking at it; a click says so itself
            self._select(self.currentIndex().row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.piece_actions.menu()
        if not menu.isEmpty():
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.model() is not None:
            self.pieces.renew()
        super().changeEvent(event)

    def drag_data(self) -> list[Item]:
        """The selected pieces, waited for a moment where they are still to be read."""
        found: list[Item] = []
        loop = QEventLoop(self)
        QTimer.singleShot(_PATIENCE, loop, loop.quit)

        def have(items: list[Item]) -> None:
            found.extend(items)
            loop.quit()

        self.piece_actions.fetch(have)
        if not found and any(self.pieces.row(number).piece is not None for number in self.selected_rows):
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return found

    def startDrag(self, supported: Qt.DropAction) -> None:
        from genstudio.gui.widgets.handing import mime_for

        self.dragged = self.drag_data()
        if self.dragged:
            drag = QDrag(self)
            drag.setMimeData(mime_for(self.dragged, self.context.player.mixers.mixed))
            picture = self.viewport().grab(self.visualRect(self.currentIndex()))
            wide = round(min(picture.width(), (240 if self.rows.look == "row" else 140) * self.devicePixelRatioF()))
            drag.setPixmap(picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
            drag.setHotSpot(QPoint(16, 16))
            drag.exec(Qt.DropAction.CopyAction)
