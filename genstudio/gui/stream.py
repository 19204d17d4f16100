"""The frames of sound in the order in which they are heard: from a place on, repeated or not, with the clicks of the metronome.

Conventions: sound is int16 [frames, 2]; a place is a frame of the sound; "heard" and "written" count the frames since the start.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from genstudio.gui.metronome import Lead, click
from genstudio.gui.sounds import Sound

__all__ = ["Reader"]

_FADE = 0.004  # seconds: what begins amid a note does not click
_SHORTEST = 0.05  # seconds of a loop
_RING = 0.03  # seconds that a note rings over the end of a loop


class Reader:
    """Frames in the order in which they are heard: from a place on, with a loop that is repeated.

    metronome: how loud it clicks on the beats, 0 .. 1; 0: not at all. What is counted in always is heard.
    """

    def __init__(self, sound: Sound, at: int, loop: tuple[int, int] | None, lead: Lead | None = None) -> None:
        """``lead`` is counted before the frame ``at``."""
        loop = _long_enough(loop, sound.rate)
        if loop is not None and at >= loop[1]:
            at = loop[0]
        self.metronome = 0.0
        self._clicks: list[tuple[int, NDArray[np.float32]]] = []  # those that sound: the frame that each begins at, and it
        self._counted = [] if lead is None else [(round(beat.at * sound.rate), beat.strong) for beat in lead.beats]
        self._lead = 0 if lead is None else round(lead.seconds * sound.rate)  # frames that are still to be counted
        self._take_sound(sound)
        self._loop = loop
        self.place = at  # the frame of the sound that is read next
        self._ring: NDArray[np.float32] | None = None  # of what came before the jump, still to be heard
        self._fade = at > 0
        self._turn: tuple[Sound, int, int, tuple[int, int] | None] | None = None
        self._turned: int | None = None  # of the frames heard the first that is of the sound that was changed over to
        self.written = 0
        self._marks: list[tuple[int, int]] = [(0, at - self._lead)]  # frames heard, and where in the sound they are

    def _take_sound(self, sound: Sound) -> None:
        self._sound = sound
        self._beats = [(round(beat.at * sound.rate), beat.strong) for beat in sound.beats]

    def turn(self, sound: Sound, at: int, place: int, loop: tuple[int, int] | None) -> bool:
        """At the frame ``at`` of this sound change over to another one, from its frame ``place`` on; False where it has been read
        already."""
        if at < self.place:
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
        return self._turn is None and self._loop is None and self._sound.whole and self.place >= len(self._sound.data)

    def extend(self, sound: Sound) -> None:
        """Go on with the whole sound. It may be softer than its opening, since it is as loud as its loudest note allows; the
        difference is made up for within two seconds."""
        last = self._sound.ready
        first = max(0, last - 2 * sound.rate)
        loud, soft = (float(np.abs(one.data[first:last].astype(np.float32)).mean()) for one in (self._sound, sound))
        ratio = loud / soft if soft > 0 else 1.0
        data = sound.data
        if abs(ratio - 1) > 0.02:
            data = data.copy()
            part = data[self.place : self.place + 2 * sound.rate]
            slope = np.linspace(ratio, 1, len(part), dtype=np.float32)[:, None]
            part[:] = np.clip(part * slope, -32768, 32767).astype(np.int16)
        self._take_sound(Sound(data, sound.rate, sound.music, sound.ready, sound.beats))

    def repeat(self, loop: tuple[int, int] | None) -> None:
        """Repeat something else from now on; what has been read stays as it is, and behind the loop its start comes next."""
        self._loop = _long_enough(loop, self._sound.rate)

    def read(self, frames: int) -> NDArray[np.int16]:
        """The next frames, fewer at the end or where they are not rendered yet."""
        parts: list[NDArray[np.int16]] = []
        begun = self.written
        if count := min(frames, self._lead):
            parts.append(np.zeros((count, 2), np.int16))
            self._click(self._counted, self.written, count, 1.0)
            self.written += count
            self._lead -= count
        left = frames - sum(map(len, parts))
        while left > 0:
            end = min(self._loop[1], self._sound.ready) if self._loop is not None else self._sound.ready
            if self._turn is not None and self.place <= self._turn[1]:
                if self.place == self._turn[1] or self.place >= self._sound.ready:
                    self._change_over()
                    continue
                end = min(end, self._turn[1])
            part = self._sound.data[self.place : min(end, self.place + left)]
            if len(part):
                part = self._mixed(part)
                self._click(self._beats, self.place, len(part), self.metronome)
                parts.append(part)
                left -= len(part)
                self.place += len(part)
                self.written += len(part)
            if self._turn is not None and self.place == self._turn[1]:
                continue
            if self._loop is None or self.place < self._loop[1]:
                if self.place >= end:
                    break
                continue
            self._jump()
        whole = np.concatenate(parts) if parts else np.zeros((0, 2), np.int16)
        return self._with_clicks(whole, begun) if self._clicks else whole

    def _click(self, beats: list[tuple[int, bool]], place: int, count: int, level: float) -> None:
        """Have the beats among so many frames from ``place`` on click; the first of them is the one that is written next."""
        if level <= 0:
            return
        for at, strong in beats[bisect_left(beats, (place, False)) : bisect_left(beats, (place + count, False))]:
            self._clicks.append((self.written + at - place, click(strong, self._sound.rate) * level))

    def _with_clicks(self, part: NDArray[np.int16], begun: int) -> NDArray[np.int16]:
        """The frames, of which the first is the ``begun``-th that is heard, with the clicks that sound meanwhile."""
        out, end = part.astype(np.float32), begun + len(part)
        for at, wave in self._clicks:
            first, last = max(at, begun), min(at + len(wave), end)
            if last > first:
                out[first - begun : last - begun] += 32767 * wave[first - at : last - at, None]
        self._clicks = [(at, wave) for at, wave in self._clicks if at + len(wave) > end]
        return np.clip(np.rint(out), -32768, 32767).astype(np.int16)

    def source(self, heard: int) -> int:
        """Where in the sound the frame is that is the ``heard``-th."""
        while len(self._marks) > 1 and self._marks[1][0] <= heard:
            self._marks.pop(0)
        return self._marks[0][1] + heard - self._marks[0][0]

    def _change_over(self) -> None:
        """To the other sound; what still sounds of this one rings over it for a moment."""
        assert self._turn is not None
        (sound, _, place, loop), self._turn = self._turn, None
        self._let_ring(self._sound.data[self.place : self.place + round(_RING * self._sound.rate)])
        self._take_sound(sound)
        self.place, self._loop = place, _long_enough(loop, sound.rate)
        self._fade = place > 0
        self._turned = self.written
        self._marks.append((self.written, place))

    def _let_ring(self, ring: NDArray[np.int16]) -> None:
        self._ring = ring.astype(np.float32) * np.linspace(1, 0, len(ring), dtype=np.float32)[:, None] if len(ring) else None

    def _jump(self) -> None:
        """From the end of the loop to its start; what still sounds rings over it."""
        assert self._loop is not None
        start, end = self._loop
        data, rate = self._sound.data, self._sound.rate
        # Past the music there are no new notes, and the last one may ring out.
        count = end - start if end >= self._sound.music else round(_RING * rate)
        self._let_ring(data[end : end + count])
        self.place = start
        self._fade = start > 0
        self._marks.append((self.written, start))

    def _mixed(self, part: NDArray[np.int16]) -> NDArray[np.int16]:
        """The part faded in where it begins amid a note, with what rings over it."""
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


def _long_enough(loop: tuple[int, int] | None, rate: int) -> tuple[int, int] | None:
    return loop if loop is not None and loop[1] - loop[0] >= round(_SHORTEST * rate) else None
