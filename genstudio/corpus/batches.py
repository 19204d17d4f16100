"""Batches of sequences: which sequences form a batch, and how they are padded to one array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["batches", "collate", "in_batches"]

_POOL = 50  # batches whose sequences are sorted by length together: little padding, but different batches in every epoch


def batches(lengths: Sequence[int] | NDArray[Any], *, batch_size: int, seed: int, epoch: int) -> list[NDArray[np.int64]]:
    """The batches of one epoch: each sequence once, sequences of similar length together, in random order.

    The same arguments give the same batches, so a training can be resumed.

    Args:
        lengths: length of every sequence, [N].
        batch_size: number of sequences of a batch; one may have fewer.
        seed, epoch: determine the order.

    Returns:
        The indices of the sequences of each batch, int64 [B].

    Raises:
        ValueError: ``batch_size`` is below 1.
    """
    if batch_size < 1:
        raise ValueError(f"a batch has at least one sequence, not {batch_size}.")
    sizes = np.asarray(lengths, np.int64)
    rng = np.random.default_rng([seed & 0xFFFFFFFF, epoch])
    order = rng.permutation(len(sizes)).astype(np.int64)
    pool = batch_size * _POOL
    found: list[NDArray[np.int64]] = []
    for start in range(0, len(order), pool):
        part = order[start : start + pool]
        part = part[np.argsort(sizes[part], kind="stable")]
        found.extend(part[at : at + batch_size] for at in range(0, len(part), batch_size))
    return [found[place] for place in rng.permutation(len(found))]


def in_batches(sequences: Sequence[Sequence[int] | NDArray[Any]], tokens: int = 6000) -> Iterator[NDArray[np.int64]]:
    """Indices of sequences in batches of similar length, each of at most about ``tokens`` tokens, including padding."""
    order = np.argsort([len(sequence) for sequence in sequences], kind="stable")
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and (stop - start + 1) * (len(sequences[order[stop]]) + 1) <= tokens:
            stop += 1
        yield order[start:stop]
        start = stop


def collate(sequences: Sequence[Sequence[int] | NDArray[Any]], pad: int = 0) -> NDArray[np.int64]:
    """Pad sequences at the end with ``pad`` to an array int64 [B, T], where T is the length of the longest."""
    longest = max((len(sequence) for sequence in sequences), default=0)
    table = np.full((len(sequences), longest), pad, np.int64)
    for row, sequence in zip(table, sequences, strict=True):
        row[: len(sequence)] = sequence
    return table
