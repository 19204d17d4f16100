"""Every way in which an end comes to be: files, the clipboard, what is drawn, written, or chosen elsewhere."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from genstudio.domains import get_domain
from genstudio.errors import GenStudioError
from genstudio.gui import kinds
from genstudio.gui.engine import sentence
from genstudio.gui.folders import choose_file
from genstudio.gui.items import Item, items_of
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.ends import LETTERS, End, editor_of, examples, typed
from genstudio.gui.pages.create.reading import Reading
from genstudio.gui.project.archive import SUFFIX
from genstudio.gui.toolwords import ends_needed, writes

__all__ = ["Filling", "as_domain"]


def as_domain(item: Item, domain: str) -> Item | None:
    """A piece of music as one of another domain; None where there is none.

    Raises:
        GenStudioError: it cannot be one.
    """
    if item.domain == domain:
        return item
    piece = get_domain(domain).from_object(item.piece)
    return None if piece is None else Item(piece, domain, item.title, source=item.source)


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
        try:
            return as_domain(item, domain)
        except GenStudioError as error:
            self.context.bus.trouble.emit(sentence(error)[0], "")
            return None

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
        elif way == "reading":
            if end is not None:
                self.reading.ask(number, end.item)
        elif way == "edit":
            if end is not None:
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
        """Have an end played, drawn or tapped in."""
        desk = self.desk
        end = desk.ends[number]
        if editor_of(desk.domain) == "keyboard":
            from genstudio.gui.pages.create.compose import ComposeDialog

            whole = end.item.piece if end is not None else None
            self.composer = ComposeDialog(self.context, whole, self._window.window())
        elif editor_of(desk.domain) == "curve":
            shown = kinds.showing(desk.domain)
            begun = end.item if end is not None else Item(shown.blank(), desk.domain, "")
            editor = shown.editor(self.context, begun, self._window.window())
            assert editor is not None
            self.composer = editor
        else:
            from genstudio.gui.pages.create.beat import BeatDialog

            self.composer = BeatDialog(self.context, desk.domain, desk.shown(end), self._window.window())
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
        self.settle.emit()
        state = desk.state
        for number, item in enumerate(items):
            state = state.with_end(number, End(item))
        tool = "interpolate" if desk.tool == "sample" else desk.tool
        desk.change_ends(self.tr("Begin with an example"), state, tool=tool)

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
        self.settle.emit()
        titles = [self.tr("Random {number}").format(number=f"{pieces.job.seed}.{place + 1}") for place in range(len(pieces))]
        drawn = items_of(pieces, [piece.text for piece in pieces] if self.desk.text else titles)
        state = self.desk.state
        for number, item in zip(numbers, drawn, strict=True):
            state = state.with_end(number, End(item))
        self.desk.change_ends(self.tr("Random ends"), state)
