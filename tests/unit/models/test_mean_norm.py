"""Batch normalisation of the posterior mean (Zhu et al. 2020), against torch's own and by hand."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from genstudio.models.latent import Posterior, kl_per_dimension
from genstudio.models.mean_norm import MeanNorm


def test_it_is_torchs_with_a_fixed_scale():
    torch.manual_seed(0)
    ours, theirs = MeanNorm(3, 0.7), nn.BatchNorm1d(3, eps=1e-8, momentum=None)
    nn.init.constant_(theirs.weight, 0.7)
    for _ in range(3):
        mean = 5.0 + 2.0 * torch.randn(8, 3)
        one, other = mean.clone().requires_grad_(), mean.clone().requires_grad_()
        got, expected = ours(one, None), theirs(other)
        torch.testing.assert_close(got, expected, atol=1e-5, rtol=1e-4)
        got.pow(3).sum().backward()
        expected.pow(3).sum().backward()
        torch.testing.assert_close(one.grad, other.grad, atol=1e-4, rtol=1e-3)
    torch.testing.assert_close(ours.running_mean, theirs.running_mean)
    ours.eval()
    moved = ours(ours.running_mean.expand(2, -1), None)
    torch.testing.assert_close(moved, torch.zeros(2, 3))


def test_the_kl_has_its_lower_bound():
    """Zhu et al. 2020, eq. 9: over the batch the KL is at least half the sum of gamma² + shift²."""
    torch.manual_seed(0)
    norm = MeanNorm(4, 0.8)
    with torch.no_grad():
        norm.shift.copy_(torch.tensor([0.0, 0.5, -1.0, 0.0]))
    mean = norm(0.01 * torch.randn(64, 4), None)  # an encoder that is about to collapse
    least = 0.5 * float((0.8**2 + norm.shift.detach().square()).sum())
    kl = float(kl_per_dimension(Posterior(mean, torch.zeros(64, 4))).sum(1).mean().detach())
    assert kl == pytest.approx(least, rel=1e-3)


def test_what_is_not_used_is_not_counted():
    used = torch.tensor([[True, True, False], [True, False, True], [True, True, False]])
    mean = torch.tensor([[1.0, 4.0, 9.0], [3.0, 100.0, 7.0], [5.0, 8.0, 9.0]])
    norm = MeanNorm(3, 1.0)
    got = norm(mean, used).detach()
    assert (got[~used] == 0).all()
    torch.testing.assert_close(got[:, 0], torch.tensor([-1.5, 0.0, 1.5]) * (2 / 3) ** 0.5, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(got[[0, 2], 1], torch.tensor([-1.0, 1.0]), atol=1e-4, rtol=1e-4)
    assert float(got[1, 2]) == pytest.approx(7.0, rel=1e-4)  # alone: by the running moments, which are still 0 and 1
    torch.testing.assert_close(norm.running_mean, torch.tensor([3.0, 6.0, 0.0]))


def test_a_batch_that_counts_for_nothing_changes_nothing():
    norm = MeanNorm(2, 1.0)
    norm.counted = False
    norm(torch.randn(4, 2) + 9.0, None)
    assert (norm.running_mean == 0).all()
    assert (norm.running_var == 1).all()
