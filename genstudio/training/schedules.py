"""Schedules over the share of the training that is done, ``progress`` from 0 to 1.

A decoder that hears its own tokens can do without z, and will where the KL costs more than z brings at first (posterior collapse,
Bowman et al. 2016). What there is against it, in :class:`genstudio.config.KLOptions`, and when to take it:

- ``schedule`` linear: always, unless something below takes its place; the KL is free while the decoder learns to listen. sigmoid
  (Bowman et al. 2016) stays free for longer and rises more steeply: where the KL falls to nought while the weight is small.
  cyclical (Fu et al. 2019): where it falls late; each cycle begins with what the former one has learned.
- ``floor``, free bits (Kingma et al. 2016, eq. 15): the first thing to try. Some KL in each dimension (or in all) costs nothing, so
  there is no reason to give it up. It keeps dimensions alive; how much is used beyond it the data decide.
- ``target`` (Burgess et al. 2018, eq. 8; Alemi et al. 2018; one-sided it is the minimum desired rate of Pelsmaeker & Aziz 2020):
  where the rate itself is to be set, so that models can be compared at one rate. The weight must be large enough, 1 to 10.
- ``batch_norm`` (Zhu et al. 2020): the KL cannot fall below gamma² / 2 a dimension, without a schedule. The mean of every dimension
  then varies alike whether it is heard or not, so active units say nothing.
- ``pretrain`` (Li et al. 2019): the model is an autoencoder first, so that the encoder has something to say when the KL begins; the
  decoder is then drawn anew (``fresh_decoder``). Together with free bits; for strong decoders.

``floor`` and ``target`` exclude each other. All else can be joined. Autoencoders and language models pay no KL.
"""

from __future__ import annotations

import math

from genstudio.config import KLOptions, OptimizerOptions

__all__ = ["kl_weight", "learning_rate", "pretraining"]


def pretraining(options: KLOptions, progress: float) -> bool:
    """Whether the model is trained as an autoencoder at ``progress`` (Li et al. 2019)."""
    return progress < options.pretrain


def kl_weight(options: KLOptions, progress: float) -> float:
    """Weight of the KL (beta) at ``progress``.

    linear and sigmoid rise from ``start`` to ``weight`` between ``begin`` and ``warmup`` (Bowman et al. 2016); cyclical repeats
    a linear rise in ``cycles`` cycles, each rising over its first ``warmup`` share (Fu et al. 2019). With ``pretrain`` the weight
    is nought up to there, and all this is of what is left.
    """
    if pretraining(options, progress):
        return 0.0
    progress = (progress - options.pretrain) / (1.0 - options.pretrain)
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
    """Linear warm-up over ``warmup`` steps, then half a cosine down to ``final`` (Loshchilov & Hutter 2017).

    Args:
        step: counted from 0, for the warm-up.
        progress: the share of the training that is done.
    """
    down = options.final + (1 - options.final) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
    up = min(1.0, (step + 1) / options.warmup) if options.warmup else 1.0
    return options.learning_rate * up * down
