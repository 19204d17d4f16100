"""The plane of a map: its points, coloured, which part of it is seen, and which of them is under the pointer.

A hundred thousand points are written into a picture by numpy, a few pixels each, which takes a few milliseconds for all of them; so
a map can be panned and zoomed without levels of detail made beforehand. Where few are to be seen they are larger.

Conventions: places are the map's own coordinates, y upwards; places in the picture are its pixels, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from genstudio.gui.theme import SPACE, Theme

__all__ = ["MARGIN", "MapPlane", "PointCloud", "Spot", "scale_colours"]

_DOTS = ((400, 4.0), (3_000, 3.2), (20_000, 1.9), (10**9, 1.4))  # up to so many points that are seen: their radius
MARGIN = 8
_FAINT = 0.22  # how much is left of the colour of what is not chosen, while something is
Spot = tuple[float, float]


class PointCloud:
    """Points [N, 2]."""

    def __init__(self, coordinates: NDArray[np.float32]) -> None:
        points = np.ascontiguousarray(coordinates, np.float32).reshape(-1, 2)
        self.x, self.y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
        # Drawn in an order of chance: what lies on top of what shall not depend on where a piece stood in the corpus.
        self._order = np.random.default_rng(0).permutation(len(points))
        self._x, self._y = self.x[self._order], self.y[self._order]
        self.low = points.min(0) if len(points) else np.zeros(2, np.float32)
        self.high = points.max(0) if len(points) else np.ones(2, np.float32)

    def __len__(self) -> int:
        return len(self.x)

    def bounds(self, share: float = 0.999) -> tuple[float, float, float, float]:
        """Left, right, bottom, top of where nearly all points lie: a single one far away shall not make the rest a dot."""
        if not len(self):
            return -1.0, 1.0, -1.0, 1.0
        rest = (1 - share) / 2
        left, right = (float(value) for value in np.quantile(self.x, [rest, 1 - rest]))
        bottom, top = (float(value) for value in np.quantile(self.y, [rest, 1 - rest]))
        return left, max(right, left + 1e-6), bottom, max(top, bottom + 1e-6)

    def nearest(self, x: float, y: float, radius: float) -> int:
        """The point nearest to a place within ``radius``, or -1."""
        if not len(self):
            return -1
        away = (self.x - np.float32(x)) ** 2 + (self.y - np.float32(y)) ** 2  # a fifth of a millisecond for a hundred thousand
        best = int(away.argmin())
        return best if away[best] <= radius * radius else -1

    def inside(self, outline: Sequence[tuple[float, float]]) -> NDArray[np.int64]:
        """The points inside a closed line, in turn: those from which a ray crosses it an odd number of times."""
        corners = np.asarray(outline, np.float64)
        low, high = corners.min(0), corners.max(0)
        near = np.flatnonzero((self.x >= low[0]) & (self.x <= high[0]) & (self.y >= low[1]) & (self.y <= high[1]))
        x, y = self.x[near].astype(np.float64), self.y[near].astype(np.float64)
        odd = np.zeros(len(near), bool)
        for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            if y1 != y2:
                odd ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
        return near[odd]

    def draw(
        self, width: int, height: int, scale: float, centre: tuple[float, float], colours: NDArray[np.uint32], ratio: float = 1.0
    ) -> NDArray[np.uint32]:
        """The points as premultiplied ARGB, uint32 [height + 2 * MARGIN, width + 2 * MARGIN]: dots at the edge need room.

        Args:
            scale: pixels for one unit of the map. centre: what is in the middle of the picture.
            colours: of each point, opaque.
            ratio: device pixels for one that a person thinks of, which dots are measured in.
        """
        wide = width + 2 * MARGIN
        picture = np.zeros((height + 2 * MARGIN, wide), np.uint32)
        px = (self._x - np.float32(centre[0])) * np.float32(scale) + np.float32(width / 2)
        py = np.float32(height / 2) - (self._y - np.float32(centre[1])) * np.float32(scale)
        seen = np.flatnonzero((px > -1) & (px < width) & (py > -1) & (py < height))
        if not len(seen):
            return picture
        px, py = px[seen], py[seen]
        shades = colours[self._order[seen]]
        radius = ratio * next(radius for most, radius in _DOTS if len(seen) <= most)
        at = (np.rint(py).astype(np.int64) + MARGIN) * wide + np.rint(px).astype(np.int64) + MARGIN
        flat = picture.reshape(-1)
        # The rim first, half as strong, so that no rim lies over the inside of another point.
        inside, rim = _disc(radius)
        pale = (shades >> 1) & np.uint32(0x7F7F7F7F)
        for down, right in rim:
            flat[at + (down * wide + right)] = pale
        for down, right in inside:
            flat[at + (down * wide + right)] = shades
        return picture


def _disc(radius: float) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pixels inside a disc, and those on its rim, as steps down and to the right."""
    reach = min(MARGIN - 1, math.ceil(radius))
    inside, rim = [], []
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            away = math.hypot(down, right)
            if away <= radius - 0.4:
                inside.append((down, right))
            elif away <= radius + 0.3:
                rim.append((down, right))
    return inside, rim


