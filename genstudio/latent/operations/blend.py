"""Blend four pieces: a grid of pieces with the four as its corners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import DecodingOptions, OperationOptions, like
from genstudio.errors import ConfigError
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import ANY, Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Grid
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

__all__ = ["BLEND", "Options"]

_NAMED = (("a", "top left"), ("b", "top right"), ("c", "bottom left"), ("d", "bottom right"))


@dataclass(frozen=True)
class Options:
    """The options of a blend."""

    grid: int | tuple[int, int] = like(OperationOptions, "grid")


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is the cells row by row. The corners are the sources, unchanged: a top left, b top right, c bottom left, d bottom
    right. ``kept`` of the result says how much of each the model keeps.
    """
    from genstudio.generation.places import corners
    from genstudio.latent.between import Square

    rows, columns = _sizes(own.grid)
    return Square(model, sources, options).decode(corners(rows, columns), {"grid": [rows, columns]}, choosing=True, stop=stop)


def _sizes(grid: int | tuple[int, int]) -> tuple[int, int]:
    """The numbers of rows and columns."""
    try:
        rows, columns = (grid, grid) if isinstance(grid, int) else (int(size) for size in grid)
    except (TypeError, ValueError):
        raise ConfigError("the grid is {grid!r}; expected one number, or rows and columns.", grid=grid) from None
    return rows, columns


BLEND = Operation(
    name="blend",
    help="write a grid of pieces between four songs or sentences",
    about="A grid of pieces between four, which are its corners.",
    options=Options,
    run=_run,
    result=Grid(),
    sources=tuple(Source(name, f"{ANY}: the corner {place}") for name, place in _NAMED),
    hold=True,
    tool=Tool(
        "Mix four",
        "Everything between four pieces",
        "A field between four {many}",
        "Give it four corners; what lies between them is made at once, and is played with the pointer.",
        "{title}",
        place=2,
    ),
)
