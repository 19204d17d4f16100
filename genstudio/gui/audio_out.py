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
from genstudio.gui.outputs import Output
from genstudio.gui.sounds import RATE, Sound, Take

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["AudioOutput", "Reader", "watch"]

translate = QCoreApplication.translate

_AHEAD = 2.0  # seconds in the buffer, at the most
_NEAR = 0.25  # and at the least
_LATE = 2.5  # times the longest wait for the timer of late
_LATELY = 10.0  # seconds
_FADE = 0.004  # seconds: what begins amid a note does not click
_SHORTEST = 0.05  # seconds of a loop
_RING = 0.03  # seconds that a note rings over the end of a loop
_QUIET = 40  # milliseconds from pausing to the device standing still, in which the volume falls
_STEP = 0.06  # the most seconds between two steps of the device's count


class Reader:
    """Frames in the order in which they are heard: from a place on, with a loop that is repeated."""

    def __init__(self, sound: Sound, at: int, loop: tuple[int, int] | None) -> None:
        if loop is not None and loop[1] - loop[0] < round(_SHORTEST * sound.rate):
            loop = None
        if loop is not None and at >= loop[1]:
            at = loop[0]
        self._sound = sound
        self._loop = loop
        self._place = at
        self._ring: NDArray[np.float32] | None = None  # of what came before the jump, still to be heard
        self._fade = at > 0
        self._turn: tuple[Sound, int, int, tuple[int, int] | None] | None = None
        self._turned: int | None = None  # of the frames heard the first that is of the sound that was changed over to
        self.written = 0
        self._marks: list[tuple[int, int]] = [(0, at)]  # frames heard, and where in the sound they are

    @property
    def place(self) -> int:
        """The frame of the sound that is read next."""
        return self._place

    def turn(self, sound: Sound, at: int, place: int, loop: tuple[int, int] | None) -> bool:
        """At the frame ``at`` of this sound change over to another one, from its frame ``place`` on; False where it has been read
        already."""
        if at < self._place:
            return False
        self._turn = sound, at, place, loop
        return True

    def turn_back(self) -> bool:
        """Do not change over; False where it has been done."""
        there, self._turn = self._turn is not None, None
        return there or self._turned is None

    def turned(self, heard: int) -> bool:
        """Whether of so many frames heard the last is of the sound that was changed over to."""
        if self._turned is None or heard < self._turned:
            return False
        self._turned = None
        return True

    @property
    def done(self) -> bool:
        """Whether all of it has been read."""
        return self._turn is None and self._loop is None and self._sound.whole and self._place >= len(self._sound.data)

    def extend(self, sound: Sound) -> None:
        """Go on with the whole sound. It may be softer than its opening, since it is as loud as its loudest note allows; the
        difference is made up for within two seconds."""
        import numpy as np

        last = self._sound.ready
        first = max(0, last - 2 * sound.rate)
        loud, soft = (float(np.abs(one.data[first:last].astype(np.float32)).mean()) for one in (self._sound, sound))
        ratio = loud / soft if soft > 0 else 1.0
        data = sound.data
        if abs(ratio - 1) > 0.02:
            data = data.copy()
            part = data[self._place : self._place + 2 * sound.rate]
            slope = np.linspace(ratio, 1, len(part), dtype=np.float32)[:, None]
            part[:] = np.clip(part * slope, -32768, 32767).astype(np.int16)
        self._sound = Sound(data, sound.rate, sound.music, sound.ready)

    def read(self, frames: int) -> NDArray[np.int16]:
        """The next frames, fewer at the end or where they are not rendered yet."""
        import numpy as np

        parts: list[NDArray[np.int16]] = []
        left = frames
        while left > 0:
            end = min(self._loop[1], self._sound.ready) if self._loop is not None else self._sound.ready
            if self._turn is not None and self._place <= self._turn[1]:
                if self._place == self._turn[1] or self._place >= self._sound.ready:
                    self._change_over()
                    continue
                end = min(end, self._turn[1])
            part = self._sound.data[self._place : min(end, self._place + left)]
            if len(part):
                part = self._mixed(part)
                parts.append(part)
                left -= len(part)
                self._place += len(part)
                self.written += len(part)
            if self._turn is not None and self._place == self._turn[1]:
                continue
            if self._loop is None or self._place < self._loop[1]:
                if self._place >= end:
                    break
                continue
            self._jump()
        return np.concatenate(parts) if parts else np.zeros((0, 2), np.int16)

    def source(self, heard: int) -> int:
        """Where in the sound the frame is that is the ``heard``-th."""
        while len(self._marks) > 1 and self._marks[1][0] <= heard:
            self._marks.pop(0)
        return self._marks[0][1] + heard - self._marks[0][0]

    def _change_over(self) -> None:
        """To the other sound; what still sounds of this one rings over it for a moment."""
        assert self._turn is not None
        (sound, _, place, loop), self._turn = self._turn, None
        self._let_ring(self._sound.data[self._place : self._place + round(_RING * self._sound.rate)])
        if loop is not None and loop[1] - loop[0] < round(_SHORTEST * sound.rate):
            loop = None
        self._sound, self._place, self._loop = sound, place, loop
        self._fade = place > 0
        self._turned = self.written
        self._marks.append((self.written, place))

    def _let_ring(self, ring: NDArray[np.int16]) -> None:
        import numpy as np

        self._ring = ring.astype(np.float32) * np.linspace(1, 0, len(ring), dtype=np.float32)[:, None] if len(ring) else None

    def _jump(self) -> None:
        """From the end of the loop to its start; what still sounds rings over it."""
        assert self._loop is not None
        start, end = self._loop
        data, rate = self._sound.data, self._sound.rate
        # Past the music there are no new notes, and the last one may ring out.
        count = end - start if end >= self._sound.music else round(_RING * rate)
        self._let_ring(data[end : end + count])
        self._place = start
        self._fade = start > 0
        self._marks.append((self.written, start))

    def _mixed(self, part: NDArray[np.int16]) -> NDArray[np.int16]:
        """The part faded in where it begins amid a note, with what rings over it."""
        import numpy as np

        if not self._fade and self._ring is None:
            return part
        out = part.astype(np.float32)
        if self._fade:
            rise = min(len(out), round(_FADE * self._sound.rate))
            out[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)[:, None]
            self._fade = False
        if self._ring is not None:
            count = min(len(out), len(self._ring))
            out[:count] += self._ring[:count]
            self._ring = self._ring[count:] if count < len(self._ring) else None
        return np.clip(np.rint(out), -32768, 32767).astype(np.int16)


