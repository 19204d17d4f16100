"""The map of a model: the pieces of a corpus as points to point at, to hear, to walk between and to draw through."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genstudio.domains import get_domain, plays
from genstudio.gui.charts import Opened, open_for, place_of, way_of
from genstudio.gui.context import Context
from genstudio.gui.engine import Task
from genstudio.gui.icons import icon
from genstudio.gui.items import Item, items_of
from genstudio.gui.pages.base import Page
from genstudio.gui.theme import SPACE
from genstudio.gui.views.latent_map import Legend, MapView, along
from genstudio.gui.widgets.form import engine_word
from genstudio.gui.widgets.map_maker import MapMaker
from genstudio.gui.widgets.numbers import WholeField
from genstudio.gui.widgets.pieces import ItemModel, PieceList
from genstudio.gui.widgets.short import ShortLabel

if TYPE_CHECKING:
    from genstudio.models.latent_map import LatentMap

__all__ = ["MapPage"]

_DWELL = 120  # milliseconds that one points at a piece before it is decoded
_KNOWN = 400  # decoded pieces that are kept
_PATHS = ("interpolate", "path")
Place = int | tuple[float, float]


class MapPage(Page):
    """The map in the middle, what was found on it at the right; where there is none, how to make one."""

    name = "map"
    icon = "map"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.chart: LatentMap | None = None
        self._model: Any = None
        self._known: OrderedDict[int, Item] = OrderedDict()  # by row
        self._here = False
        self._stale = True
        self._wanted: Item | None = None  # to be shown once the map is there
        self._path_item: Item | None = None
        self._held: int | None = None
        self._by: str | None = None  # name of the attribute that was chosen, "" for none; None: the first
        self._reasons: list[str] = []
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(_DWELL)
        self._dwell.timeout.connect(self._look_at)
        self._build()
        self._wire()
        self.setFocusProxy(self.view)

    # -- widgets

    def _build(self) -> None:
        self.heading, self.count = QLabel(self), ShortLabel(self)
        self.heading.setProperty("kind", "title")
        self.count.setProperty("kind", "muted")
        self.by_label, self.by = QLabel(self), QComboBox(self)
        self.by_label.setBuddy(self.by)
        self.by.setMinimumWidth(22 * SPACE)
        self.explore, self.draw = QPushButton(self), QPushButton(self)
        for button in (self.explore, self.draw):
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setAutoExclusive(True)
        self.explore.setChecked(True)
        self.tools = QWidget(self)
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.explore)
        row.addWidget(self.draw)
        row.addSpacing(SPACE)
        row.addWidget(self.by_label)
        row.addWidget(self.by)
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self.heading)
        head.addWidget(self.count, 1)
        head.addWidget(self.tools)

        self.view = MapView(self.context.theme, self)
        self.buttons = {name: QToolButton(self.view) for name in ("zoom-in", "zoom-out", "fit")}
        self.controls = QFrame(self.view)
        self.controls.setProperty("kind", "panel")
        column = QVBoxLayout(self.controls)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        for tool in self.buttons.values():
            column.addWidget(tool)

        self.path_bar = QFrame(self)
        self.path_bar.setProperty("kind", "panel")
        self.path_said, self.steps_label, self.steps = QLabel(self), QLabel(self), WholeField(self)
        self.path_said.setWordWrap(True)
        self.path_said.setProperty("kind", "muted")
        self.steps.setRange(2, 16)
        self.steps.setValue(8)
        self.steps_label.setBuddy(self.steps)
        self.clear, self.make_path = QPushButton(self), QPushButton(self)
        self.clear.setProperty("kind", "quiet")
        self.make_path.setProperty("kind", "primary")
        line = QHBoxLayout(self.path_bar)
        line.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        line.setSpacing(SPACE)
        line.addWidget(self.path_said, 1)
        line.addWidget(self.steps_label)
        line.addWidget(self.steps)
        line.addWidget(self.clear)
        line.addWidget(self.make_path)
        self.path_bar.hide()
        self.error = QLabel(self)
        self.error.setProperty("kind", "error")
        self.error.setWordWrap(True)
        self.error.hide()

        self.found = ItemModel(self.context, self)
        self.list = PieceList(self.context, self)
        self.list.setModel(self.found)
        self.list.setMinimumWidth(30 * SPACE)
        self.list_head, self.list_hint = QLabel(self), QLabel(self)
        self.list_head.setProperty("kind", "heading")
        self.list_hint.setProperty("kind", "muted")
        self.list_hint.setWordWrap(True)
        self.list_hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(SPACE)
        side.addWidget(self.list_head)
        side.addWidget(self.list_hint, 1)
        side.addWidget(self.list, 1)
        left = QVBoxLayout()
        left.setSpacing(SPACE)
        left.addWidget(self.view, 1)
        left.addWidget(self.path_bar)
        chart = QWidget(self)
        both = QHBoxLayout(chart)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(2 * SPACE)
        both.addLayout(left, 3)
        both.addLayout(side, 1)

        self.stack = QStackedWidget(self)
        self.stack.addWidget(chart)
        self.maker = MapMaker(self.context, self)
        self.stack.addWidget(self.maker)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(head)
        whole.addWidget(self.error)
        whole.addWidget(self.stack, 1)
        self._show_list()

    def _wire(self) -> None:
        view, bus = self.view, self.context.bus
        view.pointed.connect(self._pointed)
        view.decode.connect(self._decode)
        view.held.connect(self._hold)
        view.released.connect(self._release)
        view.play.connect(self._play_row)
        view.drawn.connect(self._drawn)
        view.tool_changed.connect(self._tool_changed)
        view.installEventFilter(self)
        self.draw.toggled.connect(view.set_drawing)
        self.by.currentIndexChanged.connect(self._choose_colour)
        self.buttons["zoom-in"].clicked.connect(lambda: view.zoom(1.5))
        self.buttons["zoom-out"].clicked.connect(lambda: view.zoom(1 / 1.5))
        self.buttons["fit"].clicked.connect(view.fit)
        self.clear.clicked.connect(self._clear_path)
        self.make_path.clicked.connect(lambda: self._drawn(view.path))
        self.maker.made.connect(self._made)
        self.maker.trouble.connect(self._failed)
        self.list.chosen.connect(self._show_list)
        self.found.rowsInserted.connect(self._show_list)
        self.found.modelReset.connect(self._show_list)
        bus.show_on_map.connect(self.show_item)
        bus.selected.connect(self._selected)
        bus.ends_changed.connect(self._ends)
        self.context.models.changed.connect(self._model_changed)
        self.context.models.loading.connect(self._tell_none)
        player = self.context.player
        player.moved.connect(self._moved)
        player.ended.connect(lambda: view.show_progress(None))

    def title(self) -> str:
        return self.tr("Map")

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Map"))
        self.explore.setText(self.tr("Explore"))
        self.explore.setToolTip(self.tr("Click a place to hear it; drag to move, scroll to zoom"))
        self.draw.setText(self.tr("Draw a path"))
        self.draw.setToolTip(self.tr("Drag across the map: what lies along the line becomes a piece (P)"))
        self.by_label.setText(self.tr("Colour by"))
        self.by.setAccessibleName(self.tr("Colour by"))
        for name, text in (
            ("zoom-in", self.tr("Zoom in (+)")), ("zoom-out", self.tr("Zoom out (-)")), ("fit", self.tr("Show all (0)")),
        ):  # fmt: skip
            self.buttons[name].setToolTip(text)
            self.buttons[name].setAccessibleName(text)
        self.steps_label.setText(self.tr("Places"))
        self.steps.setAccessibleName(self.tr("How many places of the path are decoded"))
        self.clear.setText(self.tr("Clear"))
        self.make_path.setText(self.tr("Make a piece of it"))
        self.list_head.setText(self.tr("Found on the map"))
        self.list.setAccessibleName(self.tr("Pieces found on the map"))
        self.view.setAccessibleName(self.tr("Map of the pieces"))
        self.maker.retranslate()
        self._fill_attributes()
        self._colour()
        self._describe()
        self._tell_none()
        self._show_path_bar()

    def retheme(self) -> None:
        colours = self.context.theme.colours
        for name, button in self.buttons.items():
            button.setIcon(icon(name, colours))

    # -- the model and its map

    def entered(self) -> None:
        self._here = True
        if self._stale:
            self._open()

    def left(self) -> None:
        self._here = False

    def _model_changed(self, model: Any) -> None:
        self._stale = True
        self.chart = None
        self._tell_none()
        if self._here:
            self._open()

    def _open(self) -> None:
        model = self.context.models.current
        if model is None:
            self._tell_none()
            return
        self._stale = False
        chosen = str(self.context.settings["maps"].get(model.name, ""))
        self.context.engine.run(
            partial(open_for, model, chosen), channel="map.open", name="open the map", done=self._opened, failed=self._failed
        )

    def _opened(self, opened: Opened) -> None:
        if opened.model is not self.context.models.current:
            return
        self._model, self.chart, self._reasons = opened.model, opened.chart, opened.reasons
        self._known.clear()
        self.error.hide()
        if self.chart is not None:
            self.view.set_points(self.chart.coordinates)
            self._fill_attributes()
            self._colour()
        self._describe()
        self._tell_none()
        ends = self.context.extra.get("ends", (None, None))
        if any(end is not None for end in ends):
            self._ends(*ends)
        if self._wanted is not None and self.chart is not None:
            wanted, self._wanted = self._wanted, None
            self.show_item(wanted)

    def _describe(self) -> None:
        self.list_hint.setText(
            self.tr(
                "Every point is a piece that the model knows; near ones sound alike.\n\n"
                "Point at one to see it, hold it to hear it. Click anywhere, also where nothing is, and what lies there is made "
                "and played. Draw a path, and the places along it become one piece."
            )
            if self._model is None or plays(self._model.domain.name)
            else self.tr(
                "Every point is a piece that the model knows; near ones are alike.\n\n"
                "Point at one to read it. Click anywhere, also where nothing is, and what lies there is written. Draw a path, and "
                "the places along it become one piece."
            )
        )
        count = len(self.chart.index) if self.chart is not None else 0
        about = ""
        if self.chart is not None:
            about = self.tr("{count} pieces of {corpus}").format(count=f"{count:,}", corpus=self.chart.about.get("corpus", ""))
        self.count.setText(about)
        self.count.setToolTip(self._explained())
        self.view.setAccessibleDescription(
            self.tr("{about}, coloured by {attribute}. Arrow keys move, plus and minus zoom, Enter makes what lies in the middle, "
                    "Space plays the point in the middle.").format(about=about, attribute=self.by.currentText())
        )  # fmt: skip

    def _explained(self) -> str:
        shares = self.chart.about.get("explained", []) if self.chart is not None else []
        if len(shares) != 2:
            return ""
        both = self.tr("Method {method}; the first two principal axes explain {first} and {second} of the variance.")
        method = self.chart.method if self.chart is not None else ""
        return both.format(method=method, first=f"{shares[0]:.1%}", second=f"{shares[1]:.1%}")

    def take(self, paths: list[str]) -> None:
        """A folder of a map that was dropped or opened."""
        model = self.context.models.current
        if paths and model is not None:
            self.context.settings["maps"] = {**self.context.settings["maps"], model.name: paths[0]}
            self._open()

    # -- colours

    @property
    def attributes(self) -> list[dict[str, Any]]:
        """What points can be coloured by."""
        return [dict(one) for one in self.chart.about["attributes"]] if self.chart is not None else []

    def _fill_attributes(self) -> None:
        names = [str(one["name"]) for one in self.attributes]
        self.by.blockSignals(True)
        self.by.clear()
        for number, one in enumerate(self.attributes):
            self.by.addItem(engine_word(str(one["label"])), number)
        self.by.addItem(self.tr("Nothing"), -1)
        if self._by == "":
            self.by.setCurrentIndex(len(names))
        else:
            self.by.setCurrentIndex(names.index(self._by) if self._by in names else 0)
        self.by.blockSignals(False)

    def _choose_colour(self) -> None:
        number = self.by.currentData()
        self._by = str(self.attributes[number]["name"]) if number is not None and number >= 0 else ""
        self._colour()

    def _colour(self) -> None:
        number = self.by.currentData()
        if self.chart is None or number is None:
            return
        if number < 0:
            self.view.colour_by(None)
        else:
            one = self.attributes[number]
            mean, deviation = float(one["mean"]), float(one["deviation"])
            unit = str(one.get("unit", ""))
            name = engine_word(str(one["label"]))
            label = f"{name} ({engine_word(unit)})" if unit else name
            values = self.chart.values[:, number]
            low, high = (_figure(mean + side * deviation, unit) for side in (-2, 2))
            if values.min() < -2:
                low = f"≤ {low}"
            if values.max() > 2:
                high = f"≥ {high}"
            self.view.colour_by(values, Legend(label, low, high))
        self._describe()

    def _word(self, row: int) -> str:
        """What the colour of a point says, in a figure."""
        number = self.by.currentData()
        if self.chart is None or number is None or number < 0:
            return ""
        one = self.attributes[number]
        value = float(one["mean"]) + float(one["deviation"]) * float(self.chart.values[row, number])
        return f"{engine_word(str(one['label']))} {_figure(value, str(one.get('unit', '')))}"

    # -- pieces and places

    def _run(self, places: list[Place], done: Callable[[list[Item]], None], channel: str, join: bool = False) -> Task | None:
        """Decode places of the map."""
        model, chart = self._model, self.chart
        if model is None or chart is None:
            return None

        def have(pieces: Any) -> None:
            if chart is self.chart:
                done(items_of(pieces, [self._name(chart, pieces, number) for number in range(len(pieces))]))

        return self.context.engine.run(
            partial(_decode, model, chart, places, join), lane="model", channel=channel, name="decode places of the map",
            done=have, failed=self._failed,
        )  # fmt: skip

    def _name(self, chart: LatentMap, pieces: Any, number: int) -> str:
        places = pieces.job.settings["places"]
        text = pieces.domain.text_of(pieces[number])
        if text:
            return str(text)[:80]
        if len(pieces) == 1 and len(places) > 1:
            return self.tr("A path of {count} places").format(count=len(places))
        place = places[number]
        if isinstance(place, int):
            return chart.index[place][0] or chart.index[place][1] or self.tr("Piece {number}").format(number=place + 1)
        near = pieces.job.sources[0] if pieces.job.sources else ""
        return self.tr("Near {title}").format(title=near) if near else self.tr("A place of the map")

    def _failed(self, sentence: str, details: str) -> None:
        self.error.setText(sentence[:1].upper() + sentence[1:])
        self.error.show()

    def _pointed(self, row: int) -> None:
        self._dwell.stop()
        if row < 0 or self.chart is None:
            return
        title = self.chart.index[row][0] or self.chart.index[row][1]
        known = self._known.get(row)
        self.view.show_popup(row, title, self._word(row), _shown(known) if known is not None else None)
        if known is None and self.chart.codes is not None:
            self._dwell.start()

    def _look_at(self) -> None:
        row = self.view.row
        if row >= 0:
            self._run([row], lambda items: self._learn(row, items[0]), "map.point")

    def _learn(self, row: int, item: Item) -> None:
        self._known[row] = item
        while len(self._known) > _KNOWN:
            self._known.popitem(last=False)
        if self.chart is not None and row == self.view.row:
            self.view.show_popup(row, self.chart.index[row][0] or self.chart.index[row][1], self._word(row), _shown(item))

    def _with_row(self, row: int, done: Callable[[Item], None]) -> None:
        """The piece of a point, decoded where it is not known yet."""
        known = self._known.get(row)
        if known is not None:
            done(known)
            return

        def have(items: list[Item]) -> None:
            self._learn(row, items[0])
            done(items[0])

        self._run([row], have, "map.row")

    def _hold(self, row: int) -> None:
        self._held = row
        self._with_row(row, partial(self._play_held, row))

    def _play_held(self, row: int, item: Item) -> None:
        if self._held == row and self.context.player.item is not item:
            self.context.bus.play.emit(item)
        elif self._held == row:
            self.context.player.play(item)

    def _release(self) -> None:
        self._held = None
        self.context.player.stop()

    def _play_row(self, row: int) -> None:
        self._with_row(row, self.context.bus.play.emit)

    def _decode(self, x: float, y: float, row: int) -> None:
        """A place was clicked: what lies there is made, looked at and played."""
        self.error.hide()
        if self.chart is None:
            return
        point = (float(self.chart.coordinates[row, 0]), float(self.chart.coordinates[row, 1])) if row >= 0 else (x, y)
        self.view.show_here(point)
        if row >= 0:
            self._with_row(row, self._arrived)
        else:
            self._run([(x, y)], lambda items: self._arrived(items[0]), "map.place")

    def _arrived(self, item: Item) -> None:
        if item not in self.found.items:
            self.found.put(item, self.tr("decoded here"))
            if item.job is not None:
                self._record(item)
        self._show(item)

    def _show(self, item: Item) -> None:
        place = self.found.items.index(item)
        self.list.setCurrentIndex(self.found.index(place))
        if item.music:
            self.context.bus.play.emit(item)

    def _record(self, item: Item) -> None:
        self.context.shelf.add([item])

    # -- paths

    def _tool_changed(self, on: bool) -> None:
        (self.draw if on else self.explore).setChecked(True)
        self._show_path_bar()

    def _show_path_bar(self) -> None:
        count = len(self.view.path)
        self.path_bar.setVisible(self.view.drawing)
        self.clear.setEnabled(count > 0)
        self.clear.setToolTip("" if count else self.tr("Nothing is drawn yet."))
        self.make_path.setEnabled(count > 1)
        self.make_path.setToolTip("" if count > 1 else self.tr("Draw a line, or click two places at least."))
        if not count:
            self.path_said.setText(self.tr("Drag across the map, or click place after place."))
        else:
            self.path_said.setText(self.tr("It plays from the first end of the line to the last."))

    def _clear_path(self) -> None:
        self.view.show_path([])
        self._path_item = None
        self._show_path_bar()

    def _drawn(self, path: list[tuple[float, float]]) -> None:
        """A path was drawn: the places along it become a piece, or several where pieces cannot be joined."""
        if self.chart is None or len(path) < 2:
            return
        self.error.hide()
        stops = along(path, self.steps.value())
        self.view.show_path(path, stops)
        self._show_path_bar()
        self._run(list(stops), self._path_made, "map.path", join=True)

    def _path_made(self, items: list[Item]) -> None:
        caption = self.tr("drawn on the map")
        for item in reversed(items):
            self.found.put(item, caption)
            self._record(item)
        self._path_item = items[0] if len(items) == 1 else None
        self._show(items[0])

    def _moved(self, seconds: float) -> None:
        player = self.context.player
        if self._path_item is not None and player.item is self._path_item and player.duration > 0:
            self.view.show_progress(seconds / player.duration)

    # -- what is looked at elsewhere

    def show_item(self, item: Item) -> None:
        """Bring a piece into view."""
        if self.chart is None or self._model is None:
            self._wanted = item
            return
        self._place(item, move=True)

    def _place(self, item: Item, *, move: bool) -> None:
        model, chart = self._model, self.chart
        if model is None or chart is None:
            return
        if item.domain != model.domain.name:
            if move:
                self._failed(self.tr("This piece is not of the kind that the model knows."), "")
            return

        def have(place: tuple[float, float]) -> None:
            if chart is self.chart:
                self.view.show_here(place, move=move)

        self.context.engine.run(
            partial(place_of, model, chart, item), lane="model", channel="map.here", name="find a piece on the map", done=have,
            failed=self._failed if move else None,
        )  # fmt: skip

    def _selected(self, item: Item | None) -> None:
        """What is looked at anywhere is marked here too, with the path that it is of."""
        chart = self.chart
        if item is None or chart is None or item.job is None or self._model is None or item.job.digest != self._model.digest:
            return
        self._place(item, move=False)
        if item.job.operation in _PATHS and item.job.count > 1:
            t = item.place / (item.job.count - 1)

            def have(way: list[tuple[float, float]]) -> None:
                if chart is self.chart:
                    self.view.show_way(way, t)

            self.context.engine.run(partial(way_of, chart, item), channel="map.way", name="the path on the map", done=have)

    def _ends(self, a: Item | None, b: Item | None) -> None:
        """A and B of the Create page."""
        model, chart = self._model, self.chart
        if model is None or chart is None:
            return

        def have(places: list[tuple[float, float] | None]) -> None:
            if chart is self.chart:
                self.view.a, self.view.b = places
                self.view.way = [] if None in places else self.view.way
                self.view.update()

        self.context.engine.run(
            partial(_ends_of, model, chart, (a, b)), lane="model", channel="map.ends", name="the ends on the map", done=have
        )

    # -- making a map

    def _tell_none(self) -> None:
        """What there is instead of a map."""
        there = self.chart is not None
        self.stack.setCurrentIndex(0 if there else 1)
        self.tools.setVisible(there)
        if not there:
            self.maker.tell(self.context.models.current, self._reasons)

    def _made(self, model: str, folder: str) -> None:
        self.context.settings["maps"] = {**self.context.settings["maps"], model: folder}
        self._stale = True
        if self._here:
            self._open()

    # -- the rest of a page

    def _show_list(self) -> None:
        some = bool(self.found.items)
        self.list.setVisible(some)
        self.list_hint.setVisible(not some)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if watched is self.view and event.type() in (event.Type.Resize, event.Type.Show):
            size = self.controls.sizeHint()
            self.controls.resize(size)
            self.controls.move(self.view.width() - size.width() - 2 * SPACE, self.view.height() - size.height() - 2 * SPACE)
        return super().eventFilter(watched, event)

    def commands(self) -> list[QAction]:
        found = []
        for text, keys, function in (
            (self.tr("Zoom in"), QKeySequence(QKeySequence.StandardKey.ZoomIn), lambda: self.view.zoom(1.5)),
            (self.tr("Zoom out"), QKeySequence(QKeySequence.StandardKey.ZoomOut), lambda: self.view.zoom(1 / 1.5)),
            (self.tr("Show all of the map"), QKeySequence("Ctrl+0"), self.view.fit),
            (self.tr("Draw a path on the map"), QKeySequence("Ctrl+D"), lambda: self.view.set_drawing(not self.view.drawing)),
        ):
            action = QAction(text, self)
            action.setShortcut(keys)
            action.triggered.connect(function)
            found.append(action)
        return found

    def save(self) -> dict[str, object]:
        return {"by": self._by, "steps": self.steps.value()}

    def restore(self, state: dict[str, object]) -> None:
        steps, by = state.get("steps"), state.get("by")
        self._by = by if isinstance(by, str) else None
        if isinstance(steps, int):
            self.steps.setValue(steps)


def _figure(value: float, unit: str) -> str:
    return f"{value:.0%}" if unit == "share" else f"{value:.3g}"


def _shown(item: Item) -> Any:
    return f"→ {item.piece.text}" if not item.music else item.piece


def _decode(model: Any, chart: LatentMap, places: list[Place], join: bool, stop: Any) -> Any:
    return model.at_places(chart, places, join=join, stop=stop)


def _ends_of(model: Any, chart: LatentMap, ends: tuple[Item | None, Item | None]) -> list[tuple[float, float] | None]:
    fitting = [end if end is not None and get_domain(end.domain) is model.domain else None for end in ends]
    return [place_of(model, chart, end) if end is not None else None for end in fitting]
