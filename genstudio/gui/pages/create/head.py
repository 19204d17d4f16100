"""The top of the page: the tools, what makes, makes others, and stops; and what can be done with keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QProgressBar, QPushButton, QToolButton, QWidget

from genstudio.gui.icons import icon
from genstudio.gui.layouts import Worded, beside, called, having, stacked
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.tools import ToolRow
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import TOOLS, tool_name

if TYPE_CHECKING:
    from genstudio.gui.pages.create.page import CreatePage

__all__ = ["Head", "choose", "commands_of", "name_commands"]

translate = QCoreApplication.translate


class Head(Worded, QWidget):
    """Says what is wanted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.tools = ToolRow()
        self.progress = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.stop_button, self.swap_button = having(QPushButton(), "tool"), QToolButton()
        self.dice, self.make_button = QPushButton(), having(QPushButton(), "primary")
        for button, name in ((self.swap_button, "swap"), (self.dice, "dice"), (self.stop_button, "stop")):
            button.setIcon(icon(name))
        for passing in (self.progress, self.stop_button, self.swap_button):  # nothing moves when they come and go
            policy = passing.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            passing.setSizePolicy(policy)
        row = beside(self.tools, None, self.stop_button, self.swap_button, self.dice, self.make_button, gap=SPACE)
        stacked(row, self.progress, into=self, margins=(2 * SPACE, 0, 2 * SPACE, 0), gap=2)
        self.retranslate()

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
        called(self.make_button, self.tr("Make"))
        called(self.dice, self.tr("Others"))
        self.swap_button.setAccessibleName(self.tr("Swap A and B"))
        self.progress.setAccessibleName(self.tr("Being made"))
        self.stop_button.setAccessibleName(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop what is being made (Esc)"))
        self.tools.setAccessibleName(self.tr("Tools"))


def commands_of(page: CreatePage) -> dict[str, QAction]:
    """What can be done with keys, by name."""
    stop, unmark = page.making.stop, page.marking.bar.clear
    keys: list[tuple[str, str | QKeySequence.StandardKey, Callable[[], object]]] = [
        ("make", "Ctrl+Return", page.make_now), ("another", "Ctrl+R", page.another),
        ("stop", "Esc", lambda: stop() if page.making.running else unmark()),
        ("swap", "Ctrl+Shift+X", page.filling.swap), ("paste", QKeySequence.StandardKey.Paste, page.filling.paste),
    ]  # fmt: skip
    keys += [(f"tool {n}", f"Alt+{n % 10}", partial(choose, page, n)) for n in range(1, 11)]
    found = {}
    for name, key, slot in keys:
        action = found[name] = QAction(page)
        action.setShortcuts([QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False, slot=slot: slot())
        page.addAction(action)
    return found


def _keyed(desk: Desk) -> tuple[str, ...]:
    """The tools in the order of their keys: first those for pieces of the domain."""
    return (*desk.tools, *(tool for tool in TOOLS if tool not in desk.tools))


def choose(page: CreatePage, number: int) -> None:
    """Go to a tool, counted from 1."""
    page.choose(_keyed(page.desk)[number - 1])


def name_commands(actions: Mapping[str, QAction], desk: Desk) -> None:
    """Name what can be done with keys, in the language of the window."""
    names = {f"tool {n}": tool_name(tool) for n, tool in enumerate(_keyed(desk), 1)} | {
        "make": translate("CreatePage", "Make"),
        "another": translate("CreatePage", "Others in their place"),
        "stop": translate("CreatePage", "Stop what is being made"),
        "swap": translate("CreatePage", "Swap A and B"),
        "paste": translate("CreatePage", "Paste as an end"),
    }
    for name, action in actions.items():
        action.setText(names[name])
