"""What the tests of Create share: the shipped models, loaded once, and a page on a real engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import genstudio
from genstudio.gui.context import Context
from genstudio.gui.pages.create import CreatePage
from tests.gui.create.fakes import make_context


@pytest.fixture(scope="session")
def melodies() -> Any:
    """The shipped model of two-bar melodies. The way between the examples, with which most tests begin, is made once."""
    model: Any = genstudio.load("folk-melody-2bar")
    make, made = model.interpolate, dict[str, Any]()

    def interpolate(*arguments: Any, stop: Any = None, **options: Any) -> Any:
        wanted = repr((arguments, options))
        if wanted not in made:
            made[wanted] = make(*arguments, stop=stop, **options)
        return made[wanted]

    model.interpolate = interpolate
    return model


@pytest.fixture(scope="session")
def spoken() -> Any:
    """The shipped model of sentences."""
    return genstudio.load("english-sentence")


@pytest.fixture
def context(qtbot: QtBot, tmp_path: Path) -> Iterator[Context]:
    """A context with a real engine; its threads end with the test."""
    made = make_context(tmp_path)
    yield made
    made.engine.close()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., Any]:
    """``show(widget, width, height)``: in a window that has the keyboard."""

    def opened(widget: QWidget, width: int = 200, height: int = 120) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return opened


@pytest.fixture
def page(context: Context, show: Callable[..., Any]) -> Iterator[CreatePage]:
    """The page in a window, without a model yet."""
    made = CreatePage(context)
    made.retranslate()
    made.retheme()
    show(made, 900, 640)
    yield made
    made.shut()


@pytest.fixture
def calm(qtbot: QtBot, context: Context) -> Callable[[], None]:
    """Wait until nothing is being made."""
    return lambda: qtbot.waitUntil(lambda: not context.engine.working, timeout=20_000)


@pytest.fixture
def way(page: CreatePage, context: Context, melodies: Any, calm: Callable[[], None]) -> CreatePage:
    """The page with the model of melodies and the example between A and B."""
    context.models.current = melodies
    context.models.changed.emit(melodies)
    page.filling.begin_with_example()
    calm()
    return page


@pytest.fixture
def walk(page: CreatePage, context: Context, calm: Callable[[], None], walker: Path) -> CreatePage:
    """The page with a small model that can leave bars out, and the example between A and B."""
    model: Any = genstudio.load(walker)
    context.models.current = model
    context.models.changed.emit(model)
    page.filling.begin_with_example()
    calm()
    return page
