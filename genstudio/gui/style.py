"""The look of the application: its style sheet and palette, made from the colours of the theme, and its fonts.

Widgets say what they are by the property ``kind``; nothing else sets colours or fonts. A line of a control is one pixel, of the one
that has the focus two, and its padding gives way, so that nothing moves.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QWidget

from genstudio import paths
from genstudio.gui.settings import Settings
from genstudio.gui.theme import Colours, Theme, colours_for

__all__ = ["Look", "palette", "set_kind", "style_sheet"]

_SIZES = {"display": 2.2, "title": 1.6, "heading": 1.1, "base": 1.0, "caption": 0.88}
# After the font of the desktop, so that Chinese comes in an even weight where several could be taken.
_CHINESE = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
_SIGNS = "♯♭♮♩"
_SIGNING = ("DejaVu Sans", "Noto Sans Symbols 2", "Noto Sans Symbols", "Noto Music", "Segoe UI Symbol", "Apple Symbols", "FreeSans")
_LEAST = 9.5  # points; some desktops report less than can be read


def style_sheet(colours: Colours, size: float = 10.0) -> str:
    """The style sheet of the application; ``size`` is that of ordinary words, in points."""
    words = {name: getattr(colours, name) for name in colours.__dataclass_fields__}
    words["icons"] = (paths.resources() / "icons" / "style").as_posix()
    words["hover"] = _mixed(colours.surface, colours.muted, 0.12)
    words["track"] = _mixed(colours.surface, colours.edge, 0.45)
    words |= {f"size_{name}": f"{size * times:.1f}pt" for name, times in _SIZES.items()}
    sheet = paths.resource("icons/style/studio.qss").read_text(encoding="utf-8")
    for name in sorted(words, key=len, reverse=True):  # "accent_hover" before "accent"
        sheet = sheet.replace(f"@{name}", words[name])
    return sheet


def _mixed(a: str, b: str, share: float) -> str:
    one, two = QColor(a), QColor(b)
    parts = [
        round((1 - share) * x + share * y)
        for x, y in zip(one.getRgb()[:3], two.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*parts).name()


def palette(colours: Colours) -> QPalette:
    """The palette of the application, for what style sheets do not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.page,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.page,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Mid: colours.edge,
        role.Midlight: colours.line,
        role.Dark: colours.edge,
        role.Shadow: colours.line,
        role.Light: colours.raised,
        role.Accent: colours.accent,
    }
    for which, colour in pairs.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.faint))
    return made


def set_kind(widget: QWidget, kind: str) -> None:
    """Change what a widget is for the style sheet, and have it drawn so."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


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
        self._app.setPalette(palette(self._theme.colours))
        self._app.setStyleSheet(style_sheet(self._theme.colours, self._size))

    def close(self) -> None:
        """Follow nothing any longer."""
        self._theme.changed.disconnect(self._apply)
        self._settings.changed.disconnect(self._setting)
        self._app.styleHints().colorSchemeChanged.disconnect(self._follow)
