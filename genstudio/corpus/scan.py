"""Find files, and read them in several processes.

If a reader crashes on a file, or takes too long, only that file is lost. The readers are plain processes that exchange lines of
JSON with this one (:mod:`genstudio.corpus._reader`). Unlike a process pool they need no importable main module, so this works in
scripts and notebooks, and it is known which file each process is reading.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from genstudio import domains, processors
from genstudio.domains.base import Refusal
from genstudio.errors import CorpusError, GenStudioError, Message
from genstudio.progress import Monitor

__all__ = ["Found", "ReadFile", "ReadPiece", "find", "read_all"]

log = logging.getLogger(__name__)

_SILENCE = 20.0  # seconds without an answer after which a file is given up
_SLOWEST = 250_000  # bytes per second; larger files have more time accordingly
_START = 60.0  # seconds that a reader may take to start


class ReadPiece(NamedTuple):
    """A piece of a file: its phrases as symbols, or the reason why it has none."""

    title: str
    source: str
    phrases: list[str]
    fingerprint: str
    fragments: list[int]
    reason: str
    labels: Sequence[Sequence[str]] = ()  # (column, value)


@dataclass
class ReadFile:
    """The contents of a file: its pieces, the parts that were refused, and remarks."""

    path: str
    pieces: list[ReadPiece] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, answer: Mapping[str, Any]) -> None:
        """Add an answer of a reader."""
        self.pieces.extend(ReadPiece(*values) for values in answer.get("pieces", ()))
        self.refused.extend(Refusal(*values) for values in answer.get("refused", ()))
        self.remarks.extend(answer.get("remarks", ()))


@dataclass
class Found:
    """Files that were found.

    Attributes:
        files: the files to read, in a fixed order.
        refused: files that were named but are of another kind.
        closed: folders that are not searched, with the reason.
        others: files of other kinds in folders.
    """

    files: list[Path] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    closed: list[Refusal] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)

    @property
    def kinds(self) -> dict[str, int]:
        """Number of the other files by suffix ("" for those without one), the most frequent first."""
        counts = Counter(path.suffix.lower() for path in self.others)
        return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def find(sources: Sequence[Path], suffixes: Sequence[str], kind: str) -> Found:
    """Find the files to read.

    Hidden files and folders are skipped unless they are named. Each file is taken once, even if it is named several times.

    Args:
        sources: files, and folders, which are searched recursively.
        suffixes: suffixes of files that can be read, in lower case with a dot.
        kind: the kind of such files ("melody"), for the reasons of refusals.

    Raises:
        CorpusError: a source does not exist.
    """
    found = Found()
    seen: set[str] = set()
    for source in map(Path, sources):
        if source.is_dir():
            for path in _walk(source, found):
                if path.suffix.lower() not in suffixes:
                    found.others.append(path)
                elif _new(path, seen):
                    found.files.append(path)
        elif source.exists():
            if source.suffix.lower() not in suffixes:
                reason = f"not a {kind} file ({source.suffix or 'no suffix'}); expected {' '.join(suffixes)}"
                found.refused.append(Refusal(str(source), reason))
            elif _new(source, seen):
                found.files.append(source)
        else:
            raise CorpusError("there is no file or folder {source}; check its name.", source=source)
    return found


def _new(path: Path, seen: set[str]) -> bool:
    real = os.path.realpath(path)
    if real in seen:
        return False
    seen.add(real)
    return True


def _walk(folder: Path, found: Found) -> Iterator[Path]:
    def closed(error: OSError) -> None:
        found.closed.append(
            Refusal(str(error.filename), Message("this folder cannot be looked into ({reason})", reason=error.strerror or error))
        )

    for where, folders, files in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(where, name).is_symlink():
                found.closed.append(Refusal(str(Path(where, name)), Message("a link to another folder, which is not followed")))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(where) / name


def read_all(
    files: Sequence[Path], job: Mapping[str, Any], workers: int, monitor: Monitor, silence: float = _SILENCE
) -> list[ReadFile]:
    """Read files in several processes.

    Args:
        files: the files.
        job: settings of the readers: domain, length, stride, shortest, most, read.
        workers: the number of processes; 0: one for each processor.
        monitor: receives the number of files read, and can stop the readers at once.
        silence: seconds without an answer after which a file is given up (more for large files).

    Returns:
        The contents of each file, in the order of ``files`` whatever the number of processes.

    Raises:
        Stopped: a stop was requested.
        GenStudioError: the readers cannot be started.
    """
    if not files:
        return []
    # A process takes a third of a second to start, so no more are started than there is work for.
    total = sum(_size(path) for path in files)
    useful = 1 + max(len(files) // 32, total // 1_000_000)
    pool = _Pool(files, job, max(1, min(workers or processors.count(), useful, len(files))), silence)
    return pool.run(monitor)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class _Pool:
    """Reading processes, each with a thread that feeds it."""

    def __init__(self, files: Sequence[Path], job: Mapping[str, Any], workers: int, silence: float) -> None:
        self._files = files
        self._job = json.dumps({**job, "folders": list(domains.__path__)})
        self._waiting = deque(range(len(files)))
        self._read: list[ReadFile | None] = [None] * len(files)
        self._silence = silence
        self._ending = threading.Event()
        self._failed = ""
        self._readers = [_Reader(self) for _ in range(workers)]

    def run(self, monitor: Monitor) -> list[ReadFile]:
        """Read all files."""
        total = len(self._files)
        report = monitor.counter("reading", total, Message("Reading"))
        report(0)
        for reader in self._readers:
            reader.thread.start()
        reported = 0
        try:
            while any(reader.thread.is_alive() for reader in self._readers):
                monitor.check()
                self._readers[0].thread.join(0.05)
                if not self._readers[0].thread.is_alive():
                    time.sleep(0.02)
                for reader in self._readers:
                    reader.watch()
                done = sum(file is not None for file in self._read)
                if done > reported:
                    reported = done
                    report(done)
        finally:
            self._ending.set()
            for reader in self._readers:
                reader.kill()
            for reader in self._readers:
                reader.thread.join()
        if self._failed:
            raise GenStudioError("files cannot be read: {failed}.", failed=self._failed)
        if reported < total:
            report(total)
        return [file if file is not None else ReadFile(str(path)) for file, path in zip(self._read, self._files, strict=True)]

    def next(self) -> int | None:
        """The index of the next file; None when there is none, or the pool is ending."""
        if self._ending.is_set() or self._failed:
            return None
        try:
            return self._waiting.popleft()
        except IndexError:
            return None


class _Reader:
    """A thread that reads files with a process, which is replaced by a new one when it crashes or is killed."""

    def __init__(self, pool: _Pool) -> None:
        self._pool = pool
        self._process: subprocess.Popen[str] | None = None
        self._deadline = float("inf")
        self._late = False
        self._clock = threading.Lock()
        self._patience = 0.0
        self.thread = threading.Thread(target=self._run, name="genstudio-reader", daemon=True)

    def watch(self) -> None:
        """Kill the process if it has not answered for too long."""
        with self._clock:
            if time.monotonic() > self._deadline:
                self._late, self._deadline = True, float("inf")
                self.kill()

    def kill(self) -> None:
        """Kill the process."""
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()

    def _run(self) -> None:
        pool = self._pool
        try:
            while (number := pool.next()) is not None:
                path = pool._files[number]
                if self._process is None and not self._start():
                    return
                pool._read[number] = self._read(path)
        except Exception as error:  # errors in a thread would otherwise be lost
            pool._failed = pool._failed or f"{type(error).__name__}: {error}"
        finally:
            self._close()

    def _start(self) -> bool:
        code = f"import sys; sys.path[:] = {sys.path!r}; from genstudio.corpus._reader import main; sys.exit(main())"
        self._expect(_START)
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
        )
        if self._pool._ending.is_set():
            return False
        self._send(self._pool._job)
        answer = self._receive() or {"failed": "a reading process did not start"}
        if "failed" in answer and not self._pool._ending.is_set():
            self._pool._failed = self._pool._failed or str(answer["failed"])
        return "ready" in answer

    def _read(self, path: Path) -> ReadFile:
        self._expect(self._pool._silence + _size(path) / _SLOWEST)
        file = ReadFile(str(path))
        self._send(json.dumps({"path": str(path)}))
        while (answer := self._receive()) is not None:
            file.add(answer)
            if "fault" in answer:
                log.error("%s", answer["fault"])
            if "done" in answer:
                with self._clock:
                    self._deadline = float("inf")
                if self._late:  # the answer came while the process was being killed
                    self._close()
                return file
            self._expect(self._patience)
        late = self._late
        self._close()
        reason = "reading it took too long; it may be damaged" if late else "the reader crashed on it; it may be damaged"
        return ReadFile(str(path), refused=[Refusal(str(path), reason)])

    def _expect(self, seconds: float) -> None:
        """Set the time within which the next answer must come."""
        with self._clock:
            self._patience, self._deadline = seconds, time.monotonic() + seconds

    def _send(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError:  # the process has ended, so its answer will be missing
            pass

    def _receive(self) -> dict[str, Any] | None:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith("\n"):
            return None
        try:
            value: dict[str, Any] = json.loads(line)
        except ValueError:
            return None
        return value

    def _close(self) -> None:
        with self._clock:
            process, self._process = self._process, None
            self._late, self._deadline = False, float("inf")
        if process is None:
            return
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    pass
