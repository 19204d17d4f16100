"""A small piano roll, drawn into any rectangle: what cards show.

A melody is drawn as a piano roll, drums as a grid of hits, a score as a roll with a colour for each part, with its drums below and,
where there is room, its chord symbols above.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from genstudio.domains.music.geometry import SIXTEENTH, Plane, kit_rows, owners, pitch_rows
from genstudio.gui.theme import Colours
from genstudio.gui.views.bars import bars_of, tick_at
from genstudio.gui.views.colours import mixed, pitch_colours
from genstudio.gui.views.drums import hit_colour, mark_of
from genstudio.gui.views.drums import rows_of as kit_of
from genstudio.gui.views.parts import by_part, chords_of, hits_of, paint_chords, part_colour

if TYPE_CHECKING:
    from genstudio.domains import Music, Note

__all__ = ["paint_roll"]

_LEAST = 13  # semitones that a roll spans at the least
_ROUNDED = 48  # notes that are drawn with round corners; of more they are not seen
_CHORDS = 13.0  # pixels of the line of chord symbols
_ROOM = 48.0  # pixels of a picture from which on it has one
_LINES, _LINE, _GAP = 3, 18.0, 5.0  # lines of a long melody at the most, their height at the least, and what is between them
_NOTE = 5.0  # pixels of a note, below which a melody goes on in another line
_TALL = 14.0  # pixels of a row of drums, of which more is air
_BAND = 0.24  # of the height, for the drums of a score


def rows_of(*melodies: Music) -> range:
    """The rows of these, the highest first: a semitone more than they have, and an octave at the least."""
    return pitch_rows((note.pitch for melody in melodies for note in melody.notes), least=_LEAST)


def paint_roll(
    painter: QPainter,
    rect: QRectF,
    melody: Music,
    colours: Colours,
    *,
    tint: QColor | str | None = None,
    position: float | None = None,
    compare: Music | None = None,
    fold: bool = False,
) -> None:
    """Draw a piece of music into ``rect``: a melody as a roll, drums as a grid.

    Args:
        tint: the colour of the line that joins the notes and of the edge at the bottom; for a piece between A and B the colour
            between theirs (:func:`mixed`).
        position: where it plays, in seconds as written; a cursor is drawn there and its note stands out.
        compare: another piece of its kind. Notes that both have step back, notes that only this one has get a frame, and those that
            it has lost are hollow.
        fold: whether a long melody goes on in a second or third line, as on paper, where its notes would be too narrow to be seen.
    """
    rect = QRectF(rect)
    lines = min(_LINES, int(rect.height() // _LINE), -(-round(len(melody.notes) * _NOTE) // max(1, round(rect.width()))))
    if fold and melody.pitched and compare is None and lines > 1 and len(bars_of(melody)) >= 2 * lines:
        _folded(painter, rect, melody, colours, lines, position)
        _foot(painter, rect, tint)
        return
    length = max(1, melody.length, compare.length if compare is not None else 0)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    both = (melody, compare) if compare is not None else (melody,)
    if melody.pitched:
        room = _around(painter, rect, melody, colours, rect.width() / length)
        rows: Sequence[int] = rows_of(*both)
        row = room.height() / len(rows)
        tall = max(2.0, min(row * 0.86, 9.0))
        plane = Plane(rows, row, room.width() / length, room.left(), room.top() + (row - tall) / 2)
    else:
        room = rect.adjusted(0, 0, 0, -4.0 if tint is not None else 0.0)
        rows = kit_of(*both, whole=False)
        row = room.height() / len(rows)
        tall = min(row, max(_TALL, row / 2))
        plane = Plane(rows, row, (rect.width() - 2) / length, rect.left() + 1, rect.top())

    def box(note: Note) -> QRectF:
        if not melody.pitched:
            return QRectF(*plane.hit(note, tall))
        x, y, wide, _ = plane.note(note)
        return QRectF(x, y, max(1.6, wide - 0.8), tall)

    _bars(painter, room, melody, colours, plane)
    if tint is not None and melody.pitched and not by_part(melody):
        _thread(painter, [box(note).center() for note in melody.notes], QColor(tint))
    now = tick_at(melody, position) if position is not None else -1.0
    _notes(painter, melody, compare, now, colours, box)
    _foot(painter, rect, tint)
    if position is not None:
        painter.setPen(QPen(QColor(colours.accent), 2))
        x = round(plane.x(min(now, length)))
        painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
    painter.restore()


def _foot(painter: QPainter, rect: QRectF, tint: QColor | str | None) -> None:
    """The edge at the bottom."""
    if tint is not None:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), QColor(tint))


def _bars(painter: QPainter, rect: QRectF, music: Music, colours: Colours, plane: Plane) -> None:
    """The bar lines; of drums the rows and the beats too."""
    bars = bars_of(music)
    half = 0.0
    if not music.pitched:
        half = 0.5
        painter.setPen(QPen(mixed(colours.surface, colours.line, 0.6), 1))
        painter.drawLines([QLineF(rect.left(), y, rect.right(), y) for y in (round(plane.y(row)) + half for row in plane.rows[1:])])
        if bars and bars[0].beat * plane.tick >= 10:
            places = (round(plane.x(tick)) - half for bar in bars for tick in bar.beats)
            painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for x in places if x > rect.left() + 2])
    if bars and rect.width() / len(bars) >= 6:
        painter.setPen(QPen(QColor(colours.edge if half and len(bars) <= 8 else colours.line), 1))
        places = ((round(plane.x(bar.start)) if half else plane.x(bar.start)) - half for bar in bars[1:])
        painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for x in places])


def _folded(painter: QPainter, rect: QRectF, melody: Music, colours: Colours, lines: int, position: float | None) -> None:
    """A melody in several lines of as many bars each."""
    starts = [bar.start for bar in bars_of(melody)]
    per = -(-len(starts) // lines)
    ticks = [*starts[::per], melody.length]
    scale = rect.width() / max(end - start for start, end in pairwise(ticks))
    tall = (rect.height() - (len(ticks) - 2) * _GAP) / (len(ticks) - 1)
    for number, (start, end) in enumerate(pairwise(ticks)):
        line = QRectF(rect.left(), rect.top() + number * (tall + _GAP), (end - start) * scale, tall)
        painter.save()
        painter.setClipRect(line, Qt.ClipOperation.IntersectClip)
        whole = QRectF(rect.left() - start * scale, line.top(), melody.length * scale, tall)
        paint_roll(painter, whole, melody, colours, position=position)
        painter.restore()
        if number:
            painter.setPen(QPen(QColor(colours.line), 1))
            y = round(line.top() - _GAP / 2) + 0.5
            painter.drawLine(QLineF(rect.left(), y, rect.right(), y))


def _around(painter: QPainter, rect: QRectF, music: Music, colours: Colours, tick: float) -> QRectF:
    """Draw the chord symbols of a score above and its drums below, and return the rest of the room; ``tick`` is the width of a
    tick."""
    left = QRectF(rect)
    if chords_of(music) and rect.height() >= _ROOM:
        painter.save()
        small = QFont(painter.font())
        small.setPixelSize(10)
        small.setBold(False)
        painter.setFont(small)
        line = QRectF(rect.left(), rect.top(), rect.width(), _CHORDS)
        paint_chords(painter, line, music, lambda start: rect.left() + start * tick, QColor(colours.muted))
        painter.restore()
        left.setTop(line.bottom())
    hits = hits_of(music)
    if hits and rect.height() >= _ROOM:
        rows = kit_rows((note.pitch for note, _ in hits), least=())
        band = QRectF(rect.left(), rect.bottom() - rect.height() * _BAND, rect.width(), rect.height() * _BAND - 2)
        plane = Plane(rows, band.height() / len(rows), tick, rect.left(), band.top())
        painter.setPen(Qt.PenStyle.NoPen)
        wide, tall = max(1.5, min(60 * tick, 5.0)), max(1.2, plane.row - 0.6)
        for note, index in hits:
            painter.setBrush(part_colour(index, colours))
            painter.drawRect(QRectF(plane.x(note.start), plane.y(note.pitch), wide, tall))
        left.setBottom(band.top() - 3)
    return left


def _thread(painter: QPainter, places: list[QPointF], colour: QColor) -> None:
    """The line that joins the notes. Single lines are drawn in a fifth of the time of a polyline."""
    colour.setAlphaF(0.55)
    painter.setPen(QPen(colour, 1.2))
    painter.drawLines([QLineF(a, b) for a, b in pairwise(places)])


def _notes(
    painter: QPainter, melody: Music, compare: Music | None, now: float, colours: Colours, box: Callable[[Note], QRectF]
) -> None:
    """The notes, those of one colour at once: a hundred cards shall be drawn between two frames or three."""
    pitched = melody.pitched
    own = {mark_of(note, pitched) for note in melody.notes}
    shared = {mark_of(note, pitched) for note in compare.notes} if compare is not None else set()
    of_part, palette = owners(melody) if by_part(melody) else (), pitch_colours(colours)
    framed: list[QRectF] = []
    plain: dict[tuple[int, bool], list[QRectF]] = {}
    for number, note in enumerate(melody.notes):
        place, both = box(note), mark_of(note, pitched) in shared
        sounding = note.start <= now < (note.end if pitched else note.start + SIXTEENTH)
        if not pitched:
            colour = hit_colour(note, colours)
        else:
            colour = part_colour(of_part[number], colours) if of_part else palette[note.pitch % 12]
        plain.setdefault((colour.rgb(), both and not sounding), []).append(place)
        if sounding or (compare is not None and not both):
            framed.append(place)
    painter.setPen(Qt.PenStyle.NoPen)
    for (which, back), places in plain.items():
        colour = QColor(which)
        colour.setAlphaF(0.5 if back else 1.0)
        painter.setBrush(colour)
        if pitched and len(melody.notes) > _ROUNDED:
            painter.drawRects(places)
        else:
            _rounded(painter, places)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if compare is not None:
        painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DotLine))
        gone = (box(note) for note in compare.notes if mark_of(note, pitched) not in own)
        painter.drawRects([place.adjusted(0.5, 0.5, -0.5, -0.5) for place in gone])
    painter.setPen(QPen(QColor(colours.text), 1))
    _rounded(painter, framed)


def _rounded(painter: QPainter, places: list[QRectF]) -> None:
    for place in places:
        painter.drawRoundedRect(place, min(2.0, place.height() / 3), min(2.0, place.height() / 3))


def note_at(melody: Music, tick: float) -> int | None:
    """The index of the note that sounds at a tick."""
    at = bisect_right(melody.notes, tick, key=lambda note: note.start) - 1
    return at if at >= 0 and melody.notes[at].end > tick else None
