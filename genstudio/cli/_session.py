"""The environment of a command: output of results and remarks, progress, and stopping.

Results go to standard output, everything else to standard error. With ``--json`` nothing but the JSON object at the end is written
to standard output, not even by native code and worker processes.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from genstudio.cli._remedies import worded
from genstudio.errors import FileError
from genstudio.progress import Progress, Stop

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from genstudio.provenance import Job

__all__ = ["Session", "jsonable"]

_EVERY = 10.0  # seconds between two plain lines of progress
_STEPS = ("step", "prior_step")  # events that move the progress bar
_FOR_PEOPLE = frozenset({"piece", "show", "shown"})  # keys of results that are not for programs


class Session:
    """One run of the command line."""

    def __init__(self, *, json: bool = False, debug: bool = False) -> None:
        self.json = json
        self.debug = debug
        self.stop = Stop()
        # Under torchrun the same command runs in many processes; only the first one prints.
        self.speaks = os.environ.get("RANK", "0") in ("", "0")
        self.made: list[tuple[Job, Any]] = []  # jobs and their pieces for the library, see cli/_history.py
        self._listeners: list[Callable[[Progress], None]] = []
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._stage = ""
        self._last_line = -_EVERY  # time of the last plain line of progress
        self._stdout: TextIO | None = None  # the real one while a JSON command works

    # Output

    def out(self, text: str = "") -> None:
        """Print a line of the result, for a person."""
        _write(sys.stdout, text + "\n")

    def note(self, text: str) -> None:
        """Print a line on standard error; ignored where that is closed."""
        try:
            if self._bar is not None:
                self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
            else:
                _write(sys.stderr, text + "\n")
                sys.stderr.flush()
        except (OSError, ValueError):
            pass

    def finish(self, result: Mapping[str, Any], show: Callable[[], None]) -> None:
        """Print the result, as JSON or for a person."""
        if not self.speaks:
            return
        try:
            if self.json:
                self._print_json(result)
            else:
                show()
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            self.discard_output()
            raise FileError(f"cannot write to standard output: {error.strerror or error}; free some space.") from error

    def fail(self, message: str, status: int, error: BaseException) -> int:
        """Print an error in one line and return ``status``."""
        self._close_bar()
        if self.debug:
            self.note("".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip())
        line = " ".join(message.split())
        self.note(f"genstudio: {line}")
        if self.json and self.speaks:
            try:
                self._print_json({"error": {"kind": type(error).__name__, "message": line, "status": status}})
                sys.stdout.flush()
            except BrokenPipeError:
                raise
            except (OSError, ValueError):
                self.discard_output()
        return status

    def _print_json(self, value: Mapping[str, Any]) -> None:
        plain = jsonable(value)
        text = json.dumps(plain, ensure_ascii=False, allow_nan=False)
        try:
            text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
        except UnicodeEncodeError:  # a narrow encoding, or a file name that is not Unicode
            text = json.dumps(plain, allow_nan=False)
        sys.stdout.write(text + "\n")

    def discard_output(self) -> None:
        """Discard the rest of the buffer of standard output."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)

    # Progress

    def report(self, event: Progress) -> None:
        """A :data:`~genstudio.progress.Report` for long work.

        An event with a count moves the progress bar, or prints a line now and then where there is no terminal. An event with a
        message and no count, or whose ``data["event"]`` is not a step, is a remark and always printed.
        """
        if not self.speaks:
            return
        for listener in self._listeners:
            listener(event)
        counted = event.done > 0 or event.total is not None
        if event.message and (not counted or event.data.get("event", "step") not in _STEPS):
            message = worded(event.message)
            self.note(f"warning: {message}" if event.stage == "warning" else message)
        elif sys.stderr.isatty():
            self._move_bar(event)
        else:
            self._print_progress(event)

    def listen(self, listener: Callable[[Progress], None]) -> None:
        """Pass every event to ``listener`` as well."""
        self._listeners.append(listener)

    def _print_progress(self, event: Progress) -> None:
        now = time.monotonic()
        if event.stage == self._stage and now - self._last_line < _EVERY and event.done != event.total:
            return
        self._stage, self._last_line = event.stage, now
        count = f" {event.done:,}" + (f" of {event.total:,}" if event.total is not None else "")
        self.note(f"{event.stage}:{count}{'  ' + event.message if event.message else ''}")

    def _move_bar(self, event: Progress) -> None:
        with contextlib.suppress(OSError, ValueError):
            if self._bar is None:
                self._bar = _new_bar()
                self._bar.start()
            if self._task is None or event.stage != self._stage:
                if self._task is not None:
                    self._bar.stop_task(self._task)
                self._stage = event.stage
                self._task = self._bar.add_task(event.stage, total=event.total)
            label = _escaped(f"{event.stage}  {event.message}".rstrip())
            self._bar.update(self._task, completed=event.done, total=event.total, description=label)

    def _close_bar(self) -> None:
        if self._bar is not None:
            with contextlib.suppress(OSError, ValueError):
                self._bar.stop()
            self._bar = self._task = None

    # Around the work

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        """Keep standard output clean while a command works with ``--json``, and close the progress bar at the end."""
        try:
            with _diverted_stdout() if self.json else contextlib.nullcontext():
                yield
        finally:
            self._close_bar()

    @contextlib.contextmanager
    def stoppable(self, after: str = "") -> Iterator[Stop]:
        """Turn the first Ctrl-C (or SIGTERM) into a request to stop; the second one aborts.

        Args:
            after: a clause on what the stop does, printed at the request.
        """
        if threading.current_thread() is not threading.main_thread():
            yield self.stop
            return

        def asked(number: int, frame: FrameType | None) -> None:
            if self.stop.requested:
                raise KeyboardInterrupt
            self.stop.request()
            # Not with `note`: a handler may interrupt the writing of a line, and writing to a buffer is not reentrant.
            with contextlib.suppress(OSError):
                os.write(2, f"\nstopping{': ' + after if after else ''}; once more to abort at once.\n".encode())

        numbers = [signal.SIGINT, signal.SIGTERM]
        former = {number: signal.signal(number, asked) for number in numbers}
        try:
            yield self.stop
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)


def jsonable(value: Any) -> Any:
    """Convert ``value`` to the types of JSON: paths to text, infinite numbers and NaN to null, without keys for people alone."""
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items() if key not in _FOR_PEOPLE}
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(jsonable(item) for item in value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, (str, bool, int)) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    for method in ("tolist", "item"):  # arrays and numbers of numpy and torch, which are not imported here
        if callable(convert := getattr(value, method, None)):
            return jsonable(convert())
    raise TypeError(f"a {type(value).__name__} cannot be part of a JSON result")


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))


@contextlib.contextmanager
def _diverted_stdout() -> Iterator[None]:
    """Redirect standard output, also that of native code, to standard error."""
    try:
        sys.stdout.flush()
        number = sys.stdout.fileno()
        kept = os.dup(number)
    except (OSError, ValueError, AttributeError):  # no real file, as in a test or a notebook
        with contextlib.redirect_stdout(sys.stderr):
            yield
        return
    try:
        os.dup2(2, number)
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, number)
        os.close(kept)


def _new_bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        redirect_stdout=False,
        redirect_stderr=False,
    )


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
