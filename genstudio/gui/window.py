"""The window: rail, top bar, the page in front, inspector, transport and status line.

It is shown before the pages but the first are built; the others follow in idle moments, or when they are asked for. Pages speak to
each other through the bus only; what must reach a page that is not built yet builds it first.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from genstudio.gui.commands import Command, Commands
from genstudio.gui.context import Context
from genstudio.gui.dialogs import Dialogs
from genstudio.gui.focus import step
from genstudio.gui.icons import application_icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, beside, stacked
from genstudio.gui.opener import Opener
from genstudio.gui.pagestack import PageStack
from genstudio.gui.project.desk import Desk
from genstudio.gui.project.keeper import Projects
from genstudio.gui.searching import Search
from genstudio.gui.widgets.drop import DropSheet
from genstudio.gui.widgets.inspector import Inspector
from genstudio.gui.widgets.rail import Place, Rail
from genstudio.gui.widgets.statusline import StatusLine
from genstudio.gui.widgets.topbar import TopBar
from genstudio.gui.widgets.trouble import TroubleStrip

__all__ = ["PLACES", "Window"]

log = logging.getLogger(__name__)

_NARROW = 1120  # pixels
_USUAL = 1280, 800
_LEAST = 960, 600  # in which everything can be reached
_FRAME, _TITLE = 4, 36  # what the desktop puts around a window, before it is known

_OF_PROJECT = ("new_project", "open_project", "save", "save_as")

PLACES = tuple(
    Place(name, name, f"genstudio.gui.pages.{name}", f"{name.capitalize()}Page", name not in ("train", "models"))
    for name in ("home", "create", "map", "corpus", "train", "models", "library")
)
"""Every page, in the order of the rail."""


class Window(Worded, QMainWindow):
    """The one window of the application."""

    painted = Signal()  # once, when it has been drawn for the first time
    closing = Signal()

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
        self.setMinimumSize(*_LEAST)
        self.setAcceptDrops(True)
        self.projects = projects
        self.desk = Desk(projects, drop, self)
        self.dialogs = Dialogs(self, log_path)
        self.opener = Opener(context, self)
        self.search = Search(context, self._shown_places, self._commands, self)
        self.commands = Commands(context, self._made(), self)
        self.actions_by_name = self.commands.by_name
        self._lay_out(transport, log_path)
        self.sheet = DropSheet(context.theme, self)
        self._connect()
        self.retheme()
        self.retranslate()
        self._fold_rail()
        self._place()

    # -- building

    def _lay_out(self, transport: Callable[[Context, QWidget], QWidget] | None, log_path: str) -> None:
        context = self.context
        whole = QWidget(self)
        self.setCentralWidget(whole)
        self.top = TopBar(context, self.search.entries, whole)
        self.rail = Rail(tuple(self.places.values()), whole)
        self.stack = PageStack(context, self.places, whole)
        self.pages = self.stack.pages
        self.inspector = Inspector(context, whole)
        self.trouble = TroubleStrip(context.theme, log_path, whole)
        self.status = StatusLine(context, self)
        self.transport = transport(context, whole) if transport is not None else None
        strip = stacked(self.trouble, margins=(16, 8, 16, 0))
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
        desk, dialogs, opener = self.desk, self.dialogs, self.opener
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
            ("play", "Ctrl+Space", self.play_or_pause),
            ("stop", "Ctrl+Shift+Space", self._stop),
            ("theme", "Ctrl+Shift+T", self._other_theme),
            ("language", "Ctrl+Shift+L", self._other_language),
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
        made += [(f"place_{name}", f"Ctrl+{number}", partial(self.go, name)) for number, name in enumerate(self.places, 1)]
        return made

    def _connect(self) -> None:
        context, bus = self.context, self.context.bus
        self.rail.chosen.connect(self.go)
        self.inspector.folded.connect(self.toggle_inspector)
        self.top.open_model.connect(self.opener.choose_model)
        self.top.inspector_button.clicked.connect(self.toggle_inspector)
        self.top.finder.asked.connect(self.search.look_up)
        self.search.found.connect(self.top.finder.add)
        self.opener.opened.connect(self.trouble.hide)
        self.opener.taken.connect(self._take)
        self.status.opened.connect(self.go)
        bus.go.connect(self.go)
        bus.say.connect(self.status.say)
        bus.wrote.connect(self.status.say)
        bus.trouble.connect(self.trouble.tell)
        bus.play.connect(self._play)
        bus.selected.connect(self.inspector.show_item)  # the transport has the player take it
        bus.make_end.connect(partial(self.stack.tell, "create", bus.make_end))
        for name, signals in (
            ("create", (bus.operate, bus.again)), ("map", (bus.show_on_map,)), ("train", (bus.learn_from,)),
            ("models", (bus.show_figures,)),
        ):  # fmt: skip
            for signal in signals:
                signal.connect(partial(self._deliver, name, signal))
        bus.edit.connect(self._edit)
        context.models.failed.connect(bus.trouble)
        context.models.loading.connect(lambda name: context.player.brace(True))
        for ended in (context.models.changed, context.models.failed):
            ended.connect(lambda *_: context.player.brace(False))
        context.models.changed.connect(self._have_model)
        context.settings.trouble.connect(lambda sentence: bus.trouble.emit(sentence, ""))
        context.settings.changed.connect(self._setting)
        context.player.unavailable.connect(lambda reason: self.status.say(reason))
        context.jobs.ended.connect(self._job_ended)
        context.theme.changed.connect(self.retheme)

    def _deliver(self, name: str, signal: Any, *values: object) -> None:
        """Bring a page to the front, and see to it that it hears a signal."""
        self.stack.tell(name, signal, *values)
        if name in self.places:
            self.go(name)

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

    def _shown_places(self) -> list[tuple[str, str, str]]:
        titles = self.titles()
        return [(name, titles[name], place.icon) for name, place in self.places.items()]

    def _take(self, name: str, folders: list[str], learnable: bool) -> None:
        """Give folders to the page that takes them."""
        if self.current == "train" and learnable:  # it learns from them there
            name = "train"
        if name in self.places:
            self.go(name)
            self.pages[name].take(folders)

    # -- strings and colours

    def retranslate(self) -> None:
        """Set every string."""
        titles = self.titles()
        self.rail.set_titles(titles)
        self.commands.retranslate(titles)
        self._title()

    def retheme(self) -> None:
        """Take the colours of the theme."""
        self.rail.retheme(self.context.theme.colours)
        self.trouble.retheme()
        for page in self.pages.values():
            page.retheme()

    def _other_theme(self) -> None:
        self.context.settings["theme"] = "light" if self.context.theme.dark else "dark"

    def _other_language(self) -> None:
        from genstudio.gui.language import chosen

        self.context.settings["language"] = "en" if chosen(self.context.settings["language"]) == "zh_CN" else "zh_CN"

    # -- playing

    def _play(self, item: Item) -> None:
        """Play a piece from the start; one that is playing stops."""
        player = self.context.player
        if player.item is item and player.playing:
            player.stop()
        else:
            player.play(item)

    def play_or_pause(self) -> None:
        """Go on or pause; where nothing was played yet, play the selected piece."""
        player = self.context.player
        if player.item is None and self.inspector.item is not None:
            self._play(self.inspector.item)
        else:
            player.toggle()

    def _stop(self) -> None:
        self.context.player.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Only what no widget wanted comes here, so a space in a field or on a button is not taken from it.
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and not event.isAutoRepeat():
            self.play_or_pause()
        elif event.key() == Qt.Key.Key_Escape and self.trouble.isVisible():
            self.trouble.hide()
        else:
            super().keyPressEvent(event)

    # -- editing

    def _edit(self, item: Item) -> None:
        from genstudio.gui.editor.dialog import editor_for

        dialog = editor_for(self.context, item, self)
        dialog.made.connect(lambda made: self._edited(item, made))
        dialog.open()

    def _edited(self, item: Item, made: Item) -> None:
        """What was edited is kept, and takes the place of the piece where that is an end."""
        self.context.shelf.keep(made)
        self.context.bus.edited.emit(item, made)
        self.context.bus.selected.emit(made)
        self.context.bus.say.emit(self.tr("{title} is in the library.").format(title=made.title))

    # -- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()) and event.source() is None:
            event.acceptProposedAction()
            self.sheet.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.sheet.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.sheet.hide()
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.context.bus.open_files.emit(files)

    # -- what comes back

    def _have_model(self, model: Any) -> None:
        installed = {str(one["name"]): str(one.get("folder")) for one in self.context.models.known}
        own = str(model.folder)
        self.context.settings["model"] = model.name if installed.get(model.name) == own else own
        self.status.say(self.tr("{model} is ready.").format(model=self.context.models.title(model.name)))

    def _job_ended(self, job: Any) -> None:
        if job.state == "done":
            self.context.bus.say.emit(self.tr("{title}: done.").format(title=job.title))
        elif job.state == "stopped":
            self.context.bus.say.emit(self.tr("{title}: stopped.").format(title=job.title))
        else:
            self.context.bus.trouble.emit(f"{job.title}: {job.error[0]}", job.error[1])

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

    def _commands(self) -> list[QAction]:
        """What can be done now, for the search."""
        hidden = {"search", "undo", "redo", *(f"place_{name}" for name in self.places)}
        page = self.pages.get(self.current)
        own = [action for action in page.commands() if action.isEnabled()] if page is not None else []
        return [*(action for name, action in self.actions_by_name.items() if name not in hidden), *own]

    def _open_menu(self) -> None:
        self.top.menu_button.showMenu()

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- the window itself

    def focusNextPrevChild(self, next: bool) -> bool:
        page = self.stack.currentWidget()
        parts = [self.top, self.rail, self.trouble, page, self.inspector, self.transport, self.status]
        return step([part for part in parts if part is not None], next)

    def come_to_front(self) -> None:
        """Another start has asked for it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _place(self) -> None:
        """Where it was last time, or a good size; within the screen in any case, frame and all."""
        self.resize(*_USUAL)
        text = self.context.settings["geometry"]
        restored = bool(text) and self.restoreGeometry(QByteArray(base64.b64decode(text, validate=False)))
        if self.isMaximized() or self.isFullScreen():
            return
        room = self.screen().availableGeometry().adjusted(_FRAME, _TITLE, -_FRAME, -_FRAME)
        size = self.size().boundedTo(room.size()).expandedTo(self.minimumSize())
        self.resize(size)
        if restored:
            left = max(room.left(), min(self.x(), room.right() + 1 - size.width()))
            top = max(room.top(), min(self.y(), room.bottom() + 1 - size.height()))
            self.move(left, top)

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

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.context.jobs.running and not self._may_leave():
            event.ignore()
            return
        if not self.desk.may_leave():
            event.ignore()
            return
        self.context.settings["geometry"] = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.closing.emit()
        event.accept()

    def _may_leave(self) -> bool:
        lost = [job for job in self.context.jobs.running if not getattr(job, "survives", False)]
        if not lost:
            return True
        names = ", ".join(job.title for job in lost)
        return self.context.confirm(
            self.tr("Leave while work is running?"), self.tr("This would be stopped: {names}.").format(names=names)
        )

