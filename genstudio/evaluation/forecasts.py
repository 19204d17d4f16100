"""Measures of forecasts, and the forecasts of a model on held-out time series.

With actual values y of h steps, a forecast f of them (the median), the known values x before them and the season m:

* Mean absolute scaled error (R. J. Hyndman, A. B. Koehler, Another look at measures of forecast accuracy, International Journal of
  Forecasting 22, 2006): the mean of |y − f|, divided by the mean of |x[t] − x[t − m]| over the known values. m is 1 without a
  season.
* Weighted quantile loss (as in A. F. Ansari et al., Chronos, 2024, appendix D): for the shares a = 0.1, 0.2 … 0.9 with quantiles q,
  the mean over a of 2 · Σ max(a (y − q), (a − 1) (y − q)) / Σ |y|.
* Coverage of the 80 % band: the share of y between the quantiles 0.1 and 0.9.

The reference is the seasonal naive forecast: each step is as it was one season before, and its quantiles are those of a normal
distribution whose variance is that of the seasonal differences of the known values, times the number of seasons ahead (R. J.
Hyndman, G. Athanasopoulos, Forecasting: principles and practice, 3rd edition, section 5.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.decoding.trained import Trained
from genstudio.generation.forecasting import QUANTILES, futures
from genstudio.progress import Monitor

__all__ = ["SHARES", "Scores", "forecasts", "seasonal_naive"]

SHARES = tuple(share for share in QUANTILES if 0.1 <= share <= 0.9)
"""The quantiles that are scored."""

_DRAWS = 100
_LEAST = 2  # seasons that are known before a forecast

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """The measures of one forecast: see the module."""

    mase: float
    wql: float
    coverage: float

    @classmethod
    def of(cls, actual: Array, quantiles: Array, known: Array, season: int) -> Scores:
        """Score a forecast.

        Args:
            actual: the true values, [steps]; NaN is left out.
            quantiles: the forecast for each of :data:`SHARES`, [shares, steps].
            known: the values before, NaN for gaps.
            season: steps of the season; 0 or 1: none.
        """
        there = np.isfinite(actual)
        y, q = actual[there], quantiles[:, there]
        lag = max(1, season)
        usual = float(np.nanmean(np.abs(known[lag:] - known[:-lag]))) if len(known) > lag else float("nan")
        shares = np.array(SHARES)[:, None]
        off = y - q
        loss = 2.0 * np.maximum(shares * off, (shares - 1.0) * off).sum(1).mean()
        inside = (y >= q[SHARES.index(0.1)]) & (y <= q[SHARES.index(0.9)])
        return cls(
            float(np.abs(off[SHARES.index(0.5)]).mean()) / max(usual, 1e-12),
            float(loss) / max(float(np.abs(y).sum()), 1e-12),
            float(inside.mean()),
        )


def seasonal_naive(known: Array, season: int, steps: int) -> Array:
    """The quantiles of the seasonal naive forecast, [shares, steps]. Gaps take the last value of their position."""
    lag = max(1, season)
    filled = known.copy()
    for index in range(len(filled)):
        if not np.isfinite(filled[index]):
            filled[index] = filled[index - lag] if index >= lag else np.nanmean(known)
    apart = filled[lag:] - filled[:-lag]
    deviation = float(np.sqrt(np.square(apart).mean())) if len(apart) else 0.0
    ahead = np.arange(steps)
    middle = filled[len(filled) - lag + ahead % lag] if len(filled) >= lag else np.full(steps, filled[-1])
    spread = deviation * np.sqrt(ahead // lag + 1)
    return np.stack([middle + NormalDist().inv_cdf(share) * spread for share in SHARES])


def forecasts(
    trained: Trained, sequences: Sequence[NDArray[Any]], count: int, *, seed: int = 0, monitor: Monitor = Monitor()
) -> dict[str, Any]:
    """Forecast the last steps of held-out series: one season of each, or a quarter where that is shorter or there is none.

    Args:
        trained: a model of time series with a summary.
        sequences: token ids of held-out pieces.
        count: the largest number of series.
        seed: of the choice of series and of the draws.
        monitor: receives progress, and may stop.

    Returns:
        ``forecasts``: their number. ``mase``, ``wql``: geometric means of the ratios to the seasonal naive forecast. ``coverage``:
        the share of all steps in the 80 % band. Empty where no series is long enough.
    """
    chosen = np.random.default_rng(seed).permutation(len(sequences))[:count].tolist()
    done = monitor.counter("forecasting", len(chosen), "")
    ratios: list[tuple[float, float]] = []
    covered: list[float] = []
    for number, row in enumerate(chosen):
        monitor.check()
        done(number)
        piece = trained.piece(np.asarray(sequences[row]))
        steps = min(piece.season or len(piece) // 4, len(piece) // 4)
        known = len(piece) - steps
        if steps < 2 or known < _LEAST * max(2, piece.season):
            continue
        window = piece.cut(0, known).scaled()
        made, _ = futures(trained, window, steps, _DRAWS, seed=seed, check=monitor.check)
        past, actual = window.array(), piece.array()[known:]
        if not np.isfinite(actual).any():
            continue
        own = Scores.of(actual, np.quantile(made, SHARES, axis=0), past, piece.season)
        naive = Scores.of(actual, seasonal_naive(past, piece.season, steps), past, piece.season)
        ratios.append((max(own.mase, 1e-6) / max(naive.mase, 1e-6), max(own.wql, 1e-6) / max(naive.wql, 1e-6)))
        covered.append(own.coverage)
    done(len(chosen))
    if not ratios:
        return {}
    mase, wql = np.exp(np.log(np.array(ratios)).mean(0)).tolist()
    return {"forecasts": len(ratios), "mase": mase, "wql": wql, "coverage": float(np.mean(covered))}
