"""Decode each point of a path several times, and choose the piece that fits best there.

A summary can be decoded to many pieces, of which the greedy decoding is only one. A piece between two others should sound between
them, be as likely as a real piece, and differ from its neighbours on the path. So each point is decoded greedily and several times
at random, from summaries that are turned a little away from its own. Of the pieces that are not on the path yet, the one is chosen
that minimises

    root mean square of (features - goal) / deviation  +  likely * nats per token, given the code of the point,

where ``likely`` and the temperature are those of the domain (:class:`genstudio.domains.base.Choice`) and the goal is interpolated
linearly between the features of the two ends (see :mod:`genstudio.evaluation.between`). For a model that has learned no features
(such as one of sentences), the likelihood alone decides (:func:`genstudio.decoding.costs`). Where fewer than half of the words are
kept from an end, half of the random decodings are from the summary alone, since few kept words often lead to no well-formed
sentence; nearer to an end all keep them, or else the likelihood would choose a common sentence that is like neither end.
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
    "REWORDING",
    "REWORDINGS",
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
]

CHOICES = 32
"""Random decodings of each point, besides the greedy one."""
WORDINGS = 64
"""The same for pieces without features, among which the likelihood alone decides."""
REWORDINGS, REWORDING = 32, 0.9
"""Random decodings of each variation of a piece without features, and their temperature: most words are given by details."""
TEMPERATURE = 0.6
_DIRECTIONS = 8
_TURN = 0.19
"""Random decodings of one code are either too similar or unlikely. Those from summaries around it, turned by this share of a right
angle, vary as much at a lower temperature: half way between tunes of sixteen bars their cost is 1.02 of that of real tunes at a
betweenness of 0.65, against 1.09 at 0.62 (48 of each, on pieces of the validation split). The directions are few, since the
decodings of one code share its memory."""
FILLINGS = 4
"""Random decodings of a gap, of which the likeliest is taken. For gaps of two bars the cost under a 5-gram model is above that of
real bars by 7 % for a single decoding, 2 % for the likeliest of four, and 1 % of eight, but then 2 % more of them are copies."""
WARMER = 0.1
"""By how much the temperature is raised where a gap was filled with nothing new: a decoder often repeats bars of the tune."""
_APART = 7_919  # between the seeds of the greedy and the random decodings


def hears(model: SequenceVAE, domain: Domain) -> bool:
    """Whether the model has learned the features of its pieces as its domain measures them now."""
    return bool(model.spec.features) and model.spec.features == len(domain.features)


def chooses(model: SequenceVAE, domain: Domain) -> bool:
    """Whether pieces between others are chosen among several decodings: so for models with a summary, if they have learned the
    features of their pieces or their domain has none."""
    return bool(model.core.summary_dims) and (hears(model, domain) or not domain.features)


def choices(domain: Domain) -> int:
    """The number of random decodings of each point."""
    return CHOICES if domain.features else WORDINGS


def reseeded(seed: int) -> int:
    """The seed of the random decodings, derived from that of the greedy one."""
    return (seed + _APART) % 2**63


def repeats(bars: Sequence[str], first: int, last: int, original: Sequence[str]) -> bool:
    """Whether the bars ``first`` to ``last`` of a filled piece are nothing new.

    That is so if they are those of the original, or if the first repeats the bar before the gap or the last the bar after it. In
    real tunes 2 of 100 bars repeat the one before.

    Args:
        bars, original: the symbols of each bar.
        first, last: indices in ``bars``, from 0, both included.
    """
    before = first > 0 and bars[first] == bars[first - 1]
    after = last + 1 < len(bars) and bars[last] == bars[last + 1]
    return before or after or list(bars[first : last + 1]) == list(original[first : last + 1])


def between(domain: Domain, pieces: Sequence[Any], weights: Sequence[float]) -> NDArray[np.float64]:
    """The weighted sum of the features of ``pieces``, the goal between them, float64 [features]."""
    found = np.stack([domain.measure_features(piece) for piece in pieces]).astype(np.float64)
    return np.asarray(weights) @ found


@dataclass(frozen=True)
class Places:
    """Points for each of which one of several decoded pieces is chosen.

    Attributes:
        codes: [n, dims].
        greedy: the greedy decoding of each.
        goals: the features that each should have, see :func:`between`.
        decode: decodes codes [times * n, dims], repetitions of the n rows, at random at the temperature of the domain.
        taken: pieces that are avoided if there is another; no piece is chosen twice either. None: any piece may be chosen.
        held: whether ``codes`` hold a property of a piece, so that all of their details are needed.
        times: the number of random decodings of each; None: :func:`choices`.
    """

    codes: Tensor
    greedy: Sequence[Any]
    goals: Sequence[NDArray[np.float64]]
    decode: Callable[[Tensor], Sequence[Any]]
    taken: Sequence[Any] | None = None
    held: bool = False
    times: int | None = None


def choose(trained: Trained, places: Places, seed: int = 0) -> list[Any]:
    """Choose for each point the piece with the best sum of distance to its goal and cost.

    Args:
        seed: seed of the directions in which summaries are turned.

    Returns:
        One piece for each point.
    """
    codes, domain = places.codes, trained.domain
    count = len(codes)
    if not count:
        return []
    times = places.times or choices(domain)
    again, layout = codes.repeat(times, 1), trained.network.layout
    if domain.features:
        around = [layout.moved(lambda one: neighbours(one, _DIRECTIONS, _TURN, seed=seed), code) for code in codes]
        turned = torch.stack(around, 1).repeat_interleave(times // _DIRECTIONS, 0)  # [times, n, summary]
        again[:, : layout.summary] = turned.flatten(0, 1)
    elif not places.held:
        kept = (~codes[:, layout.summary :: layout.block].isnan()).sum(1).tolist()
        written = [len(trained.tokenizer.encode(domain.to_symbols(piece))) for piece in places.greedy]
        far = torch.tensor([2 * few < all_of_it for few, all_of_it in zip(kept, written, strict=True)]).repeat(times)
        far[len(again) // 2 :] = False
        again[far] = layout.alone(again[far, : layout.summary])
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
    result: NDArray[np.float64] = apart + trained.domain.choice.likely * costs(trained.network, sequences, z).double().numpy()
    return result
