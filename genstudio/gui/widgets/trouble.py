"""Errors: a strip with one sentence above the page, and a dialog with the details to copy."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from genstudio.gui.icons import pixmap
from genstudio.gui.layouts import Worded, beside, having, new_button, new_label, stacked
from genstudio.gui.logs import system_facts
from genstudio.gui.speech import sayer, spoken
from genstudio.gui.style import set_kind
from genstudio.gui.theme import Theme

__all__ = ["DetailsDialog", "Notice", "TroubleStrip"]


class TroubleStrip(Worded, QFrame):
    """The last thing that went wrong, in one sentence, until it is closed or the next comes."""

    def __init__(self, theme: Theme, log: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._log = log
        self._details = ""
        self._say: Callable[[], str] = str
        self._act: Callable[[], object] | None = None
        self.kind: object = None  # of the job that failed, where it was one
        self.setProperty("kind", "trouble")
        self._mark = QLabel(self)
        self.sentence = new_label(self, wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.details = new_button(
            self, lambda: self.show_details(), "", lambda: (self.tr("Details"), self.tr("Details of the error"))
        )  # fmt: skip
        self.close_button = new_button(self, self.hide, "icon", lambda: ("", self.tr("Close the message")), picture="close")
        beside(
            self._mark, (self.sentence, 1), self.details, self.close_button, into=self, margins=(12, 6, 8, 6), gap=12,
        )  # fmt: skip
        self.retranslate()
        self.retheme()
        self.hide()

    def tell(self, sentence: str, details: str) -> None:
        """Show an error."""
        self._details, self.kind = details, None
        self._say = sayer(spoken(sentence))
        self._show_sentence()
        self.details.setVisible(bool(details))
        self.show()

    def _show_sentence(self) -> None:
        self.sentence.setText(self._say())

    def take_back(self, kind: object) -> None:
        """Hide what it says of a job, now that another of its kind ended well."""
        if kind is not None and kind is self.kind:
            self.hide()

    def show_details(self) -> None:
        """Open the dialog with the details."""
        dialog = DetailsDialog(self.sentence.text(), self._details, self._log, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def retranslate(self) -> None:
        self._show_sentence()

    def retheme(self) -> None:
        """Take the colours of the theme."""
        self._mark.setPixmap(pixmap("warning", self._theme.colours.bad, 20, self.devicePixelRatioF()))


class Notice(TroubleStrip):
    """What a person should know of the start, with what can be done about it, until they close it."""

    def offer(self, say: Callable[[], str], act: Callable[[], object] | None = None) -> None:
        """Show what ``say`` says; ``act``: opens the work that it speaks of."""
        self._say, self._act = say, act
        self._show_sentence()
        self.details.setVisible(act is not None)
        self.show()

    def show_details(self) -> None:
        """Open the work."""
        self.hide()
        if self._act is not None:
            self._act()

    def retranslate(self) -> None:
        """Set every string."""
        super().retranslate()
        self.details.words = lambda: self.tr("Open this work")
        self.close_button.words = lambda: self.tr("OK")
        for button in (self.details, self.close_button):
            button.retranslate()

    def retheme(self) -> None:
        """Take the colours of the theme."""
        self.setProperty("kind", "popup")
        self.close_button.setIcon(QIcon())
        self._mark.setPixmap(pixmap("info", self._theme.colours.accent, 20, self.devicePixelRatioF()))
        set_kind(self.close_button, "")


class DetailsDialog(QDialog):
    """A sentence and its details, which can be copied with what is needed to report them."""

    def __init__(self, sentence: str, details: str, log: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What went wrong"))
        self.resize(720, 420)
        parts = sentence, system_facts(), details.rstrip(), f"log: {log}" if log else ""
        self._text = "\n\n".join(part for part in parts if part)
        said = new_label(self, "heading", lambda: sentence, wrap=True)
        self.text = QPlainTextEdit(self._text, self, readOnly=True, tabChangesFocus=True)
        self.text.setAccessibleName(self.tr("Details of the error"))
        self.copy = QPushButton(self.tr("Copy details"), self)
        self.copy.clicked.connect(self._copy)
        close = having(QPushButton(self.tr("Close"), self), "primary", default=True)
        close.clicked.connect(self.accept)
        line = beside(None, self.copy, close)
        stacked(said, (self.text, 1), line, into=self, margins=(24, 24, 24, 16), gap=16)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copy.setText(self.tr("Copied"))
