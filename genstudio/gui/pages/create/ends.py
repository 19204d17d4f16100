"""The ends that operations work on: what one is, how it is kept between starts, and the files and words it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from genstudio.domains import get_domain, piece_type
from genstudio.domains.melody import Melody
from genstudio.gui import kinds
from genstudio.gui.items import Item

__all__ = ["LETTERS", "End", "editor_of", "end_from", "examples", "typed"]

LETTERS = "abcd"


@dataclass(frozen=True)
class End:
    """A piece that is an end. bars: first and last (from 1) of the part that is meant; None: a part of the model's length from the
    start, or all of it."""

    item: Item
    bars: tuple[int, int] | None = None
    _shown: dict[int, Item] = field(default_factory=dict, compare=False, repr=False)

    def units(self) -> int:
        """Its bars or words."""
        return get_domain(self.item.domain).units(self.item.piece)

    def span(self, length: int) -> tuple[int, int]:
        """The first and the last bar that are meant, for a model whose phrases have ``length`` bars (0: any)."""
        count = max(1, self.units())
        if self.bars is not None:
            first = min(self.bars[0], count)
            return first, min(max(first, self.bars[1]), count, first + length - 1 if length else count)
        if not length or count <= length:
            return 1, count
        return (count - length + 1, count) if kinds.showing(self.item.domain).latest else (1, length)

    def shown(self, length: int) -> Item:
        """The part that is meant, as an item to look at and to play; the same one each time."""
        domain = get_domain(self.item.domain)
        if not domain.grammar.separator:
            return self.item
        if length not in self._shown:
            first, last = self.span(length)
            whole = (first, last) == (1, self.units())
            part = self.item.piece if whole else domain.part(self.item.piece, first, last)
            self._shown[length] = self.item if whole else Item(part, domain.name, part.title or self.item.title, of=self.item)
        return self._shown[length]

    def record(self) -> dict[str, Any]:
        """Everything that brings it back."""
        return {"piece": self.item, "bars": list(self.bars) if self.bars else None}


def end_from(kept: object, domain: str) -> End | None:
    """Inverse of :meth:`End.record`; None for what does not fit, or is of another domain."""
    item = kept.get("piece") if isinstance(kept, Mapping) else None
    if not isinstance(kept, Mapping) or not isinstance(item, Item) or item.domain != domain:
        return None
    bars = kept.get("bars")
    bars = tuple(bars) if isinstance(bars, list) and len(bars) == 2 and all(isinstance(bar, int) for bar in bars) else None
    if bars is not None and not 1 <= bars[0] <= bars[1]:
        bars = None
    return End(item, bars) if get_domain(domain).phrases(item.piece, 0, 0, 1) else None


def editor_of(domain: str) -> str:
    """How a piece of a domain can be written by hand: "keyboard" (one voice of notes), "steps" (drums), "curve" (what begins
    blank), or "" (it cannot)."""
    known = get_domain(domain)
    if not known.plays:
        return "curve" if kinds.showing(domain).blank() is not None else ""
    if issubclass(piece_type(domain), Melody):
        return "keyboard"
    return "" if get_domain(domain).pitched else "steps"


def typed(text: str, domain: str) -> Item | None:
    """A piece from what a person typed; None where there is nothing."""
    piece = get_domain(domain).parse(text)
    return None if piece is None else Item(piece, domain, piece.title)


def examples(domain: str) -> list[Item]:
    """Two bundled pieces to begin with."""
    # They are on every machine, so where they came from is no matter.
    return [replace(item, source="") for item in kinds.welcome(domain)]
