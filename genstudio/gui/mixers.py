"""The mixers of scores: the instrument and level of each part, and which parts are heard. They are kept between starts.

A mixer belongs to a piece by its contents: the same score has it wherever it is met, as an end, a card or in the library, and when
its file is opened again. What is made of a piece, or a part of it, is played as that piece is (:attr:`Item.of`), until it is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from genstudio.domains import get_domain
from genstudio.gui.items import Item
from genstudio.gui.settings import Settings

if TYPE_CHECKING:
    from genstudio.domains.score.mixing import Channel, Mix

__all__ = ["Mixers"]

_MOST = 500  # scores whose mixers are kept: those that were changed last


class Mixers(QObject):
    """What the mixer says of each piece."""

    changed = Signal(object)  # Item

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._marks: WeakKeyDictionary[Item, str] = WeakKeyDictionary()
        self._made: WeakKeyDictionary[Item, tuple[Mix, Any]] = WeakKeyDictionary()

    def of(self, item: Item) -> Mix:
        """The channels that were changed, by the index of their part."""
        if not item.music or not item.piece.parts:
            return {}
        from genstudio.domains.score.mixing import mix_from

        return mix_from(self._settings["mixes"].get(self._mark(item)))

    def channel(self, item: Item, part: int) -> Channel:
        """The channel of a part."""
        from genstudio.domains.score.mixing import Channel

        return self.of(item).get(part, Channel())

    def heard(self, item: Item) -> tuple[int, ...]:
        """The indices of the parts that are heard."""
        from genstudio.domains.score.mixing import heard

        return heard(item.piece, self.of(item)) if item.music and item.piece.parts else ()

    def change(self, item: Item, part: int, **changes: Any) -> None:
        """Change the channel of a part: ``program``, ``level``, ``muted``, ``solo``."""
        self._put(item, {**self.of(item), part: replace(self.channel(item, part), **changes)})

    def reset(self, item: Item) -> None:
        """Play every part as it is written."""
        self._put(item, {})

    def take_along(self, item: Item) -> None:
        """Have a piece keep the mixer of the one that it was made of, for when it is met alone."""
        if item.of is not None and (mix := self.of(item)):
            self._put(replace(item, of=None), mix)

    def records(self, items: Sequence[Item]) -> dict[str, Any]:
        """What is kept of the mixers of these pieces."""
        kept = self._settings["mixes"]
        marks = {self._mark(item) for item in items if item.music and item.piece.parts} if kept else set()
        return {mark: kept[mark] for mark in sorted(marks) if mark in kept}

    def take(self, records: Mapping[str, Any]) -> None:
        """Take over what :meth:`records` gave; what does not fit is left out when it is used."""
        self._settings["mixes"] = dict(list({**self._settings["mixes"], **records}.items())[-_MOST:])

    def chosen(self, item: Item, parts: Sequence[int]) -> Any:
        """The piece with some of its parts, by their indices, whether they are heard or not."""
        from genstudio.domains.score.mixing import mixed

        return mixed(item.piece, self.of(item), tuple(parts))

    def mixed(self, item: Item) -> Any:
        """The piece as it is heard."""
        mix = self.of(item)
        if not mix:
            return item.piece
        before = self._made.get(item)
        if before is None or before[0] != mix:
            from genstudio.domains.score.mixing import mixed

            before = self._made[item] = (mix, mixed(item.piece, mix))
        return before[1]

    def _put(self, item: Item, mix: Mix) -> None:
        from genstudio.domains.score.mixing import mix_record

        mark, recorded = self._mark(item), mix_record(mix)
        kept = {name: one for name, one in self._settings["mixes"].items() if name != mark}
        if recorded:
            kept[mark] = recorded
        self._settings["mixes"] = dict(list(kept.items())[-_MOST:])
        self.changed.emit(item)

    def _mark(self, item: Item) -> str:
        """The same for all items of one piece."""
        whole = item
        while whole.of is not None and len(whole.of.piece.parts) == len(item.piece.parts):
            whole = whole.of
        found = self._marks.get(whole)
        if found is None:
            symbols = get_domain(whole.domain).to_symbols(whole.piece).encode("utf-8")
            found = self._marks[whole] = hashlib.sha1(symbols, usedforsecurity=False).hexdigest()[:20]
        return found
