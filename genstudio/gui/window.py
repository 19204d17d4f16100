"""The window: rail, top bar, the page in front, inspector, transport and status line.

It is shown before the pages but the first are built; the others follow in idle moments, or when they are asked for. Pages speak to
each other through the bus only; what must reach a page that is not built yet builds it first.
"""

from __future__ import annotations

import base64
import importlib
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from genstudio import paths
from genstudio.domains import names, plays
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.engine import sentence
from genstudio.gui.focus import step
from genstudio.gui.folders import choose_files, choose_folder
from genstudio.gui.icons import application_icon
from genstudio.gui.items import Item
from genstudio.gui.opening import Opening, understand
from genstudio.gui.pages.base import Page
from genstudio.gui.project.desk import Desk
from genstudio.gui.project.keeper import Projects
from genstudio.gui.widgets.drop import DropSheet
from genstudio.gui.widgets.finder import Found
from genstudio.gui.widgets.help import NEW, HelpDialog
from genstudio.gui.widgets.inspector import Inspector
from genstudio.gui.widgets.rail import Place, Rail
from genstudio.gui.widgets.shortcuts import Key, ShortcutDialog, card_keys, keys_of
from genstudio.gui.widgets.statusline import StatusLine
from genstudio.gui.widgets.steps import Steps, five
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


class _Pages(QStackedWidget):
    """The pages. They scroll, so the height that they would like for their width is not one that they need."""

    def hasHeightForWidth(self) -> bool:
        return False


