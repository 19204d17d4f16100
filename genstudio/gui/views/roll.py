"""The roll: one piece of music, or two laid over each other, with bars and a cursor. A melody stands before a keyboard; drums
have a row for each voice. A score stands before a keyboard, with its chord symbols above and its drums below.

Conventions: seconds are those of the first piece as written. Notes are coloured by pitch class, those of scores by part, hits by
voice. Notes of parts that are not heard are pale. Of two pieces the
first is filled and the second is a hatched outline, each with the colour of its end; notes that both have are filled and have both
outlines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from genstudio.domains.music.geometry import SIXTEENTH, Plane, is_black, is_seam, kit_rows, owners, pitch_rows
from genstudio.gui.items import Item
from genstudio.gui.theme import Colours, Theme
from genstudio.gui.views import thumb
from genstudio.gui.views.bars import QUARTER, bar_at, bars_of, seconds_of, tick_at
from genstudio.gui.views.colours import mixed, pitch_colours
from genstudio.gui.views.description import describe_roll, words_of
from genstudio.gui.views.drums import hit_colour, mark_of, off_grid, rows_of, voice_colour, voice_name
from genstudio.gui.views.keyboard import paint_keys
from genstudio.gui.views.parts import by_part, chords_of, hits_of, ink_on, paint_chords, part_colour, part_names, sounding
from genstudio.gui.views.thumb import note_at, paint_roll

if TYPE_CHECKING:
    from genstudio.domains import Music, Note
    from genstudio.gui.context import Context

__all__ = ["RollView", "describe_roll", "mixed", "paint_roll", "pitch_colours"]

_KEYS = 54.0  # width of the keyboard
_NAMES = 96.0  # of the names of drums
_RULER = 24.0
_CHORDS = 22.0  # of the line of chord symbols
_BAND = (14.0, 20.0)  # the least and the most for a drum of a score
_GAP = 8.0  # above the drums of a score
_PALE = {"light": 0.22, "dark": 0.06}  # how much is seen of what is not heard
_ROWS = (8.0, 18.0)  # the least and the most for a semitone
_LOW = 5.0  # the least for a semitone of a score, which has more of them
_DRUMS = (16.0, 40.0)  # for a drum
_FIT = 22.0  # the least for a quarter when everything shall be seen
_QUARTERS = (8.0, 320.0)
_STEP = 1.25  # of one press of a key, or notch of the wheel
_FAR = 6.0  # pixels from which a press is a drag
_LEAD = 8.0  # before the first tick and after the last
_LARGE = 12.0  # pixels of a semitone from which outlines are thick and hatched


class RollView(QAbstractScrollArea):
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

    def __init__(self, source: Context | Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = source if isinstance(source, Theme) else source.theme
        self._theme.changed.connect(self._recolour)
        self._a: Item | None = None
        self._b: Item | None = None
        self._position: float | None = None
        self._quarter: float | None = None  # pixels for a quarter; None: everything fits
        self._follow = True
        self._hover: tuple[int, int] | None = None  # (0 or 1 for the melody, index of the note)
        self._chosen: int | None = None
        self._key: int | None = None  # of the keyboard, that is pressed
        self._loop: tuple[float, float] | None = None
        self.marks_bars = False
        self._mark: tuple[int, int] | None = None  # the first and the last bar that are marked
        self._drag: str | None = None
        self._anchor = self._pressed = 0.0
        self._side = _KEYS
        self._silent: frozenset[int] = frozenset()  # the parts that are not heard
        self._among: tuple[int, int] | None = None  # pitches that have a row in any case, the highest and the lowest
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setMinimumHeight(96)
        self.retranslate()

    # -- what is shown

    def show_items(self, a: Item | None, b: Item | None = None) -> None:
        """Show a piece of music, or two of one kind laid over each other; texts are left out."""
        self._a = a if a is not None and a.music else None
        alike = self._a is not None and b is not None and b.domain == self._a.domain
        self._b = b if b is not None and b.music and alike else None
        drums = self.melody is not None and (not self.melody.pitched or bool(hits_of(self.melody)))
        self._side = _NAMES if drums else _KEYS
        self._silent = frozenset()
        self._position = self._hover = self._chosen = self._loop = None
        self._quarter = None
        self.mark(None)
        self.horizontalScrollBar().setValue(0)
        self.retranslate()
        self._arrange()

    def set_among(self, items: Iterable[Item | None]) -> None:
        """Keep the rows as they are from one of these pieces to another, so that what changes is the music alone."""
        found = [item.piece for item in items if item is not None and item.music and item.piece.pitched and item.piece.notes]
        rows = thumb.rows_of(*found) if found else None
        self._among = (rows[0], rows[-1]) if rows is not None else None
        self._arrange()

    @property
    def melody(self) -> Music | None:
        """The first piece."""
        melody: Music | None = self._a.piece if self._a is not None else None
        return melody

    @property
    def other(self) -> Music | None:
        """The second piece."""
        melody: Music | None = self._b.piece if self._b is not None else None
        return melody

    @property
    def position(self) -> float | None:
        """Where the cursor is, in seconds."""
        return self._position

    @property
    def loop(self) -> tuple[float, float] | None:
        """What is marked as repeated, (from, to) in seconds."""
        return self._loop

    def set_position(self, seconds: float | None) -> None:
        """Move the cursor; None takes it away. The view follows it unless it has been moved by hand meanwhile."""
        melody = self.melody
        if melody is None or seconds == self._position:
            return
        before, was = self._cursor(), self._sounding()
        if self._position is None or seconds is None:
            self._follow = True
        self._position = seconds
        if self._follow and seconds is not None and self._drag is None:
            self._keep_in_view()
        after, now = self._cursor(), self._sounding()
        if was != now:
            self.viewport().update()
            return
        for x in (before, after):
            if x is not None:
                self.viewport().update(QRect(int(x) - 6, 0, 13, self.viewport().height()))

    def set_silent(self, parts: Iterable[int]) -> None:
        """Show the parts with these indices as not heard."""
        self._silent = frozenset(parts)
        self.viewport().update()

    def set_loop(self, span: tuple[float, float] | None) -> None:
        """Mark what is repeated, (from, to) in seconds."""
        self._loop = span
        self.viewport().update()

    @property
    def bars_marked(self) -> tuple[int, int] | None:
        """The first and the last bar that are marked, from 1."""
        return self._mark

    def mark(self, bars: tuple[int, int] | None) -> None:
        """Mark bars, or none."""
        if bars != self._mark:
            self._mark = bars
            self.marked.emit(bars)
            self.viewport().update()

    def _mark_from(self, tick: float) -> None:
        """Mark the whole bars from where the drag began to here."""
        count = len(self._phrases)
        first, last = (bisect_right(self._phrases, place, key=lambda bar: bar[0]) for place in sorted((self._anchor, tick)))
        self.mark((max(1, first), min(count, max(1, last))) if count else None)

    def _mark_on(self, step: int) -> None:
        """Mark the bar that is chosen or played, or one more, or one less."""
        if self._mark is not None:
            first, last = self._mark
            self.mark((first, min(len(self._phrases), max(first, last + step))))
            return
        melody = self.melody
        if melody is not None and self._phrases:
            note = melody.notes[self._chosen].start if self._chosen is not None else tick_at(melody, self._position or 0.0)
            self._anchor = note
            self._mark_from(note)

    @property
    def _phrases(self) -> Sequence[tuple[int, int]]:
        """Where each bar that is counted begins and ends: a pickup belongs to the first."""
        melody = self.melody
        return [(bar.start, bar.end) for bar in bars_of(melody) if bar.number > 0] if melody is not None else []

    def describe(self) -> str:
        """What it shows, in words."""
        if self._a is None:
            return ""
        if self._b is None:
            return describe_roll(self._a.piece)
        a, b = self._a.piece, self._b.piece
        own, others = _marks(a), _marks(b)
        both = self.tr("{count} notes are the same in both.").format(count=len(own & others))
        return f"A, {self._a.title}: {describe_roll(a)} B, {self._b.title}: {describe_roll(b)} {both}"

    def retranslate(self) -> None:
        """Set every string."""
        self.setAccessibleName(self.tr("Drum grid") if self._drums else self.tr("Piano roll"))
        self.setAccessibleDescription(self.describe() if self._a is not None else self.tr("Nothing is shown."))
        self.viewport().update()

    # -- where things are

    @property
    def _length(self) -> int:
        return max((melody.length for melody in (self.melody, self.other) if melody is not None), default=0)

    @property
    def _scale(self) -> float:
        """Pixels for a tick."""
        room = max(1.0, self.viewport().width() - self._side - 2 * _LEAD)
        fitting = room / max(1, self._length)
        if self._quarter is None:
            return max(fitting, min(_FIT, _QUARTERS[1]) / QUARTER)
        return self._quarter / QUARTER

    @property
    def _drums(self) -> bool:
        return self.melody is not None and not self.melody.pitched

    @property
    def _top(self) -> float:
        """Where the rows begin: below the ruler and the chord symbols."""
        chords = any(chords_of(melody) for melody in (self.melody, self.other) if melody is not None)
        return _RULER + (_CHORDS if chords else 0.0)

    @property
    def _kit(self) -> tuple[int, ...]:
        """The drums of a score that have a row below the others."""
        melody = self.melody
        numbers = {note.pitch for note, _ in hits_of(melody)} if melody is not None else set()
        return kit_rows(numbers, least=()) if numbers else ()

    @property
    def _band(self) -> float:
        """The height of these rows."""
        count = len(self._kit)
        room = (self.viewport().height() - self._top) * 0.35
        return min(_BAND[1], max(_BAND[0], room / count)) * count + _GAP if count else 0.0

    @property
    def _lanes(self) -> Sequence[int]:
        """The pitch of each row, the highest first: as many as fill the height, or the drums of a kit."""
        melodies = [melody for melody in (self.melody, self.other) if melody is not None]
        if self._drums:
            return rows_of(*melodies, whole=True)
        rows = thumb.rows_of(*melodies)
        least = int((self.viewport().height() - self._top - self._band) / _ROWS[1])
        return pitch_rows((rows[0], rows[-1], *(self._among or ())), least=least)

    @property
    def _plane(self) -> Plane:
        """The rows and the time as they are laid out in the viewport."""
        lanes = self._lanes
        fitting = (self.viewport().height() - self._top - self._band) / len(lanes)
        several = self.melody is not None and bool(self.melody.parts)
        row = min(_DRUMS[1], max(_DRUMS[0], fitting)) if self._drums else max(_LOW if several else _ROWS[0], fitting)
        scroll = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return Plane(lanes, row, self._scale, self._side + _LEAD, self._top, scroll=scroll)

    def _kit_plane(self, plane: Plane) -> Plane:
        """The rows of the drums of a score, at the bottom of the view."""
        rows, tall = self._kit, self._band - _GAP
        return replace(
            plane, rows=rows, row=tall / max(1, len(rows)), top=self.viewport().height() - tall, scroll=(plane.scroll[0], 0.0)
        )

    def _x(self, tick: float) -> float:
        return self._side + _LEAD + tick * self._scale - self.horizontalScrollBar().value()

    def _tick(self, x: float) -> float:
        return max(0.0, min(float(self._length), (x - self._side - _LEAD + self.horizontalScrollBar().value()) / self._scale))

    def _cursor(self) -> float | None:
        if self._position is None or self.melody is None:
            return None
        return self._x(min(tick_at(self.melody, self._position), self._length))

    def _sounding(self) -> tuple[int, ...]:
        """The notes that sound; a hit is seen for a sixteenth."""
        melody = self.melody
        if self._position is None or melody is None:
            return ()
        tick = tick_at(melody, self._position)
        if not melody.pitched:
            first, last = (bisect_right(melody.notes, place, key=lambda note: note.start) for place in (tick - SIXTEENTH, tick))
            return tuple(range(first, last))
        if melody.parts:
            return tuple(index for index in sounding(melody, tick) if owners(melody)[index] not in self._silent)
        found = note_at(melody, tick)
        return () if found is None else (found,)

    def _box(self, note: Note, plane: Plane | None = None) -> QRectF:
        plane = plane or self._plane
        if self._drums:
            return QRectF(*plane.hit(note))
        x, y, wide, row = plane.note(note)
        return QRectF(x + 0.5, y + 1, max(2.0, wide - 1.5), max(3.0, row - 2))

    def _arrange(self) -> None:
        """Set the scroll bars to what there is."""
        view = self.viewport()
        content = self._side + 2 * _LEAD + self._length * self._scale
        bar = self.horizontalScrollBar()
        bar.setPageStep(view.width())
        bar.setSingleStep(48)
        bar.setRange(0, max(0, round(content - view.width())))
        plane = self._plane
        upright = self.verticalScrollBar()
        upright.setPageStep(view.height())
        upright.setSingleStep(round(plane.row))
        upright.setRange(0, max(0, round(self._top + plane.height + self._band - view.height())))
        view.update()

    def _keep_in_view(self) -> None:
        x = self._cursor()
        bar = self.horizontalScrollBar()
        if x is None or not bar.maximum():
            return
        room = self.viewport().width() - self._side
        if not self._side <= x <= self._side + 0.9 * room:
            bar.setValue(bar.value() + round(x - self._side - 0.1 * room))
            self._follow = True  # it was not a hand that moved it

    def _scrolled(self) -> None:
        self._follow = self._position is None
        self.viewport().update()

    # -- zoom

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Zoom in time, with the place at ``x`` (pixels of the view; the cursor's or the middle) staying where it is."""
        if self.melody is None:
            return
        if x is None:
            x = self._cursor()
        if x is None or not self._side <= x <= self.viewport().width():
            x = (self.viewport().width() + self._side) / 2
        tick = (x - self._side - _LEAD + self.horizontalScrollBar().value()) / self._scale
        self._quarter = min(_QUARTERS[1], max(_QUARTERS[0], self._scale * QUARTER * factor))
        self._arrange()
        self.horizontalScrollBar().setValue(round(self._side + _LEAD + tick * self._scale - x))

    def fit(self) -> None:
        """Show everything, as far as it can be read."""
        self._quarter = None
        self._arrange()

    # -- events

    def sizeHint(self) -> QSize:
        return QSize(640, 260)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

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
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is not None:
            self.seek.emit(seconds_of(self.melody, self.melody.notes[self._chosen].start))
        else:
            super().keyPressEvent(event)

    def _walk(self, key: int) -> None:
        """Choose the next note, the one before, the first or the last, and say what it is."""
        melody = self.melody
        if melody is None or not melody.notes:
            return
        last = len(melody.notes) - 1
        if self._chosen is None:
            tick = tick_at(melody, self._position) if self._position is not None else 0.0
            here = bisect_left(melody.notes, tick, key=lambda note: note.start)
            self._chosen = min(last, here if key == Qt.Key.Key_Right else max(0, here - 1))
        else:
            self._chosen = max(0, min(last, self._chosen + (1 if key == Qt.Key.Key_Right else -1)))
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._chosen = 0 if key == Qt.Key.Key_Home else last
        box = self._box(melody.notes[self._chosen])
        bar = self.horizontalScrollBar()
        if box.left() < self._side or box.right() > self.viewport().width():
            bar.setValue(bar.value() + round(box.center().x() - (self.viewport().width() + self._side) / 2))
        said = self._said(melody, self._chosen)
        self.setAccessibleDescription(said)
        self.pointed.emit(said)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        if self._chosen is not None:
            self._chosen = None
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
        if event.position().x() < self._side:
            self._drag = "keys"
            self._press_key(event.position().y())
            return
        self._chosen = None
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drag, self._anchor = "loop", self._tick(event.position().x())
            self._choose_bars(self._anchor)
        elif self.marks_bars and event.position().y() > _RULER:
            self._drag, self._anchor, self._pressed = "press", self._tick(event.position().x()), event.position().x()
        else:
            self._drag = "seek"
            self._seek_to(event.position().x())

    def _press_key(self, y: float) -> None:
        """Have the key at a height sound until the next one does, or until it is let go of."""
        plane, kit = self._plane, self._kit_plane(self._plane)
        drums = bool(kit.rows) and y >= kit.top
        if drums:
            plane = kit
        place = int((y - plane.top + plane.scroll[1]) // plane.row) if y >= plane.top else -1
        key = plane.rows[place] if 0 <= place < len(plane.rows) else None
        if key != self._key:
            self._key = key
            self.keyed.emit(-1 if key is None else key, not drums and not self._drums)
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
            self.looped.emit(self._loop)
        elif self._drag == "press":
            self.mark(None)
            self._seek_to(event.position().x())
        self._drag = None
        self._follow = True
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._loop is not None and event.position().y() < _RULER:
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
        if where is not None and where.x() >= self._side and self._top <= where.y() < self.viewport().height() - self._band:
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
        tick = (where.x() - self._side - _LEAD + self.horizontalScrollBar().value()) / self._scale
        if melody.parts:
            plane = self._plane
            under = [index for index in sounding(melody, tick) if self._box(melody.notes[index], plane).contains(where)]
            return next((index for index in under if owners(melody)[index] not in self._silent), under[0] if under else None)
        if melody.pitched:
            index = note_at(melody, tick)
            return index if index is not None and self._box(melody.notes[index]).contains(where) else None
        reach = 2 * SIXTEENTH
        first, last = (bisect_left(melody.notes, place, key=lambda note: note.start) for place in (tick - reach, tick + reach))
        plane = self._plane
        return next((index for index in range(first, last) if self._box(melody.notes[index], plane).contains(where)), None)

    def _pointed_note(self) -> tuple[Music, int] | None:
        """The piece and the index of the note that is pointed at or chosen."""
        if self._hover is not None:
            melody = (self.melody, self.other)[self._hover[0]]
            return None if melody is None else (melody, self._hover[1])
        if self._chosen is not None and self.melody is not None:
            return self.melody, self._chosen
        return None

    @staticmethod
    def _said(melody: Music, index: int) -> str:
        """A note in words; of a score, with its part."""
        said = words_of(melody).note(melody.notes[index])
        return f"{part_names(melody.parts)[owners(melody)[index]]}  ·  {said}" if melody.parts else said

    def _recolour(self) -> None:
        self.viewport().update()

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        colours = self._theme.colours
        area = QRectF(event.rect())
        melody = self.melody
        if melody is None:
            painter.fillRect(area, QColor(colours.surface))
            painter.setPen(QColor(colours.muted))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Choose a piece to see it here."))
            return
        plane = self._plane
        self._paint_rows(painter, area, plane, colours)
        if self._kit:
            self._paint_kit_rows(painter, self._kit_plane(plane), colours)
        self._paint_bars(painter, area, melody, plane, colours)
        self._paint_chords(painter, melody, plane, colours)
        painter.save()
        room = QRectF(self.viewport().rect()).adjusted(self._side, self._top, 0, 0)
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        if self._kit:
            self._paint_kit(painter, area, melody, self._kit_plane(plane), colours)
        self._paint_cursor(painter, colours)
        painter.setClipRect(room.adjusted(0, 0, 0, -self._band), Qt.ClipOperation.IntersectClip)
        self._paint_notes(painter, area, melody, plane, colours)
        self._paint_cursor(painter, colours)
        painter.restore()
        self._paint_keyboard(painter, melody, plane, colours)
        if self._kit:
            self._paint_kit_names(painter, self._kit_plane(plane), colours)
        self._paint_legend(painter, colours)
        self._paint_bubble(painter, colours)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(7, round(size)))
        font.setBold(bold)
        return font

    def _paint_rows(self, painter: QPainter, area: QRectF, plane: Plane, colours: Colours) -> None:
        painter.fillRect(area, QColor(colours.surface))
        row, width, drums = plane.row, self.viewport().width(), self._drums
        dark = mixed(colours.surface, colours.sunken, 0.5 if drums else 0.75)
        painter.setPen(QPen(QColor(colours.line), 1))
        for number, pitch in enumerate(plane.rows):
            y = plane.y(pitch)
            if number % 2 if drums else is_black(pitch):
                painter.fillRect(QRectF(self._side, y, width, row), dark)
            if drums or is_seam(pitch):
                painter.drawLine(QLineF(self._side, y + row, width, y + row))

    def _paint_bars(self, painter: QPainter, area: QRectF, melody: Music, plane: Plane, colours: Colours) -> None:
        bottom = self.viewport().height()
        if self._drums:
            bottom = min(bottom, round(self._top + plane.height) - self.verticalScrollBar().value())
        beat_pen, bar_pen = QPen(QColor(colours.line), 1), QPen(mixed(colours.line, colours.edge, 0.55), 1)
        bars = [bar for bar in bars_of(melody) if plane.x(bar.end) >= area.left() - 40 and plane.x(bar.start) <= area.right() + 2]
        if self._loop is not None:
            left, right = (plane.x(tick_at(melody, second)) for second in self._loop)
            wash = QColor(colours.accent)
            wash.setAlphaF(0.10)
            painter.fillRect(QRectF(left, 0, right - left, bottom), wash)
        self._paint_mark(painter, plane, bottom, colours)
        beats = [QLineF(x, self._top, x, bottom) for bar in bars for x in plane.beats(bar) if x >= self._side]
        if bars and self._drums and plane.tick * SIXTEENTH >= 7:
            painter.setPen(QPen(mixed(colours.surface, colours.line, 0.55), 1))
            steps = (plane.x(tick) for bar in bars for tick in range(bar.beats[0], bar.end, SIXTEENTH))
            painter.drawLines([QLineF(x, self._top, x, bottom) for x in steps if x >= self._side])
        if bars and plane.tick * bars[0].beat >= 7:
            painter.setPen(beat_pen if not self._drums else QPen(mixed(colours.line, colours.edge, 0.3), 1))
            painter.drawLines(beats)
        painter.fillRect(QRectF(area.left(), 0, area.width(), _RULER), QColor(colours.sunken))
        ends = [*bars, None] if bars else []
        painter.setFont(self._font(11))
        metrics = QFontMetricsF(painter.font())
        metre: tuple[int, int] | None = None
        free = -1.0
        for bar in ends:
            tick = bar.start if bar is not None else bars[-1].end
            x = plane.x(tick)
            painter.setPen(bar_pen)
            painter.drawLine(QLineF(x, 6, x, bottom))
            if bar is None or bar.number == 0:
                continue
            text = str(bar.number)
            if metre != bar.metre and (bar.number == 1 or metre is not None):
                text += f"   {bar.metre[0]}/{bar.metre[1]}"
            metre = bar.metre
            if x + 4 >= free:
                painter.setPen(QColor(colours.muted))
                painter.drawText(QPointF(x + 5, _RULER - 8), text)
                free = x + 4 + metrics.horizontalAdvance(text) + 8
        if self._loop is not None:
            left, right = (plane.x(tick_at(melody, second)) for second in self._loop)
            painter.fillRect(QRectF(left, _RULER - 3, right - left, 3), QColor(colours.accent))

    def _paint_mark(self, painter: QPainter, plane: Plane, bottom: float, colours: Colours) -> None:
        """The bars that are marked, in a frame: what is selected has one."""
        bars = self._phrases
        if self._mark is None or self._mark[1] > len(bars):
            return
        left, right = plane.x(bars[self._mark[0] - 1][0]), plane.x(bars[self._mark[1] - 1][1])
        wash = QColor(colours.accent)
        wash.setAlphaF(0.14)
        painter.setBrush(wash)
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRect(QRectF(left + 1, self._top + 1, right - left - 2, bottom - self._top - 2))

    def _paint_notes(self, painter: QPainter, area: QRectF, melody: Music, plane: Plane, colours: Colours) -> None:
        palette, of_part, several = pitch_colours(colours), owners(melody), by_part(melody)
        other = self.other
        a, b = QColor(colours.a), QColor(colours.b)
        shared = _marks(other) if other is not None else set()
        sounding = self._sounding()
        names = plane.row >= 12 and melody.pitched
        painter.setFont(self._font(min(11.0, plane.row - 4)))
        words = words_of(melody)
        metrics = QFontMetricsF(painter.font())
        if other is not None:
            self._paint_other(painter, area, (melody, other), plane, b)
        large = plane.row >= _LARGE
        for index, note in enumerate(melody.notes):
            box = self._box(note, plane)
            if not box.intersects(area):
                continue
            if not melody.pitched:
                self._paint_lateness(painter, note, box, colours)
            silent = bool(of_part) and of_part[index] in self._silent
            if several:
                colour = part_colour(of_part[index], colours)
            else:
                colour = palette[note.pitch % 12] if melody.pitched else hit_colour(note, colours)
            painter.setBrush(mixed(colours.surface, colour, _PALE[colours.name]) if silent else colour)
            painter.setPen(Qt.PenStyle.NoPen if other is None else QPen(a, 2 if large else 1.2))
            inset = 0 if other is None else 1 if large else 0.6
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 3, 3)
            if mark_of(note, melody.pitched) in shared:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(b, 1.4, Qt.PenStyle.DashLine))
                inset = 2.5 if large else 2
                painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 1.5, 1.5)
            if index in sounding or index == self._chosen:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.text if index in sounding else colours.accent), 2))
                painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 3.5, 3.5)
            if names and other is None and not silent:
                name = words.pitch(note.pitch)
                if metrics.horizontalAdvance(name) + 8 <= box.width():
                    painter.setPen(ink_on(colour))
                    painter.drawText(box.adjusted(4, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_chords(self, painter: QPainter, melody: Music, plane: Plane, colours: Colours) -> None:
        """The chord symbols in their line below the ruler, with a stroke where each begins."""
        if self._top <= _RULER:
            return
        line = QRectF(self._side, _RULER, self.viewport().width() - self._side, self._top - _RULER)
        painter.save()
        painter.fillRect(line, QColor(colours.surface))
        painter.setClipRect(line, Qt.ClipOperation.IntersectClip)
        tick = tick_at(melody, self._position) if self._position is not None else -1.0
        for start, end, _ in chords_of(melody):
            left, right = plane.x(start), plane.x(end)
            if start <= tick < end:
                painter.fillRect(QRectF(left, line.top(), right - left, line.height()), QColor(colours.selection))
            painter.setPen(QPen(mixed(colours.line, colours.edge, 0.55), 1))
            painter.drawLine(QLineF(left, line.top() + 4, left, line.bottom() - 4))
        painter.setFont(self._font(13, bold=True))
        paint_chords(painter, line.adjusted(0, 0, 400, 0), melody, lambda start: plane.x(start) + 3, QColor(colours.text))
        painter.restore()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QLineF(self._side, self._top, self.viewport().width(), self._top))

    def _paint_kit_rows(self, painter: QPainter, plane: Plane, colours: Colours) -> None:
        """The ground of the drums of a score."""
        width = self.viewport().width()
        painter.fillRect(QRectF(self._side, plane.top, width, plane.height), QColor(colours.surface))
        painter.fillRect(QRectF(0, plane.top - _GAP, width, _GAP), QColor(colours.sunken))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLines([QLineF(self._side, plane.y(number), width, plane.y(number)) for number in plane.rows])

    def _paint_kit(self, painter: QPainter, area: QRectF, melody: Music, plane: Plane, colours: Colours) -> None:
        """The drums of a score, in rows of their own."""
        tick = tick_at(melody, self._position) if self._position is not None else -1.0
        for note, index in hits_of(melody):
            box = QRectF(*plane.hit(note))
            if not box.intersects(area):
                continue
            colour = part_colour(index, colours)
            painter.setBrush(mixed(colours.surface, colour, _PALE[colours.name]) if index in self._silent else colour)
            sounds = note.start <= tick < note.start + SIXTEENTH
            painter.setPen(QPen(QColor(colours.text), 2) if sounds else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 2, 2)

    def _paint_kit_names(self, painter: QPainter, plane: Plane, colours: Colours) -> None:
        """The names of the drums at the left of their rows."""
        painter.fillRect(QRectF(0, plane.top, self._side - 1, plane.height), mixed(colours.surface, colours.raised, 0.5))
        painter.fillRect(QRectF(0, plane.top - _GAP, self.viewport().width(), _GAP), QColor(colours.sunken))
        painter.setFont(self._font(11))
        metrics = QFontMetricsF(painter.font())
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.text))
        for number in plane.rows:
            name = metrics.elidedText(voice_name(number), Qt.TextElideMode.ElideRight, self._side - 12)
            painter.drawText(QRectF(4, plane.y(number), self._side - 10, plane.row), where, name)

    def _paint_lateness(self, painter: QPainter, note: Note, box: QRectF, colours: Colours) -> None:
        """A line from where a hit would be on the grid to where it is."""
        grid = self._x(note.start - off_grid(note.start))
        if abs(box.left() - grid) >= 1.5:
            painter.setPen(QPen(QColor(colours.muted), 1.4))
            painter.drawLine(QLineF(grid, box.center().y(), box.left(), box.center().y()))
            painter.drawLine(QLineF(grid, box.center().y() - 3, grid, box.center().y() + 3))

    def _paint_other(self, painter: QPainter, area: QRectF, both: tuple[Music, Music], plane: Plane, colour: QColor) -> None:
        """The notes that only the second melody has: hollow, hatched where there is room for it."""
        melody, other = both
        own = _marks(melody)
        large = plane.row >= _LARGE
        wash = QColor(colour)
        wash.setAlphaF(0.18)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern) if large else wash)
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.DashLine) if large else QPen(colour, 1.2))
        for note in other.notes:
            box = self._box(note, plane)
            if mark_of(note, other.pitched) not in own and box.intersects(area):
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2)

    def _paint_cursor(self, painter: QPainter, colours: Colours) -> None:
        x = self._cursor()
        if x is not None:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawLine(QLineF(x, self._top, x, self.viewport().height()))

    def _paint_keyboard(self, painter: QPainter, melody: Music, plane: Plane, colours: Colours) -> None:
        row = plane.row
        ground = mixed(colours.surface, colours.raised, 0.5)
        words = words_of(melody)
        lit = {melody.notes[index].pitch for index in self._sounding()}
        used = {note.pitch for shown in (melody, self.other) if shown is not None for note in shown.notes}
        painter.save()
        painter.setClipRect(QRectF(0, self._top, self._side, self.viewport().height()), Qt.ClipOperation.IntersectClip)
        painter.fillRect(QRectF(0, 0, self._side, self.viewport().height()), ground)
        painter.setFont(self._font(min(11.0, 0.85 * row)))
        palette, of_part, several = pitch_colours(colours), owners(melody), by_part(melody)
        whose = {melody.notes[index].pitch: of_part[index] for index in self._sounding()} if several else {}
        for pitch in plane.rows if self._drums else ():
            self._paint_name(painter, pitch, plane, pitch in lit or pitch == self._key, pitch in used)
        keys = () if self._drums else plane.rows
        paint_keys(painter, QRectF(0, 0, self._side, row), ((pitch, plane.y(pitch)) for pitch in keys), row, colours)
        free = -1.0  # below the last name: rows of a score are lower than a name
        for pitch in keys:
            y = plane.y(pitch)
            if pitch in lit or pitch == self._key:
                lamp = part_colour(whose.get(pitch, 0), colours) if several else palette[pitch % 12]
                painter.fillRect(QRectF(0, y + 0.5, self._side - 1, row - 1), lamp)
            if (pitch in used or pitch % 12 == 0 or pitch == self._key) and (y >= free or pitch in lit):
                free = y + 7.5
                painter.setPen(QColor(colours.text if pitch in used else colours.muted))
                if pitch in lit or pitch == self._key:
                    painter.setPen(ink_on(lamp))
                name = words.pitch(pitch)
                painter.drawText(
                    QRectF(0, y, self._side - 6, row), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name
                )
        painter.restore()
        painter.fillRect(QRectF(0, 0, self._side, _RULER), QColor(colours.sunken))
        painter.setPen(QPen(mixed(colours.line, colours.edge, 0.55), 1))
        painter.drawLine(QLineF(self._side, 0, self._side, self.viewport().height()))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QLineF(0, self._top, self.viewport().width(), self._top))

    def _paint_name(self, painter: QPainter, pitch: int, plane: Plane, lit: bool, used: bool) -> None:
        """The name of a drum at the left of its row."""
        colours = self._theme.colours
        y, row, colour = plane.y(pitch), plane.row, voice_colour(pitch, colours)
        painter.setFont(self._font(12))
        if lit:
            painter.fillRect(QRectF(0, y + 0.5, self._side - 1, row - 1), colour)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QLineF(0, y + row, self._side, y + row))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour if used else QColor(colours.line))
        painter.drawRoundedRect(QRectF(8, y + row / 2 - 4, 8, 8), 2, 2)
        painter.setPen(ink_on(colour) if lit else QColor(colours.text if used else colours.muted))
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        name = QFontMetricsF(painter.font()).elidedText(voice_name(pitch), Qt.TextElideMode.ElideRight, self._side - 26)
        painter.drawText(QRectF(22, y, self._side - 24, row), where, name)

    def _paint_legend(self, painter: QPainter, colours: Colours) -> None:
        """With two melodies: which is which."""
        if self._a is None or self._b is None:
            return
        painter.setFont(self._font(12))
        metrics = QFontMetricsF(painter.font())
        right = self.viewport().width() - 12.0
        for letter, item, colour in (("B", self._b, colours.b), ("A", self._a, colours.a)):
            text = metrics.elidedText(f"{letter}  {item.title}", Qt.TextElideMode.ElideRight, 180)
            width = metrics.horizontalAdvance(text) + 34
            box = QRectF(right - width, self._top + 8, width, 24)
            painter.setBrush(QColor(colours.raised))
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawRoundedRect(box, 6, 6)
            swatch = QRectF(box.left() + 8, box.center().y() - 5, 12, 10)
            if letter == "B":
                painter.setBrush(QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern))
                painter.setPen(QPen(QColor(colour), 1.6, Qt.PenStyle.DashLine))
            else:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colour), 2))
            painter.drawRoundedRect(swatch, 2, 2)
            painter.setPen(QColor(colours.text))
            painter.drawText(box.adjusted(26, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            right -= width + 8

    def _paint_bubble(self, painter: QPainter, colours: Colours) -> None:
        """What the note under the pointer is."""
        found = self._pointed_note()
        if found is None:
            return
        note_box = self._box(found[0].notes[found[1]])
        painter.setFont(self._font(12))
        text = self._said(*found)
        size = QFontMetricsF(painter.font()).boundingRect(text)
        width, height = size.width() + 20, 28.0
        x = min(max(self._side + 4, note_box.center().x() - width / 2), self.viewport().width() - width - 4)
        y = note_box.top() - height - 6
        if y < self._top + 2:
            y = note_box.bottom() + 6
        box = QRectF(x, y, width, height)
        painter.setBrush(QColor(colours.raised))
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(colours.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def note_rect(self, index: int) -> QRect:
        """Where a note of the first melody is drawn, in pixels of the view's inner area."""
        melody = self.melody
        return self._box(melody.notes[index]).toRect() if melody is not None else QRect(QPoint(), QSize())


def _marks(music: Music) -> set[tuple[int, int, int]]:
    """What its notes are compared by."""
    return {mark_of(note, music.pitched) for note in music.notes}
