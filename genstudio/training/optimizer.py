"""The optimiser of training and of the fitting of priors."""

from __future__ import annotations

import torch
from torch import nn

from genstudio.config import OptimizerOptions

__all__ = ["adamw"]


def adamw(model: nn.Module, options: OptimizerOptions, *, fused: bool = False) -> torch.optim.AdamW:
    """AdamW (Loshchilov & Hutter 2019), with weight decay for matrices only, not for vectors such as biases."""
    groups = [[p for p in model.parameters() if (p.dim() >= 2) == matrices] for matrices in (True, False)]
    return torch.optim.AdamW(
        [{"params": groups[0], "weight_decay": options.weight_decay}, {"params": groups[1], "weight_decay": 0.0}],
        lr=options.learning_rate,
        betas=(0.9, options.beta2),
        fused=fused or None,
    )
