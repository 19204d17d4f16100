"""What a command tells the program that started it, and how that program ends it.

Events are lines of JSON in a file: whoever reads it may come later, go, and come again. A command that runs ``--attended`` ends as
soon as its standard input ends; so it does whatever becomes of the program that holds the other end of the pipe.
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

from genstudio.cli._remedies import said
from genstudio.cli._session import Session, jsonable
from genstudio.errors import FileError, GenStudioError, Message, Stopped
from genstudio.progress import Progress, Stop

__all__ = ["Tell", "add_events", "attend", "telling"]

EVENTS_VERSION = 1
STDIN = 0

Tell = Callable[[str, dict[str, Any]], None]


def add_events(parser: argparse.ArgumentParser) -> None:
    """The arguments of a command that can be followed by another program."""
    parser.add_argument(
        "--events", metavar="PATH", help="also write what happens to this file, one JSON object a line; - for standard error"
    )
    parser.add_argument("--attended", action="store_true", help="stop, keeping what is whole, when standard input ends")


def attend(stop: Stop) -> None:
    """Ask to stop when standard input ends, which it does at the latest when the program at its other end does."""

    def wait() -> None:
        try:
            while os.read(STDIN, 1024):  # not through sys.stdin, whose lock a thread must not hold when Python ends
                pass
        except OSError:
            pass
        stop.request()

    threading.Thread(target=wait, name="genstudio-attended", daemon=True).start()


@contextmanager
def telling(path: str | None, begin: dict[str, Any], session: Session, *, append: bool = False) -> Iterator[Tell]:
    """Write events as lines of JSON while the block runs: "begin" first, "end" with its status last.

    Each line has ``event`` ("begin", "step", "evaluation", "warning", "progress" … "end"), ``version``, ``time`` (seconds
    since 1970), and the event's own figures; a reader leaves out what it does not know. Sentences with a template have what they
    were made of in ``said``, see :meth:`genstudio.errors.Message.to_json`. The block is given a function that writes one more line;
    it says "end" itself where it was not simply done.
    """
    if path is None or not session.speaks:
        yield lambda event, data: None
        return
    stream = _open(path, append)
    ended = False

    def tell(event: str, data: dict[str, Any]) -> None:
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
        except (OSError, ValueError) as error:  # a full disk, a closed pipe: no reason to lose the work
            stream = None
            session.note(f"warning: no more events are written to {path}: {error}")

    def listen(event: Progress) -> None:
        about = {"stage": event.stage, "done": event.done, "total": event.total, "message": event.message}
        if isinstance(event.message, Message):
            about["said"] = event.message.to_json()
        tell(str(event.data.get("event", "progress")), {**about, **event.data})

    session.listen(listen)
    try:
        tell("begin", begin)
        yield tell
        if not ended:
            tell("end", {"status": "done"})
    except Stopped:
        tell("end", {"status": "stopped"})
        raise
    except BaseException as error:
        parts = {"said": error.said.to_json()} if isinstance(error, GenStudioError) else {}
        tell("end", {"status": "failed", "error": said(error), **parts})
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
    """Whether a file ends within a line, as a process that was killed leaves it."""
    try:
        with open(path, "rb") as file:
            return file.seek(0, os.SEEK_END) > 0 and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
    except FileNotFoundError:
        return False
