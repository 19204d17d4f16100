"""Holding bars of a song and words of a sentence in the window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

import genstudio
from genstudio.domains.melody import DOMAIN


@pytest.fixture
def use(page, context, calm) -> Any:
    """Puts a model into the page."""

    def put(folder: Any) -> Any:
        model = genstudio.load(folder)
        context.models.current = model
        context.models.changed.emit(model)
        calm()
        return page

    return put


def bar(piece: Any, number: int) -> list[Any]:
    return [note[:3] for note in DOMAIN.part(piece, number, number).notes]


def type_into(qtbot: Any, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_bars_of_a_stay(use, qtbot, calm, walker):
    walk = use(walker)
    walk.filling.begin_with_example()
    calm()
    qtbot.mouseClick(walk.head.tools.buttons["vary"], Qt.MouseButton.LeftButton)
    calm()
    first = walk.desk.state.ends[0].shown(2).piece
    free = [item.piece for item in walk.desk.state.results["vary"].items]
    assert any(bar(piece, 2) != bar(first, 2) for piece in free)
    field = walk.parameters.fields["bars"]
    assert field.isVisible()
    assert not walk.parameters.fields["words"].isVisible()
    before = walk.desk.state.results["vary"]
    type_into(qtbot, field, "2")
    qtbot.waitUntil(lambda: walk.desk.state.results.get("vary") not in (None, before))
    calm()
    made = [item.piece for item in walk.desk.state.results["vary"].items]
    assert all(bar(piece, 2) == bar(first, 2) for piece in made)
    assert any(bar(piece, 1) != bar(first, 1) for piece in made)
    type_into(qtbot, field, "7")
    qtbot.waitUntil(walk.trouble.isVisible, timeout=10_000)
    assert "bars" in walk.trouble.sentence.text()
    assert walk.parameters.of("vary")["bars"] == "7"  # what was typed is there to be mended


def test_words_of_a_stay(use, qtbot, calm, writer):
    page = use(writer)
    page.choose("vary")
    editor = page.ends.wells[0].typing
    editor.setFocus()
    qtbot.keyClicks(editor, "the cat sees the house.")
    field = page.parameters.fields["words"]
    assert field.isVisible()
    assert not page.parameters.fields["bars"].isVisible()
    field.setFocus()
    field.insert("cat， house")  # the comma of a Chinese keyboard, which keyClicks cannot press
    qtbot.keyClick(field, Qt.Key.Key_Return)

    def held() -> bool:
        results = page.desk.state.results.get("vary")
        texts = [item.piece.text for item in results.items] if results is not None else []
        return bool(texts) and all("cat" in text and "house" in text for text in texts)

    qtbot.waitUntil(held, timeout=20_000)
    assert page.parameters.of("vary")["words"] == "cat， house"
    assert not page.trouble.isVisible()


def test_a_model_that_cannot_leave_details_out_offers_none(use, calm, melody_model):
    page = use(melody_model)
    page.filling.begin_with_example()
    page.parameters.values["vary"]["bars"] = "2"  # from another model
    page.choose("vary")
    calm()
    assert not page.parameters.fields["bars"].isVisible()
    assert page.desk.state.results["vary"].items
    assert not page.trouble.isVisible()
