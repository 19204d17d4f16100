"""Combine the rhythm of one melody with the tune of another.

The code of the second melody says which pitches it has and when. The decoder is restricted to the rhythm of the first
(:mod:`genstudio.decoding.rhythm`), so each note tends to have the pitch that the second melody has at that time. Several melodies
are drawn, and the likeliest are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingOptions, OperationOptions, checked, field, like
from genstudio.errors import ConfigError, Message
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.operations.base import Operation, Source
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.latent.sources import name_of
from genstudio.progress import Stop

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["RHYTHM", "Options"]

_TRIES = 8  # random decodings for each result


@dataclass(frozen=True)
class Options:
    """The options of a combination."""

    n: int = like(OperationOptions, "n", 4)
    tune: float = field(1.0, "Tune", "Share of the details of B's tune that is kept; 0: only its summary.", low=0.0, high=1.0)


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is ``n`` different pieces; a remark says when fewer are found.

    Raises:
        ConfigError: the domain has no pitches.
        ModelError: the model has no summary with details that can be blank.
    """
    from genstudio.latent.inputs import phrases_of
    from genstudio.latent.plan import Asked, Plan, carry_out

    n, tune = checked(Options, "n", own.n), checked(Options, "tune", own.tune)
    domain = model.domain
    if not domain.grammar.pitches:
        raise ConfigError("{label} have no pitches, so a rhythm with another's tune is no use.", label=domain.label)
    model.need_details()
    pieces, remarks = phrases_of(model, sources, options, "rhythm")
    code = _code(model, pieces[1], tune)
    best = _likeliest(model, pieces, code, n, options, stop)
    if len(best) < n:
        fewer = Message("only {found} different pieces were found, not {wanted}.", found=len(best), wanted=n)
        remarks = [*remarks, fewer]

    def metadata(row: int, piece: Any) -> Any:
        return replace(domain.with_metadata_between(piece, pieces[0], pieces[0], 0.0), title=pieces[0].title)

    plan = Plan(code.repeat(len(best), 1), metadata, Decoding(segments=[model.bars(pieces[0])] * len(best)))
    names = [name_of(source, piece) for source, piece in zip(sources, pieces, strict=True)]
    asked = Asked("rhythm", options, {"n": n, "tune": tune}, names, remarks)
    return carry_out(model, asked, plan, rows=best, settled=True, stop=stop)


def _code(model: Codec, piece: Any, tune: float) -> Tensor:
    """The code [dims] of a piece with the share ``tune`` of its details; details of bars beyond its end are blank."""
    layout = model.network.layout
    code = model.encode([piece])[0]
    kept = layout.kept(tune, code) & (model.bar_of <= model.domain.units(piece))
    return layout.with_details(layout.summary_of(code), code, kept)


def _rhythm_of(model: Codec, pieces: Sequence[Any]) -> str:
    """The symbols of the first piece, with its key (an interchangeable symbol) replaced by that of the second."""
    symbols, other = (model.domain.to_symbols(piece) for piece in pieces)
    keys = model.domain.grammar.interchangeable
    key = next((symbol for symbol in other if symbol in keys), "")
    return "".join(key if key and symbol in keys else symbol for symbol in symbols)


def _likeliest(
    model: Codec, pieces: Sequence[Any], code: Tensor, n: int, options: DecodingOptions, stop: Stop | None
) -> list[Any]:
    """The ``n`` likeliest of several random decodings of a code [dims] in the rhythm of the first piece."""
    import numpy as np
    import torch

    from genstudio.corpus import collate
    from genstudio.generation.choosing import TEMPERATURE, reseeded

    count = n * _TRIES
    how: dict[str, Any] = {"segments": [model.bars(pieces[0])], "rhythm": _rhythm_of(model, pieces), "stop": stop}
    rows = model.decode(code[None], **how)
    how["segments"] *= count
    rows += model.decode(code.repeat(count, 1), temperature=options.temperature or TEMPERATURE, seed=reseeded(options.seed), **how)
    different = list({model.domain.to_symbols(row): row for row in rows}.values())
    ids = torch.from_numpy(collate([np.asarray(model.ids(row), np.int64) for row in different]))
    with torch.inference_mode():
        nll, _, _ = model.network.score(ids, code.repeat(len(different), 1))
    return [different[int(row)] for row in nll.argsort(stable=True)[:n]]


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
)
