"""The fonts of text in a PDF: each character in a font that has it.

The fonts that every PDF reader has contain only the letters of Western Europe. Other letters come from a TrueType font of this
machine, which is embedded; Chinese, Japanese and Korean characters from the font packages of readers; symbols from the symbol
fonts of readers. Letters that no font has are written without their accents (ř as r), and emoji are left out: there are no boxes.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

__all__ = ["set_letters", "without_emoji"]

# In the order of search; the first are similar to the serif font of the other text.
_FILES = (
    "DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "FreeSerif.ttf", "times.ttf", "Times New Roman.ttf", "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "FreeSans.ttf", "arial.ttf", "Arial.ttf", "Arial Unicode.ttf",
    "seguisym.ttf",
)  # fmt: skip
_MOST_FILES = 20_000
_PLAIN = {"→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "♯": "#", "♭": "b", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
_EMOJI = re.compile("[\u2600-\u27bf]?[\ufe0f\u200d\u20e3]+|[\U0001f000-\U0001faff\U000e0000-\U000e007f]")
_LEFTWARD = re.compile("[\u0590-\u08ff]+(?: +[\u0590-\u08ff]+)*")  # Hebrew, Arabic


def without_emoji(text: str) -> str:
    """The text without emoji, which the fonts of scores do not have."""
    return _EMOJI.sub("", text)


def set_letters(shape: Any) -> None:
    """Give each text of a reportlab drawing the fonts that its letters need."""
    contents = getattr(shape, "contents", None) or []
    for place, inner in enumerate(contents):
        text = getattr(inner, "text", None)
        if isinstance(text, str):
            runs = _runs(text, inner.fontName)
            if [font for font, _ in runs] not in ([], [inner.fontName]):
                contents[place] = _set(inner, runs)
            else:
                inner.text = "".join(part for _, part in runs)
        else:
            set_letters(inner)


def _set(text: Any, runs: list[tuple[str, str]]) -> Any:
    """Replace a text by one text for each run, one after the other."""
    from reportlab.graphics.shapes import Group, String
    from reportlab.pdfbase.pdfmetrics import stringWidth

    widths = [stringWidth(part, font, text.fontSize) for font, part in runs]
    x = text.x - sum(widths) * {"middle": 0.5, "end": 1.0}.get(text.textAnchor, 0.0)
    group = Group()
    for (font, part), width in zip(runs, widths, strict=True):
        group.add(String(x, text.y, part, fontName=font, fontSize=text.fontSize, fillColor=text.fillColor))
        x += width
    return group


def _runs(text: str, font: str) -> list[tuple[str, str]]:
    """Divide a text into runs of one font each: font and text."""
    tidy = " ".join(without_emoji(unicodedata.normalize("NFC", text)).split()) if not text.isascii() else text
    tidy = _LEFTWARD.sub(lambda found: found[0][::-1], tidy)  # reportlab sets everything from left to right
    japanese = any(0x3040 <= ord(char) < 0x3100 for char in tidy)
    pairs = [pair for char in tidy for pair in _placed(char, font, japanese)]
    return [(name, "".join(char for _, char in part)) for name, part in groupby(pairs, key=lambda pair: pair[0])]


def _placed(char: str, font: str, japanese: bool) -> list[tuple[str, str]]:
    """The font of a character, and the character or its replacement in that font."""
    if _encodes("cp1252", char):
        return [(font, char)]
    code = ord(char)
    if 0x1100 <= code < 0x1200 or 0x3130 <= code < 0x3190 or 0xAC00 <= code < 0xD7B0:
        return [(_cid("HYSMyeongJo-Medium"), char)]
    if 0x2E80 <= code < 0xFB00 or 0xFE30 <= code < 0xFFF0:
        return [(_cid("HeiseiMin-W3" if japanese else "STSong-Light"), char)]
    for name, has in _embedded():
        if has(code):
            return [(name, char)]
    for name, codec in (("Symbol", "symbol"), ("ZapfDingbats", "zapfdingbats")):
        if _encodes(codec, char):
            return [(name, char)]
    plain = _PLAIN.get(char) or "".join(part for part in unicodedata.normalize("NFKD", char) if _encodes("cp1252", part))
    if not plain and 0x0370 <= code < 0x0500:  # Greek and Cyrillic letters, which the Chinese fonts have
        return [(_cid("STSong-Light"), char)]
    if unicodedata.category(char)[0] in "MC":  # a combining mark or a control character
        return []
    return [(font, part) for part in plain or "?"]


def _encodes(codec: str, char: str) -> bool:
    import reportlab.pdfbase.rl_codecs  # noqa: F401 - registers the encodings of the symbol fonts

    try:
        char.encode(codec)
    except UnicodeError:
        return False
    return True


@cache
def _cid(name: str) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


@cache
def _embedded() -> tuple[tuple[str, Callable[[int], bool]], ...]:
    """The name of each font that can be embedded, and a function that tests whether it has a character."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    found: list[tuple[str, Callable[[int], bool]]] = []
    # Vera comes with reportlab, so it exists on a machine without any fonts.
    for file in (*_system_fonts(), "Vera.ttf"):
        name = f"GenStudio-{Path(file).stem.replace(' ', '')}"
        try:
            font = TTFont(name, file)
        except (TTFError, OSError, ValueError):  # a font with other outlines, or a damaged one
            continue
        pdfmetrics.registerFont(font)
        found.append((name, font.face.charToGlyph.__contains__))
    return tuple(found)


def _system_fonts() -> list[str]:
    if sys.platform == "win32":
        folders = [Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")]
    elif sys.platform == "darwin":
        folders = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library" / "Fonts"]
    else:
        folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local" / "share" / "fonts"]
    places: dict[str, str] = {}
    seen = 0
    for folder in folders:
        for parent, inner, files in os.walk(folder):
            inner.sort()
            seen += len(files)
            places.update({name: os.path.join(parent, name) for name in files if name in _FILES and name not in places})  # noqa: PTH118
            if seen > _MOST_FILES:
                break
    return [places[name] for name in _FILES if name in places]
