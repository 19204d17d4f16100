"""The formats that pieces are exported to, by name: one function each, in one list at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from genstudio.domains import Domain, Music, domain_of
from genstudio.errors import ConfigError, did_you_mean
from genstudio.files import write_bytes, write_text
from genstudio.provenance import Provenance

__all__ = ["FORMATS", "Format", "Request", "format_of", "names"]


@dataclass(frozen=True)
class Request:
    """What is to be written. pieces: of one domain. traces: how each was made, where that is known. options: what was asked for."""

    pieces: Sequence[Any]
    path: Path
    traces: Sequence[Provenance | None] = ()
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def note(self) -> str:
        """The trace of the first piece, as text."""
        return self.notes[0] if self.notes else ""

    @property
    def notes(self) -> list[str]:
        return [trace.to_text() if trace is not None else "" for trace in self.traces]

    @property
    def domain(self) -> Domain:
        return domain_of(self.pieces[0])

    @property
    def one(self) -> Music:
        """The piece of music; several become one, one after the other."""
        music = self.domain.join(self.pieces) if len(self.pieces) > 1 else self.pieces[0]
        assert isinstance(music, Music)
        return music

    def joined(self) -> list[str]:
        count = len(self.pieces)
        return [f"{count} pieces were put one after the other."] if count > 1 else []


@dataclass(frozen=True)
class Format:
    """A format: its name, what people call it, the suffixes of its files (the first is the usual one), the kind of pieces it takes
    ("music" or "text"), the options that mean something for it, the function that writes and returns remarks, and whether it holds
    tones only."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    kind: str
    options: frozenset[str]
    write: Callable[[Request], list[str]]
    tones: bool = False

    def fits(self, piece: Any) -> bool:
        """Whether such a piece can be written so."""
        domain = domain_of(piece)
        return domain.kind == self.kind and (domain.pitched or not self.tones)


def names() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(FORMATS)


def format_of(path: Path, to: str | None = None) -> Format:
    """The format of that name, or, without a name, the one that the path's suffix tells.

    Raises:
        ConfigError: there is none.
    """
    if to is not None:
        if to not in FORMATS:
            raise ConfigError("there is no format {to!r}; {hint}", to=to, hint=did_you_mean(to, FORMATS))
        found = FORMATS[to]
        suffix = path.suffix.lower()
        if suffix and suffix not in found.suffixes and any(suffix in other.suffixes for other in FORMATS.values()):
            raise ConfigError(
                "{path} is not a name for {to}; expected one that ends in {suffixes}.",
                path=path.name,
                to=to,
                suffixes=" or ".join(found.suffixes),
            )
        return found
    for known in FORMATS.values():
        if path.suffix.lower() in known.suffixes:
            return known
    suffixes = ", ".join(suffix for known in FORMATS.values() for suffix in known.suffixes)
    raise ConfigError(
        "cannot tell the format of {path!r}; give a name that ends in one of {suffixes}, or name the format.",
        path=path.name,
        suffixes=suffixes,
    )


# -- music ------------------------------------------------------------------------------------------------------------------


def _midi(request: Request) -> list[str]:
    request.domain.write(request.one, request.path, request.note)
    return request.joined()


def _sound(kind: str) -> Callable[[Request], list[str]]:
    def write(request: Request) -> list[str]:
        from genstudio.rendering import audio

        rate = request.options.get("rate") or 44100
        sound = audio.render(request.one, rate=rate, soundfont=request.options.get("soundfont"))
        audio.write(sound, request.path, kind, rate, title=request.one.title, note=request.note)
        return request.joined()

    return write


def _musicxml(request: Request) -> list[str]:
    from genstudio.rendering import musicxml

    moved = musicxml.write(request.one, request.path, note=request.note)
    return [*request.joined(), *_moved(moved)]


def _moved(hits: int) -> list[str]:
    """What is said of drums that notation cannot tell exactly."""
    if not hits:
        return []
    said = "1 hit is" if hits == 1 else f"{hits} hits are"
    return [f"{said} written on the nearest sixteenth or triplet: notation does not tell how early or late."]


