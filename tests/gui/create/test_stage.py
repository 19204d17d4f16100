"""The stage: what the line, the square and the cards lead to, and bars and words that are marked on it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QScrollArea

import genstudio
from genstudio.domains.melody import DOMAIN
from genstudio.domains.melody.symbols import to_symbols
from genstudio.domains.text import Passage
from genstudio.gui.items import Item, other_model
from genstudio.gui.pages.create.morphing import mix_title
from genstudio.gui.pages.create.pad import Pad
from genstudio.gui.pages.create.stage import Strip
from genstudio.gui.views.roll import RollView
from genstudio.gui.views.text import TextView
from tests.gui.create.fakes import item, through_a_file


def middle(view: RollView, bar: int, bars: int) -> QPoint:
    """A place in a bar of the roll, away from the ruler."""
    left, right = view._x(0), view._x(view._length)
    return QPoint(round(left + (bar - 0.5) * (right - left) / bars), view.viewport().height() - 12)


def drag(qtbot: Any, view: RollView, first: QPoint, last: QPoint) -> None:
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    for place in ((first + last) / 2, last):
        qtbot.mouseMove(view.viewport(), place)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)


def test_the_large_view_takes_half_of_the_page(way, qtbot):
    way.resize(1100, 720)
    assert way.stage.view.height() > 0.42 * way.height()
    assert way.stage.line.geometry().left() > way.ends.wells[0].geometry().right()  # the line lies between the names
    assert way.stage.line.geometry().right() < way.ends.wells[1].geometry().left()
    cards = [way.stage.grid.place(number).size() for number in range(3)]
    assert len({(size.width(), size.height()) for size in cards}) == 1
    assert cards[0].width() / cards[0].height() == pytest.approx(1.7, abs=0.02)
    way.resize(600, 720)
    qtbot.waitUntil(lambda: way.stage.line.geometry().top() > way.ends.wells[0].geometry().bottom())  # where there is no room


def test_what_plays_follows_the_hand(way, context, calm):
    context.player.play(way.stage.item)
    way.stage.line.move(0.8)
    assert context.player.selected[-1] is way.stage.item
    assert context.player.loops
    calm()
    assert way.stage.view.title.text().endswith("80%")


def test_a_hand_that_moves_while_nothing_plays_starts_nothing(way, context, qtbot, calm):
    with qtbot.waitSignal(context.bus.selected):
        way.stage.line.move(0.8)
    calm()
    assert not context.player.playing
    assert not context.player.selected


def test_an_end_that_is_clicked_is_seen_on_the_stage(way, qtbot, calm):
    a, b = (end.shown(2).piece for end in way.desk.state.ends[:2])
    qtbot.mouseClick(way.ends.wells[1].card.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    assert way.stage.line.t == 1.0
    assert way.stage.item.piece == b
    qtbot.mouseClick(way.ends.wells[0].card.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    assert (way.stage.line.t, way.stage.item.piece) == (0.0, a)


def test_the_square_is_played(way, qtbot, calm, context):
    way.stage.morphing.ahead = False  # only what the hand asks for
    way.choose("blend")
    way.parameters.put("blend", {"grid": 3})
    qtbot.mouseClick(way.lesson.surprise, Qt.MouseButton.LeftButton)
    calm()
    pad, grid = way.stage.pad, way.stage.grid
    assert pad.isVisible()
    assert pad.hasFocus()  # the button that was pressed is gone
    context.player.play(grid.items[0])
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=pad.at(0.5, 0.5).toPoint())
    assert way.stage.item is grid.items[4]
    assert context.player.selected[-1] is grid.items[4]
    qtbot.mouseMove(pad, pad.at(0.3, 0.9).toPoint())
    assert way.stage.item is grid.items[7]  # the nearest that is finished, at once
    calm()
    u, v = pad.where
    assert (u, v) == (pytest.approx(0.3, abs=0.01), pytest.approx(0.9, abs=0.01))
    ends = [end.shown(2).piece for end in way.desk.state.ends]
    assert way.stage.item.piece == way.desk.model.square(*ends).at((u, v))[0]  # and then what the pointer is at
    assert way.stage.item.title == mix_title(u, v)
    assert grid.current == 7
    qtbot.mouseMove(pad, pad.at(1, 1).toPoint() + QPoint(30, 30))
    assert way.stage.item is grid.items[8]
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton)
    qtbot.keyClick(pad, Qt.Key.Key_Up)
    assert (way.stage.item, grid.current) == (grid.items[5], 5)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.place(1).center())
    assert (way.stage.item, pad.place) == (grid.items[1], 1)


def test_keys_stay_within_the_square(context, show, qtbot):
    pad = show(Pad(context), 248, 248)
    pad.set_side(3)
    told: list[tuple[float, float]] = []
    pad.moved.connect(lambda u, v: told.append((u, v)))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_Home):
        qtbot.keyClick(pad, key)
    assert told == [(0.5, 0.0), (0.5, 0.5), (1.0, 1.0), (0.0, 0.0)]
    before = pad.grab().toImage()
    pad.put(7)
    assert told[-1] == (0.0, 0.0)  # putting it tells nobody
    assert pad.grab().toImage() != before


def test_the_current_card_is_in_the_middle(context, show):
    strip = show(Strip(context), 640, 128)
    strip.set_items([item(title=str(number)) for number in range(20)])
    strip.select(10)
    place = strip.place(10).center().x()
    assert place == pytest.approx(strip.viewport().width() / 2, abs=2)


# -- what is marked


def bar(piece: Any, number: int) -> list[Any]:
    return [note[:3] for note in DOMAIN.part(piece, number, number).notes]


def test_marked_bars_are_made_anew(walk, qtbot, calm, context):
    piece, roll, marks = walk.stage.item, walk.stage.view.panel_of("melody").roll, walk.marking.bar
    ends, way = walk.desk.state.ends, walk.desk.state.results["interpolate"]
    drag(qtbot, roll, middle(roll, 2, 2), middle(roll, 2, 2) + QPoint(20, 0))
    assert roll.bars_marked == (2, 2)
    assert marks.isVisible()
    assert marks.said.text() == "Bar 2"
    qtbot.mouseClick(marks.renew_button, Qt.MouseButton.LeftButton)
    calm()
    assert walk.desk.tool == "fill"
    assert walk.desk.ends[0].item is piece
    assert walk.ends.wells[0].card.current_item is piece
    made = [one.piece for one in walk.desk.state.results["fill"].items]
    assert all(bar(one, 1) == bar(piece.piece, 1) for one in made)
    assert any(bar(one, 2) != bar(piece.piece, 2) for one in made)
    assert not marks.isVisible()
    assert walk.desk.state.ends == ends  # the songs stay where they are
    walk.choose("interpolate")
    assert walk.desk.state.results["interpolate"] is way
    assert walk.ends.wells[0].card.current_item is ends[0].shown(2)
    walk.choose("fill")
    assert [one.piece for one in walk.desk.state.results["fill"].items] == made
    context.undo.undo()
    assert walk.desk.topic is None


def test_from_what_was_marked_a_click_leads_back_to_a(walk, qtbot, calm):
    ends, well = walk.desk.state.ends, walk.ends.wells[0]
    piece = walk.stage.item
    walk.stage.view.panel_of("melody").roll.mark((1, 1))
    qtbot.mouseClick(walk.marking.bar.keep_button, Qt.MouseButton.LeftButton)
    calm()
    assert well.back.isVisible()
    assert well.badge.instead == piece.t
    walk.stage.grid.select(1)
    kept = through_a_file(walk.save())
    walk.stage.grid.select(2)
    walk.restore({})
    walk.restore(kept)
    calm()
    assert walk.stage.grid.current == 1
    assert walk.stage.item is walk.stage.grid.items[1]
    assert to_symbols(walk.desk.topic.item.piece) == to_symbols(piece.piece)
    assert [to_symbols(end.item.piece) for end in walk.desk.state.ends[:2]] == [to_symbols(end.item.piece) for end in ends[:2]]
    qtbot.mouseClick(well.back, Qt.MouseButton.LeftButton)
    calm()
    assert walk.desk.topic is None
    assert not well.back.isVisible()
    (given,) = walk.desk.state.results["vary"].request.pieces
    assert given is walk.desk.shown(walk.desk.state.ends[0])


def test_another_a_is_what_the_tool_works_on(walk, calm, qtbot):
    walk.stage.view.panel_of("melody").roll.mark((1, 1))
    qtbot.mouseClick(walk.marking.bar.renew_button, Qt.MouseButton.LeftButton)
    calm()
    walk.filling.take(other := item(title="Another"), "a")
    calm()
    assert walk.desk.ends[0].item is other
    assert walk.desk.topic is None


def test_marked_bars_are_kept(walk, qtbot, calm):
    piece, roll, marks = walk.stage.item, walk.stage.view.panel_of("melody").roll, walk.marking.bar
    roll.setFocus()
    qtbot.keyClick(roll, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert roll.bars_marked == (1, 1)
    qtbot.keyClick(roll, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert roll.bars_marked == (1, 2)
    qtbot.keyClick(roll, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    marks.keep_button.setFocus()
    qtbot.keyClick(marks.keep_button, Qt.Key.Key_Space)
    calm()
    assert roll.hasFocus()  # the button that was pressed is gone
    assert walk.desk.tool == "vary"
    assert walk.parameters.of("vary")["bars"] == "1"
    made = [one.piece for one in walk.desk.state.results["vary"].items]
    assert all(bar(one, 1) == bar(piece.piece, 1) for one in made)


def test_a_click_plays_from_there_and_unmarks(walk, qtbot):
    roll = walk.stage.view.panel_of("melody").roll
    roll.mark((1, 1))
    sought: list[float] = []
    roll.seek.disconnect()
    roll.seek.connect(sought.append)
    qtbot.mousePress(roll.viewport(), Qt.MouseButton.LeftButton, pos=middle(roll, 2, 2))
    assert not sought  # it may become a drag
    qtbot.mouseRelease(roll.viewport(), Qt.MouseButton.LeftButton, pos=middle(roll, 2, 2))
    assert len(sought) == 1
    assert roll.bars_marked is None
    roll.mark((2, 2))
    qtbot.keyClick(roll, Qt.Key.Key_Escape)
    assert roll.bars_marked is None
    assert not walk.marking.bar.isVisible()


def test_a_mark_in_a_long_piece_takes_the_part_around_it(walk, qtbot):
    long = item([60, 62, 64, 65, 67, 69, 71, 72] * 8, "Long")  # eight bars, for a model of two
    for marked, part, within in ((1, (1, 2), (1, 1)), (5, (5, 6), (1, 1)), (8, (7, 8), (2, 2))):
        walk.stage.view.show_item(long)
        walk.stage.view.panel_of("melody").roll.mark((marked, marked))
        qtbot.mouseClick(walk.marking.bar.renew_button, Qt.MouseButton.LeftButton)
        assert walk.desk.topic.bars == part
        assert walk.parameters.of("fill")["gap"] == within  # counted in the part


def test_a_model_that_cannot_says_so(way, qtbot):
    if way.desk.model.fills:
        pytest.skip("this model can")
    way.stage.view.panel_of("melody").roll.mark((1, 1))
    qtbot.mouseClick(way.marking.bar.renew_button, Qt.MouseButton.LeftButton)
    assert "cannot" in way.trouble.sentence.text()
    assert way.desk.tool == "interpolate"


def test_marked_words_are_made_anew_and_kept(page, context, calm, writer, qtbot):
    model = genstudio.load(writer)
    context.models.current = model
    context.models.changed.emit(model)
    page.filling.begin_with_example()
    calm()
    view = page.stage.view.panel_of("text").text
    text = str(page.stage.item.piece.text)
    words = text.split()
    cursor = view.textCursor()
    cursor.setPosition(1)  # amid the first word
    cursor.setPosition(2, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.words_marked == (0, len(words[0]))  # the whole word
    assert page.marking.bar.said.text() == f"“{words[0]}”"
    qtbot.mouseClick(page.marking.bar.renew_button, Qt.MouseButton.LeftButton)
    calm()
    assert page.desk.tool == "fill"
    assert page.desk.ends[0].item.piece.text == text.replace(words[0], "___", 1).strip()
    assert "___" not in page.desk.state.ends[0].item.piece.text
    cursor = view.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(3, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    qtbot.mouseClick(page.marking.bar.keep_button, Qt.MouseButton.LeftButton)
    assert page.desk.tool == "vary"
    assert page.parameters.of("vary")["words"]
    calm()


def test_the_line_ends_of_a_poem_are_no_part_of_it(context, show):
    view = show(TextView(context), 400, 200)
    view.marks_words = True
    view.show_items(Item(Passage(text="床前明月光，疑是地上霜。"), "text", "Moon"))
    assert "\n" in view.toPlainText()
    cursor = view.textCursor()
    cursor.setPosition(7)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.words_marked == (6, 8)


def test_what_is_large_is_edited_and_kept_with_the_keys_of_a_card(way, context, calm, qtbot):
    asked = []
    context.bus.edit.connect(asked.append)
    item = way.stage.item
    qtbot.keyClick(way.stage.view.panel_of("melody").roll, Qt.Key.Key_E)
    assert asked == [item]
    qtbot.keyClick(way.stage.view.panel_of("melody").roll, Qt.Key.Key_F)
    assert context.shelf.is_kept(item)
    qtbot.keyClick(way.stage.view.panel_of("melody").roll, Qt.Key.Key_F)
    assert not context.shelf.is_kept(item)


def test_the_end_that_another_tool_shows_is_what_plays(way, context, calm):
    heard = []
    context.bus.selected.connect(heard.append)
    way.choose("vary")
    assert heard[0] is way.stage.item
    assert heard[0].title.startswith(way.desk.state.ends[0].item.title)
    calm()


def test_a_model_that_is_on_its_way_is_the_one_that_is_chosen(way):
    made = way.stage.item
    models = SimpleNamespace(made=lambda job: False, wanted=made.job.model, current=None)
    assert other_model(made, models) == ""
    models.current = SimpleNamespace(name=made.job.model)  # of the same name, and not what made it
    assert other_model(made, models) == made.job.model
    models.wanted, models.current = "another", None
    assert other_model(made, models) == made.job.model


def test_sentences_have_one_bar_that_of_the_page(page, context, calm, writer, qtbot):
    """In a small window the whole list is in the page; the keys bring the current sentence into sight."""
    model = genstudio.load(writer)
    context.models.current = model
    context.models.changed.emit(model)
    page.resize(900, 380)
    page.filling.begin_with_example()
    calm()
    grid, (scroll,) = page.stage.grid, [one for one in page.findChildren(QScrollArea) if one.isAncestorOf(page.stage)]
    assert grid.count > 4
    qtbot.waitUntil(lambda: grid.viewport().height() >= grid.whole.height())
    assert grid.verticalScrollBar().maximum() == 0
    assert scroll.verticalScrollBar().maximum() > 0
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_End)
    row = grid.place(grid.count - 1)
    seen = scroll.viewport().rect()
    assert seen.contains(QRect(grid.viewport().mapTo(scroll.viewport(), row.topLeft()), row.size()))
    page.resize(900, 1200)
    qtbot.waitUntil(lambda: not scroll.verticalScrollBar().maximum())


def test_what_the_line_was_dragged_to_is_kept_with_a_key(way, context, calm, qtbot):
    line = way.stage.line
    line.setFocus()
    line.move(0.27)
    calm()
    item = way.stage.item
    qtbot.keyClick(line, Qt.Key.Key_F)
    assert context.shelf.is_kept(item)
    with qtbot.waitSignal(context.bus.edit) as asked:
        qtbot.keyClick(line, Qt.Key.Key_E)
    assert asked.args == [item]


def test_the_card_that_is_current_brings_the_line_back(way, context, calm, qtbot):
    grid, line = way.stage.grid, way.stage.line
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.place(2).center())
    calm()
    at = grid.items[2].t
    line.move(at + 0.03)
    calm()
    assert (grid.current, way.stage.item is grid.items[2]) == (2, False)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.place(2).center())
    calm()
    assert line.t == pytest.approx(at)
    assert way.stage.item is grid.items[2]
