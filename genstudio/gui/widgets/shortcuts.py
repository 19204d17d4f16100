"""The list of keys, which can be searched."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from genstudio.gui.layouts import having, stacked

__all__ = ["Key", "ShortcutDialog", "card_keys", "keys_of"]


@dataclass(frozen=True)
class Key:
    """What a key does, where it works, and the key as a person reads it."""

    what: str
    where: str
    key: str


def keys_of(actions: list[QAction], where: str) -> list[Key]:
    """The keys of actions that have any."""
    found = []
    for action in actions:
        keys = ", ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts() if not one.isEmpty())
        if keys:
            found.append(Key(action.text().replace("&", ""), where, keys))
    return found


def card_keys() -> list[Key]:
    """What every card answers to, wherever it is."""
    translate = QCoreApplication.translate
    where = translate("Shortcuts", "Every card")
    pairs = (
        (translate("Shortcuts", "Play or stop"), translate("Shortcuts", "Space")),
        (translate("Shortcuts", "Make it an end"), translate("Shortcuts", "Enter")),
        (translate("Shortcuts", "Keep it, or no longer"), "F"),
        (translate("Shortcuts", "Go to the next or the one before"), "← → ↑ ↓"),
    )
    return [Key(what, where, key) for what, key in pairs]


class ShortcutDialog(QDialog):
    """A table of keys with a field to search it."""

    def __init__(self, keys: list[Key], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(620, 560)
        self.search = QLineEdit(self, placeholderText=self.tr("Search by what it does or by key"))
        self.search.setAccessibleName(self.tr("Search the shortcuts"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.table = having(QTableWidget(len(keys), 3, self), accessibleName=self.tr("Keyboard shortcuts"))
        self.table.setHorizontalHeaderLabels([self.tr("What it does"), self.tr("Where"), self.tr("Key")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for row, key in enumerate(keys):
            for column, text in enumerate((key.what, key.where, key.key)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        stacked(self.search, (self.table, 1), into=self, margins=24, gap=16)
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.table.rowCount()):
            cells = [self.table.item(row, column) for column in range(3)]
            line = " ".join(cell.text() for cell in cells if cell is not None).casefold()
            self.table.setRowHidden(row, not all(word in line for word in words))

    @property
    def shown(self) -> list[str]:
        """What the rows that are shown do."""
        cells = [self.table.item(row, 0) for row in range(self.table.rowCount()) if not self.table.isRowHidden(row)]
        return [cell.text() for cell in cells if cell is not None]
