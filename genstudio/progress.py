"""Progress events and the stop token: how long work talks to whoever started it.

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

    ``stage`` names what is being done ("reading", "training"); ``done`` of ``total`` counts it (``total`` None: unknown);
    ``message`` is a sentence for a person; ``data`` holds figures for a program.
    """

    stage: str
    done: int = 0
    total: int | None = None
    message: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


Report = Callable[[Progress], None]
Check = Callable[[], None]
"""What a long task calls now and then; it may raise :class:`~genstudio.errors.Stopped` to end the task."""


def silent(event: Progress) -> None:
    """A report that goes nowhere."""


def go_on() -> None:
    """A check that ends nothing."""


class Stop:
    """Asked from one thread or a signal handler, looked at from another."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def request(self) -> None:
        """Ask the task to stop at its next safe point."""
        self._event.set()

    @property
    def requested(self) -> bool:
        """Whether a stop was asked for."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise :class:`~genstudio.errors.Stopped` when a stop was asked for."""
        if self._event.is_set():
            raise Stopped("stopped at your request.")


@dataclass(frozen=True)
class Monitor:
    """Who watches a long task: what it reports to, and what stops it."""

    report: Report = silent
    stop: Stop = field(default_factory=Stop)

    def check(self) -> None:
        """Raise :class:`~genstudio.errors.Stopped` when a stop was asked for."""
        self.stop.check()

    def counter(self, stage: str, total: int | None, message: str = "") -> Callable[[int], None]:
        """A callback that reports how many of ``total`` are done."""
        return lambda done: self.report(Progress(stage, done, total, message))
