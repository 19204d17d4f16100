"""The library's database on the engine's lane "files": each use has a connection of its own, and writes wait for one another, so
that what was done last stands last."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from genstudio.gui import finding
from genstudio.gui.engine import Engine, Task, sentence
from genstudio.gui.finding import Work
from genstudio.gui.speech import spoken

__all__ = ["LibraryFile"]

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
                self._result = finding.with_library(self._path, self._work)
            return self._result


class LibraryFile(QObject):
    """Reads and writes, in the order in which they are asked for. ``changed`` comes when the database has changed. Call from the
    window's thread."""

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
            partial(finding.with_library, self._path, work), channel=channel, name="read the library", done=have,
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
