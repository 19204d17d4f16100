"""The library as the window sees it: what is kept, found and changed, with undo.

Every use of the database happens on the engine's lane "files", each with a connection of its own. Writes wait for one another, so
that what was done last stands last. Marks (what is kept) are known here at once, before the database has them.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from genstudio.domains import get_domain
from genstudio.gui.engine import Engine, Task, sentence
from genstudio.gui.items import Item, items_of
from genstudio.gui.speech import spoken
from genstudio.library import Entry, JobEntry, Library
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.gui.models import Models
    from genstudio.provenance import Job

__all__ = ["Found", "Query", "Shelf", "item_of"]

Key = tuple[Any, ...]
Work = Callable[[Library], Any]


@dataclass(frozen=True)
class Query:
    """What is looked for; empty fields mean any. removed: those that were removed, instead of those that were not. job: the pieces
    of one job, in its order; then nothing else counts."""

    text: str = ""
    favourite: bool = False
    tag: str = ""
    model: str = ""
    operation: str = ""
    domain: str = ""
    removed: bool = False
    job: str = ""

    @property
    def plain(self) -> bool:
        """Whether it asks for everything."""
        return self == Query()

    def options(self) -> dict[str, Any]:
        """The keyword arguments of ``Library.search``."""
        return {
            "favourite": True if self.favourite else None,
            "tag": self.tag or None,
            "model": self.model or None,
            "operation": self.operation or None,
            "domain": self.domain or None,
            "removed": self.removed,
        }


@dataclass(frozen=True)
class Found:
    """What a search gave: ``entries`` from ``offset`` on, of ``total``."""

    query: Query
    entries: list[Entry]
    total: int
    offset: int


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
                self._result = _with_library(self._path, self._work)
            return self._result


class _Change(QUndoCommand):
    def __init__(self, text: str, forward: Callable[[], None], backward: Callable[[], None]) -> None:
        super().__init__(text)
        self._forward, self._backward = forward, backward

    def redo(self) -> None:
        self._forward()

    def undo(self) -> None:
        self._backward()


class Shelf(QObject):
    """Keeps, finds and changes pieces of the library.

    ``kept`` and ``unkept`` come at once when a mark changes, and again the other way should writing fail; ``changed`` comes when
    the database has changed, and also when another part of the window should look anew. Call from the window's thread.
    """

    changed = Signal()
    kept = Signal(object)  # Item
    unkept = Signal(object)  # Item
    trouble = Signal(str, str)  # a sentence, details
    remarked = Signal(str)  # a sentence: a damaged database was set aside
    recorded = Signal(str, list)  # id of a job, the numbers of its pieces

    def __init__(
        self, engine: Engine, undo: QUndoStack | None = None, path: Path | None = None, parent: QObject | None = None
    ) -> None:
        """``undo`` takes every change that can be undone; ``path`` is the library's file, None: the user's."""
        super().__init__(parent)
        self._engine, self._path = engine, path
        self.undo = undo
        self._waiting: deque[tuple[_Write, Callable[[Any], None] | None, Callable[[], None] | None]] = deque()
        self._now: tuple[_Write, Callable[[Any], None] | None, Callable[[], None] | None] | None = None
        self._opening: deque[list[Any]] = deque()
        self._kept: set[Key] = set()
        self._numbers: dict[Key, int] = {}
        self._ids: WeakKeyDictionary[Job, str] = WeakKeyDictionary()
        self._closed = False

    def start(self) -> None:
        """Learn what is kept; once, when the window is there."""
        self._engine.run(partial(_with_library, self._path, _favourites), name="open the library", done=self._opened,
                         failed=self.trouble.emit)  # fmt: skip

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

    # -- keeping

    def is_kept(self, item: Item) -> bool:
        """Whether a piece is among those that were kept."""
        return self._key(item) in self._kept

    def number_of(self, item: Item) -> int | None:
        """Its number in the library, where it is known to be there."""
        return item.number if item.number is not None else self._numbers.get(self._key(item))

    def keep(self, item: Item) -> None:
        """Make a piece a favourite; it is put into the library where it is not yet."""
        if not self.is_kept(item):
            self._push(self.tr("Keep {0}").format(_short(item)), partial(self._mark, item, True), partial(self._mark, item, False))

    def unkeep(self, item: Item) -> None:
        """Make a piece no favourite any more; it stays in the library."""
        if self.is_kept(item):
            text = self.tr("Keep {0} no longer").format(_short(item))
            self._push(text, partial(self._mark, item, False), partial(self._mark, item, True))

    def toggle(self, item: Item) -> None:
        """Keep a piece, or no longer."""
        (self.unkeep if self.is_kept(item) else self.keep)(item)

    def _mark(self, item: Item, on: bool) -> None:
        key = self._key(item)
        self._set_mark(item, key, on)
        self._write(
            "keep",
            lambda library: _mark(library, item, on, self.number_of(item)),  # its number is known once what was before is written
            partial(self._marked, key),
            lambda: self._set_mark(item, key, not on),
        )

    def _set_mark(self, item: Item, key: Key, on: bool) -> None:
        if on:
            self._kept.add(key)
            self.kept.emit(item)
        else:
            self._kept.discard(key)
            self.unkept.emit(item)

    def _marked(self, key: Key, number: int | None) -> None:
        if number is not None:
            self._numbers[key] = number

    def record(self, pieces: Any, done: Callable[[list[int]], None] | None = None) -> None:
        """Put what an operation made (``genstudio.Pieces``) into the history.

        ``recorded`` comes when it is there; a failure is told and costs nothing else.
        """
        job = pieces.job
        if job is None or not len(pieces):
            return
        number = self._id(job)

        def have(numbers: list[int]) -> None:
            for place, one in enumerate(numbers):
                self._numbers[("job", number, place)] = one
            self.recorded.emit(number, numbers)
            if done is not None:
                done(numbers)

        self._write("record", lambda library: library.record(job, list(pieces), pieces.domain), have)

    def add(self, items: Sequence[Item]) -> None:
        """Put pieces of one's own (or made ones) into the library, without keeping them."""
        chosen = list(items)
        self._write("add", lambda library: [_put(library, item) for item in chosen])

    def collect(self, items: Sequence[Item], name: str) -> None:
        """Put pieces into the library under a tag that they share."""
        name = " ".join(name.split())
        chosen, put = list(items), [0]

        def forward() -> None:
            def have(numbers: list[int]) -> None:
                put[:] = numbers
                self.changed.emit()

            self._write("collect", lambda library: _collect(library, chosen, name), have)

        def backward() -> None:
            self._each(put, lambda library, number: library.untag(number, name))

        self._push(self.tr("Collect {0}").format(name), forward, backward)

    # -- finding

    def search(
        self,
        query: Query,
        done: Callable[[Found], None],
        *,
        offset: int = 0,
        limit: int | None = 200,
        channel: str = "library.search",
        failed: Callable[[str, str], None] | None = None,
    ) -> Task:
        """Look for pieces, the newest first; of several searches of one channel only the last one answers."""
        return self._read(partial(_search, query, offset, limit), done, channel, failed)

    def jobs(
        self, done: Callable[[list[JobEntry]], None], *, offset: int = 0, limit: int | None = 200, channel: str = "library.jobs"
    ) -> Task:
        """What operations were carried out, the newest first."""
        return self._read(lambda library: library.jobs(limit=limit, offset=offset), done, channel)

    def tags(self, done: Callable[[list[tuple[str, int]]], None]) -> Task:
        """Every tag and how many pieces have it."""
        return self._read(lambda library: library.tags(), done, "library.tags")

    def open(self, entries: Sequence[Entry], done: Callable[[list[Item]], None], *, channel: str = "") -> Task:
        """Entries as items, with the jobs that made them. Answers come in the order in which they were asked for: what is done
        with pieces is done in the order in which a person does it."""
        chosen = list(entries)
        waiting: list[Any] = [done, None, False]  # whom to tell what, and whether it is known
        self._opening.append(waiting)

        def have(items: list[Item]) -> None:
            waiting[1] = items

        def over() -> None:
            waiting[2] = True
            while self._opening and self._opening[0][2]:
                told, items, _ = self._opening.popleft()
                if items is not None:
                    told(items)

        task = self._read(lambda library: _items(library, chosen), have, channel)
        task.finished.connect(over)
        return task

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
            partial(_with_library, self._path, work), channel=channel, name="read the library", done=have,
            failed=failed or self.trouble.emit,
        )  # fmt: skip

    # -- changing

    def favour(self, entries: Sequence[Entry], on: bool) -> None:
        """Make several pieces favourites, or no longer."""
        chosen = [entry for entry in entries if entry.favourite != on]
        if chosen:
            one, many = (
                (self.tr("Keep a piece"), self.tr("Keep {count} pieces")) if on
                else (self.tr("Stop keeping a piece"), self.tr("Stop keeping {count} pieces"))
            )  # fmt: skip
            text = one if len(chosen) == 1 else many.format(count=len(chosen))
            self._push(text, partial(self._favour, chosen, on), partial(self._favour, chosen, not on))

    def _favour(self, entries: list[Entry], on: bool) -> None:
        for entry in entries:
            self._set_mark(item_of(entry), _entry_key(entry), on)
        self._each([entry.id for entry in entries], lambda library, number: library.favourite(number, on))

    def rename(self, entry: Entry, title: str) -> None:
        """Give a piece another title."""
        title = title.strip()
        if title and title != entry.title:
            self._push(
                self.tr("Rename {0}").format(title[:40]),
                partial(self._each, [entry.id], lambda library, number: library.rename(number, title)),
                partial(self._each, [entry.id], lambda library, number: library.rename(number, entry.title)),
            )

    def tag(self, entries: Sequence[Entry], name: str) -> None:
        """Give pieces a tag."""
        name = " ".join(name.split())
        chosen = [entry.id for entry in entries if name.casefold() not in map(str.casefold, entry.tags)]
        if name and chosen:
            self._push(
                self.tr("Tag {0}").format(name),
                partial(self._each, chosen, lambda library, number: library.tag(number, name)),
                partial(self._each, chosen, lambda library, number: library.untag(number, name)),
            )

    def untag(self, entries: Sequence[Entry], name: str) -> None:
        """Take a tag from pieces."""
        chosen = [entry.id for entry in entries if name.casefold() in map(str.casefold, entry.tags)]
        if chosen:
            self._push(
                self.tr("Take the tag {0} away").format(name),
                partial(self._each, chosen, lambda library, number: library.untag(number, name)),
                partial(self._each, chosen, lambda library, number: library.tag(number, name)),
            )

    def remove(self, entries: Sequence[Entry]) -> None:
        """Remove pieces from the library; files are not touched, and undo brings them back."""
        self._there(entries, False)

    def restore(self, entries: Sequence[Entry]) -> None:
        """Bring removed pieces back."""
        self._there(entries, True)

    def _there(self, entries: Sequence[Entry], wanted: bool) -> None:
        numbers = [entry.id for entry in entries if (entry.removed is None) != wanted]
        if not numbers:
            return
        one, many = (
            (self.tr("Restore a piece"), self.tr("Restore {count} pieces")) if wanted
            else (self.tr("Remove a piece"), self.tr("Remove {count} pieces"))
        )  # fmt: skip
        text = one if len(numbers) == 1 else many.format(count=len(numbers))
        restore = partial(self._each, numbers, lambda library, number: library.restore(number))
        remove = partial(self._each, numbers, lambda library, number: library.remove(number))
        self._push(text, restore if wanted else remove, remove if wanted else restore)

    def again(self, job: Job, models: Models, done: Callable[[list[Item]], None]) -> Task:
        """Make the pieces of a job again, all of them, with the model that made them; they are put back into the library."""

        def have(pieces: Any) -> None:
            self.record(pieces)
            done(items_of(pieces))

        return self._engine.run(
            partial(_again, job, models.current), lane="model", channel="again", name="make again", done=have,
            failed=self.trouble.emit,
        )  # fmt: skip

    def _each(self, numbers: list[int], change: Callable[[Library, int], None]) -> None:
        def work(library: Library) -> None:
            for number in numbers:
                change(library, number)

        self._write("change the library", work)

    # -- writing, one after the other

    def _push(self, text: str, forward: Callable[[], None], backward: Callable[[], None]) -> None:
        if self.undo is None:
            forward()
        else:
            self.undo.push(_Change(text, forward, backward))

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

    # -- what is kept

    def _opened(self, found: tuple[list[tuple[Key, int]], list[str]]) -> None:
        marks, remarks = found
        self._remark(remarks)
        self._kept.update(key for key, _ in marks)
        self._numbers.update(marks)
        self.changed.emit()

    def _id(self, job: Job) -> str:
        found = self._ids.get(job)
        if found is None:
            found = self._ids[job] = job.id
        return found

    def _key(self, item: Item) -> Key:
        """The same for all items of one piece."""
        if item.job is not None:
            return ("job", self._id(item.job), item.place)
        domain = get_domain(item.domain)
        return _own(item.domain, domain.to_symbols(item.piece), domain.metadata(item.piece))


