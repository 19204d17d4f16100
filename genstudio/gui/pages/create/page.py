"""The page itself: it lays out its parts and sees to it that what is made fits what was asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.pages.base import Page
from genstudio.gui.pages.create.asking import Asking
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.ends import LETTERS, end_from
from genstudio.gui.pages.create.ends_bar import EndsBar
from genstudio.gui.pages.create.filling import Filling
from genstudio.gui.pages.create.lesson import Lesson
from genstudio.gui.pages.create.making import Making
from genstudio.gui.pages.create.origin import Origin
from genstudio.gui.pages.create.shaping import Shaping
from genstudio.gui.pages.create.stage import Stage
from genstudio.gui.pages.create.state import State
from genstudio.gui.pages.create.tools import Parameters, ToolRow
from genstudio.gui.pages.create.work import PARTS, TOOLS, Request, ends_needed, writes
from genstudio.gui.speech import clause
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import tool_name
from genstudio.gui.widgets.trouble import TroubleStrip

__all__ = ["CreatePage"]

_SETTINGS = ("steps", "method", "temperature", "seed")  # of the way, kept among the preferences


class CreatePage(Page):
    """Making pieces; see ``genstudio.gui.pages.create``."""

    name = "create"
    icon = "create"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._sampling_of = ""  # the model that the settings of sampling are those of
        self.desk = Desk(context, self)
        self.filling = Filling(self.desk, self)
        self.parameters = Parameters()
        self.shaping = Shaping(self.desk)
        self.asking = Asking(self.desk, self.parameters.of, lambda: self.shaping.panel.changes, self)
        self.making = Making(self.desk, self.asking, self)
        self.stage = Stage(context)
        self.ends = EndsBar(self.desk, self.filling, self.stage.line)
        self._build()
        self.parameters.put("interpolate", {name: context.settings[name] for name in _SETTINGS})
        self._connect()
        self._actions = self._make_actions()
        if context.models.current is not None:
            self._have_model(context.models.current)
        self._refresh()

    # -- its parts

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2 * SPACE, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(self._build_head())
        line = QHBoxLayout()
        line.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        line.addWidget(self.progress)
        whole.addLayout(line)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("kind", "page")
        area.setWidget(inside)
        whole.addWidget(area, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        self.parameters.add(self.shaping.panel.reset)
        self.trouble = TroubleStrip(self.context.theme)
        self.origin = Origin(self.making)
        self.remark = QLabel()
        self.remark.setProperty("kind", "caption")
        self.remark.setWordWrap(True)
        self.lesson = Lesson()
        for widget in (self.ends, self.shaping, self.trouble, self.origin, self.remark):
            column.addWidget(widget)
        column.addWidget(self.stage, 5)
        column.addWidget(self.lesson, 2)
        column.addWidget(self.parameters)

    def _build_head(self) -> QHBoxLayout:
        """The tools, and what makes, makes others, and stops."""
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        top.setSpacing(SPACE)
        self.tools = ToolRow()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.swap = QToolButton()
        self.stop_button, self.dice, self.make = QPushButton(), QPushButton(), QPushButton()
        for passing in (self.progress, self.stop_button):  # nothing moves when something is made
            policy = passing.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            passing.setSizePolicy(policy)
        self.make.setProperty("kind", "primary")
        self.stop_button.setProperty("kind", "tool")
        top.addWidget(self.tools)
        top.addStretch(1)
        for widget in (self.stop_button, self.swap, self.dice, self.make):
            top.addWidget(widget)
        return top

    def _connect(self) -> None:
        bus, models, making, filling = self.context.bus, self.context.models, self.making, self.filling
        self.desk.applied.connect(self._refresh)
        self.tools.chosen.connect(self.choose)
        self.parameters.changed.connect(self._parameter)
        self.make.clicked.connect(self.make_now)
        self.dice.clicked.connect(self.another)
        self.stop_button.clicked.connect(making.stop)
        self.swap.clicked.connect(filling.swap)
        self.lesson.example.clicked.connect(filling.begin_with_example)
        self.lesson.surprise.clicked.connect(filling.draw_all)
        self.origin.wanted.connect(self.make_now)
        self.shaping.changed.connect(self._refresh_buttons)
        making.begun.connect(self._begun)
        making.made.connect(self.ends.learn_kept)
        making.over.connect(self._over)
        making.impossible.connect(self._refresh)
        filling.settle.connect(self.commit)
        filling.unable.connect(lambda: self.trouble.tell(self.asking.why_not(), ""))
        for part in (filling, making, self.shaping):
            part.trouble.connect(self.trouble.tell)
        self.stage.failed.connect(self.trouble.tell)
        bus.operate.connect(self.operate)
        bus.again.connect(making.again)
        bus.settle.connect(self.commit)
        self.context.settings.changed.connect(self._preference)
        models.changed.connect(self._have_model)
        models.chosen.connect(self._chosen_model)

    def _make_actions(self) -> list[QAction]:
        made = []
        keys = [("make", "Ctrl+Return", self.make_now), ("another", "Ctrl+R", self.another), ("stop", "Esc", self.making.stop),
                ("swap", "Ctrl+Shift+X", self.filling.swap), ("paste", "", self.filling.paste)]  # fmt: skip
        keys += [(tool, f"Alt+{number % 10}", partial(self.choose, tool)) for number, tool in enumerate(TOOLS, start=1)]
        self._by_name: dict[str, QAction] = {}
        for name, key, slot in keys:
            action = QAction(self)
            paste = QKeySequence.keyBindings(QKeySequence.StandardKey.Paste)
            action.setShortcuts(paste if name == "paste" else [QKeySequence(key)])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, slot=slot: slot())
            self.addAction(action)
            self._by_name[name] = action
            made.append(action)
        return made

    def commands(self) -> list[QAction]:
        return list(self._actions)

    def title(self) -> str:
        return self.tr("Create")

    def commit(self) -> None:
        """Take over what is typed and not yet an end or a setting: before an end is replaced, anything made, or anything undone."""
        self.ends.commit()
        self.parameters.commit()

    # -- tools

    def choose(self, tool: str) -> None:
        """Go to a tool."""
        desk = self.desk
        if tool != desk.tool:
            self.commit()
            self.making.stop()
            if tool in PARTS and not desk.has_parts:
                return
            desk.tool = tool
            self._refresh()
            if tool != "shape" and self.making.stale and self.asking.request() is not None:
                self.making.run_anew()

    def operate(self, item: Item, tool: str) -> None:
        """Begin with a tool on a piece."""
        if tool not in TOOLS or item.domain not in self.desk.states:
            return
        if tool in PARTS:
            found = self._writer(item, tool)
            if found is None:
                return
            item = found
        self.desk.tool = tool
        if ends_needed(tool):
            self.filling.take(item, "a")
        else:
            self._refresh()

    def _writer(self, item: Item, tool: str) -> Item | None:
        """Choose a model that can write parts for a piece, the one that is here first, and return the piece as it takes it; None,
        with the reason told, where there is none."""
        models = self.context.models
        able = [one for one in models.known if "error" not in one and writes(tool, one.get("parts", ()))]
        here = next((one for one in able if one["name"] == models.wanted), None)
        if not able:
            no_chords = self.tr("No model that is installed writes chord symbols; train one of lead sheets, or get one.")
            no_parts = self.tr("No model that is installed writes parts for a melody; train one of scores, or get one.")
            self.context.bus.trouble.emit(no_chords if tool == "harmonise" else no_parts, "")
            return None
        chosen = here or able[0]
        made = self.filling.as_wanted(item, str(chosen["domain"]))
        if made is not None and here is None:
            models.load(str(chosen["name"]))
        return made

    def make_now(self) -> None:
        """Make what is asked for, with what is typed."""
        self.commit()
        self.making.run()

    def another(self) -> None:
        """Make others: a new seed."""
        self.commit()
        tool = self.desk.tool
        if tool in ("interpolate", "blend") and not self.parameters.of(tool)["temperature"]:
            self.filling.draw_all()
            return
        self.parameters.new_seed()
        self.making.run()

    def _parameter(self, name: str) -> None:
        tool = self.desk.tool
        if name in _SETTINGS and tool == "interpolate":
            self.context.settings[name] = self.parameters.of("interpolate")[name]
        if name == "whole":
            self._show_ends()
        if tool in self.desk.state.results or (tool not in ("shape", "sample") and self.asking.request() is not None):
            self.making.ask_soon()

    def _preference(self, name: str) -> None:
        """A preference was changed elsewhere."""
        if name in _SETTINGS and self.context.settings[name] != self.parameters.of("interpolate")[name]:
            self.parameters.put("interpolate", {name: self.context.settings[name]})
            if self.desk.tool == "interpolate":
                self._parameter(name)

    # -- the model

    def _chosen_model(self) -> None:
        """Another model is chosen, if only on its way."""
        self.origin.refresh(self.asking.why_not())
        self._refresh_buttons()

    def _have_model(self, model: Any) -> None:
        self.commit()
        desk, making = self.desk, self.making
        domain = str(model.domain.name)
        desk.lengths[domain] = int(model.phrase_length)
        changed = domain != desk.domain
        desk.domain = domain
        self.shaping.forget()
        if self._sampling_of != model.name:  # how this model's samples are best drawn; what is changed then stays
            self._sampling_of = str(model.name)
            self.parameters.put("sample", dataclasses.asdict(model.sampling))
        self.stage.morphing.begin(None, None, ("A", "B"))
        going = making.going
        making.stop()  # what another model is about to make
        making.forget()
        self._refresh()
        if self.asking.request() is None:
            return
        if going and desk.tool in ("shape", "sample"):
            making.run()
        elif desk.tool not in ("shape", "sample") and making.stale:
            making.ask(None if making.first or changed else object())

    # -- showing

    def _refresh(self) -> None:
        """Show everything as it is now."""
        desk = self.desk
        if desk.tool in PARTS and not desk.has_parts:
            desk.tool = "interpolate"
        self.tools.offer(desk.has_parts)
        self.tools.choose(desk.tool)
        domain, details = get_domain(desk.domain), desk.model is not None and bool(desk.model.fills)
        self.parameters.choose(desk.tool, domain.holds, domain.unit, details, desk.has_parts)
        self.shaping.refresh()
        self._show_results()
        self._show_ends()
        self._refresh_buttons()

    def _show_ends(self) -> None:
        desk = self.desk
        first = desk.state.ends[0]
        if first is not None and desk.music:
            self.parameters.limit_bars(get_domain(desk.domain).units(desk.shown(first)))
        line = desk.tool == "interpolate" and (self.making.going or desk.tool in desk.state.results)
        self.ends.show_ends(self.asking.whole, line)
        self.swap.setVisible(desk.needed == 2)

    def _begun(self, request: Request) -> None:
        """Something is being made: show as many cards as there will be."""
        desk, making = self.desk, self.making
        self.trouble.hide()
        self.remark.hide()
        self.lesson.hide()
        self.origin.hide()
        self.stage.show_unmade(request, making.captions(request), not desk.music)
        if request.tool == "interpolate":
            first = "interpolate" not in desk.state.results
            self.stage.begin(desk.model, request, making.end_titles(), making.made_of("interpolate"), first)
            self.ends.show_ends(self.asking.whole, True)
        self._refresh_buttons()

    def _over(self, unmade: bool) -> None:
        if unmade:
            self._show_results()
            self._show_ends()
        self._refresh_buttons()

    def _show_results(self) -> None:
        desk, making = self.desk, self.making
        self.origin.refresh(self.asking.why_not())
        results = desk.state.results.get(desk.tool)
        there = results is not None and bool(results.items)
        self.lesson.setVisible(not there)
        self.remark.setVisible(there and bool(results.remarks) if results is not None else False)
        if results is None or not there:
            end = next((end for end in desk.state.ends[: desk.needed] if end is not None), None)
            self.stage.show_end(end.shown(desk.length) if end is not None and desk.music else None)
            self.lesson.show_tool(desk.tool, desk.domain, bool(desk.missing))
            return
        self.remark.setText(" ".join(map(clause, results.remarks)))
        self.stage.show_results(desk.tool, results, making.captions(results.request))
        if desk.tool == "interpolate":
            self.stage.go_over(desk.model, results, making.end_titles(), making.made_of("interpolate"))
        if self.isVisible():
            self.stage.tell()

    def _refresh_buttons(self) -> None:
        desk = self.desk
        reason, tool = self.asking.why_not(), desk.tool
        self.make.setEnabled(not reason)
        self.make.setToolTip(reason or self.tr("Make it (Ctrl+Return)"))
        anything = desk.model is not None
        self.dice.setEnabled(anything and tool != "shape" and (not reason or tool in ("interpolate", "blend")))
        if tool in ("interpolate", "blend"):
            told = self.tr("Other ends, drawn from what the model has learned (Ctrl+R)")
        elif tool == "shape":
            told = self.tr("A change has one result; move the sliders instead.")
        else:
            told = self.tr("Others in their place (Ctrl+R)")
        self.dice.setToolTip(told if self.dice.isEnabled() or tool == "shape" else reason)
        self.lesson.able(anything, reason)
        self.progress.setVisible(self.making.running)
        self.stop_button.setVisible(self.making.running)
        can_swap = any(desk.state.ends[:2])
        self.swap.setEnabled(can_swap)
        self.swap.setToolTip(self.tr("Swap A and B (Ctrl+Shift+X)") if can_swap else self.tr("Both ends are empty."))

    def retranslate(self) -> None:
        for widget, name in ((self.make, self.tr("Make")), (self.dice, self.tr("Others"))):
            widget.setText(name)
            widget.setAccessibleName(name)
        self.swap.setAccessibleName(self.tr("Swap A and B"))
        self.progress.setAccessibleName(self.tr("Being made"))
        self.stop_button.setAccessibleName(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop what is being made (Esc)"))
        self.tools.setAccessibleName(self.tr("Tools"))
        for part in (self.ends, self.stage, self.lesson, self.origin):
            part.retranslate()
        texts = {
            "make": self.tr("Make"), "another": self.tr("Others in their place"), "stop": self.tr("Stop what is being made"),
            "swap": self.tr("Swap A and B"), "paste": self.tr("Paste as an end"),
        }  # fmt: skip
        for name, action in self._by_name.items():
            action.setText(texts[name] if name in texts else tool_name(name))
        self.lesson.show_tool(self.desk.tool, self.desk.domain, bool(self.desk.missing))
        self._refresh_buttons()

    def retheme(self) -> None:
        colours = self.context.theme.colours
        self.ends.retheme()
        self.lesson.retheme(colours)
        self.trouble.retheme()
        for button, name in (
            (self.swap, "swap"), (self.dice, "dice"), (self.stop_button, "stop"), (self.parameters.dice, "dice"),
        ):  # fmt: skip
            button.setIcon(icon(name, colours))

    # -- coming and going

    def entered(self) -> None:
        self.filling.awaited = None
        if self.stage.isVisible():
            self.stage.tell()

    def shut(self) -> None:
        """Stop everything, for good."""
        self.stage.stop()
        self.making.stop()

    def save(self) -> dict[str, object]:
        desk = self.desk
        return {
            "domain": desk.domain,
            "tool": desk.tool,
            "t": self.stage.line.t,
            "values": self.parameters.values,
            "sampling_of": self._sampling_of,
            "changes": self.shaping.panel.changes,
            "ends": {
                name: [end.to_json() if end is not None else None for end in self.ends.meant(name)] for name in desk.states
            },
        }

    def restore(self, state: dict[str, object]) -> None:
        desk = self.desk
        ends = state.get("ends")
        if isinstance(ends, Mapping):
            for name, kept in ends.items():
                if name in desk.states and isinstance(kept, list):
                    found = [end_from(one) for one in kept[: len(LETTERS)]]
                    fitting = [one if one is not None and one.item.domain == name else None for one in found]
                    desk.states[name] = State((*fitting, *[None] * (len(LETTERS) - len(fitting))))
        values = state.get("values")
        if isinstance(values, Mapping):
            for tool, one in values.items():
                if tool in TOOLS and isinstance(one, Mapping):
                    self.parameters.put(tool, one)
        self._sampling_of = str(state.get("sampling_of", ""))
        if state.get("tool") in TOOLS:
            desk.tool = str(state["tool"])
        if state.get("domain") in desk.states and not self.context.models.domain:
            desk.domain = str(state["domain"])
        t = state.get("t")
        if isinstance(t, (int, float)) and 0.0 <= t <= 1.0:
            self.stage.line.put(float(t))
        self._refresh()
        desk.tell_ends()
        if desk.model is not None:
            self.making.ask(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
