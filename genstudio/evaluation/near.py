"""Near duplicates: pieces that are equal but for a few of their parts.

The distance of two pieces is the edit distance of their parts (words, notes, hits: :meth:`genstudio.domains.Domain.parts`; words
without regard to case), divided by the number of parts of the longer one: 0 where all parts are equal, 1 where none is shared.
Pieces that count as the same for a corpus (:meth:`genstudio.domains.Domain.fingerprint`: melodies up to transposition) are at 0.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from genstudio.domains import Domain

__all__ = ["Near"]

_SURROGATES, _AFTER = 0xD800, 0x800  # characters that a string cannot well hold
_MOST = 0x10FFFF - _AFTER


class Near:
    """Pieces to which others are compared."""

    def __init__(self, domain: Domain) -> None:
        self._domain = domain
        self._kinds: dict[Hashable, int] = {}
        self._known: dict[str, list[str]] = {}
        self._prints: dict[str, set[str]] = {}

    def add(self, piece: Any, group: str = "") -> None:
        """Add a piece; ``group``: of what kind it is, such as its label."""
        self._known.setdefault(group, []).append(self.written(piece))
        self._prints.setdefault(self._domain.fingerprint(piece), set()).add(group)

    def written(self, piece: Any) -> str:
        """The parts of a piece, each as one character: equal for parts that count as the same."""
        parts = (part.casefold() if isinstance(part, str) else part for part in self._domain.parts(piece))
        numbers = (self._kinds.setdefault(part, len(self._kinds)) % _MOST for part in parts)
        return "".join(chr(number if number < _SURROGATES else number + _AFTER) for number in numbers)

    def has(self, piece: Any, within: float) -> tuple[str, ...]:
        """The groups that hold a piece at a distance of at most ``within``, sorted."""
        from rapidfuzz.distance import Levenshtein  # late: it takes 10 ms
        from rapidfuzz.process import extractOne

        written, found = self.written(piece), set(self._prints.get(self._domain.fingerprint(piece), ()))
        for group, known in self._known.items():
            if group not in found:
                near = extractOne(
                    written, known, scorer=Levenshtein.normalized_distance, processor=None, score_cutoff=within
                )
                found |= {group} if near is not None else set()
        return tuple(sorted(found))
