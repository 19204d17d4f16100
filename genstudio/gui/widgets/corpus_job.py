"""What makes something of a model and a corpus that is chosen, as a job: the choice, its progress, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from genstudio.gui.charts import corpora_for
from genstudio.gui.context import Context
from genstudio.gui.folders import choose_folder
from genstudio.gui.theme import SPACE
from genstudio.progress import Progress

__all__ = ["CorpusJob"]


class CorpusJob(QFrame):
    """A subclass says what it is about (:meth:`_words`) and begins with the corpus that is chosen (:meth:`_begin`)."""

    centred = False
    trouble = Signal(str, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
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
        self.build, self.bar, self.stop = QPushButton(self), QProgressBar(self), QPushButton(self)
        self.bar.setFixedWidth(32 * SPACE)
        self.bar.setRange(0, 1000)
        self.other.clicked.connect(self._choose)
        self.go.clicked.connect(self.begin)
        self.stop.clicked.connect(self._stop)
        self.build.clicked.connect(partial(context.bus.go.emit, "corpus"))
        context.bus.corpora_changed.connect(self._look)
        choose, inside, side = QHBoxLayout(), QVBoxLayout(self), (8 if self.centred else 2) * SPACE
        inside.setContentsMargins(side, 2 * SPACE, side, 2 * SPACE)
        for layout in (choose, inside):
            layout.setSpacing(SPACE)
            layout.addStretch(int(self.centred))
        for label in (self.head, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter if self.centred else Qt.AlignmentFlag.AlignLeft)
            inside.addWidget(label)
        for widget in (self.corpora, self.other, self.build, self.go, self.bar, self.stop):
            choose.addWidget(widget)
        choose.addStretch(1)
        inside.addLayout(choose)
        inside.addStretch(int(self.centred))

    # -- what differs

    def _domain(self) -> str:
        """The domain of the corpora that fit, "" while there is no model."""
        raise NotImplementedError

    def _words(self, working: bool) -> tuple[str, str]:
        """A heading and what stands below it; ``working``: the job runs."""
        raise NotImplementedError

    def _begin(self, corpus: str) -> None:
        """Start the job, with :meth:`_run`."""
        raise NotImplementedError

    # -- the corpus

    def retranslate(self) -> None:
        """Set every string."""
        self.corpora.setAccessibleName(self.tr("Corpus"))
        self.other.setText(self.tr("Another corpus…"))
        self.build.setText(self.tr("Build a corpus"))
        self.stop.setText(self.tr("Stop"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self._show()

    def _show(self) -> None:
        """Show what there is to choose, or how far the job is."""
        working, nothing, able = self._job is not None, self.corpora.count() == 0, bool(self._domain())
        self.corpora.setVisible(able and not working and not nothing)
        self.build.setVisible(able and not working and nothing)
        for button in (self.other, self.go):
            button.setVisible(able and not working)
        for widget in (self.bar, self.stop):
            widget.setVisible(working)
        self.go.setEnabled(not nothing)
        self.go.setToolTip(self.tr("Choose a corpus first.") if nothing else "")
        for label, words in zip((self.head, self.more), self._words(working), strict=True):
            label.setText(words)

    def _look(self, *_: object) -> None:
        if domain := self._domain():
            known = [str(folder) for folder in self.context.settings["corpora"]]
            self.context.engine.run(
                partial(corpora_for, domain, known), channel=f"corpora {id(self)}", name="look for corpora", done=self._have
            )

    def _have(self, found: list[tuple[str, str, int]]) -> None:
        before = self.corpora.currentData()
        self.corpora.clear()
        for folder, name, count in found:
            self.corpora.addItem(self.tr("{name} ({count} pieces)").format(name=name, count=f"{count:,}"), folder)
        self.corpora.setCurrentIndex(max(0, self.corpora.findData(before)))
        self._show()

    def _choose(self) -> None:
        folder = choose_folder(self, self.context.settings, "corpora", self.tr("Choose the folder of a corpus"))
        if folder:
            self.use(folder)

    def use(self, folder: str) -> None:
        """Take the corpus in a folder."""
        if self.corpora.findData(folder) < 0:
            self.corpora.addItem(Path(folder).name, folder)
        self.corpora.setCurrentIndex(self.corpora.findData(folder))
        self._show()

    # -- the job

    def begin(self) -> None:
        """Begin with the corpus that is chosen, unless it runs already."""
        corpus = self.corpora.currentData()
        if corpus and self._job is None:
            self._begin(str(corpus))

    def _run(self, title: str, work: Callable[..., Any], done: Callable[[Any], object], page: str) -> None:
        """Start ``work`` as a job; ``done`` is called with what comes of it."""
        self._job = self.context.jobs.start(title, work, page=page)
        self._job.progressed.connect(self._progressed)
        self._job.done.connect(partial(self._done, done))
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

    def _done(self, done: Callable[[Any], object], result: Any) -> None:
        self._over()
        done(result)

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
