"""Notes that are played by hand, as sound: single tones of an instrument, and their sum. There is nothing of Qt here.

A tone is rendered for one loudness and made louder or softer; one that is held longer than it is rendered goes on with its last
second again and again. Conventions: sound is [frames, 2], int16 where it is kept or heard.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from genstudio.gui.outputs import Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["VELOCITY", "Chorus", "shifted", "tone"]

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
