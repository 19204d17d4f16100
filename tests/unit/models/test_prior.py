"""The learned prior: a density over codes and the blocks that are used, and draws from it."""

from __future__ import annotations

import math

import pytest
import torch

from genstudio.config import PriorOptions
from genstudio.models.prior import LatentPrior, prior_cost

SMALL = PriorOptions(width=16, heads=2, layers=1, mixtures=3, dropout=0.0)


def prior_of(blocks: int = 4, dims: int = 2, seed: int = 0, options: PriorOptions = SMALL) -> LatentPrior:
    torch.manual_seed(seed)
    return LatentPrior(options, blocks, dims, max(1, blocks // 2)).eval()


def every_use(blocks: int) -> torch.Tensor:
    return torch.tensor([[bool(number >> place & 1) for place in range(blocks)] for number in range(2**blocks)])


def test_what_blocks_there_are_is_a_distribution() -> None:
    """Over a grid of codes of one dimension, the densities of all sets of two blocks sum to one."""
    prior = prior_of(blocks=2, dims=1)
    line = torch.linspace(-12, 12, 241)
    width = float(line[1] - line[0])
    total = 0.0
    with torch.inference_mode():
        for used in every_use(2):
            count = int(used.sum())
            grid = torch.cartesian_prod(*[line] * count).view(-1, count) if count else torch.zeros(1, 0)
            z = torch.zeros(len(grid), 2)
            z[:, used] = grid
            total += float(prior.log_prob(z, used.expand(len(z), -1)).double().exp().sum()) * width**count
    assert total == pytest.approx(1.0, abs=2e-3)


def test_unused_blocks_say_nothing_and_rows_do_not_see_each_other() -> None:
    prior = prior_of()
    z = torch.randn(16, 8, generator=torch.Generator().manual_seed(1))
    used = every_use(4)
    whole = prior.log_prob(z, used)
    other = torch.where(used.repeat_interleave(2, 1), z, torch.full_like(z, 7.0))
    torch.testing.assert_close(prior.log_prob(other, used), whole)
    for row in range(16):
        torch.testing.assert_close(prior.log_prob(z[row : row + 1], used[row : row + 1])[0], whole[row])


@pytest.mark.slow
def test_what_was_learned_is_drawn() -> None:
    """Codes of the first block are -2 or +2; the third block has the same code, and is there only after +2."""
    prior = prior_of(blocks=3, dims=1, options=PriorOptions(width=32, heads=2, layers=1, mixtures=4, dropout=0.0)).train()
    optimizer = torch.optim.Adam(prior.parameters(), lr=5e-3)
    generator = torch.Generator().manual_seed(0)
    for _ in range(400):
        high = torch.rand(64, generator=generator) < 0.25
        code = torch.where(high, 2.0, -2.0)[:, None] + 0.1 * torch.randn(64, 1, generator=generator)
        z = torch.cat([code, torch.zeros(64, 1), code], 1)
        used = torch.stack([torch.ones(64, dtype=torch.bool), torch.zeros(64, dtype=torch.bool), high], 1)
        loss = -prior.log_prob(z, used).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    # Entropy of what was drawn: the choice, one code of a Gaussian, and in a quarter of the draws a second one.
    choice = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75))
    entropy = choice + 1.25 * 0.5 * math.log(2 * math.pi * math.e * 0.01)
    assert float(loss.detach()) == pytest.approx(entropy, abs=0.6)
    drawn = prior.sample(400, torch.Generator().manual_seed(3))
    assert ((drawn[:, 0].abs() - 2).abs() < 0.6).float().mean() > 0.95
    assert (drawn[:, 1] == 0).all()
    high = drawn[:, 0] > 0
    assert 0.15 < float(high.float().mean()) < 0.35
    assert float((drawn[high, 2] - drawn[high, 0]).abs().median()) < 0.4
    assert float((drawn[~high, 2] == 0).float().mean()) > 0.95


