"""Where a model has no map: what a map is, and making one from a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from genstudio.gui.charts import corpora_for, folder_for, make
from genstudio.gui.context import Context
from genstudio.gui.theme import SPACE
from genstudio.progress import Progress

__all__ = ["MapMaker"]


class MapMaker(QFrame):
    """Makes the map of the model in use as a job."""

    made = Signal(str, str)  # name of the model, folder of the map
    trouble = Signal(str, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._model: Any = None
        self._reasons: list[str] = []
        self._job: Any = None
        self.setProperty("kind", "well")
        self.head, self.more = QLabel(self), QLabel(self)
        self.head.setProperty("kind", "heading")
        self.more.setProperty("kind", "muted")
        for label in (self.head, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self.corpora, self.other, self.go = QComboBox(self), QPushButton(self), QPushButton(self)
        self.corpora.setMinimumWidth(32 * SPACE)
        self.go.setProperty("kind", "primary")
        self.bar, self.stop = QProgressBar(self), QPushButton(self)
        self.bar.setFixedWidth(36 * SPACE)
        self.bar.setRange(0, 1000)
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
        self.other.clicked.connect(self._choose)
        self.go.clicked.connect(self.make)
        self.stop.clicked.connect(self._stop)
        context.bus.corpora_changed.connect(self._look)

    def retranslate(self) -> None:
        """Set every string."""
        self.corpora.setAccessibleName(self.tr("Corpus"))
        self.other.setText(self.tr("Another corpus…"))
        self.go.setText(self.tr("Make the map"))
        self.stop.setText(self.tr("Stop"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self._show()

    def tell(self, model: Any, reasons: Sequence[str]) -> None:
        """Speak of a model without a map (None: it is still being loaded); ``reasons``: why a map that is there cannot be used."""
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
            self.head.setText(self.tr("The model is being loaded"))
            self.more.setText(self.tr("Its map is here in a moment."))
        else:
            self.head.setText(self.tr("{model} has no map yet").format(model=self._model.name))
            about = self.tr(
                "A map shows every piece of a corpus as a point, where the model sees it. Choose the corpus it is made from."
            )
            self.more.setText("\n".join([about, *self._reasons]))
        self.go.setEnabled(not nothing)
        self.go.setToolTip(self.tr("Choose a corpus first.") if nothing else "")

    # -- the corpus

    def _look(self) -> None:
        if self._model is not None:
            known = [str(folder) for folder in self.context.settings["corpora"]]
            self.context.engine.run(
                partial(corpora_for, self._model.domain.name, known), channel="corpora", name="look for corpora", done=self._have
            )

    def _have(self, found: list[tuple[str, str, int]]) -> None:
        before = self.corpora.currentData()
        self.corpora.clear()
        for folder, name, count in found:
            self.corpora.addItem(self.tr("{name} ({count} pieces)").format(name=name, count=f"{count:,}"), folder)
        self.corpora.setCurrentIndex(max(0, self.corpora.findData(before)))
        self._show()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder of a corpus"))
        if folder:
            self.use(folder)

    def use(self, folder: str) -> None:
        """Take the corpus in a folder."""
        if self.corpora.findData(folder) < 0:
            self.corpora.addItem(Path(folder).name, folder)
        self.corpora.setCurrentIndex(self.corpora.findData(folder))
        self._show()

    # -- the job

    def make(self) -> None:
        """Make the map of the chosen corpus."""
        model, corpus = self._model, self.corpora.currentData()
        if model is None or not corpus or self._job is not None:
            return
        out = folder_for(model.name)
        title = self.tr("Map of {corpus} by {model}").format(corpus=Path(corpus).name, model=model.name)
        self._job = self.context.jobs.start(title, partial(make, model.folder, str(corpus), out), page="map")
        self._job.progressed.connect(self._progressed)
        self._job.done.connect(partial(self._done, model.name, str(out)))
        self._job.failed.connect(self._failed)
        self._job.stopped.connect(self._over)
        self.bar.setValue(0)
        self._show()

    def _progressed(self, event: Progress) -> None:
        if event.total:
            self.bar.setValue(round(1000 * event.done / event.total))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _done(self, model: str, folder: str, result: Any) -> None:
        self._over()
        self.made.emit(model, folder)

    def _failed(self, sentence: str, details: str) -> None:
        self._over()
        self.trouble.emit(sentence, details)

    def _over(self) -> None:
        self._job = None
        self._show()
