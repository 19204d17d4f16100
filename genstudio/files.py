"""Read files within limits, write them whole or not at all, and lock files.

A folder may come from anywhere. So its files are read with :func:`read_bytes`, :func:`read_lines`, :func:`read_json` and
:func:`map_array`: they limit the size, never unpickle, and check JSON against the types that the caller declares, so that other
code never sees a value of another type.
"""

from __future__ import annotations

import json
import math
import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, overload

from genstudio.errors import DamagedFileError, FileError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "check_json",
    "decode_json",
    "holding",
    "lines_of",
    "map_array",
    "opened",
    "read_bytes",
    "read_json",
    "read_lines",
    "replacing",
    "set_aside",
    "write_bytes",
    "write_json",
    "write_text",
]

T = TypeVar("T")

_JSON = 10_000_000  # bytes of a file; the largest file that is written has a tenth of it
_DEEPEST = 32  # levels of nested objects and lists; files that are written have at most eight
_LINE = 1 << 16


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Context with a temporary path beside ``path``; its file is flushed to disk and replaces ``path`` if the block has no error.

    Raises:
        FileError: the folder cannot be written, or the disk is full.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise FileError(
            "cannot write {path}: {reason}; choose another place.", path=path, reason=error.strerror or error
        ) from error
    temporary = Path(name)
    try:
        yield temporary
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except OSError as error:
        raise FileError(
            "cannot write {path}: {reason}; free some space or choose another place.", path=path, reason=error.strerror or error
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def set_aside(path: Path, word: str = "damaged", most: int = 9) -> Path:
    """Rename a file that cannot be used, to ``name.word.suffix``, or ``name.word-2.suffix`` …, and return its new path.

    No file that was set aside before is overwritten; of more than ``most`` the oldest go.

    Raises:
        OSError: it cannot be renamed.
    """

    def number(one: Path) -> int:
        digits = one.stem.rpartition("-")[2]
        return int(digits) if digits.isdecimal() else 1

    before = sorted(path.parent.glob(f"{escape(path.stem)}.{word}*{escape(path.suffix)}"), key=number)
    count = f"-{number(before[-1]) + 1}" if before else ""
    aside = path.with_name(f"{path.stem}.{word}{count}{path.suffix}")
    path.replace(aside)
    for old in before[: max(0, len(before) + 1 - most)]:
        old.unlink(missing_ok=True)
    return aside


def write_bytes(path: Path | str, data: bytes) -> None:
    """Write ``data`` whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_text(path: Path | str, text: str) -> None:
    """Write ``text`` as UTF-8, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path | str, value: Any) -> None:
    """Write ``value`` as indented UTF-8 JSON, whole or not at all."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Context with a plain file that is open for reading. A pipe or device, which could block for ever, is refused.

    Raises:
        FileError: it cannot be read, or is not a plain file.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileError("{path} is not a file.", path=path)
        with open(path, "rb") as file:
            yield file
    except OSError as error:
        raise FileError("cannot read {path}: {why}.", path=path, why=error.strerror or error) from error


def read_bytes(path: Path | str, limit: int) -> bytes:
    """The content of a file of at most ``limit`` bytes.

    Raises:
        FileError: it cannot be read, or is not a plain file.
        DamagedFileError: it is larger; then it is not read.
    """
    path = Path(path)
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            raise DamagedFileError(
                "{path} is larger than {limit:,} bytes, which is not expected of such a file.", path=path, limit=limit
            )
        return file.read(size)


def read_lines(path: Path | str, most: int) -> Iterator[bytes]:
    """Iterate over the lines of a file, without their ends: at most ``most``, none longer than 65,536 bytes.

    Raises:
        FileError: it cannot be read, or is not a plain file.
        DamagedFileError: there are more lines, or a longer one.
    """
    path = Path(path)
    with opened(path) as file:
        yield from lines_of(file, path, most)


def lines_of(file: BinaryIO, path: Path, most: int) -> Iterator[bytes]:
    """:func:`read_lines` for an open file, which may be one that decompresses."""
    for number in range(most + 1):
        line = file.readline(_LINE + 1)
        if not line:
            return
        if number == most or len(line) > _LINE:
            raise DamagedFileError("{path} has more or longer lines than are expected of it; it may be damaged.", path=path)
        yield line.removesuffix(b"\n")


@cache
def _decoder(kind: Any) -> Any:
    import msgspec  # late: --help and the start of the window do not need it

    return msgspec.json.Decoder(kind)


@overload
def decode_json(data: bytes, kind: type[T]) -> T: ...
@overload
def decode_json(data: bytes, kind: Any = ...) -> Any: ...
def decode_json(data: bytes, kind: Any = Any) -> Any:
    """Decode JSON (UTF-8) and check that the value is of the type ``kind``.

    ``kind`` is any type that msgspec supports, such as a TypedDict; fields that it does not have are left out. NaN and infinity,
    which are not JSON but written by Python, become null.

    Raises:
        ValueError: it is not JSON, is nested too deep, or is not of that type; the message names the place.
    """
    import msgspec

    decoder = _decoder(kind)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        if b"NaN" in data or b"Infinity" in data:
            data = json.dumps(json.loads(data, parse_constant=lambda name: None)).encode()
        value = decoder.decode(data)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except msgspec.ValidationError as error:
        raise ValueError(_clause(error)) from None
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, (dict, list, tuple)):
                inner += one.values() if isinstance(one, dict) else one
            elif isinstance(one, int) and not -(2**63) <= one < 2**64:
                raise ValueError("a number in it is out of range")
        if not inner:
            return value
        level = inner
    raise ValueError("it is nested too deep")


def check_json(value: Any, kind: Any) -> None:
    """Check that a JSON value is of the type ``kind``, as :func:`decode_json` does.

    Raises:
        ValueError: it is not; the message names the place.
    """
    import msgspec

    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ValueError(_clause(error)) from None


def _clause(error: Exception) -> str:
    """The message of msgspec, such as ``Expected `int`, got `str` - at `$.bars` ``, as a plain clause."""
    return str(error).replace("`", "").replace(" - at $.", " at ").replace(" - at $", "")


@overload
def read_json(path: Path | str, kind: type[T], *, limit: int = ...) -> T: ...
@overload
def read_json(path: Path | str, kind: Any = ..., *, limit: int = ...) -> Any: ...
def read_json(path: Path | str, kind: Any = Any, *, limit: int = _JSON) -> Any:
    """The JSON value in a file of at most ``limit`` bytes, checked to be of the type ``kind``; see :func:`decode_json`.

    Raises:
        FileError: it cannot be read, or is not a plain file.
        DamagedFileError: it is too large, or is not JSON of that type.
    """
    path = Path(path)
    data = read_bytes(path, limit)
    try:
        return decode_json(data, kind)
    except ValueError as error:
        template = "{path} is not valid JSON of the form that is expected there ({why}); it may be damaged."
        raise DamagedFileError(template, path=path, why=error) from error


def map_array(path: Path | str, types: Sequence[Any], dims: int = 1) -> NDArray[Any]:
    """Map the array of a ``.npy`` file into memory, read-only.

    The header is compared with the size of the file, so that a wrong header cannot allocate memory.

    Args:
        path: the file.
        types: the allowed types of its elements.
        dims: the number of axes that it must have.

    Raises:
        FileError: it cannot be read, or is not a plain file.
        DamagedFileError: it is not such an array.
    """
    import tokenize

    import numpy as np

    path = Path(path)
    with opened(path) as file:
        try:
            version = np.lib.format.read_magic(file)
            read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            shape, fortran, dtype = read(file)
        except (
            ValueError,
            TypeError,
            SyntaxError,
            EOFError,
            MemoryError,
            RecursionError,
            OverflowError,
            tokenize.TokenError,
        ) as error:
            raise DamagedFileError("{path} is not an array; it may be damaged.", path=path) from error
        start, size = file.tell(), os.fstat(file.fileno()).st_size
    fits = dtype in types and len(shape) == dims and min(shape) >= 0 and not (fortran and dims > 1)
    if not fits or math.prod(shape) * dtype.itemsize != size - start:
        raise DamagedFileError("{path} is not the array that is expected there; it may be damaged.", path=path)
    if not math.prod(shape):  # an empty array cannot be mapped
        return np.zeros(shape, dtype)
    return np.memmap(path, dtype, "r", start, shape)


@contextmanager
def holding(path: Path | str) -> Iterator[bool]:
    """Context that holds a lock on a file; its value is whether the lock was free.

    The system releases the lock when the process ends, even after a crash; the file itself stays. On a file system without locks,
    the lock counts as free.

    Raises:
        FileError: the file cannot be created.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise FileError(
            "cannot write {path}: {reason}; choose another place.", path=path, reason=error.strerror or error
        ) from error
    try:
        yield _locked(file)
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    """Lock an open file; False if another process holds the lock."""
    import filelock  # late: few commands need it

    try:
        return filelock.lock_descriptor(file, blocking=False)
    except OSError:  # no locks on this file system; a lock that is held gives no error
        return True
