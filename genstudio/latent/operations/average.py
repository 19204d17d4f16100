"""Average several pieces: decode the mean of their summaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingOptions, OperationOptions, like
from genstudio.errors import ConfigError
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.progress import Stop

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["AVERAGE", "Options"]

_APART = 0.19  # of a right angle, from the mean to the points of further averages; see genstudio.generation.choosing


@dataclass(frozen=True)
class Options:
    """The options of an average."""

    n: int = like(OperationOptions, "n", 4)


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The directions of the summaries are averaged in the coordinates in which they are N(0, I), and no details are kept. The first
    piece is decoded from the average, the others from points near it. All pieces differ; a remark says when fewer than ``n`` are
    found.

    Raises:
        ModelError: the model has no summary with details that can be blank.
        ConfigError: there are fewer than two pieces.
    """
    import torch

    from genstudio.generation.choosing import between, chooses
    from genstudio.generation.places import neighbours
    from genstudio.latent.distinct import APART, distinct
    from genstudio.latent.inputs import ends_of
    from genstudio.latent.plan import Plan

    model.need_details()
    if len(sources) < 2:
        raise ConfigError("average needs two pieces or more; {count} was given.", count=len(sources))
    ends, layout, domain = ends_of(model, sources, options, "average"), model.network.layout, model.domain

    def drawn(attempt: int) -> Tensor:
        seed = (options.seed + attempt * APART) % 2**63

        def near(*summaries: Tensor) -> Tensor:
            centre = _mean(summaries)
            around = neighbours(centre, own.n, _APART, seed=seed)
            return around if attempt else torch.cat([centre[None], around[1:]])

        return layout.alone(layout.moved(near, *ends.codes))

    def metadata(row: int, piece: Any) -> Any:
        mixed = ends.pieces[0]
        for count, other in enumerate(ends.pieces[1:], 2):
            mixed = domain.with_metadata_between(piece, mixed, other, 1 / count)
        return mixed

    segments = [round(sum(ends.bars) / len(ends.bars))] * own.n
    plan, _, more = distinct(model, Plan(drawn(0), metadata, ends.decoding(segments)), options, drawn, stop=stop)
    if chooses(model.network, domain):
        goal = between(domain, ends.pieces, [1 / len(ends.pieces)] * len(ends.pieces))
        plan.goals = dict.fromkeys(range(len(plan.codes)), goal)
    ends.remarks.extend(more)
    return ends.carry_out(model, ends.asked("average", options, n=own.n), plan, stop)


def _mean(summaries: Sequence[Tensor]) -> Tensor:
    """The mean direction of summaries [dims], with their mean length."""
    import torch

    stacked = torch.stack(list(summaries)).double()
    lengths = stacked.norm(dim=1, keepdim=True).clamp(min=1e-8)
    mean = (stacked / lengths).mean(0)
    found: Tensor = (mean / mean.norm().clamp(min=1e-8) * lengths.mean()).to(summaries[0].dtype)
    return found


AVERAGE = Operation(
    name="average",
    help="write what several songs or sentences have in common",
    about="What several songs or sentences have in common: pieces in the middle of all of them.",
    options=Options,
    run=_run,
    result=Several("average"),
    sources=(Source("sources", "two files or more, or sentences for a model of text", many=True),),
)
