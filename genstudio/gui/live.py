"""Notes that sound as they are played: on a MIDI keyboard, or on the piano keys of a roll.

They have a device of their own with a buffer as short as it can be, since the one of the player is filled far ahead; where the
player plays to a MIDI port they go there, too. Tones of a keyboard that is connected are rendered beside the window before they are
needed; until its own is there a key has the nearest one, shifted. A tone is rendered for one loudness and made louder or softer;
one that is held longer than it is rendered goes on with its last second again and again.

Conventions: sound is [frames, 2], int16 where it is kept or heard.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genstudio.errors import GenStudioError
from genstudio.gui.audio_out import open_sink
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.outputs import Output, Voice
from genstudio.gui.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from genstudio.progress import Stop

__all__ = ["VELOCITY", "Chorus", "Live", "shifted", "tone", "voice_of"]


VELOCITY = 96
"""That of a tone as it is rendered."""
_HOLD = 3.0  # seconds of a tone
_AGAIN = 1.0  # of its end that goes on
_BLEND = 0.2
_PEAK = 0.35
_FALL = 0.09  # in which a tone ends
_MOST = 24  # that sound at once
_HIT_TAIL = 2.0


def tone(voice: Voice, pitch: int, rate: int, soundfont: str = "") -> NDArray[np.int16]:
    """One tone, or one hit of a kit.

    Raises:
        FileError: there is no such SoundFont, or it is damaged.
    """
    import numpy as np

    from genstudio.domains import Note
    from genstudio.rendering import soundfont as soundfonts
    from genstudio.rendering import synthesizer

    font = soundfonts.read(soundfonts.find(soundfont or None))
    play = synthesizer.play if voice.pitched else synthesizer.strike
    seconds = _HOLD if voice.pitched else _HIT_TAIL
    made = play([(0.0, seconds, Note(0, 1, pitch, VELOCITY))], font, voice.program, rate, seconds)
    made = made[: round(seconds * rate)].copy()
    peak = float(np.abs(made).max(initial=0.0))
    if voice.pitched:  # the end of what goes on leads to its beginning
        again, blend = round(_AGAIN * rate), round(_BLEND * rate)
        share = np.linspace(0, 1, blend, dtype=np.float32)[:, None]
        made[-blend:] = made[-blend:] * (1 - share) + made[-again - blend : -again] * share
    found: NDArray[np.int16] = np.rint(made * (32767 * _PEAK / peak if peak > 1e-6 else 0.0)).astype(np.int16)
    return found


def shifted(made: NDArray[np.int16], semitones: int) -> NDArray[np.int16]:
    """A tone at another pitch, until the real one is there."""
    import numpy as np

    step = 2 ** (semitones / 12)
    places = np.arange(0, len(made) - 1, step)
    below = places.astype(np.int64)
    share = (places - below).astype(np.float32)[:, None]
    found: NDArray[np.int16] = np.rint(made[below] * (1 - share) + made[below + 1] * share).astype(np.int16)
    return found


class _Sounding:
    def __init__(self, data: NDArray[np.int16], level: float, endless: bool) -> None:
        self.data, self.level, self.endless = data, level, endless
        self.place = 0
        self.left: int | None = None  # frames until it has ended


class Chorus:
    """What sounds at once."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._tones: dict[Hashable, _Sounding] = {}
        self._ending: list[_Sounding] = []

    def __bool__(self) -> bool:
        return bool(self._tones or self._ending)

    def begin(self, key: Hashable, data: NDArray[np.int16], velocity: int, *, endless: bool) -> None:
        """A tone begins; ``key`` ends it. endless: whether it goes on as long as it is held."""
        self.end(key)
        while len(self._tones) >= _MOST:
            self.end(next(iter(self._tones)))
        level = min(1.8, (max(1, velocity) / VELOCITY) ** 2)  # SoundFont 2.04, 8.4.1
        self._tones[key] = _Sounding(data, level, endless and len(data) > round(2 * _AGAIN * self.rate))

    def end(self, key: Hashable) -> None:
        """A tone falls silent."""
        sounding = self._tones.pop(key, None)
        if sounding is not None:
            sounding.left = round(_FALL * self.rate)
            self._ending.append(sounding)

    def read(self, frames: int) -> NDArray[np.int16]:
        """The next frames."""
        import numpy as np

        out = np.zeros((frames, 2), np.float32)
        for one in (*self._tones.values(), *self._ending):
            self._add(one, out)
        self._tones = {key: one for key, one in self._tones.items() if one.place < len(one.data)}
        self._ending = [one for one in self._ending if one.left and one.place < len(one.data)]
        return np.clip(np.rint(out), -32768, 32767).astype(np.int16)

    def _add(self, one: _Sounding, out: NDArray[np.float32]) -> None:
        import numpy as np

        at, fall = 0, round(_FALL * self.rate)
        while at < len(out):
            count = min(len(out) - at, len(one.data) - one.place)
            if one.left is not None:
                count = min(count, one.left)
            if count <= 0:
                return
            part = one.data[one.place : one.place + count].astype(np.float32) * one.level
            if one.left is not None:
                part *= (np.arange(one.left, one.left - count, -1, dtype=np.float32) / fall)[:, None]
                one.left -= count
            out[at : at + count] += part
            one.place += count
            at += count
            if one.endless and one.place >= len(one.data):
                one.place -= round(_AGAIN * self.rate)



