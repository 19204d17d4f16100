"""The stage: the piece that is looked at, large, and below it the steps or candidates among which it is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import beside, stacked
from genstudio.gui.pages.create.hearing import Hearing
from genstudio.gui.pages.create.morphing import Morphing
from genstudio.gui.pages.create.pad import Pad
from genstudio.gui.pages.create.state import Results
from genstudio.gui.pages.create.strip import Strip
from genstudio.gui.pages.create.work import Place, Request, count_of
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.morph import MorphSlider
from genstudio.gui.widgets.viewer import Viewer

__all__ = ["Stage"]

_LOW = 180  # pixels of the large view, at the least
_LOW_TEXT = 156
_LOW_PARTS = 250


class Stage(QWidget):
    """What the line, the square or the cards lead to is seen at once, and heard from the next beat on where something plays."""

    failed = Signal(str, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.tool = "interpolate"
        self._card: int | None = None  # to be looked at in the results that are shown next
        self.line = MorphSlider(context)
        self.pad = Pad(context, self)
        self.view = Viewer(context, self, marking=True)
        self.view.setProperty("kind", "panel")
        self.view.shut.hide()
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # all that is left
        self.grid = Strip(context, self)
        self.grid.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.hearing = Hearing(context, self)
        self.morphing = Morphing(context, self)
        row = beside(self.pad, (self.view, 1), gap=SPACE)
        column = stacked((row, 5), (self.grid, 2), into=self, gap=SPACE)
        self._column = column
        self.line.moved.connect(self.morphing.move)
        self.pad.moved.connect(self.morphing.move)
        self.grid.current_changed.connect(self._looked_at)
        for hand in (self.line, self.pad):
            hand.installEventFilter(self)
        self.morphing.shown.connect(self._show_place)
        self.morphing.failed.connect(self.failed)

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
        current = round(self.line.t * (int(request.values["steps"]) - 1)) if self.way else 0
        self.grid.on_line = self.way
        self.grid.set_items([None] * count_of(request), captions, text=text, current=current)
        self.setVisible(True)
        self.grid.show()
        self._make_room(text)
        self.pad.setVisible(self.tool == "blend")
        if self.tool == "blend":
            self.pad.set_side(int(request.values["grid"]))

    def show_results(self, tool: str, results: Results, captions: list[str]) -> None:
        """Show what was made."""
        self.tool = tool
        again = bool(results.request.values.get("again"))
        current = min(self.grid.current if self._card is None else self._card, len(results.items) - 1)
        self._card = None
        if self.way and not again:
            current = round(self.line.t * (int(results.request.values["steps"]) - 1))
        compare: Any = {"interpolate": True}.get(tool)
        if tool in ("vary", "shape") and results.request.pieces:
            compare = results.request.pieces[0]
        self.view.set_among(results.items)
        square = tool == "blend" and not again
        self.grid.on_line = self.way
        self.grid.set_items(results.items, captions, compare=compare, current=current)
        self.setVisible(True)
        self.grid.show()
        self.pad.setVisible(square)
        if square:
            self.pad.set_side(int(results.request.values["grid"]))
            self.pad.put(self.grid.current)
        self._make_room(results.items[0].is_text)
        if not self.way:
            self.view.show_item(self.grid.current_item)

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

    # -- strings and colours

    def retranslate(self) -> None:
        """Set every string."""
        self.grid.setAccessibleName(self.tr("Results"))
        self.pad.setAccessibleName(self.tr("Place between A, B, C and D"))
        self.pad.setToolTip(self.tr("Drag, or use the arrow keys"))
