"""Tiles of one size under and beside one another, for any list model: the geometry of lists, grids and strips of pieces."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

__all__ = ["Index", "Tiles"]

Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction


class Tiles(QListView):
    """A view whose tiles lie where :meth:`shape` says. It asks for those only that are seen, however many there are."""

    gap = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns, self._size = 1, QSize(1, 1)
        self._fitting = False
        self._near = -1  # the tile under the pointer
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.viewportEntered.connect(lambda: self._hover(-1))

    def shape(self) -> tuple[int, QSize]:
        """How many columns there are, and the size of a tile."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """How many tiles there are."""
        return self.model().rowCount() if self.model() is not None else 0

    # -- where tiles are

    @property
    def whole(self) -> QSize:
        """What all of them take."""
        rows = -(-self.count // self._columns)
        return QSize(self._columns * self._pitch.width() - self.gap, max(0, rows * self._pitch.height() - self.gap))

    @property
    def _pitch(self) -> QSize:
        return self._size + QSize(self.gap, self.gap)

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def place(self, number: int) -> QRect:
        """Where a tile is in the viewport."""
        row, column = divmod(number, self._columns)
        left, top = column * self._pitch.width() - self.horizontalOffset(), row * self._pitch.height() - self.verticalOffset()
        return QRect(QPoint(left, top), self._size)

    def visualRect(self, index: Index) -> QRect:
        return self.place(index.row()) if index.isValid() else QRect()

    def within(self, rect: QRect) -> list[int]:
        """The tiles that a part of the viewport touches."""
        area = rect.normalized().translated(self.horizontalOffset(), self.verticalOffset())
        wide, tall = self._pitch.width(), self._pitch.height()
        columns = range(max(0, area.left() // wide), min(self._columns - 1, area.right() // wide) + 1)
        rows = range(max(0, area.top() // tall), min(-(-self.count // self._columns) - 1, area.bottom() // tall) + 1)
        return [number for row in rows for column in columns if (number := row * self._columns + column) < self.count]

    def indexAt(self, point: QPoint) -> QModelIndex:
        found = self.within(QRect(point, point))
        return self.model().index(found[0], 0) if found and self.place(found[0]).contains(point) else QModelIndex()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        if not index.isValid():
            return
        place, room = self.visualRect(index), self.viewport().size()
        for bar, first, last, size in (
            (self.horizontalScrollBar(), place.left(), place.right() + 1, room.width()),
            (self.verticalScrollBar(), place.top(), place.bottom() + 1, room.height()),
        ):
            if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
                bar.setValue(bar.value() + (first + last - size) // 2)
            elif first < 0 or last > size:
                bar.setValue(bar.value() + (first - self.gap if first < 0 else min(first, last - size + self.gap)))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        at, columns = self.currentIndex().row(), self._columns
        page = columns * max(1, self.viewport().height() // self._pitch.height())
        above, below = (place // columns * columns for place in (at, self.count - 1 - at))
        beside = int(columns > 1)
        step = {
            _Move.MoveLeft: -beside, _Move.MoveRight: beside, _Move.MovePrevious: -1, _Move.MoveNext: 1,
            _Move.MoveUp: -columns, _Move.MoveDown: columns, _Move.MoveHome: -at, _Move.MoveEnd: self.count - 1 - at,
            _Move.MovePageUp: -min(page, above), _Move.MovePageDown: min(page, below),
        }[action]  # fmt: skip
        to = at + step if at >= 0 else 0
        return self.model().index(to if 0 <= to < self.count else at, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        chosen, model = QItemSelection(), self.model()
        numbers = self.within(rect)
        if self._columns == 1 and numbers:
            chosen.append(QItemSelectionRange(model.index(numbers[0], 0), model.index(numbers[-1], 0)))
        else:
            for number in numbers:
                chosen.append(QItemSelectionRange(model.index(number, 0)))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    # -- keeping up

    def updateGeometries(self) -> None:
        if self._fitting or self.model() is None:
            return
        self._fitting = True
        for _ in range(2):  # again where a bar that came or went has changed the room
            self._columns, self._size = self.shape()
            whole, room = self.whole, self.viewport().size()
            for bar, size, has in (
                (self.horizontalScrollBar(), whole.width(), room.width()),
                (self.verticalScrollBar(), whole.height(), room.height()),
            ):
                bar.setRange(0, max(0, size - has))
                bar.setPageStep(has)
                bar.setSingleStep(32)
        self._fitting = False
        QAbstractItemView.updateGeometries(self)

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)

    def _hover(self, number: int) -> None:
        before, self._near = self._near, number
        for one in {before, number} - {-1}:
            self.viewport().update(self.place(one))

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]

    # -- drawing

    def is_chosen(self, number: int) -> bool:
        """Whether a tile is drawn as one that is chosen."""
        return self.selectionModel().isRowSelected(number, QModelIndex())

    def paint_under(self, painter: QPainter) -> None:
        """Draw what the tiles lie on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self.paint_under(painter)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, flag = option.state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver), QStyle.StateFlag
        for number in self.within(event.rect()):
            option.rect = self.place(number)
            option.state = plain | (flag.State_Selected if self.is_chosen(number) else flag.State_None)
            if number == self._near:
                option.state |= flag.State_MouseOver
            if self.hasFocus() and number == self.currentIndex().row():
                option.state |= flag.State_HasFocus
            self.itemDelegate().paint(painter, option, self.model().index(number, 0))
        painter.end()
