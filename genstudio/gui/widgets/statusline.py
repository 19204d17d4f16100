"""The status line: a quiet sentence on the left, the jobs on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.jobs import Tray
from genstudio.gui.layouts import Worded, beside, having, new_button, new_label
from genstudio.gui.speech import spoken

__all__ = ["StatusLine"]

_SHOWN = 8000  # milliseconds that a sentence stays


class StatusLine(Worded, QFrame):
    """Below everything."""

    opened = Signal(str)  # a page that a job belongs to

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self.context = context
        self.setProperty("kind", "bottombar")
        self.setFixedHeight(36)
        self.sentence = new_label(self, "muted")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.folder = having(QToolButton(self), "link")
        self.folder.clicked.connect(self._open_folder)
        self.folder.hide()
        self._folder: Path | None = None
        self.bar = QProgressBar(self)
        self.bar.setFixedWidth(96)
        self.bar.hide()
        self.jobs = new_button(self, self.toggle_tray, "quiet", picture="jobs")
        beside((self.sentence, 1), self.folder, self.bar, self.jobs, into=self, margins=(16, 0, 12, 0), gap=8)
        self.tray = Tray(context.jobs, window)
        self.tray.hide()
        self.tray.opened.connect(self.opened)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN)
        self._timer.timeout.connect(self._fall_silent)
        context.jobs.changed.connect(self._refresh)
        self.retranslate()

    def say(self, sentence: str, folder: Path | None = None) -> None:
        """Show a sentence for a while. ``folder``: what it is of, which a button beside it opens."""
        self._folder = folder
        self.folder.setVisible(folder is not None)
        sentence = spoken(sentence)
        self.sentence.setText(sentence)
        self.sentence.setToolTip(sentence)
        self._timer.start()

    def _fall_silent(self) -> None:
        self.sentence.setText("")
        self.folder.hide()

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def toggle_tray(self) -> None:
        """Show the jobs above the line, or hide them."""
        if self.tray.isVisible():
            self.tray.hide()
            return
        window = self.window()
        self.tray.adjustSize()
        corner = self.mapTo(window, QPoint(self.width(), 0))
        self.tray.move(max(8, corner.x() - self.tray.width() - 12), max(8, corner.y() - self.tray.height() - 8))
        self.tray.show()
        self.tray.raise_()
        self.tray.setFocus()

    def retranslate(self) -> None:
        self.jobs.setToolTip(self.tr("Show the work  (Ctrl+J)"))
        self.folder.setText(self.tr("Show in folder"))
        self.bar.setAccessibleName(self.tr("Progress of all work"))
        self._refresh()

    def _refresh(self) -> None:
        running = self.context.jobs.running
        self.jobs.setText(self.tr("At work: {count}").format(count=len(running)) if running else self.tr("No long task"))
        known = [job.fraction for job in running if job.fraction is not None]
        self.bar.setVisible(bool(running))
        if running:
            wanted = 1000 if known else 0
            if self.bar.maximum() != wanted:
                self.bar.setRange(0, wanted)
            if known:
                self.bar.setValue(round(1000 * sum(known) / len(known)))
