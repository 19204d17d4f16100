"""A small picture of a melody."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from genstudio.domains.melody import Melody
from genstudio.gui.theme import Colours

__all__ = ["paint_roll"]


def paint_roll(
    painter: QPainter,
    rect: QRectF,
    melody: Melody,
    colours: Colours,
    *,
    tint: QColor | None = None,
    position: float | None = None,
    compare: Any = None,
) -> None:
    """Notes by time and pitch; those that are not in ``compare`` stand out."""
    if not melody.notes or not melody.length:
        return
    known = {(note.start, note.end, note.pitch) for note in compare.notes} if compare is not None else None
    low = min(note.pitch for note in melody.notes) - 1
    high = max(note.pitch for note in melody.notes) + 1
    row = rect.height() / (high - low + 1)
    painter.setPen(Qt.PenStyle.NoPen)
    for note in melody.notes:
        colour = QColor.fromHslF((28 / 360 + (7 * note.pitch % 12) / 12) % 1, 0.6, 0.62 if colours.name == "dark" else 0.48)
        if known is not None and (note.start, note.end, note.pitch) in known:
            colour.setAlphaF(0.4)
        painter.setBrush(colour)
        x = rect.left() + rect.width() * note.start / melody.length
        width = max(1.5, rect.width() * (note.end - note.start) / melody.length - 1)
        painter.drawRoundedRect(QRectF(x, rect.top() + (high - note.pitch) * row, width, max(2.0, row - 1)), 1.5, 1.5)
    if tint is not None:
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(rect.left(), rect.bottom() + 1, rect.width(), 2), 1, 1)
    if position is not None and melody.seconds:
        x = rect.left() + rect.width() * min(1.0, position / melody.seconds)
        painter.setPen(QPen(QColor(colours.text), 1.5))
        painter.drawLine(int(x), int(rect.top()), int(x), int(rect.bottom()))
