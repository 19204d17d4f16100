"""How a piece is drawn in a list, on a card or as a line: one delegate for every place.

Thousands of rows are painted by it; the pictures of pieces are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen, QPixmap, QTextLayout
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from genstudio.gui import kinds
from genstudio.gui.icons import pixmap
from genstudio.gui.layouts import having
from genstudio.gui.theme import SPACE, Colours, Theme
from genstudio.gui.widgets import card_paint
from genstudio.gui.widgets.card_paint import smaller
from genstudio.gui.widgets.rows import ROW, Row
from genstudio.gui.widgets.tiles import Index

__all__ = ["HEIGHT", "PieceDelegate"]

HEIGHT = 8 * SPACE
_ROLL = QSize(18 * SPACE, 6 * SPACE)
_NARROW = 24 * SPACE  # the words of a row, where a long title may take both lines
_ICON = 18
_KEPT = 600  # pictures
_LEVEL = 3 * SPACE
_JOIN = "  ·  "
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_State = QStyle.StateFlag


class PieceDelegate(QStyledItemDelegate):
    """Paints pieces as ``look`` says: "row" (a small roll beside the words), "card" (the words around the roll), "line" (a sentence
    in a list) or "slim" (only its name and what there is to say of it).

    A click on the heart asks for ``heart``, one on the roll of a row or the triangle of a card for ``play``, one on the triangle
    of a row of several for ``toggle``.
    """

    heart = Signal(QModelIndex)
    play = Signal(QModelIndex)
    toggle = Signal(QModelIndex)

    def __init__(self, theme: Theme, parent: QWidget, look: str = "row") -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: OrderedDict[tuple[Any, ...], tuple[QPixmap, Any]] = OrderedDict()
        self.look = look
        self.playing: Any = None  # key of the piece that plays
        self.position: float | None = None  # where in it, in seconds

    # -- where things are

    def signs(self, rect: QRect, row: Row) -> dict[str, QRect]:
        """The places that can be clicked."""
        if row.piece is None:
            return {}
        if self.look != "row":
            heart = card_paint.heart_place(rect, self.look, self._font)
            found = {"heart": heart}
            return found | {"play": heart.translated(-heart.width() - 4, 0)} if row.music else found
        found = {"heart": QRect(rect.right() - 5 * SPACE, rect.top(), 4 * SPACE, rect.height())}
        if row.opened is not None:
            found["toggle"] = QRect(rect.left(), rect.top(), _LEVEL + SPACE, rect.height())
        if row.music:
            found["play"] = self._picture(rect, row)
        return found

    @staticmethod
    def _picture(rect: QRect, row: Row) -> QRect:
        """Where the picture of a row is."""
        left = rect.left() + SPACE + 4 + _LEVEL * (2 * row.level + (row.opened is not None))
        wide = max(9 * SPACE, min(_ROLL.width(), rect.width() // 3))
        return QRect(left, rect.top() + (rect.height() - _ROLL.height()) // 2, wide, _ROLL.height())

    @property
    def _font(self) -> QFont:
        parent = self.parent()
        return parent.font() if isinstance(parent, QWidget) else QFont()

    def _words(self, rect: QRect, row: Row) -> QRect:
        signs = self.signs(rect, row)
        level = _LEVEL * (2 * row.level + (row.opened is not None))
        left = self._picture(rect, row).right() + 2 * SPACE if not row.is_text else rect.left() + 2 * SPACE + level
        return QRect(QPoint(left, rect.top() + SPACE), QPoint(signs["heart"].left() - SPACE, rect.bottom() - SPACE))

    # -- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        if self.look == "row":
            self._paint_row(painter, option, row)
        else:
            self._paint_card(painter, option, row)
        painter.restore()

    def _paint_card(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        colours, rect, state = self._theme.colours, option.rect, option.state
        playing = self.playing is not None and self.playing == row.key
        hovered, focused = bool(state & _State.State_MouseOver), bool(state & _State.State_HasFocus)
        if self.look != "slim" or focused:
            card_paint.paint_ground(painter, rect, row, state, colours, flat=self.look == "slim")
        if row.piece is None:
            card_paint.paint_unmade(painter, rect, row, colours)
            return
        signs = self.signs(rect, row)
        shown = {"heart": row.kept or hovered or focused, "play": row.music and (hovered or playing)}
        drawn = [name for name, on in shown.items() if on]
        paint = {"line": card_paint.paint_line, "slim": card_paint.paint_words}.get(self.look, card_paint.paint_words)
        # The sign to play stands left of the heart, also where that is not seen.
        picture = paint(painter, rect, row, colours, 2 if shown["play"] else len(drawn), self.look)
        for name in drawn:
            self._paint_sign(painter, signs[name], name, playing if name == "play" else row.kept, colours)
        if picture is not None and not row.is_text:
            self._paint_picture(painter, picture, row, colours, self.position if playing else None)

    def _paint_picture(self, painter: QPainter, rect: QRectF, row: Row, colours: Colours, position: float | None = None) -> None:
        """The piece itself; one that does not play is drawn once."""
        if position is not None:
            self._draw(painter, rect, row, colours, position)
            return
        ratio = painter.device().devicePixelRatioF()
        size = rect.toAlignedRect().size()
        key = (self.look, row.key, id(row.before), row.t, colours.name, size.width(), size.height(), ratio)
        if key not in self._pictures:
            found = QPixmap(size * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            inner = QPainter(found)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner.setFont(painter.font())
            whole = QRectF(0, 0, rect.width(), rect.height())
            self._draw(inner, whole, row, colours, None)
            inner.end()
            self._pictures[key] = found, row.before  # which keeps its id
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        painter.drawPixmap(rect.topLeft(), self._pictures[key][0])

    def _draw(self, painter: QPainter, rect: QRectF, row: Row, colours: Colours, position: float | None) -> None:
        assert row.piece is not None
        kinds.showing(row.domain).paint(
            painter, rect, row.piece(), colours, before=row.before, t=row.t, position=position, small=self.look == "row"
        )

    @staticmethod
    def _paint_sign(painter: QPainter, rect: QRect, name: str, on: bool, colours: Colours) -> None:
        """The heart, or the sign to play or to stop, in the middle of a place."""
        if name == "heart":
            drawing, colour = "heart-filled" if on else "heart", colours.heart if on else colours.muted
        else:
            drawing, colour = "stop" if on else "play", colours.accent
        drawn = pixmap(drawing, colour, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.center() - QPoint(_ICON // 2 - 1, _ICON // 2 - 1), drawn)

    # -- a row

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        colours, rect, state = self._theme.colours, option.rect, option.state
        selected, hovered = bool(state & _State.State_Selected), bool(state & _State.State_MouseOver)
        box = QRectF(rect).adjusted(2, 1, -2, -1)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.sunken))
            painter.drawRoundedRect(box, 6, 6)
        if state & _State.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        signs = self.signs(rect, row)
        if row.opened is not None:
            _triangle(painter, signs["toggle"], row.opened, colours)
        if not row.is_text:
            self._paint_roll(painter, self._picture(rect, row), row, colours, hovered)
        self._paint_words(painter, self._words(rect, row), row, colours, option.font)
        if row.kept or hovered or selected:
            self._paint_sign(painter, signs["heart"], "heart", row.kept, colours)

    def _paint_roll(self, painter: QPainter, rect: QRect, row: Row, colours: Colours, hovered: bool) -> None:
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.page))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self._paint_picture(painter, QRectF(rect.adjusted(4, 3, -4, -3)), row, colours)
        playing = self.playing is not None and self.playing == row.key
        if row.music and (hovered or playing):
            centre = QPointF(rect.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(centre, 13, 13)
            sign = pixmap("stop" if playing else "play", colours.on_accent, 16, painter.device().devicePixelRatioF())
            painter.drawPixmap(rect.center() - QPoint(7, 7), sign)

    def _paint_words(self, painter: QPainter, rect: QRect, row: Row, colours: Colours, font: QFont) -> None:
        small, strong = smaller(font), QFont(font)
        fine = QFontMetrics(small)
        strong.setWeight(QFont.Weight.Medium)
        wide, title = QFontMetrics(strong), " ".join((row.title or row.text).split())
        if not row.tags and not row.note and wide.horizontalAdvance(title) > rect.width() and rect.width() < _NARROW:
            _long(painter, rect, title, colours, strong)
            return
        caption = QRect(rect.left(), rect.bottom() - fine.height() + 1, rect.width(), fine.height())
        head = QRect(rect.topLeft(), QPoint(rect.right(), caption.top() - 2))
        painter.setFont(small)
        left = _tags(painter, QRect(head.left(), caption.top(), head.width(), caption.height()), row.tags, colours, fine)
        caption.setRight(left - (SPACE if row.tags else 0))
        painter.setPen(QColor(colours.muted))
        painter.drawText(caption, _LEFT, fine.elidedText(_JOIN.join(row.facts), Qt.TextElideMode.ElideRight, caption.width()))
        if row.note:
            painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.note)
            head.setRight(head.right() - fine.horizontalAdvance(row.note) - SPACE)
        painter.setPen(QColor(colours.text))
        painter.setFont(strong)
        painter.drawText(head, _LEFT, wide.elidedText(title, Qt.TextElideMode.ElideRight, head.width()))

    # -- clicks and names

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        row = index.data(ROW)
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent) and isinstance(row, Row):
            for name, place in self.signs(option.rect, row).items():
                if event.button() == Qt.MouseButton.LeftButton and place.contains(event.position().toPoint()):
                    getattr(self, name).emit(index)
                    return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return having(QLineEdit(parent), accessibleName=self.tr("Title"))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        words = self._words(option.rect, row) if isinstance(row, Row) else option.rect
        editor.setGeometry(words.left() - SPACE, option.rect.top() + 2, words.width(), editor.sizeHint().height())


def _long(painter: QPainter, rect: QRect, title: str, colours: Colours, font: QFont) -> None:
    """In a narrow list a long title takes the room of the caption too: two lines."""
    layout = QTextLayout(title, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    first = title[: line.textLength()].rstrip()
    rest = QFontMetrics(font).elidedText(title[line.textLength() :].strip(), Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(rect, _LEFT, f"{first}\n{rest}")


def _triangle(painter: QPainter, rect: QRect, opened: bool, colours: Colours) -> None:
    centre = QPointF(rect.center()) + QPointF(4, 0)
    shape = ((-4, -2.5), (4, -2.5), (0, 3)) if opened else ((-2.5, -4), (3, 0), (-2.5, 4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.muted))
    painter.drawPolygon([centre + QPointF(*point) for point in shape])


def _tags(painter: QPainter, rect: QRect, tags: tuple[str, ...], colours: Colours, metrics: QFontMetrics) -> int:
    """Draw tags at the right end of ``rect``, as many as half of it has room for; the left edge of the first one."""
    right, least = rect.right(), rect.left() + rect.width() // 2
    for tag in reversed(tags):
        wide = metrics.horizontalAdvance(tag) + SPACE + 4
        if right - wide < least:
            break
        chip = QRectF(right - wide, rect.top() - 1, wide, rect.height() + 1)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.sunken))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setPen(QColor(colours.muted))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, tag)
        right -= wide + 4
    return right