log = logging.getLogger(__name__)

_AHEAD = 0.02  # seconds in the device's buffer
_BUFFER = 0.08  # the room in it
_STEP = 4  # milliseconds
_IDLE = 4.0  # seconds of silence after which the device is given back
_KEYS = sorted(range(36, 97), key=lambda pitch: abs(pitch - 62))  # of a keyboard, those that are needed first before others
_NEAR = 7  # semitones that a tone may be shifted
_KEPT = 130  # tones: two keyboards, 70 MB


def voice_of(item: Item | None, settings: Settings, part: int | None = None) -> Voice:
    """What a key sounds like beside a piece: its instrument, that of one of its parts, or the one that is chosen for all."""
    if item is None or not item.music:
        return Voice(max(0, int(settings["instrument"]) - 1))
    piece = item.piece
    if piece.parts:
        one = piece.parts[part] if part is not None else next((one for one in piece.parts if one.pitched), piece.parts[0])
        return Voice(one.program, one.pitched or one.role == "symbols")
    chosen = int(settings["instrument" if piece.pitched else "kit"])
    return Voice(chosen - 1 if 1 <= chosen <= 128 else piece.program, piece.pitched)


class Live(QObject):
    """Plays single notes. ``latency``: seconds from a key to the device, of the last note with a moment of its own."""

    played = Signal()  # the latency is another one

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        output: Callable[[], Output],
        parent: QObject | None = None,
        *,
        loudness: Callable[[], float] | None = None,
        device: Callable[[QObject, float], tuple[Any, int, bool]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``output`` is what the player plays to now, and ``loudness`` its amplitude; ``device`` opens a sink."""
        super().__init__(parent)
        self._engine, self._settings, self._output = engine, settings, output
        self._open, self._clock = device or open_sink, clock
        self._loudness = loudness or (lambda: float(settings["volume"]) ** 2)
        self._ready: tuple[Voice, str] | None = None  # the keyboard whose tones are there, or being rendered
        self._tones: dict[tuple[Voice, int, str, int], NDArray[np.int16]] = {}
        self._where: dict[object, tuple[Output, Voice, int]] = {}  # notes that went to a port
        self._sink: Any = None
        self._io: Any = None
        self._float = False
        self._chorus = Chorus(44100)
        self._since = 0.0  # when it was last heard
        self.latency = 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=_STEP)
        self._timer.timeout.connect(self.tick)

    def press(self, key: object, voice: Voice, pitch: int, velocity: int = 80, moment: float | None = None) -> None:
        """A note begins, which ``key`` ends. ``moment`` is when the key went down, by ``clock``."""
        self.release(key)
        output = self._output()
        if output.press(voice, pitch, velocity):
            self._where[key] = output, voice, pitch
            self._measure(moment, 0.0)
            return
        if not self._have_device():
            return
        try:
            data = self._tone(voice, pitch)
        except GenStudioError as error:  # the player says so as soon as something is played
            log.warning("a note cannot be heard: %s", error)
            return
        self._chorus.begin(key, data, velocity, endless=voice.pitched)
        self._since = self._clock()
        self.tick()
        self._measure(moment, self._queued / self._chorus.rate)

    def release(self, key: object) -> None:
        """It ends."""
        sent = self._where.pop(key, None)
        if sent is not None:
            sent[0].release(*sent[1:])
        self._chorus.end(key)

    def touch(self, voice: Voice, pitch: int, velocity: int = 80, milliseconds: int = 350) -> None:
        """A short note."""
        self.press("touched", voice, pitch, velocity)
        QTimer.singleShot(milliseconds, self, partial(self.release, "touched"))

    def prepare(self, voice: Voice) -> None:
        """Have the tones of a keyboard ready."""
        font = str(self._settings["soundfont"])
        if not voice.pitched or self._ready == (voice, font) or not self._have_device():
            return
        self._ready, rate = (voice, font), self._chorus.rate
        if len(self._tones) + len(_KEYS) > _KEPT:
            self._tones.clear()
        missing = [pitch for pitch in _KEYS if (voice, pitch, font, rate) not in self._tones]
        self._engine.run(partial(_tones, voice, missing, rate, font, self._tones), channel="tones", name="prepare the keyboard")

    def _tone(self, voice: Voice, pitch: int) -> NDArray[np.int16]:
        font, rate = str(self._settings["soundfont"]), self._chorus.rate
        found = self._tones.get((voice, pitch, font, rate))
        if found is None and voice.pitched:
            near = (by for by in range(1, _NEAR + 1) for by in (by, -by) if (voice, pitch - by, font, rate) in self._tones)
            if (by := next(near, None)) is not None:
                return shifted(self._tones[voice, pitch - by, font, rate], by)
        if found is None:
            if len(self._tones) >= _KEPT:
                self._tones.clear()
                self._ready = None
            found = self._tones[voice, pitch, font, rate] = tone(voice, pitch, rate, font)
        return found

    def _measure(self, moment: float | None, queued: float) -> None:
        if moment is not None:
            self.latency = max(0.0, self._clock() - moment) + queued
            self.played.emit()

    # -- the device

    def _have_device(self) -> bool:
        if self._io is None:
            try:
                self._sink, rate, self._float = self._open(self, _BUFFER)
            except GenStudioError as error:
                log.info("no sound of keys: %s", error)
                return False
            self._chorus = Chorus(rate)
            self._io = self._sink.start()
            if self._io is None:
                return False
        self._since = self._clock()
        self._timer.start()
        return True

    @property
    def _frame(self) -> int:
        return 8 if self._float else 4

    @property
    def _queued(self) -> int:
        """Frames in the device's buffer."""
        return max(0, int(self._sink.bufferSize()) - int(self._sink.bytesFree())) // self._frame

    def tick(self) -> None:
        """Fill the buffer a little ahead; give the device back after a while of silence."""
        if self._io is None:
            return
        if self._chorus:
            self._since = self._clock()
        elif self._clock() - self._since > _IDLE:
            self.rest()
            return
        room = round(_AHEAD * self._chorus.rate) - self._queued
        if room > 0:
            self._sink.setVolume(self._loudness())
            self._io.write(self._bytes(room))

    def _bytes(self, frames: int) -> bytes:
        import numpy as np

        read = self._chorus.read(frames)
        return bytes(((read / np.float32(32768)).astype(np.float32) if self._float else read).tobytes())

    def rest(self) -> None:
        """Give the device back until the next note: what is the device may be another one then."""
        self._timer.stop()
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
        self._sink = self._io = None

    def close(self) -> None:
        """End every note, and give the device back."""
        for key in list(self._where):
            self.release(key)
        self._engine.stop_channel("tones")
        self.rest()


def _tones(
    voice: Voice, pitches: list[int], rate: int, soundfont: str, into: dict[tuple[Voice, int, str, int], Any], stop: Stop
) -> None:
    """Render the tones of a keyboard, those that are needed first before others."""
    for pitch in pitches:
        stop.check()
        into[voice, pitch, soundfont, rate] = tone(voice, pitch, rate, soundfont)
