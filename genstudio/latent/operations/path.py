"""A path through many pieces: from the first to the second, on to the third, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genstudio.config import DecodingOptions, OperationOptions, like
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Steps
from genstudio.progress import Stop

__all__ = ["PATH", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of a path."""

    steps: int = like(OperationOptions, "steps", 5, "Steps from each to the next, both included.")
    method: str = like(OperationOptions, "method")


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """Each leg from a source to the next has ``steps`` pieces, both ends included; every source is included once, unchanged.
    ``kept`` of the result says how much of each source the model keeps.
    """
    import torch

    from genstudio.generation.choosing import between, chooses
    from genstudio.generation.paths import legs, point
    from genstudio.latent.between import method_for
    from genstudio.latent.inputs import ends_of
    from genstudio.latent.plan import Plan

    places = legs(len(sources), own.steps)
    method = method_for(model, own.method)
    ends = ends_of(model, sources, options, "path")
    pieces, codes, bars = ends.pieces, ends.codes, ends.bars
    goals = {
        row: between(model.domain, pieces[leg : leg + 2], [1 - t, t])
        for row, (leg, t) in enumerate(places)
        if t not in (0.0, 1.0) and chooses(model.network, model.domain)
    }

    def metadata(row: int, piece: Any) -> Any:
        leg, t = places[row]
        return model.domain.with_metadata_between(piece, pieces[leg], pieces[leg + 1], t)

    plan = Plan(
        torch.stack([point(codes[leg], codes[leg + 1], t, method, model.network.layout) for leg, t in places]),
        metadata,
        ends.decoding([round((1 - t) * bars[leg] + t * bars[leg + 1]) for leg, t in places]),
        exact={index: pieces[leg + int(t)] for index, (leg, t) in enumerate(places) if t in (0.0, 1.0)},
        goals=goals,
    )
    return ends.carry_out(model, ends.asked("path", options, points=len(sources), steps=own.steps, method=method), plan, stop)


PATH = Operation(
    name="path",
    help="write a path through many songs or sentences",
    about="A path through many songs or sentences: from the first to the second, on to the third, and so on, as one piece.",
    options=Options,
    run=_run,
    result=Steps(),
    sources=(Source("sources", "two files or more, or sentences for a model of text", many=True),),
    hold=True,
)
