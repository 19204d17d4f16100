"""The Gaussian latent space: posterior, KL, free bits, and statistics of posterior collapse.

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

_PAIRS = 4_000_000  # pairs of sequences whose densities are in memory at once


@dataclass(frozen=True)
class Posterior:
    """Diagonal Gaussian q(z|x) of a batch of sequences.

    Attributes:
        mean: [batch, dims].
        logvar: log variance, [batch, dims].
        used: bool [batch, dims], False where a dimension carries nothing for a sequence (a segment that it does not have); there
            the posterior equals the prior and the KL is zero. None: all dimensions are used.
    """

    mean: Tensor
    logvar: Tensor
    used: Tensor | None = None


def sample_posterior(posterior: Posterior, noise: Tensor) -> Tensor:
    """Reparameterised sample ``mean + std * noise`` [batch, dims] (Kingma & Welling 2014, eq. 10)."""
    return posterior.mean + torch.exp(0.5 * posterior.logvar) * noise


def log_normal(z: Tensor, mean: Tensor, logvar: Tensor) -> Tensor:
    """Log density of N(mean, exp(logvar)) at ``z`` for each dimension, in nats, with the shape of ``z``."""
    return -0.5 * (math.log(2 * math.pi) + logvar + (z - mean).square() * torch.exp(-logvar))


def kl_per_dimension(posterior: Posterior) -> Tensor:
    """KL(q(z|x) || N(0, I)) of each dimension, in nats, [batch, dims] (Kingma & Welling 2014, appendix B)."""
    return 0.5 * (posterior.mean.square() + posterior.logvar.exp() - 1.0 - posterior.logvar)


def free_bits(kl: Tensor, floor: float, mode: str, batch_mean: Tensor | None = None) -> Tensor:
    """KL term of the loss with free bits (Kingma et al. 2016, eq. 15).

    Args:
        kl: KL of each sequence and dimension, nats, [batch, dims].
        floor: nats below which the KL costs nothing: of each dimension ("dimension") or of their sum ("total").
        mode: "none", "dimension" or "total".
        batch_mean: mean KL of each dimension over the global batch, [dims], where ``kl`` is the share of one process. Whether the
            KL is above the floor is decided on it, so that several processes compute the same loss as one.

    Returns:
        A scalar, nats per sequence.
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
    """KL term of the loss that aims at a rate: |KL - target| (Burgess et al. 2018, eq. 8).

    In Alemi et al. 2018 the same term fixes a point of the rate-distortion curve; Pelsmaeker & Aziz 2020 only bound the rate from
    below.

    Args:
        kl: KL of each sequence and dimension, nats, [batch, dims].
        target: nats per sequence.
        batch_mean: as for :func:`free_bits`; whether the KL is above or below the target is decided on it.

    Returns:
        A scalar, nats per sequence.
    """
    mean = kl.mean(0).sum()
    seen = mean if batch_mean is None else batch_mean.sum()
    return torch.where(seen.detach() >= target, mean - target, target - mean)


def active_units(means: Tensor, threshold: float = 0.01) -> int:
    """Number of active units: dimensions whose posterior mean varies over the data (Burda et al. 2016, section 5.2).

    Args:
        means: posterior means of all sequences, [sequences, dims].
        threshold: variance above which a dimension is active.
    """
    if len(means) < 2:
        return 0
    return int((means.double().var(0) > threshold).sum())


def mutual_information(
    means: Tensor, logvars: Tensor, *, seed: int = 0, check: Check = go_on
) -> float:
    """Mutual information I(x; z) under q, E[log q(z|x) - log q(z)], with one sample per sequence (Hoffman & Johnson 2016).

    The aggregate posterior q(z) is the mixture of the posteriors of all given sequences, so the estimate cannot exceed the natural
    logarithm of their number. Time grows with the square of that number; memory does not.

    Args:
        means, logvars: posteriors of all sequences, [sequences, dims].
        seed: seed of the samples.
        check: called between blocks of rows; may raise to stop.

    Returns:
        The estimate in nats, at least 0; 0 for fewer than two sequences.
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
    # (z - m)^2 / v is expanded, so that matrix products suffice for all pairs; both are shifted by the mean of the means for
    # precision.
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
