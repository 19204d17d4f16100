"""One setting as a field, made from the engine's description of it: label, help, kind, range, choices and what is wrong with it.

A description is what :func:`genstudio.config.settings` gives. Which control a setting has follows from its type; every control has
``value()``, ``put()``, ``told`` (it was changed) and ``unfinished`` (something is typed that is not its value yet).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSlider, QSpinBox, QWidget

from genstudio.config import check
from genstudio.errors import ConfigError
from genstudio.gui.layouts import Wrong, beside, new_label, stacked
from genstudio.gui.speech import clause
from genstudio.gui.widgets.numbers import NumberField, WholeField

__all__ = ["Choice", "Field", "begins", "engine_word", "fitted", "kind_of"]

_MOST = 2**31 - 1
_FINE = 100  # places of a slider
_LONG = 240  # pixels of a field for text, at most


def engine_word(text: str, context: str = "Settings") -> str:
    """A label or help of the engine's settings, translated, where it has words of its own in ``context``; English where it is
    not."""
    words = QCoreApplication.translate(context, text) if text else ""
    return words if words != text or context == "Settings" else engine_word(text)


def kind_of(about: Mapping[str, Any]) -> str:
    """By what a setting is asked for: "check", "choice", "bars", "text", "whole" or "number"."""
    kind, default = str(about.get("type") or type(about["default"]).__name__), about["default"]
    if about.get("choices"):
        return "choice"
    if kind == "bool" or isinstance(default, bool):
        return "check"
    if kind.startswith(("str", "tuple[str")):
        return "text"
    if kind.startswith("tuple[int"):
        return "bars"
    return "number" if kind.startswith("float") else "whole"


def begins(about: Mapping[str, Any]) -> Any:
    """The default of a setting, as its field has it: several words stand in one text."""
    default = about["default"]
    return ", ".join(default) if kind_of(about) == "text" and isinstance(default, tuple) else default


def fitted(about: Mapping[str, Any], value: Any) -> Any:
    """A value that was kept, drawn into the range of the setting.

    Raises:
        ValueError: it is of another type, or none of the choices.
    """
    kind, low, high = kind_of(about), about.get("low"), about.get("high")
    if kind in ("whole", "number"):
        below = type(value) is int and low is not None and value < low
        if str(about.get("type")).endswith("| None") and (value is None or below):
            return None
        if type(value) is not int and not (kind == "number" and isinstance(value, float)):
            raise ValueError(about["name"])
        value = value if low is None else max(low, value)
        value = value if high is None else min(high, value)
        return float(value) if kind == "number" else value
    if kind == "bars":
        if not isinstance(value, (list, tuple)) or [type(one) for one in value] != [int, int]:
            raise ValueError(about["name"])
        return tuple(value)
    if value not in about["choices"] if kind == "choice" else type(value) is not (bool if kind == "check" else str):
        raise ValueError(about["name"])
    return value


class _Check(QCheckBox):
    @property
    def told(self) -> Any:
        return self.toggled

    value, put = QCheckBox.isChecked, QCheckBox.setChecked
    unfinished = False


class _Wheeled(QWidget if TYPE_CHECKING else object):  # type: ignore[misc]
    """The wheel scrolls the page unless the field has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class Choice(_Wheeled, QComboBox):
    """One of a few words."""

    unfinished = False

    @property
    def told(self) -> Any:
        return self.currentIndexChanged

    def value(self) -> Any:
        return self.currentData()

    def put(self, value: Any) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))


class _Text(QLineEdit):
    told = Signal()
    unfinished = property(lambda self: self.hasFocus() and self.isModified())

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaximumWidth(_LONG)
        self.editingFinished.connect(self.interpretText)

    def interpretText(self) -> None:
        self.setModified(False)
        self.told.emit()

    def value(self) -> str:
        return self.text().strip()

    def put(self, value: str) -> None:
        self.setText(value)


