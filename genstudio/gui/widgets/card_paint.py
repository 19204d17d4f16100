"""What is drawn on a card, and on a line of a list of sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from genstudio.gui.theme import SPACE, Colours
from genstudio.gui.views.text import differences, in_lines
from genstudio.gui.widgets.rows import Row

__all__ = ["heart_place", "line_height", "paint_ground", "paint_line", "paint_unmade", "paint_words", "smaller"]

_AROUND = 20  # pixels above and below a sentence in a list
_MOST = 4  # lines of it that are shown
_RADIUS = 8.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_DOT = " · "


def smaller(font: QFont) -> QFont:
    """The font of what is said below."""
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() * 0.86))
    return small


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setBold(True)
    return strong


def _tight(width: float, font: QFont) -> bool:
    """Whether the head of a card has no room for a percentage and the signs to play and to keep, which are in its foot then."""
    head = QFontMetricsF(font).height()
    return width - 2 * SPACE - 4 - 2 * (head + 8) < QFontMetricsF(_strong(font)).horizontalAdvance("100%")


def heart_place(rect: QRect, look: str, font: QFont) -> QRect:
    """Where the heart of a card is; the sign to play is at its left."""
    size = round(QFontMetricsF(font).height()) + 4
    if look == "line":
        top = (rect.height() - size) // 2
    else:
        top = 0 if look == "slim" else rect.height() - SPACE + 2 - size if _tight(rect.width(), font) else SPACE - 2
    return QRect(rect.right() - SPACE + 3 - size, rect.top() + top, size, size)


def paint_ground(
    painter: QPainter, rect: QRect, row: Row, state: QStyle.StateFlag, colours: Colours, *, flat: bool
) -> None:
    """The card itself, with a frame where it is chosen."""
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    strong = focused or bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(QPen(QColor(colours.accent if strong else colours.edge if hovered else colours.line), 2.0 if strong else 1.0))
    painter.setBrush(QColor(colours.surface if row.piece is not None and not flat else colours.sunken))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
    if focused:
        painter.setPen(QPen(QColor(colours.accent), 1.0, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(4, 4, -4, -4), _RADIUS - 3, _RADIUS - 3)


def paint_unmade(painter: QPainter, rect: QRect, row: Row, colours: Colours) -> None:
    """A card whose piece is still being made, of whatever kind it will be."""
    inner = QRectF(rect).adjusted(SPACE + 2, SPACE, -SPACE - 2, -SPACE)
    head = QFontMetricsF(painter.font()).height()
    painter.setPen(QColor(colours.muted))
    painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), head), _LEFT, row.title)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.line))
    beside = 54 if rect.height() < 3 * head + SPACE else 0  # the title is at its left, or above it
    painter.drawRoundedRect(QRectF(inner.left() + beside, rect.center().y() - 3, inner.width() * 0.4, 6), 3, 3)


def paint_words(painter: QPainter, rect: QRect, row: Row, colours: Colours, signs: int, look: str) -> QRectF | None:
    """The words around a picture: its title and what there is to say of it, beside so many signs; the place of the picture."""
    inner = QRectF(rect).adjusted(2, 1, -2, -1) if look == "slim" else QRectF(rect).adjusted(SPACE + 2, SPACE, -SPACE - 2, -SPACE)
    font = painter.font()
    strong, small = _strong(font), smaller(font)
    head, foot = QFontMetricsF(font).height(), QFontMetricsF(small).height()
    tight = look != "slim" and _tight(rect.width(), font)
    taken = (head + 8) * signs
    room = inner.width() - (0 if tight else taken)
    painter.setFont(strong)
    painter.setPen(QColor(colours.text))
    title = QFontMetricsF(strong).elidedText(row.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(inner.left(), inner.top(), room, head), _LEFT, title)
    left = inner.width() - taken if tight else inner.width()
    painter.setFont(small)
    painter.setPen(QColor(colours.muted))
    if left > head:
        painter.drawText(QRectF(inner.left(), inner.bottom() - foot, left, foot), _LEFT, _facts(row, small, left))
    painter.setFont(font)
    middle = inner.adjusted(0, head + 5, 0, -foot - 4)
    if look == "card" and row.is_text:
        untitled = inner.adjusted(0, 0, -head - SPACE, -foot - 4)  # beside the heart
        _paint_text(painter, middle if row.title else untitled, row, colours)
    return middle if look == "card" else None


def _facts(row: Row, font: QFont, room: float) -> str:
    """What is said of a piece, as much of it as fits: the last, where that is what is new, or whose it is; else the first."""
    metrics, plain = QFontMetricsF(font), row.differs is None and not row.foreign
    said = list(row.facts)
    while len(said) > 1 and metrics.horizontalAdvance(_DOT.join(said)) > room:
        said = said[:-1] if plain else said[1:]
    if said and metrics.horizontalAdvance(said[0]) > room:
        if row.differs is not None and not row.foreign:
            said = [f"+{len(row.differs.new)} −{len(row.differs.gone)}"]
        elif plain:
            said = [next((fact for fact in row.facts if metrics.horizontalAdvance(fact) <= room), said[0])]
    return metrics.elidedText(_DOT.join(said), Qt.TextElideMode.ElideRight, room)


def line_height(texts: Sequence[str], font: QFont, width: int) -> int:
    """Of sentences in a list: as many lines as the longest of them needs, if not too many."""
    metrics, room = QFontMetricsF(font), width - 220
    most = 1
    for text in texts:
        lines = in_lines(text).split("\n")
        most = max(most, len(lines), 1 + any(metrics.horizontalAdvance(line) > room for line in lines))
    return round(_AROUND + min(most, _MOST) * metrics.height())


def paint_line(painter: QPainter, rect: QRect, row: Row, colours: Colours, signs: int, look: str) -> None:
    """A sentence in a list: its place, itself, and what there is to say of it."""
    inner = QRectF(rect).adjusted(SPACE + 4, 0, -SPACE - 4, 0)
    font = painter.font()
    strong, small = _strong(font), smaller(font)
    painter.setFont(strong)
    painter.setPen(QColor(colours.text))
    place = QFontMetricsF(strong).elidedText(row.title, Qt.TextElideMode.ElideRight, 46)
    painter.drawText(QRectF(inner.left(), inner.top(), 48, inner.height()), _LEFT, place)
    painter.setFont(small)
    painter.setPen(QColor(colours.muted))
    right = inner.adjusted(0, 0, -QFontMetricsF(font).height() - SPACE, 0)
    painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, _DOT.join(row.facts[1:] or row.facts))
    painter.setFont(font)
    tall = rect.height() - _AROUND
    _paint_text(painter, QRectF(inner.left() + 52, inner.top() + _AROUND / 2, inner.width() - 180, tall + 1), row, colours)


def _paint_text(painter: QPainter, rect: QRectF, row: Row, colours: Colours) -> None:
    """A text, broken into lines; what is new in it stands out."""
    text = in_lines(row.text).replace("\n", "\u2028")
    metrics = QFontMetricsF(painter.font())
    layout = QTextLayout(text, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if row.before is not None:
        layout.setFormats(_new(text, in_lines(str(row.before.text)).replace("\n", "\u2028"), colours))
    lines = max(1, int(rect.height() // metrics.height()))
    layout.beginLayout()
    shown, y, rest = 0, 0.0, ""
    while shown < lines and (line := layout.createLine()).isValid():
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, y))
        y += metrics.height()
        shown += 1
        end = line.textStart() + line.textLength()
        rest = text[end:] if shown == lines and end < len(text) else ""
    layout.endLayout()
    painter.setPen(QColor(colours.text))
    layout.draw(painter, rect.topLeft())
    if rest:
        painter.drawText(QRectF(rect.right() - 14, rect.top() + y - metrics.height(), 14, metrics.height()), "…")


def _new(text: str, before: str, colours: Colours) -> list[QTextLayout.FormatRange]:
    """How the words look that ``before`` does not have."""
    look = QTextCharFormat()
    look.setFontWeight(700)
    look.setForeground(QColor(colours.accent))
    found, place = [], 0
    for kind, words in differences(text, before):
        if kind == "new":
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = place, len(words), look
            found.append(one)
        place += len(words) if kind != "gone" else 0
    return found
