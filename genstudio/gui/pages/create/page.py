"""The page itself: it lays out its parts and sees to it that what is made fits what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QScrollArea, QWidget

from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import new_label, stacked
from genstudio.gui.pages.base import Page
from genstudio.gui.pages.create.desk import LETTERS, Desk
from genstudio.gui.pages.create.ends_bar import EndsBar
from genstudio.gui.pages.create.filling import Filling
from genstudio.gui.pages.create.head import Head, commands_of, name_commands
from genstudio.gui.pages.create.keeping import restored, saved
from genstudio.gui.pages.create.lesson import Lesson, Origin
from genstudio.gui.pages.create.making import Making
from genstudio.gui.pages.create.marking import Marking
from genstudio.gui.pages.create.shaping import ShapePanel
from genstudio.gui.pages.create.stage import Stage
from genstudio.gui.pages.create.tools import Parameters
from genstudio.gui.pages.create.work import Request
from genstudio.gui.speech import clause
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import TOOLS, ends_needed, writes_parts
from genstudio.gui.widgets.trouble import TroubleStrip

__all__ = ["CreatePage"]

_SETTINGS = ("steps", "method", "temperature", "seed")  # of the way, kept among the preferences


class CreatePage(Page):
    """Making pieces; see ``genstudio.gui.pages.create``."""

    name = "create"
    icon = "create"
    of_project = True
    glance = ("domain", "tool", "t", "card", "sampling_of")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.desk = Desk(context, self)
        self.filling = Filling(self.desk, self)
        self.parameters = Parameters()
        self.shaping = ShapePanel(self.desk)
        self.making = Making(self.desk, self.parameters, self.shaping, self)
        self.stage = Stage(context)
        self.marking = Marking(self.desk, self.making, self.parameters, self.stage.view, self)
        self.head = Head(self.desk)
        self.ends = EndsBar(self.desk, self.filling, self.stage.line)
        self._build()
        self.parameters.put("interpolate", {name: context.settings[name] for name in _SETTINGS})
        self._connect()
        self._actions = commands_of(self)
        if context.models.current is not None:
            self._have_model(context.models.current)

    # -- its parts

    def _build(self) -> None:
        self.parameters.add(self.shaping.reset)
        self.trouble = TroubleStrip(self.context.theme)
        self.origin = Origin(self.making)
        self.remark = new_label(kind="caption", wrap=True)
        self.lesson = Lesson()
        parts = {self.ends: 0, self.shaping: 0, self.trouble: 0, self.origin: 0, self.remark: 0, self.stage: 5, self.lesson: 2}
        stacked(self.head, (_scrolled({**parts, self.parameters: 0}), 1), into=self, margins=(0, 2 * SPACE, 0, 0), gap=2)

    def _connect(self) -> None:
        bus, models, making, filling = self.context.bus, self.context.models, self.making, self.filling
        self.desk.applied.connect(self._refresh)
        head = self.head
        head.tools.chosen.connect(self.choose)
        for button, done in (
            (head.make_button, self.make_now), (head.dice, self.another), (head.stop_button, making.stop),
            (head.swap_button, filling.swap), (self.lesson.example, filling.begin_with_example),
            (self.lesson.surprise, filling.draw_all),
        ):  # fmt: skip
            button.clicked.connect(done)
        self.parameters.changed.connect(self._parameter)
        self.origin.wanted.connect(self.make_now)
        self.shaping.changed.connect(self._refresh_buttons)
        self.ends.looked_at.connect(self.stage.look_at_end)
        making.begun.connect(self._begun)
        making.made.connect(self.ends.learn_kept)
        making.over.connect(self._over)
        making.impossible.connect(self._refresh)
        filling.settle.connect(self.commit)
        filling.unable.connect(lambda: self.trouble.tell(self.making.why_not(), ""))
        parts = (filling, making, self.shaping.learner, self.marking)
        for trouble in (*(part.trouble for part in parts), self.stage.morphing.failed):
            trouble.connect(self.trouble.tell)
        bus.operate.connect(self.operate)
        bus.again.connect(making.again)
        bus.settle.connect(self.commit)
        self.context.settings.changed.connect(self._preference)
        models.changed.connect(self._have_model)
        models.chosen.connect(self._chosen_model)

    def commands(self) -> list[QAction]:
        return list(self._actions.values())

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
            if tool not in desk.tools:
                return
            desk.tool = tool
            self._refresh()
            if tool not in desk.state.results and self.stage.item is not None:
                self.context.bus.selected.emit(self.stage.item)  # the end that is seen is what plays
            drawn = tool == "sample" and tool in desk.state.results  # others are drawn when they are asked for
            if tool != "shape" and not drawn and self.making.stale and self.making.request() is not None:
                self.making.run_again()

    def operate(self, item: Item, tool: str) -> None:
        """Begin with a tool on a piece."""
        if tool not in TOOLS or item.domain not in self.desk.states:
            return
        if writes_parts(tool):
            found = self.filling.for_parts(item, tool)
            if found is None:
                return
            item = found
        self.desk.tool = tool
        if tool == "interpolate":
            self.stage.line.put(0.5)
        if ends_needed(tool):
            self.filling.take(item, "a")
        else:
            self._refresh()

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
        if tool in self.desk.state.results or (tool not in ("shape", "sample") and self.making.request() is not None):
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
        self.origin.refresh(self.making.why_not())
        self._refresh_buttons()

    def _have_model(self, model: Any) -> None:
        self.commit()
        desk, making = self.desk, self.making
        domain = str(model.domain.name)
        desk.lengths[domain] = int(model.phrase_length)
        changed = domain != desk.domain
        desk.domain = domain
        self.shaping.forget()
        self.parameters.take_sampling(model)
        self.stage.morphing.begin(None, None, ("A", "B"))
        going = making.going
        making.stop()  # what another model is about to make
        making.forget()
        self._refresh()
        if self.making.request() is None:
            return
        if going and desk.tool in ("shape", "sample"):
            making.run()
        elif desk.tool not in ("shape", "sample") and making.stale:
            making.ask(None if making.first or changed else object())

    # -- showing

    def _refresh(self) -> None:
        """Show everything as it is now."""
        desk = self.desk
        if desk.tool not in desk.tools:
            desk.tool = "interpolate"
        name_commands(self._actions, self.desk)
        self.head.show_tool()
        self.parameters.choose(desk.tool, desk.has)
        self.shaping.refresh()
        self._show_results()
        self._show_ends()
        self._refresh_buttons()

    def _show_ends(self) -> None:
        desk = self.desk
        first = desk.ends[0]
        if first is not None and not desk.text:
            self.parameters.limit_bars(get_domain(desk.domain).units(desk.shown(first)))
        line = desk.tool == "interpolate" and (self.making.going or desk.tool in desk.state.results)
        self.ends.show_ends(self.making.whole, line)

    def _begun(self, request: Request) -> None:
        """Something is being made: show as many cards as there will be."""
        desk, making = self.desk, self.making
        for widget in (self.trouble, self.remark, self.lesson):
            widget.hide()
        self.origin.refresh("")
        self.stage.show_unmade(request, making.captions(request), desk.text)
        if request.tool == "interpolate":
            first = "interpolate" not in desk.state.results
            self.stage.begin(desk.model, request, making.end_titles(), making.made_of("interpolate"), first)
            self.ends.show_ends(self.making.whole, True)
        if self.lesson.pressed:  # the button that had the focus is gone
            self.lesson.pressed = False
            self.stage.take_focus()
        self._refresh_buttons()

    def _over(self, unmade: bool) -> None:
        if unmade:
            self._show_results()
            self._show_ends()
        self._refresh_buttons()

    def _show_results(self) -> None:
        desk, making = self.desk, self.making
        self.origin.refresh(self.making.why_not())
        results = desk.state.results.get(desk.tool)
        self.lesson.setVisible(results is None or not results.items)
        self.remark.setVisible(results is not None and bool(results.items and results.remarks))
        if results is None or not results.items:
            ends = desk.ends[: desk.needed] if desk.needed <= 2 and not desk.text else ()
            self.stage.show_end(next((end.shown(desk.length) for end in ends if end is not None), None))
            self.lesson.show_tool(desk.tool, desk.domain, bool(desk.missing))
            return
        self.remark.setText("  ·  ".join(map(clause, results.remarks)))
        self.stage.show_results(desk.tool, results, making.captions(results.request, results.items))
        if self.stage.way or self.stage.square:
            self.stage.go_over(desk.model, results, making.end_titles(), making.made_of(desk.tool))
        if self.isVisible():
            self.stage.tell()

    def _refresh_buttons(self) -> None:
        reason = self.making.why_not()
        self.head.refresh(reason, self.making.running)
        self.lesson.able(self.desk.model is not None, reason)

    def retranslate(self) -> None:
        self._refresh()

    def retheme(self) -> None:
        self.trouble.retheme()

    # -- coming and going

    def entered(self) -> None:
        self.filling.awaited = None
        if self.stage.isVisible():
            self.stage.tell()

    def take_focus(self) -> None:
        """Have the keys go to the line, the square or the cards, as soon as they are there."""
        self.lesson.pressed = not self.stage.take_focus()

    def shut(self) -> None:
        """Stop everything, for good."""
        self.stage.stop()
        self.making.stop()

    def in_use(self) -> list[Item]:
        states = self.desk.states.values()
        ends = [end.item for state in states for end in (*state.ends, *state.topics.values()) if end is not None]
        return ends + [item for state in states for made in state.results.values() for item in made.items]

    def save(self) -> dict[str, object]:
        return saved(self.desk, self.parameters, self.shaping, self.ends.meant) | self.stage.saved()

    def restore(self, state: dict[str, object]) -> None:
        self.making.stop()
        for number in range(len(LETTERS)):
            self.filling.typing(number)  # what is on its way is not of this project
        self.making.forget()
        self.stage.morphing.begin(None, None, ("A", "B"))
        self.parameters.put("interpolate", {name: self.context.settings[name] for name in _SETTINGS})
        restored(state, self.desk, self.parameters, self.shaping)
        if self.context.models.current is not None:
            self.parameters.take_sampling(self.context.models.current)
        self.stage.restore(state)
        self.making.first = any(self.desk.state.ends) and self.making.stale
        self._refresh()
        self.desk.tell_ends()
        if self.desk.model is not None and self.making.first:
            self.making.ask(None)


def _scrolled(parts: Mapping[QWidget, int]) -> QScrollArea:
    """Widgets under one another, with how much of the height each takes; where there is little of it, they scroll."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget()
    inside.setProperty("kind", "page")
    area.setWidget(inside)
    column = stacked(into=inside, margins=(2 * SPACE, 0, 2 * SPACE, SPACE), gap=SPACE)
    for widget, stretch in parts.items():
        column.addWidget(widget, stretch)
    return area
