"""Codes of pieces that begin in a given way."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from genstudio.models.latent import Posterior, sample_posterior
from genstudio.models.prior import LatentPrior
from genstudio.models.sequence_vae import BOS, SequenceVAE
from genstudio.progress import Check, go_on

__all__ = ["continuation_codes"]

_CANDIDATES = 64
_ROWS = 32


@torch.inference_mode()
def continuation_codes(
    model: SequenceVAE,
    ids: Sequence[int],
    n: int,
    *,
    segments: int = 0,
    spread: float = 1.0,
    seed: int = 0,
    check: Check = go_on,
) -> Tensor:
    """``n`` codes [n, dims] from p(z | the sequence begins with ``ids``), approximately.

    The posterior q(z | ids) alone would say that the sequence ends where ``ids`` end, and the prior knows nothing of them. Half of
    the candidates come from each of the two, and are drawn without replacement with the weights of sampling importance resampling
    (Rubin 1988), p(ids | z) p(z) / (p(z) + q(z | ids)): the mixture as proposal keeps the weights bounded (Hesterberg 1995). No end
    is asked for after ``ids``. In dimensions that ``ids`` do not use (bars still to come) posterior and prior are the same.
    An autoencoder's prior is the Gaussian fitted to its codes. A language model has one code for all: what differs is drawn while
    decoding.

    Where a prior over several blocks was learned it says how codes follow one another: the blocks that ``ids`` use are those of
    their posterior's mean, but for the last one, where the sequence would end; the rest is drawn from p(the rest | these).
    ``spread`` is the factor of its standard deviations; no sequence ends before it has so many ``segments`` after the first.

    Of a code with a summary it is the summary that is drawn so, the candidates weighed by what they say with all details blank; the
    details of ``ids`` are kept, but for the last one, and those that follow are blank.
    """
    generator = torch.Generator().manual_seed(seed)
    if model.spec.bottleneck == "none":
        return model.prior_codes(n, generator)
    if model.spec.prior is not None and model.blocks[0] > 1 and not model.layout.summary:
        return _followed(model, ids, n, segments, generator, spread)
    half = max(_CANDIDATES // 2, 2 * n)
    given = torch.tensor([list(ids)], dtype=torch.int64)
    posterior = model.posterior(given)
    if model.ex_post is not None:
        # In the coordinates of its fitted prior; around the code itself, which is a point, with half the prior's deviation.
        near = torch.full_like(posterior.mean, 2.0 * math.log(0.5))
        posterior = Posterior(model.ex_post.standard(posterior.mean), near)
    noise = torch.randn(2 * half, model.latent_dims, generator=generator)
    size = model.prior_dims
    from_prior = noise[:half]
    if model.spec.prior is not None:
        from_prior = torch.cat([model.prior.sample(half, generator), noise[:half, size:]], 1)
    from_posterior = sample_posterior(posterior, noise[half:])
    z = torch.cat([from_prior, from_posterior])
    used = torch.ones_like(posterior.mean, dtype=torch.bool) if posterior.used is None else posterior.used
    layout = model.layout
    there = used[0, layout.summary :: layout.block].nonzero()
    if layout.summary:
        used = used.clone()
        used[:, layout.summary :] = False
    if model.spec.prior is not None:
        log_p = model.prior.log_prob(z[:, :size], torch.ones(len(z), model.blocks[0], dtype=torch.bool)).double()
    else:
        log_p = (-0.5 * z.square() - 0.5 * math.log(2 * math.pi)).masked_fill(~used, 0.0).double().sum(1)
    deviation = (z - posterior.mean).square() * torch.exp(-posterior.logvar)
    log_q = (-0.5 * (deviation + posterior.logvar + math.log(2 * math.pi))).masked_fill(~used, 0.0).double().sum(1)
    codes = z if model.ex_post is None else model.ex_post.codes(z)
    if layout.summary:
        codes = layout.blanked(codes, torch.ones(len(codes), len(layout.places), dtype=torch.bool))
    weights = _begins_so(model, given, codes, check) + log_p - torch.logaddexp(log_p, log_q)
    # The n largest of the log weights with Gumbel noise are a draw without replacement (Yellott 1977).
    uniform = torch.rand(2 * half, generator=generator, dtype=torch.float64).clamp(1e-12, 1 - 1e-12)
    chosen = (weights - torch.log(-torch.log(uniform))).topk(n).indices
    if not layout.summary:
        return codes[chosen].clone()
    kept = torch.arange(len(layout.places)) < int(there.max())
    return torch.stack([layout.with_details(layout.summary_of(code), posterior.mean[0], kept) for code in codes[chosen]])


def _followed(model: SequenceVAE, ids: Sequence[int], n: int, segments: int, generator: torch.Generator, spread: float) -> Tensor:
    """Codes [n, dims] that begin with those of ``ids``, from the learned prior."""
    posterior = model.posterior(torch.tensor([list(ids)], dtype=torch.int64))
    _, size, period = model.blocks
    used = torch.ones_like(posterior.mean[0], dtype=torch.bool) if posterior.used is None else posterior.used[0]
    used = used[::size].clone()
    last = int(used.nonzero().max())
    used[last] = False
    # Into the next segment at least: there is to be something that follows.
    until = max(last // period + 1, segments) * period
    assert isinstance(model.prior, LatentPrior)  # of a code without a summary
    return model.prior.sample(n, generator, spread, given=posterior.mean[0], used=used, until=until)


def _begins_so(model: SequenceVAE, ids: Tensor, z: Tensor, check: Check) -> Tensor:
    """The log of p(the sequence begins with ``ids`` | z) of each row of ``z`` [rows, dims], float64 [rows]."""
    inputs = F.pad(ids, (1, 0), value=BOS)[:, :-1]
    found = []
    for start in range(0, len(z), _ROWS):
        check()
        part = z[start : start + _ROWS]
        several = inputs.expand(len(part), -1)
        logits = model.core.decode(several, part, model.positions(several)).double()
        nll = F.cross_entropy(logits.flatten(0, 1), ids.expand(len(part), -1).flatten(), reduction="none")
        found.append(-nll.view(len(part), -1).sum(1))
    return torch.cat(found)
