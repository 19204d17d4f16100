"""Likelihood of held-out sequences, in nats per sequence; the end of a sequence (EOS) always counts as a token.

``reconstruction_nll`` and ``kl`` are means with one sample of z per sequence; ``elbo`` is minus their sum. ``nll`` is the
importance-weighted bound on -log p(x) with K = ``nll_samples`` samples of the posterior (Burda et al. 2016, eq. 8):

    -log (1/K) sum_k p(x|z_k) p(z_k) / q(z_k|x),    z_k ~ q(z|x)

It is on average at most -ELBO and at least -log p(x), and approaches the latter as K grows. Bounds with different K are not
comparable; the literature usually has K = 500 or more. The likelihood of a language model (bottleneck "none") is exact: ``nll`` is
-log p(x), no samples are drawn, and the KL is zero. An autoencoder ("ae") has no likelihood: all but ``reconstruction_nll`` are
None.

For a model with a learned prior (:mod:`genstudio.models.prior`), ``kl_prior`` is the mean of log q(z|x) - log p(z) with the same
sample of z, and ``elbo_prior`` the bound with it; all other metrics are with respect to N(0, I).

``ppl_token`` is exp(all nats / all tokens), ``ppl_word`` exp(all nats / all words), where the end of each sequence counts as a
token and as a word, as is usual (Kim et al. 2018). Perplexities per word do not depend on the tokenizer. Words are defined by the
grammar of the domain (``Grammar.words``); music has none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from genstudio.corpus import collate, in_batches
from genstudio.errors import ConfigError
from genstudio.evaluation.scoring import Scores
from genstudio.models.latent import Posterior, log_normal, sample_posterior
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.progress import Check, Monitor, go_on

__all__ = ["importance_weighted_bound", "importance_weighted_nll", "likelihood"]

# Tokens per pass of the decoder: on a CPU what fits into its cache, on a GPU enough to keep it busy.
_TOKENS_CPU, _TOKENS_GPU = 2000, 100_000


def standard_normal(z: Tensor) -> Tensor:
    """Log density of N(0, 1) at ``z`` for each dimension, with the shape of ``z``."""
    return log_normal(z, torch.zeros_like(z), torch.zeros_like(z))


def importance_weighted_bound(
    posterior: Posterior,
    log_likelihood: Callable[[Tensor], Tensor],
    samples: int,
    *,
    generator: torch.Generator,
    log_prior: Callable[[Tensor], Tensor] = standard_normal,
    at_once: int = 1,
    check: Check = go_on,
) -> Tensor:
    """Importance-weighted lower bound on log p(x) of each sequence (Burda et al. 2016, eq. 8).

    Args:
        posterior: q(z|x), from which the samples are drawn. In unused dimensions it equals the prior, so they cancel.
        log_likelihood: maps z [samples, batch, dims] to log p(x|z) [samples, batch].
        samples: K.
        generator: on the CPU, so that a seed gives the same samples on every device.
        log_prior: maps z to log p(z) of each dimension, with the same shape.
        at_once: how many samples are scored in one pass; their weights are summed, so memory does not grow with K.
        check: called before each pass; may raise to stop.

    Returns:
        float64 [batch], nats.
    """
    mean = posterior.mean
    total = torch.full((len(mean),), -torch.inf, dtype=torch.float64, device=mean.device)
    for start in range(0, samples, at_once):
        check()
        count = min(at_once, samples - start)
        z = sample_posterior(posterior, torch.randn(count, *mean.shape, generator=generator).to(mean.device))
        ratio = log_prior(z) - log_normal(z, mean, posterior.logvar)
        if posterior.used is not None:
            ratio = ratio * posterior.used
        weights = log_likelihood(z).double() + ratio.double().sum(-1)
        total = torch.logaddexp(total, torch.logsumexp(weights, 0))
    return total - math.log(samples)


@torch.inference_mode()
def importance_weighted_nll(
    model: SequenceVAE,
    sequences: Sequence[np.ndarray],
    samples: int,
    *,
    seed: int = 0,
    monitor: Monitor = Monitor(),
) -> float:
    """Mean importance-weighted bound on -log p(x) (Burda et al. 2016); for a language model -log p(x) itself.

    Args:
        model: the model.
        sequences: token ids.
        samples: K, the number of samples of z for each sequence.
        seed: seed of the samples.
        monitor: receives progress, and may stop.

    Returns:
        Nats per sequence.

    Raises:
        ConfigError: the model is an autoencoder, which has no likelihood.
    """
    if model.spec.bottleneck == "ae":
        raise ConfigError("an autoencoder has no likelihood; only its reconstruction can be measured.")
    model.eval()
    device = model.advance.device
    tokens = _TOKENS_CPU if device.type == "cpu" else _TOKENS_GPU
    generator = torch.Generator().manual_seed(seed)
    total, measured = 0.0, 0
    done = monitor.counter("evaluating", len(sequences), "likelihood")
    for chosen in in_batches(sequences, tokens):
        monitor.check()
        ids = torch.from_numpy(collate([sequences[index] for index in chosen])).to(device)
        posterior = model.posterior(ids)
        if model.spec.bottleneck == "none":
            total += float(model.score(ids, torch.zeros_like(posterior.mean))[0].double().sum())
        else:

            def log_likelihood(z: Tensor, ids: Tensor = ids) -> Tensor:
                return -model.score(ids.repeat(len(z), 1), z.flatten(0, 1))[0].view(z.shape[:2])

            at_once = max(1, tokens // (len(ids) * (ids.shape[1] + 1)))
            bound = importance_weighted_bound(
                posterior, log_likelihood, samples, generator=generator, at_once=at_once, check=monitor.check
            )
            total -= float(bound.sum())
        measured += len(chosen)
        done(measured)
    return total / len(sequences)


def perplexity(nats: float, units: float) -> float:
    """exp(nats / units), limited to a very large finite number."""
    return math.exp(min(700.0, nats / units))


def likelihood(
    model: SequenceVAE,
    sequences: Sequence[np.ndarray],
    scores: Scores,
    *,
    samples: int = 20,
    words: int | None = None,
    seed: int = 0,
    monitor: Monitor = Monitor(),
) -> dict[str, float | None]:
    """Compute the metrics of this module.

    Args:
        model: the model.
        sequences: token ids.
        scores: the scores of ``sequences``.
        samples: K.
        words: total number of words of ``sequences``, not counting ends; None: the domain has no words.
        seed: seed of the samples.
        monitor: receives progress, and may stop.

    Returns:
        Nats per sequence and perplexities by name; None where one is not defined for the model.
    """
    if scores.kl is None or scores.negative_elbo is None:
        undefined = dict.fromkeys(("nll", "nll_samples", "elbo", "kl", "ppl_token", *(["ppl_word"] if words is not None else [])))
        return {**undefined, "reconstruction_nll": float(scores.nll.mean())}
    nll = importance_weighted_nll(model, sequences, samples, seed=seed + 1, monitor=monitor)
    tokens = float(scores.tokens.float().mean())
    found: dict[str, float | None] = {
        "nll": nll,
        "nll_samples": samples if model.spec.bottleneck == "vae" else None,
        "elbo": -scores.negative_elbo,
        "kl": float(scores.kl.mean()),
        "reconstruction_nll": float(scores.nll.mean()),
        "ppl_token": perplexity(nll, tokens),
    }
    if scores.prior_cost is not None:
        found["kl_prior"] = float(scores.prior_cost.mean())
        found["elbo_prior"] = -float((scores.nll + scores.prior_cost).mean())
    if words is not None:
        found["ppl_word"] = perplexity(nll, words / len(sequences) + 1)
    return found
