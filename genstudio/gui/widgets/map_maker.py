"""Where a model has no map: what a map is, and making one from a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from genstudio.gui.charts import folder_for, make
from genstudio.gui.context import Context
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.corpus_job import CorpusJob

__all__ = ["MapMaker"]


class MapMaker(CorpusJob):
    """Makes the map of the model in use as a job."""

    made = Signal(str, str)  # name of the model, folder of the map

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._model: Any = None
        self._reasons: list[str] = []
        for label in (self.head, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        choose = QHBoxLayout()
        choose.setSpacing(SPACE)
        choose.addStretch()
        choose.addWidget(self.corpora)
        choose.addWidget(self.other)
        choose.addWidget(self.go)
        choose.addWidget(self.bar)
        choose.addWidget(self.stop)
        choose.addStretch()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(8 * SPACE, 2 * SPACE, 8 * SPACE, 2 * SPACE)
        inside.setSpacing(SPACE)
        inside.addStretch()
        inside.addWidget(self.head)
        inside.addWidget(self.more)
        inside.addSpacing(SPACE)
        inside.addLayout(choose)
        inside.addStretch()

    def retranslate(self) -> None:
        """Set every string."""
        self.name_parts()
        self.go.setText(self.tr("Make the map"))
        self._show()

    def tell(self, model: Any, reasons: Sequence[str]) -> None:
        """Speak of a model without a map (None: it, or its map, is still being read).

        Args:
            reasons: why a map that is there cannot be used.
        """
        new = model is not None and model is not self._model
        self._model, self._reasons = model, list(reasons)
        if new:
            self._look()
        self._show()

    def _show(self) -> None:
        working, loading, nothing = self._job is not None, self._model is None, self.corpora.count() == 0
        self.corpora.setVisible(not working and not loading and not nothing)
        for button in (self.other, self.go):
            button.setVisible(not working and not loading)
        self.bar.setVisible(working)
        self.stop.setVisible(working)
        if working:
            self.head.setText(self.tr("The map is being made"))
            self.more.setText(self.tr("You can go on elsewhere; the tray shows how far it is."))
        elif loading:
            self.head.setText(self.tr("The map is being opened"))
            self.more.setText(self.tr("It is here in a moment."))
        else:
            name = self.context.models.title(self._model.name)
            self.head.setText(self.tr("{model} has no map yet").format(model=name))
            about = self.tr(
                "A map shows every piece of a corpus as a point, where the model sees it. Choose the corpus it is made from."
            )
            self.more.setText("\n".join([about, *self._reasons]))
        self._show_go()

    # -- the job

    def _domain(self) -> str:
        return str(self._model.domain.name) if self._model is not None else ""

    def _begin(self, corpus: str) -> None:
        model = self._model
        if model is None:
            return
        out = folder_for(model.name)
        title = self.tr("Map of {corpus} by {model}").format(corpus=Path(corpus).name, model=model.name)
        work = partial(make, model.folder, corpus, out)
        self._run(title, work, lambda _: self.made.emit(model.name, str(out)), "map")
