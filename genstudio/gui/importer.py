"""Files and folders to a corpus, in a process of its own.

On a thread of the window learning the vocabulary and encoding would stop it for up to half a second at a time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from genstudio.errors import FileError
from genstudio.gui.child import Child
from genstudio.gui.jobs import Job, Jobs
from genstudio.gui.speech import heard, spoken
from genstudio.progress import Progress

__all__ = ["Importer"]

_WHOLE = 1000
# What share of the time each stage takes, as measured with three thousand files.
_STAGES = {
    "reading": (0.0, 0.70),
    "splitting": (0.70, 0.06),
    "tokenizer": (0.76, 0.08),
    "encoding": (0.84, 0.13),
    "writing": (0.97, 0.03),
}


class Importer(QObject):
    """Builds one corpus at a time."""

    progressed = Signal(object)  # Progress over the whole work, of 1000
    done = Signal(str)  # the folder
    failed = Signal(str)  # a sentence
    stopped = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.child: Child | None = None
        self.job: Job | None = None
        self._out = Path()
        self._scratch = Path()
        self._status = self._error = ""

    @property
    def running(self) -> bool:
        """Whether a corpus is being built."""
        return self.child is not None

    def start(self, title: str, sources: Sequence[str], out: Path, options: Sequence[str]) -> None:
        """Build the corpus ``out``; ``options`` as of ``genstudio corpus``.

        Raises:
            FileError: it cannot be started.
        """
        try:
            self._scratch = Path(tempfile.mkdtemp(prefix="genstudio-"))
        except OSError as error:
            raise FileError(f"cannot write a temporary folder: {error.strerror or error}; free some space.") from error
        self._out, self._status, self._error = out, "", ""
        events = self._scratch / "events.jsonl"
        places = [str(Path(source).absolute()) for source in sources]
        command = ["corpus", *places, "--out", str(out), *options, "--events", str(events), "--attended"]
        child = Child(command, events, self._scratch / "log.txt", parent=self)
        child.said.connect(self._said)
        child.ended.connect(self._ended)
        try:
            child.start()
        except FileError:
            shutil.rmtree(self._scratch, ignore_errors=True)
            raise
        self.child = child
        self.job = self._jobs.add(Job(title, page="corpus", stop=self.stop))

    def stop(self) -> None:
        """End it; nothing of the corpus is left."""
        if self.child is not None:
            self.child.stop()

    def shut(self) -> None:
        """The window closes."""
        if self.child is not None:
            self.child.stop()
            if not self.child.wait(2.0):
                self.child.kill()
                self.child.wait(5.0)

    def _said(self, events: list[dict[str, Any]]) -> None:
        latest = None
        for event in events:
            if event.get("event") == "end":
                self._status, self._error = str(event.get("status", "")), heard(event, "error")
            elif event.get("event") == "progress":
                latest = event
        if latest is not None and self.job is not None:
            start, length = _STAGES.get(str(latest.get("stage")), (0.97, 0.0))
            done, total = latest.get("done"), latest.get("total")
            part = done / total if isinstance(done, int) and isinstance(total, int) and total > 0 else 0.0
            told = Progress(
                str(latest.get("stage", "")), round(_WHOLE * (start + length * min(1.0, part))), _WHOLE,
                str(latest.get("message", "")), {"done": done, "total": total},
            )  # fmt: skip
            self.job.tell(told)
            self.progressed.emit(told)

    def _ended(self, status: int) -> None:
        child, self.child = self.child, None
        job, self.job = self.job, None
        assert child is not None
        assert job is not None
        words = self._error or child.last_words()
        child.deleteLater()
        shutil.rmtree(self._scratch, ignore_errors=True)
        if self._status == "done":
            job.succeed(str(self._out))
            self.done.emit(str(self._out))
        elif self._status == "stopped":
            job.halt()
            self.stopped.emit()
        else:
            unknown = self.tr("The import ended unexpectedly; nothing was written. Try it once more, with fewer files.")
            sentence = spoken(words) if words else unknown
            job.fail(sentence)
            self.failed.emit(sentence)
