"""Teacher-forced scores of held-out sequences, used while training and in evaluation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from genstudio.corpus import collate, in_batches
from genstudio.models.latent import active_units
from genstudio.models.prior import prior_cost
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.progress import Check, go_on

__all__ = ["Scores", "of_the_summary", "score"]


@dataclass(frozen=True)
class Scores:
    """Scores of sequences.

    Attributes:
        nll: reconstruction NLL in nats, [sequences].
        kl: KL in nats, [sequences]; None for an autoencoder, which has no KL and so no bound on the likelihood.
        kl_dimensions: mean KL of each dimension, [dims]; None as for ``kl``.
        correct, tokens: number of correctly predicted next tokens, and of all, [sequences].
        means, logvars: posteriors, [sequences, dims].
        bottleneck: that of the model.
        prior_cost: log q(z|x) - log p(z) of the sample, [sequences]; None without a learned prior.
    """

    nll: Tensor
    kl: Tensor | None
    kl_dimensions: Tensor | None
    correct: Tensor
    tokens: Tensor
    means: Tensor
    logvars: Tensor
    bottleneck: str = "vae"
    prior_cost: Tensor | None = None

    @property
    def negative_elbo(self) -> float | None:
        """Mean -ELBO in nats per sequence, with one sample of z and a weight of 1 on the KL; None for an autoencoder."""
        return None if self.kl is None else float((self.nll + self.kl).mean())


@torch.inference_mode()
def score(
    model: SequenceVAE,
    sequences: Sequence[np.ndarray],
    *,
    seed: int = 0,
    blank: bool = False,
    check: Check = go_on,
) -> Scores:
    """Compute teacher-forced scores with one sample of z for each sequence.

    Args:
        model: the model, which is set to evaluation mode.
        sequences: token ids.
        seed: seed of the samples.
        blank: for a model with a summary, whether all details are blank; NLL and KL are then those of the summary alone.
        check: called before each batch; may raise to stop.

    Returns:
        The scores, in the order of ``sequences``.
    """
    model.eval()
    device = model.advance.device
    noise = torch.randn(len(sequences), model.latent_dims, generator=torch.Generator().manual_seed(seed))
    parts: defaultdict[str, list[Tensor]] = defaultdict(list)
    rows: list[int] = []
    for chosen in in_batches(sequences):
        check()
        ids = torch.from_numpy(collate([sequences[index] for index in chosen])).to(device)
        drawn = noise[torch.from_numpy(chosen)].to(device)
        gone = torch.ones(len(ids), model.blocks[0], dtype=torch.bool, device=device) if blank else None
        output = model(ids, drawn, blank=gone)
        if model.spec.prior is not None:
            size, posterior = model.prior_dims, output.posterior
            about = None if posterior.used is None else posterior.used[:, :size]
            cost = prior_cost(model.prior, posterior.mean[:, :size], posterior.logvar[:, :size], about, drawn[:, :size])
            if output.kl is not None:
                cost = cost + output.kl[:, size:].sum(1)  # the details have no learned prior
            parts["prior_cost"].append(cost.cpu())
        for name, value in (
            ("nll", output.nll),
            ("kl", output.kl if output.kl is not None else torch.zeros_like(output.posterior.mean)),
            ("correct", output.correct),
            ("tokens", output.tokens),
            # In training the model may compute in bfloat16, while the means are decoded in float32.
            ("means", output.posterior.mean.float()),
            ("logvars", output.posterior.logvar.float()),
        ):
            parts[name].append(value.cpu())
        rows.extend(chosen.tolist())
    back = torch.from_numpy(np.argsort(rows))
    whole = {name: torch.cat(values)[back] for name, values in parts.items()}
    kl, none = whole.pop("kl"), model.spec.bottleneck == "ae"
    return Scores(
        **whole, bottleneck=model.spec.bottleneck, kl=None if none else kl.sum(1), kl_dimensions=None if none else kl.mean(0)
    )


def of_the_summary(
    model: SequenceVAE, sequences: Sequence[np.ndarray], scores: Scores, *, seed: int = 0, check: Check = go_on
) -> dict[str, Any]:
    """Metrics of the summary alone.

    Args:
        model: the model.
        sequences: token ids.
        scores: their scores with all details.
        seed: seed of the samples of z.
        check: called before each batch; may raise to stop.

    Returns:
        ``kl_summary`` and ``elbo_summary`` (the bound with all details blank) in nats per sequence, and ``active_units_summary``
        (see :func:`active_units`). Empty for a model without a summary.
    """
    size = model.core.summary_dims
    if not size or scores.kl_dimensions is None or model.spec.bottleneck != "vae":
        return {}
    negative = score(model, sequences, seed=seed, blank=True, check=check).negative_elbo
    assert negative is not None
    return {
        "elbo_summary": -float(negative),
        "kl_summary": float(scores.kl_dimensions[:size].sum()),
        "active_units_summary": active_units(scores.means[:, :size]),
    }
