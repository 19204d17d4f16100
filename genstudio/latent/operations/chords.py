"""Combine the chords of one score with the tune of another.

The chords are moved to the key of the tune. The decoder is restricted to them and to the rhythm of the tune, and the code says
which pitches the tune has, so each of its notes stays where it fits the chords. Several pieces are drawn, and the likeliest are
taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genstudio.config import DecodingOptions, checked
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.operations.rhythm import Options
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.progress import Stop

__all__ = ["CHORDS"]


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is ``n`` different pieces; a remark says when fewer are found. The metre and the rhythm are those of the tune.

    Raises:
        ConfigError: the model writes no chords, A has none, or the bars of A and B differ in length.
        ModelError: the model has no summary with details that can be blank.
    """
    from genstudio.latent.combining import combined, with_chords
    from genstudio.latent.plan import Asked

    n, tune = checked(Options, "n", own.n), checked(Options, "tune", own.tune)
    asked = Asked("chords", options, {"n": n, "tune": tune})
    return combined(model, sources, with_chords, tune, asked, n, stop)


CHORDS = Operation(
    name="chords",
    help="write the chords of one song with the tune of another",
    about="The chords of one song, moved to the key of another, with the tune of the other.",
    options=Options,
    run=_run,
    result=Several("chords"),
    sources=(
        Source("a", "a file with chord symbols or chords, which are kept exactly"),
        Source("b", "a file: its tune is kept as far as the chords let"),
    ),
    drawn=True,
)
