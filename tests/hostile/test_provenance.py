"""Files of every format that says how it was made, with a trace that was written to hurt."""

from __future__ import annotations

import base64
import functools
import io
import json
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genstudio.domains import get_domain
from genstudio.paths import resource
from genstudio.provenance import Job, Provenance
from genstudio.rendering import export, musicxml, provenance_of

COUNT = int(os.environ.get("GENSTUDIO_HOSTILE", "0"))  # see conftest.py
Bounded = Callable[[Callable[[], Any]], None]


def job() -> Job:
    codes = np.random.default_rng(0).standard_normal((2, 8)).astype(np.float32)
    return Job("vary", "m", "d" * 64, 3, {"amount": 0.3}, ("a song",), codes, {"temperature": 0.0}, ({}, {}))


def marked(about: Any) -> str:
    return "genstudio " + (about if isinstance(about, str) else json.dumps(about))


VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 10**300, 1e308, "", "x" * 300_000, [], {}, [[]] * 1000, {"a": 1}, [None], ["x"] * 20_000,
    {str(number): number for number in range(5_000)}, "AAA=", "\ud800",
)  # fmt: skip


@functools.cache
def texts(seed: int) -> list[str]:
    """Traces: wrong types, huge, nested, truncated, repeated."""
    good = Provenance.of(job(), 0).to_text()
    about = json.loads(good.partition(" ")[2])
    draw = random.Random(seed)
    found = [
        marked("[" * 100_000), marked('{"a":' * 50_000), marked('{"settings":' + "[" * 900 + "]" * 900 + "}"),
        marked({**about, "settings": json.loads("[" * 500 + "]" * 500)}), marked('{"seed":' + "9" * 200_000 + "}"),
        marked('{"seed":NaN}'), marked('{"seed":Infinity}'), marked('{"seed":1e999}'), good[:-1], good[: len(good) // 2], good * 50,
        marked({**about, "code": "A" * 3_000_001}), marked({**about, "code": base64.b64encode(b"\xff" * 400).decode()}),
        marked("{" + ",".join(f'"{number}":[]' for number in range(50_000)) + "}"), "genstudio {", "genstudio {}",
        marked('{"a":"' + "\\ud800" * 100_000 + '"}'), "genstudio " * 30_000, marked('{"a":' + "[]," * 100_000 + "}"),
    ]  # fmt: skip
    for name in about:
        found += [marked({**about, name: draw.choice(VALUES)}), marked({key: about[key] for key in about if key != name})]
    for _ in range(10):
        damaged = list(good)
        for _ in range(draw.randrange(1, 20)):
            damaged[draw.randrange(10, len(damaged))] = chr(draw.randrange(32, 127))
        found.append("".join(damaged))
    return found


def _midi(text: bytes) -> bytes:
    def number(value: int) -> bytes:
        out = [value & 0x7F]
        while value := value >> 7:
            out.insert(0, 0x80 | value & 0x7F)
        return bytes(out)

    track = b"\0\xff\x01" + number(len(text)) + text + b"\0\xff\x2f\0"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk" + struct.pack(">I", len(track)) + track


def _wav(text: bytes) -> bytes:
    info = b"INFOICMT" + struct.pack("<I", len(text)) + text + b"\0" * (len(text) % 2)
    chunks = b"WAVELIST" + struct.pack("<I", len(info)) + info
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def _vorbis(text: bytes) -> bytes:
    value = b"COMMENT=" + text
    return struct.pack("<I", 0) + struct.pack("<I", 1) + struct.pack("<I", len(value)) + value


def _flac(text: bytes) -> bytes:
    block = _vorbis(text)
    return b"fLaC" + bytes([0x84]) + len(block).to_bytes(3, "big") + block if len(block) < 1 << 24 else b"fLaC"


def _ogg(text: bytes) -> bytes:
    packet = b"\x03vorbis" + _vorbis(text)
    sizes = [255] * (len(packet) // 255) + [len(packet) % 255]
    pages = [(b"\x01vorbis", [7])]
    for start in range(0, len(sizes), 255):
        pages.append((packet[start * 255 : (start + 255) * 255], sizes[start : start + 255]))
    return b"".join(b"OggS" + b"\0" * 22 + bytes([len(lengths)]) + bytes(lengths) + data for data, lengths in pages)


def _png(text: bytes, kind: bytes = b"tEXt") -> bytes:
    body = kind + b"genstudio\0" + text
    head = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (head, body, b"IEND")
    )


def _pdf(text: bytes) -> bytes:
    safe = text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"%PDF-1.4\n1 0 obj << /Keywords (" + safe + b") >> endobj"


def _xml(text: bytes) -> bytes:
    safe = text.replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    opening = f'<score-partwise><miscellaneous-field name="{musicxml.FIELD}">'
    return opening.encode() + safe + b"</miscellaneous-field></score-partwise>"


def _mxl(text: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("score.xml", _xml(text))
    return out.getvalue()


def _csv(text: bytes) -> bytes:
    return b'text,provenance\nwords,"' + text.replace(b'"', b'""') + b'"\n'


def _abc(text: bytes) -> bytes:
    return b"X:1\n" + b"".join(b"%%genstudio:|%b|\n" % text[at : at + 90] for at in range(0, len(text), 90)) + b"K:C\nC\n"


MADE: dict[str, Callable[[bytes], bytes]] = {
    "mid": _midi, "wav": _wav, "flac": _flac, "ogg": _ogg, "png": _png, "pdf": _pdf, "musicxml": _xml, "mxl": _mxl, "csv": _csv,
    "svg": lambda text: b"<svg><metadata>" + text.replace(b"&", b"&amp;") + b"</metadata></svg>",
    "abc": _abc,
    "txt": lambda text: text,
}  # fmt: skip


def _archive(members: int, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(members):
            archive.writestr(f"{number}.xml", b" " * size)
    return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "backslashes.pdf": lambda: b"%PDF /Keywords (" + b"\\" * 2_000_000,
    "brackets.pdf": lambda: b"%PDF /Keywords (" + b"(" * 2_000_000,
    "pairs.pdf": lambda: b"%PDF /Keywords (" + b"(a" * 30 + b"x" * 3_000_000,
    "many.pdf": lambda: b"%PDF " + b"/Keywords (a" * 100_000,
    "deep.pdf": lambda: b"%PDF /Keywords (" + b"(" * 500_000 + b")" * 500_000,
    "ztext.png": lambda: _png(b"\0" + zlib.compress(bytes(50_000_000), 9), b"zTXt"),
    "itext.png": lambda: _png(b"\1\0\0\0" + zlib.compress(bytes(50_000_000), 9), b"iTXt"),
    "chunks.png": lambda: b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0tEXt\0\0\0\0" * 300_000,
    "long.png": lambda: b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xfftEXt" + bytes(1000),
    "events.mid": lambda: b"MThd" + bytes(6) + b"MTrk\xff\xff\xff\xff" + b"\0\xff\x01\x00" * 2_000_000,
    "marks.mid": lambda: b"MThd" + b"\xff\x01\x10genstudio {" * 500_000,
    "tracks.mid": lambda: b"MThd\0\0\0\6" + bytes(6) + b"MTrk\0\0\0\0" * 1_000_000,
    "lists.wav": lambda: b"RIFF\0\0\0\0WAVE" + b"LIST\4\0\0\0INFO" * 200_000,
    "info.wav": lambda: b"RIFF\0\0\0\0WAVELIST" + struct.pack("<I", 3_900_004) + b"INFO" + b"ICMT\0\0\0\0" * 480_000,
    "comments.flac": lambda: b"fLaC\x84\x3d\x09\x00" + struct.pack("<II", 0, 2**32 - 1) + bytes(4_000_000),
    "blocks.flac": lambda: b"fLaC" + b"\4\0\0\0" * 1_000_000,
    "packet.ogg": lambda: (b"OggS" + bytes(22) + b"\xff" + b"\xff" * 255 + bytes(255 * 255)) * 80,
    "zeros.ogg": lambda: (b"OggS" + bytes(22) + b"\xff" + bytes(255)) * 20_000,
    "entities.svg": lambda: b"<svg><metadata>" + b"&amp" * 1_000_000 + b"</metadata></svg>",
    "digits.svg": lambda: b"<svg><metadata>&#" + b"9" * 2_000_000 + b";</metadata></svg>",
    "open.svg": lambda: b"<metadata>" * 1_000_000,
    "notes.abc": lambda: b"%genstudio:|" + b"|" * 3_000_000 + b"x",
    "tunes.abc": lambda: b"X:\n" * 3_000_000,
    "columns.csv": lambda: b"a," * 4_000_000 + b"provenance\n1",
    "quotes.csv": lambda: b'provenance\n"' + b"a\n" * 3_000_000,
    "rows.csv": lambda: b"provenance\n" + b"\n" * 2_000_000,
    "bomb.mxl": lambda: _archive(20, 20_000_000),
    "members.mxl": lambda: _archive(10_000, 1),
    "spaces.txt": lambda: b" " * 20_000_000,
    "wide.txt": lambda: ("𝄞" * 5_000_000).encode(),
    "zero.mid": lambda: b"",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(name: str, bounded: Bounded, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    bounded(lambda: provenance_of(path))


@pytest.mark.parametrize("suffix", MADE)
def test_traces_that_hurt(suffix: str, bounded: Bounded, tmp_path: Path) -> None:
    seeds = range(max(1, COUNT // 40))
    for number, text in enumerate(text for seed in seeds for text in texts(seed)):
        path = tmp_path / f"{number}.{suffix}"
        path.write_bytes(MADE[suffix](text.encode("utf-8", "replace")))
        bounded(lambda path=path: provenance_of(path))
        path.unlink()


@pytest.mark.parametrize("suffix", MADE)
def test_a_trace_that_is_right_is_found(suffix: str, tmp_path: Path) -> None:
    """The files of these tests are what they claim to be: the reader reaches the trace in each."""
    path = tmp_path / f"right.{suffix}"
    text = Provenance.of(job(), 1).to_text()
    path.write_bytes(MADE[suffix](text.encode("ascii")))
    found = provenance_of(path)
    if suffix == "txt":
        assert found is None  # words are no trace, whatever they say
    else:
        assert found is not None
        assert found.to_text() == text


@pytest.mark.parametrize("suffix", ["mid", "wav", "musicxml", "mxl", "abc", "svg"])
def test_our_own_files_that_were_damaged(suffix: str, bounded: Bounded, tmp_path: Path) -> None:
    piece = get_domain("melody").read(resource("songs/ode-to-joy.mid")).pieces[0]
    path = tmp_path / f"own.{suffix}"
    export([piece], path, provenance=[Provenance.of(job(), 0)])
    data = path.read_bytes()
    assert provenance_of(path) is not None
    draw = random.Random(suffix)
    for _ in range(max(8, COUNT // 6)):
        changed = bytearray(data[: draw.randrange(1, len(data))] if draw.random() < 0.3 else data)
        for _ in range(draw.randrange(1, 30)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        path.write_bytes(changed)
        bounded(lambda: provenance_of(path))
