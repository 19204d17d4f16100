"""What an exported file says of how it was made, read from the file.

Files may come from anyone: what is read is bounded, and what does not fit together holds no trace.
"""

from __future__ import annotations

import csv
import html
import io
import itertools
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from genstudio.errors import FileError
from genstudio.provenance import LONGEST, Provenance
from genstudio.rendering import musicxml, tunebook

__all__ = ["COLUMN", "KEYWORD", "provenance_of"]

KEYWORD = "genstudio"
"""Keyword of the PNG text."""
COLUMN = "provenance"
"""Column of a table."""
_MOST = LONGEST  # bytes of a file that is read as a whole
_HEAD = 8_000_000  # bytes of a table: the first piece is on its first lines
_LONGEST = 4_000_000  # bytes of a comment
_TOGETHER = 24_000_000  # bytes of all comments of a file
_CHUNKS = 100_000
_TRIES = 8  # places that look as if a trace began there
_DIRECTORY = 1_000_000  # bytes of the list of files in an archive
_UNREADABLE = (
    struct.error, IndexError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, csv.Error, ValueError,
)  # fmt: skip


def provenance_of(path: Path | str) -> Provenance | None:
    """How the (first) piece in a file was made, or None where the file does not say.

    Raises:
        FileError: the file cannot be read.
        DamagedFileError: it says so, and what it says is damaged.
    """
    path = Path(path)
    try:
        if not path.is_file():
            message = "{path} is not an ordinary file." if path.exists() else "there is no file {path!r}."
            raise FileError(message, path=str(path))
        with open(path, "rb") as file:
            head = file.read(12)
            file.seek(0)
            for text in _reader(head, path.suffix.lower())(file):
                found = Provenance.from_text(text)
                if found is not None:
                    return found
    except OSError as error:
        raise FileError("cannot read {path}: {reason}.", path=path, reason=error.strerror or error) from error
    except _UNREADABLE:
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
    """The text events that begin as a trace does: FF 01, the length in groups of seven bits, the text."""
    data = _whole(file)
    for match in itertools.islice(re.finditer(rb"\xff\x01([\x80-\xff]{0,3}[\x00-\x7f])genstudio \{", data), _TRIES):
        length = 0
        for byte in match[1]:
            length = length << 7 | byte & 0x7F
        start = match.end(1)
        yield data[start : start + length].decode("latin-1")


def _wav(file: BinaryIO) -> Iterator[str]:
    """The comments (ICMT) of LIST INFO chunks."""
    at, left = 12, _TOGETHER
    for _ in range(_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return
        name, length = struct.unpack("<4sI", head)
        if name == b"LIST" and 4 <= length <= min(_LONGEST, left):
            left -= length
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
    left = _TOGETHER
    for _ in range(1000):
        head = file.read(4)
        if len(head) < 4:
            return
        length = int.from_bytes(head[1:], "big")
        if head[0] & 0x7F == 4 and length <= min(_LONGEST, left):
            left -= length
            yield from _comments(file.read(length))
        else:
            file.seek(length, 1)
        if head[0] & 0x80:
            return


def _ogg(file: BinaryIO) -> Iterator[str]:
    """The comments in the second packet of an Ogg Vorbis stream (RFC 3533, section 6)."""
    packets, packet = 0, bytearray()
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
                        yield from _comments(bytes(packet[7:]))
                    return
                packet.clear()


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
            if keyword == KEYWORD.encode():
                yield text.decode("latin-1")
            file.seek(4, 1)
        else:
            file.seek(length + 4, 1)


def _pdf(file: BinaryIO) -> Iterator[str]:
    """The keywords, a literal string (ISO 32000-1, 7.3.4.2): brackets in it are in pairs, or escaped."""
    data = _whole(file)
    at = 0
    for _ in range(_TRIES):
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


def _mxl(file: BinaryIO) -> Iterator[str]:
    # The list of files is read as a whole, whatever there are: how long it says it is stands at the end of the archive.
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or struct.unpack_from("<I", tail, end + 12)[0] > _DIRECTORY:
        return
    left = _MOST
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist()[:100]:
            if member.filename.endswith((".musicxml", ".xml")) and not member.filename.startswith("META-INF"):
                with archive.open(member) as inner:
                    data = inner.read(left)
                left -= len(data)
                yield from _marked(data.decode("utf-8", "replace"))


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
    text = file.read(_HEAD).decode("utf-8-sig", "replace")
    before = csv.field_size_limit(_LONGEST)
    try:
        rows = csv.reader(io.StringIO(text, newline=""))
        names = next(rows, [])
        if COLUMN not in names:
            return
        place = names.index(COLUMN)
        for row in rows:
            if place < len(row) and row[place]:
                yield row[place]
    finally:
        csv.field_size_limit(before)
