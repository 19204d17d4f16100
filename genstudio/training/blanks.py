"""Which details of each sequence are blank in a step of training; see :class:`genstudio.config.BlankOptions`.

The decoder shall write from any subset of the details that an operation may ask for: from all (reconstruct), none (sample), a part
of them scattered over the piece (interpolate, vary), a stretch (continue), or all but a stretch (fill in). Training draws subsets
of each of these kinds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genstudio.config import BlankOptions

__all__ = ["draw_blanks"]


def draw_blanks(rows: int, blocks: int, options: BlankOptions, draw: np.random.Generator) -> NDArray[np.bool_]:
    """Blanks of a batch, bool [rows, blocks], True where a detail is blank.

    Args:
        rows: sequences of the batch. blocks: details of the model.
        draw: the random numbers of the step.
    """
    shares = np.cumsum([options.none, options.all, options.some])
    kind = np.searchsorted(shares, draw.random(rows), side="right")
    blank = np.zeros((rows, blocks), bool)
    blank[kind == 1] = True
    scattered = draw.random((rows, blocks)) < draw.random((rows, 1))
    blank[kind == 2] = scattered[kind == 2]
    # A stretch: the circle of blocks is cut twice, so that keeping and blanking one are the same draw.
    ends = np.sort(draw.integers(0, blocks + 1, (rows, 2)), 1)
    place = np.arange(blocks)
    inside = (place >= ends[:, :1]) & (place < ends[:, 1:])
    stretch = inside ^ (draw.random((rows, 1)) < 0.5)
    blank[kind == 3] = stretch[kind == 3]
    return blank
