"""Notation as text: MusicXML and ABC."""

from __future__ import annotations

import html
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from genstudio.files import write_text
from genstudio.provenance import LONGEST
from genstudio.rendering.formats.base import Choice, Format, MusicOptions, PlayedOptions, Request, Trace, read_text

__all__ = ["ABC", "MUSICXML", "between", "moved_hits"]

_DIRECTORY = 1_000_000  # bytes of the list of files in an archive


def moved_hits(hits: int) -> list[str]:
    """The remark on hits of drums whose times cannot be written exactly."""
    if not hits:
        return []
    subject = "1 hit is" if hits == 1 else f"{hits} hits are"
    return [f"{subject} written on the nearest sixteenth or triplet: notation cannot express small shifts in time."]


def between(text: str, opening: str, closing: str) -> Iterator[str]:
    """Yield the content of the first XML element with these tags."""
    start = text.find(opening)
    end = text.find(closing, start)
    if 0 <= start < end:
        yield html.unescape(text[start + len(opening) : end])


def _write_musicxml(request: Request[PlayedOptions]) -> list[str]:
    from genstudio.rendering import musicxml

    moved = musicxml.write(request.one, request.path, note=request.note)
    return [*request.joined(), *moved_hits(moved)]


def _write_abc(request: Request[MusicOptions]) -> list[str]:
    from genstudio.rendering import tunebook

    text, moved = tunebook.document(request.pieces, notes=request.notes)
    write_text(request.path, text)
    if not moved:
        return []
    return [f"{moved} {'bar' if moved == 1 else 'bars'} had times that ABC cannot express: the nearest possible ones were written."]


def _field(text: str) -> Iterator[str]:
    from genstudio.rendering.musicxml import FIELD

    return between(text, f'<miscellaneous-field name="{FIELD}">', "</miscellaneous-field>")


def _compressed(file: BinaryIO) -> Iterator[str]:
    # zipfile reads the list of files as a whole, so its length, which is stated at the end of the archive, is checked before.
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or struct.unpack_from("<I", tail, end + 12)[0] > _DIRECTORY:
        return
    left = LONGEST
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist()[:100]:
            if member.filename.endswith((".musicxml", ".xml")) and not member.filename.startswith("META-INF"):
                with archive.open(member) as inner:
                    data = inner.read(left)
                left -= len(data)
                yield from _field(data.decode("utf-8", "replace"))


def _comment(file: BinaryIO) -> Iterator[str]:
    from genstudio.rendering.tunebook import note_of

    yield note_of(read_text(file))


MUSICXML = Format(
    name="musicxml",
    label="MusicXML",
    suffixes=(".musicxml", ".mxl"),
    kind="music",
    options=PlayedOptions,
    write=_write_musicxml,
    choices=(Choice("musicxml", "music", "MusicXML", "For notation programs such as MuseScore.", ("instrument", "tempo")),),
    traces=(Trace(_compressed, b"PK\x03\x04"), Trace(lambda file: _field(read_text(file)))),
)
ABC = Format(
    name="abc",
    label="ABC",
    suffixes=(".abc",),
    kind="music",
    options=MusicOptions,
    write=_write_abc,
    choices=(
        Choice("abc", "music", "ABC", "A tunebook in letters, as folk musicians share them.", ("tempo",), joined=True),
    ),
    pitched=True,
    traces=(Trace(_comment),),
)
