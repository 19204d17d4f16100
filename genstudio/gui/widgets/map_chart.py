"""The map with its buttons, what was found on it at the right, and below it what belongs to its tools: a path that becomes a piece,
and pieces that were gathered."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from genstudio.domains import plays
from genstudio.gui.charts import Walk
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, beside, having, named, new_label, stacked
from genstudio.gui.places import MOST, Places
from genstudio.gui.regions import Region
from genstudio.gui.theme import SPACE
from genstudio.gui.views.latent_map import GATHER, PATH, MapView
from genstudio.gui.widgets.export_dialog import export
from genstudio.gui.widgets.flow import Flow
from genstudio.gui.widgets.numbers import WholeField
from genstudio.gui.widgets.pieces import PieceView
from genstudio.gui.widgets.rows import ItemModel

__all__ = ["GatherBar", "MapChart", "PathBar"]

_LIST = 38 * SPACE  # what was found: as wide as a title needs


class MapChart(Worded, QWidget):
    """What is seen where there is a map."""

    def __init__(self, context: Context, places: Places, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MapView(context.theme, self)
        self.buttons = {name: QToolButton(self.view) for name in ("zoom-in", "zoom-out", "fit")}
        for name, button in self.buttons.items():
            button.setIcon(icon(name))
        self.controls = having(QFrame(self.view), "panel")
        stacked(*self.buttons.values(), into=self.controls, margins=2, gap=0)
        self.path_bar, self.gather_bar = PathBar(self), GatherBar(context, self.view, places, self)
        self.path_bar.hide()
        self.gather_bar.hide()
        self.found = ItemModel(context, self)
        self.list = PieceView(context, self)
        self.list.setModel(self.found)
        self.head, self.hint = new_label(self, "heading"), new_label(self, "muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.side = QWidget(self)
        stacked(self.head, (self.hint, 1), (self.list, 1), into=self.side, gap=SPACE)
        beside((stacked((self.view, 1), self.path_bar, self.gather_bar, gap=SPACE), 1), self.side, into=self, gap=2 * SPACE)
        self.buttons["zoom-in"].clicked.connect(lambda: self.view.zoom(1.5))
        self.buttons["zoom-out"].clicked.connect(lambda: self.view.zoom(1 / 1.5))
        self.buttons["fit"].clicked.connect(self.view.fit)
        self.found.rowsInserted.connect(self._show_list)
        self.found.modelReset.connect(self._show_list)
        self.view.tool_changed.connect(self._show_bar)
        self.view.installEventFilter(self)
        self._show_list()
        self.retranslate()

    def _show_bar(self, tool: str) -> None:
        self.path_bar.setVisible(tool == PATH)
        self.gather_bar.setVisible(tool == GATHER)

    def _show_list(self) -> None:
        some = bool(self.found.items)
        self.list.setVisible(some)
        self.hint.setVisible(not some)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The same width whether there is a list or a hint: the map shall not move when the first piece is found.
        self.side.setFixedWidth(min(_LIST, max(26 * SPACE, self.width() * 3 // 10)))
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() in (event.Type.Resize, event.Type.Show):
            size = self.controls.sizeHint()
            self.controls.resize(size)
            self.controls.move(self.view.width() - size.width() - 2 * SPACE, self.view.height() - size.height() - 2 * SPACE)
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        named(self.buttons["zoom-in"], self.tr("Zoom in (+)"))
        named(self.buttons["zoom-out"], self.tr("Zoom out (-)"))
        named(self.buttons["fit"], self.tr("Show all (0)"))
        self.head.setText(self.tr("Found on the map"))
        self.list.setAccessibleName(self.tr("Pieces found on the map"))
        self.view.setAccessibleName(self.tr("Map of the pieces"))


class PathBar(Worded, QFrame):
    """How many places a path has, and what became of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.walk: Walk | None = None
        self._count = 0
        self.said, self.steps_label, self.steps = new_label(self, "muted", wrap=True), QLabel(self), WholeField(self)
        self.steps.setRange(2, 16)
        self.steps.setValue(8)
        self.steps_label.setBuddy(self.steps)
        self.clear, self.go = having(QPushButton(self), "quiet"), having(QPushButton(self), "primary")
        row = beside(self.steps_label, self.steps, None, self.clear, self.go, gap=SPACE)
        stacked(self.said, row, into=self, margins=(2 * SPACE, SPACE, SPACE, SPACE), gap=SPACE)
        self.retranslate()

    def show_path(self, count: int, walk: Walk | None = None) -> None:
        """Speak of a path of so many places; ``walk``: what it became."""
        self._count, self.walk = count, walk
        self.clear.setEnabled(count > 0)
        self.clear.setToolTip("" if count else self.tr("Nothing is drawn yet."))
        self.go.setEnabled(count > 1)
        self.go.setToolTip("" if count > 1 else self.tr("Draw a line, or click two places at least."))
        self.said.setText(self._words())

    def _words(self) -> str:
        walk = self.walk
        if not self._count:
            return self.tr("Drag across the map, or click place after place.")
        if walk is None or not walk.metre:
            return self.tr("It goes from the first end of the line to the last.")
        words = [self.tr("All of it is in {metre}, the metre of its start.").format(metre=walk.metre)]
        if walk.near:
            several = self.tr("{count} places of other metres gave way to the nearest pieces in this one.").format(count=walk.near)
            one = self.tr("One place of another metre gave way to the nearest piece in this one.")
            words.append(several if walk.near > 1 else one)
        if walk.left:
            several = self.tr("{count} places of other metres had none near and were left out.").format(count=walk.left)
            words.append(several if walk.left > 1 else self.tr("One place of another metre had none near and was left out."))
        return " ".join(words)

    def retranslate(self) -> None:
        self.steps_label.setText(self.tr("Places"))
        self.steps.setAccessibleName(self.tr("How many places of the path are decoded"))
        self.clear.setText(self.tr("Clear"))
        self.go.setText(self.tr("Make a piece of it"))
        self.show_path(self._count, self.walk)


