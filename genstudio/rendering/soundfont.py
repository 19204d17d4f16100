"""SoundFonts: where one is, and whether a file is one that a synthesizer can be trusted with.

Source: SoundFont Technical Specification 2.04, Creative Technology 2006; the ``.sf3`` kind holds its samples as Ogg Vorbis.
"""

from __future__ import annotations

import importlib.util
import mmap
import os
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genstudio.errors import DamagedFileError, FileError

__all__ = ["check", "find"]

MAX_BYTES = 4_000_000_000
_BUNDLED = "TimGM6mb.sf2"
# Records of the "pdta" list: bytes each.
_RECORDS = {b"phdr": 38, b"pbag": 4, b"pmod": 10, b"pgen": 4, b"inst": 22, b"ibag": 4, b"imod": 10, b"igen": 4, b"shdr": 46}
_COMPRESSED = 0x10


def find(path: str | os.PathLike[str] | None = None) -> Path:
    """The SoundFont ``path``, checked; without one, the General MIDI SoundFont that comes with pretty_midi.

    Raises:
        FileError: there is none, or it is not one.
    """
    if path is not None:
        check(Path(path))
        return Path(path)
    # Found without importing it, which takes a second.
    spec = importlib.util.find_spec("pretty_midi")
    for folder in (spec.submodule_search_locations or []) if spec is not None else []:
        found = Path(folder) / _BUNDLED
        if found.is_file():
            return found
    raise FileError(
        f"there is no SoundFont: {_BUNDLED}, which comes with pretty_midi, is missing; name one with --soundfont, or install it "
        "again: pip install --force-reinstall pretty_midi"
    )


def check(path: Path) -> None:
    """Look through the structure of a SoundFont: a synthesizer follows its numbers without looking.

    Raises:
        FileError: it cannot be read.
        DamagedFileError: it is no SoundFont, or its numbers lead out of it.
    """
    try:
        if not path.is_file():
            raise FileError(f"there is no SoundFont {str(path)!r}; give a .sf2 or .sf3 file.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileError(f"{path} is larger than {MAX_BYTES // 10**9} GB, which no SoundFont is.")
        if size < 12:
            raise DamagedFileError(f"{path} is not a SoundFont: it has only {size} bytes.")
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            _check(path, data)
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read the SoundFont {path}: {getattr(error, 'strerror', None) or error}.") from error


def _check(path: Path, data: mmap.mmap) -> None:
    if data[:4] != b"RIFF" or data[8:12] != b"sfbk":
        raise DamagedFileError(f"{path} is not a SoundFont: it does not begin as one (RIFF … sfbk); give a .sf2 or .sf3 file.")
    damaged = DamagedFileError(f"{path} is damaged: its parts do not fit together as a SoundFont's do; get it again.")
    lists: dict[bytes, dict[bytes, tuple[int, int]]] = {}
    for name, start, end in _chunks(data, 12, 8 + struct.unpack_from("<I", data, 4)[0], damaged):
        if name == b"LIST" and end - start >= 4:
            lists[data[start : start + 4]] = {inner: (a, b) for inner, a, b in _chunks(data, start + 4, end, damaged)}
    parts = lists.get(b"pdta", {})
    if b"sdta" not in lists or any(name not in parts for name in _RECORDS):
        raise damaged
    count = {}
    for name, record in _RECORDS.items():
        start, end = parts[name]
        count[name], rest = divmod(end - start, record)
        if rest or count[name] < 1:
            raise damaged
    if count[b"phdr"] < 2 or count[b"inst"] < 2 or count[b"shdr"] < 2:
        raise DamagedFileError(f"{path} is a SoundFont without instruments; give another.")

    def column(name: bytes, at: int, kind: str) -> NDArray[np.int64]:
        start, end = parts[name]
        rows = np.frombuffer(data[start:end], np.uint8).reshape(-1, _RECORDS[name])
        width = np.dtype(kind).itemsize
        return np.ascontiguousarray(rows[:, at : at + width]).view(kind)[:, 0].astype(np.int64)

    for name, at, target in ((b"phdr", 24, b"pbag"), (b"pbag", 0, b"pgen"), (b"inst", 20, b"ibag"), (b"ibag", 0, b"igen")):
        places = column(name, at, "<u2")
        if places.max() > count[target] or np.any(np.diff(places) < 0):
            raise damaged
    for name, operator, target in ((b"pgen", 41, b"inst"), (b"igen", 53, b"shdr")):
        kinds, amounts = column(name, 0, "<u2"), column(name, 2, "<u2")
        if np.any(amounts[kinds == operator] >= count[target]):
            raise damaged
    low, high = lists[b"sdta"].get(b"smpl", (0, 0))
    begins, ends, kinds = column(b"shdr", 20, "<u4")[:-1], column(b"shdr", 24, "<u4")[:-1], column(b"shdr", 44, "<u2")[:-1]
    room = np.where(kinds & _COMPRESSED, high - low, (high - low) // 2)
    in_rom = kinds & 0x8000 > 0
    if np.any(((ends > room) | (begins > ends)) & ~in_rom):
        raise damaged


def _chunks(data: mmap.mmap, at: int, end: int, damaged: DamagedFileError) -> list[tuple[bytes, int, int]]:
    if end > len(data):
        raise damaged
    found = []
    while at + 8 <= end:
        length = struct.unpack_from("<I", data, at + 4)[0]
        if at + 8 + length > end:
            raise damaged
        found.append((data[at : at + 4], at + 8, at + 8 + length))
        if len(found) > 1000:
            raise damaged
        at += 8 + length + length % 2
    return found
