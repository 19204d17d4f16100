"""Reading files within limits, and writing them whole or not at all, one at a time.

A folder may come from anywhere. What is read of one goes through :func:`read_bytes`, :func:`read_lines`, :func:`read_json` and
:func:`map_array`: no more is read than may be there, nothing is unpickled, and JSON is checked against the types that the reader
declares, so that no code behind it meets a value of another kind.
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
    "write_bytes",
    "write_json",
    "write_text",
]

T = TypeVar("T")

_JSON = 10_000_000  # bytes of a file; the largest that is written is a tenth of it
_DEEPEST = 32  # objects and lists within one another; what is written has eight at most
_LINE = 1 << 16


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place, flushed to disk, when the block ends without an error.

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
    """A plain file, open for reading. A pipe or a device, on which a reader would wait for ever, is an error like any other.

    Raises:
        FileError: it cannot be read, or is no plain file.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileError("{path} is not a file.", path=path)
        with open(path, "rb") as file:
            yield file
    except OSError as error:
        raise FileError("cannot read {path}: {why}.", path=path, why=error.strerror or error) from error


def read_bytes(path: Path | str, limit: int) -> bytes:
    """What is in a file of at most ``limit`` bytes.

    Raises:
        FileError: it cannot be read, or is no plain file.
        DamagedFileError: it is larger, which is told without reading it.
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
    """The lines of a file one by one, without their ends: no more than ``most``, none longer than 65,536 bytes.

    Raises:
        FileError: it cannot be read, or is no plain file.
        DamagedFileError: there are more lines, or a longer one.
    """
    path = Path(path)
    with opened(path) as file:
        yield from lines_of(file, path, most)


def lines_of(file: BinaryIO, path: Path, most: int) -> Iterator[bytes]:
    """As :func:`read_lines`, of an open file (which may be one that unpacks what it reads)."""
    for number in range(most + 1):
        line = file.readline(_LINE + 1)
        if not line:
            return
        if number == most or len(line) > _LINE:
            raise DamagedFileError("{path} has more or longer lines than are expected of it; it may be damaged.", path=path)
        yield line.removesuffix(b"\n")


@cache
def _decoder(kind: Any) -> Any:
    import msgspec  # late: --help and the window's first paint do without it

    return msgspec.json.Decoder(kind)


@overload
def decode_json(data: bytes, kind: type[T]) -> T: ...
@overload
def decode_json(data: bytes, kind: Any = ...) -> Any: ...
def decode_json(data: bytes, kind: Any = Any) -> Any:
    """The JSON value in ``data`` (UTF-8), checked to be of the type ``kind``.

    ``kind`` is any type that msgspec knows, such as a TypedDict; what it does not name is left out. Not a number and infinity,
    which Python's writer makes and JSON lacks, are null.

    Raises:
        ValueError: it is not JSON, is nested too deep, or is not of that type; the message says where.
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
        raise ValueError(_said(error)) from None
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
    """Look whether a JSON value is of the type ``kind``, as :func:`decode_json` does.

    Raises:
        ValueError: it is not; the message says where.
    """
    import msgspec

    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ValueError(_said(error)) from None


def _said(error: Exception) -> str:
    """What msgspec says, in words: ``Expected `int`, got `str` - at `$.bars` ``."""
    return str(error).replace("`", "").replace(" - at $.", " at ").replace(" - at $", "")


@overload
def read_json(path: Path | str, kind: type[T], *, limit: int = ...) -> T: ...
@overload
def read_json(path: Path | str, kind: Any = ..., *, limit: int = ...) -> Any: ...
def read_json(path: Path | str, kind: Any = Any, *, limit: int = _JSON) -> Any:
    """The JSON value in a file of at most ``limit`` bytes, checked to be of the type ``kind``; see :func:`decode_json`.

    Raises:
        FileError: it cannot be read, or is no plain file.
        DamagedFileError: it is too large, or is not JSON of that type.
    """
    path = Path(path)
    data = read_bytes(path, limit)
    try:
        return decode_json(data, kind)
    except ValueError as error:
        said = "{path} is not valid JSON of the form that is expected there ({why}); it may be damaged."
        raise DamagedFileError(said, path=path, why=error) from error


def map_array(path: Path | str, types: Sequence[Any], dims: int = 1) -> NDArray[Any]:
    """The array in a ``.npy`` file, memory-mapped, and read-only: its type is one of ``types`` and it has ``dims`` axes.

    What the header says is held against the size of the file, so that no memory is taken for what is not there.

    Raises:
        FileError: it cannot be read, or is no plain file.
        DamagedFileError: it is no such array.
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
    if not math.prod(shape):  # what is empty cannot be mapped
        return np.zeros(shape, dtype)
    return np.memmap(path, dtype, "r", start, shape)


@contextmanager
def holding(path: Path | str) -> Iterator[bool]:
    """Hold a lock file while the block runs, which gets whether it was free.

    The system lets go of it when the process ends, however it does, so a lock is never left behind; the file itself stays. Where
    the file system knows no locks it counts as free.

    Raises:
        FileError: the file cannot be made.
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
    """Lock an open file; False where another holds it."""
    import filelock  # late: few commands hold anything

    try:
        return filelock.lock_descriptor(file, blocking=False)
    except OSError:  # no locks here; that another holds it is no error
        return True
