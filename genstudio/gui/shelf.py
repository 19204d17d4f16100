"""The library as the window sees it: what is kept, found and changed, with undo.

Marks (what is kept) are known here at once, before the database has them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from genstudio.domains import get_domain
from genstudio.gui import finding
from genstudio.gui.engine import Engine, Task
from genstudio.gui.finding import Found, Key, LibraryFile, Making, Query, item_of
from genstudio.gui.items import Item, items_of

if TYPE_CHECKING:
    from genstudio.gui.models import Models
    from genstudio.library import Entry, Library
    from genstudio.provenance import Job

__all__ = ["Found", "Making", "Query", "Shelf", "item_of"]


class _Change(QUndoCommand):
    def __init__(self, text: str, forward: Callable[[], None], backward: Callable[[], None]) -> None:
        super().__init__(text)
        self._forward, self._backward = forward, backward

    def redo(self) -> None:
        self._forward()

    def undo(self) -> None:
        self._backward()


class Shelf(LibraryFile):
    """Keeps, finds and changes pieces of the library.

    ``kept`` and ``unkept`` come at once when a mark changes, and again the other way should writing fail; ``changed`` comes when
    the database has changed, and also when another part of the window should look anew. Call from the window's thread.
    """

    kept = Signal(object)  # Item
    unkept = Signal(object)  # Item
    recorded = Signal(str, list)  # id of a job, the numbers of its pieces

    def __init__(
        self, engine: Engine, undo: QUndoStack | None = None, path: Path | None = None, parent: QObject | None = None
    ) -> None:
        """``undo`` takes every change that can be undone; ``path`` is the library's file, None: the user's."""
        super().__init__(engine, path, parent)
        self.undo = undo
        self._opening: deque[list[Any]] = deque()
        self._kept: set[Key] = set()
        self._numbers: dict[Key, int] = {}
        self._tags: dict[Key, tuple[str, ...]] = {}  # what pieces had that are kept no longer, for undo

    def start(self) -> None:
        """Learn what is kept; once, when the window is there."""
        self._engine.run(partial(finding.with_library, self._path, finding.kept_now), name="open the library", done=self._opened,
                         failed=self.trouble.emit)  # fmt: skip

    # -- keeping

    def is_kept(self, item: Item) -> bool:
        """Whether a piece is among those that were kept."""
        return self._key(item) in self._kept

    def number_of(self, item: Item) -> int | None:
        """Its number in the library, where it is known to be there."""
        return item.number if item.number is not None else self._numbers.get(self._key(item))

    def keep(self, item: Item) -> None:
        """Keep a piece; it is put into the library where it is not yet."""
        if not self.is_kept(item):
            self._push(self.tr("Keep {0}").format(_short(item)), partial(self._mark, item, True), partial(self._mark, item, False))

    def unkeep(self, item: Item) -> None:
        """Keep a piece no longer: it leaves the library. What was made is still in the history; one's own is among what was
        removed."""
        if self.is_kept(item):
            text = self.tr("Keep {0} no longer").format(_short(item))
            self._push(text, partial(self._mark, item, False), partial(self._mark, item, True))

    def _mark(self, item: Item, on: bool) -> None:
        key = self._key(item)
        self._set_mark(item, key, on)
        self._write(
            "keep",
            # Its number and tags are known once what was before is written.
            lambda library: finding.mark(library, item, on, self.number_of(item), self._tags.pop(key, ())),
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

    def _set_marks(self, entries: Sequence[Entry], on: bool) -> None:
        for entry in entries:
            self._set_mark(item_of(entry), finding.key_of(entry), on)

    def _marked(self, key: Key, found: tuple[int | None, tuple[str, ...]]) -> None:
        number, tags = found
        if number is not None:
            self._numbers[key] = number
        if tags:
            self._tags[key] = tags

    def record(self, pieces: Any, done: Callable[[list[int]], None] | None = None) -> None:
        """Put what an operation made (``genstudio.Pieces``) into the history.

        ``recorded`` comes when it is there; a failure is told and costs nothing else.
        """
        job = pieces.job
        if job is None or not len(pieces):
            return
        number = job.id

        def have(numbers: list[int]) -> None:
            for place, one in enumerate(numbers):
                self._numbers[("job", number, place)] = one
            self.recorded.emit(number, numbers)
            if done is not None:
                done(numbers)

        self._write("record", lambda library: library.record(job, list(pieces), pieces.domain), have)

    def add(self, items: Sequence[Item]) -> None:
        """Put pieces that were made into the history (one's own into the library), without a mark."""
        chosen = list(items)
        self._write("add", lambda library: [finding.put(library, item) for item in chosen])

    def collect(self, items: Sequence[Item], name: str) -> None:
        """Put pieces into the library under a tag that they share."""
        name = " ".join(name.split())
        chosen, put = list(items), [0]

        def forward() -> None:
            def have(numbers: list[int]) -> None:
                put[:] = numbers
                self.changed.emit()

            self._write("collect", lambda library: finding.collect(library, chosen, name), have)

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
        return self._read(partial(finding.look, query, offset, limit), done, channel, failed)

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

        task = self._read(lambda library: finding.items_in(library, chosen), have, channel)
        task.finished.connect(over)
        return task

    # -- changing

    def favour(self, entries: Sequence[Entry], on: bool) -> None:
        """Keep several pieces, or no longer."""
        chosen = [entry for entry in entries if entry.kept != on]
        tags = {entry.id: entry.tags for entry in chosen}

        def mark(on: bool) -> None:
            self._set_marks(chosen, on)
            self._each(tags, lambda library, number: library.keep(number, tags[number]) if on else library.let_go(number))

        one, many = (
            (self.tr("Keep a piece"), self.tr("Keep {count} pieces")) if on
            else (self.tr("Stop keeping a piece"), self.tr("Stop keeping {count} pieces"))
        )  # fmt: skip
        self._push_some(len(chosen), one, many, partial(mark, on), partial(mark, not on))

    def rename(self, entry: Entry, title: str) -> None:
        """Give a piece another title, and keep it."""
        title = title.strip()
        if title and title != entry.title:
            self._keeping(
                self.tr("Rename {0}").format(title[:40]), [entry],
                lambda library, number: library.rename(number, title),
                lambda library, number: library.rename(number, entry.title),
            )  # fmt: skip

    def tag(self, entries: Sequence[Entry], name: str, on: bool = True) -> None:
        """Give pieces a tag, or take it from them, and keep them."""
        name = " ".join(name.split())
        chosen = [entry for entry in entries if (name.casefold() in map(str.casefold, entry.tags)) != on]
        if name and chosen:
            text = self.tr("Tag {0}") if on else self.tr("Take the tag {0} away")
            give, take = (lambda library, number: library.tag(number, name)), (lambda library, number: library.untag(number, name))
            self._keeping(text.format(name), chosen, give if on else take, take if on else give)

    def _keeping(
        self, text: str, entries: list[Entry], change: Callable[[Library, int], None], back: Callable[[Library, int], None]
    ) -> None:
        """Change pieces and keep them: what somebody names or tags is not to be forgotten."""
        before = {entry.id: entry.favourite for entry in entries}
        new = [entry for entry in entries if not entry.kept]

        def go(there: bool) -> None:
            def work(library: Library, number: int) -> None:
                (change if there else back)(library, number)
                library.favourite(number, there or before[number])

            self._set_marks(new, there)
            self._each(before, work)

        self._push(text, partial(go, True), partial(go, False))

    def remove(self, entries: Sequence[Entry], on: bool = True) -> None:
        """Remove pieces from the library, or bring removed ones back; files are not touched, and undo takes it back."""
        numbers = [entry.id for entry in entries if (entry.removed is None) == on]
        one, many = (
            (self.tr("Remove a piece"), self.tr("Remove {count} pieces")) if on
            else (self.tr("Restore a piece"), self.tr("Restore {count} pieces"))
        )  # fmt: skip
        go = [
            partial(self._each, numbers, lambda library, number: library.restore(number)),
            partial(self._each, numbers, lambda library, number: library.remove(number)),
        ]
        self._push_some(len(numbers), one, many, go[on], go[not on])

    def prune(self, rule: str, spare: Iterable[Item], done: Callable[[int], None]) -> None:
        """Forget what is old in the history, by a rule of :data:`genstudio.gui.finding.RULES`: never what is kept, nor ``spare``.
        ``done`` gets how many pieces these were."""
        if rule != "all":
            used = {(item.job.id, item.place) for item in spare if item.job is not None}
            self._write("prune the history", partial(finding.prune, rule, used), done)

    def again(self, job: Job, models: Models, done: Callable[[list[Item]], None]) -> Task:
        """Make the pieces of a job again, all of them, with the model that made them; they are put back into the library."""

        def have(pieces: Any) -> None:
            self.record(pieces)
            done(items_of(pieces))

        return self._engine.run(
            partial(finding.make_again, job, models.current), lane="model", channel="again", name="make again", done=have,
            failed=self.trouble.emit,
        )  # fmt: skip

    def _each(self, numbers: Iterable[int], change: Callable[[Library, int], object]) -> None:
        def work(library: Library) -> None:
            for number in numbers:
                change(library, number)

        self._write("change the library", work)

    def _push_some(self, count: int, one: str, many: str, forward: Callable[[], None], backward: Callable[[], None]) -> None:
        if count:
            self._push(one if count == 1 else many.format(count=count), forward, backward)

    def _push(self, text: str, forward: Callable[[], None], backward: Callable[[], None]) -> None:
        if self.undo is None:
            forward()
        else:
            self.undo.push(_Change(text, forward, backward))

    # -- what is kept

    def _opened(self, found: tuple[list[tuple[Key, int]], list[str]]) -> None:
        marks, remarks = found
        self._remark(remarks)
        self._kept.update(key for key, _ in marks)
        self._numbers.update(marks)
        self.changed.emit()

    def _key(self, item: Item) -> Key:
        """The same for all items of one piece."""
        if item.job is not None:
            return ("job", item.job.id, item.place)
        domain = get_domain(item.domain)
        return finding.own_key(item.domain, domain.to_symbols(item.piece), domain.metadata(item.piece))


def _short(item: Item) -> str:
    return item.title if len(item.title) <= 40 else item.title[:39] + "…"
