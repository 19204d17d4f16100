"""Points of the latent space derived from other points: neighbours, blends of four, analogies.

z is a float tensor [dims]; lengths are Euclidean. In many dimensions the mass of the prior lies near a sphere (White 2016), so the
direction and the length of a point are computed separately: a sum is one of directions, and its length is interpolated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from genstudio.config import OperationOptions, checked
from genstudio.models.layout import Layout

__all__ = ["analogy", "between_corners", "blend", "corners", "moved_by_difference", "neighbours", "varied"]

_TINY = 1e-8


def neighbours(z: Tensor, n: int, amount: float, *, seed: int = 0, used: Tensor | None = None, block: int = 0) -> Tensor:
    """``n`` points at the same distance from ``z`` in random directions: [n, dims].

    Each is ``z`` turned by ``amount`` of a right angle, with its length kept: 0 is ``z`` itself, 1 is as far away as unrelated
    codes, since independent directions in many dimensions are nearly orthogonal (Vershynin 2018, remark 3.2.5).

    A code of several blocks (one for each beat of a melody) is turned block by block, in a random order, each by a right angle in a
    random direction, until the angle of the whole code is reached. A decoder that was trained under noise ignores small changes
    everywhere: an angle spread over all blocks changes nothing up to the point where it changes everything.

    A zero vector has no direction; its neighbours have random directions, and a length that grows with ``amount`` to the radius of
    the prior's sphere. A code of one dimension, which has no orthogonal direction, stays as it is.

    Args:
        z: [dims].
        n: the number of neighbours.
        amount: the angle in right angles, 0 to 1.
        used: bool [dims], the dimensions that are turned; the others stay. None: all.
        block: the number of dimensions of a block; 0: the whole code is one block.

    Raises:
        ConfigError: the amount is out of range.
    """
    amount = checked(OperationOptions, "amount", amount)
    generator = torch.Generator().manual_seed(seed)
    mask = torch.ones_like(z, dtype=torch.bool) if used is None else used.to(torch.bool)
    starts = range(0, len(z), block or max(1, len(z)))
    places = [index for start in starts if len(index := mask[start : start + (block or len(z))].nonzero().squeeze(1) + start)]
    result = z.repeat(n, 1)
    if amount == 0.0 or not places:
        return result
    code, angle = z.double(), 0.5 * math.pi * amount
    # The cosine between a code and its neighbour is the mean of the cosines of the blocks, weighted by their squared lengths.
    squares = torch.stack([code[index].square().sum() for index in places])
    alone = len(places) == 1 or float(squares.sum()) < _TINY**2
    for row in result:
        if alone:
            for index in places:
                row[index] = _turned(code[index], angle, generator).to(z.dtype)
            continue
        left = float((1.0 - math.cos(angle)) * squares.sum())
        for number in torch.randperm(len(places), generator=generator).tolist():
            share = float(squares[number])
            if share >= _TINY**2 and left > 0.0:
                turn = math.acos(max(0.0, 1.0 - left / share))
                row[places[number]] = _turned(code[places[number]], turn, generator).to(z.dtype)
                left -= share
    return result


def _turned(z: Tensor, angle: float, generator: torch.Generator) -> Tensor:
    """``z`` (float64) turned by ``angle`` in a random direction; see :func:`neighbours`."""
    length = float(z.norm())
    drawn = torch.randn(len(z), generator=generator, dtype=torch.float64)
    if length < _TINY:
        return drawn * (math.sin(angle) * math.sqrt(len(z)) / float(drawn.norm()))
    along = z / length
    for _ in range(2):  # the second time removes what rounding left after the first
        drawn = drawn - (drawn @ along) * along
    rest = float(drawn.norm())
    if rest < _TINY:
        return z
    turned: Tensor = math.cos(angle) * z + (math.sin(angle) * length / rest) * drawn
    return turned


def corners(rows: int, columns: int) -> list[tuple[float, float]]:
    """The coordinates (u from left to right, v from top to bottom) of a grid, row by row, each from 0 to 1.

    Raises:
        ConfigError: the number of rows or columns is out of range.
    """
    rows, columns = (checked(OperationOptions, "grid", size) for size in (rows, columns))
    return [(column / (columns - 1), row / (rows - 1)) for row in range(rows) for column in range(columns)]


def blend(four: Sequence[Tensor], u: float, v: float) -> Tensor:
    """The point between four corners (top left, top right, bottom left, bottom right), with weights bilinear in ``u`` and ``v``.

    Its direction is that of the weighted sum of the directions of the corners (normalised linear interpolation: on an edge it runs
    along the great circle of Shoemake 1985), its length the weighted mean of their lengths. Where a direction is not defined (a
    zero vector) or directions cancel each other out, it is the weighted mean of the corners. The corners are exact.
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
    """The analogy ``a - b + c`` (Mikolov et al. 2013): c with the difference between a and b.

    The sum of three codes is longer than the codes that the decoder has learned; its length is set to ``|a| - |b| + |c|``, limited
    to the range from the shortest to the longest of the three. If b equals c the result is a, and if a equals b it is c, exactly.
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


def between_corners(four: Sequence[Tensor], u: float, v: float, layout: Layout) -> Tensor:
    """The :func:`blend` of the summaries of four corners, with details of the nearest corner, fewer the farther away it is.

    On an edge the number of details is that of :func:`genstudio.generation.paths.slerp_details`. The corners are exact. Codes
    without a summary are blended by :func:`blend`.
    """
    if not layout.summary:
        return blend(four, u, v)
    weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
    near = max(range(4), key=lambda corner: weights[corner])
    if weights[near] >= 1.0:
        return four[near].clone()
    summary = layout.moved(lambda *corners: blend(corners, u, v), *four)
    return layout.with_details(summary, four[near], layout.kept(2.0 * weights[near] - 1.0, four[near]))


def moved_by_difference(a: Tensor, b: Tensor, c: Tensor, layout: Layout) -> Tensor:
    """The :func:`analogy` ``a - b + c`` of summaries, with details of ``c``, fewer the farther the summary is from that of ``c``.

    If b equals c the result is a, and if a equals b it is c, exactly. For codes without a summary it is :func:`analogy`.
    """
    if not layout.summary or torch.equal(b, c) or torch.equal(a, b):
        return analogy(a, b, c)
    summary = layout.moved(analogy, a, b, c)
    return layout.around(c, summary[None])[0]


def varied(z: Tensor, n: int, amount: float, layout: Layout, *, seed: int = 0) -> Tensor:
    """``n`` codes at the same distance from ``z``, which has a summary: [n, dims].

    The summary is turned by ``amount`` of a right angle in a random direction (:func:`neighbours`), and a random selection of the
    details is kept, fewer the larger the angle.

    Raises:
        ConfigError: the amount is out of range.
    """
    amount = checked(OperationOptions, "amount", amount)
    if amount == 0.0:
        return z.repeat(n, 1)
    count = len(layout.places)
    left = count - round(layout.share(amount * 0.5 * math.pi) * count)
    rows = []
    for index, summary in enumerate(layout.moved(lambda one: neighbours(one, n, amount, seed=seed), z)):
        generator = torch.Generator().manual_seed((seed + 7919 * (index + 1)) % 2**63)
        kept = torch.ones(count, dtype=torch.bool)
        kept[torch.randperm(count, generator=generator)[: max(1, left)]] = False
        rows.append(layout.with_details(summary, z, kept))
    return torch.stack(rows)
