"""Batch normalisation of the posterior mean with a fixed scale (BN-VAE, Zhu et al. 2020).

The posterior mean of each dimension is scaled to a standard deviation of ``gamma`` over the data, so the KL, averaged over the
data, is at least half the sum of ``gamma² + shift²`` over the dimensions (Zhu et al. 2020, eq. 9): the posterior cannot collapse,
whatever the decoder does.

The statistics are those of the encoder in training. With dropout in the encoder, part of the variance is due to the dropout, and
the KL of held-out pieces is below the bound: train such a model with little dropout in the encoder.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

__all__ = ["MeanNorm"]

_MOMENTUM = 0.1
_TINY = 1e-8


class _SumOverProcesses(torch.autograd.Function):
    """The sum of a tensor over all processes, with the sum over all processes as its gradient too."""

    @staticmethod
    def forward(ctx: Any, value: Tensor) -> Tensor:
        total = value.clone()
        dist.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        total = gradients[0].contiguous().clone()
        dist.all_reduce(total)
        return total


class MeanNorm(nn.Module):
    """``shift + gamma * (mean - E[mean]) / SD[mean]`` of each dimension; only ``shift`` is learned.

    In training the moments are those of the batch over all processes; otherwise they are running averages, which are buffers of the
    model. For a dimension that fewer than two sequences of the batch use, the running averages are used in training too.

    Args:
        dims: size of z.
        gamma: standard deviation of the normalised means.

    Attributes:
        counted: whether the batch of this process counts; False where the process had no share of a small batch and was given a
            placeholder.
    """

    running_mean: Tensor
    running_var: Tensor
    batches: Tensor

    def __init__(self, dims: int, gamma: float) -> None:
        super().__init__()
        self.gamma = gamma
        self.counted = True
        self.shift = nn.Parameter(torch.zeros(dims))
        self.register_buffer("running_mean", torch.zeros(dims))
        self.register_buffer("running_var", torch.ones(dims))
        self.register_buffer("batches", torch.zeros(dims))

    def forward(self, mean: Tensor, used: Tensor | None) -> Tensor:
        """Normalise ``mean`` [batch, dims], float32; where not ``used`` (bool [batch, dims]) it is not counted and becomes 0."""
        centre, variance = self._moments(mean, used) if self.training else (self.running_mean, self.running_var)
        moved = self.shift + self.gamma * (mean - centre) * torch.rsqrt(variance + _TINY)
        return moved if used is None else moved * used

    def _moments(self, mean: Tensor, used: Tensor | None) -> tuple[Tensor, Tensor]:
        several = dist.is_available() and dist.is_initialized() and dist.get_world_size() > 1
        weight = torch.ones_like(mean) if used is None else used.to(mean.dtype)
        weight = weight * float(self.counted)
        # Moments about the running mean, so that the difference of the sums loses no precision.
        moved = (mean - self.running_mean) * weight
        sums = torch.stack([weight.sum(0), moved.sum(0), (moved * moved).sum(0)])
        if several:
            sums = _SumOverProcesses.apply(sums)  # type: ignore[no-untyped-call]
        count = sums[0].clamp(min=1.0)
        away = sums[1] / count
        centre, variance = self.running_mean + away, (sums[2] / count - away.square()).clamp(min=0.0)
        enough = sums[0] >= 2
        centre = torch.where(enough, centre, self.running_mean)
        variance = torch.where(enough, variance, self.running_var)
        with torch.no_grad():
            # The plain average over the first batches: an exponential average from an initial guess is biased for some fifty
            # batches.
            self.batches.add_(enough)
            share = enough * (1.0 / self.batches.clamp(min=1.0)).clamp(min=_MOMENTUM)
            self.running_mean.lerp_(centre.detach(), share)
            self.running_var.lerp_(variance.detach(), share)
        return centre, variance
