"""Constraints on the tokens of a decoding step: small objects, each with one rule.

At each step the constraints of :func:`constraints_of` are applied one after another. Each receives the logits that the one before
it returned, and may set the tokens that its rule excludes to -inf. A constraint keeps its own state for each row:
:meth:`Constraint.advance` receives the tokens that were chosen, and :meth:`Constraint.select` the rows that go on.
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
    """The state of all rows at one step.

    Attributes:
        at: the number of tokens that were written before this step.
        ids: int64 [rows], the last token that was written.
        segment: int64 [rows], the number of the segment that the next token is in, from 0 (before the first separator).
        since: int64 [rows], the position of the next token in its segment, in the unit of advance.
    """

    at: int
    ids: Tensor
    segment: Tensor
    since: Tensor


class Constraint:
    """A rule for the tokens that may be written next."""

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        """Set the logits [rows, vocab] of the excluded tokens to -inf and return them; may work in place."""
        raise NotImplementedError

    def advance(self, ids: Tensor, step: Step) -> None:
        """Update the state with the tokens int64 [rows] that were chosen."""

    def select(self, keep: Tensor) -> None:
        """Keep only the rows with the indices ``keep``, int64."""


class Reserved(Constraint):
    """Excludes special tokens, forbidden tokens, and an end before the first token."""

    def __init__(self, model: SequenceVAE, forbid: Sequence[int]) -> None:
        self.allowed = torch.zeros(model.spec.vocab_size, device=model.advance.device)
        self.allowed[[PAD, BOS, UNK, *forbid]] = -torch.inf

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        logits = logits + self.allowed
        if step.at == 0:
            logits[:, EOS] = -torch.inf
        return logits


class KnownPositions(Constraint):
    """Keeps within the positions that training knew.

    No segment is begun beyond the largest number of segments in training. Beyond the last position of a segment nothing was
    learned and a decoder repeats itself: there the segment must end, once the prefix (up to step ``earliest`` [rows]) has ended.
    """

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
    """Fills each segment exactly; see ``sizes`` of :class:`~genstudio.decoding.options.Request`."""

    def __init__(self, model: SequenceVAE, sizes: Tensor, rows: int) -> None:
        self.spec = model.spec
        self.sizes = sizes = sizes.to(model.advance.device)
        boundary = torch.zeros_like(sizes, dtype=torch.bool)
        boundary[[EOS, *([model.spec.separator] if model.spec.separator >= 0 else [])]] = True
        self.states_size = (sizes > 0) & ~boundary  # bool [vocab], tokens with a size that are neither separator nor EOS
        self.outer = boundary | self.states_size
        self.needs = model.advance.masked_fill(self.outer, -1)  # int64 [vocab], the length of a token; -1 outside of segments
        self.begins_part = sizes < 0  # bool [vocab]
        moving = self.needs[self.needs > 0]
        self.shortest = int(moving.amin()) if len(moving) else 1
        self.size = torch.zeros(rows, dtype=torch.int64, device=sizes.device)
        self.still = torch.ones_like(self.size)  # tokens in a row that did not advance, BOS included
        self.begun = torch.zeros_like(self.size)  # where the pickup of the last part begins

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        halted = (self.still >= _STANDSTILL) | (step.since >= self.spec.phases)
        known, later = self.size > 0, step.segment > 0
        left = self.size - torch.where(later, step.since, step.since - self.begun)
        # Where less room is left than the shortest token takes, that token fills the segment.
        room = torch.where(later, left.clamp(min=self.shortest), (left - 1).clamp(min=0))
        full = (known & later & (left <= 0)) | halted
        announced = later & self.states_size[step.ids]  # the size of the next segment, which now begins
        room = torch.where(full | announced, -1, torch.where(known, room, _ANY))
        excluded = self.needs > room[:, None]
        excluded |= (known & later & ~full & ~announced)[:, None] & self.outer
        excluded |= announced[:, None] & self.states_size
        return logits.masked_fill(excluded, -torch.inf)

    def advance(self, ids: Tensor, step: Step) -> None:
        self.size = torch.where(self.sizes[ids] > 0, self.sizes[ids], self.size)
        self.still = torch.where(self.needs[ids] == 0, self.still + 1, 0)
        self.begun = torch.where(self.begins_part[ids], step.since, self.begun)  # a token that begins a part does not advance

    def select(self, keep: Tensor) -> None:
        self.size, self.still, self.begun = self.size[keep], self.still[keep], self.begun[keep]


class NoEarlyEnd(Constraint):
    """Excludes an end before step ``earliest``, int64 [rows]."""

    def __init__(self, earliest: Tensor) -> None:
        self.earliest = earliest

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        logits[:, EOS] = logits[:, EOS].masked_fill(step.at < self.earliest, -torch.inf)
        return logits

    def select(self, keep: Tensor) -> None:
        self.earliest = self.earliest[keep]


class Count(Constraint):
    """Writes exactly ``wanted`` words, int64 [rows]; ``begins``, int64 [vocab], is the number of words that each token begins."""

    first = 1
    """The number of words that the first token begins at least."""

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
    """Writes exactly the number of segments in ``segments``, one number for each row.

    Where the tokens that are left of ``longest`` just suffice for the separators that are missing, only separators are allowed:
    however badly a decoder writes, the requested segments exist, at worst empty.

    Args:
        states_size: bool [vocab], the tokens that state the size of a segment.
    """

    first = 0

    def __init__(self, model: SequenceVAE, segments: Sequence[int], longest: int, states_size: Tensor | None) -> None:
        spec, device = model.spec, model.advance.device
        separators = torch.zeros(spec.vocab_size, dtype=torch.int64, device=device)
        separators[spec.separator] = 1
        super().__init__(torch.tensor(list(segments), device=device).clamp(0, spec.segments - 1), separators)
        self.separator, self.longest, self.states_size = spec.separator, longest, states_size

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        left = self.wanted - self.begun
        if step.at > 0:
            # A full segment is followed by the next one or by the end. The probability of the one that is excluded goes to the
            # other; otherwise a decoder that wants to end here would write on in a segment that has no room left.
            end, more = logits[:, EOS].clone(), logits[:, self.separator].clone()
            either = torch.logaddexp(end, more)
            logits[:, EOS] = torch.where(left <= 0, either, end)
            logits[:, self.separator] = torch.where(left > 0, either, more)
        logits = super().mask(logits, step)
        last = (left > 0) & (left >= self.longest - step.at)
        logits[:, self.separator] = torch.where(last, 0.0, logits[:, self.separator])
        logits.masked_fill_(last[:, None] & (self.begins == 0), -torch.inf)
        if self.states_size is None:
            return logits
        over = (self.begun >= self.wanted) & (step.segment > 0)
        return logits.masked_fill(over[:, None] & self.states_size, -torch.inf)


class Parts(Constraint):
    """Writes the parts of a lineup and no others, and ends, or states another size, only after a whole bar.

    Args:
        lineup: see :class:`~genstudio.decoding.options.Request`.
        begins_part: bool [vocab], the tokens that begin a part.
        states_size: bool [vocab], the tokens that state the size of a segment.
    """

    def __init__(
        self, model: SequenceVAE, lineup: Sequence[Sequence[int]], begins_part: Tensor, states_size: Tensor, rows: int
    ) -> None:
        device, vocab = model.advance.device, model.spec.vocab_size
        self.separator, self.begins_part = model.spec.separator, begins_part
        self.wanted = torch.zeros(len(lineup) + 1, vocab, dtype=torch.bool, device=device)
        for place, tokens in enumerate(lineup):
            self.wanted[place, list(tokens)] = True
        self.parts = sum(bool(begins_part[tokens[0]]) for tokens in lineup)
        self.first = len(lineup) - self.parts  # what comes before the first part, and this, follow each other at once
        self.most = most_segments(model, self.parts)
        self.within = states_size.clone()  # bool [vocab], excluded within a bar
        self.within[EOS] = True
        self.written = torch.zeros(rows, dtype=torch.int64, device=device)

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        wanted = self.wanted[self.written]
        waiting, at_once = self.written < len(self.wanted) - 1, self.written <= self.first
        # The next part stands in the place of a separator or an end before it.
        outer = [EOS, self.separator]
        instead = torch.logaddexp(logits, logits[:, outer].logsumexp(1, keepdim=True))
        logits = torch.where(wanted, instead, logits.masked_fill(self.begins_part | at_once[:, None], -torch.inf))
        logits[:, outer] = logits[:, outer].masked_fill(waiting[:, None], -torch.inf)
        logits[:, self.separator] = logits[:, self.separator].masked_fill(step.segment >= self.most, -torch.inf)
        inside = (self.written > self.first) & ((step.segment == 0) | (step.segment % self.parts > 0))
        return logits.masked_fill(inside[:, None] & self.within, -torch.inf)

    def advance(self, ids: Tensor, step: Step) -> None:
        self.written = self.written + self.wanted[self.written, ids].long()

    def select(self, keep: Tensor) -> None:
        self.written = self.written[keep]


def most_segments(model: SequenceVAE, parts: int) -> int:
    """The largest number of separators of a sequence of whole bars, each with a segment for each part."""
    return (model.spec.segments - 1) // parts * parts


class Contents(Constraint):
    """Forces the contents of segments; see ``contents`` of :class:`~genstudio.decoding.options.Request`."""

    def __init__(self, model: SequenceVAE, contents: Sequence[Sequence[Sequence[int]]], sizes: Tensor | None) -> None:
        device, self.separator = model.advance.device, model.spec.separator
        most = max(len(row) for row in contents)
        longest = max(len(ids) for row in contents for ids in row) + 1
        self.forced = torch.full((len(contents), most + 1, longest), -1, dtype=torch.int64)
        self.last = torch.full((len(contents), most + 1), -1, dtype=torch.int64)  # the size at the end of a free segment
        for row, segments in enumerate(contents):
            for number, ids in enumerate(segments):
                if ids[:1] == [-1]:
                    self.last[row, number] = ids[1] if len(ids) > 1 else PAD
                else:
                    whole = [*ids, EOS if number == len(segments) - 1 else self.separator]
                    self.forced[row, number, : len(whole)] = torch.tensor(whole)
        self.forced, self.last = self.forced.to(device), self.last.to(device)
        self.sizes = torch.zeros_like(model.advance) if sizes is None else sizes.to(device)
        self.at = torch.zeros(len(contents), dtype=torch.int64, device=device)

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        row = torch.arange(len(logits), device=logits.device)
        segment = step.segment.clamp(max=self.forced.shape[1] - 1)
        forced = self.forced[row, segment, self.at.clamp(max=self.forced.shape[2] - 1)]
        last = self.last[row, segment]
        # Where a size follows a free segment, it stands in the place of the separator.
        ends = (last > PAD) & (step.ids != last)
        either = torch.logaddexp(logits[:, EOS], logits[:, self.separator])
        logits = logits.masked_fill((last >= 0)[:, None] & (self.sizes > 0), -torch.inf)
        logits[:, [EOS, self.separator]] = logits[:, [EOS, self.separator]].masked_fill(ends[:, None], -torch.inf)
        logits = torch.where(ends[:, None], logits.scatter(1, last.clamp(min=0)[:, None], either[:, None]), logits)
        only = torch.full_like(logits, -torch.inf).scatter(1, forced.clamp(min=0)[:, None], 0.0)
        return torch.where((forced >= 0)[:, None], only, logits)

    def advance(self, ids: Tensor, step: Step) -> None:
        self.at = torch.where(ids == self.separator, 0, self.at + 1)

    def select(self, keep: Tensor) -> None:
        self.forced, self.last, self.at = self.forced[keep], self.last[keep], self.at[keep]


class Follow(Constraint):
    """Allows only the tokens that an automaton allows: those of known words, of a rhythm."""

    def __init__(self, automaton: Automaton, rows: int) -> None:
        self.automaton, self.places = automaton, [0] * rows

    def mask(self, logits: Tensor, step: Step) -> Tensor:
        return logits.masked_fill(self.automaton.excluded(self.places).to(logits.device), -torch.inf)

    def advance(self, ids: Tensor, step: Step) -> None:
        self.places = [self.automaton.after(place, token) for place, token in zip(self.places, ids.tolist(), strict=True)]

    def select(self, keep: Tensor) -> None:
        self.places = [self.places[row] for row in keep.tolist()]


class Prefix(Constraint):
    """Forces the tokens ``given``, int64 [rows, longest]; -1 where the model is free."""

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
    """The constraints of a request, in the order in which they are applied.

    Args:
        given: the prefixes, see :meth:`Request.given`.
        longest: the largest number of tokens of a row.
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
    parts = Parts(model, request.lineup, full.begins_part, full.states_size, rows) if request.lineup and full else None
    if request.segments is not None and spec.separator >= 0:
        most = most_segments(model, parts.parts if parts else 1)
        segments = [max(parts.parts if parts else 0, min(count, most)) for count in request.segments]
        found.append(SegmentCount(model, segments, longest, full.states_size if full else None))
    elif request.words is not None and request.begins is not None:
        found.append(Count(torch.tensor(list(request.words), device=device).clamp(min=1), request.begins.to(device)))
    found.append(parts)
    found.append(Follow(request.automaton, rows) if request.automaton is not None else None)
    found.append(Contents(model, request.contents, request.sizes) if request.contents is not None else None)
    found.append(Prefix(given) if given is not None else None)
    return [constraint for constraint in found if constraint is not None]
