"""The project that is open: what of it is in the pages, and whether it is saved.

There is always one. One without a file is called untitled, and differs in nothing else: both are there again at the next start,
with what was not saved; see ``session``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.project import archive
from genstudio.gui.project.archive import Project
from genstudio.gui.settings import DEFAULTS

if TYPE_CHECKING:
    from genstudio.gui.pages.base import Page

__all__ = ["Projects"]

log = logging.getLogger(__name__)

_LOOK = 1500  # milliseconds between two looks at whether anything has changed
_MOST_RECENT = 12
_SOUND = ("tempo", "instrument", "kit")  # settings that belong to a project
_REST = ""  # what of a project is in no page


class Projects(QObject):
    """Opens and saves projects; asks nothing, see ``desk``."""

    changed = Signal()  # its name, or whether it is edited
    opened = Signal(str)  # the page that was in front
    trouble = Signal(str, str)  # a sentence, details

    def __init__(self, context: Context, pages: Callable[[], Iterable[Page]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._pages = pages
        self.path: Path | None = None
        self.edited = False
        self.original = Project()
        """As it was opened or saved."""
        self.carried = False
        """Whether it had been edited when it was left."""
        self._clean: dict[str, str] = {}  # what there was when it was opened or saved, by page
        self._items: list[Item] = []  # what it holds
        self._saving = False
        self._model: dict[str, str] = {}
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        context.models.changed.connect(self._have_model)
        context.undo.indexChanged.connect(lambda *_: QTimer.singleShot(0, self, self.look))

    # -- what it is

    @property
    def title(self) -> str:
        """Its name for people."""
        return (self.path.stem if self.path is not None else self.original.title) or self.tr("Untitled")

    def watch(self, on: bool) -> None:
        """Look now and then whether it is edited."""
        (self._timer.start if on else self._timer.stop)()

    def look(self) -> dict[str, str]:
        """See whether it is edited; what it holds now, by page."""
        self._items = []
        now = {page.name: self._work(page) for page in self._pages() if page.of_project}
        now[_REST] = json.dumps([self._sound(), self._mixes(), self._model], sort_keys=True)
        differs = [self._clean.setdefault(name, what) != what for name, what in now.items()]
        edited = (self.carried or any(differs)) and (bool(self._items) or self.path is not None)
        if edited != self.edited:
            self.edited = edited
            self.changed.emit()
        return now

    def _work(self, page: Page) -> str:
        """What of a page is work, and not only what of it is looked at."""
        state = {name: value for name, value in self.state_of(page).items() if name not in page.glance}
        return json.dumps(state, sort_keys=True, default=self._facts)

    def _facts(self, item: Item) -> object:
        self._items.append(item)
        return archive.facts_of(item)

    @staticmethod
    def state_of(page: Page) -> dict[str, Any]:
        """What a page would have saved; nothing where that is not possible."""
        try:
            state = page.save()
            json.dumps(state, default=lambda value: "" if isinstance(value, Item) else value)
        except Exception:
            log.exception("the state of the page %s cannot be saved", page.name)
            return {}
        return state

    def _sound(self) -> dict[str, Any]:
        return {name: self.context.settings[name] for name in _SOUND if name in DEFAULTS}

    def _mixes(self) -> dict[str, Any]:
        return self.context.player.mixers.records(self._items)

    def gathered(self) -> Project:
        """Everything as it is now."""
        self.look()
        states = {**self.original.states, **{page.name: self.state_of(page) for page in self._pages() if page.of_project}}
        return Project(
            self.title if self.path is not None else self.original.title,
            self.context.settings["page"],
            dict(self._model),
            self._sound(),
            self._mixes(),
            {name: state for name, state in states.items() if state},
        )

    # -- opening

    def new(self) -> None:
        """Begin one without a file."""
        self._take(Project(settings={name: DEFAULTS[name] for name in self._sound()}), None)

    def open(self, path: Path, *, as_copy: bool = False, title: str = "") -> None:
        """Open a file in the background; ``as_copy``: what is in it becomes a project without a file, under ``title``."""

        def have(project: Project) -> None:
            project.title = title or project.title
            self._take(project, None if as_copy else path)
            self.opened.emit(project.page)

        self.context.engine.run(
            partial(archive.read, path), channel="project.open", name="open a project", done=have, failed=self.trouble.emit
        )

    def adopt(self, project: Project, path: Path | None, edited: bool) -> None:
        """Take over what was left at the last start, before any page is there."""
        self.original, self.path, self.carried, self._model = project, path, edited, dict(project.model)
        self.changed.emit()

    def _take(self, project: Project, path: Path | None) -> None:
        """Have a project in the place of the one that is open."""
        context = self.context
        context.player.stop()
        context.bus.selected.emit(None)
        self.adopt(project, path, False)
        for name, value in project.settings.items():
            if name in self._sound():
                try:
                    context.settings[name] = value
                except ValueError as error:
                    log.info("left out: %s", error)
        context.player.mixers.take(project.mixes)
        for page in self._pages():
            if page.of_project:
                self.restore(page)
        context.undo.clear()
        self._want_model()
        self._settle(None)

    def restore(self, page: Page) -> None:
        """Bring a page of it to where it was."""
        self.put_back(page, self.original.states.get(page.name, {}))

    @staticmethod
    def put_back(page: Page, state: dict[str, Any]) -> None:
        """Have a page take a state. What does not fit is left out; a page must open in any case."""
        try:
            page.restore(state)
        except Exception:
            log.exception("the state of the page %s cannot be restored", page.name)

    def _settle(self, clean: dict[str, str] | None) -> None:
        """What there is now, or was then, is what is saved."""
        self.carried, self._clean = False, clean or {}
        self.edited = False
        self.look()
        if self.path is not None:
            settings, here = self.context.settings, str(self.path)
            settings["projects"] = [here, *(one for one in settings["projects"] if one != here)][:_MOST_RECENT]
        self.changed.emit()

    # -- the model

    def _have_model(self, model: Any) -> None:
        self._model = {"name": str(model.name), "digest": str(model.digest), "domain": str(model.domain.name)}
        installed = {str(one["name"]): str(one.get("folder")) for one in self.context.models.known}
        if installed.get(model.name) != str(model.folder):
            self._model["folder"] = str(model.folder)
        self.look()

    def _want_model(self) -> None:
        """Load the model that the project was made with."""
        models, wanted = self.context.models, self._model
        if not wanted.get("name") or models.has(wanted.get("digest", "")):
            return
        if not models.known:
            models.listed.connect(lambda known: self._want_model() if known else None, Qt.ConnectionType.SingleShotConnection)
            return
        folder = wanted.get("folder", "")
        if any(str(one["name"]) == wanted["name"] and "error" not in one for one in models.known):
            models.load(wanted["name"])
        elif folder and Path(folder).is_dir():
            models.load(folder)
        else:
            said = self.tr(
                "This project was made with the model {name}, which is not here. Your pieces are all there; to make more of them, "
                "open the folder of that model, or choose another one at the top."
            )
            self.trouble.emit(said.format(name=wanted["name"]), "")

    # -- saving

    def save(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Write it in the background; ``then`` is called when it is there, and not when it could not be written."""
        if self._saving:
            return
        self._saving = True
        now, project = self.look(), self.gathered()
        project.title = path.stem

        def have(_: object) -> None:
            self.path, self.original = path, project
            self._settle(now)
            self.context.bus.say.emit(self.tr("{name} is saved.").format(name=path.name))
            if then is not None:
                then()

        def over() -> None:
            self._saving = False

        task = self.context.engine.run(
            partial(archive.write, path, archive.pack(project)), name="save the project", done=have, failed=self.trouble.emit
        )
        task.finished.connect(over)
