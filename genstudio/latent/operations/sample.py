"""New pieces, drawn from the prior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genstudio.config import LONGEST, DecodingKeywords, DecodingOptions, OperationOptions, SamplingOptions, checked, field, like
from genstudio.errors import Message
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Keep, Operation, PathLike, of_sampling
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.progress import Stop

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["SAMPLE", "Options", "Sample", "sample"]


@dataclass(frozen=True)
class Options:
    """What sampling is asked for; None: as the model says."""

    n: int = like(OperationOptions, "n")
    length: int | None = field(None, "Length", "Bars (words) of each (default: as the model ends).", low=1, high=LONGEST)
    spread: float | None = like(
        SamplingOptions, "spread", None,
        "How far codes are drawn from the likeliest ones: 1 as the prior says, less is more typical (default: as the model says).",
    )  # fmt: skip
    best_of: int | None = like(
        SamplingOptions, "best_of", None, "Decode each code N times and keep the likeliest (default: as the model says)."
    )


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    import torch

    from genstudio.latent.operations.distinct import APART, distinct
    from genstudio.latent.operations.inputs import lengths
    from genstudio.latent.operations.plan import Plan, carry_out

    how = model.drawn(options.temperature, options.top_p, own.spread, own.best_of)
    n = checked(Options, "n", own.n)

    def drawn(attempt: int) -> Tensor:
        generator = torch.Generator().manual_seed((options.seed + attempt * APART) % 2**63)
        return model.network.prior_codes(n, generator, how.spread)

    z = drawn(0)
    segments, words = lengths(model, own.length, n)
    plan = Plan(
        z, lambda row, piece: model.domain.dress(piece, piece, piece, 0.0), segments=segments, words=words, known=[],
        best_of=how.best_of,
    )  # fmt: skip
    settings = {"n": n, "spread": how.spread, **({"length": own.length} if own.length is not None else {})}
    plan, rows, remarks = distinct(model, plan, options, drawn, stop=stop)
    remarks = [*_of_model(model), *remarks]
    return carry_out(model, "sample", plan, options, settings=settings, remarks=remarks, rows=rows, stop=stop)


def _of_model(model: Codec) -> list[str]:
    """What a person should know of the samples of a model."""
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
    part="",
    drawn=True,
    defaults=of_sampling,
)


def _changes(temperature: float | None, top_p: float | None, seed: int) -> DecodingKeywords:
    """How codes are decoded, without what is left to the model."""
    changes: DecodingKeywords = {"seed": seed}
    if temperature is not None:
        changes["temperature"] = temperature
    if top_p is not None:
        changes["top_p"] = top_p
    return changes


class Sample(Codec):
    """A model that draws new pieces."""

    def sample(
        self, n: int = 8, *, length: int | None = None, temperature: float | None = None, top_p: float | None = None,
        spread: float | None = None, best_of: int | None = None, seed: int = 0, stop: Stop | None = None,
    ) -> Pieces:  # fmt: skip
        """``n`` pieces decoded from points of the prior, the learned one where there is one; ``length`` sets their number of bars
        or words. ``spread`` is the factor of the prior's standard deviations. Each code is decoded ``best_of``
        times and the likeliest kept. What comes out like another one is drawn again, some times; a remark says when fewer than
        ``n`` different ones are found. Where one of these, the temperature or top_p is None, it is what :attr:`sampling` says.

        Raises:
            ConfigError: n, length, temperature, top_p, spread or best_of is out of range.
        """
        own = Options(n, length, spread, best_of)
        return SAMPLE.perform(self, [], own, None, _changes(temperature, top_p, seed), stop)


def sample(
    model: PathLike, n: int, out: PathLike, *, length: int | None = None, temperature: float | None = None,
    top_p: float | None = None, spread: float | None = None, best_of: int | None = None, seed: int = 0, keep: Keep | None = None,
    stop: Stop | None = None,
) -> dict[str, Any]:  # fmt: skip
    """``n`` pieces from the prior, written into the folder ``out``."""
    own = Options(n, length, spread, best_of)
    return SAMPLE.write(model, [], own, out, None, _changes(temperature, top_p, seed), keep, stop)
