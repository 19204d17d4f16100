"""The piano keys at the left of a roll: they are drawn in its rows, and sound when they are pressed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from genstudio.domains.music.geometry import is_black, is_seam
from genstudio.gui.theme import Colours

__all__ = ["paint_keys"]


def paint_keys(painter: QPainter, box: QRectF, rows: Iterable[tuple[int, float]], row: float, colours: Colours) -> None:
    """Draw the keys of ``rows``, each a pitch and its upper edge, ``row`` high, from the left of ``box`` on."""
    for pitch, y in rows:
        if is_black(pitch):
            painter.fillRect(QRectF(box.left(), y + 0.5, box.width() * 0.36, row - 1), QColor(colours.edge))
        if is_seam(pitch):
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QLineF(box.left(), y + row, box.right(), y + row))
