"""What can be done on the page with keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.toolwords import TOOLS, tool_name

if TYPE_CHECKING:
    from genstudio.gui.pages.create.page import CreatePage

__all__ = ["choose", "commands_of", "keyed", "name_commands"]

translate = QCoreApplication.translate


def commands_of(page: CreatePage) -> dict[str, QAction]:
    """What can be done with keys, by name."""
    stop, unmark = page.making.stop, page.marking.bar.clear
    keys = [("make", "Ctrl+Return", page.make_now), ("another", "Ctrl+R", page.another),
            ("stop", "Esc", lambda: stop() if page.making.running else unmark()),
            ("swap", "Ctrl+Shift+X", page.filling.swap)]  # fmt: skip
    keys += [(f"tool {n}", f"Alt+{n % 10}", partial(choose, page, n)) for n in range(1, 11)]
    pasting = _action(page, QKeySequence.keyBindings(QKeySequence.StandardKey.Paste), page.filling.paste)
    return {name: _action(page, [QKeySequence(key)], slot) for name, key, slot in keys} | {"paste": pasting}


def keyed(desk: Desk) -> tuple[str, ...]:
    """The tools in the order of their keys: first those for pieces of the domain."""
    return (*desk.tools, *(tool for tool in TOOLS if tool not in desk.tools))


def choose(page: CreatePage, number: int) -> None:
    """Go to a tool, counted from 1."""
    page.choose(keyed(page.desk)[number - 1])


def name_commands(actions: Mapping[str, QAction], desk: Desk) -> None:
    """Name what can be done with keys, in the language of the window."""
    tools = keyed(desk)
    for name, action in actions.items():
        action.setText(tool_name(tools[int(name[5:]) - 1]) if name.startswith("tool ") else _called(name))


def _called(command: str) -> str:
    """What a command is called that is no tool."""
    return {
        "make": translate("CreatePage", "Make"),
        "another": translate("CreatePage", "Others in their place"),
        "stop": translate("CreatePage", "Stop what is being made"),
        "swap": translate("CreatePage", "Swap A and B"),
        "paste": translate("CreatePage", "Paste as an end"),
    }[command]


def _action(page: QWidget, keys: Sequence[QKeySequence], slot: Callable[[], object]) -> QAction:
    """A command of the page."""
    action = QAction(page)
    action.setShortcuts(keys)
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _=False: slot())
    page.addAction(action)
    return action
