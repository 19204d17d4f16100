"""Draw new pieces from the prior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genstudio.config import LONGEST, DecodingOptions, OperationOptions, SamplingChoice, checked, drawing_of, field, like
from genstudio.errors import Message
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.operations.base import Operation, of_sampling
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["SAMPLE", "Options"]


@dataclass(frozen=True)
class Options:
    """The options of sampling; None: the default of the model."""

    n: int = like(OperationOptions, "n")
    length: int | None = field(
        None, "Length", "Bars (words) of each (default: as the model ends).", low=1, high=LONGEST, called="Length in {units}",
        said="Length of each piece; free: as the model ends it", hint="free",
    )  # fmt: skip
    spread: float | None = like(SamplingChoice, "spread")
    best_of: int | None = like(SamplingChoice, "best_of")


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The codes are drawn from the learned prior of the model if it has one, else from N(0, I). A piece that equals another one is
    drawn again, up to eight times; a remark says when fewer than ``n`` different pieces are found. Options that are None are those
    of :attr:`sampling`.
    """
    import torch

    from genstudio.latent.distinct import APART, distinct
    from genstudio.latent.inputs import lengths
    from genstudio.latent.plan import Asked, Plan, carry_out

    how = model.drawn({**drawing_of(options), "spread": own.spread, "best_of": own.best_of})
    n = checked(Options, "n", own.n)

    def drawn(attempt: int) -> Tensor:
        generator = torch.Generator().manual_seed((options.seed + attempt * APART) % 2**63)
        return model.network.prior_codes(n, generator, how.spread)

    z = drawn(0)
    segments, words = lengths(model, own.length, n)
    decoding = Decoding(segments=segments, words=words, known=[], best_of=how.best_of)
    plan = Plan(z, lambda row, piece: model.domain.with_metadata_between(piece, piece, piece, 0.0), decoding)
    settings = {"n": n, "spread": how.spread, **({"length": own.length} if own.length is not None else {})}
    plan, rows, remarks = distinct(model, plan, options, drawn, stop=stop)
    asked = Asked("sample", options, settings, remarks=[*_of_model(model), *remarks])
    return carry_out(model, asked, plan, rows=rows, stop=stop)


def _of_model(model: Codec) -> list[str]:
    """Remarks on the samples of a model."""
    if model.network.spec.bottleneck != "ae":
        return []
    return [
        Message(
            (
                "{model} is an autoencoder, trained without a prior: these are drawn from a Gaussian fitted to the codes "
                "of its training pieces (ex-post density estimation, Ghosh et al. 2020)."
            ),
            model=model.name,
        )
    ]


SAMPLE = Operation(
    name="sample",
    help="write new pieces, drawn from the model's prior",
    about="New pieces, drawn from the model's prior.",
    options=Options,
    run=_run,
    result=Several("sample"),
    sources=(),
    first=("n",),
    part="",
    drawn=True,
    defaults=of_sampling,
    tool=Tool(
        "New",
        "New pieces, like those that the model has learned from",
        "Something new",
        "New pieces, like those that the model has learned from. Others come each time.",
        "New {seed}.{number}",
        values={"temperature": 1.0, "spread": 1.0, "best_of": 1},
        place=3,
    ),
)
