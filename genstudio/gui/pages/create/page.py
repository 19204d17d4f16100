"""The page itself: it lays out its parts and sees to it that what is made fits what was asked."""

from __future__ import annotations

import dataclasses
import logging
import random
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genstudio.config import GAP
from genstudio.domains import Kept, get_domain, names, plays
from genstudio.errors import GenStudioError
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.engine import sentence
from genstudio.gui.folders import choose_file
from genstudio.gui.icons import icon
from genstudio.gui.items import Item, items_of, other_model
from genstudio.gui.pages.base import Page
from genstudio.gui.pages.create.ends import LETTERS, End, editor_of, end_from, examples, typed
from genstudio.gui.pages.create.morphing import Morphing
from genstudio.gui.pages.create.reading import Reading
from genstudio.gui.pages.create.remedies import best_bars, measure, straightened
from genstudio.gui.pages.create.shape import ShapePanel
from genstudio.gui.pages.create.state import Change, Results, State, records, results_from
from genstudio.gui.pages.create.tools import DEFAULTS, Parameters, ToolRow
from genstudio.gui.pages.create.well import Well
from genstudio.gui.pages.create.work import PARTS, TOOLS, Request, carry_out, count_of, ends_needed, writes
from genstudio.gui.project.archive import SUFFIX
from genstudio.gui.speech import Told, clause
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.attribute_maker import AttributeMaker
from genstudio.gui.widgets.cards import Card, CardGrid
from genstudio.gui.widgets.morph import MorphSlider
from genstudio.gui.widgets.trouble import TroubleStrip

__all__ = ["CreatePage"]

log = logging.getLogger(__name__)

_KEPT = 256  # pieces of which it is known how much the model keeps
_SETTLE = 250  # milliseconds between a changed setting and the work it asks for
_QUIET = 160  # and between a move of the slider and telling what is looked at
_SETTINGS = ("steps", "method", "temperature", "seed")  # of the way, kept among the preferences
_LENGTH = 16  # bars of a phrase, until a model is there


