"""An operation of the engine that the window knows nothing of: its description is enough for a tool with a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genstudio.config import DecodingOptions, OperationOptions, field, like, range_of
from genstudio.gui.pages.create import CreatePage
from genstudio.gui.pages.create.tools import Parameters
from genstudio.gui.toolwords import TOOLS, ends_needed
from genstudio.latent.operations.base import Operation
from genstudio.latent.operations.vary import VARY
from genstudio.latent.operations.vary import Options as VaryOptions
from genstudio.latent.results import Several
from genstudio.latent.tools import Tool


@dataclass(frozen=True)
class Options:
    n: int = like(OperationOptions, "n", 3)
    echo: float = field(0.4, "Echo", "How much of it comes back", low=0.0, high=1.0, dial=True)
    mood: str = field("calm", "Mood", "How it feels", choices=("calm", "wild"), words=("Calm", "Wild"))
    above: float = field(0.5, "Above nothing", "Anything but 0", low=0.0, high=1.0, above=True)
    depth: int | None = field(None, "Depth", "How deep it goes", low=1, high=9, hint="free", lab=True)


asked: list[Options] = []


def _run(model: Any, sources: Any, own: Options, options: Any, stop: Any) -> Any:
    asked.append(own)
    return VARY.run(model, sources, VaryOptions(own.n, own.echo), options, stop)


ECHO = Operation(
    name="echo", help="write an echo", about="An echo.", options=Options, run=_run, result=Several("echo"), hold=True,
    tool=Tool("Echo", "What comes back", "An echo of {many}", "Give it A.", "{title}, echo {number}"),
)  # fmt: skip


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch, melodies: Any) -> None:
    asked.clear()
    monkeypatch.setitem(TOOLS, "echo", ECHO)
    monkeypatch.setattr(type(melodies), "echo", ECHO.method(), raising=False)


def test_a_new_operation_is_a_tool_with_a_form(echo: None, way: CreatePage, qtbot: QtBot, calm: Callable[[], None]) -> None:
    assert ends_needed("echo") == 1
    tools = way.head.tools
    tools.others.click()
    names = [action.text() for action in tools.menu.actions()]
    tools.menu.close()
    button = tools.buttons["echo"]
    assert (button.text(), button.toolTip()) == ("Echo", "What comes back (Alt+9)")
    assert button.isVisible() or "Echo" in names
    way.choose("echo")
    calm()
    made = way.desk.state.results["echo"].items
    assert len(made) == 3
    assert made[0].title == "The Kesh, echo 1"
    fields = way.parameters.fields
    assert {"n", "echo", "mood", "key", "metre"} <= {name for name, control in fields.items() if control.isVisible()}
    assert not fields["depth"].isVisible()
    assert [part.accessibleName() for part in fields["echo"].parts] == ["Echo", "Echo"]  # type: ignore[attr-defined]
    assert [fields["mood"].itemText(row) for row in (0, 1)] == ["Calm", "Wild"]  # type: ignore[attr-defined]
    number = fields["echo"].number  # type: ignore[attr-defined]
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "0.7")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    fields["mood"].setFocus()
    qtbot.keyClick(fields["mood"], Qt.Key.Key_Down)
    qtbot.mouseClick(way.parameters.more, Qt.MouseButton.LeftButton)
    assert fields["depth"].isVisible()
    assert fields["depth"].text() == "free"  # type: ignore[attr-defined]
    fields["depth"].setFocus()
    qtbot.keyClick(fields["depth"], Qt.Key.Key_Up)
    qtbot.mouseClick(way.head.make_button, Qt.MouseButton.LeftButton)
    calm()
    assert asked[-1] == Options(n=3, echo=0.7, mood="wild", depth=1)
    assert way.parameters.of("echo")["echo"] == 0.7


def test_what_the_engine_does_not_take_is_said_at_the_field(echo: None, way: CreatePage, qtbot: QtBot) -> None:
    way.choose("echo")
    field = next(one for one in way.parameters._fields.values() if one.name == "above")
    field.control.setFocus()
    field.control.selectAll()
    qtbot.keyClicks(field.control, "0")
    qtbot.keyClick(field.control, Qt.Key.Key_Return)
    assert field.error.isVisible()
    assert field.error.text() == "Above nothing is 0.0; expected a number above 0.0 to 1.0."
    assert way.parameters.of("echo")["above"] == 0.5  # what would fail is not asked for
    field.control.setValue(0.25)
    assert not field.error.isVisible()


def test_a_field_has_the_range_that_the_command_has(qtbot: QtBot) -> None:
    parameters = Parameters()
    qtbot.addWidget(parameters)
    asked = {
        "interpolate": {"steps": OperationOptions, "temperature": DecodingOptions}, "blend": {"grid": OperationOptions},
        "sample": {"n": OperationOptions}, "vary": {"n": OperationOptions, "amount": OperationOptions},
    }  # fmt: skip
    for tool, names in asked.items():
        parameters.choose(tool, {"bar"})
        for name, options in names.items():
            control: Any = parameters.fields[name]
            control = getattr(control, "number", control)
            assert (control.minimum(), control.maximum()) == range_of(options, name), (tool, name)
