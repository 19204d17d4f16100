"""The watchdog of the window: when it has not answered for twenty seconds, where every thread stands is written beside the log.

A timer of the window winds it up again and again. It is a thread of Python's faulthandler that looks whether that still happens,
and it needs nothing of Python for it, so it also writes when a thread holds the interpreter and waits for ever.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import time
from typing import IO

from PySide6.QtCore import QObject, QTimer

__all__ = ["Watchdog"]

log = logging.getLogger(__name__)

_SECONDS = 20.0
_LAST = 60.0  # seconds that closing may take; everything of the user's is saved before


class Watchdog(QObject):
    """Watches from its making to :meth:`close`."""

    def __init__(self, file: IO[str] | None, seconds: float = _SECONDS, parent: QObject | None = None) -> None:
        """``file``: where the stacks are written, open as long as this; None: nowhere, and nothing is watched."""
        super().__init__(parent)
        self._file = file
        self._seconds = seconds
        self._last = time.monotonic()
        self._place = self._end()
        self._timer = QTimer(self)
        self._timer.setInterval(max(1, round(100 * seconds)))
        self._timer.timeout.connect(self.wind)
        if file is not None:
            self._timer.start()
            self.wind()

    def wind(self) -> None:
        """The window answers; if it had not for too long, the log tells of it, with the stacks."""
        if self._file is None:
            return
        now = time.monotonic()
        silence, self._last = now - self._last, now
        faulthandler.dump_traceback_later(self._seconds, file=self._file)  # takes the place of the one before
        if silence > self._seconds:
            log.error("the window did not answer for %.0f seconds\n%s", silence, self._written())
        self._place = self._end()

    def last(self, seconds: float = _LAST) -> None:
        """The program is about to end; if it has not within so long, it is ended."""
        self._timer.stop()
        if self._file is not None:
            faulthandler.dump_traceback_later(seconds, file=self._file, exit=True)

    def close(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        if self._file is not None:
            faulthandler.cancel_dump_traceback_later()
        self._file = None

    def _end(self) -> int:
        """Where the file ends now. The stacks are written past Python's own buffers, so it is the system that is asked."""
        if self._file is None:
            return 0
        return os.fstat(self._file.fileno()).st_size

    def _written(self) -> str:
        """What has been written since the window answered last."""
        assert self._file is not None
        try:
            with open(self._file.name, "rb") as file:
                file.seek(self._place)
                return file.read().decode("utf-8", "replace")
        except OSError as error:
            return str(error)
