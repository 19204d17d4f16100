"""A command of ours as a job: the one way in which the window trains, imports and measures.

It has a process of its own (:mod:`genstudio.gui.child`), so that the window never waits for it; what it tells is read as it comes,
it can be asked to stop without loss, and how it ended is said in words.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio.errors import FileError
from genstudio.gui import child
from genstudio.gui.jobs import Job, Jobs
from genstudio.gui.speech import heard, spoken
from genstudio.progress import Progress

__all__ = ["EVENTS", "JOURNAL", "CommandJob"]

log = logging.getLogger(__name__)

EVENTS, JOURNAL = "events.jsonl", "log.txt"
_EVERY = 100  # milliseconds between two looks at its events
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
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = Path()
        self._scratch: Path | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._look)
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
        return self._process is not None

    @property
    def pid(self) -> int:
        """The number of its process; 0 while there is none."""
        return self._process.pid if self._process is not None else 0

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
        self._folder, events = folder, folder / EVENTS
        arguments = [*arguments, "--out", str(folder / out)] if out else arguments
        try:
            if not append:
                events.unlink(missing_ok=True)
            self._events = child.Events(events, events.stat().st_size if events.exists() else 0)
            self._process = child.start([*arguments, "--events", str(events), "--attended"], folder / JOURNAL)
        except OSError as error:
            self._clear()
            raise FileError(f"cannot start a process of its own: {error.strerror or error}; free some memory or space.") from error
        self._timer.start()
        self.status, self.error, self.result, self.asked = "", "", {}, False
        if self._jobs is not None and title:
            self.job = self._jobs.add(Job(title, page=page, stop=stop or self.stop))

    def stop(self) -> None:
        """Ask it to end, after its current step; what it has kept stays."""
        if self._process is not None and self._process.stdin is not None:
            self.asked = True
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def kill(self) -> None:
        """End it at once; what it had not kept is lost."""
        if self._process is not None:
            self._process.kill()
            self.stop()

    def shut(self, *, kill: bool = True) -> None:
        """The window closes: it is asked to end and waited for a moment, then killed, or left to end by itself."""
        self.stop()
        if not self._wait(_PATIENCE) and kill:
            self.kill()
            self._wait(5.0)

    def _wait(self, seconds: float) -> bool:
        """Wait for it to end, at most so long; whether it has. Its end is told."""
        try:
            if self._process is not None:
                self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        self._look()
        return True

    def _look(self) -> None:
        process = self._process
        if process is None:
            return
        status = process.poll()  # before the events are read: those of a process that has ended are all there
        if events := self._events.read():
            self._heard(events)
        if status is None or self._process is None:
            return
        while events := self._events.read():
            self._heard(events)
        self._timer.stop()
        self._process = None
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        log.info("process %d ended with %d", process.pid, status)
        self._over(status)

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
        job, self.job = self.job, None
        self.code = code
        if self.status not in ("done", "stopped") and not self.error:
            self.error = child.last_words(self._folder / JOURNAL)
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
