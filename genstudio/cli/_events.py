"""Events of a command for the program that started it, and how that program can end it.

Events are lines of JSON in a file, so that a reader may begin late, stop, and return. A command with ``--attended`` stops as soon
as its standard input ends, so that it ends with the program at the other end of the pipe, even if that crashes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from genstudio.cli._remedies import sentence_of
from genstudio.cli._session import Session, jsonable
from genstudio.errors import FileError, GenStudioError, Message, Stopped
from genstudio.progress import Progress, Stop

__all__ = ["WriteEvent", "add_events", "attend", "writing_events"]

EVENTS_VERSION = 1
STDIN = 0

WriteEvent = Callable[[str, dict[str, Any]], None]


def add_events(parser: argparse.ArgumentParser) -> None:
    """Add the options of a command that another program can follow."""
    parser.add_argument(
        "--events", metavar="PATH", help="also write events to this file, one JSON object per line; - for standard error"
    )
    parser.add_argument("--attended", action="store_true", help="stop, keeping what is complete, when standard input ends")


def attend(stop: Stop) -> None:
    """Request a stop when standard input ends, at the latest when the program at its other end does."""

    def wait() -> None:
        try:
            while os.read(STDIN, 1024):  # not sys.stdin, whose lock a thread must not hold when Python exits
                pass
        except OSError:
            pass
        stop.request()

    threading.Thread(target=wait, name="genstudio-attended", daemon=True).start()


@contextmanager
def writing_events(path: str | None, begin: dict[str, Any], session: Session, *, append: bool = False) -> Iterator[WriteEvent]:
    """Write events as lines of JSON while the block runs, from "begin" to "end" with its status.

    Each line has ``event`` ("begin", "step", "evaluation", "warning", "progress" … "end"), ``version``, ``time`` (seconds
    since 1970), and the values of the event; a reader should ignore keys that it does not know. A message with a template is also
    in ``said``, see :meth:`genstudio.errors.Message.to_json`.

    Yields:
        A function that writes one more event. The block uses it for "end" where the status is not "done".
    """
    if path is None or not session.speaks:
        yield lambda event, data: None
        return
    stream = _open(path, append)
    ended = False

    def write(event: str, data: dict[str, Any]) -> None:
        nonlocal stream, ended
        ended = ended or event == "end"
        line = json.dumps(
            jsonable({**data, "event": event, "version": EVENTS_VERSION, "time": round(time.time(), 3)}), ensure_ascii=True
        )
        if stream is None:
            return
        try:
            stream.write(line + "\n")
            stream.flush()
        except (OSError, ValueError) as error:  # a full disk or a closed pipe must not end the work
            stream = None
            session.note(f"warning: no more events are written to {path}: {error}")

    def listen(event: Progress) -> None:
        about = {"stage": event.stage, "done": event.done, "total": event.total, "message": event.message}
        if isinstance(event.message, Message):
            about["said"] = event.message.to_json()
        write(str(event.data.get("event", "progress")), {**about, **event.data})

    session.listen(listen)
    try:
        write("begin", begin)
        yield write
        if not ended:
            write("end", {"status": "done"})
    except Stopped:
        write("end", {"status": "stopped"})
        raise
    except BaseException as error:
        parts = {"said": error.said.to_json()} if isinstance(error, GenStudioError) else {}
        write("end", {"status": "failed", "error": sentence_of(error), **parts})
        raise
    finally:
        if stream is not None and stream is not sys.stderr:
            stream.close()


def _open(path: str, append: bool) -> TextIO | None:
    if path == "-":
        return sys.stderr
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        if append and _broken(Path(path)):
            with open(path, "a", encoding="utf-8") as file:
                file.write("\n")
        return open(path, "a" if append else "w", encoding="utf-8", buffering=1)
    except OSError as error:
        raise FileError(f"cannot write events to {path}: {error.strerror or error}; choose another file.") from error


def _broken(path: Path) -> bool:
    """Whether a file ends within a line, as after a process was killed."""
    try:
        with open(path, "rb") as file:
            return file.seek(0, os.SEEK_END) > 0 and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
    except FileNotFoundError:
        return False
