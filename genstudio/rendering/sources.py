"""From what a person names to pieces: files, typed text, pieces."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from genstudio.domains import get_domain
from genstudio.domains.base import Piece
from genstudio.domains.melody import DOMAIN as MELODY
from genstudio.errors import ConfigError, FileError, GenStudioError
from genstudio.provenance import Provenance
from genstudio.rendering.traces import provenance_of

__all__ = ["pieces_of"]


def pieces_of(
    sources: Sequence[Any], *, number: int = 1, read: Mapping[str, Any] | None = None
) -> tuple[list[Any], list[Provenance | None], list[str]]:
    """The pieces of the sources, how each was made (where its file says so), and remarks.

    Args:
        sources: paths, pieces, or text as it is typed. Of a melody file one piece is taken, of a text file all.
        number: which melody of a file with many (a tunebook), from 1.
        read: how files are to be read.

    Raises:
        FileError: a file cannot be read or holds nothing.
        ConfigError: there is no such melody in it.
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
        piece = MELODY.from_object(source)
        if piece is None:
            raise FileError(f"cannot export a {type(source).__name__}; give a path, a piece or text.")
        return [piece], [None], []
    text = os.fspath(source)
    path = Path(text)
    melody, words = get_domain("melody"), get_domain("text")
    try:
        exists = path.is_file()
    except (OSError, ValueError):  # too long for a path, or with a zero byte: then it is no path
        exists = False
    suffix = path.suffix.lower()
    if not exists:
        typed = words.parse(text)
        if typed is None or suffix in (*melody.suffixes, *words.suffixes) or (os.sep in text and " " not in text):
            raise FileError(f"there is no file {text!r}; give a melody ({', '.join(melody.suffixes)}) or a text.")
        return [typed], [None], []
    domain = words if suffix in words.suffixes else melody
    options = {name: value for name, value in read.items() if name in (("column",) if domain is words else ("track",))}
    result = domain.read(path, **options)
    if not result.pieces:
        raise FileError(f"{text} gave nothing: {result.refused[0].reason if result.refused else 'it is empty'}.")
    remarks = list(result.remarks)
    trace = None
    try:
        trace = provenance_of(path)
    except GenStudioError as error:
        remarks.append(f"{text}: {error}")
    if domain is words:
        return list(result.pieces), [trace, *([None] * (len(result.pieces) - 1))], remarks
    if number > len(result.pieces):
        raise ConfigError(f"there is no melody {number} in {text}; expected 1 to {len(result.pieces)}.")
    if len(result.pieces) > 1:
        title = result.pieces[number - 1].title or "untitled"
        chosen = "the first was used; --number picks another" if number == 1 else f"number {number} was used"
        remarks = [f"{text} holds {len(result.pieces)} melodies: {chosen} ({title})."]
        # The trace is that of the first.
        trace = trace if number == 1 else None
    return [result.pieces[number - 1]], [trace], remarks
