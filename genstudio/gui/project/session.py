"""What is there again at the next start: the project that was open, with what was not saved of it, and where a person was.

It is a copy of the project in the user's folder (``work.genstudio``), written now and then and at the end. A file ``work.open`` is
there while the studio runs, so that after a crash a sentence says that the work is restored. It counts the starts that did not
get as far as running for a moment: after several in a row the work is set aside, since it may be what they died of.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio import paths
from genstudio.errors import FileError, GenStudioError
from genstudio.files import read_json, set_aside, write_text
from genstudio.gui.project import archive
from genstudio.gui.project.archive import SUFFIX, Project
from genstudio.gui.project.keeper import Projects

if TYPE_CHECKING:
    from genstudio.gui.pages.base import Page

__all__ = ["Session"]

log = logging.getLogger(__name__)

_EVERY = 20_000  # milliseconds between two copies
_WELL = 5_000  # milliseconds after which a start is no longer held to have died of the work
_TOO_OFTEN = 3


class Session(QObject):
    """Saves and restores what is open."""

    trouble = Signal(str)

    def __init__(
        self, projects: Projects, pages: Callable[[], Iterable[Page]], home: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        home = home or paths.home()
        self.path = home / f"work{SUFFIX}"
        self._former = home / "work.json"  # of earlier versions
        self._open = home / "work.open"
        self._projects, self._pages = projects, pages
        self.recovered = False
        self.set_aside: Path | None = None
        self.intact = False  # what was set aside can be read
        self._files: dict[str, bytes] | None = None  # of the copy, until its pieces are needed
        self._places: dict[str, dict[str, Any]] = {}
        self._dropped = False
        self._written: dict[str, bytes] = {}
        self._told = False
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.save)

    def begin(self) -> None:
        """Read what there is, and begin to save."""
        unclean, deaths = self._open.exists(), self._deaths()
        there = False
        try:
            there = self._find()
        except GenStudioError as error:
            log.warning("the work of last time cannot be read: %s", error)
            self._put_aside()
        if deaths >= _TOO_OFTEN and there:
            self._put_aside("aside")
            there, deaths = False, 0
        self.recovered = unclean and there
        self._count(deaths + 1)
        self._timer.start()
        self._projects.watch(True)

    def opened(self) -> None:
        """The window is there with the work in it; after a moment, it was not the work that a start dies of."""
        QTimer.singleShot(_WELL, self, self.went_well)

    def went_well(self) -> None:
        """Forget the starts that ended while they opened the work."""
        if self._timer.isActive():  # else it has ended
            self._count(0)

    def _count(self, deaths: int) -> None:
        try:
            write_text(self._open, str(deaths))
        except FileError as error:
            log.warning("%s", error)

    def _find(self) -> bool:
        """Whether there is something; its pieces are read later, since that takes longer than all else of it."""
        if self.path.exists():
            self._files = archive.read_files(self.path)
            copy = archive.about(self._files, self.path.name)
            file = copy.session.get("file")
            self._places = copy.places
            self._projects.adopt(copy, Path(file) if isinstance(file, str) and file else None, copy.session.get("edited") is True)
            return True
        if self._former.exists():
            pages = read_json(self._former, dict[str, Any]).get("pages")
            found = pages.items() if isinstance(pages, dict) else ()
            states = {str(name): state for name, state in found if isinstance(state, dict)}
            self._places = states
            self._projects.adopt(Project(states={name: _of_former(state) for name, state in states.items()}), None, True)
            return bool(states)
        return False

    def _need(self) -> None:
        """Read the pieces of the copy."""
        if self._files is None:
            return
        files, self._files = self._files, None
        try:
            self._projects.original = archive.unpack(files, self.path.name)
        except GenStudioError as error:
            log.warning("the work of last time cannot be read: %s", error)
            self._put_aside()

    def _deaths(self) -> int:
        try:
            return min(99, max(0, int(self._open.read_text(encoding="utf-8"))))
        except (OSError, ValueError):
            return 0

    def _put_aside(self, word: str = "damaged") -> None:
        self.intact = word != "damaged"
        for path in (self.path, self._former):
            try:
                if path.exists():
                    self.set_aside = set_aside(path, word)
            except OSError as error:
                log.warning("the work of last time cannot be set aside: %s", error)
        self._files, self._places = None, {}
        self._projects.adopt(Project(), None, False)

    def restore(self, page: Page) -> None:
        """Bring a page that was just built to where it was."""
        if page.of_project:
            self._need()
            if self._projects.original.states.get(page.name):
                self._projects.restore(page)
            self._projects.look()
        elif state := self._places.get(page.name):
            self._projects.put_back(page, state)

    def drop(self) -> None:
        """What was edited is not wanted: the next start begins with what is in the file."""
        path = self._projects.path
        if path is not None:
            try:
                self._projects.original = archive.read(path)
            except GenStudioError as error:
                log.warning("%s", error)
                return
            self._dropped = True

    def _gathered(self) -> dict[str, bytes]:
        self._need()
        projects = self._projects
        whole = projects.original if self._dropped else projects.gathered()
        others = {page.name: projects.state_of(page) for page in self._pages() if not page.of_project}
        self._places = {name: state for name, state in {**self._places, **others}.items() if state}
        whole.places = self._places
        edited = (projects.carried or projects.edited) and not self._dropped
        whole.session = {"file": str(projects.path or ""), "edited": edited}
        return archive.pack(whole)

    def save(self) -> None:
        """Save in the background, when anything has changed."""
        files = self._gathered()
        if files != self._written:
            self._written = files
            self._projects.context.engine.run(
                partial(archive.write, self.path, files), name="save the work", channel="work", failed=self._failed
            )

    def _failed(self, sentence: str, details: str) -> None:
        self._written = {}
        log.warning("%s", sentence)
        if not self._told:  # once is enough; it is tried again in any case
            self._told = True
            self.trouble.emit(sentence)

    def end(self) -> None:
        """Save now, and note that all went well."""
        self._timer.stop()
        self._projects.watch(False)
        try:
            archive.write(self.path, self._gathered())
            self._former.unlink(missing_ok=True)
        except (FileError, OSError) as error:
            log.warning("%s", error)
            return
        self._open.unlink(missing_ok=True)


def _of_former(state: Mapping[str, Any]) -> dict[str, Any]:
    """The state of a page of an earlier version, in which pieces stand where they are used."""

    def end(kept: object) -> object:
        try:
            return {"piece": archive.item_from({**kept, "job": None}), "bars": kept.get("bars")}  # type: ignore[dict-item,attr-defined]
        except (GenStudioError, AttributeError, TypeError, ValueError, LookupError):
            return None

    ends = state.get("ends")
    if not isinstance(ends, Mapping):
        return dict(state)
    return {**state, "ends": {name: [end(one) for one in kept] if isinstance(kept, list) else [] for name, kept in ends.items()}}
