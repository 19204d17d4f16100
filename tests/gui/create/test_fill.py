"""Filling in: new bars in a song, new words in a sentence; what is around them stays."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

import genstudio
from genstudio.domains.melody import DOMAIN


def bar(piece: Any, number: int) -> list[Any]:
    return [note[:3] for note in DOMAIN.part(piece, number, number).notes]


def test_bars_are_made_new(way, qtbot, calm):
    first = way.state.ends[0].shown(2).piece
    qtbot.mouseClick(way.tools.buttons["fill"], Qt.MouseButton.LeftButton)
    calm()
    made = [item.piece for item in way.state.results["fill"].items]
    assert len({tuple(piece.notes) for piece in made}) == len(made) == 4
    assert all(bar(piece, 1) == bar(first, 1) for piece in made)
    assert all(bar(piece, 2) != bar(first, 2) for piece in made)
    assert [item.title for item in way.state.results["fill"].items][:2] == ["The Kesh, filled in 1", "The Kesh, filled in 2"]
    way.parameters.fields["last"].setValue(1)  # from 2 to 1 is from 1 to 2
    way.parameters.fields["first"].setValue(1)
    qtbot.wait(500)
    calm()
    made = [item.piece for item in way.state.results["fill"].items]
    assert all(bar(piece, 2) == bar(first, 2) for piece in made)
    assert any(bar(piece, 1) != bar(first, 1) for piece in made)


def test_a_gap_lies_within_the_piece(way):
    way.choose("fill")
    assert way.parameters.fields["first"].isVisible()
    assert way.parameters.fields["last"].maximum() == 2
    way.choose("vary")
    assert not way.parameters.fields["first"].isVisible()


def test_words_are_found_for_a_gap(page, qtbot, context, sentences, calm):
    context.models.current = sentences
    context.models.changed.emit(sentences)
    page.choose("fill")
    editor = page.wells[0].typing
    editor.setFocus()
    qtbot.keyClicks(editor, "The children are here.")
    qtbot.wait(600)
    calm()
    assert page.make.toolTip() == "Write ___ in A where something is missing."
    assert not page.make.isEnabled()
    assert not page.parameters.fields["first"].isVisible()
    editor.clear()
    qtbot.keyClicks(editor, "The children ___ in the garden.")
    qtbot.wait(600)
    calm()
    made = [item.piece.text for item in page.state.results["fill"].items]
    assert made
    assert all(text.startswith("The children ") and text.endswith(" in the garden.") for text in made)
    assert not page.trouble.isVisible()


def test_a_model_without_a_summary_says_so(page, context, calm, melody_model):
    plain = genstudio.load(melody_model)
    context.models.current = plain
    context.models.changed.emit(plain)
    page.begin_with_example()
    calm()
    page.choose("fill")
    calm()
    assert page.make.toolTip() == "This model cannot fill gaps; choose another one at the top."
    assert "fill" not in page.state.results


@pytest.mark.parametrize("tool", ["fill"])
def test_a_menu_leads_here(way, calm, tool):
    item = way.state.results["interpolate"].items[3]
    way.operate(item, tool)
    calm()
    assert way.tool == tool
    assert way.state.ends[0].item is item
    assert way.state.results[tool].items


def test_a_rhythm_gets_a_tune(way, qtbot, calm):
    first, last = (end.shown(2).piece for end in way.state.ends[:2])
    qtbot.mouseClick(way.tools.buttons["rhythm"], Qt.MouseButton.LeftButton)
    calm()
    results = way.state.results["rhythm"]
    made = [item.piece for item in results.items]
    assert 1 <= len(made) <= 4
    for piece in made:
        assert [(note.start, note.end) for note in piece.notes] == [(note.start, note.end) for note in first.notes]
        assert piece.key == last.key
    assert results.items[0].title == "The Kesh, tune 1"
    assert way.parameters.fields["tune"].isVisible()


def test_words_have_no_pitches(page, context, sentences, calm):
    context.models.current = sentences
    context.models.changed.emit(sentences)
    page.begin_with_example()
    calm()
    page.choose("rhythm")
    assert page.make.toolTip() == "These have no pitches; choose a model of melodies at the top."
