"""Engrave scores as SVG: verovio draws the music, and this module adds the title and converts the page.

The SVG of verovio uses style sheets, nested viewports and a music font for metronome marks, which programs draw differently. Here
it is converted to plain SVG: one viewport, glyphs as paths, colours as attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from genstudio.domains import Music
from genstudio.errors import FileError
from genstudio.rendering import musicxml
from genstudio.rendering.pictures import SERIF, columns, library

__all__ = ["A4", "pages"]

A4 = (595.28, 841.89)  # points
_WIDTH = 2100  # tenths of a millimetre: verovio's unit of pages
_HEIGHT = 2970
_TALL = 60_000
_SCALE = 40
_DENSE = 33  # the scale of three staves and more, so that a page has room for several systems
_MARGIN = 120
_FONT = "Leland"
_METRONOME = 0.8  # of the size that verovio gives metronome marks
_ACCIDENTALS = {"\uea63": "\ue264", "\uea64": "\ue260", "\uea65": "\ue261", "\uea66": "\ue262", "\uea67": "\ue263"}
"""The accidentals of figured bass, with which verovio writes chord symbols, and those of notes."""
_SMALL = 0.92  # of the size of notes: the accidentals of chord symbols
_WIDTHS = {
    **dict.fromkeys("/ijlt", 0.278), **dict.fromkeys("()f-r", 0.333), **dict.fromkeys("s", 0.389), **dict.fromkeys("ace", 0.444),
    **dict.fromkeys("EL", 0.611), **dict.fromkeys("FP", 0.556), **dict.fromkeys("BC", 0.667), **dict.fromkeys("ADGHN", 0.722),
    **dict.fromkeys("mM", 0.83), ".": 0.25, "+": 0.564,
}  # fmt: skip
"""The widths of letters in Times and its likes, of those that are not half as wide as the font is high."""
_INK = "#111111"
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"


def pages(melody: Music, *, paper: bool = False, note: str = "") -> list[str]:
    """Engrave music as SVG: one picture trimmed to its content, or, for ``paper``, one for each A4 page.

    Raises:
        FileError: verovio is not installed.
    """
    scale = _SCALE if sum(part.role != "symbols" for part in melody.parts) < 3 else _DENSE
    verovio = library("verovio", "an engraved score")
    verovio.enableLog(verovio.LOG_OFF)
    folder = Path(verovio.__file__).parent / "data"
    toolkit = verovio.toolkit(False)
    toolkit.setResourcePath(str(folder))
    toolkit.setOptions(
        {
            "adjustPageHeight": not paper,
            "breaks": "auto",
            "font": _FONT,
            "footer": "none",
            "header": "none",
            "justifyVertically": False,
            "pageHeight": (_HEIGHT - 260) * _SCALE // scale if paper else _TALL,
            "pageMarginBottom": _MARGIN // 2,
            "pageMarginLeft": _MARGIN,
            "pageMarginRight": _MARGIN,
            "pageMarginTop": _MARGIN // 2,
            "pageWidth": _WIDTH * _SCALE // scale,
            "scale": scale,
            "spacingSystem": 8,
            "staffLineWidth": 0.18,
            "svgViewBox": True,
            "xmlIdSeed": 1,
        }
    )
    if not toolkit.loadData(musicxml.document(melody, tempo_digits=0)):
        raise FileError("the score cannot be engraved; write MusicXML, and open it in a notation program.")
    found = [toolkit.renderToSVG(number) for number in range(1, toolkit.getPageCount() + 1)]
    if not paper and found[0].count('class="system"') == 1:
        # A single line need not be as wide as the page.
        toolkit.setOptions({"adjustPageWidth": True})
        toolkit.redoLayout()
        found = [toolkit.renderToSVG(1)]
    return [_page(svg, "" if index else melody.title, folder / _FONT, note, paper) for index, svg in enumerate(found)]


def _page(svg: str, title: str, glyphs: Path, note: str, paper: bool) -> str:
    """Convert a page of verovio to plain SVG, with a title above."""
    root = ElementTree.fromstring(svg)
    inner = root.find(f"{_SVG}svg")
    assert inner is not None
    _, _, full_width, _ = (float(number) for number in inner.get("viewBox", "").split())
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    factor = width / full_width
    head = 64.0 if title else 14.0
    out: list[str] = []
    for definition in root.iterfind(f"{_SVG}defs/{_SVG}g"):
        path = definition.find(f"{_SVG}path")
        if path is not None:
            out.append(f'<g id="{definition.get("id")}"><path transform="scale(1,-1)" d="{path.get("d")}"/></g>')
    definitions = "".join(out)
    body = "".join(line for child in inner for line in _plain(child, glyphs))
    tall = height + head if not paper else width * A4[1] / A4[0]
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    parts = [
        f'<svg {names} width="{width:g}" height="{tall:.0f}" viewBox="0 0 {width:g} {tall:.0f}">',
        f"<title>{escape(title or 'Score')}</title>",
        f"<metadata>{escape(note)}</metadata>" if note else "",
        f"<defs>{definitions}</defs>",
        f'<rect width="{width:g}" height="{tall:.0f}" fill="#ffffff"/>',
    ]
    if title:
        size = min(27.0, 1.7 * (width - 60) / max(1, columns(title)))
        parts.append(
            f'<text x="{width / 2:g}" y="46" text-anchor="middle" font-family="{SERIF}" font-size="{size:.1f}" fill="{_INK}">'
            f"{escape(title)}</text>"
        )
    parts.append(f'<g transform="translate(0,{head:g}) scale({factor:g})" fill="{_INK}">{body}</g></svg>\n')
    return "".join(parts)


def _plain(element: ElementTree.Element, glyphs: Path) -> Iterator[str]:
    tag = element.tag.removeprefix(_SVG)
    names = element.get("class", "").split()
    if "placeholder" in names or tag in ("desc", "style", "title"):
        return
    if tag == "text":
        yield from _text(element, glyphs, names)
        return
    attributes = {name: value for name, value in element.attrib.items() if name not in ("id", "class", _LINK)}
    if tag in ("path", "polygon", "polyline", "rect", "ellipse") and element.get("stroke-width"):
        attributes.setdefault("stroke", _INK)
    # Groups without attributes are dissolved.
    if tag == "g" and not attributes:
        for child in element:
            yield from _plain(child, glyphs)
        return
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    link = element.get(_LINK)
    written += f' xlink:href="{escape(link)}"' if link else ""
    if len(element) == 0:
        yield f"<{tag}{written}/>"
        return
    yield f"<{tag}{written}>"
    for child in element:
        yield from _plain(child, glyphs)
    yield f"</{tag}>"


def _text(element: ElementTree.Element, glyphs: Path, names: list[str]) -> Iterator[str]:
    """Write the runs of a text one after the other; those in the music font become paths."""
    state: dict[str, Any] = {"x": 0.0, "y": 0.0, "size": 405.0, "family": "", "anchor": "start", "style": ""}
    runs: list[tuple[dict[str, Any], str]] = []

    def walk(node: ElementTree.Element, state: dict[str, Any]) -> None:
        state = dict(state)
        for name, key in (("x", "x"), ("y", "y")):
            if node.get(name):
                state[key] = float(node.get(name, "0"))
        match = re.match(r"([\d.]+)px", node.get("font-size", ""))
        if match and float(match[1]):
            state["size"] = float(match[1])
        state["family"] = node.get("font-family", state["family"])
        state["anchor"] = node.get("text-anchor", state["anchor"])
        state["style"] = node.get("font-style", state["style"])
        if node.text and (node.text.strip() or not len(node)) and not (node.text.isspace() and "\n" in node.text):
            runs.append((state, node.text))
        for child in node:
            walk(child, state)

    if "mNum" in names:
        state["style"] = "italic"
    walk(element, state)
    x: float | None = None
    letters = ""
    if any(text in _ACCIDENTALS for _, text in runs):
        yield from _symbol(runs, glyphs)
        return
    for state, text in runs:
        if x is None:
            x = state["x"]
        if state["family"] == _FONT:
            for char in text:
                path, advance = _glyph(glyphs, char)
                scale = _METRONOME * state["size"] / 1000
                if path:
                    yield f'<path transform="translate({x:g},{state["y"]:g}) scale({scale:g},{-scale:g})" d="{path}"/>'
                x += advance * scale
        else:
            letters += text
    if letters.strip() and runs:
        state = runs[-1][0]
        lead = len(letters) - len(letters.lstrip())
        style = f' font-style="{state["style"]}"' if state["style"] else ""
        yield (
            f'<text x="{(x or 0) + 0.3 * lead * state["size"]:g}" y="{state["y"]:g}" text-anchor="{state["anchor"]}"{style} '
            f'font-family="{SERIF}" font-size="{state["size"]:g}">{escape(" ".join(letters.split()))}</text>'
        )


def _symbol(runs: list[tuple[dict[str, Any], str]], glyphs: Path) -> Iterator[str]:
    """Write a chord symbol with accidentals, run by run."""
    x, y = runs[0][0]["x"], runs[0][0]["y"]
    for state, text in runs:
        if text in _ACCIDENTALS:
            path, advance = _glyph(glyphs, _ACCIDENTALS[text])
            scale = _SMALL * state["size"] / 1000
            yield f'<path transform="translate({x + 12:g},{y - 90:g}) scale({scale:g},{-scale:g})" d="{path}"/>'
            x += (advance - 40) * scale + 24
        else:
            size = state["size"]
            yield f'<text x="{x:g}" y="{y:g}" font-family="{SERIF}" font-size="{size:g}">{escape(text)}</text>'
            x += size * sum(_WIDTHS.get(char, 0.5) for char in text)


def _glyph(folder: Path, char: str) -> tuple[str, float]:
    """The path of a glyph of the music font, and its advance width, in thousandths of the size of the font."""
    if char in " \u00a0":
        return "", 40.0
    try:
        text = (folder / f"{ord(char):04X}.xml").read_text(encoding="utf-8")
    except OSError:
        return "", 0.0
    match = re.search(r'\sd="([^"]*)"', text)
    sizes = (folder.parent / f"{folder.name}.xml").read_text(encoding="utf-8")
    about = re.search(rf'c="{ord(char):04X}"[^>]*h-a-x="([\d.]+)"', sizes)
    return (match[1] if match else ""), (float(about[1]) if about else 300.0) + 40.0
