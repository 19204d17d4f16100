"""Forms made from the engine's own settings: each field with the label, help, unit, range and choices that it has there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from genstudio.gui.icons import icon
from genstudio.gui.theme import SPACE, Colours
from genstudio.gui.widgets.numbers import NumberField, WholeField

__all__ = ["Fold", "Form", "engine_word"]

_MOST = 2**31 - 1
_LABEL, _FIELD, _UNIT, _GAP = 132, 112, 40, 6  # pixels
_WIDE = 344  # of one column with all that is in it


def engine_word(text: str) -> str:
    """A label or help of the engine's settings, translated; English where it is not."""
    return QCoreApplication.translate("Settings", text) if text else ""


class _Whole(WholeField):
    """A whole number. The wheel scrolls the page unless the field has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class _Number(NumberField):
    """A number, written as short as it can be; 1e-3 may be typed, too."""

    def textFromValue(self, value: float) -> str:
        return f"{value:.8g}"

    def valueFromText(self, text: str) -> float:
        return float(text.strip() or 0)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            fits = math.isfinite(number := float(text)) and self.minimum() <= number <= self.maximum()
        except ValueError:
            fits = False
        known = set(text) <= set("0123456789.eE+-")
        state = QValidator.State.Acceptable if fits else QValidator.State.Intermediate if known else QValidator.State.Invalid
        return state, text, position

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class _Choice(QComboBox):
    """One of a few words."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class _Row:
    """One setting: its label, its field, its unit, and the button that takes it back to where it began."""

    def __init__(self, form: Form, about: Mapping[str, Any], value: Any) -> None:
        self.name = str(about["name"])
        self.about = about
        self.base = value
        self.label = QLabel(form)
        self.label.setWordWrap(True)  # a long one, in any language, has two lines
        self.unit = QLabel(form)
        self.unit.setProperty("kind", "muted")
        self.field = self._field(form, value)
        self.field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.label.setBuddy(self.field)
        self.back = QPushButton(form)
        self.back.setProperty("kind", "icon")
        self.back.clicked.connect(lambda: self.put(self.base))
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self.put(value)

    def _field(self, form: Form, value: Any) -> QWidget:
        told = form.tell
        if isinstance(value, bool):
            box = QCheckBox(form)
            box.toggled.connect(told)
            return box
        if isinstance(value, str):
            choice = _Choice(form)
            for word in self.about.get("choices") or (value,):
                choice.addItem(word, word)
            choice.currentIndexChanged.connect(told)
            return choice
        low, high = self.about.get("low"), self.about.get("high")
        field: QSpinBox | QDoubleSpinBox = _Whole(form) if isinstance(value, int) else _Number(form)
        field.setLocale(QLocale.c())
        field.setKeyboardTracking(False)
        field.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        if isinstance(field, QDoubleSpinBox):
            field.setDecimals(10)
            field.setRange(-1e12 if low is None else float(low), 1e12 if high is None else float(high))
        else:
            field.setRange(-_MOST if low is None else int(max(low, -_MOST)), _MOST if high is None else int(min(high, _MOST)))
        field.valueChanged.connect(told)
        return field

    def value(self) -> Any:
        if isinstance(self.field, QCheckBox):
            return self.field.isChecked()
        if isinstance(self.field, QComboBox):
            return self.field.currentData()
        assert isinstance(self.field, (QSpinBox, QDoubleSpinBox))
        return self.field.value()

    def put(self, value: Any) -> None:
        if isinstance(self.field, QCheckBox):
            self.field.setChecked(bool(value))
        elif isinstance(self.field, QComboBox):
            self.field.setCurrentIndex(max(0, self.field.findData(value)))
        elif isinstance(self.field, (QSpinBox, QDoubleSpinBox)):
            self.field.setValue(value)

    @property
    def changed(self) -> bool:
        return bool(self.value() != self.base)

    def retranslate(self, back: str) -> None:
        label, about, unit = (engine_word(str(self.about.get(name) or "")) for name in ("label", "help", "unit"))
        self.label.setText(label)
        self.unit.setText(unit)
        self.field.setAccessibleName(label)
        self.field.setAccessibleDescription(about)
        for widget in (self.label, self.field):
            widget.setToolTip(about)
        self.back.setAccessibleName(back.format(name=label))
        self.back.setToolTip(back.format(name=label))


