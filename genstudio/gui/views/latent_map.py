"""The map: every piece a point, with the ends, the way between them, and what is drawn upon it.

Drag pans, the wheel zooms, a click decodes a place, holding on a point plays it. Arrow keys pan, ``+``, ``-`` and ``0`` zoom, Enter
decodes the middle, Space plays what is pointed at, ``P`` draws a path. Conventions: places are the map's own coordinates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from genstudio.gui.theme import SPACE, Colours, Theme
from genstudio.gui.views.points import MARGIN, PointCloud, scale_colours
from genstudio.gui.views.roll import mixed, paint_roll

if TYPE_CHECKING:
    from genstudio.domains import Music

__all__ = ["Legend", "MapView", "along"]

_NEAR = 9.0  # pixels within which a point is pointed at
_HOLD = 280  # milliseconds after which a press is a hold
_STEP = 1.25
_PAN = 64.0
_LEAST_STROKE = 5.0  # pixels between two places of a drawn path
_POPUP = QSize(232, 104)
Spot = tuple[float, float]


class Legend:
    """What the colours mean: a label, and what stands at the two ends of the scale."""

    def __init__(self, label: str = "", low: str = "", high: str = "") -> None:
        self.label, self.low, self.high = label, low, high


def along(path: Sequence[Spot], count: int) -> list[Spot]:
    """``count`` places at equal distances along a path, both ends included.

    >>> along([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], 3)
    [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
    """
    points = np.asarray(path, np.float64)
    steps = np.hypot(*np.diff(points, axis=0).T) if len(points) > 1 else np.zeros(0)
    ways = np.concatenate([[0.0], np.cumsum(steps)])
    if ways[-1] <= 0 or count < 2:
        return [(float(points[0][0]), float(points[0][1]))]
    wanted = np.linspace(0.0, ways[-1], count)
    return [(float(x), float(y)) for x, y in zip(*(np.interp(wanted, ways, points[:, axis]) for axis in (0, 1)), strict=True)]


def _part(path: Sequence[Spot], t: float) -> Spot:
    """The place so far along a path (0 .. 1); one that leads nowhere, between two pieces that lie on one another, has one only."""
    places = along(path, 201)
    return places[round((len(places) - 1) * min(1.0, max(0.0, t)))]


class MapView(QWidget):
    """Draws the map. It knows no model: it says what was pointed at, and is told what to show there."""

    pointed = Signal(int)  # the row of the point under the pointer (or in the middle, with keys), or -1
    decode = Signal(float, float, int)  # a place that was clicked, and the row of the point there, or -1
    held = Signal(int)  # a point that is being held down
    released = Signal()
    play = Signal(int)  # Space on a point
    drawn = Signal(list)  # the places of a path
    tool_changed = Signal(bool)  # whether paths are drawn
    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._recolour)
        self.cloud = PointCloud(np.zeros((0, 2), np.float32))
        self._values: NDArray[np.float32] | None = None
        self._shades = np.zeros(0, np.uint32)
        self.legend = Legend()
        self._scale, self._centre = 100.0, (0.0, 0.0)
        self._picture: QImage | None = None
        self._buffer: Any = None  # what the picture is made of; it must live as long
        self._fitted = True
        self.a: Spot | None = None
        self.b: Spot | None = None
        self.way: list[Spot] = []
        self.way_t: float | None = None
        self.path: list[Spot] = []
        self.stops: list[Spot] = []
        self.progress: float | None = None
        self.here: Spot | None = None
        self._row = -1
        self._popup: tuple[int, str, str, Any] | None = None  # row, title, a word, melody, text or None
        self._drawing = False
        self._press: QPointF | None = None
        self._last: QPointF | None = None
        self._panned = False
        self._stroke: list[Spot] | None = None
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(_HOLD)
        self._hold.timeout.connect(self._held)
        self._holding = self._keys = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # -- what it shows

    def set_points(self, coordinates: NDArray[np.float32]) -> None:
        """Show other points [N, 2]; everything that was drawn on the ones before is gone."""
        self.cloud = PointCloud(coordinates)
        self._values = None
        self.a = self.b = self.here = self.way_t = self.progress = self._popup = None
        self.way, self.path, self.stops = [], [], []
        self._row = -1
        self._recolour()
        self.fit()

    def colour_by(self, values: NDArray[np.float32] | None, legend: Legend | None = None) -> None:
        """Colour the points by ``values`` [N], in standard deviations from the mean; None: all alike."""
        self._values, self.legend = values, legend or Legend()
        self._recolour()

    def show_way(self, way: Sequence[Spot], t: float | None = None) -> None:
        """The way between A and B, from A to B, and where on it one is (0 .. 1)."""
        self.way, self.way_t = list(way), t
        if self.way:
            self.a, self.b = self.way[0], self.way[-1]
        self.update()

    def show_path(self, path: Sequence[Spot], stops: Sequence[Spot] = ()) -> None:
        """A path that was drawn, and the places on it that were decoded."""
        self.path, self.stops, self.progress = list(path), list(stops), None
        self.update()

    def show_progress(self, t: float | None) -> None:
        """How far along the drawn path what plays has come (0 .. 1)."""
        self.progress = t
        self.update()

    def show_here(self, place: Spot | None, *, move: bool = False) -> None:
        """Mark the place of the piece that is looked at; ``move``: and bring it into view."""
        self.here = place
        if place is not None and move:
            at = self.to_screen(place)
            if not QRectF(self.rect()).adjusted(40, 40, -40, -40).contains(at):
                self._move(self._scale, place)
        self.update()

    def show_popup(self, row: int, title: str, word: str, piece: Any = None) -> None:
        """What is known of the point that is pointed at; ``piece`` comes later, a melody or a text."""
        if row == self._row:
            self._popup = (row, title, word, piece)
            self.update()

    @property
    def row(self) -> int:
        """The point that is pointed at, or -1."""
        return self._row

    @property
    def middle(self) -> Spot:
        """What is in the middle."""
        return self._centre

    @property
    def scale(self) -> float:
        """Pixels for one unit of the map."""
        return self._scale

    @property
    def drawing(self) -> bool:
        """Whether a drag draws a path."""
        return self._drawing

    def set_drawing(self, on: bool) -> None:
        """Have a drag draw a path, or pan."""
        if on != self._drawing:
            self._drawing = on
            self._stroke = None
            self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
            self.tool_changed.emit(on)
            self.update()

    # -- where things are

    def to_screen(self, place: Spot) -> QPointF:
        """A place of the map in the widget."""
        return QPointF(
            self.width() / 2 + (place[0] - self._centre[0]) * self._scale,
            self.height() / 2 - (place[1] - self._centre[1]) * self._scale,
        )

    def to_map(self, at: QPointF) -> Spot:
        """A place in the widget on the map."""
        return (
            self._centre[0] + (at.x() - self.width() / 2) / self._scale,
            self._centre[1] - (at.y() - self.height() / 2) / self._scale,
        )

    def fit(self) -> None:
        """Show all of it."""
        left, right, bottom, top = self.cloud.bounds()
        wide, high = max(1, self.width() - 6 * SPACE), max(1, self.height() - 6 * SPACE)
        self._move(min(wide / (right - left), high / (top - bottom)), ((left + right) / 2, (bottom + top) / 2))
        self._fitted = True

    def zoom(self, times: float, at: QPointF | None = None) -> None:
        """Zoom in (more than 1) or out around a place of the widget, by default the middle."""
        left, right, bottom, top = self.cloud.bounds()
        size = max(right - left, top - bottom)
        scale = min(max(self._scale * times, 0.25 * min(self.width(), self.height()) / size), 4e5 / size)
        around = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        fixed = self.to_map(around)
        self._move(scale, (
            fixed[0] - (around.x() - self.width() / 2) / scale, fixed[1] + (around.y() - self.height() / 2) / scale
        ))  # fmt: skip

    def pan(self, right: float, down: float) -> None:
        """Move what is seen by pixels."""
        self._move(self._scale, (self._centre[0] + right / self._scale, self._centre[1] - down / self._scale))

    def _move(self, scale: float, centre: Spot) -> None:
        low, high = self.cloud.low, self.cloud.high
        x, y = (float(min(max(value, float(low[axis])), float(high[axis]))) for axis, value in enumerate(centre))
        self._scale, self._centre, self._fitted = scale, (x, y), False
        self._picture = None
        self.moved.emit()
        self.update()

    # -- painting

    def _recolour(self) -> None:
        colours = self._theme.colours
        if self._values is None or len(self._values) != len(self.cloud):
            self._shades = np.full(len(self.cloud), QColor(colours.muted).rgba(), np.uint32)
        else:
            scale = scale_colours(self._theme.dark)
            place = np.clip((np.nan_to_num(self._values) + 2.0) / 4.0, 0.0, 1.0) * (len(scale) - 1)
            self._shades = scale[place.astype(np.int64)]
        self._picture = None
        self.update()

    def render_points(self) -> QImage:
        """The points as a picture of the widget's size and a margin around it."""
        ratio = self.devicePixelRatioF()
        wide, high = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        drawn = self.cloud.draw(wide, high, self._scale * ratio, self._centre, self._shades, ratio)
        self._buffer = drawn
        return QImage(drawn.data, drawn.shape[1], drawn.shape[0], drawn.strides[0], QImage.Format.Format_ARGB32_Premultiplied)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.page))
        if self._picture is None:
            self._picture = self.render_points()
        inside = self._picture.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.drawImage(QRectF(self.rect()), self._picture, QRectF(inside))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_way(painter, colours)
        self._paint_path(painter, colours)
        if self.here is not None:
            _ring(painter, self.to_screen(self.here), 8.0, QColor(colours.accent), QColor(colours.page))
        for place, name, colour in ((self.a, "A", colours.a), (self.b, "B", colours.b)):
            if place is not None:
                self._paint_end(painter, self.to_screen(place), name, QColor(colour), colours)
        if self._row >= 0:
            point = (float(self.cloud.x[self._row]), float(self.cloud.y[self._row]))
            _ring(painter, self.to_screen(point), 6.0, QColor(colours.text), QColor(colours.page))
        if self._keys and self.hasFocus():
            self._paint_cross(painter, colours)
        self._paint_legend(painter, colours)
        self._paint_popup(painter, colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.line), 2 if self.hasFocus() else 1))
        inset = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        painter.end()

    def _paint_way(self, painter: QPainter, colours: Colours) -> None:
        if len(self.way) > 1:
            self._line(painter, self.way, colours, 3.0)
            if self.way_t is not None:
                at = self.to_screen(_part(self.way, self.way_t))
                _ring(painter, at, 7.0, mixed(colours.a, colours.b, self.way_t), QColor(colours.page))

    def _paint_path(self, painter: QPainter, colours: Colours) -> None:
        path = self._stroke if self._stroke is not None else self.path
        if len(path) > 1:
            self._line(painter, path, colours, 4.0)
        if self._stroke is None:
            for number, stop in enumerate(self.stops or self.path[:1]):
                t = number / max(1, len(self.stops) - 1)
                painter.setPen(QPen(QColor(colours.page), 1.5))
                painter.setBrush(mixed(colours.a, colours.b, t))
                painter.drawEllipse(self.to_screen(stop), 5.0, 5.0)
            if self.progress is not None and len(self.path) > 1:
                at = self.to_screen(_part(self.path, self.progress))
                _ring(painter, at, 9.0, QColor(colours.accent), QColor(colours.page))

    def _line(self, painter: QPainter, path: Sequence[Spot], colours: Colours, width: float) -> None:
        """A line in the colours between A's and B's, on a thin ground of the page, so that it is seen over points."""
        places = [self.to_screen(place) for place in path]
        lines = [QLineF(a, b) for a, b in pairwise(places)]
        round_cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(QColor(colours.page), width + 3, Qt.PenStyle.SolidLine, round_cap))
        painter.drawLines(lines)
        lengths = np.cumsum([line.length() for line in lines])
        whole = float(lengths[-1]) or 1.0
        for line, length in zip(lines, lengths, strict=True):
            colour = mixed(colours.a, colours.b, float(length) / whole)
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, round_cap))
            painter.drawLine(line)

    def _paint_end(self, painter: QPainter, at: QPointF, name: str, colour: QColor, colours: Colours) -> None:
        painter.setPen(QPen(QColor(colours.page), 2))
        painter.setBrush(colour)
        painter.drawEllipse(at, 11.0, 11.0)
        painter.setPen(QColor(colours.page))
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(at.x() - 11, at.y() - 11, 22, 22), Qt.AlignmentFlag.AlignCenter, name)

    def _paint_cross(self, painter: QPainter, colours: Colours) -> None:
        middle = QPointF(self.width() / 2, self.height() / 2)
        for width, colour in ((4.0, colours.page), (2.0, colours.accent)):
            painter.setPen(QPen(QColor(colour), width))
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(QLineF(middle + QPointF(5 * x, 5 * y), middle + QPointF(13 * x, 13 * y)))

    def _box(self, painter: QPainter, rect: QRectF, colours: Colours) -> None:
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(rect, 8, 8)

    def _paint_legend(self, painter: QPainter, colours: Colours) -> None:
        if self._values is None or not self.legend.label:
            return
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        wide = max(168.0, metrics.horizontalAdvance(self.legend.label))
        wide = min(max(wide, metrics.horizontalAdvance(self.legend.low + self.legend.high) + 24), self.width() - 6.0 * SPACE)
        line = metrics.height()
        box = QRectF(2 * SPACE, self.height() - 2 * SPACE - (2 * line + 34), wide + 24, 2 * line + 34)
        self._box(painter, box, colours)
        inner = box.adjusted(12, 8, -12, -8)
        painter.setPen(QColor(colours.text))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, left | Qt.AlignmentFlag.AlignTop, metrics.elidedText(
            self.legend.label, Qt.TextElideMode.ElideRight, inner.width()))  # fmt: skip
        bar = QRectF(inner.left(), inner.top() + line + 5, inner.width(), 8)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        shades = scale_colours(self._theme.dark, 17)
        for number, shade in enumerate(shades):
            gradient.setColorAt(number / (len(shades) - 1), QColor.fromRgba(int(shade)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 4, 4)
        painter.setPen(QColor(colours.muted))
        ends = QRectF(inner.left(), bar.bottom() + 3, inner.width(), line)
        painter.drawText(ends, left, self.legend.low)
        painter.drawText(ends, right, self.legend.high)

    def _popup_rect(self) -> QRectF:
        point = self.to_screen((float(self.cloud.x[self._row]), float(self.cloud.y[self._row])))
        x = point.x() + 16 if point.x() + 24 + _POPUP.width() < self.width() else point.x() - 16 - _POPUP.width()
        y = point.y() - _POPUP.height() / 2
        if x < 8:  # no room at either side
            x = min(max(8.0, point.x() - _POPUP.width() / 2), self.width() - _POPUP.width() - 8.0)
            y = point.y() + 16 if point.y() < self.height() / 2 else point.y() - 16 - _POPUP.height()
        y = min(max(8.0, y), self.height() - _POPUP.height() - 8.0)
        return QRectF(QPointF(x, y), QRectF(QRect(QPoint(), _POPUP)).size())

    def _paint_popup(self, painter: QPainter, colours: Colours) -> None:
        if self._popup is None or self._row < 0 or self._popup[0] != self._row or self._stroke is not None:
            return
        _, title, word, piece = self._popup
        box = self._popup_rect()
        self._box(painter, box, colours)
        inner = box.adjusted(10, 7, -10, -8)
        font, small = QFont(self.font()), QFont(self.font())
        font.setWeight(QFont.Weight.Medium)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        metrics, fine = QFontMetricsF(font), QFontMetricsF(small)
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, metrics.elidedText(" ".join(title.split()), elide, inner.width()))
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        line = QRectF(inner.left(), inner.top() + metrics.height(), inner.width(), fine.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, fine.elidedText(word, elide, inner.width()))
        rest = QRectF(inner.left(), line.bottom() + 4, inner.width(), inner.bottom() - line.bottom() - 4)
        if isinstance(piece, str):
            painter.setPen(QColor(colours.text))
            painter.drawText(rest, int(Qt.TextFlag.TextWordWrap), piece)
        elif piece is not None:
            music: Music = piece
            paint_roll(painter, rest, music, colours)
        else:
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QLineF(rest.left(), rest.center().y(), rest.right(), rest.center().y()))

    # -- the mouse

    def _point_at(self, row: int) -> None:
        if row != self._row:
            self._row = row
            self._popup = None
            self.pointed.emit(row)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._keys = False
        self._press = self._last = event.position()
        self._panned = False
        if self._drawing and event.button() == Qt.MouseButton.LeftButton:
            self._stroke = [self.to_map(event.position())]
            self._point_at(-1)
        elif event.button() == Qt.MouseButton.LeftButton and self._row >= 0:
            self._hold.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._stroke is not None:
            last = self.to_screen(self._stroke[-1])
            if math.hypot(at.x() - last.x(), at.y() - last.y()) >= _LEAST_STROKE:
                self._stroke.append(self.to_map(at))
                self.update()
        elif self._press is not None and self._last is not None and not self._holding:
            far = (at - self._press).manhattanLength()
            if self._panned or far > 4:
                self._hold.stop()
                self._panned = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.pan(self._last.x() - at.x(), self._last.y() - at.y())
                self._last = at
        elif self._press is None:
            self._keys = False
            self._point_at(self.cloud.nearest(*self.to_map(at), _NEAR / self._scale))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hold.stop()
        pressed, self._press, self._last = self._press, None, None
        self.setCursor(Qt.CursorShape.CrossCursor if self._drawing else Qt.CursorShape.ArrowCursor)
        if self._holding:
            self._holding = False
            self.released.emit()
        elif self._stroke is not None:
            stroke, self._stroke = self._stroke, None
            if len(stroke) > 1:
                self.drawn.emit(stroke)
            else:
                self.show_path([*self.path, *stroke])  # places that are clicked one by one make a path too
        elif pressed is not None and not self._panned and event.button() == Qt.MouseButton.LeftButton:
            x, y = self.to_map(event.position())
            row = self.cloud.nearest(x, y, _NEAR / self._scale)
            self.decode.emit(x, y, row)
        self.update()

    def _held(self) -> None:
        if self._row >= 0 and self._press is not None:
            self._holding = True
            self.held.emit(self._row)

    def leaveEvent(self, event: QEvent) -> None:
        if not self._keys:
            self._point_at(-1)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.pixelDelta().isNull() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position())
        else:  # two fingers on a touchpad
            self.pan(-event.pixelDelta().x(), -event.pixelDelta().y())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), event.position())
            return True
        return super().event(event)

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, far = event.key(), _PAN * (4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        steps = {
            Qt.Key.Key_Left: (-far, 0.0), Qt.Key.Key_Right: (far, 0.0), Qt.Key.Key_Up: (0.0, -far), Qt.Key.Key_Down: (0.0, far),
        }  # fmt: skip
        if key in steps:
            self.pan(*steps[Qt.Key(key)])
            self._by_key()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
            self._by_key()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / _STEP)
            self._by_key()
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Space and self._row >= 0:
            self.play.emit(self._row)
        elif key == Qt.Key.Key_P:
            self.set_drawing(not self._drawing)
        elif key == Qt.Key.Key_Escape and (self.path or self._stroke):
            self._stroke = None
            self.show_path([])
        else:
            super().keyPressEvent(event)

    def _by_key(self) -> None:
        """With keys the point nearest to the middle is pointed at."""
        self._keys = True
        self._point_at(self.cloud.nearest(*self._centre, 3 * _NEAR / self._scale))
        self.update()

    def _enter(self) -> None:
        if self._drawing:  # a path can be made place by place
            self.show_path([*self.path, self._centre])
        else:
            self._keys = True
            self.decode.emit(*self._centre, -1)

    # -- the rest

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._keys = True
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None
        if self._fitted:
            self.fit()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(720, 540)


def _ring(painter: QPainter, at: QPointF, radius: float, colour: QColor, ground: QColor) -> None:
    """A ring that is seen on every ground."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ground, 5))
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(colour, 2.5))
    painter.drawEllipse(at, radius, radius)
