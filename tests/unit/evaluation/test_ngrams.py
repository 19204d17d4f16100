"""The n-gram model against values worked out by hand and against the definition, written slowly."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from genstudio.evaluation.ngrams import NgramModel
from genstudio.models.sequence_vae import BOS, EOS

VOCAB = 9


def slow_cost(training, ids, order: int) -> float:
    """Interpolated Kneser-Ney as it is defined, n-gram by n-gram; nats a token."""
    raw = [Counter() for _ in range(order + 1)]
    for sequence in training:
        whole = (BOS, *sequence, EOS)
        for n in range(1, order + 1):
            for end in range(max(1, n - 1), len(whole)):
                raw[n][whole[end - n + 1 : end + 1]] += 1
    counts = [Counter() for _ in range(order)] + [raw[order]]
    for n in range(1, order):
        counts[n].update(longer[1:] for longer in raw[n + 1])
        counts[n].update({gram: count for gram, count in raw[n].items() if gram[0] == BOS})

    def probability(token: int, context: tuple[int, ...]) -> float:
        n = len(context) + 1
        below = probability(token, context[1:]) if context else 1.0 / VOCAB
        after = [count for gram, count in counts[n].items() if gram[:-1] == context]
        if not after:
            return below
        once, twice = (sum(count == times for count in counts[n].values()) for times in (1, 2))
        discount = min(0.95, max(0.05, once / max(1, once + 2 * twice)))
        own = max(0.0, counts[n][(*context, token)] - discount)
        return (own + discount * len(after) * below) / sum(after)

    whole = (BOS, *ids, EOS)
    return -sum(
        math.log(probability(whole[at], whole[max(0, at - order + 1) : at])) for at in range(1, len(whole))
    ) / (len(ids) + 1)  # fmt: skip


def test_two_bigrams_by_hand() -> None:
    # BOS 4 EOS twice, BOS 5 EOS once. Bigrams: (BOS 4) 2, (4 EOS) 2, (BOS 5) 1, (5 EOS) 1; D = 2 / (2 + 2 * 2) = 1/3.
    # Before 4 stands BOS only, before 5 as well, before EOS 4 or 5: the unigrams count 1, 1, 2; D = 2 / (2 + 2) = 1/2.
    model = NgramModel([[4], [4], [5]], VOCAB, order=2)
    even = 1 / VOCAB
    four = (1 - 0.5 + 0.5 * 3 * even) / 4
    end = (2 - 0.5 + 0.5 * 3 * even) / 4
    four_first = (2 - 1 / 3 + 1 / 3 * 2 * four) / 3
    end_after_four = (2 - 1 / 3 + 1 / 3 * 1 * end) / 2
    assert model.costs([[4]])[0] == pytest.approx(-(math.log(four_first) + math.log(end_after_four)) / 2)
    # 7 was never seen: its probability is what the unigrams leave, and what follows it is told by them alone.
    seven = 0.5 * 3 * even / 4
    seven_first = 1 / 3 * 2 * seven / 3
    assert model.costs([[7]])[0] == pytest.approx(-(math.log(seven_first) + math.log(end)) / 2)


@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_it_is_what_is_defined(order: int) -> None:
    draw = np.random.default_rng(order)
    training = [tuple(draw.integers(4, 8, size).tolist()) for size in draw.integers(1, 9, 25)]
    others = [tuple(draw.integers(3, VOCAB, size).tolist()) for size in draw.integers(1, 9, 12)]
    found = NgramModel(training, VOCAB, order=order).costs([np.array(ids) for ids in others])
    assert found.tolist() == pytest.approx([slow_cost(training, ids, order) for ids in others])


def test_what_is_like_the_training_data_costs_less() -> None:
    draw = np.random.default_rng(0)

    def scale() -> np.ndarray:
        return (np.arange(12) + draw.integers(5)) % 5 + 4

    model = NgramModel([scale() for _ in range(50)], VOCAB)
    usual, jumbled = model.costs([scale(), draw.permutation(scale())])
    assert usual < 0.5
    assert jumbled > 2 * usual
    assert model.costs([]).shape == (0,)
