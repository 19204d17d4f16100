"""A command of ours in a process of its own, so that its work cannot hold up the window and outlives what befalls it.

What it tells is read from the file of events that it writes, which is there for whoever comes later, too. The pipe to its standard
input is what ties it to the window: when that is closed, by us or because the window has died, the command stops and keeps what is
whole (``--attended``).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from genstudio import processors

__all__ = ["Events", "last_words", "start"]

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


def start(arguments: Sequence[str], journal: Path) -> subprocess.Popen[bytes]:
    """Start ``genstudio`` with these arguments in a process of its own. ``journal``: gets what it says to people.

    Raises:
        OSError: it cannot be started.
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
    journal.parent.mkdir(parents=True, exist_ok=True)
    with open(journal, "ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=file,
            env=environment, cwd=journal.parent, **options,
        )  # fmt: skip
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    return process


def last_words(journal: Path) -> str:
    """The last line of what a process said to people, without our name before it."""
    try:
        with open(journal, "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 4096))
            lines = file.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    said = [line.strip() for line in lines if line.strip()]
    return said[-1].removeprefix("genstudio: ") if said else ""
