"""Find and read SoundFonts.

Source: SoundFont Technical Specification 2.04, Creative Technology 2006; ``.sf3`` files have their samples as Ogg Vorbis.

Conventions: generators have their numbers of the specification (section 8.1.2); ranges are (low, high), both included.
"""

from __future__ import annotations

import importlib.util
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genstudio.errors import DamagedFileError, FileError
from genstudio.packages import install_command

__all__ = ["Sample", "SoundFont", "Zone", "find", "read"]

MAX_BYTES = 4_000_000_000
_BUNDLED = "TimGM6mb.sf2"
# Bytes of each record in the lists of "pdta".
_RECORDS = {b"phdr": 38, b"pbag": 4, b"pmod": 10, b"pgen": 4, b"inst": 22, b"ibag": 4, b"imod": 10, b"igen": 4, b"shdr": 46}
_COMPRESSED, _ROM = 0x10, 0x8000


def find(path: str | os.PathLike[str] | None = None) -> Path:
    """``path``, or without one that of the General MIDI SoundFont that comes with pretty_midi.

    Raises:
        FileError: there is no SoundFont.
    """
    if path is not None:
        return Path(path)
    # Without importing pretty_midi, which takes a second.
    spec = importlib.util.find_spec("pretty_midi")
    for folder in (spec.submodule_search_locations or []) if spec is not None else []:
        found = Path(folder) / _BUNDLED
        if found.is_file():
            return found
    raise FileError(
        "there is no SoundFont: {name}, which comes with pretty_midi, is missing",
        remedy="install-soundfont",
        name=_BUNDLED,
        command=install_command("pretty_midi"),
    )


DRUMS = 128
"""The bank of drum kits."""
INSTRUMENT, KEY_RANGE, VELOCITY_RANGE, SAMPLE = 41, 43, 44, 53
_MOST_ZONES = 64  # of one note


@dataclass(frozen=True)
class Sample:
    """A recording: ``data`` float32, -1 .. 1; the loop is [loop_start, loop_end)."""

    data: NDArray[np.float32]
    rate: int
    root: int
    correction: int  # cents
    loop_start: int
    loop_end: int


@dataclass(frozen=True)
class Zone:
    """A sound of a note: a sample and its generators (the values of the instrument plus those of the preset)."""

    sample: Sample
    generators: dict[int, int]


@dataclass(frozen=True, eq=False)
class Level:
    """The presets or the instruments of a SoundFont ("rows"), with their zones and the generators of each zone.

    bags: the first zone of each row. starts: the first generator of each zone. pairs: [generators, 2], operator and amount
    (signed). target: the operator that names the instrument or sample of a zone; a first zone without it is global.
    """

    bags: NDArray[np.int64]
    starts: NDArray[np.int64]
    pairs: NDArray[np.int64]
    target: int

    def matching(self, row: int, key: int, velocity: int) -> Iterator[dict[int, int]]:
        """The generators of each zone of a row that matches the note, with those of its global zone as defaults."""
        common: dict[int, int] = {}
        for bag in range(int(self.bags[row]), int(self.bags[row + 1])):
            own = {int(operator): int(amount) for operator, amount in self.pairs[self.starts[bag] : self.starts[bag + 1]]}
            if self.target not in own:
                if bag == int(self.bags[row]):
                    common = own
                continue
            own = {**common, **own}
            if all(
                (own.get(kind, 0x7F00) & 0xFF) <= value <= (own.get(kind, 0x7F00) >> 8 & 0xFF)
                for kind, value in ((KEY_RANGE, key), (VELOCITY_RANGE, velocity))
            ):
                yield own


