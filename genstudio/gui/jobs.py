"""Long work with a place in the tray: import of a corpus, training, rendering.

A job is either a function that runs in the engine, or something with a process of its own that moves a :class:`Job` by its methods.
A job that has ended says so once, in the status line.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from genstudio.gui.engine import Engine, Task
from genstudio.gui.layouts import Worded, allow, beside, new_button, new_label, stacked
from genstudio.gui.speech import spoken
from genstudio.progress import Progress

__all__ = ["Job", "Jobs", "Tray"]

_KEPT = 8  # ended jobs that the tray shows


class Job(QObject):
    """One piece of long work.

    state: "running", "done", "failed" or "stopped". fraction: 0 to 1, None where it is not known. eta: seconds that are left, None
    where it is not known. message: a sentence about what it is doing. result: what it gave. page: what "Open" goes to, "" for none.
    kind: what jobs that do the same have in common. survives: it goes on where it was when the window is opened again. in_place:
    whether what it belongs to is in sight, and says itself why it failed.
    """

    progressed = Signal(object)  # genstudio.progress.Progress
    done = Signal(object)  # result
    failed = Signal(str, str)  # a sentence, details
    stopped = Signal()
    changed = Signal()  # anything of it

    def __init__(
        self, title: str, *, page: str = "", stop: Callable[[], None] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.page = page
        self.kind: object = None
        self.survives = False
        self.in_place = False
        self.state = "running"
        self.fraction: float | None = None
        self.message = ""
        self.result: Any = None
        self.error = ("", "")
        self.stopping = False
        self._stop = stop
        self._began = time.monotonic()

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.state == "running"

    @property
    def eta(self) -> float | None:
        """Seconds that are left, taking it to go on as before."""
        if not self.running or not self.fraction or self.fraction < 0.02:
            return None
        return (time.monotonic() - self._began) * (1 - self.fraction) / self.fraction

    def stop(self) -> None:
        """Ask it to end."""
        if self.running and not self.stopping and self._stop is not None:
            self.stopping = True
            self._stop()
            self.changed.emit()

    @property
    def stoppable(self) -> bool:
        """Whether it can be asked to end."""
        return self._stop is not None

    # -- for whoever does the work

    def tell(self, event: Progress) -> None:
        """It has got further."""
        if event.total:
            self.fraction = min(1.0, max(0.0, event.done / event.total))
        self.message = spoken(event.message) or event.stage
        self.progressed.emit(event)
        self.changed.emit()

    def succeed(self, result: Any = None) -> None:
        """It has ended well."""
        self.result, self.fraction = result, 1.0
        self._end("done")
        self.done.emit(result)

    def fail(self, sentence: str, details: str = "") -> None:
        """It has failed."""
        self.error, self.message = (sentence, details), sentence
        self._end("failed")
        self.failed.emit(sentence, details)

    def halt(self) -> None:
        """It was stopped."""
        self._end("stopped")
        self.stopped.emit()

    def _end(self, state: str) -> None:
        self.state = state
        self.changed.emit()


class Jobs(QObject):
    """All jobs of the window, the newest last."""

    changed = Signal()
    ended = Signal(object)  # Job

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.all: list[Job] = []

    @property
    def running(self) -> list[Job]:
        """Those that have not ended."""
        return [job for job in self.all if job.running]

    def start(self, title: str, function: Callable[..., Any], lane: str = "files", *, page: str = "") -> Job:
        """Run ``function`` in a lane of the engine as a job; it is given ``report`` and ``stop`` where it has such parameters."""
        task: Task | None = None

        def stop() -> None:
            if task is not None:
                task.stop()

        job = self.add(Job(title, page=page, stop=stop, parent=self))
        job.kind = getattr(function, "func", function)
        task = self._engine.run(function, lane=lane, name=title, done=job.succeed, failed=job.fail, progress=job.tell)
        task.stopped.connect(job.halt)
        return job

    def add(self, job: Job) -> Job:
        """Show a job that something else moves."""
        job.setParent(self)
        job.changed.connect(lambda: self._changed(job))
        self.all.append(job)
        self.changed.emit()
        return job

    def _changed(self, job: Job) -> None:
        self.changed.emit()
        if not job.running:
            self.ended.emit(job)

    def clear(self) -> None:
        """Forget those that have ended."""
        for job in [job for job in self.all if not job.running]:
            self.all.remove(job)
            job.deleteLater()
        self.changed.emit()


class _Row(QFrame):
    """One job in the tray."""

    opened = Signal(str)

    def __init__(self, job: Job, parent: QWidget) -> None:
        super().__init__(parent)
        self.job = job
        self.setProperty("kind", "panel")
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.name = new_label(self, "heading", lambda: (
            job.title, self.tr("Progress of {title}").format(title=job.title)
        ), of=self.bar)  # fmt: skip
        self.open = new_button(self, lambda: self.opened.emit(job.page), "quiet", lambda: (
            self.tr("Open"), self.tr("Open {title}").format(title=job.title)
        ))  # fmt: skip
        self.stop = new_button(self, job.stop, "", lambda: (
            self.tr("Stopping") if job.stopping else self.tr("Stop"), self.tr("Stop {title}").format(title=job.title)
        ))  # fmt: skip
        line = beside((self.name, 1), self.open, self.stop, gap=8)
        self.said = new_label(self, "muted", wrap=True)
        stacked(line, self.bar, self.said, into=self, margins=(12, 8, 12, 10), gap=6)
        job.changed.connect(self.show_job)
        self.show_job()

    def show_job(self) -> None:
        job = self.job
        self.open.setVisible(bool(job.page))
        self.stop.retranslate()
        allow(self.stop, self.tr("It ends at its next safe point.") if job.stopping else "")
        self.stop.setVisible(job.running and job.stoppable)
        self.bar.setVisible(job.running)
        known = job.fraction is not None
        if self.bar.maximum() != (1000 if known else 0):
            self.bar.setRange(0, 1000 if known else 0)
        if known:
            self.bar.setValue(round(1000 * (job.fraction or 0.0)))
        self.said.setText(self._said())

    def _said(self) -> str:
        job = self.job
        if job.state == "done":
            return self.tr("Done.")
        if job.state == "stopped":
            return self.tr("Stopped.")
        if job.state == "failed":
            return job.error[0]
        parts = [job.message] if job.message else []
        if job.fraction is not None:
            parts.append(f"{job.fraction:.0%}")
        if job.eta is not None:
            parts.append(self.tr("{time} left").format(time=_span(job.eta)))
        return "  ·  ".join(parts)


def _span(seconds: float) -> str:
    """A length of time as a clock would show it."""
    whole = max(0, round(seconds))
    hours, minutes = whole // 3600, whole % 3600 // 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


class Tray(Worded, QFrame):
    """The list of jobs, in a frame that comes up from the status line."""

    opened = Signal(str)  # the name of a page

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._rows: dict[Job, _Row] = {}
        self.setProperty("kind", "popup")
        self.setMinimumWidth(380)
        self._clear = new_button(self, jobs.clear, "quiet", lambda: (self.tr("Clear"), self.tr("Clear the work that has ended")))
        head = beside((new_label(self, "heading", lambda: self.tr("Work")), 1), self._clear)
        self._empty = new_label(self, "muted", lambda: self.tr(
            "Nothing is running. Imports, training and long exports are shown here while they work."
        ), wrap=True)  # fmt: skip
        self._box = stacked(head, self._empty, into=self, margins=12, gap=8)
        jobs.changed.connect(self._refresh)
        self.retranslate()

    def retranslate(self) -> None:
        for row in self._rows.values():
            row.show_job()
        self._refresh()

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        wanted = [*self._jobs.running, *[job for job in self._jobs.all if not job.running][-_KEPT:]]
        for job in [job for job in self._rows if job not in wanted]:
            row = self._rows.pop(job)
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        for job in wanted:
            if job not in self._rows:
                row = _Row(job, self)
                row.opened.connect(self._open)
                self._rows[job] = row
                self._box.insertWidget(1, row)
        self._empty.setVisible(not wanted)
        self._clear.setVisible(any(not job.running for job in self._jobs.all))
        if self.isVisible():
            self.adjustSize()

    def _open(self, page: str) -> None:
        self.hide()
        self.opened.emit(page)
