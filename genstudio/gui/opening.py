"""What a person means by the files and folders that they drop into the window, choose, or hand over with another start, and what is
done with them."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from genstudio import paths
from genstudio.domains import Domain, ReadResult, get_domain, names, read_file, readers
from genstudio.errors import FileError, InputError, ModelError, clause
from genstudio.gui.folders import choose_files, choose_folder
from genstudio.gui.items import Item
from genstudio.gui.project.archive import SUFFIX
from genstudio.gui.speech import lasting, sayer, spoken
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.gui.window import Window

__all__ = ["Opener", "Opening", "understand"]

log = logging.getLogger(__name__)

MANY = 50
"""A file with more pieces than this is a collection, which becomes a corpus."""

_LARGE = 16_000_000  # bytes; a text that is larger is a collection for certain


@dataclass
class Opening:
    """items: pieces of files. projects: files of projects. models: folders of models. corpora: folders of corpora that are built.
    maps: folders of maps. collections: folders, and files of many pieces, to build a corpus from. questions: a path and its domain,
    of files of which a person must say what is meant. refused: a path and the reason. remarks: sentences."""

    items: list[Item] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    corpora: list[str] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    questions: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def understand(files: Sequence[str], stop: Stop | None = None, *, first: str = "") -> Opening:
    """Look at each of ``files``. A file that cannot be used is refused with its reason; nothing is raised for it.

    Args:
        first: the domain that reads a file where several could: a song has a melody, a beat, and all of its parts. Where none of
            those is first, a file of several parts alone is a question, and several files are read as scores.
    """
    found = Opening()
    for name in files:
        if stop is not None:
            stop.check()
        path = Path(name)
        try:
            _look(path, found, first, len(files) == 1)
        except InputError as error:
            found.refused.append((str(path), spoken(error)))
        except (OSError, ValueError) as error:
            found.refused.append((str(path), f"{path} cannot be read ({clause(error)})."))
        except Exception as error:  # what else is dropped with it must not be lost
            log.exception("a fault of ours: %s could not be opened", path)
            found.refused.append((str(path), f"{path} cannot be used; this is a fault of the program ({type(error).__name__})."))
    return found


def _look(path: Path, found: Opening, first: str, alone: bool) -> None:
    if path.is_dir() or path.name in ("manifest.json", "model.safetensors"):
        _folder(path, found)
        return
    if not path.exists():
        raise FileError(f"there is no file {path}; it may have been moved or renamed.")
    suffix = path.suffix.lower()
    if suffix == SUFFIX:
        found.projects.append(str(path))
        return
    domains = sorted(readers(suffix), key=lambda one: one.name != first)
    if not domains:
        known = ", ".join(dict.fromkeys(suffix for name in names() for suffix in get_domain(name).suffixes))
        raise FileError(f"{path.name} is of a kind that cannot be read; expected one of {known}, a folder, or a model.")
    if all(domain.is_text for domain in domains) and path.stat().st_size > _LARGE:
        found.collections.append(str(path))  # it is read once, by the import, which tells how far it is and can be stopped
        return
    try:
        domain, result = _read(path, domains, first)
    except FileError as error:
        remedy = spoken(error).remedy
        if remedy not in ("choose-column", "choose-step", "choose-track"):
            raise
        if remedy == "choose-step":  # only who claims numbers asks for that
            found.questions.append((str(path), next(domain.name for domain in domains if _claims(domain))))
        elif _lines(path) > MANY and domains[0].is_text:
            found.collections.append(str(path))
        else:
            found.questions.append((str(path), domains[0].name))
        return
    if not result.pieces:
        reason = result.refused[0].reason if result.refused else "it is empty"
        raise FileError("{file} gave nothing: {reason}.", file=path.name, reason=reason)
    found.remarks += map(spoken, result.remarks)
    if len(result.pieces) > MANY:
        found.collections.append(str(path))
        return
    if alone and domain.plays and domain.name != first and any(map(domain.claims, result.pieces)):
        found.questions.append((str(path), domain.name))
        return
    for piece in result.pieces:
        title = piece.title or _words(domain.text_of(piece)) or path.stem
        found.items.append(Item(piece, domain.name, title, source=str(path)))


def _read(path: Path, domains: Sequence[Domain], first: str) -> tuple[Domain, ReadResult]:
    """What the file holds, read by the first domain that finds something in it, or, where none of them is ``first``, by one that
    claims it; where none finds anything, what the first says of it."""
    if len(domains) > 1 and (domains[0].name != first or domains[0].is_text):  # numbers are no text, whatever the model reads
        for domain in reversed(domains):  # those that claim only some files come last
            try:
                result = read_file(domain, path) if _claims(domain) else ReadResult()
            except FileError as error:
                if spoken(error).remedy == "choose-step":  # it holds what it claims, but must ask
                    raise
                continue
            if any(map(domain.claims, result.pieces)):
                return domain, result
    refusal: FileError | None = None
    empty: tuple[Domain, ReadResult] | None = None
    for domain in domains:
        try:
            result = read_file(domain, path)
        except FileError as error:
            refusal = refusal or error
            continue
        if result.pieces:
            return domain, result
        empty = empty or (domain, result)
    if refusal is not None:
        raise refusal
    assert empty is not None
    return empty


def _claims(domain: Domain) -> bool:
    """Whether it claims some of the files that others read, too."""
    return type(domain).claims is not Domain.claims


def _lines(path: Path) -> int:
    """The lines of a file, at most one more than make it a collection."""
    with open(path, "rb") as file:
        return sum(1 for _ in itertools.islice(file, MANY + 2))


def _words(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def _folder(path: Path, found: Opening) -> None:
    try:
        found.models.append(str(paths.find_model(path.absolute())))
        return
    except ModelError as error:
        if path.is_file():  # a manifest without weights beside it, or the other way round
            raise error
    if (path / "map.json").is_file():
        found.maps.append(str(path))
    elif _is_corpus(path):
        found.corpora.append(str(path))
    else:
        found.collections.append(str(path))


def _is_corpus(path: Path) -> bool:
    return (path / "manifest.json").is_file() and (path / "train.offsets.npy").is_file()


class Opener(QObject):
    """Understands files and gives them to what they are for."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.context, self._window = window.context, window
        self.context.bus.open_files.connect(self.open_files)

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
        self._window.trouble.hide()  # what it says is of files before these
        if found.projects:
            bus.open_project.emit(found.projects[0], False, "")
            if len(found.projects) > 1 or found.items:
                bus.say.emit(self.tr("The project is opened first; drop the other files again to add them to it."))
            return
        if found.models:
            models.load(found.models[-1])
        if found.corpora or found.collections or found.maps:
            self._take_folders(found)
        for folder in found.corpora:
            bus.corpora_changed.emit(folder)
        if found.items:
            self._take_items(found.items)
        if found.questions:
            bus.go.emit("create")
            bus.ask_reading.emit(*found.questions[0])
        if found.refused:
            more = len(found.refused) - 1
            said = found.refused[0][1]
            if more:
                say = sayer(said)
                said = lasting(lambda: self.tr("{sentence} Others could not be opened either: {count}.").format(
                    sentence=say(), count=more
                ))  # fmt: skip
            bus.trouble.emit(said, "\n".join(reason for _, reason in found.refused))
        elif found.remarks:
            bus.say.emit(found.remarks[0])

    def _take_folders(self, found: Opening) -> None:
        window = self._window
        name = "map" if found.maps and not (found.corpora or found.collections) else "corpus"
        if window.current == "train" and found.collections and not found.corpora:  # it learns from them there
            name = "train"
        if name in window.places:
            window.go(name)
            window.pages[name].take(found.maps if name == "map" else [*found.collections, *found.corpora])

    def _take_items(self, items: list[Item]) -> None:
        bus = self.context.bus
        self.context.player.stop()  # what was tried before does not play into what is opened
        fitting = [item for item in items if item.domain == items[0].domain]
        self._load_for(fitting[:2])
        recent = [item.source for item in fitting if item.source]
        settings = self.context.settings
        settings["recent"] = list(dict.fromkeys([*recent, *settings["recent"]]))[:12]
        if len(fitting) == 1:
            bus.make_end.emit(fitting[0], "")
        else:
            bus.operate.emit(fitting[0], "interpolate")
            bus.make_end.emit(fitting[1], "b")
        bus.selected.emit(fitting[0])
        bus.go.emit("create")
        self._window.pages["create"].take_focus()
        if len(fitting) > 2:
            bus.say.emit(self.tr("The first two of {count} pieces are the ends now.").format(count=len(fitting)))

    def _load_for(self, items: list[Item]) -> None:
        """Load a model for pieces, where the one that is chosen, or on its way in a start, is for another kind, or for shorter
        ones."""
        models, item = self.context.models, items[0]
        if not models.known:
            models.listed.connect(lambda known: self._load_for(items) if known else None, Qt.ConnectionType.SingleShotConnection)
            return
        pieces = [one.piece for one in items]
        chosen = next((one for one in models.known if one.get("name") == models.wanted), {})
        now = chosen.get("domain") or models.domain
        other = models.suiting(item.domain, *pieces)
        if now and now != item.domain and other:
            models.load(other)
        elif now == item.domain:
            models.take_all(item.domain, pieces)

    def choose_files(self) -> None:
        """Ask for files and open them."""
        self.open_files(choose_files(self._window, self.context.settings, "songs", self.tr("Open songs or sentences")))

    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        folder = choose_folder(self._window, self.context.settings, "songs", self.tr("Open a folder of songs or sentences"))
        self.open_files([folder] if folder else [])

    def choose_model(self) -> None:
        """Ask for the folder of a model and load it."""
        title, usual = self.tr("Open a model folder"), str(paths.user_models())
        folder = choose_folder(self._window, self.context.settings, "models", title, usual)
        if folder:
            self.context.models.load(folder)
