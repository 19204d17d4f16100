"""A language model of n-grams: how usual a sequence is, told by something that knows nothing of latent spaces.

Interpolated Kneser-Ney (Kneser & Ney 1995; Chen & Goodman 1999, section 3.4) with one discount an order, D = n1 / (n1 + 2 n2) of
the n-grams that count once and twice (Ney et al. 1994), down to the even distribution over the vocabulary. Below the highest order
an n-gram counts the different tokens before it; one that begins a sequence, which has none before it, counts its occurrences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.models.sequence_vae import BOS, EOS
from genstudio.progress import Check, go_on

__all__ = ["ORDER", "NgramModel"]

ORDER = 5
"""That of the models by which pieces are measured."""

_Ids = NDArray[np.int64]


@dataclass(frozen=True)
class _Order:
    """The n-grams of one length. keys [n], sorted: number of the context among those of one token less, times the vocabulary, plus
    the token. counts [n]. totals, types [contexts]: the sum and the number of the counts after each context."""

    keys: _Ids
    counts: _Ids
    totals: _Ids
    types: _Ids
    discount: float


class NgramModel:
    """An n-gram model of ``sequences`` (token ids without begin and end), which it keeps no reference to.

    Args:
        vocab_size: ids are below it.
        order: the longest n.
        check: called between orders; may raise to stop.
    """

    def __init__(
        self,
        sequences: Sequence[Sequence[int] | NDArray[Any]],
        vocab_size: int,
        *,
        order: int = 5,
        check: Check = go_on,
    ) -> None:
        self._vocabulary = vocab_size
        tokens, place = _laid_out(sequences)
        # The number of an n-gram is found from that of its first n-1 tokens, and the last.
        numbers: list[_Ids] = [tokens]
        keys: list[_Ids] = [np.arange(vocab_size)]
        counts: list[_Ids] = [np.bincount(tokens[place > 0], minlength=vocab_size)]
        for length in range(2, order + 1):
            check()
            ends = np.flatnonzero(place >= length - 1)
            found, first, number, raw = np.unique(
                numbers[-1][ends - 1] * vocab_size + tokens[ends], return_index=True, return_inverse=True, return_counts=True
            )
            shorter = numbers[-1]
            opening = shorter[place == length - 2] if length > 2 else shorter[:0]
            counts[-1] = np.bincount(shorter[ends[first]], minlength=len(keys[-1])) + np.bincount(opening, minlength=len(keys[-1]))
            numbers.append(np.full(len(tokens), -1))
            numbers[-1][ends] = number.ravel()
            keys.append(found)
            counts.append(raw)
        sizes = [1, *map(len, keys)]
        self._orders = [
            _order(key // vocab_size, key, count, contexts) for key, count, contexts in zip(keys, counts, sizes, strict=False)
        ]

    def costs(self, sequences: Sequence[Sequence[int] | NDArray[Any]]) -> NDArray[np.float64]:
        """-log p of each sequence in nats a token, its end counted as one: [sequences]."""
        if not len(sequences):
            return np.zeros(0)
        tokens, place = _laid_out(sequences)
        likely = np.full(len(tokens), 1.0 / self._vocabulary)
        context = np.zeros(len(tokens), np.int64)  # the number of the n-1 tokens before, -1 where they were never seen
        for order in self._orders:
            key = context * self._vocabulary + tokens
            at = np.minimum(np.searchsorted(order.keys, key), max(0, len(order.keys) - 1))
            known = (context >= 0) & (order.keys[at] == key) if len(order.keys) else np.zeros(len(key), bool)
            total = np.where(context >= 0, order.totals[context], 0)
            count = np.where(known, order.counts[at] if len(order.keys) else 0, 0)
            rest = order.discount * np.where(context >= 0, order.types[context], 0) * likely
            likely = np.where(total > 0, (np.maximum(count - order.discount, 0.0) + rest) / np.maximum(total, 1), likely)
            # What begins before its sequence does is no n-gram.
            context = np.concatenate([[-1], np.where(known, at, -1)[:-1]])
            context[place == 0] = -1
            if order is self._orders[0]:
                # Every token is a context of one token, BOS included, which nothing predicts.
                context[1:] = np.where(place[1:] > 0, tokens[:-1], -1)
        nats = np.where(place > 0, -np.log(likely), 0.0)
        begins = np.flatnonzero(place == 0)
        lengths = np.diff([*begins, len(tokens)]) - 1
        return np.asarray(np.add.reduceat(nats, begins) / lengths)


def _laid_out(sequences: Sequence[Sequence[int] | NDArray[Any]]) -> tuple[_Ids, _Ids]:
    """All tokens one after the other, BOS and EOS around each sequence, and the place of each in its own."""
    parts: list[Any] = []
    for ids in sequences:
        parts += ([BOS], ids, [EOS])
    tokens = np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, np.int64)
    lengths = np.array([len(ids) + 2 for ids in sequences], np.int64)
    return tokens, np.arange(len(tokens)) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _order(context: _Ids, keys: _Ids, counts: _Ids, contexts: int) -> _Order:
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    # Something is kept for what was never seen, and something of what was seen once, however few the data.
    discount = min(0.95, max(0.05, once / max(1, once + 2 * twice)))
    totals = np.zeros(contexts, np.int64)
    np.add.at(totals, context, counts)
    return _Order(keys, counts, totals, np.bincount(context[counts > 0], minlength=contexts), discount)
