"""What is drawn upon the points of a map: regions, the ends and the way between them, a path, what is known of a point."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from genstudio.gui.theme import SPACE, Colours, Theme
from genstudio.gui.views.colours import ink, mixed
from genstudio.gui.views.map_plane import MARGIN, MapPlane, Spot, scale_colours
from genstudio.gui.views.thumb import paint_roll

if TYPE_CHECKING:
    from genstudio.domains import Music

__all__ = ["Legend", "MapMarks", "along"]

_POPUP = QSize(232, 104)
_FADES, _FADED = 2.0, 5.0  # so many times larger than all of it, names of regions begin to fade, and are gone
_GROUND = 0.85  # how much of what is below is hidden by a name
_SEEN, _BESIDE = 200, 6.0  # places of a line that a name keeps away from, and pixels between them


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


class MapMarks(MapPlane):
    """A plane with what is drawn upon it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.legend = Legend()
        self.a: Spot | None = None
        self.b: Spot | None = None
        self.way: list[Spot] = []
        self.way_t: float | None = None
        self.path: list[Spot] = []
        self.stops: list[Spot] = []
        self.progress: float | None = None
        self.here: Spot | None = None
        self.regions: list[tuple[str, Spot]] = []
        self.row = -1
        self._popup: tuple[int, str, str, Any] | None = None  # row, title, a word, melody, text or None
        self._stroke: list[Spot] | None = None
        self._lassoing = self._keys = False

    # -- what it shows

    def set_points(self, coordinates: NDArray[np.float32]) -> None:
        """Show other points [N, 2]; everything that was drawn on the ones before is gone."""
        self.a = self.b = self.here = self.way_t = self.progress = self._popup = None
        self.way, self.path, self.stops = [], [], []
        self.regions = []
        self.row = -1
        super().set_points(coordinates)

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

    def show_regions(self, regions: Sequence[tuple[str, Spot]]) -> None:
        """Names of regions and their middles; those that come first are drawn where there is no room for all."""
        self.regions = list(regions)
        self.update()

    def show_here(self, place: Spot | None, *, move: bool = False) -> None:
        """Mark the place of the piece that is looked at; ``move``: and bring it into view."""
        self.here = place
        if place is not None and move:
            at = self.to_screen(place)
            if not QRectF(self.rect()).adjusted(40, 40, -40, -40).contains(at):
                self._move(self.scale, place)
        self.update()

    def show_popup(self, row: int, title: str, word: str, piece: Any = None) -> None:
        """What is known of the point that is pointed at; ``piece`` comes later, a melody or a text."""
        if row == self.row:
            self._popup = (row, title, word, piece)
            self.update()

    # -- painting

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
        self._paint_regions(painter, colours)
        if self.here is not None:
            _ring(painter, self.to_screen(self.here), 8.0, QColor(colours.accent), QColor(colours.page))
        for place, name, colour in ((self.a, "A", colours.a), (self.b, "B", colours.b)):
            if place is not None:
                self._paint_end(painter, self.to_screen(place), name, QColor(colour), colours)
        if self.row >= 0:
            point = (float(self.cloud.x[self.row]), float(self.cloud.y[self.row]))
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
        if self._stroke is not None and self._lassoing:
            self._paint_lasso(painter, self._stroke, colours)
            return
        path = self._stroke if self._stroke is not None else self.path
        if len(path) > 1:
            self._line(painter, path, colours, 4.0)
        if self._stroke is None:
            for number, stop in enumerate(self.stops or self.path[:1]):
                t = number / max(1, len(self.stops) - 1)
                ink(painter, QPen(QColor(colours.page), 1.5), mixed(colours.a, colours.b, t))
                painter.drawEllipse(self.to_screen(stop), 5.0, 5.0)
            if self.progress is not None and len(self.path) > 1:
                at = self.to_screen(_part(self.path, self.progress))
                _ring(painter, at, 9.0, QColor(colours.accent), QColor(colours.page))

    def _paint_lasso(self, painter: QPainter, stroke: Sequence[Spot], colours: Colours) -> None:
        inside = QColor(colours.accent)
        inside.setAlphaF(0.12)
        ink(painter, QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine), inside)
        painter.drawPolygon(QPolygonF([self.to_screen(place) for place in stroke]))

    @property
    def naming(self) -> float:
        """How clearly the names of regions are seen (0 .. 1): they fade where one looks at single pieces."""
        return min(1.0, max(0.0, (_FADED - self.enlarged) / (_FADED - _FADES)))

    def placed_regions(self) -> list[tuple[str, QRectF]]:
        """The names that are drawn, and where: in the middle of a region, or up to two lines below or above it where another name
        or what was drawn is; where a line goes all around, upon it."""
        metrics = QFontMetricsF(self._region_font)
        lines = [along(line, _SEEN) for line in (self.way, self.path) if len(line) > 1]
        spots = [self.to_screen(place) for place in (*(place for line in lines for place in line), self.a, self.b) if place]
        x, y = np.array([(at.x(), at.y()) for at in spots]).reshape(-1, 2).T

        def crossed(box: QRectF) -> bool:
            across, down = np.abs(x - box.center().x()), np.abs(y - box.center().y())
            return bool(((across < box.width() / 2 + _BESIDE) & (down < box.height() / 2 + _BESIDE)).any())

        taken = [self._legend_rect()]
        found: list[tuple[str, QRectF]] = []
        for name, place in self.regions:
            middle, wide, tall = self.to_screen(place), metrics.horizontalAdvance(name) + 2 * SPACE, metrics.height()
            boxes = [QRectF(middle.x() - wide / 2, middle.y() + down * tall, wide, tall) for down in (-0.5, 0.6, -1.6, 1.7, -2.7)]
            apart = [box for box in boxes if QRectF(self.rect()).contains(box) and not any(map(box.intersects, taken))]
            if near := [box for box in apart if box in boxes[:3]]:
                taken.append(next((box for box in apart if not crossed(box)), near[0]))
                found.append((name, taken[-1]))
        return found

    @property
    def _region_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _paint_regions(self, painter: QPainter, colours: Colours) -> None:
        if not self.naming:
            return
        ground = QColor(colours.page)
        ground.setAlphaF(_GROUND)
        painter.save()
        painter.setOpacity(self.naming)
        painter.setFont(self._region_font)
        for name, box in self.placed_regions():
            ink(painter, Qt.PenStyle.NoPen, ground)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(QColor(colours.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

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
        ink(painter, QPen(QColor(colours.page), 2), colour)
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
        ink(painter, QPen(QColor(colours.line), 1), QColor(colours.raised))
        painter.drawRoundedRect(rect, 8, 8)

    @property
    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        return font

    def _legend_rect(self) -> QRectF:
        """Where the legend stands; empty where there is none."""
        if self._values is None or not self.legend.label:
            return QRectF()
        metrics = QFontMetricsF(self._small_font)
        wide = max(168.0, metrics.horizontalAdvance(self.legend.label))
        wide = min(max(wide, metrics.horizontalAdvance(self.legend.low + self.legend.high) + 24), self.width() - 6.0 * SPACE)
        tall = 2 * metrics.height() + 34
        return QRectF(2 * SPACE, self.height() - 2 * SPACE - tall, wide + 24, tall)

    def _paint_legend(self, painter: QPainter, colours: Colours) -> None:
        box = self._legend_rect()
        if box.isEmpty():
            return
        self._box(painter, box, colours)
        painter.setFont(self._small_font)
        _draw_legend(painter, box.adjusted(12, 8, -12, -8), self.legend, colours, self._theme.dark)

    def _popup_rect(self) -> QRectF:
        point = self.to_screen((float(self.cloud.x[self.row]), float(self.cloud.y[self.row])))
        x = point.x() + 16 if point.x() + 24 + _POPUP.width() < self.width() else point.x() - 16 - _POPUP.width()
        y = point.y() - _POPUP.height() / 2
        if x < 8:  # no room at either side
            x = min(max(8.0, point.x() - _POPUP.width() / 2), self.width() - _POPUP.width() - 8.0)
            y = point.y() + 16 if point.y() < self.height() / 2 else point.y() - 16 - _POPUP.height()
        y = min(max(8.0, y), self.height() - _POPUP.height() - 8.0)
        return QRectF(QPointF(x, y), QRectF(QRect(QPoint(), _POPUP)).size())

    def _paint_popup(self, painter: QPainter, colours: Colours) -> None:
        if self._popup is None or self.row < 0 or self._popup[0] != self.row or self._stroke is not None:
            return
        _, title, word, piece = self._popup
        box = self._popup_rect()
        self._box(painter, box, colours)
        inner = box.adjusted(10, 7, -10, -8)
        font, small = QFont(self.font()), self._small_font
        font.setWeight(QFont.Weight.Medium)
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


def _ring(painter: QPainter, at: QPointF, radius: float, colour: QColor, ground: QColor) -> None:
    """A ring that is seen on every ground."""
    ink(painter, QPen(ground, 5), Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(colour, 2.5))
    painter.drawEllipse(at, radius, radius)


def _draw_legend(painter: QPainter, inner: QRectF, legend: Legend, colours: Colours, dark: bool) -> None:
    """What the colours of the points mean: a bar with its name above and its ends below."""
    metrics = QFontMetricsF(painter.font())
    line = metrics.height()
    painter.setPen(QColor(colours.text))
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    painter.drawText(inner, left | Qt.AlignmentFlag.AlignTop, metrics.elidedText(
        legend.label, Qt.TextElideMode.ElideRight, inner.width()))  # fmt: skip
    bar = QRectF(inner.left(), inner.top() + line + 5, inner.width(), 8)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    shades = scale_colours(dark, 17)
    for number, shade in enumerate(shades):
        gradient.setColorAt(number / (len(shades) - 1), QColor.fromRgba(int(shade)))
    ink(painter, Qt.PenStyle.NoPen, gradient)
    painter.drawRoundedRect(bar, 4, 4)
    painter.setPen(QColor(colours.muted))
    ends = QRectF(inner.left(), bar.bottom() + 3, inner.width(), line)
    painter.drawText(ends, left, legend.low)
    painter.drawText(ends, right, legend.high)
