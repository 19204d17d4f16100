"""The ends that operations work on: what one is, how it is kept between starts, and the files and words it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from genstudio.domains import get_domain, piece_type
from genstudio.domains.melody import Melody
from genstudio.errors import GenStudioError
from genstudio.gui.items import Item
from genstudio.gui.kinds import welcome

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
        return 1, min(count, length) if length else count

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

    def to_json(self) -> dict[str, Any]:
        """Everything that brings it back."""
        domain = get_domain(self.item.domain)
        return {
            "domain": self.item.domain,
            "symbols": domain.to_symbols(self.item.piece),
            "dressing": domain.metadata(self.item.piece),
            "title": self.item.title,
            "source": self.item.source,
            "read": dict(self.item.read),
            "part": self.item.part,
            "bars": list(self.bars) if self.bars else None,
        }


def end_from(kept: object) -> End | None:
    """Inverse of :meth:`End.to_json`; None for what does not fit."""
    try:
        if not isinstance(kept, Mapping):
            return None
        domain = get_domain(str(kept["domain"]))
        piece = domain.with_metadata(domain.from_symbols(str(kept["symbols"])), kept["dressing"])
        bars = kept.get("bars")
        first_last = None if bars is None else (int(bars[0]), int(bars[1]))
        if first_last is not None and not 1 <= first_last[0] <= first_last[1]:
            first_last = None
        read = kept.get("read")
        about: dict[str, Any] = {"read": dict(read) if isinstance(read, Mapping) else {}, "part": str(kept.get("part", ""))}
        item = Item(piece, domain.name, str(kept["title"]), source=str(kept.get("source", "")), **about)
        return End(item, first_last) if domain.phrases(piece, 0, 0, 1) else None
    except (GenStudioError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def editor_of(domain: str) -> str:
    """How a piece of a domain can be written by hand: "keyboard" (one voice of notes), "steps" (drums), or "" (it cannot)."""
    known = get_domain(domain)
    if not known.plays:
        return ""
    if issubclass(piece_type(domain), Melody):
        return "keyboard"
    return "" if get_domain(domain).pitched else "steps"


def typed(text: str, domain: str) -> Item | None:
    """A piece from what a person typed; None where there is nothing."""
    piece = get_domain(domain).parse(text)
    return None if piece is None else Item(piece, domain, piece.title)


def examples(domain: str) -> list[Item]:
    """Two bundled pieces to begin with."""
    return [replace(item, source="") for item in welcome(domain)]  # they are on every machine, so where they came from is no matter
