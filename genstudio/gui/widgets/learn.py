"""Learn my style: what to learn from, what to go on from and for how long, and off it goes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QPushButton, QWidget

from genstudio.config import get_preset
from genstudio.errors import FileError
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, Words, Wrong, allow, beside, new_button, new_label, stacked
from genstudio.gui.learning import Beginning, Learner, Seen, Wish, beginnings
from genstudio.gui.readings import table_among
from genstudio.gui.speech import spoken
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.form import engine_word
from genstudio.gui.widgets.importing import Importing
from genstudio.gui.widgets.learn_sources import SourceWell
from genstudio.gui.widgets.numbers import WholeField
from genstudio.gui.widgets.reading import TablePanel

__all__ = ["LearnPanel"]

_USUAL = 30  # minutes
_MOST = 7 * 24 * 60  # minutes


class LearnPanel(Worded, QWidget):
    """Three steps; ``ready`` says that a training is to be begun."""

    ready = Signal(object)  # Order

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._named = False
        self.learner = Learner(context, self)
        self.learner.ready.connect(self._ordered)
        self.learner.doubtful.connect(self._doubt)
        self.learner.failed.connect(partial(self._doubt, hopeless=True))
        self.learner.stopped.connect(lambda: self._show_work(False))
        self._make_fields()
        self.error = Wrong(self)
        self.all_the_same = new_button(self, self._all_the_same, "", lambda: self.tr("Learn all the same"))
        self.all_the_same.hide()
        self.work = Importing(self.learner.importer, self.learner.give_up, self)
        box = stacked(
            new_label(self, "title", lambda: self.tr("Learn my style"), wrap=True), new_label(self, "muted", lambda: self.tr(
                "A model that knows music or language already goes on with your own songs or texts, and tells at the end whether "
                "it is good enough to use."
            ), wrap=True), self.form, self.error, into=self, gap=SPACE,
        )  # fmt: skip
        box.addWidget(self.all_the_same, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.work)
        context.models.listed.connect(lambda known: self._fill_beginnings())
        self.retranslate()

    def _make_fields(self) -> None:
        """What cannot be changed while it works."""
        self.form = form = QWidget(self)
        self.well = SourceWell(self.context, form)
        self.well.changed.connect(self._sources_changed)
        self.table = TablePanel(self.context, parent=form)
        self.table.changed.connect(self._ready)
        self.table.hide()
        self.beginning = QComboBox(form)
        self.beginning.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.beginning.setMinimumContentsLength(24)
        self.beginning.currentIndexChanged.connect(self._beginning_changed)
        self.about = new_label(form, "caption", wrap=True)
        self.times = QButtonGroup(self)
        times: tuple[tuple[int, Words], ...] = (
            (5, lambda: self.tr("5 minutes")), (_USUAL, lambda: self.tr("30 minutes")), (120, lambda: self.tr("2 hours")),
            (0, lambda: self.tr("Other time")),
        )  # fmt: skip
        buttons: list[QPushButton] = []
        for minutes, words in times:
            buttons.append(new_button(form, words=words))
            buttons[-1].setCheckable(True)
            buttons[-1].setChecked(minutes == _USUAL)
            self.times.addButton(buttons[-1], minutes)
        self.times.idToggled.connect(lambda number, on: self._ready())
        self.own = WholeField(form)
        self.own.setRange(1, _MOST)
        self.own.setValue(60)
        self.own.valueChanged.connect(lambda value: self._ready())
        self.name = QLineEdit(form)
        self.name.setMinimumWidth(32 * SPACE)
        self.name.textEdited.connect(self._name_typed)
        self.go = new_button(form, self._begin, "primary", lambda: self.tr("Learn"))
        named = new_label(form, "", lambda: (self.tr("Name"), self.tr("Name of the model")), of=self.name)
        promise = new_label(form, "muted", lambda: self.tr(
            "You can go on working meanwhile, pause it, and close the studio; nothing is lost."
        ), wrap=True)  # fmt: skip
        stacked(
            SPACE, self._head(lambda: self.tr("1. What it learns from")), self.well, self.table,
            SPACE, self._head(lambda: self.tr("2. What it goes on from, and for how long")),
            beside(self.beginning, None, gap=SPACE), self.about, beside(*buttons, self.own, None, gap=SPACE),
            SPACE, self._head(lambda: self.tr("3. What the model is called")),
            beside(named, self.name, self.go, None, gap=SPACE), promise, into=form, gap=SPACE,
        )  # fmt: skip

    def _head(self, words: Words) -> QWidget:
        return new_label(self.form, "heading", words, wrap=True)

    # -- what to learn from

    @property
    def sources(self) -> list[str]:
        """The files and folders that were chosen."""
        return self.well.sources

    @property
    def seen(self) -> Seen | None:
        """What is in them."""
        return self.well.seen

    def add(self, files: Sequence[str]) -> None:
        """Learn from these files and folders, too."""
        if not self.learner.busy:
            self.well.add(files)

    def add_items(self, items: Sequence[Item]) -> None:
        """Learn from these pieces of the library, in place of what was chosen."""
        if not self.learner.busy:
            self.well.add_items(items)

    def _sources_changed(self) -> None:
        self.learner.give_up()
        if not self.sources:
            self._named = False
            self.table.hide()
        if not self._named:
            self.name.setText(self.well.named)
        self._fill_beginnings()

    # -- what to go on from, and for how long

    def _fill_beginnings(self) -> None:
        before = self.beginning.currentData()
        holds = self.seen.holds if self.seen is not None else {}
        found = beginnings(self.context.models.known, holds)
        self.beginning.blockSignals(True)
        self.beginning.clear()
        for one in found:
            self.beginning.addItem(self._called(one), one)
        chosen = next((row for row, one in enumerate(found) if one == before), None)
        if chosen is None:
            wanted = self.context.models.wanted
            chosen = next((row for row, one in enumerate(found) if one.name == wanted and one.domain == next(iter(holds))), 0)
        self.beginning.setCurrentIndex(chosen if found else -1)
        self.beginning.blockSignals(False)
        allow(self.beginning, "" if found else self.tr("Choose a folder or files first."))
        self._beginning_changed()

    def _called(self, one: Beginning) -> str:
        if one.folder:
            title = self.context.models.title(one.name)
            return self.tr("{model}  ({kind})").format(model=title, kind=kinds.label(one.domain, one.preset))
        return self.tr("Nothing: a new model ({kind})").format(kind=engine_word(get_preset(one.preset).label))

    @property
    def chosen(self) -> Beginning | None:
        """What it goes on from."""
        found = self.beginning.currentData()
        return found if isinstance(found, Beginning) else None

    def _beginning_changed(self) -> None:
        one = self.chosen
        self.say("")
        if one is None:
            said = self.tr("The models that fit are offered here as soon as it is clear what is to be learned.")
        elif not one.folder:
            said = self.tr("It begins knowing nothing, and needs thousands of pieces and many hours.")
        elif one.length and kinds.plays(one.domain):
            said = self.tr("It knows how such music goes already, and learns how yours does, in phrases of {bars} bars.")
        else:
            said = self.tr("It knows how {things} go already, and learns how yours do.")
        if one is not None:
            said = said.format(bars=one.length, things=kinds.many(one.domain, one.preset))
        self.about.setText(said)
        if self.sources and one is not None and not kinds.plays(one.domain):
            self.context.engine.run(
                partial(table_among, list(self.sources), one.domain), channel="learn table", name="look for tables",
                done=self._have_table, failed=lambda sentence, details: self.say(sentence),
            )  # fmt: skip
        else:
            self.table.hide()
        self._ready()

    def _have_table(self, found: Any) -> None:
        self.table.setVisible(found is not None)
        if found is not None and self.table.path != found[0]:
            self.table.show_file(found[0])
        self._ready()

    @property
    def minutes(self) -> int:
        """The time to give."""
        return self.times.checkedId() or self.own.value()

    # -- off it goes

    def _name_typed(self) -> None:
        self._named = bool(self.name.text().strip())
        self._ready()

    def _ready(self) -> None:
        reason = ""
        if not self.sources:
            reason = self.tr("Choose a folder or files first.")
        elif self.seen is None:
            reason = self.tr("Wait until it is clear what is in there.")
        elif self.chosen is None:
            reason = self.tr("Choose something that can be learned from.")
        elif self.table.isVisibleTo(self) and self.table.column is None:
            reason = self.tr("Choose the column that holds the text.")
        elif not self.name.text().strip():
            reason = self.tr("Give it a name.")
        allow(self.go, reason)
        self.own.setVisible(self.times.checkedId() == 0)

    def _begin(self) -> None:
        one = self.chosen
        if one is None or self.seen is None:
            return
        reading: tuple[str, ...] = ()
        if self.table.isVisibleTo(self):
            reading = tuple(f"--{name}={value}" for name, value in self.table.options().items() if value)
        files = self.seen.counts.get(one.domain, 0) if kinds.plays(one.domain) else 0
        wish = Wish(self.name.text().strip(), tuple(self.sources), one, float(self.minutes), files, reading)
        self.say("")
        try:
            self.learner.begin(wish)
        except FileError as error:
            self.say(spoken(error))
            return
        self.work.follow(wish.title)
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # not where it falls by itself, such as to what cancels
        self._show_work(True)

    def _show_work(self, shown: bool) -> None:
        self.work.setVisible(shown)
        self.form.setEnabled(not shown)
        if not shown:
            self._ready()

    def _ordered(self, order: object) -> None:
        self._show_work(False)
        self.well.clear()
        self.ready.emit(order)

    def _doubt(self, sentence: str, hopeless: bool) -> None:
        self._show_work(False)
        self.say(sentence)
        self.all_the_same.setVisible(not hopeless)

    def _all_the_same(self) -> None:
        self.all_the_same.hide()
        self.learner.all_the_same()

    def say(self, sentence: str) -> None:
        """Say what is wrong, next to the button."""
        self.error.say(sentence)
        self.all_the_same.hide()

    def shut(self) -> None:
        """The window closes."""
        self.learner.shut()
        self.well.shut()

    # -- words

    def retranslate(self) -> None:
        self.own.setSuffix(self.tr(" min"))
        self.own.setAccessibleName(self.tr("Minutes to learn"))
        self.beginning.setAccessibleName(self.tr("What it goes on from"))
        self._fill_beginnings()
