"""MIDI clock for drum machines, sequencers and other programs: 24 ticks a quarter, start, stop, continue, and the song position.

It follows what is heard: the player says again and again where the sound of the device is, and between these moments the clock goes
on by itself, in a thread of its own. The messages are those of the MIDI 1.0 specification, "System Real Time" and "Song Position
Pointer": a receiver begins with the first clock after start or continue.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from genstudio.errors import GenStudioError
from genstudio.gui.midi_out import closed, opened
from genstudio.gui.player import Player
from genstudio.gui.settings import Settings
from genstudio.gui.speech import spoken
from genstudio.gui.views.bars import seconds_of, tick_at

__all__ = ["MidiClock", "Pulse"]

log = logging.getLogger(__name__)

CLOCK, START, CONTINUE, STOP, POSITION = 0xF8, 0xFA, 0xFB, 0xFC, 0xF2
_STEP = 20  # ticks between two clocks: 480 a quarter, 24 clocks
_SIXTEENTH = 120  # the unit of the song position
_JUMP = 90  # ticks between where it should be and where it is, from which on it is somewhere else
_DRAWN = 0.15  # how much of a smaller difference is made up for at once


class Pulse:
    """What is sent when; there is no thread and no clock in it.

    A moment is in seconds, a tick one of 480 a quarter of the piece, negative while it is counted in.
    """

    def __init__(self, send: Callable[[list[int]], object]) -> None:
        self._send = send
        self.running = False
        self._at = self._tick = 0.0  # a moment, and where the sound is then
        self._rate = 960.0  # ticks a second
        self._next = 0  # the tick of the next clock
        self._first: list[list[int]] = []  # what comes right before it
        self._loop: tuple[float, float] | None = None

    def here(self, now: float, tick: float, rate: float, loop: tuple[float, float] | None = None) -> None:
        """The sound is at ``tick`` now, and goes on with ``rate`` ticks a second; ``loop`` is repeated."""
        self.due(now)
        expected = self._tick + (now - self._at) * self._rate
        self._loop, self._rate = loop, rate
        if not self.running:
            self._begin(now, tick)
        elif abs(tick - expected) <= _JUMP:
            self._at, self._tick = now, expected + _DRAWN * (tick - expected)
        elif not self._round(tick, expected):
            self._send([STOP])
            self._begin(now, tick)
        else:
            self._at, self._tick = now, expected

    def _round(self, tick: float, expected: float) -> bool:
        """Whether it is only the end of what is repeated that lies between the two."""
        if self._loop is None:
            return False
        whole = self._loop[1] - self._loop[0]
        return min(abs(tick - expected + whole), abs(tick - expected - whole)) <= _JUMP

    def _begin(self, now: float, tick: float) -> None:
        """Have the first clock be on the next sixteenth: that is what the song position can say."""
        place = max(0, math.ceil(tick / _SIXTEENTH - 1e-6))
        self.running = True
        self._at, self._tick, self._next = now, tick, place * _SIXTEENTH
        self._first = [[START]] if place == 0 else [self._position(place), [CONTINUE]]

    @staticmethod
    def _position(place: int) -> list[int]:
        place = min(place, 0x3FFF)
        return [POSITION, place & 0x7F, place >> 7]

    def due(self, now: float) -> float:
        """Send what is due, and tell the moment of what comes next."""
        while self.running:
            end = self._loop[1] if self._loop is not None else math.inf
            if self._next >= end and self._loop is not None:
                moment = self._at + (end - self._tick) / self._rate
                if now < moment - 1e-9:
                    return moment
                self._at, self._tick = moment, self._loop[0]
                self._send([STOP])
                self._begin(moment, self._loop[0])
                continue
            moment = self._at + (self._next - self._tick) / self._rate
            if now < moment - 1e-9:
                return moment
            for message in self._first:
                self._send(message)
            self._first = []
            self._send([CLOCK])
            self._next += _STEP
        return math.inf

    def stop(self) -> None:
        """What it goes with stands still."""
        if self.running:
            self.running = False
            self._send([STOP])


class MidiClock(QObject):
    """Sends the clock of what the player plays to the port that the settings name."""

    def __init__(
        self,
        player: Player,
        settings: Settings,
        parent: QObject | None = None,
        *,
        port: Callable[[str], Any] = opened,
        clock: Callable[[], float] = time.monotonic,
        threaded: bool = True,
    ) -> None:
        """``port`` opens one by its name; without a thread clocks are sent only when the player moves."""
        super().__init__(parent)
        self._player, self._settings, self._open_port, self._clock = player, settings, port, clock
        self._threaded = threaded
        self._port: Any = None
        self.trouble = ""  # why there is none, a sentence
        self._pulse = Pulse(self._send)
        self._lock = threading.Condition()
        self._thread: threading.Thread | None = None
        settings.changed.connect(lambda name: self._choose() if name == "midi_clock" else None)
        player.moved.connect(lambda seconds: self._follow())
        for signal in (player.paused, player.ended):
            signal.connect(self._stand)
        player.closing.connect(self.close)

    def _choose(self) -> None:
        self.close()
        self.trouble = ""
        self._follow()

    def _follow(self) -> None:
        """The player is where it is."""
        player, name, item = self._player, str(self._settings["midi_clock"]), self._player.item
        if not name or self.trouble or not player.playing or player.waiting or item is None or not item.music:
            return
        if self._port is None and not self._have_port(name):
            return
        piece, place, tempo = item.piece, player.place, float(self._settings["tempo"])
        tick = tick_at(piece, place) if place >= 0 else place * piece.tempos[0].bpm * 8
        rate = 480 / max(1e-6, seconds_of(piece, tick + 480) - seconds_of(piece, tick)) if place >= 0 else piece.tempos[0].bpm * 8
        span = player.repeated
        loop = None if span is None else (tick_at(piece, span[0]), tick_at(piece, span[1]))
        with self._lock:
            self._pulse.here(self._clock(), tick, rate * tempo, loop)
            self._lock.notify_all()

    def _have_port(self, name: str) -> bool:
        try:
            self._port = self._open_port(name)
        except GenStudioError as error:
            self.trouble = spoken(error)
            self._player.unavailable.emit(self.trouble)
            return False
        if self._threaded:
            self._thread = threading.Thread(target=self._work, name="genstudio-clock", daemon=True)
            self._thread.start()
        return True

    def _work(self) -> None:
        with self._lock:
            while self._port is not None:
                wait = self._pulse.due(self._clock()) - self._clock()
                if wait > 0:
                    self._lock.wait(None if math.isinf(wait) else wait)

    def _send(self, message: list[int]) -> None:
        if self._port is None:
            return
        try:
            self._port.send_message(message)
        except Exception as error:  # a port that has gone; rtmidi's errors have no common class
            log.warning("MIDI clock: %s", error)
            self._pulse.running = False

    def _stand(self) -> None:
        with self._lock:
            self._pulse.stop()
            self._lock.notify_all()

    def close(self) -> None:
        """Stop, and give the port back."""
        with self._lock:
            self._pulse.stop()
            port, self._port = self._port, None
            self._lock.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if port is not None:
            closed(port)
