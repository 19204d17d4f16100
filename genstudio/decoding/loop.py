"""Decode codes z to token ids, in batches.

Greedy decoding where the temperature is 0; else sampling from the softmax at that temperature, restricted to the smallest set of
tokens whose probability reaches ``top_p`` (nucleus sampling, Holtzman et al. 2020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import torch
from torch import Tensor

from genstudio.config import Drawing, build_options, drawing_of
from genstudio.decoding.constraints import Step, constraints_of
from genstudio.decoding.options import Request
from genstudio.models.encoding import encode_all
from genstudio.models.positions import advance_positions
from genstudio.models.sequence_vae import BOS, EOS, PAD, SequenceVAE

__all__ = ["AT_ONCE", "costs", "decode", "decode_best", "most_tokens"]

AT_ONCE = 64
"""Batch size wherever pieces are made or samples measured: the random numbers of a row depend on its batch."""
_FEW_ROWS = 64  # up to so many are decoded by one thread
_WORTH_COPYING = 0.8  # ended rows are dropped when at most this share goes on
_APART = 1_000_003  # between the seeds of several decodings


@contextmanager
def _threads_for(rows: int, device: torch.device) -> Iterator[None]:
    """Use one thread for few rows: for small matrix products waking more threads costs more than they save."""
    before = torch.get_num_threads()
    alone = device.type == "cpu" and rows <= _FEW_ROWS and before > 1
    if alone:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        if alone:
            torch.set_num_threads(before)


def most_tokens(model: SequenceVAE) -> int:
    """The largest number of tokens that a model writes or reads: it has learned nothing about far longer sequences."""
    return 2 * model.spec.longest + 16


@torch.inference_mode()
def decode(model: SequenceVAE, z: Tensor, request: Request | None = None) -> list[list[int]]:
    """Decode each row of ``z`` [rows, dims] to token ids.

    A row's result does not depend on what the other rows hold, apart from the rounding of batched sums. A segment that has
    reached the last position that the model knows is ended.

    Returns:
        Token ids for each row, without BOS and EOS, never empty.

    Raises:
        ConfigError: a field of :class:`genstudio.config.Drawing` is out of range.
        ValueError: the number of prefixes differs from that of rows, or a prefix contains a token that no sequence contains.
    """
    request = request or Request()
    build_options(Drawing, drawing_of(request))
    if len(z) == 0:
        return []
    given = request.given(len(z), model.spec.vocab_size)
    return _decode(model, z, request, given)


def decode_best(model: SequenceVAE, z: Tensor, best_of: int, request: Request) -> list[list[int]]:
    """Decode each row ``best_of`` times as :func:`decode` does, and keep the likeliest sequence (:func:`costs`).

    This seldom keeps a sequence with a token that was drawn by mistake. Greedy decoding has only one result, which is returned.
    """
    if best_of <= 1 or request.temperature == 0 or len(z) == 0:
        return decode(model, z, request)
    kept: list[list[int]] = []
    best = torch.full((len(z),), torch.inf)
    for number in range(best_of):
        # Seeds far apart, since those of batches are consecutive.
        drawn = decode(model, z, replace(request, seed=request.seed + number * _APART))
        cost = costs(model, drawn, z)
        kept = [new if better else old for new, old, better in zip(drawn, kept or drawn, (cost < best).tolist(), strict=True)]
        best = torch.minimum(best, cost)
    return kept


@torch.inference_mode()
def costs(model: SequenceVAE, sequences: Sequence[Sequence[int]], z: Tensor) -> Tensor:
    """The cost of each sequence that was decoded from a row of ``z`` [batch, dims]: -log p per token (EOS included), in nats.

    The probability is that given the row of ``z``. For a model with a summary that has learned no features of its pieces (such as
    one of sentences) it is that given the summary of the sequence itself, without details: given the code that it was decoded from,
    a sentence that breaks off is as likely as a complete one; given its own summary, well-formed sentences are likelier.

    Returns:
        float32 [batch], on the CPU.
    """
    longest = max((len(one) for one in sequences), default=0)
    ids = torch.tensor([[*one, *[PAD] * (longest - len(one))] for one in sequences], device=z.device)
    if model.layout.summary and not model.spec.features:
        own, _ = encode_all(model, sequences)
        z = model.layout.alone(torch.from_numpy(own[:, : model.layout.summary]).to(z.device))
    nll, _, tokens = model.score(ids, z)
    return (nll / tokens).cpu()


def _decode(model: SequenceVAE, z: Tensor, request: Request, given: Tensor | None) -> list[list[int]]:
    model.eval()
    spec, device = model.spec, z.device
    begun = given.shape[1] if given is not None else 0
    begun = max([begun, *(sum(map(len, row)) + len(row) for row in request.contents or ())])
    longest = max(request.longest, begun) if request.longest else max(most_tokens(model), begun + spec.longest)
    rows = torch.arange(len(z), device=device)
    result = torch.full((len(z), longest), PAD, dtype=torch.int64, device=device)
    ids = torch.full((len(z),), BOS, dtype=torch.int64, device=device)
    segment, since = torch.zeros_like(ids), torch.zeros_like(ids)
    going = torch.ones_like(ids, dtype=torch.bool)
    # Drawn for all rows in advance, so that the random numbers of a row do not depend on when the others end.
    generator = torch.Generator().manual_seed(request.seed)
    draws = torch.rand(len(z), longest, generator=generator) if request.temperature > 0 else None
    state = model.core.start(z, longest)
    constraints = constraints_of(model, request, given, len(z), longest)
    known = _known(given)
    if known and given is not None:
        request.check()
        told, places = given[:, :known].to(device), []
        for at, chosen in enumerate(told.unbind(1)):
            segment, since = advance_positions(segment, since, ids, model.advance, spec.separator, spec.segments)
            places.append((ids, segment, since.clamp(max=spec.phases - 1)))
            for constraint in constraints:
                constraint.advance(chosen, Step(at, ids, segment, since))
            ids = chosen
        model.core.feed(state, z, *(torch.stack(parts, 1) for parts in zip(*places, strict=True)))
        result[:, :known] = told
    with _threads_for(len(z), device):
        for at in range(known, longest):
            request.check()
            segment, since = advance_positions(segment, since, ids, model.advance, spec.separator, spec.segments)
            step = Step(at, ids, segment, since)
            logits = model.core.step(state, ids, segment, since.clamp(max=spec.phases - 1)).float()
            for constraint in constraints:
                logits = constraint.mask(logits, step)
            logits = logits.masked_fill(~going[:, None], 0.0)
            if draws is None:
                ids = logits.argmax(-1)
            else:
                # Relative to the largest, so that a temperature near zero overflows to -inf and not to inf.
                scaled = (logits - logits.amax(-1, keepdim=True)) / request.temperature
                ids = _choose(scaled, request.top_p, draws[:, at].to(device)[rows])
            ids = torch.where(going, ids, EOS)
            for constraint in constraints:
                constraint.advance(ids, step)
            going = ids != EOS
            keep = going.nonzero().squeeze(1)
            if len(keep) == 0:
                break
            result[rows[keep], at] = ids[keep]
            # Dropping a row means copying the state of all others.
            if len(keep) <= _WORTH_COPYING * len(rows):
                rows, ids, segment, since, going = rows[keep], ids[keep], segment[keep], since[keep], going[keep]
                state = model.core.select(state, keep)
                for constraint in constraints:
                    constraint.select(keep)
    return [row[row != PAD].tolist() for row in result.cpu()]


def _known(given: Tensor | None) -> int:
    """The number of tokens at the beginning that every row of the prefixes ``given`` has; an end is not among them."""
    if given is None:
        return 0
    told = ((given >= 0) & (given != EOS)).all(0)
    return int(told.long().cumprod(0).sum())


def _choose(logits: Tensor, top_p: float, draw: Tensor) -> Tensor:
    """Sample one token per row from the nucleus, by inverse transform of ``draw`` [batch] in [0, 1)."""
    probability, order = logits.softmax(-1).sort(stable=True, dim=-1, descending=True)
    cumulative = probability.cumsum(-1)
    if top_p < 1.0:
        outside = cumulative - probability >= top_p
        probability = probability.masked_fill(outside, 0.0)
        cumulative = probability.cumsum(-1)
    place = torch.searchsorted(cumulative, (draw[:, None] * cumulative[:, -1:]).contiguous(), right=True)
    last = (probability > 0).sum(-1, keepdim=True) - 1
    chosen: Tensor = order.gather(1, torch.minimum(place, last)).squeeze(1)
    return chosen
