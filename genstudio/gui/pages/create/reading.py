"""Reading a file for an end, with the questions that only a person can answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.readings import TABLES, Found, read
from genstudio.gui.speech import Told
from genstudio.gui.widgets.reading import TableDialog
from genstudio.gui.widgets.song_reading import SongDialog

__all__ = ["Reading", "readable"]


def readable(item: Item) -> bool:
    """Whether a piece is from a file of which there is something to choose."""
    path = Path(item.source)
    if not item.source or not path.is_file():
        return False
    return not item.is_text or path.suffix.lower() in TABLES


class Reading(QObject):
    """Reads files for ends. What cannot be decided without a person is asked: the column of a table, the track of a song."""

    found = Signal(int, list)  # number of the end, [Item]
    failed = Signal(int, str)  # number of the end, a sentence

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._window = parent
        self.dialog: QDialog | None = None

    def read(self, number: int, path: str, domain: str, options: Mapping[str, Any] | None = None) -> None:
        """Read a file for the end ``number``."""
        self.context.engine.run(
            partial(read, path, domain, options), channel=f"create.read.{number}", name="read an end",
            done=partial(self._have, number), failed=partial(self._failed, number, path, domain),
        )  # fmt: skip

    def ask(self, number: int, item: Item) -> None:
        """Ask how the file of an end is to be read, and read it so."""
        self.question(number, item.source, item.domain, dict(item.read))

    def question(self, number: int, path: str, domain: str, options: dict[str, Any] | None = None) -> None:
        """Ask how a file is to be read for the end ``number``, and read it so."""
        window = self._window.window()
        own = kinds.showing(domain).reading(self.context, path, options or {}, window)
        if own is not None:
            dialog: Any = own
        elif Path(path).suffix.lower() in TABLES:
            dialog = TableDialog(self.context, path, window)
        else:
            dialog = SongDialog(self.context, path, domain, options, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(dialog, SongDialog):
            dialog.chosen.connect(lambda options, song=dialog: self.read(number, path, song.domain, options))
        else:
            dialog.chosen.connect(partial(self.read, number, path, domain))
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self, result: int) -> None:
        self.dialog = None

    def _have(self, number: int, found: Found) -> None:
        self.found.emit(number, found.items)
        if found.remarks:
            self.context.bus.say.emit(found.remarks[0][:1].upper() + found.remarks[0][1:])

    def _failed(self, number: int, path: str, domain: str, sentence: str, details: str) -> None:
        remedy = sentence.remedy if isinstance(sentence, Told) else ""
        self.failed.emit(number, sentence)
        if remedy in ("choose-column", "choose-step", "choose-track"):
            self.question(number, path, domain)
