"""The colours of pitch classes, colours between two, and what they are drawn with.

Neighbours on the circle of fifths are alike and still told apart. On light ground each is as bright as 3 to 1 against the ground
allows, and as full as a screen can show; names of notes on it are dark.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QGradient, QPaintDevice, QPainter, QPen

from genstudio.gui.theme import Colours

__all__ = ["ink", "mixed", "pitch_colours", "smooth", "weighted"]

# OKLCH; hue 28 degrees and 30 more for each fifth, a few degrees off where a screen shows little of it. Dark: lightness 0.76 and
# chroma 0.135. Light: the greatest lightness that stands out by 3 to 1 on the rows of black keys, and the greatest chroma there up
# to 0.19.
_PITCHES = {
    "light": (
        "#ec5448", "#0790d5", "#a98304", "#9e6df0", "#029e3e", "#e5528f",
        "#0895ae", "#ce7005", "#5b80fd", "#7f9101", "#cb5dc9", "#0b9a7a",
    ),
    "dark": (
        "#fb8e80", "#4fbcfc", "#d5ab3a", "#bc9dfb", "#70c87f", "#f58bb1", "#00c8de", "#f09a53", "#8cadff", "#aabc51", "#df91dc",
        "#20ccb1",
    ),
}  # fmt: skip


@lru_cache(maxsize=4)
def pitch_colours(colours: Colours) -> tuple[QColor, ...]:
    """The colours of the twelve pitch classes, C first."""
    return tuple(QColor(name) for name in _PITCHES[colours.name])


def mixed(a: str | QColor, b: str | QColor, t: float) -> QColor:
    """The colour at ``t`` (0 .. 1) between two, mixed as light is (in linear RGB)."""
    t = min(1.0, max(0.0, t))
    first, second = QColor(a), QColor(b)

    def channel(x: float, y: float) -> float:
        return float(((1 - t) * x**2.2 + t * y**2.2) ** (1 / 2.2))

    return QColor.fromRgbF(
        channel(first.redF(), second.redF()), channel(first.greenF(), second.greenF()), channel(first.blueF(), second.blueF())
    )


def weighted(colour: QColor, share: float, colours: Colours) -> QColor:
    """A colour for what is so loud (0 .. 1): the louder, the further from the ground."""
    if colours.name == "light":
        return mixed(colour, colours.text, 0.3 * share)
    return mixed(colours.surface, colour, 0.72 + 0.28 * share)


def smooth(device: QPaintDevice) -> QPainter:
    """What draws on a widget or a picture with smooth edges."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def ink(painter: QPainter, line: QPen | QColor | Qt.PenStyle, fill: QBrush | QColor | QGradient | Qt.BrushStyle) -> None:
    """Draw lines and fill what is inside of them so from now on."""
    painter.setPen(line)
    painter.setBrush(fill)
