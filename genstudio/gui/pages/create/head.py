"""The top of the page: the tools, and what makes, makes others, and stops."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QToolButton, QWidget

from genstudio.gui.icons import icon
from genstudio.gui.layouts import beside, stacked
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.tools import ToolRow
from genstudio.gui.theme import SPACE, Colours

__all__ = ["Head"]


class Head(QWidget):
    """Says what is wanted."""

    chosen = Signal(str)  # a tool
    make = Signal()
    others = Signal()
    stop = Signal()
    swap = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.tools = ToolRow()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.swap_button = QToolButton()
        self.stop_button, self.dice, self.make_button = QPushButton(), QPushButton(), QPushButton()
        for passing in (self.progress, self.stop_button, self.swap_button):  # nothing moves when they come and go
            policy = passing.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            passing.setSizePolicy(policy)
        self.make_button.setProperty("kind", "primary")
        self.stop_button.setProperty("kind", "tool")
        row = beside(self.tools, None, self.stop_button, self.swap_button, self.dice, self.make_button, gap=SPACE)
        stacked(row, self.progress, into=self, margins=(2 * SPACE, 0, 2 * SPACE, 0), gap=2)
        self.tools.chosen.connect(self.chosen)
        self.make_button.clicked.connect(self.make)
        self.dice.clicked.connect(self.others)
        self.stop_button.clicked.connect(self.stop)
        self.swap_button.clicked.connect(self.swap)

    def show_tool(self) -> None:
        """Show which tool is chosen, of those for the pieces that there are."""
        self.tools.offer(self.desk.tools)
        self.tools.choose(self.desk.tool)
        self.swap_button.setVisible(self.desk.needed == 2)

    def refresh(self, why_not: str, running: bool) -> None:
        """Show what can be done; ``why_not``: why nothing can be made. ``running``: something is being made."""
        desk, tool = self.desk, self.desk.tool
        self.make_button.setEnabled(not why_not)
        self.make_button.setToolTip(why_not or self.tr("Make it (Ctrl+Return)"))
        self.dice.setEnabled(desk.model is not None and tool != "shape" and (not why_not or tool in ("interpolate", "blend")))
        if tool in ("interpolate", "blend"):
            told = self.tr("Other ends, drawn from what the model has learned (Ctrl+R)")
        elif tool == "shape":
            told = self.tr("A change has one result; move the sliders instead.")
        else:
            told = self.tr("Others in their place (Ctrl+R)")
        self.dice.setToolTip(told if self.dice.isEnabled() or tool == "shape" else why_not)
        self.progress.setVisible(running)
        self.stop_button.setVisible(running)
        can_swap = any(desk.state.ends[:2])
        self.swap_button.setEnabled(can_swap)
        self.swap_button.setToolTip(self.tr("Swap A and B (Ctrl+Shift+X)") if can_swap else self.tr("Both ends are empty."))

    def retranslate(self) -> None:
        """Set every string."""
        for widget, name in ((self.make_button, self.tr("Make")), (self.dice, self.tr("Others"))):
            widget.setText(name)
            widget.setAccessibleName(name)
        self.swap_button.setAccessibleName(self.tr("Swap A and B"))
        self.progress.setAccessibleName(self.tr("Being made"))
        self.stop_button.setAccessibleName(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop what is being made (Esc)"))
        self.tools.setAccessibleName(self.tr("Tools"))

    def retheme(self, colours: Colours) -> None:
        """Take the icons in the colours of the theme."""
        for button, name in ((self.swap_button, "swap"), (self.dice, "dice"), (self.stop_button, "stop")):
            button.setIcon(icon(name, colours))
