"""The row of tools, and the settings of each, as its operation describes them. Every setting has a value that works."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QMenu, QPushButton, QSizePolicy, QWidget

from genstudio.gui.icons import icon
from genstudio.gui.layouts import Worded, beside, called, having, named, new_button, stacked
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import TOOLS, takes_whole, tool_help, tool_name
from genstudio.gui.widgets.fields import Field, begins, fitted, kind_of
from genstudio.gui.widgets.flow import Flow
from genstudio.gui.widgets.form import Fold

__all__ = ["Parameters", "ToolRow", "defaults"]

_CLOSE = 2  # pixels between two tools


def defaults(tool: str) -> dict[str, Any]:
    """The values that the settings of a tool begin with."""
    return {about["name"]: begins(about) for about in TOOLS[tool].settings}


class ToolRow(Worded, QFrame):
    """The tools side by side; one of them is chosen. Those that the window has no room for are in a menu at the end."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        layout = beside(into=self, margins=3, gap=_CLOSE)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._tools: Collection[str] = tuple(TOOLS)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for tool in TOOLS:
            button = self.buttons[tool] = having(QPushButton(), "tool", checkable=True)
            self._group.addButton(button)
            layout.addWidget(button)
            button.clicked.connect(lambda _=False, tool=tool: self.chosen.emit(tool))
        self.buttons["interpolate"].setChecked(True)
        self.others = new_button(None, self._show_others, "tool")
        self.others.setText("…")
        self.menu = QMenu(self)
        layout.addWidget(self.others)
        self.retranslate()

    @property
    def _offered(self) -> list[str]:
        return [tool for tool in TOOLS if tool in self._tools]

    def offer(self, tools: Collection[str]) -> None:
        """Show these tools."""
        if self._tools != tools:
            self._tools = tools
            self.retranslate()

    def _wide(self, widgets: Sequence[QWidget]) -> int:
        margins = self.contentsMargins()
        gaps = _CLOSE * (len(widgets) - 1) + 6 + margins.left() + margins.right()
        return sum(widget.sizeHint().width() for widget in widgets) + gaps

    def _arrange(self) -> None:
        """Show the tools that there is room for: the one that is chosen before those for whole
        pieces of this kind alone, and these before the others."""
        offered = self._offered
        shown = list(offered)
        if self._wide([self.buttons[tool] for tool in offered]) > self.width():
            shown = []
            for tool in sorted(offered, key=lambda tool: (not self.buttons[tool].isChecked(), not takes_whole(tool))):
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
        for number, tool in enumerate(self._offered, start=1):
            key = f" (Alt+{number % 10})" if number <= 10 else ""
            called(self.buttons[tool], tool_name(tool), tool_help(tool) + key)
        named(self.others, self.tr("Other tools"))
        self._arrange()


