"""Choosing a corpus, and what makes something of a model and a corpus as a job: the choice, its progress, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from genstudio.gui.context import Context
from genstudio.gui.corpora import Facts, known
from genstudio.gui.folders import choose_folder
from genstudio.gui.layouts import Worded, Words, allow, beside, new_button, new_label, stacked
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.fields import Choice
from genstudio.progress import Progress

__all__ = ["CorpusChoice", "CorpusJob"]


class CorpusChoice(Worded, Choice):
    """The corpora of one kind of data. They are looked for when another kind is asked for, and when there are new ones.

    domain: "" for every kind, None for no corpora. preferred: the folder or the name of the one that is chosen at first.
    """

    found = Signal()  # they are there

    def __init__(self, context: Context, words: Callable[[Facts], str], parent: QWidget) -> None:
        """words: what is said of a corpus, "" for one that is not offered."""
        super().__init__(parent)
        self.context, self._words = context, words
        self.domain: str | None = None
        self.preferred = ""
        self._facts: list[Facts] = []
        context.bus.corpora_changed.connect(self.look)
        self.retranslate()

    def look_for(self, domain: str | None, preferred: str = "") -> None:
        """Offer those of a kind."""
        self.preferred = preferred
        if domain != self.domain:
            self.domain, self._facts = domain, []
            self.look()

    def look(self, *_: object) -> None:
        """Look for them again."""
        if self.domain is not None:
            folders = [str(folder) for folder in self.context.settings["corpora"]]
            self.context.engine.run(
                partial(known, folders, self.domain), channel=f"corpora {id(self)}", name="look for corpora",
                done=partial(self._have, self.domain),
            )  # fmt: skip

    def _have(self, domain: str | None, found: list[Facts]) -> None:
        if domain == self.domain:
            self._facts = [one for one in found if self._words(one)]
            self.retranslate()

    @property
    def chosen(self) -> Facts | None:
        """What is known of the one that is chosen."""
        return next((one for one in self._facts if one.folder == self.currentData()), None)

    def prefer(self, folder: str) -> None:
        """Choose the one in a folder in place of the one that is chosen, once it is found."""
        self.preferred = folder
        self.blockSignals(True)
        self.setCurrentIndex(-1)
        self.blockSignals(False)

    def use(self, folder: str) -> None:
        """Take the one in a folder, whatever it holds."""
        if self.findData(folder) < 0:
            self.addItem(Path(folder).name, folder)
        self.setCurrentIndex(self.findData(folder))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Corpus"))
        liked = (one.folder for one in self._facts if self.preferred in (one.name, one.folder))
        before = self.currentData() or next(liked, "")
        self.blockSignals(True)
        self.clear()
        for one in self._facts:
            self.addItem(self._words(one), one.folder)
        self.setCurrentIndex(max(0, self.findData(before)) if self._facts else -1)
        self.blockSignals(False)
        self.found.emit()


class CorpusJob(Worded, QFrame):
    """A subclass says what it is about (:meth:`_words`) and begins with the corpus that is chosen (:meth:`_begin`)."""

    centred = False
    trouble = Signal(str, str)

    def __init__(self, context: Context, go: Words, parent: QWidget | None = None) -> None:
        """go: what the button says that begins."""
        super().__init__(parent)
        self.context = context
        self._job: Any = None
        self.setProperty("kind", "well")
        self.head, self.more = new_label(self, "heading", wrap=True), new_label(self, "muted", wrap=True)
        self.corpora = CorpusChoice(context, self._about, self)
        self.corpora.setMinimumWidth(28 * SPACE)
        self.corpora.found.connect(self._show)
        self.other = new_button(self, self._choose, "", lambda: self.tr("Another corpus…"))
        self.build = new_button(self, partial(context.bus.go.emit, "corpus"), "", lambda: self.tr("Build a corpus"))
        self.go = new_button(self, self.begin, "primary", go)
        self.bar = QProgressBar(self)
        self.bar.setFixedWidth(32 * SPACE)
        self.bar.setRange(0, 1000)
        self.stop = new_button(self, lambda: self._job is not None and self._job.stop(), "", lambda: self.tr("Stop"))
        side, middle = (8, (None,)) if self.centred else (2, ())
        for label in (self.head, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter if self.centred else Qt.AlignmentFlag.AlignLeft)
        line = beside(*middle, self.corpora, self.other, self.build, self.go, self.bar, self.stop, None, gap=SPACE)
        stacked(
            *middle, self.head, self.more, line, *middle, into=self, margins=(side * SPACE, 2 * SPACE, side * SPACE, 2 * SPACE),
            gap=SPACE,
        )  # fmt: skip
        self.retranslate()

    # -- what differs

    def _words(self, working: bool) -> tuple[str, str]:
        """A heading and what stands below it; ``working``: the job runs."""
        raise NotImplementedError

    def _begin(self, corpus: str) -> None:
        """Start the job, with :meth:`_run`."""
        raise NotImplementedError

    # -- the corpus

    def retranslate(self) -> None:
        self.bar.setAccessibleName(self.tr("Progress"))
        self._show()

    def _about(self, one: Facts) -> str:
        return self.tr("{name} ({count} pieces)").format(name=one.name, count=f"{one.counts['train']:,}")

    def _show(self) -> None:
        """Show what there is to choose, or how far the job is."""
        working, nothing, able = self._job is not None, self.corpora.count() == 0, self.corpora.domain is not None
        self.corpora.setVisible(able and not working and not nothing)
        self.build.setVisible(able and not working and nothing)
        for button in (self.other, self.go):
            button.setVisible(able and not working)
        for widget in (self.bar, self.stop):
            widget.setVisible(working)
        allow(self.go, self.tr("Choose a corpus first.") if nothing else "")
        for label, words in zip((self.head, self.more), self._words(working), strict=True):
            label.setText(words)

    def _choose(self) -> None:
        folder = choose_folder(self, self.context.settings, "corpora", self.tr("Choose the folder of a corpus"))
        if folder:
            self.use(folder)

    def use(self, folder: str) -> None:
        """Take the corpus in a folder."""
        self.corpora.use(folder)
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
        for signal in (self._job.done, self._job.failed, self._job.stopped):
            signal.connect(self._over)
        self._job.done.connect(done)
        self._job.failed.connect(self.trouble)
        self.bar.setValue(0)
        self._show()

    def _progressed(self, event: Progress) -> None:
        if event.total:
            self.bar.setValue(round(1000 * event.done / event.total))

    def _over(self, *_: object) -> None:
        self._job = None
        self._show()
