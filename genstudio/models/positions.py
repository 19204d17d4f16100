"""Positions of tokens: the segment (bar) that each is in, and its phase within the segment.

The tokenizer's layout says which token begins a segment and how far each token advances; for text there is one segment and
the phase is the index of the token. Nothing here depends on the domain.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

__all__ = ["Packed", "Positions", "advance_positions", "packed", "positions_of"]


@dataclass(frozen=True)
class Positions:
    """Positions of tokens, each int64 [batch, time].

    Attributes:
        segment: 0 before the first separator, then 1, 2 …
        phase: advance since the beginning of the segment, including that of the token, clipped to the last phase.
        onset: the same without the advance of the token itself.
    """

    segment: Tensor
    phase: Tensor
    onset: Tensor


def positions_of(ids: Tensor, advance: Tensor, separator: int, segments: int, phases: int) -> Positions:
    """Compute the positions of tokens.

    Args:
        ids: [batch, time].
        advance: int64 [vocab], how far each token moves within its segment.
        separator: the token that begins a segment; -1: there is none.
        segments, phases: how many there are; larger positions are clipped.
    """
    step = advance[ids]
    total = step.cumsum(1)
    if separator < 0:
        segment = torch.zeros_like(ids)
        since = total
    else:
        begins = ids == separator
        segment = begins.long().cumsum(1).clamp(max=segments - 1)
        since = total - torch.where(begins, total, torch.zeros_like(total)).cummax(1).values
    phase = since.clamp(max=phases - 1)
    return Positions(segment, phase, (since - step).clamp(0, phases - 1))


@dataclass(frozen=True)
class Packed:
    """Where the tokens of a batch stand when each nonempty segment is a row.

    Attributes:
        present: int64 [rows], the segment of each row, as an index into batch * segments.
        row, column: int64 [tokens], the row of each token that is not padding, and its index in the row.
    """

    present: Tensor
    row: Tensor
    column: Tensor


def packed(positions: Positions, mask: Tensor, segments: int) -> Packed:
    """Arrange the tokens of a batch in one row for each nonempty segment.

    Args:
        positions: of the tokens.
        mask: bool [batch, time], False on padding.
        segments: the largest number of segments of a sequence.
    """
    batch, time = mask.shape
    segment = torch.arange(batch, device=mask.device)[:, None] * segments + positions.segment
    index = torch.arange(time, device=mask.device).expand(batch, time)
    segment, index = segment[mask], index[mask]
    first = index.new_full((batch * segments,), time).scatter_reduce(0, segment, index, "amin")
    present, row = torch.unique(segment, return_inverse=True)
    return Packed(present, row, index - first[segment])


def advance_positions(
    segment: Tensor, since: Tensor, ids: Tensor, advance: Tensor, separator: int, segments: int
) -> tuple[Tensor, Tensor]:
    """Update positions by one token: one step of :func:`positions_of`.

    Args:
        segment, since: segment and unclipped phase of each row, [batch].
        ids: the next tokens, [batch].
        advance, separator, segments: as for :func:`positions_of`.

    Returns:
        Segment and unclipped phase after ``ids``, each [batch].
    """
    since = since + advance[ids]
    if separator < 0:
        return segment, since
    begins = ids == separator
    segment = (segment + begins.long()).clamp(max=segments - 1)
    return segment, torch.where(begins, torch.zeros_like(since), since)
