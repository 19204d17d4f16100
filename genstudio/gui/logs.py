"""The log of the studio: a file that turns over, and every way in which the program can fail leads there.

Faults of Python reach a listener as well, so that the window can tell of them; what kills the process (a fault of native code) is
written by faulthandler beside the log.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

import genstudio
from genstudio import paths

__all__ = ["Log", "system_facts"]

log = logging.getLogger("genstudio.gui")

_BYTES, _OLD = 500_000, 3
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
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
        self._crashes: IO[str] | None = None
        self._telling = False

    def open(self) -> None:
        """Begin to write. A folder that cannot be written leaves the program without a log, not without a window."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._handler = logging.handlers.RotatingFileHandler(
                self.folder / "studio.log", maxBytes=_BYTES, backupCount=_OLD, encoding="utf-8", delay=False
            )
            self._crashes = open(self.folder / "crash.log", "a", encoding="utf-8")  # noqa: SIM115 - open as long as the program
            self._watched = faulthandler.is_enabled()
            faulthandler.enable(self._crashes)
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
        self._qt: Any = qInstallMessageHandler(self._from_qt)
        log.info("%s", system_facts())

    def close(self) -> None:
        """Put everything back as it was."""
        log.info("closed")
        qInstallMessageHandler(self._qt)
        sys.excepthook, threading.excepthook = self._hooks
        root = logging.getLogger("genstudio")
        root.removeHandler(self._handler)
        root.setLevel(self._level)
        self._handler.close()
        if self._crashes is not None:
            faulthandler.disable()
            if self._watched:
                faulthandler.enable()
            self._crashes.close()
            self._crashes = None

    def _from_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        log.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", message)
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) and callable(self._qt):
            self._qt(kind, context, message)

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