@dataclass(eq=False)
class SoundFont:
    """A SoundFont whose structure has been checked. programs: the row of the preset by (bank, program)."""

    path: Path
    programs: dict[tuple[int, int], int]
    presets: Level
    instruments: Level
    headers: NDArray[np.int64]  # [samples, 8]: start, end, loop start, loop end, rate, root, correction, kind
    pool: NDArray[np.uint8]
    _samples: dict[int, Sample] = field(default_factory=dict)

    def zones(self, program: int, key: int, velocity: int, *, drums: bool = False) -> list[Zone]:
        """The zones for a note of a program (bank 0) or of a drum kit; the standard kit replaces a missing one."""
        row = self.programs.get((DRUMS, program), self.programs.get((DRUMS, 0))) if drums else self.programs.get((0, program))
        if row is None:
            return []
        found: list[Zone] = []
        for preset in self.presets.matching(row, key, velocity):
            for own in self.instruments.matching(preset[INSTRUMENT], key, velocity):
                sample = self._sample(own[SAMPLE])
                if sample is None or len(found) >= _MOST_ZONES:
                    continue
                merged = dict(own)
                for operator, amount in preset.items():
                    # Addresses, modes, keys, root and ranges are only valid in instruments.
                    if operator not in _INSTRUMENT_ONLY:
                        merged[operator] = merged.get(operator, DEFAULTS.get(operator, 0)) + amount
                found.append(Zone(sample, merged))
        return found

    def _sample(self, number: int) -> Sample | None:
        """A sample, decoded once; None for one in the ROM of a sound card."""
        number &= 0xFFFF
        if number in self._samples:
            return self._samples[number]
        start, end, loop_start, loop_end, rate, root, correction, kind = (int(value) for value in self.headers[number])
        if kind & _ROM:
            return None
        if kind & _COMPRESSED:
            data = _decoded(self.path, self.pool[start:end].tobytes())
            loop_start, loop_end = min(loop_start, len(data)), min(loop_end, len(data))
        else:
            data = self.pool[2 * start : 2 * end].view("<i2").astype(np.float32) / np.float32(32768)
            loop_start, loop_end = loop_start - start, loop_end - start
        made = Sample(data, max(400, min(192000, rate)), root if root <= 127 else 60, correction, loop_start, loop_end)
        self._samples[number] = made
        return made


_INSTRUMENT_ONLY = {0, 1, 2, 3, 4, 12, 45, 46, 47, 50, 53, 54, 57, 58, 41, 43, 44}
DEFAULTS = {8: 13500, 21: -12000, 23: -12000, 25: -12000, 26: -12000, 27: -12000, 28: -12000, 30: -12000, 33: -12000, 34: -12000,
             35: -12000, 36: -12000, 38: -12000, 46: -1, 47: -1, 56: 100, 58: -1}  # fmt: skip
"""Default values of generators (of others: 0)."""


def _decoded(path: Path, data: bytes) -> NDArray[np.float32]:
    try:
        import soundfile

        sound, _ = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    except (ImportError, OSError, RuntimeError) as error:
        raise FileError(
            "cannot read the compressed samples of {path} ({reason}); give a .sf2 file.",
            path=path, reason=error,
        ) from error
    return np.ascontiguousarray(sound[:, 0], np.float32)


