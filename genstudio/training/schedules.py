"""Schedules over the share of the training that is done, ``progress`` from 0 to 1."""

from __future__ import annotations

import math

from genstudio.config import KLOptions, OptimizerOptions

__all__ = ["kl_weight", "learning_rate"]


def kl_weight(options: KLOptions, progress: float) -> float:
    """Weight of the KL (beta) at ``progress``.

    linear and sigmoid rise from ``start`` to ``weight`` between ``begin`` and ``warmup`` (Bowman et al. 2016); cyclical repeats
    a linear rise in ``cycles`` cycles, each rising over its first ``warmup`` share (Fu et al. 2019).
    """
    rise = options.weight - options.start
    if options.schedule == "constant":
        return options.weight
    if options.schedule == "cyclical":
        within = progress * options.cycles % 1.0 if progress < 1.0 else 1.0
        share = 1.0 if options.warmup <= 0 else min(1.0, within / options.warmup)
        return options.start + rise * share
    length = options.warmup - options.begin
    share = float(progress >= options.begin) if length <= 0 else min(1.0, max(0.0, (progress - options.begin) / length))
    if options.schedule == "sigmoid":
        low, high = 1 / (1 + math.exp(6)), 1 / (1 + math.exp(-6))
        share = (1 / (1 + math.exp(-12 * (share - 0.5))) - low) / (high - low)
    return options.start + rise * share


def learning_rate(options: OptimizerOptions, step: int, progress: float) -> float:
    """Linear warm-up over ``warmup`` steps, then half a cosine down to ``final`` (Loshchilov & Hutter 2017)."""
    down = options.final + (1 - options.final) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
    up = min(1.0, (step + 1) / options.warmup) if options.warmup else 1.0
    return options.learning_rate * up * down
