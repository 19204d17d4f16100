"""What is looked for in the library and how it is read and written: all of this runs in a worker's thread."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.gui.items import Item
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.library import Entry, JobEntry, Library
    from genstudio.provenance import Job

__all__ = [
    "RULES",
    "Found",
    "Key",
    "Making",
    "Query",
    "Work",
    "collect",
    "item_of",
    "items_in",
    "kept_now",
    "key_of",
    "look",
    "make_again",
    "mark",
    "own_key",
    "prune",
    "put",
    "with_library",
]

Key = tuple[Any, ...]
Work = Callable[["Library"], Any]

_DAY = 86_400.0
RULES: dict[str, tuple[int | None, int | None]] = {
    "all": (None, None),
    "7 days": (7, None),
    "30 days": (30, None),
    "90 days": (90, None),
    "365 days": (365, None),
    "100 makings": (None, 100),
    "500 makings": (None, 500),
    "2000 makings": (None, 2000),
}
"""How long the history goes back: for how many days, and for how many makings."""


@dataclass(frozen=True)
class Query:
    """What is looked for; empty fields mean any. view: "kept", "history" (all that was made, by makings), "removed", or "" for all
    that was not removed. order: of :data:`genstudio.library._queries.ORDERS`; the history has the newest first in any case."""

    text: str = ""
    view: str = ""
    tag: str = ""
    model: str = ""
    operation: str = ""
    domain: str = ""
    order: str = "newest"

    @property
    def plain(self) -> bool:
        """Whether it asks for everything of its view."""
        return self == Query(view=self.view, order=self.order)

    @property
    def options(self) -> dict[str, Any]:
        """The keyword arguments of ``Library.search`` and ``Library.find_jobs``."""
        return {
            "kept": True if self.view == "kept" else None,
            "tag": self.tag or None,
            "model": self.model or None,
            "operation": self.operation or None,
            "domain": self.domain or None,
            "removed": self.view == "removed",
        }


@dataclass(frozen=True)
class Making:
    """Something that was made, in one go: its job and the pieces of it that were not removed, at least one."""

    job: JobEntry
    pieces: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """What tells it apart; no number of a piece is like it."""
        return self.job.id

    @property
    def sample(self) -> Entry:
        """The piece that stands for all: the one in the middle."""
        return self.pieces[len(self.pieces) // 2]


@dataclass(frozen=True)
class Found:
    """What a search gave, from ``offset`` on, of ``total``: ``entries``, or of the history ``makings``."""

    query: Query
    entries: list[Entry]
    total: int
    offset: int
    makings: list[Making] = field(default_factory=list)


def item_of(entry: Entry, job: Job | None = None) -> Item:
    """An entry of the library as an item; ``job`` is the one that made it."""
    return Item(
        entry.piece(), entry.domain, entry.title, job=job, place=entry.place, number=entry.id, source=entry.path or ""
    )


def own_key(domain: str, symbols: str, dressing: Mapping[str, Any]) -> Key:
    """The same for all items of one piece of one's own."""
    rest = {name: value for name, value in dressing.items() if name not in ("title", "source")}
    return ("own", domain, symbols, json.dumps(rest, sort_keys=True))


def key_of(entry: Entry) -> Key:
    """The same for all items of one piece."""
    if entry.job is not None:
        return ("job", entry.job, entry.place)
    return own_key(entry.domain, entry.symbols, entry.dressing)


def with_library(path: Path | None, work: Work) -> tuple[Any, list[str]]:
    """The result of ``work``, and what the library remarks on its own state."""
    from genstudio.library import Library  # late: the first painting does not wait for it

    with Library(path) as library:
        value = work(library)
        return value, list(library.remarks)


def kept_now(library: Library) -> list[tuple[Key, int]]:
    """What is kept, each with its number."""
    return [(key_of(entry), entry.id) for entry in library.search(kept=True, limit=None)]


def look(query: Query, offset: int, limit: int | None, library: Library) -> Found:
    """Carry out a search."""
    if query.view == "history":
        jobs, total = library.find_jobs(query.text, **query.options, offset=offset, limit=limit)
        makings = [Making(job, tuple(entry for entry in library.of_job(job.id) if entry.removed is None)) for job in jobs]
        return Found(query, [], total, offset, makings)
    entries = library.search(query.text, **query.options, offset=offset, limit=limit, order=query.order)
    whole = limit is None or len(entries) < limit
    total = offset + len(entries) if whole else library.count(query.text, **query.options)
    return Found(query, entries, total, offset)


def items_in(library: Library, entries: Sequence[Entry]) -> list[Item]:
    """Entries as items, with the jobs that made them."""
    jobs = {number: library.job(number) for number in {entry.job for entry in entries} if number is not None}
    return [item_of(entry, jobs[entry.job] if entry.job is not None else None) for entry in entries]


def put(library: Library, item: Item) -> int:
    """Put a piece into the library, where it is not yet; its number."""
    if item.job is not None:
        known = {entry.place for entry in library.of_job(item.job.id)}
        (number,) = library.record(item.job, [item.piece], item.domain, places=[item.place])
        if item.place not in known and item.title and not item.piece.title:
            library.rename(number, item.title)
        return number
    path = item.source if item.source and Path(item.source).is_file() else None
    return library.add(item.piece, item.domain, title=item.title, path=path)


def collect(library: Library, items: Sequence[Item], name: str) -> list[int]:
    """Put pieces into the library under a tag that they share; their numbers."""
    numbers = [put(library, item) for item in items]
    for number in numbers:
        library.tag(number, name)
    return numbers


def mark(library: Library, item: Item, on: bool, number: int | None, tags: Sequence[str]) -> tuple[int | None, tuple[str, ...]]:
    """Keep a piece, with the tags that it had, or keep it no longer; its number, and the tags that were taken from it."""
    if on:
        number = put(library, item)  # also one that is there: it may have been removed or pruned since it was seen
        library.keep(number, tags)
        # What was recorded as it was made has no title of its own: it is found again under the one that was seen.
        if item.job is not None and item.title and not item.piece.title and library.get(number).title == item.job.title(item.place):
            library.rename(number, item.title)
        return number, ()
    return number, library.let_go(number) if number is not None else ()


def prune(rule: str, spare: Collection[tuple[str, int]], library: Library) -> int:
    """Forget what the rule of :data:`RULES` says of what was made and not kept; how many pieces these were."""
    days, most = RULES.get(rule, (None, None))
    return library.prune(before=None if days is None else time.time() - days * _DAY, most=most, spare=spare)


def make_again(job: Job, model: Any, stop: Stop) -> Any:
    """Make the pieces of a job again, with the model that made them."""
    import genstudio

    if model is None or model.digest != job.digest:
        model = genstudio.load(job.model)
    return model.again(job, stop=stop)
