"""Time series as charts for terminals and as SVG for notebooks."""

from __future__ import annotations

import numpy as np

from genstudio.domains.series.measures import filled
from genstudio.domains.series.piece import Series

__all__ = ["chart", "number", "svg"]

_ROWS = 8
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_WIDTH, _HEIGHT, _MARGIN = 480, 120, 6


def number(value: float) -> str:
    """A number with as many digits as one reads at once."""
    return f"{value:.4g}" if abs(value) < 1e15 else f"{value:.2e}"


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


def svg(piece: Series) -> str:
    """The series as a line, broken at gaps, with the highest and the lowest value."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}">'
    values = piece.array()
    there = values[np.isfinite(values)]
    if not len(there):
        return f"{head}</svg>"
    low, high = float(there.min()), float(there.max())
    across = (_WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    up = (_HEIGHT - 2 * _MARGIN) / (high - low) if high > low else 0.0
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values.tolist()):
        if np.isfinite(value):
            y = _HEIGHT - _MARGIN - (value - low) * up if up else _HEIGHT / 2
            runs[-1].append(f"{_MARGIN + index * across:.1f},{y:.1f}")
        elif runs[-1]:
            runs.append([])
    lines = "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke="currentColor" stroke-width="1.5"/>' for run in runs if run
    )
    labels = "".join(
        f'<text x="{_MARGIN}" y="{y}" font-size="9" fill="currentColor">{number(value)}</text>'
        for y, value in ((10, high), (_HEIGHT - 2, low))
    )
    return f"{head}{lines}{labels}</svg>"
