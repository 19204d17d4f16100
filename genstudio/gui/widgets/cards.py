"""Cards of pieces, in grids and strips: each has a picture with its title above and what there is to say of it below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.pieces import TAB, PieceView
from genstudio.gui.widgets.rows import ItemModel
from genstudio.gui.widgets.tiles import Index

__all__ = ["CardGrid", "CardStrip"]

_MELODY = QSize(150, 108)  # the least size of a card
_TEXT = QSize(280, 84)
_WIDEST = 232
_LOW = 112  # height of a card in a grid
_ROOMY = 420  # width from which on a grid has one more beside it
_TALLEST = 240


class CardStrip(PieceView):
    """Cards in one row, as wide as the room allows; where they do not fit it scrolls sideways. One of them is current: of all cards
    of the window, that of the piece that is selected has the frame."""

    current_changed = Signal(int)
    gap = SPACE
    narrowest = 0  # pixels of a card that take all of the room between them; 0: as of its kind
    _text = False

    def __init__(self, context: Context, parent: QWidget | None = None, look: str = "card") -> None:
        """``look``: "card", or "slim" for a single one without a picture."""
        super().__init__(context, parent, look)
        self.shown = ItemModel(context, self, own=look == "slim")
        self.setModel(self.shown)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "cards")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        context.bus.selected.connect(self._show_frame)

    # -- what is in it

    @property
    def items(self) -> list[Item | None]:
        """The pieces in order; None for those that are being made."""
        return list(self.shown.items)

    @property
    def current(self) -> int:
        """The number (from 0) of the one that is looked at."""
        return max(0, self.currentIndex().row())

    @property
    def current_item(self) -> Item | None:
        """The piece that is looked at, if it is there yet."""
        return self.shown.items[self.current] if self.shown.items else None

    def set_items(
        self,
        items: Sequence[Item | None],
        captions: Sequence[str] = (),
        *,
        compare: Any = None,
        current: int = 0,
        text: bool = False,
    ) -> None:
        """Show these instead; see :meth:`ItemModel.set_items`.

        Args:
            current: which is looked at.
            text: they are sentences (seen from the items too, once there are any).
        """
        there = [item for item in items if item is not None]
        # Sentences alone are a list; among melodies each is a card like theirs.
        self._text = all(item.is_text for item in there) if there else text
        if self.rows.look != "slim":
            self.rows.look = "line" if self.in_lines else "card"
        self.shown.set_items(items, captions, compare)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if items else Qt.FocusPolicy.NoFocus)
        self._go_to(current)
        self.doItemsLayout()
        self._started(self.context.player.item if self.context.player.playing else None)

    def select(self, number: int, *, focus: bool = False, quietly: bool = False) -> None:
        """Look at another one; ``quietly``: without telling."""
        if not self.shown.items:
            return
        if not quietly and number == self.current:
            self._select(number)
        self._go_to(number, quietly=quietly)
        self.scrollTo(self.currentIndex())
        if focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, number: int, *, quietly: bool = True) -> None:
        before, self._quiet = self._quiet, quietly
        self.setCurrentIndex(self.shown.index(min(max(0, number), self.count - 1)))
        self._quiet = before

    def caption(self, number: int) -> str:
        """What stands at a card, "" where nothing does."""
        return self.shown.caption(number)

    def currentChanged(self, current: Index, previous: Index) -> None:
        if current.isValid() and not self._quiet:
            self.current_changed.emit(current.row())
        super().currentChanged(current, previous)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, before = self.indexAt(event.position().toPoint()), self.currentIndex()
        super().mousePressEvent(event)
        if index.isValid() and index == before and event.button() == Qt.MouseButton.LeftButton:
            self.current_changed.emit(index.row())  # again: something beside it may be looked at

    def is_chosen(self, number: int) -> bool:
        selection = self.context.bus.selection
        return number == self.current and (selection is None or selection is self.shown.items[number])

    def _show_frame(self, *_: object) -> None:
        self.update(self.currentIndex())

    def keyboardSearch(self, search: str) -> None:
        """Letters are for the keys of the window."""

    # -- the page around it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self._reveal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in TAB:
            QTimer.singleShot(0, self, self._reveal)  # after the page has shown the whole

    def _reveal(self) -> None:
        """Have the page scroll to the current card, where all cards are as high as they need."""
        if not self.whole_shown:
            return
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        page = around.widget() if around is not None else None
        if around is not None and page is not None and self.count:
            middle = self.mapTo(page, self.place(self.current).center())
            around.ensureVisible(middle.x(), middle.y(), 0, self.place(0).height() // 2 + SPACE)

    # -- where everything is

    in_lines = False
    """Whether they are sentences under one another."""

    @property
    def whole_shown(self) -> bool:
        """Whether it is as high as all of its cards, since the page around it scrolls: one bar is enough."""
        return self.in_lines

    def shape(self) -> tuple[int, QSize]:
        count, room = max(1, self.count), self.viewport().size()
        if self.rows.look == "slim":
            return 1, room.expandedTo(QSize(1, 1))
        least = self.narrowest or (_TEXT if self._text else _MELODY).width()
        wide = max(least, (room.width() - (count - 1) * SPACE) // count)
        if not self.narrowest:
            wide = min(_WIDEST, wide)
        return count, QSize(wide, max(64, min(_TALLEST, room.height())))

    def sizeHint(self) -> QSize:
        least = _TEXT if self._text else _MELODY
        return QSize(3 * least.width(), least.height())


class CardGrid(CardStrip):
    """Cards in rows of four, or of more where there is much room, as high as all of them, since the page around it scrolls."""

    @property
    def whole_shown(self) -> bool:
        return True

    def shape(self) -> tuple[int, QSize]:
        room = self.viewport().width() + SPACE
        columns = max(4, room // _ROOMY)
        wide = room // columns - SPACE
        return columns, QSize(max(72, wide), _TEXT.height() if self._text else _LOW)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.setFixedHeight(max(1, self.whole.height()))
