"""Sound through the system's default device.

The device reads from a buffer that is filled from a timer. How far ahead is a matter of the window: what is in the buffer cannot
be changed any more, and what plays shall change at the next beat; but sound has to go on while the window is busy. So it is a
quarter of a second while the timer comes in time, more for as long as it has been late of late, and two seconds, all there is
room for, while a model is being loaded, which keeps Python from running. What is in the buffer is dropped on pausing, seeking and
stopping.
"""

from __future__ import annotations

import re
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from genstudio.errors import FileError
from genstudio.gui.metronome import Lead
from genstudio.gui.outputs import Output
from genstudio.gui.sounds import RATE, Sound, Take

if TYPE_CHECKING:
    from genstudio.gui.stream import Reader

__all__ = ["AudioOutput", "open_sink", "watch"]

translate = QCoreApplication.translate

_AHEAD = 2.0  # seconds in the buffer, at the most
_NEAR = 0.25  # and at the least
_LATE = 2.5  # times the longest wait for the timer of late
_LATELY = 10.0  # seconds
_QUIET = 40  # milliseconds from pausing to the device standing still, in which the volume falls
_STEP = 0.06  # the most seconds between two steps of the device's count


class AudioOutput(Output):
    """What is played is heard."""

    needs_sound = True

    def __init__(self, owner: QObject) -> None:
        """Open the default device; ``owner`` is what timers and the sink belong to.

        Raises:
            FileError: there is none, or what it needs is not installed.
        """
        super().__init__()
        self._owner = QObject(owner)
        self._sink: Any = None
        self._io: Any = None
        self._float = False
        self._reader: Reader | None = None
        self._rate = RATE
        self._volume, self._metronome = 1.0, 0.0
        self._held: float | None = 0.0  # the position while it stands still
        self._seen = (-1, 0.0)  # microseconds processed, and when that was last seen to change
        self._pending = b""
        self._waits: deque[tuple[float, float]] = deque()  # when the timer was late of late, and by how much
        self._last_tick = 0.0
        self._braced = False
        self._quiet = QTimer(self._owner, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self._suspend)
        try:
            self._sink, self._rate, self._float = open_sink(self._owner, _AHEAD)
        except FileError:
            self._owner.deleteLater()
            raise
        self._device = _default()
        self._sink.setVolume(self._volume)

    @property
    def rate(self) -> int:
        """Samples a second that the device takes."""
        return self._rate

    @property
    def _frame(self) -> int:
        """Bytes of a frame."""
        return 8 if self._float else 4

    @property
    def current(self) -> bool:
        """Whether it plays to the device that is the default now."""
        return _default() == self._device

    def start(
        self, take: Take, sound: Sound | None, at: float, loop: tuple[float, float] | None, lead: Lead | None = None
    ) -> None:
        from genstudio.gui.stream import Reader  # with numpy, for which a start does not wait

        assert sound is not None
        self._quiet.stop()
        self._sink.stop()
        self._reader = Reader(sound, min(round(at * sound.rate), len(sound.data)), _frames(loop, sound.rate), lead)
        self._reader.metronome = self._metronome
        self._length = take.seconds
        self._pending = b""
        self._seen = (-1, 0.0)
        self._held = None
        self._from = at
        self._last_tick = 0.0
        self.trouble = ""
        self._sink.setVolume(self._volume)
        self._io = self._sink.start()
        if self._io is None or self._failed():
            self.trouble = translate("Player", "The device for sound cannot be used; another program may hold it.")
            return
        self.tick()

    def repeat(self, loop: tuple[float, float] | None) -> bool:
        if self._reader is None:
            return False
        self._reader.repeat(_frames(loop, self._rate))
        return True

    def set_metronome(self, level: float) -> None:
        self._metronome = level
        if self._reader is not None:
            self._reader.metronome = level

    def extend(self, sound: Sound) -> None:
        if self._reader is not None:
            self._reader.extend(sound)

    def pause(self) -> None:
        self._held = self.position
        # A device that stands still at once clicks; the volume falls first.
        self._sink.setVolume(0.0)
        self._quiet.start()

    def _suspend(self) -> None:
        self._sink.suspend()

    def resume(self) -> None:
        self._quiet.stop()
        self._sink.resume()
        self._sink.setVolume(self._volume)
        self._held = None
        self._seen = (-1, 0.0)

    def stop(self) -> None:
        self._quiet.stop()
        self._held = self.position
        self._sink.stop()
        self._io = None
        self._reader = None

    def close(self) -> None:
        self.stop()
        self._owner.deleteLater()

    def set_volume(self, volume: float) -> None:
        self._volume = volume
        if self._held is None:
            self._sink.setVolume(volume)

    def tick(self) -> None:
        """Fill the buffer."""
        if self._io is None or self._reader is None or self._held is not None:
            return
        if self._failed():
            self.trouble = translate("Player", "The device for sound is gone.")
            return
        while (room := self._room) > 0:
            if not self._pending:
                self._pending = self._bytes(min(room, self._rate // 2))
                if not self._pending:
                    return
            count = self._io.write(self._pending)
            if count <= 0:
                return
            self._pending = self._pending[count:]

    @property
    def _room(self) -> int:
        """How many frames are to be written now."""
        assert self._reader is not None
        now = time.monotonic()
        if self._last_tick:
            self._waits.append((now, now - self._last_tick))
        self._last_tick = now
        while self._waits and now - self._waits[0][0] > _LATELY:
            self._waits.popleft()
        ahead = _AHEAD if self._braced else max(_NEAR, _LATE * max((wait for _, wait in self._waits), default=0.0))
        waiting = self._reader.written - len(self._pending) // self._frame - int(self._sink.processedUSecs() / 1e6 * self._rate)
        return min(int(self._sink.bytesFree()) // self._frame, round(min(ahead, _AHEAD) * self._rate) - waiting)

    def brace(self, on: bool) -> None:
        self._braced = on
        self.tick()

    def turn(self, sound: Sound, at: float, place: float, loop: tuple[float, float] | None) -> bool:
        if self._reader is None:
            return False
        first = min(round(place * sound.rate), len(sound.data))
        return self._reader.turn(sound, round(at * sound.rate), first, _frames(loop, sound.rate))

    def turn_back(self) -> bool:
        return self._reader is None or self._reader.turn_back()

    @property
    def turned(self) -> bool:
        return self._reader is not None and self._reader.turned(max(0, min(self._reader.written, round(self._heard))))

    @property
    def earliest(self) -> float:
        return self._reader.place / self._rate if self._reader is not None else self.position

    def _bytes(self, frames: int) -> bytes:
        import numpy as np

        assert self._reader is not None
        read = self._reader.read(frames)
        return bytes(((read / np.float32(32768)).astype(np.float32) if self._float else read).tobytes())

    def _failed(self) -> bool:
        return bool(self._sink.error().name in ("OpenError", "FatalError", "IOError"))

    @property
    def _heard(self) -> float:
        """Frames that have been heard since the start. The device tells it in steps; between them the clock goes on."""
        processed, now = int(self._sink.processedUSecs()), time.monotonic()
        if processed != self._seen[0]:
            self._seen = (processed, now)
        running = processed > 0 and self._held is None
        ahead = min(_STEP, now - self._seen[1]) if running else 0.0
        return (processed / 1e6 + ahead) * self._rate

    @property
    def position(self) -> float:
        if self._held is not None or self._reader is None:
            return self._held if self._held is not None else self._from
        heard = max(0, min(self._reader.written, round(self._heard)))
        return self._reader.source(heard) / self._rate

    @property
    def over(self) -> bool:
        if self._reader is None or self._held is not None or not self._reader.done or self._pending:
            return False
        return int(self._sink.processedUSecs()) / 1e6 * self._rate >= self._reader.written - 1 or self._idle

    @property
    def _idle(self) -> bool:
        """Whether the device has nothing left."""
        return bool(self._sink.state().name == "IdleState" and self._sink.processedUSecs() > 0)


def open_sink(owner: QObject, seconds: float) -> tuple[Any, int, bool]:
    """A sink at the default device with a buffer of so many seconds, its rate, and whether it takes floats; else int16.

    Raises:
        FileError: there is none, or what it needs is not installed.
    """
    try:
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices
    except ImportError as error:
        raise FileError(_missing(error)) from error
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        raise FileError(
            translate("Player", "There is no sound: no device for it was found; connect one. The cursor moves all the same.")
        )
    wanted = QAudioFormat()
    wanted.setSampleRate(RATE)
    wanted.setChannelCount(2)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    if not device.isFormatSupported(wanted):
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Float)
    if not device.isFormatSupported(wanted):
        wanted.setSampleRate(48000)
    floats = wanted.sampleFormat() == QAudioFormat.SampleFormat.Float
    sink = QAudioSink(device, wanted, owner)
    sink.setBufferSize(round(seconds * wanted.sampleRate()) * (8 if floats else 4))
    return sink, wanted.sampleRate(), floats


def _default() -> bytes:
    """The device that is the default now."""
    from PySide6.QtMultimedia import QMediaDevices

    return bytes(QMediaDevices.defaultAudioOutput().id().data())


def _frames(span: tuple[float, float] | None, rate: int) -> tuple[int, int] | None:
    return None if span is None else (round(span[0] * rate), round(span[1] * rate))


def watch(owner: QObject, changed: Callable[[], None]) -> None:
    """Have ``changed`` called when devices come or go, as long as ``owner`` lives."""
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:
        return
    QMediaDevices(owner).audioOutputsChanged.connect(changed)


def _missing(error: ImportError) -> str:
    """What to install, where QtMultimedia cannot be imported."""
    match = re.search(r"(\S+\.so[.\d]*)", str(error))
    name = match[1].rstrip(":") if match else "QtMultimedia"
    if not sys.platform.startswith("linux"):
        return translate("Player", "There is no sound: {name} is missing; install PySide6 again.").format(name=name)
    return translate(
        "Player",
        "There is no sound: {name} is missing (in Debian and Ubuntu it is in libpulse0); install it and start GenStudio again."
    ).format(name=name)
