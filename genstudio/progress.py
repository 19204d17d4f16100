"""Progress events and the stop token, through which a long task and its caller communicate.

A long task is a plain function that takes a ``report`` callable and a :class:`Stop`; the command line, a notebook and the
desktop studio each pass their own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from genstudio.errors import Stopped

__all__ = ["Check", "Monitor", "Progress", "Report", "Stop", "go_on", "silent"]


@dataclass(frozen=True)
class Progress:
    """One event of a long task.

    Attributes:
        stage: the name of the current work ("reading", "training").
        done: the number of finished units, out of ``total``.
        total: the number of all units; None: unknown.
        message: a sentence for a person.
        data: values for a program.
    """

    stage: str
    done: int = 0
    total: int | None = None
    message: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


Report = Callable[[Progress], None]
Check = Callable[[], None]
"""A callback that a long task calls now and then; it may raise :class:`~genstudio.errors.Stopped` to end the task."""


def silent(event: Progress) -> None:
    """A report that ignores events."""


def go_on() -> None:
    """A check that never ends a task."""


class Stop:
    """A token that asks a task to stop: set from one thread or a signal handler, checked in another thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def request(self) -> None:
        """Ask the task to stop at its next safe point."""
        self._event.set()

    @property
    def requested(self) -> bool:
        """Whether a stop was requested."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise :class:`~genstudio.errors.Stopped` if a stop was requested."""
        if self._event.is_set():
            raise Stopped("stopped at your request.")


@dataclass(frozen=True)
class Monitor:
    """The progress callback and the stop token of a long task."""

    report: Report = silent
    stop: Stop = field(default_factory=Stop)

    def check(self) -> None:
        """Raise :class:`~genstudio.errors.Stopped` if a stop was requested."""
        self.stop.check()

    def counter(self, stage: str, total: int | None, message: str = "") -> Callable[[int], None]:
        """A callback that takes a number and reports it as done, out of ``total``."""
        return lambda done: self.report(Progress(stage, done, total, message))
