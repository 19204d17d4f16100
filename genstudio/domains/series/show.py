"""Time series as charts for terminals; as SVG see :mod:`genstudio.domains.series.drawing`."""

from __future__ import annotations

import numpy as np

from genstudio.domains.series.drawing import number, svg, unusual
from genstudio.domains.series.measures import filled
from genstudio.domains.series.piece import Series

__all__ = ["chart", "number", "svg", "unusual"]

_ROWS = 8
_EIGHTHS = " ▁▂▃▄▅▆▇█"


def chart(piece: Series, width: int = 80) -> str:
    """A chart of at most ``width`` columns, with the highest and the lowest value at the left and the times below.

    Each column shows the mean of the steps that it stands for.
    """
    x = filled(piece)
    if not len(x):
        return "(empty)"
    real = x * piece.deviation + piece.mean
    top, bottom = number(float(real.max())), number(float(real.min()))
    edge = min(max(len(top), len(bottom)), max(0, width - 12))
    columns = min(len(x), max(1, width - edge - 1))
    means = np.array([part.mean() for part in np.array_split(real, columns)])
    low, high = float(means.min()), float(means.max())
    share = (means - low) / (high - low) if high > low else np.full(columns, 0.5)
    eighths = np.maximum(1, np.rint(share * 8 * _ROWS).astype(int))
    lines = []
    for row in range(_ROWS - 1, -1, -1):
        label = top if row == _ROWS - 1 else bottom if row == 0 else ""
        cells = "".join(_EIGHTHS[int(np.clip(count - 8 * row, 0, 8))] for count in eighths)
        lines.append(f"{label[:edge]:>{edge}} {cells}".rstrip())
    first, last = (*piece.labels_of(0, 1), *piece.labels_of(len(piece) - 1, len(piece)))
    room = columns - len(first) - len(last)
    under = f"{first}{' ' * room}{last}" if room > 0 else first
    lines.append(f"{' ' * edge} {under}"[:width].rstrip())
    return "\n".join(lines)
