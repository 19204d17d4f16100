"""Home: from the first start straight to sound; then samples, recent work and models.

Two bundled songs are the ends. Their beginnings are there at once, what lies between as soon as the model is, and one key plays the
whole way: by the time that the first has been heard, the second is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from genstudio.gui import kinds, spans
from genstudio.gui.context import Context
from genstudio.gui.folders import choose_files
from genstudio.gui.icons import on_accent
from genstudio.gui.items import Item
from genstudio.gui.layouts import Words, allow, beside, having, new_button, new_label, stacked
from genstudio.gui.models import length_of
from genstudio.gui.pages.base import Page
from genstudio.gui.welcome import STEPS, WayPlayer, beginnings, one_each, way_between
from genstudio.gui.widgets.cards import CardGrid, CardStrip
from genstudio.gui.widgets.doors import Doors

__all__ = ["HomePage"]

_SONGS, _LINES = 24, 8  # that are shown as samples
_NARROWEST = 96  # pixels of a card of the way, so that all of it is in sight
_RECENT = 8
_LOOKED = 120  # pieces of the library in which the recent are looked for


def _titles(items: Sequence[Item]) -> list[str]:
    """The captions of cards: titles of music, while a text is its own."""
    return ["" if item.is_text else item.title for item in items]


class _Section(QWidget):
    """A heading, a sentence where there is nothing, and what is under it."""

    def __init__(self, body: QWidget, words: Words, nothing: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = new_label(self, "title", words, of=body)
        self.empty = new_label(self, "muted", nothing, wrap=True)
        self.body = body
        stacked(self.heading, self.empty, body, into=self, gap=12)
        self.empty.hide()


class _ModelRow(QFrame):
    """One installed model, and a button that takes it."""

    def __init__(self, about: dict[str, Any], context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.about = about
        self.context = context
        self.setProperty("kind", "panel")
        self.name = new_label(self, "heading")
        self.said = new_label(self, "muted", wrap=True)
        self.use = new_button(self, lambda: context.models.load(str(about["name"])))
        beside(self.name, (self.said, 1), self.use, into=self, margins=(16, 10, 12, 10), gap=16)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every string."""
        name, current = str(self.about["name"]), self.context.models.current
        used = current is not None and current.name == name
        title = self.context.models.title(name)
        self.name.setText(title)
        self.said.setText(str(self.about["error"]) if "error" in self.about else self._words())
        self.use.setText(self.tr("In use") if used else self.tr("Use"))
        self.use.setAccessibleName(self.tr("Use the model {name}").format(name=title))
        damaged = self.tr("This model is damaged.") if "error" in self.about else ""
        allow(self.use, self.tr("This model is loaded.") if used else damaged)

    def _words(self) -> str:
        about = self.about
        bars, domain = length_of(about), str(about.get("domain", ""))
        what = kinds.label(domain, str(about.get("preset", "")))
        if bars and kinds.plays(domain):
            what = self.tr("{things} of up to {bars} bars").format(things=what, bars=bars)
        return f"{what}  ·  {spans.size(int(about.get('bytes', 0)))}"


