"""How files are read: what there is to choose in them, what was found in them, and reading them as asked. Plain functions for the
engine's threads."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from genstudio.domains import get_domain, known_options, read_file, readers
from genstudio.domains.base import Preview, Track
from genstudio.errors import FileError, InputError
from genstudio.gui.items import Item
from genstudio.gui.speech import spoken
from genstudio.progress import Stop

__all__ = ["TABLES", "Found", "Heard", "files_in", "hear", "listen", "look", "read", "table_among"]

TABLES = (".csv", ".tsv", ".jsonl")
"""Suffixes of files with columns."""
_MOST_FILES = 24  # that are listened to, to say what is in a folder
_LONGEST = 4_000_000  # bytes of one of them


@dataclass(frozen=True)
class Found:
    """What reading a file gave. remarks: in the language of the window. tracks: where it has several."""

    items: list[Item]
    remarks: list[str] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)


@dataclass(frozen=True)
class Heard:
    """What was found in some files of music: how many there are of each metre and of each key, most first. files: how many were
    looked at."""

    files: int
    metres: list[tuple[str, int]]
    keys: list[tuple[str, int]]


def read(path: str, domain: str, options: Mapping[str, Any] | None = None) -> Found:
    """The pieces of a file, read as asked.

    Raises:
        InputError: it cannot be read, or holds nothing of this domain.
    """
    known, file, asked = get_domain(domain), Path(path), dict(options or {})
    if file.suffix.lower() not in known.suffixes:
        suffixes = ", ".join(known.suffixes)
        raise InputError("{file} cannot be an end of this kind; give one of: {suffixes}.", file=file.name, suffixes=suffixes)
    found = read_file(known, file, **asked)
    if not found.pieces:
        if found.refused:
            raise InputError("{file} gave nothing: {reason}.", file=file.name, reason=found.refused[0].reason)
        raise InputError("{file} gave nothing: it is empty.", file=file.name)
    tracks = known.tracks(file)
    part = _part(tracks, asked.get("track")) if len(tracks) > 1 and "track" in known_options(known) else ""
    items = [
        Item(piece, domain, piece.title or file.stem, source=str(file), read=asked, part=part) for piece in found.pieces
    ]
    return Found(items, [str(spoken(remark)) for remark in found.remarks], tracks)


def _part(tracks: Sequence[Track], asked: object) -> str:
    """The name of the track that was taken, or its number."""
    taken = next((one for one in tracks if one.number == asked or (asked is None and one.chosen)), None)
    return "" if taken is None else taken.name or str(taken.number)


def look(path: str, domain: str) -> tuple[list[Track], Item | None]:
    """The tracks of a file of music, and its piece as it is read without being asked (None where it cannot be).

    Raises:
        FileError: it cannot be read.
    """
    tracks = get_domain(domain).tracks(Path(path))
    try:
        item = read(path, domain).items[0]
        return tracks or _parts(item), item
    except InputError:
        if not tracks:
            raise
        return tracks, None


def _parts(item: Item) -> list[Track]:
    """The parts of a score as tracks, where its file states none."""
    if not item.music:
        return []
    players = zip(item.piece.parts, item.piece.instruments, strict=False)
    return [
        Track(number, part.name, len(part.notes or part.chords), not player.pitched, player.program, True)
        for number, (part, player) in enumerate(players, 1)
    ]


def hear(path: str, domain: str, options: Mapping[str, Any]) -> Item:
    """One track, to be heard as it will be taken.

    Raises:
        InputError: it cannot be read.
    """
    return read(path, domain, options).items[0]


def table_among(sources: Sequence[str], domain: str, stop: Stop) -> tuple[str, Preview] | None:
    """The first file of which a column is to be chosen for a domain, of these files and folders, and how it begins; None where
    there is none.

    Raises:
        FileError: it cannot be read.
    """
    for file in files_in(sources, stop):
        if file.suffix.lower() in TABLES and (table := get_domain(domain).preview(file)) is not None:
            return str(file), table
    return None


def listen(sources: Sequence[str], domain: str, stop: Stop) -> Heard:
    """What metres and keys are in the first files of music among these files and folders."""
    known = get_domain(domain)
    metres, keys, count = Counter[str](), Counter[str](), 0
    fitting = (file for file in files_in(sources, stop) if known in readers(file.suffix.lower()))
    for file in itertools.islice(fitting, _MOST_FILES):
        stop.check()
        try:
            if file.stat().st_size > _LONGEST:
                continue
            pieces = read_file(known, file).pieces[:50]
        except (FileError, OSError):
            continue
        count += 1
        for piece in pieces:
            metres[f"{piece.metres[0].numerator}/{piece.metres[0].denominator}"] += 1
            if key := getattr(piece, "key", None):
                keys[str(key)] += 1
    return Heard(count, metres.most_common(4), keys.most_common(4))


def files_in(sources: Sequence[str], stop: Stop) -> Iterator[Path]:
    """The files among these, and those in the folders among these; without what is hidden."""
    for source in map(Path, sources):
        walk: Iterable[tuple[str, list[str], list[str]]] = os.walk(source)
        for folder, folders, files in [(str(source.parent), [], [source.name])] if source.is_file() else walk:
            stop.check()
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (Path(folder, name) for name in files if not name.startswith("."))
