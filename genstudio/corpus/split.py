"""Split pieces into training, validation and test data by groups of similar pieces, so that held-out pieces are not trained on."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

__all__ = ["assign", "groups"]


def groups(fragments: Sequence[Iterable[int]]) -> list[int]:
    """Group pieces that share a fragment, directly or through other pieces.

    Args:
        fragments: hashes of the fragments of each piece.

    Returns:
        The group of each piece: the index of its first member.
    """
    parent = list(range(len(fragments)))

    def root(piece: int) -> int:
        while parent[piece] != piece:
            parent[piece] = parent[parent[piece]]
            piece = parent[piece]
        return piece

    first: dict[int, int] = {}
    for piece, hashes in enumerate(fragments):
        for value in hashes:
            a, b = root(first.setdefault(value, piece)), root(piece)
            if a != b:
                parent[max(a, b)] = min(a, b)
    return [root(piece) for piece in range(len(fragments))]


def assign(group: Sequence[int], names: Sequence[str], sizes: Sequence[int], *, valid: float, test: float, seed: int) -> list[str]:
    """Assign each piece to "train", "valid" or "test". Groups are never divided.

    The order of the groups depends only on the seed and on the pieces of each group, so additional files hardly change the split of
    the others. Groups are taken in this order until a split has its share; a group that is larger than the remaining share is
    skipped, and the largest group is always in the training data.

    Args:
        group: the group of each piece.
        names: a name of each piece that is the same in all builds (its fingerprint).
        sizes: the number of phrases of each piece, of which the shares are taken.
        valid, test: the shares, each at least 0 and together below 1. A split with a share above 0 has at least one group.
        seed: determines the order.

    Returns:
        The split of each piece.
    """
    weight: dict[int, int] = {}
    name: dict[int, str] = {}
    for number, called, size in zip(group, names, sizes, strict=True):
        weight[number] = weight.get(number, 0) + size
        name[number] = min(name.get(number, called), called)
    wanted = [split for split, share in (("test", test), ("valid", valid)) if share > 0]
    if len(weight) < 3 or not wanted:
        return ["train"] * len(group)
    order = sorted(weight, key=lambda number: (_place(name[number], seed), number))
    largest = max(order, key=lambda number: weight[number])
    total = sum(weight.values())
    side: dict[int, str] = {}
    for split in wanted:
        left = round((test if split == "test" else valid) * total)
        free = [number for number in order if number not in side and number != largest]
        for number in free:
            if weight[number] <= left:
                side[number] = split
                left -= weight[number]
        if split not in side.values():
            side[_smallest(free, weight)] = split
    return [side.get(number, "train") for number in group]


def _place(name: str, seed: int) -> bytes:
    return hashlib.blake2b(f"{seed}:{name}".encode("utf-8", "replace"), digest_size=8).digest()


def _smallest(numbers: Collection[int], weight: dict[int, int]) -> int:
    return min(numbers, key=lambda number: weight[number])
