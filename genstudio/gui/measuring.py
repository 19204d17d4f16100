"""A model measured on a corpus in a process of its own, through ``genstudio evaluate``, one at a time."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from genstudio import paths
from genstudio.errors import FileError
from genstudio.files import holding
from genstudio.gui.child import Child
from genstudio.gui.jobs import Job, Jobs
from genstudio.gui.speech import heard, spoken
from genstudio.progress import Progress

__all__ = ["Measurer", "Wish", "in_words"]

_PATIENCE = 2.0  # seconds that the window waits for it to end when it is closed


@dataclass(frozen=True)
class Wish:
    """What is to be measured. model, corpus: folders. name: of the model, for people. limit: pieces, 0 for all. samples: K of the
    likelihood. pairs: to interpolate between.
    generated: samples of the model that are compared with them. seed: of all chance."""

    model: str
    name: str
    corpus: str
    split: str = "test"
    limit: int = 0
    samples: int = 20
    pairs: int = 0
    generated: int = 0
    seed: int = 0

    def arguments(self) -> list[str]:
        """Those of ``genstudio``."""
        words = ["evaluate", "--model", self.model, "--corpus", self.corpus, "--split", self.split, "--samples", str(self.samples)]
        words += ["--interpolation", str(self.pairs), "--generated", str(self.generated)]
        words += ["--limit", str(self.limit)] if self.limit else []
        return [*words, "--seed", str(self.seed), "--write"]


def in_words(told: Progress) -> str:
    """What is being measured, and how much of it there is."""
    translate = QCoreApplication.translate
    stages = {
        "likelihood": translate("Measuring", "Likelihood"),
        "reconstruction": translate("Measuring", "Reconstruction"),
        "interpolating": translate("Measuring", "Interpolation"),
        "filling": translate("Measuring", "Filling in"),
        "n-grams": translate("Measuring", "What is usual, from the training pieces"),
        "generating": translate("Measuring", "Samples of the model"),
        "statistics": translate("Measuring", "Samples beside real pieces"),
        "novelty": translate("Measuring", "What is copied from the training pieces"),
    }
    name = stages.get(told.message) or stages.get(told.stage) or told.message or told.stage
    if not told.total or not told.done:
        return name
    return translate("Measuring", "{what}: {done} of {total}").format(what=name, done=f"{told.done:,}", total=f"{told.total:,}")


class Measurer(QObject):
    """Measures one model at a time."""

    progressed = Signal(object)  # Progress of the stage that it is in
    done = Signal(str, dict)  # folder of the model, the result of the command
    failed = Signal(str)  # a sentence
    stopped = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.child: Child | None = None
        self.job: Job | None = None
        self.wish: Wish | None = None
        self._scratch = Path()
        self._status = self._error = ""
        self._result: dict[str, Any] = {}

    @property
    def running(self) -> bool:
        """Whether a model is being measured."""
        return self.child is not None

    def start(self, title: str, wish: Wish) -> None:
        """Measure a model.

        Raises:
            FileError: its figures cannot be kept with it, or a process cannot be started.
        """
        folder = Path(wish.model)
        if not os.access(folder, os.W_OK) or not os.access(folder / "manifest.json", os.W_OK):
            raise FileError(self.tr(
                "The figures cannot be kept with {name}: its folder {folder} cannot be written. Duplicate the model, and "
                "measure the duplicate."
            ).format(name=wish.name, folder=folder))  # fmt: skip
        lock = paths.training_lock(folder)
        if lock.exists():
            with holding(lock) as free:
                if not free:
                    raise FileError(self.tr(
                        "{name} is being trained, and its figures would be overwritten; measure it when that is paused or done."
                    ).format(name=wish.name))  # fmt: skip
        try:
            self._scratch = Path(tempfile.mkdtemp(prefix="genstudio-"))
        except OSError as error:
            raise FileError(f"cannot write a temporary folder: {error.strerror or error}; free some space.") from error
        self._status = self._error = ""
        self._result = {}
        events = self._scratch / "events.jsonl"
        child = Child(
            [*wish.arguments(), "--json", "--events", str(events), "--attended"], events, self._scratch / "log.txt", parent=self
        )
        child.said.connect(self._said)
        child.ended.connect(self._ended)
        try:
            child.start()
        except FileError:
            shutil.rmtree(self._scratch, ignore_errors=True)
            raise
        self.child, self.wish = child, wish
        self.job = self._jobs.add(Job(title, page="models", stop=self.stop))

    def stop(self) -> None:
        """End it; the model keeps the figures that it had."""
        if self.child is not None:
            self.child.stop()

    def shut(self) -> None:
        """The window closes."""
        if self.child is not None:
            self.child.stop()
            if not self.child.wait(_PATIENCE):
                self.child.kill()
                self.child.wait(5.0)

    def _said(self, events: list[dict[str, Any]]) -> None:
        latest = None
        for event in events:
            if event.get("event") == "end":
                self._status, self._error = str(event.get("status", "")), heard(event, "error")
            elif event.get("event") == "done":
                self._result = event
            elif event.get("event") == "progress":
                latest = event
        if latest is not None and self.job is not None:
            done, total = latest.get("done"), latest.get("total")
            told = Progress(
                str(latest.get("stage", "")), done if isinstance(done, int) else 0, total if isinstance(total, int) else None,
                str(latest.get("message", "")),
            )  # fmt: skip
            self.job.tell(Progress(told.stage, 0, None, in_words(told)))  # how long all stages take together is not known
            self.progressed.emit(told)

    def _ended(self, status: int) -> None:
        child, self.child = self.child, None
        job, self.job = self.job, None
        wish, self.wish = self.wish, None
        assert child is not None
        assert job is not None
        assert wish is not None
        words = self._error or child.last_words()
        child.deleteLater()
        shutil.rmtree(self._scratch, ignore_errors=True)
        if self._status == "done":
            job.succeed(wish.model)
            self.done.emit(wish.model, self._result)
        elif self._status == "stopped":
            job.halt()
            self.stopped.emit()
        else:
            unknown = self.tr("The measurement ended unexpectedly; nothing was changed. Try it once more, on fewer pieces.")
            sentence = spoken(words) if words else unknown
            job.fail(sentence)
            self.failed.emit(sentence)
