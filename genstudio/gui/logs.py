"""The log of the studio: a file that turns over, and every way in which the program can fail leads there.

Faults of Python reach a listener as well, so that the window can tell of them; what kills the process (a fault of native code), or
keeps the window from answering, is written by faulthandler beside the log.

What Qt says comes by way of a file. A handler in Python would need the interpreter, and Qt speaks at any time and in any thread,
also while the system's loader is in the middle of a library and another thread, which has the interpreter, waits for that loader:
both would wait for ever. So Qt writes to standard error, as it does by itself, which is a file while the log is open, and the log
reads it now and then.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import logging
import logging.handlers
import os
import platform
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import qSetMessagePattern, qVersion

import genstudio
from genstudio import paths

__all__ = ["Log", "system_facts"]

log = logging.getLogger("genstudio.gui")

_BYTES, _OLD = 500_000, 3
_MOST = 5_000_000  # bytes of one session that native code may write
_PATTERN = "%{if-category}%{category}: %{endif}%{message}"  # Qt's own
_LINE = re.compile(r"Qt (debug|info|warning|critical|fatal): (.*)")
_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "critical": logging.ERROR,
    "fatal": logging.CRITICAL,
}


def system_facts() -> str:
    """One line about the program and the machine, for reports."""
    return (
        f"GenStudio {genstudio.__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()} ({platform.machine()})"
    )


class Log:
    """Opened at the start, closed at the end; everything is put back then.

    ``listener`` gets a sentence and the details of every fault that nothing else has caught. It is called in whichever thread
    the fault was.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or paths.logs()
        self.path: Path | None = self.folder / "studio.log"
        self.listener: Callable[[str, str], None] | None = None
        self._handler: logging.Handler = logging.NullHandler()
        self.crashes: IO[str] | None = None  # for what Python cannot tell of itself; None where there is no log
        self._native: _Native | None = None
        self._telling = False

    def open(self) -> None:
        """Begin to write. A folder that cannot be written leaves the program without a log, not without a window."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._handler = logging.handlers.RotatingFileHandler(
                self.folder / "studio.log", maxBytes=_BYTES, backupCount=_OLD, encoding="utf-8", delay=False
            )
            self.crashes = open(_aged(self.folder / "crash.log"), "a", encoding="utf-8")  # noqa: SIM115 - open as long as the program
            self.crashes.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} process {os.getpid()}, {system_facts()}\n")
            self.crashes.flush()
            self._watched = faulthandler.is_enabled()
            faulthandler.enable(self.crashes)
            self._native = _Native(_aged(self.folder / "native.log"))
        except OSError as error:
            self.path = None
            log.warning("there is no log: %s", error)
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root = logging.getLogger("genstudio")
        root.addHandler(self._handler)
        self._level = root.level
        root.setLevel(logging.INFO)
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._fault
        threading.excepthook = lambda about: self._fault(about.exc_type, about.exc_value, about.exc_traceback)
        log.info("%s", system_facts())

    def look(self) -> None:
        """Take over what Qt has said since the last look. To be called now and then."""
        if self._native is not None:
            self._tell(self._native.read())

    def _tell(self, lines: list[str]) -> None:
        """Log what of the lines is Qt's; all of them are in the file."""
        for line in lines:
            if match := _LINE.fullmatch(line):
                log.log(_LEVELS[match[1]], "Qt: %s", match[2])

    def close(self) -> None:
        """Put everything back as it was."""
        if self._native is not None:
            self._tell(self._native.close())
            self._native = None
        log.info("closed")
        sys.excepthook, threading.excepthook = self._hooks
        root = logging.getLogger("genstudio")
        root.removeHandler(self._handler)
        root.setLevel(self._level)
        self._handler.close()
        if self.crashes is not None:
            faulthandler.disable()
            if self._watched:
                faulthandler.enable()
            self.crashes.close()
            self.crashes = None

    def _fault(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error or kind(), trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("fault\n%s", details)
        if self.listener is None or self._telling:
            self._hooks[0](kind, error, trace)
            return
        self._telling = True  # a fault while one is told of must not go round in circles
        try:
            self.listener(f"This is a fault of ours ({kind.__name__}); the details can be copied.", details)
        finally:
            self._telling = False


def _aged(path: Path) -> Path:
    """The path; a file there that has become long is renamed first, so that a new one begins."""
    with contextlib.suppress(OSError):
        if path.stat().st_size > _BYTES:
            path.replace(path.with_name(path.name + ".1"))
    return path


def _descriptor(stream: Any) -> int:
    """The file descriptor of a stream, -1 where it has none."""
    try:
        return int(stream.fileno())
    except (AttributeError, OSError, ValueError):
        return -1


class _Native:
    """Standard error as a file, for Qt and other native code; what Python says goes on to where it went before.

    Nobody who writes to a file waits for a reader, and what was said last is there even when the process is killed.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError where the file cannot be written."""
        self.path = path
        self._rest = b""
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._at = os.fstat(file).st_size
            self._python: io.TextIOWrapper | None = None
            self._former = sys.stderr
            self._terminal: int | None = None
            with contextlib.suppress(OSError):  # a program without a console has no standard error
                self._terminal = os.dup(2)
            if self._terminal is not None and _descriptor(sys.stderr) == 2:
                sys.stderr.flush()
                self._python = open(  # noqa: SIM115 - open as long as this
                    os.dup(self._terminal), "w", buffering=1, encoding=sys.stderr.encoding, errors=sys.stderr.errors
                )
                sys.stderr = self._python
            os.dup2(file, 2)
        finally:
            os.close(file)
        qSetMessagePattern("Qt %{type}: " + _PATTERN)

    def read(self) -> list[str]:
        """The whole lines that have come since; they are passed on to the terminal, too."""
        try:
            with open(self.path, "rb") as file:
                file.seek(self._at)
                block = file.read()
        except OSError as error:
            log.debug("%s: %s", self.path, error)
            return []
        self._at += len(block)
        if self._terminal is not None and block:
            with contextlib.suppress(OSError):
                os.write(self._terminal, block)
        if self._at > _MOST:
            with contextlib.suppress(OSError):
                os.truncate(self.path, 0)
                self._at = 0
        *lines, self._rest = (self._rest + block).split(b"\n")
        return [line.decode("utf-8", "replace").rstrip("\r") for line in lines]

    def close(self) -> list[str]:
        """Put standard error back; the lines that were left."""
        qSetMessagePattern(_PATTERN)
        if self._python is not None:
            self._python.flush()
            if sys.stderr is self._python:
                sys.stderr = self._former
            self._python.close()
        if self._terminal is not None:
            os.dup2(self._terminal, 2)
        left = self.read()
        if self._terminal is not None:
            os.close(self._terminal)
            self._terminal = None
        return [*left, self._rest.decode("utf-8", "replace")]
