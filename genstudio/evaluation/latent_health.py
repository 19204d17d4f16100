"""Whether the model uses its latent space.

``active_units``: dimensions whose posterior mean has a variance above 0.01 over the set (Burda et al. 2016, section 5.2), of
``latent_dims``.

``mutual_information``: I(x; z) = E[log q(z|x) - log q(z)] in nats, with one sample of z per sequence, where the aggregate posterior
q(z) is the mixture of the posteriors of all given sequences (Hoffman & Johnson 2016). It cannot exceed
``largest_mutual_information``, the natural logarithm of their number; an estimate close to it only shows that the set is too small.

``neighbour_overlap``: similarity of a piece to the one with the nearest posterior mean (Euclidean) among the first :data:`NEAR`
pieces: shared tokens divided by all tokens of the two, as multisets (the Jaccard index), mean over pieces. ``random_overlap``: the
same for a piece and another random one. If neighbours are not more similar than random pieces, distances in the space are
meaningless.

The code of an autoencoder is a point and has no mutual information; a language model has no code. Undefined metrics are None.
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
"""Number of pieces among which nearest neighbours are searched for; the time grows with its square."""
_ROWS = 500  # of the matrix of distances at once


def latent_health(scores: Scores, *, seed: int = 0, check: Check = go_on) -> dict[str, float | None]:
    """Measure how much of the latent space is used.

    Args:
        scores: scores of held-out sequences.
        seed: seed of the samples of z.
        check: called between blocks; may raise to stop.

    Returns:
        ``active_units``, ``latent_dims``, ``mutual_information`` and ``largest_mutual_information``, see the description of the
        module; None where one is not defined.
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
    """Measure how similar pieces are whose codes are near.

    Args:
        means: posterior means, [sequences, dims].
        sequences: token ids.
        seed: seed of the choice of random pieces.
        check: called between blocks; may raise to stop.

    Returns:
        ``neighbour_overlap`` and ``random_overlap``, see the description of the module; empty for fewer than three pieces.
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
    # Another piece than itself: a random step of 1 to count - 1, modulo count.
    others = (np.arange(count) + np.random.default_rng(seed).integers(1, count, count)) % count
    bags = [Counter(ids.tolist()) for ids in sequences]
    near, random = ([_jaccard(bags[at], bags[int(other)]) for at, other in enumerate(found)] for found in (nearest, others))
    return {"neighbour_overlap": sum(near) / count, "random_overlap": sum(random) / count}


def _jaccard(a: Counter[int], b: Counter[int]) -> float:
    return (a & b).total() / max(1, (a | b).total())
