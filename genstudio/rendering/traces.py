"""Read the provenance of an exported file from the file.

As files may come from anyone, only a limited amount is read, and a file with an invalid structure counts as one without provenance.
"""

from __future__ import annotations

import csv
import struct
import zipfile
import zlib
from pathlib import Path

from genstudio.errors import FileError
from genstudio.provenance import Provenance
from genstudio.rendering.formats.base import Trace
from genstudio.rendering.formats.registry import FORMATS

__all__ = ["provenance_of"]

_UNREADABLE = (
    struct.error, IndexError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, csv.Error, ValueError,
)  # fmt: skip


def provenance_of(path: Path | str) -> Provenance | None:
    """The provenance of the first piece in a file: how it was made.

    Returns:
        The provenance, or None where the file has none.

    Raises:
        FileError: the file cannot be read.
        DamagedFileError: the provenance in the file is damaged.
    """
    path = Path(path)
    try:
        if not path.is_file():
            message = "{path} is not an ordinary file." if path.exists() else "there is no file {path!r}."
            raise FileError(message, path=str(path))
        with open(path, "rb") as file:
            for trace in _traces(file.read(12), path.suffix.lower()):
                file.seek(0)
                for text in trace.read(file):
                    found = Provenance.from_text(text)
                    if found is not None:
                        return found
    except OSError as error:
        raise FileError("cannot read {path}: {reason}.", path=path, reason=error.strerror or error) from error
    except _UNREADABLE:
        return None
    return None


def _traces(head: bytes, suffix: str) -> list[Trace]:
    """The traces that a file may have: by its first bytes, else by its name, else those of text files."""
    known = [trace for one in FORMATS.values() for trace in one.traces]
    begun = [trace for trace in known if trace.starts and head.startswith(trace.starts)]
    named = [trace for trace in known if suffix in trace.suffixes]
    return begun or named or [trace for trace in known if not trace.starts and not trace.suffixes]