def test_the_same_seed_draws_the_same() -> None:
    prior = prior_of()
    first, again, other = (prior.sample(5, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.isfinite(first).all()
    assert first.shape == (5, 8)


def test_many_are_drawn_in_parts_of_256() -> None:
    prior = prior_of()
    many = prior.sample(600, torch.Generator().manual_seed(1))
    assert many.shape == (600, 8)
    torch.testing.assert_close(many[:256], prior.sample(256, torch.Generator().manual_seed(1)))


def test_what_is_given_is_kept_and_gone_on_from() -> None:
    prior = prior_of()
    with torch.no_grad():
        prior.next.bias[4] = 30.0  # it would end at once
    given = torch.arange(8.0)
    used = torch.tensor([True, False, True, False])
    assert bool((prior.sample(20, torch.Generator().manual_seed(0)) == 0).all())
    drawn = prior.sample(20, torch.Generator().manual_seed(0), given=given, used=used, until=3).view(20, 4, 2)
    assert torch.equal(drawn[:, [0, 2]], given.view(4, 2)[[0, 2]].expand(20, -1, -1))
    assert bool((drawn[:, 1] == 0).all())  # what was passed over does not come later
    assert bool((drawn[:, 3] != 0).all())
    ended = prior.sample(20, torch.Generator().manual_seed(0), given=given, used=used).view(20, 4, 2)
    assert bool((ended[:, 3] == 0).all())
    # What follows depends on what is given.
    other = prior.sample(20, torch.Generator().manual_seed(0), given=-given, used=used, until=3).view(20, 4, 2)
    assert not torch.allclose(other[:, 3], drawn[:, 3])


def test_a_smaller_spread_keeps_to_the_means() -> None:
    prior = prior_of(options=PriorOptions(width=16, heads=2, layers=1, mixtures=1, dropout=0.0))
    used = torch.tensor([True, True, True, False])
    given = torch.zeros(8)
    spreads = {}
    for spread in (0.0, 0.5, 1.0):
        last = prior.sample(200, torch.Generator().manual_seed(0), spread, given=given, used=used, until=3)[:, 6:]
        spreads[spread] = float(last.std(0).mean())
    assert spreads[0.0] == pytest.approx(0.0, abs=1e-6)
    assert spreads[0.5] == pytest.approx(spreads[1.0] / 2, rel=1e-3)


def test_draws_are_of_the_density_whatever_they_begin_with() -> None:
    """Of one Gaussian without spread the code drawn is the density's highest point, be the blocks before it drawn or given."""
    prior = prior_of(blocks=6, options=PriorOptions(width=16, heads=2, layers=2, mixtures=1, dropout=0.0))
    with torch.no_grad():
        prior.next.weight.zero_()
        prior.next.bias.copy_(-100.0 * torch.arange(7))  # one place after the other
    drawn = prior.sample(3, torch.Generator().manual_seed(0), 0.0)
    used = torch.ones(6, dtype=torch.bool)
    for known in range(1, 6):
        z = drawn[:, : 2 * known].clone().requires_grad_()
        before = torch.cat([z, torch.zeros(3, 12 - 2 * known)], 1)
        (slope,) = torch.autograd.grad(prior.log_prob(before, (torch.arange(6) < known).expand(3, -1)).sum(), z)
        torch.testing.assert_close(slope[:, -2:], torch.zeros(3, 2), atol=1e-4, rtol=0)
        again = prior.sample(1, torch.Generator().manual_seed(0), 0.0, given=drawn[1], used=used & (torch.arange(6) < known))
        torch.testing.assert_close(again[0], drawn[1])


def test_the_cost_of_codes_is_a_kullback_leibler_divergence() -> None:
    """One block that is always there, one Gaussian: the closed form of two Gaussians."""
    prior = prior_of(blocks=1, dims=2, options=PriorOptions(width=16, heads=2, layers=1, mixtures=1, dropout=0.0))
    with torch.no_grad():
        prior.mixture.weight.zero_()
        prior.mixture.bias.copy_(torch.tensor([0.0, 0.5, -0.5, math.log(0.25), math.log(0.25)]))
        prior.next.weight.zero_()
        prior.next.bias.copy_(torch.tensor([40.0, 0.0]))
    mean, logvar = torch.tensor([[1.0, 0.0]]), torch.tensor([[math.log(0.09), math.log(0.16)]])
    noise = torch.randn(20_000, 2, generator=torch.Generator().manual_seed(0))
    cost = prior_cost(prior, mean.expand(20_000, -1), logvar.expand(20_000, -1), None, noise)
    closed = sum(
        0.5 * (var / 0.25 + (centre - at) ** 2 / 0.25 - 1 - math.log(var / 0.25))
        for centre, var, at in ((1.0, 0.09, 0.5), (0.0, 0.16, -0.5))
    )
    # The two places that the sequence could end at are certain, and cost nothing.
    assert float(cost.mean()) == pytest.approx(closed, abs=0.02)
