"""The card of a model, to read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from genstudio.gui.theme import SPACE

__all__ = ["CardText"]


class CardText(QDialog):
    """What a model is for, what it was trained on, and how good it is."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Model card of {name}").format(name=title))
        self.resize(680, 640)
        self.text = QTextBrowser(self)
        self.text.setMarkdown(text)
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(self.windowTitle())
        copy = QPushButton(self.tr("Copy"), self)
        copy.setAccessibleName(self.tr("Copy the card"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        close = QPushButton(self.tr("Close"), self)
        close.setAccessibleName(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        line = QHBoxLayout()
        line.addWidget(copy)
        line.addStretch(1)
        line.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        box.setSpacing(2 * SPACE)
        box.addWidget(self.text, 1)
        box.addLayout(line)
