"""Similarity of two sets of numbers, or of two histograms.

``overlap_area`` and ``divergence`` compare the densities of two sets of numbers, estimated by Gaussian kernels with the bandwidth
of Scott's rule (Scott 1992), like Yang & Lerch (2020, section 3.3): the area below both curves, 1 for equal densities and 0 for
disjoint ones, and the Kullback-Leibler divergence KL(first || second) in nats. Both are integrals over one grid that covers both
sets with a margin for the kernels. The kernels of a set without spread are as wide as a step of the grid.

``histogram_overlap`` is the sum over all bins of the smaller of the two shares (the histogram intersection of Swain & Ballard
1991).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["compared", "histogram_overlap", "shares"]

_GRID = 2048
_ROOM = 3.0  # kernel widths beyond the outermost values
_LEAST = 1e-12  # lower bound of densities, so that the divergence stays finite

_Floats = NDArray[np.float64]


def compared(first: _Floats, second: _Floats) -> tuple[float, float]:
    """``overlap_area`` and ``divergence`` of two nonempty sets of numbers, [n] and [m]."""
    ends = [min(first.min(), second.min()), max(first.max(), second.max())]
    if ends[0] == ends[1]:
        return 1.0, 0.0
    room = _ROOM * max(_width(first), _width(second))
    grid = np.linspace(ends[0] - room, ends[1] + room, _GRID)
    p, q = _density(first, grid), _density(second, grid)
    step = float(grid[1] - grid[0])
    logs = np.log(np.maximum(p, _LEAST)) - np.log(np.maximum(q, _LEAST))
    return float(np.minimum(p, q).sum() * step), max(0.0, float((p * logs).sum() * step))


def _width(values: _Floats) -> float:
    """Bandwidth by Scott's rule in one dimension: the standard deviation divided by the fifth root of the number of values."""
    return float(values.std(ddof=1)) * len(values) ** -0.2 if len(values) > 1 else 0.0


def _density(values: _Floats, grid: _Floats) -> _Floats:
    """Kernel density estimate at the points of ``grid``, with an integral of one.

    Each value is first distributed to the two nearest points, so the time hardly depends on the number of values.
    """
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
    """Share of ``values`` in each bin between ``edges``."""
    counts = np.histogram(values, edges)[0]
    return np.asarray(counts / max(1, counts.sum()))


def histogram_overlap(first: _Floats, second: _Floats) -> float:
    """Overlap, 0 to 1, of two histograms of the same shape, each with sum one."""
    return float(np.minimum(first, second).sum())
