"""Log the faults of a command to a file, and with ``--debug`` to standard error as well."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from genstudio import paths

__all__ = ["logged"]

_BYTES = 1_000_000  # a larger file is emptied first


class _Faults(logging.FileHandler):
    """A log file that is opened with the first fault; if it cannot be written, the command goes on without it."""

    def __init__(self) -> None:
        super().__init__(paths.logs() / "commands.log", encoding="utf-8", delay=True)
        self.setLevel(logging.ERROR)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is None:
                place = paths.logs()
                place.mkdir(parents=True, exist_ok=True)
                file = place / "commands.log"
                self.mode = "w" if file.is_file() and file.stat().st_size > _BYTES else "a"
            super().emit(record)
        except OSError:
            pass

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is that of logging
        """Ignore a log that cannot be written."""


class _Printed(logging.Handler):
    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say(self.format(record))


@contextmanager
def logged(say: Callable[[str], None] | None) -> Iterator[None]:
    """Write the faults within the block to ``commands.log``, and pass them to ``say`` as well."""
    handlers: list[logging.Handler] = [_Faults()]
    if say is not None:
        handlers.append(_Printed(say))
    log = logging.getLogger("genstudio")
    for handler in handlers:
        log.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            log.removeHandler(handler)
            handler.close()
