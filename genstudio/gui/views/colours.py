"""The colours of pitch classes, and colours between two.

Colours of pitch classes are of equal lightness, and neighbours on the circle of fifths are alike; the source is that of
``genstudio.rendering.roll``, a little darker on light ground so that every note stands out by 3 to 1.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from genstudio.gui.theme import Colours

__all__ = ["mixed", "pitch_colours"]

# OKLCH with lightness 0.53 and chroma 0.15 (light), 0.76 and 0.135 (dark); hue 28 degrees and 30 more for each fifth. Names of
# notes can be read on them: white in the light, nearly black in the dark.
_PITCHES = {
    "light": (
        "#b24037", "#0074b7", "#906300", "#7854b6", "#0a8234", "#ac3e6b", "#008198", "#a94f00", "#4764c2", "#657600", "#984697",
        "#00866c",
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
