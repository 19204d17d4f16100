"""Where a model has learned no attributes: learning from a corpus what can be shaped, as a job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from genstudio.gui.charts import corpora_for
from genstudio.gui.context import Context
from genstudio.gui.theme import SPACE
from genstudio.progress import Progress, Report, Stop

__all__ = ["AttributeMaker", "learn"]


def learn(folder: Path, corpus: str, report: Report, stop: Stop) -> dict[str, Any]:
    """Learn what can be shaped with a model, and keep it there.

    Raises:
        CorpusError, ModelError, FileError: the corpus does not fit the model, or the folder cannot be written.
    """
    from genstudio import studio

    return studio.learn_attributes(folder, corpus, report=report, stop=stop)


class AttributeMaker(QFrame):
    """Says what attributes are, and learns them from the corpus that is chosen."""

    learned = Signal(str)  # folder of the model
    trouble = Signal(str, str)

    def __init__(
        self, context: Context, parent: QWidget | None = None, work: Callable[[Path, str, Report, Stop], Any] = learn
    ) -> None:
        """work: what learns; replaced in tests."""
        super().__init__(parent)
        self.context = context
        self._work = work
        self._model = ("", Path(), "")  # name, folder, domain
        self._job: Any = None
        self.setProperty("kind", "well")
        self.head, self.more = QLabel(self), QLabel(self)
        self.head.setProperty("kind", "heading")
        self.more.setProperty("kind", "muted")
        for label in (self.head, self.more):
            label.setWordWrap(True)
        self.corpora, self.other, self.go = QComboBox(self), QPushButton(self), QPushButton(self)
        self.corpora.setMinimumWidth(28 * SPACE)
        self.go.setProperty("kind", "primary")
        self.build = QPushButton(self)
        self.bar, self.stop = QProgressBar(self), QPushButton(self)
        self.bar.setFixedWidth(32 * SPACE)
        self.bar.setRange(0, 1000)
        choose = QHBoxLayout()
        choose.setSpacing(SPACE)
        for widget in (self.corpora, self.other, self.build, self.go, self.bar, self.stop):
            choose.addWidget(widget)
        choose.addStretch(1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        inside.setSpacing(SPACE)
        inside.addWidget(self.head)
        inside.addWidget(self.more)
        inside.addLayout(choose)
        self.other.clicked.connect(self._choose)
        self.build.clicked.connect(partial(context.bus.go.emit, "corpus"))
        self.go.clicked.connect(self.learn)
        self.stop.clicked.connect(self._stop)
        context.bus.corpora_changed.connect(self._look)
        self.retranslate()

    def tell(self, name: str, folder: Path, domain: str) -> None:
        """Speak of a model that has learned none."""
        if (name, folder, domain) != self._model:
            self._model = name, folder, domain
            self._look()
        self._show()

    def retranslate(self) -> None:
        """Set every string."""
        self.corpora.setAccessibleName(self.tr("Corpus"))
        for button, words in (
            (self.other, self.tr("Another corpus…")), (self.build, self.tr("Build a corpus")),
            (self.go, self.tr("Learn what can be shaped")), (self.stop, self.tr("Stop")),
        ):  # fmt: skip
            button.setText(words)
            button.setAccessibleName(words)
        self.bar.setAccessibleName(self.tr("Progress"))
        self._show()

    def _show(self) -> None:
        working, nothing = self._job is not None, self.corpora.count() == 0
        self.corpora.setVisible(not working and not nothing)
        self.other.setVisible(not working)
        self.build.setVisible(not working and nothing)
        self.go.setVisible(not working)
        self.go.setEnabled(not nothing)
        self.go.setToolTip(self.tr("Choose a corpus first.") if nothing else "")
        self.bar.setVisible(working)
        self.stop.setVisible(working)
        name = self._model[0]
        if working:
            self.head.setText(self.tr("{model} is learning what can be shaped").format(model=name))
            self.more.setText(self.tr("You can go on elsewhere; the tray shows how far it is."))
        else:
            self.head.setText(self.tr("{model} has not learned yet what can be shaped").format(model=name))
            self.more.setText(self.tr(
                "From a corpus it learns in which direction pieces get more or fewer notes, higher or lower, longer or shorter. "
                "The corpus that it was trained on is the best; the model stays as it is."
            ))  # fmt: skip

    # -- the corpus

    def _look(self, *_: object) -> None:
        if self._model[2]:
            known = [str(folder) for folder in self.context.settings["corpora"]]
            self.context.engine.run(
                partial(corpora_for, self._model[2], known), channel=f"corpora {id(self)}", name="look for corpora", done=self._have
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
            if self.corpora.findData(folder) < 0:
                self.corpora.addItem(Path(folder).name, folder)
            self.corpora.setCurrentIndex(self.corpora.findData(folder))
            self._show()

    # -- the job

    def learn(self) -> None:
        """Learn from the chosen corpus."""
        name, folder, _ = self._model
        corpus = self.corpora.currentData()
        if not corpus or self._job is not None:
            return
        title = self.tr("What {model} can shape").format(model=name)
        self._job = self.context.jobs.start(title, partial(self._work, folder, str(corpus)), page="create")
        self._job.progressed.connect(self._progressed)
        self._job.done.connect(partial(self._done, str(folder)))
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

    def _done(self, folder: str, result: Any) -> None:
        self._over()
        self.learned.emit(folder)

    def _failed(self, sentence: str, details: str) -> None:
        self._over()
        self.trouble.emit(sentence, details)

    def _over(self) -> None:
        self._job = None
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
