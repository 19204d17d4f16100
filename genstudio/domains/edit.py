"""The edit distance of two sequences."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["edit_distance"]


def edit_distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Levenshtein distance (insertions, deletions and replacements) of two strings or two sequences of words."""
    from rapidfuzz.distance import Levenshtein  # late: it takes 10 ms, and only measures need it

    return Levenshtein.distance(a, b)
