"""Whether the latent space is used.

``active_units``: dimensions whose posterior mean has a variance of at least 0.01 over the set (Burda et al. 2016);
``mutual_information``: I(x; z) in nats against the aggregate posterior of at most 2,000 sequences (Hoffman & Johnson 2016), which
cannot exceed ln of their number; ``largest_mutual_information`` is that limit.

An autoencoder's code is a point and has no mutual information in nats; a language model has no code. What is not defined is None.
"""

from __future__ import annotations

import math

from genstudio.evaluation.scoring import Scores
from genstudio.models.latent import active_units, mutual_information

__all__ = ["latent_health"]


def latent_health(scores: Scores, *, seed: int = 0, limit: int = 2000) -> dict[str, float | None]:
    """The measures of this module."""
    if scores.bottleneck != "vae":
        coded = scores.bottleneck == "ae"
        return {
            "active_units": active_units(scores.means) if coded else None,
            "latent_dims": scores.means.shape[1] if coded else None,
            "mutual_information": None,
            "largest_mutual_information": None,
        }
    return {
        "active_units": active_units(scores.means),
        "latent_dims": scores.means.shape[1],
        "mutual_information": mutual_information(scores.means, scores.logvars, seed=seed, limit=limit),
        "largest_mutual_information": math.log(max(1, min(limit, len(scores.means)))),
    }
