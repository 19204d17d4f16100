"""What the windows in which a piece is edited have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, beside, new_label, stacked
from genstudio.gui.theme import SPACE

__all__ = ["EditDialog"]


class EditDialog(Worded, QDialog):
    """Edits a piece; ``made`` brings the changed one, which is a piece of its own. The piece itself stays as it is."""

    made = Signal(object)  # Item

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.item = context, item
        self.hint = new_label(kind="caption", wrap=True)
        self.cancel, self.use = QPushButton(), QPushButton()
        self.use.setProperty("kind", "primary")
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        self._foot = beside((self.hint, 1), self.cancel, self.use)
        for button in (self.cancel, self.use):
            button.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _column(self) -> QVBoxLayout:
        return stacked(into=self, margins=2 * SPACE, gap=SPACE + 4)

    def _title(self) -> str:
        """What the changed piece is called."""
        return self.tr("{title}, edited").format(title=self.item.title) if self.item.job is not None else self.item.title

    def retranslate(self) -> None:
        """Set every string."""
        self.setWindowTitle(self.tr("Edit {title}").format(title=self.item.title))
        for button, text in ((self.cancel, self.tr("Cancel")), (self.use, self.tr("Use it"))):
            button.setText(text)
            button.setAccessibleName(text)
