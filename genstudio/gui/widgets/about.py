"""What this program is, with the facts that a report needs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from genstudio.gui.icons import application_icon
from genstudio.gui.layouts import beside, having, new_button, new_label, stacked
from genstudio.gui.logs import system_facts

__all__ = ["AboutDialog"]


class AboutDialog(QDialog):
    """Icon, name, a sentence, versions, and where the log is."""

    def __init__(self, log: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About GenStudio"))
        mark = QLabel(self, pixmap=application_icon().pixmap(QSize(96, 96)))
        name = having(QLabel("GenStudio", self), "title")
        what = new_label(self, wrap=True)
        what.setText(self.tr("Put two songs or two sentences at the ends of a line, and hear what lies between."))
        facts = QLabel("\n".join(part for part in (system_facts(), log) if part), self)
        having(facts, "caption", wordWrap=True).setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        free = new_label(self, "muted", wrap=True)
        free.setText(self.tr("Free software under the MIT licence. The models tell of their data in their cards."))
        copy = new_button(self, lambda: QGuiApplication.clipboard().setText(facts.text()), "", lambda: (
            self.tr("Copy"), self.tr("Copy the versions"),
        ))  # fmt: skip
        close = having(QPushButton(self.tr("Close"), self), "primary", default=True)
        close.clicked.connect(self.accept)
        top = beside(gap=24)
        top.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(stacked(name, what, free, facts, None, gap=8), 1)
        stacked(top, beside(None, copy, close), into=self, margins=(24, 24, 24, 16), gap=16)
        self.resize(520, 260)
