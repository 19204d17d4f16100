"""How two pieces differ, counted in what a person counts them by: notes, hits, words.

Parts are compared in their order: a word that has moved is a new one at its place and gone from the other. Notes carry their place
in the piece with them, so for them the order says nothing more.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.domains.base import Domain

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
    from rapidfuzz.distance import LCSseq  # late: it takes 10 ms, and pieces that are the same do without it

    # It compares hashes, of which two parts may have the same, as -1 and -2 have; so each kind of part gets a number of its own.
    kinds: dict[Hashable, int] = {}
    one, other = ([kinds.setdefault(part, len(kinds)) for part in parts] for parts in (earlier, later))
    edits = LCSseq.editops(one, other)
    new = tuple(edit.dest_pos for edit in edits if edit.tag == "insert")
    return new, tuple(edit.src_pos for edit in edits if edit.tag == "delete")
