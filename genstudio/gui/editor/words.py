"""The editor of a text."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.editor.base import EditDialog
from genstudio.gui.items import Item

__all__ = ["WordsDialog"]


class WordsDialog(EditDialog):
    """Edits a text."""

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(context, item, parent)
        self.words = QPlainTextEdit(str(item.piece.text))
        self.words.setTabChangesFocus(True)
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self.words.textChanged.connect(self._refresh)
        self.resize(560, 300)
        column = self._column()
        column.addWidget(self.words, 1)
        column.addLayout(self._foot)
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
