"""A command of ours in a process of its own, so that its work cannot hold up the window and outlives what befalls it.

What it tells is read from the file of events that it writes, which is there for whoever comes later, too. The pipe to its standard
input is what ties it to the window: when that is closed, by us or because the window has died, the command stops and keeps what is
whole (``--attended``).
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio import processors
from genstudio.errors import FileError

__all__ = ["Child", "Events"]

log = logging.getLogger(__name__)

_EVERY = 100  # milliseconds between two looks at its events
_MOST = 128 * 1024  # bytes that are read at one look, a few milliseconds' work
_NICENESS = 10
CODE = "import sys; sys.path[:] = {path!r}; from genstudio.cli import main; sys.exit(main(sys.argv[1:]))"
"""The program of a process of the engine; ``{path!r}`` stands for the folders where its modules are looked for."""


class Events:
    """Reads lines of JSON as they are added to a file. What is no whole line, or no object, is left out."""

    def __init__(self, path: Path, start: int = 0) -> None:
        self.path = path
        self._at = start
        self._rest = b""

    def read(self, most: int = _MOST) -> list[dict[str, Any]]:
        """The events that have come, of at most so many bytes; empty when there are none."""
        try:
            with open(self.path, "rb") as file:
                file.seek(self._at)
                block = file.read(most)
        except OSError:
            return []
        self._at += len(block)
        *lines, self._rest = (self._rest + block).split(b"\n")
        found = []
        for line in lines:
            try:
                event = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(event, dict):
                found.append(event)
        return found


class Child(QObject):
    """One such process. ``said`` gives its events in order, ``ended`` its exit status once all of them were given."""

    said = Signal(list)  # of dicts
    ended = Signal(int)  # exit status; negative: the signal that killed it

    def __init__(
        self, arguments: Sequence[str], events: Path, journal: Path, *, append: bool = False, parent: QObject | None = None
    ) -> None:
        """``events``: the file that the arguments name. ``append``: it goes on with that file. ``journal``: gets what it says to
        people."""
        super().__init__(parent)
        self._arguments = list(arguments)
        self._journal = journal
        self._append = append
        self._path = events
        self._process: subprocess.Popen[bytes] | None = None
        self._events = Events(events)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        """Whether it was started and its end was not told yet."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The number of its process; 0 while there is none."""
        return self._process.pid if self._process is not None else 0

    def start(self) -> None:
        """Start it.

        Raises:
            FileError: it cannot be started.
        """
        code = CODE.format(path=[place for place in sys.path if place])
        threads = str(max(1, processors.count() - 1))  # one processor is left to the window
        # A number that the user has set stands.
        environment = {"OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads, **os.environ, "PYTHONUTF8": "1"}
        options: dict[str, Any] = {}
        if sys.platform == "win32":
            options["creationflags"] = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
        else:
            options["start_new_session"] = True  # a Ctrl-C at the window's terminal is the window's
        try:
            if not self._append:
                self._path.unlink(missing_ok=True)
            start = self._path.stat().st_size if self._path.exists() else 0
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            with open(self._journal, "ab") as journal:
                self._process = subprocess.Popen(
                    [sys.executable, "-c", code, *self._arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=journal,
                    env=environment,
                    cwd=self._journal.parent,
                    **options,
                )
        except OSError as error:
            raise FileError(f"cannot start a process of its own: {error.strerror or error}; free some memory or space.") from error
        self._events = Events(self._path, start)
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)
        self._timer.start()

    def stop(self) -> None:
        """Ask it to stop; it ends after its current step, with all it has kept."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def kill(self) -> None:
        """End it at once; what it had not kept is lost."""
        if self._process is not None:
            self._process.kill()
            self.stop()

    def wait(self, seconds: float) -> bool:
        """Wait for it to end, at most so long; whether it has. Its end is told."""
        if self._process is None:
            return True
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        self._look()
        return True

    def last_words(self) -> str:
        """The last line of what it said to people, without our name before it."""
        try:
            with open(self._journal, "rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - 4096))
                lines = file.read().decode("utf-8", "replace").split("\n")
        except OSError:
            return ""
        said = [line.strip() for line in lines if line.strip()]
        return said[-1].removeprefix("genstudio: ") if said else ""

    def _look(self) -> None:
        process = self._process
        if process is None:
            return
        status = process.poll()  # before the events are read: those of a process that has ended are all there
        events = self._events.read()
        if events:
            self.said.emit(events)
        if status is None or self._process is None:
            return
        while events := self._events.read():
            self.said.emit(events)
        self._timer.stop()
        self._process = None
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        log.info("process %d ended with %d", process.pid, status)
        self.ended.emit(status)
