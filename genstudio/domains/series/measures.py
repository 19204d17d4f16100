"""Attributes and features of time series, and the comparison of reconstructed series with the originals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import Attribute
from genstudio.domains.series.calendar import MOST_SEASON
from genstudio.domains.series.piece import Series
from genstudio.domains.series.symbols import levels_of, to_symbols

__all__ = ["ATTRIBUTES", "FEATURES", "compare", "cycle_of", "features_of", "filled"]

_POINTS = 12  # of the shape
_LAGS = (1, 2, 3, 6)
_NEAR = 1  # levels that count as the same value
_SHORTEST_CYCLE, _TIMES = 3, 3  # steps of a cycle, and how often it must have come round
_PEAK, _RISE = 0.5, 0.5  # of the autocorrelation: at one cycle, and its rise to there from the trough before


def filled(series: Series) -> NDArray[np.float64]:
    """The values in deviations from the mean, float64 [steps], with straight lines through gaps."""
    scaled = (series.array() - series.mean) / series.deviation
    there = np.flatnonzero(np.isfinite(scaled))
    if not len(there):
        return np.zeros(0)
    return np.interp(np.arange(len(scaled)), there, scaled[there])


def _line(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The straight line that fits best."""
    time = np.arange(len(x)) - (len(x) - 1) / 2
    slope = float(time @ x) / float(time @ time) if len(x) > 1 else 0.0
    fitted: NDArray[np.float64] = x.mean() + slope * time
    return fitted


def cycle_of(series: Series) -> int:
    """The length in steps of a cycle in the values, for a series whose calendar states none; 0 where none is found.

    It is the first peak of the autocorrelation of the values without their trend that stands out from the trough before it (X.
    Wang, K. Smith, R. Hyndman, Characteristic-based clustering for time series data, Data Mining and Knowledge Discovery 13, 2006,
    section 3.2). The thresholds are stricter than theirs: of 200 random walks, and of as many series of white noise, with 140 steps
    none has a cycle.
    """
    x = filled(series)
    longest = min(MOST_SEASON, len(x) // _TIMES)
    if longest < _SHORTEST_CYCLE:
        return 0
    rest = x - _line(x)
    power = float(rest @ rest)
    if power < 1e-9:
        return 0
    like = [1.0, *(float(rest[:-lag] @ rest[lag:]) / power for lag in range(1, longest + 2))]
    for lag in range(_SHORTEST_CYCLE, longest + 1):
        peak = like[lag - 1] < like[lag] >= like[lag + 1]
        if peak and like[lag] >= _PEAK and like[lag] - min(like[:lag]) >= _RISE:
            return lag
    return 0


def _strength(rest: NDArray[np.float64], whole: NDArray[np.float64]) -> float:
    return max(0.0, 1.0 - float(rest.var()) / float(whole.var())) if whole.var() > 1e-12 else 0.0


def _trend(piece: Series) -> float:
    x = filled(piece)
    if len(x) < 2:
        return 0.0
    line = _line(x)
    spread = float(x.std())
    return float(line[-1] - line[0]) / spread if spread > 1e-12 else 0.0


def _profile(x: NDArray[np.float64], season: int, phase: int) -> NDArray[np.float64]:
    """The mean at each position of the season, float64 [season]."""
    place = (np.arange(len(x)) + phase) % season
    count = np.bincount(place, minlength=season)
    total: NDArray[np.float64] = np.bincount(place, x, minlength=season) / np.maximum(count, 1)
    return total


def _seasonality(piece: Series) -> float:
    x = filled(piece)
    if not piece.season or len(x) < 2 * piece.season:
        return 0.0
    level = x - _line(x)
    profile = _profile(level, piece.season, piece.phase)
    return _strength(level - profile[(np.arange(len(x)) + piece.phase) % piece.season], level)


def _roughness(piece: Series) -> float:
    x = filled(piece)
    return float(np.abs(np.diff(x)).mean() / spread) if len(x) > 1 and (spread := float(x.std())) > 1e-12 else 0.0


def _skew(piece: Series) -> float:
    x = filled(piece)
    return float(((x - x.mean()) ** 3).mean() / x.std() ** 3) if len(x) > 2 and x.std() > 1e-9 else 0.0


def _turns(piece: Series) -> float:
    change = np.sign(np.diff(filled(piece)))
    change = change[change != 0]
    return float((change[1:] != change[:-1]).mean()) if len(change) > 1 else 0.0


def _steps(piece: Series) -> float:
    return float(len(piece))


ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("length", "Length", "steps", "How many steps it has, gaps among them.", _steps),
    Attribute(
        "trend", "Trend", "deviations", "How far the straight line that fits best rises from the first step to the last.", _trend
    ),
    Attribute(
        "seasonality", "Seasonality", "share",
        "Share of the variance around the straight line that the mean of each position of the season explains (after X. Wang, K. "
        "Smith, R. Hyndman, Characteristic-based clustering for time series data, 2006); 0 without a season.",
        _seasonality,
    ),
    Attribute("roughness", "Roughness", "deviations", "Mean change from one step to the next.", _roughness),
    Attribute("turns", "Turning points", "share", "Share of the steps at which rising becomes falling or falling rising.", _turns),
    Attribute("skewness", "Skewness", "moment", "Third standardised moment: above 0 with peaks upwards, below 0 downwards.", _skew),
)  # fmt: skip

