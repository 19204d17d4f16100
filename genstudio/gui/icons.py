"""Icons of one set: drawings of ``resources/icons`` in the colours of the theme.

A drawing is 24 by 24 with lines of 1.75 in ``currentColor``; here it gets a colour and every size that is asked for. An icon of a
button is drawn whenever it is shown, so it follows the theme by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from genstudio import paths
from genstudio.gui.theme import LIGHT, Colours

__all__ = ["application_icon", "icon", "names", "on_accent", "pixmap", "use"]

_used = [LIGHT]


def use(colours: Colours) -> None:
    """Draw icons in these colours from now on."""
    _used[:] = [colours]


def names() -> list[str]:
    """The name of every icon, sorted."""
    return sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg"))


@cache
def _drawing(name: str) -> str:
    return paths.resource(f"icons/{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode("utf-8")))


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon in one colour, ``size`` pixels of the device-independent kind wide and high.

    Raises:
        FileError: there is no such icon.
    """
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _renderer(name, colour).render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


class _Engine(QIconEngine):
    """Draws an icon when it is shown, in the size that is asked for and a colour for each look."""

    def __init__(self, name: str, looks: Mapping[tuple[QIcon.Mode, QIcon.State], str], colours: Colours | None) -> None:
        """``looks``: which colour of the theme each has; that of (Normal, Off) is for every look that is not named. ``colours``:
        those of one theme; None for the one that is in use."""
        super().__init__()
        self._name, self._looks, self._colours = name, looks, colours
        self._drawn: dict[tuple[int, str], QPixmap] = {}
        _drawing(name)  # whether there is one is known at once

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        look = self._looks.get((mode, state)) or self._looks[QIcon.Mode.Normal, QIcon.State.Off]
        colour = getattr(self._colours or _used[0], look)
        key = min(size.width(), size.height()), colour
        if key not in self._drawn:
            self._drawn[key] = pixmap(self._name, colour, key[0])
        return self._drawn[key]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        drawn = QPixmap(self.pixmap(QSize(round(rect.width() * ratio), round(rect.height() * ratio)), mode, state))
        drawn.setDevicePixelRatio(ratio)
        place = QRectF(QPointF(0, 0), drawn.deviceIndependentSize())
        place.moveCenter(QRectF(rect).center())
        painter.drawPixmap(place.topLeft(), drawn)


@cache
def icon(name: str, colours: Colours | None = None) -> QIcon:
    """An icon for buttons and menus: muted, in full colour under the pointer, in the accent when it is on; a heart that is full
    or on has its own colour. ``colours``: of one theme; None for the one that is in use, whichever that is.

    Raises:
        FileError: there is no such icon.
    """
    mode, state = QIcon.Mode, QIcon.State
    full = name == "heart-filled"
    rest, lit = ("heart", "heart") if full else ("muted", "text")
    on = "heart" if name.startswith("heart") else "accent"
    return QIcon(_Engine(name, {
        (mode.Normal, state.Off): rest, (mode.Active, state.Off): lit, (mode.Selected, state.Off): lit,
        (mode.Normal, state.On): on, (mode.Active, state.On): on, (mode.Selected, state.On): on,
        (mode.Disabled, state.Off): "faint", (mode.Disabled, state.On): "faint",
    }, colours))  # fmt: skip


@cache
def on_accent(name: str, colours: Colours | None = None) -> QIcon:
    """An icon for a button whose ground is the accent."""
    mode, state = QIcon.Mode, QIcon.State
    return QIcon(_Engine(name, {
        (mode.Normal, state.Off): "on_accent", (mode.Disabled, state.Off): "faint", (mode.Disabled, state.On): "faint",
    }, colours))  # fmt: skip


@cache
def application_icon() -> QIcon:
    """The icon of the application itself."""
    renderer = QSvgRenderer(str(paths.resource("desktop/genstudio.svg")))
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        shown = QPixmap(size, size)
        shown.fill(Qt.GlobalColor.transparent)
        painter = QPainter(shown)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(shown)
    return made
