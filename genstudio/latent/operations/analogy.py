"""The analogy A − B + C: a piece that differs from C as A differs from B."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genstudio.config import DecodingOptions
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import NoOptions, Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneFile
from genstudio.progress import Stop

__all__ = ["ANALOGY"]


def _run(model: Codec, sources: Sequence[Any], own: NoOptions, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is a list of one piece, see :func:`genstudio.generation.places.moved_by_difference`."""
    from genstudio.generation.places import moved_by_difference
    from genstudio.latent.inputs import ends_of
    from genstudio.latent.plan import Plan

    ends = ends_of(model, sources, options, "analogy")
    (a, b, c), like = ends.bars, ends.pieces[2]
    most = max(ends.bars)
    code = moved_by_difference(ends.codes[0], ends.codes[1], ends.codes[2], model.network.layout)
    decoding = ends.decoding([min(most, max(min(1, most), a - b + c))])
    plan = Plan(code[None], lambda _, piece: model.domain.with_metadata_between(piece, like, like, 0.0), decoding)
    return ends.carry_out(model, ends.asked("analogy", options), plan, stop)


ANALOGY = Operation(
    name="analogy",
    help="write A - B + C: C changed by the difference between A and B",
    about="A - B + C: a piece that differs from C as A differs from B.",
    options=NoOptions,
    run=_run,
    result=OneFile(),
    sources=(Source("a"), Source("b"), Source("c")),
    hold=True,
)
