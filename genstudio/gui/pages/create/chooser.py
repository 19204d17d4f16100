"""Choosing one piece of a file that holds many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from genstudio.gui.items import Item
from genstudio.gui.layouts import having, stacked
from genstudio.gui.theme import SPACE

__all__ = ["Chooser"]

_MOST = 5000


class Chooser(QDialog):
    """A list of titles that can be searched; ``chosen`` tells which piece it was."""

    chosen = Signal(object)  # Item

    def __init__(self, items: Sequence[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = list(items[:_MOST])
        self.setWindowTitle(self.tr("Choose a piece"))
        self.resize(460, 480)
        said = having(QLabel(self.tr("This file holds {count} pieces.").format(count=len(items))), "heading")
        self.search = QLineEdit(placeholderText=self.tr("Search"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search the titles"))
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pieces"))
        for number, item in enumerate(self._items):
            row = QListWidgetItem(item.title or self.tr("untitled"))
            row.setData(Qt.ItemDataRole.UserRole, number)
            self.list.addItem(row)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        stacked(said, self.search, self.list, buttons, into=self, margins=2 * SPACE, gap=SPACE)
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        first = -1
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(wanted not in item.text().casefold())
            if first < 0 and not item.isHidden():
                first = row
        self.list.setCurrentRow(first)

    def accept(self) -> None:
        row = self.list.currentItem()
        if self.list.currentRow() >= 0 and not row.isHidden():
            self.chosen.emit(self._items[row.data(Qt.ItemDataRole.UserRole)])
            super().accept()
