"""A path through many pieces: from the first to the second, on to the third, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genstudio.config import METHODS, DecodingKeywords, DecodingOptions, OperationOptions, like
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Keep, Operation, PathLike, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Steps
from genstudio.progress import Stop

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["PATH", "Options", "Path", "path"]


@dataclass(frozen=True)
class Options:
    """What a path is asked for."""

    steps: int = like(OperationOptions, "steps", 5, "Steps from each to the next, both included.")
    method: str = like(OperationOptions, "method")


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    import torch

    from genstudio.generation.choosing import between, chooses
    from genstudio.generation.paths import legs, point
    from genstudio.latent.operations.between import method_for
    from genstudio.latent.operations.inputs import ends_of

    places = legs(len(sources), own.steps)
    method = method_for(model, own.method)
    ends = ends_of(model, sources, options, "path")
    pieces, codes, bars = ends.pieces, ends.codes, ends.bars
    goals = {
        row: between(model.domain, pieces[leg : leg + 2], [1 - t, t])
        for row, (leg, t) in enumerate(places)
        if t not in (0.0, 1.0) and chooses(model.network, model.domain)
    }

    def dress(row: int, piece: Any) -> Any:
        leg, t = places[row]
        return model.domain.dress(piece, pieces[leg], pieces[leg + 1], t)

    return ends.carry_out(
        model,
        "path",
        torch.stack([point(codes[leg], codes[leg + 1], t, method, model.network.layout) for leg, t in places]),
        [round((1 - t) * bars[leg] + t * bars[leg + 1]) for leg, t in places],
        dress,
        options,
        {"points": len(sources), "steps": own.steps, "method": method},
        stop,
        exact={index: pieces[leg + int(t)] for index, (leg, t) in enumerate(places) if t in (0.0, 1.0)},
        goals=goals,
    )


PATH = Operation(
    name="path",
    help="write a way through many songs or sentences",
    about="A way through many songs or sentences: from the first to the second, on to the third, and so on, as one piece.",
    options=Options,
    run=_run,
    result=Steps(),
    sources=(Source("sources", "two files or more, or sentences for a model of text", many=True),),
    hold=True,
)


class Path(Codec):
    """A model that finds a path through many pieces."""

    def path(
        self, sources: Sequence[Any], steps: int = 5, *, method: str = METHODS[0], options: DecodingOptions | None = None,
        stop: Stop | None = None, **changes: Unpack[DecodingKeywords],
    ) -> Pieces:  # fmt: skip
        """The pieces on the way through ``sources``, ``steps`` from each to the next with both of them; every source stands once,
        as it is. ``kept`` of the result says how much of each the model keeps."""
        return PATH.perform(self, list(sources), Options(steps, method), options, changes, stop)


def path(
    model: PathLike, sources: Sequence[Any], out: PathLike, *, steps: int = 5, method: str = METHODS[0],
    options: DecodingOptions | None = None, keep: Keep | None = None, stop: Stop | None = None,
    **changes: Unpack[DecodingKeywords],
) -> dict[str, Any]:  # fmt: skip
    """The way through ``sources``, written into the folder ``out`` with all of it joined where that makes sense."""
    return PATH.write(model, list(sources), Options(steps, method), out, options, changes, keep, stop)
