"""The difference of two pieces, counted in their parts: notes, hits, words.

Parts are compared in their order: a word that has moved counts as new at its new place and as gone from the old one. Notes include
their time, so for them the order adds nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.domains.base import Domain

__all__ = ["Difference", "Kept", "difference", "kept"]


@dataclass(frozen=True)
class Difference:
    """The difference from an earlier piece to a later one. new: numbers (from 0) of the parts of the later piece that the earlier
    one lacks. gone: numbers of the parts of the earlier piece that the later one lacks. same: whether all symbols are equal; they
    may differ where the parts are equal (another metre, another comma)."""

    new: tuple[int, ...]
    gone: tuple[int, ...]
    same: bool


@dataclass(frozen=True)
class Kept:
    """How much of a piece its reconstruction has. kept: the number of its parts that are in the reconstruction. of: the number of
    its parts. added: the number of parts that only the reconstruction has. part: what they are called, "note", "hit", "word" or
    "character". exact: whether all symbols are equal."""

    kept: int
    of: int
    added: int
    part: str
    exact: bool

    @property
    def share(self) -> float:
        """The share of the parts that were kept, 0 to 1."""
        return self.kept / self.of if self.of else float(self.exact)


def difference(domain: Domain, earlier: Any, later: Any) -> Difference:
    """Compare two pieces of a domain: which parts of ``later`` are new, and which of ``earlier`` are gone."""
    same = domain.to_symbols(earlier) == domain.to_symbols(later)
    if same:
        return Difference((), (), True)
    new, gone = _unmatched(domain.parts(earlier), domain.parts(later))
    return Difference(new, gone, False)


def kept(domain: Domain, piece: Any, reconstruction: Any) -> Kept:
    """How much of ``piece`` is in its reconstruction."""
    found = difference(domain, piece, reconstruction)
    of = len(domain.parts(piece))
    return Kept(of - len(found.gone), of, len(found.new), domain.part_name(piece), found.same)


def _unmatched(earlier: Sequence[Hashable], later: Sequence[Hashable]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers of the parts of ``later`` and of ``earlier`` that are not in their longest common subsequence."""
    from rapidfuzz.distance import LCSseq  # late: it takes 10 ms, and equal pieces do not need it

    # rapidfuzz compares hashes, which may be equal for different parts (-1 and -2); so each kind of part gets its own number.
    kinds: dict[Hashable, int] = {}
    one, other = ([kinds.setdefault(part, len(kinds)) for part in parts] for parts in (earlier, later))
    edits = LCSseq.editops(one, other)
    new = tuple(edit.dest_pos for edit in edits if edit.tag == "insert")
    return new, tuple(edit.src_pos for edit in edits if edit.tag == "delete")
