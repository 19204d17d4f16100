"""Choosing among several decodings of one place: the one that is most like what should stand there.

From a summary alone the greedy decoding is one piece of many. What stands between two pieces should be heard as between them, and
be as likely as a piece is: so each place is decoded several times, greedily and by chance, and of these the one is taken with the
smallest

    root mean square of (features - goal) / deviation  +  ``LIKELY`` * nats a token, given its code,

where the goal is the features on the straight line between the ends (see :mod:`genstudio.evaluation.between`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from genstudio.corpus import collate
from genstudio.progress import Stop
from genstudio.provenance import BY_ROW

if TYPE_CHECKING:
    from genstudio.workbench.model import Model

__all__ = ["CHOICES", "LIKELY", "TEMPERATURE", "between", "choose", "hears"]

CHOICES = 16
"""Decodings by chance of each place, besides the greedy one."""
TEMPERATURE = 0.6
LIKELY = 0.3
"""How much likelihood weighs beside the features."""
_APART = 7_919  # from the seed of the greedy decoding to that of the others


def hears(model: Model) -> bool:
    """Whether the model has learned what is heard of a piece, as its domain measures it now."""
    network = model.network
    return bool(network.spec.features) and network.spec.features == len(model.domain.features)


def between(model: Model, pieces: Sequence[Any], weights: Sequence[float]) -> NDArray[np.float64]:
    """The features of ``pieces``, weighed: what should be heard between them."""
    found = np.stack([model.domain.measure_features(piece) for piece in pieces]).astype(np.float64)
    return np.asarray(weights) @ found


def choose(
    model: Model,
    codes: Tensor,
    greedy: Sequence[Any],
    goals: Mapping[int, NDArray[np.float64]],
    decoding: Mapping[str, Any],
    stop: Stop | None = None,
) -> dict[int, Any]:
    """For each row of ``goals`` the piece that is nearest to its goal and likely.

    Args:
        codes: [rows, dims]. greedy: what each row is decoded to. decoding: the keyword arguments of ``Model.decode`` for all rows.
    """
    wanted = sorted(goals)
    if not wanted:
        return {}
    z = codes[wanted]
    some: dict[str, Any] = {
        name: [value[row] for row in wanted] * CHOICES if name in BY_ROW else value
        for name, value in decoding.items()
        if name != "joins"
    }
    by_chance = {"temperature": TEMPERATURE, "top_p": 1.0, "seed": (int(decoding.get("seed", 0)) + _APART) % 2**63}
    drawn = model.decode(z.repeat(CHOICES, 1), **{**some, **by_chance}, stop=stop)
    tried = [*(greedy[row] for row in wanted), *drawn]
    cost = _cost(model, z.repeat(1 + CHOICES, 1), tried, [goals[row] for row in wanted] * (1 + CHOICES))
    best = cost.reshape(1 + CHOICES, len(wanted)).argmin(0)
    return {row: tried[int(number) * len(wanted) + at] for at, (row, number) in enumerate(zip(wanted, best, strict=True))}


@torch.inference_mode()
def _cost(model: Model, z: Tensor, pieces: Sequence[Any], goals: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    deviation = model.network.features.deviation.double().numpy()
    heard = np.stack([model.domain.measure_features(piece) for piece in pieces])
    apart = np.sqrt((((heard - np.stack(goals)) / deviation) ** 2).mean(1))
    ids = torch.from_numpy(collate([np.asarray(model.ids(piece), np.int64) for piece in pieces]))
    nll, _, tokens = model.network.score(ids, z)
    result: NDArray[np.float64] = apart + LIKELY * (nll / tokens).double().numpy()
    return result
