"""A model measured on a corpus in a process of its own, through ``genstudio evaluate``, one at a time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from genstudio import paths
from genstudio.errors import FileError
from genstudio.files import holding
from genstudio.gui.command import CommandJob
from genstudio.gui.jobs import Jobs
from genstudio.progress import Progress

__all__ = ["Measurer", "Wish", "in_words"]


@dataclass(frozen=True)
class Wish:
    """What is to be measured. model, corpus: folders. name: of the model, for people. options: of an evaluation, by name; what is
    None is as it is by default. seed: of all chance."""

    model: str
    name: str
    corpus: str
    split: str = "test"
    seed: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)

    def arguments(self) -> list[str]:
        """Those of ``genstudio``."""
        asked = [(f"--{name.replace('_', '-')}", str(value)) for name, value in self.options.items() if value is not None]
        words = ["evaluate", "--model", self.model, "--corpus", self.corpus, "--split", self.split]
        return [*words, *(word for pair in asked for word in pair), "--seed", str(self.seed), "--write"]


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


class Measurer(CommandJob):
    """Measures one model at a time; ``progressed`` is over the stage that it is in."""

    done = Signal(str, dict)  # folder of the model, the result of the command
    failed = Signal(str)  # a sentence
    stopped = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self.wish: Wish | None = None
        self.ended.connect(self._settle)

    def start(self, title: str, wish: Wish) -> None:
        """Measure a model. Where that is stopped it keeps the figures that it had.

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
        self.begin([*wish.arguments(), "--json"], title=title, page="models")
        self.wish = wish

    def lost(self) -> str:
        return self.tr("The measurement ended unexpectedly; nothing was changed. Try it once more, on fewer pieces.")

    def told(self, event: dict[str, Any]) -> None:
        done, total = event.get("done"), event.get("total")
        told = Progress(
            str(event.get("stage", "")), done if isinstance(done, int) else 0, total if isinstance(total, int) else None,
            str(event.get("message", "")),
        )  # fmt: skip
        if self.job is not None:  # how long all stages take together is not known
            self.job.tell(Progress(told.stage, 0, None, in_words(told)))
        self.progressed.emit(told)

    def _settle(self) -> None:
        wish, self.wish = self.wish, None
        assert wish is not None
        if self.status == "done":
            self.done.emit(wish.model, self.result)
        elif self.status == "stopped" or self.asked:
            self.stopped.emit()
        else:
            self.failed.emit(self.sentence)
