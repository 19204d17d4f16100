"""The roll: one piece of music, or two laid over each other, with bars and a cursor. A melody stands before a keyboard; drums
have a row for each voice. A score stands before a keyboard, with its chord symbols above and its drums below.

Conventions: seconds are those of the first piece as written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QNativeGestureEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from genstudio.domains.music.geometry import SIXTEENTH, owners
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded
from genstudio.gui.theme import Theme
from genstudio.gui.views.bars import bar_at, seconds_of, tick_at
from genstudio.gui.views.description import describe_roll, words_of
from genstudio.gui.views.parts import part_names, sounding
from genstudio.gui.views.roll_layout import LEAD, RULER, RollLayout
from genstudio.gui.views.roll_paint import RollPainter, marks_of
from genstudio.gui.views.thumb import note_at

if TYPE_CHECKING:
    from genstudio.domains import Music

__all__ = ["RollView"]

_STEP = 1.25  # of one press of a key, or notch of the wheel
_FAR = 6.0  # pixels from which a press is a drag


class RollView(Worded, RollLayout):
    """Shows music as it lies in time and pitch.

    Click or drag to hear from there; the keys at the left sound; Ctrl and the wheel, ``+``, ``-`` and ``0`` zoom; the wheel alone
    moves in time. Left and Right go from note to note and say what it is, Enter plays from it. Dragging over the ruler with Shift
    chooses bars to repeat. Where ``marks_bars`` is set, dragging over the notes marks bars, and so do Left and Right with Shift.
    """

    seek = Signal(float)  # seconds
    looped = Signal(object)  # (from, to) in seconds, or None
    keyed = Signal(int, bool)  # the pitch of a key that is pressed, or -1; and whether it is one, or a drum
    marked = Signal(object)  # the first and the last bar that are marked, from 1, or None
    pointed = Signal(str)  # what is under the pointer, or ""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._hover: tuple[int, int] | None = None  # (0 or 1 for the piece, index of the note)
        self.marks_bars = False
        self._anchor = self._pressed = 0.0  # where a drag began: the tick, and the pixel
        self.retranslate()

    def show_items(self, a: Item | None, b: Item | None = None) -> None:
        """Show a piece of music, or two of one kind laid over each other; texts are left out."""
        self._show(a, b)
        self._hover = None
        self.mark(None)
        self.retranslate()
        self._arrange()

    def set_silent(self, parts: Iterable[int]) -> None:
        """Show the parts with these indices as not heard."""
        self.silent = frozenset(parts)
        self.viewport().update()

    def set_loop(self, span: tuple[float, float] | None) -> None:
        """Mark what is repeated, (from, to) in seconds."""
        self.loop = span
        self.viewport().update()

    def mark(self, bars: tuple[int, int] | None) -> None:
        """Mark bars, or none."""
        if bars != self.bars_marked:
            self.bars_marked = bars
            self.marked.emit(bars)
            self.viewport().update()

    def _mark_from(self, tick: float) -> None:
        """Mark the whole bars from where the drag began to here."""
        count = len(self.phrases)
        first, last = (bisect_right(self.phrases, place, key=lambda bar: bar[0]) for place in sorted((self._anchor, tick)))
        self.mark((max(1, first), min(count, max(1, last))) if count else None)

    def _mark_on(self, step: int) -> None:
        """Mark the bar that is chosen or played, or one more, or one less."""
        if self.bars_marked is not None:
            first, last = self.bars_marked
            self.mark((first, min(len(self.phrases), max(first, last + step))))
            return
        melody = self.melody
        if melody is not None and self.phrases:
            note = melody.notes[self.chosen].start if self.chosen is not None else tick_at(melody, self.position or 0.0)
            self._anchor = note
            self._mark_from(note)

    def describe(self) -> str:
        """What it shows, in words."""
        a, b = self.items
        if a is None:
            return self.tr("Nothing is shown.")
        if b is None:
            return describe_roll(a.piece)
        both = self.tr("{count} notes are the same in both.").format(count=len(marks_of(a.piece) & marks_of(b.piece)))
        return f"A, {a.title}: {describe_roll(a.piece)} B, {b.title}: {describe_roll(b.piece)} {both}"

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Drum grid") if self.drums else self.tr("Piano roll"))
        self.setAccessibleDescription(self.describe())
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        elif isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), event.position().x())
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier or not self.horizontalScrollBar().maximum():
            super().wheelEvent(event)  # up and down, or on to what holds the view
            return
        else:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - round(turned * 0.8))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self.melody is None or event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif self.marks_bars and shift and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._mark_on(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.seek.emit(seconds_of(self.melody, self.melody.notes[self.chosen].start))
        else:
            super().keyPressEvent(event)

    def _walk(self, key: int) -> None:
        """Choose the next note, the one before, the first or the last, and say what it is."""
        melody = self.melody
        if melody is None or not melody.notes:
            return
        last = len(melody.notes) - 1
        if self.chosen is None:
            tick = tick_at(melody, self.position) if self.position is not None else 0.0
            here = bisect_left(melody.notes, tick, key=lambda note: note.start)
            self.chosen = min(last, here if key == Qt.Key.Key_Right else max(0, here - 1))
        else:
            self.chosen = max(0, min(last, self.chosen + (1 if key == Qt.Key.Key_Right else -1)))
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.chosen = 0 if key == Qt.Key.Key_Home else last
        box = self.box(melody.notes[self.chosen])
        bar = self.horizontalScrollBar()
        if box.left() < self.side or box.right() > self.viewport().width():
            bar.setValue(bar.value() + round(box.center().x() - (self.viewport().width() + self.side) / 2))
        said = self._said(melody, self.chosen)
        self.setAccessibleDescription(said)
        self.pointed.emit(said)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        if self.chosen is not None:
            self.chosen = None
            self.retranslate()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        melody = self.melody
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        event.accept()
        if melody is None:
            return
        if event.position().x() < self.side:
            self._drag = "keys"
            self._press_key(event.position().y())
            return
        self.chosen = None
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drag, self._anchor = "loop", self._tick(event.position().x())
            self._choose_bars(self._anchor)
        elif self.marks_bars and event.position().y() > RULER:
            self._drag, self._anchor, self._pressed = "press", self._tick(event.position().x()), event.position().x()
        else:
            self._drag = "seek"
            self._seek_to(event.position().x())

    def _press_key(self, y: float) -> None:
        """Have the key at a height sound until the next one does, or until it is let go of."""
        plane, kit = self.plane, self.kit_plane(self.plane)
        drums = bool(kit.rows) and y >= kit.top
        if drums:
            plane = kit
        place = int((y - plane.top + plane.scroll[1]) // plane.row) if y >= plane.top else -1
        key = plane.rows[place] if 0 <= place < len(plane.rows) else None
        if key != self.key:
            self.key = key
            self.keyed.emit(-1 if key is None else key, not drums and not self.drums)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._drag == "keys":
            self._press_key(event.position().y())
        elif self._drag == "seek":
            self._seek_to(x)
        elif self._drag == "loop":
            self._choose_bars(self._tick(x))
        elif self._drag == "mark" or (self._drag == "press" and abs(x - self._pressed) >= _FAR):
            self._drag = "mark"
            self._mark_from(self._tick(x))
        elif self._drag is None:
            self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag == "keys":
            self._press_key(-1.0)
        elif self._drag == "loop":
            self.looped.emit(self.loop)
        elif self._drag == "press":
            self.mark(None)
            self._seek_to(event.position().x())
        self._drag = None
        self._follow = True
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.loop is not None and event.position().y() < RULER:
            self.set_loop(None)
            self.looped.emit(None)
        else:
            super().mouseDoubleClickEvent(event)

    def _seek_to(self, x: float) -> None:
        if self.melody is not None:
            seconds = seconds_of(self.melody, min(self._tick(x), self.melody.length))
            self.set_position(seconds)
            self.seek.emit(seconds)

    def _choose_bars(self, tick: float) -> None:
        """Mark the whole bars from where the drag began to here."""
        melody = self.melody
        if melody is None:
            return
        first, last = (bar_at(melody, int(place)) for place in sorted((self._anchor, tick)))
        if first is not None and last is not None:
            self.set_loop((seconds_of(melody, first.start), seconds_of(melody, last.end)))

    def _point(self, where: QPointF | None) -> None:
        """Find the note under the pointer."""
        found: tuple[int, int] | None = None
        if where is not None and where.x() >= self.side and self.top <= where.y() < self.viewport().height() - self.band:
            for which, melody in enumerate((self.melody, self.other)):
                index = self._index_at(melody, where) if melody is not None else None
                if index is not None:
                    found = (which, index)
                    break
        if found != self._hover:
            self._hover = found
            note = self._pointed_note()
            self.pointed.emit(self._said(*note) if note is not None else "")
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _index_at(self, melody: Music, where: QPointF) -> int | None:
        """The note that is drawn at a place."""
        tick = (where.x() - self.side - LEAD + self.horizontalScrollBar().value()) / self._scale
        if melody.parts:
            plane = self.plane
            under = [index for index in sounding(melody, tick) if self.box(melody.notes[index], plane).contains(where)]
            return next((index for index in under if owners(melody)[index] not in self.silent), under[0] if under else None)
        if melody.pitched:
            index = note_at(melody, tick)
            return index if index is not None and self.box(melody.notes[index]).contains(where) else None
        reach = 2 * SIXTEENTH
        first, last = (bisect_left(melody.notes, place, key=lambda note: note.start) for place in (tick - reach, tick + reach))
        plane = self.plane
        return next((index for index in range(first, last) if self.box(melody.notes[index], plane).contains(where)), None)

    def _pointed_note(self) -> tuple[Music, int] | None:
        """The piece and the index of the note that is pointed at or chosen."""
        if self._hover is not None:
            melody = (self.melody, self.other)[self._hover[0]]
            return None if melody is None else (melody, self._hover[1])
        if self.chosen is not None and self.melody is not None:
            return self.melody, self.chosen
        return None

    @staticmethod
    def _said(melody: Music, index: int) -> str:
        """A note in words; of a score, with its part."""
        said = words_of(melody).note(melody.notes[index])
        return f"{part_names(melody.parts)[owners(melody)[index]]}  ·  {said}" if melody.parts else said

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        melody, colours = self.melody, self.theme.colours
        if melody is not None:
            note = self._pointed_note()
            said = (*note, self._said(*note)) if note is not None else None
            RollPainter(self, painter, QRectF(event.rect()), melody).paint(said)
            return
        painter.fillRect(event.rect(), QColor(colours.surface))
        painter.setPen(QColor(colours.muted))
        painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Choose a piece to see it here."))
