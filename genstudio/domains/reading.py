"""Read the files of users: the result is pieces, or an error of one sentence, whatever happens in the reader."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from genstudio.domains.base import Domain, ReadResult
from genstudio.errors import DamagedFileError, FileError, GenStudioError

__all__ = ["read_file"]

log = logging.getLogger(__name__)
# Without a handler Python would print tracebacks in programs that keep no log.
logging.getLogger("genstudio").addHandler(logging.NullHandler())


def read_file(domain: Domain, path: Path | str, **options: Any) -> ReadResult:
    """Read a file with ``domain.read``, and turn any unexpected exception of the reader into a refusal of the file.

    Everything that reads a file of the user calls this function and not ``read`` itself. An unexpected exception is a bug of the
    reader and is logged with its traceback.

    Raises:
        FileError: the file cannot be read (the message names it and the reason).
    """
    path = Path(path)
    try:
        return domain.read(path, **options)
    except GenStudioError:
        raise
    except (MemoryError, RecursionError) as error:
        raise DamagedFileError("{path}: it needs more memory than there is; it may be damaged.", path=path) from error
    except OSError as error:
        raise FileError("{path}: it cannot be read ({reason}).", path=path, reason=error.strerror or error) from error
    except Exception as error:
        log.error("a bug of GenStudio: the reader of %s failed on %s", domain.name, path, exc_info=True)
        raise DamagedFileError(
            "{path}: the reader failed on it ({reason}); this is a fault of the program, and its log has the details.",
            path=path,
            reason=f"{type(error).__name__}: {error}"[:200],
        ) from error
