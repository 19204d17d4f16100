"""What a model does on held-out sequences; used while training and, over whole sets, by ``evaluation``."""

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
    """Per sequence: reconstruction NLL and KL in nats, next tokens right and in all; posteriors [sequences, dims].

    An autoencoder (``bottleneck`` "ae") has no KL and so no bound on the likelihood: None.
    """

    nll: Tensor
    kl: Tensor | None
    kl_dimensions: Tensor | None
    correct: Tensor
    tokens: Tensor
    means: Tensor
    logvars: Tensor
    bottleneck: str = "vae"
    prior_cost: Tensor | None = None  # log q(z|x) - log p(z) of the sample, where there is a learned prior

    @property
    def negative_elbo(self) -> float | None:
        """Mean -ELBO, nats a sequence: one sample of z, full weight on the KL."""
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
    """Teacher-forced scores of ``sequences`` with one sample of z each, drawn with ``seed``; the order is kept.

    Args:
        blank: whether all details are blank, of a model with a summary: NLL and KL are then those of the summary alone.
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
                cost = cost + output.kl[:, size:].sum(1)  # of the details, which have no learned prior
            parts["prior_cost"].append(cost.cpu())
        for name, value in (
            ("nll", output.nll),
            ("kl", output.kl if output.kl is not None else torch.zeros_like(output.posterior.mean)),
            ("correct", output.correct),
            ("tokens", output.tokens),
            # In training the model may compute in bfloat16; what decodes the means does not.
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
    """What the summary of a model does by itself; empty for a model without one.

    Args:
        scores: of these sequences with all details.

    Returns:
        ``kl_summary``, ``active_units_summary`` (see :func:`active_units`) and ``elbo_summary``, the bound where all
        details are blank, beside which the ELBO is the one with all of them.
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
