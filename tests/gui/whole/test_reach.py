"""Everything on every page, empty and filled, for melodies and sentences: it has a name, Tab leads to it, and it says why not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
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
    QScrollArea,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from genstudio.gui.pages.create.tools import TOOLS
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
        pages["create"].begin_with_example()
        calm(studio)
        studio.context.shelf.keep(pages["create"].grid.items[1])
        studio.window.go("map")
        calm(studio)
        pages["map"].maker.use(str(corpus))
        pages["map"].maker.make()
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
    return f"{type(widget).__name__} {widget.accessibleName() or text or widget.objectName()!r}"


def stops(root: QWidget) -> list[QWidget]:
    """What can be seen and takes the focus by the Tab key, without the parts that Qt itself puts into its widgets."""
    return [
        one for one in root.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.objectName().startswith("qt_") and not isinstance(one, (QScrollBar, QScrollArea))
        and not isinstance(one.parentWidget(), INNER)
    ]  # fmt: skip


def reached(root: QWidget) -> set[QWidget]:
    """Where the Tab key leads, pressed until it comes round."""
    handle = root.window().windowHandle()
    root.window().activateWindow()
    found: list[QWidget] = []
    for _ in range(MOST):
        QTest.keyClick(handle, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is None or (found and at is found[0]):
            break
        found.append(at)
    assert len(found) < MOST, f"the Tab key does not come round: {[what(one) for one in found[-6:]]}"
    return set(found)


def check(root: QWidget, where: str) -> None:
    """All three demands on what can be seen."""
    seen = [one for one in controls(root) if one.isVisible()]
    nameless = [what(one) for one in {*seen, *stops(root)} if not one.accessibleName()]
    assert not nameless, f"{where}, without a name: {nameless}"
    silent = [what(one) for one in seen if not one.isEnabled() and not one.toolTip()
              and (one.parentWidget() is None or one.parentWidget().isEnabled())]  # fmt: skip
    assert not silent, f"{where}, disabled without a word: {silent}"
    there = reached(root)
    by_keys = {one for one in seen if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus}
    missed = []
    for one in {*by_keys, *stops(root)}:
        group = one.group() if isinstance(one, QAbstractButton) else None
        alike = group.buttons() if group is not None and group.exclusive() else [one]
        if isinstance(one, QAbstractButton) and one.autoExclusive():
            alike = [other for other in one.parentWidget().findChildren(QAbstractButton) if other.autoExclusive()]
        # The focus of a field is that of its line.
        if not any(other in there or any(other.isAncestorOf(at) for at in there) for other in alike):
            missed.append(what(one))
    assert not missed, f"{where}, not reached: {missed}"
    mouse_only = [what(one) for one in seen if one.isEnabled() and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
                  and not (isinstance(one, QAbstractButton) and one.group() is not None)]  # fmt: skip
    assert not mouse_only, f"{where}, for the mouse only: {mouse_only}"


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
        check(window, name)
    window.go("create")
    page = window.pages["create"]
    for tool in TOOLS:
        page.choose(tool)
        calm(studio)
        page.run()
        calm(studio)
        check(page, f"create, {tool}")


def test_pages_with_nothing_to_show(start: Callable[..., Any], calm: Callable[[Any], None]) -> None:
    studio = start("home")
    calm(studio)
    for name in studio.window.places:
        studio.window.go(name)
        calm(studio)
        check(studio.window, name)
    for tool in TOOLS:
        studio.window.go("create")
        studio.window.pages["create"].choose(tool)
        check(studio.window.pages["create"], f"create, {tool}")


@pytest.mark.parametrize("domain", ["melody", "text"])
def test_dialogs(
    domain: str, start: Callable[..., Any], stocked: Path, calm: Callable[[Any], None], dialogs: Callable[[Any], QDialog]
) -> None:
    from genstudio.gui.widgets.exporting import Exporter

    studio = start("create")
    studio.context.models.load(CORPORA[domain])
    calm(studio)
    window, page = studio.window, studio.window.pages["create"]
    page.begin_with_example()
    calm(studio)
    item = page.grid.items[1]
    openings: dict[str, Callable[[], object]] = {
        "preferences": window.show_preferences, "keys": window.show_shortcuts, "about": window.show_about,
        "export": lambda: Exporter(studio.context, window).export([item]), "details": window.trouble.show_details,
    }  # fmt: skip
    if domain == "melody":
        openings["compose"] = lambda: page._compose(0)
    for name, opening in openings.items():
        opening()
        calm(studio)
        dialog = dialogs(window)
        check(dialog, name)
        assert dialog.windowTitle(), name
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible(), f"{name} is not closed by Escape"
