"""Get pieces from the sources of an export: files, typed text, pieces, objects of other libraries."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from genstudio.domains import Domain, Piece, ReadResult, check_options, get_domain, known_options, names, read_file, readers
from genstudio.errors import ConfigError, FileError, GenStudioError, Message
from genstudio.provenance import Provenance
from genstudio.rendering.traces import provenance_of

__all__ = ["pieces_of"]


def pieces_of(
    sources: Sequence[Any], *, number: int = 1, read: Mapping[str, Any] | None = None
) -> tuple[list[Any], list[Provenance | None], list[str]]:
    """The pieces of the sources, the provenance of each (where its file has it), and remarks.

    Args:
        sources: paths, pieces, or typed text. From a file of music one piece is taken, from a text file all.
        number: the number, from 1, of the piece in a file of music with several (a tunebook).
        read: options for reading files; each reader takes those that it has.

    Raises:
        FileError: a file cannot be read or has no pieces.
        ConfigError: there is no such piece in it, or no reader of the sources has an option.
    """
    paths = [source for source in sources if isinstance(source, (str, os.PathLike))]
    domains = [domain for path in paths for domain in readers(Path(path).suffix)]
    known = {option for domain in domains for option in known_options(domain)}
    if domains:
        check_options(domains[0], set(read or {}) - known)  # an option that no reader has would be ignored
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
            raise FileError("cannot export a {name}; give a path, a piece or text.", name=type(source).__name__)
        return [piece], [None], []
    text = os.fspath(source)
    path = Path(text)
    try:
        exists = path.is_file()
    except (OSError, ValueError):  # too long for a path, or with a zero byte
        exists = False
    suffix = path.suffix.lower()
    if not exists and text.strip() and path.is_dir():
        raise FileError("{path} is a folder, and a file was expected; give one of the files in it.", path=text)
    if not exists:
        typed = _typed(text)
        if typed is None or readers(suffix) or (os.sep in text and " " not in text):
            raise FileError(
                "there is no file {text!r}; give a file of music ({suffixes}) or a text.",
                text=text,
                suffixes=", ".join(_suffixes()),
            )
        return [typed], [None], []
    domain, result = _read(path, read)
    if not result.pieces:
        raise FileError(
            "{text} gave nothing: {reason}.", text=text, reason=result.refused[0].reason if result.refused else "it is empty"
        )
    remarks = list(result.remarks)
    trace = None
    try:
        trace = provenance_of(path)
    except GenStudioError as error:
        remarks.append(Message("{text}: {reason}", text=text, reason=error))
    if domain.is_text:
        return list(result.pieces), [trace, *([None] * (len(result.pieces) - 1))], remarks
    if number > len(result.pieces):
        raise ConfigError(
            "there is no piece {number} in {text}; expected 1 to {count}.", number=number, text=text, count=len(result.pieces)
        )
    if len(result.pieces) > 1:
        title = result.pieces[number - 1].title or "untitled"
        many: dict[str, Any] = {"path": text, "count": len(result.pieces), "title": title}
        if number == 1:
            remarks = [Message("{path} holds {count} pieces: the first was used ({title}).", remedy="choose-piece", **many)]
        else:
            remarks = [Message("{path} holds {count} pieces: number {number} was used ({title}).", number=number, **many)]
        # The provenance is that of the first piece.
        trace = trace if number == 1 else None
    return [result.pieces[number - 1]], [trace], remarks


def _read(path: Path, read: Mapping[str, Any]) -> tuple[Domain, ReadResult]:
    """Read a file with the first domain that finds pieces in it, or one that claims them (see :meth:`Domain.claims`) and knows all
    options."""
    found = readers(path.suffix)
    if not found:
        known = ", ".join(dict.fromkeys(suffix for name in names() for suffix in get_domain(name).suffixes))
        raise FileError("{path} is of a kind that cannot be read; expected one of {known}.", path=path, known=known)
    found = [one for one in found if read.keys() <= set(known_options(one))] or found
    for domain in found if len(found) > 1 else ():
        with suppress(FileError):
            result = read_file(domain, path, **read)
            if any(map(domain.claims, result.pieces)):
                return domain, result
    refusal: FileError | None = None
    for domain in found:
        taken = {name: read[name] for name in known_options(domain) if name in read}
        try:
            result = read_file(domain, path, **taken)
        except FileError as error:
            # The error of the first reader is reported: it reads most kinds of files.
            refusal = refusal or error
            continue
        if result.pieces or domain is found[-1]:
            return domain, result
    assert refusal is not None
    raise refusal


def _object(source: Any) -> Any | None:
    """A piece from an object of a library, by the first domain that finds one in it; None where no domain knows its class."""
    refusal: FileError | None = None
    for domain in sorted(map(get_domain, names()), key=lambda one: -len(one.suffixes)):
        try:
            piece = domain.from_object(source)
        except FileError as error:
            refusal = refusal or error
            continue
        if piece is not None:
            return piece
    if refusal is not None:
        raise refusal
    return None


def _typed(text: str) -> Any | None:
    """A piece from text that a person typed, by the first domain whose pieces can be typed."""
    return next((piece for name in names() if (piece := get_domain(name).parse(text)) is not None), None)


def _suffixes() -> list[str]:
    """The suffixes of files of music."""
    music = [get_domain(name) for name in names() if get_domain(name).plays]
    return list(dict.fromkeys(suffix for domain in sorted(music, key=lambda one: -len(one.suffixes)) for suffix in domain.suffixes))
