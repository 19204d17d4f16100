"""The plane of a map: its points, coloured, and which part of it is seen. Conventions: places are the map's own coordinates."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from genstudio.gui.theme import SPACE, Theme
from genstudio.gui.views.points import PointCloud, scale_colours

__all__ = ["MapPlane", "Spot"]

_FAINT = 0.22  # how much is left of the colour of what is not chosen, while something is
Spot = tuple[float, float]


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
        self._scale, self._centre, self._whole = 100.0, (0.0, 0.0), 100.0
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

    @property
    def middle(self) -> Spot:
        """What is in the middle."""
        return self._centre

    @property
    def scale(self) -> float:
        """Pixels for one unit of the map."""
        return self._scale

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
        self._fitted, self._whole = True, self._scale

    @property
    def enlarged(self) -> float:
        """How many times larger it is seen than where all of it is shown."""
        return self._scale / self._whole

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
        if len(self.chosen):
            self._shades = _faded(self._shades, QColor(colours.page).rgba(), self.chosen)
        self._picture = None
        self.update()

    def render_points(self) -> QImage:
        """The points as a picture of the widget's size and a margin around it."""
        ratio = self.devicePixelRatioF()
        wide, high = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        drawn = self.cloud.draw(wide, high, self._scale * ratio, self._centre, self._shades, ratio)
        self._buffer = drawn
        return QImage(drawn.data, drawn.shape[1], drawn.shape[0], drawn.strides[0], QImage.Format.Format_ARGB32_Premultiplied)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None
        if self._fitted:
            self.fit()
        elif event.oldSize().isValid():  # what is under the pointer stays there: the upper left corner is what keeps its place
            grown = event.size() - event.oldSize()
            x, y = self._centre
            self._centre = (x + grown.width() / 2 / self._scale, y - grown.height() / 2 / self._scale)
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
