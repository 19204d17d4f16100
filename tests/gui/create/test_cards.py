"""Cards: what a click, a key, the menu and a drag do; grids of them."""

from __future__ import annotations

import dataclasses
import sys
import types
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import QApplication

from genstudio.domains import get_domain
from genstudio.gui.items import Item
from genstudio.gui.views.text import in_lines
from genstudio.gui.widgets import cards
from genstudio.gui.widgets.cards import Card, CardGrid, CardStrip
from tests.gui.create.fakes import item, melody


def heard(signal: Any) -> list[Any]:
    found: list[Any] = []
    signal.connect(lambda *given: found.append(given if len(given) > 1 else given[0]))
    return found


def sentence(words: str) -> Item:
    return Item(get_domain("text").parse(words), "text", words)


def shown(qtbot, widget, width: int = 200, height: int = 120):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_a_click_selects(qtbot, context):
    one = item()
    card = shown(qtbot, Card(context, one))
    selected = heard(context.bus.selected)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    assert selected == [one]


def test_a_text_is_on_its_card_once_and_a_poem_line_by_line(qtbot, context):
    poem = "床前明月光，疑是地上霜。举头望明月，低头思故乡。"
    words = Card(context, sentence("The old man sleeps."))
    assert words.caption == ""
    assert Card(context, dataclasses.replace(words.item, title="A nap")).caption == "A nap"
    assert in_lines("The sea, the sky.") == "The sea, the sky."
    assert in_lines(poem).splitlines() == ["床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。"]
    card = shown(qtbot, Card(context, sentence(poem)), 300, 160)
    image = card.grab().toImage()
    ink = np.array([[image.pixelColor(x, y).lightness() < 128 for x in range(12, 220)] for y in range(130)])
    assert np.diff(ink.any(1).astype(int)).clip(0).sum() >= 4  # rows of characters


@pytest.mark.parametrize(
    ("key", "modifier", "end"),
    [(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, ""), (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, "b")],
)
def test_enter_makes_an_end(qtbot, context, key, modifier, end):
    one = item()
    card = shown(qtbot, Card(context, one))
    ends = heard(context.bus.make_end)
    qtbot.keyClick(card, key, modifier)
    assert ends == [(one, end)]


def test_space_plays_and_the_card_shows_it(qtbot, context):
    one, other = item(), item()
    card = shown(qtbot, Card(context, one))
    silent = card.grab().toImage()
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert context.player.item is one
    context.player.moved.emit(0.5)
    playing = card.grab().toImage()
    assert playing != silent
    context.player.play(other)
    context.player.moved.emit(0.7)
    assert card.grab().toImage() == silent


def test_the_sign_to_stop_leaves_room_for_the_percentage(qtbot, context):
    step = dataclasses.replace(item(), t=0.5)
    card = shown(qtbot, Card(context, step), 80, 108)
    context.player.play(step)
    head = card.fontMetrics().height()
    assert card._play_rect().top() > card.height() / 2
    card.resize(200, 108)
    assert card._play_rect().top() < head


def test_one_card_of_all_grids_has_the_frame(qtbot, context):
    grids = [shown(qtbot, CardGrid(context), 600, 200) for _ in range(2)]
    for grid in grids:
        grid.set_items([item(), item()])
    for grid, other in (grids, grids[::-1]):
        grid.select(1)
        assert [card.chosen for card in (grid.card(0), grid.card(1), other.card(0), other.card(1))] == [False, True, False, False]


def test_f_keeps_and_lets_go(qtbot, context):
    one = item()
    card = shown(qtbot, Card(context, one))
    qtbot.keyClick(card, Qt.Key.Key_F)
    assert context.shelf.held == [one]
    assert "kept" in card.accessibleName()
    qtbot.keyClick(card, Qt.Key.Key_F)
    assert context.shelf.held == []
    assert "kept" not in card.accessibleName()


def test_the_heart_is_clicked(qtbot, context):
    one = item()
    card = shown(qtbot, Card(context, one))
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() - 20, 20))
    assert context.shelf.held == [one]


def test_the_menu_asks_the_bus(qtbot, context):
    one = item()
    card = shown(qtbot, Card(context, one))
    asked = heard(context.bus.operate)
    ends = heard(context.bus.make_end)
    menu = card.menu()
    by_name = {action.text(): action for action in menu.actions()}
    assert "Make again" not in by_name  # no job made it
    by_name["Variations"].trigger()
    by_name["Go on"].trigger()
    by_name["Use as B"].trigger()
    assert asked == [(one, "vary"), (one, "continue")]
    assert ends == [(one, "b")]


def test_a_drag_takes_it_out(qtbot, context, monkeypatch):
    one = item()
    card = shown(qtbot, Card(context, one))
    given: list[Any] = []

    def mime_for(items, heard):
        given.extend(items)
        data = QMimeData()
        data.setText("a file")
        return data

    module = types.ModuleType("exporting")
    module.mime_for = mime_for  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "genstudio.gui.widgets.exporting", module)
    dragged = []
    monkeypatch.setattr(cards.QDrag, "exec", lambda drag, actions: dragged.append(drag.mimeData().text()))
    qtbot.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    qtbot.mouseMove(card, QPoint(22, 60))
    assert dragged == []
    qtbot.mouseMove(card, QPoint(20 + QApplication.startDragDistance() + 5, 60))
    assert dragged == ["a file"]
    assert given == [one]


def test_a_card_says_what_it_shows(qtbot, context):
    card = shown(qtbot, Card(context, item([60, 62], t=0.5), before=melody([60, 64])))
    assert card.accessibleName() == "50%, C major, 4/4, 2 notes, 1 new, 1 gone"
    text = shown(qtbot, Card(context, sentence("the cat sees the moon")))
    assert "the cat sees the moon" in text.accessibleName()
    empty = shown(qtbot, Card(context, None, caption="25%"))
    assert empty.accessibleName() == "25% is being made"


