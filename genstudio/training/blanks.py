"""Random choice of the details of a code that are blank in training; see :class:`genstudio.config.BlankOptions`.

The decoder must be able to write from every subset of the details that an operation may use: all of them (reconstruct), none
(sample), a part scattered over the piece (interpolate, vary), a contiguous range (continue), or all but a range (fill in). Training
draws subsets of each of these kinds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genstudio.config import BlankOptions

__all__ = ["draw_blanks"]


def draw_blanks(rows: int, blocks: int, options: BlankOptions, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Draw which details are blank.

    Args:
        rows: number of sequences of the batch.
        blocks: number of details of a code.
        options: the probability of each kind of subset.
        rng: random generator of the training step.

    Returns:
        bool [rows, blocks], True where a detail is blank.
    """
    shares = np.cumsum([options.none, options.all, options.some])
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
    blank[kind == 3] = stretch[kind == 3]
    return blank
