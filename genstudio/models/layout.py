"""Codes of a summary and details, of which any may be blank: what is kept of a piece, and what is left to the model.

A code is ``z = (s, d_1 … d_K)``. The summary s is dense and near N(0, I): each point on an arc between two summaries is the summary
of some piece. The details hold what is written where, and between the details of two pieces there is nothing. So on the way from
one piece to another the summary turns, and details leave: those of the piece that one comes from until the middle, which the model
writes from the summary alone, and after it those of the other one come. What a person does in the space is then a choice of what is
kept, and the decoder has learned to write from any choice (see :mod:`genstudio.training.blanks`).

Two unrelated summaries are nearly at a right angle (Vershynin 2018, remark 3.2.5), so half way between two pieces is half a right
angle from either. That holds wherever a summary turns: from half a right angle on no detail is kept.

Conventions: z is a float tensor [dims]; a blank detail is NaN in all its dimensions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

__all__ = ["Layout"]


@dataclass(frozen=True)
class Layout:
    """How a code is divided.

    summary: dimensions of the summary, which come first; 0: there is none, and no detail can be blank. block: dimensions of a
    detail. places: int64 [details], see :attr:`genstudio.models.cores.base.Core.block_places`. period: details of a segment.
    """

    summary: int
    block: int
    places: Tensor
    period: int

    @property
    def order(self) -> Tensor:
        """The details in the order in which they are kept longest, int64 [details].

        What is about the whole (key and metre) comes first. Then the first detail of each segment, then the one in its middle, then
        those between: the order of van der Corput (1935), in which any beginning is spread evenly. In music the strong beats come
        before the weak ones, so that what leaves first is ornament.
        """
        bits = max(1, (self.period - 1).bit_length())

        def rank(index: int) -> tuple[bool, int, int]:
            segment, within = divmod(index, self.period)
            return int(self.places[index]) >= 0, int(f"{within:0{bits}b}"[::-1], 2), segment

        return torch.tensor(sorted(range(len(self.places)), key=rank))

    def summary_of(self, z: Tensor) -> Tensor:
        """The summary of a code [dims]."""
        return z[: self.summary]

    def with_details(self, summary: Tensor, z: Tensor, kept: Tensor) -> Tensor:
        """The code of ``summary`` and those details of ``z`` that are ``kept``, bool [details]; the others are blank."""
        details = z[self.summary :].view(-1, self.block)
        blank = torch.full_like(details, math.nan)
        return torch.cat([summary, torch.where(kept[:, None], details, blank).flatten()])

    def blanked(self, z: Tensor, blank: Tensor) -> Tensor:
        """``z`` [batch, dims] with those details blank that are so in ``blank``, bool [batch, details]."""
        gone = F.pad(blank.repeat_interleave(self.block, 1), (self.summary, 0))
        return torch.where(gone, torch.full((), math.nan, dtype=z.dtype, device=z.device), z)

    def kept(self, share: float) -> Tensor:
        """Which details are kept where a ``share`` of them is, bool [details]."""
        count = round(min(1.0, max(0.0, share)) * len(self.places))
        return torch.zeros(len(self.places), dtype=torch.bool).index_fill(0, self.order[:count], True)

    def share(self, angle: float) -> float:
        """The share of a piece's details that is kept where its summary was turned by ``angle``, in radians."""
        return max(0.0, 1.0 - angle / (0.25 * math.pi))
