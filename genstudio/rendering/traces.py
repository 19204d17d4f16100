"""What an exported file says of how it was made, read from the file.

Files may come from anyone: what is read is bounded, and what does not fit together holds no trace.
"""

from __future__ import annotations

import csv
import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from genstudio.errors import DamagedFileError, FileError
from genstudio.provenance import Provenance
from genstudio.rendering import musicxml, tunebook

__all__ = ["COLUMN", "KEYWORD", "provenance_of"]

KEYWORD = "genstudio"
"""Keyword of the PNG text."""
COLUMN = "provenance"
"""Column of a table."""
_MOST = 24_000_000  # bytes of a text file
_LONGEST = 4_000_000  # bytes of a comment
_CHUNKS = 100_000


def provenance_of(path: Path | str) -> Provenance | None:
    """How the (first) piece in a file was made, or None where the file does not say.

    Raises:
        FileError: the file cannot be read.
        DamagedFileError: it says so, and what it says is damaged.
    """
    path = Path(path)
    try:
        if not path.is_file():
            raise FileError(f"there is no file {str(path)!r}." if not path.exists() else f"{path} is not an ordinary file.")
        with open(path, "rb") as file:
            head = file.read(12)
            file.seek(0)
            for text in _reader(head, path.suffix.lower())(file):
                found = Provenance.from_text(text)
                if found is not None:
                    return found
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}.") from error
    except (RecursionError, OverflowError) as error:  # numbers and depths that JSON allows and no trace has
        raise DamagedFileError(f"what {path} says of how it was made is damaged.") from error
    except (struct.error, IndexError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, csv.Error):
        return None  # what does not fit together
    return None


def _reader(head: bytes, suffix: str) -> Callable[[BinaryIO], Iterator[str]]:
    for mark, reader in (
        (b"MThd", _midi), (b"fLaC", _flac), (b"OggS", _ogg), (b"\x89PNG\r\n\x1a\n", _png), (b"%PDF", _pdf), (b"PK\x03\x04", _mxl),
    ):  # fmt: skip
        if head.startswith(mark):
            return reader
    if head[:4] == b"RIFF":
        return _wav
    return _table if suffix in (".csv", ".tsv") else _text


def _whole(file: BinaryIO) -> bytes:
    data = file.read(_MOST + 1)
    return data if len(data) <= _MOST else b""


def _midi(file: BinaryIO) -> Iterator[str]:
    """The text events of all tracks."""
    data = _whole(file)
    at = 8 + struct.unpack_from(">I", data, 4)[0]
    while at + 8 <= len(data):
        name, length = data[at : at + 4], struct.unpack_from(">I", data, at + 4)[0]
        if name == b"MTrk":
            yield from _texts(data[at + 8 : at + 8 + length])
        at += 8 + length


def _texts(track: bytes) -> Iterator[str]:
    at = status = 0

    def number() -> int:
        nonlocal at
        value = 0
        for _ in range(4):
            byte = track[at]
            at += 1
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                break
        return value

    while at < len(track):
        number()  # the time since the event before
        if track[at] >= 0x80:
            status = track[at]
            at += 1
        elif status < 0x80:
            return
        if status == 0xFF:
            kind = track[at]
            at += 1
            length = number()
            if kind == 0x01:
                yield track[at : at + length].decode("latin-1")
            at += length
        elif status in (0xF0, 0xF7):
            at += number()
        else:
            at += 1 if 0xC0 <= status < 0xE0 else 2


def _wav(file: BinaryIO) -> Iterator[str]:
    """The comments (ICMT) of LIST INFO chunks."""
    at = 12
    for _ in range(_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return
        name, length = struct.unpack("<4sI", head)
        if name == b"LIST" and 4 <= length <= _LONGEST:
            body = file.read(length)
            inner = 4
            while body[:4] == b"INFO" and inner + 8 <= len(body):
                kind, size = struct.unpack_from("<4sI", body, inner)
                if kind == b"ICMT":
                    yield body[inner + 8 : inner + 8 + size].rstrip(b"\0").decode("utf-8", "replace")
                inner += 8 + size + size % 2
        at += 8 + length + length % 2


def _comments(block: bytes) -> Iterator[str]:
    """The values of Vorbis comments (https://xiph.org/vorbis/doc/v-comment.html)."""
    at = 4 + struct.unpack_from("<I", block, 0)[0]
    count = struct.unpack_from("<I", block, at)[0]
    at += 4
    for _ in range(min(count, _CHUNKS)):
        length = struct.unpack_from("<I", block, at)[0]
        yield block[at + 4 : at + 4 + length].decode("utf-8", "replace").partition("=")[2]
        at += 4 + length


def _flac(file: BinaryIO) -> Iterator[str]:
    file.seek(4)
    for _ in range(1000):
        head = file.read(4)
        if len(head) < 4:
            return
        length = int.from_bytes(head[1:], "big")
        if head[0] & 0x7F == 4 and length <= _LONGEST:
            yield from _comments(file.read(length))
        else:
            file.seek(length, 1)
        if head[0] & 0x80:
            return


def _ogg(file: BinaryIO) -> Iterator[str]:
    """The comments in the second packet of an Ogg Vorbis stream (RFC 3533, section 6)."""
    packets, packet = 0, b""
    while len(packet) <= _LONGEST:
        head = file.read(27)
        if len(head) < 27 or head[:4] != b"OggS":
            return
        for length in file.read(head[26]):
            packet += file.read(length)
            if length < 255:
                packets += 1
                if packets == 2:
                    if packet[:7] == b"\x03vorbis":
                        yield from _comments(packet[7:])
                    return
                packet = b""


def _png(file: BinaryIO) -> Iterator[str]:
    file.seek(8)
    for _ in range(_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        length, name = struct.unpack(">I4s", head)
        if name == b"tEXt" and length <= _LONGEST:
            keyword, _, text = file.read(length).partition(b"\0")
            if keyword == KEYWORD.encode():
                yield text.decode("latin-1")
            file.seek(4, 1)
        else:
            file.seek(length + 4, 1)


def _pdf(file: BinaryIO) -> Iterator[str]:
    """The keywords, a literal string (ISO 32000-1, 7.3.4.2)."""
    match = re.search(rb"/Keywords \(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)", _whole(file), re.DOTALL)
    if match:
        yield re.sub(rb"\\([()\\])", rb"\1", match[1]).decode("latin-1")


def _mxl(file: BinaryIO) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist()[:100]:
            if member.filename.endswith((".musicxml", ".xml")) and not member.filename.startswith("META-INF"):
                with archive.open(member) as inner:
                    yield from _marked(inner.read(_MOST).decode("utf-8", "replace"))


def _text(file: BinaryIO) -> Iterator[str]:
    text = _whole(file).decode("utf-8", "replace").replace("\r\n", "\n")
    yield from _marked(text)
    yield tunebook.note_of(text)


def _marked(text: str) -> Iterator[str]:
    """What stands in the elements of MusicXML and of SVG that hold a trace."""
    for opening, closing in (
        (f'<miscellaneous-field name="{musicxml.FIELD}">', "</miscellaneous-field>"),
        ("<metadata>", "</metadata>"),
    ):
        start = text.find(opening)
        end = text.find(closing, start)
        if 0 <= start < end:
            yield html.unescape(text[start + len(opening) : end])


def _table(file: BinaryIO) -> Iterator[str]:
    text = _whole(file).decode("utf-8-sig", "replace")
    before = csv.field_size_limit(_LONGEST)
    try:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            value = row.get(COLUMN)
            if value:
                yield value
    finally:
        csv.field_size_limit(before)
