"""Schedules of the learning rate and the KL weight, as functions of ``progress``, the share of the training that is done, 0 to 1.

An autoregressive decoder can ignore z, and will where the KL costs more than z contributes early in training (posterior collapse,
Bowman et al. 2016). The remedies in :class:`genstudio.config.KLOptions`, and when to use them:

- ``schedule`` linear: always, unless one of the following takes its place; the KL is free while the decoder learns to use z.
  sigmoid (Bowman et al. 2016) is free for longer and rises more steeply: if the KL falls to zero while the weight is small.
  cyclical (Fu et al. 2019): if it falls late; each cycle starts with what was learned in the one before.
- ``floor``, free bits (Kingma et al. 2016, eq. 15): the first thing to try. Some KL in each dimension (or in total) costs nothing,
  so nothing is gained by giving it up. It keeps dimensions active; how much KL is used beyond it depends on the data.
- ``target`` (Burgess et al. 2018, eq. 8; Alemi et al. 2018; one-sided it is the minimum desired rate of Pelsmaeker & Aziz 2020): to
  set the rate itself, so that models can be compared at one rate. The weight must be large enough, 1 to 10.
- ``batch_norm`` (Zhu et al. 2020): the KL cannot fall below gamma² / 2 per dimension, without a schedule. The means of all
  dimensions then vary equally whether the decoder uses them or not, so active units are not informative.
- ``pretrain`` (Li et al. 2019): the model is first trained as an autoencoder, so that the codes are informative when the KL begins;
  the decoder is then initialised again (``fresh_decoder``). Use it together with free bits, for strong decoders.

``floor`` and ``target`` exclude each other; everything else can be combined. Autoencoders and language models have no KL term.
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

    The schedules linear and sigmoid rise from ``start`` to ``weight`` between ``begin`` and ``warmup`` (Bowman et al. 2016);
    cyclical repeats a linear rise in ``cycles`` cycles, each over its first ``warmup`` share (Fu et al. 2019). With ``pretrain``
    the weight is zero up to that share of the training, and the schedule applies to the rest.
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
    """Learning rate with linear warm-up over ``warmup`` steps and cosine decay to the share ``final`` (Loshchilov & Hutter 2017).

    Args:
        options: the settings.
        step: the step from 0, for the warm-up.
        progress: the share of the training that is done.
    """
    down = options.final + (1 - options.final) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
    up = min(1.0, (step + 1) / options.warmup) if options.warmup else 1.0
    return options.learning_rate * up * down
