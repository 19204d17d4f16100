"""Combine the rhythm of one song with the tune of another.

The code of the second song says which pitches it has and when. The decoder is restricted to the rhythm of the first
(:mod:`genstudio.decoding.rhythm`), so each note tends to have the pitch that the second song has at that time. Several pieces are
drawn, and the likeliest are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import DecodingOptions, OperationOptions, checked, field, like
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

__all__ = ["RHYTHM", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of a combination."""

    n: int = like(OperationOptions, "n", 4)
    tune: float = field(
        1.0, "Tune", "Share of the details of B's tune that is kept; 0: only its summary.", low=0.0, high=1.0,
        called="Tune of B", said="1 keeps as much of it as the rhythm lets, 0 only what it is like",
        dial=True,
    )  # fmt: skip


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is ``n`` different pieces; a remark says when fewer are found. Of scores the rhythm and the tune are those of the
    melody, and the other parts are written to fit.

    Raises:
        ConfigError: the domain has no pitches.
        ModelError: the model has no summary with details that can be blank.
    """
    from genstudio.latent.combining import combined, with_rhythm
    from genstudio.latent.plan import Asked

    n, tune = checked(Options, "n", own.n), checked(Options, "tune", own.tune)
    asked = Asked("rhythm", options, {"n": n, "tune": tune})
    return combined(model, sources, with_rhythm, tune, asked, n, stop)


RHYTHM = Operation(
    name="rhythm",
    help="write the rhythm of one song with the tune of another",
    about="The rhythm of one song with the tune of another.",
    options=Options,
    run=_run,
    result=Several("rhythm"),
    sources=(
        Source("a", "a file: its rhythm is kept exactly"),
        Source("b", "a file: its tune is kept as far as the rhythm lets"),
    ),
    drawn=True,
    tool=Tool(
        "Rhythm",
        "The rhythm of A with the tune of B",
        "The rhythm of one, the tune of the other",
        "Give it A and B; the notes of B are put where those of A are.",
        "{title}, tune {number}",
        values={"temperature": 0.6},
        place=8,
        needs="pitches details",
    ),
)
