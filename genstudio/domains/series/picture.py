"""Time series as SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genstudio.domains.series.piece import Series

__all__ = ["number", "svg", "ticks", "unusual"]

_MARGIN = 12
_LABEL = 100  # pixels between the middles of two labels
ACCENT = "#3b6fd4"
UNUSUAL = "#c8402f"
FONTS = "'Segoe UI', Helvetica, Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', 'Bitstream Vera Sans', sans-serif"
_TITLE = 30  # pixels above the axes


def number(value: float) -> str:
    """A number with as many digits as one reads at once."""
    return f"{value:.4g}" if abs(value) < 1e15 else f"{value:.2e}"


def svg(
    piece: Series, width: int = 640, height: int = 240, *, title: str = "", ink: str = "currentColor", paper: str = "none"
) -> str:
    """The series as a line, broken at gaps, on axes; a forecast with its median and the bands of its quantiles (a fan chart, as the
    Bank of England has drawn them since 1996).

    Args:
        piece: the series.
        width, height: of the picture, in pixels.
        title: stands above it.
        ink, paper: the colours of lines and letters, and of the ground.
    """
    above = _TITLE if title else 0
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FONTS}" font-size="11"><rect width="{width}" height="{height}" fill="{paper}"/>'
    )
    if title:
        said = html.escape(title)
        head += f'<text x="{width / 2:.1f}" y="22" text-anchor="middle" font-size="14" fill="{ink}">{said}</text>'
    there = [*(value for value in piece.values if value is not None), *(value for _, values in piece.bands for value in values)]
    if not there:
        return f"{head}</svg>"
    levels = ticks(min(there), max(there))
    low, high = min(levels[0], *there), max(levels[-1], *there)
    edge = 10 + 6.5 * max(len(number(tick)) for tick in levels)
    across = (width - edge - _MARGIN) / max(1, len(piece) - 1)
    up = (height - above - 3 * _MARGIN) / (high - low)

    def place(step: int, value: float) -> str:
        return f"{edge + step * across:.1f},{height - 2 * _MARGIN - (value - low) * up:.1f}"

    out = []
    for tick in levels:
        y = height - 2 * _MARGIN - (tick - low) * up
        out.append(f'<line x1="{edge:.1f}" x2="{width - _MARGIN}" y1="{y:.1f}" y2="{y:.1f}" stroke="{ink}" opacity="0.15"/>')
        out.append(f'<text x="{edge - 6:.1f}" y="{y + 4:.1f}" text-anchor="end" fill="{ink}">{number(tick)}</text>')
    begin = len(piece) - piece.forecast
    bands = dict(piece.bands)
    for share in sorted(share for share in bands if share < 0.5):
        upper = bands.get(round(1 - share, 6))
        if upper is not None:
            edges = [place(begin + step, value) for step, value in enumerate(bands[share])]
            edges += [place(begin + step, value) for step, value in reversed(list(enumerate(upper)))]
            out.append(f'<polygon points="{" ".join(edges)}" fill="{ACCENT}" opacity="0.16"/>')
    out += _lines(piece, 0, begin, place, ink)
    if piece.forecast:
        out += _lines(piece, max(0, begin - 1), len(piece), place, ACCENT)
    for step in unusual(piece):
        left, top = place(step, piece.values[step] or 0.0).split(",")
        out.append(f'<circle cx="{left}" cy="{top}" r="4.5" fill="none" stroke="{UNUSUAL}" stroke-width="1.5"/>')
    middle = begin if piece.forecast else len(piece) // 2
    roomy = min(middle, len(piece) - 1 - middle) * across > _LABEL  # else it would stand upon the label at that end
    marks = sorted({0, *([middle] if roomy else []), len(piece) - 1})
    for step in marks:
        anchor = "start" if step == 0 else "end" if step == len(piece) - 1 else "middle"
        label = piece.labels_of(step, step + 1)[0]
        x = edge + step * across
        out.append(f'<text x="{x:.1f}" y="{height - 5}" text-anchor="{anchor}" fill="{ink}">{html.escape(label)}</text>')
    return f"{head}{''.join(out)}</svg>"


def unusual(piece: Series, most: int = 5) -> list[int]:
    """The steps with the highest scores, at most ``most``; none where there are no scores."""
    known = [(score, step) for step, score in enumerate(piece.scores) if score is not None]
    return sorted(step for _, step in sorted(known, reverse=True)[:most])


def _lines(piece: Series, first: int, last: int, place: Callable[[int, float], str], colour: str) -> list[str]:
    """The values from ``first`` to ``last - 1`` as lines; a value alone between gaps is a dot."""
    runs: list[list[str]] = [[]]
    for step in range(first, last):
        value = piece.values[step]
        if value is not None:
            runs[-1].append(place(step, value))
        elif runs[-1]:
            runs.append([])
    drawn = []
    for run in filter(None, runs):
        if len(run) == 1:
            x, y = run[0].split(",")
            drawn.append(f'<circle cx="{x}" cy="{y}" r="1.5" fill="{colour}"/>')
        else:
            drawn.append(f'<polyline points="{" ".join(run)}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
    return drawn


def ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers that span a range."""
    if not high > low:
        room = max(1.0, 0.1 * abs(low))
        return [low - room, low, low + room]
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(step * index, 12 - math.floor(math.log10(step))) for index in range(first, last + 1)]
