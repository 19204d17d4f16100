"""A setting that the engine gets is in the form for it, without a line in the window."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from genstudio import config
from genstudio.gui.context import Context
from genstudio.gui.widgets.export_choices import option_form
from genstudio.gui.widgets.training_setup import TrainingSetup
from genstudio.rendering.formats import registry
from tests.gui.create.fakes import make_context


@pytest.fixture
def context(qtbot: QtBot, tmp_path: Path) -> Any:
    made = make_context(tmp_path)
    yield made
    made.engine.close()


@dataclasses.dataclass(frozen=True)
class Optimizer(config.OptimizerOptions):
    patience: int = config.field(7, "Patience", "How long it waits.", unit="steps", low=0, high=99)


def test_a_setting_of_training_is_in_the_form(context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(config.GROUPS, "optimizer", Optimizer)
    setup = TrainingSetup(context)
    qtbot.addWidget(setup)
    setup.retranslate()
    setup.show()
    qtbot.mouseClick(setup.fold, Qt.MouseButton.LeftButton)
    field: Any = setup.forms["optimizer"].field("optimizer.patience")
    assert field.isVisible()
    assert (field.accessibleName(), field.toolTip(), field.value()) == ("Patience", "How long it waits.", 7)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "12")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert setup.overrides() == ["optimizer.patience=12"]


def test_an_option_of_an_export_is_in_the_form(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclasses.dataclass(frozen=True)
    class Options:
        swing: float = config.field(0.0, "Swing", "How much it swings.", low=0.0, high=1.0)

    (swing,) = dataclasses.fields(Options)
    name, (known, choice) = next(iter(registry.CHOICES.items()))
    monkeypatch.setitem(registry.OPTIONS, "swing", swing)
    monkeypatch.setitem(registry.CHOICES, name, (known, dataclasses.replace(choice, asks=(*choice.asks, "swing"))))
    window = QWidget()
    qtbot.addWidget(window)
    form = option_form(False, window)
    form.offer({"swing"})
    window.show()
    field: Any = form.field("swing")
    assert field.isVisible()
    assert not form.field("tempo").isVisible()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0.3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert form.values == {"swing": 0.3}
