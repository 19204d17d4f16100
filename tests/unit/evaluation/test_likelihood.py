"""The importance-weighted bound, against models whose log p(x) is known in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import Tensor

from genstudio.errors import Stopped
from genstudio.evaluation import likelihood
from genstudio.evaluation.likelihood import importance_weighted_bound
from genstudio.models.latent import Posterior, log_normal, mutual_information
from genstudio.models.sequence_vae import ModelSpec, SequenceVAE
from genstudio.progress import Monitor, Stop

DIMS, SEEN, NOISE = 3, 5, 0.6


class LinearGaussian:
    """z ~ N(0, I), x = W z + b + noise: log p(x) and the posterior are known (Bishop 2006, section 12.2)."""

    def __init__(self) -> None:
        draw = torch.Generator().manual_seed(5)
        self.weight = torch.randn(SEEN, DIMS, generator=draw)
        self.bias = torch.randn(SEEN, generator=draw)
        self.x = torch.randn(40, DIMS, generator=draw) @ self.weight.T + self.bias + NOISE * torch.randn(40, SEEN, generator=draw)

    def log_p(self) -> Tensor:
        covariance = (self.weight @ self.weight.T).double() + NOISE**2 * torch.eye(SEEN, dtype=torch.float64)
        return torch.distributions.MultivariateNormal(self.bias.double(), covariance).log_prob(self.x.double())

    def posterior(self, widened: float = 1.3) -> Posterior:
        """The diagonal of the true posterior, somewhat wider: what an encoder could give."""
        precision = torch.eye(DIMS) + self.weight.T @ self.weight / NOISE**2
        covariance = torch.linalg.inv(precision)
        mean = (self.x - self.bias) @ self.weight @ covariance / NOISE**2
        return Posterior(mean, torch.log(widened * covariance.diagonal()).expand(len(mean), -1))

    def log_likelihood(self, z: Tensor) -> Tensor:
        return log_normal(self.x, z @ self.weight.T + self.bias, torch.full((SEEN,), 2 * math.log(NOISE))).sum(-1)


def bound(posterior: Posterior, log_likelihood, samples: int, **more) -> Tensor:
    return importance_weighted_bound(posterior, log_likelihood, samples, generator=torch.Generator().manual_seed(1), **more)


def test_a_linear_gaussian_model_to_one_percent():
    model = LinearGaussian()
    exact = model.log_p()
    few, many = (bound(model.posterior(), model.log_likelihood, samples, at_once=64) for samples in (1, 500))
    assert float(many.mean()) == pytest.approx(float(exact.mean()), rel=0.01)
    assert float(((many - exact) / exact).abs().median()) < 0.01  # each by itself, too
    assert float(few.mean()) < float(many.mean())
    # One sample is the -ELBO: the KL to the true posterior below.
    truth = torch.distributions.MultivariateNormal
    precision = torch.eye(DIMS) + model.weight.T @ model.weight / NOISE**2
    posterior = model.posterior()
    near = truth(posterior.mean[0], torch.diag(posterior.logvar[0].exp()))
    gap = torch.distributions.kl_divergence(near, truth(posterior.mean[0], torch.linalg.inv(precision)))
    lots = Posterior(posterior.mean.repeat(600, 1), posterior.logvar.repeat(600, 1))
    one = bound(lots, lambda z: model.log_likelihood(z.view(1, 600, 40, DIMS)).view(1, -1), 1)
    assert float(exact.mean() - one.mean()) == pytest.approx(float(gap), abs=0.05)


def test_another_prior():
    # With a prior that is the posterior itself, every weight is p(x|z).
    model = LinearGaussian()
    posterior = model.posterior()
    found = bound(posterior, model.log_likelihood, 1, log_prior=lambda z: log_normal(z, posterior.mean, posterior.logvar))
    z = posterior.mean + torch.exp(0.5 * posterior.logvar) * torch.randn(1, 40, DIMS, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(found.float(), model.log_likelihood(z)[0])


def test_what_the_posterior_does_not_use_cancels():
    model = LinearGaussian()
    plain = model.posterior()
    wider = Posterior(
        torch.cat([plain.mean, torch.full((40, 2), 3.0)], 1),
        torch.cat([plain.logvar, torch.full((40, 2), -4.0)], 1),
        torch.tensor([True] * DIMS + [False] * 2).expand(40, -1),
    )
    found = bound(wider, lambda z: model.log_likelihood(z[..., :DIMS]), 500, at_once=500)
    assert float(found.mean()) == pytest.approx(float(model.log_p().mean()), rel=0.01)


def test_samples_come_in_parts_of_bounded_size():
    model = LinearGaussian()
    sizes: list[int] = []

    def watched(z: Tensor) -> Tensor:
        sizes.append(len(z))
        return model.log_likelihood(z)

    parts = bound(model.posterior(), watched, 10, at_once=4)
    assert sizes == [4, 4, 2]
    whole = bound(model.posterior(), model.log_likelihood, 10, at_once=10)
    assert float(parts.mean()) == pytest.approx(float(whole.mean()), abs=0.1)
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        bound(model.posterior(), model.log_likelihood, 10, check=stop.check)


def test_a_pass_holds_no_more_tokens_than_it_may(monkeypatch):
    torch.manual_seed(0)
    spec = ModelSpec("lstm", {"latent_dims": 2, "embedding": 4, "encoder_hidden": 4, "hidden": 4}, 8, -1, 1, 4, (0,) * 8, 9)
    model = SequenceVAE(spec)
    sizes: list[int] = []
    score = model.score

    def watched(ids: Tensor, z: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        assert len(ids) == len(z)
        sizes.append(len(ids) * (ids.shape[1] + 1))
        return score(ids, z)

    monkeypatch.setattr(model, "score", watched)
    counts: list[int] = []
    monitor = Monitor(lambda event: counts.append(event.done))
    likelihood.importance_weighted_nll(model, [np.array([4, 5, 6]), np.array([4, 4, 7])], 550, monitor=monitor)
    assert sizes == [2000, 2000, 400]  # 250 samples of both at once
    sizes.clear()
    likelihood.importance_weighted_nll(model, [np.array([4, 5, 6]), np.array([7] * 2100)], 3, monitor=monitor)
    assert sizes == [12, *[2101] * 3]  # one sample at a time of what is longer than allowed
    assert counts == [2, 1, 2]


def test_mutual_information_of_two_posteriors_by_hand():
    # I = ln 2 - E[H(x | z)] for two narrow posteriors far apart: ln 2; for equal ones 0.
    far = torch.tensor([[-5.0], [5.0]])
    assert mutual_information(far, torch.full((2, 1), -2.0)) == pytest.approx(math.log(2), abs=1e-6)
    assert mutual_information(torch.zeros(2, 1), torch.zeros(2, 1)) == pytest.approx(0.0, abs=1e-9)
    # 3,000 sequences on two places tell no more than one bit, whatever their number.
    many = far.repeat(1500, 1)
    assert mutual_information(many, torch.full((3000, 1), -2.0)) == pytest.approx(math.log(2), abs=1e-6)


def test_mutual_information_between_overlapping_posteriors():
    # q(z) = (N(-1, 1) + N(1, 1)) / 2: I by quadrature.
    z = np.linspace(-9, 9, 20001)
    density = [np.exp(-0.5 * (z - m) ** 2) / math.sqrt(2 * math.pi) for m in (-1, 1)]
    mixture = 0.5 * (density[0] + density[1])
    exact = float(np.mean([(d * np.log(d / mixture)).sum() * (z[1] - z[0]) for d in density]))
    means = torch.tensor([[-1.0], [1.0]]).repeat(2000, 1)
    assert mutual_information(means, torch.zeros(4000, 1)) == pytest.approx(exact, abs=0.02)


def test_mutual_information_in_parts_is_that_of_the_whole():
    draw = torch.Generator().manual_seed(0)
    means, logvars = torch.randn(1100, 4, generator=draw), torch.randn(1100, 4, generator=draw) - 2
    noise = torch.randn(means.shape, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    posteriors = torch.distributions.Normal(means.double(), torch.exp(0.5 * logvars.double()))
    densities = posteriors.log_prob((posteriors.mean + posteriors.stddev * noise)[:, None]).sum(2)
    whole = float((densities.diagonal() - densities.logsumexp(1)).mean()) + math.log(1100)
    assert mutual_information(means, logvars, seed=3) == pytest.approx(whole, rel=1e-9)
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        mutual_information(means, logvars, check=stop.check)
