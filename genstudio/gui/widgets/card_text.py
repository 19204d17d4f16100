"""The card of a model, to read."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QWidget

from genstudio.gui.layouts import beside, having, stacked
from genstudio.gui.theme import SPACE

__all__ = ["CardText", "for_the_window"]

_COMMANDS = re.compile(r"`[^`]*(?:genstudio |python |--)[^`]*`|\bcommands?\b")
_ASIDE = re.compile(r"\s*\((?:[^()`]*`[^`]*`)[^()]*\)")  # with something of a program in it


def for_the_window(card: str) -> str:
    """A card without what is for the command line: sections that are all about it, asides, and sentences."""
    sections = re.split(r"(?m)^(?=## )", card)
    kept = [part for part in sections if not part.startswith(("## Use\n", "## Train it again\n"))]
    blocks = [_plain(block) for block in "".join(kept).split("\n\n")]
    return "\n\n".join(block for block in blocks if block.strip())


def _plain(block: str) -> str:
    if block.startswith(("```", "|", "#")):  # examples, tables and headings are as they are
        return "" if block.startswith("```sh") else block
    text = _ASIDE.sub(lambda found: "" if _COMMANDS.search(found[0]) else found[0], block)
    if not _COMMANDS.search(text):
        return text
    sentences = re.split(r"(?<=[.:])\s+(?=[A-Z`*])", text)
    return " ".join(sentence for sentence in sentences if not _COMMANDS.search(sentence))


class CardText(QDialog):
    """What a model is for, what it was trained on, and how good it is."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Data, licence and limits of {name}").format(name=title))
        self.resize(680, 640)
        self.text = QTextBrowser(self)
        text = for_the_window(text)
        self.text.setMarkdown(text)
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(self.windowTitle())
        copy = having(QPushButton(self.tr("Copy"), self), accessibleName=self.tr("Copy the card"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        close = having(QPushButton(self.tr("Close"), self), default=True)
        close.clicked.connect(self.accept)
        stacked(
            (self.text, 1), beside(copy, None, close), into=self, margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE),
            gap=2 * SPACE,
        )  # fmt: skip
