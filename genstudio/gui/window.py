"""The window: rail, top bar, the page in front, inspector, transport and status line.

It is shown before the pages but the first are built; the others follow in idle moments, or when they are asked for. Pages speak to
each other through the bus only; what must reach a page that is not built yet builds it first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QMoveEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from genstudio.gui.commands import Command, Commands
from genstudio.gui.context import Context
from genstudio.gui.dialogs import Dialogs
from genstudio.gui.focus import step
from genstudio.gui.frame import Dropping, DropSheet, geometry_of, put_back
from genstudio.gui.icons import application_icon
from genstudio.gui.layouts import Worded, beside, stacked
from genstudio.gui.opening import Opener
from genstudio.gui.pagestack import PageStack
from genstudio.gui.project.desk import Desk
from genstudio.gui.project.keeper import Projects
from genstudio.gui.switchboard import Switchboard
from genstudio.gui.widgets.finder import Search
from genstudio.gui.widgets.inspector import Inspector
from genstudio.gui.widgets.rail import Place, Rail
from genstudio.gui.widgets.statusline import StatusLine
from genstudio.gui.widgets.topbar import TopBar
from genstudio.gui.widgets.trouble import Notice, TroubleStrip

__all__ = ["PLACES", "Window"]

log = logging.getLogger(__name__)

_NARROW = 1120  # pixels

_OF_PROJECT = ("new_project", "open_project", "save", "save_as")

PLACES = tuple(
    Place(name, name, f"genstudio.gui.pages.{name}", f"{name.capitalize()}Page", name not in ("train", "models"))
    for name in ("home", "create", "map", "corpus", "train", "models", "library")
)
"""Every page, in the order of the rail."""


class Window(Worded, Dropping, QMainWindow):
    """The one window of the application."""

    painted = Signal()  # once, when it has been drawn for the first time

    def __init__(
        self,
        context: Context,
        projects: Projects,
        drop: Callable[[], None],
        *,
        places: tuple[Place, ...] = PLACES,
        transport: Callable[[Context, QWidget], QWidget] | None = None,
        log_path: str = "",
    ) -> None:
        super().__init__()
        self.context = context
        self.places = {place.name: place for place in places}
        self._narrow = self._peek = False
        self._painted = False
        self.current = ""
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.projects = projects
        self.desk = Desk(projects, drop, self)
        self.dialogs = Dialogs(self, log_path)
        self.opener = Opener(self)
        self.board = Switchboard(self)
        self.commands = Commands(context, self._made(), self)
        self.actions_by_name = self.commands.by_name
        self._lay_out(transport, log_path)
        self.sheet = DropSheet(context.theme, self)
        self._connect()
        self.board.connect_pages()
        self.retheme()
        self.retranslate()
        self._fold_rail()
        put_back(self, context.settings["geometry"])

    # -- building

    def _lay_out(self, transport: Callable[[Context, QWidget], QWidget] | None, log_path: str) -> None:
        context = self.context
        whole = QWidget(self)
        self.setCentralWidget(whole)
        self.top = TopBar(context, Search(self), whole)
        self.rail = Rail(tuple(self.places.values()), whole)
        self.stack = PageStack(context, self.places, whole)
        self.pages = self.stack.pages
        self.inspector = Inspector(context, whole)
        self.trouble = TroubleStrip(context.theme, log_path, whole)
        self.notice = Notice(context.theme, parent=whole)
        self.status = StatusLine(context, self)
        self.transport = transport(context, whole) if transport is not None else None
        strip = stacked(self.notice, self.trouble, margins=(16, 8, 16, 0))
        box = stacked(
            self.top, (beside(self.rail, (stacked(strip, (self.stack, 1), gap=0), 1), self.inspector, gap=0), 1), into=whole, gap=0,
        )  # fmt: skip
        if self.transport is not None:
            box.addWidget(self.transport)
        box.addWidget(self.status)
        self._menu = QMenu(self)
        opening, other = ("open", "open_folder", "open_model"), ("preferences", "log", "", "help", "tour", "shortcuts", "new")
        for name in (*_OF_PROJECT, "", *opening, "", *other, "about", "", "quit"):
            if name:
                self._menu.addAction(self.actions_by_name[name])
            else:
                self._menu.addSeparator()
        self.top.menu_button.setMenu(self._menu)
        self.top.project_button.attach(projects := self.projects, [self.actions_by_name[name] for name in _OF_PROJECT])
        projects.changed.connect(self._title)
        projects.opened.connect(lambda name: self.go(name if name in self.places and name != "home" else "create"))
        self.top.follow(self.top.undo, self.actions_by_name["undo"])
        self.top.follow(self.top.redo, self.actions_by_name["redo"])
        self.top.follow(self.top.help_button, self.actions_by_name["help"])

    def _made(self) -> list[Command]:
        """What can be done from anywhere."""
        context, desk, dialogs, opener = self.context, self.desk, self.dialogs, self.opener
        made: list[Command] = [
            ("new_project", "Ctrl+N", desk.new),
            ("open_project", "", desk.open),
            ("save", "Ctrl+S", desk.save),
            ("save_as", "Ctrl+Shift+S", desk.save_as),
            ("open", "Ctrl+O", opener.choose_files),
            ("open_folder", "Ctrl+Shift+O", opener.choose_folder),
            ("open_model", "", opener.choose_model),
            ("search", "Ctrl+K", self._search),
            ("inspector", "Ctrl+I", self.toggle_inspector),
            ("rail", "Ctrl+B", self.toggle_rail),
            ("play", "Ctrl+Space", self.board.play_or_pause),
            ("stop", "Ctrl+Shift+Space", context.player.stop),
            ("theme", "Ctrl+Shift+T", self.board.other_theme),
            ("language", "Ctrl+Shift+L", self.board.other_language),
            ("menu", "F10", self._open_menu),
            ("jobs", "Ctrl+J", lambda: self.status.toggle_tray()),
            ("full_screen", "F11", self._full_screen),
            ("preferences", "Ctrl+,", dialogs.show_preferences),
            ("help", "F1", dialogs.show_help),
            ("shortcuts", "Shift+F1", dialogs.show_shortcuts),
            ("new", "", dialogs.show_news),
            ("tour", "", dialogs.show_tour),
            ("log", "", dialogs.open_log),
            ("about", "", dialogs.show_about),
            ("quit", "Ctrl+Q", self.close),
        ]
        to = self.board.go_with_keys
        made += [(f"place_{name}", f"Ctrl+{number}", partial(to, name)) for number, name in enumerate(self.places, 1)]
        return made

    def _connect(self) -> None:
        context, bus = self.context, self.context.bus
        self.rail.chosen.connect(self.go)
        self.inspector.folded.connect(self.toggle_inspector)
        self.top.open_model.connect(self.opener.choose_model)
        self.top.inspector_button.clicked.connect(self.toggle_inspector)
        self.status.opened.connect(self.go)
        bus.go.connect(self.go)
        bus.say.connect(self.status.say)
        bus.wrote.connect(self.status.say)
        bus.trouble.connect(self.trouble.tell)
        bus.selected.connect(self.inspector.show_item)  # the transport has the player take it
        context.settings.trouble.connect(lambda sentence: bus.trouble.emit(sentence, ""))
        context.settings.changed.connect(self._setting)
        context.player.unavailable.connect(lambda reason: self.status.say(reason))
        context.theme.changed.connect(self.retheme)

    # -- places

    def go(self, name: str) -> None:
        """Bring a page to the front."""
        if name not in self.places:
            log.warning("there is no page %r", name)
            return
        page = self.stack.build(name)
        self.rail.show_place(name)
        if self.current == name:
            return
        before, self.current = self.current, name
        if before:
            self.pages[before].left()
        self.stack.setCurrentWidget(page)
        self.context.settings["page"] = name
        self._title()
        self._show_inspector()
        page.entered()

    def _title(self) -> None:
        name = self.projects.title.replace("[*]", "[*][*]")  # which Qt would take for the place of its mark
        self.setWindowTitle(" · ".join(filter(None, (f"{name}[*]", self.titles().get(self.current, ""), "GenStudio"))))
        self.setWindowModified(self.projects.edited)

    def titles(self) -> dict[str, str]:
        """What each page is called."""
        names = {
            "home": self.tr("Home"), "create": self.tr("Create"), "map": self.tr("Map"),
            "corpus": self.tr("Corpus"), "train": self.tr("Train"), "models": self.tr("Models"),
            "library": self.tr("Library"),
        }  # fmt: skip
        return {name: names.get(name, name.capitalize()) for name in self.places}

    # -- strings and colours

    def retranslate(self) -> None:
        titles = self.titles()
        self.rail.set_titles(titles)
        self.commands.retranslate(titles)
        self._title()

    def retheme(self) -> None:
        """Take the colours of the theme."""
        self.notice.retheme()
        self.trouble.retheme()
        for page in self.pages.values():
            page.retheme()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Only what no widget wanted comes here, so a space in a field or on a button is not taken from it.
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and not event.isAutoRepeat():
            self.board.play_or_pause()
        elif event.key() == Qt.Key.Key_Escape and self.trouble.isVisible():
            self.trouble.hide()
        else:
            super().keyPressEvent(event)

    # -- what is shown

    def _setting(self, name: str) -> None:
        if name == "inspector":
            self._show_inspector()
        elif name == "rail_folded":
            self._fold_rail()

    def _fold_rail(self) -> None:
        """The names of the rail go where there is little room."""
        self.rail.fold(bool(self.context.settings["rail_folded"]) or self._narrow)

    def _show_inspector(self) -> None:
        place = self.places.get(self.current)
        useful = place is None or place.inspected
        wanted = self._peek if self._narrow else bool(self.context.settings["inspector"])
        self.inspector.setVisible(useful and wanted)
        self.top.show_inspector(useful, wanted)

    def toggle_inspector(self) -> None:
        """Fold the inspector away, or bring it back."""
        if self._narrow:  # there it is out of the way until it is asked for, which the setting is not to remember
            self._peek = not self._peek
            self._show_inspector()
            return
        self.context.settings["inspector"] = not self.context.settings["inspector"]

    def toggle_rail(self) -> None:
        """Show the rail with or without names."""
        self.context.settings["rail_folded"] = not self.context.settings["rail_folded"]

    # -- search and menus

    def _search(self) -> None:
        self.top.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.finder.selectAll()

    def _open_menu(self) -> None:
        self.top.menu_button.showMenu()

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- the window itself

    def focusNextPrevChild(self, next: bool) -> bool:
        page = self.stack.currentWidget()
        parts = [self.top, self.rail, self.notice, self.trouble, page, self.inspector, self.transport, self.status]
        return step([part for part in parts if part is not None], next)

    def come_to_front(self) -> None:
        """Another start has asked for it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow, self._peek = narrow, False
            self._fold_rail()
            self._show_inspector()
        if self.sheet.isVisible():
            self.sheet.cover()
        self._remember()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._remember()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._remember()

    def _remember(self) -> None:
        """Now, and not at the end, which need not be an orderly one; the settings wait for a moment of rest with the writing."""
        if self._painted and not self.isMinimized():
            self.context.settings["geometry"] = geometry_of(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.context.jobs.running and not self._may_leave():
            event.ignore()
            return
        if not self.desk.may_leave():
            event.ignore()
            return
        event.accept()

    def _may_leave(self) -> bool:
        lost = [job for job in self.context.jobs.running if not job.survives]
        if not lost:
            return True
        names = ", ".join(job.title for job in lost)
        return self.context.confirm(
            self.tr("Leave while work is running?"), self.tr("This would be stopped: {names}.").format(names=names)
        )

