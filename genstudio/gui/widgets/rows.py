"""A piece as one row of a list: a small roll or the sentence, title, where it came from, tags and the heart.

Thousands of rows are painted by one delegate; the rolls are kept as pictures.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen, QPixmap, QTextLayout
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from genstudio.domains import plays
from genstudio.gui.icons import pixmap
from genstudio.gui.theme import SPACE, Colours, Theme
from genstudio.gui.toolwords import TOOLS, tool_name

__all__ = ["HEIGHT", "ROW", "Index", "Row", "RowDelegate", "operation_label", "place_line"]

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives its :class:`Row`."""
HEIGHT = 8 * SPACE
_ROLL = QSize(18 * SPACE, 6 * SPACE)
_NARROW = 24 * SPACE  # the words of a row, where a long title may take both lines
_ICON = 18
_KEPT = 600  # pictures of rolls
_LEVEL = 3 * SPACE


@dataclass(frozen=True)
class Row:
    """What a row shows. key: tells rows apart. piece: gives the piece. caption: where it came from. note: at the right end, a word
    or two. tint: the colour of its place between two ends, or None. level: 1 where it belongs to the row above. opened: whether a
    row of several pieces is open; None: it is one piece."""

    key: Any
    domain: str
    title: str
    piece: Callable[[], Any]
    caption: str = ""
    tags: tuple[str, ...] = ()
    kept: bool = False
    note: str = ""
    tint: str | None = None
    level: int = 0
    opened: bool | None = None


