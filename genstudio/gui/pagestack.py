"""The pages: each is built when it is asked for, or in an idle moment after the first painting."""

from __future__ import annotations

import importlib
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from genstudio.gui.context import Context
from genstudio.gui.engine import sentence
from genstudio.gui.pages.base import Page
from genstudio.gui.widgets.rail import Place

__all__ = ["PageStack"]


class PageStack(QStackedWidget):
    """They scroll, so the height that they would like for their width is not one that they need."""

    built = Signal(object)  # Page
    complete = Signal()  # once, when every page is built

    def __init__(self, context: Context, places: dict[str, Place], parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.places = context, places
        self.pages: dict[str, Page] = {}
        self._broken: set[str] = set()
        self._complete = False

    def hasHeightForWidth(self) -> bool:
        return False

    def build(self, name: str) -> Page:
        """The page of that name, built when it is not there yet."""
        if name in self.pages:
            return self.pages[name]
        place = self.places[name]
        page: Page = getattr(importlib.import_module(place.module), place.cls)(self.context, self)
        page.setProperty("kind", "page")
        page.retranslate()
        page.retheme()
        self.pages[name] = page
        self.addWidget(page)
        for action in page.commands():
            if not action.property("anywhere"):
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if action not in page.actions():
                page.addAction(action)
        self.built.emit(page)
        return page

    def build_rest(self) -> None:
        """Build the pages that are missing, one in each idle moment."""
        missing = next((name for name in self.places if name not in self.pages and name not in self._broken), None)
        if missing is not None:
            try:
                self.build(missing)
            except Exception as error:  # one page less is better than no window
                self._broken.add(missing)
                self.context.bus.trouble.emit(*sentence(error))
            QTimer.singleShot(0, self, self.build_rest)
        elif not self._complete:
            self._complete = True
            self.complete.emit()

    def tell(self, name: str, signal: Any, *values: object) -> None:
        """See to it that a page hears a signal: one that was not built when it was emitted has missed it."""
        if name in self.places and name not in self.pages:
            self.build(name)
            signal.emit(*values)
