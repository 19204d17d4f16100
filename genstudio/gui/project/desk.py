"""What a person does with projects: the commands, and the question before unsaved work is thrown away."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from genstudio.gui.folders import choose_files, choose_place
from genstudio.gui.project.archive import SUFFIX
from genstudio.gui.project.keeper import Projects

__all__ = ["Desk"]

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')  # in names of files, on one system or another


class Desk(QObject):
    """Opens, saves and closes projects as a person asks for it, and asks where something would be lost."""

    def __init__(self, projects: Projects, drop: Callable[[], None], window: QWidget) -> None:
        """``drop``: called when a person leaves and does not want what was edited."""
        super().__init__(window)
        self.projects, self._drop, self._window = projects, drop, window
        self._leaving = False
        projects.context.bus.open_project.connect(self.open)

    def new(self) -> None:
        """Begin a project."""
        self.guard(self.projects.new)

    def open(self, file: str = "", as_copy: bool = False, title: str = "") -> None:
        """Open a file, or ask for one."""
        if not file:
            found = choose_files(self._window, self.projects.context.settings, "projects", self.tr("Open a project"), self._kinds())
            file = found[0] if found else ""
        if file:
            self.guard(partial(self.projects.open, Path(file), as_copy=as_copy, title=title))

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save into its file, or ask for one."""
        self.projects.context.bus.settle.emit()
        if self.projects.path is None:
            self.save_as(then)
        else:
            self.projects.save(self.projects.path, then)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        """Save into another file, which it has from then on."""
        settings, projects = self.projects.context.settings, self.projects
        projects.context.bus.settle.emit()
        name = _FORBIDDEN.sub(" ", projects.title).strip() + SUFFIX
        found = choose_place(self._window, settings, "projects", self.tr("Save the project as"), self._kinds(), name)
        if not found:
            return
        path = Path(found)
        if path.suffix.lower() == SUFFIX:
            projects.save(path, then)
            return
        path = path.with_name(path.name + SUFFIX)
        question = self.tr("There is a file {name} already. Shall it be replaced?").format(name=path.name)
        if path == projects.path or not path.exists() or projects.context.confirm(self.tr("Replace the file?"), question):
            projects.save(path, then)

    def guard(self, then: Callable[[], None]) -> None:
        """Do something that puts another project in the place of this one; ask first where something would be lost."""
        self.projects.context.bus.settle.emit()
        self.projects.look()
        if not self.projects.edited:
            then()
            return
        self.box = box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Save the project?"))
        box.setText(self.tr("“{name}” has changes that are not saved.").format(name=self.projects.title))
        box.setInformativeText(self.tr("If you do not save them, they are lost."))
        save = box.addButton(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        lose = box.addButton(self.tr("Don't save"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        save.clicked.connect(lambda: self.save(then))
        lose.clicked.connect(then)
        box.open()

    def may_leave(self) -> bool:
        """Whether the window may close now; else it is closed once it may. Of a project without a file nothing is lost: it is
        there again at the next start."""
        if self._leaving or self.projects.path is None:
            return True
        self.projects.look()
        if not self.projects.edited:
            return True
        self.guard(self._leave)
        return False

    def _leave(self) -> None:
        if self.projects.edited:
            self._drop()
        self.leave()

    def leave(self) -> None:
        """Close the window without a question; what is not saved is there again at the next start, unless it was dropped."""
        self._leaving = True
        self._window.close()

    def settled(self) -> None:
        """Nothing is asked any more."""
        self._leaving = True

    def _kinds(self) -> str:
        return self.tr("Projects ({suffix})").format(suffix=f"*{SUFFIX}")
