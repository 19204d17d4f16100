"""A small piano roll, drawn into any rectangle: what cards show.

A melody is drawn as a piano roll, drums as a grid of hits, a score as a roll with a colour for each part, with its drums below and,
where there is room, its chord symbols above.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from genstudio.domains.music.geometry import Plane, kit_rows, owners, pitch_rows
from genstudio.gui.theme import Colours
from genstudio.gui.views.bars import bars_of, tick_at
from genstudio.gui.views.colours import pitch_colours
from genstudio.gui.views.drums import paint_grid
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
    if not melody.pitched:
        paint_grid(painter, rect, melody, colours, tint=tint, position=position, compare=compare)
        return
    lines = min(_LINES, int(rect.height() // _LINE), -(-round(len(melody.notes) * _NOTE) // max(1, round(rect.width()))))
    if fold and compare is None and lines > 1 and len(bars_of(melody)) >= 2 * lines:
        _folded(painter, rect, melody, colours, lines, position)
        if tint is not None:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), QColor(tint))
        return
    rows = rows_of(melody, compare) if compare is not None else rows_of(melody)
    length = max(1, melody.length, compare.length if compare is not None else 0)
    whole = QRectF(rect)
    rect = _around(painter, rect, melody, colours, rect.width() / length)
    row = rect.height() / len(rows)
    tall = max(2.0, min(row * 0.86, 9.0))
    plane = Plane(rows, row, rect.width() / length, rect.left(), rect.top() + (row - tall) / 2)

    def box(note: Note) -> QRectF:
        x, y, wide, _ = plane.note(note)
        return QRectF(x, y, max(1.6, wide - 0.8), tall)

    painter.save()
    painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    bars = bars_of(melody)
    if bars and rect.width() / len(bars) >= 6:
        painter.setPen(QPen(QColor(colours.line), 1))
        places = [plane.x(bar.start) for bar in bars[1:]]
        painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for x in places])
    if tint is not None and not by_part(melody):
        _thread(painter, [box(note).center() for note in melody.notes], QColor(tint))
    _notes(painter, melody, compare, tick_at(melody, position) if position is not None else -1.0, colours, box)
    if tint is not None:
        painter.fillRect(QRectF(whole.left(), whole.bottom() - 2, whole.width(), 2), QColor(tint))
    if position is not None:
        painter.setPen(QPen(QColor(colours.accent), 2))
        x = round(plane.x(min(tick_at(melody, position), length)))
        painter.drawLine(QLineF(x, whole.top(), x, whole.bottom()))
    painter.restore()


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
    own = {note[:3] for note in melody.notes}
    shared = {note[:3] for note in compare.notes} if compare is not None else set()
    framed: list[QRectF] = []
    of_part = owners(melody) if by_part(melody) else ()
    plain: dict[tuple[int, bool], list[QRectF]] = {}
    for number, note in enumerate(melody.notes):
        place = box(note)
        sounding = note.start <= now < note.end
        both = note[:3] in shared
        plain.setdefault((of_part[number] if of_part else note.pitch % 12, both and not sounding), []).append(place)
        if sounding or (compare is not None and not both):
            framed.append(place)
    palette = pitch_colours(colours)
    painter.setPen(Qt.PenStyle.NoPen)
    rounded = len(melody.notes) <= _ROUNDED
    for (which, back), places in plain.items():
        colour = QColor(part_colour(which, colours) if of_part else palette[which])
        colour.setAlphaF(0.5 if back else 1.0)
        painter.setBrush(colour)
        if rounded:
            for place in places:
                painter.drawRoundedRect(place, min(2.0, place.height() / 3), min(2.0, place.height() / 3))
        else:
            painter.drawRects(places)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if compare is not None:
        painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DotLine))
        painter.drawRects([box(note).adjusted(0.5, 0.5, -0.5, -0.5) for note in compare.notes if note[:3] not in own])
    painter.setPen(QPen(QColor(colours.text), 1))
    for place in framed:
        painter.drawRoundedRect(place, min(2.0, place.height() / 3), min(2.0, place.height() / 3))


def note_at(melody: Music, tick: float) -> int | None:
    """The index of the note that sounds at a tick."""
    at = bisect_right(melody.notes, tick, key=lambda note: note.start) - 1
    return at if at >= 0 and melody.notes[at].end > tick else None
