"""The Train page: models learn from what a person has, are watched while they do, and put to use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

import genstudio
from genstudio import paths
from genstudio.errors import FileError
from genstudio.gui import faces
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import allow, beside, stacked
from genstudio.gui.names import folder_for
from genstudio.gui.pages.base import ListPage
from genstudio.gui.speech import spoken
from genstudio.gui.theme import SPACE
from genstudio.gui.trainer import Order, Run, Trainer
from genstudio.gui.widgets.card_text import CardText
from genstudio.gui.widgets.entries import Entry
from genstudio.gui.widgets.form import Fold
from genstudio.gui.widgets.learn import LearnPanel
from genstudio.gui.widgets.training_run import RunPanel, state_of
from genstudio.gui.widgets.training_setup import TrainingSetup
from genstudio.gui.widgets.training_time import speed_key

__all__ = ["TrainPage"]

_SETUP, _RUN = range(2)
_MORE = 30  # minutes


class TrainPage(ListPage):
    """On the left all trainings, the newest first; beside them the one that is looked at, or a new one."""

    name = "train"
    icon = "train"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""  # name of the folder of a run that is looked at once it is found
        self._front = False
        self.entries.chosen.connect(self._chosen)
        self.side.new_button.clicked.connect(self.show_new)
        self.side.new_button.setIcon(icon("plus"))
        self.trainer = Trainer(context.engine, context.jobs, self)
        self.trainer.changed.connect(self._runs_changed)
        self.trainer.added.connect(self._added)
        self.trainer.ended.connect(self._ended)
        self.trainer.trouble.connect(context.bus.trouble)
        self.learn = LearnPanel(context)
        self.learn.ready.connect(self._start)
        context.bus.learn_from.connect(self._learn_from)
        self.setup = TrainingSetup(context)
        self.by_hand = Fold(self.setup, lambda: self.tr("By hand: from a corpus, with presets and all settings"))
        self.by_hand.toggled.connect(self._attend)
        new = QWidget()
        new.setMaximumWidth(880)
        inside = stacked(self.learn, into=new, margins=(0, 0, SPACE, 0), gap=2 * SPACE)
        inside.addWidget(self.by_hand, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.setup)
        inside.addStretch(1)
        self.setup.wanted.connect(self._start)
        self.panel = RunPanel(context)
        self.panel.asked.connect(self._asked)
        self.panel.remedy.connect(self._remedy)
        self.stack = QStackedWidget(self)
        for part in (new, self.panel):
            self.stack.addWidget(self.scrolled(part))
        beside(self.side, (self.stack, 1), into=self, margins=3 * SPACE, gap=3 * SPACE)
        self.new = self.new_action("Ctrl+Shift+N", self.show_new)
        self.pause_action = self.new_action("Ctrl+.", self._pause_or_resume)
        self.trainer.restore()
        self._runs_changed()

    def title(self) -> str:
        return self.tr("Train")

    def list_words(self) -> tuple[str, str, str]:
        nothing = self.tr("None yet. Each training is listed here, and can be paused and gone on with, also after a restart.")
        return self.tr("Trainings"), nothing, self.tr("New training")

    def entered(self) -> None:
        self._front = True
        wanted, self.context.bus.train_on = self.context.bus.train_on, ""
        if wanted:
            self.show_new()
            self.by_hand.setChecked(True)
            self.setup.corpus.prefer(wanted)
        self.setup.corpus.look()
        self._attend()

    def left(self) -> None:
        self._front = False
        self._attend()

    def take(self, paths: list[str]) -> None:
        self.show_new()
        self.learn.add(paths)

    def _learn_from(self, items: list[Item]) -> None:
        self.show_new()
        self.learn.add_items(items)

    def shut(self) -> None:
        """The window closes: what trains is paused, and keeps its state."""
        self.learn.shut()
        self.setup.shut()
        self.trainer.shut()

    def save(self) -> dict[str, object]:
        run = self.panel.run
        return {"run": run.folder.name if run is not None and self.stack.currentIndex() == _RUN else ""}

    def restore(self, state: dict[str, object]) -> None:
        wanted = state.get("run")
        if isinstance(wanted, str):
            self._wanted = wanted
            self._look_at_wanted()

    # -- the list

    def _runs_changed(self) -> None:
        self._show_list()
        self._attend()
        if self.panel.run is not None and self.panel.run not in self.trainer.runs:
            self.panel.show_run(None)
            self.show_new()
        self._look_at_wanted()

    def _added(self, run: Run) -> None:
        run.changed.connect(self._show_list)
        run.advanced.connect(self._show_list)

    def _show_list(self) -> None:
        entries = []
        for run in reversed(self.trainer.runs):
            words, tone = state_of(run)
            going = run.state in ("running", "pausing", "stopping", "paused")
            share = run.share if going and run.record.steps else None
            entries.append(Entry(run.folder.name, run.title, words, tone, share))
        self.side.show_entries(entries)

    def _find(self, key: str) -> Run | None:
        return next((run for run in self.trainer.runs if run.folder.name == key), None)

    def _chosen(self, key: str) -> None:
        run = self._find(key)
        if run is not None:
            self.stack.setCurrentIndex(_RUN)
            self.panel.show_run(run)
            self._attend()
            if self.isVisible() and not self.entries.hasFocus():  # never to a button that ends or deletes something
                self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at(self, run: Run) -> None:
        """Show this run."""
        self.entries.look_at(run.folder.name)
        self._chosen(run.folder.name)

    def _look_at_wanted(self) -> None:
        run = self._find(self._wanted) if self._wanted else None
        if run is not None:
            self._wanted = ""
            self.look_at(run)

    def show_new(self) -> None:
        """Show where a training is begun."""
        self.entries.look_at("")
        self.stack.setCurrentIndex(_SETUP)
        self._attend()

    def _attend(self, *_: object) -> None:
        looked_at = self._front and self.stack.currentIndex() == _SETUP and self.by_hand.isChecked()
        self.setup.in_front(looked_at, lambda: self.trainer.active is not None)

    # -- what a person asks for

    def _asked(self, what: str, run: Run) -> None:
        trainer = self.trainer
        ways: dict[str, Callable[[Run], object]] = {
            "resume": trainer.resume, "pause": trainer.pause, "stop": trainer.stop, "again": self._again, "discard": self._discard,
            "use": self._use, "longer": partial(trainer.longer, minutes=_MORE), "card": self._card,
            "figures": lambda run: self.context.bus.show_figures.emit(str(run.folder)),
        }  # fmt: skip
        ways[what](run)

    def _start(self, order: Order) -> None:
        try:
            run = self.trainer.add(order)
        except FileError as error:
            self.learn.say(spoken(error))
            self.setup.error.say(spoken(error))
            return
        self.look_at(run)

    def _pause_or_resume(self) -> None:
        run = self.panel.run
        if run is None or self.stack.currentIndex() != _RUN:
            run = self.trainer.active
        if run is not None and run.state == "running":
            self.trainer.pause(run)
        elif run is not None:
            self.trainer.resume(run)

    def _discard(self, run: Run) -> None:
        question = self.tr("{name} and all that it has learned is deleted.").format(name=run.title)
        if self.context.confirm(self.tr("Discard the training?"), question):
            self.trainer.discard(run)

    def _again(self, run: Run) -> None:
        question = self.tr("What {name} has learned so far is forgotten, and it trains from the beginning.").format(name=run.title)
        if not run.saved or self.context.confirm(self.tr("Start again?"), question):
            self.trainer.start_again(run)

    def _remedy(self, run: Run, changes: list[str]) -> None:
        order = run.order
        if order is None:
            return
        changed = {text.partition("=")[0] for text in changes}
        kept = [text for text in order.overrides if text.partition("=")[0] not in changed]
        self.trainer.stop(run)
        self._start(replace(order, overrides=(*kept, *changes), created=0.0))

    def _ended(self, run: Run) -> None:
        if run.order is not None and run.record.seconds_a_step is not None:
            key = speed_key(run.order.corpus, run.order.preset, run.order.overrides)
            self.setup.estimate.remember(key, run.record.seconds_a_step)

    # -- the model

    def _use(self, run: Run) -> None:
        if run.model and run.model in paths.installed_models() and run.state == "done":
            self._have_model(run.model)
            return
        out = folder_for(run.title, paths.user_models())
        allow(self.panel.use_button, self.tr("It is being installed."))
        task = self.context.engine.run(
            partial(genstudio.pack, run.folder, out), lane="model", name="install a model",
            done=partial(self._packed, run), failed=self.context.bus.trouble.emit,
        )  # fmt: skip
        task.finished.connect(self._installed)

    def _installed(self) -> None:
        allow(self.panel.use_button)

    def _packed(self, run: Run, result: dict[str, Any]) -> None:
        name = str(result["folder"]).replace("\\", "/").rpartition("/")[2]
        self.trainer.installed(run, name)
        faces.rename(str(result["folder"]), run.title)
        self.context.bus.models_changed.emit()
        self._have_model(name)

    def _have_model(self, name: str) -> None:
        self.context.models.load(name)
        self.context.bus.go.emit("create")

    def _card(self, run: Run) -> None:
        self.context.engine.run(
            partial(genstudio.model_card, run.folder), name="read a model card",
            done=lambda text: CardText(run.title, text, self).open(), failed=self.context.bus.trouble.emit,
        )  # fmt: skip

    # -- words

    def retranslate(self) -> None:
        self.new.setText(self.tr("New training"))
        self.pause_action.setText(self.tr("Pause or resume the training"))
        self._show_list()
