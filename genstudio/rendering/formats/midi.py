"""MIDI files."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

from genstudio.provenance import LONGEST
from genstudio.rendering.formats.base import Choice, Format, PlayedOptions, Request, Trace

__all__ = ["MIDI"]

_TRIES = 8  # places that look like the beginning of a provenance


def _write(request: Request[PlayedOptions]) -> list[str]:
    request.domain.write(request.one, request.path, request.note)
    return request.joined()


def _read(file: BinaryIO) -> Iterator[str]:
    """The text events that begin like a provenance: FF 01, the length in groups of seven bits, the text."""
    data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        return
    for match in itertools.islice(re.finditer(rb"\xff\x01([\x80-\xff]{0,3}[\x00-\x7f])genstudio \{", data), _TRIES):
        length = 0
        for byte in match[1]:
            length = length << 7 | byte & 0x7F
        start = match.end(1)
        yield data[start : start + length].decode("latin-1")


MIDI = Format(
    name="midi",
    label="MIDI",
    suffixes=(".mid", ".midi"),
    kind="music",
    options=PlayedOptions,
    write=_write,
    choices=(Choice("midi", "music", "MIDI", "Notes, tempo and instrument, for every music program.", ("instrument", "tempo")),),
    traces=(Trace(_read, b"MThd"),),
)