def scale_colours(dark: bool, count: int = 256) -> NDArray[np.uint32]:
    """A scale of colours from little to much, opaque ARGB, uint32 [count].

    Lightness goes evenly, so that equal steps look equal and the scale reads without colour too; the little end keeps a contrast of
    3 to the ground. OKLCH: B. Ottosson, "A perceptual color space for image processing", 2020.
    """
    t = np.linspace(0.0, 1.0, count)
    if dark:
        lightness, chroma, hue = 0.54 + 0.36 * t, 0.17 - 0.03 * t, np.radians(290 - 185 * t)
    else:
        lightness, chroma, hue = 0.64 - 0.34 * t, 0.135 + 0.02 * np.sin(np.pi * t), np.radians(75 - 145 * t)
    a, b = chroma * np.cos(hue), chroma * np.sin(hue)
    cones = np.stack(
        [
            lightness + 0.3963377774 * a + 0.2158037573 * b,
            lightness - 0.1055613458 * a - 0.0638541728 * b,
            lightness - 0.0894841775 * a - 1.2914855480 * b,
        ]
    )
    linear = np.array(
        [
            [4.0767416621, -3.3077115913, 0.2309699292],
            [-1.2684380046, 2.6097574011, -0.3413193965],
            [-0.0041960863, -0.7034186147, 1.7076147010],
        ]
    ) @ cones**3
    linear = np.clip(linear, 0.0, 1.0)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = np.rint(255 * encoded).astype(np.uint32)
    return np.asarray(np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue, np.uint32)


class MapPlane(QWidget):
    """Points, and where they are in the widget. Until a person has touched it all of it is shown, however large it is; from then on
    what is seen stays where it is, whatever happens around it."""

    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._recolour)
        self.cloud = PointCloud(np.zeros((0, 2), np.float32))
        self.chosen: NDArray[np.int64] = np.zeros(0, np.int64)
        self._values: NDArray[np.float32] | None = None
        self._shades = np.zeros(0, np.uint32)
        self.scale, self.middle, self._whole = 100.0, (0.0, 0.0), 100.0
        self._picture: QImage | None = None
        self._buffer: Any = None  # what the picture is made of; it must live as long
        self._fitted = True
        self.setMinimumSize(320, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_points(self, coordinates: NDArray[np.float32]) -> None:
        """Show other points [N, 2]."""
        self.cloud = PointCloud(coordinates)
        self.chosen = np.zeros(0, np.int64)
        self._values = None
        self._recolour()
        self.fit()

    def choose(self, rows: NDArray[np.int64]) -> None:
        """Mark points as chosen: the others fade."""
        self.chosen = np.unique(np.asarray(rows, np.int64))
        self._recolour()

    # -- where things are

    def to_screen(self, place: Spot) -> QPointF:
        """A place of the map in the widget."""
        return QPointF(
            self.width() / 2 + (place[0] - self.middle[0]) * self.scale,
            self.height() / 2 - (place[1] - self.middle[1]) * self.scale,
        )

    def to_map(self, at: QPointF) -> Spot:
        """A place in the widget on the map."""
        return (
            self.middle[0] + (at.x() - self.width() / 2) / self.scale,
            self.middle[1] - (at.y() - self.height() / 2) / self.scale,
        )

    def fit(self) -> None:
        """Show all of it."""
        left, right, bottom, top = self.cloud.bounds()
        wide, high = max(1, self.width() - 6 * SPACE), max(1, self.height() - 6 * SPACE)
        self._move(min(wide / (right - left), high / (top - bottom)), ((left + right) / 2, (bottom + top) / 2))
        self._fitted, self._whole = True, self.scale

    @property
    def enlarged(self) -> float:
        """How many times larger it is seen than where all of it is shown."""
        return self.scale / self._whole

    def zoom(self, times: float, at: QPointF | None = None) -> None:
        """Zoom in (more than 1) or out around a place of the widget, by default the middle."""
        left, right, bottom, top = self.cloud.bounds()
        size = max(right - left, top - bottom)
        scale = min(max(self.scale * times, 0.25 * min(self.width(), self.height()) / size), 4e5 / size)
        around = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        fixed = self.to_map(around)
        self._move(scale, (
            fixed[0] - (around.x() - self.width() / 2) / scale, fixed[1] + (around.y() - self.height() / 2) / scale
        ))  # fmt: skip

    def pan(self, right: float, down: float) -> None:
        """Move what is seen by pixels."""
        self._move(self.scale, (self.middle[0] + right / self.scale, self.middle[1] - down / self.scale))

    def _move(self, scale: float, centre: Spot) -> None:
        low, high = self.cloud.low, self.cloud.high
        x, y = (float(min(max(value, float(low[axis])), float(high[axis]))) for axis, value in enumerate(centre))
        self.scale, self.middle, self._fitted = scale, (x, y), False
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
        if len(self.chosen):
            self._shades = _faded(self._shades, QColor(colours.page).rgba(), self.chosen)
        self._picture = None
        self.update()

    def render_points(self) -> QImage:
        """The points as a picture of the widget's size and a margin around it."""
        ratio = self.devicePixelRatioF()
        wide, high = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        drawn = self.cloud.draw(wide, high, self.scale * ratio, self.middle, self._shades, ratio)
        self._buffer = drawn
        return QImage(drawn.data, drawn.shape[1], drawn.shape[0], drawn.strides[0], QImage.Format.Format_ARGB32_Premultiplied)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None
        if self._fitted:
            self.fit()
        elif event.oldSize().isValid():  # what is under the pointer stays there: the upper left corner is what keeps its place
            grown = event.size() - event.oldSize()
            x, y = self.middle
            self.middle = (x + grown.width() / 2 / self.scale, y - grown.height() / 2 / self.scale)
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(720, 540)


def _faded(shades: NDArray[np.uint32], ground: int, chosen: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Colours that are mixed with the ground, save those that are chosen."""
    mixed = np.full_like(shades, 0xFF000000)
    for shift in (0, 8, 16):
        part = ((shades >> np.uint32(shift)) & np.uint32(255)) * _FAINT + ((ground >> shift) & 255) * (1 - _FAINT)
        mixed |= part.astype(np.uint32) << np.uint32(shift)
    mixed[chosen] = shades[chosen]
    return mixed
