"""The page of the library with real clicks and keys: searching, marking, tagging, removing, the history, many rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget, QWidgetAction
from pytestqt.qtbot import QtBot

from genstudio.gui.context import Context
from genstudio.gui.items import Item
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
    """The page with four sentences and two melodies."""
    context.shelf.record(made("the red house", "a river", seed=1))
    context.shelf.record(made("a red boat", "月亮", seed=2, operation="vary", sources=("boats.txt",)))
    context.shelf.add([Item(item.piece, "melody", item.title) for item in melodies(2)])
    settled()
    page = LibraryPage(context)
    qtbot.addWidget(page)
    page.retranslate()
    page.retheme()
    page.resize(1000, 700)
    page.show()
    page.entered()
    settled()
    return page


def _titles(page: LibraryPage) -> list[str]:
    return [entry.title for entry in page.model.entries]


def _select(page: LibraryPage, *rows: int) -> None:
    page.list.clearSelection()
    for row in rows:
        index = page.model.index(row)
        page.list.selectionModel().select(index, page.list.selectionModel().SelectionFlag.Select)
        page.list.selectionModel().setCurrentIndex(index, page.list.selectionModel().SelectionFlag.NoUpdate)
    QApplication.processEvents()


def test_everything_is_there_the_newest_first(page: LibraryPage) -> None:
    assert _titles(page) == ["step 1", "step 0", "月亮", "a red boat", "a river", "the red house"]
    assert "6" in page.count.text()


def test_searching_as_one_types(page: LibraryPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.keyClicks(page.search, "red bo")
    settled()
    assert _titles(page) == ["a red boat"]
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    page.search.setText("no such word")
    settled()
    assert page.stack.currentIndex() == 1
    assert page.nothing.text() == "Nothing was found"
    qtbot.mouseClick(page.nothing_do, Qt.MouseButton.LeftButton)
    settled()
    assert len(_titles(page)) == 6
    page.search.setText("月")
    settled()
    assert _titles(page) == ["月亮"]


def test_filters(page: LibraryPage, settled: Settled) -> None:
    page.kinds.setCurrentIndex(page.kinds.findData("melody"))
    settled()
    assert _titles(page) == ["step 1", "step 0"]
    page.show_all()
    page.operations.setCurrentIndex(page.operations.findData("vary"))
    settled()
    assert _titles(page) == ["月亮", "a red boat"]
    page.favourites.setChecked(True)
    settled()
    assert _titles(page) == []


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
    assert page.list.rows.playing == page.model.entries[1].id
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    settled()
    assert played[1] is played[0]  # the same item again: the window stops it
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    settled()
    assert ends == [("step 0", ""), ("step 0", "b")]


def test_keeping_many_and_the_heart(page: LibraryPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    _select(page, 0, 3)
    qtbot.keyClick(page.list, Qt.Key.Key_F)
    settled()
    assert [entry.favourite for entry in page.model.entries] == [True, False, False, True, False, False]
    rect = page.list.visualRect(page.model.index(3))
    heart = page.list.rows._heart(rect).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=heart)
    settled()
    assert not page.model.entries[3].favourite
    context.extra["undo"].undo()
    context.extra["undo"].undo()
    settled()
    assert not any(entry.favourite for entry in page.model.entries)


def test_removing_and_bringing_back(page: LibraryPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    _select(page, 1, 2)
    assert page.bar.isVisible()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    settled()
    assert _titles(page) == ["step 1", "a red boat", "a river", "the red house"]
    page.removed.setChecked(True)
    settled()
    assert _titles(page) == ["step 0", "月亮"]
    _select(page, 0)
    assert page.buttons["remove"].text() == "Restore"
    qtbot.mouseClick(page.buttons["remove"], Qt.MouseButton.LeftButton)
    settled()
    assert _titles(page) == ["月亮"]
    context.extra["undo"].undo()
    context.extra["undo"].undo()
    page.removed.setChecked(False)
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
    assert page.tags.findData("for the album") == 1
    page.tags.setCurrentIndex(1)
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
    context.shelf.record(made("something new", seed=9))
    settled()
    assert _titles(page)[0] == "something new"
    assert [entry.title for entry in page.chosen] == ["step 0", "a river"]
    assert page.model.entries[page.list.currentIndex().row()].title == "a river"


def test_the_history_tells_model_and_seed(page: LibraryPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.mouseClick(page.by_job, Qt.MouseButton.LeftButton)
    settled()
    jobs = page.jobs.jobs
    told = str(jobs.data(jobs.index(0), Qt.ItemDataRole.AccessibleTextRole))
    assert "Variation: boats.txt" in told
    assert "words" in told
    assert "seed 2" in told
    assert _titles(page) == ["a red boat", "月亮"]
    qtbot.keyClick(page.jobs, Qt.Key.Key_Down)
    settled()
    assert _titles(page) == ["the red house", "a river"]
    qtbot.mouseClick(page.by_piece, Qt.MouseButton.LeftButton)
    settled()
    assert len(_titles(page)) == 6


def test_made_again(page: LibraryPage, context: Context, made: Made, settled: Settled) -> None:
    from types import SimpleNamespace

    pieces = made("a red boat", "月亮", seed=2, operation="vary", sources=("boats.txt",))
    context.models.current = SimpleNamespace(digest="d" * 64, again=lambda job, stop: pieces)
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
    page.list.copy()
    settled()
    data = QApplication.clipboard().mimeData()
    assert [item.title for item in items_in(data)] == ["step 1", "月亮"]
    assert len(data.urls()) == 1
    dragged = page.list.drag_data()
    assert [item.title for item in items_in(mime_for(dragged))] == ["step 1", "月亮"]
    assert dragged[1].job is not None
    settled()
    texts = {action.text() for action in page.list.menu().actions()}
    assert {"Keep", "Copy", "Export…", "Tags", "Remove"} <= texts
    asked: list[list[Item]] = []
    context.bus.learn_from.connect(asked.append)
    next(action for action in page.list.menu().actions() if action.text() == "Learn from these").trigger()
    settled()
    assert [item.title for item in asked[0]] == ["step 1", "月亮"]
    assert "Rename" not in texts
    _select(page, 2)
    texts = {action.text() for action in page.list.menu().actions()}
    assert {"Use as A", "Vary", "Show on the map", "Rename", "Make again"} <= texts


def test_thousands_of_rows_are_read_as_one_goes(context: Context, made: Made, qtbot: QtBot, settled: Settled) -> None:
    with Library(context.shelf._path) as library:
        for number in range(3):
            pieces = made(*(f"sentence {number} {place}" for place in range(250)), seed=number)
            library.record(pieces.job, pieces, pieces.domain)
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
    ids = [entry.id for entry in page.model.entries]
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
    assert page.nothing.text() == "Nothing is here yet"
    with qtbot.waitSignal(context.bus.go) as told:
        page.nothing_do.click()
    assert told.args == ["create"]


def test_what_was_asked_for_is_there_at_the_next_start(page: LibraryPage, context: Context, qtbot: QtBot) -> None:
    page.search.setText("red")
    page.favourites.setChecked(True)
    again = LibraryPage(context)
    qtbot.addWidget(again)
    again.retranslate()
    again.restore(page.save())
    assert again.query == Query("red", favourite=True)


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
    for widget in (page.search, page.kinds, page.operations, page.models, page.tags, page.list, page.jobs):
        assert widget.accessibleName(), widget
    row = page.model.index(2).data(ROW)
    assert row.caption.startswith("Variation")
    assert "月亮" in str(page.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole))
    assert isinstance(page.focusProxy(), QWidget)
