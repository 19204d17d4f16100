"""How many insertions, deletions and replacements one sequence is from another."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["edit_distance"]


def edit_distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Levenshtein distance of two strings, or of two sequences of words."""
    from rapidfuzz.distance import Levenshtein  # late: it takes 10 ms, and only measures need it

    return Levenshtein.distance(a, b)
