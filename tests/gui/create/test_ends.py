"""What is typed is never lost, results belong to the model that made them, and the ends are the user's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.focus import stops
from genstudio.gui.items import Item
from genstudio.gui.pages.create import CreatePage
from genstudio.gui.pages.create.desk import typed
from genstudio.gui.pages.create.ends_bar import straightened
from tests.gui.create.fakes import STEPS, melody


@pytest.fixture
def words(page: CreatePage, context: Context, spoken: Any, calm: Callable[[], None]) -> CreatePage:
    context.models.current = spoken
    context.models.changed.emit(spoken)
    calm()
    return page


def have(context: Context, model: Any) -> None:
    context.models.current = model
    context.models.changed.emit(model)


# -- what is typed


def test_typing_into_both_ends_loses_nothing(words, qtbot, calm):
    """Each pause makes one of them an end, which shows both again."""
    a, b = (well.typing for well in words.ends.wells[:2])
    a.setFocus()
    qtbot.keyClicks(a, "the cat sees ")
    b.setFocus()  # leaving the field is a pause too
    qtbot.keyClicks(b, "nobody hears ")
    words.ends.wells[1]._pause()
    assert (a.toPlainText(), b.toPlainText()) == ("the cat sees ", "nobody hears ")
    assert [end.item.piece.text for end in words.desk.state.ends[:2]] == ["the cat sees", "nobody hears"]
    qtbot.keyClicks(b, "the wind")
    words.ends.wells[0].ended.emit(None)  # A is cleared while B is typed into
    assert (a.toPlainText(), b.toPlainText()) == ("", "nobody hears the wind")
    cursor = b.textCursor()
    assert cursor.position() == len("nobody hears the wind")
    calm()
    assert b.toPlainText() == "nobody hears the wind"
    words.retranslate()
    words._refresh()
    assert b.toPlainText() == "nobody hears the wind"


def test_a_pause_after_a_space_leaves_the_field_alone(words, qtbot):
    a = words.ends.wells[0].typing
    qtbot.keyClicks(a, "the cat ")
    words.ends.wells[0]._pause()
    assert (a.toPlainText(), a.textCursor().position()) == ("the cat ", 8)
    qtbot.keyClicks(a, "sees")
    a.moveCursor(QTextCursor.MoveOperation.Start)
    words.ends.wells[0]._pause()
    assert (a.toPlainText(), a.textCursor().position()) == ("the cat sees", 0)
    assert words.desk.state.ends[0].item.piece.text == "the cat sees"


@pytest.mark.parametrize("what", ["swap", "undo", "end", "model", "make", "tool"])
def test_what_is_typed_is_taken_over_before_anything_else_is_done(words, context, melodies, qtbot, what):
    a, b = (well.typing for well in words.ends.wells[:2])
    words.filling.take(typed("we waited for the train", "text"), "a")
    a.setFocus()
    a.selectAll()
    qtbot.keyClicks(a, "the moon is out")
    undo = context.undo
    if what == "swap":
        words.filling.swap()
        assert (a.toPlainText(), b.toPlainText()) == ("", "the moon is out")
        undo.undo()
    elif what == "undo":
        context.bus.settle.emit()
        undo.undo()
        assert a.toPlainText() == "we waited for the train"
        undo.redo()
    elif what == "end":
        words.filling.take(typed("another one", "text"), "a")
        assert a.toPlainText() == "another one"
        undo.undo()
    elif what == "model":
        have(context, melodies)
        assert words.desk.domain == "melody"
        undo.undo()
        undo.redo()
    elif what == "make":
        words.filling.take(typed("nobody was there", "text"), "b")
        a.setFocus()
        a.selectAll()
        qtbot.keyClicks(a, "the moon is out")
        words.make_now()
        assert words.making._now[0].pieces[0].text == "the moon is out"
    else:
        words.choose("vary")
    assert words.desk.states["text"].ends[0].item.piece.text == "the moon is out"
    assert a.toPlainText() == "the moon is out"


def test_what_comes_late_does_not_replace_what_is_typed_meanwhile(words, context, qtbot, calm):
    a = words.ends.wells[0].typing
    words.filling.draw([0])
    qtbot.keyClicks(a, "my own words")
    words.ends.wells[0].commit()
    calm()
    assert a.toPlainText() == "my own words"
    assert words.desk.state.ends[0].item.piece.text == "my own words"


def test_work_is_saved_with_what_is_typed(words, context, qtbot):
    qtbot.keyClicks(words.ends.wells[0].typing, "half a senten")
    undo = context.undo.count()
    assert words.save()["ends"]["text"][0]["piece"].piece.text == "half a senten"
    assert context.undo.count() == undo


def test_a_number_that_is_being_typed_stays(way, qtbot, calm):
    field = way.parameters.fields["steps"]
    field.setFocus()
    field.lineEdit().selectAll()
    qtbot.keyClicks(field, "1")
    way._refresh()
    calm()
    assert field.lineEdit().text() == "1"
    qtbot.keyClicks(field, "2")
    way._refresh()
    assert field.lineEdit().text() == "12"
    way.choose("vary")
    assert way.parameters.of("interpolate")["steps"] == 12


# -- whose results


def another(model: Any, name: str = "another") -> Any:
    """The same model with another digest."""

    class Other(type(model)):  # type: ignore[misc]
        digest = "0" * 64

    made = Other.__new__(Other)
    own = ("digest", "interpolate")  # the fixture remembers what the other one made
    made.__dict__.update({key: value for key, value in model.__dict__.items() if key not in own})
    made.name = name
    return made


def test_results_of_another_model_bear_its_name_until_they_are_made_anew(way, context, calm, qtbot, melodies):
    first = way.desk.state.results["interpolate"].items
    assert not way.origin.isVisible()
    context.models.known = [{"name": melodies.name, "folder": str(melodies.folder), "domain": "melody"}]
    other = another(melodies)
    have(context, other)
    assert all(item is None for item in way.stage.grid.items)  # they are being made anew
    calm()
    second = way.desk.state.results["interpolate"].items
    assert {item.job.model for item in second} == {"another"}
    assert not way.origin.isVisible()
    context.undo.undo()
    assert way.desk.state.results["interpolate"].items == first
    assert way.origin.isVisible()
    assert "Ideas, 2 bars" in way.origin.maker.text()
    assert "by Ideas, 2 bars" in way.stage.grid.pieces.said(3)
    assert "by Ideas, 2 bars" in way.stage.view.title.text()
    qtbot.mouseClick(way.origin.remake, Qt.MouseButton.LeftButton)
    calm()
    assert not way.origin.isVisible()
    assert "by Ideas" not in way.stage.grid.pieces.said(3)


def test_what_is_undone_while_something_is_made_bears_its_name_at_once(way, context, calm, melodies):
    have(context, another(melodies))
    calm()
    way.parameters.fields["steps"].setValue(4)
    way.making.run()
    assert way.making._now is not None
    context.undo.undo()
    assert way.origin.isVisible()
    calm()
    assert way.origin.isVisible()


@pytest.mark.parametrize("tool", ["sample", "vary"])
def test_results_of_other_tools_too(way, context, calm, melodies, tool):
    way.choose(tool)
    way.making.run()
    calm()
    assert way.desk.state.results[tool].items
    way.choose("interpolate")
    have(context, another(melodies))
    calm()
    way.choose(tool)
    if tool == "vary":  # it takes no decision
        calm()
        assert not way.origin.isVisible()
        assert way.desk.state.results[tool].items[0].job.model == "another"
    else:
        assert way.origin.isVisible()


def test_while_a_model_is_being_loaded_nothing_is_its_work(way, context, qtbot):
    context.models.load("no such model")
    assert way.origin.isVisible()
    with qtbot.waitSignal(context.models.failed, timeout=20_000):
        pass
    assert not way.origin.isVisible()
    assert context.models.wanted == "folk-melody-2bar"


# -- the user's own


def test_at_the_ends_stand_the_pieces_themselves(way, calm, qtbot):
    a, b = (end.shown(2).piece for end in way.desk.state.ends[:2])
    for place, number, piece, letter in ((0.0, 0, a, "A"), (1.0, -1, b, "B")):
        way.stage.line.move(place)
        calm()
        assert way.stage.item.piece == piece
        assert way.stage.item.t == place
        assert way.stage.grid.items[number].piece == piece
        assert way.stage.grid.pieces.said(number % STEPS).startswith(f"{letter}, ")
    for well, piece in zip(way.ends.wells, (a, b), strict=False):
        assert well.kept.isVisible()
        assert str(len(piece.notes)) in well.kept.text() or "whole" in well.kept.text()


def test_what_is_kept_is_measured_for_every_tool(way, calm, melodies):
    tune = melody([60, 97, 30, 85, 41, 77, 90, 35], step=170)  # nothing like what it was trained on
    kept = melodies.kept(tune)
    assert kept.share < 0.8
    way.choose("vary")
    way.filling.take(Item(tune, "melody", "Odd"), "a")
    calm()
    well = way.ends.wells[0]
    more = f", and adds {kept.added}" if kept.added else ""
    assert well.kept.text() == f"Kept {kept.kept} of {kept.of} notes{more}"
    assert well.mend.isVisible()
    well.mend.menu().aboutToShow.emit()
    offered = [action.text() for action in well.mend.menu().actions()]
    assert "Put the rhythm on sixteenths" in offered
    assert offered[-1] == "Take another piece …"
    well.mend.menu().actions()[offered.index("Put the rhythm on sixteenths")].trigger()
    calm()
    shown = way.desk.state.ends[0].item.piece
    assert {note.start % 120 for note in shown.notes} == {0}
    assert straightened(way.desk.state.ends[0].item) is None


def test_other_bars_are_found(way, calm, melodies):
    way.choose("vary")
    calm()
    well = way.ends.wells[0]
    end = way.desk.state.ends[0]
    way.ends._take_best(0, end)
    calm()
    best = melodies.kept(way.desk.state.ends[0].shown(2).piece)
    assert best.share >= melodies.kept(end.shown(2).piece).share
    assert well.kept.isVisible()


def test_a_sentence_that_comes_back_whole(words, calm, spoken):
    whole = "he was late."
    for _ in range(50):  # what comes back comes back more easily
        if spoken.kept(whole).exact:
            break
        whole = spoken.reconstruct(whole)[0].text
    words.choose("vary")
    words.filling.take(typed(whole, "text"), "a")
    calm()
    assert words.ends.wells[0].kept.text() == "Kept whole"
    assert not words.ends.wells[0].mend.isVisible()


# -- shaping


def test_shape_after_the_kind_of_data_changed(way, context, calm, spoken, melodies):
    way.choose("shape")
    calm()
    assert way.shaping.sliders
    way.filling.take(typed("the cat sees the moon.", "text"), "a")
    assert not way.shaping.sliders  # those of melodies say nothing of a sentence
    have(context, spoken)
    calm()
    assert way.desk.domain == "text"
    assert set(way.shaping.sliders) <= {one.name for one in get_domain("text").attributes}
    context.undo.undo()
    have(context, melodies)
    calm()
    assert "density" in way.shaping.sliders
    assert way.desk.tool == "shape"


def test_tab_leads_from_one_sentence_to_the_next_before_the_menus(words):
    a, b = words.ends.wells[:2]
    found = stops([words.ends])
    assert found[:4] == [a.typing, b.typing, a.menu_button, b.menu_button]
