"""What a roll shows, and where: the pieces, the cursor, and the plane of rows and ticks. What is drawn of it is in ``roll_paint``,
and what is done in it in ``roll``.

Conventions: seconds are those of the first piece as written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from genstudio.domains.music.geometry import SIXTEENTH, Plane, kit_rows, owners, pitch_rows
from genstudio.gui.items import Item
from genstudio.gui.theme import Theme
from genstudio.gui.views import thumb
from genstudio.gui.views.bars import QUARTER, bars_of, tick_at
from genstudio.gui.views.drums import rows_of
from genstudio.gui.views.parts import chords_of, hits_of, sounding
from genstudio.gui.views.thumb import note_at

if TYPE_CHECKING:
    from genstudio.domains import Music, Note

__all__ = ["GAP", "LEAD", "RULER", "RollLayout"]

_KEYS = 54.0  # width of the keyboard
_NAMES = 96.0  # of the names of drums
RULER = 24.0
_CHORDS = 22.0  # of the line of chord symbols
_BAND = (14.0, 20.0)  # the least and the most for a drum of a score
GAP = 8.0  # above the drums of a score
_ROWS = (8.0, 18.0)  # the least and the most for a semitone
_LOW = 5.0  # the least for a semitone of a score, which has more of them
_DRUMS = (16.0, 40.0)  # for a drum
_FIT = 22.0  # the least for a quarter when everything shall be seen
_QUARTERS = (8.0, 320.0)
LEAD = 8.0  # before the first tick and after the last


class RollLayout(QAbstractScrollArea):
    """Shows one piece of music, or two, as they lie in time and pitch."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        theme.changed.connect(self.viewport().update)
        self.items: tuple[Item | None, Item | None] = (None, None)
        self.melody: Music | None = None  # the first piece
        self.other: Music | None = None  # and the second
        self.position: float | None = None  # where the cursor is, in seconds
        self._quarter: float | None = None  # pixels for a quarter; None: everything fits
        self._follow = True
        self._drag: str | None = None  # what is being done by hand
        self.chosen: int | None = None  # the index of the note that keys have come to
        self.key: int | None = None  # of the keyboard, that is pressed
        self.loop: tuple[float, float] | None = None  # what is marked as repeated, in seconds
        self.bars_marked: tuple[int, int] | None = None  # the first and the last bar that are marked, from 1
        self.side = _KEYS  # the width of what is left of the notes
        self.silent: frozenset[int] = frozenset()  # the parts that are not heard
        self._among: tuple[int, int] | None = None  # pitches that have a row in any case, the highest and the lowest
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setMinimumHeight(96)

    def _show(self, a: Item | None, b: Item | None) -> None:
        a = a if a is not None and a.music else None
        b = b if a is not None and b is not None and b.music and b.domain == a.domain else None
        self.items = a, b
        self.melody, self.other = (one.piece if one is not None else None for one in (a, b))
        drums = self.melody is not None and (not self.melody.pitched or bool(hits_of(self.melody)))
        self.side = _NAMES if drums else _KEYS
        self.silent = frozenset()
        self.position = self.chosen = self.loop = self._quarter = None
        self.horizontalScrollBar().setValue(0)

    def set_among(self, items: Iterable[Item | None]) -> None:
        """Keep the rows as they are from one of these pieces to another, so that what changes is the music alone."""
        found = [item.piece for item in items if item is not None and item.music and item.piece.pitched and item.piece.notes]
        rows = thumb.rows_of(*found) if found else None
        self._among = (rows[0], rows[-1]) if rows is not None else None
        self._arrange()

    def set_position(self, seconds: float | None) -> None:
        """Move the cursor; None takes it away. The view follows it unless it has been moved by hand meanwhile."""
        melody = self.melody
        if melody is None or seconds == self.position:
            return
        before, was = self.cursor_x(), self.sounding()
        if self.position is None or seconds is None:
            self._follow = True
        self.position = seconds
        if self._follow and seconds is not None and self._drag is None:
            self._keep_in_view()
        after, now = self.cursor_x(), self.sounding()
        if was != now:
            self.viewport().update()
            return
        for x in (before, after):
            if x is not None:
                self.viewport().update(QRect(int(x) - 6, 0, 13, self.viewport().height()))

    @property
    def phrases(self) -> Sequence[tuple[int, int]]:
        """Where each bar that is counted begins and ends: a pickup belongs to the first."""
        melody = self.melody
        return [(bar.start, bar.end) for bar in bars_of(melody) if bar.number > 0] if melody is not None else []

    @property
    def _length(self) -> int:
        return max((melody.length for melody in (self.melody, self.other) if melody is not None), default=0)

    @property
    def _scale(self) -> float:
        """Pixels for a tick."""
        room = max(1.0, self.viewport().width() - self.side - 2 * LEAD)
        fitting = room / max(1, self._length)
        if self._quarter is None:
            return max(fitting, min(_FIT, _QUARTERS[1]) / QUARTER)
        return self._quarter / QUARTER

    @property
    def drums(self) -> bool:
        """Whether drums are all there is."""
        return self.melody is not None and not self.melody.pitched

    @property
    def top(self) -> float:
        """Where the rows begin: below the ruler and the chord symbols."""
        chords = any(chords_of(melody) for melody in (self.melody, self.other) if melody is not None)
        return RULER + (_CHORDS if chords else 0.0)

    @property
    def kit(self) -> tuple[int, ...]:
        """The drums of a score that have a row below the others."""
        melody = self.melody
        numbers = {note.pitch for note, _ in hits_of(melody)} if melody is not None else set()
        return kit_rows(numbers, least=()) if numbers else ()

    @property
    def band(self) -> float:
        """The height of these rows."""
        count = len(self.kit)
        room = (self.viewport().height() - self.top) * 0.35
        return min(_BAND[1], max(_BAND[0], room / count)) * count + GAP if count else 0.0

    @property
    def _lanes(self) -> Sequence[int]:
        """The pitch of each row, the highest first: as many as fill the height, or the drums of a kit."""
        melodies = [melody for melody in (self.melody, self.other) if melody is not None]
        if self.drums:
            return rows_of(*melodies, whole=True)
        rows = thumb.rows_of(*melodies)
        least = int((self.viewport().height() - self.top - self.band) / _ROWS[1])
        return pitch_rows((rows[0], rows[-1], *(self._among or ())), least=least)

    @property
    def plane(self) -> Plane:
        """The rows and the time as they are laid out in the viewport."""
        lanes = self._lanes
        fitting = (self.viewport().height() - self.top - self.band) / len(lanes)
        several = self.melody is not None and bool(self.melody.parts)
        row = min(_DRUMS[1], max(_DRUMS[0], fitting)) if self.drums else max(_LOW if several else _ROWS[0], fitting)
        scroll = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return Plane(lanes, row, self._scale, self.side + LEAD, self.top, scroll=scroll)

    def kit_plane(self, plane: Plane) -> Plane:
        """The rows of the drums of a score, at the bottom of the view."""
        rows, tall = self.kit, self.band - GAP
        return replace(
            plane, rows=rows, row=tall / max(1, len(rows)), top=self.viewport().height() - tall, scroll=(plane.scroll[0], 0.0)
        )

    def _x(self, tick: float) -> float:
        return self.side + LEAD + tick * self._scale - self.horizontalScrollBar().value()

    def _tick(self, x: float) -> float:
        return max(0.0, min(float(self._length), (x - self.side - LEAD + self.horizontalScrollBar().value()) / self._scale))

    def cursor_x(self) -> float | None:
        """The pixel of the cursor."""
        if self.position is None or self.melody is None:
            return None
        return self._x(min(tick_at(self.melody, self.position), self._length))

    def sounding(self) -> tuple[int, ...]:
        """The notes that sound; a hit is seen for a sixteenth."""
        melody = self.melody
        if self.position is None or melody is None:
            return ()
        tick = tick_at(melody, self.position)
        if not melody.pitched:
            first, last = (bisect_right(melody.notes, place, key=lambda note: note.start) for place in (tick - SIXTEENTH, tick))
            return tuple(range(first, last))
        if melody.parts:
            return tuple(index for index in sounding(melody, tick) if owners(melody)[index] not in self.silent)
        found = note_at(melody, tick)
        return () if found is None else (found,)

    def box(self, note: Note, plane: Plane | None = None) -> QRectF:
        """Where a note is drawn."""
        plane = plane or self.plane
        if self.drums:
            return QRectF(*plane.hit(note))
        x, y, wide, row = plane.note(note)
        return QRectF(x + 0.5, y + 1, max(2.0, wide - 1.5), max(3.0, row - 2))

    def note_rect(self, index: int) -> QRect:
        """Where a note of the first melody is drawn, in pixels of the view's inner area."""
        melody = self.melody
        return self.box(melody.notes[index]).toRect() if melody is not None else QRect(QPoint(), QSize())

    def _arrange(self) -> None:
        """Set the scroll bars to what there is."""
        view = self.viewport()
        content = self.side + 2 * LEAD + self._length * self._scale
        bar = self.horizontalScrollBar()
        bar.setPageStep(view.width())
        bar.setSingleStep(48)
        bar.setRange(0, max(0, round(content - view.width())))
        plane = self.plane
        upright = self.verticalScrollBar()
        upright.setPageStep(view.height())
        upright.setSingleStep(round(plane.row))
        upright.setRange(0, max(0, round(self.top + plane.height + self.band - view.height())))
        view.update()

    def _keep_in_view(self) -> None:
        x = self.cursor_x()
        bar = self.horizontalScrollBar()
        if x is None or not bar.maximum():
            return
        room = self.viewport().width() - self.side
        if not self.side <= x <= self.side + 0.9 * room:
            bar.setValue(bar.value() + round(x - self.side - 0.1 * room))
            self._follow = True  # it was not a hand that moved it

    def _scrolled(self) -> None:
        self._follow = self.position is None
        self.viewport().update()

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Zoom in time, with the place at ``x`` (pixels of the view; the cursor's or the middle) staying where it is."""
        if self.melody is None:
            return
        if x is None:
            x = self.cursor_x()
        if x is None or not self.side <= x <= self.viewport().width():
            x = (self.viewport().width() + self.side) / 2
        tick = (x - self.side - LEAD + self.horizontalScrollBar().value()) / self._scale
        self._quarter = min(_QUARTERS[1], max(_QUARTERS[0], self._scale * QUARTER * factor))
        self._arrange()
        self.horizontalScrollBar().setValue(round(self.side + LEAD + tick * self._scale - x))

    def fit(self) -> None:
        """Show everything, as far as it can be read."""
        self._quarter = None
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(640, 260)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
