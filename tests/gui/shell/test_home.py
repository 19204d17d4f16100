"""Home: one key from the first start to the way between two songs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genstudio.gui.items import Item
from genstudio.gui.welcome import beginnings, way_between

Start = Callable[..., Any]
Calm = Callable[[Any], None]
Find = Callable[[Any, str], Any]


class Played:
    """A player that is told when a piece is over."""

    def __init__(self, studio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.items: list[Item] = []
        self.player = studio.context.player
        monkeypatch.setattr(self.player, "play", self._play)
        monkeypatch.setattr(self.player, "stop", self._end)

    def _play(self, item: Item, at: float = 0.0) -> None:
        self.items.append(item)
        self.player._state = "playing"
        self.player.started.emit(item)

    def _end(self) -> None:
        self.player._state = "stopped"
        self.player.ended.emit()

    def hear_all(self) -> None:
        self.player.moved.emit(float(self.items[-1].piece.seconds))
        self._end()


@pytest.fixture
def opened(start: Start, calm: Calm) -> Any:
    studio = start("home")
    calm(studio)
    return studio


@pytest.fixture
def played(opened: Any, monkeypatch: pytest.MonkeyPatch) -> Played:
    return Played(opened, monkeypatch)


def load(studio: Any, model: Path, qtbot: QtBot, calm: Calm) -> None:
    with qtbot.waitSignal(studio.context.models.changed, timeout=30_000):
        studio.context.models.load(str(model))
    calm(studio)


def test_two_songs_are_there_before_any_model(opened: Any) -> None:
    page = opened.window.pages["home"]
    strip = page.strip.items
    assert [strip[0].title, strip[-1].title] == ["The Kesh", "Ode to Joy"]
    assert strip[1:-1] == [None] * 5
    assert len(page.samples.items) == 10
    assert opened.window.inspector.item is strip[0]
    assert page.play_button.hasFocus() or not opened.window.isActiveWindow()


def test_one_key_plays_the_whole_way(opened: Any, played: Played, melody_model: Path, qtbot: QtBot, calm: Calm) -> None:
    page = opened.window.pages["home"]
    qtbot.keyClick(page.play_button, Qt.Key.Key_Space)
    assert [item.title for item in played.items] == ["The Kesh"]
    played.hear_all()
    qtbot.wait(1)  # there is no model yet
    load(opened, melody_model, qtbot, calm)
    way = page.strip.items
    assert len(way) >= 2
    for number in range(1, len(way)):
        qtbot.waitUntil(lambda number=number: played.items[-1] is way[number])
        assert page.strip.current == number
        played.hear_all()
    qtbot.waitUntil(lambda: page.play_button.text() == "Play the way")
    assert opened.context.settings["welcomed"]


def test_a_key_before_the_songs_are_read_counts(start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, calm: Calm) -> None:
    studio = start("home", wait=False)
    complete: list[bool] = []
    studio.window.stack.complete.connect(lambda: complete.append(True))
    played, page = Played(studio, monkeypatch), studio.window.pages["home"]
    assert not any(page.strip.items)
    qtbot.keyClick(page.play_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(played.items))  # they are read once the window is drawn
    assert [item.title for item in played.items] == ["The Kesh"]
    qtbot.waitUntil(lambda: bool(complete))
    calm(studio)


def test_what_is_stopped_does_not_go_on(opened: Any, played: Played, melody_model: Path, qtbot: QtBot, calm: Calm) -> None:
    page = opened.window.pages["home"]
    load(opened, melody_model, qtbot, calm)
    page.play_way()
    played.player.moved.emit(0.5)
    played.player.ended.emit()
    qtbot.wait(1)
    assert len(played.items) == 1
    assert page.play_button.text() == "Play the way"
    page.play_way()
    qtbot.mouseClick(page.play_button, Qt.MouseButton.LeftButton)  # it says Stop now
    qtbot.wait(1)
    assert len(played.items) == 2


def test_what_is_paused_can_be_gone_on_with_and_says_so(
    opened: Any, played: Played, melody_model: Path, qtbot: QtBot, calm: Calm
) -> None:
    page, player = opened.window.pages["home"], played.player
    load(opened, melody_model, qtbot, calm)
    page.play_way()
    assert page.play_button.text() == "Stop"
    player._state = "paused"
    player.changed.emit()
    assert page.play_button.text() == "Play the way"  # nothing sounds that could be stopped
    with qtbot.waitSignal(player.resumed):
        qtbot.mouseClick(page.play_button, Qt.MouseButton.LeftButton)
    assert len(played.items) == 1
    played._end()


def test_another_piece_takes_over(opened: Any, played: Played, melody_model: Path, qtbot: QtBot, calm: Calm) -> None:
    page = opened.window.pages["home"]
    load(opened, melody_model, qtbot, calm)
    page.play_way()
    opened.context.bus.play.emit(page.samples.items[0])
    played.hear_all()
    qtbot.wait(1)
    assert [item.title for item in played.items][1:] == [page.samples.items[0].title]


def test_the_two_ends_go_on_in_create(opened: Any, qtbot: QtBot, calm: Calm) -> None:
    ends: list[tuple[str, str]] = []
    opened.context.bus.make_end.connect(lambda item, end: ends.append((item.title, end)))
    qtbot.mouseClick(opened.window.pages["home"].create_button, Qt.MouseButton.LeftButton)
    assert {("The Kesh", "a"), ("Ode to Joy", "b")} <= set(ends)
    calm(opened)


def test_with_a_model_of_sentences_there_are_sentences(opened: Any, text_model: Path, qtbot: QtBot, calm: Calm) -> None:
    load(opened, text_model, qtbot, calm)
    page = opened.window.pages["home"]
    assert page.strip.items[0].domain == "text"
    assert page.headline.text() == "From one sentence to another"
    assert page.play_button.isHidden()
    assert page.samples.items[0].domain == "text"


def test_models_are_listed_and_taken(opened: Any, find: Find, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened.window.pages["home"]
    assert find(page, "Use the model English sentences").isEnabled()
    asked: list[str] = []
    monkeypatch.setattr(opened.context.models, "load", asked.append)
    qtbot.mouseClick(find(page, "Use the model Ideas, 2 bars"), Qt.MouseButton.LeftButton)
    assert asked == ["folk-melody-2bar"]


def test_the_way_has_no_piece_twice(melody_model: Path) -> None:
    import genstudio
    from genstudio.progress import Stop

    model = genstudio.load(melody_model)
    way = way_between(model, beginnings("melody"), 5, Stop())
    symbols = [model.domain.to_symbols(item.piece) for item in way]
    assert len(set(symbols[:-1])) == len(symbols) - 1
    assert 2 <= len(way) <= 5
    assert [way[0].title, way[-1].title] == ["The Kesh", "Ode to Joy"]
    places = [item.t for item in way]
    assert places == sorted(places)


def test_the_transport_is_not_taken_from_the_page_in_front(start: Callable[..., Any], qtbot: QtBot) -> None:
    studio = start("library")
    home = studio.window.pages["home"]
    home._begin()  # as it does when it has been seen and left again before its songs are read
    qtbot.waitUntil(lambda: bool(home.strip.items))
    assert studio.context.player.item is None
