"""Filling in: new bars in a song, new words in a sentence; what is around them stays."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

import genstudio
from genstudio.domains.melody import DOMAIN


def bar(piece: Any, number: int) -> list[Any]:
    return [note[:3] for note in DOMAIN.part(piece, number, number).notes]


def test_bars_are_made_new(walk, qtbot, calm):
    first = walk.desk.state.ends[0].shown(2).piece
    qtbot.mouseClick(walk.head.tools.buttons["fill"], Qt.MouseButton.LeftButton)
    calm()
    made = [item.piece for item in walk.desk.state.results["fill"].items]
    assert len({tuple(piece.notes) for piece in made}) == len(made) == 4
    assert all(bar(piece, 1) == bar(first, 1) for piece in made)
    assert all(bar(piece, 2) != bar(first, 2) for piece in made)
    assert [item.title for item in walk.desk.state.results["fill"].items][:2] == ["The Kesh, filled in 1", "The Kesh, filled in 2"]
    before = walk.desk.state.results["fill"]
    walk.parameters.fields["gap"].last.setValue(1)  # from 2 to 1 is from 1 to 2
    walk.parameters.fields["gap"].first.setValue(1)
    qtbot.waitUntil(lambda: walk.desk.state.results.get("fill") not in (None, before))
    calm()
    made = [item.piece for item in walk.desk.state.results["fill"].items]
    assert all(bar(piece, 2) == bar(first, 2) for piece in made)
    assert any(bar(piece, 1) != bar(first, 1) for piece in made)


def test_a_gap_lies_within_the_piece(walk):
    walk.choose("fill")
    assert walk.parameters.fields["gap"].isVisible()
    assert walk.parameters.fields["gap"].last.maximum() == 2
    walk.choose("vary")
    assert not walk.parameters.fields["gap"].isVisible()


def test_words_are_found_for_a_gap(page, qtbot, context, writer, calm):
    model = genstudio.load(writer)
    context.models.current = model
    context.models.changed.emit(model)
    page.choose("fill")
    editor = page.ends.wells[0].typing
    editor.setFocus()
    qtbot.keyClicks(editor, "the cat sees the house.")
    qtbot.waitUntil(lambda: page.head.make_button.toolTip() == "Write ___ in A where something is missing.", timeout=10_000)
    assert not page.head.make_button.isEnabled()
    assert not page.parameters.fields["gap"].isVisible()
    editor.clear()
    qtbot.keyClicks(editor, "the cat ___ the house.")
    qtbot.waitUntil(lambda: "fill" in page.desk.state.results, timeout=20_000)
    calm()
    made = [item.piece.text for item in page.desk.state.results["fill"].items]
    assert made
    assert all(text.startswith("the cat ") and text.endswith(" the house.") for text in made)
    assert not page.trouble.isVisible()


def test_a_model_without_a_summary_says_so(page, context, calm, melody_model):
    plain = genstudio.load(melody_model)
    context.models.current = plain
    context.models.changed.emit(plain)
    page.filling.begin_with_example()
    calm()
    page.choose("fill")
    calm()
    assert page.head.make_button.toolTip() == "This model cannot do that; choose another one at the top, or train one."
    assert "fill" not in page.desk.state.results


@pytest.mark.parametrize("tool", ["fill"])
def test_a_menu_leads_here(walk, calm, tool):
    item = walk.desk.state.results["interpolate"].items[3]
    walk.operate(item, tool)
    calm()
    assert walk.desk.tool == tool
    assert walk.desk.state.ends[0].item is item
    assert walk.desk.state.results[tool].items


def test_a_rhythm_gets_a_tune(walk, qtbot, calm):
    first = walk.desk.state.ends[0].shown(2).piece
    qtbot.mouseClick(walk.head.tools.buttons["rhythm"], Qt.MouseButton.LeftButton)
    calm()
    results = walk.desk.state.results["rhythm"]
    made = [item.piece for item in results.items]
    assert 1 <= len(made) <= 4
    for piece in made:
        assert [(note.start, note.end) for note in piece.notes] == [(note.start, note.end) for note in first.notes]
    assert results.items[0].title == "The Kesh, tune 1"
    assert walk.parameters.fields["tune"].isVisible()


def test_words_have_no_pitches(page, context, spoken, calm):
    context.models.current = spoken
    context.models.changed.emit(spoken)
    page.filling.begin_with_example()
    calm()
    before = page.desk.tool
    page.choose("rhythm")
    assert (page.desk.tool, "rhythm" in page.desk.tools) == (before, False)
