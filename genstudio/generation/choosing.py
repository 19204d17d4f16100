"""Choosing among several decodings of one place: the one that is most like what should stand there.

From a summary alone the greedy decoding is one piece of many. What stands between two pieces should be heard as between them, be as
likely as a piece is, and not be what stands beside it: so each place is decoded several times, greedily and by chance, and of those
that are not on the path yet the one is taken with the smallest

    root mean square of (features - goal) / deviation  +  ``LIKELY`` / sqrt(bars) * nats a token, given its code,

where the goal is the features on the straight line between the ends (see :mod:`genstudio.evaluation.between`). Of a model whose
summary tells no features, such as one of sentences, likelihood alone decides (:func:`genstudio.decoding.costs`), and
half of these decodings are from the summary alone, since words that are kept of an end often lead to nothing that ends well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from genstudio.decoding import costs
from genstudio.domains import Domain
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.tokens import Tokenizer

__all__ = ["FILLINGS", "LIKELY", "TEMPERATURE", "between", "choices", "choose", "chooses", "hears", "repeats", "reseeded"]

CHOICES = 24
"""Decodings by chance of each place, besides the greedy one."""
WORDINGS = 64
"""The same of pieces without features, of which one is taken by likelihood alone."""
TEMPERATURE = 0.6
FILLINGS = 4
"""Decodings by chance of a gap, of which the likeliest is taken: of two bars one alone costs 7 % more than real ones under a 5-gram
model, the likeliest of four 2 %, and of eight 1 %, but 2 % more of them are copies."""
LIKELY = 1.4
"""How much the likelihood of one bar weighs beside the features. In a long piece more is foreseen, and what is foreseen is bland:
of sixteen bars the middles by a weight of 1 had betweenness 0.54 and cost 0.97 of real pieces, by 0.35 they have 0.66 and 1.01;
of two bars by 1 they have 0.63 and 1.03, by 0.35 they had 0.69 and 1.09 (all on pieces of the validation split)."""
_APART = 7_919


def hears(model: SequenceVAE, domain: Domain) -> bool:
    """Whether the model has learned what is heard of a piece, as its domain measures it now."""
    return bool(model.spec.features) and model.spec.features == len(domain.features)


def chooses(model: SequenceVAE, domain: Domain) -> bool:
    """Whether what stands between pieces is chosen among several decodings: of a model that writes from a summary, if that has
    learned what is heard of its pieces, or if there is nothing to hear."""
    return bool(model.core.summary_dims) and (hears(model, domain) or not domain.features)


def choices(domain: Domain) -> int:
    """How many decodings by chance there are of each place."""
    return CHOICES if domain.features else WORDINGS


def reseeded(seed: int) -> int:
    """The seed of the decodings by chance, where ``seed`` is that of the greedy one."""
    return (seed + _APART) % 2**63


def repeats(bars: Sequence[str], first: int, last: int, original: Sequence[str]) -> bool:
    """Whether bars ``first`` to ``last`` of a filled piece bring nothing new: they are those of the original, or the gap begins
    with the bar before it or ends with the bar after it. Real tunes have a bar twice in turn in 2 of 100 places.

    Args:
        bars, original: symbols of each bar; first, last: numbers in ``bars`` from 0.
    """
    before = first > 0 and bars[first] == bars[first - 1]
    after = last + 1 < len(bars) and bars[last] == bars[last + 1]
    return before or after or list(bars[first : last + 1]) == list(original[first : last + 1])


def between(domain: Domain, pieces: Sequence[Any], weights: Sequence[float]) -> NDArray[np.float64]:
    """The features of ``pieces``, weighed: what should be heard between them."""
    found = np.stack([domain.measure_features(piece) for piece in pieces]).astype(np.float64)
    return np.asarray(weights) @ found


def choose(
    model: SequenceVAE,
    tokenizer: Tokenizer,
    domain: Domain,
    codes: Tensor,
    greedy: Sequence[Any],
    goals: Sequence[NDArray[np.float64]],
    drawn: Callable[[Tensor], Sequence[Any]],
    taken: Sequence[Any] | None = None,
    held: bool = False,
) -> list[Any]:
    """For each of ``codes`` [n, dims] the piece that is nearest to its goal and likely.

    Args:
        greedy: what each is decoded to. goals: features [n] that each should have, see :func:`between`.
        drawn: decodes codes [:func:`choices` * n, dims], a row for each of ``codes`` and once again, at :data:`TEMPERATURE`.
        taken: pieces that shall not stand there, if another is found; neither shall one twice. None: any may.
        held: whether ``codes`` hold something of a piece, so that all of their details are needed.
    """
    count = len(codes)
    if not count:
        return []
    times = choices(domain)
    again = codes.repeat(times, 1)
    if not domain.features and not held:
        free = len(again) // 2
        again[:free] = model.layout.alone(again[:free, : model.layout.summary])
    tried = [*greedy, *drawn(again)]
    cost = _costs(model, tokenizer, domain, codes.repeat(1 + times, 1), tried, [*goals] * (1 + times))
    orders = cost.reshape(1 + times, count).argsort(0, kind="stable")
    symbols = [domain.to_symbols(piece) for piece in tried]
    seen = {domain.to_symbols(piece) for piece in taken or ()}
    found = []
    for at in range(count):
        order = [int(number) * count + at for number in orders[:, at]]
        best = next((place for place in order if symbols[place] not in seen), order[0])
        if taken is not None:
            seen.add(symbols[best])
        found.append(tried[best])
    return found


def _costs(
    model: SequenceVAE, tokenizer: Tokenizer, domain: Domain, z: Tensor, pieces: Sequence[Any], goals: Sequence[NDArray[np.float64]]
) -> NDArray[np.float64]:
    apart, weight = np.zeros(len(pieces)), np.ones(len(pieces))
    if hears(model, domain):
        deviation = model.features.deviation.double().cpu().numpy()
        heard = np.stack([domain.measure_features(piece) for piece in pieces])
        apart = np.sqrt((((heard - np.stack(goals)) / deviation) ** 2).mean(1))
        weight = LIKELY / np.sqrt([max(1, domain.units(piece)) for piece in pieces])
    sequences = [tokenizer.encode(domain.to_symbols(piece)) for piece in pieces]
    result: NDArray[np.float64] = apart + weight * costs(model, sequences, z).double().numpy()
    return result