def _abc(request: Request) -> list[str]:
    from genstudio.rendering import tunebook

    text, moved = tunebook.document(request.pieces, notes=request.notes)
    write_text(request.path, text)
    if not moved:
        return []
    return [f"{moved} {'bar' if moved == 1 else 'bars'} had times that ABC cannot tell, and went to the nearest it can."]


def _pictures(request: Request, *, paper: bool = False) -> tuple[list[str], list[str]]:
    """SVG pages, and remarks."""
    from genstudio.rendering import roll, score
    from genstudio.rendering.notation import engrave

    if request.options.get("picture") == "roll":
        drawn = roll.draw(
            request.pieces,
            title=request.options.get("title"),
            captions=request.options.get("captions") or (),
            theme=request.options.get("theme") or "light",
            note=request.note,
        )
        return [drawn], []
    if request.options.get("theme"):
        raise ConfigError("a score has no theme; themes are for the picture of a roll.")
    music = request.one
    if request.options.get("title"):
        music = replace(music, title=request.options["title"])
    moved = 0 if music.pitched else engrave(music).moved
    return score.pages(music, paper=paper, note=request.note), [*request.joined(), *_moved(moved)]


def _svg(request: Request) -> list[str]:
    pages, remarks = _pictures(request)
    write_text(request.path, pages[0])
    return remarks + _rest(pages)


def _png(request: Request) -> list[str]:
    from genstudio.rendering import pictures
    from genstudio.rendering.traces import KEYWORD

    pages, remarks = _pictures(request)
    text = (KEYWORD, request.note) if request.note else None
    write_bytes(request.path, pictures.png(pages[0], scale=request.options.get("scale") or 2.5, text=text))
    return remarks + _rest(pages)


def _rest(pages: Sequence[str]) -> list[str]:
    return ["the score is longer than one picture: its first page was drawn; PDF has all of them."] if len(pages) > 1 else []


def _pdf(request: Request) -> list[str]:
    from genstudio.rendering import pictures
    from genstudio.rendering.score import A4

    pages, remarks = _pictures(request, paper=True)
    paper = None if request.options.get("picture") == "roll" else A4
    title = request.options.get("title") or request.one.title
    write_bytes(request.path, pictures.pdf(pages, title=title, paper=paper, note=request.note))
    return remarks


# -- text -------------------------------------------------------------------------------------------------------------------


def _txt(request: Request) -> list[str]:
    from genstudio.rendering import tables

    tables.write_txt(request.pieces, request.path)
    return []


def _csv(request: Request) -> list[str]:
    from genstudio.rendering import tables

    tables.write_csv(request.pieces, request.path, request.traces)
    return []


_SOUND = frozenset({"rate", "instrument", "tempo", "soundfont"})
_PICTURE = frozenset({"picture", "theme", "title", "captions", "tempo"})

FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        Format("midi", "MIDI", (".mid", ".midi"), "music", frozenset({"instrument", "tempo"}), _midi),
        Format("wav", "WAV sound", (".wav",), "music", _SOUND, _sound("wav")),
        Format("flac", "FLAC sound", (".flac",), "music", _SOUND, _sound("flac")),
        Format("ogg", "Ogg Vorbis sound", (".ogg",), "music", _SOUND, _sound("ogg")),
        Format("musicxml", "MusicXML", (".musicxml", ".mxl"), "music", frozenset({"instrument", "tempo"}), _musicxml),
        Format("abc", "ABC", (".abc",), "music", frozenset({"tempo"}), _abc, tones=True),
        Format("svg", "picture (SVG)", (".svg",), "music", _PICTURE, _svg),
        Format("png", "picture (PNG)", (".png",), "music", _PICTURE | {"scale"}, _png),
        Format("pdf", "score (PDF)", (".pdf",), "music", _PICTURE, _pdf),
        Format("txt", "plain text", (".txt",), "text", frozenset(), _txt),
        Format("csv", "table (CSV)", (".csv",), "text", frozenset(), _csv),
    )
}
