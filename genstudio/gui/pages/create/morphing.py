"""What the line and the square lead to: the nearest place that is finished at once, and the exact one as soon as it is decoded.

Places are kept. When there is nothing else to do, places between the steps are decoded ahead, coarse ones first, so that a drag
meets finished ones everywhere. What the hand goes over is heard: from the next beat on, in time, again and again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio.gui.context import Context
from genstudio.gui.items import Item, items_of
from genstudio.gui.pages.create.work import Place, Request, WayKeeper

__all__ = ["Hearing", "Morphing", "mix_title", "way_titles"]

_SAME = 5e-5  # half of the slider's finest step
_AHEAD = {1: (16, 32, 64), 2: (4, 8)}  # into how many parts each side is divided when places are decoded ahead, when idle
_TOGETHER = 8
_MOST = 400  # places that are kept
_PACE = 60  # milliseconds between two pieces that the player is given
_QUIET = 160  # and between the last move and telling all others what is looked at
_IDLE = 300  # milliseconds without a move


def way_titles(a: str, b: str, ts: Sequence[float]) -> list[str]:
    """What stands at these places: the ends themselves, and what is between them."""
    return [a if t == 0.0 else b if t == 1.0 else f"{a} → {b}, {t:.0%}" for t in ts]


def mix_title(u: float, v: float) -> str:
    """What stands at a place of the square, by how much it has of each corner.

    >>> mix_title(0.5, 0.0), mix_title(0.25, 0.6)
    ('A 50%, B 50%', 'A 30%, B 10%, C 45%, D 15%')
    """
    shares = zip("ABCD", ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v), strict=True)
    return ", ".join(f"{letter} {share:.0%}" for letter, share in shares if share >= 0.005)


def _far(a: Place, b: Place) -> float:
    return max(abs(x - y) for x, y in zip(a, b, strict=True))


class Morphing(QObject):
    """Places between two ends, or four."""

    shown = Signal(object, bool)  # Item, whether it is the exact place
    failed = Signal(str, str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._keeper = WayKeeper()
        self._request: Request | None = None
        self._model: Any = None
        self._titles = "A", "B"
        self._ends: Sequence[Item] = ()
        self._places: dict[Place, Item] = {}
        self._here: Place = (0.0,)
        self.ahead = True  # whether places are decoded ahead
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
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

    def add(self, items: Mapping[Place, Item]) -> None:
        """Finished places: the steps, or those of the grid."""
        self._places |= items
        self._idle.start()

    @property
    def places(self) -> list[Place]:
        """The places that are finished."""
        return sorted(self._places)

    def move(self, *here: float) -> None:
        """Show a place."""
        self._here = here
        engine = self._context.engine
        engine.stop_channel("morph.ahead")
        near = min(self._places, key=partial(_far, here), default=None)
        exact = near is not None and _far(near, here) <= _SAME
        if near is not None:
            self.shown.emit(self._places[near], exact)
        if exact or self._request is None:
            engine.stop_channel("morph")
            self._idle.start()
            return
        self._decode([here], "morph")

    def _decode(self, places: list[Place], channel: str) -> None:
        assert self._request is not None
        self._context.engine.run(
            partial(self._keeper.at, self._model, self._request, places), lane="model", channel=channel, name=channel,
            done=partial(self._have, places), failed=self.failed.emit if channel == "morph" else None,
        )  # fmt: skip

    def _have(self, places: list[Place], pieces: Any) -> None:
        square = len(places[0]) > 1
        titles = [mix_title(*place) for place in places] if square else way_titles(*self._titles, pieces.ts)
        for place, item in zip(places, items_of(pieces, titles, self._ends), strict=True):
            while len(self._places) >= _MOST:
                self._places.pop(next(iter(self._places)))
            self._places[place] = item
        self._idle.start()
        if places == [self._here]:
            self.shown.emit(self._places[self._here], True)

    def _go_ahead(self) -> None:
        request, engine = self._request, self._context.engine
        if request is None or not self.ahead or engine.working:
            return
        if request.values.get("whole") or request.values.get("temperature"):  # too much work; by chance anyway
            return
        sides = 2 if request.tool == "blend" else 1
        finest = _AHEAD[sides][-1]
        missing = [
            place
            for size in _AHEAD[sides]
            for place in product([index / size for index in range(size + 1)], repeat=sides)
            if all(_far(place, known) > 0.4 / finest for known in self._places)
        ]
        if places := list(dict.fromkeys(missing))[:_TOGETHER]:
            self._decode(places, "morph.ahead")


class Hearing(QObject):
    """Gives the player what is looked at while a hand moves: the newest, but only when the sound of the one before is there, so
    that a hand that never rests is heard too. When it rests, everybody is told."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item: Item | None = None  # looked at
        self._given: Item | None = None  # what the player was given last
        self._pace, self._quiet = (QTimer(self, singleShot=True, interval=wait) for wait in (_PACE, _QUIET))
        self._pace.timeout.connect(self._give)
        self._quiet.timeout.connect(self._tell)

    def look(self, item: Item) -> None:
        """A hand has come to a piece."""
        self._item = item
        if not self._pace.isActive():
            self._give()
        self._quiet.start()

    def _give(self) -> None:
        player, item = self._context.player, self._item
        if item is None or not item.music or not player.playing or item is self._given:
            return
        self._pace.start()
        if player.preparing:  # the sound of the one before
            return
        player.repeat()
        player.select(item)
        self._given = item

    def _tell(self) -> None:
        if self._item is not None:
            self._given = None
            self._context.bus.selected.emit(self._item)

    def stop(self) -> None:
        """Forget it."""
        self._item = self._given = None
        self._pace.stop()
        self._quiet.stop()
