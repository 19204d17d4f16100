"""Read text files as passages: lines, sentences or cells of tables."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple, cast

from genstudio.domains.base import Preview, ReadResult
from genstudio.domains.encoding import REPLACED, Decoded, decode
from genstudio.domains.text.columns import json_entries, json_preview, lines_in, table_entries, table_preview
from genstudio.domains.text.passages import EnoughError, Passages, Refused
from genstudio.domains.text.piece import UNWANTED, Labels, clean, title_of
from genstudio.errors import ConfigError, DamagedFileError, FileError, Message, did_you_mean

__all__ = ["MOST", "ReadOptions", "preview", "read", "sentences"]

MOST = 1_000_000
"""The largest number of passages that are read of a file, unless they are long."""

_BEGINNING = 262_144  # bytes that a preview reads
_LARGEST = 512 * 1024 * 1024  # bytes of a file
_SHORTEST = 20  # characters: beyond MOST, passages are read while their mean length is at least this
_LONG_LINE = 300  # characters; lines with a longer median are paragraphs
_CLOSING = "\"'”’»）)\\]】」』"
_SENTENCE_END = re.compile(
    f"(?<=[.!?…])[{_CLOSING}]*(?P<gap>\\s+)(?=[\"'“‘«(\\[¿¡]*[^\\W_a-z])|(?<=[。！？])[{_CLOSING}]*(?P<cjk>\\s*)(?=[^{_CLOSING}。！？…])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"'‘])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|e\.g|i\.e|cf|No|Fig|Vol|Capt|Col|Gen|Lt|Rev|Hon|Mt|approx)\.$"
)
_SIGNATURES = (
    (b"MThd", "a MIDI file"),
    (b"RIFF", "a RIFF file (sound or MIDI)"),
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)


class ReadOptions(NamedTuple):
    """The options of :meth:`genstudio.domains.text.TextDomain.read`."""

    column: str | int | None
    unit: str
    label: tuple[str, ...]
    separator: str | None
    encoding: str


def read(path: Path, options: ReadOptions) -> ReadResult:
    """Read the passages of a file.

    Raises:
        ConfigError: the unit or the separator is not valid.
        FileError: the file cannot be read, is not text, or lacks the column.
    """
    column, unit, wanted, separator, _ = options
    if unit not in ("auto", "line", "sentence"):
        raise ConfigError("there is no unit {unit!r}; {hint}", unit=unit, hint=did_you_mean(unit, ['auto', 'line', 'sentence']))
    if separator is not None and (len(separator) != 1 or separator in '"\n\r\0'):
        message = "the separator is {separator!r}; expected one character, such as a comma or a tab."
        raise ConfigError(message, separator=separator)
    found = _decoded(_load(path), path, options.encoding)
    result = ReadResult(remarks=found.remarks)
    whole = found.whole or not found.damaged
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    del found
    suffix = path.suffix.lower()
    refused = Refused(path, result, max(MOST, len(text) // _SHORTEST))
    entries: Iterator[tuple[int, str, Labels]]
    if suffix == ".jsonl":
        entries = json_entries(text, column, wanted, path, refused, result)
    elif suffix in (".csv", ".tsv"):
        entries = table_entries(text, column, wanted, path, separator, refused)
    else:
        if wanted:
            result.remarks.append(Message("plain text has no columns, so its passages have no labels"))
        entries = ((number, line, ()) for number, line in _line_entries(text, unit, result, refused))
    empty = 0
    tidy = clean if suffix == ".jsonl" or UNWANTED.search(text) else str
    passages = Passages(path)
    try:
        for number, entry, labels in entries:
            entry = tidy(entry)
            if not entry or entry.isspace():
                refused.taken(number)
                empty += 1
            elif not whole and REPLACED in entry:
                refused.add(number, "it has bytes that are not of the file's encoding, and may be garbled")
            elif unit == "sentence" and suffix != ".txt":
                for sentence in sentences(entry):
                    refused.taken(number)
                    passages.append(number, sentence, labels)
            else:
                refused.taken(number)
                passages.append(number, entry, labels)
    except EnoughError:
        pass
    refused.close()
    if empty:
        result.remarks.append(
            Message("{empty} empty line skipped" if empty == 1 else "{empty} empty lines skipped", empty=empty)
        )
    if not passages:
        if result.refused:
            raise DamagedFileError(
                "{path}: no line of it can be used; the first: {reason}.", path=path, reason=result.refused[0].reason
            )
        raise FileError("{path}: there is no text in it.", path=path)
    result.pieces = cast("list[Any]", passages)
    return result


def preview(path: Path, rows: int, separator: str | None, encoding: str) -> Preview:
    """The columns and first rows of a table, of which only the beginning is read; see :class:`genstudio.domains.base.Preview`.

    Raises:
        FileError: the file cannot be read or is not text.
    """
    data = _load(path, _BEGINNING)
    if len(data) == _BEGINNING and (end := data.rfind(b"\n")) > 0 and path.stat().st_size > _BEGINNING:
        data = data[: end + 1]
    found = _decoded(data, path, encoding)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        return json_preview(text, rows, found.encoding)
    if suffix not in (".csv", ".tsv"):
        lines = [line for line in text[:_BEGINNING].split("\n") if line.strip()][:rows]
        return Preview(("0",), tuple((title_of(line, 1000),) for line in lines), "0", encoding=found.encoding)
    return table_preview(text, rows, path, separator, found.encoding)


def _decoded(data: bytes, path: Path, encoding: str) -> Decoded:
    """Decode a file with the given encoding, or with a detected one where it is ""."""
    if not encoding:
        return decode(data, path)
    try:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    except LookupError as error:
        raise ConfigError("there is no encoding {encoding!r}; expected one such as utf-8.", encoding=encoding) from error
    damaged = [number for number, line in enumerate(text.split("\n"), 1) if REPLACED in line]
    return Decoded(text, encoding, tuple(damaged))


def _load(path: Path, most: int = -1) -> bytes:
    """The bytes of an ordinary file, or the first ``most`` of them."""
    try:
        if path.is_dir():
            raise FileError("{path} is a folder; expected a text file.", path=path)
        if path.exists() and not path.is_file():
            raise FileError("{path} is not an ordinary file; expected a text file.", path=path)
        if most < 0 and path.stat().st_size > _LARGEST:
            raise FileError("{path} is larger than {size} MB; split it into smaller files.", path=path, size=_LARGEST >> 20)
        with open(path, "rb") as file:
            data = file.read(most)
    except (OSError, ValueError) as error:
        raise FileError("cannot read {path}: {reason}.", path=path, reason=getattr(error, "strerror", None) or error) from error
    if not data:
        raise DamagedFileError("{path}: the file is empty.", path=path)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise DamagedFileError("{path}: it is {what}, not text.", path=path, what=what)
    return data


def _line_entries(text: str, unit: str, result: ReadResult, refused: Refused) -> Iterator[tuple[int, str]]:
    beginning = list(islice(lines_in(text), 20_000))
    wrapped = unit != "line" and _hard_wrapped(beginning)
    filled = [len(line) for line in beginning if line.strip()]
    if unit == "auto" and (wrapped or (filled and statistics.median(filled) > _LONG_LINE)):
        unit = "sentence"
        result.remarks.append(
            Message("hard-wrapped prose: split into sentences" if wrapped else "long paragraphs: split into sentences")
        )
    del beginning
    if unit != "sentence":
        yield from enumerate(lines_in(text), start=1)
        return
    for number, paragraph in _paragraphs(lines_in(text)) if wrapped else enumerate(lines_in(text), start=1):
        if not paragraph or paragraph.isspace():
            refused.taken(number)
        yield from ((number, sentence) for sentence in sentences(paragraph))


def _paragraphs(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Paragraphs, which empty lines separate, each as one line, with the number of its first line."""
    start, held = 0, list[str]()
    for number, line in enumerate(chain(lines, [""]), start=1):
        if line.strip():
            start = start if held else number
            held.append(line.strip())
        elif held:
            yield start, " ".join(held)
            held = []


def _hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether a program has wrapped the lines at a width: nearly no line has room for the first word of the next."""
    lines = [line.rstrip() for line in lines[:5000]]
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(pairs) < 5:
        return False
    width = sorted(len(a) for a, _ in pairs)[int(0.95 * (len(pairs) - 1))]
    if not 40 <= width <= 120 or sum(" " in a.strip() for a, _ in pairs) < 0.9 * len(pairs):
        return False
    full = sum(len(a) + 1 + len(b.split(maxsplit=1)[0]) > width - 2 for a, b in pairs)
    open_ended = sum(a[-1] not in ".!?。！？" for a, _ in pairs)
    return full >= 0.8 * len(pairs) and open_ended >= 0.5 * len(pairs)


def sentences(text: str) -> Iterator[str]:
    """Split a paragraph into sentences; abbreviations and initials do not end one."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        group = "gap" if found["gap"] is not None else "cjk"
        end, following = found.start(group), found.end(group)
        at = found.start()
        if group == "gap" and text[at - 1] == "." and _ABBREVIATION.search(text[max(start, at - 12) : at]):
            continue
        sentence = text[start:end].strip()
        start = following
        if sentence:
            yield sentence
    sentence = text[start:].strip()
    if sentence:
        yield sentence
