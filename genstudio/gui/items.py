"""What a card shows: a piece with where it came from."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from genstudio.domains import get_domain, is_text, plays

if TYPE_CHECKING:
    from genstudio.gui.models import Models
    from genstudio.provenance import Job, Provenance

__all__ = ["Item", "items_of", "other_model"]


_numbers = itertools.count(1)


@dataclass(frozen=True, eq=False)
class Item:
    """A piece in the window.

    piece: of the domain named ``domain``. title: what a person calls it. job, place: what made it and which of its pieces it is;
    None for a piece of one's own. number: its number in the library once it is there. t: its place between the two ends, where it
    has one. source: the file it came from. read: how it was read, as of ``Domain.read``. part: the track of the file that it
    is, where that has several. of: the piece that it is a part of or was made of, whose mixer it has. key: tells items apart
    within the process.
    """

    piece: Any
    domain: str
    title: str
    job: Job | None = None
    place: int = 0
    number: int | None = None
    t: float | None = None
    source: str = ""
    read: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    of: Item | None = None
    key: int = field(default_factory=lambda: next(_numbers))

    @property
    def music(self) -> bool:
        """Whether it plays."""
        return plays(self.domain)

    @property
    def is_text(self) -> bool:
        """Whether it is read: it has a ``text``."""
        return is_text(self.domain)

    @property
    def given(self) -> bool:
        """Whether it is what something was made from, as it is: the end of a way, which its job holds for the sake of the whole."""
        if self.job is None or not self.job.decoding.get("exact"):
            return False
        # A step that was chosen among several decodings stands there as it is too.
        ends = self.job.settings.get("ends")
        return self.job.decoding["exact"][self.place] is not None and (not isinstance(ends, list) or self.place in ends)

    @property
    def facts(self) -> dict[str, Any]:
        """What the domain says of the piece: length, metre, key, text …"""
        return get_domain(self.domain).describe(self.piece)

    @property
    def provenance(self) -> Provenance | None:
        """What travels inside its exports."""
        from genstudio.provenance import Provenance

        return None if self.job is None else Provenance.of(self.job, self.place)


def other_model(item: Item, models: Models) -> str:
    """The name of the model that made a piece, where that is not the one that is chosen (it may be on its way still); "" for a
    piece of one's own, also where it is the end of a way, and until a model is chosen."""
    none = models.current is None and not models.wanted
    if item.job is None or item.given or none or models.made(item.job):
        return ""
    maker = item.job.model
    return "" if maker == models.wanted and (models.current is None or models.current.name != maker) else maker


def items_of(pieces: Any, titles: list[str] | None = None, of: Sequence[Item] = ()) -> list[Item]:
    """The results of an operation (``genstudio.Pieces``) as items; ``of``: what they were made of, of which the nearer end is that
    of each."""
    domain = pieces.domain.name
    return [
        Item(
            piece,
            domain,
            titles[place] if titles else (piece.title or pieces.job.title(place)),
            job=pieces.job,
            place=place,
            t=pieces.ts[place] if pieces.ts else None,
            of=of[-1 if pieces.ts and pieces.ts[place] >= 0.5 else 0] if of else None,
        )
        for place, piece in enumerate(pieces)
    ]
