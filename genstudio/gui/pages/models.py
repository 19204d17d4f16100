"""The Models page: every model as a card with what it is for and how good it is, all figures of it, and measuring more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from genstudio.gui import faces
from genstudio.gui.context import Context
from genstudio.gui.folders import choose_folder
from genstudio.gui.layouts import allow, beside, new_button, new_label, stacked
from genstudio.gui.measured import Measured, copy_of, listed, with_result
from genstudio.gui.measuring import Measurer
from genstudio.gui.names import free_title
from genstudio.gui.pages.base import ListPage
from genstudio.gui.theme import SPACE
from genstudio.gui.verdicts import summary
from genstudio.gui.widgets.attribute_maker import AttributeMaker
from genstudio.gui.widgets.entries import Entry
from genstudio.gui.widgets.figures import Figures
from genstudio.gui.widgets.form import Fold
from genstudio.gui.widgets.measure_form import MeasureForm
from genstudio.gui.widgets.model_face import ModelFace

__all__ = ["ModelsPage"]

_MOST = 6  # models side by side


class Owner(QObject):
    """Does with the model that is looked at what its owner asks for."""

    changed = Signal(str)  # the folder to look at now, or ""
    forgotten = Signal(str)  # a folder that is not to be listed any more

    def __init__(self, context: Context, face: ModelFace, names: Callable[[], list[str]]) -> None:
        super().__init__(face)
        self.context, self._face, self._names = context, face, names
        face.use.connect(self._use)
        face.renamed.connect(lambda title: self._change(partial(faces.rename, title=title), "rename a model"))
        face.duplicate.connect(self._duplicate)
        face.delete.connect(self._delete)

    def _use(self) -> None:
        model = self._face.model
        if model is not None:
            known = {str(one.get("folder")): str(one["name"]) for one in self.context.models.known}
            self.context.models.load(known.get(model.key, model.key))

    def _duplicate(self) -> None:
        if self._face.model is not None:
            wish = self.tr("{name}, copy").format(name=self._face.model.face.title)
            title = free_title(wish, {name.lower() for name in self._names()})
            self._change(partial(faces.duplicate, title=title), "duplicate a model")

    def _delete(self) -> None:
        model = self._face.model
        if model is None:
            return
        if not model.face.own:
            self.forgotten.emit(model.key)
            return
        question = self.tr("{name} is deleted with its figures. What was made with it stays in the library.")
        if self.context.confirm(self.tr("Delete the model?"), question.format(name=model.face.title)):
            self._change(faces.delete, "delete a model")

    def _change(self, what: Any, name: str) -> None:
        """Do something with its folder, in the background."""
        model = self._face.model
        if model is not None:
            self.context.engine.run(
                partial(what, model.key), name=name, done=lambda folder: self.changed.emit(folder or ""),
                failed=self.context.bus.trouble.emit,
            )  # fmt: skip


class ModelsPage(ListPage):
    """On the left all models; beside them the card of the one that is looked at, and, folded, the figures of it and of those that
    are ticked."""

    name = "models"
    icon = "models"
    least = 248

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.models: list[Measured] = []
        self.ticked: list[str] = []
        self._wanted = ""  # folder of the model to look at once it is listed
        self._also: list[str] = []  # folders that were opened
        self._results: dict[str, dict[str, Any]] = {}  # of what was measured here, by folder
        self.entries.chosen.connect(lambda key: self._show())
        self.entries.ticked.connect(self._tick)
        self.side.new_button.clicked.connect(self._open_folder)
        self.measurer = Measurer(context.jobs, self)
        self.area = self.scrolled(self._make_middle())
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.measurer.done.connect(self._measured)
        self.measurer.failed.connect(lambda sentence: self.refresh())
        self.measurer.stopped.connect(self._list)
        self.measurer.begun.connect(lambda *_: self._list())
        beside(self.side, (self.area, 1), into=self, margins=(3 * SPACE, 3 * SPACE, 2 * SPACE, 3 * SPACE), gap=3 * SPACE)
        self.measure_action = self.new_action("Ctrl+M", self._measure)
        self.copy_action = self.new_action("Ctrl+Shift+C", self.figures.copy)
        context.bus.models_changed.connect(self.refresh)
        context.bus.show_figures.connect(self.look_at)
        context.models.changed.connect(self._opened)

    def _make_middle(self) -> QWidget:
        context, page = self.context, QWidget(self)
        self.face = ModelFace(context, page)
        self.owner = Owner(context, self.face, lambda: [one.name for one in self.models])
        self.owner.changed.connect(self._changed)
        self.owner.forgotten.connect(self._forget)
        self.form = MeasureForm(context, self.measurer, page)
        self.form.hide()
        self.learner = AttributeMaker(context, page)
        self.learner.hide()
        self.learner.learned.connect(self._learned)
        self.learner.trouble.connect(context.bus.trouble)
        self.figures = Figures(context, page)
        self.fold = Fold(self.figures, lambda: self.tr("All figures"), page)
        self.fold.toggled.connect(lambda on: self._list())
        self.shape_button = new_button(page, words=lambda: self.tr("Learn what can be shaped"))
        self.shape_button.setCheckable(True)
        self.shape_button.toggled.connect(lambda on: self._show_learner())
        self.measure_button = new_button(page, self._measure, "", lambda: (self.tr("Measure"), self.tr("Measure the model")))
        self.form.left.connect(self.measure_button.setFocus)
        self.nothing = new_label(
            page, "muted", lambda: self.tr("There are no models yet. Train one, or open the folder of one."), wrap=True
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stacked(
            self.nothing, self.face, beside(self.fold, None, self.shape_button, self.measure_button, gap=SPACE), self.form,
            self.learner, self.figures, None, into=page, margins=(0, 0, SPACE, 0), gap=SPACE + 4,
        )  # fmt: skip
        return page

    def title(self) -> str:
        return self.tr("Models")

    def list_words(self) -> tuple[str, str, str]:
        nothing = self.tr("None yet. Models that are installed, trained or opened are listed here.")
        return self.tr("Models"), nothing, self.tr("Open a model folder")

    def entered(self) -> None:
        self.refresh()

    def shut(self) -> None:
        """The window closes: what is being measured is given up."""
        self.measurer.shut()

    def save(self) -> dict[str, object]:
        return {
            "model": self.entries.current, "beside": list(self.ticked), "also": list(self._also), "measure": self.form.form.values,
            "figures": self.fold.isChecked(),
        }  # fmt: skip

    def restore(self, state: dict[str, object]) -> None:
        model, beside, also, measure = (state.get(name) for name in ("model", "beside", "also", "measure"))
        if isinstance(model, str):
            self._wanted = model
        if isinstance(beside, list):
            self.ticked = [key for key in beside if isinstance(key, str)][:_MOST]
        if isinstance(also, list):
            self._also = [key for key in also if isinstance(key, str)]
        if isinstance(measure, dict):
            self.form.form.restore(measure)
        self.fold.setChecked(state.get("figures") is True)
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
        self.face.show_model(self.face.model)

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
        found = [replace(one, name=one.face.title) for one in models]
        self.models = [with_result(one, self._results[one.key]) if one.key in self._results else one for one in found]
        keys = [model.key for model in models]
        self._also = [key for key in self._also if key in keys]
        self.ticked = [key for key in self.ticked if key in keys]
        wanted, self._wanted = self._wanted, ""
        wanted = wanted if not wanted or wanted in keys else str(copy_of(Path(wanted)) or "")
        current = self.context.models.current
        in_use = str(current.folder) if current is not None else ""
        options = (wanted, self.entries.current, in_use, next((model.key for model in models if model.figures), ""), *keys[:1])
        self._list(next((key for key in options if key in keys), ""))
        self._show()

    def _list(self, chosen: str | None = None) -> None:
        side_by_side = self.fold.isChecked()  # else a tick would change nothing that can be seen
        entries = [
            Entry(one.key, one.name, *self._state(one), None, one.key in self.ticked if side_by_side else None)
            for one in self.models
        ]  # fmt: skip
        self.side.show_entries(entries, chosen)
        self.side.hint.setVisible(len(entries) > 1 and side_by_side)

    def _state(self, model: Measured) -> tuple[str, str]:
        if model.error:
            return self.tr("Damaged"), "bad"
        if self.measurer.running and self.measurer.wish is not None and self.measurer.wish.model == model.key:
            return self.tr("Is being measured"), "accent"
        return summary(model.judged)

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
        self.nothing.setVisible(first is None)
        self.face.show_model(first)
        self.form.show_models(models)
        self.figures.show_models(models)
        for part in (self.fold, self.measure_button):
            part.setVisible(first is not None)
        allow(self.measure_button, first.error if first is not None else "")
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

    # -- what becomes of one

    def _changed(self, folder: str) -> None:
        self._wanted = folder
        self.context.bus.models_changed.emit()

    def _forget(self, folder: str) -> None:
        """List a model no longer that lies elsewhere, and stays there."""
        self._also = [key for key in self._also if key != folder]
        self.refresh()

    # -- measuring

    def _measure(self) -> None:
        if self.shown and self.measure_button.isEnabled():
            self.form.ask()
            QTimer.singleShot(0, self.form, lambda: self.area.ensureWidgetVisible(self.form))  # once it has its place

    def _measured(self, told: tuple[str, dict[str, Any]]) -> None:
        folder, result = told
        self._results[folder] = result
        self.context.bus.say.emit(self.tr("The figures are here."))
        self.refresh()

    # -- words

    def retranslate(self) -> None:
        self.entries.setAccessibleDescription(self.tr("Space ticks a model, to see it beside the others."))
        self.side.hint.setText(self.tr("Tick models to see them side by side."))
        self.measure_action.setText(self.tr("Measure the model"))
        self.copy_action.setText(self.tr("Copy the figures as a table"))
        self.models = [replace(one, name=one.face.title) for one in self.models]
        self._list()
        self._show()
