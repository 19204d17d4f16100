"""The large view over the transport."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.domains.text import Passage
from genstudio.gui.items import Item
from genstudio.gui.widgets.viewer import Viewer


@pytest.fixture
def other(make) -> Item:
    return Item(make([60, 67, 64, 72]), "melody", "Other")


def offered(viewer: Viewer) -> list[str]:
    """What the piece can be compared with, as the list shows it."""
    viewer.compare.open()
    shown = [viewer.compare.list.item(row).text() for row in range(viewer.compare.list.count())]
    viewer.compare.close_list()
    return shown


def test_it_opens_and_closes_and_shows_what_is_selected(bar, context, settings, tune, other, qtbot):
    context.bus.selected.emit(tune)
    assert not bar.viewer.isVisible()
    qtbot.mouseClick(bar.music.buttons.large, Qt.MouseButton.LeftButton)
    assert bar.viewer.isVisible()
    assert settings["viewer"] is True
    assert (bar.viewer.title.text(), bar.viewer.panel_of("melody").roll.melody) == ("Four notes", tune.piece)
    context.bus.selected.emit(other)
    assert bar.viewer.panel_of("melody").roll.melody is other.piece
    qtbot.keyClick(bar.viewer.panel_of("melody").roll, Qt.Key.Key_Escape)
    assert not bar.viewer.isVisible()
    next(action for action in bar.commands() if action.shortcut().toString() == "V").trigger()
    assert bar.viewer.isVisible()
    qtbot.mouseClick(bar.viewer.shut, Qt.MouseButton.LeftButton)
    assert settings["viewer"] is False


def test_the_cursor_follows_the_player_and_a_click_goes_there(bar, context, settings, tune, other, qtbot):
    settings["viewer"] = True
    context.bus.selected.emit(tune)
    qtbot.mouseClick(bar.music.play_button, Qt.MouseButton.LeftButton)
    roll = bar.viewer.panel_of("melody").roll
    qtbot.waitUntil(lambda: (roll.position or 0) > 0.02, timeout=5000)
    context.player.pause()
    box = roll.note_rect(3)
    qtbot.mouseClick(roll.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left(), box.center().y()))
    assert context.player.position == pytest.approx(1.5, abs=0.03)
    # Something else is looked at while this one is paused: a click takes it over.
    context.bus.selected.emit(other)
    qtbot.mouseClick(roll.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left(), box.center().y()))
    assert context.player.item is other
    assert context.player.position == pytest.approx(1.5, abs=0.03)


def test_bars_are_chosen_to_be_repeated(bar, context, settings, make, qtbot):
    settings["viewer"] = True
    tune = Item(make([60] * 16), "melody", "Four bars")
    context.bus.selected.emit(tune)
    roll = bar.viewer.panel_of("melody").roll
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mousePress(roll.viewport(), Qt.MouseButton.LeftButton, shift, roll.note_rect(5).center())
    qtbot.mouseRelease(roll.viewport(), Qt.MouseButton.LeftButton, shift, roll.note_rect(5).center())
    assert context.player.loop_span == (2.0, 4.0)
    assert bar.music.loop.isChecked()
    assert bar.music.seek.span == (2.0, 4.0)
    assert roll.loop == (2.0, 4.0)
    qtbot.mouseClick(bar.music.loop, Qt.MouseButton.LeftButton)
    assert roll.loop is None


def test_it_compares_with_ends_and_neighbours(bar, context, settings, tune, other, qtbot):
    settings["viewer"] = True
    context.bus.selected.emit(tune)
    viewer = bar.viewer
    assert offered(viewer) == ["Nothing"]
    context.bus.ends_changed.emit(tune, other)
    context.player.set_items([tune, other])
    assert offered(viewer) == [
        "Nothing", "With A: Four notes", "With B: Other", "With the one before", "With the one after",
    ]  # fmt: skip
    qtbot.mouseClick(viewer.compare, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(viewer.compare.field, "with b")
    qtbot.keyClick(viewer.compare.field, Qt.Key.Key_Return)
    assert viewer.compare.text() == "With B: Other"
    assert viewer.panel_of("melody").roll.other is other.piece
    viewer.compare.chosen.emit("a")  # itself: nothing to lay over
    assert viewer.panel_of("melody").roll.other is None
    viewer.compare.chosen.emit("after")
    assert viewer.panel_of("melody").roll.other is other.piece
    viewer.compare.chosen.emit("before")
    assert viewer.panel_of("melody").roll.other is None


def test_words_and_score_have_their_views(bar, context, settings, tune, words, qtbot):
    settings["viewer"] = True
    context.bus.selected.emit(tune)
    music, text = bar.viewer.panel_of("melody"), bar.viewer.panel_of("text")
    qtbot.mouseClick(music.kinds["score"], Qt.MouseButton.LeftButton)
    assert settings["view"] == "score"
    assert music.views.currentWidget() is music.score
    qtbot.waitUntil(lambda: music.score.ready or music.score.trouble != "", timeout=10000)
    context.bus.ends_changed.emit(None, Item(Passage(text="The dog sees the sun."), "text", "B"))
    context.bus.selected.emit(words)
    assert bar.viewer.views.currentWidget() is text
    assert not music.kinds["score"].isVisible()
    bar.viewer.compare.chosen.emit("b")
    assert "Compared with B" in text.text.toPlainText()


def test_its_tabs_stay_where_they_are(bar, context, settings, tune, qtbot):
    context.bus.selected.emit(tune)
    qtbot.mouseClick(bar.music.buttons.large, Qt.MouseButton.LeftButton)
    tabs = bar.viewer.panel_of("melody").kinds
    bar.viewer.layout().activate()
    before = {name: button.geometry() for name, button in tabs.items()}
    qtbot.mouseClick(tabs["score"], Qt.MouseButton.LeftButton)
    assert not bar.viewer.compare.isVisible()
    bar.viewer.layout().activate()
    assert {name: button.geometry() for name, button in tabs.items()} == before


def test_its_height_is_kept_and_names_are_there(bar, settings, qtbot):
    settings["viewer"] = True
    before = settings["viewer_height"]
    for _ in range(2):
        qtbot.keyClick(bar.grip, Qt.Key.Key_Down)
    assert settings["viewer_height"] < before
    assert bar.viewer.maximumHeight() == settings["viewer_height"]
    before = settings["viewer_height"]
    qtbot.mousePress(bar.grip, Qt.MouseButton.LeftButton, pos=QPoint(600, 3))
    qtbot.mouseMove(bar.grip, QPoint(600, 43))
    qtbot.mouseRelease(bar.grip, Qt.MouseButton.LeftButton, pos=QPoint(600, 43))
    assert settings["viewer_height"] == before - 40
    for button in bar.viewer.findChildren(QAbstractButton):
        assert button.accessibleName() or not button.isVisible(), button


def test_it_is_as_high_with_a_legend_of_parts_as_without(bar, context, settings, qtbot):
    settings["viewer"] = True
    score = get_domain("score").read(paths.resource("scores/old-hundredth.musicxml")).pieces[0]
    context.bus.selected.emit(Item(score, "score", "Four voices"))
    qtbot.waitUntil(lambda: bar.viewer.panel_of("melody").parts.isVisible())
    with_parts = bar.minimumSizeHint().height(), bar.sizeHint().height(), bar.hasHeightForWidth()
    settings["view"] = "score"
    qtbot.waitUntil(lambda: not bar.viewer.panel_of("melody").parts.isVisible())
    assert with_parts == (bar.minimumSizeHint().height(), bar.sizeHint().height(), False)


def test_with_nothing_chosen_it_is_as_what_the_model_writes_needs_it(context, qtbot):
    viewer = Viewer(context)
    qtbot.addWidget(viewer)
    viewer.show()
    assert viewer.panel_of("melody").kinds["roll"].isVisible()
    context.models.current = SimpleNamespace(domain=get_domain("text"))
    context.models.chosen.emit()
    assert not viewer.panel_of("melody").kinds["roll"].isVisible()
    assert viewer.views.currentWidget() is viewer.panel_of("text")