class RowDelegate(QStyledItemDelegate):
    """Paints rows; a click on the heart asks for ``heart``, one on the roll for ``play``, one on the triangle for ``toggle``."""

    heart = Signal(QModelIndex)
    play = Signal(QModelIndex)
    toggle = Signal(QModelIndex)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rolls: OrderedDict[tuple[Any, ...], QPixmap] = OrderedDict()
        self.playing: Any = None  # key of the row that plays
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40 * SPACE, HEIGHT)

    # -- where things are

    @staticmethod
    def _roll(rect: QRect, row: Row) -> QRect:
        left = rect.left() + SPACE + 4 + _LEVEL * (2 * row.level + (row.opened is not None))
        wide = max(9 * SPACE, min(_ROLL.width(), rect.width() // 3))
        return QRect(left, rect.top() + (rect.height() - _ROLL.height()) // 2, wide, _ROLL.height())

    @staticmethod
    def _heart(rect: QRect) -> QRect:
        return QRect(rect.right() - 5 * SPACE, rect.top(), 4 * SPACE, rect.height())

    @staticmethod
    def _triangle(rect: QRect) -> QRect:
        return QRect(rect.left(), rect.top(), _LEVEL + SPACE, rect.height())

    def _words(self, rect: QRect, row: Row) -> QRect:
        roll = self._roll(rect, row)
        left = roll.right() + 2 * SPACE if plays(row.domain) else roll.left() + SPACE - 4
        return QRect(QPoint(left, rect.top() + SPACE), QPoint(self._heart(rect).left() - SPACE, rect.bottom() - SPACE))

    # -- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        colours, rect = self._theme.colours, option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(2, 1, -2, -1)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.sunken))
            painter.drawRoundedRect(box, 6, 6)
        current = self._list.hasFocus() and index == getattr(self._list, "currentIndex", lambda: None)()
        if current:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        if row.opened is not None:
            self._paint_triangle(painter, self._triangle(rect), row.opened, colours)
        if plays(row.domain):
            self._paint_roll(painter, self._roll(rect, row), row, colours, hovered)
        self._paint_words(painter, self._words(rect, row), row, colours, option.font)
        self._paint_heart(painter, self._heart(rect), row, colours, hovered or selected)
        painter.restore()

    def _paint_roll(self, painter: QPainter, rect: QRect, row: Row, colours: Colours, hovered: bool) -> None:
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.page))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect.topLeft() + QPoint(4, 3), self._picture(row, rect.size() - QSize(8, 6), colours, ratio))
        playing = self.playing is not None and self.playing == row.key
        if hovered or playing:
            centre = QPointF(rect.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(centre, 13, 13)
            name = "stop" if playing else "play"
            painter.drawPixmap(rect.center() - QPoint(7, 7), pixmap(name, colours.on_accent, 16, ratio))

    def _picture(self, row: Row, size: QSize, colours: Colours, ratio: float) -> QPixmap:
        key = (row.key, row.tint, colours.name, size.width(), ratio)
        found = self._rolls.get(key)
        if found is None:
            from genstudio.gui.views.roll import paint_roll

            found = QPixmap(size * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            inner = QPainter(found)
            paint_roll(inner, QRectF(0, 0, size.width(), size.height()), row.piece(), colours, tint=row.tint, fold=True)
            inner.end()
            self._rolls[key] = found
            while len(self._rolls) > _KEPT:
                self._rolls.popitem(last=False)
        else:
            self._rolls.move_to_end(key)
        return found

    def _paint_words(self, painter: QPainter, rect: QRect, row: Row, colours: Colours, font: QFont) -> None:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        fine = QFontMetrics(small)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.Medium)
        wide, title = QFontMetrics(strong), " ".join(row.title.split())
        if not row.tags and not row.note and wide.horizontalAdvance(title) > rect.width() and rect.width() < _NARROW:
            self._paint_long(painter, rect, title, colours, strong)
            return
        caption = QRect(rect.left(), rect.bottom() - fine.height() + 1, rect.width(), fine.height())
        head = QRect(rect.topLeft(), QPoint(rect.right(), caption.top() - 2))
        painter.setFont(small)
        left = place_line(painter, QRect(head.left(), caption.top(), head.width(), caption.height()), row.tags, colours, fine)
        caption.setRight(left - (SPACE if row.tags else 0))
        painter.setPen(QColor(colours.muted))
        painter.drawText(caption, _LEFT, fine.elidedText(row.caption, Qt.TextElideMode.ElideRight, caption.width()))
        if row.note:
            painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.note)
            head.setRight(head.right() - fine.horizontalAdvance(row.note) - SPACE)
        painter.setPen(QColor(colours.text))
        painter.setFont(strong)
        painter.drawText(head, _LEFT, wide.elidedText(title, Qt.TextElideMode.ElideRight, head.width()))

    @staticmethod
    def _paint_long(painter: QPainter, rect: QRect, title: str, colours: Colours, font: QFont) -> None:
        """In a narrow list a long title takes the room of the caption too: two lines."""
        layout = QTextLayout(title, font)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        first = title[: line.textLength()].rstrip()
        metrics = QFontMetrics(font)
        rest = metrics.elidedText(title[line.textLength() :].strip(), Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(rect, _LEFT, f"{first}\n{rest}")

    @staticmethod
    def _paint_triangle(painter: QPainter, rect: QRect, opened: bool, colours: Colours) -> None:
        centre = QPointF(rect.center()) + QPointF(4, 0)
        shape = ((-4, -2.5), (4, -2.5), (0, 3)) if opened else ((-2.5, -4), (3, 0), (-2.5, 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.muted))
        painter.drawPolygon([centre + QPointF(*point) for point in shape])

    def _paint_heart(self, painter: QPainter, rect: QRect, row: Row, colours: Colours, near: bool) -> None:
        if row.kept or near:
            drawn = pixmap("heart-filled" if row.kept else "heart", colours.heart if row.kept else colours.muted, _ICON,
                           painter.device().devicePixelRatioF())  # fmt: skip
            painter.drawPixmap(rect.center() - QPoint(_ICON // 2, _ICON // 2), drawn)

    # -- clicks and names

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            row = index.data(ROW)
            place = event.position().toPoint()
            if event.button() == Qt.MouseButton.LeftButton and isinstance(row, Row):
                if self._heart(option.rect).contains(place):
                    self.heart.emit(index)
                    return True
                if row.opened is not None and self._triangle(option.rect).contains(place):
                    self.toggle.emit(index)
                    return True
                if plays(row.domain) and self._roll(option.rect, row).contains(place):
                    self.play.emit(index)
                    return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Title"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        words = self._words(option.rect, row) if isinstance(row, Row) else option.rect
        editor.setGeometry(words.left() - SPACE, option.rect.top() + 2, words.width(), editor.sizeHint().height())


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def place_line(painter: QPainter, rect: QRect, tags: tuple[str, ...], colours: Colours, metrics: QFontMetrics) -> int:
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


def operation_label(name: str) -> str:
    """What an operation is called in the window."""
    from PySide6.QtCore import QCoreApplication

    translate = QCoreApplication.translate
    known = {
        "accompany": translate("Operations", "Accompanied"),
        "analogy": translate("Operations", "Analogy"),
        "answer": translate("Operations", "Answered"),
        "blend": translate("Operations", "Mix of four"),
        "continue": translate("Operations", "Gone on"),
        "fill": translate("Operations", "Filled in"),
        "harmonise": translate("Operations", "With chords"),
        "rhythm": translate("Operations", "Rhythm and tune"),
        "import": translate("Operations", "Your own"),
        "interpolate": translate("Operations", "In between"),
        "morph": translate("Operations", "In between"),
        "map": translate("Operations", "From the map"),
        "path": translate("Operations", "Path"),
        "reconstruct": translate("Operations", "Given back"),
        "sample": translate("Operations", "New"),
        "shape": translate("Operations", "Changed"),
        "vary": translate("Operations", "Variation"),
    }
    return known.get(name) or (tool_name(name) if name in TOOLS else name)
