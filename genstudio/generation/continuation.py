"""Draw codes of pieces with a given beginning."""

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

    The posterior q(z | ids) alone implies that the sequence ends after ``ids``, and the prior does not depend on them. So half of
    the candidates are drawn from each, and ``n`` of them without replacement with the weights of sampling importance resampling
    (Rubin 1988), p(ids | z) p(z) / (p(z) + q(z | ids)): the mixture as proposal keeps the weights bounded (Hesterberg 1995).
    p(ids | z) contains no end after ``ids``. In dimensions that ``ids`` do not use (later bars) posterior and prior are the same.
    The prior of an autoencoder is the Gaussian fitted to its codes. A language model has the same code for all sequences; its
    results differ by the random numbers of decoding alone.

    A learned prior over several blocks says how blocks follow one another: the blocks that ``ids`` use are their posterior means,
    except for the last one, which contains the end of the sequence; the others are drawn from p(others | these).

    In a code with a summary the summary is drawn as above, with p(ids | z) for blank details; the details of ``ids`` are kept,
    except for the last one, and the later ones are blank.

    Args:
        ids: token ids of the beginning, without BOS and EOS.
        segments: with a learned prior over blocks, the smallest number of segments after the first.
        spread: with a learned prior over blocks, the factor of its standard deviations.
        check: called now and then; may raise to stop.
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
        # In the coordinates of its fitted prior. The code is a point; candidates are drawn around it with half the deviation of the
        # prior.
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
    """Codes [n, dims] from the learned prior over blocks, the first blocks being those of ``ids``."""
    posterior = model.posterior(torch.tensor([list(ids)], dtype=torch.int64))
    _, size, period = model.blocks
    used = torch.ones_like(posterior.mean[0], dtype=torch.bool) if posterior.used is None else posterior.used[0]
    used = used[::size].clone()
    last = int(used.nonzero().max())
    used[last] = False
    # Into the next segment at least, so that something follows.
    until = max(last // period + 1, segments) * period
    assert isinstance(model.prior, LatentPrior)  # of a code without a summary
    return model.prior.sample(n, generator, spread, given=posterior.mean[0], used=used, until=until)


def _begins_so(model: SequenceVAE, ids: Tensor, z: Tensor, check: Check) -> Tensor:
    """The log of p(the sequence begins with ``ids`` | z) for each row of ``z`` [rows, dims], float64 [rows], in nats."""
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
