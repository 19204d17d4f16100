"""What was decoded so far, in a file beside the result: so that a stopped call goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from genstudio.domains import Domain
from genstudio.errors import FileError

__all__ = ["DecodedLog"]


class DecodedLog:
    """The symbols of all pieces that were decoded, batch after batch, in a file beside the result.

    Args:
        out: the result.
        conditions: a digest; a file of other conditions is begun again.
    """

    def __init__(self, out: Path, conditions: str) -> None:
        self._path = out.with_name(f".{out.name}.unfinished")
        self._known: list[list[str]] = []
        self._at = 0
        end = 0
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            data = self._path.read_bytes() if self._path.is_file() else b""
            head = (json.dumps(conditions) + "\n").encode()
            if data.startswith(head):
                for line in data[len(head) :].splitlines(keepends=True):
                    try:
                        batch = json.loads(line) if line.endswith(b"\n") else None
                    except ValueError:
                        batch = None
                    if not isinstance(batch, list) or not all(isinstance(one, str) for one in batch):
                        break  # the last one, which was being written
                    self._known.append(batch)
                    end += len(line)
                end += len(head)
            self._file = open(self._path, "r+b" if end else "wb")  # noqa: SIM115 (closed by `close`)
            if end:
                self._file.truncate(end)
                self._file.seek(end)
            else:
                self._file.write(head)
        except OSError as error:
            raise FileError(
                "cannot write {path}: {reason}; choose another place.", path=self._path, reason=error.strerror or error
            ) from error

    def through(self, domain: Domain) -> Callable[[Callable[[], list[Any]]], list[Any]]:
        """A function that gives the pieces of the next batch: as the file has them, else as the function that it is given makes
        them."""

        def decode(make: Callable[[], list[Any]]) -> list[Any]:
            if self._at < len(self._known):
                symbols = self._known[self._at]
            else:
                symbols = [domain.to_symbols(piece) for piece in make()]
                self._file.write((json.dumps(symbols) + "\n").encode())
                self._file.flush()
            self._at += 1
            return [domain.from_symbols(one) for one in symbols]

        return decode

    def close(self) -> None:
        """Close the file; it stays for the next call."""
        self._file.close()

    def remove(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)
