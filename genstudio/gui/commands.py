"""The commands of the window: what the menu, the keys and the search can do, with their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from genstudio.gui.context import Context

__all__ = ["Command", "Commands"]

Command = tuple[str, str, Callable[[], object]]
"""Its name in :attr:`Commands.by_name`, its keys, with a space between several, and what it does."""


class Commands(QObject):
    """Actions of the window; undo and redo are there already."""

    def __init__(self, context: Context, made: Sequence[Command], window: QWidget) -> None:
        super().__init__(window)
        self.context = context
        self.by_name: dict[str, QAction] = {}
        for name, keys, slot in (("undo", "Ctrl+Z", self.undo), ("redo", "Ctrl+Shift+Z Ctrl+Y", self.redo), *made):
            action = self.by_name[name] = QAction(window)
            action.setShortcuts([QKeySequence(one) for one in keys.split()])
            action.triggered.connect(lambda _=False, slot=slot: slot())
            window.addAction(action)
        undo = context.undo
        for signal in (undo.canUndoChanged, undo.canRedoChanged, undo.undoTextChanged, undo.redoTextChanged):
            signal.connect(self._name_undo)

    def undo(self) -> None:
        """Take the last change back; what is typed and not taken over yet is a change too."""
        self.context.bus.settle.emit()
        self.context.undo.undo()

    def redo(self) -> None:
        """Make the last change again that was taken back."""
        self.context.bus.settle.emit()
        self.context.undo.redo()

    def _name_undo(self, *_: object) -> None:
        undo = self.context.undo
        for name, able, what, plain, nothing in (
            ("undo", undo.canUndo(), undo.undoText(), self.tr("Undo"), self.tr("There is nothing to undo.")),
            ("redo", undo.canRedo(), undo.redoText(), self.tr("Redo"), self.tr("There is nothing to redo.")),
        ):
            action = self.by_name[name]
            action.setText(f"{plain}: {what}" if able and what else plain)
            action.setToolTip("" if able else nothing)
            action.setEnabled(able)

    def retranslate(self, titles: Mapping[str, str]) -> None:
        """Set every string. ``titles``: of the pages."""
        names = {
            "new_project": self.tr("New project"), "open_project": self.tr("Open a project …"), "save": self.tr("Save"),
            "save_as": self.tr("Save as …"),
            "open": self.tr("Open files"), "open_folder": self.tr("Open a folder"), "open_model": self.tr("Open a model folder"),
            "search": self.tr("Search"), "inspector": self.tr("Show or fold the inspector"),
            "rail": self.tr("Show or fold the rail"), "play": self.tr("Play or pause"), "stop": self.tr("Stop the sound"),
            "theme": self.tr("Light or dark"), "language": self.tr("Change the language"), "menu": self.tr("Open the menu"),
            "jobs": self.tr("Show the work"), "full_screen": self.tr("Full screen"), "preferences": self.tr("Preferences"),
            "help": self.tr("Help"), "new": self.tr("What is new"), "tour": self.tr("Take the tour"),
            "shortcuts": self.tr("Keyboard shortcuts"), "log": self.tr("Open the folder of the log"),
            "about": self.tr("About GenStudio"), "quit": self.tr("Quit"),
        }  # fmt: skip
        names |= {f"place_{name}": self.tr("Go to {place}").format(place=title) for name, title in titles.items()}
        for name, text in names.items():
            self.by_name[name].setText(text)
        self._name_undo()