class _Counted(_Wheeled):
    """What whole numbers and others share; ``optional``: below the lowest value there is None."""

    optional = False

    @property
    def told(self) -> Any:
        return self.valueChanged

    @property
    def _written(self) -> Any:
        """The number that is written, also where it stands for None."""
        field: Any = self
        return QSpinBox.value(field) if isinstance(field, QSpinBox) else round(QDoubleSpinBox.value(field), 10)

    @property
    def unfinished(self) -> bool:
        field: Any = self
        special = field.specialValueText() if field.value() in (None, field.minimum()) else ""
        written = special or f"{field.prefix()}{field.textFromValue(self._written)}{field.suffix()}"
        return bool(field.hasFocus() and field.lineEdit().text() != written)

    def value(self) -> Any:
        return None if self.optional and self._written == self.minimum() else self._written

    def put(self, value: Any) -> None:
        field: Any = self
        field.setValue(field.minimum() if value is None else value)


class _Whole(_Counted, WholeField):
    """A whole number."""


class _Number(_Counted, NumberField):
    """A number, written as short as it can be; 1e-3 may be typed, too."""

    def textFromValue(self, value: float) -> str:
        return f"{value:.8g}"

    def valueFromText(self, text: str) -> float:
        return float(text.strip() or 0)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            fits = math.isfinite(number := float(text)) and self.minimum() <= number <= self.maximum()
        except ValueError:
            fits = self.optional and text == self.specialValueText()
        known = set(text) <= set("0123456789.eE+-")
        state = QValidator.State.Acceptable if fits else QValidator.State.Intermediate if known else QValidator.State.Invalid
        return state, text, position


class _Several(QWidget):
    """What controls of several parts share: the first has the focus. numbers: those of them that can be typed into."""

    told = Signal()

    def __init__(self, parent: QWidget, parts: list[QWidget], *numbers: _Counted) -> None:
        super().__init__(parent)
        self.parts, self._numbers = parts, numbers
        beside(*parts, into=self, gap=6)
        self.setFocusProxy(parts[0])

    @property
    def unfinished(self) -> bool:
        return any(number.unfinished for number in self._numbers)

    def interpretText(self) -> None:
        for number in self._numbers:
            number.interpretText()


