"""Icons of one set: drawings of ``resources/icons`` in the colours of the theme.

A drawing is 24 by 24 with lines of 1.75 in ``currentColor``; here it gets a colour and every size that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from genstudio import paths
from genstudio.gui.theme import Colours, Theme

__all__ = ["application_icon", "icon", "names", "pixmap"]


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


_Look = Mapping[tuple[QIcon.Mode, QIcon.State], str]


class _Engine(QIconEngine):
    """Draws an icon when it is shown, in the size that is asked for and a colour for each look."""

    def __init__(self, name: str, look: Callable[[Colours], _Look], colours: Colours | None) -> None:
        """``look``: that of (Normal, Off) is for every one that is not named. ``colours``: None for those of the theme."""
        super().__init__()
        self._name, self._look, self._colours = name, look, colours
        self._drawn: dict[tuple[int, str], QPixmap] = {}
        _drawing(name)  # whether there is one is known at once

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        look = self._look(self._colours or Theme.latest)
        colour = look.get((mode, state)) or look[QIcon.Mode.Normal, QIcon.State.Off]
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
    or on has its own colour. Where no ``colours`` are given it has those of the theme, whenever it is drawn.

    Raises:
        FileError: there is no such icon.
    """

    def look(colours: Colours) -> _Look:
        mode, state = QIcon.Mode, QIcon.State
        full = name == "heart-filled"
        rest, lit = (colours.heart, colours.heart) if full else (colours.muted, colours.text)
        on = colours.heart if name.startswith("heart") else colours.accent
        return {
            (mode.Normal, state.Off): rest, (mode.Active, state.Off): lit, (mode.Selected, state.Off): lit,
            (mode.Normal, state.On): on, (mode.Active, state.On): on, (mode.Selected, state.On): on,
            (mode.Disabled, state.Off): colours.faint, (mode.Disabled, state.On): colours.faint,
        }  # fmt: skip

    return QIcon(_Engine(name, look, colours))


@cache
def on_accent(name: str, colours: Colours | None = None) -> QIcon:
    """An icon for a button whose ground is the accent."""
    mode, state = QIcon.Mode, QIcon.State
    return QIcon(_Engine(name, lambda colours: {
        (mode.Normal, state.Off): colours.on_accent, (mode.Disabled, state.Off): colours.faint,
        (mode.Disabled, state.On): colours.faint,
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
