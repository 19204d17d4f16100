"""Interpolate between two pieces: decode the points of a path through the latent space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import DecodingOptions, OperationOptions, like
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import ANY, Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Steps
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

__all__ = ["INTERPOLATE", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of an interpolation."""

    steps: int = like(OperationOptions, "steps")
    method: str = like(OperationOptions, "method")


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """``kept`` of the result says how much of both sources the model keeps. With ``whole``, phrase k of a step lies between phrase
    k of a and phrase k of b; the phrases of the shorter song are repeated from its start. The number of phrases changes linearly
    from that of a to that of b, so that both ends are whole songs. A silent phrase stays silent in its half of the path.
    """
    from genstudio.generation.paths import steps_between
    from genstudio.latent.between import Way

    ts = steps_between(own.steps)
    way = Way(model, sources[0], sources[1], own.method, options)
    return way.decode(ts, "interpolate", {"steps": own.steps, "method": way.method}, stop)


INTERPOLATE = Operation(
    name="interpolate",
    help="write what lies between two songs or two sentences",
    about="Interpolate between two songs or two sentences: one file for each step, the first and the last being A and B "
    "themselves.",
    options=Options,
    run=_run,
    result=Steps(),
    sources=(Source("a", ANY), Source("b", "another one")),
    part="whole",
    hold=True,
    tool=Tool(
        "In between",
        "Everything between two pieces",
        "Everything between two {many}",
        "Give it A and B; the way between them is made at once, and a slider goes anywhere on it.",
        "{title}",
        place=1,
    ),
)
