from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.distributions import Independent, Normal, kl_divergence

from genstudio.models.latent import (
    Posterior,
    active_units,
    free_bits,
    kl_per_dimension,
    mutual_information,
    sample_posterior,
    target_rate,
)

KL = torch.tensor([[0.1, 2.0, 0.5], [0.3, 4.0, 0.1]])  # means 0.2, 3.0, 0.3


@given(st.integers(0, 1000))
def test_kl_is_that_of_torch(seed):
    torch.manual_seed(seed)
    mean, logvar = 3 * torch.randn(5, 4), 2 * torch.randn(5, 4)
    expected = kl_divergence(Normal(mean, torch.exp(0.5 * logvar)), Normal(0.0, 1.0))
    torch.testing.assert_close(kl_per_dimension(Posterior(mean, logvar)), expected, atol=1e-4, rtol=1e-4)


def test_kl_of_the_prior_is_nought():
    assert torch.equal(kl_per_dimension(Posterior(torch.zeros(2, 3), torch.zeros(2, 3))), torch.zeros(2, 3))


def test_samples_have_the_moments_of_the_posterior():
    posterior = Posterior(torch.tensor([[1.0, -2.0]]), torch.tensor([[math.log(0.25), math.log(4.0)]]))
    noise = torch.randn(200_000, 2, generator=torch.Generator().manual_seed(0))
    z = sample_posterior(posterior, noise)
    torch.testing.assert_close(z.mean(0), posterior.mean[0], atol=0.02, rtol=0)
    torch.testing.assert_close(z.std(0), torch.tensor([0.5, 2.0]), atol=0.02, rtol=0)
    assert torch.equal(sample_posterior(posterior, torch.zeros(1, 2)), posterior.mean)


def test_a_sample_carries_the_gradient():
    mean, logvar = torch.zeros(1, 2, requires_grad=True), torch.zeros(1, 2, requires_grad=True)
    noise = torch.tensor([[1.0, -2.0]])
    sample_posterior(Posterior(mean, logvar), noise).sum().backward()
    torch.testing.assert_close(mean.grad, torch.ones(1, 2))
    torch.testing.assert_close(logvar.grad, 0.5 * noise)


@pytest.mark.parametrize(
    ("floor", "mode", "paid", "gradient"),
    [
        (1.0, "none", 3.5, [1, 1, 1]),
        (0.0, "dimension", 3.5, [1, 1, 1]),
        (0.25, "dimension", 0.25 + 3.0 + 0.3, [0, 1, 1]),
        (1.0, "dimension", 1.0 + 3.0 + 1.0, [0, 1, 0]),
        (5.0, "dimension", 15.0, [0, 0, 0]),
        (3.0, "total", 3.5, [1, 1, 1]),
        (4.0, "total", 4.0, [0, 0, 0]),
    ],
)
def test_free_bits(floor, mode, paid, gradient):
    kl = KL.clone().requires_grad_()
    cost = free_bits(kl, floor, mode)
    assert float(cost.detach()) == pytest.approx(paid)
    if cost.requires_grad:
        cost.backward()
    grad = torch.zeros_like(KL) if kl.grad is None else kl.grad
    torch.testing.assert_close(grad, torch.tensor([gradient, gradient]) / 2.0)


@pytest.mark.parametrize("mode", ["none", "dimension", "total"])
@pytest.mark.parametrize("floor", [0.0, 0.25, 3.2, 10.0])
def test_free_bits_of_two_halves_are_those_of_the_whole(mode, floor):
    torch.manual_seed(0)
    whole = torch.rand(8, 5) * 1.5
    halves = whole[:3].clone().requires_grad_(), whole[3:].clone().requires_grad_()
    mean = whole.mean(0)
    together = whole.clone().requires_grad_()
    expected = free_bits(together, floor, mode)
    expected.sum().backward()
    parts = [free_bits(half, floor, mode, mean) * len(half) / 8 for half in halves]
    torch.testing.assert_close(sum(parts), expected)
    sum(parts).backward()
    torch.testing.assert_close(torch.cat([half.grad for half in halves]), together.grad)


def test_target_rate():
    """Burgess et al. 2018, eq. 8: 3.5 nats in all, aimed at from both sides."""
    for target, paid, direction in ((0.0, 3.5, 1.0), (3.0, 0.5, 1.0), (5.0, 1.5, -1.0)):
        kl = KL.clone().requires_grad_()
        cost = target_rate(kl, target)
        cost.backward()
        assert float(cost.detach()) == pytest.approx(paid)
        torch.testing.assert_close(kl.grad, torch.full_like(KL, direction / 2))
    # One process's share is over the target, the whole batch is not.
    share = torch.full((1, 3), 4.0, requires_grad=True)
    target_rate(share, 5.0, torch.ones(3)).backward()
    assert (share.grad == -1).all()


@pytest.mark.filterwarnings("error")
def test_active_units_by_hand():
    # Variances (unbiased): 2, 0.005, 0.02, 0.
    means = torch.tensor([[0.0, 0.0, 0.0, 7.0], [2.0, 0.1, 0.2, 7.0]])
    assert active_units(means) == 2
    assert active_units(means, threshold=1.0) == 1
    assert active_units(means, threshold=3.0) == 0
    assert active_units(means[:1]) == 0
    assert active_units(means[:0]) == 0


@pytest.mark.parametrize("count", [2, 7, 600])
def test_what_is_well_apart_is_known(count):
    means = torch.arange(count)[:, None] * 50.0 * torch.tensor([[1.0, -1.0, 0.5]])
    assert mutual_information(means, torch.zeros(count, 3)) == pytest.approx(math.log(count), abs=1e-9)


def test_what_is_all_the_same_tells_nothing():
    assert mutual_information(torch.ones(50, 4), torch.full((50, 4), -1.0)) == pytest.approx(0.0, abs=1e-9)
    assert mutual_information(torch.ones(1, 4), torch.zeros(1, 4)) == 0.0


@pytest.mark.parametrize("spread", [0.5, 2.0])
def test_a_gaussian_channel(spread):
    # x ~ N(0, spread^2) with unit noise: I = 0.5 ln(1 + spread^2), a dimension.
    means = spread * torch.randn(4000, 1, generator=torch.Generator().manual_seed(1))
    found = mutual_information(means, torch.zeros(4000, 1))
    assert found == pytest.approx(0.5 * math.log1p(spread**2), abs=0.05)


def test_against_the_pairs_written_out():
    torch.manual_seed(2)
    means, logvars = torch.randn(30, 3, dtype=torch.float64), torch.randn(30, 3, dtype=torch.float64)
    generator = torch.Generator().manual_seed(5)
    z = means + torch.exp(0.5 * logvars) * torch.randn(means.shape, generator=generator, dtype=torch.float64)
    posterior = Independent(Normal(means, torch.exp(0.5 * logvars)), 1)
    pairs = posterior.log_prob(z[:, None])  # [z, posterior]
    expected = (pairs.diagonal() - torch.logsumexp(pairs, 1) + math.log(30)).mean()
    assert mutual_information(means, logvars, seed=5) == pytest.approx(float(expected), abs=1e-9)


def test_codes_far_apart_tell_all():
    means = torch.arange(100.0)[:, None] * 50
    assert mutual_information(means, torch.zeros(100, 1)) == pytest.approx(math.log(100), abs=1e-9)
    assert mutual_information(means, torch.zeros(100, 1), seed=1) == mutual_information(means, torch.zeros(100, 1), seed=1)
