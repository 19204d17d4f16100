"""Pictures of an engraved score, of a roll, or as the domain draws its pieces: SVG, PNG and PDF."""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from genstudio.config import field
from genstudio.errors import ConfigError
from genstudio.files import write_bytes, write_text
from genstudio.provenance import LONGEST
from genstudio.rendering.formats.base import Choice, Format, MusicOptions, Request, Trace, read_text
from genstudio.rendering.formats.notation import between, moved_hits

__all__ = ["PDF", "PNG", "SVG"]

_KEYWORD = "genstudio"  # of the PNG text
_LONGEST = 4_000_000  # bytes of a comment
_TOGETHER = 24_000_000  # bytes of all comments of a file
_CHUNKS = 100_000
_TRIES = 8


@dataclass(frozen=True)
class Options(MusicOptions):
    """Options of pictures."""

    picture: str = field("score", "Picture", "Of SVG, PNG and PDF.", choices=("score", "roll"))
    theme: str = field("", "Colours", "Of a roll (default light).", choices=("light", "dark"))
    title: str = field("", "Title", "Title of a picture.", unit="T")
    captions: tuple[str, ...] = ()


@dataclass(frozen=True)
class PngOptions(Options):
    """Options of PNG pictures."""

    scale: float = field(2.5, "Size", "Size of a PNG picture.", unit="×", low=0.25, high=10.0)


def _pictures(request: Request[Options], *, paper: bool = False) -> tuple[list[str], list[str]]:
    """The pictures as SVG, and remarks."""
    from genstudio.rendering import roll, score
    from genstudio.rendering.notation import engrave

    options, drawn = request.options, request.domain.picture
    title, theme = options.title or None, options.theme or "light"
    if drawn is not None:
        look, note = roll.THEMES[theme], f"<metadata>{html.escape(request.note)}</metadata></svg>"
        pages = [drawn(piece, title=title or piece.title, ink=look.text, paper=look.page) for piece in request.pieces]
        return [page.removesuffix("</svg>") + note for page in pages], []
    if options.picture == "roll":
        return [roll.draw(request.pieces, title=title, captions=options.captions, theme=theme, note=request.note)], []
    if options.theme:
        raise ConfigError("a score has no theme; themes are for the picture of a roll.")
    music = request.one
    if title:
        music = replace(music, title=title)
    moved = 0 if music.pitched else engrave(music).moved
    return score.pages(music, paper=paper, note=request.note), [*request.joined(), *moved_hits(moved)]


def _write_svg(request: Request[Options]) -> list[str]:
    pages, remarks = _pictures(request)
    write_text(request.path, pages[0])
    return remarks + _rest(pages)


def _write_png(request: Request[PngOptions]) -> list[str]:
    from genstudio.rendering import pictures

    pages, remarks = _pictures(request)
    text = (_KEYWORD, request.note) if request.note else None
    write_bytes(request.path, pictures.png(pages[0], scale=request.options.scale, text=text))
    return remarks + _rest(pages)


def _rest(pages: Sequence[str]) -> list[str]:
    return ["they do not go into one picture: the first page was drawn; PDF has all of them."] if len(pages) > 1 else []


def _write_pdf(request: Request[Options]) -> list[str]:
    from genstudio.rendering import pictures
    from genstudio.rendering.score import A4

    pages, remarks = _pictures(request, paper=True)
    first = request.pieces[0]
    paper = None if request.options.picture == "roll" or request.domain.picture else A4
    title = request.options.title or first.title
    write_bytes(request.path, pictures.pdf(pages, title=title, paper=paper, note=request.note))
    return remarks


def _svg(file: BinaryIO) -> Iterator[str]:
    return between(read_text(file), "<metadata>", "</metadata>")


def _png(file: BinaryIO) -> Iterator[str]:
    file.seek(8)
    left = _TOGETHER
    for _ in range(_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        length, name = struct.unpack(">I4s", head)
        if name == b"tEXt" and length <= min(_LONGEST, left):
            left -= length
            keyword, _, text = file.read(length).partition(b"\0")
            if keyword == _KEYWORD.encode():
                yield text.decode("latin-1")
            file.seek(4, 1)
        else:
            file.seek(length + 4, 1)


def _pdf(file: BinaryIO) -> Iterator[str]:
    """The keywords: a literal string (ISO 32000-1, 7.3.4.2), in which brackets are in pairs or escaped."""
    data = file.read(LONGEST + 1)
    at = 0
    for _ in range(_TRIES if len(data) <= LONGEST else 0):
        at = data.find(b"/Keywords (", at)
        if at < 0:
            return
        at += len(b"/Keywords (")
        open_brackets = 1
        for match in re.finditer(rb"\\.|[()]", data[at : at + _LONGEST], re.DOTALL):
            open_brackets += {b"(": 1, b")": -1}.get(match[0], 0)
            if not open_brackets:
                yield re.sub(rb"\\([()\\])", rb"\1", data[at : at + match.start()]).decode("latin-1")
                return


def _choices(suffix: str, score: str, roll: str, *more: str) -> tuple[Choice, ...]:
    """The entries for the two pictures; ``more`` are further options that they ask for."""
    name = suffix.upper()
    return (
        Choice(f"score-{suffix}", "score", f"Score, {name}", score, ("tempo", *more), {"picture": "score"}),
        Choice(
            f"roll-{suffix}", "roll", f"Piano roll, {name}", roll, ("theme", *more), {"picture": "roll"}, True,
            unpitched=f"Drum grid, {name}",
        ),
        Choice(f"chart-{suffix}", "chart", f"Chart, {name}", "The line on axes, with the fan of a forecast.", ("theme", *more)),
    )  # fmt: skip


PDF = Format(
    name="pdf",
    label="score (PDF)",
    suffixes=(".pdf",),
    kind="music",
    options=Options,
    write=_write_pdf,
    choices=_choices("pdf", "Engraved notes to print.", "A drawing to print."),
    charts=("title", "theme"),
    traces=(Trace(_pdf, b"%PDF"),),
)
SVG = Format(
    name="svg",
    label="picture (SVG)",
    suffixes=(".svg",),
    kind="music",
    options=Options,
    write=_write_svg,
    choices=_choices("svg", "Engraved notes as a drawing; the first page.", "A drawing, sharp at every size."),
    charts=("title", "theme"),
    traces=(Trace(_svg),),
)
PNG = Format(
    name="png",
    label="picture (PNG)",
    suffixes=(".png",),
    kind="music",
    options=PngOptions,
    write=_write_png,
    choices=_choices("png", "Engraved notes as a picture; the first page.", "A picture for the web or a document.", "scale"),
    charts=("title", "theme", "scale"),
    traces=(Trace(_png, b"\x89PNG\r\n\x1a\n"),),
)