FEATURES: tuple[str, ...] = (
    *(f"shape {point + 1} of {_POINTS}" for point in range(_POINTS)),
    *(f"correlation after {lag}" for lag in _LAGS),
    "correlation after a season",
    *(attribute.name for attribute in ATTRIBUTES[1:]),
)


def features_of(piece: Series) -> NDArray[np.float32]:
    """The features of a series, float32 [features], in the order of :data:`FEATURES`: its course in twelve points, correlations
    with itself, and its attributes without the length."""
    found = np.zeros(len(FEATURES), np.float32)
    x = filled(piece)
    if len(x) < 2 or x.std() < 1e-12:
        return found
    x = (x - x.mean()) / x.std()
    found[:_POINTS] = [part.mean() if len(part) else 0.0 for part in np.array_split(x, _POINTS)]
    lags = (*_LAGS, piece.season or 0)
    found[_POINTS : _POINTS + len(lags)] = [float((x[lag:] * x[:-lag]).mean()) if 0 < lag < len(x) else 0.0 for lag in lags]
    found[_POINTS + len(lags) :] = [attribute.measure(piece) for attribute in ATTRIBUTES[1:]]
    return found


def compare(references: Sequence[Series], hypotheses: Sequence[Series]) -> dict[str, float]:
    """Metrics of reconstruction.

    Returns:
        ``exact``: the share of pairs with equal symbols. ``level_accuracy``: the share of the steps of the references whose
        level is at most one away (0.05 deviations), gaps where gaps are. ``deviation``: the mean absolute difference of the
        values, in deviations of the reference; a step that is missing on one side only counts 1.

    Raises:
        ValueError: the sequences differ in length.
    """
    exact = near = steps = 0
    apart = 0.0
    for reference, hypothesis in zip(references, hypotheses, strict=True):
        exact += to_symbols(reference) == to_symbols(hypothesis)
        one, other = levels_of(reference), levels_of(hypothesis)
        steps += len(one)
        shared = min(len(one), len(other))
        a, b = one[:shared], other[:shared]
        both = (a >= 0) & (b >= 0)
        near += int((both & (np.abs(a - b) <= _NEAR)).sum() + ((a < 0) & (b < 0)).sum())
        x, y = ((piece.array()[:shared] - piece.mean) / piece.deviation for piece in (reference, hypothesis))
        apart += float(np.abs(x - y)[both].sum()) + int(((a < 0) != (b < 0)).sum()) + len(one) - shared
    return {
        "exact": exact / len(references) if references else 0.0,
        "level_accuracy": near / steps if steps else 0.0,
        "deviation": apart / steps if steps else 0.0,
    }