def read(path: Path | str) -> SoundFont:
    """Read a SoundFont and check that all indices and positions in it are valid.

    Raises:
        FileError: it cannot be read.
        DamagedFileError: it is not a SoundFont, or its indices are not valid.
    """
    path = Path(path)
    try:
        if not path.is_file():
            raise FileError("there is no SoundFont {path!r}; give a .sf2 or .sf3 file.", path=path)
        about = path.stat()
        if about.st_size > MAX_BYTES:
            raise FileError("{path} is larger than {max_bytes} GB, which no SoundFont is.", path=path, max_bytes=MAX_BYTES // 10**9)
        if about.st_size < 12:
            raise DamagedFileError("{path} is not a SoundFont: it has only {st_size} bytes.", path=path, st_size=about.st_size)
        return _cached(path, about.st_mtime_ns, about.st_size)
    except (OSError, ValueError) as error:
        raise FileError(
            "cannot read the SoundFont {path}: {getattr}.", path=path, getattr=getattr(error, "strerror", None) or error
        ) from error


@lru_cache(maxsize=2)
def _cached(path: Path, changed: int, size: int) -> SoundFont:
    data = np.memmap(path, np.uint8, "r")
    if bytes(data[:4]) != b"RIFF" or bytes(data[8:12]) != b"sfbk":
        raise DamagedFileError(
            "{path} is not a SoundFont: it does not begin as one (RIFF … sfbk); give a .sf2 or .sf3 file.", path=path
        )
    damaged = DamagedFileError("{path} is damaged: its parts do not fit together as a SoundFont's do; get it again.", path=path)
    lists: dict[bytes, dict[bytes, tuple[int, int]]] = {}
    for name, start, end in _chunks(data, 12, 8 + int.from_bytes(bytes(data[4:8]), "little"), damaged):
        if name == b"LIST" and end - start >= 4:
            lists[bytes(data[start : start + 4])] = {inner: (a, b) for inner, a, b in _chunks(data, start + 4, end, damaged)}
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
        raise DamagedFileError("{path} is a SoundFont without instruments; give another.", path=path)

    def column(name: bytes, at: int, kind: str) -> NDArray[np.int64]:
        start, end = parts[name]
        rows = data[start:end].reshape(-1, _RECORDS[name])
        width = np.dtype(kind).itemsize
        return np.ascontiguousarray(rows[:, at : at + width]).view(kind)[:, 0].astype(np.int64)

    def level(names: Sequence[bytes], at: int, operator: int, target: bytes) -> Level:
        heads, bags, generators = names
        kinds, amounts = column(generators, 0, "<u2"), column(generators, 2, "<u2")
        pairs = np.stack((kinds, column(generators, 2, "<i2")), axis=1)
        found = Level(column(heads, at, "<u2"), column(bags, 0, "<u2"), pairs, operator)
        for places, limit in ((found.bags, count[bags] - 1), (found.starts, count[generators])):
            if places.max() > limit or np.any(np.diff(places) < 0):
                raise damaged
        if np.any(amounts[kinds == operator] >= count[target] - 1):
            raise damaged
        return found

    presets = level((b"phdr", b"pbag", b"pgen"), 24, INSTRUMENT, b"inst")
    instruments = level((b"inst", b"ibag", b"igen"), 20, SAMPLE, b"shdr")
    low, high = lists[b"sdta"].get(b"smpl", (0, 0))
    headers = np.stack(
        [column(b"shdr", at, kind) for at, kind in ((20, "<u4"), (24, "<u4"), (28, "<u4"), (32, "<u4"), (36, "<u4"), (40, "u1"),
                                                    (41, "i1"), (44, "<u2"))], axis=1,
    )[:-1]  # fmt: skip
    room = np.where(headers[:, 7] & _COMPRESSED, high - low, (high - low) // 2)
    if np.any(((headers[:, 1] > room) | (headers[:, 0] > headers[:, 1])) & (headers[:, 7] & _ROM == 0)):
        raise damaged
    places = zip(column(b"phdr", 22, "<u2").tolist(), column(b"phdr", 20, "<u2").tolist(), strict=True)
    programs: dict[tuple[int, int], int] = {}
    for row, place in enumerate(list(places)[:-1]):
        programs.setdefault(place, row)
    return SoundFont(path, programs, presets, instruments, headers, np.asarray(data[low:high]))


def _chunks(data: NDArray[np.uint8], at: int, end: int, damaged: DamagedFileError) -> list[tuple[bytes, int, int]]:
    if end > len(data):
        raise damaged
    found: list[tuple[bytes, int, int]] = []
    while at + 8 <= end:
        length = int.from_bytes(bytes(data[at + 4 : at + 8]), "little")
        if at + 8 + length > end or len(found) > 1000:
            raise damaged
        found.append((bytes(data[at : at + 4]), at + 8, at + 8 + length))
        at += 8 + length + length % 2
    return found
