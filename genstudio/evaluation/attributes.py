"""How well attributes of pieces can be changed.

For held-out pieces and each attribute, a change is drawn uniformly from -2 to +2 standard deviations and requested, while all other
attributes are to stay the same. The obtained change is measured between the decoded piece and the decoded reconstruction:

- ``correlation``: Pearson correlation of obtained and requested change over all pieces. ``possible``: the correlation if each piece
  changed as requested up to the extreme values of the corpus (a piece without rests cannot have fewer).
- ``slope``: obtained change per standard deviation requested.
- ``own``: mean absolute change of the attribute; ``other``: the largest mean absolute change of another one, whose name is
  ``worst``, both in standard deviations, without the other categories of the same label; ``ratio``: other / own.
- ``moved``: how far the code (or its summary where it has one) moved, in root mean square distances of two pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.decoding.trained import Trained
from genstudio.errors import Message
from genstudio.generation.attributes import Starts, search
from genstudio.models.attributes import AttributeSpace
from genstudio.models.encoding import encode_all
from genstudio.progress import Monitor

__all__ = ["control", "control_metrics"]

LARGEST = 2.0
_AT_ONCE = 32  # searches in one batch


def control(
    trained: Trained,
    space: AttributeSpace,
    sequences: Sequence[NDArray[Any]],
    *,
    rounds: int = 12,
    candidates: int = 32,
    seed: int = 0,
    monitor: Monitor = Monitor(),
) -> dict[str, dict[str, Any]]:
    """Measure how well each attribute can be changed.

    Args:
        trained: the model.
        space: its attributes.
        sequences: token ids of held-out pieces.
        rounds, candidates: of :func:`genstudio.generation.attributes.search`.
        seed: seed of the requested changes and of the search.
        monitor: receives progress, and may stop.

    Returns:
        By the name of the attribute, the result of :func:`control_metrics`, and ``possible``.
    """
    model, check = trained.network, monitor.check
    count = len(space.attributes)
    sequences = [sequences[at] for at in trained.fitting(sequences)]
    codes, used = encode_all(model, sequences, check=check)
    bars = np.array(trained.segments(sequences))
    amounts = np.random.default_rng(seed).uniform(-LARGEST, LARGEST, (len(sequences), count))
    piece, which = (grid.ravel() for grid in np.meshgrid(np.arange(len(sequences)), np.arange(count), indexing="ij"))
    obtained, before, moved = np.zeros((len(piece), count)), np.zeros((len(piece), count)), np.zeros(len(piece))
    dims = model.core.summary_dims or codes.shape[1]
    done = monitor.counter("measuring", len(piece), Message("attributes"))
    for start in range(0, len(piece), _AT_ONCE):
        done(start)
        rows, columns = piece[start : start + _AT_ONCE], which[start : start + _AT_ONCE]
        asked = np.zeros((len(rows), count))
        asked[np.arange(len(rows)), columns] = amounts[rows, columns]
        starts = Starts(codes[rows], used[rows], bars[rows].tolist(), asked)
        found = search(trained, space, starts, rounds=rounds, candidates=candidates, seed=seed + start, check=check)
        obtained[start : start + _AT_ONCE], before[start : start + _AT_ONCE] = found.obtained, found.before
        moved[start : start + _AT_ONCE] = np.linalg.norm((found.codes - codes[rows])[:, :dims], axis=1) / space.distance
    done(len(piece))
    result = {}
    for column, name in enumerate(space.names):
        mine, asked = which == column, amounts[:, column]
        result[name] = control_metrics(asked, obtained[mine], column, space.names, moved[mine], space.siblings(column))
        if space.attributes[column].kind == "measure" and len(space.donor_values):
            least, most = space.donor_values[:, column].min(), space.donor_values[:, column].max()
            start = before[mine, column]
            possible = np.clip(start + asked, np.minimum(least, start), np.maximum(most, start)) - start
            result[name]["possible"] = _pearson(asked, possible)
    return result


def control_metrics(
    asked: NDArray[np.float64],
    obtained: NDArray[np.float64],
    column: int,
    names: Sequence[str],
    moved: NDArray[np.float64],
    without: Sequence[int] = (),
) -> dict[str, Any]:
    """The metrics of one attribute, from n pieces and A attributes.

    Args:
        asked: the requested change, [n].
        obtained: the obtained changes of all attributes, [n, A].
        column: index of the requested attribute.
        names: names of the attributes.
        moved: how far each code moved, [n].
        without: indices of attributes that do not count as others.

    Returns:
        ``n``, ``correlation``, ``slope``, ``own``, ``other``, ``worst``, ``ratio`` and ``moved``, see the description of the
        module.
    """
    own = obtained[:, column]
    x, y = asked - asked.mean(), own - own.mean()
    moves = np.abs(obtained).mean(0)
    others = [index for index in range(len(names)) if index != column and index not in without]
    worst = max(others, key=lambda index: moves[index]) if others else None
    other = float(moves[worst]) if worst is not None else 0.0
    return {
        "n": len(asked),
        "correlation": _pearson(asked, own),
        "slope": float((x * y).sum() / max(1e-12, float((x**2).sum()))),
        "own": float(moves[column]),
        "other": other,
        "worst": names[worst] if worst is not None else "",
        "ratio": other / float(moves[column]) if moves[column] > 0 else float(other > 0),
        "moved": float(moved.mean()),
    }


def _pearson(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Pearson correlation; 0 where one of the two is constant."""
    x, y = a - a.mean(), b - b.mean()
    both = float(np.sqrt((x**2).sum() * (y**2).sum()))
    return float((x * y).sum()) / both if both > 0 else 0.0
