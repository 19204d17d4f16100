"""How well attributes are moved.

Over held-out pieces each attribute in turn is asked to change by an amount drawn evenly from -2 to +2 standard deviations, all
others to stay. The change that is obtained is measured on what is decoded, against the decoded reconstruction:

``correlation``: of obtained and asked change over all pieces (Pearson). ``possible``: what it would be if each piece changed as
asked, but for values that no piece of the corpus has: where most pieces have no rest at all, fewer can be asked for but not
obtained. ``slope``: obtained change for each standard deviation asked. ``own``: mean absolute change of the attribute, ``other``
the largest mean absolute change of any other (``worst`` names it), both in standard deviations (other categories of the same label
left out); ``ratio``: other / own. ``moved``: how far the code, or its summary where it has one, went, in distances of two pieces
(root mean square).
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

__all__ = ["control", "figures"]

LARGEST = 2.0
_AT_ONCE = 32  # searches side by side


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
    """The measures of this module over ``sequences`` (token ids).

    Args:
        rounds, candidates: of :func:`genstudio.generation.attributes.search`.

    Returns:
        What :func:`figures` gives, and ``possible``, by the name of the attribute.
    """
    model, check = trained.network, monitor.check
    count = len(space.attributes)
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
        result[name] = figures(asked, obtained[mine], column, space.names, moved[mine], space.siblings(column))
        if space.attributes[column].kind == "measure" and len(space.donor_values):
            least, most = space.donor_values[:, column].min(), space.donor_values[:, column].max()
            start = before[mine, column]
            possible = np.clip(start + asked, np.minimum(least, start), np.maximum(most, start)) - start
            result[name]["possible"] = _pearson(asked, possible)
    return result


def figures(
    asked: NDArray[np.float64],
    obtained: NDArray[np.float64],
    column: int,
    names: Sequence[str],
    moved: NDArray[np.float64],
    without: Sequence[int] = (),
) -> dict[str, Any]:
    """The measures for one attribute.

    Args:
        asked: [n]. obtained: [n, A]. column: which of A was asked for. moved: [n]. without: those of A that are no "other".
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
    """The correlation of two rows of numbers; 0 where one of them never changes."""
    x, y = a - a.mean(), b - b.mean()
    both = float(np.sqrt((x**2).sum() * (y**2).sum()))
    return float((x * y).sum()) / both if both > 0 else 0.0
