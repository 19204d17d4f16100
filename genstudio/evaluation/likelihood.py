"""Likelihood of held-out sequences, in nats a sequence.

``reconstruction_nll`` and ``kl`` are means with one sample of z a sequence; ``elbo`` is minus their sum; ``nll`` is the
importance-weighted bound on -log p(x) with K samples of the posterior (Burda et al. 2016, eq. 8), which is at most the -ELBO on
average and approaches -log p(x) as K grows; ``ppl_token`` is exp(nll / tokens), EOS counted.

A language model (bottleneck "none") has its likelihood exactly: ``nll`` is -log p(x), and the KL is nought. An autoencoder
("ae") has none: all but ``reconstruction_nll`` are None.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch

from genstudio.corpus import collate
from genstudio.errors import ConfigError
from genstudio.evaluation.scoring import Scores, in_batches
from genstudio.models.latent import sample_posterior
from genstudio.models.sequence_vae import SequenceVAE

__all__ = ["importance_weighted_nll", "likelihood"]


@torch.inference_mode()
def importance_weighted_nll(
    model: SequenceVAE, sequences: Sequence[np.ndarray], samples: int, *, seed: int = 0, check: Callable[[], None] | None = None
) -> float:
    """Mean importance-weighted bound on -log p(x) with ``samples`` samples, nats a sequence (Burda et al. 2016, eq. 8).

    Raises:
        ConfigError: the model is an autoencoder, which has no likelihood.
    """
    if model.spec.bottleneck == "ae":
        raise ConfigError("an autoencoder has no likelihood; only its reconstruction can be measured.")
    vae = model.spec.bottleneck == "vae"
    samples = samples if vae else 1
    model.eval()
    device = model.advance.device
    generator = torch.Generator().manual_seed(seed)
    total = 0.0
    for chosen in in_batches(sequences):
        ids = torch.from_numpy(collate([sequences[index] for index in chosen])).to(device)
        posterior = model.posterior(ids)
        used = posterior.used if posterior.used is not None else torch.ones_like(posterior.mean, dtype=torch.bool)
        weights = []
        for _ in range(samples):
            if check is not None:
                check()
            noise = torch.randn(posterior.mean.shape, generator=generator).to(device)
            z = sample_posterior(posterior, noise) if vae else torch.zeros_like(noise)
            nll, _, _ = model.score(ids, z)
            # log p(z) - log q(z|x); dimensions that are the prior in both cancel.
            ratio = 0.5 * (noise.square() - z.square() + posterior.logvar) * used
            weights.append(ratio.sum(1) - nll if vae else -nll)
        stacked = torch.stack(weights).double()
        total -= float((torch.logsumexp(stacked, 0) - math.log(samples)).sum())
    return total / len(sequences)


def likelihood(
    model: SequenceVAE,
    sequences: Sequence[np.ndarray],
    scores: Scores,
    *,
    samples: int = 20,
    seed: int = 0,
    check: Callable[[], None] | None = None,
) -> dict[str, float | None]:
    """The measures of this module; ``samples`` is K."""
    if scores.kl is None or scores.negative_elbo is None:
        undefined = dict.fromkeys(("nll", "nll_samples", "elbo", "kl", "ppl_token"))
        return {**undefined, "reconstruction_nll": float(scores.nll.mean())}
    nll = importance_weighted_nll(model, sequences, samples, seed=seed + 1, check=check)
    tokens = float(scores.tokens.float().mean())
    return {
        "nll": nll,
        "nll_samples": samples if model.spec.bottleneck == "vae" else None,
        "elbo": -scores.negative_elbo,
        "kl": float(scores.kl.mean()),
        "reconstruction_nll": float(scores.nll.mean()),
        "ppl_token": math.exp(min(700.0, nll / tokens)),
    }
