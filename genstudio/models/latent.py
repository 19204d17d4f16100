"""The Gaussian latent space: posterior, KL, free bits and the statistics of collapse.

Conventions: ``mean`` and ``logvar`` are float tensors [batch, dims]; KL and MI are in nats; the prior is N(0, I).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from genstudio.progress import Check, go_on

__all__ = [
    "Posterior",
    "active_units",
    "free_bits",
    "kl_per_dimension",
    "log_normal",
    "mutual_information",
    "sample_posterior",
    "target_rate",
]

_PAIRS = 4_000_000  # pairs of sequences whose densities are held at once


@dataclass(frozen=True)
class Posterior:
    """Diagonal Gaussian q(z|x).

    mean, logvar: [batch, dims]. used: bool [batch, dims], False where a dimension carries nothing for this sequence (a segment
    that it lacks); there the posterior is the prior and the KL is nought.
    """

    mean: Tensor
    logvar: Tensor
    used: Tensor | None = None


def sample_posterior(posterior: Posterior, noise: Tensor) -> Tensor:
    """Reparameterised sample ``mean + std * noise`` [batch, dims] (Kingma & Welling 2014, eq. 10)."""
    return posterior.mean + torch.exp(0.5 * posterior.logvar) * noise


def log_normal(z: Tensor, mean: Tensor, logvar: Tensor) -> Tensor:
    """The logarithm of N(z; mean, exp(logvar)) of every dimension, of the shape of ``z``."""
    return -0.5 * (math.log(2 * math.pi) + logvar + (z - mean).square() * torch.exp(-logvar))


def kl_per_dimension(posterior: Posterior) -> Tensor:
    """KL(q(z|x) || N(0, I)) of every dimension, nats, [batch, dims] (Kingma & Welling 2014, appendix B)."""
    return 0.5 * (posterior.mean.square() + posterior.logvar.exp() - 1.0 - posterior.logvar)


def free_bits(kl: Tensor, floor: float, mode: str, batch_mean: Tensor | None = None) -> Tensor:
    """The KL that training pays for, a scalar in nats a sequence (Kingma et al. 2016, eq. 15).

    Args:
        kl: [batch, dims].
        floor: nats that cost nothing: in each dimension ("dimension") or in all together ("total").
        mode: "none", "dimension" or "total".
        batch_mean: mean KL of each dimension over the whole global batch, [dims], where ``kl`` is one process's share of it.
            The floor is decided on it, so that several processes pay what one would.
    """
    mean = kl.mean(0)
    if mode == "none" or floor <= 0:
        return mean.sum()
    seen = (mean if batch_mean is None else batch_mean).detach()
    if mode == "dimension":
        return torch.where(seen > floor, mean, torch.full_like(mean, floor)).sum()
    total = mean.sum()
    return torch.where(seen.sum() > floor, total, torch.full_like(total, floor))


def target_rate(kl: Tensor, target: float, batch_mean: Tensor | None = None) -> Tensor:
    """|KL - target|, a scalar in nats a sequence: what training pays where a rate is aimed at (Burgess et al. 2018, eq. 8; in Alemi
    et al. 2018 the same fixes a point of the rate-distortion curve, and Pelsmaeker & Aziz 2020 bound the rate from below only).

    Args:
        kl: [batch, dims].
        target: nats a sequence.
        batch_mean: as for :func:`free_bits`; which side of the target the KL is on is decided on it.
    """
    mean = kl.mean(0).sum()
    seen = mean if batch_mean is None else batch_mean.sum()
    return torch.where(seen.detach() >= target, mean - target, target - mean)


def active_units(means: Tensor, threshold: float = 0.01) -> int:
    """Dimensions whose posterior mean varies over the data by more than ``threshold`` (Burda et al. 2016, section 5.2).

    Args:
        means: posterior means of the whole set, [sequences, dims].
    """
    if len(means) < 2:
        return 0
    return int((means.double().var(0) > threshold).sum())


def mutual_information(
    means: Tensor, logvars: Tensor, *, seed: int = 0, check: Check = go_on
) -> float:
    """I(x; z) under q, in nats: E[log q(z|x) - log q(z)] with one sample a sequence (Hoffman & Johnson 2016).

    The aggregate posterior q(z) is the mixture of the posteriors of all sequences given; so the estimate cannot exceed ln(number of
    sequences). Time grows with the square of that number, memory does not.

    Args:
        means, logvars: posteriors of the whole set, [sequences, dims].
        check: called between parts; may raise to stop.
    """
    generator = torch.Generator().manual_seed(seed)
    means, logvars = means.double(), logvars.double()
    count = len(means)
    if count < 2:
        return 0.0
    noise = torch.randn(means.shape, generator=generator, dtype=torch.float64)
    z = means + torch.exp(0.5 * logvars) * noise
    precision = torch.exp(-logvars)
    constant = -0.5 * (logvars + math.log(2 * math.pi)).sum(1)
    total = 0.0
    # (z - m)^2 / v expanded, so that the pairs need matrix products only; shifted by the mean of the means for precision.
    centre = means.mean(0)
    zc, mc = z - centre, means - centre
    scaled, square = (mc * precision).T, (mc.square() * precision).sum(1)
    rows = max(1, min(500, _PAIRS // count))
    for start in range(0, count, rows):
        check()
        part = zc[start : start + rows]
        distance = part.square() @ precision.T - 2 * part @ scaled + square
        log_q = constant - 0.5 * distance
        own = log_q[torch.arange(len(part)), torch.arange(start, start + len(part))]
        total += float((own - torch.logsumexp(log_q, 1) + math.log(count)).sum())
    return max(0.0, total / count)
