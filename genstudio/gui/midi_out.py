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
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication

from genstudio.errors import FileError
from genstudio.gui.metronome import Beat, Lead, beats_of
from genstudio.gui.outputs import Output, Voice, wrapped
from genstudio.gui.sounds import Sound, Take
from genstudio.gui.speech import spoken
from genstudio.packages import install_command

__all__ = ["MidiOutput", "closed", "library", "opened", "ports_of"]

translate = QCoreApplication.translate

log = logging.getLogger(__name__)

_CLIENT = "GenStudio"
_DRUMS = 9  # channel 10
_LIVE = 15  # the channel of what is played by hand
_NOTES_OFF = 123  # a controller
_CLICK = 0.03  # seconds
_Due = tuple[float, tuple[int, ...]]  # when, and the message


class _Click(tuple[int, ...]):
    """A message of the metronome."""


class MidiOutput(Output):
    """Notes go to a port; the clock is the computer's."""

    def __init__(self, port: str) -> None:
        """Open a port by its name.

        Raises:
            FileError: python-rtmidi is not installed, or there is no such port.
        """
        super().__init__()
        self._out = opened(port)
        self._port = port
        self._volume = 1.0
        self._lock = threading.Condition()
        self._plan: list[_Due] = []
        self._counted: list[_Due] = []  # before ``_at``, until that is done
        self._at = 0.0
        self._take: Take | None = None
        self._metronome = 0.0
        self._thread: threading.Thread | None = None
        self._running = False
        self._sounding: set[tuple[int, int]] = set()  # channel and pitch
        self._levels: dict[int, float] = {0: 1.0}  # of the channels that are played on

    @staticmethod
    def ports() -> tuple[list[str], str]:
        """The names of the ports that there are, and why there are none."""
        none = translate("Player", "There is no MIDI port; connect an instrument, or start a program that has one.")
        return ports_of(lambda: library().MidiOut(name=_CLIENT), none)

    def start(
        self, take: Take, sound: Sound | None, at: float, loop: tuple[float, float] | None, lead: Lead | None = None
    ) -> None:
        self._halt()
        super().start(take, sound, at, loop, lead)
        self._levels = {}
        for channel, program, level in _channels(take):
            self._levels[channel] = level
            self._send((0xC0 | channel, program))
        self._take = take
        self._plan = sorted([*_plan(take), *_clicks(beats_of(take.melody, take.tempo))], key=_order)
        self._counted = sorted(_clicks(lead.beats, self._from), key=_order) if lead is not None else []
        self._at = at
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
        with self._lock:
            for channel in sorted({*self._levels, _DRUMS} if self._take is not None else ()):
                self._send((0xB0 | channel, _NOTES_OFF, 0))
        self._take = None

    def close(self) -> None:
        self.stop()
        closed(self._out)

    def set_volume(self, volume: float) -> None:
        if volume != self._volume:
            self._volume = volume
            self._volume_out()

    def set_metronome(self, level: float) -> None:
        self._metronome = level

    def press(self, voice: Voice, pitch: int, velocity: int) -> bool:
        with self._lock:
            if voice.pitched:
                self._send((0xC0 | _LIVE, voice.program))
                self._send((0xB0 | _LIVE, 7, round(127 * max(0.0, min(1.0, self._volume)) ** 0.5)))
            self._send((0x90 | (_LIVE if voice.pitched else _DRUMS), pitch, velocity), live=True)
        return True

    def release(self, voice: Voice, pitch: int) -> None:
        with self._lock:
            self._send((0x80 | (_LIVE if voice.pitched else _DRUMS), pitch, 0), live=True)

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
        begun, loop, plan, counted = self._from, self._loop, self._plan, self._counted
        place = wrapped(begun, begun, loop)
        base = (self._since or time.monotonic()) - place  # the moment at which the melody would have begun
        end = loop[1] if loop is not None else self._length
        index = _first(plan, max(place, self._at) if counted else place)
        with self._lock:
            for due, message in counted[_first(counted, place) :]:
                while self._running and (wait := base + due - time.monotonic()) > 0:
                    self._lock.wait(wait)
                if self._running:
                    self._send(message)
            if self._running:
                self._counted = []
            while self._running:
                due, message = plan[index] if index < len(plan) else (end, ())
                wait = base + min(due, end) - time.monotonic()
                if wait > 0:
                    self._lock.wait(wait)
                elif message and (due < end or (due == end and message[0] & 0xF0 == 0x80)):
                    if not isinstance(message, _Click):
                        self._send(message)
                    elif self._metronome > 0:
                        self._send((*message[:2], round(message[2] * self._metronome)))
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

    def _send(self, message: tuple[int, ...], *, live: bool = False) -> None:
        try:
            self._out.send_message(list(message))
        except Exception as error:  # a port that has gone; rtmidi's errors have no common class
            log.warning("MIDI: %s", error)
            self.trouble = translate("Player", "The MIDI port {port} is gone; choose another.").format(port=self._port)
            return
        kind, channel = message[0] & 0xF0, message[0] & 0x0F
        if live:  # who plays ends them
            return
        if kind == 0x90:
            self._sounding.add((channel, message[1]))
        elif kind == 0x80:
            self._sounding.discard((channel, message[1]))


