"""Colours and measures, light and dark; each colour has one meaning.

Everything that is drawn takes its colours from :class:`Colours`; style sheets are made from the same. All pairs of text and ground
have a contrast of at least 4.5, lines of controls and icons 3 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QObject, Signal

__all__ = ["DARK", "LIGHT", "SPACE", "Colours", "Theme", "colours_for"]

SPACE = 8
"""Pixels of the rhythm that all distances are multiples of."""


@dataclass(frozen=True)
class Colours:
    """page: the ground of the window; surface: of cards and fields; raised: of what lies above; sunken: of wells and rails.
    text, muted, faint: words, lesser words, and what is only decoration. line: borders; edge: borders of controls.

    accent, on_accent: action, and what is at work or looked at; words on it. selection: the ground of what is chosen. a, b: the two
    ends, and between them what is mixed of both; nothing else. good, warn, bad: good, doubtful and wrong, always beside a word or a
    sign. heart: what is kept. Notes have the colours of their pitches (:mod:`genstudio.gui.views.colours`); lines that only differ
    are told apart by their patterns, and not by colours that mean something."""

    name: str
    page: str
    surface: str
    raised: str
    sunken: str
    text: str
    muted: str
    faint: str
    line: str
    edge: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    a: str
    b: str
    good: str
    warn: str
    bad: str
    heart: str


LIGHT = Colours(
    name="light", page="#f5f6f8", surface="#ffffff", raised="#ffffff", sunken="#eceef2", text="#1b2130", muted="#566074",
    faint="#98a1b3", line="#dfe3ea", edge="#858ea0", accent="#3457d5", accent_hover="#2747bd", on_accent="#ffffff",
    selection="#dde5ff", a="#0b6f7b", b="#a93c73", good="#1a7342", warn="#8a5a00", bad="#b3261e", heart="#8b35c9",
)  # fmt: skip
DARK = Colours(
    name="dark", page="#12151c", surface="#1a1f29", raised="#222834", sunken="#0d1016", text="#e9ecf3", muted="#a3adc0",
    faint="#5d6779", line="#2a303d", edge="#6f7a8f", accent="#8ea8ff", accent_hover="#a6bbff", on_accent="#10162a",
    selection="#2a3761", a="#4fc3cf", b="#f08fbd", good="#6fcf97", warn="#e8b64c", bad="#ff8a80", heart="#d58cff",
)  # fmt: skip


class Theme(QObject):
    """The colours that are in use; ``changed`` is emitted when they change. ``latest``: those taken last, by any theme."""

    changed = Signal()
    latest: ClassVar[Colours] = LIGHT

    def __init__(self, colours: Colours = LIGHT, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.colours = Theme.latest = colours

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.colours.name == "dark"

    def use(self, colours: Colours) -> None:
        """Change to other colours."""
        if colours != self.colours:
            self.colours = Theme.latest = colours
            self.changed.emit()


def colours_for(setting: str, system_dark: bool) -> Colours:
    """The colours for a setting: "light", "dark", or "system" for those of the desktop."""
    return DARK if setting == "dark" or (setting == "system" and system_dark) else LIGHT
