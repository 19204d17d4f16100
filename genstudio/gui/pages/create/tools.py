"""The row of tools, and the few settings of each. Nothing has to be set: every setting has a value that works."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from genstudio.config import LONGEST, METHODS, DecodingOptions, OperationOptions, SamplingOptions, range_of
from genstudio.gui.pages.create.work import PARTS, TOOLS
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import tool_help, tool_name
from genstudio.gui.widgets.flow import Flow
from genstudio.gui.widgets.numbers import NumberField, WholeField
from genstudio.latent.operations.rhythm import Options as RhythmOptions

__all__ = ["DEFAULTS", "Parameters", "ToolRow"]

DEFAULTS: dict[str, dict[str, Any]] = {
    "interpolate": {
        "steps": 9, "key": False, "metre": False, "bars": "", "words": "", "method": METHODS[0], "whole": False, "temperature": 0.0,
        "top_p": 1.0, "seed": 0,
    },
    "blend": {"grid": 5, "key": False, "metre": False, "bars": "", "words": "", "temperature": 0.0, "top_p": 1.0, "seed": 0},
    "sample": {"n": 8, "length": 0, "temperature": 1.0, "top_p": 1.0, "spread": 1.0, "seed": 0},
    "vary": {
        "n": 8, "amount": 0.3, "key": False, "metre": False, "bars": "", "words": "", "whole": False, "temperature": 0.0,
        "top_p": 1.0, "seed": 0,
    },
    "shape": {"seed": 0},
    "continue": {"n": 4, "given": 0, "length": 0, "temperature": 1.0, "top_p": 0.95, "seed": 0},
    "rhythm": {"n": 4, "tune": 1.0, "temperature": 0.6, "seed": 0},
    "harmonise": {"n": 4, "temperature": 0.0, "top_p": 1.0, "seed": 0},
    "accompany": {"n": 4, "written": "", "temperature": 0.0, "top_p": 1.0, "seed": 0},
    "fill": {"n": 4, "first": 2, "last": 2, "temperature": 0.6, "top_p": 1.0, "seed": 0},
}  # fmt: skip
"""The settings of each tool, in the order in which they are shown."""
_CLOSE = 2  # pixels between two tools
_FOLDED = ("method", "whole", "temperature", "top_p", "spread", "seed")  # shown when asked for
_HOLDS = ("key", "metre")  # shown where the domain can hold them
_TYPED = ("bars", "words")  # parts of A that are held, by a model that can leave the others out
_WRITTEN = "written"  # the parts of a score that are made
_GAP = ("first", "last")  # bars, of what has any
_RANGES: dict[str, tuple[int, int]] = {
    **{name: range_of(OperationOptions, name) for name in ("steps", "grid", "n")},
    "length": (0, LONGEST),  # 0: free
    "given": (0, LONGEST),
    "first": (1, LONGEST),
    "last": (1, LONGEST),
    "seed": (0, 2**31 - 1),  # what a spin box can hold
}
_REALS: dict[str, tuple[float, float, float]] = {
    "amount": (*range_of(OperationOptions, "amount"), 0.05),
    "tune": (*range_of(RhythmOptions, "tune"), 0.1),
    "temperature": (*range_of(DecodingOptions, "temperature"), 0.1),
    "top_p": (0.01, range_of(DecodingOptions, "top_p")[1], 0.05),  # above 0
    "spread": (*range_of(SamplingOptions, "spread"), 0.05),
}


def _unfinished(field: QWidget) -> bool:
    """Whether something is typed into a field that is not its value yet."""
    if isinstance(field, QLineEdit):
        return field.hasFocus() and field.isModified()
    if not isinstance(field, (QSpinBox, QDoubleSpinBox)) or not field.hasFocus():
        return False
    special = field.specialValueText() if field.value() == field.minimum() else ""
    number: Any = field  # a whole one or a real one, each of which writes its own kind
    return bool(field.lineEdit().text() != (special or f"{field.prefix()}{number.textFromValue(number.value())}{field.suffix()}"))


class ToolRow(QFrame):
    """The tools side by side; one of them is chosen. Those that the window has no room for are in a menu at the end."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(_CLOSE)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._parts = True
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for tool in TOOLS:
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("kind", "tool")
            self._group.addButton(button)
            self.buttons[tool] = button
            layout.addWidget(button)
            button.clicked.connect(lambda _=False, tool=tool: self.chosen.emit(tool))
        self.buttons["interpolate"].setChecked(True)
        self.others = QPushButton("\u2026")
        self.others.setProperty("kind", "tool")
        self.others.clicked.connect(self._show_others)
        self.menu = QMenu(self)
        layout.addWidget(self.others)
        self.retranslate()

    @property
    def _offered(self) -> list[str]:
        return [tool for tool in TOOLS if self._parts or tool not in PARTS]

    def offer(self, parts: bool) -> None:
        """Show what can be done with pieces that have ``parts``, or have none."""
        self._parts = parts
        self._arrange()

    def _wide(self, widgets: Sequence[QWidget]) -> int:
        margins = self.contentsMargins()
        gaps = _CLOSE * (len(widgets) - 1) + 6 + margins.left() + margins.right()
        return sum(widget.sizeHint().width() for widget in widgets) + gaps

    def _arrange(self) -> None:
        """Show the tools that there is room for: the one that is chosen before those for parts, and these before the others."""
        offered = self._offered
        shown = list(offered)
        if self._wide([self.buttons[tool] for tool in offered]) > self.width():
            shown = []
            for tool in sorted(offered, key=lambda tool: (not self.buttons[tool].isChecked(), tool not in PARTS)):
                if shown and self._wide([*(self.buttons[one] for one in (*shown, tool)), self.others]) > self.width():
                    break
                shown.append(tool)
        for tool, button in self.buttons.items():
            button.setVisible(tool in shown)
        self.others.setVisible(len(shown) < len(offered))
        self.updateGeometry()

    def _show_others(self) -> None:
        self.menu.clear()
        for tool in self._offered:
            if self.buttons[tool].isHidden():
                action = self.menu.addAction(self.buttons[tool].text())
                action.setToolTip(self.buttons[tool].toolTip())
                action.triggered.connect(lambda _=False, tool=tool: self.chosen.emit(tool))
        self.menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))

    def sizeHint(self) -> QSize:
        return QSize(self._wide([self.buttons[tool] for tool in self._offered]), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide([self.buttons["interpolate"], self.others]), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def choose(self, tool: str) -> None:
        """Show that a tool is chosen."""
        self.buttons[tool].setChecked(True)
        self._arrange()

    def retranslate(self) -> None:
        """Set every string."""
        for number, tool in enumerate(TOOLS, start=1):
            self.buttons[tool].setText(tool_name(tool))
            self.buttons[tool].setAccessibleName(tool_name(tool))
            self.buttons[tool].setToolTip(f"{tool_help(tool)} (Alt+{number % 10})")
        self.others.setAccessibleName(self.tr("Other tools"))
        self.others.setToolTip(self.tr("Other tools"))
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Parameters(QWidget):
    """The settings of the tool that is chosen; those that are rarely changed are folded away."""

    changed = Signal(str)  # the name of the setting

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: dict[str, dict[str, Any]] = {tool: dict(values) for tool, values in DEFAULTS.items()}
        self._tool, self._holds, self._unit, self._details = "interpolate", tuple(_HOLDS), "bar", False
        self._parts = False
        self._shows_all = False
        self.sampling_of = ""  # the model that the settings of sampling are those of
        self._quiet = False
        self.fields: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._boxes: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        self._first = QWidget()
        self._flow = Flow(self._first)
        self._second = QWidget()
        folded = Flow(self._second)
        layout.addWidget(self._first)
        layout.addWidget(self._second)
        for name in ("steps", "grid", "n", "amount", "tune", "first", "last", "length", "given", "key", "metre", *_TYPED, _WRITTEN):
            self._flow.addWidget(self._box(name))
        self.more = QPushButton()
        self.more.setCheckable(True)
        self.more.setProperty("kind", "quiet")
        self.more.toggled.connect(self._fold)
        self._flow.addWidget(self.more)
        for name in _FOLDED:
            folded.addWidget(self._box(name))
        self.retranslate()
        self._show()

    def add(self, widget: QWidget) -> None:
        """Put another control at the end of the first row."""
        self._flow.addWidget(widget)

    # -- what is set

    def limit_bars(self, count: int) -> None:
        """Let a gap lie within a piece of ``count`` bars."""
        for name in _GAP:
            field = self.fields[name]
            assert isinstance(field, QSpinBox)
            field.setMaximum(max(1, count))

    def of(self, tool: str) -> dict[str, Any]:
        """The settings of a tool."""
        return dict(self.values[tool])

    def choose(self, tool: str, holds: Sequence[str], unit: str, details: bool, parts: bool = False) -> None:
        """Show the settings of a tool for pieces that are counted in ``unit``, and of which ``holds`` can be kept, with ``details``
        any bars or words, and with ``parts`` any part of a score."""
        if tool != self._tool:
            self.commit()
        self._tool, self._holds, self._unit, self._details, self._parts = tool, tuple(holds), unit, details, parts
        self.retranslate()
        self._show()

    def put(self, tool: str, values: Mapping[str, object]) -> None:
        """Take over settings that were kept; what does not fit is left out."""
        for name, value in values.items():
            default = DEFAULTS[tool].get(name)
            if name in _RANGES and isinstance(value, int) and default is not None and not isinstance(value, bool):
                low, high = _RANGES[name]
                value = min(high, max(low, value))
            elif name in _REALS and isinstance(value, (int, float)) and not isinstance(value, bool):
                value = min(_REALS[name][1], max(_REALS[name][0], float(value)))
            elif type(value) is not type(default) or (name == "method" and value not in METHODS):
                continue
            if name in DEFAULTS[tool]:
                self.values[tool][name] = value
        self._show()

    def take_sampling(self, model: Any) -> None:
        """Take over how a model's samples are best drawn, when it comes; what is changed then stays."""
        if self.sampling_of != model.name:
            self.sampling_of = str(model.name)
            self.put("sample", dataclasses.asdict(model.sampling))

    def commit(self) -> None:
        """Take over what is typed into a field and not finished."""
        for name, field in self.fields.items():
            if _unfinished(field):
                if isinstance(field, QLineEdit):
                    self._typed(name, field)
                    continue
                assert isinstance(field, (QSpinBox, QDoubleSpinBox))
                field.interpretText()

    def new_seed(self) -> None:
        """Another seed for the tool that is chosen."""
        field = self.fields["seed"]
        assert isinstance(field, QSpinBox)
        field.setValue(random.SystemRandom().randrange(1_000_000))

    def _typed(self, name: str, field: QLineEdit) -> None:
        field.setModified(False)
        self._set(name, field.text().strip())

    def _set(self, name: str, value: Any) -> None:
        if not self._quiet and self.values[self._tool].get(name) != value:
            self.values[self._tool][name] = value
            self.changed.emit(name)

    # -- the fields

    def _box(self, name: str) -> QWidget:
        """A setting with its label."""
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        field: QWidget
        if name in _RANGES:
            whole = WholeField()
            whole.setRange(*_RANGES[name])
            whole.setKeyboardTracking(False)
            whole.valueChanged.connect(lambda value, name=name: self._set(name, value))
            field = whole
        elif name in _REALS:
            real = NumberField()
            low, high, step = _REALS[name]
            real.setRange(low, high)
            real.setSingleStep(step)
            real.setKeyboardTracking(False)
            real.valueChanged.connect(lambda value, name=name: self._set(name, round(value, 4)))
            field = real
        elif name == "method":
            combo = QComboBox()
            for method in METHODS:
                combo.addItem("", method)
            combo.currentIndexChanged.connect(lambda index, name=name, combo=combo: self._set(name, combo.itemData(index)))
            field = combo
        elif name in (*_TYPED, _WRITTEN):
            typed = QLineEdit()
            typed.setMaximumWidth(110 if name in _TYPED else 180)
            typed.editingFinished.connect(lambda name=name, typed=typed: self._typed(name, typed))
            field = typed
        else:
            check = QCheckBox()
            check.toggled.connect(lambda on, name=name: self._set(name, on))
            field = check
        if not isinstance(field, QCheckBox):
            label = QLabel()
            label.setProperty("kind", "muted")
            label.setBuddy(field)
            self._labels[name] = label
            layout.addWidget(label)
        layout.addWidget(field)
        if name == "seed":
            self.dice = QPushButton()
            self.dice.setProperty("kind", "quiet")
            self.dice.clicked.connect(self.new_seed)
            layout.addWidget(self.dice)
        self.fields[name] = field
        self._boxes[name] = box
        return box

    def _fold(self, shown: bool) -> None:
        self._shows_all = shown
        self._show()

    def _show(self) -> None:
        values = self.values[self._tool]
        self._quiet = True
        for name, box in self._boxes.items():
            there = name in values and (name not in _HOLDS or name in self._holds)
            there = there and (name not in ("whole", *_GAP) or self._unit == "bar")
            there = there and (name not in _TYPED or (self._details and (name == "bars") == (self._unit == "bar")))
            box.setVisible(there)
            if not there:
                continue
            field, value = self.fields[name], values[name]
            if _unfinished(field):  # somebody is typing into it
                continue
            if isinstance(field, (QSpinBox, QDoubleSpinBox)):
                field.setValue(value)
            elif isinstance(field, QLineEdit):
                field.setText(value)
            elif isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(value)))
            elif isinstance(field, QCheckBox):
                field.setChecked(value)
        self._quiet = False
        self._second.setVisible(self._shows_all)
        self.more.setVisible(any(name in values for name in _FOLDED))
        self._flow.invalidate()
        self.updateGeometry()

    def retranslate(self) -> None:
        """Set every string."""
        bars = self._unit == "bar"
        free = self.tr("free")
        words = {
            "steps": (self.tr("Steps"), self.tr("How many pieces from A to B, both included")),
            "grid": (self.tr("Grid"), self.tr("Rows and columns between the four corners")),
            "n": (self.tr("How many"), self.tr("How many pieces are made")),
            "amount": (self.tr("How far"), self.tr("0 is the piece as the model keeps it, 1 as far as any other piece")),
            "tune": (self.tr("Tune of B"), self.tr("1 keeps as much of it as the rhythm lets, 0 only what it is like")),
            "length": (
                self.tr("Length in bars") if bars else self.tr("Length in words"),
                self.tr("Length of each piece; free: as the model ends it"),
            ),
            "given": (
                self.tr("Keep bars") if bars else self.tr("Keep words"),
                self.tr("How much of the beginning is kept; free: what leaves room"),
            ),
            "first": (self.tr("From bar"), self.tr("The first bar that is made new")),
            "last": (self.tr("To bar"), self.tr("The last bar that is made new")),
            "key": (self.tr("Hold key"), self.tr("All that is made stays in the key of A")),
            "metre": (self.tr("Hold metre"), self.tr("All that is made stays in the metre of A")),
            "bars": (
                (self.tr("Hold bars, parts"), self.tr("Bars and parts of A that stay as they are, such as 3-4, melody"))
                if self._parts
                else (self.tr("Hold bars"), self.tr("Bars of A that stay as they are, such as 2 or 3-4"))
            ),
            "words": (self.tr("Hold words"), self.tr("Words of A that stay in all that is made, with commas between them")),
            "written": (
                self.tr("Parts"),
                self.tr("The parts that are made, by name or what they are for, such as bass, chords; empty: all but the melody"),
            ),
            "method": (
                self.tr("Path"),
                self.tr(
                    "Fading details keeps less of the nearer end towards the middle; wave turns beat after beat; the others "
                    "blend all at once"
                ),
            ),
            "whole": (self.tr("Whole songs"), self.tr("Work on longer songs phrase by phrase; they come out whole")),
            "spread": (self.tr("Spread"), self.tr("1 draws as the model learned, less keeps to what is typical, more is stranger")),
            "temperature": (self.tr("Temperature"), self.tr("0 takes the likeliest note or word each time, more is wilder")),
            "top_p": (self.tr("Top-p"), self.tr("Draw only from the likeliest that together have this probability")),
            "seed": (self.tr("Seed"), self.tr("The same seed gives the same pieces")),
        }  # fmt: skip
        for name, (label, help_) in words.items():
            field = self.fields[name]
            field.setAccessibleName(label)
            field.setToolTip(help_)
            if isinstance(field, QCheckBox):
                field.setText(label)
            else:
                self._labels[name].setText(label)
                self._labels[name].setToolTip(help_)
            if isinstance(field, QSpinBox) and name in ("length", "given"):
                field.setSpecialValueText(free)
        for name, hint in (("written", self.tr("all but the melody")), ("bars", "3-4, melody" if self._parts else "3-4")):
            typed = self.fields[name]
            assert isinstance(typed, QLineEdit)
            typed.setPlaceholderText(hint)
        method = self.fields["method"]
        assert isinstance(method, QComboBox)
        names = {
            "details": self.tr("Fading details"), "wave": self.tr("Wave"), "slerp": self.tr("Round (slerp)"),
            "linear": self.tr("Straight (linear)"),
        }  # fmt: skip
        for index, name in enumerate(METHODS):
            method.setItemText(index, names[name])
        self.more.setText(self.tr("Less") if self._shows_all else self.tr("More"))
        self.more.setAccessibleName(self.tr("More settings"))
        self.dice.setText(self.tr("New"))
        self.dice.setAccessibleName(self.tr("New seed"))
        self.dice.setToolTip(self.tr("Another seed: other results"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
