"""The buttons about the piece itself that both bars of the transport have: see it large, export it, keep it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import beside, having, named

__all__ = ["ItemButtons", "able", "tool"]


def tool(parent: QWidget, *, checkable: bool = False, size: int = 20) -> QToolButton:
    """A button of a bar, reached by Tab."""
    return having(
        QToolButton(parent), focusPolicy=Qt.FocusPolicy.StrongFocus, iconSize=QSize(size, size), checkable=checkable
    )


def able(widget: QWidget, able: bool, tip: str, why: str, name: str) -> None:
    """Enabled with its tip, or disabled with the reason."""
    widget.setEnabled(able)
    named(widget, name, tip if able else why)


class ItemButtons(QWidget):
    """``words``: whether what they do stands beside the pictures."""

    def __init__(self, context: Context, parent: QWidget, *, words: bool) -> None:
        super().__init__(parent)
        self.context, self._words = context, words
        self._item: Item | None = None
        self.large, self.keep = tool(self, checkable=True), tool(self, checkable=True)
        self.export = tool(self)
        beside(self.large, self.export, self.keep, into=self, gap=8 if words else 4)
        if words:
            for button in (self.export, self.keep):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.large.clicked.connect(lambda on: context.settings.__setitem__("viewer", bool(on)))
        self.export.clicked.connect(self.export_item)
        self.keep.clicked.connect(self._keep)
        shelf = context.shelf
        for signal in (shelf.changed, shelf.kept, shelf.unkept):
            signal.connect(lambda *_: self.show_item(self._item))
        context.settings.changed.connect(lambda name: self.show_item(self._item) if name in ("viewer", "page") else None)

    def show_item(self, item: Item | None) -> None:
        """Be about this piece."""
        self._item = item
        there = self.context.settings["page"] != "create"  # which has a large view of its own
        large = there and bool(self.context.settings["viewer"])
        name = self.tr("Close the large view") if large else self.tr("See it large: piano roll, score, words")
        self.large.setChecked(large)
        self.large.setIcon(icon("text" if self._words else "roll"))
        named(self.large, name, f"{name}  (V)")
        self.large.setVisible(there)
        export = self.tr("Export")
        self.export.setIcon(icon("export"))
        self.export.setText(export)
        able(self.export, item is not None, f"{export}  (Ctrl+E)", self.tr("Choose a piece first."), export)
        kept = item is not None and self.context.shelf.is_kept(item)
        self.keep.setChecked(kept)
        self.keep.setIcon(icon("heart-filled" if kept else "heart"))
        name = self.tr("Stop keeping") if kept else self.tr("Keep")
        self.keep.setText(name)
        tip = self.tr("Kept in the library; click to let it go") if kept else self.tr("Keep it in the library")
        able(self.keep, item is not None, tip, self.tr("Choose a piece first."), name)

    def _keep(self) -> None:
        item, shelf = self._item, self.context.shelf
        if item is not None:
            (shelf.unkeep if shelf.is_kept(item) else shelf.keep)(item)
        self.show_item(item)

    def export_item(self) -> None:
        """Ask how, and write it."""
        if self._item is not None:
            from genstudio.gui.widgets.export_dialog import Exporter

            Exporter(self.context, self.window()).export([self._item])
