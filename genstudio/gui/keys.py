"""What a MIDI keyboard says, as notes that begin and end; and the tempo that is tapped. There is nothing of Qt here.

Conventions: moments are seconds of a clock that only goes forward.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

__all__ = ["Keys", "Tap"]

_PEDAL, _SOUND_OFF, _NOTES_OFF = 64, 120, 123  # controllers
_TAPS = 8  # of which the mean is taken
_LONGEST_TAP = 2.5  # seconds; after a longer wait tapping begins anew


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


class Tap:
    """The tempo that is tapped."""

    def __init__(self) -> None:
        self._moments: list[float] = []

    def tap(self, moment: float) -> float | None:
        """One tap; the beats a minute of the last ones, None at the first."""
        if self._moments and not 0 < moment - self._moments[-1] <= _LONGEST_TAP:
            self._moments.clear()
        self._moments = [*self._moments[-_TAPS:], moment]
        count = len(self._moments) - 1
        return 60 * count / (self._moments[-1] - self._moments[0]) if count else None
