"""What is done with files that were dropped, chosen, or handed over by another start."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from genstudio import paths
from genstudio.gui.folders import choose_files, choose_folder
from genstudio.gui.items import Item
from genstudio.gui.opening import Opening, understand
from genstudio.gui.speech import lasting, sayer

if TYPE_CHECKING:
    from genstudio.gui.window import Window

__all__ = ["Opener"]


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