class Window(QMainWindow):
    """The one window of the application."""

    painted = Signal()  # once, when it has been drawn for the first time
    complete = Signal()  # once, when every page is built
    built = Signal(object)  # Page
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
        self.pages: dict[str, Page] = {}
        self.actions_by_name: dict[str, QAction] = {}
        self._page_actions: list[QAction] = []
        self._narrow = self._peek = False
        self._broken: set[str] = set()
        self._painted = False
        self._complete = False
        self._log_path = log_path
        self.current = ""
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*_LEAST)
        self.setAcceptDrops(True)
        self.projects = projects
        self.desk = Desk(projects, drop, self)
        self._make_actions()
        self._lay_out(places, transport)
        self.sheet = DropSheet(context.theme, self)
        self._connect()
        self.retheme()
        self.retranslate()
        self._fold_rail()
        self._place()

    # -- building

    def _lay_out(self, places: tuple[Place, ...], transport: Callable[[Context, QWidget], QWidget] | None) -> None:
        context = self.context
        whole = QWidget(self)
        self.setCentralWidget(whole)
        self.top = TopBar(context, self._entries, whole)
        self.rail = Rail(places, whole)
        self.stack = _Pages(whole)
        self.inspector = Inspector(context, whole)
        self.trouble = TroubleStrip(context.theme, self._log_path, whole)
        self._failed_kind: object = None  # of the job whose failure it tells
        self.status = StatusLine(context, self)
        self.transport = transport(context, whole) if transport is not None else None
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        strip = QVBoxLayout()
        strip.setContentsMargins(16, 8, 16, 0)
        strip.addWidget(self.trouble)
        middle.addLayout(strip)
        middle.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        row.addWidget(self.inspector)
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.top)
        box.addLayout(row, 1)
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

    def _make_actions(self) -> None:
        made: list[tuple[str, str, Callable[[], object]]] = [
            ("new_project", "Ctrl+N", self.desk.new),
            ("open_project", "", self.desk.open),
            ("save", "Ctrl+S", self.desk.save),
            ("save_as", "Ctrl+Shift+S", self.desk.save_as),
            ("open", "Ctrl+O", self.choose_files),
            ("open_folder", "Ctrl+Shift+O", self.choose_folder),
            ("open_model", "", self.choose_model),
            ("undo", "Ctrl+Z", self.undo),
            ("redo", "Ctrl+Shift+Z Ctrl+Y", self.redo),
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
            ("preferences", "Ctrl+,", self.show_preferences),
            ("help", "F1", self.show_help),
            ("shortcuts", "Shift+F1", self.show_shortcuts),
            ("new", "", lambda: self.show_help(NEW)),
            ("tour", "", self.show_tour),
            ("log", "", self._open_log),
            ("about", "", self.show_about),
            ("quit", "Ctrl+Q", self.close),
        ]
        to = self._go_with_keys
        made += [(f"place_{name}", f"Ctrl+{number}", partial(to, name)) for number, name in enumerate(self.places, 1)]
        for name, key, slot in made:
            action = QAction(self)
            action.setShortcuts([QKeySequence(one) for one in key.split()])
            action.triggered.connect(lambda _=False, slot=slot: slot())
            self.addAction(action)
            self.actions_by_name[name] = action

    def _connect(self) -> None:
        context, bus = self.context, self.context.bus
        self.rail.chosen.connect(self.go)
        self.inspector.folded.connect(self.toggle_inspector)
        self.top.open_model.connect(self.choose_model)
        self.top.inspector_button.clicked.connect(self.toggle_inspector)
        self.top.finder.asked.connect(self._look_up)
        self.status.opened.connect(self.go)
        bus.go.connect(self.go)
        bus.say.connect(self.status.say)
        bus.wrote.connect(self.status.say)
        bus.trouble.connect(self._tell_trouble)
        bus.play.connect(self._play)
        bus.selected.connect(self.inspector.show_item)  # the transport has the player take it
        bus.open_files.connect(self.open_files)
        bus.make_end.connect(lambda item, end: self._deliver("create", bus.make_end, item, end, go=False))
        bus.operate.connect(lambda item, what: self._deliver("create", bus.operate, item, what))
        bus.again.connect(lambda item: self._deliver("create", bus.again, item))
        bus.edit.connect(self._edit)
        bus.show_on_map.connect(lambda item: self._deliver("map", bus.show_on_map, item))
        bus.learn_from.connect(lambda items: self._deliver("train", bus.learn_from, items))
        bus.show_figures.connect(lambda folder: self._deliver("models", bus.show_figures, folder))
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
        undo = context.extra["undo"]
        for signal in (undo.canUndoChanged, undo.canRedoChanged, undo.undoTextChanged, undo.redoTextChanged):
            signal.connect(self._name_undo)

    def build(self, name: str) -> Page:
        """The page of that name, built when it is not there yet."""
        if name in self.pages:
            return self.pages[name]
        place = self.places[name]
        page: Page = getattr(importlib.import_module(place.module), place.cls)(self.context, self.stack)
        page.setProperty("kind", "page")
        page.retranslate()
        page.retheme()
        self.pages[name] = page
        self.stack.addWidget(page)
        for action in page.commands():
            if not action.property("anywhere"):
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if action not in page.actions():
                page.addAction(action)
        self.built.emit(page)
        return page

    def build_rest(self) -> None:
        """Build the pages that are missing, one in each idle moment."""
        missing = next((name for name in self.places if name not in self.pages and name not in self._broken), None)
        if missing is not None:
            try:
                self.build(missing)
            except Exception as error:  # one page less is better than no window
                self._broken.add(missing)
                self.context.bus.trouble.emit(*sentence(error))
            QTimer.singleShot(0, self, self.build_rest)
        elif not self._complete:
            self._complete = True
            self.complete.emit()

    def _deliver(self, name: str, signal: Any, *values: object, go: bool = True) -> None:
        """See to it that a page hears a signal: one that was not built when it was emitted has missed it."""
        if name not in self.places:
            return
        if name not in self.pages:
            self.build(name)
            signal.emit(*values)
        if go:
            self.go(name)

    # -- places

    def go(self, name: str) -> None:
        """Bring a page to the front."""
        if name not in self.places:
            log.warning("there is no page %r", name)
            return
        page = self.build(name)
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

    def _go_with_keys(self, name: str) -> None:
        """Bring a page to the front, and have the keys go to it."""
        self.go(name)
        page = self.pages[name]
        if not page.isAncestorOf(self.focusWidget() or self):
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _title(self) -> None:
        name = self.projects.title.replace("[*]", "[*][*]")  # which Qt would take for the place of its mark
        self.setWindowTitle(" · ".join(filter(None, (f"{name}[*]", self._titles().get(self.current, ""), "GenStudio"))))
        self.setWindowModified(self.projects.edited)

    def _titles(self) -> dict[str, str]:
        names = {
            "home": self.tr("Home"), "create": self.tr("Create"), "map": self.tr("Map"),
            "corpus": self.tr("Corpus"), "train": self.tr("Train"), "models": self.tr("Models"),
            "library": self.tr("Library"),
        }  # fmt: skip
        return {name: names.get(name, name.capitalize()) for name in self.places}

    # -- strings and colours

    def retranslate(self) -> None:
        """Set every string."""
        titles = self._titles()
        self.rail.set_titles(titles)
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
            self.actions_by_name[name].setText(text)
        self._name_undo()
        self._title()

    def undo(self) -> None:
        """Take the last change back; what is typed and not taken over yet is a change too."""
        self.context.bus.settle.emit()
        self.context.extra["undo"].undo()

    def redo(self) -> None:
        """Make the last change again that was taken back."""
        self.context.bus.settle.emit()
        self.context.extra["undo"].redo()

    def _name_undo(self, *_: object) -> None:
        undo = self.context.extra["undo"]
        for name, able, what, plain, nothing in (
            ("undo", undo.canUndo(), undo.undoText(), self.tr("Undo"), self.tr("There is nothing to undo.")),
            ("redo", undo.canRedo(), undo.redoText(), self.tr("Redo"), self.tr("There is nothing to redo.")),
        ):
            action = self.actions_by_name[name]
            action.setText(f"{plain}: {what}" if able and what else plain)
            action.setToolTip("" if able else nothing)
            action.setEnabled(able)

    def retheme(self) -> None:
        """Take the colours of the theme."""
        self.rail.retheme(self.context.theme.colours)
        self.trouble.retheme()
        for page in self.pages.values():
            page.retheme()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

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

    # -- opening

    def open_files(self, files: list[str]) -> None:
        """Take what was dropped, opened, or handed over by another start."""
        if files:
            self.context.bus.say.emit(self.tr("Opening {name} …").format(name=Path(files[0]).name))
            self.context.engine.run(
                partial(understand, files, first=self.context.models.domain), name="open files", done=self._opened,
                failed=self.context.bus.trouble.emit,
            )

    def _opened(self, found: Opening) -> None:
        bus, models = self.context.bus, self.context.models
        self.trouble.hide()  # what it says is of files before these
        if found.projects:
            bus.open_project.emit(found.projects[0], False, "")
            if len(found.projects) > 1 or found.items:
                bus.say.emit(self.tr("The project is opened first; drop the other files again to add them to it."))
            return
        if found.models:
            models.load(found.models[-1])
        if found.corpora or found.collections or found.maps:
            name = "map" if found.maps and not (found.corpora or found.collections) else "corpus"
            if self.current == "train" and found.collections and not found.corpora:  # it learns from them there
                name = "train"
            if name in self.places:
                self.go(name)
                self.pages[name].take(found.maps if name == "map" else [*found.collections, *found.corpora])
        for folder in found.corpora:
            bus.corpora_changed.emit(folder)
        if found.items:
            self._take_items(found.items)
        if found.questions:
            self.go("create")
            bus.ask_reading.emit(*found.questions[0])
        if found.refused:
            more = len(found.refused) - 1
            said = found.refused[0][1]
            if more:
                said = self.tr("{sentence} Others could not be opened either: {count}.").format(sentence=said, count=more)
            bus.trouble.emit(said, "\n".join(reason for _, reason in found.refused))
        elif found.remarks:
            bus.say.emit(found.remarks[0])

    def _take_items(self, items: list[Item]) -> None:
        bus = self.context.bus
        self.context.player.stop()  # what was tried before does not play into what is opened
        fitting = [item for item in items if item.domain == items[0].domain]
        self._load_for(items[0].domain)
        recent = [item.source for item in fitting if item.source]
        settings = self.context.settings
        settings["recent"] = list(dict.fromkeys([*recent, *settings["recent"]]))[:12]
        if len(fitting) == 1:
            bus.make_end.emit(fitting[0], "")
        else:
            bus.operate.emit(fitting[0], "interpolate")
            bus.make_end.emit(fitting[1], "b")
        bus.selected.emit(fitting[0])
        self.go("create")
        if len(fitting) > 2:
            bus.say.emit(self.tr("The first two of {count} pieces are the ends now.").format(count=len(fitting)))

    def _load_for(self, domain: str) -> None:
        """Load a model for a kind of pieces, where the one that is chosen, or on its way in a start, is for another."""
        models = self.context.models
        if not models.known:
            models.listed.connect(lambda known: self._load_for(domain) if known else None, Qt.ConnectionType.SingleShotConnection)
            return
        chosen = next((one for one in models.known if one.get("name") == models.wanted), {})
        now = chosen.get("domain") or models.domain
        other = next((one for one in models.known if one.get("domain") == domain and "error" not in one), None)
        if now and now != domain and other is not None:
            models.load(str(other["name"]))

    def choose_files(self) -> None:
        """Ask for files and open them."""
        self.open_files(choose_files(self, self.context.settings, "songs", self.tr("Open songs or sentences")))

    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        folder = choose_folder(self, self.context.settings, "songs", self.tr("Open a folder of songs or sentences"))
        self.open_files([folder] if folder else [])

    def choose_model(self) -> None:
        """Ask for the folder of a model and load it."""
        folder = choose_folder(self, self.context.settings, "models", self.tr("Open a model folder"), str(paths.user_models()))
        if folder:
            self.context.models.load(folder)

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

    def _tell_trouble(self, said: str, details: str) -> None:
        self._failed_kind = None
        self.trouble.tell(said, details)

    def _job_ended(self, job: Any) -> None:
        if job.state == "done":
            if job.kind is not None and job.kind is self._failed_kind:
                self.trouble.hide()  # what it says is of a try before this one
            self.context.bus.say.emit(self.tr("{title}: done.").format(title=job.title))
        elif job.state == "stopped":
            self.context.bus.say.emit(self.tr("{title}: stopped.").format(title=job.title))
        else:
            self.context.bus.trouble.emit(f"{job.title}: {job.error[0]}", job.error[1])
            self._failed_kind = job.kind

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

    # -- search

    def _search(self) -> None:
        self.top.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.finder.selectAll()

    def _entries(self) -> list[Found]:
        titles, command = self._titles(), self.tr("action")
        found = [
            Found(titles[name], self.tr("place"), place.icon, partial(self.go, name)) for name, place in self.places.items()
        ]
        hidden = {"search", "undo", "redo", *(f"place_{name}" for name in self.places)}
        actions = [action for name, action in self.actions_by_name.items() if name not in hidden]
        page = self.pages.get(self.current)
        actions += [action for action in page.commands() if action.isEnabled()] if page is not None else []
        found += [Found(action.text().replace("&", ""), command, "chevron-right", action.trigger) for action in actions]
        for about in self.context.models.known:
            if "error" not in about:
                name = str(about["name"])
                shown = "music" if plays(str(about.get("domain"))) else "text"
                found.append(Found(self.context.models.title(name), self.tr("model"), shown, partial(self._load, name)))
        for name in names():
            for song in kinds.files(name) if plays(name) else []:
                title = song.stem.replace("-", " ").title()
                found.append(Found(title, kinds.one(name), "music", partial(self.open_files, [str(song)])))
        return found

    def _load(self, name: str) -> None:
        self.context.models.load(name)

    def _look_up(self, text: str) -> None:
        """Look for pieces of the library as well."""
        from genstudio.gui.shelf import Query

        def have(found: Any) -> None:
            self.top.finder.add(text, [
                Found(entry.title or entry.operation, self.tr("in the library"), "library", partial(self._open_entry, entry))
                for entry in found.entries
            ])  # fmt: skip

        self.context.shelf.search(Query(text=text), have, limit=6, channel="finder")

    def _open_entry(self, entry: Any) -> None:
        self.context.shelf.open([entry], self._have_entries)

    def _have_entries(self, items: list[Item]) -> None:
        for item in items:
            self.context.bus.selected.emit(item)
            self.context.bus.make_end.emit(item, "")
        self.go("create")

    # -- dialogs

    def show_preferences(self) -> None:
        """Open the preferences."""
        from genstudio.gui.widgets.preferences import PreferencesDialog

        dialog = PreferencesDialog(self.context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def keys(self) -> list[Key]:
        """Every key of the window, of each page and of the cards."""
        found = keys_of(list(self.actions_by_name.values()), self.tr("Everywhere"))
        found.append(Key(self.tr("Play or pause"), self.tr("Everywhere"), self.tr("Space")))
        found += card_keys()
        titles = self._titles()
        for name, page in self.pages.items():
            found += keys_of(page.commands(), titles[name])
        return found

    def show_help(self, page: str = "") -> None:
        """Open the help, by default at the page of the place in front."""
        dialog = self.findChild(HelpDialog) or HelpDialog(self.context, self._titles, self)
        dialog.open_page(page or self.current)

    def show_tour(self, *, focus: bool = True) -> None:
        """Begin the tour. ``focus``: keys go to it."""
        steps = self.findChild(Steps) or Steps(
            self.context.theme, lambda: five(self.transport, self.rail.buttons), go=self.go, window=self,
            corner=lambda: QPoint(self.rail.width(), (self.transport or self.status).y()),
        )  # fmt: skip
        steps.show_step(0, focus=focus)
        self.context.settings["toured"] = True

    def show_shortcuts(self) -> None:
        """Open the list of keys."""
        dialog = ShortcutDialog(self.keys(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_about(self) -> None:
        """Say what this is."""
        from genstudio.gui.widgets.about import AboutDialog

        dialog = AboutDialog(self._log_path, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_menu(self) -> None:
        self.top.menu_button.showMenu()

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.logs())))

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
        if restored:  # where it is, is where its frame begins
            left = max(room.left() - _FRAME, min(self.x(), room.right() + 1 - size.width() - _FRAME))
            top = max(room.top() - _TITLE, min(self.y(), room.bottom() + 1 - size.height() - _TITLE))
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

