"""The style sheet and the palette of the application, made from the colours of the theme.

Widgets say what they are by the property ``kind``; nothing else sets colours or fonts. A line of a control is one pixel, of the one
that has the focus two, and its padding gives way, so that nothing moves.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from genstudio import paths
from genstudio.gui.theme import Colours

__all__ = ["palette", "set_kind", "style_sheet"]

_SIZES = {"display": 2.2, "title": 1.6, "heading": 1.1, "base": 1.0, "caption": 0.88}


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
