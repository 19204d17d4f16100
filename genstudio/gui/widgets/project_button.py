"""The name of the project that is open, in the top bar, with its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from genstudio.gui.folders import recent_projects
from genstudio.gui.icons import icon
from genstudio.gui.layouts import Worded, having, named

if TYPE_CHECKING:
    from genstudio.gui.project.keeper import Projects

__all__ = ["ProjectButton"]

_WIDTHS = ((1200, 220), (1080, 150), (0, 96))  # pixels of the name, in a bar from such a width on
_EDITED = "•"


class ProjectButton(Worded, QToolButton):
    """The name of the project in the top bar, with its menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._projects: Projects | None = None
        self._actions: list[QAction] = []
        self._room = _WIDTHS[0][1]
        having(
            self, "project", focusPolicy=Qt.FocusPolicy.StrongFocus, icon=icon("chevron-down"), iconSize=QSize(16, 16),
            toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup,
            layoutDirection=Qt.LayoutDirection.RightToLeft,  # the arrow after the name
        )  # fmt: skip
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        menu = having(QMenu(self), layoutDirection=Qt.LayoutDirection.LeftToRight, toolTipsVisible=True)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def attach(self, projects: Projects, actions: list[QAction]) -> None:
        """Show the project that is open; ``actions``: what can be done with it."""
        self._projects, self._actions = projects, actions
        projects.changed.connect(self.retranslate)
        self.retranslate()

    def fit(self, width: int) -> None:
        """Be no wider than is good in a bar of this width."""
        room = next(room for least, room in _WIDTHS if width >= least)
        if room != self._room:
            self._room = room
            self.retranslate()

    def _fill(self) -> None:
        menu, projects = self.menu(), self._projects
        menu.clear()
        if projects is None:
            return
        menu.addActions(self._actions)
        found = recent_projects(projects.context.settings)
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
        short = QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, self._room)
        self.setText(f"{short} {_EDITED}" if edited else short)
        told = self.tr("Project: {name}, not saved yet") if edited else self.tr("Project: {name}")
        where = str(self._projects.path) if self._projects.path is not None else self.tr("It has no file yet.")
        named(self, told.format(name=name), f"{told.format(name=name)}\n{where}")
