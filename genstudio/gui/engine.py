"""Work beside the window: plain functions of the engine run on threads, and their results come back to the window's own thread.

A function is given ``report`` and ``stop`` when it has parameters of these names. What it raises becomes one sentence: the
message of an error of ours, or "this is a fault of ours" with the details to copy.

Work has a lane. ``model`` is for everything that uses a network: one at a time, in order, since two decodings at once are no
faster than one after the other. ``files`` is for everything else (reading, rendering, the library), several at once. A task of a
channel takes the place of the one before it in that channel: the morph slider wants the latest place only.
"""

from __future__ import annotations

import inspect
import logging
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QMetaMethod, QObject, Qt, Signal, SignalInstance

from genstudio.errors import GenStudioError, Stopped
from genstudio.gui.speech import Told, lasting, spoken
from genstudio.progress import Progress, Stop

__all__ = ["Engine", "Task"]

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

LANES = {"model": 1, "files": 3}


class Task(QObject):
    """One piece of work. Its signals are emitted in the window's thread; exactly one of ``succeeded``, ``failed`` and ``stopped``
    comes, and ``finished`` after it."""

    progressed = Signal(object)  # genstudio.progress.Progress
    succeeded = Signal(object)  # what the function returned
    failed = Signal(object, str)  # a sentence for a person (with its remedy, see Told), details to copy
    stopped = Signal()
    finished = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.name = name
        self.over = False
        self._stop = Stop()

    def stop(self) -> None:
        """Ask it to end at its next safe point; ``stopped`` comes when it has. A result that is already on its way is dropped."""
        self._stop.request()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.requested

    def tell(self, event: Progress) -> None:
        """Pass a step on; in the window's thread."""
        if not self.over and not self._stop.requested:
            self.progressed.emit(event)

    def end(self, how: str, value: Any) -> None:
        """Say how it went; in the window's thread."""
        self.over = True
        if how == "stopped" or self._stop.requested:
            self.stopped.emit()
        elif how == "succeeded":
            self.succeeded.emit(value)
        else:
            self.failed.emit(*value)
        self.finished.emit()
        # What is connected may hold the last reference to what this task belongs to, and it must not go while the task goes.
        for signal in (self.progressed, self.succeeded, self.failed, self.stopped, self.finished):
            if self.isSignalConnected(QMetaMethod.fromSignal(signal)):
                signal.disconnect()
        self.deleteLater()

    # -- in the worker's thread

    def work(self, function: Callable[..., Any], told: SignalInstance, ended: SignalInstance) -> None:
        """Run ``function`` and tell the window's thread how it goes and went, by two signals of the engine."""
        try:
            self._stop.check()
            wanted = inspect.signature(function).parameters
            given: dict[str, Any] = {}
            if "report" in wanted:
                given["report"] = lambda event: told.emit(self, event)
            if "stop" in wanted:
                given["stop"] = self._stop
            outcome: tuple[str, Any] = "succeeded", function(**given)
        except Stopped:
            outcome = "stopped", None
        except Exception as error:  # the last floor: a thread must not die without a word
            outcome = "failed", sentence(error)
        try:
            ended.emit(self, *outcome)
        except RuntimeError:  # the window is gone
            log.debug("%s ended after the window", self.name)


def sentence(error: BaseException) -> tuple[Told, str]:
    """What a person reads of an error, and the details that they may copy."""
    details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    if isinstance(error, GenStudioError):
        return spoken(error), details
    path = reason = None
    if isinstance(error, MemoryError):
        said = QT_TRANSLATE_NOOP("Task", "There is not enough memory for this; close other programs, or take something smaller.")
    elif isinstance(error, OSError) and error.strerror:
        path, reason = error.filename, error.strerror
        if path:
            said = QT_TRANSLATE_NOOP("Task", "Cannot use {path}: {reason}; choose another place.")
        else:
            said = QT_TRANSLATE_NOOP("Task", "Cannot use a file: {reason}; choose another place.")
    else:
        log.error("fault", exc_info=error)
        said = QT_TRANSLATE_NOOP("Task", "This is a fault of ours ({kind}); the details can be copied.")
    values = {"path": path, "reason": reason, "kind": type(error).__name__}
    return lasting(lambda: translate("Task", str(said)).format(**values)), details


class Engine(QObject):
    """Runs tasks; one for the application."""

    busy = Signal(bool)  # whether any task is running or waiting

    # What threads say of their tasks. It is the engine that says it, since it outlives them: a task is deleted as soon as its end
    # is known, and its thread may then still be on the way out of the call by which it told that.
    told = Signal(object, object)  # Task, Progress
    ended = Signal(object, str, object)  # Task, how, value

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._pools = {
            lane: ThreadPoolExecutor(max_workers=count, thread_name_prefix=f"genstudio-{lane}") for lane, count in LANES.items()
        }
        self._channels: dict[str, Task] = {}
        self._tasks: set[Task] = set()
        self._closed = False

    def run(
        self,
        function: Callable[..., Any],
        *,
        lane: str = "files",
        channel: str = "",
        name: str = "",
        done: Callable[[Any], None] | None = None,
        failed: Callable[[str, str], None] | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Task:
        """Run ``function`` on a thread; call from the window's thread.

        Args:
            function: called without arguments but ``report`` and ``stop`` where it has parameters of these names; bind others
                with ``functools.partial``.
            lane: "model" or "files". channel: a newer task of the same channel stops this one.
            name: what it does, for the log and the tray.
            done, failed, progress: connected to the task's signals; called in the window's thread. Bound methods of widgets
                are let go of with the widget.
        """
        task = Task(name or getattr(function, "__name__", "work"), self)
        if done is not None:
            task.succeeded.connect(done)
        if failed is not None:
            task.failed.connect(failed)
        if progress is not None:
            task.progressed.connect(progress)
        if channel:
            before = self._channels.get(channel)
            if before is not None:
                before.stop()
            self._channels[channel] = task
        self._tasks.add(task)
        task.finished.connect(lambda: self._forget(task, channel))
        if len(self._tasks) == 1:
            self.busy.emit(True)
        self._pools[lane].submit(task.work, function, self.told, self.ended)
        return task

    def _tell(self, task: Task, event: Progress) -> None:
        task.tell(event)

    def _end(self, task: Task, how: str, value: Any) -> None:
        task.end(how, value)

    def _forget(self, task: Task, channel: str) -> None:
        self._tasks.discard(task)
        if channel and self._channels.get(channel) is task:
            del self._channels[channel]
        if not self._tasks:
            self.busy.emit(False)

    @property
    def working(self) -> bool:
        """Whether any task is running or waiting."""
        return bool(self._tasks)

    def stop_channel(self, channel: str) -> None:
        """Stop what is running in a channel."""
        task = self._channels.get(channel)
        if task is not None:
            task.stop()

    def close(self) -> None:
        """Stop everything and wait for the threads to end."""
        if self._closed:
            return
        self._closed = True
        for task in self._tasks:
            task.stop()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