class Form(QWidget):
    """Settings as fields, in two columns where there is room for two."""

    changed = Signal()

    def __init__(self, settings: Sequence[Mapping[str, Any]], values: Mapping[str, Any], parent: QWidget | None = None) -> None:
        """``settings`` as of :func:`genstudio.config.settings`; ``values``: where each begins, its own default where it is not in
        there."""
        super().__init__(parent)
        self._quiet = True
        self._rows: dict[str, _Row] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(SPACE)
        for about in settings:
            name = str(about["name"])
            row = self._rows[name] = _Row(self, about, values.get(name, about["default"]))
            row.field.setFixedWidth(_FIELD)
        self._arrange(2)
        self._quiet = False
        self.retranslate()
        self._mark()

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        grid, high = self._grid, -(-len(self._rows) // columns)
        for column in (0, 1):  # forms below one another have their fields below one another, too
            used = column < columns
            grid.setColumnMinimumWidth(5 * column, _LABEL if used else 0)
            grid.setColumnMinimumWidth(5 * column + 2, _UNIT if used else 0)
            grid.setColumnStretch(5 * column + 4, int(column == columns - 1))
            grid.setColumnMinimumWidth(5 * column + 4, SPACE)
        for number, row in enumerate(self._rows.values()):
            column, line = divmod(number, high)
            for offset, widget in enumerate((row.label, row.field, row.unit, row.back)):
                grid.addWidget(widget, line, 5 * column + offset)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(2 if event.size().width() >= 2 * _WIDE else 1)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDE - 2 * SPACE, super().minimumSizeHint().height())

    def value(self, name: str) -> Any:
        """The value of one setting."""
        return self._rows[name].value()

    def put(self, name: str, value: Any) -> None:
        """Set one; names that are not here are passed over."""
        if name in self._rows:
            self._rows[name].put(value)

    def field(self, name: str) -> QWidget:
        """The control of one."""
        return self._rows[name].field

    @property
    def names(self) -> list[str]:
        """All settings."""
        return list(self._rows)

    def overrides(self) -> list[str]:
        """``name=value`` of those that were changed."""
        return [f"{name}={_written(row.value())}" for name, row in self._rows.items() if row.changed]

    def begin_at(self, values: Mapping[str, Any]) -> None:
        """Other values to begin with; what was changed goes."""
        self._quiet = True
        for name, row in self._rows.items():
            row.base = values.get(name, row.about["default"])
            row.put(row.base)
        self._quiet = False
        self.tell()

    def tell(self, *_: object) -> None:
        """One of the fields has changed."""
        if not self._quiet:
            self._mark()
            self.changed.emit()

    def _mark(self) -> None:
        for row in self._rows.values():
            row.back.setVisible(row.changed)

    def retranslate(self) -> None:
        """Set every string."""
        back = self.tr("Set {name} back to the preset")
        for row in self._rows.values():
            row.retranslate(back)

    def retheme(self, colours: Colours) -> None:
        """Take the colours of the theme."""
        for row in self._rows.values():
            row.back.setIcon(icon("undo", colours))


class Fold(QPushButton):
    """A button that shows and hides what is below it."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.setProperty("kind", "quiet")
        self.setCheckable(True)
        content.setVisible(False)
        self.toggled.connect(content.setVisible)
        self.toggled.connect(self._turn)
        self._colours: Colours | None = None

    def _turn(self) -> None:
        if self._colours is not None:
            self.setIcon(icon("chevron-down" if self.isChecked() else "chevron-right", self._colours))

    def name(self, text: str) -> None:
        """What is in it."""
        self.setText(text)
        self.setAccessibleName(text)

    def retheme(self, colours: Colours) -> None:
        """Take the colours of the theme."""
        self._colours = colours
        self._turn()


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:.10g}" if isinstance(value, float) else str(value)