class HomePage(Page):
    """See the module."""

    name = "home"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._domain = kinds.FIRST
        self._begun = False
        self._way = WayPlayer(context.player, self)
        self._way.changed.connect(self._show_state)
        self._way.at.connect(lambda number: self.strip.select(number))
        self._rows: list[_ModelRow] = []
        self._scroll = QScrollArea(self, widgetResizable=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        stacked(self._scroll, into=self)
        inner = having(QWidget(self._scroll), "page")
        column = QWidget(inner)
        beside((column, 1), into=inner, margins=(32, 24, 32, 32))
        self._scroll.setWidget(inner)
        self._make_welcome(column)
        self.recent = CardGrid(context, column)
        self.samples = CardGrid(context, column)
        self.models = QWidget(column)
        self._model_box = stacked(into=self.models, gap=8)
        self._recent = _Section(self.recent, lambda: self.tr("Recent"), lambda: self.tr(
            "What you make and keep is in the library, and the latest of it here. Press F on a piece to keep it."
        ), column)  # fmt: skip
        self._samples = _Section(self.samples, lambda: self.tr("Samples"), str, column)
        self._models = _Section(self.models, lambda: self.tr("Models"), lambda: self.tr(
            "No model is installed. Open a model folder, or train one of your own on Train."
        ), column)  # fmt: skip
        self.doors = Doors(context, column)
        stacked(self.welcome, self.doors, self._recent, self._samples, self._models, None, into=column, gap=32)
        self._play = QAction(self, shortcut=QKeySequence("Ctrl+Return"))
        self._play.triggered.connect(self.play_way)
        context.models.changed.connect(self._have_model)
        context.models.listed.connect(self._list_models)
        context.models.failed.connect(lambda *_: self._show_state())
        context.player.changed.connect(self._show_state)
        context.shelf.changed.connect(self._ask_recent)
        self._list_models(context.models.known)
        if context.models.current is not None:
            self._have_model(context.models.current)

    def _make_welcome(self, parent: QWidget) -> None:
        self.welcome = having(QFrame(parent), "panel")
        self.headline = new_label(self.welcome, "display", wrap=True)
        self.story = new_label(self.welcome, "muted", wrap=True)
        self.strip = CardStrip(self.context, self.welcome)
        self.strip.narrowest = _NARROWEST
        self.strip.setFixedHeight(112)
        self.play_button = new_button(self.welcome, self.play_way, "primary")
        self.play_button.setIconSize(QSize(18, 18))
        self.create_button = new_button(self.welcome, self._to_create, "", lambda: (
            self.tr("Go on in Create"), self.tr("Go on with these two ends in Create"),
        ), picture="create")  # fmt: skip
        self.open_button = new_button(self.welcome, self._open, "", lambda: (
            self.tr("Open your own"), self.tr("Open songs or sentences of your own"),
            self.tr("MIDI, ABC, MusicXML or text; files can also be dropped anywhere in the window."),
        ), picture="folder")  # fmt: skip
        for button in (self.play_button, self.create_button, self.open_button):
            button.setMinimumHeight(40)
        self.state = new_label(self.welcome, "muted", wrap=True)
        line = beside(self.play_button, self.create_button, self.open_button, 8, (self.state, 1), gap=8)
        stacked(self.headline, self.story, self.strip, line, into=self.welcome, margins=16, gap=16)

    # -- strings and colours

    def commands(self) -> list[QAction]:
        return [self._play]

    def retranslate(self) -> None:
        first = not self.context.settings["welcomed"]
        words = {"one": kinds.one(self._domain), "many": kinds.many(self._domain)}
        words |= {letter: item.title for letter, item in zip("ab", self._way.ends, strict=False)}
        self.headline.setText(self.tr("From one {one} to another").format(**words))
        if kinds.is_text(self._domain):
            told = self.tr("Two {many} are the ends of a line. What stands between them was written by the model.")
            self.story.setText(told.format(**words))
        elif self._way.ends:
            if first:
                self.headline.setText(self.tr("Welcome to GenStudio"))
            self.story.setText(self.tr(
                "{a} is at one end and {b} at the other. Between them lie {many} that nobody has written. Press Space and hear the "
                "whole way; the arrow keys go through it."
            ).format(**words))  # fmt: skip
        self._play.setText(self.tr("Play the way from A to B"))
        self.strip.setAccessibleName(self.tr("The way from A to B"))
        for row in self._rows:
            row.retranslate()
        self._show_state()

    def entered(self) -> None:
        if self.play_button.isVisibleTo(self):
            self.play_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.doors.refresh()
        if self._begun:
            self._ask_recent()

    # -- the way

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._begin)  # once the window is drawn: a thread would slow that down

    def _begin(self) -> None:
        self._ask_recent()
        if not self._way.ends:
            self._ask_ends(self.context.models.domain or kinds.FIRST)

    def _ask_ends(self, domain: str) -> None:
        self.context.engine.run(
            partial(beginnings, domain), channel="home.ends", name="read the samples", done=self._have_ends,
            failed=self.context.bus.trouble.emit,
        )  # fmt: skip

    def _have_ends(self, ends: list[Item]) -> None:
        if not ends:  # nothing of this kind comes along: what is there stays
            return
        self._domain = ends[0].domain
        self._way.begin(ends)
        unknown = [None] * (STEPS - 2)
        self.strip.set_items([ends[0], *unknown, ends[1]], captions=self._captions(), text=kinds.is_text(self._domain))
        if not self.samples.items:
            self._ask_samples()
        self.retranslate()
        if self.isVisible():  # else the transport is another page's
            self.context.bus.selected.emit(ends[0])
        if self.context.models.domain == self._domain:
            self._ask_way()
        if self._way.hurried:
            self._way.hurried = False
            self.play_way()

    def _captions(self) -> list[str]:
        between = [f"{step / (STEPS - 1):.0%}" for step in range(1, STEPS - 1)]
        return ["A", *between, "B"]

    def _have_model(self, model: Any) -> None:
        for row in self._rows:
            row.retranslate()
        domain = str(model.domain.name)
        if domain == self._domain:
            self._ask_way()
        else:
            self.samples.set_items([])
            self._ask_ends(domain)

    def _ask_way(self) -> None:
        model = self.context.models.current
        if model is None or not self._way.ends:
            return
        self.context.engine.run(
            partial(way_between, model, self._way.ends, STEPS), lane="model", channel="home.way", name="the way of the welcome",
            done=self._have_way, failed=self.context.bus.trouble.emit,
        )  # fmt: skip
        self._show_state()

    def _have_way(self, way: list[Item]) -> None:
        if way[0].domain != self._domain:
            return
        self._way.way = way
        captions = ["A", *(item.title for item in way[1:-1]), "B"]
        # The card that is playing stays: it is the same music.
        shown = [self._way.ends[0] if self._way.going == 0 else way[0], *way[1:]]
        self.strip.set_items(shown, captions=captions, current=self.strip.current)
        self._show_state()
        self._way.go_on()

    def play_way(self) -> None:
        """Play from A through everything in between to B; again: stop."""
        if kinds.plays(self._domain) or not self._way.ends:
            self.context.settings["welcomed"] = self.context.settings["welcomed"] or bool(self._way.ends)
            self._way.toggle()

    def _show_state(self) -> None:
        going = self._way.sounds
        self.play_button.setVisible(kinds.plays(self._domain))
        self.play_button.setText(self.tr("Stop") if going else self.tr("Play the way"))
        self.play_button.setIcon(on_accent("stop" if going else "play"))
        self.play_button.setAccessibleName(self.tr("Stop") if going else self.tr("Play the way from A to B"))
        self.play_button.setToolTip(self.tr("Space"))
        if not self._way.way:
            self.state.setText(self.tr("What lies between comes as soon as the model is loaded."))
        elif going:
            self.state.setText(self.tr("{number} of {count}").format(number=(self._way.going or 0) + 1, count=len(self._way.way)))
        else:
            self.state.setText("")

    def _to_create(self) -> None:
        self.context.settings["welcomed"] = True
        bus = self.context.bus
        for item, end in zip(self._way.ends, "ab", strict=False):
            bus.make_end.emit(item, end)
        bus.go.emit("create")

    def _open(self) -> None:
        files = choose_files(self, self.context.settings, "songs", self.tr("Open songs or sentences"))
        if files:
            self.context.bus.open_files.emit(files)

    # -- below it

    def _ask_samples(self) -> None:
        self.context.engine.run(
            partial(kinds.bundled, self._domain, _LINES if kinds.is_text(self._domain) else _SONGS),
            channel="home.samples", name="read the samples", done=self._have_samples,
            failed=self.context.bus.trouble.emit,
        )  # fmt: skip

    def _have_samples(self, items: list[Item]) -> None:
        self.samples.set_items(items, captions=_titles(items))

    def _ask_recent(self) -> None:
        from genstudio.gui.shelf import Query

        self.context.shelf.search(Query(), self._have_recent, limit=_LOOKED, channel="home.recent")

    def _have_recent(self, found: Any) -> None:
        self.context.shelf.open(one_each(found.entries)[:_RECENT], self._show_recent)

    def _show_recent(self, items: list[Item]) -> None:
        self._recent.empty.setVisible(not items)
        self.recent.setVisible(bool(items))
        self.recent.set_items(items, captions=_titles(items))

    def _list_models(self, known: list[dict[str, Any]]) -> None:
        for row in self._rows:
            self._model_box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_ModelRow(about, self.context, self.models) for about in known]
        for row in self._rows:
            self._model_box.addWidget(row)
        self._models.empty.setVisible(not known and bool(self.context.models.known))