class AudioOutput(Output):
    """What is played is heard."""

    needs_sound = True

    def __init__(self, owner: QObject) -> None:
        """Open the default device; ``owner`` is what timers and the sink belong to.

        Raises:
            FileError: there is none, or what it needs is not installed.
        """
        super().__init__()
        try:
            from PySide6 import QtMultimedia
        except ImportError as error:
            raise FileError(_missing(error)) from error
        self._qt = QtMultimedia
        self._owner = QObject(owner)
        self._sink: Any = None
        self._io: Any = None
        self._float = False
        self._reader: Reader | None = None
        self._rate = RATE
        self._volume = 1.0
        self._held: float | None = 0.0  # the position while it stands still
        self._seen = (-1, 0.0)  # microseconds processed, and when that was last seen to change
        self._pending = b""
        self._waits: deque[tuple[float, float]] = deque()  # when the timer was late of late, and by how much
        self._last_tick = 0.0
        self._braced = False
        self._quiet = QTimer(self._owner)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET)
        self._quiet.timeout.connect(self._suspend)
        if QtMultimedia.QMediaDevices.defaultAudioOutput().isNull():
            self._owner.deleteLater()
            raise FileError(
                translate("Player", "There is no sound: no device for it was found; connect one. The cursor moves all the same.")
            )
        self._open()

    def _open(self) -> None:
        """A sink at the default device."""
        multimedia = self._qt
        device = multimedia.QMediaDevices.defaultAudioOutput()
        wanted = multimedia.QAudioFormat()
        wanted.setSampleRate(RATE)
        wanted.setChannelCount(2)
        wanted.setSampleFormat(multimedia.QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(wanted):
            wanted.setSampleFormat(multimedia.QAudioFormat.SampleFormat.Float)
        if not device.isFormatSupported(wanted):
            wanted.setSampleRate(48000)
        self._rate = wanted.sampleRate()
        self._float = wanted.sampleFormat() == multimedia.QAudioFormat.SampleFormat.Float
        self._device = bytes(device.id().data())
        self._sink = multimedia.QAudioSink(device, wanted, self._owner)
        self._sink.setBufferSize(round(_AHEAD * self._rate) * self._frame)
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
        return bool(bytes(self._qt.QMediaDevices.defaultAudioOutput().id().data()) == self._device)

    def start(self, take: Take, sound: Sound | None, at: float, loop: tuple[float, float] | None) -> None:
        assert sound is not None
        self._quiet.stop()
        self._sink.stop()
        frames = None if loop is None else (round(loop[0] * sound.rate), round(loop[1] * sound.rate))
        self._reader = Reader(sound, min(round(at * sound.rate), len(sound.data)), frames)
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
        frames = None if loop is None else (round(loop[0] * sound.rate), round(loop[1] * sound.rate))
        first = min(round(place * sound.rate), len(sound.data))
        return self._reader.turn(sound, round(at * sound.rate), first, frames)

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
