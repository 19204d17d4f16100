"""The ways to fill an end that is empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from genstudio.gui.icons import icon
from genstudio.gui.layouts import new_label, stacked
from genstudio.gui.theme import Colours
from genstudio.gui.widgets.flow import Flow

__all__ = ["ICONS", "Ways"]

ICONS = {"open": "folder", "library": "library", "prior": "dice", "map": "map", "compose": "keyboard"}
"""The ways, and the icon of each."""


class Ways(QWidget):
    """The ways to fill an end that is empty."""

    wanted = Signal(str)

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = letter
        self.hint = new_label(kind="muted")
        holder = QWidget()
        flow = Flow(holder)
        flow.setSpacing(0)
        flow.gap = 0
        self.buttons: dict[str, QToolButton] = {}
        for way in ICONS:
            button = QToolButton()
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(lambda _=False, way=way: self.wanted.emit(way))
            flow.addWidget(button)
            self.buttons[way] = button
        stacked(self.hint, holder, None, into=self, margins=(4, 0, 0, 0), gap=2)

    def retranslate(self, editor: str) -> dict[str, tuple[str, str]]:
        """Set every string, and return the names of the ways and what they do; ``editor``: how a piece can be written by hand."""
        compose = self.tr("Play or draw"), self.tr("Play on a keyboard, or draw notes")
        if editor == "steps":
            compose = self.tr("Tap in"), self.tr("Set hits on the steps of a drum machine")
        if editor == "curve":
            compose = self.tr("Draw"), self.tr("Draw it by hand")
        words = {
            "open": (self.tr("Open"), self.tr("Take a piece from a file")),
            "library": (self.tr("Library"), self.tr("Choose a piece that was kept or made; Enter makes it an end")),
            "prior": (self.tr("Random"), self.tr("A new piece, drawn from what the model has learned")),
            "map": (self.tr("Map"), self.tr("Choose a place on the map; Enter makes it an end")),
            "compose": compose,
        }
        for way, (name, help_) in words.items():
            self.buttons[way].setText(name)
            self.buttons[way].setToolTip(help_)
            self.buttons[way].setAccessibleName(f"{self._letter}: {name}")
        self.buttons["compose"].setVisible(bool(editor))
        self.hint.setText(self.tr("Drop a file here, or"))
        return {way: one for way, one in words.items() if editor or way != "compose"}

    def retheme(self, colours: Colours) -> None:
        """Take the icons in the colours of the theme."""
        for way, button in self.buttons.items():
            button.setIcon(icon(ICONS[way], colours))
