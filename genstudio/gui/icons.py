"""Icons of one set: drawings of ``resources/icons`` in the colours of the theme.

A drawing is 24 by 24 with lines of 1.75 in ``currentColor``; here it gets a colour and every size that is asked for.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from genstudio import paths
from genstudio.gui.theme import Colours

__all__ = ["application_icon", "icon", "names", "pixmap"]

_SIZES = (16, 20, 24, 40)


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


@cache
def icon(name: str, colours: Colours) -> QIcon:
    """An icon for buttons and menus: muted, in full colour under the pointer, in the accent when it is on; a heart that is full
    or on has its own colour.

    Raises:
        FileError: there is no such icon.
    """
    made = QIcon()
    mode, state = QIcon.Mode, QIcon.State
    full = name == "heart-filled"
    looks = (
        (colours.heart if full else colours.muted, ((mode.Normal, state.Off),)),
        (colours.heart if full else colours.text, ((mode.Active, state.Off), (mode.Selected, state.Off))),
        (colours.faint, ((mode.Disabled, state.Off), (mode.Disabled, state.On))),
        (colours.heart if name.startswith("heart") else colours.accent, ((mode.Normal, state.On), (mode.Active, state.On))),
    )
    for colour, uses in looks:
        for size in _SIZES:
            drawn = pixmap(name, colour, size)
            for one, two in uses:
                made.addPixmap(drawn, one, two)
    return made


@cache
def on_accent(name: str, colours: Colours) -> QIcon:
    """An icon for a button whose ground is the accent."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(pixmap(name, colours.on_accent, size))
        made.addPixmap(pixmap(name, colours.faint, size), QIcon.Mode.Disabled)
    return made


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
