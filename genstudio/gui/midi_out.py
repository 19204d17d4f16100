"""Notes to a MIDI port, so that a synthesizer or another program plays them. Needs python-rtmidi.

A thread of its own sends the notes: it waits for the next one, and is woken when something else shall happen. All notes that sound
are ended on pausing, seeking and stopping.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import threading
import time
from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QCoreApplication

from genstudio.errors import FileError
from genstudio.gui.outputs import Output, wrapped
from genstudio.gui.sounds import Sound, Take
from genstudio.gui.speech import spoken
from genstudio.packages import install_command

__all__ = ["MidiOutput"]

translate = QCoreApplication.translate

log = logging.getLogger(__name__)

_CLIENT = "GenStudio"
_DRUMS = 9  # channel 10


class MidiOutput(Output):
    """Notes go to a port; the clock is the computer's."""

    def __init__(self, port: str) -> None:
        """Open a port by its name.

        Raises:
            FileError: python-rtmidi is not installed, or there is no such port.
        """
        super().__init__()
        self._out = _opened(port)
        self._port = port
        self._volume = 1.0
        self._lock = threading.Condition()
        self._plan: list[tuple[float, tuple[int, ...]]] = []
        self._thread: threading.Thread | None = None
        self._running = False
        self._sounding: set[tuple[int, int]] = set()  # channel and pitch
        self._levels: dict[int, float] = {0: 1.0}  # of the channels that are played on

    @staticmethod
    def ports() -> tuple[list[str], str]:
        """The names of the ports that there are, and why there are none."""
        try:
            out = _library().MidiOut(name=_CLIENT)
        except FileError as error:
            return [], spoken(error)
        except Exception as error:  # rtmidi has errors of its own, and none in common
            return [], translate("Player", "MIDI ports cannot be listed ({error}).").format(error=error)
        try:
            found = [str(name) for name in out.get_ports()]
        finally:
            _closed(out)
        none = translate("Player", "There is no MIDI port; connect an instrument, or start a program that has one.")
        return found, "" if found else none

    def start(self, take: Take, sound: Sound | None, at: float, loop: tuple[float, float] | None) -> None:
        self._halt()
        super().start(take, sound, at, loop)
        self._levels = {}
        for channel, program, level in _channels(take):
            self._levels[channel] = level
            self._send((0xC0 | channel, program))
        self._plan = _plan(take)
        self._volume_out()
        self._go()

    def pause(self) -> None:
        super().pause()
        self._halt()

    def resume(self) -> None:
        super().resume()
        self._go()

    def stop(self) -> None:
        super().stop()
        self._halt()

    def close(self) -> None:
        self.stop()
        _closed(self._out)

    def set_volume(self, volume: float) -> None:
        if volume != self._volume:
            self._volume = volume
            self._volume_out()

    def _volume_out(self) -> None:
        # A synthesizer's volume goes by the square of the controller (General MIDI 1).
        with self._lock:
            for channel, level in self._levels.items():
                self._send((0xB0 | channel, 7, round(127 * level * max(0.0, min(1.0, self._volume)) ** 0.5)))

    def _go(self) -> None:
        with self._lock:
            self._running = True
        self._thread = threading.Thread(target=self._work, name="genstudio-midi", daemon=True)
        self._thread.start()

    def _halt(self) -> None:
        """End the thread, and the notes that sound."""
        with self._lock:
            self._running = False
            self._lock.notify_all()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
            self._thread = None
        self._silence()

    def _work(self) -> None:
        """Send what is due, in time, until told otherwise."""
        begun, loop, plan = self._from, self._loop, self._plan
        place = wrapped(begun, begun, loop)
        base = (self._since or time.monotonic()) - place  # the moment at which the melody would have begun
        end = loop[1] if loop is not None else self._length
        index = _first(plan, place)
        with self._lock:
            while self._running:
                due, message = plan[index] if index < len(plan) else (end, ())
                wait = base + min(due, end) - time.monotonic()
                if wait > 0:
                    self._lock.wait(wait)
                elif message and (due < end or (due == end and message[0] & 0xF0 == 0x80)):
                    self._send(message)
                    index += 1
                else:
                    self._silence()
                    if loop is None:
                        return
                    base += loop[1] - loop[0]
                    index = _first(plan, loop[0])

    def _silence(self) -> None:
        """End the notes that sound."""
        for channel, pitch in sorted(self._sounding):
            self._send((0x80 | channel, pitch, 0))
        self._sounding.clear()

    def _send(self, message: tuple[int, ...]) -> None:
        try:
            self._out.send_message(list(message))
        except Exception as error:  # a port that has gone; rtmidi's errors have no common class
            log.warning("MIDI: %s", error)
            self.trouble = translate("Player", "The MIDI port {port} is gone; choose another.").format(port=self._port)
            return
        kind, channel = message[0] & 0xF0, message[0] & 0x0F
        if kind == 0x90:
            self._sounding.add((channel, message[1]))
        elif kind == 0x80:
            self._sounding.discard((channel, message[1]))


def _plan(take: Take) -> list[tuple[float, tuple[int, ...]]]:
    """The messages of a melody and when each is due; ends come before beginnings."""
    from genstudio.domains.music.time import seconds_at

    melody = take.melody
    found: list[tuple[float, tuple[int, ...]]] = []
    for (channel, _, _), instrument in zip(_channels(take), melody.instruments, strict=True):
        for note in instrument.notes:
            first, last = (seconds_at(melody.tempos, tick) / take.tempo for tick in (note.start, note.end))
            loud = max(1, min(127, note.velocity))
            found += [(first, (0x90 | channel, note.pitch, loud)), (last, (0x80 | channel, note.pitch, 0))]
    return sorted(found, key=lambda one: (one[0], one[1][0] & 0xF0))


def _channels(take: Take) -> list[tuple[int, int, float]]:
    """The channel, program and level of each instrument; all drums have channel 10."""
    free = (channel for channel in range(16) if channel != _DRUMS)
    return [
        (next(free) if one.pitched else _DRUMS, take.instrument - 1 if take.instrument else one.program, one.level)
        for one in take.melody.instruments
    ]


def _first(plan: list[tuple[float, tuple[int, ...]]], place: float) -> int:
    """The index of the first message that is due from a place on."""
    return bisect_left(plan, place - 1e-6, key=lambda one: one[0])


def _library() -> Any:
    try:
        return importlib.import_module("rtmidi")
    except ImportError as error:
        raise FileError("{purpose} needs {package}, which is not installed", remedy="install", purpose="MIDI",
                        package="python-rtmidi", command=install_command("midi")) from error  # fmt: skip


def _opened(port: str) -> Any:
    library = _library()
    try:
        out = library.MidiOut(name=_CLIENT)
        names = [str(name) for name in out.get_ports()]
        if port in names:
            out.open_port(names.index(port), name=_CLIENT)
            return out
        _closed(out)
    except Exception as error:
        text = translate("Player", "The MIDI port {port} cannot be opened ({error}).")
        raise FileError(text.format(port=port, error=error)) from error
    raise FileError(translate("Player", "There is no MIDI port {port} now; connect it, or choose another.").format(port=port))


def _closed(out: Any) -> None:
    with contextlib.suppress(Exception):  # rtmidi's errors have no common class
        out.close_port()
    with contextlib.suppress(Exception):
        out.delete()
