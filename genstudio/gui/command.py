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
from genstudio.progress import Progress

__all__ = ["EVENTS", "JOURNAL", "CommandJob"]

EVENTS, JOURNAL = "events.jsonl", "log.txt"
_PATIENCE = 2.5  # seconds that the window waits for it to end when it is closed


class CommandJob(QObject):
    """One command at a time, with a place in the tray where it has a title.

    status: "" while it runs and where it died, then "done", "stopped" or "failed". error: why, as it was said. result: what it
    gave. code: the exit status. asked: whether we asked it to end.
    """

    said = Signal(list)  # events, as they come
    progressed = Signal(object)  # Progress
    ended = Signal()  # all of the above is settled; then one of:
    done = Signal(object)  # what it gives
    failed = Signal(str)  # a sentence
    stopped = Signal()

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

    def step(self, event: dict[str, Any]) -> Progress:
        """How far it is: by default within its stage."""
        done, total = (value if isinstance(value, int) else None for value in (event.get("done"), event.get("total")))
        return Progress(str(event.get("stage", "")), done or 0, total, str(event.get("message", "")))

    def tray(self, told: Progress) -> Progress:
        """What the tray says of that."""
        return told

    def gives(self) -> Any:
        """What it has made."""
        return self.result

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
            told = self.step(latest)
            if self.job is not None:
                self.job.tell(self.tray(told))
            self.progressed.emit(told)

    def _over(self, code: int) -> None:
        child, self._child = self._child, None
        job, self.job = self.job, None
        assert child is not None
        self.code = code
        if self.status not in ("done", "stopped") and not self.error:
            self.error = child.last_words()
        child.deleteLater()
        self._clear()
        done, stopped = self.status == "done", self.status == "stopped" or self.asked
        if job is not None:
            job.succeed(self.result) if done else job.halt() if stopped else job.fail(self.sentence)
        self.ended.emit()
        if done:
            self.done.emit(self.gives())
        elif stopped:
            self.stopped.emit()
        else:
            self.failed.emit(self.sentence)

    def _clear(self) -> None:
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
