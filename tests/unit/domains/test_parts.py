"""What one piece has and another has not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.domains import difference, kept

WORDS = st.lists(st.sampled_from(["the", "a", "cat", "sat", "猫"]), max_size=12)
DOMAIN: Any = SimpleNamespace(parts=list, to_symbols=repr, part_name=lambda piece: "word")


def longest(a: Sequence[str], b: Sequence[str]) -> int:
    @cache
    def of(i: int, j: int) -> int:
        if not i or not j:
            return 0
        return of(i - 1, j - 1) + 1 if a[i - 1] == b[j - 1] else max(of(i - 1, j), of(i, j - 1))

    return of(len(a), len(b))


@given(WORDS, WORDS)
def test_what_stays_is_the_longest_that_both_have_in_their_order(earlier: list[str], later: list[str]) -> None:
    found = difference(DOMAIN, earlier, later)
    left = [part for number, part in enumerate(later) if number not in found.new]
    assert left == [part for number, part in enumerate(earlier) if number not in found.gone]
    assert len(left) == longest(tuple(earlier), tuple(later))
    assert found.same == (earlier == later)
    assert list(found.new) == sorted(found.new)
    assert list(found.gone) == sorted(found.gone)


def test_parts_of_one_hash_are_not_the_same() -> None:
    assert hash((0, -1)) == hash((0, -2))
    found = difference(DOMAIN, [(0, -1), (1, -1)], [(0, -2), (1, -1)])
    assert (found.new, found.gone) == ((0,), (0,))


@pytest.mark.parametrize("count", [3, 5000])
def test_a_long_piece_is_counted_as_a_short_one(count: int) -> None:
    piece = [str(number % 50) for number in range(count)]
    made = ["x", *piece[:-2], "x"]
    found = kept(DOMAIN, piece, made)
    assert (found.kept, found.of, found.added) == (count - 2, count, 2)
