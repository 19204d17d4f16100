"""Generated time series, from which a model learns how trends, seasons and noise go together.

Half of them are drawn from Gaussian processes whose kernels are random sums and products of simple ones (KernelSynth: A. F. Ansari
et al., Chronos: learning the language of time series, 2024, section 4.2; R. Frigola, Bayesian time series learning with Gaussian
processes, 2015). The others are sums or products of a trend, a season and noise, as the state-space models of exponential smoothing
are (R. J. Hyndman et al., Forecasting with exponential smoothing, 2008).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.series.piece import Series

__all__ = ["SEASONS", "generated"]

SEASONS = {12: 0.33, 0: 0.24, 7: 0.14, 4: 0.12, 24: 0.08, 5: 0.05, -1: 0.04}
"""How often each season is drawn; -1 stands for any from 2 to 26."""
_GRID = 8  # positions of a random season that are drawn; those between follow a smooth line

Array = NDArray[np.float64]


def generated(count: int, steps: int, seed: int) -> Iterator[Series]:
    """Random time series.

    Args:
        count: how many.
        steps: the length of each.
        seed: the same seed gives the same series.

    Yields:
        Series that are named by their numbers, scaled by their own mean and deviation.
    """
    rng = np.random.default_rng(seed)
    seasons, shares = list(SEASONS), list(SEASONS.values())
    for number in range(count):
        season = int(rng.choice(seasons, p=shares))
        if season < 0:
            season = int(rng.integers(2, 27))
        phase = int(rng.integers(0, season)) if season else 0
        x = _kernels(rng, steps, season) if rng.random() < 0.5 else _components(rng, steps, season, phase)
        if rng.random() < 0.05:
            x = x + _jump(rng, steps) * x.std()
        if rng.random() < 0.05:
            x = x + (rng.random(steps) < 0.02) * rng.normal(0, 4, steps) * x.std()
        x = np.nan_to_num((x - x.mean()) / max(float(x.std()), 1e-9), posinf=0.0, neginf=0.0)
        yield Series.of([round(value, 4) for value in x.tolist()], title=f"generated {number + 1}", season=season, phase=phase)


def _jump(rng: np.random.Generator, steps: int) -> Array:
    return np.asarray((np.arange(steps) >= rng.integers(steps // 5, steps)) * rng.normal(0, 1.5), np.float64)


# -- Gaussian processes


def _kernels(rng: np.random.Generator, steps: int, season: int) -> Array:
    """A draw from a Gaussian process with a random kernel."""
    time = np.arange(steps) / steps
    apart = np.abs(time[:, None] - time)
    kernel = _kernel(rng, time, apart, steps, season)
    for _ in range(int(rng.integers(0, 4))):
        other = _kernel(rng, time, apart, steps, season)
        kernel = kernel * other if rng.random() < 0.4 else kernel + other
    kernel = kernel / max(1e-9, float(np.diag(kernel).mean())) + np.eye(steps) * 10.0 ** rng.uniform(-6, -1)
    # The covariance may lack rank: its eigenvalues are used, which only differ from zero by rounding then.
    values, vectors = np.linalg.eigh(kernel)
    found: Array = vectors @ (np.sqrt(np.maximum(values, 0.0)) * rng.standard_normal(steps))
    return found


def _kernel(rng: np.random.Generator, time: Array, apart: Array, steps: int, season: int) -> Array:
    kinds = ["linear", "rbf", "rough", "noise", "constant", "cycle"] + (["season"] * 4 if season else [])
    kind = rng.choice(kinds)
    scale = 10.0 ** rng.uniform(-1.7, 0.3)
    if kind == "linear":
        origin = rng.uniform(-0.5, 1.0)
        return np.asarray((time[:, None] - origin) * (time - origin) * 4.0)
    if kind == "rbf":
        return np.asarray(np.exp(-0.5 * (apart / scale) ** 2))
    if kind == "rough":  # Matérn 1/2, a random walk that returns
        return np.asarray(np.exp(-apart / scale))
    if kind == "noise":
        return np.eye(steps) * rng.uniform(0.02, 0.6)
    if kind == "constant":
        return np.ones_like(apart)
    period = season if kind == "season" else rng.uniform(3.0, steps / 2)
    width = 10.0 ** rng.uniform(-0.5, 0.4)
    wave = np.exp(-2.0 * (np.sin(np.pi * apart * steps / period) / width) ** 2)
    # Seasons that change slowly are more frequent than those that never do.
    return np.asarray(wave * np.exp(-0.5 * (apart / 10.0 ** rng.uniform(-0.3, 1.0)) ** 2))


# -- trend, season and noise


def _components(rng: np.random.Generator, steps: int, season: int, phase: int) -> Array:
    """A trend with a season and noise, of which each may be missing."""
    time = np.arange(steps)
    level = _trend(rng, steps)
    level = level * rng.choice([0.0, 0.5, 1.0, 2.0, 4.0], p=[0.15, 0.15, 0.3, 0.25, 0.15])
    wave = np.zeros(steps)
    if season and rng.random() < 0.85:
        profile = _season(rng, season)
        wave = profile[(time + phase) % season] * rng.choice([0.3, 1.0, 2.0])
        if rng.random() < 0.4:  # it grows or fades
            wave = wave * np.linspace(1.0, rng.uniform(0.3, 3.0), steps)
    noise = _noise(rng, steps) * rng.choice([0.03, 0.1, 0.3, 0.6, 1.0], p=[0.15, 0.25, 0.3, 0.2, 0.1])
    x: Array = level + wave + noise
    if rng.random() < 0.3:  # as many economic series: the swing goes with the level
        x = np.exp(x / max(float(x.std()), 1e-9) * rng.uniform(0.2, 0.9))
    elif rng.random() < 0.06:  # counts
        x = rng.poisson(np.exp(np.clip(x / max(float(x.std()), 1e-9) * 0.7 + rng.uniform(-1, 2), -6, 6))).astype(float)
    return x


def _trend(rng: np.random.Generator, steps: int) -> Array:
    time = np.arange(steps) / steps
    kind = rng.choice(["line", "damped", "walk", "drift", "pieces", "none"], p=[0.2, 0.1, 0.25, 0.2, 0.15, 0.1])
    if kind == "line":
        found = time * rng.normal(0, 2)
    elif kind == "damped":
        found = rng.normal(0, 2) * (1 - np.exp(-time * rng.uniform(1, 8)))
    elif kind == "walk":
        found = rng.standard_normal(steps).cumsum() / np.sqrt(steps)
    elif kind == "drift":
        found = rng.standard_normal(steps).cumsum() / np.sqrt(steps) * rng.uniform(0.1, 0.6) + time * rng.normal(0, 2)
    elif kind == "pieces":
        knots = np.sort(rng.random(int(rng.integers(1, 5))))
        found = time * rng.normal(0, 2) + sum(np.maximum(time - knot, 0.0) * rng.normal(0, 4) for knot in knots)
    else:
        found = np.zeros(steps)
    return np.asarray(found, np.float64)


def _season(rng: np.random.Generator, season: int) -> Array:
    """A profile over a season: waves, single steps, or a smooth random line."""
    place = np.arange(season)
    kind = rng.choice(["waves", "steps", "line"])
    if kind == "waves":
        found = sum(
            rng.normal(0, 1) / harmonic * np.sin(2 * np.pi * (harmonic * place / season + rng.random()))
            for harmonic in range(1, int(rng.integers(2, 5)))
        )
    elif kind == "steps":
        found = rng.standard_normal(season) * (rng.random(season) < rng.uniform(0.2, 1.0))
    else:
        points = min(season, _GRID)
        drawn = rng.standard_normal(points)
        found = np.interp(place / season * points, np.arange(points + 1), np.append(drawn, drawn[0]))
    found = np.asarray(found, np.float64)
    return found / max(float(found.std()), 1e-9)


def _noise(rng: np.random.Generator, steps: int) -> Array:
    """White noise, noise that remembers, or noise with heavy tails; of unit deviation."""
    kind = rng.choice(["white", "memory", "heavy"], p=[0.5, 0.35, 0.15])
    found = rng.standard_t(3, steps) if kind == "heavy" else rng.standard_normal(steps)
    if kind == "memory":
        share = rng.uniform(0.3, 0.95)
        for step in range(1, steps):
            found[step] += share * found[step - 1]
    return np.asarray(found / max(float(found.std()), 1e-9), np.float64)
