"""Random variants of time series, for training."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.series.piece import Series

__all__ = ["variant"]

_SHORTEST = 24  # steps
_GAPS = 0.15  # share of the variants that have gaps


def variant(piece: Series, rng: np.random.Generator, length: int) -> Series:
    """A random part of a series, in half of the cases upside down, scaled by the mean and deviation of a random part of its
    beginning: so a model knows series that leave the range of what they began with, as every continuation does. Some have gaps.

    Args:
        piece: the series.
        rng: random generator.
        length: the largest number of segments.
    """
    values = piece.array()
    steps = len(values)
    if steps < 2:
        return piece
    most = min(steps, max(1, (length - 1) * piece.size))
    wanted = most if rng.random() < 0.5 else int(rng.integers(min(_SHORTEST, most), most + 1))
    first = int(rng.integers(0, steps - wanted + 1))
    part = piece.cut(first, first + wanted)
    values = part.array()
    if rng.random() < 0.5:
        values = 2 * part.mean - values
    head = values[: max(2, round(len(values) * float(rng.uniform(0.35, 1.0))))]
    head = head[np.isfinite(head)]
    mean, deviation = (float(head.mean()), float(head.std())) if len(head) > 1 else (part.mean, part.deviation)
    # What was quantised has no finer differences, and a flat beginning would throw the rest out of the range.
    deviation = max(deviation, 0.05 * part.deviation, float(np.nanmax(np.abs(values - mean), initial=0.0)) / 12)
    if not deviation > 0:
        deviation = 1.0
    scaled = (values - mean) / deviation
    if rng.random() < _GAPS:
        scaled[_missing(rng, len(scaled))] = np.nan
    return replace(
        part, values=tuple(float(value) if np.isfinite(value) else None for value in scaled), start="", step="", mean=0.0,
        deviation=1.0,
    )  # fmt: skip


def _missing(rng: np.random.Generator, steps: int) -> NDArray[np.bool_]:
    """Which steps are gaps: single ones, or some in a row; never the first or the last."""
    found: NDArray[np.bool_]
    if rng.random() < 0.5:
        found = rng.random(steps) < rng.uniform(0.01, 0.2)
    else:
        first = int(rng.integers(1, steps))
        place = np.arange(steps)
        found = (place >= first) & (place < first + rng.integers(1, max(2, steps // 4)))
    found[[0, -1]] = False
    return found
