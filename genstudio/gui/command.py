"""A command of ours as a job: the one way in which the window trains, imports and measures.

It has a process of its own (:mod:`genstudio.gui.child`), so that the window never waits for it; what it tells is read as it comes,
it can be asked to stop without loss, and how it ended is said in words.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from genstudio.errors import FileError
from genstudio.gui.child import Child
from genstudio.gui.jobs import Job, Jobs
from genstudio.gui.speech import heard, spoken

__all__ = ["EVENTS", "JOURNAL", "CommandJob"]

EVENTS, JOURNAL = "events.jsonl", "log.txt"
_PATIENCE = 2.5  # seconds that the window waits for it to end when it is closed


class CommandJob(QObject):
    """One command at a time, with a place in the tray where it has a title.

    status: "" while it runs and where it died, then "done", "stopped" or "failed". error: why, as it was said. result: what it
    gave. code: the exit status. asked: whether we asked it to end.
    """

    said = Signal(list)  # events, as they come
    progressed = Signal(object)  # Progress, where the job makes one of what was said
    ended = Signal()  # all of the above is settled

    def __init__(self, jobs: Jobs | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._child: Child | None = None
        self._scratch: Path | None = None
        self.job: Job | None = None
        self.status = self.error = ""
        self.result: dict[str, Any] = {}
        self.code = 0
        self.asked = False

    # -- what differs

    def told(self, event: dict[str, Any]) -> None:
        """It has got further; the last of several such events is enough."""

    def lost(self) -> str:
        """What is said where it ended without a word."""
        return self.tr("It ended unexpectedly; nothing was changed. Try it once more.")

    # -- the process

    @property
    def running(self) -> bool:
        """Whether its process works."""
        return self._child is not None

    @property
    def pid(self) -> int:
        """The number of its process; 0 while there is none."""
        return self._child.pid if self._child is not None else 0

    def begin(
        self, arguments: Sequence[str], folder: Path | None = None, *, append: bool = False, out: str = "", title: str = "",
        page: str = "", stop: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Start it.

        Args:
            arguments: those of ``genstudio``; where to write events is added.
            folder: where events and journal stay; None: in a temporary folder, which is gone at the end.
            append: it goes on with the events that are there.
            out: the name in this folder of what it writes, "" where the arguments say that.
            title, page: of the line in the tray, see :class:`Job`.
            stop: what the tray does to end it; None: :meth:`stop`.

        Raises:
            FileError: it cannot be started.
        """
        if folder is None:
            try:
                folder = self._scratch = Path(tempfile.mkdtemp(prefix="genstudio-"))
            except OSError as error:
                raise FileError(f"cannot write a temporary folder: {error.strerror or error}; free some space.") from error
        events = folder / EVENTS
        arguments = [*arguments, "--out", str(folder / out)] if out else arguments
        child = Child(
            [*arguments, "--events", str(events), "--attended"], events, folder / JOURNAL, append=append, parent=self
        )
        child.said.connect(self._heard)
        child.ended.connect(self._over)
        try:
            child.start()
        except FileError:
            self._clear()
            raise
        self._child, self.status, self.error, self.result, self.asked = child, "", "", {}, False
        if self._jobs is not None and title:
            self.job = self._jobs.add(Job(title, page=page, stop=stop or self.stop))

    def stop(self) -> None:
        """Ask it to end; what it has kept stays."""
        if self._child is not None:
            self.asked = True
            self._child.stop()

    def kill(self) -> None:
        """End it at once."""
        if self._child is not None:
            self.asked = True
            self._child.kill()

    def shut(self, *, kill: bool = True) -> None:
        """The window closes: it is asked to end and waited for a moment, then killed, or left to end by itself."""
        child = self._child
        self.stop()
        if child is not None and not child.wait(_PATIENCE) and kill:
            child.kill()
            child.wait(5.0)

    # -- what it says

    @property
    def sentence(self) -> str:
        """Why it failed, in the language of the window."""
        return spoken(self.error) if self.error else self.lost()

    def _heard(self, events: list[dict[str, Any]]) -> None:
        latest = None
        for event in events:
            kind = event.get("event")
            if kind == "end":
                self.status, self.error = str(event.get("status", "")), heard(event, "error")
            elif kind == "done":
                self.result = event
            elif kind == "progress":
                latest = event
        self.said.emit(events)
        if latest is not None:
            self.told(latest)

    def _over(self, code: int) -> None:
        child, self._child = self._child, None
        job, self.job = self.job, None
        assert child is not None
        self.code = code
        if self.status not in ("done", "stopped") and not self.error:
            self.error = child.last_words()
        child.deleteLater()
        self._clear()
        if job is not None:
            if self.status == "done":
                job.succeed(self.result)
            elif self.status == "stopped" or self.asked:
                job.halt()
            else:
                job.fail(self.sentence)
        self.ended.emit()

    def _clear(self) -> None:
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
