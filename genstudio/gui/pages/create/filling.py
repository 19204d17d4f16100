"""Every way in which an end comes to be: files, the clipboard, what is drawn, written, or chosen elsewhere. Of a file is asked what
only a person can answer."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from genstudio.domains import get_domain
from genstudio.errors import GenStudioError
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.engine import sentence
from genstudio.gui.folders import choose_file
from genstudio.gui.items import Item, items_of
from genstudio.gui.pages.create.desk import LETTERS, Desk, End, editor_of, typed
from genstudio.gui.project.archive import SUFFIX
from genstudio.gui.readings import TABLES, Found, read
from genstudio.gui.speech import Told
from genstudio.gui.toolwords import ends_needed, writes
from genstudio.gui.widgets.reading import TableDialog
from genstudio.gui.widgets.song_reading import SongDialog

__all__ = ["Filling", "Reading", "examples", "readable"]


def examples(domain: str) -> list[Item]:
    """Two bundled pieces to begin with."""
    # They are on every machine, so where they came from is no matter.
    return [replace(item, source="") for item in kinds.welcome(domain)]


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


class Filling(QObject):
    """Fills the ends of a desk."""

    settle = Signal()  # what is typed is to be taken over first
    told = Signal(int, str)  # number of an end, what is wrong with what it was to be
    trouble = Signal(str, str)
    unable = Signal()  # there is no model that could draw

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.context, self.desk, self._window = desk.context, desk, window
        self.awaited: int | None = None  # the end that a piece of another page is chosen for
        self.reading = Reading(desk.context, window)
        self.reading.found.connect(self._have_items)
        self.reading.failed.connect(self.told)
        self.composer: QDialog
        bus = self.context.bus
        bus.make_end.connect(self.take)
        bus.edited.connect(self._take_edited)
        bus.ask_reading.connect(self._ask_reading)

    def take(self, item: Item, which: str = "") -> None:
        """Make a piece an end: "a" to "d", or "" the next free one."""
        desk, domain = self.desk, item.domain
        if domain not in desk.states:
            return
        self.settle.emit()
        state = desk.states[domain]
        awaited, self.awaited = self.awaited, None
        if which == "" and awaited is not None:
            which = LETTERS[awaited]
            self.context.bus.go.emit("create")
        needed = max(1, desk.needed) if desk.tool != "sample" else 2
        tool = "interpolate" if desk.tool == "sample" else desk.tool
        if which in tuple(LETTERS):
            number = LETTERS.index(which)
            if number >= needed:
                tool = "interpolate" if number < 2 else "blend"
        else:
            number = next((at for at in range(needed) if state.ends[at] is None), 0)
        self._want_domain(item)
        said = self.tr("End {letter}: {title}").format(letter=LETTERS[number].upper(), title=item.title)
        self.context.bus.say.emit(said)
        desk.change_ends(said, state.with_end(number, End(item)), domain=domain, tool=tool)

    def _take_edited(self, item: Item, made: Item) -> None:
        """An end or a result that was edited is what came of it."""
        state = self.desk.states.get(item.domain)
        if state is None:
            return
        for letter, end in zip(LETTERS, state.ends, strict=False):
            if end is not None and end.item is item:
                self.take(made, letter)
        for tool, end in state.topics.items():
            if end.item is item:
                changed = state.with_topic(tool, End(made))
                self.desk.change_ends(self.tr("Edit {title}").format(title=item.title), changed, domain=item.domain, tool=tool)
                return
        for tool, results in state.results.items():
            if item in results.items:
                items = tuple(made if one is item else one for one in results.items)
                said = self.tr("Edit {title}").format(title=item.title)
                changed = state.with_results(tool, replace(results, items=items))
                self.desk.change(said, changed, domain=item.domain, tool=tool)
                return

    def as_wanted(self, item: Item, domain: str) -> Item | None:
        """A piece of music as one of another domain; None, with the reason told, where it cannot be."""
        if item.domain == domain:
            return item
        try:
            piece = get_domain(domain).from_object(item.piece)
        except GenStudioError as error:
            self.context.bus.trouble.emit(sentence(error)[0], "")
            return None
        return None if piece is None else Item(piece, domain, item.title, source=item.source)

    def for_parts(self, item: Item, tool: str) -> Item | None:
        """Choose a model that can write parts for a piece, the one that is here first, and return the piece as it takes it; None,
        with the reason told, where there is none."""
        models = self.context.models
        able = [one for one in models.known if "error" not in one and writes(tool, one.get("parts", ()))]
        here = next((one for one in able if one["name"] == models.wanted), None)
        if not able:
            no_chords = self.tr("No model that is installed writes chord symbols; train one of lead sheets, or get one.")
            no_parts = self.tr("No model that is installed writes parts for a melody; train one of scores, or get one.")
            self.context.bus.trouble.emit(no_chords if tool == "harmonise" else no_parts, "")
            return None
        chosen = here or able[0]
        made = self.as_wanted(item, str(chosen["domain"]))
        if made is not None and here is None:
            models.load(str(chosen["name"]))
        return made

    def dropped(self, number: int, item: Item) -> None:
        """Take what is dropped on an end: where a score is wanted, a melody becomes one, and the other way round."""
        wanted = self.as_wanted(item, self.desk.domain) if item.music and self.desk.music else None
        self.take(wanted or item, LETTERS[number])

    def _want_domain(self, item: Item) -> None:
        """Load a model of another domain, where the one that is loaded cannot read the end."""
        models, domain = self.context.models, item.domain
        wanted = next((one.get("domain") for one in models.known if one["name"] == models.wanted), "")
        if models.domain and models.domain != domain and wanted != domain:
            other = models.suiting(domain, item.piece)
            if other and models.wanted != other:
                models.load(other)

    def other_part(self, number: int, end: End | None) -> None:
        """Another part of an end, or none of it."""
        letter = LETTERS[number].upper()
        text = self.tr("Clear end {letter}") if end is None else self.tr("Other part of end {letter}")
        desk = self.desk
        topic = number == 0 and desk.topic is not None
        state = desk.state.with_topic(desk.tool, end) if topic else desk.state.with_end(number, end)
        desk.change_ends(self.tr("Back to A") if topic and end is None else text.format(letter=letter), state)

    def swap(self) -> None:
        """A becomes B and B becomes A."""
        self.settle.emit()
        a, b, *rest = self.desk.state.ends
        if a is not None or b is not None:
            self.desk.change_ends(self.tr("Swap A and B"), replace(self.desk.state, ends=(b, a, *rest)))

    def wanted(self, number: int, way: str) -> None:
        """Fill an end in one of the ways that it offers."""
        end = self.desk.ends[number]
        if way == "open":
            suffixes = " ".join(f"*{suffix}" for suffix in get_domain(self.desk.domain).suffixes)
            kind = f"{kinds.label(self.desk.domain)} ({suffixes})"
            path = choose_file(self._window, self.context.settings, "songs", self.tr("Open an end"), kind)
            if path:
                self.read(number, [path])
        elif way == "prior":
            self.draw([number])
        elif way == "compose":
            self.compose(number)
        elif way == "reading" and end is not None:
            self.reading.question(number, end.item.source, end.item.domain, dict(end.item.read))
        elif way == "edit" and end is not None:
            self.context.bus.edit.emit(end.item)
        elif way == "clear":
            self.other_part(number, None)
        else:
            self.awaited = number
            self.context.bus.go.emit(way)
            self.context.bus.say.emit(self.tr("Choose a piece and press Enter to make it an end."))

    def typing(self, number: int) -> None:
        """Somebody types into an end: what was on its way into it is not wanted any more."""
        for channel in (f"create.read.{number}", "create.draw", "create.example"):
            self.context.engine.stop_channel(channel)

    def read(self, number: int, files: list[str]) -> None:
        """Read a file for an end; a project is opened."""
        if files and files[0].lower().endswith(SUFFIX):
            self.context.bus.open_files.emit(files[:1])
        elif files:
            self.reading.read(number, files[0], self.desk.domain)

    def _ask_reading(self, path: str, domain: str) -> None:
        ends = self.desk.states[domain].ends
        free = next((at for at in range(max(1, self.desk.needed)) if ends[at] is None), 0)
        self.reading.question(free, path, domain)

    def _have_items(self, number: int, items: list[Item]) -> None:
        if len(items) == 1:
            self.take(items[0], LETTERS[number])
            return
        from genstudio.gui.pages.create.chooser import Chooser

        self.chooser = Chooser(items, self._window.window())
        self.chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chooser.chosen.connect(lambda item: self.take(item, LETTERS[number]))
        self.chooser.open()

    def compose(self, number: int) -> None:
        """Have an end played, drawn or tapped in: the editor begins with the end, or with nothing."""
        desk, end, window = self.desk, self.desk.ends[number], self._window.window()
        how = editor_of(desk.domain)
        if how == "curve":
            shown = kinds.showing(desk.domain)
            editor = shown.editor(self.context, end.item if end is not None else Item(shown.blank(), desk.domain, ""), window)
            assert editor is not None
            self.composer = editor
        else:
            from genstudio.gui.editor.draft import begun
            from genstudio.gui.editor.notes import NotesDialog

            piece = begun(desk.domain) if end is None else end.item.piece if how == "keyboard" else desk.shown(end)
            self.composer = NotesDialog(self.context, Item(piece, desk.domain, ""), window, new=True)
        self.composer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.composer.made.connect(lambda item: self.take(item, LETTERS[number]))
        self.composer.open()

    def paste(self) -> None:
        """Make an end of what is on the clipboard: files, or words for a model of text."""
        self.settle.emit()
        data = QGuiApplication.clipboard().mimeData()
        free = self.desk.free
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
        if files:
            self.read(free, files)
        elif data.hasText() and (item := typed(data.text(), self.desk.domain)) is not None:
            self.take(item, LETTERS[free])
        else:
            self.context.bus.say.emit(self.tr("There is nothing on the clipboard that can be an end."))

    def begin_with_example(self) -> None:
        """Fill A and B with two bundled pieces."""
        self.context.engine.run(
            partial(examples, self.desk.domain), channel="create.example", name="example", done=self._have_examples,
            failed=self.trouble.emit,
        )  # fmt: skip

    def _have_examples(self, items: list[Item]) -> None:
        desk = self.desk
        if not items or items[0].domain != desk.domain:  # another model came meanwhile
            return
        tool = "interpolate" if desk.tool == "sample" else desk.tool
        self._put(self.tr("Begin with an example"), dict(enumerate(items)), tool)

    def _put(self, said: str, items: Mapping[int, Item], tool: str = "") -> None:
        """Take these as ends, by their numbers."""
        self.settle.emit()
        state = self.desk.state
        for number, item in items.items():
            state = state.with_end(number, End(item))
        self.desk.change_ends(said, state, tool=tool)

    def draw(self, numbers: list[int]) -> None:
        """New pieces of the model as these ends."""
        model = self.desk.model
        if model is None:
            self.unable.emit()
            return
        seed = random.SystemRandom().randrange(1_000_000)
        self.context.engine.run(
            partial(model.sample, len(numbers), seed=seed), lane="model", channel="create.draw", name="new ends",
            done=partial(self._have_drawn, numbers), failed=self.trouble.emit,
        )  # fmt: skip

    def draw_all(self) -> None:
        """Fill all ends with new pieces."""
        self.draw(list(range(max(1, ends_needed(self.desk.tool)))))

    def _have_drawn(self, numbers: list[int], pieces: Any) -> None:
        if pieces.domain.name != self.desk.domain:
            return
        titles = [self.tr("Random {number}").format(number=f"{pieces.job.seed}.{place + 1}") for place in range(len(pieces))]
        drawn = items_of(pieces, [piece.text for piece in pieces] if self.desk.text else titles)
        self._put(self.tr("Random ends"), dict(zip(numbers, drawn, strict=True)))
