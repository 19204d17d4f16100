"""The models to choose from, as cards in a list that opens below a button and stays inside of the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from genstudio.gui.context import Context
from genstudio.gui.faces import face_of
from genstudio.gui.layouts import Worded, beside, new_button, stacked
from genstudio.gui.models import length_of
from genstudio.gui.theme import SPACE
from genstudio.gui.verdicts import summary
from genstudio.gui.widgets.entries import Entry, EntryList

__all__ = ["ModelMenu"]

_WIDE = 520  # pixels; a sentence about a model fits


class ModelMenu(Worded, QFrame):
    """See the module. Enter or a click takes a model; Escape, or a click elsewhere, closes it."""

    chosen = Signal(str)  # the name of a model
    figures = Signal()
    folder = Signal()

    def __init__(self, context: Context, button: QWidget) -> None:
        super().__init__(button)
        self.context = context
        self._button = button
        self._errors: dict[str, str] = {}
        self.setProperty("kind", "popup")
        self.list = EntryList(context.theme, self)
        self.list.itemClicked.connect(lambda item: self._take())
        self.figures_button = new_button(self, self.figures, "quiet", lambda: self.tr("All about the models"))
        self.folder_button = new_button(self, self.folder, "quiet", lambda: self.tr("Open a model folder"))
        for made in (self.figures_button, self.folder_button):
            made.clicked.connect(self.hide)
        stacked((self.list, 1), beside(self.figures_button, None, self.folder_button), into=self, margins=SPACE, gap=SPACE)
        self.hide()
        self.retranslate()

    def show_models(self, known: list[dict[str, Any]], current: str) -> None:
        """List these (of ``Models.known``), with the one of this name chosen."""
        entries = []
        self._errors = {str(one["name"]): str(one["error"]) for one in known if "error" in one}
        for one in known:
            length, name = length_of(one), str(one["name"])
            face = face_of(
                str(one.get("folder", "")), str(one.get("domain", "")), str(one.get("preset", "")), length,
                str(one.get("title", "")) or name,
            )  # fmt: skip
            verdict, tone = summary(one.get("judged", {}))
            words = f"{verdict}. {face.purpose}" if tone else face.purpose
            entries.append(Entry(name, face.title, self._errors.get(name) or words, "bad" if name in self._errors else tone))
        self.list.show_entries(entries, current)

    def mark(self, name: str) -> None:
        """Choose the one of this name."""
        self.list.look_at(name)

    def toggle(self) -> None:
        """Open or close it."""
        if self.isVisible():
            self.hide()
            return
        window = self._button.window()
        self.setParent(window)
        under = self._button.mapTo(window, QPoint(0, self._button.height() + 4))
        wide = min(_WIDE, window.width() - 2 * SPACE)
        inside = sum(self.list.sizeHintForRow(row) for row in range(self.list.count())) + 2 * self.list.frameWidth()
        high = max(96, inside) + self.figures_button.sizeHint().height() + 4 * SPACE
        high = min(high, window.height() - under.y() - SPACE)
        self.setGeometry(max(SPACE, min(under.x(), window.width() - wide - SPACE)), under.y(), wide, high)
        self.show()
        self.raise_()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self) -> None:
        name = self.list.current
        if name and name not in self._errors:
            self.hide()
            self.chosen.emit(name)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if not (watched is self or self.isAncestorOf(watched) or watched is self._button):
                self.hide()
        elif event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.hide()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._button.setFocus(Qt.FocusReason.PopupFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            self._button.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Models"))
