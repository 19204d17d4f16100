"""What is looked for in the library and how it is read and written: the functions run in a worker's thread, and
:class:`LibraryFile` sees to their order."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from genstudio.gui.engine import Engine, Task, sentence
from genstudio.gui.items import Item
from genstudio.gui.speech import spoken
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.library import Entry, JobEntry, Library
    from genstudio.provenance import Job

__all__ = [
    "RULES", "Found", "Key", "LibraryFile", "Making", "Query", "Work", "collect", "item_of", "items_in", "kept_now", "key_of",
    "look", "make_again", "mark", "own_key", "prune", "put", "with_library",
]  # fmt: skip

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


_Waiting = tuple["_Write", Callable[[Any], None] | None, Callable[[], None] | None]


class _Write:
    """One change of the database, done once, on whatever thread comes first: a worker's, or the window's when it closes."""

    def __init__(self, path: Path | None, name: str, work: Work) -> None:
        self.name = name
        self._path, self._work = path, work
        self._lock = threading.Lock()
        self._done = False
        self._result: tuple[Any, list[str]] = None, []

    def __call__(self) -> tuple[Any, list[str]]:
        with self._lock:
            if not self._done:
                self._done = True
                self._result = with_library(self._path, self._work)
            return self._result


class LibraryFile(QObject):
    """The library's database on the engine's lane "files": each use has a connection of its own, and writes wait for one another,
    so that what was done last stands last. ``changed`` comes when the database has changed. Call from the window's thread."""

    changed = Signal()
    trouble = Signal(str, str)  # a sentence, details
    remarked = Signal(str)  # a sentence: a damaged database was set aside

    def __init__(self, engine: Engine, path: Path | None = None, parent: QObject | None = None) -> None:
        """``path`` is the library's file, None: the user's."""
        super().__init__(parent)
        self._engine, self._path = engine, path
        self._waiting: deque[_Waiting] = deque()
        self._now: _Waiting | None = None
        self._closed = False

    def close(self) -> None:
        """Finish what is still to be written; nothing that was kept is lost. Before the engine is closed."""
        self._closed = True
        now = [self._now] if self._now is not None else []
        for write, _, _ in [*now, *self._waiting]:
            try:
                write()
            except Exception as error:  # there is nobody left to tell but the log
                sentence(error)
        self._waiting.clear()

    @property
    def writing(self) -> bool:
        """Whether something is still to be written."""
        return self._now is not None

    def _read(
        self,
        work: Work,
        done: Callable[[Any], None],
        channel: str,
        failed: Callable[[str, str], None] | None = None,
    ) -> Task:
        def have(found: tuple[Any, list[str]]) -> None:
            value, remarks = found
            self._remark(remarks)
            done(value)

        return self._engine.run(
            partial(with_library, self._path, work), channel=channel, name="read the library", done=have,
            failed=failed or self.trouble.emit,
        )  # fmt: skip

    def _write(
        self, name: str, work: Work, done: Callable[[Any], None] | None = None, failed: Callable[[], None] | None = None
    ) -> None:
        self._waiting.append((_Write(self._path, name, work), done, failed))
        self._next()

    def _next(self) -> None:
        if self._now is not None or not self._waiting or self._closed:
            return
        self._now = self._waiting.popleft()
        task = self._engine.run(self._now[0], name=self._now[0].name, done=self._written, failed=self._not_written)
        task.finished.connect(self._over)

    def _written(self, found: tuple[Any, list[str]]) -> None:
        value, remarks = found
        self._remark(remarks)
        if self._now is not None and self._now[1] is not None:
            self._now[1](value)
        self.changed.emit()

    def _not_written(self, message: str, details: str) -> None:
        if self._now is not None and self._now[2] is not None:
            self._now[2]()
        self.trouble.emit(message, details)
        self.changed.emit()

    def _over(self) -> None:
        self._now = None
        self._next()

    def _remark(self, remarks: list[str]) -> None:
        for remark in map(spoken, remarks):
            self.remarked.emit(remark)
