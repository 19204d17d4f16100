"""Where a melody is played to. An output knows no pieces and no pages; the player tells it what to play and asks where it is.

Conventions: time is in seconds of what is heard, so at twice the tempo a melody is half as long.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from genstudio.gui.metronome import Lead
from genstudio.gui.sounds import RATE, Sound, Take

__all__ = ["Output", "SilentOutput", "Voice"]


class Voice(NamedTuple):
    """What is played by hand: the General MIDI program, 0 .. 127, or kit, and whether pitches are pitches."""

    program: int = 0
    pitched: bool = True


class Output:
    """What every output does. This one makes no sound: a clock, so that one can follow with the eye where there is no device."""

    needs_sound = False
    """Whether ``start`` wants the rendered sound."""

    def __init__(self) -> None:
        self.trouble = ""  # why it has stopped by itself, a sentence
        self._length = 0.0
        self._loop: tuple[float, float] | None = None
        self._from = 0.0
        self._since: float | None = None  # on the clock; None while it stands still

    @property
    def rate(self) -> int:
        """Samples a second of the sound that it takes."""
        return RATE

    def start(
        self, take: Take, sound: Sound | None, at: float, loop: tuple[float, float] | None, lead: Lead | None = None
    ) -> None:
        """Play from ``at``; ``loop`` (from, to) is repeated without end once it is reached. ``lead`` is counted first, and as long
        as it is, the position is before ``at``."""
        self._length = take.seconds
        self._loop = loop
        self._from = at - (lead.seconds if lead is not None else 0.0)
        self._since = time.monotonic()

    def repeat(self, loop: tuple[float, float] | None) -> bool:
        """Repeat something else, without a gap. False: this output cannot, and is to be started anew."""
        return False

    def set_metronome(self, level: float) -> None:
        """How loud beats are clicked, 0 .. 1; 0: not at all."""

    def press(self, voice: Voice, pitch: int, velocity: int) -> bool:
        """A note that is played by hand begins. False: this output has no sound of its own for it."""
        return False

    def release(self, voice: Voice, pitch: int) -> None:
        """It ends."""

    def extend(self, sound: Sound) -> None:
        """The whole sound of what has begun with its opening."""

    def turn(self, sound: Sound, at: float, place: float, loop: tuple[float, float] | None) -> bool:
        """Change over to another sound, exactly at the place ``at`` of what plays now: from then on the other one is heard from its
        ``place`` on, with its own ``loop``. False: this output cannot, and is to be started anew at that moment."""
        return False

    def turn_back(self) -> bool:
        """Do not change over; False where it is too late for that."""
        return True

    @property
    def turned(self) -> bool:
        """Whether what was changed over to is heard; from the first time that it is, ``position`` is that of the other sound."""
        return False

    @property
    def earliest(self) -> float:
        """The first place from which something else can be heard."""
        return self.position

    def brace(self, on: bool) -> None:
        """Have as much ready as there is room for, because the window is about to be busy; or no more than usual."""

    def pause(self) -> None:
        """Stand still, at once silent."""
        self._from = self.position
        self._since = None

    def resume(self) -> None:
        """Go on from where it stood still."""
        self._since = time.monotonic()

    def stop(self) -> None:
        """End."""
        self._since = None

    def close(self) -> None:
        """Give back what it holds of the system."""
        self.stop()

    def set_volume(self, volume: float) -> None:
        """From 0 to 1, as amplitude."""

    def tick(self) -> None:
        """Called some sixty times a second while it plays."""

    @property
    def position(self) -> float:
        """What is heard now."""
        if self._since is None:
            return self._from
        return wrapped(self._from + time.monotonic() - self._since, self._from, self._loop)

    @property
    def over(self) -> bool:
        """Whether everything has been heard."""
        return self._loop is None and self.position >= self._length


class SilentOutput(Output):
    """The clock alone."""


def wrapped(place: float, begun: float, loop: tuple[float, float] | None) -> float:
    """Where one is who has come to ``place`` from ``begun`` while a loop is repeated.

    >>> wrapped(7.0, 0.0, (2.0, 6.0)), wrapped(7.0, 0.0, None), wrapped(7.5, 6.5, (2.0, 6.0))
    (3.0, 7.0, 2.5)
    """
    if loop is None or place < loop[1]:
        return place
    if begun >= loop[1]:  # from behind the loop one comes to its start at once
        place += loop[1] - begun
    return loop[0] + (place - loop[0]) % (loop[1] - loop[0])
