"""A MIDI keyboard: its port, which may come and go, and the notes that are played on it. Needs python-rtmidi.

rtmidi calls from a thread of its own; a message crosses into the window's thread with the moment at which it came. Ports cannot be
watched, so they are looked at every now and then while a keyboard is chosen.

Conventions: moments are seconds of a clock that only goes forward.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from genstudio.errors import FileError
from genstudio.gui.midi_out import closed, library, ports_of
from genstudio.gui.settings import Settings
from genstudio.gui.speech import spoken

__all__ = ["Keyboard", "Keys", "input_ports"]


_PEDAL, _SOUND_OFF, _NOTES_OFF = 64, 120, 123  # controllers


class Keys:
    """The keys that are held. A note ends when its key is let go of, or, with the sustain pedal down, when that comes up; when the
    same key is struck again; and when everything is to be silent or the keyboard is gone."""

    def __init__(self, begin: Callable[[int, int, float], object], end: Callable[[int, float], object]) -> None:
        """``begin(pitch, velocity, moment)`` and ``end(pitch, moment)`` are called for each note."""
        self._begin, self._end = begin, end
        self._held: set[int] = set()  # keys that are down
        self._kept: set[int] = set()  # let go of, but sounding on by the pedal
        self.pedal = False

    @property
    def sounding(self) -> set[int]:
        """The pitches that sound."""
        return self._held | self._kept

    def take(self, message: Sequence[int], moment: float) -> None:
        """One message; what is no note and no pedal, or is damaged, is left out."""
        if len(message) < 3 or not all(0 <= byte < 128 for byte in message[1:3]):
            return
        kind, first, second = message[0] & 0xF0, message[1], message[2]
        if kind == 0x90 and second > 0:
            if first in self.sounding:
                self._end(first, moment)
            self._kept.discard(first)
            self._held.add(first)
            self._begin(first, second, moment)
        elif kind in (0x80, 0x90) and first in self._held:
            self._held.discard(first)
            if self.pedal:
                self._kept.add(first)
            else:
                self._end(first, moment)
        elif kind == 0xB0 and first == _PEDAL:
            self.pedal = second >= 64
            if not self.pedal:
                self._let_go(self._kept, moment)
        elif kind == 0xB0 and first in (_SOUND_OFF, _NOTES_OFF):
            self.silence(moment)

    def silence(self, moment: float) -> None:
        """End every note, as when the keyboard is gone."""
        self.pedal = False
        self._let_go(self._held, moment)
        self._let_go(self._kept, moment)

    def _let_go(self, pitches: set[int], moment: float) -> None:
        for pitch in sorted(pitches):
            self._end(pitch, moment)
        pitches.clear()



translate = QCoreApplication.translate
log = logging.getLogger(__name__)

_CLIENT = "GenStudio"
_LOOK = 1500  # milliseconds between two looks at the ports


def input_ports(ports: Callable[[], Any] | None = None) -> tuple[list[str], str]:
    """The names of the keyboards that there are, and why there are none."""
    return ports_of(ports or _port, translate("Player", "There is no MIDI keyboard; connect one, and it appears here."))


def _port() -> Any:
    return library().MidiIn(name=_CLIENT)


class Keyboard(QObject):
    """The keyboard that the settings name, whenever it is there."""

    began = Signal(int, int, float)  # pitch, velocity, moment
    ended = Signal(int, float)  # pitch, moment
    changed = Signal()  # it has come, or gone, or is another one
    _came = Signal(object, float)  # a message, from rtmidi's thread

    def __init__(
        self,
        settings: Settings,
        parent: QObject | None = None,
        *,
        ports: Callable[[], Any] = _port,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``ports`` makes a port as rtmidi does; ``clock`` tells the moment of a message."""
        super().__init__(parent)
        self._settings, self._ports, self.clock = settings, ports, clock
        self._port: Any = None
        self.name = ""  # of the keyboard that can be played now, "" while there is none
        self.reason = ""  # why the keyboard that is chosen cannot be played, a sentence
        self.keys = Keys(self.began.emit, self.ended.emit)
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        settings.changed.connect(self._setting)

    def begin(self) -> None:
        """Open the keyboard that is chosen, and from now on whenever it comes."""
        self.look()
        if self._settings["midi_keyboard"] and not self.reason:
            self._timer.start()

    def look(self) -> None:
        """See whether the keyboard has come or gone."""
        wanted = str(self._settings["midi_keyboard"])
        before = self.name, self.reason
        try:
            self._look(wanted)
        except FileError as error:
            self._fail(spoken(error))
        except Exception as error:
            said = translate("Player", "The MIDI keyboard {port} cannot be opened ({error}).")
            self._fail(said.format(port=wanted, error=error))
        if before != (self.name, self.reason):
            self.changed.emit()

    def _look(self, wanted: str) -> None:
        if self._port is None:
            if not wanted:
                return
            self._port = self._ports()
        names = [str(name) for name in self._port.get_ports()]
        if self.name and (self.name != wanted or self.name not in names):
            self._let_go()
            if wanted:
                self._port = self._ports()
        if wanted and not self.name and wanted in names:
            self._port.open_port(names.index(wanted), name=_CLIENT)
            self._port.set_callback(self._heard)
            self.name, self.reason = wanted, ""

    def _fail(self, reason: str) -> None:
        """There can be no port: do not try again and again."""
        log.warning("MIDI keyboard: %s", reason)
        self._let_go()
        self._timer.stop()
        self.reason = reason

    def _let_go(self) -> None:
        """Give the port back; what is held ends."""
        port, self._port, self.name = self._port, None, ""
        if port is not None:
            closed(port)
        self.keys.silence(self.clock())

    def _heard(self, event: tuple[list[int], float], data: object = None) -> None:
        """A message; in rtmidi's thread."""
        try:
            self._came.emit(tuple(event[0]), self.clock())
        except RuntimeError:  # the window is gone
            log.debug("a message after the end")

    def _take(self, message: tuple[int, ...], moment: float) -> None:
        if self.name:  # else it was on its way when the port went
            self.keys.take(message, moment)

    def _setting(self, name: str) -> None:
        if name == "midi_keyboard":
            self.reason = ""
            self._timer.stop()
            if not self._settings["midi_keyboard"]:
                self._let_go()
                self.changed.emit()
            else:
                self.begin()

    def close(self) -> None:
        """Give the port back."""
        self._timer.stop()
        self._let_go()
