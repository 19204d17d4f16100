"""What a model is to learn from: files, folders, or pieces of the library, and what is in them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from genstudio.errors import clause
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, beside, new_button, new_label, stacked
from genstudio.gui.learning import Seen, look, put_down
from genstudio.gui.speech import spoken
from genstudio.gui.style import set_kind
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.importing import Well, others_told

__all__ = ["SourceWell"]

_NAMED = 3  # files and reasons that are told


def _why(path: str, reason: str) -> str:
    """Why a file gives nothing, naming it once and without its folder."""
    name = Path(path).name
    said = str(spoken(reason)).replace(path, name)
    return said if name in said else f"{name}: {said}"


class SourceWell(Worded, Well):
    """Takes what is dropped or chosen, and says what was found in it. seen: None until that is known. named: what it could be
    called."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.sources: list[str] = []
        self.seen: Seen | None = None
        self.named = ""
        self._from_library = 0
        self._left_out = ""
        self._scratch: Path | None = None  # where pieces of the library are written down
        self.dropped.connect(self.add)
        self.hint = new_label(self, "", lambda: self.tr(
            "Drop a folder or files here, or select pieces in the library and choose Learn from these."
        ), wrap=True)  # fmt: skip
        self.found = new_label(self, "muted", wrap=True)
        self.clear_button = new_button(self, self.clear, "quiet", lambda: self.tr("Take out"))
        row = beside(self.folder_button, self.files_button, self.clear_button, None, gap=SPACE)
        stacked(self.hint, self.found, row, into=self, margins=2 * SPACE, gap=SPACE)
        self._tell_found()

    def add(self, files: Sequence[str]) -> None:
        """Learn from these files and folders, too."""
        new = [file for file in files if file and file not in self.sources]
        if not new:
            return
        if self._scratch is not None:
            self.clear()
        self.sources += new
        self.named = Path(self.sources[0]).stem or Path(self.sources[0]).name
        self._look()

    def add_items(self, items: Sequence[Item]) -> None:
        """Learn from these pieces of the library, in place of what was chosen."""
        if not items:
            return
        self.clear()
        try:
            self._scratch = Path(tempfile.mkdtemp(prefix="genstudio-"))
        except OSError as error:
            said = self.tr("The pieces cannot be written down ({reason}); free some space.")
            self._complain(said.format(reason=clause(error)))
            return
        self._from_library = len(items)
        self.named = self.tr("My style")
        self.found.setText(self.tr("Looking what is in there …"))
        self.context.engine.run(
            partial(put_down, list(items), self._scratch), channel="learn from", name="write pieces to learn from",
            done=self._have_written, failed=lambda sentence, details: self._complain(sentence),
        )  # fmt: skip

    def _have_written(self, left_out: str) -> None:
        self._left_out = left_out
        self.sources = [str(self._scratch)]
        self._look()

    def clear(self) -> None:
        """Begin anew."""
        self.shut()
        self.sources, self.seen, self._from_library, self._left_out, self.named = [], None, 0, "", ""
        self._tell_found()
        self.changed.emit()

    def _complain(self, sentence: str) -> None:
        set_kind(self.found, "error")
        self.found.setText(sentence)

    def shut(self) -> None:
        """Remove what was written down."""
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)

    def _look(self) -> None:
        self.seen = None
        set_kind(self.found, "muted")
        self.found.setText(self.tr("Looking what is in there …"))
        self.changed.emit()
        self.context.engine.run(
            partial(look, list(self.sources)), channel="learn from", name="look into files", done=self._have_seen,
            failed=lambda sentence, details: self._complain(sentence),
        )  # fmt: skip

    def _have_seen(self, seen: Seen) -> None:
        self.seen = seen
        self._tell_found()
        self.changed.emit()

    def _tell_found(self) -> None:
        seen = self.seen
        self.clear_button.setVisible(bool(self.sources) or self._from_library > 0)
        self.hint.setVisible(not self.clear_button.isVisibleTo(self))
        set_kind(self.found, "error" if seen is not None and not seen.holds else "muted")
        self.found.setVisible(seen is not None or not self.hint.isVisibleTo(self))
        if seen is None:
            self.found.setText("")
            return
        if not seen.holds:
            words = self.tr("Nothing here can be learned from: expected MIDI, ABC, MusicXML or text files.")
            if seen.refused:
                words = self.tr("Nothing here can be learned from. {reason}").format(reason=_why(*seen.refused[0]))
            self.found.setText(" ".join([words, others_told(seen.others)]).strip())
            return
        first = next(iter(seen.holds))
        count = seen.counts[first]
        if self._from_library:
            words = self.tr("1 piece of the library") if count == 1 else self.tr("{count} pieces of the library")
        else:
            words = kinds.files_told(first, count)
        parts = [words.format(count=f"{count:,}"), self._left_out, others_told(seen.others)]
        if not self._from_library:
            places = [Path(source).name for source in self.sources]
            named = ", ".join(places[:_NAMED]) + (", …" if len(places) > _NAMED else "")
            parts[0] = self.tr("{what} in {places}").format(what=parts[0], places=named)
        if seen.refused:
            told = "; ".join(_why(*one).rstrip(".。") for one in seen.refused[:_NAMED])
            parts.append(self.tr("Not all can be read ({reasons}).").format(reasons=told))
        self.found.setText("\n".join(part for part in parts if part))

    def retranslate(self) -> None:
        self._tell_found()
