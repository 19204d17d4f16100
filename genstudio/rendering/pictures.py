"""Convert SVG to PNG and PDF, without a browser and without system packages.

resvg draws PNG; svglib with reportlab writes PDF as vector graphics with text. The SVG of GenStudio uses the two lists of fonts
below; the last but one font comes with reportlab, so that text is drawn on a machine without any fonts.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import re
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from genstudio.errors import FileError
from genstudio.packages import distribution, install_command
from genstudio.rendering.letters import set_letters, without_emoji

__all__ = ["SANS", "SERIF", "columns", "library", "pdf", "png", "size"]

SERIF = "'Times New Roman', 'Liberation Serif', 'Nimbus Roman', 'Noto Serif', 'DejaVu Serif', 'Bitstream Vera Sans', serif"
SANS = "'Segoe UI', Helvetica, Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', 'Bitstream Vera Sans', sans-serif"
_MOST = 40_000_000  # pixels


def library(name: str, purpose: str) -> Any:
    """Import a library.

    Raises:
        FileError: it is not installed; the message has the command that installs it.
    """
    try:
        return importlib.import_module(name)
    except (ImportError, OSError) as error:
        raise FileError(
            "{purpose} needs {package}, which is not installed", remedy="install",
            purpose=purpose, package=distribution(name.partition(".")[0]), command=install_command("score"),
        ) from error  # fmt: skip


def columns(text: str) -> int:
    """The approximate width of a text in widths of a Latin letter."""
    return sum(2 if ord(char) >= 0x2E80 else 1 for char in text)


def size(svg: str) -> tuple[float, float]:
    """Width and height of an SVG, in pixels."""
    match = re.search(r'<svg[^>]*\swidth="([\d.]+)"[^>]*\sheight="([\d.]+)"', svg)
    assert match is not None
    return float(match[1]), float(match[2])


def png(svg: str, *, scale: float = 2.0, text: tuple[str, str] | None = None) -> bytes:
    """The picture as PNG, with ``scale`` pixels for one of the SVG; ``text`` is a keyword and a text to store in it (tEXt).

    Raises:
        FileError: resvg is not installed, or the picture is too large.
    """
    resvg = library("resvg_py", "a PNG picture")
    width, height = size(svg)
    scale = min(scale, (_MOST / (width * height)) ** 0.5)
    if scale < 0.25:
        raise FileError("the picture would be too large for PNG; write SVG, or fewer bars.")
    data = bytes(resvg.svg_to_bytes(svg_string=without_emoji(svg), width=round(width * scale), font_files=_fonts()))
    return data if text is None else _with_text(data, *text)


def _fonts() -> list[str]:
    spec = importlib.util.find_spec("reportlab")
    folders = spec.submodule_search_locations if spec is not None else None
    found = [Path(folder) / "fonts" / name for folder in folders or [] for name in ("Vera.ttf", "VeraBd.ttf", "VeraIt.ttf")]
    return [str(path) for path in found if path.is_file()]


def _with_text(data: bytes, keyword: str, text: str) -> bytes:
    """The PNG with a tEXt chunk after its header (PNG specification, 11.3.3.2: Latin-1)."""
    body = b"tEXt" + keyword.encode("latin-1") + b"\0" + text.encode("latin-1", "replace")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:33] + chunk + data[33:]


def pdf(pages: Sequence[str], *, title: str = "", paper: tuple[float, float] | None = None, note: str = "") -> bytes:
    """SVG pictures as the pages of a PDF. The same pictures give the same bytes.

    Args:
        pages: the SVG of each page.
        title: of the document.
        paper: width and height of the pages in points, to whose width pictures are fitted; None: as large as the picture.
        note: a text to store as the keywords.

    Raises:
        FileError: svglib or reportlab is not installed.
    """
    svglib = library("svglib.svglib", "PDF")
    render = library("reportlab.graphics.renderPDF", "PDF")
    canvas = library("reportlab.pdfgen.canvas", "PDF")
    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=1, pageCompression=1)
    sheet.setTitle(title)
    sheet.setCreator("GenStudio")
    if note:
        sheet.setKeywords(note)
    for svg in pages:
        plain = svg.replace(SERIF, "Times-Roman").replace(SANS, "Helvetica").replace("♯", "#").replace("♭", "b")
        drawing = svglib.svg2rlg(io.BytesIO(plain.encode("utf-8")))
        set_letters(drawing)
        width, height = drawing.width, drawing.height
        factor = paper[0] / width if paper is not None else 1.0
        sheet.setPageSize(paper or (width, height))
        drawing.scale(factor, factor)
        render.draw(drawing, sheet, 0, (paper[1] if paper else height) - height * factor)
        sheet.showPage()
    sheet.save()
    return out.getvalue()
