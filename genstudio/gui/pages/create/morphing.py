"""What the slider shows: the nearest place that is finished at once, and the exact one as soon as it is decoded.

Places are kept. When there is nothing else to do, places between the steps are decoded ahead, coarse ones first, so that a drag
meets finished ones everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio.gui.context import Context
from genstudio.gui.items import Item, items_of
from genstudio.gui.pages.create.work import Request, WayKeeper

__all__ = ["Morphing", "way_titles"]

_SAME = 5e-5  # half of the slider's finest step
_AHEAD = 64  # places that are decoded ahead, when idle
_TOGETHER = 8
_MOST = 400  # places that are kept
_IDLE = 300  # milliseconds without a move


def way_titles(a: str, b: str, ts: Sequence[float]) -> list[str]:
    """What stands at these places: the ends themselves, and what is between them."""
    return [a if t == 0.0 else b if t == 1.0 else f"{a} → {b}, {t:.0%}" for t in ts]


class Morphing(QObject):
    """Places between two ends."""

    shown = Signal(object, bool)  # Item, whether it is the exact place
    refined = Signal(object)  # Item: the exact place, once it has been decoded
    failed = Signal(str, str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._keeper = WayKeeper()
        self._request: Request | None = None
        self._model: Any = None
        self._titles = "A", "B"
        self._ends: Sequence[Item] = ()
        self._places: dict[float, Item] = {}
        self._t = 0.0
        self.ahead = True  # whether places are decoded ahead
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE)
        self._idle.timeout.connect(self._go_ahead)

    def begin(self, model: Any, request: Request | None, titles: tuple[str, str], ends: Sequence[Item] = ()) -> None:
        """Take up other ends, of these titles, or settings; ``request`` None: there is no way. ``ends``: whose mixers the places
        have."""
        if request is not None and request is self._request and model is self._model:
            return
        self.stop()
        self._model, self._request, self._titles, self._ends = model, request, titles, ends
        self._places = {}

    def stop(self) -> None:
        """Let go of what is being decoded."""
        self._idle.stop()
        self._context.engine.stop_channel("morph")
        self._context.engine.stop_channel("morph.ahead")

    def add(self, items: Sequence[Item]) -> None:
        """Finished places: the steps."""
        for item in items:
            if item.t is not None:
                self._places[item.t] = item
        self._idle.start()

    @property
    def places(self) -> list[float]:
        """The places that are finished."""
        return sorted(self._places)

    def at(self, t: float) -> Item | None:
        """The finished place at ``t``, if there is one."""
        near = self._nearest(t)
        return near if near is not None and near.t is not None and abs(near.t - t) <= _SAME else None

    def _nearest(self, t: float) -> Item | None:
        return self._places[min(self._places, key=lambda one: abs(one - t))] if self._places else None

    def move(self, t: float) -> None:
        """Show a place."""
        self._t = t
        engine = self._context.engine
        engine.stop_channel("morph.ahead")
        near = self._nearest(t)
        exact = near is not None and near.t is not None and abs(near.t - t) <= _SAME
        if near is not None:
            self.shown.emit(near, exact)
        if exact or self._request is None:
            engine.stop_channel("morph")
            self._idle.start()
            return
        engine.run(
            partial(self._keeper.at, self._model, self._request, [t]), lane="model", channel="morph", name="morph",
            done=self._have, failed=self.failed.emit,
        )  # fmt: skip

    def _have(self, pieces: Any) -> None:
        item = self._items(pieces)[0]
        self._keep(item)
        self._idle.start()
        if item.t is not None and abs(item.t - self._t) <= _SAME:
            self.shown.emit(item, True)
            self.refined.emit(item)

    def _items(self, pieces: Any) -> list[Item]:
        return items_of(pieces, way_titles(*self._titles, pieces.ts), self._ends)

    def _keep(self, item: Item) -> None:
        if item.t is not None:
            while len(self._places) >= _MOST:
                self._places.pop(next(iter(self._places)))
            self._places[item.t] = item

    def _go_ahead(self) -> None:
        request, engine = self._request, self._context.engine
        if request is None or not self.ahead or engine.working:
            return
        if request.values.get("whole") or request.values.get("temperature"):  # too much work; by chance anyway
            return
        missing = [
            index / size
            for size in (16, 32, _AHEAD)
            for index in range(1, size)
            if all(abs(index / size - t) > 0.4 / _AHEAD for t in self._places)
        ]
        places = list(dict.fromkeys(missing))[:_TOGETHER]
        if places:
            engine.run(
                partial(self._keeper.at, self._model, request, places), lane="model", channel="morph.ahead", name="morph ahead",
                done=self._have_ahead,
            )  # fmt: skip

    def _have_ahead(self, pieces: Any) -> None:
        for item in self._items(pieces):
            self._keep(item)
        self._idle.start()