class CreatePage(Page):
    """Making pieces; see ``genstudio.gui.pages.create``."""

    name = "create"
    icon = "create"
    of_project = True
    glance = ("domain", "tool", "t", "sampling_of")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.states: dict[str, State] = {name: State() for name in names()}
        self.domain = context.models.domain or kinds.FIRST
        self.tool = "interpolate"
        self._lengths = {name: _LENGTH if get_domain(name).unit == "bar" else 0 for name in names()}
        self._now: tuple[Request, object, State] | None = None  # what is being made, for which change, from which state
        self._running = False
        self._first_run = True
        self._attributes_of: Any = None
        self._unshaped: Any = None  # the model that is loaded, where it has learned no attributes
        self._sampling_of = ""  # the model that the settings of sampling are those of
        self._kept: dict[tuple[str, str, str], Kept] = {}  # by digest of the model, domain and symbols
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self.run)
        self._token: object = None
        self._awaited: int | None = None  # the end that a piece of another page is chosen for
        self._task: Any = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET)
        self._quiet.timeout.connect(self._tell_selected)
        self.morphing = Morphing(context, self)
        self.reading = Reading(context, self)
        self.reading.found.connect(self._have_items)
        self.reading.failed.connect(lambda number, sentence: self.wells[number].tell(sentence))
        self._build()
        self.parameters.put("interpolate", {name: context.settings[name] for name in _SETTINGS})
        self._connect()
        self._actions = self._make_actions()
        if context.models.current is not None:
            self._have_model(context.models.current)
        self._refresh()

    # -- its parts

    def _build(self) -> None:
        context = self.context
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2 * SPACE, 0, 0)
        whole.setSpacing(2)
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        top.setSpacing(SPACE)
        self.tools = ToolRow()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.stop_button, self.dice, self.make = QPushButton(), QPushButton(), QPushButton()
        for widget in (self.progress, self.stop_button):  # nothing moves when something is made
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        self.make.setProperty("kind", "primary")
        self.stop_button.setProperty("kind", "tool")
        top.addWidget(self.tools)
        top.addStretch(1)
        for widget in (self.stop_button, self.dice, self.make):
            top.addWidget(widget)
        whole.addLayout(top)
        line = QHBoxLayout()
        line.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        line.addWidget(self.progress)
        whole.addLayout(line)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("kind", "page")
        area.setWidget(inside)
        whole.addWidget(area, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        self.wells = [Well(context, letter) for letter in LETTERS]
        self.swap = QToolButton()
        self._pairs = (QWidget(), QWidget())
        for number, pair in enumerate(self._pairs):
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(SPACE)
            row.addWidget(self.wells[2 * number], 1)
            if number == 0:
                row.addWidget(self.swap)
            row.addWidget(self.wells[2 * number + 1], 1)
            column.addWidget(pair)
        self.slider = MorphSlider(context)
        column.addWidget(self.slider)
        self.stage = Card(context, None)
        self.stage.setMinimumHeight(90)
        self.stage.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column.addWidget(self.stage, 5)
        self.parameters = Parameters()
        self.shape = ShapePanel()
        self.parameters.add(self.shape.reset)
        column.addWidget(self.shape)
        self.learner = AttributeMaker(context)
        self.learner.hide()
        column.addWidget(self.learner)
        column.addWidget(self.parameters)
        self.trouble = TroubleStrip(context.theme)
        column.addWidget(self.trouble)
        self.elsewhere = QWidget()
        banner = QHBoxLayout(self.elsewhere)
        banner.setContentsMargins(0, 0, 0, 0)
        banner.setSpacing(SPACE)
        self.maker, self.remake, self.take_back = QLabel(), QPushButton(), QPushButton()
        self.maker.setProperty("kind", "warn")
        self.maker.setWordWrap(True)
        for button in (self.remake, self.take_back):
            button.setProperty("kind", "quiet")
        banner.addWidget(self.maker, 1)
        banner.addWidget(self.remake)
        banner.addWidget(self.take_back)
        self.elsewhere.hide()
        column.addWidget(self.elsewhere)
        self.remark = QLabel()
        self.remark.setProperty("kind", "caption")
        self.remark.setWordWrap(True)
        column.addWidget(self.remark)
        self.grid = CardGrid(context)
        self.grid.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column.addWidget(self.grid, 4)
        self.empty = self._make_empty()
        column.addWidget(self.empty, 4)

    def _make_empty(self) -> QWidget:
        empty = QWidget()
        layout = QVBoxLayout(empty)
        layout.setSpacing(SPACE)
        self.lead, self.teach = QLabel(), QLabel()
        self.lead.setProperty("kind", "heading")
        self.teach.setProperty("kind", "muted")
        for label in (self.lead, self.teach):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.example, self.surprise = QPushButton(), QPushButton()
        row.addStretch(1)
        row.addWidget(self.example)
        row.addWidget(self.surprise)
        row.addStretch(1)
        layout.addStretch(1)
        layout.addWidget(self.lead)
        layout.addWidget(self.teach)
        layout.addLayout(row)
        layout.addStretch(2)
        return empty

    def _connect(self) -> None:
        bus, models = self.context.bus, self.context.models
        self.tools.chosen.connect(self.choose)
        self.parameters.changed.connect(self._parameter)
        self.make.clicked.connect(self.make_now)
        self.remake.clicked.connect(self.make_now)
        self.take_back.clicked.connect(self._load_maker)
        self.dice.clicked.connect(self.another)
        self.stop_button.clicked.connect(self.stop)
        self.swap.clicked.connect(self.swap_ends)
        self.example.clicked.connect(self.begin_with_example)
        self.surprise.clicked.connect(self.surprise_me)
        self.grid.current_changed.connect(self._looked_at)
        self.slider.moved.connect(self._moved)
        self.morphing.shown.connect(self._show_place)
        self.morphing.refined.connect(lambda item: self._quiet.start())
        self.morphing.failed.connect(self.trouble.tell)
        self.shape.changed.connect(self._shape_changed)
        self.learner.learned.connect(self._learned)
        self.learner.trouble.connect(self.trouble.tell)
        for number, well in enumerate(self.wells):
            well.wanted.connect(partial(self._wanted, number))
            well.ended.connect(partial(self._other_part, number))
            well.dropped.connect(partial(self._dropped, number))
            well.files.connect(partial(self._read, number))
            well.edited.connect(partial(self._edited, number))
            well.tell_kept(None, partial(self._remedies, number))
        bus.make_end.connect(self.take_end)
        bus.operate.connect(self.operate)
        bus.edited.connect(self._take_edited)
        bus.again.connect(self.again)
        bus.settle.connect(self.commit)
        bus.ask_reading.connect(self._ask_reading)
        self.context.settings.changed.connect(self._preference)
        models.changed.connect(self._have_model)
        models.chosen.connect(self._chosen_model)

    def _make_actions(self) -> list[QAction]:
        made = []
        keys = [("make", "Ctrl+Return", self.make_now), ("another", "Ctrl+R", self.another), ("stop", "Esc", self.stop),
                ("swap", "Ctrl+Shift+X", self.swap_ends), ("paste", "", self.paste)]  # fmt: skip
        keys += [(tool, f"Alt+{number % 10}", partial(self.choose, tool)) for number, tool in enumerate(TOOLS, start=1)]
        self._by_name: dict[str, QAction] = {}
        for name, key, slot in keys:
            action = QAction(self)
            paste = QKeySequence.keyBindings(QKeySequence.StandardKey.Paste)
            action.setShortcuts(paste if name == "paste" else [QKeySequence(key)])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, slot=slot: slot())
            self.addAction(action)
            self._by_name[name] = action
            made.append(action)
        return made

    def commands(self) -> list[QAction]:
        return list(self._actions)

    def title(self) -> str:
        return self.tr("Create")

    # -- what it holds

    @property
    def state(self) -> State:
        """That of the domain that is shown."""
        return self.states[self.domain]

    @property
    def model(self) -> Any:
        """The model, where it is one of the domain that is shown."""
        models = self.context.models
        return models.current if models.current is not None and models.domain == self.domain else None

    @property
    def _length(self) -> int:
        return self._lengths[self.domain]

    def _apply(self, domain: str, tool: str, state: State) -> None:
        """Take over a state: a change, or one that is undone."""
        self.context.engine.stop_channel("create")
        self._now = None
        self.states[domain] = state
        if domain != self.domain or tool != self.tool:
            self.domain, self.tool = domain, tool
        self._refresh()
        self._tell_ends()

    def _tell_ends(self) -> None:
        a, b = (None if end is None else end.shown(self._length) for end in self.state.ends[:2])
        self.context.extra["ends"] = a, b
        self.context.bus.ends_changed.emit(a, b)

    def _change(self, text: str, state: State, token: object = None, *, domain: str = "", tool: str = "") -> None:
        domain = domain or self.domain
        change = Change(
            text, self._apply, domain, tool or self.tool, self.states[domain], state, token if token is not None else object()
        )
        self.context.extra["undo"].push(change)

    # -- ends

    def commit(self) -> None:
        """Take over what is typed and not yet an end or a setting: before an end is replaced, anything made, or anything undone."""
        for well in self.wells:
            well.commit()
        self.parameters.commit()

    def _edited(self, number: int) -> None:
        """Somebody types into an end: what was on its way into it is not wanted any more."""
        for channel in (f"create.read.{number}", "create.draw", "create.example"):
            self.context.engine.stop_channel(channel)

    def take_end(self, item: Item, which: str = "") -> None:
        """Make a piece an end: "a" to "d", or "" the next free one."""
        domain = item.domain
        if domain not in self.states:
            return
        self.commit()
        state = self.states[domain]
        awaited, self._awaited = self._awaited, None
        if which == "" and awaited is not None:
            which = LETTERS[awaited]
            self.context.bus.go.emit(self.name)
        needed = max(1, ends_needed(self.tool)) if self.tool != "sample" else 2
        tool = "interpolate" if self.tool == "sample" else self.tool
        if which in tuple(LETTERS):
            number = LETTERS.index(which)
            if number >= needed:
                tool = "interpolate" if number < 2 else "blend"
        else:
            number = next((at for at in range(needed) if state.ends[at] is None), 0)
        self._want_domain(domain)
        said = self.tr("End {letter}: {title}").format(letter=LETTERS[number].upper(), title=item.title)
        self.context.bus.say.emit(said)
        self._ends_changed(said, state.with_end(number, End(item)), domain=domain, tool=tool)

    def _take_edited(self, item: Item, made: Item) -> None:
        """An end that was edited is what came of it."""
        state = self.states.get(item.domain)
        for letter, end in zip(LETTERS, state.ends if state is not None else (), strict=False):
            if end is not None and end.item is item:
                self.take_end(made, letter)

    def _dropped(self, number: int, item: Item) -> None:
        """Take what is dropped on an end: where a score is wanted, a melody becomes one, and the other way round."""
        wanted = self._as(item, self.domain) if item.music and plays(self.domain) else None
        self.take_end(wanted or item, LETTERS[number])

    def _want_domain(self, domain: str) -> None:
        """Load a model of another domain, where the one that is loaded cannot read the end."""
        models = self.context.models
        wanted = next((one.get("domain") for one in models.known if one["name"] == models.wanted), "")
        if models.domain and models.domain != domain and wanted != domain:
            other = next((one for one in models.known if one.get("domain") == domain and "error" not in one), None)
            if other is not None and models.wanted != other["name"]:
                models.load(str(other["name"]))

    def _ends_changed(self, text: str, state: State, *, domain: str = "", tool: str = "") -> None:
        token = object()
        self._change(text, state, token, domain=domain, tool=tool)
        self._ask(token)

    def _other_part(self, number: int, end: End | None) -> None:
        letter = LETTERS[number].upper()
        text = self.tr("Clear end {letter}") if end is None else self.tr("Other part of end {letter}")
        self._ends_changed(text.format(letter=letter), self.state.with_end(number, end))

    def swap_ends(self) -> None:
        """A becomes B and B becomes A."""
        self.commit()
        a, b, *rest = self.state.ends
        if a is not None or b is not None:
            self._ends_changed(self.tr("Swap A and B"), State((b, a, *rest), self.state.results))

    def _wanted(self, number: int, way: str) -> None:
        if way == "open":
            suffixes = " ".join(f"*{suffix}" for suffix in get_domain(self.domain).suffixes)
            shown = self.tr("{label} ({suffixes})").format(label=kinds.label(self.domain), suffixes=suffixes)
            path = choose_file(self, self.context.settings, "songs", self.tr("Open an end"), shown)
            if path:
                self._read(number, [path])
        elif way == "prior":
            self._draw([number])
        elif way == "compose":
            self._compose(number)
        elif way == "reading":
            end = self.state.ends[number]
            if end is not None:
                self.reading.ask(number, end.item)
        elif way == "edit":
            end = self.state.ends[number]
            if end is not None:
                self.context.bus.edit.emit(end.item)
        elif way == "clear":
            self._other_part(number, None)
        else:
            self._awaited = number
            self.context.bus.go.emit(way)
            self.context.bus.say.emit(self.tr("Choose a piece and press Enter to make it an end."))

    def _read(self, number: int, files: list[str]) -> None:
        if files and files[0].lower().endswith(SUFFIX):
            self.context.bus.open_files.emit(files[:1])
        elif files:
            self.reading.read(number, files[0], self.domain)

    def _ask_reading(self, path: str, domain: str) -> None:
        free = next((at for at in range(max(1, ends_needed(self.tool))) if self.states[domain].ends[at] is None), 0)
        self.reading.question(free, path, domain)

    def _have_items(self, number: int, items: list[Item]) -> None:
        if len(items) == 1:
            self.take_end(items[0], LETTERS[number])
            return
        from genstudio.gui.pages.create.chooser import Chooser

        self.chooser = Chooser(items, self.window())
        self.chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.chooser.chosen.connect(lambda item: self.take_end(item, LETTERS[number]))
        self.chooser.open()

    def _compose(self, number: int) -> None:
        end = self.state.ends[number]
        piece = end.shown(self._length).piece if end is not None else None
        self.composer: QDialog
        if editor_of(self.domain) == "keyboard":
            from genstudio.gui.pages.create.compose import ComposeDialog

            whole = end.item.piece if end is not None else None
            self.composer = ComposeDialog(self.context, whole, self.window())
        else:
            from genstudio.gui.pages.create.beat import BeatDialog

            self.composer = BeatDialog(self.context, self.domain, piece, self.window())
        self.composer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.composer.made.connect(lambda item: self.take_end(item, LETTERS[number]))
        self.composer.open()

    def paste(self) -> None:
        """Make an end of what is on the clipboard: files, or words for a model of text."""
        self.commit()
        data = QGuiApplication.clipboard().mimeData()
        free = next((at for at in range(max(1, ends_needed(self.tool))) if self.state.ends[at] is None), 0)
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
        if files:
            self._read(free, files)
        elif data.hasText() and (item := typed(data.text(), self.domain)) is not None:
            self.take_end(item, LETTERS[free])
        else:
            self.context.bus.say.emit(self.tr("There is nothing on the clipboard that can be an end."))

    def begin_with_example(self) -> None:
        """Fill A and B with two bundled pieces."""
        self.context.engine.run(
            partial(examples, self.domain), channel="create.example", name="example", done=self._have_examples,
            failed=self.trouble.tell,
        )  # fmt: skip

    def _have_examples(self, items: list[Item]) -> None:
        if not items or items[0].domain != self.domain:  # another model came meanwhile
            return
        self.commit()
        state = self.state
        for number, item in enumerate(items):
            state = state.with_end(number, End(item))
        self._ends_changed(self.tr("Begin with an example"), state, tool="interpolate" if self.tool == "sample" else self.tool)

    def surprise_me(self) -> None:
        """Fill the ends with new pieces."""
        self._draw(list(range(max(1, ends_needed(self.tool)))))

    def _draw(self, numbers: list[int]) -> None:
        """New pieces of the model as these ends."""
        model = self.model
        if model is None:
            self.trouble.tell(self._why_not(), "")
            return
        seed = random.SystemRandom().randrange(1_000_000)
        self.context.engine.run(
            partial(model.sample, len(numbers), seed=seed), lane="model", channel="create.draw", name="new ends",
            done=lambda pieces: self._have_drawn(numbers, pieces), failed=self.trouble.tell,
        )  # fmt: skip

    def _have_drawn(self, numbers: list[int], pieces: Any) -> None:
        if pieces.domain.name != self.domain:
            return
        self.commit()
        titles = [self.tr("Random {number}").format(number=f"{pieces.job.seed}.{place + 1}") for place in range(len(pieces))]
        drawn = items_of(pieces, titles if plays(self.domain) else [piece.text for piece in pieces])
        state = self.state
        for number, item in zip(numbers, drawn, strict=True):
            state = state.with_end(number, End(item))
        self._ends_changed(self.tr("Random ends"), state)

    # -- tools

    def choose(self, tool: str) -> None:
        """Go to a tool."""
        if tool != self.tool:
            self.commit()
            self.stop()
            if tool in PARTS and not self._has_parts:
                return
            self.tool = tool
            self._refresh()
            if tool != "shape" and (tool not in self.state.results or self._stale(tool)) and self._request() is not None:
                self._token = None
                self.run()

    def operate(self, item: Item, tool: str) -> None:
        """Begin with a tool on a piece."""
        if tool not in TOOLS or item.domain not in self.states:
            return
        if tool in PARTS:
            found = self._writer(item, tool)
            if found is None:
                return
            item = found
        self.tool = tool
        if ends_needed(tool):
            self.take_end(item, "a")
        else:
            self._refresh()

    def _writer(self, item: Item, tool: str) -> Item | None:
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
        made = self._as(item, str(chosen["domain"]))
        if made is not None and here is None:
            models.load(str(chosen["name"]))
        return made

    def _as(self, item: Item, domain: str) -> Item | None:
        """A piece of music as one of another domain; None, with the reason told, where it cannot be."""
        if item.domain == domain:
            return item
        try:
            piece = get_domain(domain).from_object(item.piece)
        except GenStudioError as error:
            self.context.bus.trouble.emit(sentence(error)[0], "")
            return None
        return None if piece is None else Item(piece, domain, item.title, source=item.source)

    def again(self, item: Item) -> None:
        """Make again what made a piece, and show it."""
        if item.job is not None:
            self.context.shelf.again(item.job, self.context.models, partial(self._have_again, item))

    def _have_again(self, item: Item, items: list[Item]) -> None:
        job = item.job
        assert job is not None
        tool = {"morph": "interpolate"}.get(job.operation, job.operation)
        tool = tool if tool in TOOLS else "sample"
        request = Request(tool, (), {"again": True})
        state = self.states[item.domain].with_results(tool, Results(request, tuple(items)))
        self._change(self.tr("Make again"), state, domain=item.domain, tool=tool)

    def make_now(self) -> None:
        """Make what is asked for, with what is typed."""
        self.commit()
        self.run()

    def another(self) -> None:
        """Make others: a new seed."""
        self.commit()
        if self.tool in ("interpolate", "blend") and not self.parameters.of(self.tool)["temperature"]:
            self._draw(list(range(ends_needed(self.tool))))
            return
        self.parameters.new_seed()
        self._settle.stop()
        self.run()

    def _parameter(self, name: str) -> None:
        if name in _SETTINGS and self.tool == "interpolate":
            self.context.settings[name] = self.parameters.of("interpolate")[name]
        if name == "whole":
            self._show_ends()
        if self.tool in self.state.results or (self.tool != "shape" and self._request() is not None and self.tool != "sample"):
            self._token = object()
            self._settle.start()

    def _preference(self, name: str) -> None:
        """A preference was changed elsewhere."""
        if name in _SETTINGS and self.context.settings[name] != self.parameters.of("interpolate")[name]:
            self.parameters.put("interpolate", {name: self.context.settings[name]})
            if self.tool == "interpolate":
                self._parameter(name)

    def _shape_changed(self) -> None:
        self._refresh_buttons()

    def _ask(self, token: object) -> None:
        """Have made what the ends ask for, where that takes no decision."""
        self._token = token
        if self.tool not in ("shape", "sample") and self._request() is not None:
            self.run()

    def _request(self) -> Request | None:
        """What would be made now; None where an end or a change is missing."""
        ends = self.state.ends[: ends_needed(self.tool)]
        if any(end is None for end in ends):
            return None
        values = self.parameters.of(self.tool)
        music, details = plays(self.domain), self.model is not None and self.model.fills
        idle = {*(("words",) if music else ("key", "metre", "whole", "bars")), *(() if details else ("bars", "words"))}
        values = {name: value for name, value in values.items() if name not in idle}
        whole = bool(values.get("whole")) or self.tool in PARTS
        pieces = tuple((end.item if whole else end.shown(self._length)).piece for end in ends if end is not None)
        if self.tool == "rhythm" and (self.model is None or self._why_no_rhythm()):
            return None
        if self.tool in PARTS and (self.model is None or self._why_no_parts()):
            return None
        if self.tool == "fill":
            if self.model is None or self._why_no_gap():
                return None
            values = {name: value for name, value in values.items() if plays(self.domain) or name not in ("first", "last")}
        changes = self.shape.changes if self.tool == "shape" else {}
        if self.tool == "shape" and not changes:
            return None
        return Request(self.tool, pieces, values, changes)

    def run(self) -> None:
        """Make what is asked for."""
        self._settle.stop()
        request, model = self._request(), self.model
        if request is None or model is None:
            self._refresh()
            return
        token, self._token = self._token, None
        self.trouble.hide()
        self.remark.hide()
        self._now = (request, token, self.state)
        if request.tool == "interpolate":
            self.morphing.begin(model, request, self._end_titles(), self._made_of("interpolate"))
            self.slider.set_steps([index / (request.values["steps"] - 1) for index in range(request.values["steps"])])
            if self.slider.t in (0.0, 1.0) and "interpolate" not in self.state.results:
                self.slider.put(0.5)
            self.morphing.move(self.slider.t)  # what is looked at comes first
        self._show_unmade(request)
        self._running = True
        task = self.context.engine.run(
            partial(carry_out, model, request), lane="model", channel="create", name=request.tool, done=self._made,
            failed=self._not_made,
        )  # fmt: skip
        task.finished.connect(self._over)
        self._task = task
        self._refresh_buttons()

    def stop(self) -> None:
        """Let go of what is being made."""
        self._settle.stop()
        self.context.engine.stop_channel("create")

    def _over(self) -> None:
        if self.sender() is not None and self.sender() is not self._task:
            return
        self._running = False
        if self._now is not None:  # it was stopped, or failed
            self._now = None
            self._show_results()
        self._refresh_buttons()

    def _not_made(self, sentence: str, details: str) -> None:
        self.trouble.tell(sentence, details)

    def _made(self, pieces: Any) -> None:
        if self._now is None:
            return
        (request, token, state), self._now = self._now, None
        items = tuple(items_of(pieces, self._titles(request, pieces), self._made_of(request.tool)))
        results = Results(request, items, tuple(pieces.remarks))
        self.context.shelf.record(pieces)
        for place, kept in pieces.kept.items():
            self._kept[self._mark(pieces[place])] = kept
        state = state.with_results(request.tool, results)
        domain = pieces.domain.name
        if self._first_run and token is None:
            self._apply(domain, request.tool, state)  # what was there at the last start is there again: that is no change
        else:
            self._change(self._verb(request.tool), state, token, domain=domain, tool=request.tool)
        self._first_run = False

    def _made_of(self, tool: str) -> list[Item]:
        """The pieces that a tool works on, as far as the results are like one of them: A, and B at the other end of a way."""
        count = 2 if tool == "interpolate" else min(1, ends_needed(tool))
        return [end.item for end in self.state.ends[:count] if end is not None]

    def _end_titles(self) -> tuple[str, str]:
        a, b = self.state.ends[:2]
        return (a.item.title if a else "A"), (b.item.title if b else "B")

    def _titles(self, request: Request, pieces: Any) -> list[str]:
        if pieces.domain.is_text:
            return [piece.text for piece in pieces]
        first = self.state.ends[0]
        name = first.item.title if first is not None else ""
        count = range(1, len(pieces) + 1)
        if request.tool == "interpolate":
            return self.morphing.titles(pieces.ts)
        if request.tool == "blend":
            side = request.values["grid"]
            words = self.tr("Blend, row {row}, column {column}")
            corners = dict(zip((1, side, side * side - side + 1, side * side), self.state.ends, strict=True))
            given = {n: end.item.title for n, end in corners.items() if end is not None}
            return [given.get(n, words.format(row=(n - 1) // side + 1, column=(n - 1) % side + 1)) for n in count]
        if request.tool == "sample":
            return [self.tr("Sample {seed}.{number}").format(seed=request.values["seed"], number=n) for n in count]
        named = {
            "vary": self.tr("{title}, variation {number}"),
            "shape": self.tr("{title}, shaped"),
            "continue": self.tr("{title}, continued {number}"),
            "fill": self.tr("{title}, filled in {number}"),
            "rhythm": self.tr("{title}, tune {number}"),
            "harmonise": self.tr("{title}, chords {number}"),
            "accompany": self.tr("{title}, accompanied {number}"),
        }[request.tool]
        return [named.format(title=name, number=n) for n in count]

    def _verb(self, tool: str) -> str:
        return {
            "interpolate": self.tr("Interpolate"), "blend": self.tr("Blend"), "sample": self.tr("Sample"),
            "vary": self.tr("Vary"), "shape": self.tr("Shape"), "continue": self.tr("Continue"),
            "fill": self.tr("Fill in"), "rhythm": self.tr("Rhythm"), "harmonise": self.tr("Add chords"),
            "accompany": self.tr("Accompany"),
        }[tool]  # fmt: skip

    # -- the model

    def _made_elsewhere(self, tool: str) -> str:
        """The name of the model that made what a tool shows, where that is not the one that is chosen; else ""."""
        results = self.state.results.get(tool)
        if results is None or not results.items:
            return ""
        return next((maker for item in results.items if (maker := other_model(item, self.context.models))), "")

    def _stale(self, tool: str) -> bool:
        """Whether what a tool shows was made by another model than the one that is here."""
        return self.model is not None and bool(self._made_elsewhere(tool))

    def _chosen_model(self) -> None:
        """Another model is chosen, if only on its way."""
        self._tell_maker()
        self._refresh_buttons()

    def _tell_maker(self) -> None:
        """Say whose results are shown, where they are not those of the model that is chosen."""
        maker = "" if self._now is not None else self._made_elsewhere(self.tool)
        self.elsewhere.setVisible(bool(maker))
        if maker:
            self.maker.setText(self.tr("These were made by {model}, which is not the model that is chosen.").format(model=maker))
            self.maker.setAccessibleName(self.maker.text())
            self.remake.setEnabled(not self._why_not())
            self.remake.setToolTip(self._why_not())
            known = any(str(one["name"]) == maker and "error" not in one for one in self.context.models.known)
            self.take_back.setText(self.tr("Use {model}").format(model=maker))
            self.take_back.setAccessibleName(self.take_back.text())
            self.take_back.setVisible(known and self.context.models.wanted != maker)

    def _load_maker(self) -> None:
        maker = self._made_elsewhere(self.tool)
        if maker:
            self.context.models.load(maker)

    def _have_model(self, model: Any) -> None:
        self.commit()
        domain = str(model.domain.name)
        self._lengths[domain] = int(model.phrase_length)
        changed = domain != self.domain
        self.domain = domain
        self._attributes_of = None
        self._take_sampling(model)
        self.morphing.begin(None, None, ("A", "B"))
        making = self._now is not None
        self.stop()  # what another model is about to make
        self._now = None
        self._refresh()
        if self._request() is None:
            return
        if making and self.tool in ("shape", "sample"):
            self.run()
        elif self.tool not in ("shape", "sample") and (self.tool not in self.state.results or self._stale(self.tool)):
            self._ask(None if self._first_run or changed else object())

    def _take_sampling(self, model: Any) -> None:
        """Take over how a model's samples are best drawn; what is changed then stays."""
        if self._sampling_of != model.name:
            self._sampling_of = str(model.name)
            self.parameters.put("sample", dataclasses.asdict(model.sampling))

    def _learn_attributes(self) -> None:
        """Ask the model what it can shape."""
        model = self.model
        if model is None or self._attributes_of is model:
            return
        self._attributes_of = model
        self.context.engine.run(
            lambda: model.attributes, lane="model", channel="create.attributes", name="attributes",
            done=partial(self._have_attributes, model), failed=partial(self._no_attributes, model),
        )  # fmt: skip

    def _no_attributes(self, model: Any, sentence: str, details: str) -> None:
        """Say why there are no sliders, or, where that can be mended, how."""
        if model is not self.model:  # another one came meanwhile
            return
        if isinstance(sentence, Told) and sentence.remedy == "learn-attributes":
            self._unshaped = model
            self.shape.say("")
            self.learner.tell(model.name, model.folder, model.domain.name)
        else:
            self.shape.say(sentence)
        self._refresh()

    def _learned(self, folder: str) -> None:
        """A model has learned what it can shape: it is loaded again, so that it knows."""
        self.context.bus.models_changed.emit()
        current = self.context.models.current
        if current is not None and str(current.folder) == folder:
            self._unshaped = None
            self.context.models.load(folder)

    def _have_attributes(self, model: Any, found: list[dict[str, Any]]) -> None:
        if model is not self.model:  # another one came meanwhile
            return
        measured = [one for one in found if one["kind"] == "measure"]
        self.shape.set_attributes(measured or found, self.domain)
        self._show_shaped()
        self._refresh_buttons()

    def _show_shaped(self) -> None:
        end = self.state.ends[0]
        results = self.state.results.get("shape")
        made = results.items[0].piece if results is not None and results.items else None
        self.shape.set_piece(end.shown(self._length).piece if end is not None else None, made, self.domain)

    # -- showing

    def _refresh(self) -> None:
        """Show everything as it is now."""
        music = plays(self.domain)
        if self.tool in PARTS and not self._has_parts:
            self.tool = "interpolate"
        self.tools.offer(self._has_parts)
        self.tools.choose(self.tool)
        domain, details = get_domain(self.domain), self.model is not None and bool(self.model.fills)
        self.parameters.choose(self.tool, domain.holds, domain.unit, details, self._has_parts)
        self.stage.large = not music
        self.stage.setMaximumHeight(16_777_215 if music else 100)
        self.shape.setVisible(self.tool == "shape")
        self.learner.setVisible(self.tool == "shape" and self.model is not None and self.model is self._unshaped)
        self.shape.reset.setVisible(self.tool == "shape" and bool(self.shape.sliders))
        if self.tool == "shape":
            self._learn_attributes()
        self._show_ends()
        self._show_results()
        self._refresh_buttons()

    def _show_ends(self) -> None:
        needed = ends_needed(self.tool)
        whole = (bool(self.parameters.of(self.tool).get("whole")) or self.tool in PARTS) and plays(self.domain)
        for number, well in enumerate(self.wells):
            well.setVisible(number < needed)
            well.show_end(self.state.ends[number], self.domain, self._length, whole)
        first = self.state.ends[0]
        if first is not None and plays(self.domain):
            self.parameters.limit_bars(get_domain(self.domain).units(first.shown(self._length).piece))
        # Of a text with a gap the model keeps nothing that is of interest: the gap is no word.
        self._tell_kept(0 if self.tool in ("fill", *PARTS) else needed, whole)
        self._pairs[0].setVisible(needed > 0)
        self._pairs[1].setVisible(needed > 2)
        self.swap.setVisible(needed == 2)
        if self.tool == "shape":
            self._show_shaped()

    def _captions(self, request: Request) -> list[str]:
        count = count_of(request)
        if request.tool == "interpolate":
            return ["A", *(f"{index / max(1, count - 1):.0%}" for index in range(1, count - 1)), "B"]
        if request.tool == "blend":
            side = int(request.values["grid"])
            corners = {0: "A", side - 1: "B", count - side: "C", count - 1: "D"}
            return [corners.get(index, f"{index // side + 1}·{index % side + 1}") for index in range(count)]
        return [self.tr("Shaped")] if request.tool == "shape" else [str(index + 1) for index in range(count)]

    def _show_unmade(self, request: Request) -> None:
        self.empty.hide()
        self.grid.show()
        self.grid.fixed_columns = int(request.values["grid"]) if request.tool == "blend" else 0
        self.grid.set_items([None] * count_of(request), self._captions(request), text=not plays(self.domain),
                            current=self._step_at(self.slider.t, request))  # fmt: skip
        way = request.tool == "interpolate"
        self.slider.setVisible(way)
        self.stage.setVisible(way)
        self._make_room()

    def _make_room(self) -> None:
        """A grid of corners is shown whole and the page scrolls; others scroll by themselves."""
        whole = self.grid.whole_height
        self.grid.setMinimumHeight(whole if self.tool == "blend" else min(whole, 112 if self.tool == "interpolate" else 232))

    def _step_at(self, t: float, request: Request) -> int:
        if request.tool != "interpolate":
            return 0
        return round(t * (int(request.values["steps"]) - 1))

    def _show_results(self) -> None:
        self._tell_maker()
        results = self.state.results.get(self.tool)
        there = results is not None and bool(results.items)
        self.grid.setVisible(there)
        self.empty.setVisible(not there)
        way = self.tool == "interpolate" and there
        self.slider.setVisible(way)
        self.stage.setVisible(way)
        self.remark.setVisible(there and bool(results.remarks) if results is not None else False)
        if results is None or not there:
            self._teach()
            return
        self.remark.setText(" ".join(map(clause, results.remarks)))
        side = results.request.values.get("grid") if self.tool == "blend" else 0
        self.grid.fixed_columns = int(side or 0)
        again = results.request.values.get("again")
        captions = [] if again else self._captions(results.request)
        current = min(self.grid.current, len(results.items) - 1)
        if way and not again:
            current = self._step_at(self.slider.t, results.request)
        compare: Any = {"interpolate": True}.get(self.tool)
        if self.tool in ("vary", "shape") and results.request.pieces:
            compare = results.request.pieces[0]
        self.grid.set_items(results.items, captions, compare=compare, current=current)
        self._make_room()
        if way:
            self._begin_way(results)
        if self.tool == "shape":
            self._show_shaped()
        if self.isVisible():
            self.context.player.set_items(list(results.items))
            self.context.bus.selected.emit(self.grid.current_item)

    def _begin_way(self, results: Results) -> None:
        """Have the slider go over these results."""
        ts = [item.t for item in results.items if item.t is not None]
        self.slider.set_steps(ts)
        model, job = self.model, results.items[0].job
        goes_on = model is not None and bool(results.request.pieces) and job is not None and self.context.models.made(job)
        self.morphing.begin(model, results.request if goes_on else None, self._end_titles(), self._made_of("interpolate"))
        self.morphing.add(results.items)
        self.morphing.move(self.slider.t)

    # -- how much of the ends the model keeps

    def _mark(self, piece: Any) -> tuple[str, str, str]:
        """What decides how much of a piece the model keeps."""
        return (self.model.digest if self.model is not None else ""), self.domain, get_domain(self.domain).to_symbols(piece)

    def _tell_kept(self, needed: int, whole: bool) -> None:
        """Say of each end how much of it the model keeps, and find out where that is not known."""
        model = self.model
        ends = [(number, end) for number, end in enumerate(self.state.ends[:needed]) if end is not None]
        unknown = []
        for number, end in ends:
            piece = (end.item if whole else end.shown(self._length)).piece
            found = self._kept.get(self._mark(piece)) if model is not None else None
            self.wells[number].tell_kept(found)
            if found is None:
                unknown.append(piece)
        for number in set(range(len(self.wells))) - {number for number, _ in ends}:
            self.wells[number].tell_kept(None)
        # The ends of a way and the corners of a blend are measured with it.
        measured_anyway = self.tool in ("interpolate", "blend")
        if model is None or not unknown or whole or measured_anyway or model.network.spec.bottleneck == "none":
            self.context.engine.stop_channel("create.kept")
            return
        self.context.engine.run(
            partial(measure, model, unknown), lane="model", channel="create.kept", name="what is kept",
            done=partial(self._have_kept, model, unknown), failed=lambda sentence, details: log.info("not measured: %s", sentence),
        )  # fmt: skip

    def _have_kept(self, model: Any, pieces: list[Any], found: list[Kept]) -> None:
        if model is not self.model:
            return
        for piece, kept in zip(pieces, found, strict=True):
            self._kept[self._mark(piece)] = kept
        while len(self._kept) > _KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._show_ends()

    def _remedies(self, number: int) -> list[tuple[str, Callable[[], None]]]:
        """What can be done so that the model keeps more of an end."""
        end, well = self.state.ends[number], self.wells[number]
        if end is None:
            return []
        found: list[tuple[str, Callable[[], None]]] = []
        if plays(self.domain):
            if self.model is not None and 0 < self._length < end.units():
                found.append((self.tr("Take the bars of which most is kept"), partial(self._take_best, number, end)))
                found.append((self.tr("Choose other bars …"), well.ask_bars))
            plain = straightened(end.shown(self._length))
            if plain is not None:
                found.append((self.tr("Put the rhythm on sixteenths"), partial(self.take_end, plain, LETTERS[number])))
            if end.item.source and Path(end.item.source).is_file():
                found.append((self.tr("Read the file again …"), partial(self._read, number, [end.item.source])))
        current = self.model.name if self.model is not None else ""
        for one in self.context.models.known:
            name = str(one["name"])
            if one.get("domain") == self.domain and "error" not in one and name != current:
                found.append((self.tr("Use the model {name}").format(name=name), partial(self._use, name)))
        found.append((self.tr("Take another piece …"), partial(self._wanted, number, "open")))
        return found

    def _use(self, name: str) -> None:
        self.context.models.load(name)

    def _take_best(self, number: int, end: End) -> None:
        self.context.engine.run(
            partial(best_bars, self.model, end), lane="model", channel=f"create.read.{number}", name="the bars that are kept best",
            done=partial(self._other_part, number), failed=self.trouble.tell,
        )  # fmt: skip

    # -- looking and moving

    def _looked_at(self, number: int) -> None:
        item = self.grid.items[number]
        if self.tool == "interpolate" and item is not None and item.t is not None:
            self.slider.put(item.t)
            self.morphing.move(item.t)

    def _moved(self, t: float) -> None:
        self.morphing.move(t)
        self._quiet.start()

    def _show_place(self, item: Item, exact: bool) -> None:
        caption = {0.0: "A", 1.0: "B"}.get(self.slider.t, f"{self.slider.t:.0%}")
        if self.stage.item is not item or self.stage.caption != caption:
            self.stage.show_item(item, caption=caption)
        if exact:
            number = next((at for at, one in enumerate(self.grid.items) if one is item), None)
            if number is not None:
                self.grid.select(number, quietly=True)

    def _tell_selected(self) -> None:
        if self.stage.isVisible() and self.stage.item is not None:
            self.context.bus.selected.emit(self.stage.item)

    # -- words and buttons

    def _why_not(self) -> str:
        """Why nothing can be made now; "" when it can."""
        models = self.context.models
        if models.current is None:
            loading = self.tr("The model is being loaded; one moment.")
            return loading if models.wanted else self.tr("No model is loaded; choose one at the top.")
        if self.model is None:
            return self.tr("The model that is loaded is for other pieces; choose another one at the top.")
        missing = [LETTERS[at].upper() for at in range(ends_needed(self.tool)) if self.state.ends[at] is None]
        if missing:
            return self.tr("This end is empty: {letter}.").format(letter=missing[0])
        if self.tool == "shape" and not self.shape.changes:
            return self.tr("Move a slider first: more of something, or less.")
        if self.tool == "fill":
            return self._why_no_gap()
        if self.tool == "rhythm":
            return self._why_no_rhythm()
        if self.tool in PARTS:
            return self._why_no_parts()
        return ""

    @property
    def _has_parts(self) -> bool:
        """Whether pieces of this domain have parts."""
        domain = get_domain(self.domain)
        return bool(domain.roles(domain.from_symbols("")))

    def _why_no_parts(self) -> str:
        """Why no parts can be written for a melody; "" when they can."""
        assert self.model is not None
        domain = get_domain(self.domain)
        if not writes(self.tool, domain.roles(domain.from_symbols(self.model.lineup))):
            if self.tool == "harmonise":
                return self.tr("This model writes no chord symbols; choose one of lead sheets at the top.")
            return self.tr("This model writes no parts for a melody; choose another one at the top.")
        return "" if self.model.fills else self.tr("This model cannot do that; choose another one at the top, or train one.")

    def _why_no_rhythm(self) -> str:
        """Why no rhythm can get another's tune; "" when it can."""
        assert self.model is not None
        if not get_domain(self.domain).grammar.pitches:
            return self.tr("These have no pitches; choose a model of melodies at the top.")
        return "" if self.model.fills else self.tr("This model cannot do that; choose another one at the top, or train one.")

    def _why_no_gap(self) -> str:
        """Why there is nothing to fill in; "" when there is."""
        assert self.model is not None
        if not self.model.fills:
            return self.tr("This model cannot fill gaps; choose another one at the top, or train one.")
        end = self.state.ends[0]
        if end is not None and not plays(self.domain) and GAP not in end.item.piece.text:
            return self.tr("Write ___ in A where something is missing.")
        return ""

    def _refresh_buttons(self) -> None:
        reason = self._why_not()
        self.make.setText(self._verb(self.tool))
        self.make.setAccessibleName(self._verb(self.tool))
        self.make.setEnabled(not reason)
        self.make.setToolTip(reason or self.tr("Make it (Ctrl+Return)"))
        anything = self.model is not None
        self.dice.setEnabled(anything and self.tool != "shape" and (not reason or self.tool in ("interpolate", "blend")))
        if self.tool in ("interpolate", "blend"):
            told = self.tr("Other ends, drawn from what the model has learned (Ctrl+R)")
        elif self.tool == "shape":
            told = self.tr("Shaping has one result; move the sliders instead.")
        else:
            told = self.tr("Others: a new seed (Ctrl+R)")
        self.dice.setToolTip(told if self.dice.isEnabled() or self.tool == "shape" else reason)
        self.surprise.setEnabled(anything)
        self.surprise.setToolTip("" if anything else reason)
        self.progress.setVisible(self._running)
        self.stop_button.setVisible(self._running)
        can_swap = any(self.state.ends[:2])
        self.swap.setEnabled(can_swap)
        self.swap.setToolTip(self.tr("Swap A and B (Ctrl+Shift+X)") if can_swap else self.tr("Both ends are empty."))

    def _teach(self) -> None:
        """Say what goes here."""
        words_of = {"one": kinds.one(self.domain), "many": kinds.many(self.domain)}
        leads = {
            "interpolate": self.tr("Everything between two {many}").format(**words_of),
            "blend": self.tr("A field between four {many}").format(**words_of),
            "sample": self.tr("Something new"),
            "vary": self.tr("A {one}, and others like it").format(**words_of),
            "shape": self.tr("The same, but different where you say so"),
            "continue": self.tr("How could it go on?"),
            "fill": self.tr("What could stand there?"),
            "rhythm": self.tr("The rhythm of one, the tune of the other"),
            "harmonise": self.tr("Which chords go with it?"),
            "accompany": self.tr("What could the others play?"),
        }
        drop = self.tr("Drop files on the ends above.") if plays(self.domain) else self.tr("Type into the ends above.")
        words = {
            "interpolate": self.tr("Give it A and B; the way between them is made at once, and a slider goes anywhere on it."),
            "blend": self.tr("Give it four corners; what lies between them is made at once."),
            "sample": self.tr("Pieces are drawn from what the model has learned. Each seed gives others."),
            "vary": self.tr("Give it A; its neighbours are made at once, as near or as far as you like."),
            "shape": self.tr("Give it A and move a slider: more of this, less of that. The rest stays as near as it can."),
            "continue": self.tr("Give it A; its beginning is kept and several ways to go on are made."),
            "fill": self.tr("Give it A and say which bars are to be new; what is around them stays as it is.")
            if plays(self.domain)
            else self.tr("Give it A with ___ where something is missing; what could stand there is found."),
            "rhythm": self.tr("Give it A and B; the notes of B are put where those of A are."),
            "harmonise": self.tr("Give it A with a melody; chord symbols are written for all of it, and its notes stay."),
            "accompany": self.tr("Give it A with a melody; the other parts are written for all of it, and the melody stays."),
        }
        self.lead.setText(leads[self.tool])
        needs_ends = ends_needed(self.tool) > 0
        missing = any(end is None for end in self.state.ends[: ends_needed(self.tool)])
        self.teach.setText(f"{words[self.tool]} {drop}" if needs_ends and missing else words[self.tool])
        self.example.setVisible(needs_ends and missing)
        self.surprise.setVisible(needs_ends and missing)

    def retranslate(self) -> None:
        for widget, name, help_ in (
            (self.dice, self.tr("New"), ""),
            (self.example, self.tr("Begin with an example"), self.tr("Two bundled pieces as the ends")),
            (self.surprise, self.tr("Surprise me"), ""),
            (self.remake, self.tr("Make again"), ""),
        ):
            widget.setText(name)
            widget.setAccessibleName(name)
            if help_:
                widget.setToolTip(help_)
        self.swap.setAccessibleName(self.tr("Swap A and B"))
        self.progress.setAccessibleName(self.tr("Being made"))
        self.stop_button.setAccessibleName(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop what is being made (Esc)"))
        self.slider.setAccessibleName(self.tr("Place between A and B"))
        self.slider.setToolTip(self.tr("Drag, or use the arrow keys; with Shift in small steps"))
        self.tools.setAccessibleName(self.tr("Tools"))
        self.grid.setAccessibleName(self.tr("Results"))
        texts = {
            "make": self.tr("Make"), "another": self.tr("Others: a new seed"), "stop": self.tr("Stop what is being made"),
            "swap": self.tr("Swap A and B"), "paste": self.tr("Paste as an end"),
        }  # fmt: skip
        for name, action in self._by_name.items():
            action.setText(texts[name] if name in texts else self._verb(name))
        self._teach()
        self._refresh_buttons()

    def retheme(self) -> None:
        colours = self.context.theme.colours
        for well in self.wells:
            well.retheme()
        self.trouble.retheme()
        self.swap.setIcon(icon("swap", colours))
        self.dice.setIcon(icon("dice", colours))
        self.surprise.setIcon(icon("dice", colours))
        self.stop_button.setIcon(icon("stop", colours))
        self.parameters.dice.setIcon(icon("dice", colours))

    # -- coming and going

    def entered(self) -> None:
        self._awaited = None
        if self.grid.isVisible():
            self.context.player.set_items([item for item in self.grid.items if item is not None])
            self.context.bus.selected.emit(self.stage.item if self.stage.isVisible() else self.grid.current_item)

    def shut(self) -> None:
        """Stop everything, for good."""
        self._settle.stop()
        self._quiet.stop()
        self.morphing.stop()
        self.stop()

    def save(self) -> dict[str, object]:
        return {
            "domain": self.domain,
            "tool": self.tool,
            "t": self.slider.t,
            "values": self.parameters.values,
            "sampling_of": self._sampling_of,
            "changes": self.shape.changes,
            "ends": {
                name: [end.record() if end is not None else None for end in self._meant(name)] for name in self.states
            },
            "results": {name: records(state.results, name) for name, state in self.states.items()},
        }

    def _meant(self, domain: str) -> list[End | None]:
        """The ends of a domain, with what is typed and not taken over yet."""
        ends = self.states[domain].ends
        return [well.meant for well in self.wells] if domain == self.domain and not plays(domain) else list(ends)

    def restore(self, state: dict[str, object]) -> None:
        self.stop()
        for number in range(len(LETTERS)):
            self._edited(number)  # what is on its way is not of this project
        self._now = None
        self.morphing.begin(None, None, ("A", "B"))
        ends, results, values = (
            found if isinstance(found := state.get(name), Mapping) else {} for name in ("ends", "results", "values")
        )
        for name in self.states:
            kept = ends.get(name)
            found = [end_from(one, name) for one in kept[: len(LETTERS)]] if isinstance(kept, list) else []
            padded = (*found, *[None] * (len(LETTERS) - len(found)))
            self.states[name] = State(padded, results_from(results.get(name), name))
        for tool, usual in DEFAULTS.items():
            self.parameters.put(tool, usual)
            if tool == "interpolate":
                self.parameters.put(tool, {name: self.context.settings[name] for name in _SETTINGS})
            if isinstance(one := values.get(tool), Mapping):
                self.parameters.put(tool, one)
        self._sampling_of = str(state.get("sampling_of", ""))
        if self.context.models.current is not None:
            self._take_sampling(self.context.models.current)
        self.tool = str(state["tool"]) if state.get("tool") in TOOLS else TOOLS[0]
        if state.get("domain") in self.states:
            self.domain = str(state["domain"])
        t = state.get("t")
        self.slider.put(float(t) if isinstance(t, (int, float)) and 0.0 <= t <= 1.0 else 0.5)
        self._first_run = any(self.state.ends) and self.tool not in self.state.results
        self._refresh()
        self._tell_ends()
        if self.model is not None and self._first_run:
            self._ask(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
