"""Read the bytes of a file of music."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from genstudio.errors import DamagedFileError, FileError

__all__ = ["whole_file"]

# Do not wait for the other end of a pipe, and do not change line ends.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def whole_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes.

    Raises:
        FileError: it is not a regular file, too large, or cannot be read; the message is a clause without the path.
        DamagedFileError: it is empty.
    """
    try:
        file = os.open(path, _OPEN)
        try:
            about = os.fstat(file)
            mode, size = about.st_mode, about.st_size
            if not stat.S_ISREG(mode):
                folder = stat.S_ISDIR(mode)
                raise FileError("it is a folder, and a file was expected" if folder else "it is not an ordinary file")
            if size > limit:
                raise FileError("it is larger than {limit} MB, which no song is", limit=limit // 1000000)
            data = os.read(file, size + 1)
            while data and len(data) < size and (more := os.read(file, size + 1 - len(data))):
                data += more
        finally:
            os.close(file)
    except OSError as error:
        if path.is_dir():
            raise FileError("it is a folder, and a file was expected") from error
        raise FileError("cannot be read ({reason})", reason=error.strerror or error) from error
    except ValueError as error:
        raise FileError("cannot be read ({reason})", reason=error) from error
    if not data:
        raise DamagedFileError("it is empty: it has 0 bytes")
    return data