def test_what_is_new_is_drawn_otherwise(qtbot, context):
    words = sentence("the cat sees the moon")
    plain = shown(qtbot, Card(context, words), 320, 90)
    before = get_domain("text").parse("the dog sees the moon")
    other = shown(qtbot, Card(context, words, before=before), 320, 90)
    assert plain.grab().toImage() != other.grab().toImage()
    assert other.words()[-1] == "1 new, 1 gone"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("床前明月光，疑是地上霜。", "床前看月光，疑是地上霜。", "1 new, 1 gone"),
        ("床前明月光", "床前明月光光", "1 new"),
        ("the cat sees the dog", "the dog sees the cat", "2 new, 2 gone"),
        ("the the cat", "the cat", "1 gone"),
        ("the cat, today", "the cat today", "same words"),
        ("the cat", "the cat", "same"),
    ],
)
def test_what_is_new_and_gone_is_counted(qtbot, context, before, after, said):
    card = shown(qtbot, Card(context, sentence(after), before=sentence(before).piece), 320, 90)
    assert card.words()[-1] == said


def test_notes_that_are_gone_are_counted(qtbot, context):
    pitches = [60 + at % 5 for at in range(27)]
    fewer = melody(pitches[:25])
    card = shown(qtbot, Card(context, item(pitches[:25]), before=melody(pitches)), 320, 120)
    assert card.words()[-1] == "2 gone"
    card.show_item(item(pitches), before=fewer)
    assert card.words()[-1] == "2 new"
    other_key = Item(dataclasses.replace(fewer, tonic=62), "melody", "In D")
    card.show_item(other_key, before=fewer)
    assert card.words()[-1] == "same notes"
    card.show_item(Item(fewer, "melody", "Itself"), before=fewer)
    assert card.words()[-1] == "same"


def test_what_another_model_made_bears_its_name(qtbot, context):
    job = SimpleNamespace(digest="one", model="melodies-one", settings={}, decoding={"exact": [None, "symbols"]})
    card = shown(qtbot, Card(context, item([60, 62], job=job)), 320, 120)
    context.models.current = SimpleNamespace(digest="one", name="melodies-one")
    context.models.changed.emit(context.models.current)
    assert "by melodies-one" not in card.accessibleName()
    context.models.loading.emit("another")
    context.models._waiting = True
    context.models.chosen.emit()
    assert "by melodies-one" in card.accessibleName()  # the other one is chosen, though it is not there yet
    context.models._have(SimpleNamespace(digest="two", name="another"))
    assert "by melodies-one" in card.accessibleName()
    for own in (item([60, 62]), item([60, 62], job=job, place=1)):  # the second is the end of a way
        card = shown(qtbot, Card(context, own), 320, 120)
        assert "by" not in card.accessibleName()


def test_arrows_move_in_a_grid(qtbot, context):
    grid = shown(qtbot, CardGrid(context), 500, 400)
    many = [item([60 + index]) for index in range(7)]
    grid.set_items(many)
    moved = heard(grid.current_changed)
    selected = heard(context.bus.selected)
    grid.select(0, focus=True)
    qtbot.keyClick(grid.card(0), Qt.Key.Key_Right)
    assert (grid.current, grid.card(1).hasFocus()) == (1, True)
    qtbot.keyClick(grid.card(1), Qt.Key.Key_Down)
    assert grid.current == 1 + grid._shape()[0]
    qtbot.keyClick(grid.card(grid.current), Qt.Key.Key_End)
    assert grid.current == 6
    qtbot.keyClick(grid.card(6), Qt.Key.Key_Right)
    assert grid.current == 6
    assert moved == [1, 1 + grid._shape()[0], 6]
    assert selected[-1] is many[6]


def test_a_grid_is_one_stop_of_the_tab_key(qtbot, context):
    grid = shown(qtbot, CardGrid(context), 500, 400)
    grid.set_items([item() for _ in range(5)], current=2)
    stops = [number for number in range(5) if grid.card(number).focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [2]
    qtbot.mouseClick(grid.card(4), Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    assert grid.current == 4
    assert [number for number in range(5) if grid.card(number).focusPolicy() & Qt.FocusPolicy.TabFocus] == [4]


def test_a_long_grid_has_cards_in_sight_only(qtbot, context):
    grid = shown(qtbot, CardGrid(context), 500, 300)
    one = item()
    grid.set_items([Item(one.piece, "melody", str(number)) for number in range(2000)])
    assert grid.card(0) is not None
    assert grid.card(1500) is None
    assert len(grid._cards) < 60
    grid.select(1500)
    assert grid.card(1500) is not None
    assert grid.card(1500).caption == "1500"
    assert grid.card(200) is None


def test_a_result_takes_its_place(qtbot, context):
    strip = shown(qtbot, CardStrip(context), 600, 130)
    strip.set_items([item([60, 62], t=0.0), None, None], ["A", "50%", "B"], compare=True)
    assert "being made" in strip.card(1).accessibleName()
    strip.put(1, item([60, 64], t=0.5))
    assert strip.card(1).accessibleName() == "50%, C major, 4/4, 2 notes, 1 new, 1 gone"
    rows = {strip.card(number).y() for number in range(3)}
    assert len(rows) == 1


def test_the_colours_change_with_the_theme(qtbot, context):
    from genstudio.gui.theme import DARK

    card = shown(qtbot, Card(context, item()))
    light = card.grab().toImage()
    context.theme.use(DARK)
    assert card.grab().toImage() != light
