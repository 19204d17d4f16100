from __future__ import annotations

import pytest

from genstudio.corpus.split import assign, groups


def test_groups_join_directly_and_over_others():
    assert groups([{1}, {2}, {3, 1}, set(), {2, 9}, {9, 3}, set()]) == [0, 0, 0, 3, 0, 0, 6]
    assert groups([]) == []


def split(count, *, group=None, valid=0.1, test=0.1, seed=0, sizes=None):
    names = [f"piece {number}" for number in range(count)]
    return assign(group or list(range(count)), names, sizes or [1] * count, valid=valid, test=test, seed=seed)


def test_shares():
    sides = split(1000)
    assert (sides.count("valid"), sides.count("test")) == (100, 100)


def test_shares_are_of_phrases():
    sizes = [1 + number % 7 for number in range(500)]
    sides = split(500, sizes=sizes)
    held = sum(size for size, side in zip(sizes, sides, strict=True) if side == "test")
    assert held == pytest.approx(0.1 * sum(sizes), rel=0.02)


def test_a_group_is_never_divided():
    group = [number // 5 * 5 for number in range(300)]
    sides = split(300, group=group)
    assert all(len({sides[number + offset] for offset in range(5)}) == 1 for number in range(0, 300, 5))
    assert {"train", "valid", "test"} == set(sides)


def test_a_very_large_group_is_trained_on():
    group = [0] * 80 + list(range(80, 100))
    for seed in range(20):
        sides = split(100, group=group, seed=seed)
        assert sides[0] == "train"
        assert {"valid", "test"} <= set(sides)


@pytest.mark.parametrize("count", [3, 4, 7])
def test_at_least_one_each_where_there_are_three(count):
    for seed in range(10):
        assert {"train", "valid", "test"} == set(split(count, seed=seed, valid=0.01, test=0.01))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_are_all_trained_on(count):
    assert split(count) == ["train"] * count


def test_no_share_no_pieces():
    assert set(split(50, valid=0.0)) == {"train", "test"}
    assert set(split(50, valid=0.0, test=0.0)) == {"train"}


def test_the_seed_decides_and_nothing_else():
    assert split(200, seed=1) == split(200, seed=1)
    assert split(200, seed=1) != split(200, seed=2)


def test_more_pieces_hardly_move_the_others():
    before, after = split(1000), split(1020)[:1000]
    assert sum(a != b for a, b in zip(before, after, strict=True)) <= 25
