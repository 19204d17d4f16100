"""Notes to a MIDI port: a stand-in for python-rtmidi notes what it is sent, and when."""

from __future__ import annotations

import sys
import threading
import time
from types import SimpleNamespace

import pytest

from genstudio.errors import FileError
from genstudio.gui.items import Item
from genstudio.gui.midi_out import MidiOutput
from genstudio.gui.sounds import Take


class Port:
    names = ("Synth 1", "Synth 2")
    sent: list[tuple[float, tuple[int, ...]]]
    broken = False

    def __init__(self, name: str = "") -> None:
        self.opened: int | None = None

    def get_ports(self) -> list[str]:
        return list(self.names)

    def open_port(self, number: int, name: str = "") -> None:
        self.opened = number

    def send_message(self, message: list[int]) -> None:
        if type(self).broken:
            raise RuntimeError("gone")
        type(self).sent.append((time.monotonic(), tuple(message)))

    def close_port(self) -> None:
        self.opened = None


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> type[Port]:
    monkeypatch.setitem(sys.modules, "rtmidi", SimpleNamespace(MidiOut=Port))
    monkeypatch.setattr(Port, "sent", [], raising=False)
    monkeypatch.setattr(Port, "broken", False)
    monkeypatch.setattr(Port, "names", ("Synth 1", "Synth 2"))
    return Port


@pytest.fixture
def take(make) -> Take:
    """Four notes in half a second, for the flute."""
    return Take(make([60, 62, 64, 65], bpm=480.0), instrument=74)


@pytest.fixture(autouse=True)
def _no_thread_is_left():
    yield
    assert not [one for one in threading.enumerate() if one.name == "genstudio-midi"]


def notes(port: type[Port], kind: int = 0x90) -> list[int]:
    return [message[1] for _, message in port.sent if message[0] == kind]


def test_ports_are_listed_and_without_the_library_the_command_is_told(port, monkeypatch):
    assert MidiOutput.ports() == (["Synth 1", "Synth 2"], "")
    port.names = ()
    found, why = MidiOutput.ports()
    assert found == []
    assert "no MIDI port" in why
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    found, why = MidiOutput.ports()
    assert found == []
    assert why == "MIDI needs python-rtmidi, which is not installed; install GenStudio again, with all its parts"
    with pytest.raises(FileError, match="python-rtmidi"):
        MidiOutput("Synth 1")


def test_a_port_that_is_not_there(port):
    with pytest.raises(FileError, match="There is no MIDI port Organ"):
        MidiOutput("Organ")


def test_notes_are_sent_in_order_and_in_time(port, take, qtbot):
    out = MidiOutput("Synth 2")
    before = time.monotonic()
    out.start(take, None, 0.0, None)
    qtbot.waitUntil(lambda: out.over, timeout=5000)
    out.stop()
    assert port.sent[0][1] == (0xC0, 73)
    assert notes(port) == notes(port, 0x80) == [60, 62, 64, 65]
    order = [message[:2] for _, message in port.sent if message[0] in (0x80, 0x90)]
    assert order[:4] == [(0x90, 60), (0x80, 60), (0x90, 62), (0x80, 62)]
    begun = [moment for moment, message in port.sent if message[0] == 0x90]
    # However busy the machine, which makes any of them late, none is early.
    assert all(moment - before >= 0.125 * number for number, moment in enumerate(begun))
    out.close()


def test_a_pause_ends_the_note_and_going_on_begins_with_the_next(port, take, qtbot):
    out = MidiOutput("Synth 1")
    out.start(take, None, 0.13, None)  # the second note has begun
    qtbot.waitUntil(lambda: bool(notes(port)))
    out.pause()
    begun = notes(port)  # on a busy machine the last note may have come, too
    assert begun == [64, 65][: len(begun)]
    assert notes(port, 0x80)[-1] == begun[-1]
    stood = out.position
    assert stood == out.position
    out.resume()
    qtbot.waitUntil(lambda: notes(port) == [64, 65], timeout=5000)
    out.close()
    assert notes(port, 0x80)[-1] == 65


def test_beginning_elsewhere_ends_what_sounds(port, take, qtbot):
    out = MidiOutput("Synth 1")
    out.start(take, None, 0.0, None)
    qtbot.waitUntil(lambda: bool(notes(port)))
    out.start(take, None, 0.375, None)
    assert notes(port, 0x80)[0] == 60
    assert len([one for one in threading.enumerate() if one.name == "genstudio-midi"]) == 1
    qtbot.waitUntil(lambda: out.over, timeout=5000)
    out.close()
    *before, last = notes(port)
    assert last == 65
    assert before == [60, 62, 64, 65][: len(before)]  # on a busy machine more than the first
    assert {*before, last} <= set(notes(port, 0x80))


def test_a_loop_is_repeated(port, take, qtbot):
    out = MidiOutput("Synth 1")
    out.start(take, None, 0.0, (0.125, 0.375))
    qtbot.waitUntil(lambda: len(notes(port)) >= 6, timeout=5000)
    out.close()
    assert notes(port)[:6] == [60, 62, 64, 62, 64, 62]
    assert not out.over


def test_volume_is_the_controller(port):
    out = MidiOutput("Synth 1")
    out.set_volume(0.25)
    assert port.sent[-1][1] == (0xB0, 7, 64)
    out.close()


def test_the_player_sends_to_the_port_and_goes_on_silently_without(port, silent, player, settings, make, qtbot):
    settings["midi_port"] = "Synth 1"
    player.play(Item(make([60] * 16, bpm=480.0), "melody", "Sixteen"))
    qtbot.waitUntil(lambda: len(notes(port)) >= 2, timeout=5000)
    assert player.reason == ""
    port.broken = True
    qtbot.waitUntil(lambda: player.reason != "", timeout=5000)
    assert player.reason == "The MIDI port Synth 1 is gone; choose another."
    before = player.position
    qtbot.waitUntil(lambda: player.position > before, timeout=5000)
