"""A model measured on a corpus in a process of its own, through ``genstudio evaluate``."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from genstudio import paths
from genstudio.errors import FileError
from genstudio.files import holding
from genstudio.gui.command import CommandJob
from genstudio.gui.jobs import Jobs
from genstudio.gui.speech import spoken
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
    """Measures one model after the other, and gives the folder of each with the result; ``progressed`` is over the stage that it is
    in. waiting: those that follow."""

    begun = Signal(object, int)  # Wish, and how many wait

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self.wish: Wish | None = None
        self.waiting: list[Wish] = []
        self.done.connect(self._next)
        self.failed.connect(self.waiting.clear)

    def measure(self, wishes: Sequence[Wish]) -> None:
        """Measure models. Where that is stopped each keeps the figures that it had."""
        self.waiting[:] = wishes
        self._next()

    def _next(self, *_: object) -> None:
        if not self.waiting or self.running:
            return
        wish = self.waiting.pop(0)
        try:
            self._start(wish)
        except FileError as error:
            self.failed.emit(spoken(error))
        else:
            self.begun.emit(wish, len(self.waiting))

    def _start(self, wish: Wish) -> None:
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
        title = self.tr("Figures of {name}").format(name=wish.name)
        self.begin([*wish.arguments(), "--json"], title=title, page="models")
        self.wish = wish

    def stop(self) -> None:
        self.waiting.clear()
        super().stop()

    def lost(self) -> str:
        return self.tr("The measurement ended unexpectedly; nothing was changed. Try it once more, on fewer pieces.")

    def tray(self, told: Progress) -> Progress:
        return Progress(told.stage, 0, None, in_words(told))  # how long all stages take together is not known

    def gives(self) -> tuple[str, dict[str, Any]]:
        return self.wish.model if self.wish is not None else "", self.result
