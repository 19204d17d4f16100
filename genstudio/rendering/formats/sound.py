"""Files of sound: WAV, FLAC and Ogg Vorbis."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from genstudio.config import field
from genstudio.rendering.formats.base import Choice, Format, PlayedOptions, Request, Trace

__all__ = ["FLAC", "OGG", "WAV"]

_LONGEST = 4_000_000  # bytes of a comment
_TOGETHER = 24_000_000  # bytes of all comments of a file
_CHUNKS = 100_000


@dataclass(frozen=True)
class Options(PlayedOptions):
    """Options of sound."""

    rate: int = field(44100, "Sample rate", "Samples a second of sound.", low=8000, high=96000)
    soundfont: str = field("", "SoundFont", "An own SoundFont, .sf2 or .sf3.", unit="F")


def _sound(kind: str) -> Callable[[Request[Options]], list[str]]:
    def write(request: Request[Options]) -> list[str]:
        from genstudio.rendering import audio

        music, options = request.one, request.options
        sound = audio.render(music, rate=options.rate, soundfont=options.soundfont or None)
        audio.write(sound, request.path, kind, options.rate, title=music.title, note=request.note)
        return request.joined()

    return write


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


def _format(name: str, label: str, help: str, trace: Trace, entry: str = "") -> Format[Options]:
    choice = Choice(name, "sound", entry or name.upper(), help, ("instrument", "tempo", "rate"))
    return Format(name, label, (f".{name}",), "music", Options, _sound(name), (choice,), traces=(trace,))


WAV = _format("wav", "WAV sound", "Sound without loss, for every program.", Trace(_wav, b"RIFF"))
FLAC = _format("flac", "FLAC sound", "Sound without loss, in half the space.", Trace(_flac, b"fLaC"))
OGG = _format("ogg", "Ogg Vorbis sound", "Sound in little space, to send to somebody.", Trace(_ogg, b"OggS"), "Ogg Vorbis")
