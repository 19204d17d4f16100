"""What the player does, with a device that is looked into and without one; what is heard is in test_playback."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QTimer

from genstudio.errors import FileError
from genstudio.gui import sounds
from genstudio.gui.items import Item
from genstudio.gui.player import Player


@pytest.fixture
def short(make) -> Item:
    """Four notes in a quarter of a second."""
    return Item(make([60, 62, 64, 65], bpm=960.0), "melody", "Short")


class Watch(QObject):
    """The signals of a player, in order."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self.said: list[str] = []
        self.places: list[float] = []
        player.started.connect(lambda item: self.said.append(f"started {item.title}"))
        player.paused.connect(lambda: self.said.append("paused"))
        player.resumed.connect(lambda: self.said.append("resumed"))
        player.ended.connect(lambda: self.said.append("ended"))
        player.unavailable.connect(lambda reason: self.said.append("unavailable"))
        player.moved.connect(self.places.append)


def test_without_a_device_the_cursor_moves_to_the_end_and_the_reason_is_told(silent, player, short, qtbot):
    watch = Watch(player)
    with qtbot.waitSignal(player.ended, timeout=5000):
        player.play(short)
        assert player.playing
        assert player.item is short
    assert watch.said == ["unavailable", "started Short", "ended"]
    assert "no device" in player.reason
    assert watch.places[:-1] == sorted(watch.places[:-1])
    assert 0.1 < max(watch.places) <= short.piece.seconds + 1e-9
    assert (player.playing, player.position) == (False, 0.0)


def test_a_text_is_only_selected(silent, player, words):
    watch = Watch(player)
    player.play(words)
    assert (player.item, player.playing, player.duration, watch.said) == (words, False, 0.0, [])


def test_pause_seek_resume_and_stop(silent, player, tune, qtbot):
    watch = Watch(player)
    player.play(tune)
    qtbot.waitUntil(lambda: player.position > 0.02)
    player.toggle()
    stood = player.position
    assert watch.said[-1] == "paused"
    qtbot.wait(40)  # a cursor that went on would be seen by now
    assert player.position == stood
    player.seek(1.25)
    assert player.position == 1.25
    player.toggle()
    qtbot.waitUntil(lambda: player.position > 1.26)
    player.seek(99)
    assert player.position <= player.duration == tune.piece.seconds
    player.stop()
    assert (player.position, player.playing, watch.said[-1]) == (0.0, False, "ended")


def test_another_item_takes_the_place_of_what_plays(silent, player, tune, short):
    watch = Watch(player)
    player.play(tune)
    player.play(short, at=0.1)
    assert watch.said[-3:] == ["started Four notes", "ended", "started Short"]
    assert player.position >= 0.1


def test_a_text_waits_for_what_plays(silent, player, tune, words, short, qtbot):
    player.select(tune)
    assert player.item is tune
    player.play(short)
    player.select(words)
    assert player.item is short
    with qtbot.waitSignal(player.ended, timeout=5000):
        pass
    assert player.item is words


def test_what_follows_begins_where_the_other_ends(silent, player, short, make, qtbot):
    after_it = Item(make([72, 74, 76, 77], bpm=960.0), "melody", "Other")
    watch = Watch(player)
    player.play(short)
    player.follow(after_it)
    player.select(short)  # as when its card is clicked: nothing else is meant
    with qtbot.waitSignal(player.ended, timeout=5000):
        pass
    assert watch.said[1:] == ["started Short", "started Other", "ended"]  # nothing ended between the two
    player.play(short)
    player.follow(after_it)
    player.stop()
    player.play(short)
    with qtbot.waitSignal(player.ended, timeout=5000):
        pass
    assert player.item is short


def test_a_row_is_played_through_whether_or_not_loop_is_on(outputs, player, settings, make, clock, qtbot):
    row = [Item(make([60 + at] * 4), "melody", f"Piece {at}") for at in range(3)]
    settings["loop"] = True
    player.play(row[0])
    player.follow(*row[1:], around=True)
    heard = [row[0]]
    for _ in range(4):
        qtbot.waitUntil(lambda: not player.waiting and player._turns.goal is not None)
        assert outputs[0].told("start")[-1][3] is None  # what plays is not repeated
        assert player.repeated is None
        after(player, clock, 2.1)
        heard.append(player.item)
    assert heard == [*row, *row[:2]]  # all of it begins again
    player.set_loops(False)
    qtbot.waitUntil(lambda: player._turns.goal is not None)
    after(player, clock, 2.1)
    assert player.item is row[2]
    after(player, clock, 2.1)
    assert not player.playing
    player.play(row[1])  # the row is forgotten
    qtbot.waitUntil(lambda: not player.waiting)
    player.set_loops(True)
    assert outputs[0].told("start")[-1][3] == (0.0, 2.0)


