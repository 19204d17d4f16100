"""Vary a piece: decode codes at a chosen distance from its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingOptions, OperationOptions, checked, like
from genstudio.latent.codec import Codec
from genstudio.latent.operations.base import Operation
from genstudio.latent.pieces import Pieces
from genstudio.latent.results import Several
from genstudio.latent.sources import name_of
from genstudio.latent.tools import Tool
from genstudio.progress import Stop

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["VARY", "Options", "moved"]


@dataclass(frozen=True)
class Options:
    """The options of variations."""

    n: int = like(OperationOptions, "n")
    amount: float = like(OperationOptions, "amount")


def _run(model: Codec, sources: Sequence[Any], own: Options, options: DecodingOptions, stop: Stop | None) -> Pieces:
    """The result is ``n`` different pieces whose codes are all at the same distance from that of the source: ``amount`` 0 is its
    reconstruction (given once), 1 as far as any other piece; see :func:`genstudio.generation.places.neighbours`. With ``whole``
    every phrase is varied. A piece that equals another one or the source is drawn again, up to eight times; a remark says when
    fewer than ``n`` are found.
    """
    import numpy as np
    import torch

    from genstudio.generation.choosing import chooses
    from genstudio.latent.distinct import distinct
    from genstudio.latent.holding import held_of
    from genstudio.latent.inputs import one_or_whole, song_plan
    from genstudio.latent.plan import Asked, carry_out

    n, amount = checked(Options, "n", own.n), own.amount
    song, remarks = one_or_whole(model, sources[0], options)
    codes, used = model.encode_used(song.phrases)

    def drawn(attempt: int) -> Tensor:
        # Further neighbours are drawn with the random numbers that follow those of the first ones.
        found = [
            moved(model, code, where, n * (attempt + 1), amount, options.seed + index)[n * attempt :]
            for index, (code, where) in enumerate(zip(codes, used, strict=True))
        ]
        return torch.stack(found, 1)

    plan = song_plan(model, song, drawn(0)[: n if amount else 1], options)
    held = held_of(model, song.piece, codes[0], options)
    plan = plan if held is None else held.plan(model, plan)

    def redrawn(attempt: int) -> Tensor:
        fresh = drawn(attempt).flatten(0, 1)
        return fresh if held is None else held.codes(model, fresh)

    rows = None
    if amount:
        domain = model.domain
        if chooses(model.network, domain) and not domain.features:
            plan.goals = dict.fromkeys(range(len(plan.codes)), np.zeros(0))
        itself = tuple(domain.to_symbols(phrase) for phrase in song.phrases)
        plan, rows, more = distinct(model, plan, options, redrawn, itself.__eq__, stop=stop)
        remarks = [*remarks, *more]
    elif n > 1:
        remarks = [*remarks, "at a distance of 0 there is only the piece as the model keeps it, and it is given once."]
    asked = Asked("vary", options, {"n": n, "amount": amount}, [name_of(sources[0], song.piece)], remarks)
    return carry_out(model, asked, plan, rows=rows, settled=bool(plan.goals) and options.temperature == 0, stop=stop)


def moved(model: Codec, code: Tensor, used: Tensor, count: int, amount: float, seed: int) -> Tensor:
    """``count`` codes [count, dims] at the distance ``amount`` from ``code``."""
    from genstudio.generation.places import neighbours, varied

    layout = model.network.layout
    if layout.summary:
        return varied(code, count, amount, layout, seed=seed)
    return neighbours(code, count, amount, seed=seed, used=used, block=layout.block)


VARY = Operation(
    name="vary",
    help="write neighbours of a song or a sentence",
    about="Neighbours of a song or a sentence, all at a chosen distance from it.",
    options=Options,
    run=_run,
    result=Several("variation", about=("amount",)),
    part="whole",
    hold=True,
    tool=Tool(
        "Variations",
        "Neighbours of a piece, near or far",
        "A {one}, and others like it",
        "Give it A; its neighbours are made at once, as near or as far as you like.",
        "{title}, variation {number}",
        place=4,
    ),
)
