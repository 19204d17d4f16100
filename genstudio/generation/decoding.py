"""Decoding: z to token ids, many at once.

Greedy where the temperature is 0; else sampling from the softmax at that temperature, cut to the smallest set of tokens whose
probability reaches ``top_p`` (nucleus sampling, Holtzman et al. 2020).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import torch
import torch.nn.functional as F
from torch import Tensor

from genstudio.config import DecodingOptions, checked
from genstudio.models.encoding import encode_all
from genstudio.models.positions import advance_positions
from genstudio.models.sequence_vae import BOS, EOS, PAD, UNK, SequenceVAE
from genstudio.tokens import Tokenizer

__all__ = ["AT_ONCE", "costs", "decode", "decode_best", "told_of_tokens"]

AT_ONCE = 64
"""Rows that are decoded together, where pieces are made or samples measured: what chance gives a row depends on its batch."""
_FEW_ROWS = 64
_WORTH_COPYING = 0.8
_APART = 1_000_003
_ANY = 1 << 40  # more room than any token needs
_STANDSTILL = 16  # tokens in a row that do not advance; no segment of a real sequence has so many


@contextmanager
def _threads_for(rows: int, device: torch.device) -> Iterator[None]:
    """One thread for the small matrix products of few rows: waking others for each costs more than they bring."""
    before = torch.get_num_threads()
    alone = device.type == "cpu" and rows <= _FEW_ROWS and before > 1
    if alone:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        if alone:
            torch.set_num_threads(before)


def told_of_tokens(tokenizer: Tokenizer, fact: Callable[[str], int] | None) -> Tensor | None:
    """What a grammar says of each token (its ``size``, its ``words``), int64 [vocab], as :func:`decode` takes it; None where it
    says nothing."""
    if fact is None:
        return None
    return torch.tensor([fact(tokenizer.piece(token)) for token in range(tokenizer.vocab_size)])


def most_tokens(model: SequenceVAE) -> int:
    """How many tokens a model is asked to write or to read at most: what is longer by far than its training, it does not know."""
    return 2 * model.spec.longest + 16


class Constraint(Protocol):
    """What may be written, told by where a row stands: words that are known, a rhythm. Each row begins at place 0."""

    def barred(self, places: Sequence[int]) -> Tensor:
        """The tokens that cannot follow at each of ``places``, bool [places, vocab]."""

    def after(self, place: int, token: int) -> int:
        """The place after ``token``."""


@torch.inference_mode()
def decode(
    model: SequenceVAE,
    z: Tensor,
    *,
    temperature: float = 0.0,
    top_p: float = 1.0,
    seed: int = 0,
    longest: int | None = None,
    segments: Sequence[int] | None = None,
    words: Sequence[int] | None = None,
    begins: Tensor | None = None,
    prefix: Sequence[Sequence[int]] | None = None,
    beyond: int = 0,
    sizes: Tensor | None = None,
    forbid: Sequence[int] = (),
    spelling: Constraint | None = None,
    check: Callable[[], None] | None = None,
) -> list[list[int]]:
    """Token ids of each row of ``z`` [batch, dims], without BOS and EOS, never empty, at most ``longest`` tokens.

    A sequence ends at its EOS; the work ends when all have ended. A row's result does not depend on the other rows, but for the
    rounding of batched sums. ``segments`` gives each row the number of separators (bars) that it shall have, where that is known:
    it may not end before, and begins no further one; ignored where the model has no separator. A segment that has come to the
    last position that the model knows is ended. The same seed gives the same
    tokens. ``check`` is called at each step and may raise to stop.

    Args:
        words: the number of words that each row shall have, counted by ``begins``, int64 [vocab], how many a token begins; the
            first token begins one in any case.
        prefix: token ids that each row begins with; -1 leaves a place to the model. They are fed to the decoder like tokens of its
            own, so that what follows is p(rest | z, prefix), whatever the core.
        beyond: how many tokens follow a prefix at least.
        sizes: int64 [vocab], how long a segment is after a token that says so, in the unit of advance, else 0. A segment is filled:
            nothing is written that it has no room for, and it is followed by such a token, the next segment or the end when it
            is full and not before (what comes before the first separator, a pickup, is shorter than a segment). A decoder that
            missed a bar's end would write on in it. One in which nothing moves on is ended all the same.
        forbid: token ids that are not written but in a prefix.
        spelling: the words that are written, but in a prefix; None: any.

    Raises:
        ConfigError: temperature or top_p is out of range.
        ValueError: there is not one prefix a row, or one holds what no sequence holds.
    """
    temperature = checked(DecodingOptions, "temperature", temperature)
    top_p = checked(DecodingOptions, "top_p", top_p)
    if len(z) == 0:
        return []
    given = _prefix_tensor(prefix, len(z), model.spec.vocab_size) if prefix is not None else None
    with _threads_for(len(z), z.device):
        counts = _Counts.of(model, z, segments, words, begins)
        return _decode(model, z, temperature, top_p, seed, longest, counts, given, beyond, sizes, forbid, spelling, check)


@torch.inference_mode()
def decode_best(
    model: SequenceVAE, z: Tensor, best_of: int, *, temperature: float = 0.0, seed: int = 0, **options: Any
) -> list[list[int]]:
    """As :func:`decode`, but each row is decoded ``best_of`` times and the sequence kept that costs least (:func:`costs`): what was
    drawn by a slip is seldom kept. Greedy decoding has nothing to choose from.

    Args:
        options: further ones of :func:`decode`.
    """
    if best_of <= 1 or temperature == 0 or len(z) == 0:
        return decode(model, z, temperature=temperature, seed=seed, **options)
    kept: list[list[int]] = []
    best = torch.full((len(z),), torch.inf)
    for number in range(best_of):
        # Seeds far apart: those of batches follow one another.
        drawn = decode(model, z, temperature=temperature, seed=seed + number * _APART, **options)
        cost = costs(model, drawn, z)
        kept = [new if better else old for new, old, better in zip(drawn, kept or drawn, (cost < best).tolist(), strict=True)]
        best = torch.minimum(best, cost)
    return kept


@torch.inference_mode()
def costs(model: SequenceVAE, sequences: Sequence[Sequence[int]], z: Tensor) -> Tensor:
    """How unlikely each sequence is that was decoded from a row of ``z`` [batch, dims]: -log p a token (its EOS included), in nats.

    Given its code; of a model that writes from a summary and knows no features of its pieces, such as one of sentences, given the
    summary of its own, without details. Given the code that it was decoded from, a sentence that breaks off is as likely as one
    that does not, while what is well formed is what a summary tells best.
    """
    longest = max((len(one) for one in sequences), default=0)
    ids = torch.tensor([[*one, *[PAD] * (longest - len(one))] for one in sequences], device=z.device)
    if model.layout.summary and not model.spec.features:
        own, _ = encode_all(model, sequences)
        z = model.layout.alone(torch.from_numpy(own[:, : model.layout.summary]).to(z.device))
    nll, _, tokens = model.score(ids, z)
    return (nll / tokens).cpu()


def _prefix_tensor(prefix: Sequence[Sequence[int]], rows: int, vocab_size: int) -> Tensor:
    """The prefixes as int64 [rows, longest], -1 where the model is free."""
    if len(prefix) != rows:
        raise ValueError(f"{len(prefix)} prefixes for {rows} rows")
    longest = max((len(ids) for ids in prefix), default=0)
    given = torch.tensor([[*ids, *[-1] * (longest - len(ids))] for ids in prefix], dtype=torch.int64).view(rows, longest)
    if bool(((given < -1) | (given >= vocab_size) | (given == PAD) | (given == BOS) | (given == EOS)).any()):
        raise ValueError("a prefix holds an id that is no token of a sequence")
    return given


@dataclass
class _Counts:
    """How many of its separators, or words, each row of the batch has begun, and how many it shall have."""

    begins: Tensor  # int64 [vocab]
    wanted: Tensor  # int64 [rows]
    begun: Tensor  # int64 [rows]
    first: int  # what the first token begins at least
    separator: int = -1

    @classmethod
    def of(
        cls, model: SequenceVAE, z: Tensor, segments: Sequence[int] | None, words: Sequence[int] | None, begins: Tensor | None
    ) -> _Counts | None:
        spec = model.spec
        nought = torch.zeros(len(z), dtype=torch.int64, device=z.device)
        if segments is not None and spec.separator >= 0:
            separators = torch.zeros(spec.vocab_size, dtype=torch.int64, device=z.device)
            separators[spec.separator] = 1
            wanted = torch.tensor(list(segments), device=z.device).clamp(0, spec.segments - 1)
            return cls(separators, wanted, nought, 0, spec.separator)
        if words is not None and begins is not None:
            return cls(begins.to(z.device), torch.tensor(list(words), device=z.device).clamp(min=1), nought, 1)
        return None

    def bar(self, logits: Tensor, at: int, longest: int) -> None:
        """Rule out ends that come too early and tokens that begin one too many.

        Where no more tokens are left of ``longest`` than there are segments to begin, only these remain: however badly a decoder
        writes, the segments that were asked for are there, at worst empty.
        """
        left = self.wanted - self.begun
        if self.separator >= 0 and at > 0:
            # Where one segment is full there is only this choice: the next one, or the end. What is ruled out goes to the other;
            # without that, a decoder that would end here writes on in a segment that holds no more.
            end, more = logits[:, EOS].clone(), logits[:, self.separator].clone()
            either = torch.logaddexp(end, more)
            logits[:, EOS] = torch.where(left <= 0, either, end)
            logits[:, self.separator] = torch.where(left > 0, either, more)
        logits[:, EOS] = logits[:, EOS].masked_fill(left > 0, -torch.inf)
        step = self.begins.clamp(min=self.first) if at == 0 else self.begins
        logits.masked_fill_((step > 0) & (step > left[:, None]), -torch.inf)
        if self.separator >= 0:
            last = (left > 0) & (left >= longest - at)
            logits[:, self.separator] = torch.where(last, 0.0, logits[:, self.separator])
            logits.masked_fill_(last[:, None] & (self.begins == 0), -torch.inf)

    def count(self, ids: Tensor, at: int) -> None:
        begun = self.begins[ids]
        self.begun = self.begun + (begun.clamp(min=self.first) if at == 0 else begun)

    def select(self, keep: Tensor) -> None:
        self.wanted, self.begun = self.wanted[keep], self.begun[keep]


def _decode(
    model: SequenceVAE,
    z: Tensor,
    temperature: float,
    top_p: float,
    seed: int,
    longest: int | None,
    counts: _Counts | None,
    given: Tensor | None,
    beyond: int,
    sizes: Tensor | None,
    forbid: Sequence[int],
    spelling: Constraint | None,
    check: Callable[[], None] | None,
) -> list[list[int]]:
    model.eval()
    spec = model.spec
    device = z.device
    begun = given.shape[1] if given is not None else 0
    longest = max(longest, begun) if longest else max(most_tokens(model), begun + spec.longest)
    earliest = None
    if given is not None:
        given = given.to(device)
        ends = torch.arange(1, given.shape[1] + 1, device=device) * (given >= 0)
        earliest = F.pad(ends, (1, 0)).amax(1) + beyond
    rows = torch.arange(len(z), device=device)
    result = torch.full((len(z), longest), PAD, dtype=torch.int64, device=device)
    ids = torch.full((len(z),), BOS, dtype=torch.int64, device=device)
    segment = torch.zeros_like(ids)
    since = torch.zeros_like(ids)
    going = torch.ones_like(ids, dtype=torch.bool)
    # Drawn for all rows in advance, so that a row's luck does not depend on when the others end.
    draws = torch.rand(len(z), longest, generator=torch.Generator().manual_seed(seed)) if temperature > 0 else None
    state = model.core.start(z, longest)
    room = _Room.of(model, sizes) if sizes is not None else None
    places = [0] * len(z)  # of each row, in the words that are known
    size, still = torch.zeros_like(ids), torch.zeros_like(ids)
    allowed = torch.zeros(spec.vocab_size, device=device)
    allowed[[PAD, BOS, UNK, *forbid]] = -torch.inf
    ending = torch.full_like(allowed, -torch.inf)
    ending[[EOS, spec.separator]] = 0.0
    for at in range(longest):
        if check is not None:
            check()
        segment, since = advance_positions(segment, since, ids, model.advance, spec.separator, spec.segments)
        logits = model.core.step(state, ids, segment, since.clamp(max=spec.phases - 1)).float()
        logits = logits + allowed
        if spec.separator >= 0:
            # No further segment than there were in training.
            over = segment >= spec.segments - 1
            logits[:, spec.separator] = logits[:, spec.separator].masked_fill(over, -torch.inf)
            # Where positions end, nothing was learned, and a decoder that is lost there repeats itself: the segment ends.
            lost = since >= spec.phases
            if earliest is not None:
                lost &= at >= earliest[rows]
            logits = torch.where(lost[:, None], logits + ending, logits)
        if at == 0:
            logits[:, EOS] = -torch.inf
        if room is not None:
            size = torch.where(room.sizes[ids] > 0, room.sizes[ids], size)
            still = torch.where(room.needs[ids] == 0, still + 1, 0)
            halted = (still >= _STANDSTILL) | (since >= spec.phases)
            logits = room.fitted(logits, ids, segment, since, size, halted)
        if earliest is not None:
            logits[:, EOS] = logits[:, EOS].masked_fill(at < earliest[rows], -torch.inf)
        if counts is not None:
            counts.bar(logits, at, longest)
            if room is not None and counts.separator >= 0:  # the size of a segment that shall not come
                over = (counts.begun >= counts.wanted) & (segment > 0)
                logits = logits.masked_fill(over[:, None] & room.telling, -torch.inf)
        if spelling is not None:
            logits = logits.masked_fill(spelling.barred(places).to(device), -torch.inf)
        if given is not None and at < given.shape[1]:
            forced = given[rows, at]
            only = torch.full_like(logits, -torch.inf).scatter(1, forced.clamp(min=0)[:, None], 0.0)
            logits = torch.where((forced >= 0)[:, None], only, logits)
        logits = logits.masked_fill(~going[:, None], 0.0)
        if draws is None:
            ids = logits.argmax(-1)
        else:
            # Down from the largest, so that a temperature near nought overflows to -inf and not to inf.
            ids = _choose((logits - logits.amax(-1, keepdim=True)) / temperature, top_p, draws[:, at].to(device)[rows])
        ids = torch.where(going, ids, EOS)
        if counts is not None:
            counts.count(ids, at)
        if spelling is not None:
            places = [spelling.after(place, token) for place, token in zip(places, ids.tolist(), strict=True)]
        going = ids != EOS
        keep = going.nonzero().squeeze(1)
        if len(keep) == 0:
            break
        result[rows[keep], at] = ids[keep]
        # To go on without a row means to copy what is known of all others.
        if len(keep) <= _WORTH_COPYING * len(rows):
            rows, ids, segment, since, going = rows[keep], ids[keep], segment[keep], since[keep], going[keep]
            size, still = size[keep], still[keep]
            places = [places[row] for row in keep.tolist()]
            state = model.core.select(state, keep)
            if counts is not None:
                counts.select(keep)
    return [row[row != PAD].tolist() for row in result.cpu()]


@dataclass(frozen=True)
class _Room:
    """What fits into the segment where each row stands; see ``sizes`` of :func:`decode`."""

    sizes: Tensor  # int64 [vocab]
    needs: Tensor  # int64 [vocab], how much room a token takes; -1 where it does not stand in a segment
    outer: Tensor  # bool [vocab], the separator, EOS, and what says a size and is neither
    telling: Tensor  # bool [vocab], the last of these
    shortest: int  # the smallest advance of what stands in a segment

    @classmethod
    def of(cls, model: SequenceVAE, sizes: Tensor) -> _Room:
        sizes = sizes.to(model.advance.device)
        boundary = torch.zeros_like(sizes, dtype=torch.bool)
        boundary[[EOS, *([model.spec.separator] if model.spec.separator >= 0 else [])]] = True
        telling = (sizes > 0) & ~boundary
        needs = model.advance.masked_fill(boundary | telling, -1)
        moving = needs[needs > 0]
        return cls(sizes, needs, boundary | telling, telling, int(moving.amin()) if len(moving) else 1)

    def fitted(self, logits: Tensor, ids: Tensor, segment: Tensor, since: Tensor, size: Tensor, halted: Tensor) -> Tensor:
        """The logits [rows, vocab] without what does not fit after ``ids``; of rows that are ``halted`` only the segment's end."""
        known, later = size > 0, segment > 0
        left = size - since
        # Where the shortest that there is has no room, it is what fills the segment.
        room = torch.where(later, left.clamp(min=self.shortest), (left - 1).clamp(min=0))
        full = (known & later & (left <= 0)) | halted
        told = later & self.telling[ids]  # of the next segment, which now begins
        room = torch.where(full | told, -1, torch.where(known, room, _ANY))
        barred = self.needs > room[:, None]
        barred |= (known & later & ~full & ~told)[:, None] & self.outer
        barred |= told[:, None] & self.telling
        return logits.masked_fill(barred, -torch.inf)


def _choose(logits: Tensor, top_p: float, draw: Tensor) -> Tensor:
    """One token a row by inverse transform of ``draw`` [batch] in [0, 1) over the nucleus."""
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
