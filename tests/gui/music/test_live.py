"""Notes that sound as they are played: a device that collects what is written, and a clock, are handed in."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from genstudio.domains.drums import DrumPattern
from genstudio.domains.music.notes import Note
from genstudio.gui.items import Item
from genstudio.gui.live import Chorus, Live, shifted, tone, voice_of
from genstudio.gui.outputs import Output, Voice
from genstudio.gui.widgets.viewer import Viewer

RATE = 8000


def test_tones_are_added_up_end_softly_and_go_on_while_they_are_held():
    chorus = Chorus(RATE)
    data = np.full((3 * RATE, 2), 1000, np.int16)
    chorus.begin("a", data, 96, endless=True)
    chorus.begin("b", data, 48, endless=False)
    assert chorus.read(100)[:, 0].tolist() == [1250] * 100
    chorus.end("b")
    fall = chorus.read(round(0.09 * RATE))[:, 0]
    assert fall[0] == 1250
    assert (np.diff(fall.astype(int)) <= 0).all()
    assert chorus.read(5 * RATE)[:, 0].tolist() == [1000] * 5 * RATE  # longer than it was rendered
    chorus.end("a")
    chorus.read(RATE)
    assert not chorus


def test_a_tone_has_its_pitch_and_a_shifted_one_another():
    made = tone(Voice(73), 69, RATE)
    spectrum = np.abs(np.fft.rfft(made[RATE : 2 * RATE, 0]))
    assert abs(int(spectrum.argmax()) - 440) <= 3
    higher = np.abs(np.fft.rfft(shifted(made, 12)[RATE // 2 : RATE, 0], RATE))
    assert abs(int(higher[500:].argmax()) + 500 - 880) <= 8
    assert tone(Voice(0, pitched=False), 38, RATE).any()


class Sink:
    def __init__(self) -> None:
        self.written = b""
        self.stopped = False

    def start(self) -> Sink:
        return self

    def write(self, data: bytes) -> int:
        self.written += data
        return len(data)

    def bufferSize(self) -> int:
        return 4 * RATE

    def bytesFree(self) -> int:
        return 4 * RATE  # all has been heard

    def setVolume(self, volume: float) -> None:
        self.volume = volume

    def stop(self) -> None:
        self.stopped = True

    def deleteLater(self) -> None:
        pass


class Clock:
    def __init__(self) -> None:
        self.now = 10.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def live(engine, settings, sink, clock):
    made = Live(engine, settings, Output, device=lambda owner, seconds: (sink, RATE, False), clock=clock)
    yield made
    made.close()


def test_a_key_sounds_and_its_latency_is_told(live, sink, clock, settings, qtbot):
    with qtbot.waitSignal(live.played):
        live.press("key", Voice(0), 60, 100, clock.now - 0.007)
    assert live.latency == pytest.approx(0.007)
    assert np.frombuffer(sink.written, np.int16).any()
    assert sink.volume == pytest.approx(0.64)
    live.release("key")
    live.tick()
    for _ in range(10):
        live.tick()
    clock.now += 5
    live.tick()
    assert sink.stopped  # the device is given back


def test_tones_are_ready_before_they_are_needed_and_the_nearest_is_shifted_until_then(live, settings, qtbot, monkeypatch):
    made: list[int] = []

    def quick(voice, pitch, rate, soundfont=""):
        made.append(pitch)
        return np.full((rate, 2), 100, np.int16)

    monkeypatch.setattr("genstudio.gui.live.tone", quick)
    live.press("key", Voice(0), 60, 96)
    live.press("key", Voice(0), 64, 96)  # a third above one that is there
    assert made == [60]
    live.prepare(Voice(0))
    qtbot.waitUntil(lambda: len(made) == 61)
    live.prepare(Voice(0))  # they are there
    live.press("key", Voice(0), 36, 96)
    assert sorted(made) == list(range(36, 97))


def test_a_port_plays_what_the_player_plays_to_it(engine, settings):
    class Midi(Output):
        def __init__(self):
            super().__init__()
            self.told = []

        def press(self, voice, pitch, velocity):
            self.told.append(("on", voice.program, pitch, velocity))
            return True

        def release(self, voice, pitch):
            self.told.append(("off", voice.program, pitch))

    output = Midi()
    live = Live(engine, settings, lambda: output, device=lambda *_: pytest.fail("no device is needed"))
    live.press("key", Voice(12), 60, 90)
    live.release("key")
    live.press("key", Voice(12), 62, 90)
    live.close()  # nothing is left sounding
    assert output.told == [("on", 12, 60, 90), ("off", 12, 60), ("on", 12, 62, 90), ("off", 12, 62)]


def test_a_key_has_the_instrument_of_the_piece(settings, make):
    tune = Item(make([60], program=40), "melody", "Tune")
    assert voice_of(tune, settings) == Voice(40, True)
    settings["instrument"] = 74
    assert voice_of(tune, settings) == Voice(73, True)
    assert voice_of(None, settings) == Voice(73, True)
    beat = Item(DrumPattern(notes=(Note(0, 60, 38),), length=1920), "drums", "Beat")
    assert voice_of(beat, settings) == Voice(0, False)


def test_the_keys_of_the_roll_sound_while_they_are_pressed(context, silent, settings, tune, qtbot, monkeypatch):
    heard = []
    monkeypatch.setattr(Live, "press", lambda self, key, voice, pitch, velocity=80, moment=None: heard.append((voice, pitch)))
    monkeypatch.setattr(Live, "release", lambda self, key: heard.append("off"))
    settings["instrument"] = 41
    viewer = Viewer(context)
    qtbot.addWidget(viewer)
    viewer.resize(800, 320)
    viewer.show()
    viewer.show_item(tune)
    roll = viewer.panel_of("melody").roll
    y = roll.note_rect(0).center().y()  # middle C
    qtbot.mousePress(roll.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, y))
    assert heard == [(Voice(40), 60)]
    qtbot.mouseMove(roll.viewport(), QPoint(20, roll.note_rect(1).center().y()))
    qtbot.mouseRelease(roll.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, y))
    assert heard[-1] == "off"
    assert context.player.item is None  # the transport is not touched
    viewer.close()
