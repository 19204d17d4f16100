"""The Create page with the shipped models: ends, tools, results, undo, and what is there again at the next start."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QPlainTextEdit

from genstudio import paths
from genstudio.errors import ConfigError
from genstudio.gui.pages.create import CreatePage
from genstudio.gui.pages.create.desk import End
from genstudio.gui.pages.create.keeping import end_from, end_record
from genstudio.gui.toolwords import TOOLS, ends_needed
from tests.gui.create.fakes import STEPS, item, make_context, through_a_file

SONGS = paths.resources() / "songs"


def pieces(page: CreatePage, tool: str = "interpolate") -> list[Any]:
    return [one.piece for one in page.desk.state.results[tool].items]


def drop(widget: Any, data: QMimeData) -> None:
    event = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget.dropEvent(event)


def files(*names: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(name)) for name in names])
    return data


# -- from nothing to a way


def test_an_empty_page_teaches(page, qtbot, context, melodies, calm):
    assert page.lesson.isVisible()
    assert not page.stage.grid.isVisible()
    assert not page.head.make_button.isEnabled()
    assert "No model" in page.head.make_button.toolTip()
    context.models.current = melodies
    context.models.changed.emit(melodies)
    assert page.head.make_button.toolTip() == "This end is empty: A."
    qtbot.mouseClick(page.lesson.example, Qt.MouseButton.LeftButton)
    calm()
    assert [end.item.title for end in page.desk.state.ends[:2]] == ["The Kesh", "Ode to Joy"]
    assert len(pieces(page)) == STEPS
    assert page.stage.grid.isVisible()
    assert page.stage.line.isVisible()
    assert not page.lesson.isVisible()


def test_the_steps_are_those_of_the_model(way, melodies, context):
    a, b = (end.shown(2).piece for end in way.desk.state.ends[:2])
    expected = melodies.interpolate(a, b, STEPS)
    assert pieces(way) == list(expected)
    assert [one.t for one in way.desk.state.results["interpolate"].items] == expected.ts
    assert context.shelf.recorded[-1] == expected
    assert way.stage.grid.caption(2) == "50%"


def test_a_way_in_the_bars_that_are_chosen(way, qtbot, calm, melodies):
    well = way.ends.wells[0]
    assert [well.phrases.itemText(index) for index in (0, 1)] == ["Bars 1 to 2", "Bars 3 to 4"]
    before = pieces(way)
    well.phrases.setCurrentIndex(1)
    well.phrases.activated.emit(1)
    calm()
    assert way.desk.state.ends[0].bars == (3, 4)
    assert pieces(way) != before
    assert pieces(way)[0] == way.desk.state.ends[0].shown(2).piece


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen, a menu cannot take the keyboard
def test_bars_of_ones_own_choice(way, qtbot, calm):
    well = way.ends.wells[0]
    well.phrases.activated.emit(well.phrases.count() - 1)
    assert well.phrases.currentText() == "Bars 1 to 2"  # until others are taken, also where the menu is left with Escape
    first, last = well.phrases.fields
    first.setValue(4)
    last.setValue(5)
    qtbot.mouseClick(well.phrases.take, Qt.MouseButton.LeftButton)
    calm()
    assert way.desk.state.ends[0].bars == (4, 5)
    assert well.phrases.currentText() == "Bars 4 to 5"


def test_a_file_is_dropped(way, calm):
    drop(way.ends.wells[1], files(SONGS / "greensleeves.abc"))
    calm()
    assert way.desk.state.ends[1].item.title == "Greensleeves"
    assert len(pieces(way)) == STEPS


def test_a_file_that_is_no_song(way, calm, tmp_path):
    bad = tmp_path / "bad.mid"
    bad.write_bytes(b"MThd nothing")
    before = way.desk.state.ends[0]
    drop(way.ends.wells[0], files(bad))
    calm()
    assert way.ends.wells[0].error.isVisible()
    assert "bad.mid" in way.ends.wells[0].error.text()
    assert way.desk.state.ends[0] is before
    drop(way.ends.wells[0], files(SONGS / "the-kesh.mid"))
    calm()
    assert not way.ends.wells[0].error.isVisible()


def test_one_tune_of_a_book(way, calm, qtbot, tmp_path):
    book = tmp_path / "book.abc"
    tunes = [f"X:{number}\nT:Tune {number}\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|\n" for number in (1, 2, 3)]
    book.write_text("\n".join(tunes), encoding="utf-8")
    drop(way.ends.wells[0], files(book))
    calm()
    chooser = way.filling.chooser
    qtbot.keyClicks(chooser.search, "tune 2")
    chooser.accept()
    calm()
    assert way.desk.state.ends[0].item.title == "Tune 2"


def test_files_are_pasted(way, calm):
    QGuiApplication.clipboard().setMimeData(files(SONGS / "frere-jacques.abc"))
    way.filling.paste()
    calm()
    assert way.desk.state.ends[0].item.source.endswith("frere-jacques.abc")


def test_new_ends_are_drawn(way, qtbot, calm, context):
    before = way.desk.state.ends
    way.ends.wells[1].ways["prior"].click()
    calm()
    assert way.desk.state.ends[0] is before[0]
    assert way.desk.state.ends[1].item.job.operation == "sample"
    qtbot.mouseClick(way.head.dice, Qt.MouseButton.LeftButton)
    calm()
    assert way.desk.state.ends[0].item.job is way.desk.state.ends[1].item.job
    context.undo.undo()
    context.undo.undo()
    assert way.desk.state.ends == before


def test_the_ends_are_told(way, calm, context):
    told = []
    context.bus.ends_changed.connect(lambda a, b: told.append((a, b)))
    before = [end.item.title for end in way.desk.state.ends[:2]]
    way.filling.swap()
    calm()
    assert [item.title.split(" (")[0] for item in told[-1]] == before[::-1]
    assert context.bus.ends == told[-1]
    context.undo.undo()
    assert [item.title.split(" (")[0] for item in told[-1]] == before


def test_swap(way, calm):
    a, b = way.desk.state.ends[:2]
    way.filling.swap()
    calm()
    assert way.desk.state.ends[:2] == (b, a)


# -- the slider and the cards


def test_a_drag_shows_the_nearest_and_refines(way, qtbot, calm, melodies):
    slider = way.stage.line
    x = slider._x(0.3)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider._x(0.5)), round(slider._y)))
    qtbot.mouseMove(slider, QPoint(round(x), round(slider._y)))
    t = slider.t
    assert 0.28 < t < 0.32
    assert (way.stage.item.t,) in way.stage.morphing.places
    calm()
    assert way.stage.item.t == pytest.approx(t, abs=1e-9)
    a, b = (end.shown(2).piece for end in way.desk.state.ends[:2])
    assert way.stage.item.piece == melodies.way(a, b).at(t)[0]
    assert way.stage.item.provenance is not None
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton)


def test_the_latest_place_wins(way, calm):
    for t in (0.11, 0.21, 0.31, 0.41, 0.77):
        way.stage.line.move(t)
    calm()
    assert way.stage.item.t == pytest.approx(0.77)
    assert way.stage.view.title.text().endswith("77%")


def test_places_are_decoded_ahead(way, qtbot):
    qtbot.waitUntil(lambda: len(way.stage.morphing.places) > 60, timeout=20_000)
    shown = []
    way.stage.morphing.shown.connect(lambda item, exact: shown.append(item.t))
    way.stage.line.move(0.333)
    assert abs(shown[0] - 0.333) <= 1 / 64


def test_cards_and_slider_go_together(way, qtbot, calm):
    way.stage.grid.select(2, focus=True)
    qtbot.keyClick(way.stage.grid, Qt.Key.Key_Right)
    assert way.stage.line.t == pytest.approx(0.75)
    assert way.stage.item is way.stage.grid.items[3]
    way.stage.line.setFocus()
    qtbot.keyClick(way.stage.line, Qt.Key.Key_Left)
    assert way.stage.grid.current == 2
    assert way.stage.item is way.stage.grid.items[2]


def test_space_plays_and_enter_makes_ends(way, qtbot, calm, context):
    way.stage.grid.select(2, focus=True)
    result = way.stage.grid.items[2]
    qtbot.keyClick(way.stage.grid, Qt.Key.Key_Space)
    assert context.player.item is result
    qtbot.keyClick(way.stage.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    calm()
    assert way.desk.state.ends[1].item is result
    assert way.ends.wells[1].card.current_item is result
    way.stage.grid.select(2, focus=True)
    other = way.stage.grid.items[2]
    qtbot.keyClick(way.stage.grid, Qt.Key.Key_Return)
    calm()
    assert way.desk.state.ends[0].item is other


def test_what_is_looked_at_comes_first(way, context, calm, monkeypatch):
    order = []
    run = context.engine.run

    def noted(function, **more):
        order.append(more.get("channel"))
        return run(function, **more)

    monkeypatch.setattr(context.engine, "run", noted)
    way.stage.line.put(0.37)
    way.making.run()
    assert order[:2] == ["morph", "create"]
    assert way.stage.grid.items == [None] * STEPS  # until they are made
    calm()
    assert way.stage.item.t == pytest.approx(0.37)


# -- undo


def test_an_end_and_what_came_of_it_are_one_change(way, calm, context):
    undo = context.undo
    assert undo.count() == 1
    first, ends = pieces(way), way.desk.state.ends
    context.bus.make_end.emit(item([60, 64, 67, 72, 67, 64, 60, 60]), "a")
    calm()
    second = pieces(way)
    assert undo.count() == 2
    undo.undo()
    assert (pieces(way), way.desk.state.ends) == (first, ends)
    assert way.ends.wells[0].card.current_item.title.startswith("The Kesh")
    undo.redo()
    assert pieces(way) == second
    undo.undo()
    undo.undo()
    assert way.desk.state.ends == (None,) * 4
    assert way.lesson.isVisible()


def test_a_setting_makes_anew(way, calm, qtbot, context):
    way.parameters.fields["steps"].setValue(4)
    qtbot.waitUntil(lambda: len(pieces(way)) == 4, timeout=20_000)
    assert context.settings["steps"] == 4
    way.parameters.fields["key"].setChecked(True)
    qtbot.waitUntil(lambda: "hold" in way.desk.state.results["interpolate"].items[0].job.settings, timeout=20_000)
    key = way.desk.state.ends[0].item.piece.tonic % 12
    assert {piece.tonic % 12 for piece in pieces(way)[:-1]} == {key}  # B stands there as it is


# -- the other tools


@pytest.mark.parametrize(("tool", "count"), [("sample", 8), ("vary", 8), ("continue", 4)])
def test_a_tool_makes_at_once(way, qtbot, calm, tool, count):
    qtbot.mouseClick(way.head.tools.buttons[tool], Qt.MouseButton.LeftButton)
    calm()
    results = way.desk.state.results[tool]
    assert len(results.items) == count
    assert results.items[0].job.operation == tool
    assert [well.isVisible() for well in way.ends.wells] == [number < ends_needed(tool) for number in range(4)]
    assert not way.stage.line.isVisible()
    seed = results.items[0].job.seed
    way.another()
    calm()
    assert way.desk.state.results[tool].items[0].job.seed != seed


def test_a_grid_between_four(way, qtbot, calm, melodies):
    qtbot.mouseClick(way.head.tools.buttons["blend"], Qt.MouseButton.LeftButton)
    assert way.head.make_button.toolTip() == "This end is empty: C."
    way.parameters.fields["grid"].setValue(3)
    qtbot.mouseClick(way.lesson.surprise, Qt.MouseButton.LeftButton)
    calm()
    four = [end.shown(2).piece for end in way.desk.state.ends]
    assert pieces(way, "blend") == list(melodies.blend(*four, 3))
    assert [way.stage.grid.caption(number) for number in (0, 2, 6, 8)] == ["A", "B", "C", "D"]


def test_shaping(way, qtbot, calm, melodies, monkeypatch):
    monkeypatch.setattr(melodies, "shape", partial(melodies.shape, rounds=1, candidates=4))  # a short search
    qtbot.mouseClick(way.head.tools.buttons["shape"], Qt.MouseButton.LeftButton)
    calm()
    assert way.head.make_button.toolTip().startswith("Move a slider first")
    way.shaping.sliders["density"].setValue(20)
    assert "→" in way.shaping.readouts["density"].text()
    qtbot.mouseClick(way.head.make_button, Qt.MouseButton.LeftButton)
    calm()
    source = way.desk.state.ends[0].shown(2).piece
    assert pieces(way, "shape") == list(melodies.shape(source, {"density": 2.0}))
    assert "got" in way.shaping.readouts["density"].text()
    way.shaping.reset.click()
    assert way.shaping.changes == {}


def test_a_tool_is_asked_for_elsewhere(way, calm, context):
    other = item([60, 62, 64, 65, 67, 65, 64, 62], "Another")
    context.bus.operate.emit(other, "vary")
    calm()
    assert way.desk.tool == "vary"
    assert way.desk.state.ends[0].item is other
    assert "Another" in way.desk.state.results["vary"].items[0].title


def test_made_again(way, calm, context):
    old = way.stage.grid.items[3]
    context.bus.again.emit(old)
    calm()
    assert context.shelf.asked is old.job
    assert way.stage.grid.items[3].piece == old.piece


# -- when it does not work, and stopping


def test_an_error_is_told_in_place(way, calm, monkeypatch, melodies):
    def failing(*given: Any, **more: Any) -> Any:
        raise ConfigError("the steps are too many; choose fewer.")

    monkeypatch.setattr(melodies, "interpolate", failing)
    before = pieces(way)
    way.making.run()
    calm()
    assert way.trouble.isVisible()
    assert way.trouble.sentence.text() == "the steps are too many; choose fewer."
    assert way.stage.grid.items == list(way.desk.state.results["interpolate"].items)
    assert pieces(way) == before


def test_stopping(way, qtbot, calm, monkeypatch, melodies):
    def endless(*given: Any, stop: Any = None, **more: Any) -> Any:
        while True:
            stop.check()

    monkeypatch.setattr(melodies, "interpolate", endless)
    before = pieces(way)
    way.making.run()
    assert way.head.stop_button.isVisible()
    assert way.head.progress.isVisible()
    qtbot.mouseClick(way.head.stop_button, Qt.MouseButton.LeftButton)
    calm()
    assert not way.head.stop_button.isVisible()
    assert pieces(way) == before
    assert way.stage.grid.items[0] is not None


# -- text


@pytest.fixture
def words(way, context, spoken, calm) -> CreatePage:
    context.models.current = spoken
    context.models.changed.emit(spoken)
    calm()
    return way


def test_sentences(words, qtbot, calm, context, melodies):
    assert words.desk.domain == "text"
    assert words.ends.wells[0].typing.isVisible()
    assert not words.parameters.fields["key"].isVisible()
    qtbot.keyClicks(words.ends.wells[0].typing, "the cat sees the moon.")
    qtbot.keyClick(words.ends.wells[0].typing, Qt.Key.Key_Return)
    qtbot.keyClicks(words.ends.wells[1].typing, "we waited for the train.")
    qtbot.waitUntil(lambda: "interpolate" in words.desk.state.results, timeout=20_000)
    calm()
    assert len(pieces(words)) == STEPS
    assert words.stage.grid.pieces.said(0) == "A, the cat sees the moon."
    kept = words.desk.states["text"]
    context.models.current = melodies
    context.models.changed.emit(melodies)
    calm()
    assert words.desk.domain == "melody"
    assert words.desk.state.ends[0].item.title == "The Kesh"
    assert words.desk.states["text"] is kept


def test_an_end_of_the_other_kind_asks_for_its_model(way, context, calm, monkeypatch):
    asked = []
    monkeypatch.setattr(context.models, "load", asked.append)
    context.models.known = [{"name": "english-sentence", "domain": "text"}]
    from genstudio.domains import get_domain
    from genstudio.gui.items import Item

    sentence = Item(get_domain("text").parse("a dog hears the moon."), "text", "a dog")
    context.bus.make_end.emit(sentence, "")
    assert asked == ["english-sentence"]
    assert way.desk.domain == "text"
    assert way.ends.wells[0].typing.toPlainText() == "a dog hears the moon."
    assert way.desk.states["melody"].ends[0].item.title == "The Kesh"


# -- the next start


def test_it_is_there_again(way, context, calm, tmp_path, show, melodies, qtbot):
    way.ends.wells[0].phrases.setCurrentIndex(1)
    way.ends.wells[0].phrases.activated.emit(1)
    calm()
    way.parameters.fields["steps"].setValue(4)
    qtbot.waitUntil(lambda: len(pieces(way)) == 4, timeout=20_000)
    way.stage.line.move(0.4)
    calm()
    kept = through_a_file(way.save())
    other = make_context(tmp_path / "other")
    try:
        page = CreatePage(other)
        page.retranslate()
        page.restore(kept)
        show(page, 900, 640)
        assert [end.item.title for end in page.desk.state.ends[:2]] == ["The Kesh", "Ode to Joy"]
        assert page.desk.state.ends[0].bars == (3, 4)
        other.models.current = melodies
        other.models.changed.emit(melodies)
        qtbot.waitUntil(lambda: not other.engine.working, timeout=20_000)
        assert pieces(page) == pieces(way)
        assert page.stage.line.t == pytest.approx(0.4)
        assert other.undo.count() == 0
        page.shut()
    finally:
        other.engine.close()


@pytest.mark.parametrize(
    "kept",
    [
        {"ends": {"melody": [{"domain": "melody"}, None, 3, "x", {}, {}]}},
        {"values": {"interpolate": {"steps": "many", "method": 3}}},
        {"ends": 4, "values": [], "tool": "sing", "t": "here", "domain": "painting"},
        {"values": {"interpolate": {"steps": 10**9, "temperature": -4.0, "nonsense": 1}, "weave": {}}, "t": 7},
    ],
)
def test_a_damaged_state_is_left_out(page, kept):
    page.restore(kept)
    assert page.desk.state.ends == (None,) * 4
    assert page.desk.tool == "interpolate"
    assert 2 <= page.parameters.of("interpolate")["steps"] <= 1000
    assert page.parameters.of("interpolate")["temperature"] >= 0
    through_a_file(page.save())


def test_sliders_come_back_when_the_model_has_them(page, context, melodies, calm):
    page.restore({"tool": "shape", "changes": {"density": 1.5, "pitch": "high"}})
    assert page.save()["changes"] == {"density": 1.5}
    context.models.current = melodies
    context.models.changed.emit(melodies)
    calm()
    assert page.shaping.sliders["density"].value() == 15
    page.shaping.reset.click()
    assert page.save()["changes"] == {}


def test_an_end_comes_back_whole():
    end = End(item([60, 62, 64, 65], "Mine"), (1, 1))
    again = end_from(through_a_file(end_record(end)), "melody")
    assert again is not None
    assert (again.item.piece, again.bars, again.item.title) == (end.item.piece, (1, 1), "Mine")


# -- for everybody


@pytest.mark.parametrize("tool", TOOLS)
def test_every_control_is_named_and_says_why_not(way, calm, tool):
    way.choose(tool)
    way.parameters.more.setChecked(True)
    calm()
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QPlainTextEdit)
    for kind in kinds:
        for widget in way.findChildren(kind):
            if not widget.isVisible() or widget.objectName().startswith("qt_") or widget.parent().objectName().startswith("qt_"):
                continue
            assert widget.accessibleName(), (type(widget).__name__, widget.parent())
            if not widget.isEnabled():
                assert widget.toolTip(), widget.accessibleName()


def test_commands_have_names_and_keys(page):
    for action in page.commands():
        assert action.text()
        assert not action.shortcut().isEmpty()


def test_the_tools_keep_their_places_whatever_is_chosen(page):
    """What one tool has and another has not leaves its place empty."""
    shown = (page.head.make_button, page.head.dice, page.head.stop_button, *page.head.tools.buttons.values())
    page.choose("interpolate")
    QApplication.processEvents()
    before = [widget.geometry() for widget in shown]
    for tool in ("vary", "sample", "blend"):
        page.choose(tool)
        QApplication.processEvents()
        assert not page.head.swap_button.isVisible()
        assert [widget.geometry() for widget in shown] == before
