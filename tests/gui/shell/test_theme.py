"""Both themes can be read (WCAG 2.2), the style sheet is made of their colours alone, and every icon can be drawn."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QIcon
from pytestqt.qtbot import QtBot

from genstudio.gui import icons, style
from genstudio.gui.style import style_sheet
from genstudio.gui.theme import DARK, LIGHT, Colours, colours_for
from genstudio.gui.widgets.plots import TONES

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
NAMES = (
    "home create map corpus train library play pause stop next previous loop volume mute search sun moon globe heart heart-filled "
    "export undo redo dice vary blend shape continue plus minus close check warning info folder file music text menu settings "
    "keyboard jobs trash tag more drag zoom-in zoom-out fit copy tempo instrument"
).split()


def contrast(a: str, b: str) -> float:
    """The contrast ratio of two colours, WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [value / 255 for value in QColor(colour).getRgb()[:3]]  # type: ignore[index]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((light(a), light(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@BOTH
def test_words_can_be_read(colours: Colours) -> None:
    for ground in ("page", "surface", "raised", "sunken", "selection"):
        for word in ("text", "muted"):
            assert contrast(getattr(colours, word), getattr(colours, ground)) >= 4.5, (word, ground)
    for ground in ("page", "surface", "raised"):
        for word in ("accent", "good", "warn", "bad"):
            assert contrast(getattr(colours, word), getattr(colours, ground)) >= 4.5, (word, ground)
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.on_accent, colours.accent_hover) >= 4.5


@BOTH
def test_controls_can_be_told_from_their_ground(colours: Colours) -> None:
    for ground in ("page", "surface", "raised"):
        for line in ("edge", "accent", "a", "b"):
            assert contrast(getattr(colours, line), getattr(colours, ground)) >= 3, (line, ground)


@BOTH
def test_each_colour_has_one_meaning(colours: Colours) -> None:
    meant = {name: QColor(getattr(colours, name)) for name in ("accent", "a", "b", "good", "warn", "bad", "heart")}
    for one, other in itertools.combinations(meant, 2):
        apart = sum(abs(x - y) for x, y in zip(meant[one].getRgb()[:3], meant[other].getRgb()[:3], strict=True))
        assert apart >= 70, (one, other)
    assert not {"a", "b", "good", "warn", "bad", "heart"} & set(TONES)  # lines that only differ mean nothing by their colours
    for ground in ("page", "surface", "raised", "selection"):
        assert contrast(colours.heart, getattr(colours, ground)) >= 3, ground


@BOTH
def test_the_style_sheet_leaves_no_word_unfilled(colours: Colours) -> None:
    sheet = style_sheet(colours)
    assert "@" not in sheet
    used = set(re.findall(r"#[0-9a-f]{6}", sheet))
    mixed = used - {getattr(colours, name) for name in colours.__dataclass_fields__}
    assert len(mixed) <= 2  # under the pointer, and grooves
    assert colours.accent in used


def test_the_setting_decides_and_the_desktop_where_it_may() -> None:
    assert colours_for("system", True) is DARK
    assert colours_for("system", False) is LIGHT
    assert colours_for("dark", False) is DARK
    assert colours_for("light", True) is LIGHT


def test_the_icons_that_are_asked_for_are_there() -> None:
    assert set(NAMES) <= set(icons.names())


@BOTH
def test_every_icon_is_drawn_in_the_colours_of_the_theme(colours: Colours, qtbot: QtBot) -> None:
    for name in icons.names():
        off = colours.heart if name == "heart-filled" else colours.muted
        on = colours.heart if name.startswith("heart") else colours.accent  # what is kept looks alike everywhere
        for state, colour in ((QIcon.State.Off, off), (QIcon.State.On, on)):
            drawn = icons.icon(name, colours).pixmap(QSize(40, 40), state=state).toImage()
            points = [drawn.pixelColor(x, y) for x in range(40) for y in range(40)]
            solid = [point for point in points if point.alpha() > 250]
            assert solid, name
            assert all(abs(point.red() - QColor(colour).red()) < 8 for point in solid), name


def test_the_signs_of_music_come_from_one_font_that_has_them(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"Plain": False, "DejaVu Sans": False, "Noto Sans Symbols": True, "FreeSans": True}
    monkeypatch.setattr(style, "_has_signs", lambda font: there[font.family()])
    monkeypatch.setattr(style.QFontDatabase, "families", lambda: list(there))
    assert style.signs_for(QFont("Plain")) == ["Noto Sans Symbols"]
    assert style.signs_for(QFont("FreeSans")) == []
    there["Noto Sans Symbols"] = there["FreeSans"] = False
    assert style.signs_for(QFont("Plain")) == []
