"""The map of a model: the pieces of a corpus as points to point at, to hear, to walk between, to draw through and to gather."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from genstudio.domains import plays
from genstudio.gui.charts import Opened, Walk, open_for
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import new_label, stacked
from genstudio.gui.pages.base import Page
from genstudio.gui.places import Finder, Places
from genstudio.gui.regions import Region, named
from genstudio.gui.theme import SPACE
from genstudio.gui.views.latent_map import EXPLORE, GATHER, PATH, along
from genstudio.gui.widgets.form import engine_word
from genstudio.gui.widgets.map_chart import MapChart
from genstudio.gui.widgets.map_head import MapHead
from genstudio.gui.widgets.map_maker import MapMaker

__all__ = ["MapPage"]

_DWELL = 120  # milliseconds that one points at a piece before it is decoded


class MapPage(Page):
    """The map in the middle, what was found on it at the right; where there is none, how to make one."""

    name = "map"
    icon = "map"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._model: Any = None
        self._here = False
        self._stale = True
        self._reading = False  # the map of the model
        self._path_item: Item | None = None
        self._held: int | None = None
        self._reasons: list[str] = []
        self._dwell = QTimer(self, singleShot=True, interval=_DWELL)
        self._dwell.timeout.connect(self._look_at)
        self.places = Places(context.engine, self)
        self._regions: list[Region] = []
        self.head = MapHead(self)
        self.body = MapChart(context, self.places, self)
        self.view, self.found, self.list = self.body.view, self.body.found, self.body.list
        self.path_bar, self.gather_bar = self.body.path_bar, self.body.gather_bar
        self.finder = Finder(context, self.places, self.view)
        self.maker = MapMaker(context, self)
        self.error = new_label(self, "error", wrap=True)
        self.error.hide()
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.body)
        self.stack.addWidget(self.maker)
        stacked(
            self.head, self.error, (self.stack, 1), into=self, margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE), gap=2 * SPACE,
        )  # fmt: skip
        self._wire()
        self.setFocusProxy(self.view)

    def _wire(self) -> None:
        view, player = self.view, self.context.player
        view.pointed.connect(self._pointed)
        view.decode.connect(self._decode)
        view.held.connect(self._hold)
        view.released.connect(self._release)
        view.play.connect(lambda row: self.places.row(row, self.context.bus.play.emit))
        view.drawn.connect(self._drawn)
        view.tool_changed.connect(self._tool_changed)
        self.head.tool.connect(view.set_tool)
        self.head.coloured.connect(self._colour)
        self.places.learned.connect(self._learned)
        self.places.failed.connect(self._failed)
        self.path_bar.clear.clicked.connect(self._clear_path)
        self.path_bar.go.clicked.connect(lambda: self._drawn(view.path))
        self.maker.made.connect(self._made)
        self.maker.trouble.connect(self._failed)
        self.finder.failed.connect(self._failed)
        self.context.models.changed.connect(self._model_changed)
        self.context.models.loading.connect(self._tell_none)
        player.moved.connect(self._moved)
        player.ended.connect(lambda: view.show_progress(None))

    @property
    def chart(self) -> Any:
        """The map that is open, or None."""
        return self.places.chart

    def title(self) -> str:
        return self.tr("Map")

    def retranslate(self) -> None:
        self.maker.retranslate()
        self.head.retranslate()
        self._colour()
        self._tell_none()

    # -- the model and its map

    def entered(self) -> None:
        self._here = True
        if self._stale:
            self._open()

    def left(self) -> None:
        self._here = False

    def _model_changed(self, model: Any) -> None:
        self._stale = True
        self.places.use(Opened(None, None, None, []))
        self._tell_none()
        if self._here:
            self._open()

    def _open(self) -> None:
        model = self.context.models.current
        if model is None:
            self._tell_none()
            return
        self._stale, self._reading = False, True
        chosen = str(self.context.settings["maps"].get(model.name, ""))
        self.context.engine.run(
            partial(open_for, model, chosen), channel="map.open", name="open the map", done=self._opened, failed=self._not_opened
        )
        self._tell_none()

    def _opened(self, opened: Opened) -> None:
        if opened.model is not self.context.models.current:
            return
        self._reading = False
        self._model, self._reasons, self._regions = opened.model, opened.reasons, opened.regions
        self.places.use(opened)
        self.error.hide()
        if opened.chart is not None:
            self.view.set_points(opened.chart.coordinates)
        self._tell_none()
        self._colour()
        self.gather_bar.use(opened.model, opened.regions)
        self.finder.use()

    def _tell_none(self) -> None:
        """What there is instead of a map."""
        self.head.use(self.chart)
        self.stack.setCurrentIndex(0 if self.chart is not None else 1)
        if self.chart is None:
            self.maker.tell(None if self._reading or self._stale else self.context.models.current, self._reasons)

    def _made(self, model: str, folder: str) -> None:
        self.context.settings["maps"] = {**self.context.settings["maps"], model: folder}
        self._stale = True
        if self._here:
            self._open()

    def take(self, paths: list[str]) -> None:
        """A folder of a map that was dropped or opened."""
        model = self.context.models.current
        if paths and model is not None:
            self.context.settings["maps"] = {**self.context.settings["maps"], model.name: paths[0]}
            self._open()

    # -- colours, names and words

    def _colour(self) -> None:
        self.view.colour_by(*self.head.colours)
        labels = [(str(one["name"]), engine_word(str(one["label"]))) for one in self.head.attributes]
        if self.chart is not None:
            self.view.show_regions([(named(region, labels), (region.x, region.y)) for region in self._regions])
        self.body.hint.setText(
            self.tr(
                "Every point is a piece that the model knows; near ones sound alike.\n\n"
                "Point at one to see it, hold it to hear it. Click anywhere, also where nothing is, and what lies there is made "
                "and played. Draw a path, and the places along it become one piece. "
                "Drag around pieces to make a collection of them."
            )
            if self._model is None or plays(self._model.domain.name)
            else self.tr(
                "Every point is a piece that the model knows; near ones are alike.\n\n"
                "Point at one to read it. Click anywhere, also where nothing is, and what lies there is written. Draw a path, and "
                "the places along it become one piece. Drag around pieces to make a collection of them."
            )
        )
        self.view.setAccessibleDescription(
            self.tr("{about}, coloured by {attribute}. Arrow keys move, plus and minus zoom, Enter makes what lies in the middle, "
                    "Space plays the point in the middle, P draws a path, G chooses pieces."
                    ).format(about=self.head.count.text(), attribute=self.head.by.currentText())
        )  # fmt: skip

    def _not_opened(self, sentence: str, details: str) -> None:
        self._reading = False
        self._tell_none()
        self._failed(sentence, details)

    def _failed(self, sentence: str, details: str) -> None:
        self.gather_bar.show_count()
        self.error.setText(sentence[:1].upper() + sentence[1:])
        self.error.show()

    # -- pieces and places

    def _pointed(self, row: int) -> None:
        self._dwell.stop()
        if row < 0 or self.chart is None:
            return
        known = self.places.known.get(row)
        self.view.show_popup(row, self.places.title(row), self.head.word(row), _shown(known) if known is not None else None)
        if known is None and self.chart.codes is not None:
            self._dwell.start()

    def _look_at(self) -> None:
        if self.view.row >= 0:
            self.places.row(self.view.row, lambda item: None, "map.point")

    def _learned(self, row: int, item: Item) -> None:
        if row == self.view.row:
            self.view.show_popup(row, self.places.title(row), self.head.word(row), _shown(item))

    def _hold(self, row: int) -> None:
        self._held = row
        self.places.row(row, partial(self._play_held, row))

    def _play_held(self, row: int, item: Item) -> None:
        if self._held == row and self.context.player.item is not item:
            self.context.bus.play.emit(item)
        elif self._held == row:
            self.context.player.play(item)

    def _release(self) -> None:
        self._held = None
        self.context.player.stop()

    def _decode(self, x: float, y: float, row: int) -> None:
        """A place was clicked: what lies there is made, looked at and played."""
        self.error.hide()
        if self.chart is None:
            return
        if row >= 0:
            self.view.show_here((float(self.chart.coordinates[row, 0]), float(self.chart.coordinates[row, 1])))
            self.places.row(row, self._arrived)
        else:
            self.view.show_here((x, y))
            self.places.at(x, y, self._arrived)

    def _arrived(self, item: Item) -> None:
        if item not in self.found.items:
            self.found.add(item, self.tr("decoded here"))
            self.context.shelf.add([item])
        self._show(item)

    def _show(self, item: Item) -> None:
        self.list.setCurrentIndex(self.found.index(self.found.items.index(item)))
        if item.music:
            self.context.bus.play.emit(item)

    # -- paths

    def _tool_changed(self, tool: str) -> None:
        self.head.buttons[tool].setChecked(True)
        self.path_bar.show_path(len(self.view.path), self.path_bar.walk)

    def _clear_path(self) -> None:
        self.view.show_path([])
        self._path_item = None
        self.path_bar.show_path(0)

    def _drawn(self, path: list[tuple[float, float]]) -> None:
        """A path was drawn: the places along it become a piece, or several where pieces cannot be joined."""
        if self.chart is None or len(path) < 2:
            return
        self.error.hide()
        stops = along(path, self.path_bar.steps.value())
        self.view.show_path(path, stops)
        self.path_bar.show_path(len(path))
        self.places.path(stops, partial(self._path_made, path))

    def _path_made(self, path: list[tuple[float, float]], items: list[Item], walk: Walk) -> None:
        for item in reversed(items):
            self.found.add(item, self.tr("drawn on the map"))
        self.context.shelf.add(list(reversed(items)))
        self._path_item = items[0] if len(items) == 1 else None
        if self.view.path == path:
            self.view.show_path(path, walk.places)
            self.path_bar.show_path(len(path), walk)
        self._show(items[0])

    def _moved(self, seconds: float) -> None:
        player = self.context.player
        if self._path_item is not None and player.item is self._path_item and player.duration > 0:
            self.view.show_progress(seconds / player.duration)

    # -- the rest of a page

    def commands(self) -> list[QAction]:
        view = self.view
        found = []
        for text, keys, function in (
            (self.tr("Zoom in"), QKeySequence(QKeySequence.StandardKey.ZoomIn), lambda: view.zoom(1.5)),
            (self.tr("Zoom out"), QKeySequence(QKeySequence.StandardKey.ZoomOut), lambda: view.zoom(1 / 1.5)),
            (self.tr("Show all of the map"), QKeySequence("Ctrl+0"), view.fit),
            (self.tr("Draw a path on the map"), QKeySequence("Ctrl+D"),
             lambda: view.set_tool(EXPLORE if view.tool == PATH else PATH)),
            (self.tr("Choose pieces on the map"), QKeySequence("Ctrl+G"),
             lambda: view.set_tool(EXPLORE if view.tool == GATHER else GATHER)),
        ):  # fmt: skip
            action = QAction(text, self)
            action.setShortcut(keys)
            action.triggered.connect(function)
            found.append(action)
        return found

    def save(self) -> dict[str, object]:
        return {"by": self.head.chosen, "steps": self.path_bar.steps.value()}

    def restore(self, state: dict[str, object]) -> None:
        steps, by = state.get("steps"), state.get("by")
        self.head.chosen = by if isinstance(by, str) else None
        if isinstance(steps, int):
            self.path_bar.steps.setValue(steps)


def _shown(item: Item) -> Any:
    return f"→ {item.piece.text}" if item.is_text else item.piece
