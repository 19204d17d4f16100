"""The card: how a piece looks and behaves wherever it is met, and grids of cards.

Click selects, Space plays, Enter makes an end (Shift+Enter the other one), F keeps, a drag takes the piece out of the window, and
the menu has the rest. A card is drawn in one go and has no controls of its own, so that a grid is one stop of the Tab key and
arrow keys move within it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QSizePolicy, QWidget

from genstudio.domains import Difference, difference, get_domain, piece_type
from genstudio.domains.music.geometry import SIXTEENTH
from genstudio.gui.context import Context
from genstudio.gui.items import Item, other_model
from genstudio.gui.theme import SPACE, Colours
from genstudio.gui.toolwords import tool_name, tools_for
from genstudio.gui.views.description import key_name
from genstudio.gui.views.drums import mark_of
from genstudio.gui.views.roll import mixed, paint_roll
from genstudio.gui.views.text import differences, in_lines

__all__ = ["Card", "CardGrid", "CardStrip"]

_RADIUS = 8.0
_MELODY = QSize(150, 108)  # the least size of a card
_TEXT = QSize(280, 84)
_LINE, _LINES = 38, 58  # height of a sentence in a list, of one line and of two
_NARROW = 78  # of a melody's card, where all in a row must fit
_WIDEST = 232
_DENSE = 8  # pixels for a note, at the least, for what is drawn around notes
_LOW = 112  # height of a card in a grid of fixed columns
_ALONE = 420  # where there are a few
_TALLEST = 240
_AHEAD = 100  # cards up to this many are all there; of more, those that can be seen
_MOVES = {
    int(key) for key in (
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    )
}  # fmt: skip


def _marks(piece: Any) -> list[Any]:
    """What the notes of two pieces are compared by."""
    return [mark_of(note, piece.pitched) for note in piece.notes]


class Card(QWidget):
    """One piece; ``item`` None stands for one that is being made."""

    clicked = Signal(object)  # itself
    reached = Signal(object)  # itself, with the Tab key
    keyed = Signal(object, int)  # itself, an arrow key, Home or End: for the grid around it

    def __init__(
        self,
        context: Context,
        item: Item | None,
        parent: QWidget | None = None,
        *,
        caption: str = "",
        before: Any = None,
        flat: bool = False,
    ) -> None:
        """``before`` is the neighbour that differences are shown against; ``flat``: without a ground, for a card within another."""
        super().__init__(parent)
        self.context = context
        self._flat = flat
        self.slim = False  # only its name and what there is to say of it
        self.item: Item | None = None
        self._before: Any = None
        self._caption = ""
        self._position: float | None = None
        self._playing = self._chosen = self._hovered = False
        self._press: QPoint | None = None
        self._facts: dict[str, Any] = {}
        self._difference: Difference | None = None
        self._elsewhere = ""  # the model that made it, where that is not the one that is chosen
        self._kept = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(72, 36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        player, shelf = context.player, context.shelf
        player.started.connect(self._started)
        player.ended.connect(self._ended)
        player.moved.connect(self._moved)
        shelf.changed.connect(self._shelved)
        shelf.kept.connect(self._shelved)
        shelf.unkept.connect(self._shelved)
        context.theme.changed.connect(self.update)
        context.models.chosen.connect(self._chosen_model)
        self.show_item(item, caption, before)

    # -- what it shows

    def show_item(self, item: Item | None, caption: str = "", before: Any = None) -> None:
        """Show another piece; ``before`` is the neighbour that differences are shown against."""
        self.item, self._caption, self._before = item, caption, before
        self._facts = item.facts if item is not None else {}
        self._kept = item is not None and self.context.shelf.is_kept(item)
        comparable = item is not None and before is not None and isinstance(before, piece_type(item.domain))
        self._difference = difference(get_domain(item.domain), before, item.piece) if item is not None and comparable else None
        self._elsewhere = other_model(item, self.context.models) if item is not None and not self._flat else ""
        player = self.context.player
        self._playing = item is not None and player.item is item and player.playing
        self._position = None
        self._name_it()
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        """Whether it is the one that is looked at."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    @property
    def chosen(self) -> bool:
        """Whether it is the one that is looked at."""
        return self._chosen

    @property
    def caption(self) -> str:
        """What stands above the picture."""
        if self._caption or self.item is None:
            return self._caption
        if self.item.t is not None:
            return f"{self.item.t:.0%}"
        own = self.item.title.removesuffix("…").rstrip()  # a text without a title is named by its first words, which are below
        return "" if not self.item.music and str(self._facts["text"]).startswith(own) else self.item.title

    def sizeHint(self) -> QSize:
        return _TEXT if self.item is not None and not self.item.music else _MELODY

    def _name_it(self) -> None:
        if self.item is None:
            self.setAccessibleName(self.tr("{what} is being made").format(what=self._caption or self.tr("A piece")))
            return
        kept = [self.tr("by {model}").format(model=self._elsewhere)] if self._elsewhere and not self.item.music else []
        kept += [self.tr("kept")] if self._kept else []
        said = [self.caption, *self.words(), *kept] if self.item.music else [self.caption, self._facts["text"], *kept]
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setAccessibleDescription(self.tr("Space plays, Enter makes it an end, F keeps it, E edits it"))

    def words(self) -> list[str]:
        """The facts below the picture."""
        facts = self._facts
        if self.item is not None and self.item.music:
            count, pitched = len(self.item.piece.notes), self.item.piece.pitched
            one, several = (self.tr("1 note"), self.tr("{count} notes")) if pitched else (self.tr("1 hit"), self.tr("{count} hits"))
            said = [key_name(str(facts.get("key") or "")), str(facts["metre"]), one if count == 1 else several.format(count=count)]
            if len(self.item.piece.parts) > 1:
                said.insert(2, self.tr("{count} parts").format(count=len(self.item.piece.parts)))
        else:
            count = int(facts["words"])
            said = [self.tr("1 word") if count == 1 else self.tr("{count} words").format(count=count)]
        if self._difference is not None:
            said.append(self._changes(self._difference))
        if self._elsewhere:
            said.append(self.tr("by {model}").format(model=self._elsewhere))
        return [part for part in said if part]

    def _changes(self, found: Difference) -> str:
        """What is new and what is gone against the piece that it is compared with; "same" where nothing differs at all."""
        if found.same:
            return self.tr("same")
        new, gone = len(found.new), len(found.gone)
        if new and gone:
            return self.tr("{new} new, {gone} gone").format(new=new, gone=gone)
        if new or gone:
            return self.tr("{count} new").format(count=new) if new else self.tr("{count} gone").format(count=gone)
        if self.item is None or not self.item.music:
            return self.tr("same words")
        return self.tr("same notes") if self.item.piece.pitched else self.tr("same hits")

    def _chosen_model(self, *_: object) -> None:
        """Another model was chosen: what this one did not make is marked."""
        found = other_model(self.item, self.context.models) if self.item is not None and not self._flat else ""
        if found != self._elsewhere:
            self._elsewhere = found
            self._name_it()
            self.update()

    def _shelved(self, *_: object) -> None:
        kept = self.item is not None and self.context.shelf.is_kept(self.item)
        if kept != self._kept:
            self._kept = kept
            self._name_it()
            self.update()

    # -- the player

    def _started(self, item: object) -> None:
        playing = self.item is not None and item is self.item
        if playing != self._playing:
            self._playing, self._position = playing, None
            self.update()

    def _ended(self) -> None:
        if self._playing:
            self._playing, self._position = False, None
            self.update()

    def _moved(self, seconds: float) -> None:
        if self._playing:
            self._position = seconds
            self.update()

    # -- what can be done with it

    def play(self) -> None:
        """Play it, or stop it where it plays."""
        if self.item is not None:
            self.context.bus.play.emit(self.item)

    def make_end(self, which: str = "") -> None:
        """Make it an end: "a", "b", or "" the next free one."""
        if self.item is not None:
            self.context.bus.make_end.emit(self.item, which)

    def keep(self) -> None:
        """Keep it, or let it go where it is kept."""
        if self.item is not None:
            shelf = self.context.shelf
            (shelf.unkeep if shelf.is_kept(self.item) else shelf.keep)(self.item)
            self._shelved()

    def edit(self) -> None:
        """Open it in an editor."""
        if self.item is not None:
            self.context.bus.edit.emit(self.item)

    def menu(self) -> QMenu:
        """Everything that can be done with it."""
        menu = QMenu(self)
        item, bus = self.item, self.context.bus
        if item is None:
            return menu
        if item.music:
            menu.addAction(self.tr("Play"), self.play).setShortcut(Qt.Key.Key_Space)
        menu.addAction(self.tr("Stop keeping") if self._kept else self.tr("Keep"), self.keep).setShortcut(Qt.Key.Key_F)
        menu.addAction(self.tr("Edit…"), self.edit).setShortcut(Qt.Key.Key_E)
        menu.addSeparator()
        menu.addAction(self.tr("Use as A"), lambda: self.make_end("a")).setShortcut(Qt.Key.Key_Return)
        menu.addAction(self.tr("Use as B"), lambda: self.make_end("b")).setShortcut("Shift+Return")
        menu.addSeparator()
        for tool in tools_for(item.music and item.piece.pitched):
            menu.addAction(tool_name(tool), partial(bus.operate.emit, item, tool))
        menu.addAction(self.tr("Show on the map"), lambda: bus.show_on_map.emit(item))
        if item.job is not None:
            menu.addAction(self.tr("Make again"), lambda: bus.again.emit(item))
        menu.addSeparator()
        menu.addAction(self.tr("Copy"), self.copy).setShortcut("Ctrl+C")
        menu.addAction(self.tr("Export…"), self.export)
        return menu

    def copy(self) -> None:
        """Put it on the clipboard."""
        if self.item is not None:
            from genstudio.gui.widgets.exporting import mime_for

            QApplication.clipboard().setMimeData(mime_for([self.item], self.context.player.mixers.mixed))
            self.context.bus.say.emit(self.tr("Copied."))

    def export(self) -> None:
        """Ask for formats and a place, and write it; those beside it can be taken along."""
        if self.item is not None:
            from genstudio.gui.widgets.export_dialog import Exporter

            grid = self.parentWidget()
            while grid is not None and not isinstance(grid, CardGrid):
                grid = grid.parentWidget()
            beside = [item for item in grid.items if item is not None] if grid is not None else []
            Exporter(self.context, self.window()).export([self.item], beside)

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Space:
            self.play()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make_end("b" if shift else "")
        elif key == Qt.Key.Key_F and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep()
        elif key == Qt.Key.Key_E and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.edit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in _MOVES:
            self.keyed.emit(self, key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
            self.clicked.emit(self)
            if self.item is not None:
                self.context.bus.selected.emit(self.item)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._press = self._press, None
        if pressed is None or self.item is None:
            return
        if self._play_rect().contains(event.position()) and self._play_rect().contains(QPointF(pressed)):
            self.play()
        elif self._heart_rect().contains(event.position()) and self._heart_rect().contains(QPointF(pressed)):
            self.keep()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._heart_rect().contains(event.position()):
            self.edit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = self._press is not None and (event.position().toPoint() - self._press).manhattanLength()
        if self.item is not None and self._press is not None and far >= QApplication.startDragDistance():
            self._press = None
            self._drag_out()

    def _drag_out(self) -> None:
        if self.item is None:
            return
        from genstudio.gui.widgets.exporting import mime_for

        drag = QDrag(self)
        drag.setMimeData(mime_for([self.item], self.context.player.mixers.mixed))
        drag.setPixmap(self._picture())
        drag.setHotSpot(QPoint(16, 16))
        drag.exec(Qt.DropAction.CopyAction)

    def _picture(self) -> QPixmap:
        return self.grab().scaledToWidth(
            round(140 * self.devicePixelRatioF()), Qt.TransformationMode.SmoothTransformation
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.clicked.emit(self)
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Coming with Tab is looking at it; a click says so itself.
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.reached.emit(self)
            if self.item is not None:
                self.context.bus.selected.emit(self.item)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_it()
            self.update()
        super().changeEvent(event)

    # -- drawing

    @property
    def _is_line(self) -> bool:
        """Whether it is a sentence in a list."""
        text = self.item is not None and not self.item.music
        return text and self.height() < _TEXT.height() - SPACE

    def _head(self) -> float:
        return QFontMetricsF(self.font()).height()

    def _heart_rect(self) -> QRectF:
        size = self._head()
        if self._is_line:
            return QRectF(self.width() - SPACE - size - 2, (self.height() - size - 4) / 2, size + 4, size + 4)
        top = -1.0 if self.slim else self.height() - SPACE - size - 2 if self._tight else SPACE - 2
        return QRectF(self.width() - SPACE - size - 2, top, size + 4, size + 4)

    @property
    def _tight(self) -> bool:
        """Whether its head has no room for both a percentage and the signs to play and to keep, which are in its foot then."""
        font = self.font()
        font.setBold(True)
        return self.width() - 2 * SPACE - 4 - 2 * (self._head() + 8) < QFontMetricsF(font).horizontalAdvance("100%")

    def _play_rect(self) -> QRectF:
        if self.item is None or not self.item.music:
            return QRectF()
        return self._heart_rect().translated(-self._head() - 8, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self.context.theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, colours)
        head = self._head()
        inner = QRectF(self.rect()).adjusted(SPACE + 2, SPACE, -SPACE - 2, -SPACE)
        if self.slim:
            inner = QRectF(self.rect()).adjusted(2, 1, -2, -1)
        if self.item is None:
            self._unmade(painter, inner, head, colours)
            return
        if self._is_line:
            self._paint_line(painter, colours)
            return
        shown_heart = self._kept or self._hovered or self.hasFocus()
        shown_play = (self._hovered or self._playing) and self.item.music
        signs = (head + 8) * (shown_heart + shown_play)
        room = inner.width() if self._tight else inner.width() - signs
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        caption = QFontMetricsF(font).elidedText(self.caption, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(inner.left(), inner.top(), room, head), int(Qt.AlignmentFlag.AlignVCenter), caption)
        if shown_heart:
            _heart(painter, self._heart_rect().adjusted(3, 3, -3, -3), colours, self._kept)
        if shown_play:
            _play(painter, self._play_rect().adjusted(3, 3, -3, -3), colours, self._playing)
        small = _smaller(self.font())
        foot = QFontMetricsF(small).height()
        middle = inner.adjusted(0, head + 5, 0, -foot - 4)
        if self.slim:
            pass
        elif not self.item.music:
            untitled = inner.adjusted(0, 0, -head - SPACE, -foot - 4)  # beside the heart
            self._paint_text(painter, middle if self.caption else untitled, colours)
        else:
            self._paint_music(painter, middle, colours)
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        said = self.words()
        metrics = QFontMetricsF(small)
        # What is new, and whose it is, is worth more than the first letters of all.
        marked = self._difference is not None or bool(self._elsewhere)
        while marked and len(said) > 1 and metrics.horizontalAdvance(" · ".join(said)) > inner.width():
            said = said[1:]
        if self._difference is not None and not self._elsewhere and metrics.horizontalAdvance(said[-1]) > inner.width():
            said = [f"+{len(self._difference.new)} \u2212{len(self._difference.gone)}"]
        left = inner.width() - signs if self._tight else inner.width()
        words = metrics.elidedText(" · ".join(said), Qt.TextElideMode.ElideRight, left) if left > head else ""
        painter.drawText(QRectF(inner.left(), inner.bottom() - foot, left, foot), int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_music(self, painter: QPainter, rect: QRectF, colours: Colours) -> None:
        assert self.item is not None
        melody, before = self.item.piece, self._before
        tint = mixed(colours.a, colours.b, self.item.t) if self.item.t is not None else None
        position = self._position if self._playing else None
        # Where notes are only a few pixels wide, lines between them and frames around them would hide them.
        if (len(melody.notes) if melody.pitched else melody.length / SIXTEENTH) * _DENSE <= rect.width():
            paint_roll(painter, rect, melody, colours, tint=tint, position=position, compare=before)
            return
        paint_roll(painter, rect.adjusted(0, 4, 0, -4), melody, colours, position=position, fold=before is None)
        if tint is not None:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), tint)
        if before is not None and melody.length:
            known = set(_marks(before))
            for mark, (start, end, *_) in zip(_marks(melody), melody.notes, strict=True):
                if mark not in known:
                    x, wide = rect.width() * start / melody.length, rect.width() * (end - start) / melody.length
                    painter.fillRect(QRectF(rect.left() + x, rect.top(), max(1.0, wide), 2), QColor(colours.accent))

    def _ground(self, painter: QPainter, colours: Colours) -> None:
        strong = self._chosen or self.hasFocus()
        if self._flat and not strong:
            return
        width = 2.0 if strong else 1.0
        edge = colours.accent if strong else (colours.edge if self._hovered else colours.line)
        ground = colours.surface if self.item is not None and not self._flat else colours.sunken
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), _RADIUS - 3, _RADIUS - 3)

    def _unmade(self, painter: QPainter, inner: QRectF, head: float, colours: Colours) -> None:
        painter.setPen(QColor(colours.muted))
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), head), int(Qt.AlignmentFlag.AlignVCenter), self._caption)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        if self.height() < _TEXT.height() - SPACE:
            painter.drawRoundedRect(QRectF(inner.left() + 54, self.height() / 2 - 3, inner.width() * 0.4, 6), 3, 3)
            return
        rest = inner.adjusted(0, head + 8, 0, -4)
        for index in range(5):
            x = rest.left() + rest.width() * index / 5
            y = rest.top() + rest.height() * (0.2 + 0.13 * (index * 3 % 5))
            painter.drawRoundedRect(QRectF(x, y, rest.width() / 6, 5), 2.5, 2.5)

    def _paint_line(self, painter: QPainter, colours: Colours) -> None:
        """A sentence in a list: its place, itself, and what there is to say of it."""
        inner = QRectF(self.rect()).adjusted(SPACE + 4, 0, -SPACE - 4, 0)
        head = self._head()
        if self._kept or self._hovered or self.hasFocus():
            _heart(painter, self._heart_rect().adjusted(3, 3, -3, -3), colours, self._kept)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        left = inner.adjusted(0, 0, -(inner.width() - 48), 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if self._caption or self.item is None or self.item.t is not None:
            painter.drawText(left, middle, QFontMetricsF(font).elidedText(self.caption, Qt.TextElideMode.ElideRight, 46))
        small = _smaller(self.font())
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        said = " · ".join(self.words()[1:] or self.words())
        right = inner.adjusted(0, 0, -head - SPACE, 0)
        painter.drawText(right, middle | int(Qt.AlignmentFlag.AlignRight), said)
        lines = 2 if self.height() > _LINE + 8 else 1
        height = lines * QFontMetricsF(self.font()).height()
        self._paint_text(painter, QRectF(inner.left() + 52, (self.height() - height) / 2, inner.width() - 180, height + 1), colours)

    def _paint_text(self, painter: QPainter, rect: QRectF, colours: Colours) -> None:
        assert self.item is not None
        text = in_lines(str(self._facts["text"])).replace("\n", "\u2028")
        font = self.font()
        painter.setFont(font)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if self._before is not None:
            formats = []
            place = 0
            for kind, words in differences(text, in_lines(str(self._before.text)).replace("\n", "\u2028")):
                if kind == "gone":
                    continue
                start, place = place, place + len(words)
                if kind != "new":
                    continue
                one = QTextLayout.FormatRange()
                one.start, one.length = start, len(words)
                look = QTextCharFormat()
                look.setFontWeight(700)
                look.setForeground(QColor(colours.accent))
                one.format = look
                formats.append(one)
            layout.setFormats(formats)
        metrics = QFontMetricsF(font)
        lines = max(1, int(rect.height() // metrics.height()))
        layout.beginLayout()
        shown, y, rest = 0, 0.0, ""
        while shown < lines:
            line = layout.createLine()
            if not line.isValid():
                break
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



def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    if small.pointSizeF() > 0:
        small.setPointSizeF(max(7.0, small.pointSizeF() * 0.86))
    else:
        small.setPixelSize(max(9, round(small.pixelSize() * 0.86)))
    return small


def _play(painter: QPainter, rect: QRectF, colours: Colours, playing: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    if playing:
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 2, 2)
        return
    path = QPainterPath(rect.topLeft() + QPointF(1.5, 0.5))
    path.lineTo(rect.right(), rect.center().y())
    path.lineTo(rect.left() + 1.5, rect.bottom() - 0.5)
    path.closeSubpath()
    painter.drawPath(path)


def _heart(painter: QPainter, rect: QRectF, colours: Colours, full: bool) -> None:
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    path = QPainterPath(QPointF(x + w / 2, y + h))
    path.cubicTo(x - w * 0.35, y + h * 0.5, x + w * 0.1, y - h * 0.3, x + w / 2, y + h * 0.22)
    path.cubicTo(x + w * 0.9, y - h * 0.3, x + w * 1.35, y + h * 0.5, x + w / 2, y + h)
    painter.setPen(QPen(QColor(colours.heart if full else colours.muted), 1.5))
    painter.setBrush(QColor(colours.heart) if full else Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


class CardGrid(QScrollArea):
    """Cards in rows. One of them is current: it alone is a stop of the Tab key, and arrow keys go from it to the others."""

    current_changed = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.fixed_columns = 0  # 0: as many as fit
        self._items: list[Item | None] = []
        self._captions: list[str] = []
        self._compare: Any = None
        self._current = 0
        self._cards: dict[int, Card] = {}
        self._text = False
        self._inside = QWidget()
        self.setWidget(self._inside)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._populate)
        self.horizontalScrollBar().valueChanged.connect(self._populate)
        context.bus.selected.connect(self._show_current)

    # -- what is in it

    @property
    def items(self) -> list[Item | None]:
        """The pieces in order; None for those that are being made."""
        return list(self._items)

    @property
    def current(self) -> int:
        """The number (from 0) of the one that is looked at."""
        return self._current

    @property
    def current_item(self) -> Item | None:
        """The piece that is looked at, if it is there yet."""
        return self._items[self._current] if self._items else None

    def set_items(
        self,
        items: Sequence[Item | None],
        captions: Sequence[str] = (),
        *,
        compare: Any = None,
        current: int = 0,
        text: bool = False,
    ) -> None:
        """Show these instead.

        Args:
            items: None stands for one that is being made.
            captions: one for each; its place or title by default.
            compare: the piece that differences are shown against; True: for each the one before it.
            current: which is looked at.
            text: they are sentences (seen from the items too, once there are any).
        """
        self._items, self._captions, self._compare = list(items), list(captions), compare
        there = [item for item in items if item is not None]
        # Sentences alone are a list; among melodies each is a card like theirs.
        self._text = all(not item.music for item in there) if there else text
        self._current = min(max(0, current), max(0, len(items) - 1))
        for number in [number for number in self._cards if number >= len(items)]:
            self._drop(number)
        for number, card in self._cards.items():
            card.show_item(self._items[number], self.caption(number), self._before(number))
        self._lay_out()

    def put(self, number: int, item: Item) -> None:
        """Show ``item`` at a place, now that it is made."""
        self._items[number] = item
        for changed in (number, number + 1):
            card = self._cards.get(changed)
            if card is not None:
                card.show_item(self._items[changed], self.caption(changed), self._before(changed))

    def card(self, number: int) -> Card | None:
        """The card at a place, where it is in sight."""
        return self._cards.get(number)

    def select(self, number: int, *, focus: bool = False, quietly: bool = False) -> None:
        """Look at another one; ``quietly``: without telling."""
        if not self._items:
            return
        number = min(max(0, number), len(self._items) - 1)
        changed, self._current = number != self._current, number
        self._show_current()
        self._populate()
        card = self._cards.get(number)
        if card is not None:
            self.ensureWidgetVisible(card, SPACE, SPACE)
            if focus:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
        if not quietly:
            if changed:
                self.current_changed.emit(number)
            self.context.bus.selected.emit(self._items[number])

    def caption(self, number: int) -> str:
        """What stands at a card, "" where nothing does."""
        return self._captions[number] if number < len(self._captions) else ""

    def _before(self, number: int) -> Any:
        if self._compare is not True:
            return self._compare
        other = self._items[number - 1] if number > 0 else None
        return other.piece if other is not None else None

    # -- where everything is

    def _shape(self) -> tuple[int, int, QSize]:
        """Columns, rows and the size of a card."""
        count = max(1, len(self._items))
        least = _TEXT if self._text else _MELODY
        width, height = self.viewport().width(), self.viewport().height()

        def fitting(narrow: int) -> tuple[int, int]:
            columns = self.fixed_columns or min(count, max(1, (width + SPACE) // (narrow + SPACE)))
            rows = math.ceil(count / columns)
            # Rows of like length.
            return (columns, rows) if self.fixed_columns else (math.ceil(count / rows), rows)

        if self._text and not self.fixed_columns:
            return 1, count, QSize(max(72, width), self._line_height())
        columns, rows = fitting(least.width())
        if not self._text and not self.fixed_columns and rows * (least.height() + SPACE) - SPACE > height:
            narrow = fitting(_NARROW)
            if narrow[1] * (least.height() + SPACE) - SPACE <= height:
                columns, rows = narrow
        widest = 960 if count == 1 else _ALONE if count <= 4 else width if self.fixed_columns else _WIDEST
        wide = min(widest, (width - (columns - 1) * SPACE) // columns)
        low = _LOW if self.fixed_columns and not self._text else least.height()
        tall = min(_TALLEST, max(low, (height - (rows - 1) * SPACE) // rows))
        return columns, rows, QSize(max(72, wide), tall)

    def _line_height(self) -> int:
        """Of sentences in a list: two lines where one of them needs that."""
        room = self.viewport().width() - 220
        metrics = QFontMetricsF(self.font())
        long = any(item is not None and metrics.horizontalAdvance(item.piece.text) > room for item in self._items)
        return _LINES if long else _LINE

    @property
    def whole_height(self) -> int:
        """What it takes to show everything at the least size of a card."""
        _, rows, size = self._shape()
        low = size.height() if self._text else _LOW if self.fixed_columns else _MELODY.height()
        return rows * (low + SPACE) - SPACE

    @staticmethod
    def _place(number: int, columns: int, size: QSize) -> QRect:
        row, column = divmod(number, columns)
        return QRect(column * (size.width() + SPACE), row * (size.height() + SPACE), size.width(), size.height())

    def _lay_out(self) -> None:
        columns, rows, size = self._shape()
        wide = columns * (size.width() + SPACE) - SPACE
        tall = rows * (size.height() + SPACE) - SPACE if self._items else 0
        self._inside.resize(max(wide, self.viewport().width() if self._fills() else 0), tall)
        self._populate()
        self._show_current()

    def _fills(self) -> bool:
        return True

    def _populate(self) -> None:
        """Have a card for each piece that can be seen, and one for the current."""
        count = len(self._items)
        columns, rows, size = self._shape()
        wanted = set(range(count))
        if count > _AHEAD:
            top, left = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
            row, column = size.height() + SPACE, size.width() + SPACE
            lines = range(max(0, top // row - 1), min(rows, (top + self.viewport().height()) // row + 2))
            places = range(max(0, left // column - 1), min(columns, (left + self.viewport().width()) // column + 2))
            wanted = {line * columns + place for line in lines for place in places} & wanted | {self._current}
        for number in [number for number in self._cards if number not in wanted]:
            self._drop(number)
        for number in sorted(wanted):
            card = self._cards.get(number)
            if card is None:
                card = Card(
                    self.context, self._items[number], self._inside, caption=self.caption(number), before=self._before(number)
                )
                card.clicked.connect(self._clicked)
                card.reached.connect(self._clicked)
                card.keyed.connect(self._keyed)
                self._cards[number] = card
                card.set_chosen(self._is_chosen(number))
                card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == self._current else Qt.FocusPolicy.ClickFocus)
            card.setGeometry(self._place(number, columns, size))
            card.show()

    def _drop(self, number: int) -> None:
        card = self._cards.pop(number)
        card.hide()
        card.deleteLater()

    def _is_chosen(self, number: int) -> bool:
        """Whether the card has the frame: of all cards of the window, that of the piece that is selected."""
        selection = self.context.bus.selection
        return number == self._current and (selection is None or selection is self._items[number])

    def _show_current(self, *_: object) -> None:
        for number, card in self._cards.items():
            card.set_chosen(self._is_chosen(number))
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == self._current else Qt.FocusPolicy.ClickFocus)

    # -- events

    def _number_of(self, card: Card) -> int:
        return next((number for number, one in self._cards.items() if one is card), 0)

    def _clicked(self, card: Card) -> None:
        number = self._number_of(card)
        if number != self._current:
            self._current = number
            self._show_current()
            self.current_changed.emit(number)

    def _keyed(self, card: Card, key: int) -> None:
        columns = self._shape()[0]
        number = self._number_of(card)
        step = {
            int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Up): -columns, int(Qt.Key.Key_Down): columns,
            int(Qt.Key.Key_Home): -number, int(Qt.Key.Key_End): len(self._items) - 1 - number,
        }[key]  # fmt: skip
        if 0 <= number + step < len(self._items):
            self.select(number + step, focus=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        least = _TEXT if self._text else _MELODY
        return QSize(3 * least.width(), least.height())


class CardStrip(CardGrid):
    """Cards in one row, as wide as the room allows; where they do not fit it scrolls sideways."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _shape(self) -> tuple[int, int, QSize]:
        count = max(1, len(self._items))
        least = _TEXT if self._text else _MELODY
        wide = min(_WIDEST, max(least.width(), (self.viewport().width() - (count - 1) * SPACE) // count))
        return count, 1, QSize(wide, max(64, min(_TALLEST, self.viewport().height())))

    def _fills(self) -> bool:
        return False
