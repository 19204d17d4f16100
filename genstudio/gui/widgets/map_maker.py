"""Where a model has no map: what a map is, and making one from a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from genstudio.gui.charts import folder_for, make
from genstudio.gui.context import Context
from genstudio.gui.widgets.corpus_job import CorpusJob

__all__ = ["MapMaker"]


class MapMaker(CorpusJob):
    """Makes the map of the model in use as a job."""

    centred = True
    made = Signal(str, str)  # name of the model, folder of the map

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._model: Any = None
        self._reasons: list[str] = []
        super().__init__(context, lambda: self.tr("Make the map"), parent)

    def tell(self, model: Any, reasons: Sequence[str]) -> None:
        """Speak of a model without a map (None: it, or its map, is still being read).

        Args:
            reasons: why a map that is there cannot be used.
        """
        self._model, self._reasons = model, list(reasons)
        self.corpora.look_for(str(model.domain.name) if model is not None else None)
        self._show()

    def _words(self, working: bool) -> tuple[str, str]:
        if working:
            return self.tr("The map is being made"), self.tr("You can go on elsewhere; the tray shows how far it is.")
        if self._model is None:
            return self.tr("The map is being opened"), self.tr("It is here in a moment.")
        about = self.tr(
            "A map shows every piece of a corpus as a point, where the model sees it. Choose the corpus it is made from."
        )
        name = self.context.models.title(self._model.name)
        return self.tr("{model} has no map yet").format(model=name), "\n".join([about, *self._reasons])

    # -- the job

    def _begin(self, corpus: str) -> None:
        model = self._model
        if model is None:
            return
        out = folder_for(model.name)
        title = self.tr("Map of {corpus} by {model}").format(corpus=Path(corpus).name, model=self.context.models.title(model.name))
        work = partial(make, model.folder, corpus, out)
        self._run(title, work, lambda _: self.made.emit(model.name, str(out)), "map")
