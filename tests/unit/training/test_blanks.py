"""Which details are blank in a step of training."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.config import BlankOptions
from genstudio.training.blanks import draw_blanks, draw_ends


def drawn(options: BlankOptions, rows: int = 400, blocks: int = 12, seed: int = 0) -> np.ndarray:
    return draw_blanks(rows, blocks, options, np.random.default_rng(seed))[0]


def test_each_kind_has_its_share() -> None:
    found = drawn(BlankOptions(none=0.3, all=0.3, some=0.2), rows=8000)
    assert (found.sum(1) == 0).mean() == pytest.approx(0.3 + 0.2 / 13 + 0.2 * 0.045, abs=0.03)
    assert found.all(1).mean() == pytest.approx(0.3 + 0.2 / 13 + 0.2 * 0.045, abs=0.03)


def test_all_or_none() -> None:
    assert not drawn(BlankOptions(none=1.0, all=0.0, some=0.0)).any()
    assert drawn(BlankOptions(none=0.0, all=1.0, some=0.0)).all()


@given(st.integers(0, 1000), st.integers(1, 40))
def test_the_rest_is_one_stretch_kept_or_blank(seed: int, blocks: int) -> None:
    for row in drawn(BlankOptions(none=0.0, all=0.0, some=0.0), rows=20, blocks=blocks, seed=seed):
        changes = int((row[1:] != row[:-1]).sum())
        assert changes <= 2


def test_some_are_scattered_in_every_share() -> None:
    found = drawn(BlankOptions(none=0.0, all=0.0, some=1.0), rows=3000)
    shares = found.mean(1)
    assert np.histogram(shares, bins=4, range=(0, 1))[0].min() > 450
    assert ((found[:, 1:] != found[:, :-1]).sum(1) > 2).mean() > 0.5


def test_the_same_seed_draws_the_same() -> None:
    options = BlankOptions()
    assert np.array_equal(drawn(options, seed=4), drawn(options, seed=4))
    assert not np.array_equal(drawn(options, seed=4), drawn(options, seed=5))


def test_of_the_given_share_only_a_beginning_is_read() -> None:
    rng = np.random.default_rng(0)
    blank, unread, ended = draw_blanks(4000, 12, BlankOptions(none=0.3, all=0.2, some=0.1, end=0.4), rng)
    assert ended.mean() == pytest.approx(0.4, abs=0.03)
    assert not unread.any()
    assert not blank[ended].any()  # which of its details are blank follows from where it ends


def test_without_that_share_the_same_numbers_are_drawn() -> None:
    """A configuration of an earlier version trains as it did: the share is drawn from the same numbers, and none is added."""
    options = BlankOptions(none=0.25, all=0.25, some=0.25)
    rng, other = np.random.default_rng(7), np.random.default_rng(7)
    blank, _, ended = draw_blanks(50, 12, options, rng)
    kind = np.searchsorted(np.cumsum([0.25, 0.25, 0.25, 0.0]), other.random(50), side="right")
    scattered = other.random((50, 12)) < other.random((50, 1))
    ends = np.sort(other.integers(0, 13, (50, 2)), 1)
    place = np.arange(12)
    stretch = ((place >= ends[:, :1]) & (place < ends[:, 1:])) ^ (other.random((50, 1)) < 0.5)
    expected = np.select([(kind == 0)[:, None], (kind == 1)[:, None], (kind == 2)[:, None]],
                         [np.zeros_like(blank), np.ones_like(blank), scattered], stretch)  # fmt: skip
    assert np.array_equal(blank, expected)
    assert not ended.any()
    assert rng.random() == other.random()


@given(st.integers(0, 1000), st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_a_beginning_is_at_least_a_quarter(seed: int, sizes: list[int]) -> None:
    whole = [np.arange(size) for size in sizes]
    ended = np.arange(len(sizes)) % 2 == 0
    for one, cut, short in zip(whole, draw_ends(whole, ended, np.random.default_rng(seed)), ended, strict=True):
        assert np.array_equal(cut, one[: len(cut)])
        assert max(1, round(len(one) / 4)) <= len(cut) if short else len(cut) == len(one)
