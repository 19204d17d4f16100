"""Where a model has learned no attributes: learning from a corpus what can be shaped, as a job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from genstudio.gui.context import Context
from genstudio.gui.widgets.corpus_job import CorpusJob
from genstudio.progress import Report, Stop

__all__ = ["AttributeMaker", "learn"]


def learn(folder: Path, corpus: str, report: Report, stop: Stop) -> dict[str, Any]:
    """Learn what can be shaped with a model, and keep it there.

    Raises:
        CorpusError, ModelError, FileError: the corpus does not fit the model, or the folder cannot be written.
    """
    import genstudio

    return genstudio.learn_attributes(folder, corpus, report=report, stop=stop)


class AttributeMaker(CorpusJob):
    """Says what attributes are, and learns them from the corpus that is chosen."""

    learned = Signal(str)  # folder of the model

    def __init__(
        self, context: Context, parent: QWidget | None = None, work: Callable[[Path, str, Report, Stop], Any] = learn
    ) -> None:
        """work: what learns; replaced in tests."""
        self._work = work
        self._model = "", Path()  # name, folder
        super().__init__(context, lambda: self.tr("Learn what can be shaped"), parent)

    def tell(self, name: str, folder: Path, domain: str) -> None:
        """Speak of a model that has learned none."""
        self._model = name, folder
        self.corpora.look_for(domain)
        self._show()

    def _words(self, working: bool) -> tuple[str, str]:
        if working:
            head = self.tr("{model} is learning what can be shaped")
            return head.format(model=self._model[0]), self.tr("You can go on elsewhere; the tray shows how far it is.")
        return self.tr("{model} has not learned yet what can be shaped").format(model=self._model[0]), self.tr(
            "From a corpus it learns in which direction pieces get more or fewer notes, higher or lower, longer or shorter. "
            "The corpus that it was trained on is the best; the model stays as it is."
        )

    # -- the job

    def _begin(self, corpus: str) -> None:
        name, folder = self._model
        title = self.tr("What {model} can shape").format(model=name)
        self._run(title, partial(self._work, folder, corpus), lambda _: self.learned.emit(str(folder)), "create")
