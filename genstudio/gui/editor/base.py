"""What the windows in which a piece is edited have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.theme import SPACE

__all__ = ["EditDialog"]


class EditDialog(QDialog):
    """Edits a piece; ``made`` brings the changed one, which is a piece of its own. The piece itself stays as it is."""

    made = Signal(object)  # Item

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.item = context, item
        self.hint = QLabel()
        self.hint.setProperty("kind", "caption")
        self.hint.setWordWrap(True)
        self.cancel, self.use = QPushButton(), QPushButton()
        self.use.setProperty("kind", "primary")
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.hint, 1)
        self._foot.addWidget(self.cancel)
        self._foot.addWidget(self.use)
        for button in (self.cancel, self.use):
            button.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        return column

    def _title(self) -> str:
        """What the changed piece is called."""
        return self.tr("{title}, edited").format(title=self.item.title) if self.item.job is not None else self.item.title

    def retranslate(self) -> None:
        """Set every string."""
        self.setWindowTitle(self.tr("Edit {title}").format(title=self.item.title))
        for button, text in ((self.cancel, self.tr("Cancel")), (self.use, self.tr("Use it"))):
            button.setText(text)
            button.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
