"""The rhythm of one melody with the tune of another.

The summary and the details of the second melody say which pitches it has and when; the rhythm of the first is given to the
decoder, which writes nothing else (:mod:`genstudio.generation.rhythm`). Where a note begins it has the pitch that the other melody
has there, or what leads on from it. Several are drawn, and the likeliest are taken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from genstudio.config import DecodingOptions, OperationOptions, checked
from genstudio.corpus import collate
from genstudio.errors import ConfigError, Message, ModelError
from genstudio.generation.choosing import TEMPERATURE, reseeded
from genstudio.progress import Stop
from genstudio.workbench.operations import Plan, carry_out, phrases_of
from genstudio.workbench.pieces import Pieces
from genstudio.workbench.sources import name_of

if TYPE_CHECKING:
    from genstudio.workbench.model import Model

__all__ = ["rhythm"]

_TRIES = 8  # drawings for each piece that is wanted


def rhythm(
    model: Model, a: Any, b: Any, n: int, tune: float, options: DecodingOptions, stop: Stop | None = None
) -> Pieces:
    """See :meth:`Model.rhythm`."""
    n, tune = checked(OperationOptions, "n", n), checked(OperationOptions, "tune", tune)
    domain, layout = model.domain, model.network.layout
    if not domain.grammar.pitches:
        raise ConfigError("{label} have no pitches, so a rhythm with another's tune is no use.", label=domain.label)
    if not model.fills:
        raise ModelError("{model} has no summary with details that can be left out; choose another model.", model=model.name)
    pieces, remarks = phrases_of(model, [a, b], options, "rhythm")
    symbols, other = (domain.to_symbols(piece) for piece in pieces)
    # In the key of the tune, which is said by a symbol that may stand for any other of its kind.
    keys = domain.grammar.interchangeable
    key = next((symbol for symbol in other if symbol in keys), "")
    given = "".join(key if key and symbol in keys else symbol for symbol in symbols)
    code = model.encode(pieces[1:])[0]
    # Bars that the tune has not are left to the model.
    segment = torch.arange(len(layout.places)) // layout.period
    kept = layout.kept(tune, code) & (segment <= domain.units(pieces[1]))
    code = layout.with_details(layout.summary_of(code), code, kept)
    count = n * _TRIES
    how: dict[str, Any] = {"segments": [model.segments(pieces[0])], "rhythm": given, "stop": stop}
    rows = model.decode(code[None], **how)
    how["segments"] *= count
    rows += model.decode(code.repeat(count, 1), temperature=options.temperature or TEMPERATURE, seed=reseeded(options.seed), **how)
    different = list({domain.to_symbols(row): row for row in rows}.values())
    ids = torch.from_numpy(collate([np.asarray(model.ids(row), np.int64) for row in different]))
    with torch.inference_mode():
        nll, _, _ = model.network.score(ids, code.repeat(len(different), 1))
    best = [different[int(row)] for row in nll.argsort(stable=True)[:n]]
    if len(best) < n:
        said = Message("only {found} different pieces were found, not {wanted}.", found=len(best), wanted=n)
        remarks = [*remarks, said]

    def dress(row: int, piece: Any) -> Any:
        return replace(domain.dress(piece, pieces[0], pieces[0], 0.0), title=pieces[0].title)

    plan = Plan(code.repeat(len(best), 1), dress, segments=[model.segments(pieces[0])] * len(best))
    names = [name_of(source, piece) for source, piece in zip((a, b), pieces, strict=True)]
    return carry_out(
        model, "rhythm", plan, options, settings={"n": n, "tune": tune}, sources=names, remarks=remarks, rows=best, settled=True,
        stop=stop,
    )  # fmt: skip
