"""The picture of a roll: rows, bars, notes, keys and what is marked.

Conventions: notes are coloured by pitch class, those of scores by part, hits by voice. Notes of parts that are not heard are pale.
Of two pieces the first is filled and the second is a hatched outline, each with the colour of its end; notes that both have are
filled and have both outlines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from genstudio.domains.music.geometry import SIXTEENTH, Plane, owners
from genstudio.gui.views.bars import bars_of, tick_at
from genstudio.gui.views.colours import ink, mixed, pitch_colours
from genstudio.gui.views.description import words_of
from genstudio.gui.views.drums import hit_colour, mark_of, off_grid, voice_colour, voice_name
from genstudio.gui.views.parts import by_part, chords_of, hits_of, ink_on, paint_chords, part_colour
from genstudio.gui.views.roll_grid import paint_keys, paint_lines, paint_numbers, paint_rows, paint_ruled_name
from genstudio.gui.views.roll_layout import GAP, RULER, RollLayout

if TYPE_CHECKING:
    from genstudio.domains import Music, Note

__all__ = ["RollPainter", "marks_of"]

_PALE = {"light": 0.22, "dark": 0.06}  # how much is seen of what is not heard
_LARGE = 12.0  # pixels of a semitone from which outlines are thick and hatched


def marks_of(music: Music) -> set[tuple[int, int, int]]:
    """What its notes are compared by."""
    return {mark_of(note, music.pitched) for note in music.notes}


class RollPainter:
    """Draws what a roll shows, once."""

    def __init__(self, view: RollLayout, painter: QPainter, area: QRectF, melody: Music) -> None:
        """``area`` is what has to be drawn."""
        self._view, self._painter, self._area, self._melody = view, painter, area, melody
        self._colours, self._plane = view.theme.colours, view.plane
        self._kit = view.kit_plane(self._plane)
        self._width, self._height = view.viewport().width(), view.viewport().height()
        self._sounding = view.sounding()
        self._of_part, self._several, self._palette = owners(melody), by_part(melody), pitch_colours(self._colours)
        self._tick = tick_at(melody, view.position) if view.position is not None else -1.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def paint(self, note: tuple[Music, int, str] | None) -> None:
        """Draw all of it; of ``note`` what is said of it is shown beside it."""
        painter, view = self._painter, self._view
        left = QRectF(view.side, 0, self._width - view.side, self._height)
        painter.fillRect(self._area, QColor(self._colours.surface))
        paint_rows(painter, left, self._plane, self._colours, drums=view.drums)
        if self._kit.rows:
            self._kit_rows()
        self._bars()
        self._chords()
        painter.save()
        room = left.adjusted(0, view.top, 0, 0)
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        self._hits()
        self._cursor()
        painter.setClipRect(room.adjusted(0, 0, 0, -view.band), Qt.ClipOperation.IntersectClip)
        self._notes()
        self._cursor()
        painter.restore()
        self._keyboard()
        if self._kit.rows:
            self._kit_names()
        self._legend()
        if note is not None:
            self._bubble(view.box(note[0].notes[note[1]], self._plane), note[2])
        if view.hasFocus():
            ink(painter, QPen(QColor(self._colours.accent), 2), Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(view.viewport().rect()).adjusted(1, 1, -1, -1))

    def _font(self, size: float, *, bold: bool = False) -> QFontMetricsF:
        font = QFont(self._view.font())
        font.setPixelSize(max(7, round(size)))
        font.setBold(bold)
        self._painter.setFont(font)
        return QFontMetricsF(font)

    def _dim(self, colour: QColor, part: int) -> QColor:
        """The colour of a note, pale where its part is not heard."""
        silent = part in self._view.silent
        return mixed(self._colours.surface, colour, _PALE[self._colours.name]) if silent else colour

    def _wash(self, name: str, share: float) -> QColor:
        colour = QColor(name)
        colour.setAlphaF(share)
        return colour

    # -- under the notes

    def _bars(self) -> None:
        painter, view, plane, colours, area = self._painter, self._view, self._plane, self._colours, self._area
        bottom = float(self._height)
        if view.drums:
            bottom = min(bottom, round(view.top + plane.height) - plane.scroll[1])
        first, last = area.left() - 40, area.right() + 2
        bars = [bar for bar in bars_of(self._melody) if plane.x(bar.end) >= first and plane.x(bar.start) <= last]
        looped = QRectF()
        if view.loop is not None:
            first, last = (plane.x(tick_at(self._melody, second)) for second in view.loop)
            looped = QRectF(first, 0, last - first, bottom)
            painter.fillRect(looped, self._wash(colours.accent, 0.10))
        self._mark(bottom)
        painter.fillRect(QRectF(area.left(), 0, area.width(), RULER), QColor(colours.sunken))
        room = QRectF(view.side, view.top, self._width - view.side, bottom - view.top)
        paint_lines(painter, room, bars, plane, colours, step=SIXTEENTH if view.drums else 0)
        painter.drawLines([QLineF(plane.x(bar.start), 6, plane.x(bar.start), view.top) for bar in bars])
        self._font(11)
        paint_numbers(painter, QRectF(view.side, 0, room.width(), RULER), bars, plane, colours)
        if view.loop is not None:
            painter.fillRect(QRectF(looped.left(), RULER - 3, looped.width(), 3), QColor(colours.accent))

    def _mark(self, bottom: float) -> None:
        """The bars that are marked, in a frame: what is selected has one."""
        bars, mark, top = self._view.phrases, self._view.bars_marked, self._view.top
        if mark is not None and mark[1] <= len(bars):
            left, right = self._plane.x(bars[mark[0] - 1][0]), self._plane.x(bars[mark[1] - 1][1])
            ink(self._painter, QPen(QColor(self._colours.accent), 2), self._wash(self._colours.accent, 0.14))
            self._painter.drawRect(QRectF(left + 1, top + 1, right - left - 2, bottom - top - 2))

    def _chords(self) -> None:
        """The chord symbols in their line below the ruler, with a stroke where each begins."""
        painter, plane, colours, view = self._painter, self._plane, self._colours, self._view
        if view.top <= RULER:
            return
        line = QRectF(view.side, RULER, self._width - view.side, view.top - RULER)
        painter.save()
        painter.fillRect(line, QColor(colours.surface))
        painter.setClipRect(line, Qt.ClipOperation.IntersectClip)
        for start, end, _ in chords_of(self._melody):
            left, right = plane.x(start), plane.x(end)
            if start <= self._tick < end:
                painter.fillRect(QRectF(left, line.top(), right - left, line.height()), QColor(colours.selection))
            painter.setPen(QPen(mixed(colours.line, colours.edge, 0.55), 1))
            painter.drawLine(QLineF(left, line.top() + 4, left, line.bottom() - 4))
        self._font(13, bold=True)
        room = line.adjusted(0, 0, 400, 0)
        paint_chords(painter, room, self._melody, lambda start: plane.x(start) + 3, QColor(colours.text))
        painter.restore()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QLineF(view.side, view.top, self._width, view.top))

    # -- notes

    def _notes(self) -> None:
        painter, view, plane, colours, melody = self._painter, self._view, self._plane, self._colours, self._melody
        a, b, large = QColor(colours.a), QColor(colours.b), plane.row >= _LARGE
        other = view.other
        shared = marks_of(other) if other is not None else set()
        metrics = self._font(min(11.0, plane.row - 4))
        words = words_of(melody)
        if other is not None:
            self._other(other, b)
        for index, note in enumerate(melody.notes):
            box = view.box(note, plane)
            if not box.intersects(self._area):
                continue
            if not melody.pitched:
                self._lateness(note, box)
            if self._several:
                full = part_colour(self._of_part[index], colours)
            else:
                full = self._palette[note.pitch % 12] if melody.pitched else hit_colour(note, colours)
            colour = self._dim(full, self._of_part[index]) if self._of_part else full
            ink(painter, Qt.PenStyle.NoPen if other is None else QPen(a, 2 if large else 1.2), colour)
            inset = 0 if other is None else 1 if large else 0.6
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if mark_of(note, melody.pitched) in shared:
                painter.setPen(QPen(b, 1.4, Qt.PenStyle.DashLine))
                inset = 2.5 if large else 2
                painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 1.5, 1.5)
            if index in self._sounding or index == view.chosen:
                painter.setPen(QPen(QColor(colours.text if index in self._sounding else colours.accent), 2))
                painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 3.5, 3.5)
            if plane.row >= 12 and melody.pitched and other is None and colour is full:
                name = words.pitch(note.pitch)
                if metrics.horizontalAdvance(name) + 8 <= box.width():
                    painter.setPen(ink_on(full))
                    painter.drawText(box.adjusted(4, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _other(self, other: Music, colour: QColor) -> None:
        """The notes that only the second piece has: hollow, hatched where there is room for it."""
        painter, large, own = self._painter, self._plane.row >= _LARGE, marks_of(self._melody)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern) if large else self._wash(self._colours.b, 0.18))
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.DashLine) if large else QPen(colour, 1.2))
        for note in other.notes:
            box = self._view.box(note, self._plane)
            if mark_of(note, other.pitched) not in own and box.intersects(self._area):
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2)

    def _lateness(self, note: Note, box: QRectF) -> None:
        """A line from where a hit would be on the grid to where it is."""
        grid, y = self._plane.x(note.start - off_grid(note.start)), box.center().y()
        if abs(box.left() - grid) >= 1.5:
            self._painter.setPen(QPen(QColor(self._colours.muted), 1.4))
            self._painter.drawLines([QLineF(grid, y, box.left(), y), QLineF(grid, y - 3, grid, y + 3)])

    def _cursor(self) -> None:
        x = self._view.cursor_x()
        if x is not None:
            self._painter.setPen(QPen(QColor(self._colours.accent), 2))
            self._painter.drawLine(QLineF(x, self._view.top, x, self._height))

    # -- the drums of a score

    def _kit_rows(self) -> None:
        painter, kit, colours, side = self._painter, self._kit, self._colours, self._view.side
        painter.fillRect(QRectF(side, kit.top, self._width, kit.height), QColor(colours.surface))
        painter.fillRect(QRectF(0, kit.top - GAP, self._width, GAP), QColor(colours.sunken))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLines([QLineF(side, kit.y(number), self._width, kit.y(number)) for number in kit.rows])

    def _hits(self) -> None:
        for note, index in hits_of(self._melody) if self._kit.rows else ():
            box = QRectF(*self._kit.hit(note))
            if box.intersects(self._area):
                self._painter.setBrush(self._dim(part_colour(index, self._colours), index))
                sounds = note.start <= self._tick < note.start + SIXTEENTH
                self._painter.setPen(QPen(QColor(self._colours.text), 2) if sounds else Qt.PenStyle.NoPen)
                self._painter.drawRoundedRect(box, 2, 2)

    def _kit_names(self) -> None:
        painter, kit, colours, side = self._painter, self._kit, self._colours, self._view.side
        painter.fillRect(QRectF(0, kit.top, side - 1, kit.height), mixed(colours.surface, colours.raised, 0.5))
        painter.fillRect(QRectF(0, kit.top - GAP, self._width, GAP), QColor(colours.sunken))
        self._font(11)
        for number in kit.rows:
            room = QRectF(4, kit.y(number), side - 10, kit.row)
            paint_ruled_name(painter, room, voice_name(number), colours.text, Qt.AlignmentFlag.AlignRight)

    # -- at the left, and over it

    def _keyboard(self) -> None:
        painter, view, plane, colours, melody = self._painter, self._view, self._plane, self._colours, self._melody
        side, top = view.side, view.top
        lit = {melody.notes[index].pitch: self._of_part[index] if self._several else 0 for index in self._sounding}
        if view.key is not None:
            lit.setdefault(view.key, 0)
        used = {note.pitch for shown in (melody, view.other) if shown is not None for note in shown.notes}
        painter.save()
        painter.setClipRect(QRectF(0, top, side, self._height), Qt.ClipOperation.IntersectClip)
        painter.fillRect(QRectF(0, 0, side, self._height), mixed(colours.surface, colours.raised, 0.5))
        if view.drums:
            for pitch in plane.rows:
                self._drum(pitch, plane, lit=pitch in lit, used=pitch in used)
        else:
            self._keys(plane, lit, used)
        painter.restore()
        painter.fillRect(QRectF(0, 0, side, RULER), QColor(colours.sunken))
        painter.setPen(QPen(mixed(colours.line, colours.edge, 0.55), 1))
        painter.drawLine(QLineF(side, 0, side, self._height))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QLineF(0, top, self._width, top))

    def _keys(self, plane: Plane, lit: dict[int, int], used: set[int]) -> None:
        painter, colours, side, row = self._painter, self._colours, self._view.side, plane.row
        words = words_of(self._melody)
        self._font(min(11.0, 0.85 * row))
        paint_keys(painter, QRectF(0, 0, side, row), ((pitch, plane.y(pitch)) for pitch in plane.rows), row, colours)
        free = -1.0  # below the last name: rows of a score are lower than a name
        for pitch in plane.rows:
            y, shade = plane.y(pitch), QColor(colours.text if pitch in used else colours.muted)
            if pitch in lit:
                lamp = part_colour(lit[pitch], colours) if self._several else self._palette[pitch % 12]
                painter.fillRect(QRectF(0, y + 0.5, side - 1, row - 1), lamp)
                shade = ink_on(lamp)
            if pitch in lit or ((pitch in used or pitch % 12 == 0) and y >= free):
                free = y + 7.5
                paint_ruled_name(painter, QRectF(0, y, side - 6, row), words.pitch(pitch), shade, Qt.AlignmentFlag.AlignRight)

    def _drum(self, pitch: int, plane: Plane, *, lit: bool, used: bool) -> None:
        """The name of a drum at the left of its row."""
        painter, colours, side = self._painter, self._colours, self._view.side
        y, row, colour = plane.y(pitch), plane.row, voice_colour(pitch, colours)
        self._font(12)
        if lit:
            painter.fillRect(QRectF(0, y + 0.5, side - 1, row - 1), colour)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QLineF(0, y + row, side, y + row))
        ink(painter, Qt.PenStyle.NoPen, colour if used else QColor(colours.line))
        painter.drawRoundedRect(QRectF(8, y + row / 2 - 4, 8, 8), 2, 2)
        shade = ink_on(colour) if lit else QColor(colours.text if used else colours.muted)
        paint_ruled_name(painter, QRectF(22, y, side - 24, row), voice_name(pitch), shade, Qt.AlignmentFlag.AlignLeft)

    def _legend(self) -> None:
        """With two pieces: which is which."""
        painter, colours, (a, b) = self._painter, self._colours, self._view.items
        if a is None or b is None:
            return
        metrics = self._font(12)
        right = self._width - 12.0
        for letter, item, colour in (("B", b, colours.b), ("A", a, colours.a)):
            text = metrics.elidedText(f"{letter}  {item.title}", Qt.TextElideMode.ElideRight, 180)
            width = metrics.horizontalAdvance(text) + 34
            box = QRectF(right - width, self._view.top + 8, width, 24)
            ink(painter, QPen(QColor(colours.line), 1), QColor(colours.raised))
            painter.drawRoundedRect(box, 6, 6)
            second = letter == "B"
            painter.setBrush(QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern) if second else QBrush(Qt.BrushStyle.NoBrush))
            painter.setPen(QPen(QColor(colour), 1.6, Qt.PenStyle.DashLine) if second else QPen(QColor(colour), 2))
            painter.drawRoundedRect(QRectF(box.left() + 8, box.center().y() - 5, 12, 10), 2, 2)
            painter.setPen(QColor(colours.text))
            painter.drawText(box.adjusted(26, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            right -= width + 8

    def _bubble(self, note: QRectF, text: str) -> None:
        """What the note under the pointer is."""
        painter, colours = self._painter, self._colours
        width, height = self._font(12).boundingRect(text).width() + 20, 28.0
        x = min(max(self._view.side + 4, note.center().x() - width / 2), self._width - width - 4)
        y = note.top() - height - 6
        box = QRectF(x, y if y >= self._view.top + 2 else note.bottom() + 6, width, height)
        ink(painter, QPen(QColor(colours.edge), 1), QColor(colours.raised))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(colours.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