def item_of(entry: Entry, job: Job | None = None) -> Item:
    """An entry of the library as an item; ``job`` is the one that made it."""
    return Item(
        entry.piece(), entry.domain, entry.title, job=job, place=entry.place, number=entry.id, source=entry.path or ""
    )


def _short(item: Item) -> str:
    return item.title if len(item.title) <= 40 else item.title[:39] + "…"


def _own(domain: str, symbols: str, dressing: Any) -> Key:
    rest = {name: value for name, value in dressing.items() if name not in ("title", "source")}
    return ("own", domain, symbols, json.dumps(rest, sort_keys=True))


def _entry_key(entry: Entry) -> Key:
    if entry.job is not None:
        return ("job", entry.job, entry.place)
    return _own(entry.domain, entry.symbols, entry.dressing)


# -- in a worker's thread


def _with_library(path: Path | None, work: Work) -> tuple[Any, list[str]]:
    """The result of ``work``, and what the library remarks on its own state."""
    with Library(path) as library:
        value = work(library)
        return value, list(library.remarks)


def _favourites(library: Library) -> list[tuple[Key, int]]:
    return [(_entry_key(entry), entry.id) for entry in library.search(favourite=True, limit=None)]


def _search(query: Query, offset: int, limit: int | None, library: Library) -> Found:
    if query.job:
        entries = [entry for entry in library.of_job(query.job) if entry.removed is None or query.removed]
        return Found(query, entries, len(entries), 0)
    entries = library.search(query.text, **query.options(), offset=offset, limit=limit)
    whole = limit is None or len(entries) < limit
    total = offset + len(entries) if whole else library.count(query.text, **query.options())
    return Found(query, entries, total, offset)


