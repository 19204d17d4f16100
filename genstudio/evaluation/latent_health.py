"""Whether the latent space is used.

``active_units``: dimensions whose posterior mean has a variance above 0.01 over the set (Burda et al. 2016, section 5.2), of
``latent_dims``.

``mutual_information``: I(x; z) = E[log q(z|x) - log q(z)] in nats, with one sample of z a sequence, where the aggregate posterior
q(z) is the mixture of the posteriors of all sequences given (Hoffman & Johnson 2016). It cannot exceed
``largest_mutual_information``, ln of their number: where it comes near, the set is too small to tell how much z says.

An autoencoder's code is a point and has no mutual information in nats; a language model has no code. What is not defined is None.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from genstudio.evaluation.scoring import Scores
from genstudio.models.latent import active_units, mutual_information

__all__ = ["latent_health"]


def latent_health(
    scores: Scores, *, seed: int = 0, limit: int | None = None, check: Callable[[], None] | None = None
) -> dict[str, float | None]:
    """The measures of this module; ``limit``: the mutual information is that of so many of the sequences at most."""
    if scores.bottleneck != "vae":
        coded = scores.bottleneck == "ae"
        return {
            "active_units": active_units(scores.means) if coded else None,
            "latent_dims": scores.means.shape[1] if coded else None,
            "mutual_information": None,
            "largest_mutual_information": None,
        }
    count = len(scores.means)
    return {
        "active_units": active_units(scores.means),
        "latent_dims": scores.means.shape[1],
        "mutual_information": mutual_information(scores.means, scores.logvars, seed=seed, limit=limit, check=check),
        "largest_mutual_information": math.log(max(1, count if limit is None else min(limit, count))),
    }
