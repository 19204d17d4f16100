"""How two pieces differ, counted in what a person counts them by: notes, hits, words.

Parts are compared in their order: a word that has moved is a new one at its place and gone from the other. Notes carry their place
in the piece with them, so for them the order says nothing more.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from genstudio.domains.base import Domain

_LARGEST = 250_000  # comparisons of an exact count; of longer pieces the greedy one of difflib is near enough

__all__ = ["Difference", "Kept", "difference", "kept"]


@dataclass(frozen=True)
class Difference:
    """From one piece to another. new: numbers (from 0) of the parts of the later one that the earlier one lacks. gone: the same of
    the earlier one. same: whether nothing differs, symbol for symbol; the parts may be equal where the pieces are not (another
    metre, another comma)."""

    new: tuple[int, ...]
    gone: tuple[int, ...]
    same: bool


@dataclass(frozen=True)
class Kept:
    """How much of a piece came back. kept, of: how many of its parts did, and how many it has. added: parts that it has not.
    part: what they are, "note", "hit", "word" or "character". exact: whether nothing differs, symbol for symbol."""

    kept: int
    of: int
    added: int
    part: str
    exact: bool

    @property
    def share(self) -> float:
        """The share of the parts that came back, 0 to 1."""
        return self.kept / self.of if self.of else float(self.exact)


def difference(domain: Domain, earlier: Any, later: Any) -> Difference:
    """What of ``later`` is new against ``earlier``, and what is gone."""
    same = domain.to_symbols(earlier) == domain.to_symbols(later)
    if same:
        return Difference((), (), True)
    new, gone = _unmatched(domain.parts(earlier), domain.parts(later))
    return Difference(new, gone, False)


def kept(domain: Domain, piece: Any, made: Any) -> Kept:
    """How much of ``piece`` is in ``made``, which is what came back of it."""
    found = difference(domain, piece, made)
    of = len(domain.parts(piece))
    return Kept(of - len(found.gone), of, len(found.new), domain.part_name(piece), found.same)


def _unmatched(earlier: Sequence[Hashable], later: Sequence[Hashable]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers of the parts of ``later`` and of ``earlier`` that are not in their longest common subsequence."""
    if len(earlier) * len(later) > _LARGEST:
        blocks = SequenceMatcher(None, earlier, later, autojunk=False).get_matching_blocks()
        pairs = [(block.a + at, block.b + at) for block in blocks for at in range(block.size)]
    else:
        pairs = _common(earlier, later)
    known, found = {one for one, _ in pairs}, {other for _, other in pairs}
    return tuple(at for at in range(len(later)) if at not in found), tuple(at for at in range(len(earlier)) if at not in known)


def _common(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places in both of a longest common subsequence."""
    longest = [[0] * (len(b) + 1)]  # of the first so many of a and of b
    for one in a:
        above, row = longest[-1], [0]
        for at, other in enumerate(b):
            row.append(above[at] + 1 if one == other else max(above[at + 1], row[at]))
        longest.append(row)
    pairs = []
    i, j = len(a), len(b)
    while i and j:
        if a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif longest[i - 1][j] >= longest[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs
