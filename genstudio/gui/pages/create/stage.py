"""The stage: the piece that is looked at, large, and below it the steps or candidates among which it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QLineF, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, beside, having, named, stacked
from genstudio.gui.pages.create.desk import Results
from genstudio.gui.pages.create.morphing import Hearing, Morphing
from genstudio.gui.pages.create.pad import Pad
from genstudio.gui.pages.create.work import Place, Request, count_of
from genstudio.gui.theme import SPACE
from genstudio.gui.views.colours import mixed
from genstudio.gui.widgets.card_paint import line_height
from genstudio.gui.widgets.cards import CardStrip
from genstudio.gui.widgets.morph import MorphSlider
from genstudio.gui.widgets.viewer import Viewer

__all__ = ["Stage", "Strip"]

_LOW = 180  # pixels of the large view, at the least
_LOW_TEXT = 156
_LOW_PARTS = 250
_PROPORTION = 1.7  # of a card: its width to its height
_TALL = (92, 190)


class Stage(Worded, QWidget):
    """What the line, the square or the cards lead to is seen at once, and heard from the next beat on where something plays."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.tool = "interpolate"
        self._card: int | None = None  # to be looked at in the results that are shown next
        self.line = MorphSlider(context)
        self.pad = Pad(context, self)
        self.view = having(Viewer(context, self, marking=True), "panel")
        self.view.shut.hide()
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # all that is left
        self.grid = Strip(context, self)
        self.grid.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.hearing = Hearing(context, self)
        self.morphing = Morphing(context, self)
        row = beside(self.pad, (self.view, 1), gap=SPACE)
        self._column = stacked((row, 5), (self.grid, 2), into=self, gap=SPACE)
        self.line.moved.connect(self.morphing.move)
        self.pad.moved.connect(self.morphing.move)
        self.grid.current_changed.connect(self._looked_at)
        for hand in (self.line, self.pad):
            hand.installEventFilter(self)
        self.morphing.shown.connect(self._show_place)
        self.retranslate()

    @property
    def item(self) -> Item | None:
        """What is looked at."""
        return self.view.item

    @property
    def way(self) -> bool:
        """Whether the cards are steps of a way."""
        return self.tool == "interpolate"

    @property
    def square(self) -> bool:
        """Whether they are places of the square."""
        return self.tool == "blend" and self.pad.isVisibleTo(self)

    # -- what it shows

    def show_end(self, item: Item | None) -> None:
        """Show an end, while nothing is made of it."""
        self.tool = ""
        self.view.setMinimumHeight(_LOW_PARTS if item is not None and item.music and item.piece.parts else _LOW)
        self.grid.hide()
        self.pad.hide()
        self.setVisible(item is not None)
        self.view.set_among([item])
        self.view.show_item(item)

    def begin(self, model: Any, request: Request, titles: tuple[str, str], ends: list[Item], first: bool) -> None:
        """A way is being made; ``first``: there was none before, and it is looked at in the middle."""
        self.morphing.begin(model, request, titles, ends)
        steps = int(request.values["steps"])
        self.line.set_steps([index / (steps - 1) for index in range(steps)])
        if first and self.line.t in (0.0, 1.0):
            self.line.put(0.5)
        self.morphing.move(self.line.t)  # what is looked at comes first

    def show_unmade(self, request: Request, captions: list[str], text: bool) -> None:
        """Show as many empty cards as there will be."""
        self.tool = request.tool
        side = request.values["grid"] if self.tool == "blend" else None
        self._lay_out([None] * count_of(request), captions, side, text=text, current=self._step(request) if self.way else 0)

    def show_results(self, tool: str, results: Results, captions: list[str]) -> None:
        """Show what was made."""
        self.tool = tool
        request, items = results.request, results.items
        again = bool(request.values.get("again"))
        current = min(self.grid.current if self._card is None else self._card, len(items) - 1)
        self._card = None
        if self.way and not again:
            current = self._step(request)
        compare: Any = {"interpolate": True}.get(tool)
        if tool in ("vary", "shape") and request.pieces:
            compare = request.pieces[0]
        side = request.values["grid"] if tool == "blend" and not again else None
        self.view.set_among(items)
        self._lay_out(items, captions, side, text=items[0].is_text, compare=compare, current=current)
        if side is not None:
            self.pad.put(self.grid.current)
        if not self.way:
            self.view.show_item(self.grid.current_item)

    def _step(self, request: Request) -> int:
        """The step that is nearest to where the line is."""
        return round(self.line.t * (int(request.values["steps"]) - 1))

    def _lay_out(self, items: Sequence[Item | None], captions: list[str], side: int | None, *, text: bool, **more: Any) -> None:
        """Show cards, and beside the view the square, where so many of them are a ``side`` of it."""
        self.grid.on_line = self.way
        self.grid.set_items(items, captions, text=text, **more)
        self.setVisible(True)
        self.grid.show()
        self.pad.setVisible(side is not None)
        if side is not None:
            self.pad.set_side(int(side))
        self._make_room(text)

    def go_over(self, model: Any, results: Results, titles: tuple[str, str], ends: list[Item]) -> None:
        """Have the line or the square go over these results."""
        places = [(item.t,) for item in results.items if item.t is not None]
        self.line.set_steps([t for (t,) in places])
        job = next((item.job for item in results.items if item.job is not None), None)  # what was edited has none
        goes_on = model is not None and bool(results.request.pieces) and job is not None and self.context.models.made(job)
        self.morphing.begin(model, results.request if goes_on else None, titles, ends)
        self.morphing.add(dict(zip(places if self.way else self.pad.places(), results.items, strict=False)))
        self.morphing.move(*self._here)

    @property
    def _here(self) -> Place:
        return (self.line.t,) if self.way else self.pad.where

    def _make_room(self, text: bool) -> None:
        self._column.setStretch(0, 4 if text else 5)
        self._column.setStretch(1, 4 if text else 2)
        first = self.grid.items[0] if self.grid.items else None
        several = first is not None and first.music and bool(first.piece.parts)
        self.view.setMinimumHeight(_LOW_TEXT if text else _LOW_PARTS if several else _LOW)

    # -- looking and moving

    def _looked_at(self, number: int) -> None:
        item = self.grid.items[number]
        if item is None:
            return
        if self.way and item.t is not None:
            self.line.put(item.t)
            self.morphing.move(item.t)
        elif self.square:
            self.pad.put(number)
            self.morphing.move(*self.pad.where)
        else:
            self.view.show_item(item)

    def look_at_end(self, number: int, item: Item | None) -> None:
        """Show an end: on the line, where it is one end of that."""
        if self.way:
            self.line.move(float(number))
        elif item is not None:
            self.view.show_item(item)

    def _show_place(self, item: Item, exact: bool) -> None:
        if not (self.way or self.square):
            return
        if self.view.item is not item:
            self.view.show_item(item)
        steps = [abs((one.t or 0.0) - self.line.t) if one is not None else 2.0 for one in self.grid.items]
        if steps:
            self.grid.select(steps.index(min(steps)) if self.way else self.pad.place, quietly=True)
        if self.isVisible():
            self.hearing.look(item)

    def tell(self) -> None:
        """Say to all what is looked at, and what lies beside it."""
        self.context.player.set_items([item for item in self.grid.items if item is not None])
        self.context.bus.selected.emit(self.item)

    def take_focus(self) -> bool:
        """Have the keys go to what is played with: the line, the square, or the cards. Whether they are there; else the page has
        the keys."""
        there = self.isVisible() and self.grid.isVisible()
        widget: QWidget = self.line if self.way else self.pad if self.square else self.grid
        (widget if there else self.parentWidget() or self).setFocus(Qt.FocusReason.OtherFocusReason)
        return there

    def saved(self) -> dict[str, object]:
        """Where on the line, and at which card, a person is."""
        return {"t": self.line.t, "card": self.grid.current}

    def restore(self, state: Mapping[str, object]) -> None:
        """Inverse of :meth:`saved`, for the results that are shown next; what does not fit is left out."""
        t, card = state.get("t"), state.get("card")
        self.line.put(float(t) if isinstance(t, (int, float)) and 0.0 <= t <= 1.0 else 0.5)
        self._card = card if isinstance(card, int) and card >= 0 else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the line and the square too, F keeps what is looked at and E edits it."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_E, Qt.Key.Key_F) and not event.modifiers():
            self.view.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def stop(self) -> None:
        """Let go of what is being decoded."""
        self.hearing.stop()
        self.morphing.stop()

    def retranslate(self) -> None:
        self.grid.setAccessibleName(self.tr("Results"))
        named(self.pad, self.tr("Place between A, B, C and D"), self.tr("Drag, or use the arrow keys"))


