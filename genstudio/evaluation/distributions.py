"""How alike two sets of numbers, or of histograms, are.

``overlap_area`` and ``divergence`` compare the densities of two sets of numbers, each estimated by Gaussian kernels of Scott's width
(Scott 1992), as Yang & Lerch (2020, section 3.3) do: the area below both curves, 1 for equal ones and 0 for those that do not meet,
and the Kullback-Leibler divergence of the second from the first in nats. Both are integrals over one grid that holds both sets, with
room for the kernels. A set without spread has kernels of the width of that grid's step.

``histogram_overlap`` is the sum of the smaller of two shares over all bins (the histogram intersection of Swain & Ballard 1991).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["compared", "histogram_overlap", "shares"]

_GRID = 2048
_ROOM = 3.0  # kernel widths beyond the outermost values
_LEAST = 1e-12  # a density that is taken for nought, so that the divergence stays finite

_Floats = NDArray[np.float64]


def compared(first: _Floats, second: _Floats) -> tuple[float, float]:
    """``overlap_area`` and ``divergence`` of two sets of numbers [n] and [m], neither of them empty."""
    ends = [min(first.min(), second.min()), max(first.max(), second.max())]
    if ends[0] == ends[1]:
        return 1.0, 0.0
    room = _ROOM * max(_width(first), _width(second))
    grid = np.linspace(ends[0] - room, ends[1] + room, _GRID)
    p, q = _density(first, grid), _density(second, grid)
    step = float(grid[1] - grid[0])
    return float(np.minimum(p, q).sum() * step), max(0.0, float((p * np.log(np.maximum(p, _LEAST) / np.maximum(q, _LEAST))).sum() * step))


def _width(values: _Floats) -> float:
    """Scott's rule in one dimension: the standard deviation over the fifth root of the number."""
    return float(values.std(ddof=1)) * len(values) ** -0.2 if len(values) > 1 else 0.0


def _density(values: _Floats, grid: _Floats) -> _Floats:
    """The density at each place of ``grid``, which sums up to one over its step. Values are shared out among the two places beside
    them first, so that the time does not depend on their number."""
    step = grid[1] - grid[0]
    place = (values - grid[0]) / step
    below = np.clip(place.astype(np.int64), 0, len(grid) - 2)
    part = place - below
    counts = np.bincount(below, 1.0 - part, len(grid)) + np.bincount(below + 1, part, len(grid))
    width = max(_width(values), float(step))
    reach = min(len(grid) - 1, int(np.ceil(6.0 * width / step)))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / width) ** 2)
    smooth = np.convolve(counts, kernel)[reach : reach + len(grid)]
    return np.asarray(smooth / (smooth.sum() * step))


def shares(values: _Floats, edges: _Floats) -> _Floats:
    """The share of ``values`` in each bin between ``edges``."""
    counts = np.histogram(values, edges)[0]
    return np.asarray(counts / max(1, counts.sum()))


def histogram_overlap(first: _Floats, second: _Floats) -> float:
    """The overlap of two histograms of the same shape, each of sum one."""
    return float(np.minimum(first, second).sum())
