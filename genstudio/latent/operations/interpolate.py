"""What lies between two pieces: one step after the other along a path through the latent space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genstudio.config import METHODS, DecodingKeywords, DecodingOptions, OperationOptions, like, settle
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import ANY, Keep, Operation, PathLike, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Steps
from genstudio.progress import Stop

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from genstudio.latent.operations.between import Way

__all__ = ["INTERPOLATE", "Interpolate", "Options", "interpolate"]


@dataclass(frozen=True)
class Options:
    """What an interpolation is asked for."""

    steps: int = like(OperationOptions, "steps")
    method: str = like(OperationOptions, "method")


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    from genstudio.generation.paths import steps_between
    from genstudio.latent.operations.between import Way

    ts = steps_between(own.steps)
    way = Way(model, sources[0], sources[1], own.method, options)
    return way.decode(ts, "interpolate", {"steps": own.steps, "method": way.method}, stop)


INTERPOLATE = Operation(
    name="interpolate",
    help="write what lies between two songs or two sentences",
    about="Two songs or two sentences in, what lies between them out: one file a step, the first and the last being A and B "
    "themselves.",
    options=Options,
    run=_run,
    result=Steps(),
    sources=(Source("a", ANY), Source("b", "another one")),
    part="whole",
    hold=True,
)


class Interpolate(Codec):
    """A model that finds what lies between two pieces."""

    def interpolate(
        self, a: Any, b: Any, steps: int = 9, *, method: str = METHODS[0], options: DecodingOptions | None = None,
        stop: Stop | None = None, **changes: Unpack[DecodingKeywords],
    ) -> Pieces:  # fmt: skip
        """``steps`` pieces from ``a`` to ``b``; the first and the last are the two themselves. How much of them the model keeps is
        in ``kept`` of the result.

        With ``whole``, phrase k of a step lies between phrase k of a and phrase k of b; the phrases of the one that has fewer come
        again from the start. The number of phrases goes from a's to b's as t does, so that both ends are whole songs. Phrases
        of silence stay silent in the half of the path that is nearer to them.
        """
        return INTERPOLATE.perform(self, [a, b], Options(steps, method), options, changes, stop)

    def way(
        self, a: Any, b: Any, *, method: str = METHODS[0], options: DecodingOptions | None = None,
        **changes: Unpack[DecodingKeywords],
    ) -> Way:  # fmt: skip
        """The way from ``a`` to ``b``, of which any place can be decoded at once: what a slider between the two needs."""
        from genstudio.latent.operations.between import Way

        return Way(self, a, b, method, settle(options, changes))


def interpolate(
    model: PathLike, a: Any, b: Any, out: PathLike, *, steps: int = 9, method: str = METHODS[0],
    options: DecodingOptions | None = None, keep: Keep | None = None, stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:  # fmt: skip
    """``steps`` pieces from ``a`` to ``b``, the first and the last being the two themselves, written into the folder ``out`` with
    all of them joined where that makes sense."""
    return INTERPOLATE.write(model, [a, b], Options(steps, method), out, options, changes, keep, stop)
