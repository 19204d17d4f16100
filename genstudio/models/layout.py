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
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from genstudio.models.flow import SummaryFlow

__all__ = ["Layout"]


def _angle(x: Tensor, y: Tensor) -> float:
    """The angle between two vectors; 0 where one of them is zero."""
    x, y = x.double(), y.double()
    lengths = float(x.norm()), float(y.norm())
    if min(lengths) < 1e-8:
        return 0.0
    x, y = x / lengths[0], y / lengths[1]
    return 2.0 * math.atan2(float((x - y).norm()), float((x + y).norm()))


@dataclass(frozen=True)
class Layout:
    """How a code is divided, and how its summary turns.

    summary: dimensions of the summary, which come first; 0: there is none, and no detail can be blank. block: dimensions of a
    detail. places: int64 [details], see :attr:`genstudio.models.cores.base.Core.block_places`. period: details of a segment. flow:
    the learned prior of the summaries; None: they are taken to be N(0, I) as they are.
    """

    summary: int
    block: int
    places: Tensor
    period: int
    flow: SummaryFlow | None = None

    @property
    def whole(self) -> bool:
        """Whether the sequence is one segment, as a sentence is."""
        return len(self.places) == self.period

    @property
    def order(self) -> Tensor:
        """The details in the order in which they are kept longest, int64 [details].

        What is about the whole (key and metre) comes first. Then what stands at the beginning of each quarter of the piece: the
        beginning of a phrase says how it goes on, while notes that are kept here and there have to be led to and away from. A
        sentence is one segment, whose beginning is kept longest.
        """
        segments = len(self.places) // self.period
        several = 1 if self.whole else max(1, (segments - 1) // 4)

        def rank(index: int) -> tuple[bool, int, int]:
            segment = index // self.period
            about = self.whole or int(self.places[index]) >= 0
            quarter, within = divmod(segment - 1, several)
            return about, within * self.period + index % self.period, quarter

        return torch.tensor(sorted(range(len(self.places)), key=rank))

    def summary_of(self, z: Tensor) -> Tensor:
        """The summary of a code [dims]."""
        return z[: self.summary]

    def moved(self, change: Callable[..., Tensor], *codes: Tensor) -> Tensor:
        """``change`` of the summaries of ``codes`` [dims], made where they are N(0, I): [summary], or [n, summary] if the change
        gives several."""
        summaries = [self.summary_of(code) for code in codes]
        if self.flow is None:
            return change(*summaries)
        changed = change(*self.flow.places(torch.stack(summaries)))
        return self.flow.summaries(changed.view(-1, self.summary)).view_as(changed)

    def with_details(self, summary: Tensor, z: Tensor, kept: Tensor) -> Tensor:
        """The code of ``summary`` and those details of ``z`` that are ``kept``, bool [details]; the others are blank."""
        details = z[self.summary :].view(-1, self.block)
        blank = torch.full_like(details, math.nan)
        return torch.cat([summary, torch.where(kept[:, None], details, blank).flatten()])

    def alone(self, summaries: Tensor) -> Tensor:
        """Codes [n, dims] of ``summaries`` [n, summary] with all details blank."""
        details = summaries.new_full((len(summaries), len(self.places) * self.block), math.nan)
        return torch.cat([summaries, details], 1)

    def around(self, z: Tensor, summaries: Tensor) -> Tensor:
        """Codes [n, dims] of ``summaries`` [n, summary], each with as many details of ``z`` [dims] as it is near z's summary."""
        own = self.summary_of(z)
        rows = [self.with_details(one, z, self.kept(self.share(_angle(own, one)), z)) for one in summaries]
        return torch.stack(rows) if rows else z.new_zeros(0, len(z))

    def fits(self, codes: NDArray[np.float32]) -> bool:
        """Whether what is no number in ``codes`` [n, dims] are whole details of a code with a summary."""
        blank = np.isnan(codes)
        if not self.summary:
            return not blank.any()
        details = blank[:, self.summary :].reshape(len(codes), -1, self.block)
        return not blank[:, : self.summary].any() and bool((details.any(2) == details.all(2)).all())

    def blanked(self, z: Tensor, blank: Tensor) -> Tensor:
        """``z`` [batch, dims] with those details blank that are so in ``blank``, bool [batch, details]."""
        gone = F.pad(blank.repeat_interleave(self.block, 1), (self.summary, 0))
        return torch.where(gone, torch.full((), math.nan, dtype=z.dtype, device=z.device), z)

    def kept(self, share: float, z: Tensor) -> Tensor:
        """Which details of ``z`` [dims] are kept where a ``share`` of them is, bool [details].

        Counted are those that the piece uses: where no word stands and no note begins the detail is zero, and half of all would
        be most of a piece. All are kept only at a share of 1.
        """
        if share >= 1.0:
            return torch.ones(len(self.places), dtype=torch.bool)
        used = (z[self.summary :].view(-1, self.block) != 0).any(1)
        order = self.order[used[self.order]]
        count = int(max(0.0, share) * len(order))
        return torch.zeros(len(self.places), dtype=torch.bool).index_fill(0, order[:count], True)

    def share(self, angle: float) -> float:
        """The share of a piece's details that is kept where its summary was turned by ``angle``, in radians."""
        return max(0.0, 1.0 - angle / (0.25 * math.pi))
