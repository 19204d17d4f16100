"""Whether the latent space is used.

``active_units``: dimensions whose posterior mean has a variance above 0.01 over the set (Burda et al. 2016, section 5.2), of
``latent_dims``.

``mutual_information``: I(x; z) = E[log q(z|x) - log q(z)] in nats, with one sample of z a sequence, where the aggregate posterior
q(z) is the mixture of the posteriors of all sequences given (Hoffman & Johnson 2016). It cannot exceed
``largest_mutual_information``, ln of their number: where it comes near, the set is too small to tell how much z says.

``neighbour_overlap``: what a piece has in common with the one whose posterior mean is nearest to its own (Euclidean), among the
first :data:`NEAR` pieces: shared tokens by all tokens of the two, both as multisets (the Jaccard index), mean over pieces.
``random_overlap``: the same of a piece and another drawn by chance. Where neighbours in the space are no more alike than that, its
distances say nothing.

An autoencoder's code is a point and has no mutual information in nats; a language model has no code. What is not defined is None.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from genstudio.evaluation.scoring import Scores
from genstudio.models.latent import active_units, mutual_information
from genstudio.progress import Check, go_on

__all__ = ["NEAR", "latent_health", "neighbours"]

NEAR = 4000
"""Pieces among which the nearest is looked for: time grows with the square of it."""
_ROWS = 500


def latent_health(scores: Scores, *, seed: int = 0, check: Check = go_on) -> dict[str, float | None]:
    """Measure whether the latent space is used.

    Returns:
        ``active_units``, ``latent_dims``, ``mutual_information`` and ``largest_mutual_information``, see the module's text; None
        where one is not defined.
    """
    coded, vae = scores.bottleneck != "none", scores.bottleneck == "vae"
    return {
        "active_units": active_units(scores.means) if coded else None,
        "latent_dims": scores.means.shape[1] if coded else None,
        "mutual_information": mutual_information(scores.means, scores.logvars, seed=seed, check=check) if vae else None,
        "largest_mutual_information": math.log(max(1, len(scores.means))) if vae else None,
    }


def neighbours(
    means: Tensor, sequences: Sequence[np.ndarray], *, seed: int = 0, check: Check = go_on
) -> dict[str, float]:
    """How alike pieces are that are near in the space; see the module's text.

    Args:
        means: posterior means, [sequences, dims]. sequences: their token ids.
    """
    means, sequences = means[:NEAR].float(), sequences[:NEAR]
    count = len(sequences)
    if count < 3:
        return {}
    nearest = torch.empty(count, dtype=torch.int64)
    for start in range(0, count, _ROWS):
        check()
        distance = torch.cdist(means[start : start + _ROWS], means)
        rows = torch.arange(len(distance))
        distance[rows, start + rows] = math.inf
        nearest[start : start + _ROWS] = distance.argmin(1)
    # Each with another than itself: a step of 1 to count - 1 around the circle.
    chance = (np.arange(count) + np.random.default_rng(seed).integers(1, count, count)) % count
    bags = [Counter(ids.tolist()) for ids in sequences]
    near, by_chance = ([_jaccard(bags[at], bags[int(other)]) for at, other in enumerate(found)] for found in (nearest, chance))
    return {"neighbour_overlap": sum(near) / count, "random_overlap": sum(by_chance) / count}


def _jaccard(a: Counter[int], b: Counter[int]) -> float:
    return (a & b).total() / max(1, (a | b).total())
