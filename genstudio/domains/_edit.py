"""How many insertions, deletions and replacements one sequence is from another."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["edit_distance"]


def edit_distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Levenshtein distance by Myers' bit-parallel algorithm (J. ACM 46, 1999): a column of the table is two integers."""
    if not a or not b:
        return max(len(a), len(b))
    where: dict[str, int] = {}
    for place, unit in enumerate(a):
        where[unit] = where.get(unit, 0) | 1 << place
    full, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    rises, falls, distance = full, 0, len(a)
    for unit in b:
        match = where.get(unit, 0)
        vertical = match | falls
        horizontal = (((match & rises) + rises) ^ rises) | match
        up = falls | ~(horizontal | rises) & full
        down = rises & horizontal
        distance += bool(up & last) - bool(down & last)
        up = up << 1 | 1
        down <<= 1
        rises = (down | ~(vertical | up)) & full
        falls = up & vertical & full
    return distance
