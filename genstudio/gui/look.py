"""The look of the application: its style, palette and fonts, following the setting or the desktop."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication

from genstudio.gui import icons
from genstudio.gui.settings import Settings
from genstudio.gui.style import palette, style_sheet
from genstudio.gui.theme import Theme, colours_for

__all__ = ["Look"]

# After the font of the desktop, so that Chinese comes in an even weight where several could be taken.
_CHINESE = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
_SIGNS = "♯♭♮♩"
_SIGNING = ("DejaVu Sans", "Noto Sans Symbols 2", "Noto Sans Symbols", "Noto Music", "Segoe UI Symbol", "Apple Symbols", "FreeSans")
_LEAST = 9.5  # points; some desktops report less than can be read


def signs_for(font: QFont) -> list[str]:
    """The family that the signs of music come from where a font has none: the first that has all of them, so that they are alike;
    none where the font has them itself."""
    if _has_signs(font):
        return []
    there = set(QFontDatabase.families())
    return [name for name in _SIGNING if name in there and _has_signs(QFont(name))][:1]


def _has_signs(font: QFont) -> bool:
    raw = QRawFont.fromFont(font)
    return all(raw.supportsCharacter(ord(sign)) for sign in _SIGNS)


class Look(QObject):
    """Keeps the application in the colours that the setting "theme" asks for."""

    def __init__(self, app: QApplication, theme: Theme, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._theme = theme
        self._settings = settings
        app.setStyle("Fusion")
        font = app.font()
        # 13 points on a Mac are what 10 are elsewhere.
        self._size = max(_LEAST if sys.platform != "darwin" else 12.5, font.pointSizeF())
        font.setPointSizeF(self._size)
        chinese = _CHINESE if sys.platform.startswith("linux") else ()  # elsewhere the system chooses well
        font.setFamilies([QFontInfo(font).family(), *signs_for(font), *chinese])
        font.setFeature(QFont.Tag("tnum"), 1)  # numbers that change stay in their place
        app.setFont(font)
        theme.changed.connect(self._apply)
        settings.changed.connect(self._setting)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._follow()
        self._apply()

    def _setting(self, name: str) -> None:
        if name == "theme":
            self._follow()

    def _follow(self) -> None:
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._theme.use(colours_for(self._settings["theme"], dark))

    def _apply(self) -> None:
        icons.use(self._theme.colours)
        self._app.setPalette(palette(self._theme.colours))
        self._app.setStyleSheet(style_sheet(self._theme.colours, self._size))

    def close(self) -> None:
        """Follow nothing any longer."""
        self._theme.changed.disconnect(self._apply)
        self._settings.changed.disconnect(self._setting)
        self._app.styleHints().colorSchemeChanged.disconnect(self._follow)
