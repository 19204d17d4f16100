"""Places in the latent space told by other places: neighbours, mixtures of four, differences.

z is a float tensor [dims]; lengths are Euclidean. In many dimensions the prior's mass lies near a sphere (White 2016), so a place
is found by its direction and its length apart: what is added up are directions, and the length is that of what it was made of.
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
    """``n`` places at the same distance from ``z`` in random directions: [n, dims].

    Each is ``z`` turned by ``amount`` of a right angle, its length kept: 0 is ``z`` itself, 1 is as far as two unrelated codes are,
    since directions drawn independently in many dimensions are nearly orthogonal (Vershynin 2018, remark 3.2.5). Only dimensions
    that are ``used`` are turned; the others stay.

    A code that is made of blocks (one for each beat of a melody) is turned block by block, in a random order, each by a right angle
    in a random direction, until the angle of the whole is reached. A decoder that was trained under noise does not hear a little
    of it everywhere: spread over all blocks, an angle changes nothing at all up to the point where it changes everything.

    Where ``z`` is nought there is no angle; then a place of the prior's sphere is approached, the length rising to its radius. In a
    single dimension nothing is orthogonal, and it stays.

    Args:
        z: [dims].
        used: bool [dims], True where a dimension carries something; None: everywhere.
        block: dimensions of a block; 0: all are one.

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
    # The cosine between a code and its neighbour is the mean of the blocks' cosines, weighed by their squared lengths.
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
    for _ in range(2):  # the second time for what rounding left of the first
        drawn = drawn - (drawn @ along) * along
    rest = float(drawn.norm())
    if rest < _TINY:
        return z
    turned: Tensor = math.cos(angle) * z + (math.sin(angle) * length / rest) * drawn
    return turned


def corners(rows: int, columns: int) -> list[tuple[float, float]]:
    """The places (u from left to right, v from top to bottom) of a grid, row by row, each from 0 to 1.

    Raises:
        ConfigError: the number of rows or columns is out of range.
    """
    rows, columns = (checked(OperationOptions, "grid", size) for size in (rows, columns))
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


def between_corners(four: Sequence[Tensor], u: float, v: float, layout: Layout) -> Tensor:
    """The place between four corners (top left, top right, bottom left, bottom right): the summary as :func:`blend` has it, with
    details of the nearest corner. On an edge it is the place of :func:`genstudio.generation.paths.way`; the corners are exact. Of
    codes without a summary it is that of :func:`blend`."""
    if not layout.summary:
        return blend(four, u, v)
    weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
    near = max(range(4), key=lambda corner: weights[corner])
    if weights[near] >= 1.0:
        return four[near].clone()
    summary = layout.moved(lambda *corners: blend(corners, u, v), *four)
    return layout.with_details(summary, four[near], layout.kept(2.0 * weights[near] - 1.0, four[near]))


def moved_by_difference(a: Tensor, b: Tensor, c: Tensor, layout: Layout) -> Tensor:
    """``a - b + c``: the summary as :func:`analogy` has it, with details of ``c`` as far as it stays near c's. So a where b is c,
    and c where a is b, exactly. Codes without a summary are added up as :func:`analogy` does."""
    if not layout.summary or torch.equal(b, c) or torch.equal(a, b):
        return analogy(a, b, c)
    summary = layout.moved(analogy, a, b, c)
    return layout.around(c, summary[None])[0]


def varied(z: Tensor, n: int, amount: float, layout: Layout, *, seed: int = 0) -> Tensor:
    """``n`` places at one distance from ``z`` [n, dims]: the summary is turned by ``amount`` of a right angle in a random direction
    (:func:`neighbours`), and a random choice of the details is kept, fewer the farther it turns.

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
