"""Paths through the latent space. z is a float tensor [dims] or [batch, dims]; t runs from 0 (a) to 1 (b)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from genstudio.config import METHODS, OperationOptions, checked
from genstudio.errors import ConfigError, did_you_mean
from genstudio.models.layout import Layout

__all__ = [
    "METHODS",
    "check_method",
    "interpolate",
    "legs",
    "linear",
    "point",
    "slerp",
    "slerp_details",
    "steps_between",
    "through",
    "wave",
]

WIDTH = 0.2
"""The part of t over which one block changes, in :func:`wave`."""


def linear(a: Tensor, b: Tensor, t: float) -> Tensor:
    """Linear interpolation ``(1 - t) a + t b``; the ends are exact."""
    if t <= 0.0:
        return a.clone()
    if t >= 1.0:
        return b.clone()
    return torch.lerp(a, b, t)


def slerp(a: Tensor, b: Tensor, t: float) -> Tensor:
    """Spherical linear interpolation of the directions (Shoemake 1985), with the length interpolated linearly.

    In many dimensions the mass of the prior lies near a sphere, which a straight line leaves (White 2016). Where the great circle
    is not defined (parallel or exactly opposite directions, a zero vector) the interpolation is linear. The ends are exact.
    """
    if t <= 0.0:
        return a.clone()
    if t >= 1.0:
        return b.clone()
    x, y = a.double(), b.double()
    length_a, length_b = float(x.norm()), float(y.norm())
    if length_a < 1e-8 or length_b < 1e-8:
        return linear(a, b, t)
    x, y = x / length_a, y / length_b
    # atan2 of the chord lengths keeps its precision for small angles and those near pi, where arccos loses it.
    angle = 2.0 * math.atan2(float((x - y).norm()), float((x + y).norm()))
    if angle < 1e-6 or math.pi - angle < 1e-6:
        return linear(a, b, t)
    direction = (math.sin((1.0 - t) * angle) * x + math.sin(t * angle) * y) / math.sin(angle)
    return (((1.0 - t) * length_a + t * length_b) * direction).to(a.dtype)


def wave(a: Tensor, b: Tensor, t: float, places: Tensor) -> Tensor:
    """Interpolate block after block from ``a`` to ``b``, from the beginning of the sequence to its end, each with :func:`slerp`.

    A decoder that was trained under noise ignores a small share of another piece in every block: if all blocks change together,
    nothing changes at first, then everything, and the codes half way are far from those of all pieces. Here each block changes over
    a fifth of the path, the first block at its start and the last at its end, so that most blocks of a point belong to one of the
    two pieces. Blocks about the whole piece (the key and the metre of a melody) change in the middle of the path. A code without
    places is interpolated by :func:`slerp`. The ends are exact.

    Args:
        a, b: [dims].
        places: int64 [blocks], see :attr:`genstudio.models.cores.base.Core.block_places`.
    """
    if t <= 0.0:
        return a.clone()
    if t >= 1.0:
        return b.clone()
    rows, others = a.view(len(places), -1), b.view(len(places), -1)
    # A block that neither piece uses is zero in both.
    used = (rows != 0).any(1) | (others != 0).any(1)
    turning = (used & (places >= 0)).nonzero().squeeze(1)
    if len(turning) < 2:
        return slerp(a, b, t)
    result = torch.where((used & (places < 0))[:, None] & (t >= 0.5), others, rows)
    order = turning[places[turning].argsort(stable=True)].tolist()
    for rank, block in enumerate(order):
        begin = rank / (len(order) - 1) * (1.0 - WIDTH)
        result[block] = slerp(rows[block], others[block], (t - begin) / WIDTH)
    return result.reshape(-1)


def slerp_details(a: Tensor, b: Tensor, t: float, layout: Layout) -> Tensor:
    """Interpolate codes with a summary: :func:`slerp` of the summaries, with fewer details towards the middle.

    The details of ``a`` become blank one by one until the middle, and those of ``b`` appear one by one after it, so that the points
    between are other pieces than the two. The ends are exact. See :mod:`genstudio.models.layout`.
    """
    if t <= 0.0:
        return a.clone()
    if t >= 1.0:
        return b.clone()
    summary = layout.moved(lambda x, y: slerp(x, y, t), a, b)
    near = a if t < 0.5 else b
    return layout.with_details(summary, near, layout.kept(abs(1.0 - 2.0 * t), near))


def point(a: Tensor, b: Tensor, t: float, method: str, layout: Layout) -> Tensor:
    """The point at ``t`` of the path from ``a`` to ``b`` [dims].

    In codes with a summary, ``slerp`` and ``linear`` interpolate the summary, with all details blank between the ends, and ``wave``
    interpolates the details as well. Codes without a summary have no blank details: for them ``details`` is the same as ``wave``.

    Args:
        method: one of :data:`METHODS`.

    Raises:
        ConfigError: the method is unknown.
    """
    check_method(method)
    along = linear if method == "linear" else slerp
    if not layout.summary:
        return wave(a, b, t, layout.places) if method in ("details", "wave") else along(a, b, t)
    if method == "details" or t <= 0.0 or t >= 1.0:
        return slerp_details(a, b, t, layout)
    summary = layout.moved(lambda x, y: along(x, y, t), a, b)
    if method != "wave":
        return layout.with_details(summary, a, layout.kept(0.0, a))
    return torch.cat([summary, wave(a[layout.summary :], b[layout.summary :], t, layout.places)])


def steps_between(steps: int) -> list[float]:
    """``steps`` equidistant values of t from 0 to 1, both included.

    Raises:
        ConfigError: the number of steps is out of range.
    """
    steps = checked(OperationOptions, "steps", steps)
    return [index / (steps - 1) for index in range(steps)]


def check_method(method: str) -> None:
    """Check the name of an interpolation method.

    Raises:
        ConfigError: the method is unknown.
    """
    if method not in METHODS:
        raise ConfigError("there is no interpolation method {method!r}; {hint}", method=method, hint=did_you_mean(method, METHODS))


def interpolate(a: Tensor, b: Tensor, steps: int, method: str, layout: Layout) -> Tensor:
    """``steps`` points from ``a`` to ``b`` [dims], both included: [steps, dims]; see :func:`point`.

    Raises:
        ConfigError: the method is unknown or the number of steps out of range.
    """
    return torch.stack([point(a, b, t, method, layout) for t in steps_between(steps)])


def legs(points: int, steps: int) -> list[tuple[int, float]]:
    """The points of a path through ``points`` waypoints, with ``steps`` points on each leg: pairs (leg from 0, t).

    A waypoint where two legs meet is listed once, as the end of the first of them.

    >>> legs(3, 3)
    [(0, 0.0), (0, 0.5), (0, 1.0), (1, 0.5), (1, 1.0)]

    Raises:
        ConfigError: fewer than 2 waypoints, or the number of steps is out of range.
    """
    if points < 2:
        raise ConfigError("a path needs at least 2 pieces to go through; {points} given.", points=points)
    ts = steps_between(steps)
    return [(leg, t) for leg in range(points - 1) for t in (ts if leg == 0 else ts[1:])]


def through(points: Sequence[Tensor], steps: int, method: str, layout: Layout) -> Tensor:
    """The path through the ``points``, each [dims], at the points of :func:`legs`: [len(legs), dims]; waypoints are exact.

    Raises:
        ConfigError: fewer than 2 waypoints, an unknown method, or a number of steps out of range.
    """
    return torch.stack([point(points[leg], points[leg + 1], t, method, layout) for leg, t in legs(len(points), steps)])
