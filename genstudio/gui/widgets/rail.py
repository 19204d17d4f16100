"""The rail: the places of the studio, on the left of the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QWidget

from genstudio.gui.icons import icon
from genstudio.gui.layouts import having, stacked

__all__ = ["Place", "Rail"]

_WIDE, _NARROW = 176, 60


@dataclass(frozen=True)
class Place:
    """A page, before it is built: its name as in ``Bus.go``, its icon, the module and class that it is, and whether pieces are
    looked at there, with the inspector."""

    name: str
    icon: str
    module: str
    cls: str
    inspected: bool = True


class Rail(QFrame):
    """One button a place; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, places: tuple[Place, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.folded = False  # only the icons are shown
        self.buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self, exclusive=True)
        for place in places:
            button = having(QToolButton(self), "place", checkable=True, icon=icon(place.icon), iconSize=QSize(22, 22))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, name=place.name: self.chosen.emit(name))
            group.addButton(button)
            self.buttons[place.name] = button
        stacked(*self.buttons.values(), None, into=self, margins=(8, 12, 8, 12), gap=4)
        self.fold(False)

    def set_titles(self, titles: dict[str, str]) -> None:
        """The names of the places, translated."""
        for number, (name, button) in enumerate(self.buttons.items(), 1):
            button.setText(titles[name])
            button.setToolTip(f"{titles[name]}  (Ctrl+{number})")

    def show_place(self, name: str) -> None:
        """Mark the place that is in front."""
        self.buttons[name].setChecked(True)

    def fold(self, folded: bool) -> None:
        """Show only the icons, or the names as well."""
        if folded == self.folded and self.width() in (_NARROW, _WIDE):
            return
        self.folded = folded
        self.setFixedWidth(_NARROW if folded else _WIDE)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if folded else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self.buttons.values():
            button.setToolButtonStyle(style)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = list(self.buttons.values())
        at = next((index for index, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        target = buttons[(at + step) % len(buttons)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()
