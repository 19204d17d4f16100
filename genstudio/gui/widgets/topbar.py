"""The top bar: menu, project, model, search, undo, theme, language and inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.folders import recent_projects
from genstudio.gui.icons import icon
from genstudio.gui.language import LANGUAGES, chosen
from genstudio.gui.layouts import Worded, beside, having, named, new_label
from genstudio.gui.widgets.finder import Finder, Search
from genstudio.gui.widgets.itembuttons import tool
from genstudio.gui.widgets.model_menu import ModelMenu

if TYPE_CHECKING:
    from genstudio.gui.project.keeper import Projects

__all__ = ["TopBar"]

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
        if self._projects is None:
            return
        name, edited = self._projects.title, self._projects.edited
        short = QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, self._room)
        self.setText(f"{short} {_EDITED}" if edited else short)
        told = self.tr("Project: {name}, not saved yet") if edited else self.tr("Project: {name}")
        where = str(self._projects.path) if self._projects.path is not None else self.tr("It has no file yet.")
        named(self, told.format(name=name), f"{told.format(name=name)}\n{where}")


class TopBar(Worded, QFrame):
    """Always there. What its buttons do is said by signals and settings."""

    open_model = Signal()  # a folder is to be chosen

    def __init__(self, context: Context, search: Search, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("kind", "topbar")
        self.setFixedHeight(56)
        self.menu_button = self._button("menu")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.project_button = ProjectButton(self)
        # The arrow after the name.
        self.model_button = having(tool(self, size=16), "chooser", layoutDirection=Qt.LayoutDirection.RightToLeft)
        having(self.model_button, icon=icon("chevron-down"), toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.model_menu = ModelMenu(context, self.model_button)
        self.model_menu.chosen.connect(lambda name: context.models.load(name))
        self.model_menu.figures.connect(self._figures)
        self.model_menu.folder.connect(self.open_model)
        self.model_button.clicked.connect(self.model_menu.toggle)
        self.state = new_label(self, "muted")
        self.undo = self._button("undo")
        self.redo = self._button("redo")
        self.finder = Finder(search, self)
        self.theme_button = self._button("sun")
        self.theme_button.clicked.connect(self._other_theme)
        self.language_button = self._button("globe")
        self.language_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.language_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.language_menu = QMenu(self)
        languages = QActionGroup(self)
        for code, name in LANGUAGES.items():
            action = self.language_menu.addAction(name)
            action.setCheckable(True)
            action.setData(code)
            action.triggered.connect(lambda _=False, code=code: context.settings.__setitem__("language", code))
            languages.addAction(action)
        self.language_button.setMenu(self.language_menu)
        self.help_button = self._button("help")
        self.inspector_button = self._button("sidebar")
        self.inspector_button.setCheckable(True)
        beside(
            self.menu_button, 4, self.project_button, 8, self.model_button, 8, self.state, None, self.undo, self.redo, 8,
            self.finder, 8, self.theme_button, self.language_button, self.help_button, self.inspector_button, into=self,
            margins=(12, 8, 12, 8), gap=4,
        )  # fmt: skip
        models = context.models
        models.listed.connect(self._list)
        models.loading.connect(self._loading)
        models.changed.connect(self._over)
        models.failed.connect(self._over)
        context.theme.changed.connect(self._name_theme)
        self._busy = False
        self._inspector = True, True
        self._list(models.known)
        self.retranslate()

    def _button(self, name: str) -> QToolButton:
        return having(tool(self), icon=icon(name))

    # -- models

    def _list(self, known: list[dict[str, Any]]) -> None:
        self.model_menu.show_models(known, self.context.models.wanted)
        self._show_model()

    def _figures(self) -> None:
        current = self.context.models.current
        self.context.bus.show_figures.emit(str(current.folder) if current is not None else "")

    def _loading(self, name: str) -> None:
        self._busy = True
        self._show_model()
        self.model_menu.mark(name)

    def _over(self, *_: object) -> None:
        """The model is there, or could not be loaded."""
        self._busy = False
        self._show_model()
        self.model_menu.mark(self.context.models.current.name if self.context.models.current is not None else "")

    def _show_model(self) -> None:
        models = self.context.models
        name = models.wanted if self._busy else (models.current.name if models.current is not None else "")
        title = models.title(name) if name else ""
        self.model_button.setText(title or self.tr("Choose a model"))
        said = self.tr("Model: {name}").format(name=title or self.tr("none"))
        named(self.model_button, said, self.tr("The model that pieces are made with; choose another."))
        self.state.setText(self.tr("Loading …") if self._busy else "")

    # -- theme and language

    def _other_theme(self) -> None:
        self.context.settings["theme"] = "light" if self.context.theme.dark else "dark"

    def show_inspector(self, useful: bool, shown: bool) -> None:
        """Whether the inspector has a use on the page in front, and whether it is shown there."""
        self._inspector = useful, shown
        self.inspector_button.setEnabled(useful)
        self.inspector_button.setChecked(useful and shown)
        self._name(self.inspector_button, self.tr("Inspector"), "Ctrl+I")
        if not useful:
            self.inspector_button.setToolTip(self.tr("There are no pieces to inspect on this page."))

    def _name_theme(self) -> None:
        self.theme_button.setIcon(icon("sun" if self.context.theme.dark else "moon"))
        self._name(self.theme_button, self.tr("Light colours") if self.context.theme.dark else self.tr("Dark colours"))

    @staticmethod
    def _name(button: QToolButton, name: str, key: str = "") -> None:
        named(button, name, f"{name}  ({key})" if key else name)

    def retranslate(self) -> None:
        self._name(self.menu_button, self.tr("Menu"), "F10")
        self._name_theme()
        code = chosen(self.context.settings["language"])
        self._name(self.language_button, self.tr("Language"))
        self.language_button.setText({"en": "EN", "zh_CN": "中"}[code])
        for action in self.language_menu.actions():
            action.setChecked(action.data() == code)
        self.show_inspector(*self._inspector)
        self._list(self.context.models.known)

    def follow(self, button: QToolButton, action: QAction) -> None:
        """Have a button do what an action does; where it can do nothing, it says why."""
        button.clicked.connect(action.trigger)

        def changed() -> None:
            button.setEnabled(action.isEnabled())
            self._name(button, action.text(), action.shortcut().toString())
            if not action.isEnabled():
                button.setToolTip(action.toolTip())

        action.changed.connect(changed)
        changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.project_button.fit(self.width())
