"""What is old goes from the history at the start, by the rule that is set, and nothing that is kept or worked with."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from genstudio.files import write_json
from genstudio.gui.finding import RULES
from genstudio.gui.items import items_of
from genstudio.gui.widgets.preferences import PreferencesDialog
from genstudio.library import Library

Start = Callable[..., Any]
Calm = Callable[[Any], None]
Made = Callable[..., Any]
_DAY = 86_400


@pytest.fixture
def stocked(home: Path, made: Made) -> Path:
    """A library with four makings of two sentences, the older two of them of 40 days ago; one of their pieces is kept."""
    home.mkdir(exist_ok=True)
    path = home / "library.db"
    with Library(path) as library:
        for seed in range(4):
            pieces = made("a", "b", seed=seed)
            library.record(pieces.job, pieces, pieces.domain)
        library.favourite(1)
    db = sqlite3.connect(path)
    with db:
        db.execute("UPDATE jobs SET made = ? WHERE rowid < 3", (time.time() - 40 * _DAY,))
    db.close()
    return path


def _left(path: Path) -> list[int]:
    with Library(path) as library:
        return [entry.id for entry in library.search(order="oldest")]


def test_the_start_prunes_by_the_rule(stocked: Path, home: Path, start: Start, calm: Calm) -> None:
    write_json(home / "studio.json", {"history": "30 days"})
    studio = start("home")
    calm(studio)
    assert _left(stocked) == [1, 5, 6, 7, 8]
    assert studio.window.status.sentence.text().startswith("3 old pieces")


def test_what_a_page_works_with_stays(stocked: Path, start: Start, calm: Calm, made: Made) -> None:
    studio = start("create")
    calm(studio)
    studio.context.bus.make_end.emit(items_of(made("a", "b", seed=1))[1], "a")
    calm(studio)
    studio.context.settings["history"] = "30 days"
    studio.prune_history()
    calm(studio)
    assert _left(stocked) == [1, 4, 5, 6, 7, 8]


@pytest.fixture
def preferences(context: Any, qtbot: Any) -> PreferencesDialog:
    dialog = PreferencesDialog(context)
    qtbot.addWidget(dialog)
    return dialog


def test_the_rule_is_a_preference(preferences: PreferencesDialog, context: Any) -> None:
    box = preferences.field("history")
    assert [box.itemText(row) for row in (0, 2, 7)] == ["Everything", "The last 30 days", "The last 2,000 entries"]
    assert box.accessibleName() == "History"
    assert context.settings["history"] == "all"
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert context.settings["history"] == list(RULES)[1]
