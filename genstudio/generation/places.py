"""Places in the latent space told by other places: neighbours, mixtures of four, differences.

z is a float tensor [dims]; lengths are Euclidean. In many dimensions the prior's mass lies near a sphere (White 2016), so a place
is found by its direction and its length apart: what is added up are directions, and the length is that of what it was made of.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from genstudio.errors import ConfigError

__all__ = ["LARGEST_GRID", "analogy", "blend", "corners", "neighbours"]

LARGEST_GRID = 50
_TINY = 1e-8


def neighbours(z: Tensor, n: int, amount: float, *, seed: int = 0, used: Tensor | None = None) -> Tensor:
    """``n`` places at the same distance from ``z`` in random directions: [n, dims].

    Each is ``z`` turned by ``amount`` of a right angle towards a direction orthogonal to it that is drawn uniformly, its length
    kept: 0 is ``z`` itself, 1 is as far as two unrelated codes are, since directions drawn independently in many dimensions are
    nearly orthogonal (Vershynin 2018, remark 3.2.5). Only dimensions that are ``used`` are turned; the others stay.
    Where ``z`` is nought there is no angle; then a place of the prior's sphere is approached, the length rising to its radius. In
    a single dimension nothing is orthogonal, and ``z`` is its only neighbour.

    Args:
        z: [dims].
        used: bool [dims], True where a dimension carries something; None: everywhere.

    Raises:
        ConfigError: the amount is out of range.
    """
    if not 0.0 <= amount <= 1.0:
        raise ConfigError(f"amount is {amount}; expected a number from 0 (the piece itself) to 1 (as far as an unrelated one).")
    mask = torch.ones_like(z, dtype=torch.bool) if used is None else used.to(torch.bool)
    drawn = torch.randn(n, len(z), generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    result = z.repeat(n, 1)
    if amount == 0.0 or not bool(mask.any()):
        return result
    inside, drawn = z[mask].double(), drawn[:, mask]
    length, angle = float(inside.norm()), 0.5 * math.pi * amount
    if length < _TINY:
        unit = drawn / drawn.norm(dim=1, keepdim=True)
        moved = math.sin(angle) * math.sqrt(len(inside)) * unit
    else:
        along = inside / length
        for _ in range(2):  # the second time for what rounding left of the first
            drawn = drawn - (drawn @ along)[:, None] * along
        rest = drawn.norm(dim=1, keepdim=True)
        if bool((rest < _TINY).any()):
            return result
        moved = math.cos(angle) * inside + math.sin(angle) * length * (drawn / rest)
    result[:, mask] = moved.to(z.dtype)
    return result


def corners(rows: int, columns: int) -> list[tuple[float, float]]:
    """The places (u from left to right, v from top to bottom) of a grid, row by row, each from 0 to 1.

    Raises:
        ConfigError: fewer than 2 rows or columns, or more than 50.
    """
    if not 2 <= rows <= LARGEST_GRID or not 2 <= columns <= LARGEST_GRID:
        raise ConfigError(f"the grid is {rows}x{columns}; expected 2 (the corners alone) to {LARGEST_GRID} rows and columns.")
    return [(column / (columns - 1), row / (rows - 1)) for row in range(rows) for column in range(columns)]


def blend(four: Sequence[Tensor], u: float, v: float) -> Tensor:
    """The place between four corners (top left, top right, bottom left, bottom right), bilinear in ``u`` and ``v``; the corners
    are exact.

    The direction is that of the weighted sum of the corners' directions (normalised linear interpolation: on an edge it runs along
    the great circle of Shoemake 1985), the length the weighted mean of their lengths. Where directions are not defined (a zero
    vector) or cancel each other out, the weighted mean itself is taken.
    """
    weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
    for corner, weight in zip(four, weights, strict=True):
        if weight >= 1.0:
            return corner.clone()
    points = [corner.double() for corner in four]
    lengths = [float(point.norm()) for point in points]
    mean = torch.stack([weight * point for weight, point in zip(weights, points, strict=True)]).sum(0)
    if any(length < _TINY for length, weight in zip(lengths, weights, strict=True) if weight > 0):
        return mean.to(four[0].dtype)
    parts = [weight * point / length for weight, point, length in zip(weights, points, lengths, strict=True) if weight > 0]
    direction = torch.stack(parts).sum(0)
    norm = float(direction.norm())
    if norm < 1e-6:
        return mean.to(four[0].dtype)
    length = sum(weight * length for weight, length in zip(weights, lengths, strict=True))
    return (length / norm * direction).to(four[0].dtype)


def analogy(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """``a - b + c`` (Mikolov et al. 2013): c with what tells a from b.

    The sum of three codes is longer than any of them, beyond where the decoder is at home; its length is set to
    ``|a| - |b| + |c|``, kept between the shortest and the longest of the three. So a where b is c, and c where a is b, exactly.
    """
    if torch.equal(b, c):
        return a.clone()
    if torch.equal(a, b):
        return c.clone()
    x, y, w = a.double(), b.double(), c.double()
    moved = x - y + w
    lengths = [float(point.norm()) for point in (x, y, w)]
    length = min(max(lengths), max(min(lengths), lengths[0] - lengths[1] + lengths[2]))
    norm = float(moved.norm())
    return (moved if norm < _TINY else length / norm * moved).to(a.dtype)
