"""Random choice of the details of a code that are blank in training; see :class:`genstudio.config.BlankOptions`.

The decoder must be able to write from every subset of the details that an operation may use: all of them (reconstruct), none
(sample), a part scattered over the piece (interpolate, vary), a contiguous range (continue), all but a range (fill in), or those of
some of the voices of a score (harmonise, accompany). Training draws subsets of each of these kinds. In the last case the encoder
does not read those voices either, so that the summary is that of a score whose other voices are not known yet. For forecasts it
likewise reads only the beginning of some sequences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.config import BlankOptions

__all__ = ["draw_blanks", "draw_ends"]


def draw_blanks(
    rows: int, blocks: int, options: BlankOptions, rng: np.random.Generator, strands: int = 1, period: int = 1
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Draw which details are blank.

    Args:
        rows: number of sequences of the batch.
        blocks: number of details of a code.
        options: the probability of each kind of subset.
        rng: random generator of the training step.
        strands: the number of segments of each bar, one for each part of a score.
        period: details of a segment.

    Returns:
        bool [rows, blocks], True where a detail is blank; bool [rows, segments], True for segments that the encoder does not read;
        and bool [rows], True for sequences of which it reads only a beginning (see :func:`draw_ends`).
    """
    shares = np.cumsum([options.none, options.all, options.some, options.parts if strands > 1 else 0.0, options.end])
    kind = np.searchsorted(shares, rng.random(rows), side="right")
    blank = np.zeros((rows, blocks), bool)
    blank[kind == 1] = True
    scattered = rng.random((rows, blocks)) < rng.random((rows, 1))
    blank[kind == 2] = scattered[kind == 2]
    # A range between two random cuts, of which the inside or the outside is blank.
    ends = np.sort(rng.integers(0, blocks + 1, (rows, 2)), 1)
    place = np.arange(blocks)
    inside = (place >= ends[:, :1]) & (place < ends[:, 1:])
    stretch = inside ^ (rng.random((rows, 1)) < 0.5)
    blank[kind == 5] = stretch[kind == 5]
    unread = np.zeros((rows, blocks // period), bool)
    if strands > 1:
        parts = _parts(rows, blocks // period, strands, rng)
        unread[kind == 3] = parts[kind == 3]
        blank |= unread.repeat(period, 1)
    return blank, unread, kind == 4


def draw_ends(sequences: Sequence[NDArray[Any]], ended: NDArray[np.bool_], rng: np.random.Generator) -> list[NDArray[Any]]:
    """The sequences of token ids, and of those that are ``ended``, bool [rows], a random beginning: at least a quarter of it."""
    shares = rng.uniform(0.25, 1.0, len(sequences))
    return [
        one[: max(1, round(len(one) * share))] if cut else one for one, cut, share in zip(sequences, ended, shares, strict=True)
    ]


def _parts(rows: int, segments: int, strands: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """At least one part, but not all, is blank, in three of ten sequences only in a range of bars. The segment before the first bar
    stays. Returns bool [rows, segments]."""
    chosen = rng.random((rows, strands)) < rng.random((rows, 1))
    one = rng.integers(0, strands, (rows, 2))
    at = np.arange(rows)
    chosen[at, one[:, 0]] = True
    chosen[at, np.where(one[:, 1] == one[:, 0], (one[:, 0] + 1) % strands, one[:, 1])] = False
    segment = np.arange(segments)
    bar = (segment - 1) // strands
    ends = np.sort(rng.integers(0, int(bar[-1]) + 2, (rows, 2)), 1)
    whole = rng.random((rows, 1)) < 0.7
    inside = whole | ((bar >= ends[:, :1]) & (bar < ends[:, 1:]))
    blank: NDArray[np.bool_] = chosen[:, (segment - 1) % strands] & inside & (segment > 0)
    return blank
