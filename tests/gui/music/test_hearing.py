"""What the hand goes over is heard: the very samples that a device would get, from the beat on, in time, again and again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from genstudio.gui.context import Bus
from genstudio.gui.items import Item
from genstudio.gui.metronome import Lead
from genstudio.gui.outputs import Output
from genstudio.gui.pages.create.morphing import Hearing
from genstudio.gui.sounds import RATE, Sound, Take
from genstudio.gui.stream import Reader

BEAT = RATE // 2  # frames of a quarter at 120
RING = round(0.03 * RATE)  # frames in which what sounded before rings out


class Recorder(Output):
    """An output that gives its frames to a list, as many as it is asked for."""

    needs_sound = True
    made: list[Recorder]

    def __init__(self, owner: object = None) -> None:
        super().__init__()
        self.heard = np.zeros((0, 2), np.int16)
        self.starts = 0
        type(self).made.append(self)

    def start(
        self, take: Take, sound: Sound | None, at: float, loop: tuple[float, float] | None, lead: Lead | None = None
    ) -> None:
        assert sound is not None
        self.starts += 1
        self.reader = Reader(sound, round(at * RATE), self._frames(loop))

    @staticmethod
    def _frames(loop: tuple[float, float] | None) -> tuple[int, int] | None:
        return None if loop is None else (round(loop[0] * RATE), round(loop[1] * RATE))

    def go_on(self, frames: int) -> None:
        self.heard = np.concatenate([self.heard, self.reader.read(frames)])

    def turn(self, sound: Sound, at: float, place: float, loop: tuple[float, float] | None) -> bool:
        return self.reader.turn(sound, round(at * RATE), round(place * RATE), self._frames(loop))

    def turn_back(self) -> bool:
        return self.reader.turn_back()

    def repeat(self, loop: tuple[float, float] | None) -> bool:
        self.reader.repeat(self._frames(loop))
        return True

    @property
    def turned(self) -> bool:
        return self.reader.turned(self.reader.written)

    @property
    def earliest(self) -> float:
        return self.reader.place / RATE

    @property
    def position(self) -> float:
        return self.reader.source(self.reader.written) / RATE

    @property
    def over(self) -> bool:
        return self.reader.done


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> list[Recorder]:
    made: list[Recorder] = []
    monkeypatch.setattr(Recorder, "made", made, raising=False)
    monkeypatch.setattr("genstudio.gui.device.AudioOutput", Recorder)
    monkeypatch.setattr("genstudio.gui.device.watch", lambda owner, changed: None)
    return made


@pytest.fixture
def hearing(player: Any) -> Hearing:
    context: Any = SimpleNamespace(player=player, bus=Bus())
    made = Hearing(context)
    context.bus.selected.connect(player.select)
    yield made
    made.stop()


def steepest(samples: np.ndarray) -> int:
    """The largest step from one frame to the next."""
    return int(np.abs(np.diff(samples.astype(int), axis=0)).max())


def test_a_drag_is_heard_from_the_next_beat_on_without_gap_or_click(recorder, player, make, hearing, qtbot):
    items = [Item(make(pitches), "melody", title) for title, pitches in (
        ("A", [60, 64, 67, 72]), ("25%", [62, 65, 69, 74]), ("50%", [64, 67, 71, 76]),
    )]  # fmt: skip
    player.play(items[0])
    qtbot.waitUntil(lambda: not player.waiting)
    output = recorder[0]
    player._timer.stop()  # time goes on when this test says so
    output.go_on(BEAT // 4)
    for item in items[1:]:  # the hand goes on before the first of them is rendered
        hearing.look(item)
    qtbot.waitUntil(lambda: player._turns.goal is not None and player._turns.goal.item is items[2])
    assert player.loops  # what is tried is repeated
    sounds = {item.title: player._sounds.get(player._wanted(item)).data for item in (items[0], items[2])}
    output.go_on(8 * BEAT)
    player._tick()
    assert player.item is items[2]
    assert output.starts == 1  # the stream never began anew
    heard = output.heard
    assert len(heard) == 8 * BEAT + BEAT // 4  # and never ended: four beats are all there is of a piece
    assert np.array_equal(heard[:BEAT], sounds["A"][:BEAT])  # up to the beat it is what it was
    after = BEAT + RING
    assert np.array_equal(heard[after : 4 * BEAT], sounds["50%"][after : 4 * BEAT])  # from there it is the other, in time
    again = 4 * BEAT + BEAT // 2  # what rang at the end of the piece is gone by then
    assert not np.array_equal(heard[4 * BEAT : again], np.zeros_like(heard[4 * BEAT : again]))
    most = max(steepest(sound) for sound in sounds.values())
    assert steepest(heard[BEAT - 200 : BEAT + RING + 200]) <= 1.5 * most  # no click


def test_a_hand_that_never_rests_is_heard_too(recorder, player, make, hearing, qtbot, monkeypatch):
    monkeypatch.setattr(hearing._quiet, "start", lambda: None)  # it does not rest
    items = [Item(make([pitch] * 4), "melody", str(pitch)) for pitch in range(60, 72)]
    player.play(items[0])
    qtbot.waitUntil(lambda: not player.waiting)
    player._timer.stop()
    given: list[Item] = []
    select = player.select
    monkeypatch.setattr(player, "select", lambda item: (given.append(item), select(item)))
    for item in items[1:]:
        hearing.look(item)
    assert given == [items[1]]  # the sound of the first is not given up for the next
    qtbot.waitUntil(lambda: given[-1] is items[-1])
    assert len(given) < len(items)  # and then it is the newest
    qtbot.waitUntil(lambda: player._turns.goal is not None and player._turns.goal.item is items[-1])


def test_nothing_is_played_by_looking_alone(recorder, player, make, hearing, qtbot):
    item = Item(make([60, 62, 64, 65]), "melody", "A")
    with qtbot.waitSignal(hearing._context.bus.selected):
        hearing.look(item)
    assert player.item is item
    assert not player.playing
    assert not player.loops


def test_repeating_ends_with_the_sound(recorder, player, settings, tune, qtbot):
    player.play(tune)
    qtbot.waitUntil(lambda: not player.waiting)
    player.repeat()
    assert player.loops
    assert not settings["loop"]
    player.set_loops(False)
    assert not player.loops
    player.repeat()
    player.stop()
    assert not player.loops
