"""The page of the library with real clicks and keys: searching, marking, tagging, removing, the history, many rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget, QWidgetAction
from pytestqt.qtbot import QtBot

from genstudio.gui.context import Context
from genstudio.gui.items import Item, items_of
from genstudio.gui.pages.library import LibraryPage
from genstudio.gui.shelf import Query
from genstudio.gui.theme import DARK
from genstudio.gui.widgets.handing import items_in, mime_for
from genstudio.gui.widgets.rows import ROW
from genstudio.library import Library

Made = Callable[..., Any]
Settled = Callable[[], None]


@pytest.fixture
def page(context: Context, made: Made, melodies: Callable[..., list[Item]], qtbot: QtBot, settled: Settled) -> LibraryPage:
    """The page with four sentences and two melodies, all of them kept."""
    context.shelf.record(made("the red house", "a river", seed=1))
    context.shelf.record(made("a red boat", "月亮", seed=2, operation="vary", sources=("boats.txt",)))
    context.shelf.add([Item(item.piece, "melody", item.title) for item in melodies(2)])
    settled()
    with Library(context.shelf._path) as library:
        for number in range(1, 7):
            library.favourite(number)
    page = LibraryPage(context)
    qtbot.addWidget(page)
    page.retranslate()
    page.retheme()
    page.resize(1000, 700)
    page.show()
    page.entered()
    settled()
    return page


@pytest.fixture
def history(page: LibraryPage, qtbot: QtBot, settled: Settled) -> LibraryPage:
    """The page with its history open."""
    qtbot.mouseClick(page.views["history"], Qt.MouseButton.LeftButton)
    settled()
    return page


def _titles(page: LibraryPage) -> list[str]:
    return [page.model.row(number).title for number in range(page.model.rowCount())]


def _select(page: LibraryPage, *rows: int) -> None:
    page.list.clearSelection()
    for row in rows:
        index = page.model.index(row)
        page.list.selectionModel().select(index, page.list.selectionModel().SelectionFlag.Select)
        page.list.selectionModel().setCurrentIndex(index, page.list.selectionModel().SelectionFlag.NoUpdate)
    QApplication.processEvents()


def test_what_is_kept_is_there_the_newest_first(
    page: LibraryPage, context: Context, made: Made, qtbot: QtBot, settled: Settled
) -> None:
    assert _titles(page) == ["step 1", "step 0", "月亮", "a red boat", "a river", "the red house"]
    assert "6" in page.count.text()
    context.shelf.record(made("made and not kept", seed=7))
    settled()
    assert len(_titles(page)) == 6
    qtbot.mouseClick(page.views["history"], Qt.MouseButton.LeftButton)
    settled()
    assert _titles(page)[0] == "made and not kept"


def test_searching_as_one_types(page: LibraryPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.keyClicks(page.filters.search, "red bo")
    settled()
    assert _titles(page) == ["a red boat"]
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    assert page.list.currentIndex().row() == 0
    assert page.list.hasFocus()
    page.filters.search.setText("no such word")
    settled()
    assert page.stack.currentIndex() == 1
    assert page.empty.head.text() == "Nothing was found"
    qtbot.mouseClick(page.empty.do, Qt.MouseButton.LeftButton)
    settled()
    assert len(_titles(page)) == 6
    page.filters.search.setText("月")
    settled()
    assert _titles(page) == ["月亮"]


def test_filters(page: LibraryPage, settled: Settled) -> None:
    page.filters.kinds.setCurrentIndex(page.filters.kinds.findData("melody"))
    settled()
    assert _titles(page) == ["step 1", "step 0"]
    page.filters.clear()
    page.filters.operations.setCurrentIndex(page.filters.operations.findData("vary"))
    settled()
    assert _titles(page) == ["月亮", "a red boat"]
    page.filters.clear()
    page.filters.order.setCurrentIndex(page.filters.order.findData("title"))
    settled()
    assert _titles(page) == ["a red boat", "a river", "step 0", "step 1", "the red house", "月亮"]


def test_a_click_selects_and_space_plays(page: LibraryPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    selected: list[Item] = []
    played: list[Item] = []
    ends: list[tuple[str, str]] = []
    context.bus.selected.connect(selected.append)
    context.bus.play.connect(played.append)
    context.bus.play.connect(context.player.play)
    context.bus.make_end.connect(lambda item, which: ends.append((item.title, which)))
    place = page.list.visualRect(page.model.index(2)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled()
    assert [item.title for item in selected] == ["月亮"]
    assert selected[0].job is not None
    assert selected[0].job.seed == 2
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    settled()
    assert [item.title for item in played] == ["step 0"]
    assert page.list.rows.playing == page.model.lines[1].id
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    settled()
    assert played[1] is played[0]  # the same item again: the window stops it
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    settled()
    assert ends == [("step 0", ""), ("step 0", "b")]


def test_a_double_click_edits(page: LibraryPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    edited: list[Item] = []
    context.bus.edit.connect(edited.append)
    place = page.list.visualRect(page.model.index(2)).center()
    qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled()
    assert [item.title for item in edited] == ["月亮"]


def test_a_row_shows_that_it_plays_wherever_it_was_started(page: LibraryPage, context: Context, settled: Settled) -> None:
    context.shelf.open([page.model.lines[1]], lambda items: context.player.play(items[0]))
    settled()
    assert page.list.rows.playing == page.model.lines[1].id


def test_the_heart_takes_pieces_out_and_undo_brings_them_back(
    page: LibraryPage, context: Context, qtbot: QtBot, settled: Settled
) -> None:
    said: list[str] = []
    context.bus.say.connect(said.append)
    _select(page, 0, 3)
    qtbot.keyClick(page.list, Qt.Key.Key_F)
    settled()
    assert _titles(page) == ["step 0", "月亮", "a river", "the red house"]
    rect = page.list.visualRect(page.model.index(1))
    heart = page.list.rows.signs(rect, page.model.row(1))["heart"]
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=heart.center())
    settled()
    assert _titles(page) == ["step 0", "a river", "the red house"]
    assert said[-1] == "Taken out of the library; it is still in the history."
    page.show_view("removed")
    settled()
    assert _titles(page) == ["step 1"]  # one's own: nothing else holds it
    context.undo.undo()
    context.undo.undo()
    page.show_view("kept")
    settled()
    assert len(_titles(page)) == 6


def test_removing_and_bringing_back(page: LibraryPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    _select(page, 1, 2)
    assert page.bar.isVisible()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    settled()
    assert _titles(page) == ["step 1", "a red boat", "a river", "the red house"]
    qtbot.mouseClick(page.views["removed"], Qt.MouseButton.LeftButton)
    settled()
    assert _titles(page) == ["step 0", "月亮"]
    _select(page, 0)
    assert page.buttons["remove"].text() == "Restore"
    qtbot.mouseClick(page.buttons["remove"], Qt.MouseButton.LeftButton)
    settled()
    assert _titles(page) == ["月亮"]
    context.undo.undo()
    context.undo.undo()
    page.show_view("kept")
    settled()
    assert len(_titles(page)) == 6


def test_renaming_in_place(page: LibraryPage, qtbot: QtBot, settled: Settled) -> None:
    _select(page, 0)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_F2)
    (editor,) = page.list.viewport().findChildren(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "My waltz")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    assert _titles(page)[0] == "My waltz"


def test_a_title_that_is_being_typed_outlives_a_new_list(page: LibraryPage, qtbot: QtBot, settled: Settled, context: Any) -> None:
    _select(page, 1)
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.model().index(1, 0))
    qtbot.keyClick(page.list, Qt.Key.Key_F2)
    editor = page.list._editor
    editor.selectAll()
    qtbot.keyClicks(editor, "My wal")
    page.list.model().beginResetModel()  # as when something is made meanwhile
    page.list.model().endResetModel()
    editor = page.list._editor
    assert editor is not None
    assert (editor.text(), editor.cursorPosition()) == ("My wal", 6)
    qtbot.keyClicks(editor, "tz")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    assert "My waltz" in _titles(page)


def test_tags(page: LibraryPage, qtbot: QtBot, settled: Settled) -> None:
    _select(page, 0, 1)
    menu = page._tag_menu(page)
    action = menu.actions()[0]
    assert isinstance(action, QWidgetAction)
    field = action.defaultWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "for the album")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settled()
    assert page.filters.tags.findData("for the album") == 1
    page.filters.tags.setCurrentIndex(1)
    settled()
    assert _titles(page) == ["step 1", "step 0"]
    _select(page, 0)
    last = page._tag_menu(page).actions()[-1]
    assert last.isChecked()
    last.setChecked(False)
    settled()
    assert _titles(page) == ["step 0"]


def test_the_selection_outlives_a_change_elsewhere(page: LibraryPage, context: Context, made: Made, settled: Settled) -> None:
    _select(page, 1, 4)
    context.shelf.keep(items_of(made("something new", seed=9))[0])
    settled()
    assert _titles(page)[0] == "something new"
    assert [entry.title for entry in page.chosen] == ["step 0", "a river"]
    assert page.model.lines[page.list.currentIndex().row()].title == "a river"


def test_the_history_has_a_row_for_each_making(history: LibraryPage, qtbot: QtBot, settled: Settled) -> None:
    page = history
    assert _titles(page) == ["Variation: boats", "New"]
    assert page.count.text() == "2 entries"
    told = str(page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "2 pieces" in told
    assert "words" in told
    assert told.endswith("closed")
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(0))
    qtbot.keyClick(page.list, Qt.Key.Key_Right)
    assert _titles(page) == ["Variation: boats", "a red boat", "月亮", "New"]
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Left)
    assert page.list.currentIndex().row() == 0
    rect = page.list.visualRect(page.model.index(3))
    triangle = page.list.rows.signs(rect, page.model.row(3))["toggle"]
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=triangle.center())
    assert _titles(page)[3:] == ["New", "the red house", "a river"]
    page.refresh()
    settled()
    assert len(_titles(page)) == 6  # what is open stays open
    qtbot.keyClick(page.list, Qt.Key.Key_Left)
    assert _titles(page) == ["Variation: boats", "a red boat", "月亮", "New"]
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert len(_titles(page)) == 6


def test_a_way_says_from_where_to_where(
    page: LibraryPage, context: Context, melodies: Callable[..., list[Item]], settled: Settled
) -> None:
    context.shelf.add(melodies(3))
    page.show_view("history")
    settled()
    row = page.model.row(0)
    assert (row.title, row.note) == ("The Kesh → Ode to Joy", "3 steps")
    assert row.piece().notes == page.model.lines[0].pieces[1].piece().notes


def test_pieces_are_called_in_words(
    page: LibraryPage, context: Context, melodies: Callable[..., list[Item]], settled: Settled
) -> None:
    (item,) = melodies(1)
    assert item.job is not None
    with Library(context.shelf._path) as library:
        for operation in ("interpolate", "vary", "sample"):
            job = dataclasses.replace(item.job, operation=operation, sources=item.job.sources if operation != "sample" else ())
            library.record(job, [dataclasses.replace(item.piece, title="")], "melody")
    page.show_view("history")
    page.refresh()
    settled()
    page.model.open(2)
    page.model.open(1)
    page.model.open(0)
    assert _titles(page)[:6] == [
        "New", "New", "Variation: The Kesh, Ode to Joy", "Variation: The Kesh, Ode to Joy", "The Kesh → Ode to Joy",
        "The Kesh → Ode to Joy",
    ]  # fmt: skip


def test_a_making_stands_for_its_pieces(
    history: LibraryPage, context: Context, made: Made, qtbot: QtBot, settled: Settled
) -> None:
    page = history
    context.shelf.record(made("one", "two", "three", seed=8))
    settled()
    _select(page, 0)
    assert len(page.chosen) == 3
    assert page.buttons["keep"].text() == "Keep"
    qtbot.mouseClick(page.buttons["keep"], Qt.MouseButton.LeftButton)
    settled()
    assert page.model.row(0).kept
    page.show_view("kept")
    settled()
    assert _titles(page)[:3] == ["three", "two", "one"]
    found: list[Item] = []
    page.show_view("history")
    settled()
    _select(page, 0)
    page.list.piece_actions.fetch(found.extend)
    settled()
    assert [item.title for item in found] == ["one", "two", "three"]


def test_the_history_is_searched_by_its_pieces(history: LibraryPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.keyClicks(history.filters.search, "river")
    settled()
    assert _titles(history) == ["New"]
    history.filters.search.setText("nothing like it")
    settled()
    assert history.stack.currentIndex() == 1
    assert not history.filters.order.isVisible()


def test_made_again(page: LibraryPage, context: Context, made: Made, settled: Settled) -> None:
    from types import SimpleNamespace

    pieces = made("a red boat", "月亮", seed=2, operation="vary", sources=("boats.txt",))
    context.models.current = SimpleNamespace(name="other", folder="", digest="d" * 64, again=lambda job, stop: pieces)
    said: list[str] = []
    context.bus.say.connect(said.append)
    _select(page, 3)
    assert page.buttons["again"].isVisible()
    page.again()
    settled()
    settled()
    assert said[-1] == "Made again, the same to the last letter."
    _select(page, 0)
    assert not page.buttons["again"].isVisible()  # a piece of one's own


def test_copying_dragging_and_the_menu(page: LibraryPage, context: Context, settled: Settled) -> None:
    _select(page, 0, 2)
    page.list.piece_actions.copy()
    settled()
    data = QApplication.clipboard().mimeData()
    assert [item.title for item in items_in(data)] == ["step 1", "月亮"]
    assert len(data.urls()) == 1
    dragged = page.list.drag_data()
    assert [item.title for item in items_in(mime_for(dragged))] == ["step 1", "月亮"]
    assert dragged[1].job is not None
    settled()
    texts = {action.text() for action in page.list.piece_actions.menu().actions()}
    assert {"Stop keeping", "Copy", "Export…", "Tags", "Remove"} <= texts
    asked: list[list[Item]] = []
    context.bus.learn_from.connect(asked.append)
    next(action for action in page.list.piece_actions.menu().actions() if action.text() == "Learn from these").trigger()
    settled()
    assert [item.title for item in asked[0]] == ["step 1", "月亮"]
    assert "Rename" not in texts
    _select(page, 2)
    texts = {action.text() for action in page.list.piece_actions.menu().actions()}
    assert {"Use as A", "Variations", "Show on the map", "Rename", "Make again"} <= texts


def test_thousands_of_rows_are_read_as_one_goes(context: Context, made: Made, qtbot: QtBot, settled: Settled) -> None:
    with Library(context.shelf._path) as library:
        for number in range(3):
            pieces = made(*(f"sentence {number} {place}" for place in range(250)), seed=number)
            for entry in library.record(pieces.job, pieces, pieces.domain):
                library.favourite(entry)
    page = LibraryPage(context)
    qtbot.addWidget(page)
    page.retranslate()
    page.resize(900, 600)
    page.show()
    page.entered()
    settled()
    assert "750" in page.count.text()
    assert page.model.rowCount() == 200
    page.list.scrollToBottom()
    settled()
    qtbot.waitUntil(lambda: page.model.rowCount() == 400)
    ids = [entry.id for entry in page.model.lines]
    assert ids == list(range(750, 350, -1))
    page.select_all()
    settled()
    qtbot.waitUntil(lambda: len(page.chosen) == 750)
    assert "750" in page.selected.text()


def test_an_empty_library_leads_on(context: Context, qtbot: QtBot, settled: Settled) -> None:
    page = LibraryPage(context)
    qtbot.addWidget(page)
    page.retranslate()
    page.show()
    page.entered()
    settled()
    assert page.empty.head.text() == "Nothing is kept yet"
    page.empty.do.click()
    settled()
    assert page.view == "history"
    assert page.empty.head.text() == "Nothing was made yet"
    with qtbot.waitSignal(context.bus.go) as told:
        page.empty.do.click()
    assert told.args == ["create"]


def test_what_was_asked_for_is_there_at_the_next_start(page: LibraryPage, context: Context, qtbot: QtBot) -> None:
    page.filters.search.setText("red")
    page.show_view("history")
    again = LibraryPage(context)
    qtbot.addWidget(again)
    again.retranslate()
    again.restore(page.save())
    assert again.query == Query("red", view="history")


def test_rows_are_painted_in_both_themes(page: LibraryPage, context: Context) -> None:
    def painted() -> QImage:
        image = QImage(page.list.viewport().size(), QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        page.list.viewport().render(painter, QPoint(), QRect())  # type: ignore[call-overload]
        painter.end()
        return image

    light = painted()
    context.theme.use(DARK)
    assert painted() != light


def test_every_control_has_a_name(page: LibraryPage) -> None:
    for widget in (page.filters.search, *page.filters.boxes, page.filters.order, page.list):
        assert widget.accessibleName(), widget
    row = page.model.index(2).data(ROW)
    assert row.facts[0] == "Variation"
    assert "月亮" in str(page.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole))
    assert isinstance(page.focusProxy(), QWidget)


def test_keys_mean_the_current_row_where_none_is_selected(page: LibraryPage, qtbot: QtBot, settled: Settled) -> None:
    page.filters.search.setText("red boat")
    settled()
    chosen = page.list.selectionModel()
    chosen.setCurrentIndex(page.model.index(0), chosen.SelectionFlag.NoUpdate)
    assert page.list.selected_rows == []
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    settled()
    assert _titles(page) == []


def test_what_stands_in_an_empty_library_is_in_its_middle(page: LibraryPage) -> None:
    page.resize(900, 700)
    empty = page.empty
    above, below = empty.head.geometry().top(), empty.height() - empty.do.geometry().bottom()
    assert abs(above - below) < 24, (above, below)


def test_a_new_collection_is_shown(page: LibraryPage, context: Context, made: Made, settled: Settled) -> None:
    """What was made of pieces of the map: its name is chosen, and nothing else is in the list."""
    page.filters.search.setText("boat")
    page.show_view("history")
    items = items_of(made("a crow", "two crows", seed=3))
    context.shelf.collect(items, "my birds")
    context.bus.show_collection.emit("my birds")
    settled()
    assert page.view == "kept"
    assert page.filters.tags.currentText() == "my birds (2)"
    assert not page.filters.search.text()
    assert sorted(_titles(page)) == ["a crow", "two crows"]
    assert page.count.text() == "2 pieces in “my birds”"
    page.filters.clear()
    settled()
    assert page.count.text() == "8 pieces"