def _items(library: Library, entries: Sequence[Entry]) -> list[Item]:
    jobs = {number: library.job(number) for number in {entry.job for entry in entries} if number is not None}
    return [item_of(entry, jobs[entry.job] if entry.job is not None else None) for entry in entries]


def _put(library: Library, item: Item) -> int:
    if item.job is not None:
        known = {entry.place for entry in library.of_job(item.job.id)}
        (number,) = library.record(item.job, [item.piece], item.domain, places=[item.place])
        if item.place not in known and item.title and not item.piece.title:
            library.rename(number, item.title)
        return number
    path = item.source if item.source and Path(item.source).is_file() else None
    return library.add(item.piece, item.domain, title=item.title, path=path)


def _collect(library: Library, items: Sequence[Item], name: str) -> list[int]:
    numbers = [_put(library, item) for item in items]
    for number in numbers:
        library.tag(number, name)
    return numbers


def _mark(library: Library, item: Item, on: bool, number: int | None) -> int | None:
    if on:
        number = _put(library, item)  # also one that is there: it may have been removed since it was seen
        library.favourite(number)
    elif number is not None:
        library.favourite(number, False)
    return number


def _again(job: Job, model: Any, stop: Stop) -> Any:
    import genstudio

    if model is None or model.digest != job.digest:
        model = genstudio.load(job.model)
    return model.again(job, stop=stop)
