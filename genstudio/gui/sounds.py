"""Music as sound for the player: rendered beside the window, and kept as long as there is room.

Conventions: sound is int16 [frames, 2]. A long piece comes twice: first its opening, so that it can begin at once, then all of it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genstudio.gui.metronome import Beat, beats_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from genstudio.domains import Music
    from genstudio.gui.engine import Engine, Task

__all__ = ["RATE", "Sound", "Sounds", "Take"]

RATE = 44100
_ROOM = 64_000_000  # bytes of sound that are kept
_LONG = 45.0  # seconds; a longer melody begins before all of it is rendered
_OPENING = 12.0


@dataclass(frozen=True)
class Take:
    """What decides every sample: the music, the General MIDI number of its instrument or kit from 1 (0: its own), the tempo factor,
    the SoundFont ("": the one that comes along), the sample rate, and for a score that is mixed, the score as it is written: its
    parts are as loud as in that."""

    melody: Music
    instrument: int = 0
    tempo: float = 1.0
    soundfont: str = ""
    rate: int = RATE
    like: Music | None = None

    @property
    def seconds(self) -> float:
        """How long it plays, without the last note's ringing out."""
        return self.melody.seconds / self.tempo


@dataclass(frozen=True, eq=False)
class Sound:
    """data: int16 [frames, 2]. music: the frames until the melody's end, after which the last note rings out. ready: how many
    frames may be played; fewer than there are, where it is an opening only. beats: where the metronome clicks."""

    data: NDArray[np.int16]
    rate: int
    music: int
    ready: int
    beats: tuple[Beat, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is all of the melody."""
        return self.ready == len(self.data)


class Sounds(QObject):
    """Renders takes in the engine's lane "files", the newest first, and keeps them."""

    ready = Signal(object, object)  # Take, Sound
    failed = Signal(object, str)  # Take, a sentence

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._kept: OrderedDict[Take, Sound] = OrderedDict()
        self._running: tuple[Take, Task] | None = None

    def get(self, take: Take) -> Sound | None:
        """The whole sound of a take, where it is there."""
        sound = self._kept.get(take)
        if sound is not None:
            self._kept.move_to_end(take)
        return sound

    def want(self, take: Take) -> None:
        """Have it rendered; ``ready`` tells when it is there. A take that was wanted before and is not there yet is let go of."""
        if take in self._kept or (self._running is not None and self._running[0] == take and not self._running[1].stopping):
            return
        if take.seconds > _LONG:
            self._engine.run(partial(_opening, take), channel="render opening", name="render", done=partial(self._begun, take))
        else:
            self._engine.stop_channel("render opening")
        task = self._engine.run(
            partial(_render, take), channel="render", name="render", done=partial(self._have, take), failed=partial(self._not, take)
        )
        self._running = take, task
        task.finished.connect(partial(self._over, task))

    def clear(self) -> None:
        """Let go of everything."""
        self._kept.clear()

    def _over(self, task: Task) -> None:
        if self._running is not None and self._running[1] is task:
            self._running = None

    def _begun(self, take: Take, sound: Sound) -> None:
        if take not in self._kept:
            self.ready.emit(take, sound)

    def _have(self, take: Take, sound: Sound) -> None:
        self._kept[take] = sound
        self._kept.move_to_end(take)
        while len(self._kept) > 1 and sum(one.data.nbytes for one in self._kept.values()) > _ROOM:
            self._kept.popitem(last=False)
        self.ready.emit(take, sound)

    def _not(self, take: Take, message: str, details: str) -> None:
        self.failed.emit(take, message)


def _render(take: Take) -> Sound:
    """The whole sound of a take."""
    data = _samples(take, take.melody, take.like)
    return Sound(data, take.rate, min(len(data), round(take.seconds * take.rate)), len(data), beats_of(take.melody, take.tempo))


def _opening(take: Take) -> Sound:
    """The sound of the first bars."""
    from genstudio.domains import domain_of
    from genstudio.domains.music.notes import bar_lines
    from genstudio.domains.music.time import seconds_at

    melody = take.melody
    lines = bar_lines(melody)
    times = [seconds_at(melody.tempos, line) / take.tempo for line in lines]
    last = next((bar for bar in range(1, len(lines)) if times[bar] >= _OPENING), len(lines) - 1)
    known = domain_of(melody)
    like = known.part(take.like, 1, last) if take.like is not None else None
    data = _samples(take, known.part(melody, 1, last), like)
    ready = round(times[last] * take.rate)
    beats = beats_of(melody, take.tempo)
    return Sound(data, take.rate, round(take.seconds * take.rate), min(ready, len(data) - 1), beats)


def _samples(take: Take, melody: Music, like: Music | None) -> NDArray[np.int16]:
    import numpy as np

    if not any(one.notes for one in melody.instruments):  # what is recorded over: minutes of nothing take no memory
        return np.broadcast_to(np.zeros((1, 2), np.int16), (round(take.seconds * take.rate), 2))

    from genstudio.rendering import audio
    from genstudio.rendering.formats.base import PlayedOptions

    played = PlayedOptions(instrument=str(take.instrument or ""), tempo=take.tempo).prepare(melody)
    sound = audio.render(played, rate=take.rate, soundfont=take.soundfont or None, like=like)
    return np.rint(np.clip(sound, -1, 1) * 32767).astype(np.int16)