class Clock:
    """Time that goes by when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("genstudio.gui.outputs.time", made)
    return made


def after(player: Player, clock: Clock, seconds: float) -> None:
    clock.now += seconds
    player._tick()


def test_what_is_selected_is_heard_from_the_next_beat_on(outputs, player, tune, make, clock, qtbot):
    other = Item(make([72, 74, 76, 77], bpm=60.0), "melody", "Slower")
    watch = Watch(player)
    player.play(tune)
    qtbot.waitUntil(lambda: not player.waiting)
    after(player, clock, 0.1)
    player.select(other)
    qtbot.waitUntil(lambda: player._turns.goal is not None)
    after(player, clock, 0.2)
    assert player.item is tune
    after(player, clock, 0.25)  # the second beat began at half a second
    assert player.item is other
    take, _, at, _ = outputs[0].told("start")[-1]
    assert take.melody is other.piece
    assert at == pytest.approx(1.05)  # the second beat is after a second there, and it is late by as much as the clock was
    assert player.position == pytest.approx(1.05)
    assert watch.said[-1] == "started Slower"
    assert "ended" not in watch.said
    player.select(tune)
    player.select(other)  # and back, before anything came of it
    after(player, clock, 1.2)
    assert player.item is other


def test_the_bars_that_are_repeated_are_those_of_the_other_one_too(outputs, player, settings, make, clock, qtbot):
    first, other = Item(make([60] * 8), "melody", "Two bars"), Item(make([72] * 8, bpm=60.0), "melody", "Slower")
    player.play(first)
    qtbot.waitUntil(lambda: not player.waiting)
    player.set_loop_span((2.0, 4.0))  # the second bar
    player.seek(3.6)
    player.select(other)
    qtbot.waitUntil(lambda: player._turns.goal is not None)
    after(player, clock, 0.3)
    assert player.item is first
    after(player, clock, 0.2)  # the end of the loop is the next beat, and its start comes after it
    assert player.item is other
    _, _, at, loop = outputs[0].told("start")[-1]
    assert loop == (4.0, 8.0)
    assert at == pytest.approx(4.1)


def test_a_shorter_piece_goes_on_from_its_start(outputs, player, make, clock, qtbot):
    long, short = Item(make([60] * 8), "melody", "Two bars"), Item(make([72] * 4), "melody", "One bar")
    player.play(long, at=2.6)
    qtbot.waitUntil(lambda: not player.waiting)
    player.select(short)
    qtbot.waitUntil(lambda: player._turns.goal is not None)
    after(player, clock, 0.5)
    assert player.item is short
    assert player.position == pytest.approx(1.1)


def test_the_sound_of_what_follows_is_ready_before(outputs, player, tune, short, clock, qtbot):
    player.play(tune)
    qtbot.waitUntil(lambda: not player.waiting)
    player.follow(short)
    qtbot.waitUntil(lambda: player._turns.goal is not None)
    assert player._turns.goal.sound.whole
    assert player._turns._at == pytest.approx(tune.piece.seconds)
    after(player, clock, tune.piece.seconds + 0.1)
    assert player.item is short
    take, _, at, _ = outputs[0].told("start")[-1]
    assert take.melody == short.piece
    assert at == pytest.approx(0.1)


def test_what_was_selected_goes_on_after_a_pause(outputs, player, tune, make, clock, qtbot):
    other = Item(make([72, 74, 76, 77], bpm=60.0), "melody", "Slower")
    player.play(tune)
    qtbot.waitUntil(lambda: not player.waiting)
    after(player, clock, 0.75)
    player.select(other)
    player.pause()
    assert player.item is other
    assert player.position == pytest.approx(1.5)
    player.toggle()
    qtbot.waitUntil(lambda: not player.waiting)
    assert player.position == pytest.approx(1.5)


def test_a_loop_goes_on(silent, player, settings, short, qtbot):
    settings["loop"] = True
    watch = Watch(player)
    player.play(short)
    qtbot.waitUntil(lambda: sum(b < a for a, b in zip(watch.places, watch.places[1:], strict=False)) >= 2, timeout=5000)
    assert "ended" not in watch.said
    assert player.playing
    settings["loop"] = False
    qtbot.waitUntil(lambda: not player.playing, timeout=5000)


def test_sound_starts_with_what_is_set_and_is_kept(outputs, player, settings, tune, qtbot, monkeypatch):
    rendered = []
    real = sounds._render
    monkeypatch.setattr(sounds, "_render", lambda take: rendered.append(take) or real(take))
    settings["tempo"], settings["instrument"] = 2.0, 41
    player.play(tune, at=1.0)
    assert player.waiting
    qtbot.waitUntil(lambda: not player.waiting)
    ((take, sound, at, loop),) = outputs[0].told("start")
    assert (take.tempo, take.instrument, at, loop) == (2.0, 41, 0.5, None)
    assert sound.whole
    assert sound.music == round(tune.piece.seconds / 2 * sound.rate)
    assert 20000 < abs(sound.data).max() < 32768
    player.stop()
    player.play(tune)
    assert not player.waiting
    assert len(rendered) == 1
    qtbot.wait(200)  # the change of the settings has settled by now, and was heard already
    assert len(outputs[0].told("start")) == 2


def test_a_change_of_tempo_or_instrument_goes_on_at_the_same_place(outputs, player, settings, tune, clock, qtbot):
    player.play(tune, at=0.5)
    qtbot.waitUntil(lambda: not player.waiting)
    settings["tempo"] = 0.5
    settings["instrument"] = 74
    qtbot.waitUntil(lambda: len(outputs[0].told("start")) == 2, timeout=5000)
    take, _, at, _ = outputs[0].told("start")[1]
    assert (take.tempo, take.instrument) == (0.5, 74)
    assert 0.5 <= at * take.tempo <= tune.piece.seconds
    assert player.position >= 0.5


def test_bars_are_repeated(outputs, player, settings, tune, qtbot):
    player.play(tune)
    qtbot.waitUntil(lambda: not player.waiting)
    player.set_loop_span((0.5, 1.5))
    assert settings["loop"] is True
    assert outputs[0].told("start")[-1][3] == (0.5, 1.5)
    player.set_loop_span(None)
    assert outputs[0].told("start")[-1][3] == (0.0, tune.piece.seconds)
    player.set_loop_span((0.5, 0.5001))  # nothing that could be heard
    assert outputs[0].told("start")[-1][3] is None


def test_volume_comes_gradually_and_mute_is_nought(outputs, player, settings, tune, qtbot):
    player.play(tune)
    qtbot.waitUntil(lambda: not player.waiting)
    loud = outputs[0].told("volume")[-1]
    assert loud == pytest.approx(0.64)
    player.set_muted(True)
    qtbot.waitUntil(lambda: outputs[0].told("volume")[-1] == 0.0)
    steps = outputs[0].told("volume")
    assert len(set(steps[steps.index(loud) :])) > 2
    player.set_muted(False)
    settings["volume"] = 1.0
    qtbot.waitUntil(lambda: outputs[0].told("volume")[-1] == 1.0)


def test_a_long_melody_begins_before_all_of_it_is_rendered(outputs, player, make, qtbot, monkeypatch):
    monkeypatch.setattr(sounds, "_LONG", 3.0)
    monkeypatch.setattr(sounds, "_OPENING", 2.0)
    begun = threading.Event()
    real = sounds._render

    def slowly(take):
        begun.wait(5)
        return real(take)

    monkeypatch.setattr(sounds, "_render", slowly)
    long = Item(make([60, 62, 64, 65] * 4), "melody", "Long")
    player.play(long)
    qtbot.waitUntil(lambda: not player.waiting, timeout=5000)
    _, sound, _, _ = outputs[0].told("start")[0]
    assert not sound.whole
    assert sound.ready == 2 * sound.rate
    player.seek(6.0)  # where nothing is yet
    assert player.waiting
    begun.set()
    qtbot.waitUntil(lambda: not player.waiting, timeout=5000)
    _, sound, at, _ = outputs[0].told("start")[-1]
    assert sound.whole
    assert at == 6.0


def test_the_whole_follows_its_opening(outputs, player, make, qtbot, monkeypatch):
    monkeypatch.setattr(sounds, "_LONG", 3.0)
    long = Item(make([60, 62, 64, 65] * 2), "melody", "Long")
    take = player._wanted(long)
    player.play(long)
    opening = sounds._opening(take)
    player._have_sound(take, sounds.Sound(opening.data, opening.rate, opening.music, opening.rate))
    assert not player.waiting
    qtbot.waitUntil(lambda: bool(outputs[0].told("extend")), timeout=5000)
    assert outputs[0].told("extend")[-1].whole


def test_sound_that_cannot_be_made_is_told_and_the_cursor_moves(outputs, player, settings, tune, qtbot):
    settings["soundfont"] = "/nowhere/piano.sf2"
    player.play(tune)
    qtbot.waitUntil(lambda: player.position > 0.02, timeout=5000)
    assert "/nowhere/piano.sf2" in player.reason


def test_a_device_that_fails_is_replaced(outputs, player, tune, qtbot, monkeypatch):
    player.play(tune)
    qtbot.waitUntil(lambda: player.position > 0.02, timeout=5000)
    outputs[0].trouble = "The device for sound is gone."
    qtbot.waitUntil(lambda: len(outputs) == 2 and not player.waiting, timeout=5000)
    assert outputs[0].calls[-1] == ("close", None)
    assert outputs[1].told("start")[0][2] >= 0.02
    assert (player.reason, player.playing) == ("", True)

    def none(owner):
        raise FileError("There is no sound: no device.")

    monkeypatch.setattr("genstudio.gui.device.AudioOutput", none)
    outputs[1].trouble = "The device for sound is gone."
    qtbot.waitUntil(lambda: player.reason != "", timeout=5000)
    assert player.reason == "The device for sound is gone. There is no sound: no device."
    before = player.position
    qtbot.waitUntil(lambda: player.position > before)


def test_previous_and_next_go_through_what_the_page_shows(silent, player, tune, short):
    player.set_items([tune, short])
    player.play(tune)
    assert (player.neighbour(-1), player.neighbour(1)) == (None, short)
    player.step(1)
    assert player.item is short
    player.step(1)
    assert player.item is short


def test_closing_leaves_nothing_running(silent, player, tune):
    player.play(tune)
    player.close()
    assert not [timer for timer in player.findChildren(QTimer) if timer.isActive()]
    assert not player.playing