def _order(due: _Due) -> tuple[float, int]:
    """By time; ends before beginnings."""
    return due[0], due[1][0] & 0xF0


def _plan(take: Take) -> list[_Due]:
    """The messages of a melody and when each is due; ends come before beginnings."""
    from genstudio.domains.music.time import seconds_at

    melody = take.melody
    found: list[_Due] = []
    for (channel, _, _), instrument in zip(_channels(take), melody.instruments, strict=True):
        for note in instrument.notes:
            first, last = (seconds_at(melody.tempos, tick) / take.tempo for tick in (note.start, note.end))
            loud = max(1, min(127, note.velocity))
            found += [(first, (0x90 | channel, note.pitch, loud)), (last, (0x80 | channel, note.pitch, 0))]
    return sorted(found, key=_order)


def _clicks(beats: Iterable[Beat], begun: float = 0.0) -> list[_Due]:
    """The messages of a metronome: the wood blocks of General MIDI."""
    found: list[_Due] = []
    for at, strong in beats:
        block, loud = (76, 120) if strong else (77, 90)
        found += [(begun + at, _Click((0x90 | _DRUMS, block, loud))), (begun + at + _CLICK, _Click((0x80 | _DRUMS, block, 0)))]
    return found


def _channels(take: Take) -> list[tuple[int, int, float]]:
    """The channel, program and level of each instrument; all drums have channel 10."""
    free = (channel for channel in range(16) if channel != _DRUMS)
    return [
        (next(free) if one.pitched else _DRUMS, take.instrument - 1 if take.instrument else one.program, one.level)
        for one in take.melody.instruments
    ]


def _first(plan: list[_Due], place: float) -> int:
    """The index of the first message that is due from a place on."""
    return bisect_left(plan, place - 1e-6, key=lambda one: one[0])


def library() -> Any:
    """The module rtmidi.

    Raises:
        FileError: it is not installed.
    """
    try:
        return importlib.import_module("rtmidi")
    except ImportError as error:
        raise FileError("{purpose} needs {package}, which is not installed", remedy="install", purpose="MIDI",
                        package="python-rtmidi", command=install_command("rtmidi")) from error  # fmt: skip


def ports_of(made: Callable[[], Any], none: str) -> tuple[list[str], str]:
    """The names of the ports that one knows that is ``made`` for it, and why there are none; ``none``: what is said where it knows
    of none."""
    try:
        port = made()
    except FileError as error:
        return [], spoken(error)
    except Exception as error:  # rtmidi has errors of its own, and none in common
        return [], translate("Player", "MIDI ports cannot be listed ({error}).").format(error=error)
    try:
        found = [str(name) for name in port.get_ports()]
    finally:
        closed(port)
    return found, "" if found else none


class _Shared:
    """A port that is open, for all who send to it: some systems let a program open it only once."""

    def __init__(self, port: str, out: Any) -> None:
        self._name, self._out = port, out
        self._lock = threading.Lock()
        self.users = 0

    def send_message(self, message: list[int]) -> None:
        with self._lock:
            self._out.send_message(message)

    def close_port(self) -> None:
        self.users -= 1
        if not self.users:
            _open.pop(self._name, None)
            closed(self._out)


_open: dict[str, _Shared] = {}


def opened(port: str) -> _Shared:
    """The port of that name, to send to; :func:`closed` gives it back.

    Raises:
        FileError: python-rtmidi is not installed, or there is no such port.
    """
    if port not in _open:
        _open[port] = _Shared(port, _fresh(port))
    _open[port].users += 1
    return _open[port]


def _fresh(port: str) -> Any:
    known = library()
    try:
        out = known.MidiOut(name=_CLIENT)
        names = [str(name) for name in out.get_ports()]
        if port in names:
            out.open_port(names.index(port), name=_CLIENT)
            return out
        closed(out)
    except Exception as error:
        text = translate("Player", "The MIDI port {port} cannot be opened ({error}).")
        raise FileError(text.format(port=port, error=error)) from error
    raise FileError(translate("Player", "There is no MIDI port {port} now; connect it, or choose another.").format(port=port))


def closed(out: Any) -> None:
    """Close a port, and give it back."""
    with contextlib.suppress(Exception):  # rtmidi's errors have no common class
        out.close_port()
    with contextlib.suppress(Exception):
        out.delete()
