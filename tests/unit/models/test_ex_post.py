"""The Gaussian of an autoencoder's codes."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from genstudio.errors import ModelError
from genstudio.models.ex_post import CodeGaussian


def test_it_has_the_moments_of_the_codes():
    draw = np.random.default_rng(0)
    mixed = np.array([[2.0, 0.0, 0.0], [1.0, 0.5, 0.0], [0.0, 1.0, 3.0]])
    codes = (draw.standard_normal((4000, 3)) @ mixed + [5, 0, -1]).astype("f")
    prior = CodeGaussian(3)
    prior.fit(codes)
    torch.testing.assert_close(prior.mean, torch.from_numpy(codes.mean(0)), atol=1e-4, rtol=1e-4)
    covariance = torch.from_numpy(np.cov(codes.T, bias=True).astype("f"))
    torch.testing.assert_close(prior.factor @ prior.factor.T, covariance, atol=2e-3, rtol=1e-3)
    u = torch.randn(5, 3)
    torch.testing.assert_close(prior.standard(prior.codes(u)), u, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize(("dims", "pieces"), [(600, 900), (20, 7)])
def test_large_codes_and_few_pieces_have_a_diagonal(dims, pieces):
    draw = np.random.default_rng(0)
    codes = (draw.standard_normal((pieces, dims)) * np.linspace(0, 2, dims)).astype("f")  # one dimension is always the same
    prior = CodeGaussian(dims)
    prior.fit(codes)
    factor = prior.factor if prior.factor.dim() == 1 else prior.factor.diag()
    torch.testing.assert_close(factor, torch.from_numpy(codes.std(0)), atol=0.02, rtol=1e-2)
    u = torch.randn(2, dims)
    torch.testing.assert_close(prior.standard(prior.codes(u)), u, atol=1e-3, rtol=1e-3)


def test_before_it_is_fitted_nothing_is_drawn():
    with pytest.raises(ModelError, match="train it"):
        CodeGaussian(3).codes(torch.zeros(1, 3))
