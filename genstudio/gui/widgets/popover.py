"""A panel over the window, above the button that opens it, until it is closed; what is changed in it holds at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.layouts import Worded, beside, having, named, new_label, stacked
from genstudio.gui.theme import SPACE

__all__ = ["Popover"]


class Popover(Worded, QFrame):
    """A title, and below it what a panel adds to ``box``. It is a part of the window, so that it goes with it, and looks the same
    everywhere. A panel overrides :meth:`retranslate` and :meth:`show_state`."""

    closed = Signal()

    def __init__(self, context: Context, button: QWidget) -> None:
        super().__init__(button.window())
        self.context = context
        self._button = button
        self.setProperty("kind", "popup")
        self.title = new_label(self, "heading")
        self.shut = having(QToolButton(self), focusPolicy=Qt.FocusPolicy.StrongFocus)
        self.shut.setIcon(icon("close"))
        self.shut.clicked.connect(self.close_panel)
        self.box = stacked(beside((self.title, 1), self.shut), into=self, margins=(2 * SPACE, SPACE, SPACE, SPACE), gap=SPACE)
        self.hide()

    @property
    def first(self) -> QWidget | None:
        """What has the focus when it is opened."""
        return None

    def ready(self) -> bool:
        """Whether there is something to show."""
        return True

    def show_state(self) -> None:
        """Show what is set now."""

    def open(self) -> None:
        """Show it, with the focus on the first thing to change."""
        if not self.ready():
            return
        self.show_state()
        self.place()
        self.show()
        self.raise_()
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.PopupFocusReason)

    def toggle(self) -> None:
        """Show it, or take it away."""
        if self.isVisible():
            self.hide()
        else:
            self.open()

    def close_panel(self) -> None:
        """Take it away; the button has the focus again."""
        self.hide()
        self._button.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Stand above the button, within the window."""
        window = self._button.window()
        if self.parentWidget() is not window:
            shown = self.isVisible()
            window.installEventFilter(self)
            self.setParent(window)
            self.setVisible(shown)
        self.adjustSize()
        right = self._button.mapTo(window, QPoint(self._button.width(), 0))
        x = max(SPACE, min(right.x(), window.width() - SPACE) - self.width())
        self.move(x, max(SPACE, right.y() - self.height() - SPACE))

    def retranslate(self) -> None:
        named(self.shut, self.tr("Close"))
        self.show_state()

    # -- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible() and watched is self.parentWidget():
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()
