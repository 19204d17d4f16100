"""Everything on every page, empty and filled, for melodies and sentences: it has a name, Tab leads to it, and it says why not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from genstudio.gui.toolwords import TOOLS
from genstudio.gui.trainer import Order
from tests.gui.shell.test_window import controls

CORPORA = {"melody": "melodies", "text": "sentences"}
PRESETS = {"melody": "melody-2bar", "text": "sentence"}
INNER = (QAbstractSpinBox, QComboBox, QLineEdit)
MOST = 300  # presses of the Tab key


@pytest.fixture
def filled(
    start: Callable[..., Any], calm: Callable[[Any], None], stocked: Path, text_corpus: Path, quick_work: None, qtbot: QtBot
) -> Callable[[str], Any]:
    """``filled(domain)``: a studio in which every page has something to show."""
    shutil.copytree(text_corpus, stocked / "corpora" / "sentences")
    (stocked / "corpora" / "tunes").rename(stocked / "corpora" / "melodies")

    def fill(domain: str) -> Any:
        studio = start("home")
        studio.context.models.load(CORPORA[domain])
        calm(studio)
        pages, corpus = studio.window.pages, stocked / "corpora" / CORPORA[domain]
        pages["create"].filling.begin_with_example()
        calm(studio)
        studio.context.shelf.keep(pages["create"].stage.grid.items[1])
        studio.window.go("map")
        calm(studio)
        pages["map"].maker.use(str(corpus))
        pages["map"].maker.begin()
        studio.context.bus.corpora_changed.emit(str(corpus))
        trainer = pages["train"].trainer
        qtbot.waitUntil(lambda: trainer.restored, timeout=20_000)
        run = trainer.add(Order("mine", str(corpus), PRESETS[domain], ("optimizer.steps=20",)))
        qtbot.waitUntil(lambda: run.state == "done", timeout=20_000)
        pages["train"].look_at(run)
        qtbot.waitUntil(lambda: not studio.context.jobs.running, timeout=60_000)
        calm(studio)
        return studio

    return fill


def what(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text or widget.objectName()!r} in {type(widget.parent()).__name__}"


def named(widget: QWidget) -> bool:
    return bool(widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))


def stops(root: QWidget) -> list[QWidget]:
    """What can be seen and takes the focus by the Tab key, without the parts that Qt itself puts into its widgets."""
    return [
        one for one in root.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        and not one.objectName().startswith("qt_") and not isinstance(one, QScrollBar)
        and not isinstance(one.parentWidget(), INNER)
    ]  # fmt: skip


def missed(root: QWidget, wanted: set[QWidget], calm: Callable[[], None]) -> list[QWidget]:
    """Those of ``wanted`` to which the Tab key does not lead, pressed until it comes round. A piece that is come to brings its
    facts with it, and takes others away: what is not seen all the time is not asked for."""
    handle = root.window().windowHandle()
    root.window().activateWindow()
    found: list[QWidget] = []
    for _ in range(MOST):
        QTest.keyClick(handle, Qt.Key.Key_Tab)
        calm()
        at = QApplication.focusWidget()
        if at is None or (found and at is found[0]):
            break
        found.append(at)
        wanted = {one for one in wanted if one.isVisible() and one.isEnabled()}
    assert len(found) < MOST, f"the Tab key does not come round: {[what(one) for one in found[-6:]]}"
    # The focus of a field is that of its line, and arrow keys lead to those of a group.
    return [one for one in wanted if not any(like is at or like.isAncestorOf(at) for like in group(one) for at in found)]


def group(widget: QWidget) -> list[QWidget]:
    """The buttons of which one is chosen, of which the widget is one; or it alone."""
    if isinstance(widget, QAbstractButton):
        some = widget.group()
        if some is not None and some.exclusive():
            return list(some.buttons())
        if widget.autoExclusive():
            return [one for one in widget.parentWidget().findChildren(QAbstractButton) if one.autoExclusive()]
    return [widget]


def check(root: QWidget, where: str, calm: Callable[[], None]) -> None:
    """All three demands on what can be seen."""
    seen = [one for one in controls(root) if one.isVisible()]
    assert seen, f"{where}: nothing is there to be demanded of"
    nameless = [what(one) for one in {*seen, *stops(root)} if not named(one)]
    assert not nameless, f"{where}, without a name: {nameless}"
    silent = [what(one) for one in seen if not one.isEnabled() and not one.toolTip()
              and (one.parentWidget() is None or one.parentWidget().isEnabled())]  # fmt: skip
    assert not silent, f"{where}, disabled without a word: {silent}"
    by_keys = {one for one in seen if one.isEnabled()} | set(stops(root))
    left = [what(one) for one in missed(root, by_keys, calm)]
    assert not left, f"{where}, not reached: {left}"


@pytest.fixture
def dialogs() -> Iterator[Callable[[Any], QDialog]]:
    """``dialogs(window)``: the dialog that is open; all are closed in the end."""

    def find(window: QWidget) -> QDialog:
        (one,) = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        return one

    yield find
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.reject()


@pytest.mark.parametrize("domain", ["melody", "text"])
def test_pages_with_something_to_show(domain: str, filled: Callable[[str], Any], calm: Callable[[Any], None]) -> None:
    studio = filled(domain)
    window = studio.window
    window.resize(1600, 1000)
    for name in window.places:
        window.go(name)
        calm(studio)
        check(window, name, partial(calm, studio))
    window.go("create")
    page = window.pages["create"]
    for tool in TOOLS:
        page.choose(tool)
        calm(studio)
        page.making.run()
        calm(studio)
        check(page, f"create, {tool}", partial(calm, studio))


def test_pages_with_nothing_to_show(start: Callable[..., Any], calm: Callable[[Any], None]) -> None:
    studio = start("home")
    calm(studio)
    for name in studio.window.places:
        studio.window.go(name)
        calm(studio)
        check(studio.window, name, partial(calm, studio))
    for tool in TOOLS:
        studio.window.go("create")
        studio.window.pages["create"].choose(tool)
        check(studio.window.pages["create"], f"create, {tool}", partial(calm, studio))


@pytest.mark.parametrize("domain", ["melody", "text"])
def test_dialogs(
    domain: str, start: Callable[..., Any], stocked: Path, calm: Callable[[Any], None], dialogs: Callable[[Any], QDialog]
) -> None:
    from genstudio.gui.widgets.export_dialog import export

    studio = start("create")
    studio.context.models.load(CORPORA[domain])
    calm(studio)
    window, page = studio.window, studio.window.pages["create"]
    page.filling.begin_with_example()
    calm(studio)
    item = page.stage.grid.items[1]
    openings: dict[str, Callable[[], object]] = {
        "preferences": window.dialogs.show_preferences, "keys": window.dialogs.show_shortcuts, "about": window.dialogs.show_about,
        "export": lambda: export(studio.context, [item], window=window), "details": window.trouble.show_details,
    }  # fmt: skip
    if domain == "melody":
        openings["compose"] = lambda: page.filling.compose(0)
    for name, opening in openings.items():
        opening()
        calm(studio)
        dialog = dialogs(window)
        check(dialog, name, partial(calm, studio))
        assert dialog.windowTitle(), name
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible(), f"{name} is not closed by Escape"
