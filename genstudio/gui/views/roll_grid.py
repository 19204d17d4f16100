"""What lies under the notes of a roll, whoever draws it: rows, keys, bar lines, beats and steps; and the names of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from genstudio.domains.music.geometry import Plane, is_black, is_seam
from genstudio.gui.theme import Colours
from genstudio.gui.views.colours import mixed

if TYPE_CHECKING:
    from genstudio.domains.music.notes import Bar

__all__ = ["paint_keys", "paint_lines", "paint_numbers", "paint_rows", "paint_ruled_name"]



def paint_keys(painter: QPainter, box: QRectF, rows: Iterable[tuple[int, float]], row: float, colours: Colours) -> None:
    """Draw the keys of ``rows``, each a pitch and its upper edge, ``row`` high, from the left of ``box`` on."""
    for pitch, y in rows:
        if is_black(pitch):
            painter.fillRect(QRectF(box.left(), y + 0.5, box.width() * 0.36, row - 1), QColor(colours.edge))
        if is_seam(pitch):
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QLineF(box.left(), y + row, box.right(), y + row))



_ROOM = 7.0  # pixels between two lines, at the least


def paint_rows(painter: QPainter, room: QRectF, plane: Plane, colours: Colours, *, drums: bool) -> None:
    """Draw the rows: those of black keys are darker; of drums every second one is, with a line below each."""
    painter.fillRect(room, QColor(colours.surface))
    dark = mixed(colours.surface, colours.sunken, 0.5 if drums else 0.75)
    painter.setPen(QPen(QColor(colours.line), 1))
    for number, pitch in enumerate(plane.rows):
        y = plane.y(pitch)
        if y + plane.row < room.top() or y > room.bottom():
            continue
        if number % 2 if drums else is_black(pitch):
            painter.fillRect(QRectF(room.left(), y, room.width(), plane.row), dark)
        if drums or is_seam(pitch):
            painter.drawLine(QLineF(room.left(), y + plane.row, room.right(), y + plane.row))


def paint_lines(painter: QPainter, room: QRectF, bars: Sequence[Bar], plane: Plane, colours: Colours, *, step: int = 0) -> None:
    """Draw the bar lines, and where there is room for them the beats, and the steps of ``step`` ticks."""

    def draw(ticks: Iterable[int], colour: QColor) -> None:
        painter.setPen(QPen(colour, 1))
        places = (plane.x(tick) for tick in ticks)
        painter.drawLines([QLineF(x, room.top(), x, room.bottom()) for x in places if room.left() <= x <= room.right() + 2])

    if not bars:
        return
    if step and plane.tick * step >= _ROOM:
        # A pickup may be shorter than a beat.
        first = (bar.beats[0] if bar.beats else bar.end - (bar.end - bar.start) // step * step for bar in bars)
        ticks = (tick for bar, begin in zip(bars, first, strict=True) for tick in range(begin, bar.end, step))
        draw(ticks, mixed(colours.surface, colours.line, 0.55))
    if plane.tick * bars[0].beat >= _ROOM:
        strong = mixed(colours.line, colours.edge, 0.2) if step else QColor(colours.line)
        draw((tick for bar in bars for tick in bar.beats if tick > bar.start), strong)
    draw((*(bar.start for bar in bars), bars[-1].end), mixed(colours.line, colours.edge, 0.9 if step else 0.55))


def paint_numbers(painter: QPainter, ruler: QRectF, bars: Sequence[Bar], plane: Plane, colours: Colours) -> None:
    """Write the numbers of bars into a ruler, and the metre where it is another one, as far as there is room."""
    metrics = QFontMetricsF(painter.font())
    painter.setPen(QColor(colours.muted))
    metre: tuple[int, int] | None = None
    free = ruler.left()
    for bar in bars:
        x = plane.x(bar.start)
        if bar.number == 0 or x < ruler.left() - 8:
            metre = metre if bar.number == 0 else bar.metre
            continue
        text = str(bar.number)
        if metre != bar.metre and (bar.number == 1 or metre is not None):
            text += "   {}/{}".format(*bar.metre)
        metre = bar.metre
        if x + 4 >= free:
            painter.drawText(QPointF(x + 5, ruler.bottom() - 8), text)
            free = x + 4 + metrics.horizontalAdvance(text) + 8


def paint_ruled_name(painter: QPainter, room: QRectF, name: str, colour: QColor | str, where: Qt.AlignmentFlag) -> None:
    """Write the name of a row, cut where there is no room."""
    painter.setPen(QColor(colour))
    text = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, where | Qt.AlignmentFlag.AlignVCenter, text)
