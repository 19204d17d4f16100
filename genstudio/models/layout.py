"""Codes that consist of a summary and details, any of which may be blank (left to the model to write).

A code is ``z = (s, d_1 … d_K)``. The distribution of the summary s is close to N(0, I), so each point on an arc between two
summaries is the summary of some piece. The details hold the exact content of each place, and a point between the details of two
pieces is not meaningful. So along a path from one piece to another the summary is rotated, while details are dropped or added: in
the first half those of the first piece are dropped one after another, the middle is written from the summary alone, and in the
second half those of the other piece are added. The decoder is trained with any subset of the details (see
:mod:`genstudio.training.blanks`).

Two unrelated summaries are nearly at a right angle (Vershynin 2018, remark 3.2.5), so the midpoint is 45 degrees from either. The
same rule is used for every rotation of a summary: from 45 degrees on no detail is kept.

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
    """How a code is divided into summary and details, and how its summary is rotated.

    Attributes:
        summary: dimensions of the summary, which comes first; 0: there is none, and no detail can be blank.
        block: dimensions of a detail.
        places: int64 [details], see :attr:`genstudio.models.cores.base.Core.block_places`.
        period: details per segment.
        flow: the learned prior of the summaries; None: they are treated as N(0, I) themselves.
    """

    summary: int
    block: int
    places: Tensor
    period: int
    flow: SummaryFlow | None = None

    @property
    def whole(self) -> bool:
        """Whether the sequence is a single segment (text)."""
        return len(self.places) == self.period

    @property
    def order(self) -> Tensor:
        """The order in which details are kept, those kept longest first, int64 [details].

        Details about the whole sequence (key and metre) come first, then those at the beginning of each quarter of the piece: the
        beginning of a phrase determines how it continues, while isolated notes would need transitions to and from them. Of a single
        segment (text) the beginning is kept longest.
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
        """Apply a function to summaries in the coordinates in which they are N(0, I).

        Args:
            change: takes one tensor [summary] for each code; returns [summary] or [n, summary].
            codes: codes [dims].

        Returns:
            The changed summaries, with the shape that ``change`` returns.
        """
        summaries = [self.summary_of(code) for code in codes]
        if self.flow is None:
            return change(*summaries)
        changed = change(*self.flow.places(torch.stack(summaries)))
        return self.flow.summaries(changed.view(-1, self.summary)).view_as(changed)

    def with_details(self, summary: Tensor, z: Tensor, kept: Tensor) -> Tensor:
        """The code of ``summary`` and the details of ``z`` [dims] where ``kept``, bool [details], is True; the others are blank."""
        details = z[self.summary :].view(-1, self.block)
        blank = torch.full_like(details, math.nan)
        return torch.cat([summary, torch.where(kept[:, None], details, blank).flatten()])

    def alone(self, summaries: Tensor) -> Tensor:
        """Codes [n, dims] of ``summaries`` [n, summary] with all details blank."""
        details = summaries.new_full((len(summaries), len(self.places) * self.block), math.nan)
        return torch.cat([summaries, details], 1)

    def around(self, z: Tensor, summaries: Tensor) -> Tensor:
        """Codes [n, dims] of ``summaries`` [n, summary], with the more details of ``z`` [dims] the nearer they are to its own."""
        own = self.summary_of(z)
        rows = [self.with_details(one, z, self.kept(self.share(_angle(own, one)), z)) for one in summaries]
        return torch.stack(rows) if rows else z.new_zeros(0, len(z))

    def fits(self, codes: NDArray[np.float32]) -> bool:
        """Whether NaN occurs in ``codes`` [n, dims] only as entirely blank details."""
        blank = np.isnan(codes)
        if not self.summary:
            return not blank.any()
        details = blank[:, self.summary :].reshape(len(codes), -1, self.block)
        return not blank[:, : self.summary].any() and bool((details.any(2) == details.all(2)).all())

    def blanked(self, z: Tensor, blank: Tensor) -> Tensor:
        """``z`` [batch, dims] with the details blank where ``blank``, bool [batch, details], is True."""
        gone = F.pad(blank.repeat_interleave(self.block, 1), (self.summary, 0))
        return torch.where(gone, torch.full((), math.nan, dtype=z.dtype, device=z.device), z)

    def kept(self, share: float, z: Tensor) -> Tensor:
        """Select the details of ``z`` [dims] that are kept when a ``share`` of them is kept, bool [details].

        The share is of the details that the piece uses, which are not zero: few places have a word or the beginning of a note, so
        half of all details would be most of a piece. At a share of 1 all details are kept.
        """
        if share >= 1.0:
            return torch.ones(len(self.places), dtype=torch.bool)
        used = (z[self.summary :].view(-1, self.block) != 0).any(1)
        order = self.order[used[self.order]]
        count = int(max(0.0, share) * len(order))
        return torch.zeros(len(self.places), dtype=torch.bool).index_fill(0, order[:count], True)

    def share(self, angle: float) -> float:
        """The share of the details of a piece that is kept after its summary is rotated by ``angle``, in radians."""
        return max(0.0, 1.0 - angle / (0.25 * math.pi))