class Parameters(Worded, QWidget):
    """The settings of the tool that is chosen; those for the curious are folded away in the lab."""

    changed = Signal(str)  # the name of the setting

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: dict[str, dict[str, Any]] = {tool: defaults(tool) for tool in TOOLS}
        self._tool, self._has = "interpolate", frozenset({"bar"})
        self.sampling_of = ""  # the model that the settings of sampling are those of
        self._quiet = False
        self._made: dict[str, Field] = {}  # by all that is said of the setting
        self._boxes: dict[str, QWidget] = {}
        self._extra: list[QWidget] = []
        self._first, self._second = QWidget(), QWidget()
        self._flow, self._folded = Flow(self._first), Flow(self._second)
        self.dice = new_button(None, self.new_seed, "quiet")
        self.dice.setIcon(icon("dice"))
        self.more = Fold(self._second, lambda: (
            self.tr("Lab"), self.tr("Lab"), self.tr("How it is made: chance, and what is rarely changed")
        ))  # fmt: skip
        stacked(self._first, self._second, into=self, gap=SPACE)
        self._arrange()
        self.retranslate()

    def add(self, widget: QWidget) -> None:
        """Put another control at the end of the first row."""
        self._extra.append(widget)
        self._arrange()

    # -- what is set

    def limit_bars(self, count: int) -> None:
        """Let a gap lie within a piece of ``count`` bars."""
        self._quiet = True
        for name, field in self._fields.items():
            if kind_of(field.about) == "bars":
                field.control.limit(count)
                self.values[self._tool][name] = field.value()
        self._quiet = False

    def of(self, tool: str) -> dict[str, Any]:
        """The settings of a tool."""
        return dict(self.values[tool])

    def choose(self, tool: str, has: Collection[str]) -> None:
        """Show the settings of a tool for pieces and a model that have ``has``, of what settings may need."""
        another = tool != self._tool
        if another:
            self.commit()
        self._tool, self._has = tool, frozenset(has)
        (self._arrange if another else self._show)()  # to arrange them takes the focus from the field that is typed into
        self.retranslate()

    def put(self, tool: str, values: Mapping[str, object]) -> None:
        """Take over settings that were kept; what does not fit is left out."""
        if "first" in values and "last" in values:  # as earlier versions kept them
            values = {**values, "gap": (values["first"], values["last"])}
        for about in TOOLS[tool].settings:
            if (name := about["name"]) in values:
                try:
                    self.values[tool][name] = fitted(about, values[name])
                except ValueError:
                    continue
        self._show()

    def take_sampling(self, model: Any) -> None:
        """Take over how a model's samples are best drawn, when it comes; what is changed then stays."""
        if self.sampling_of != model.name:
            self.sampling_of = str(model.name)
            self.put("sample", dataclasses.asdict(model.sampling))

    def commit(self) -> None:
        """Take over what is typed into a field and not finished."""
        for field in self._fields.values():
            field.commit()

    def new_seed(self) -> None:
        """Another seed for the tool that is chosen."""
        self._fields["seed"].put(random.SystemRandom().randrange(1_000_000))

    def _set(self, name: str) -> None:
        field = self._fields.get(name)
        if self._quiet or field is None or field.error.text() or self.values[self._tool].get(name) == field.value():
            return
        self.values[self._tool][name] = field.value()
        self.changed.emit(name)

    # -- the fields

    @property
    def _fields(self) -> dict[str, Field]:
        """Those of the tool that is chosen."""
        return {about["name"]: self._field(about) for about in TOOLS[self._tool].settings}

    @property
    def fields(self) -> dict[str, QWidget]:
        """The controls by the names of their settings; of two with one name that of the tool that is chosen."""
        return {field.name: field.control for field in (*self._made.values(), *self._fields.values())}

    def _field(self, about: Mapping[str, Any]) -> Field:
        """The field of a setting, which tools share whose settings are the same but for what they begin with."""
        key = repr([one for one in about.items() if one[0] != "default"])
        if key not in self._made:
            self._made[key] = field = Field(about, self, self._set)
            self._boxes[field.name] = field.box(self.dice if field.name == "seed" else None)
        return self._made[key]

    def _arrange(self) -> None:
        """Put the fields of the tool in their rows, in the order that the operation has them in."""
        for flow in (self._flow, self._folded):
            while (item := flow.takeAt(0)) and (widget := item.widget()):
                widget.hide()
        for field in self._fields.values():
            (self._folded if field.about.get("lab") else self._flow).addWidget(field.box())
        for widget in (*self._extra, self.more):
            self._flow.addWidget(widget)
            widget.show()
        self._show()

    def _show(self) -> None:
        values = self.values[self._tool]
        self._quiet = True
        for name, field in self._fields.items():
            there = set(str(field.about.get("needs") or "").split()) <= self._has
            field.box().setVisible(there)
            if there and not field.unfinished:  # else somebody is typing into it
                field.put(values[name])
        self._quiet = False
        self.more.setVisible(any(field.about.get("lab") for field in self._fields.values()))
        self._flow.invalidate()
        self.updateGeometry()

    def retranslate(self) -> None:
        units = self.tr("bars") if "bar" in self._has else self.tr("seasons") if "season" in self._has else self.tr("words")
        for field in self._fields.values():
            field.retranslate(units=units)
            if isinstance(field.control, QCheckBox):
                field.control.setText(field.label.text())
        self.dice.setText(self.tr("New"))
        self.dice.setAccessibleName(self.tr("New seed"))
        self.dice.setToolTip(self.tr("Another seed: other results"))
