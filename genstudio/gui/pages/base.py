"""What every page is, and every page with a list of things at its side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded
from genstudio.gui.widgets.entries import EntryPanel

__all__ = ["ListPage", "Page"]


class Page(Worded, QWidget):
    """A place of the rail.

    A page builds its widgets in ``__init__`` and sets every string of them in :meth:`retranslate`, which is called once after
    ``__init__`` and whenever the language changes. Colours are taken from the theme, in :meth:`retheme`, which is called likewise.
    """

    name = ""  # "create", as in Bus.go
    of_project = False  # whether what it saves belongs to the project that is open, and not to whoever sits there
    glance: tuple[str, ...] = ()  # what of it only says what is looked at: to change that is no edit

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName(self.name)

    def retranslate(self) -> None:
        """Set every string."""

    def retheme(self) -> None:
        """Take colours that style sheets do not reach from ``self.context.theme``."""

    def entered(self) -> None:
        """It has come to the front."""

    def left(self) -> None:
        """Another page has come to the front."""

    def commands(self) -> list[QAction]:
        """Actions with shortcuts that work while it is in front; the list of shortcuts shows them too."""
        return []

    def take(self, paths: list[str]) -> None:
        """Folders and files that were dropped or opened and are for this page; a page that wants none leaves this."""

    def in_use(self) -> list[Item]:
        """The pieces that it works with: they stay in the history however old they are."""
        return []

    def take_focus(self) -> None:
        """Have the keys go to what is worked with."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """The window closes: let go of processes and devices."""

    def save(self) -> dict[str, object]:
        """What of it is restored, at the next start or with its project: JSON values, and items."""
        return {}

    def restore(self, state: dict[str, object]) -> None:
        """Inverse of :meth:`save`; what does not fit is left out. A page of a project is empty but for what is in ``state``."""


class ListPage(Page):
    """On the left a list of what there is, narrower where the page is; beside it the one that is looked at, or a new one."""

    least = 216  # pixels of the list in a narrow page

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.shortcuts: list[QAction] = []
        self.side = EntryPanel(context.theme, self.list_words, self)
        self.side.setFixedWidth(self.least)
        self.entries, self.empty = self.side.entries, self.side.empty

    def list_words(self) -> tuple[str, str, str]:
        """The heading of the list, what stands there while it is empty, and the button below it."""
        raise NotImplementedError

    def new_action(self, keys: str, done: Callable[[], object]) -> QAction:
        """A command with these keys."""
        action = QAction(self)
        action.setShortcut(keys)
        action.triggered.connect(lambda: done())
        self.shortcuts.append(action)
        return action

    def scrolled(self, part: QWidget) -> QScrollArea:
        """A part of the page that scrolls."""
        part.setProperty("kind", "page")
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(part)
        return scroll

    def commands(self) -> list[QAction]:
        return self.shortcuts

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.side.setFixedWidth(280 if event.size().width() >= 960 else self.least)
        super().resizeEvent(event)
