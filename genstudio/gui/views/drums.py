"""Drums in the views: their rows, colours and words.

Conventions: a hit begins at its left edge, so early and late are seen against the lines; it is as high and as strong as it is loud.
Time that is not told apart in words: less than a 64th of a quarter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QColor

from genstudio.domains.music.geometry import KIT, SIXTEENTH, kit_rows, strength
from genstudio.gui.theme import Colours
from genstudio.gui.views.bars import Words
from genstudio.gui.views.colours import pitch_colours, weighted

if TYPE_CHECKING:
    from genstudio.domains import Music, Note

__all__ = ["LEVELS", "DrumWords", "mark_of", "off_grid", "voice_colour", "voice_name"]

translate = QCoreApplication.translate

EARLY = 40  # ticks before a sixteenth that still belong to it
THIRD = 160  # ticks of a third of a quarter
CORE = (36, 38, 42)
"""Rows of a card that are there in any case: kick, snare, closed hat. With them a beat is read at a glance."""
_QUIET = 8  # ticks
_NAMES = {
    36: QT_TRANSLATE_NOOP("Drums", "Kick"),
    38: QT_TRANSLATE_NOOP("Drums", "Snare"),
    42: QT_TRANSLATE_NOOP("Drums", "Closed hat"),
    46: QT_TRANSLATE_NOOP("Drums", "Open hat"),
    45: QT_TRANSLATE_NOOP("Drums", "Low tom"),
    48: QT_TRANSLATE_NOOP("Drums", "Mid tom"),
    50: QT_TRANSLATE_NOOP("Drums", "High tom"),
    51: QT_TRANSLATE_NOOP("Drums", "Ride"),
    49: QT_TRANSLATE_NOOP("Drums", "Crash"),
}
LEVELS = (
    (40, QT_TRANSLATE_NOOP("Drums", "ghost note")),
    (70, QT_TRANSLATE_NOOP("Drums", "soft")),
    (103, QT_TRANSLATE_NOOP("Drums", "medium")),
    (128, QT_TRANSLATE_NOOP("Drums", "loud")),
)
"""What a velocity is called, and from which on it is called otherwise."""
# Which of the colours of the pitch classes a voice has: kick red, snare blue, hats yellow and orange, toms green, cymbals violet.
_COLOURS = {36: 0, 38: 1, 42: 2, 46: 7, 45: 4, 48: 11, 50: 6, 51: 3, 49: 10}


def voice_name(number: int) -> str:
    """What a drum is called."""
    from genstudio.rendering.percussion import drum

    return translate("Drums", str(_NAMES.get(number, drum(number).name)))


def voice_colour(number: int, colours: Colours) -> QColor:
    """The colour of a drum."""
    return pitch_colours(colours)[_COLOURS.get(number, number % 12)]


@lru_cache(maxsize=256)
def rows_of(*pieces: Music, whole: bool) -> tuple[int, ...]:
    """The rows in which these are drawn, the highest first: all of a kit where ``whole``, else those that are struck."""
    return kit_rows((note.pitch for piece in pieces for note in piece.notes), least=KIT if whole else CORE)


def off_grid(tick: int) -> int:
    """By how many ticks something is late on the nearest sixteenth or third of a quarter; less than nought: early.

    >>> off_grid(130), off_grid(470), off_grid(320)
    (10, -10, 0)
    """
    return min(((tick + step // 2) % step - step // 2 for step in (SIXTEENTH, THIRD)), key=abs)


def mark_of(note: Note, pitched: bool) -> tuple[int, int, int]:
    """Equal for notes that count as the same when two pieces are compared: of drums, those of one voice on one sixteenth."""
    return note[:3] if pitched else ((note.start + EARLY) // SIXTEENTH, 0, note.pitch)


def hit_colour(note: Note, colours: Colours) -> QColor:
    """The colour of a hit: the louder it is, the further from the ground, from which it stands out in any case."""
    return weighted(voice_colour(note.pitch, colours), strength(note.velocity), colours)


def level_name(velocity: int) -> str:
    """What a velocity is called."""
    return translate("Drums", str(next(name for below, name in LEVELS if velocity < below)))


class DrumWords(Words):
    """Words for hits of drums."""

    def __init__(self, music: Music) -> None:
        self._melody = music

    def pitch(self, pitch: int) -> str:
        """The name of a drum."""
        return voice_name(pitch)

    def note(self, note: Note) -> str:
        """A hit, as "Snare  ·  bar 2, beat 3  ·  medium (84)", and how early or late it is."""
        off = off_grid(note.start)
        parts = [voice_name(note.pitch), self.place(note.start - off), f"{level_name(note.velocity)} ({note.velocity})"]
        if abs(off) >= _QUIET:
            bpm = next(change.bpm for change in reversed(self._melody.tempos) if change.tick <= note.start)
            said = translate("Drums", "{time} ms late") if off > 0 else translate("Drums", "{time} ms early")
            parts.append(said.format(time=round(abs(off) * 60_000 / 480 / bpm)))
        return "  ·  ".join(parts)


def describe_drums(music: Music) -> list[str]:
    """What is struck how often, in sentences."""
    words = {number: sum(note.pitch == number for note in music.notes) for number in reversed(rows_of(music, whole=True))}
    struck = ", ".join(f"{voice_name(number)} {count}" for number, count in words.items() if count)
    off = sum(abs(off_grid(note.start)) >= _QUIET for note in music.notes)
    if not off:
        exact = translate("Drums", "All hits are on the grid.")
    else:
        one, many = (
            translate("Drums", "1 hit is a little early or late."), translate("Drums", "{count} hits are a little early or late."),
        )  # fmt: skip
        exact = one if off == 1 else many.format(count=off)
    return [translate("Drums", "Hits: {struck}.").format(struck=struck), exact]
