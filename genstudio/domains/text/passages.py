"""The passages of a file of text, and the refusals of its lines."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import overload

from genstudio.domains.base import ReadResult, Refusal
from genstudio.domains.text.piece import Labels, Passage, title_of
from genstudio.errors import Message

__all__ = ["MOST_REFUSED", "EnoughError", "Passages", "Refused"]

MOST_REFUSED = 10_000
"""The largest number of refusals of a file that are listed one by one."""

_HOPELESS = 100_000  # refused lines after which reading stops, if they are more than half of the lines so far


class Passages(Sequence[Passage]):
    """The passages of a file, as a sequence that makes each ``Passage`` on access: a file may hold millions."""

    _BLOCK = 1024

    def __init__(self, path: Path) -> None:
        self._path = path
        self._blocks: list[str] = []
        self._last: list[str] = []  # the texts of the block that is being filled
        self._size = 0  # characters in ``_last``
        self._ends = array("Q")  # the end of each passage in its block
        self._numbers = array("Q")  # the line of each passage
        self._labels: list[Labels] = []  # none where no passage has any

    def append(self, number: int, text: str, labels: Labels = ()) -> None:
        """Add a passage from line ``number``."""
        if labels and not self._labels:
            self._labels = [()] * len(self)
        if labels or self._labels:
            self._labels.append(labels)
        self._size += len(text)
        self._last.append(text)
        self._ends.append(self._size)
        self._numbers.append(number)
        if len(self._last) == self._BLOCK:
            self._blocks.append("".join(self._last))
            self._last, self._size = [], 0

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> Passage: ...

    @overload
    def __getitem__(self, place: slice) -> list[Passage]: ...

    def __getitem__(self, place: int | slice) -> Passage | list[Passage]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = place + len(self) if place < 0 else place
        if not 0 <= at < len(self):
            raise IndexError(place)
        block, within = divmod(at, self._BLOCK)
        if block < len(self._blocks):
            text = self._blocks[block][self._ends[at - 1] if within else 0 : self._ends[at]]
        else:
            text = self._last[within]
        labels = self._labels[at] if self._labels else ()
        return Passage(text=text, title=title_of(text), source=f"{self._path}#{self._numbers[at]}", labels=labels)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


class EnoughError(Exception):
    """The file has more lines than are read."""


class Refused:
    """Collects the refused lines of a file; if there are very many, the first are listed and the others are counted.

    Args:
        path: of the file.
        result: receives the refusals.
        most: the number of lines, refused or not, that are read. For each line :meth:`taken` or :meth:`add` must be called,
            which raise ``EnoughError`` when there are more.
    """

    def __init__(self, path: Path, result: ReadResult, most: int) -> None:
        self._path, self._result, self._most = path, result, most
        self._lines = self._count = 0

    def taken(self, number: int) -> None:
        """Count line ``number``, which can be used."""
        self._lines += 1
        if self._lines > self._most:
            reason = f"the file has more than {self._most:,} lines or sentences, which are short; the rest was left out: split it"
            self._result.refused.append(Refusal(f"{self._path}#{number}", reason))
            raise EnoughError

    def add(self, number: int, reason: str) -> None:
        """Refuse line ``number``."""
        self.taken(number)
        self._count += 1
        if self._count > _HOPELESS and 2 * self._count > self._lines:
            reason = f"more than {_HOPELESS:,} lines before it cannot be used, which is most of them; the rest was left out"
            self._result.refused.append(Refusal(f"{self._path}#{number}", reason))
            raise EnoughError
        if self._count <= MOST_REFUSED:
            self._result.refused.append(Refusal(f"{self._path}#{number}", reason))

    def close(self) -> None:
        """Add the number of refused lines that are not listed."""
        if self._count > MOST_REFUSED:
            more = self._count - MOST_REFUSED
            self._result.refused.append(
                Refusal(str(self._path), Message("{more:,} more of its lines or rows cannot be used", more=more))
            )
