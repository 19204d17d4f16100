"""Cards: what a click, a key, the menu and a drag do; grids of them."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from genstudio.domains import get_domain
from genstudio.gui.items import Item
from genstudio.gui.pages.create.stage import Strip
from genstudio.gui.views.text import in_lines
from genstudio.gui.widgets import card_paint, pieces
from genstudio.gui.widgets.cards import CardGrid, CardStrip
from genstudio.gui.widgets.handing import items_in
from tests.gui.create.fakes import item, melody


def heard(signal: Any) -> list[Any]:
    found: list[Any] = []
    signal.connect(lambda *given: found.append(given if len(given) > 1 else given[0]))
    return found


def sentence(words: str) -> Item:
    return Item(get_domain("text").parse(words), "text", words)


def single(context: Any, one: Item | None, caption: str = "", before: Any = None) -> CardStrip:
    """A single card."""
    grid = CardStrip(context)
    grid.narrowest = 72
    grid.set_items([one], [caption] if caption else [], compare=before)
    return grid


def words(grid: CardStrip, number: int = 0) -> tuple[str, ...]:
    """What stands below a picture."""
    return grid.pieces.row(number).facts


def sign(grid: CardStrip, name: str, number: int = 0) -> QRect:
    return grid.rows.signs(grid.place(number), grid.pieces.row(number))[name]


def click(qtbot: Any, grid: CardStrip, place: QPoint) -> None:
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def picture(grid: CardStrip) -> Any:
    return grid.viewport().grab().toImage()


def shown(qtbot, widget, width: int = 200, height: int = 120):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
        widget.setFocus()
    return widget


def test_a_click_selects(qtbot, context):
    one = item()
    card = shown(qtbot, single(context, one))
    selected = heard(context.bus.selected)
    click(qtbot, card, QPoint(40, 60))
    assert selected == [one]


def test_a_text_is_on_its_card_once_and_a_poem_line_by_line(qtbot, context):
    poem = "床前明月光，疑是地上霜。举头望明月，低头思故乡。"
    nap = sentence("The old man sleeps.")
    assert single(context, nap).caption(0) == ""
    assert single(context, dataclasses.replace(nap, title="A nap")).caption(0) == "A nap"
    assert in_lines("The sea, the sky.") == "The sea, the sky."
    assert in_lines(poem).splitlines() == ["床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。"]
    card = shown(qtbot, single(context, sentence(poem)), 300, 160)
    image = picture(card)
    ink = np.array([[image.pixelColor(x, y).lightness() < 128 for x in range(12, 220)] for y in range(130)])
    assert np.diff(ink.any(1).astype(int)).clip(0).sum() >= 4  # rows of characters


@pytest.mark.parametrize(
    ("key", "modifier", "end"),
    [(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, ""), (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, "b")],
)
def test_enter_makes_an_end(qtbot, context, key, modifier, end):
    one = item()
    card = shown(qtbot, single(context, one))
    ends = heard(context.bus.make_end)
    qtbot.keyClick(card, key, modifier)
    assert ends == [(one, end)]


def test_space_plays_and_the_card_shows_it(qtbot, context):
    one, other = item(), item()
    card = shown(qtbot, single(context, one))
    silent = picture(card)
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert context.player.item is one
    context.player.moved.emit(0.5)
    playing = picture(card)
    assert playing != silent
    context.player.play(other)
    context.player.moved.emit(0.7)
    assert picture(card) == silent


def test_the_sign_to_stop_leaves_room_for_the_percentage(qtbot, context):
    step = dataclasses.replace(item(), t=0.5)
    card = shown(qtbot, single(context, step), 80, 108)
    context.player.play(step)
    head = card.fontMetrics().height()
    assert sign(card, "play").top() > card.height() / 2
    card.resize(200, 108)
    assert sign(card, "play").top() < head


def test_the_sign_to_stop_covers_nothing_that_is_said(qtbot, context):
    card = shown(qtbot, single(context, item()), 98, 108)
    context.player.play(card.items[0])
    card.clearFocus()
    place = sign(card, "play")
    assert place.top() > card.height() / 2  # beside the words below
    pictures = []
    for facts in ((), ("C sharp major and minor",)):
        card.shown._rows[0] = dataclasses.replace(card.shown.row(0), facts=facts)
        pictures.append(picture(card))
    assert pictures[0] != pictures[1]
    assert pictures[0].copy(place) == pictures[1].copy(place)


@pytest.mark.parametrize(("differs", "said"), [(False, ["C major · 4/4 · 8 notes", "C major · 4/4", "C major"]),
                                              (True, ["C major · 4/4 · 8 notes", "4/4 · 8 notes", "8 notes"])])  # fmt: skip
def test_what_has_no_room_is_left_out_word_by_word(qtbot, context, differs, said):
    row = dataclasses.replace(single(context, item()).shown.row(0), foreign=differs)
    metrics = QFontMetricsF(QFont())
    rooms = [metrics.horizontalAdvance(words) + 1 for words in said]
    assert [card_paint._facts(row, QFont(), room) for room in rooms] == said
    least = card_paint._facts(row, QFont(), metrics.horizontalAdvance("4/4") + 1)
    assert least.endswith("…") if differs else least == "4/4"


def test_one_card_of_all_grids_has_the_frame(qtbot, context):
    grids = [shown(qtbot, CardGrid(context), 600, 200) for _ in range(2)]
    for grid in grids:
        grid.set_items([item(), item()])
    for grid, other in (grids, grids[::-1]):
        grid.select(1)
        assert [one.is_chosen(number) for one in (grid, other) for number in (0, 1)] == [False, True, False, False]


def test_f_keeps_and_lets_go(qtbot, context):
    one = item()
    card = shown(qtbot, single(context, one))
    qtbot.keyClick(card, Qt.Key.Key_F)
    assert context.shelf.held == [one]
    assert "kept" in card.pieces.said(0)
    qtbot.keyClick(card, Qt.Key.Key_F)
    assert context.shelf.held == []
    assert "kept" not in card.pieces.said(0)


def test_the_heart_is_clicked(qtbot, context):
    one = item()
    card = shown(qtbot, single(context, one))
    click(qtbot, card, sign(card, "heart").center())
    assert context.shelf.held == [one]


def test_a_double_click_edits_but_not_on_the_heart(qtbot, context):
    one = item()
    card = shown(qtbot, single(context, one))
    edited = heard(context.bus.edit)
    qtbot.mouseDClick(card.viewport(), Qt.MouseButton.LeftButton, pos=sign(card, "heart").center())
    assert edited == []
    qtbot.mouseDClick(card.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    assert edited == [one]


def test_what_is_looked_at_already_is_selected_by_a_click(qtbot, context):
    one = item()
    card = shown(qtbot, single(context, one))
    context.bus.selected.emit(item())
    assert not card.is_chosen(0)
    click(qtbot, card, QPoint(40, 60))
    assert context.bus.selection is one
    assert card.is_chosen(0)


def test_the_menu_asks_the_bus(qtbot, context):
    one = item()
    card = shown(qtbot, single(context, one))
    asked = heard(context.bus.operate)
    ends = heard(context.bus.make_end)
    menu = card.piece_actions.menu()
    by_name = {action.text(): action for action in menu.actions()}
    assert "Make again" not in by_name  # no job made it
    by_name["Variations"].trigger()
    by_name["Go on"].trigger()
    by_name["Use as B"].trigger()
    assert asked == [(one, "vary"), (one, "continue")]
    assert ends == [(one, "b")]


def test_a_drag_takes_it_out(qtbot, context, monkeypatch):
    one = item()
    card = shown(qtbot, single(context, one))
    given: list[Any] = []

    monkeypatch.setattr(pieces.QDrag, "exec", lambda drag, actions: given.extend(items_in(drag.mimeData())))
    qtbot.mousePress(card.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    qtbot.mouseMove(card.viewport(), QPoint(22, 60))
    assert given == []
    qtbot.mouseMove(card.viewport(), QPoint(20 + QApplication.startDragDistance() + 5, 60))
    assert [given[0].piece, card.dragged] == [one.piece, [one]]


def test_a_card_says_what_it_shows(qtbot, context):
    card = shown(qtbot, single(context, item([60, 62], t=0.5), before=melody([60, 64])))
    assert card.pieces.said(0) == "50%, C major, 4/4, 2 notes, 1 new, 1 gone"
    text = shown(qtbot, single(context, sentence("the cat sees the moon")))
    assert "the cat sees the moon" in text.pieces.said(0)
    empty = shown(qtbot, single(context, None, caption="25%"))
    assert empty.pieces.said(0) == "25% is being made"


def test_what_is_new_is_drawn_otherwise(qtbot, context):
    said = sentence("the cat sees the moon")
    plain = shown(qtbot, single(context, said), 320, 90)
    before = get_domain("text").parse("the dog sees the moon")
    other = shown(qtbot, single(context, said, before=before), 320, 90)
    assert picture(plain) != picture(other)
    assert words(other)[-1] == "1 new, 1 gone"


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
    card = shown(qtbot, single(context, sentence(after), before=sentence(before).piece), 320, 90)
    assert words(card)[-1] == said


def test_notes_that_are_gone_are_counted(qtbot, context):
    pitches = [60 + at % 5 for at in range(27)]
    fewer = melody(pitches[:25])
    card = shown(qtbot, single(context, item(pitches[:25]), before=melody(pitches)), 320, 120)
    assert words(card)[-1] == "2 gone"
    card.set_items([item(pitches)], compare=fewer)
    assert words(card)[-1] == "2 new"
    other_key = Item(dataclasses.replace(fewer, tonic=62), "melody", "In D")
    card.set_items([other_key], compare=fewer)
    assert words(card)[-1] == "same notes"
    card.set_items([Item(fewer, "melody", "Itself")], compare=fewer)
    assert words(card)[-1] == "same"


def test_what_another_model_made_bears_its_name(qtbot, context):
    job = SimpleNamespace(digest="one", model="melodies-one", settings={}, decoding={"exact": [None, "symbols"]})
    card = shown(qtbot, single(context, item([60, 62], job=job)), 320, 120)
    context.models.current = SimpleNamespace(digest="one", name="melodies-one", folder="melodies-one", manifest={})
    context.models.changed.emit(context.models.current)
    assert "by melodies-one" not in card.pieces.said(0)
    context.models.loading.emit("another")
    context.models._waiting = True
    context.models.chosen.emit()
    assert "by melodies-one" in card.pieces.said(0)  # the other one is chosen, though it is not there yet
    context.models._have(SimpleNamespace(digest="two", name="another", folder="another", manifest={}))
    assert "by melodies-one" in card.pieces.said(0)
    for own in (item([60, 62]), item([60, 62], job=job, place=1)):  # the second is the end of a way
        card = shown(qtbot, single(context, own), 320, 120)
        assert "by" not in card.pieces.said(0)


def test_arrows_move_in_a_grid(qtbot, context):
    grid = shown(qtbot, CardGrid(context), 500, 400)
    many = [item([60 + index]) for index in range(7)]
    grid.set_items(many)
    moved = heard(grid.current_changed)
    selected = heard(context.bus.selected)
    grid.select(0, focus=True)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert (grid.current, grid.hasFocus()) == (1, True)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.current == 1 + grid.shape()[0]
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert grid.current == 6
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current == 6
    assert moved == [1, 1 + grid.shape()[0], 6]
    assert selected[-1] is many[6]


def test_the_page_around_a_grid_scrolls_to_the_card_that_keys_go_to(qtbot, context):
    area = QScrollArea()
    area.setWidgetResizable(True)
    page = QWidget()
    grid = CardGrid(context, page)
    QVBoxLayout(page).addWidget(grid)
    area.setWidget(page)
    grid.set_items([item() for _ in range(24)])
    shown(qtbot, area, 500, 300)
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_End)
    place = grid.mapTo(area.viewport(), grid.place(23).center())
    assert area.viewport().rect().contains(place)


def test_a_grid_is_one_stop_of_the_tab_key(qtbot, context):
    grid = shown(qtbot, CardGrid(context), 500, 400)
    grid.set_items([item() for _ in range(5)], current=2)
    assert grid.focusPolicy() & Qt.FocusPolicy.TabFocus
    click(qtbot, grid, grid.place(4).center())
    assert grid.current == 4
    grid.set_items([])
    assert grid.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_long_strip_asks_for_cards_in_sight_only(qtbot, context):
    grid = shown(qtbot, CardStrip(context), 500, 120)
    one = item()
    grid.set_items([Item(one.piece, "melody", str(number)) for number in range(2000)])
    picture(grid)
    assert 0 < len(grid.shown._rows) < 60
    grid.select(1500)
    picture(grid)
    assert {0, 1500} <= set(grid.shown._rows)
    assert len(grid.shown._rows) < 120
    assert grid.caption(1500) == "1500"
    assert grid.viewport().rect().contains(grid.place(1500))


def test_a_result_takes_its_place(qtbot, context):
    strip = shown(qtbot, CardStrip(context), 600, 130)
    first, captions = item([60, 62], t=0.0), ["A", "50%", "B"]
    strip.set_items([first, None, None], captions, compare=True)
    assert "being made" in strip.pieces.said(1)
    strip.set_items([first, item([60, 64], t=0.5), None], captions, compare=True)
    assert strip.pieces.said(1) == "50%, C major, 4/4, 2 notes, 1 new, 1 gone"
    rows = {strip.place(number).y() for number in range(3)}
    assert len(rows) == 1


def test_a_poem_has_all_its_lines_in_a_list_too(qtbot, context):
    strip = shown(qtbot, Strip(context), 600, 200)
    strip.set_items([sentence("床前明月光，疑是地上霜。举头望明月，低头思故乡。"), sentence("月亮")])
    assert strip.place(1).top() > strip.place(0).height() > 4 * strip.fontMetrics().height()


def test_the_colours_change_with_the_theme(qtbot, context):
    from genstudio.gui.theme import DARK

    card = shown(qtbot, single(context, item()))
    light = picture(card)
    context.theme.use(DARK)
    assert picture(card) != light
