"""The Models page: what was measured of every model, one by one or side by side, and measuring more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

import genstudio
from genstudio.errors import FileError
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.folders import choose_folder
from genstudio.gui.icons import icon
from genstudio.gui.measured import Measured, listed, with_result, written
from genstudio.gui.measuring import Measurer, Wish
from genstudio.gui.pages.base import Page
from genstudio.gui.speech import spoken
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.attribute_maker import AttributeMaker
from genstudio.gui.widgets.entries import Entry, EntryPanel
from genstudio.gui.widgets.figure_curves import FigureCurves
from genstudio.gui.widgets.figure_table import FigureTable
from genstudio.gui.widgets.measure_form import MeasureForm
from genstudio.gui.widgets.tables import Table
from genstudio.progress import Progress

__all__ = ["ModelsPage"]

_NOTHING, _TABS = range(2)
_MOST = 6  # models side by side
_LOW = 600  # pixels


class ModelsPage(Page):
    """On the left all models; beside them the figures of the one that is looked at, and of those that are ticked."""

    name = "models"
    icon = "models"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.models: list[Measured] = []
        self.ticked: list[str] = []
        self._wanted = ""  # folder of the model to look at once it is listed
        self._also: list[str] = []  # folders that were opened
        self._waiting: list[Wish] = []
        self._results: dict[str, dict[str, Any]] = {}  # of what was measured here, by folder
        self.measurer = Measurer(context.jobs, self)
        self.measurer.progressed.connect(self._progressed)
        self.measurer.done.connect(self._measured)
        self.measurer.failed.connect(self._failed)
        self.measurer.stopped.connect(self._stopped)
        self.side = EntryPanel(context.theme, self)
        self.entries = self.side.entries
        self.entries.chosen.connect(lambda key: self._show())
        self.entries.ticked.connect(self._tick)
        self.side.new_button.clicked.connect(self._open_folder)
        self.hint = QLabel(self.side)
        self.hint.setProperty("kind", "caption")
        self.hint.setWordWrap(True)
        column = self.side.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.hint)
        head = self._make_head()
        self.form = MeasureForm(context, self)
        self.form.hide()
        self.form.wanted.connect(self._begin)
        self.form.stop.connect(self._stop)
        self.form.turned.connect(self._make_room)
        self.form.build_corpus.connect(partial(context.bus.go.emit, "corpus"))
        self.learner = AttributeMaker(context, self)
        self.learner.hide()
        self.learner.learned.connect(self._learned)
        self.learner.trouble.connect(context.bus.trouble)
        self.note = QFrame(self)
        self.note.setProperty("kind", "well")
        self.note_words = QLabel(self.note)
        self.note_words.setWordWrap(True)
        inside = QHBoxLayout(self.note)
        inside.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        inside.addWidget(self.note_words)
        self.note.hide()
        self.table = FigureTable(context.theme, self)
        self.curves = FigureCurves(context.theme, self)
        self.nearest = Table(self._near_words, 4, self, many=True)
        self.tabs = QTabWidget(self)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.table, self.curves, self.nearest):
            self.tabs.addTab(self._framed(part), "")
        self.nothing = QLabel(self)
        self.nothing.setProperty("kind", "muted")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.tabs)
        middle = QVBoxLayout()
        middle.setSpacing(SPACE + 4)
        middle.addLayout(head)
        middle.addWidget(self.form)
        middle.addWidget(self.learner)
        middle.addWidget(self.note)
        middle.addWidget(self.stack, 1)
        middle.addStretch(0)
        box = QHBoxLayout(self)
        box.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        box.setSpacing(3 * SPACE)
        box.addWidget(self.side)
        box.addLayout(middle, 1)
        self.measure_action = QAction(self)
        self.measure_action.setShortcut("Ctrl+M")
        self.measure_action.triggered.connect(self._measure)
        self.copy_action = QAction(self)
        self.copy_action.setShortcut("Ctrl+Shift+C")
        self.copy_action.triggered.connect(self._copy_markdown)
        context.bus.models_changed.connect(self.refresh)
        context.bus.show_figures.connect(self.look_at)
        context.models.changed.connect(self._opened)

    def _make_head(self) -> QHBoxLayout:
        self.heading = QLabel(self)
        self.heading.setProperty("kind", "title")
        self.heading.setWordWrap(True)
        self.about = QLabel(self)
        self.about.setProperty("kind", "muted")
        self.about.setWordWrap(True)
        self.card_button = QPushButton(self)
        self.card_button.setProperty("kind", "quiet")
        self.card_button.clicked.connect(self._card)
        self.copy_button = QPushButton(self)
        menu = QMenu(self.copy_button)
        self.copy_markdown = menu.addAction("")
        self.copy_markdown.triggered.connect(self._copy_markdown)
        self.copy_tabs = menu.addAction("")
        self.copy_tabs.triggered.connect(lambda: self._copy(self.table.as_tabs()))
        self.copy_button.setMenu(menu)
        self.shape_button = QPushButton(self)
        self.shape_button.setCheckable(True)
        self.shape_button.toggled.connect(lambda on: self._show_learner())
        self.measure_button = QPushButton(self)
        self.measure_button.setProperty("kind", "primary")
        self.measure_button.clicked.connect(self._measure)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.heading)
        words.addWidget(self.about)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addLayout(words, 1)
        for button in (self.card_button, self.copy_button, self.shape_button, self.measure_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    @staticmethod
    def _framed(part: QWidget) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, SPACE + 4, 0, 0)
        box.addWidget(part)
        return page

    def title(self) -> str:
        return self.tr("Models")

    def commands(self) -> list[QAction]:
        return [self.measure_action, self.copy_action]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.side.fit(event.size().width())
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a low window the form is there for itself."""
        low = self.height() < _LOW and self.form.asking
        self.stack.setVisible(not low)
        self.note.setVisible(bool(self.note_words.text()) and self.stack.currentIndex() == _TABS and not low)

    def entered(self) -> None:
        self.refresh()

    def shut(self) -> None:
        """The window closes: what is being measured is given up."""
        self._waiting.clear()
        self.measurer.shut()

    def save(self) -> dict[str, object]:
        return {"model": self.entries.current, "beside": list(self.ticked), "also": list(self._also), "measure": self.form.values()}

    def restore(self, state: dict[str, object]) -> None:
        model, beside, also, measure = (state.get(name) for name in ("model", "beside", "also", "measure"))
        if isinstance(model, str):
            self._wanted = model
        if isinstance(beside, list):
            self.ticked = [key for key in beside if isinstance(key, str)][:_MOST]
        if isinstance(also, list):
            self._also = [key for key in also if isinstance(key, str)]
        if isinstance(measure, dict):
            self.form.put(measure)
        self.refresh()

    # -- the list

    def refresh(self) -> None:
        """Read anew what there is."""
        self.context.engine.run(
            partial(listed, list(self._also)), channel="figures of models", name="read figures", done=self._have,
            failed=self.context.bus.trouble.emit,
        )  # fmt: skip

    def _opened(self, model: Any) -> None:
        folder = str(model.folder)
        if folder not in self._also and all(one.key != folder for one in self.models):
            self._also.append(folder)
            self.refresh()

    def _open_folder(self) -> None:
        folder = choose_folder(self, self.context.settings, "models", self.tr("Choose the folder of a model"))
        if folder:
            self.add(folder)

    def add(self, folder: str) -> None:
        """List the model in a folder, too, and look at it."""
        self._also = list(dict.fromkeys([*self._also, folder]))
        self.look_at(folder)

    def look_at(self, folder: str) -> None:
        """Show this model, as soon as it is listed."""
        self._wanted = folder
        self.refresh()

    def _have(self, models: list[Measured]) -> None:
        self.models = [with_result(one, self._results[one.key]) if one.key in self._results else one for one in models]
        keys = [model.key for model in models]
        self._also = [key for key in self._also if key in keys]
        self.ticked = [key for key in self.ticked if key in keys]
        wanted, self._wanted = self._wanted, ""
        current = self.context.models.current
        in_use = str(current.folder) if current is not None else ""
        options = (wanted, self.entries.current, in_use, next((model.key for model in models if model.figures), ""), *keys[:1])
        self._list(next((key for key in options if key in keys), ""))
        self._show()

    def _list(self, chosen: str | None = None) -> None:
        entries = [Entry(one.key, one.name, *self._state(one), None, one.key in self.ticked) for one in self.models]
        self.entries.show_entries(entries, chosen)
        self.side.empty.setVisible(not entries)
        self.entries.setVisible(bool(entries))
        self.hint.setVisible(len(entries) > 1)

    def _state(self, model: Measured) -> tuple[str, str]:
        if model.error:
            return self.tr("Damaged"), "bad"
        words = _kind(model)
        if self.measurer.running and self.measurer.wish is not None and self.measurer.wish.model == model.key:
            return self.tr("Is being measured"), "accent"
        return (words, "") if model.figures else (self.tr("{kind}, not measured").format(kind=words), "")

    def _tick(self, key: str, on: bool) -> None:
        beside = [one for one in self.ticked if one != key]
        if on and len(beside) >= _MOST:
            self.context.bus.say.emit(self.tr("{count} models are ticked already, as many as fit.").format(count=_MOST))
            return
        self.ticked = [*beside, key] if on else beside
        self._list()
        self._show()

    # -- what is looked at

    @property
    def shown(self) -> list[Measured]:
        """The model that is looked at, then those that are ticked."""
        by_key = {model.key: model for model in self.models}
        keys = dict.fromkeys([self.entries.current, *self.ticked])
        return [by_key[key] for key in keys if key in by_key]

    def _show(self) -> None:
        models = self.shown
        first = models[0] if models else None
        self.heading.setText(first.name if first is not None else self.tr("Models"))
        self.about.setText(self._about(first) if first is not None else "")
        self.form.show_models(models)
        with_figures = [model for model in models if model.figures]
        self.table.show_models(models if with_figures else [])
        self.curves.show_models(with_figures)
        self.tabs.setTabEnabled(1, bool(self.curves.plots))
        self.tabs.setTabToolTip(1, "" if self.curves.plots else self.tr("Measure with interpolation pairs to see curves."))
        near = first.nearest if first is not None else ()
        self.nearest.put([(one.number, one.longest, one.distance, one.title, one.source, one.copied) for one in near])
        self.tabs.setTabEnabled(2, bool(near))
        samples = self.tr("Measure with samples; what they are near to is shown while the window is open.")
        self.tabs.setTabToolTip(2, "" if near else samples)
        self.stack.setCurrentIndex(_TABS if with_figures else _NOTHING)
        self.nothing.setText(self._why_nothing(first))
        remarks = self._remarks(models)
        self.note_words.setText("\n".join(remarks))
        self._make_room()
        for button in (self.copy_button, self.copy_markdown, self.copy_tabs):
            button.setEnabled(bool(with_figures))
        self.copy_button.setToolTip("" if with_figures else self.tr("There are no figures yet."))
        usable = first is not None and not first.error
        self.card_button.setEnabled(usable)
        self.card_button.setToolTip("" if usable else self.tr("Choose a model first."))
        self._tell_measure(usable)
        self._show_learner()

    def _show_learner(self) -> None:
        """Offer what a model lacks that has learned no attributes."""
        first = self.shown[0] if self.shown else None
        lacks = first is not None and not first.error and not first.shapes
        self.shape_button.setVisible(lacks)
        self.learner.setVisible(lacks and self.shape_button.isChecked())
        if first is not None and lacks:
            self.learner.tell(first.name, Path(first.key), first.domain)

    def _learned(self, folder: str) -> None:
        self.shape_button.setChecked(False)
        self.context.bus.models_changed.emit()
        current = self.context.models.current
        if current is not None and str(current.folder) == folder:
            self.context.models.load(folder)

    def _tell_measure(self, usable: bool) -> None:
        self.measure_button.setEnabled(usable)
        self.measure_button.setToolTip("" if usable else self.tr("Choose a model first."))

    def _near_words(self, row: int, column: int, value: Any) -> str:
        if column == 2:
            return written(value, 3) or "–"
        if column == 5:
            return self.tr("a long passage") if value else ""
        return str(value)

    def _about(self, model: Measured) -> str:
        if model.error:
            return model.error
        parts = [_kind(model), f"{model.core}, {model.bottleneck}"]
        if model.run:
            parts.append(self.tr("of a training"))
        parts.append(self.tr("measured on the {on}").format(on=self._on(model.on)) if model.on else self.tr("not measured yet"))
        return "  ·  ".join(parts)

    def _on(self, said: str) -> str:
        """What a model was measured on: of the engine's words those that are not a name, in the language of the window."""
        split, _, corpus = said.partition(" split of ")
        known = {
            "train": self.tr("train split of {corpus}"), "valid": self.tr("valid split of {corpus}"),
            "test": self.tr("test split of {corpus}"),
        }  # fmt: skip
        return known[split].format(corpus=corpus) if corpus and split in known else said

    def _why_nothing(self, model: Measured | None) -> str:
        if model is None:
            return self.tr("There are no models yet. Train one, or open the folder of one.")
        if model.error:
            return model.error
        return self.tr(
            "Nothing has been measured of {name} yet.\n\nMeasuring shows how much of a piece comes back, how likely the model "
            "finds pieces that it has not seen, how much of its latent space is in use, and how smooth the way between two "
            "pieces is."
        ).format(name=model.name)

    def _remarks(self, models: Sequence[Measured]) -> list[str]:
        """What must be known to read the table."""
        found, others = [], []
        for model in models[1:]:
            if model.figures and models[0].figures and model.pieces != models[0].pieces:
                count = model.figures.get(("n",))
                words = self.tr("{count} pieces").format(count=f"{count:,}") if isinstance(count, int) else "?"
                others.append(f"{model.name} ({self._on(model.on) or '?'}, {words})")
        if others:
            what = self.tr("Measured on other pieces than {first}, and so not compared with it: {others}.")
            found.append(what.format(first=models[0].name, others=", ".join(others)))
        missing = [model.name for model in models if not model.figures]
        if missing:
            found.append(self.tr("Not measured yet: {names}.").format(names=", ".join(missing)))
        compared = [model for model in models if model.figures and model.pieces == models[0].pieces]
        if len({model.tokenizer for model in compared}) > 1:
            found.append(self.tr("Their tokenizers differ: figures that count tokens are not compared."))
        for model in models:
            found += [f"{model.name}: {remark}" if len(models) > 1 else remark for remark in map(spoken, model.remarks)]
        return found

    # -- measuring

    def _measure(self) -> None:
        if not self.measure_button.isEnabled():
            return
        self.form.show()
        self.form.look()
        target = self.form.stop_button if self.measurer.running else self.form.corpora
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, wishes: list[Wish]) -> None:
        self._waiting = list(wishes)
        self._next()

    def _next(self) -> None:
        if not self._waiting or self.measurer.running:
            return
        wish = self._waiting.pop(0)
        title = self.tr("Figures of {name}").format(name=wish.name)
        try:
            self.measurer.start(title, wish)
        except FileError as error:
            self._failed(spoken(error))
            return
        self.form.begin(wish, len(self._waiting))
        self._list()

    def _progressed(self, told: Progress) -> None:
        self.form.tell(told)

    def _measured(self, folder: str, result: dict[str, Any]) -> None:
        self._results[folder] = result
        self.context.bus.say.emit(self.tr("The figures are here."))
        if self._waiting:
            self._next()
        if not self.measurer.running:
            self.form.over()
            if self.form.in_focus:
                self.measure_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.hide()
        self.refresh()

    def _failed(self, sentence: str) -> None:
        self._waiting.clear()
        self.form.over()
        self.form.say(sentence)
        self.form.show()
        self.refresh()

    def _stop(self) -> None:
        self._waiting.clear()
        self.measurer.stop()

    def _stopped(self) -> None:
        self._waiting.clear()
        self.form.over()
        self._list()

    # -- copying, the card

    def _copy_markdown(self) -> None:
        if self.table.models:
            self._copy(self.table.as_markdown())

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.context.bus.say.emit(self.tr("The table is on the clipboard."))

    def _card(self) -> None:
        models = self.shown
        if models:
            self.context.engine.run(
                partial(genstudio.model_card, models[0].key), name="read a model card",
                done=partial(self._show_card, models[0].name), failed=self.context.bus.trouble.emit,
            )  # fmt: skip

    def _show_card(self, title: str, text: str) -> None:
        from genstudio.gui.widgets.card_text import CardText

        CardText(title, text, self).open()

    # -- looks and words

    def retheme(self) -> None:
        self.copy_button.setIcon(icon("copy", self.context.theme.colours))

    def retranslate(self) -> None:
        self.side.heading.setText(self.tr("Models"))
        self.side.empty.setText(self.tr("None yet. Models that are installed, trained or opened are listed here."))
        self.side.new_button.setText(self.tr("Open a model folder"))
        self.side.new_button.setAccessibleName(self.tr("Open a model folder"))
        self.entries.setAccessibleName(self.tr("Models"))
        self.entries.setAccessibleDescription(self.tr("Space ticks a model, to see it beside the others."))
        self.hint.setText(self.tr("Tick models to see them side by side."))
        self.card_button.setText(self.tr("Model card"))
        self.card_button.setAccessibleName(self.tr("Show the model card"))
        self.copy_button.setText(self.tr("Copy as a table"))
        self.copy_button.setAccessibleName(self.tr("Copy as a table"))
        self.copy_markdown.setText(self.tr("Markdown"))
        self.copy_tabs.setText(self.tr("Tabs between the cells, every digit"))
        self.shape_button.setText(self.tr("Learn what can be shaped"))
        self.shape_button.setAccessibleName(self.tr("Learn what can be shaped"))
        self.measure_button.setText(self.tr("Measure"))
        self.measure_button.setAccessibleName(self.tr("Measure the model"))
        self.measure_action.setText(self.tr("Measure the model"))
        self.copy_action.setText(self.tr("Copy the figures as a table"))
        self.tabs.setTabText(0, self.tr("Figures"))
        self.tabs.setTabText(1, self.tr("Curves"))
        self.tabs.setTabText(2, self.tr("Nearest training pieces"))
        self.nearest.name(
            [
                self.tr("Sample"), self.tr("Longest shared"), self.tr("Distance"), self.tr("Nearest training piece"),
                self.tr("Its source"), self.tr("Copied"),
            ],
            self.tr("Find a piece"), [7, 12, 9, 26, 30, 14],
        )  # fmt: skip
        self.nearest.view.setAccessibleName(self.tr("Samples beside the training pieces nearest to them"))
        self.tabs.tabBar().setAccessibleName(self.tr("Figures or curves"))
        self.form.retranslate()
        self.table.retranslate()
        self._list()
        self._show()


def _kind(model: Measured) -> str:
    """What a model makes."""
    kind = kinds.label(model.domain, model.preset)
    if not model.length:
        return kind
    return QCoreApplication.translate("ModelsPage", "{kind} of {count} bars").format(kind=kind, count=model.length)
