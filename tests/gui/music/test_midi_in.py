"""A MIDI keyboard and what is recorded on it. The port is a stand-in for python-rtmidi's, handed in: it calls from a thread of its
own as that does, and is unplugged by taking its name from the list. It stands for virtual ports, which there are only where the
system has a sequencer. Time is handed in."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from genstudio.errors import FileError
from genstudio.gui.items import Item
from genstudio.gui.midi_in import Keyboard, input_ports
from genstudio.gui.recorder import Recorder


class Cable:
    """The keyboards that are connected."""

    def __init__(self) -> None:
        self.names = ["Piano"]
        self.open: list[Port] = []

    def __call__(self) -> Port:
        return Port(self)

    def send(self, *messages: list[int]) -> None:
        def work() -> None:
            for port in self.open:
                for message in messages:
                    port.callback((message, 0.0), None)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()


class Port:
    def __init__(self, cable: Cable) -> None:
        self._cable = cable

    def get_ports(self) -> list[str]:
        return list(self._cable.names)

    def open_port(self, number: int, name: str = "") -> None:
        self._cable.open.append(self)

    def set_callback(self, callback, data=None) -> None:
        self.callback = callback

    def close_port(self) -> None:
        if self in self._cable.open:
            self._cable.open.remove(self)

    def delete(self) -> None:
        pass


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    monotonic = __call__


@pytest.fixture
def cable() -> Cable:
    return Cable()


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("genstudio.gui.outputs.time", made)
    return made


@pytest.fixture
def keyboard(qapp, settings, cable, clock) -> Iterator[Keyboard]:
    made = Keyboard(settings, ports=cable, clock=clock)
    yield made
    made.close()


@pytest.fixture
def notes(keyboard) -> list[tuple]:
    found: list[tuple] = []
    keyboard.began.connect(lambda *note: found.append(note))
    keyboard.ended.connect(lambda *note: found.append(note))
    return found


def test_what_is_played_crosses_into_this_thread_with_its_moment(keyboard, cable, clock, settings, notes, qtbot):
    settings["midi_keyboard"] = "Piano"
    assert keyboard.name == "Piano"
    clock.now = 101.5
    cable.send([0x90, 60, 80], [0x90, 60, 0])
    clock.now = 102.0
    assert notes == []
    qtbot.waitUntil(lambda: len(notes) == 2)
    assert notes == [(60, 80, 101.5), (60, 101.5)]


def test_a_keyboard_that_is_unplugged_leaves_no_note_and_is_back_when_it_comes(keyboard, cable, settings, notes, qtbot):
    cable.names = []
    settings["midi_keyboard"] = "Piano"
    assert (keyboard.name, keyboard.reason) == ("", "")
    cable.names = ["Other", "Piano"]
    with qtbot.waitSignal(keyboard.changed):
        keyboard.look()
    assert keyboard.name == "Piano"
    cable.send([0xB0, 64, 127], [0x90, 60, 80])
    qtbot.waitUntil(lambda: len(notes) == 1)
    cable.names = ["Other"]
    with qtbot.waitSignal(keyboard.changed):
        keyboard.look()
    assert notes[1][0] == 60  # it has ended
    assert keyboard.name == ""
    assert cable.open == []
    cable.names = ["Piano"]
    keyboard.look()
    assert keyboard.name == "Piano"
    settings["midi_keyboard"] = ""
    assert (keyboard.name, cable.open) == ("", [])


def test_why_there_is_no_keyboard(qapp, settings, cable):
    def none():
        raise FileError("MIDI ports need python-rtmidi, which is not installed; install it: pip install python-rtmidi")

    def broken():
        raise RuntimeError("no sequencer")

    assert input_ports(cable) == (["Piano"], "")
    cable.names = []
    assert input_ports(cable)[1].startswith("There is no MIDI keyboard")
    assert "python-rtmidi" in input_ports(none)[1]
    assert input_ports(broken)[1] == "MIDI ports cannot be listed (no sequencer)."
    settings["midi_keyboard"] = "Piano"
    keyboard = Keyboard(settings, ports=broken)
    keyboard.begin()
    assert keyboard.reason == "The MIDI keyboard Piano cannot be opened (no sequencer)."
    assert not keyboard._timer.isActive()  # it is not tried again and again
    keyboard.close()


@pytest.fixture
def recorder(context, keyboard, settings) -> Recorder:
    settings["midi_keyboard"] = "Piano"
    return Recorder(context, keyboard)


def play(cable, qtbot, keyboard, clock, at: float, *messages: list[int]) -> None:
    clock.now = at
    with qtbot.waitSignals([keyboard.began if one[0] == 0x90 and one[2] else keyboard.ended for one in messages]):
        cable.send(*messages)


def test_a_recording_is_counted_in_put_on_the_grid_and_becomes_an_end(
    silent, context, recorder, keyboard, cable, clock, settings, make, qtbot
):
    ends = []
    context.bus.make_end.connect(lambda item, end: ends.append((item, end)))
    settings["record_end"] = "b"
    waltz = Item(make([60, 62], bpm=60.0), "melody", "Slow")
    context.player.select(waltz)
    recorder.begin()
    player = context.player
    assert recorder.active
    assert player.counting == 4
    begun = clock.now + 4.0  # a bar of 4/4 at 60
    play(cable, qtbot, keyboard, clock, begun - 2.0, [0x90, 72, 99], [0x80, 72, 0])  # while it is counted in
    play(cable, qtbot, keyboard, clock, begun - 0.05, [0x90, 60, 71])  # early
    play(cable, qtbot, keyboard, clock, begun + 0.93, [0x80, 60, 0])
    play(cable, qtbot, keyboard, clock, begun + 1.06, [0x90, 64, 101])  # late
    clock.now = begun + 2.0
    player._tick()
    recorder.toggle()
    (made, end), = ends
    assert end == "b"
    assert [(note.start, note.end, note.pitch, note.velocity) for note in made.piece.notes] == [
        (0, 480, 60, 71), (480, 960, 64, 101),
    ]  # fmt: skip
    assert (made.domain, made.piece.tempos[0].bpm, made.piece.metres[0].name, made.piece.bars) == ("melody", 60.0, "4/4", 1)
    assert not player.playing
    assert context.bus.selection is made


def test_a_recording_without_a_note_makes_nothing(silent, context, recorder, clock, qtbot):
    ends = []
    context.bus.make_end.connect(lambda *end: ends.append(end))
    recorder.begin()
    with qtbot.waitSignal(context.bus.say) as said:
        context.player.stop()  # with the keys of the transport
    assert "no note" in said.args[0]
    assert not recorder.active
    assert ends == []


def test_another_piece_that_is_played_ends_the_recording(silent, context, recorder, keyboard, cable, clock, tune, qtbot):
    ends = []
    context.bus.make_end.connect(lambda item, end: ends.append(item))
    recorder.begin()
    play(cable, qtbot, keyboard, clock, clock.now + 2.5, [0x90, 60, 80])
    context.player.play(tune)
    assert not recorder.active
    assert len(ends) == 1
    assert context.player.item is tune
