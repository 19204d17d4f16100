"""Python's cycles are collected in the window's thread only.

The collector runs in whatever thread happens to allocate. A cycle that holds widgets is then taken apart on a worker's thread, and
Qt, whose widgets belong to the window's thread, ends the process. So the collector is off while a window is open, and a timer of
the window does its work by the same thresholds.

And the C library keeps what was freed, a heap for each thread, in case it is wanted again: after a model has written something,
that is as much as the whole window. So there are few heaps, and once all work rests what is free in them goes back to the
system.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from genstudio.gui.engine import Engine

__all__ = ["Garbage", "give_back", "share_heaps"]

_EVERY = 500  # milliseconds
_REST = 800  # milliseconds without work after which memory is given back
_ARENA_MAX, _HEAPS = -8, 2  # the number of this setting in malloc.h


def _libc(function: str) -> Callable[..., int] | None:
    """A function of glibc; None where the C library is another one."""
    return getattr(ctypes.CDLL(None), function, None) if sys.platform == "linux" else None


def share_heaps() -> None:
    """Have all threads share few heaps; to be called before there are any."""
    if mallopt := _libc("mallopt"):
        mallopt(_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Give free memory back to the system."""
    if trim := _libc("malloc_trim"):
        trim(0)


class Garbage(QObject):
    """Collects from its making to :meth:`close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        self.rest = QTimer(self, singleShot=True, interval=_REST)
        self.rest.timeout.connect(lambda: threading.Thread(target=give_back, daemon=True).start())

    def follow(self, engine: Engine) -> None:
        """Give memory back whenever the engine has rested for a while."""
        engine.busy.connect(lambda busy: self.rest.stop() if busy else self.rest.start())

    def collect(self) -> None:
        """Collect the oldest generation that is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """Leave what is there now out of later collections: torch alone is a tenth of a second of them. What was left out before is
        looked at once more, since a model is a cycle and may have been let go of."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Leave the collector as it was."""
        self._timer.stop()
        self.rest.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