class Strip(CardStrip):
    """Cards in a row that scrolls sideways, the current one in the middle. Those of a way hang on a line from A to B."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.on_line = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    @property
    def in_lines(self) -> bool:  # type: ignore[override]
        return self._text

    def shape(self) -> tuple[int, QSize]:
        if self.in_lines:
            texts, wide = [item.piece.text for item in self.shown.items if item is not None], self.viewport().width()
            return 1, QSize(max(72, wide), line_height(texts, self.font(), wide))
        tall = min(_TALL[1], max(_TALL[0], self.height() - self._bar - 2))
        return max(1, self.count), QSize(round(_PROPORTION * tall), tall)

    @property
    def _bar(self) -> int:
        return self.horizontalScrollBar().sizeHint().height()

    def select(self, number: int, *, focus: bool = False, quietly: bool = False) -> None:
        super().select(number, focus=focus, quietly=quietly)
        self._centre()

    def _centre(self) -> None:
        if not self.in_lines:
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def updateGeometries(self) -> None:
        before = self.whole
        super().updateGeometries()
        self.setMinimumHeight(self.whole.height() + 2 * self.frameWidth() if self.in_lines else self.minimumSizeHint().height())
        if self.whole != before:
            self._centre()

    def paint_under(self, painter: QPainter) -> None:
        """The line that the cards hang on, seen between them."""
        if not self.on_line or self.in_lines or not self.count:
            return
        colours, first, last = self.context.theme.colours, self.place(0).center(), self.place(self.count - 1).center()
        colour = QLinearGradient(self.place(0).left(), 0, self.place(self.count - 1).right(), 0)
        for index in range(5):
            colour.setColorAt(index / 4, mixed(colours.a, colours.b, index / 4))
        painter.setPen(QPen(colour, 4))
        painter.drawLine(QLineF(first, last))

    def sizeHint(self) -> QSize:
        return QSize(600, 128)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _TALL[0] + self._bar + 2)
