"""Sliders for what a piece has: more or less of it, in words and in units; and where a model knows none, how it learns them."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from genstudio.domains import get_domain, piece_type
from genstudio.gui.kinds import FIRST
from genstudio.gui.layouts import Worded, having, named, new_button, new_label, stacked
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.speech import Told
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.attribute_maker import AttributeMaker
from genstudio.gui.widgets.form import engine_word

__all__ = ["ShapePanel"]

_FINE = 10  # places of a slider for one standard deviation
_MOST = 3  # standard deviations


class ShapePanel(Worded, QWidget):
    """One slider for each attribute that the model has learned, which is asked for them; ``changes`` are in standard deviations."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.desk = desk.context, desk
        self._asked: Any = None  # the model that was asked
        self._unshaped: Any = None  # the model that is loaded, where it has learned none
        self._attributes: list[dict[str, Any]] = []
        self._domain = FIRST
        self._piece: Any = None
        self._made: Any = None
        self._wanted: dict[str, float] = {}  # of sliders that are yet to come
        self.sliders: dict[str, QSlider] = {}
        self._names: dict[str, QLabel] = {}
        self.readouts: dict[str, QLabel] = {}
        self.problem = new_label(kind="warn", wrap=True)
        self.problem.hide()
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(2)
        self.learner = AttributeMaker(desk.context)
        self.learner.hide()
        self.learner.learned.connect(self._learned)
        stacked(self.problem, self._holder, self.learner, into=self, gap=SPACE)
        self.reset = new_button(None, self.clear, "quiet")
        self.retranslate()

    # -- asking the model

    def forget(self) -> None:
        """Another model came: it is asked anew."""
        self._asked = None

    def refresh(self) -> None:
        """Show what can be done with the model and the piece that are there now."""
        shown = self.desk.tool == "shape"
        self.setVisible(shown)
        self.reset.setVisible(shown and bool(self.sliders))
        if not shown:
            return
        model = self.desk.model
        self.learner.setVisible(model is not None and model is self._unshaped)
        if model is not None and self._asked is not model:
            self._asked = model
            self.context.engine.run(
                lambda: model.attributes, lane="model", channel="create.attributes", name="attributes",
                done=partial(self._have, model), failed=partial(self._none, model),
            )  # fmt: skip
        desk, results = self.desk, self.desk.state.results.get("shape")
        made = results.items[0].piece if results is not None and results.items else None
        self._set_piece(desk.shown(desk.ends[0]), made, desk.domain)

    def _none(self, model: Any, sentence: str, details: str) -> None:
        """Say why there are no sliders, or, where that can be mended, how."""
        if model is not self.desk.model:  # another one came meanwhile
            return
        if isinstance(sentence, Told) and sentence.remedy == "learn-attributes":
            self._unshaped = model
            self._say("")
            self.learner.tell(model.name, model.folder, model.domain.name)
        else:
            self._say(sentence)
        self.refresh()

    def _learned(self, folder: str) -> None:
        """A model has learned what it can shape: it is loaded again, so that it knows."""
        self.context.bus.models_changed.emit()
        current = self.context.models.current
        if current is not None and str(current.folder) == folder:
            self._unshaped = None
            self.context.models.load(folder)

    def _have(self, model: Any, found: list[dict[str, Any]]) -> None:
        if model is not self.desk.model:  # another one came meanwhile
            return
        measured = [one for one in found if one["kind"] == "measure"]
        self._set_attributes(measured or found, self.desk.domain)
        self.refresh()
        self.changed.emit()

    # -- the sliders

    @property
    def changes(self) -> dict[str, float]:
        """What is asked for."""
        return self._wanted | {name: slider.value() / _FINE for name, slider in self.sliders.items() if slider.value()}

    def put(self, changes: dict[str, float]) -> None:
        """Ask for other changes; those for which there is no slider wait for it."""
        self._wanted = {name: change for name, change in changes.items() if name not in self.sliders}
        for name, slider in self.sliders.items():
            slider.setValue(round(float(changes.get(name, 0.0)) * _FINE))

    def clear(self) -> None:
        """Ask for nothing."""
        self.put({})

    def _say(self, problem: str) -> None:
        """Say why there are no sliders."""
        self._set_attributes([], self._domain)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _set_attributes(self, attributes: list[dict[str, Any]], domain: str) -> None:
        """Have a slider for each of these (as ``Model.attributes`` lists them)."""
        before = self.changes
        self._wanted = {} if attributes else before
        for widget in (*self.sliders.values(), *self._names.values(), *self.readouts.values()):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self.sliders, self._names, self.readouts = {}, {}, {}
        self._attributes, self._domain = attributes, domain
        self.problem.hide()
        half = -(-len(attributes) // 2)
        for number, one in enumerate(attributes):
            name = str(one["name"])
            label, slider = QLabel(), QSlider(Qt.Orientation.Horizontal)
            having(slider, minimum=-_MOST * _FINE, maximum=_MOST * _FINE, pageStep=_FINE, minimumWidth=110)
            slider.setValue(round(before.get(name, 0.0) * _FINE))
            slider.valueChanged.connect(self._moved)
            readout = having(QLabel(), "caption", minimumWidth=150)
            label.setBuddy(slider)
            row, column = (number, 0) if number < half else (number - half, 4)
            for place, widget in enumerate((label, slider, readout)):
                self._grid.addWidget(widget, row, column + place)
            self.sliders[name], self._names[name], self.readouts[name] = slider, label, readout
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(5, 1)
        self._grid.setColumnMinimumWidth(3, SPACE)
        self.retranslate()

    def _set_piece(self, piece: Any, made: Any = None, domain: str = "") -> None:
        """Read the values off a piece of a domain, and off the one that was made of it. Sliders of another domain go: what can be
        shaped of this one is yet to be learned."""
        self._piece, self._made = piece, made
        if domain and domain != self._domain:
            if self.sliders:
                self.clear()
            self._set_attributes([], domain)
        self._read()

    def _moved(self) -> None:
        self._made = None
        self._read()
        self.changed.emit()

    def _value(self, name: str, piece: Any) -> float | None:
        if piece is None:
            return None
        found = next((one for one in get_domain(self._domain).attributes if one.name == name), None)
        return found.measure(piece) if found is not None and isinstance(piece, piece_type(self._domain)) else None

    def _read(self) -> None:
        for one in self._attributes:
            name = str(one["name"])
            unit, asked = str(one["unit"]), self.sliders[name].value() / _FINE
            value = self._value(name, self._piece)
            said = _said(value, unit) if value is not None else ""
            if asked:
                goal = asked * float(one["deviation"]) + (value or 0.0)
                goal = min(1.0, max(0.0, goal)) if unit == "share" else goal
                said = f"{_number(value, unit)} → {_said(goal, unit)}" if value is not None else f"{asked:+.1f}"
                got = self._value(name, self._made)
                if got is not None:
                    said = self.tr("{change}, got {got}").format(change=said, got=_number(got, unit))
            self.readouts[name].setText(said)
            self.sliders[name].setAccessibleDescription(said)

    def retranslate(self) -> None:
        sounds = self.tr("Notes") if get_domain(self._domain).pitched else self.tr("Hits")
        words = {
            "density": (sounds, self.tr("fewer"), self.tr("more")),
            "pitch": (self.tr("Pitch"), self.tr("lower"), self.tr("higher")),
            "range": (self.tr("Range"), self.tr("narrower"), self.tr("wider")),
            "interval": (self.tr("Leaps"), self.tr("smaller"), self.tr("larger")),
            "syncopation": (self.tr("Syncopation"), self.tr("less"), self.tr("more")),
            "steps": (self.tr("Steps"), self.tr("fewer"), self.tr("more")),
            "rests": (self.tr("Rests"), self.tr("less"), self.tr("more")),
            "diatonicity": (self.tr("In one scale"), self.tr("less"), self.tr("more")),
            "length": (self.tr("Length"), self.tr("shorter"), self.tr("longer")),
            "word-length": (self.tr("Words"), self.tr("shorter"), self.tr("longer")),
            "punctuation": (self.tr("Punctuation"), self.tr("less"), self.tr("more")),
        }
        plain = (self.tr("less"), self.tr("more"))
        for one in self._attributes:
            name = str(one["name"])
            label, less, more = words.get(name, (engine_word(str(one["label"])), *plain))
            self._names[name].setText(label)
            help_ = next((known.help for known in get_domain(self._domain).attributes if known.name == name), str(one["label"]))
            tip = self.tr("{name}: left is {less}, right is {more}. {help}").format(
                name=one["label"], less=less, more=more, help=help_
            )
            self._names[name].setToolTip(tip)
            named(self.sliders[name], self.tr("{label}, {less} or {more}").format(label=label, less=less, more=more), tip)
        self.reset.setText(self.tr("All as it is"))
        self.reset.setAccessibleName(self.tr("Put all sliders back"))
        self._read()


def _number(value: float, unit: str) -> str:
    return f"{value:.0%}" if unit == "share" else f"{value:.3g}"


def _said(value: float, unit: str) -> str:
    return _number(value, unit) if unit == "share" else f"{_number(value, unit)} {engine_word(unit)}"
