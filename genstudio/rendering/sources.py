"""From what a person names to pieces: files, typed text, pieces."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from genstudio.domains import Domain, Piece, ReadResult, get_domain, names, readers
from genstudio.errors import ConfigError, FileError, GenStudioError
from genstudio.provenance import Provenance
from genstudio.rendering.traces import provenance_of

__all__ = ["pieces_of"]


def pieces_of(
    sources: Sequence[Any], *, number: int = 1, read: Mapping[str, Any] | None = None
) -> tuple[list[Any], list[Provenance | None], list[str]]:
    """The pieces of the sources, how each was made (where its file says so), and remarks.

    Args:
        sources: paths, pieces, or text as it is typed. Of a file of music one piece is taken, of a text file all.
        number: which piece of a file of music with many (a tunebook), from 1.
        read: how files are to be read.

    Raises:
        FileError: a file cannot be read or holds nothing.
        ConfigError: there is no such piece in it.
    """
    pieces: list[Any] = []
    traces: list[Provenance | None] = []
    remarks: list[str] = []
    for source in sources:
        found, made, more = _one(source, number, dict(read or {}))
        pieces += found
        traces += made
        remarks += more
    return pieces, traces, remarks


def _one(source: Any, number: int, read: dict[str, Any]) -> tuple[list[Any], list[Provenance | None], list[str]]:
    if isinstance(source, Piece):
        return [source], [None], []
    if not isinstance(source, (str, os.PathLike)):
        piece = _object(source)
        if piece is None:
            raise FileError(f"cannot export a {type(source).__name__}; give a path, a piece or text.")
        return [piece], [None], []
    text = os.fspath(source)
    path = Path(text)
    try:
        exists = path.is_file()
    except (OSError, ValueError):  # too long for a path, or with a zero byte: then it is no path
        exists = False
    suffix = path.suffix.lower()
    if not exists:
        typed = _typed(text)
        if typed is None or readers(suffix) or (os.sep in text and " " not in text):
            raise FileError(f"there is no file {text!r}; give a file of music ({', '.join(_suffixes())}) or a text.")
        return [typed], [None], []
    domain, result = _read(path, read)
    if not result.pieces:
        raise FileError(f"{text} gave nothing: {result.refused[0].reason if result.refused else 'it is empty'}.")
    remarks = list(result.remarks)
    trace = None
    try:
        trace = provenance_of(path)
    except GenStudioError as error:
        remarks.append(f"{text}: {error}")
    if domain.kind == "text":
        return list(result.pieces), [trace, *([None] * (len(result.pieces) - 1))], remarks
    if number > len(result.pieces):
        raise ConfigError(f"there is no piece {number} in {text}; expected 1 to {len(result.pieces)}.")
    if len(result.pieces) > 1:
        title = result.pieces[number - 1].title or "untitled"
        chosen = "the first was used; --number picks another" if number == 1 else f"number {number} was used"
        remarks = [f"{text} holds {len(result.pieces)} {domain.label.lower()}: {chosen} ({title})."]
        # The trace is that of the first.
        trace = trace if number == 1 else None
    return [result.pieces[number - 1]], [trace], remarks


def _read(path: Path, read: Mapping[str, Any]) -> tuple[Domain, ReadResult]:
    """What the file holds, read by the first domain that finds something in it."""
    found = readers(path.suffix) or [get_domain(name) for name in names() if get_domain(name).kind == "music"]
    refusal: FileError | None = None
    for domain in found:
        wanted = ("column", "separator") if domain.kind == "text" else ("track",)
        try:
            result = domain.read(path, **{name: value for name, value in read.items() if name in wanted})
        except FileError as error:
            # What the first reader says is told: it knows most of such files.
            refusal = refusal or error
            continue
        if result.pieces or domain is found[-1]:
            return domain, result
    assert refusal is not None
    raise refusal


def _object(source: Any) -> Any | None:
    """A piece from an object of a library, by the first domain that finds something in it; None where none knows its class."""
    refusal: FileError | None = None
    for domain in sorted(map(get_domain, names()), key=lambda one: -len(one.suffixes)):
        made = getattr(domain, "from_object", None)
        try:
            piece = made(source) if made is not None else None
        except FileError as error:
            refusal = refusal or error
            continue
        if piece is not None:
            return piece
    if refusal is not None:
        raise refusal
    return None


def _typed(text: str) -> Any | None:
    """A piece from what a person typed, by the first domain that has a typed form."""
    return next((piece for name in names() if (piece := get_domain(name).parse(text)) is not None), None)


def _suffixes() -> list[str]:
    """What files of music end in."""
    music = [get_domain(name) for name in names() if get_domain(name).kind == "music"]
    return list(dict.fromkeys(suffix for domain in sorted(music, key=lambda one: -len(one.suffixes)) for suffix in domain.suffixes))
