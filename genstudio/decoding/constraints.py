"""What may be written at a step: small objects, each with one rule.

Each sees the logits of a step after those before it in the list of :func:`constraints_of`, and may set what its rule excludes to
-inf. What a rule has to remember of each row it keeps itself: :meth:`Constraint.advance` hears the tokens that were chosen, and
:meth:`Constraint.select` which rows go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from genstudio.decoding.options import Automaton, Request
from genstudio.models.sequence_vae import BOS, EOS, PAD, UNK, SequenceVAE

__all__ = ["Constraint", "Step", "constraints_of"]

_ANY = 1 << 40  # more room than any token needs
_STANDSTILL = 16  # tokens in a row that do not advance; no segment of a real sequence has so many


@dataclass(frozen=True)
class Step:
    """Where each row stands. at: the number of tokens before. ids: the token before; segment, since: its positions after that,
    int64 [rows] each."""

    at: int
    ids: Tensor
    segment: Tensor
    since: Tensor


class Constraint:
    """A rule of what may be written."""

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        """The logits [rows, vocab] without what the rule excludes; those given may be changed."""
        raise NotImplementedError

    def advance(self, ids: Tensor, step: Step) -> None:
        """Take in the tokens int64 [rows] that were chosen."""

    def select(self, keep: Tensor) -> None:
        """Go on with the rows ``keep``, int64."""


class Reserved(Constraint):
    """No special tokens, none that are forbidden, and no end before the first token."""

    def __init__(self, model: SequenceVAE, forbid: Sequence[int]) -> None:
        self.allowed = torch.zeros(model.spec.vocab_size, device=model.advance.device)
        self.allowed[[PAD, BOS, UNK, *forbid]] = -torch.inf

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        logits = logits + self.allowed
        if step.at == 0:
            logits[:, EOS] = -torch.inf
        return logits


class KnownPositions(Constraint):
    """No further segment than there were in training. Where positions end, nothing was learned, and a decoder that is lost there
    repeats itself: the segment ends, if the prefix (up to ``earliest`` [rows]) has."""

    def __init__(self, model: SequenceVAE, earliest: Tensor | None) -> None:
        self.spec, self.earliest = model.spec, earliest
        self.ending = torch.full((model.spec.vocab_size,), -torch.inf, device=model.advance.device)
        self.ending[[EOS, model.spec.separator]] = 0.0

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        separator = self.spec.separator
        logits[:, separator] = logits[:, separator].masked_fill(step.segment >= self.spec.segments - 1, -torch.inf)
        lost = step.since >= self.spec.phases
        if self.earliest is not None:
            lost &= step.at >= self.earliest
        return torch.where(lost[:, None], logits + self.ending, logits)

    def select(self, keep: Tensor) -> None:
        self.earliest = self.earliest[keep] if self.earliest is not None else None


class FullSegments(Constraint):
    """Segments are filled, and not overfilled; see ``sizes`` of :class:`~genstudio.decoding.options.Request`."""

    def __init__(self, model: SequenceVAE, sizes: Tensor, rows: int) -> None:
        self.spec = model.spec
        self.sizes = sizes = sizes.to(model.advance.device)
        boundary = torch.zeros_like(sizes, dtype=torch.bool)
        boundary[[EOS, *([model.spec.separator] if model.spec.separator >= 0 else [])]] = True
        self.telling = (sizes > 0) & ~boundary  # bool [vocab], what says a size and is neither separator nor EOS
        self.outer = boundary | self.telling
        self.needs = model.advance.masked_fill(self.outer, -1)  # int64 [vocab], the room a token takes; -1 outside of segments
        moving = self.needs[self.needs > 0]
        self.shortest = int(moving.amin()) if len(moving) else 1
        self.size = torch.zeros(rows, dtype=torch.int64, device=sizes.device)
        self.still = torch.zeros_like(self.size)

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        self.size = torch.where(self.sizes[step.ids] > 0, self.sizes[step.ids], self.size)
        self.still = torch.where(self.needs[step.ids] == 0, self.still + 1, 0)
        halted = (self.still >= _STANDSTILL) | (step.since >= self.spec.phases)
        known, later = self.size > 0, step.segment > 0
        left = self.size - step.since
        # Where the shortest that there is has no room, it is what fills the segment.
        room = torch.where(later, left.clamp(min=self.shortest), (left - 1).clamp(min=0))
        full = (known & later & (left <= 0)) | halted
        announced = later & self.telling[step.ids]  # the size of the next segment, which now begins
        room = torch.where(full | announced, -1, torch.where(known, room, _ANY))
        excluded = self.needs > room[:, None]
        excluded |= (known & later & ~full & ~announced)[:, None] & self.outer
        excluded |= announced[:, None] & self.telling
        return logits.masked_fill(excluded, -torch.inf)

    def select(self, keep: Tensor) -> None:
        self.size, self.still = self.size[keep], self.still[keep]


class NoEarlyEnd(Constraint):
    """No end before step ``earliest``, int64 [rows]."""

    def __init__(self, earliest: Tensor) -> None:
        self.earliest = earliest

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        logits[:, EOS] = logits[:, EOS].masked_fill(step.at < self.earliest, -torch.inf)
        return logits

    def select(self, keep: Tensor) -> None:
        self.earliest = self.earliest[keep]


class Count(Constraint):
    """As many words as ``wanted``, int64 [rows]; ``begins``, int64 [vocab], says how many a token begins."""

    first = 1
    """How many the first token begins at least."""

    def __init__(self, wanted: Tensor, begins: Tensor) -> None:
        self.wanted, self.begins = wanted, begins
        self.begun = torch.zeros_like(wanted)

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        left = self.wanted - self.begun
        logits[:, EOS] = logits[:, EOS].masked_fill(left > 0, -torch.inf)
        begins = self.begins.clamp(min=self.first) if step.at == 0 else self.begins
        return logits.masked_fill_((begins > 0) & (begins > left[:, None]), -torch.inf)

    def advance(self, ids: Tensor, step: Step) -> None:
        begun = self.begins[ids]
        self.begun = self.begun + (begun.clamp(min=self.first) if step.at == 0 else begun)

    def select(self, keep: Tensor) -> None:
        self.wanted, self.begun = self.wanted[keep], self.begun[keep]


class SegmentCount(Count):
    """As many segments as are wanted.

    Where no more tokens are left of ``longest`` than there are segments to begin, only these remain: however badly a decoder
    writes, the segments that were asked for are there, at worst empty. ``telling``, bool [vocab]: what says the size of a segment.
    """

    first = 0

    def __init__(self, model: SequenceVAE, segments: Sequence[int], longest: int, telling: Tensor | None) -> None:
        spec, device = model.spec, model.advance.device
        separators = torch.zeros(spec.vocab_size, dtype=torch.int64, device=device)
        separators[spec.separator] = 1
        super().__init__(torch.tensor(list(segments), device=device).clamp(0, spec.segments - 1), separators)
        self.separator, self.longest, self.telling = spec.separator, longest, telling

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        left = self.wanted - self.begun
        if step.at > 0:
            # Where one segment is full there is only this choice: the next one, or the end. What is ruled out goes to the other;
            # without that, a decoder that would end here writes on in a segment that holds no more.
            end, more = logits[:, EOS].clone(), logits[:, self.separator].clone()
            either = torch.logaddexp(end, more)
            logits[:, EOS] = torch.where(left <= 0, either, end)
            logits[:, self.separator] = torch.where(left > 0, either, more)
        logits = super().mask(logits, step)
        last = (left > 0) & (left >= self.longest - step.at)
        logits[:, self.separator] = torch.where(last, 0.0, logits[:, self.separator])
        logits.masked_fill_(last[:, None] & (self.begins == 0), -torch.inf)
        if self.telling is None:
            return logits
        over = (self.begun >= self.wanted) & (step.segment > 0)
        return logits.masked_fill(over[:, None] & self.telling, -torch.inf)


class Follow(Constraint):
    """Only what an automaton leaves: known words, a rhythm."""

    def __init__(self, automaton: Automaton, rows: int) -> None:
        self.automaton, self.places = automaton, [0] * rows

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        return logits.masked_fill(self.automaton.excluded(self.places).to(logits.device), -torch.inf)

    def advance(self, ids: Tensor, step: Step) -> None:
        self.places = [self.automaton.after(place, token) for place, token in zip(self.places, ids.tolist(), strict=True)]

    def select(self, keep: Tensor) -> None:
        self.places = [self.places[row] for row in keep.tolist()]


class Prefix(Constraint):
    """The tokens that are given, int64 [rows, longest], -1 where the model is free."""

    def __init__(self, given: Tensor) -> None:
        self.given = given

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        if step.at >= self.given.shape[1]:
            return logits
        forced = self.given[:, step.at]
        only = torch.full_like(logits, -torch.inf).scatter(1, forced.clamp(min=0)[:, None], 0.0)
        return torch.where((forced >= 0)[:, None], only, logits)

    def select(self, keep: Tensor) -> None:
        self.given = self.given[keep]


def constraints_of(model: SequenceVAE, request: Request, given: Tensor | None, rows: int, longest: int) -> list[Constraint]:
    """The constraints of a request, in the order in which they are asked.

    Args:
        given: the prefixes, see :meth:`Request.given`. longest: the most tokens of a row.
    """
    spec, device = model.spec, model.advance.device
    earliest = None
    if given is not None:
        given = given.to(device)
        ends = torch.arange(1, given.shape[1] + 1, device=device) * (given >= 0)
        earliest = F.pad(ends, (1, 0)).amax(1) + request.beyond
    full = FullSegments(model, request.sizes, rows) if request.sizes is not None else None
    found: list[Constraint | None] = [
        Reserved(model, request.forbid),
        KnownPositions(model, earliest) if spec.separator >= 0 else None,
        full,
        NoEarlyEnd(earliest) if earliest is not None else None,
    ]
    if request.segments is not None and spec.separator >= 0:
        found.append(SegmentCount(model, request.segments, longest, full.telling if full else None))
    elif request.words is not None and request.begins is not None:
        found.append(Count(torch.tensor(list(request.words), device=device).clamp(min=1), request.begins.to(device)))
    found.append(Follow(request.automaton, rows) if request.automaton is not None else None)
    found.append(Prefix(given) if given is not None else None)
    return [constraint for constraint in found if constraint is not None]
