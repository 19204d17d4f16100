"""What a view knows of music: its bars and beats, times, tempos as musicians tell them, and names of notes.

Conventions: ticks are 480 a quarter; seconds are those of the music as written, whatever the tempo factor of the player.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from genstudio.domains.music import notes
from genstudio.domains.music.time import TICKS, beat_ticks, is_compound, seconds_at

if TYPE_CHECKING:
    from genstudio.domains import Music, Note
    from genstudio.domains.music.notes import Bar

__all__ = ["Counted", "Words", "bar_at", "bars_in", "bars_of", "counted_in", "seconds_of", "span_of", "tick_at"]


translate = QCoreApplication.translate


class Counted(NamedTuple):
    """The note that is counted in a metre. sign: how it is written. quarters: how long it is."""

    sign: str
    quarters: float

    def of(self, bpm: float) -> float:
        """So many of these notes a minute are ``bpm`` quarters a minute."""
        return bpm / self.quarters

    def told(self, bpm: float) -> str:
        """A tempo of ``bpm`` quarters a minute, as "♩. = 112"."""
        return f"{self.sign} = {self.of(bpm):.0f}"

    def said(self, bpm: float) -> str:
        """The same in words."""
        words = {
            "♩": translate("Roll", "{tempo} quarters a minute"),
            "♩.": translate("Roll", "{tempo} dotted quarters a minute"),
            "♪.": translate("Roll", "{tempo} dotted eighths a minute"),
        }
        return words[self.sign].format(tempo=f"{self.of(bpm):.0f}")


def counted_in(music: Music | tuple[int, int]) -> Counted:
    """What is counted in a metre, or at the beginning of a piece.

    >>> counted_in((6, 8)).told(168), counted_in((3, 4)).told(168), counted_in((9, 16)).told(90)
    ('♩. = 112', '♩ = 168', '♪. = 120')
    """
    numerator, denominator = music if isinstance(music, tuple) else music.metres[0][1:]
    sign = {8: "♩.", 16: "♪."}.get(denominator)
    if sign is None or not is_compound(numerator, denominator):
        return Counted("♩", 1.0)
    return Counted(sign, beat_ticks(numerator, denominator) / TICKS)



QUARTER = 480
WHOLE = 4 * QUARTER
_LETTERS = {1: "♯", 2: "𝄪", -1: "♭", -2: "𝄫", 0: ""}


@lru_cache(maxsize=256)
def bars_of(melody: Music) -> tuple[Bar, ...]:
    """The bars of a piece, a pickup first."""
    return tuple(notes.bars_of(melody))


def bar_at(melody: Music, tick: int) -> Bar | None:
    """The bar that holds a tick; the last one past the end, None where there are no bars."""
    bars = bars_of(melody)
    return bars[max(0, bisect_right(bars, tick, key=lambda bar: bar.start) - 1)] if bars else None


def seconds_of(melody: Music, tick: float) -> float:
    """The time of a tick."""
    return seconds_at(melody.tempos, tick)


def tick_at(melody: Music, seconds: float) -> float:
    """The tick of a time; inverse of :func:`seconds_of`."""
    left = max(0.0, seconds)
    last = len(melody.tempos) - 1
    for index, change in enumerate(melody.tempos):
        rate = QUARTER * change.bpm / 60
        room = float("inf") if index == last else (melody.tempos[index + 1].tick - change.tick) / rate
        if left <= room:
            return change.tick + left * rate
        left -= room
    return 0.0


def span_of(melody: Music, first: int, last: int) -> tuple[float, float]:
    """The seconds from the start of a bar to the end of another one, by their numbers; both are brought within the piece."""
    bars = {bar.number: bar for bar in bars_of(melody)}
    first, last = sorted(max(min(bars), min(max(bars), number)) for number in (first, last))
    return seconds_of(melody, bars[first].start), seconds_of(melody, bars[last].end)


def bars_in(melody: Music, span: tuple[float, float]) -> tuple[int, int]:
    """The numbers of the first and the last bar of which a span has something."""
    first, last = (bar_at(melody, round(tick_at(melody, at)) - late) for at, late in zip(span, (0, 1), strict=True))
    return (first.number if first is not None else 1, last.number if last is not None else 1)


class Words:
    """Names of a melody's notes, spelled in its key."""

    def __init__(self, melody: Music) -> None:
        from genstudio.rendering.spelling import signature

        self._melody = melody
        self._sharps = signature(melody)[0]

    def pitch(self, pitch: int) -> str:
        """A pitch, as "B♭4"."""
        from genstudio.rendering.spelling import spell

        letter, alter, octave = spell(pitch, self._sharps)
        return f"{letter}{_LETTERS[alter]}{octave}"

    def length(self, ticks: int) -> str:
        """A length, as "dotted quarter", or in quarters where there is no name."""
        plain = {
            WHOLE: translate("Roll", "whole note"),
            WHOLE // 2: translate("Roll", "half note"),
            QUARTER: translate("Roll", "quarter"),
            QUARTER // 2: translate("Roll", "eighth"),
            QUARTER // 4: translate("Roll", "sixteenth"),
            QUARTER // 8: translate("Roll", "thirty-second"),
        }
        for whole, name in plain.items():
            if ticks == whole:
                return name
            if 2 * ticks == 3 * whole:
                return translate("Roll", "dotted {length}").format(length=name)
            if 3 * ticks == 2 * whole:
                return translate("Roll", "{length} of a triplet").format(length=name)
        return translate("Roll", "{count} quarters").format(count=f"{ticks / QUARTER:.3g}")

    def place(self, tick: int) -> str:
        """A place, as "bar 3, beat 2.5"."""
        bar = bar_at(self._melody, tick)
        if bar is None:
            return ""
        if bar.number == 0:
            return translate("Roll", "pickup")
        beat = f"{(tick - bar.start) / bar.beat + 1:.2f}".rstrip("0").rstrip(".")
        return translate("Roll", "bar {bar}, beat {beat}").format(bar=bar.number, beat=beat)

    def note(self, note: Note) -> str:
        """The name of a note, its pitch as a MIDI number, where it begins, and how long it is."""
        seconds = seconds_of(self._melody, note.end) - seconds_of(self._melody, note.start)
        return "  ·  ".join(
            (
                f"{self.pitch(note.pitch)} ({note.pitch})",
                self.place(note.start),
                f"{self.length(note.end - note.start)}, {seconds:.2f} s",
            )
        )
