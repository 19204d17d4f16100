"""The pieces at places of a model's map, and the places of pieces on it, found on the engine's threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from genstudio.gui.charts import Opened, Place, Walk, decode, ends_of, place_of, walk, way_of
from genstudio.gui.context import Context
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item, items_of

if TYPE_CHECKING:
    from genstudio.gui.views.latent_map import MapView
    from genstudio.models.latent_map import LatentMap

__all__ = ["MOST", "Finder", "Places"]

_PATHS = ("interpolate", "path")
_KNOWN = 400  # decoded pieces that are kept
MOST = 200  # pieces that are taken of those that were gathered


class Places(QObject):
    """What lies where on the map that is open. What comes when another map has been opened meanwhile is dropped."""

    learned = Signal(int, object)  # a row whose piece is known now
    failed = Signal(str, str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.model: Any = None
        self.chart: LatentMap | None = None
        self.known: OrderedDict[int, Item] = OrderedDict()  # by row

    def use(self, opened: Opened) -> None:
        """Take another map."""
        self.model, self.chart = opened.model, opened.chart
        self.known.clear()

    def title(self, row: int) -> str:
        """What the piece of a row is called."""
        assert self.chart is not None
        return next((name for name in self.chart.index[row] if name), "")

    def at(self, x: float, y: float, done: Callable[[Item], None]) -> None:
        """What lies at a place."""
        self._decode([(x, y)], lambda items: done(items[0]), "map.place")

    def row(self, row: int, done: Callable[[Item], None], channel: str = "map.row") -> None:
        """The piece of a point, decoded where it is not known yet."""
        known = self.known.get(row)
        if known is not None:
            done(known)
            return

        def have(items: list[Item]) -> None:
            self.known[row] = items[0]
            while len(self.known) > _KNOWN:
                self.known.popitem(last=False)
            self.learned.emit(row, items[0])
            done(items[0])

        self._decode([row], have, channel)

    def rows(self, rows: Sequence[int], done: Callable[[list[Item]], None]) -> None:
        """The pieces of points; of more than :data:`MOST` that many, spread evenly over them."""
        if len(rows) > MOST:
            rows = [rows[int(at)] for at in np.linspace(0, len(rows) - 1, MOST)]
        self._decode([int(row) for row in rows], done, "map.rows")

    def path(self, stops: list[tuple[float, float]], done: Callable[[list[Item], Walk], None]) -> None:
        """One piece of the places along a path; several where the model's kind cannot be joined."""
        self._run(partial(walk, places=stops), lambda found: done(self._items(found.pieces), found), "map.path")

    def _decode(self, places: list[Place], done: Callable[[list[Item]], None], channel: str) -> None:
        self._run(partial(decode, places=places), lambda pieces: done(self._items(pieces)), channel)

    def _run(self, work: Callable[..., Any], done: Callable[[Any], None], channel: str) -> None:
        model, chart = self.model, self.chart
        if model is None or chart is None:
            return
        self._engine.run(
            partial(work, model, chart), lane="model", channel=channel, name="decode places of the map",
            done=lambda found: done(found) if chart is self.chart else None, failed=self.failed.emit,
        )  # fmt: skip

    def _items(self, pieces: Any) -> list[Item]:
        return items_of(pieces, [self._name(pieces, number) for number in range(len(pieces))])

    def _name(self, pieces: Any, number: int) -> str:
        places = pieces.job.settings["places"]
        text = pieces.domain.text_of(pieces[number])
        if text:
            return str(text)[:80]
        if len(pieces) == 1 and len(places) > 1:
            return self.tr("A path of {count} places").format(count=len(places))
        place = places[number]
        if isinstance(place, int):
            return self.title(place) or self.tr("Piece {number}").format(number=place + 1)
        near = pieces.job.sources[0] if pieces.job.sources else ""
        return self.tr("Near {title}").format(title=near) if near else self.tr("A place of the map")


class Finder(QObject):
    """Marks on the map what is looked at anywhere, with the path that it is of, and the two ends of the Create page."""

    failed = Signal(str, str)

    def __init__(self, context: Context, places: Places, view: MapView) -> None:
        super().__init__(view)
        self._context, self._places, self._view = context, places, view
        self._wanted: Item | None = None  # to be shown once the map is there
        context.bus.show_on_map.connect(self.show)
        context.bus.selected.connect(self._selected)
        context.bus.ends_changed.connect(self._ends)

    def use(self) -> None:
        """Another map is open."""
        ends = self._context.bus.ends
        if any(end is not None for end in ends):
            self._ends(*ends)
        if self._wanted is not None and self._places.chart is not None:
            wanted, self._wanted = self._wanted, None
            self.show(wanted)

    def show(self, item: Item) -> None:
        """Bring a piece into view, as soon as there is a map."""
        if self._places.chart is None:
            self._wanted = item
        elif item.domain != self._places.model.domain.name:
            self.failed.emit(self.tr("This piece is not of the kind that the model knows."), "")
        else:
            self._place(item, move=True)

    def _place(self, item: Item, *, move: bool) -> None:
        chart = self._places.chart
        assert chart is not None
        self._run(
            partial(place_of, self._places.model, chart, item), lambda place: self._view.show_here(place, move=move),
            "map.here", self.failed.emit if move else None,
        )  # fmt: skip

    def _selected(self, item: Item | None) -> None:
        chart, model = self._places.chart, self._places.model
        if item is None or chart is None or item.job is None or item.job.digest != model.digest or item.domain != model.domain.name:
            return
        self._place(item, move=False)
        if item.job.operation in _PATHS and item.job.count > 1:
            t = item.place / (item.job.count - 1)
            self._run(partial(way_of, chart, item), lambda way: self._view.show_way(way, t), "map.way", lane="files")

    def _ends(self, a: Item | None, b: Item | None) -> None:
        def have(places: list[tuple[float, float] | None]) -> None:
            self._view.a, self._view.b = places
            self._view.way = [] if None in places else self._view.way
            self._view.update()

        if self._places.chart is not None:
            self._run(partial(ends_of, self._places.model, self._places.chart, (a, b)), have, "map.ends")

    def _run(
        self, work: Callable[[], Any], done: Callable[[Any], None], channel: str,
        failed: Callable[[str, str], None] | None = None, lane: str = "model",
    ) -> None:  # fmt: skip
        chart = self._places.chart
        self._context.engine.run(
            work, lane=lane, channel=channel, name="places of the map", failed=failed,
            done=lambda found: done(found) if chart is self._places.chart else None,
        )  # fmt: skip
