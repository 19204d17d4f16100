"""An n-gram language model, which measures how typical a sequence is, independently of latent spaces.

Interpolated Kneser-Ney smoothing (Kneser & Ney 1995; Chen & Goodman 1999, section 3.4) with one discount per order, D = n1 / (n1 +
2 n2) with the numbers n1 and n2 of n-grams that count once and twice (Ney et al. 1994), down to the uniform distribution over the
vocabulary. Below the highest order the count of an n-gram is the number of different tokens before it; for an n-gram at the
beginning of a sequence, which has no token before it, it is the number of its occurrences.
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
"""Order of the models that are used in evaluation."""

_Ids = NDArray[np.int64]


@dataclass(frozen=True)
class _Order:
    """The n-grams of one length.

    Attributes:
        keys: sorted, [n]: the number of the context (its index among the n-grams of one token less) times the size of the
            vocabulary, plus the last token.
        counts: [n].
        totals, types: sum and number of the counts after each context, [contexts].
        discount: D.
    """

    keys: _Ids
    counts: _Ids
    totals: _Ids
    types: _Ids
    discount: float


class NgramModel:
    """An n-gram model.

    Args:
        sequences: the training sequences, token ids without BOS and EOS; no reference to them is kept.
        vocab_size: size of the vocabulary.
        order: the largest n.
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
        # An n-gram is identified by the number of its first n-1 tokens and its last token.
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
        """-log p of each sequence in nats per token, with its end counted as a token, [sequences]."""
        if not len(sequences):
            return np.zeros(0)
        tokens, place = _laid_out(sequences)
        likely = np.full(len(tokens), 1.0 / self._vocabulary)
        context = np.zeros(len(tokens), np.int64)  # number of the n-1 tokens before; -1 where they do not occur in training
        for order in self._orders:
            key = context * self._vocabulary + tokens
            at = np.minimum(np.searchsorted(order.keys, key), max(0, len(order.keys) - 1))
            known = (context >= 0) & (order.keys[at] == key) if len(order.keys) else np.zeros(len(key), bool)
            total = np.where(context >= 0, order.totals[context], 0)
            count = np.where(known, order.counts[at] if len(order.keys) else 0, 0)
            rest = order.discount * np.where(context >= 0, order.types[context], 0) * likely
            likely = np.where(total > 0, (np.maximum(count - order.discount, 0.0) + rest) / np.maximum(total, 1), likely)
            # No n-gram begins before its sequence.
            context = np.concatenate([[-1], np.where(known, at, -1)[:-1]])
            context[place == 0] = -1
            if order is self._orders[0]:
                # Every token is a context of length one, also BOS, which is itself not predicted.
                context[1:] = np.where(place[1:] > 0, tokens[:-1], -1)
        nats = np.where(place > 0, -np.log(likely), 0.0)
        begins = np.flatnonzero(place == 0)
        lengths = np.diff([*begins, len(tokens)]) - 1
        return np.asarray(np.add.reduceat(nats, begins) / lengths)


def _laid_out(sequences: Sequence[Sequence[int] | NDArray[Any]]) -> tuple[_Ids, _Ids]:
    """Concatenate sequences with BOS and EOS around each: all tokens, and the index of each token in its sequence."""
    parts: list[Any] = []
    for ids in sequences:
        parts += ([BOS], ids, [EOS])
    tokens = np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, np.int64)
    lengths = np.array([len(ids) + 2 for ids in sequences], np.int64)
    return tokens, np.arange(len(tokens)) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _order(context: _Ids, keys: _Ids, counts: _Ids, contexts: int) -> _Order:
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    # The discount is neither 0, so that unseen n-grams have a probability, nor 1, so that those seen once count.
    discount = min(0.95, max(0.05, once / max(1, once + 2 * twice)))
    totals = np.zeros(contexts, np.int64)
    np.add.at(totals, context, counts)
    return _Order(keys, counts, totals, np.bincount(context[counts > 0], minlength=contexts), discount)