class _Dial(_Several):
    """A share: a slider, and the number beside it."""

    def __init__(self, parent: QWidget, number: _Number) -> None:
        self.number, self.slider = number, QSlider(Qt.Orientation.Horizontal, parent)
        self.slider.setRange(0, _FINE)
        self.slider.setPageStep(_FINE // 10)
        self.slider.setMinimumWidth(120)
        super().__init__(parent, [self.slider, number], number)
        self.slider.valueChanged.connect(lambda place: number.setValue(place / _FINE))
        number.valueChanged.connect(self._moved)
        self.put = number.put

    def _moved(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(value * _FINE))
        self.told.emit()

    @property
    def unfinished(self) -> bool:
        return super().unfinished or self.slider.isSliderDown()

    def value(self) -> float:
        return float(self.number.value())


class _Bars(_Several):
    """The first and the last bar of a range."""

    def __init__(self, parent: QWidget) -> None:
        self.first, self.between, self.last = _Whole(parent), QLabel(parent), _Whole(parent)
        self.between.setProperty("kind", "muted")
        super().__init__(parent, [self.first, self.between, self.last], self.first, self.last)
        for field in (self.first, self.last):
            field.setRange(1, 9999)
            field.setKeyboardTracking(False)
            field.valueChanged.connect(self.told)

    def limit(self, count: int) -> None:
        """Let it lie within ``count`` bars."""
        for field in (self.first, self.last):
            field.setMaximum(max(1, count))

    def value(self) -> tuple[int, int]:
        return self.first.value(), self.last.value()

    def put(self, value: tuple[int, int]) -> None:
        with QSignalBlocker(self.first):
            self.first.setValue(value[0])
        self.last.setValue(value[1])


def _control(about: Mapping[str, Any], parent: QWidget) -> Any:
    """The control of a setting: its own, or one for its kind."""
    if about.get("control") is not None:
        return about["control"]
    kind, low, high = kind_of(about), about.get("low"), about.get("high")
    if kind == "choice":
        choice = Choice(parent)
        for value in about["choices"]:
            choice.addItem(str(value), value)
        return choice
    if kind in ("check", "text", "bars"):
        return {"check": _Check, "text": _Text, "bars": _Bars}[kind](parent)
    whole = kind == "whole"
    field: Any = _Whole(parent) if whole else _Number(parent)
    field.optional = str(about.get("type")).endswith("| None")
    below = 1 if field.optional else 0
    field.setLocale(QLocale.c())
    field.setKeyboardTracking(False)
    if whole:
        least = -_MOST if low is None else int(max(low, -_MOST))
        field.setRange(least - below, _MOST if high is None else int(min(high, _MOST)))
    else:
        field.setDecimals(10)
        field.setRange(-1e12 if low is None else float(low) - below, 1e12 if high is None else float(high))
    span = high - low if low is not None and high is not None else math.inf
    default = about["default"]
    if whole or span > 10 or (default and abs(default) < 0.01):
        field.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
    else:
        field.setSingleStep(0.05 if span <= 1 else 0.1)
    if not about.get("dial"):
        return field
    dial = _Dial(parent, field)
    field.setHidden(about["dial"] == "slider")
    return dial


class Field:
    """A setting: its label, its control, its unit, and what the engine finds wrong with what it says."""

    def __init__(self, about: Mapping[str, Any], parent: QWidget, told: Callable[[str], object]) -> None:
        """told: called with the name of the setting when it was changed."""
        self.about, self.name, self._told = about, str(about["name"]), told
        self.label, self.unit, self.error = QLabel(parent), new_label(parent, "muted"), Wrong(parent)
        self.control = _control(about, parent)
        self.control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.label.setBuddy(self.control)
        self.control.told.connect(self._changed)
        self._box: QWidget | None = None

    def box(self, more: QWidget | None = None) -> QWidget:
        """Label and control beside each other, and ``more`` after them; what is wrong stands below. What is ticked says itself what
        it is."""
        if self._box is None:
            self._box = QWidget(self.control.parentWidget())
            self.label.setProperty("kind", "muted")
            self.label.setHidden(isinstance(self.control, QCheckBox))
            self.error.setMaximumWidth(_LONG)
            line = beside(*filter(None, (self.label, self.control, self.unit, more)), gap=6)
            stacked(line, self.error, into=self._box, gap=6)
        return self._box

    def value(self) -> Any:
        """What it says."""
        return self.control.value()

    def put(self, value: Any) -> None:
        """Have it say something."""
        self.control.put(value)

    @property
    def unfinished(self) -> bool:
        """Whether something is typed into it that is not its value yet."""
        return bool(self.control.unfinished)

    def commit(self) -> None:
        """Take over what is typed and not finished."""
        if self.unfinished:
            self.control.interpretText()

    def _changed(self, *_: object) -> None:
        try:
            if kind_of(self.about) in ("whole", "number"):
                check({"type": type(self.value()).__name__, **self.about}, self.value(), self.label.text() or self.name)
        except ConfigError as error:
            self.error.say(clause(error))
        else:
            self.error.say("")
        self._told(self.name)

    def retranslate(self, context: str = "Settings", **words: str) -> None:
        """Set every string; ``words`` fill places of the label, such as ``{units}``."""
        about = self.about
        label = engine_word(str(about.get("called") or about.get("label") or ""), context)
        for name, word in words.items():
            label = label.replace(f"{{{name}}}", word)
        help_ = engine_word(str(about.get("said") or about.get("help") or ""), context)
        self.label.setText(label)
        self.unit.setText(engine_word(str(about.get("unit") or ""), context) if kind_of(about) in ("whole", "number") else "")
        parts = [part for part in getattr(self.control, "parts", ()) if not isinstance(part, QLabel)]
        for control in (self.control, *parts):
            control.setAccessibleName(label)
            control.setAccessibleDescription(help_)
            control.setToolTip(help_)
        self.label.setToolTip(help_)
        hint = engine_word(str(about.get("hint") or ""), context)
        if isinstance(self.control, QLineEdit):
            self.control.setPlaceholderText(hint)
        elif getattr(self.control, "optional", False):
            self.control.setSpecialValueText(hint)
        elif isinstance(self.control, Choice) and about.get("words"):
            for row, word in enumerate(about["words"]):
                self.control.setItemText(row, engine_word(word, context))
        elif isinstance(self.control, _Bars):
            to = QCoreApplication.translate("Form", "to bar")
            self.control.between.setText(to)
            self.control.last.setAccessibleName(to)
