"""Choosing among several decodings of one place: the one that is most like what should stand there.

From a summary alone the greedy decoding is one piece of many. What stands between two pieces should be heard as between them, be as
likely as a piece is, and not be what stands beside it: so each place is decoded several times, greedily and by chance from
summaries that are turned a little from its own, and of those that are not on the path yet the one is taken with the smallest

    root mean square of (features - goal) / deviation  +  ``LIKELY`` * nats a token, given the code of the place,

where the goal is the features on the straight line between the ends (see :mod:`genstudio.evaluation.between`). Of a model whose
summary tells no features, such as one of sentences, likelihood alone decides (:func:`genstudio.decoding.costs`), and
half of these decodings are from the summary alone, since words that are kept of an end often lead to nothing that ends well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from genstudio.decoding import costs
from genstudio.decoding.trained import Trained
from genstudio.domains import Domain
from genstudio.generation.places import neighbours
from genstudio.models.sequence_vae import SequenceVAE

__all__ = [
    "FILLINGS",
    "LIKELY",
    "TEMPERATURE",
    "WARMER",
    "Places",
    "between",
    "choices",
    "choose",
    "chooses",
    "hears",
    "repeats",
    "reseeded",
    "temperature",
]

CHOICES = 32
"""Decodings by chance of each place, besides the greedy one."""
WORDINGS = 64
"""The same of pieces without features, of which one is taken by likelihood alone."""
TEMPERATURE = 0.6
_COOL = 0.5
_DIRECTIONS = 8
_TURN = 0.19
"""Decodings from a place itself are alike or wild. From summaries around it, turned by this share of a right angle, cooler ones
differ as much: half way between tunes of sixteen bars they cost 1.02 of real ones at a betweenness of 0.65, the others 1.09 at 0.62
(48 of each, on pieces of the validation split). Few directions, since decodings of one code share its memory."""
FILLINGS = 4
"""Decodings by chance of a gap, of which the likeliest is taken: of two bars one alone costs 7 % more than real ones under a 5-gram
model, the likeliest of four 2 %, and of eight 1 %, but 2 % more of them are copies."""
WARMER = 0.1
"""How much warmer a gap is drawn again that was filled with nothing new: what stands elsewhere in a tune is often written again."""
LIKELY = 0.7
"""How much likelihood weighs beside the features. Of two bars betweenness and cost are 0.63 and 0.98 at a weight of 1, 0.66 and
1.00 at 0.5, and 0.69 and 1.07 at 0.2."""
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


def temperature(domain: Domain) -> float:
    """How warm they are."""
    return _COOL if domain.features else TEMPERATURE


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


@dataclass(frozen=True)
class Places:
    """Places that several pieces are decoded for, of which one is taken each.

    Attributes:
        codes: [n, dims].
        greedy: what each is decoded to.
        goals: the features that each should have, see :func:`between`.
        decode: decodes codes [:func:`choices` * n, dims], a row for each of ``codes`` and once again, at :func:`temperature`.
        taken: pieces that shall not stand there, if another is found; neither shall one twice. None: any may.
        held: whether ``codes`` hold something of a piece, so that all of their details are needed.
    """

    codes: Tensor
    greedy: Sequence[Any]
    goals: Sequence[NDArray[np.float64]]
    decode: Callable[[Tensor], Sequence[Any]]
    taken: Sequence[Any] | None = None
    held: bool = False


def choose(trained: Trained, places: Places, seed: int = 0) -> list[Any]:
    """Choose for each place the piece that is nearest to its goal and likely.

    Args:
        seed: of the directions in which summaries are turned.
    """
    codes, domain = places.codes, trained.domain
    count = len(codes)
    if not count:
        return []
    times = choices(domain)
    again, layout = codes.repeat(times, 1), trained.network.layout
    if domain.features:
        around = [layout.moved(lambda one: neighbours(one, _DIRECTIONS, _TURN, seed=seed), code) for code in codes]
        turned = torch.stack(around, 1).repeat_interleave(times // _DIRECTIONS, 0)  # [times, n, summary]
        again[:, : layout.summary] = turned.flatten(0, 1)
    elif not places.held:
        free = len(again) // 2
        again[:free] = layout.alone(again[:free, : layout.summary])
    tried = [*places.greedy, *places.decode(again)]
    cost = _costs(trained, codes.repeat(1 + times, 1), tried, [*places.goals] * (1 + times))
    orders = cost.reshape(1 + times, count).argsort(0, kind="stable")
    symbols = [domain.to_symbols(piece) for piece in tried]
    seen = {domain.to_symbols(piece) for piece in places.taken or ()}
    found = []
    for at in range(count):
        order = [int(number) * count + at for number in orders[:, at]]
        best = next((place for place in order if symbols[place] not in seen), order[0])
        if places.taken is not None:
            seen.add(symbols[best])
        found.append(tried[best])
    return found


def _costs(
    trained: Trained, z: Tensor, pieces: Sequence[Any], goals: Sequence[NDArray[np.float64]]
) -> NDArray[np.float64]:
    apart: NDArray[np.float64] = np.zeros(len(pieces))
    if hears(trained.network, trained.domain):
        deviation = trained.network.features.deviation.double().cpu().numpy()
        heard = np.stack([trained.domain.measure_features(piece) for piece in pieces])
        apart = np.sqrt((((heard - np.stack(goals)) / deviation) ** 2).mean(1))
    sequences = [trained.tokenizer.encode(trained.domain.to_symbols(piece)) for piece in pieces]
    result: NDArray[np.float64] = apart + LIKELY * costs(trained.network, sequences, z).double().numpy()
    return result
