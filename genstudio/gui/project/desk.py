"""What a person does with projects: the commands, the menu of the top bar, and the question before unsaved work is thrown away."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QMenu, QMessageBox, QSizePolicy, QToolButton, QWidget

from genstudio.gui.folders import choose_files, choose_place
from genstudio.gui.icons import icon
from genstudio.gui.project.archive import SUFFIX
from genstudio.gui.project.keeper import Projects
from genstudio.gui.settings import Settings
from genstudio.gui.theme import Theme

__all__ = ["Desk", "ProjectButton", "recent_files"]

_WIDEST = 220  # pixels of the name of the project
_RECENT = 8
_EDITED = "•"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')  # in names of files, on one system or another


def recent_files(settings: Settings) -> list[Path]:
    """The files of the projects that were open last, as far as they are there."""
    return [path for path in map(Path, filter(None, map(str, settings["projects"]))) if path.is_file()][:_RECENT]


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
        if not path.exists() or projects.context.confirm(self.tr("Replace the file?"), question):
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
        for button in (save, lose, cancel):
            button.setAccessibleName(button.text())
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


class ProjectButton(QToolButton):
    """The name of the project in the top bar, with its menu."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._projects: Projects | None = None
        self._actions: list[QAction] = []
        self.setProperty("kind", "project")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the name
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(16, 16))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def attach(self, projects: Projects, actions: list[QAction]) -> None:
        """Show the project that is open; ``actions``: what can be done with it."""
        self._projects, self._actions = projects, actions
        projects.changed.connect(self.retranslate)
        self.retranslate()

    def _fill(self) -> None:
        menu, projects = self.menu(), self._projects
        menu.clear()
        if projects is None:
            return
        menu.addActions(self._actions)
        found = recent_files(projects.context.settings)
        menu.addSection(self.tr("Recent projects")) if found else None
        for path in found:
            action = menu.addAction(path.stem)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: projects.context.bus.open_project.emit(str(path), False, ""))

    def retranslate(self) -> None:
        """Set every string."""
        if self._projects is None:
            return
        name, edited = self._projects.title, self._projects.edited
        room = QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, _WIDEST)
        self.setText(f"{room} {_EDITED}" if edited else room)
        told = self.tr("Project: {name}, not saved yet") if edited else self.tr("Project: {name}")
        self.setAccessibleName(told.format(name=name))
        where = str(self._projects.path) if self._projects.path is not None else self.tr("It has no file yet.")
        self.setToolTip(f"{told.format(name=name)}\n{where}")

    def retheme(self) -> None:
        """Take the colours of the theme."""
        self.setIcon(icon("chevron-down", self._theme.colours))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
