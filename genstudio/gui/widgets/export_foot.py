"""What is below in the export dialog: its buttons, and how far the writing is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.layouts import beside
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.exporting import Written
from genstudio.progress import Progress

__all__ = ["Foot"]


class Foot(QWidget):
    """The buttons below, and how far the writing is, which is a job."""

    closed = Signal()
    done = Signal(object)  # Written
    over = Signal(str, bool)  # it was not all written: a sentence, and whether some of it was

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Any = None
        self._count = (0, 0)  # of the files: those that are written, and all
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.stop, self.close_button, self.go = QPushButton(self), QPushButton(self), QPushButton(self)
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        self.close_button.clicked.connect(self.closed)
        self.stop.clicked.connect(self._stop)
        for widget in (self.bar, self.stop):
            widget.hide()
        beside((self.bar, 9), None, self.stop, self.close_button, self.go, into=self, gap=SPACE)

    @property
    def busy(self) -> bool:
        """Whether it is being written."""
        return self._job is not None

    def allow(self, reason: str) -> None:
        """Let it be written, or say why not."""
        self.go.setEnabled(not reason and not self.busy)
        self.go.setToolTip(reason)

    def run(self, title: str, work: Callable[..., Written]) -> None:
        """Write it."""
        self._count = (0, 0)
        self._job = self._context.jobs.start(title, work, lane="files")
        self._job.in_place = True
        self._job.progressed.connect(self._progressed)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self._job.stopped.connect(self._stopped)
        self.bar.setValue(0)
        self._working(True)

    def out_of_sight(self) -> None:
        """The dialog is closed: the window says it where writing fails."""
        if self._job is not None:
            self._job.in_place = False

    def _working(self, on: bool) -> None:
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        self.stop.setEnabled(True)
        self.allow(self.tr("It is being written.") if on else "")

    def _progressed(self, event: Progress) -> None:
        if event.total:
            self._count = (event.done, event.total)
            self.bar.setValue(round(1000 * event.done / event.total))

    def _stop(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self.stop.setToolTip(self.tr("It ends after the file that is being written."))
            self._job.stop()

    def _done(self, written: Written) -> None:
        self._job = None
        self._working(False)
        self.done.emit(written)

    def _failed(self, sentence: str) -> None:
        self._over(sentence[:1].upper() + sentence[1:], False)

    def _stopped(self) -> None:
        said = self.tr("Stopped: {done} of {total} files were written, each of them whole.")
        self._over(said.format(done=self._count[0], total=self._count[1]), bool(self._count[0]))

    def _over(self, said: str, some: bool) -> None:
        self._job = None
        self._working(False)
        self.over.emit(said, some)

    def retranslate(self) -> None:
        """Set every string but that of the button that writes."""
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop.setText(self.tr("Stop"))
        self.close_button.setText(self.tr("Close"))
