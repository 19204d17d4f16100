"""A − B + C: what is to C as A is to B."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingKeywords, DecodingOptions
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Keep, Operation, PathLike, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import OneFile
from genstudio.progress import Stop

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["ANALOGY", "Analogy", "Options", "analogy"]


@dataclass(frozen=True)
class Options:
    """It has no options of its own."""


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    from genstudio.generation.places import moved_by_difference
    from genstudio.latent.operations.inputs import ends_of

    ends = ends_of(model, sources, options, "analogy")
    (a, b, c), like = ends.bars, ends.pieces[2]
    most = max(ends.bars)
    code = moved_by_difference(ends.codes[0], ends.codes[1], ends.codes[2], model.network.layout)
    segments = [min(most, max(min(1, most), a - b + c))]
    return ends.carry_out(
        model, "analogy", code[None], segments, lambda _, piece: model.domain.dress(piece, like, like, 0.0), options, {}, stop
    )


ANALOGY = Operation(
    name="analogy",
    help="write A - B + C: what is to C as A is to B",
    about="A - B + C: what is to C as A is to B.",
    options=Options,
    run=_run,
    result=OneFile(),
    sources=(Source("a"), Source("b"), Source("c")),
    hold=True,
)


class Analogy(Codec):
    """A model that finds analogies."""

    def analogy(
        self, a: Any, b: Any, c: Any, *, options: DecodingOptions | None = None, stop: Stop | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Pieces:  # fmt: skip
        """A − B + C: what is to ``c`` as ``a`` is to ``b``, a list of one; see :func:`genstudio.generation.places.analogy`."""
        return ANALOGY.perform(self, [a, b, c], Options(), options, changes, stop)


def analogy(
    model: PathLike, a: Any, b: Any, c: Any, out: PathLike, *, options: DecodingOptions | None = None, keep: Keep | None = None,
    stop: Stop | None = None, **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:  # fmt: skip
    """A − B + C, written to the file ``out``; see :meth:`Model.analogy`."""
    return ANALOGY.write(model, [a, b, c], Options(), out, options, changes, keep, stop)
