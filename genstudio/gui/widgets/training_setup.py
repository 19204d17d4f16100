"""What is to be trained: a corpus, a preset, the few settings that matter most, and all others folded away."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from genstudio.config import GROUPS, PRESETS, TrainConfig, get_preset, settings
from genstudio.gui.context import Context
from genstudio.gui.corpora import Facts
from genstudio.gui.layouts import Worded, Words, Wrong, allow, beside, new_button, new_label, stacked
from genstudio.gui.theme import SPACE
from genstudio.gui.trainer import Order
from genstudio.gui.widgets.corpus_details import about_corpus
from genstudio.gui.widgets.corpus_job import CorpusChoice
from genstudio.gui.widgets.form import Fold, Form, engine_word
from genstudio.gui.widgets.training_time import Asked, TrainingTime

__all__ = ["TrainingSetup"]

_BASIC = ("optimizer.steps", "optimizer.batch_size", "kl.weight", "word_dropout")


def _core_settings() -> dict[str, list[dict[str, Any]]]:
    from genstudio.models import cores

    return {name: settings(cores.options_class(name), "core.") for name in cores.names()}


def _values(preset: str) -> dict[str, Any]:
    config = get_preset(preset).config
    found = {name: value for name, value in dataclasses.asdict(config).items() if not isinstance(value, dict)}
    for group in ("kl", "optimizer", "prior"):
        found |= {f"{group}.{name}": value for name, value in dataclasses.asdict(getattr(config, group)).items()}
    return found | {f"core.{name}": value for name, value in config.core_options.items()}


class TrainingSetup(Worded, QWidget):
    """``wanted`` says that a training is to be begun."""

    wanted = Signal(object)  # Order

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.cores: dict[str, list[dict[str, Any]]] = {}
        self._named = False
        self._folder = ""  # of the corpus that the preset was taken for
        self._busy: Callable[[], bool] = lambda: False
        self.basic_box, basic = self._panel()
        everything = {about["name"]: about for about in self._engine_settings()}
        self.basic = Form([everything[name] for name in _BASIC], _values(next(iter(PRESETS))), self.basic_box)
        basic.addWidget(self.basic)
        self.more_box, self._more_place = self._panel()
        self.more_box.setVisible(False)
        self._headings: dict[str, QLabel] = {}
        self._forms: dict[str, Form] = {}
        self.fold = Fold(self.more_box, lambda: self.tr("All settings"), self)
        self.fold.toggled.connect(self._need_cores)
        self.estimate = TrainingTime(context, self._asked, self)
        self.start = new_button(self, self._start, "primary")
        self.error = Wrong(self)
        stacked(
            new_label(self, "title", lambda: self.tr("New training")), new_label(self, "muted", lambda: self.tr(
                "A model learns the phrases of a corpus, and from then on writes new ones. The settings are good as they are; "
                "training goes on in a process of its own, and can be paused, even by closing the window."
            ), wrap=True), self._make_choice(), self.basic_box, beside(self.fold, (self.estimate, 1), self.start, gap=2 * SPACE),
            self.error, self.more_box, None, into=self, margins=(0, 0, SPACE, 0), gap=2 * SPACE,
        )  # fmt: skip
        self.basic.changed.connect(self._settings_changed)
        self.corpus.currentIndexChanged.connect(self._corpus_changed)
        self.corpus.found.connect(self._corpus_changed)
        self.preset.currentIndexChanged.connect(self._preset_changed)
        self._show_presets("")
        self.retranslate()

    def _make_choice(self) -> QGridLayout:
        """The corpus, the preset and the name."""
        self.corpus = CorpusChoice(self.context, lambda one: "" if one.error else one.name, self)
        self.corpus.domain = ""  # of every kind
        self.preset, self.name = QComboBox(self), QLineEdit(self)
        self.corpus_about = new_label(self, "caption")
        go = partial(self.context.bus.go.emit, "corpus")
        self.new_corpus = new_button(self, go, "", lambda: self.tr("Build a corpus"))
        self.name.textEdited.connect(self._name_typed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        fields: tuple[tuple[int, QWidget, Words], ...] = (
            (0, self.corpus, lambda: self.tr("Corpus")), (2, self.preset, lambda: self.tr("Preset")),
            (3, self.name, lambda: (self.tr("Name"), self.tr("Name of the model"))),
        )  # fmt: skip
        for row, field, words in fields:
            grid.addWidget(new_label(self, "", words, of=field), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.new_corpus, 0, 2)
        grid.addWidget(self.corpus_about, 1, 1, 1, 2)
        return grid

    def _panel(self) -> tuple[QFrame, QVBoxLayout]:
        frame = QFrame(self)
        frame.setProperty("kind", "panel")
        return frame, stacked(into=frame, margins=2 * SPACE, gap=SPACE)

    @property
    def forms(self) -> dict[str, Form]:
        """The settings that are folded away, by group; they are made when they are first wanted."""
        if not self._forms:
            values = _values(str(self.preset.currentData()))
            rest = [about for about in self._engine_settings() if about["name"] not in (*_BASIC, "core")]
            seed = {"name": "seed", "default": 0, "label": "Seed", "low": 0, "high": 2**31 - 1,
                    "help": "Seed of all chance: the same seed gives the same model."}  # fmt: skip
            for group in ("optimizer", "kl", "prior"):
                self._add_group(group, [about for about in rest if about["name"].startswith(f"{group}.")], values)
            self._add_group("others", [*(about for about in rest if "." not in about["name"]), seed], values)
            self._name_groups()
        return self._forms

    def _value(self, group: str, name: str) -> Any:
        """That of a setting, whether its field is there yet or not."""
        return self._forms[group].value(name) if group in self._forms else _values(str(self.preset.currentData()))[name]

    @staticmethod
    def _engine_settings() -> list[dict[str, Any]]:
        groups: list[tuple[type[Any], str]] = [*((one, f"{name}.") for name, one in GROUPS.items()), (TrainConfig, "")]
        return [about for options, prefix in groups for about in settings(options, prefix)]

    def _add_group(self, name: str, group: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> None:
        if name not in self._headings:
            heading = new_label(self.more_box, "heading")
            self._headings[name] = heading
            self._more_place.addWidget(heading)
            heading.show()
        form = Form(group, values, self.more_box)
        form.changed.connect(self._settings_changed)
        self._more_place.addWidget(form)
        form.show()
        self._more_place.addSpacing(SPACE)
        self._forms[name] = form

    # -- what there is to learn from

    @property
    def chosen(self) -> Facts | None:
        """The corpus that is chosen."""
        return self.corpus.chosen

    def _corpus_changed(self) -> None:
        facts = self.chosen
        allow(self.corpus, "" if self.corpus.count() else self.tr("There is no corpus yet."))
        self._tell_corpus()
        if facts is not None and not self._named:
            self.name.setText(facts.name)
        self._show_presets(facts.domain if facts is not None else "")
        if facts is not None and facts.folder != self._folder:
            self._folder = facts.folder
            self.preset.setCurrentIndex(max(0, self.preset.findData(facts.preset())))
        self._ready()
        self.estimate.refresh()

    def _tell_corpus(self) -> None:
        facts = self.chosen
        nothing = self.tr("A model learns from a corpus; build one first.")
        self.corpus_about.setText(about_corpus(facts) if facts is not None else nothing)

    def _show_presets(self, domain: str) -> None:
        fitting = [preset for preset in PRESETS.values() if domain in ("", preset.domain)]
        if [self.preset.itemData(row) for row in range(self.preset.count())] != [preset.name for preset in fitting]:
            self.preset.clear()
            for preset in fitting:
                self.preset.addItem(engine_word(preset.label), preset.name)

    def _preset_changed(self) -> None:
        if self.preset.currentData() is None:
            return
        values = _values(str(self.preset.currentData()))
        self.basic.begin_at(values)
        for name, form in self._forms.items():
            if name != "core":
                form.begin_at(values)
        self._show_core()
        self._settings_changed()

    def _need_cores(self, shown: bool) -> None:
        if shown and self.forms and not self.cores:
            self.context.engine.run(_core_settings, lane="model", name="read the model's settings", done=self._have_cores)

    def _have_cores(self, found: dict[str, list[dict[str, Any]]]) -> None:
        self.cores = found
        self._show_core()
        self.retranslate()

    def _show_core(self) -> None:
        if not self.cores:
            return
        old = self.forms.pop("core", None)
        if old is not None:
            self._more_place.removeWidget(old)
            old.hide()
            old.deleteLater()
        preset = str(self.preset.currentData())
        self._add_group("core", self.cores[get_preset(preset).config.core], _values(preset))

    # -- how

    def overrides(self) -> list[str]:
        """``name=value`` of everything that was changed."""
        found = self.basic.overrides()
        for form in self._forms.values():
            found += [text for text in form.overrides() if not text.startswith("seed=")]
        return found

    def put(self, overrides: Sequence[str]) -> None:
        """Make these changes to the preset's settings."""
        for text in overrides:
            name, _, value = text.partition("=")
            for form in (self.basic, *self.forms.values()):
                if name in form.names:
                    before = form.value(name)
                    form.put(name, value == "true" if isinstance(before, bool) else type(before)(value))

    def _settings_changed(self) -> None:
        self.error.say("")
        self._ready()
        self.estimate.refresh()

    def _name_typed(self) -> None:
        self._named = bool(self.name.text().strip())
        self._ready()

    def _ready(self) -> None:
        reason = ""
        if self.chosen is None:
            reason = self.tr("Choose a corpus first.")
        elif not self.name.text().strip():
            reason = self.tr("Give the model a name.")
        else:
            reason = next((form.wrong for form in (self.basic, *self._forms.values()) if form.wrong), "")
        allow(self.start, reason)
        self.start.setText(self.tr("Add to the queue") if self._busy() else self.tr("Start"))
        self.start.setAccessibleName(self.start.text())

    def _start(self) -> None:
        facts = self.chosen
        if facts is not None:
            self.estimate.trial.stop()
            seed = int(self._forms["others"].value("seed")) if self._forms else 0
            self.wanted.emit(
                Order(self.name.text().strip(), facts.folder, str(self.preset.currentData()), tuple(self.overrides()), seed)
            )

    # -- how long it will take

    def in_front(self, shown: bool, busy: Callable[[], bool]) -> None:
        """Whether a person looks at it: only then something is measured, and only while nothing trains (``busy``)."""
        self._busy = busy
        self._ready()
        self.estimate.in_front(shown, busy)

    def _asked(self) -> Asked | None:
        facts = self.chosen
        if facts is None:
            return None
        fitted = bool(self._value("prior", "prior.steps")) and self._value("others", "bottleneck") == "vae"
        steps = int(self.basic.value("optimizer.steps"))
        return Asked(facts.folder, str(self.preset.currentData()), tuple(self.overrides()), steps, fitted)

    def shut(self) -> None:
        """The window closes."""
        self.estimate.shut()

    # -- words

    def retranslate(self) -> None:
        for row in range(self.preset.count()):
            self.preset.setItemText(row, engine_word(get_preset(self.preset.itemData(row)).label))
        self.basic.retranslate()
        self._name_groups()
        self._tell_corpus()
        self._ready()
        self.estimate.refresh()

    def _name_groups(self) -> None:
        headings = {
            "optimizer": self.tr("Optimiser"), "kl": self.tr("KL"), "prior": self.tr("Prior"),
            "others": self.tr("Data and decoder"), "core": self.tr("Model"),
        }  # fmt: skip
        for name, label in self._headings.items():
            label.setText(headings[name])
        for form in self._forms.values():
            form.retranslate()
