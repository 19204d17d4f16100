"""Where each token of a sequence stands: which segment (bar) it is in and how far into it.

The tokenizer's layout says which token begins a segment and how far each token advances; for text there is one segment and
the phase is the token's index. Nothing here knows what a bar is.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

__all__ = ["Packed", "Positions", "advance_positions", "packed", "positions_of"]


@dataclass(frozen=True)
class Positions:
    """Positions after each token, int64 [batch, time].

    ``segment``: 0 before the first separator, then 1, 2 …; ``phase``: advance since the segment began, clipped to the last
    phase; ``onset``: the phase before the token's own advance.
    """

    segment: Tensor
    phase: Tensor
    onset: Tensor


def positions_of(ids: Tensor, advance: Tensor, separator: int, segments: int, phases: int) -> Positions:
    """Where each token stands.

    Args:
        ids: [batch, time].
        advance: int64 [vocab], how far each token moves within its segment.
        separator: the token that begins a segment; -1: there is none.
        segments, phases: how many there are; what lies beyond is clipped.
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
    """The tokens of a batch in rows of their segments, of which only those are there that have a token.

    present: int64 [rows], which segment each row is, of batch * segments. row, column: int64 [tokens], where each token that is no
    padding stands.
    """

    present: Tensor
    row: Tensor
    column: Tensor


def packed(positions: Positions, mask: Tensor, segments: int) -> Packed:
    """Put the tokens of each segment of a batch into a row of its own.

    Args:
        positions: of the tokens.
        mask: bool [batch, time], False on padding.
        segments: how many a sequence may have.
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
    """One step of :func:`positions_of`.

    Args:
        segment, since: where each row stands, [batch]; the phase is not clipped.
        ids: the next tokens, [batch].
        advance, separator, segments: as there.

    Returns:
        Segment and unclipped phase after ``ids``, each [batch].
    """
    since = since + advance[ids]
    if separator < 0:
        return segment, since
    begins = ids == separator
    segment = (segment + begins.long()).clamp(max=segments - 1)
    return segment, torch.where(begins, torch.zeros_like(since), since)
