"""Neighbours, blends and differences: angles, lengths and exact corners."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import Tensor

from genstudio.errors import ConfigError
from genstudio.generation.paths import slerp_details
from genstudio.generation.places import analogy, between_corners, blend, corners, moved_by_difference, neighbours, varied
from genstudio.models.layout import Layout

seeds = st.integers(0, 10_000)
amounts = st.floats(0, 1)
shares = st.floats(0, 1)


def point(seed: int, dims: int = 24, scale: float = 1.0) -> Tensor:
    return scale * torch.randn(dims, generator=torch.Generator().manual_seed(seed))


def angle(a: Tensor, b: Tensor) -> float:
    x, y = a.double() / a.double().norm(), b.double() / b.double().norm()
    return 2 * math.atan2(float((x - y).norm()), float((x + y).norm()))


@given(seeds, amounts, st.sampled_from([0, 4, 6, 24, 7]), st.floats(0.01, 30))
def test_neighbours_have_the_requested_distance(seed, amount, block, scale):
    z = point(seed, scale=scale)
    found = neighbours(z, 4, amount, seed=seed, block=block)
    assert found.shape == (4, 24)
    assert found.dtype == z.dtype
    for one in found:
        assert float(one.norm()) == pytest.approx(float(z.norm()), rel=1e-4)
        assert angle(one, z) == pytest.approx(amount * math.pi / 2, abs=2e-3)


@given(seeds, st.floats(0.05, 1), st.sampled_from([0, 6]))
def test_only_used_dimensions_are_turned(seed, amount, block):
    z = point(seed)
    used = torch.zeros(24, dtype=torch.bool)
    used[3:15] = True
    z[~used] = 0
    found = neighbours(z, 3, amount, seed=seed, used=used, block=block)
    assert torch.equal(found[:, ~used], z[~used].expand(3, -1))
    assert angle(found[0], z) == pytest.approx(amount * math.pi / 2, abs=2e-3)


def test_amount_zero_is_the_code_itself():
    z = point(1)
    assert torch.equal(neighbours(z, 3, 0.0), z.expand(3, -1))


def test_blocks_are_turned_one_after_another():
    z = point(3)
    found = neighbours(z, 20, 0.3, block=4)
    moved = (found.view(20, 6, 4) != z.view(6, 4)).any(2).sum(1)
    assert int(moved.min()) >= 1
    assert int(moved.max()) < 6
    everywhere = neighbours(z, 20, 0.3)
    assert bool((everywhere != z).all())
    assert len({tuple(row.tolist()) for row in found}) == 20


def test_seeds_of_neighbours():
    z = point(2)
    assert torch.equal(neighbours(z, 3, 0.4, seed=5), neighbours(z, 3, 0.4, seed=5))
    assert not torch.equal(neighbours(z, 3, 0.4, seed=5), neighbours(z, 3, 0.4, seed=6))
    state = torch.random.get_rng_state()
    neighbours(z, 1, 0.4)
    assert torch.equal(torch.random.get_rng_state(), state)


@pytest.mark.parametrize("block", [0, 4])
def test_from_zero_the_prior_is_approached(block):
    zero = torch.zeros(16)
    lengths = [float(neighbours(zero, 1, amount, seed=1, block=block)[0].norm()) for amount in (0.0, 0.25, 0.5, 1.0)]
    assert lengths[0] == 0.0
    assert lengths == sorted(lengths)
    assert lengths[-1] == pytest.approx(4.0)


def test_what_cannot_be_turned():
    one = torch.tensor([2.0])
    assert torch.equal(neighbours(one, 2, 0.7), one.expand(2, -1))
    z = point(1)
    assert torch.equal(neighbours(z, 2, 0.7, used=torch.zeros(24, dtype=torch.bool)), z.expand(2, -1))
    half = torch.tensor([1.0, 0.0, 0.0, 0.0])  # the second block is zero and has no angle
    assert torch.isfinite(neighbours(half, 5, 1.0, block=2)).all()


@pytest.mark.parametrize("amount", [-0.1, 1.01, math.nan])
def test_amounts_out_of_range(amount):
    with pytest.raises(ConfigError, match="amount"):
        neighbours(point(0), 1, amount)


@given(seeds, st.floats(0.1, 10))
def test_corners_of_a_blend_are_exact(seed, scale):
    four = [point(seed + index, scale=scale * (1 + index)) for index in range(4)]
    for corner, (u, v) in zip(four, [(0, 0), (1, 0), (0, 1), (1, 1)], strict=True):
        assert torch.equal(blend(four, u, v), corner)


@given(seeds, shares, shares)
def test_lengths_of_a_blend(seed, u, v):
    four = [point(seed + index, scale=1 + index) for index in range(4)]
    lengths = [float(corner.norm()) for corner in four]
    weights = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v]
    mean = sum(weight * length for weight, length in zip(weights, lengths, strict=True))
    assert float(blend(four, u, v).norm()) == pytest.approx(mean, rel=1e-4)


@given(seeds, shares)
def test_an_edge_lies_on_the_great_circle(seed, u):
    four = [point(seed + index) for index in range(4)]
    found = blend(four, u, 0.0)
    assert angle(four[0], found) + angle(found, four[1]) == pytest.approx(angle(four[0], four[1]), abs=1e-3)
    torch.testing.assert_close(blend([four[1], four[0], four[3], four[2]], 1 - u, 0.0), found, atol=1e-5, rtol=1e-4)


def test_blends_without_a_direction():
    a = torch.tensor([1.0, 2.0])
    zero = torch.zeros(2)
    torch.testing.assert_close(blend([a, -a, a, -a], 0.5, 0.5), zero)
    torch.testing.assert_close(blend([zero, a, zero, a], 0.5, 0.5), 0.5 * a)
    assert torch.equal(blend([zero] * 4, 0.3, 0.6), zero)


def test_grids():
    assert corners(2, 3) == [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (0.0, 1.0), (0.5, 1.0), (1.0, 1.0)]
    for wrong in ((1, 5), (5, 1), (51, 2), (0, 0)):
        with pytest.raises(ConfigError, match="grid"):
            corners(*wrong)


@given(seeds, st.floats(0.1, 10))
def test_differences(seed, scale):
    a, b, c = point(seed), point(seed + 1, scale=scale), point(seed + 2)
    assert torch.equal(analogy(a, b, b), a)
    assert torch.equal(analogy(a, a, c), c)
    found = analogy(a, b, c)
    lengths = [float(one.norm()) for one in (a, b, c)]
    assert min(lengths) * 0.999 <= float(found.norm()) <= max(lengths) * 1.001
    wanted = a.double() - b.double() + c.double()
    assume(float(wanted.norm()) > 1e-3)
    assert angle(found, wanted) < 1e-3


def test_a_difference_that_is_zero():
    a = torch.tensor([1.0, 1.0])
    assert torch.equal(analogy(a, 2 * a, a), torch.zeros(2))


LAYOUT = Layout(8, 2, torch.arange(8), 4)
"""A summary of eight dimensions and eight details of two."""


def kept(code: Tensor) -> list[bool]:
    return (~code[8:].view(-1, 2).isnan().any(1)).tolist()


@given(seeds, st.floats(0.02, 1))
@pytest.mark.slow
def test_variations_turn_the_summary_and_keep_fewer_details_the_farther(seed, amount):
    z = point(seed)
    found = varied(z, 5, amount, LAYOUT, seed=seed)
    for one in found:
        assert angle(one[:8], z[:8]) == pytest.approx(amount * math.pi / 2, abs=2e-3)
        share = max(0.0, 1 - 2 * amount)
        assert sum(kept(one)) == min(7, round(share * 8))  # something is always left to the model
        assert all(torch.equal(one[8 + 2 * at : 10 + 2 * at], z[8 + 2 * at : 10 + 2 * at]) for at in range(8) if kept(one)[at])
    again = varied(z, 8, amount, LAYOUT, seed=seed)
    assert torch.equal(again[:5].nan_to_num(), found.nan_to_num())


def test_variations_leave_out_different_details():
    found = varied(point(3), 12, 0.25, LAYOUT)
    assert len({tuple(kept(one)) for one in found}) > 6
    assert torch.equal(varied(point(3), 2, 0.0, LAYOUT), point(3).expand(2, -1))


@given(seeds, shares, shares)
def test_a_blend_keeps_details_of_the_nearest_corner(seed, u, v):
    four = [point(4 * seed + index) for index in range(4)]
    found = between_corners(four, u, v, LAYOUT)
    weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
    if max(weights) == 1.0:
        assert torch.equal(found, four[weights.index(1.0)])
        return
    torch.testing.assert_close(found[:8], blend([corner[:8] for corner in four], u, v))
    assert sum(kept(found)) == int(max(0.0, 2 * max(weights) - 1) * 8)


def test_an_edge_of_a_blend_is_the_path_between_its_corners():
    four = [point(index) for index in range(4)]
    for corner in four:  # of one length, for which both have the same arc
        corner[:8] /= corner[:8].norm()
    half = between_corners(four, 0.5, 0.0, LAYOUT)
    torch.testing.assert_close(half.nan_to_num(), slerp_details(four[0], four[1], 0.5, LAYOUT).nan_to_num())
    for u in (0.1, 0.3, 0.8):
        assert kept(between_corners(four, u, 0.0, LAYOUT)) == kept(slerp_details(four[0], four[1], u, LAYOUT))


def test_a_difference_keeps_what_it_does_not_touch():
    a, b, c = (point(index) for index in range(3))
    assert torch.equal(moved_by_difference(a, a, c, LAYOUT), c)
    assert torch.equal(moved_by_difference(a, b, b, LAYOUT), a)
    moved = moved_by_difference(a, b, c, LAYOUT)
    torch.testing.assert_close(moved[:8], analogy(a[:8], b[:8], c[:8]))
    assert not any(kept(moved))  # two unrelated pieces differ in everything
    near = moved_by_difference(a + 0.1 * b, a, c, LAYOUT)
    assert 0 < sum(kept(near)) < 8


def test_without_a_summary_places_are_as_they_were():
    plain = Layout(0, 2, torch.arange(12), 4)
    four = [point(index) for index in range(4)]
    assert torch.equal(between_corners(four, 0.3, 0.6, plain), blend(four, 0.3, 0.6))
    assert torch.equal(moved_by_difference(*four[:3], plain), analogy(*four[:3]))