class GatherBar(Worded, QFrame):
    """What can be done with the pieces that were chosen on the map."""

    def __init__(self, context: Context, view: MapView, places: Places, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.context, self._view, self._places = context, view, places
        self._regions: list[Region] = []
        self.said, self.name = new_label(self, "muted", wrap=True), QLineEdit(self)
        self.name.setMinimumWidth(22 * SPACE)
        self.buttons = {name: QPushButton(self) for name in ("collect", "play", "learn", "export", "clear")}
        self.buttons["collect"].setProperty("kind", "primary")
        self.buttons["clear"].setProperty("kind", "quiet")
        flow = Flow()
        flow.gap = SPACE
        flow.addWidget(self.name)
        for name, button in self.buttons.items():
            flow.addWidget(button)
            if name != "clear":
                button.clicked.connect(lambda _=False, name=name: self._take(name))
        stacked(self.said, flow, into=self, margins=(2 * SPACE, SPACE, SPACE, SPACE), gap=SPACE)
        self.buttons["clear"].clicked.connect(lambda: view.gather(view.chosen[:0]))
        self.name.returnPressed.connect(self.buttons["collect"].click)
        self.name.textChanged.connect(lambda: self.show_count())
        view.gathered.connect(self._gathered)
        self.retranslate()

    def use(self, model: Any, regions: list[Region]) -> None:
        """Take the map of another model, and the regions that it has."""
        self._regions = regions
        self.buttons["play"].setVisible(plays(model.domain.name))
        self._gathered()

    def _gathered(self) -> None:
        """Other pieces are chosen: what most of them have in common is offered as a name."""
        chosen = self._view.chosen
        shares = [int(np.isin(region.rows, chosen).sum()) for region in self._regions]
        if not self.name.isModified():
            most = shares.index(max(shares)) if len(chosen) and any(shares) else None
            self.name.setText("" if most is None else self._view.regions[most][0])
        self.show_count()

    def show_count(self, *, busy: bool = False) -> None:
        """Say how many pieces are chosen; ``busy``: they are being made."""
        count, name = len(self._view.chosen), self.name.text().strip()
        for what, button in self.buttons.items():
            button.setEnabled(count > 0 and (what == "clear" or not busy) and bool(name or what != "collect"))
            button.setToolTip("" if count else self.tr("Nothing is chosen yet."))
        if count and not name:
            self.buttons["collect"].setToolTip(self.tr("Give the collection a name."))
        if busy:
            self.said.setText(self.tr("The pieces are being made …"))
        elif not count:
            self.said.setText(self.tr("Drag around pieces to choose them, or click one after another. With Shift they are added."))
        elif count > MOST:
            said = self.tr("{count} pieces are chosen; {most} of them, spread evenly, are taken.")
            self.said.setText(said.format(count=f"{count:,}", most=MOST))
        else:
            several = self.tr("{count} pieces are chosen.").format(count=count)
            self.said.setText(several if count > 1 else self.tr("One piece is chosen."))

    def _take(self, what: str) -> None:
        """Do something with the pieces that were chosen, once they are made."""
        self.show_count(busy=True)
        self._places.rows(self._view.chosen.tolist(), partial(self._taken, what, self.name.text().strip()))

    def _taken(self, what: str, name: str, items: list[Item]) -> None:
        self.show_count()
        bus = self.context.bus
        if what == "collect":
            self.context.shelf.collect(items, name)
            self.name.setModified(False)
            several = self.tr("{count} pieces are in the library under “{name}”.").format(count=len(items), name=name)
            bus.show_collection.emit(" ".join(name.split()))
            bus.say.emit(several if len(items) > 1 else self.tr("The piece is in the library under “{name}”.").format(name=name))
        elif what == "play":
            self.context.player.set_items(items)
            self.context.player.play(items[0])
            self.context.player.follow(*items[1:], around=True)
        elif what == "learn":
            bus.learn_from.emit(items)
        else:
            export(self.context, items, window=self.window())

    def retranslate(self) -> None:
        self.name.setAccessibleName(self.tr("Name of the collection"))
        self.name.setPlaceholderText(self.tr("Name of the collection"))
        self.buttons["collect"].setText(self.tr("Make a collection"))
        self.buttons["play"].setText(self.tr("Play one after another"))
        self.buttons["learn"].setText(self.tr("Learn from these"))
        self.buttons["export"].setText(self.tr("Export…"))
        self.buttons["clear"].setText(self.tr("Clear"))
        self.show_count()
