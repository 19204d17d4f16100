"""What the windows in which a piece is edited have in common, and the one for texts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Part, Worded, beside, called, having, new_label, stacked
from genstudio.gui.theme import SPACE

__all__ = ["EditDialog", "WordsDialog"]


class EditDialog(Worded, QDialog):
    """Edits a piece; ``made`` brings the changed one, which is a piece of its own. The piece itself stays as it is."""

    made = Signal(object)  # Item

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.item = context, item
        self.hint = new_label(kind="caption", wrap=True)
        self.cancel, self.use = QPushButton(autoDefault=False), having(QPushButton(autoDefault=False), "primary")
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        self._foot = beside((self.hint, 1), self.cancel, self.use)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _column(self, *parts: Part) -> QVBoxLayout:
        return stacked(*parts, into=self, margins=2 * SPACE, gap=SPACE + 4)

    def _title(self) -> str:
        """What the changed piece is called."""
        return self.tr("{title}, edited").format(title=self.item.title) if self.item.job is not None else self.item.title

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Edit {title}").format(title=self.item.title))
        called(self.cancel, self.tr("Cancel"))
        called(self.use, self.tr("Use it"))


class WordsDialog(EditDialog):
    """Edits a text."""

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(context, item, parent)
        self.words = QPlainTextEdit(str(item.piece.text))
        self.words.setTabChangesFocus(True)
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self.words.textChanged.connect(self._refresh)
        self.resize(560, 300)
        self._column((self.words, 1), self._foot)
        self.retranslate()
        self._refresh()

    def _refresh(self) -> None:
        text = self.words.toPlainText().strip()
        self.use.setEnabled(bool(text) and text != str(self.item.piece.text))

    def accept(self) -> None:
        piece = get_domain(self.item.domain).parse(self.words.toPlainText())
        if piece is not None:
            self.made.emit(Item(piece, self.item.domain, piece.title, t=self.item.t))
            super().accept()

    def retranslate(self) -> None:
        super().retranslate()
        self.words.setAccessibleName(self.tr("Words to edit"))
        self.hint.setText(self.tr("The piece itself stays as it is; what you write is a piece of its own."))
