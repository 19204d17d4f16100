"""MIDI clock. The port is a list that what is sent lands in (it stands for a real one: there is no sequencer of ALSA on every
machine), and time is handed in."""

from __future__ import annotations

import pytest

from genstudio.gui.midi_clock import CLOCK, CONTINUE, POSITION, START, STOP, MidiClock, Pulse


class Line:
    def __init__(self) -> None:
        self.now = 0.0
        self.sent: list[tuple[float, list[int]]] = []
        self.pulse = Pulse(lambda message: self.sent.append((round(self.now, 4), message)))

    def run(self, until: float) -> None:
        """Have time go by, as the thread does."""
        while (moment := self.pulse.due(self.now)) <= until:
            self.now = moment
        self.now = until

    def of(self, kind: int) -> list[float]:
        return [moment for moment, message in self.sent if message[0] == kind]


@pytest.fixture
def line() -> Line:
    return Line()


def test_start_and_24_clocks_a_quarter(line):
    line.pulse.here(0.0, 0.0, 960.0)  # 120 a minute
    line.run(0.999)
    assert line.sent[0] == (0.0, [START])
    assert line.of(CLOCK) == [pytest.approx(number / 48, abs=1e-4) for number in range(48)]
    line.pulse.stop()
    line.pulse.stop()
    assert line.sent[-1][1] == [STOP]
    assert len(line.of(STOP)) == 1
    line.run(2.0)
    assert len(line.of(CLOCK)) == 48


def test_the_count_in_comes_before_start(line):
    line.pulse.here(0.0, -1920.0, 960.0)
    line.run(1.999)
    assert line.sent == []
    line.run(2.0)
    assert [message for _, message in line.sent] == [[START], [CLOCK]]


def test_from_the_middle_position_and_continue_on_the_next_sixteenth(line):
    line.pulse.here(0.0, 20000.0, 960.0)
    line.run(0.2)
    place = -(-20000 // 120)
    assert [message for _, message in line.sent[:3]] == [[POSITION, place & 127, place >> 7], [CONTINUE], [CLOCK]]
    assert line.sent[2][0] == pytest.approx((place * 120 - 20000) / 960, abs=1e-4)


def test_it_follows_the_sound_and_its_tempo(line):
    line.pulse.here(0.0, 0.0, 960.0)
    line.run(0.5)
    line.now = 0.51
    line.pulse.here(0.51, 489.0 - 10, 480.0)  # half the tempo from here on, and the device a little late
    before = len(line.of(CLOCK))
    line.run(1.51)
    assert len(line.of(CLOCK)) - before == 24  # 480 ticks
    assert len(line.of(START)) == 1


def test_a_loop_goes_back_without_a_clock_too_many(line):
    line.pulse.here(0.0, 1440.0, 960.0, (960.0, 1920.0))
    line.run(0.49)
    line.run(1.0)
    kinds = [message[0] for _, message in line.sent]
    back = kinds.index(STOP)
    assert kinds[:back].count(CLOCK) == 24
    assert line.sent[back + 1][1] == [POSITION, 8, 0]
    assert line.sent[back][0] == pytest.approx(0.5)
    line.run(1.505)
    line.pulse.here(1.505, 1915.0, 960.0, (960.0, 1920.0))  # the player is not at its start yet
    line.pulse.here(1.52, 980.0, 960.0, (960.0, 1920.0))  # and is now
    assert line.of(STOP) == [0.5, 1.5]


def test_a_jump_is_told(line):
    line.pulse.here(0.0, 0.0, 960.0)
    line.run(0.25)
    line.pulse.here(0.25, 4800.0, 960.0)
    line.run(0.26)
    assert [message for _, message in line.sent if message[0] != CLOCK] == [[START], [STOP], [POSITION, 40, 0], [CONTINUE]]


class Port:
    def __init__(self) -> None:
        self.sent: list[list[int]] = []
        self.closed = False

    def send_message(self, message: list[int]) -> None:
        self.sent.append(message)

    def close_port(self) -> None:
        self.closed = True


def test_the_player_is_followed(outputs, player, settings, tune, qtbot):
    port = Port()
    made = MidiClock(player, settings, port=lambda name: port, threaded=False)
    player.play(tune)
    qtbot.waitUntil(lambda: not player.waiting)
    assert port.sent == []  # no port is chosen
    settings["midi_clock"] = "Synth 1"
    player.seek(0.0)
    qtbot.waitUntil(lambda: [CLOCK] in port.sent)
    player.pause()
    assert port.sent[-1] == [STOP]
    count = len(port.sent)
    player.resume()
    qtbot.waitUntil(lambda: len(port.sent) > count + 1)
    player.stop()
    assert port.sent[-1] == [STOP]
    settings["midi_clock"] = ""
    assert port.closed
    made.close()


def test_a_port_that_is_gone_is_told_and_the_music_plays_on(outputs, player, settings, tune, qtbot):
    from genstudio.errors import FileError

    def none(name: str) -> Port:
        raise FileError("There is no MIDI port Synth 1 now; connect it, or choose another.")

    made = MidiClock(player, settings, port=none, threaded=False)
    player.play(tune)
    qtbot.waitUntil(lambda: not player.waiting)
    with qtbot.waitSignal(player.unavailable) as told:
        settings["midi_clock"] = "Synth 1"
    assert told.args[0].startswith("There is no MIDI port Synth 1")
    assert player.playing
    made.close()
