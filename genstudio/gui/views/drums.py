"""Drums in the views: their rows, colours and words, the shape of a hit, and a small grid for cards.

Conventions: a hit begins at its left edge, so early and late are seen against the lines; it is as high and as strong as it is loud.
Time that is not told apart in words: less than a 64th of a quarter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from genstudio.domains.music.geometry import KIT, SIXTEENTH, Plane, kit_rows, strength
from genstudio.gui.theme import Colours
from genstudio.gui.views.bars import Words, bars_of, tick_at
from genstudio.gui.views.colours import mixed, pitch_colours, weighted

if TYPE_CHECKING:
    from genstudio.domains import Music, Note

__all__ = ["LEVELS", "DrumWords", "mark_of", "off_grid", "paint_grid", "voice_colour", "voice_name"]

translate = QCoreApplication.translate

EARLY = 40  # ticks before a sixteenth that still belong to it
THIRD = 160  # ticks of a third of a quarter
CORE = (36, 38, 42)
"""Rows of a card that are there in any case: kick, snare, closed hat. With them a beat is read at a glance."""
_QUIET = 8  # ticks
_TALL = 14.0  # pixels of a row, of which more is air
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


def paint_grid(
    painter: QPainter,
    rect: QRectF,
    music: Music,
    colours: Colours,
    *,
    tint: QColor | str | None = None,
    position: float | None = None,
    compare: Music | None = None,
) -> None:
    """Draw drums into ``rect``; the arguments are those of :func:`genstudio.gui.views.thumb.paint_roll`."""
    rows = rows_of(music, *([compare] if compare is not None else []), whole=False)
    foot = 4.0 if tint is not None else 0.0
    length = max(1, music.length, compare.length if compare is not None else 0)
    left, scale, row = rect.left() + 1, (rect.width() - 2) / length, (rect.height() - foot) / len(rows)
    plane = Plane(rows, row, scale, left, rect.top())
    tall = min(row, max(_TALL, row / 2))

    def box(note: Note) -> QRectF:
        return QRectF(*plane.hit(note, tall))

    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    _lines(painter, rect.adjusted(0, 0, 0, -foot), music, colours, plane)
    now = tick_at(music, position) if position is not None else -1.0
    _hits(painter, music, compare, now, colours, box)
    if tint is not None:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), QColor(tint))
    if position is not None:
        painter.setPen(QPen(QColor(colours.accent), 2))
        x = round(plane.x(min(now, length)))
        painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
    painter.restore()


def _lines(painter: QPainter, rect: QRectF, music: Music, colours: Colours, plane: Plane) -> None:
    faint = mixed(colours.surface, colours.line, 0.6)
    painter.setPen(QPen(faint, 1))
    places = (round(plane.y(number)) + 0.5 for number in plane.rows[1:])
    painter.drawLines([QLineF(rect.left(), y, rect.right(), y) for y in places])
    bars = bars_of(music)
    if bars and bars[0].beat * plane.tick >= 10:
        places = (round(plane.x(tick)) - 0.5 for bar in bars for tick in bar.beats)
        painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for x in places if x > rect.left() + 2])
    if bars and rect.width() / len(bars) >= 6:
        painter.setPen(QPen(QColor(colours.edge if len(bars) <= 8 else colours.line), 1))
        places = (round(plane.x(bar.start)) - 0.5 for bar in bars[1:])
        painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for x in places])


def _hits(
    painter: QPainter, music: Music, compare: Music | None, now: float, colours: Colours, box: Callable[[Note], QRectF]
) -> None:
    own = {mark_of(note, False) for note in music.notes}
    shared = {mark_of(note, False) for note in compare.notes} if compare is not None else set()
    painter.setPen(Qt.PenStyle.NoPen)
    framed: list[QRectF] = []
    for note in music.notes:
        place, sounding = box(note), note.start <= now < note.start + SIXTEENTH
        both = mark_of(note, False) in shared
        colour = hit_colour(note, colours)
        colour.setAlphaF(0.5 if both and not sounding else 1.0)
        painter.setBrush(colour)
        painter.drawRoundedRect(place, min(2.0, place.height() / 3), min(2.0, place.height() / 3))
        if sounding or (compare is not None and not both):
            framed.append(place)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if compare is not None:
        painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DotLine))
        painter.drawRects([box(note).adjusted(0.5, 0.5, -0.5, -0.5) for note in compare.notes if mark_of(note, False) not in own])
    painter.setPen(QPen(QColor(colours.text), 1))
    for place in framed:
        painter.drawRoundedRect(place, min(2.0, place.height() / 3), min(2.0, place.height() / 3))
