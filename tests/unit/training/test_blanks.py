"""Which details are blank in a step of training."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.config import BlankOptions
from genstudio.training.blanks import draw_blanks


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
