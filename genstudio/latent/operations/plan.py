"""What an operation has decoded, row by row, and the carrying out of it as a job that can be done again.

Codes are float32 [rows, dims]. A row becomes a phrase; a piece is one row, or with ``joins`` several in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.domains import Kept
from genstudio.domains import kept as kept_of
from genstudio.errors import DamagedFileError
from genstudio.generation.choosing import choices, choose, reseeded, temperature
from genstudio.generation.paths import legs, steps_between
from genstudio.latent.codec import Codec
from genstudio.latent.pieces import Pieces
from genstudio.progress import Stop
from genstudio.provenance import BY_ROW, Job
from genstudio.records import Record

__all__ = ["Plan", "carry_out", "decoding_of", "ts_of"]


@dataclass
class Plan:
    """What is to be decoded, row by row.

    codes: [rows, dims]. segments, words, prefix, beyond, forbid, known, best_of, parts, around, bars: as :meth:`Codec.decode` has
    them.
    dress: from the number of a row and its bare piece to the dressed one. joins: how many rows make up each piece; None: one.
    titles: of each piece; None: as dressed. exact: pieces, by their number, that are not decoded but what they were made from, such
    as the ends of a way; how much of each the model keeps is measured. goals: features that rows should have, by their number; at
    temperature 0 several decodings of each are compared with them.
    """

    codes: Tensor
    dress: Callable[[int, Any], Any]
    segments: list[int] | None = None
    words: list[int] | None = None
    prefix: list[list[int]] | None = None
    beyond: int = 0
    forbid: list[int] = field(default_factory=list)
    known: list[str] | None = None
    best_of: int = 1
    joins: list[int] | None = None
    titles: list[str] | None = None
    exact: Mapping[int, Any] = field(default_factory=dict)
    parts: list[tuple[int, int]] | None = None
    around: list[tuple[str, str]] | None = None
    goals: Mapping[int, NDArray[np.float64]] = field(default_factory=dict)
    bars: list[list[list[Any]]] | None = None

    def without(self, pieces: Collection[int]) -> Plan:
        """The plan without some of its pieces."""
        ends = list(accumulate(self.joins or [1] * len(self.codes)))
        kept = [index for index in range(len(ends)) if index not in pieces]
        rows = [row for index in kept for row in range(ends[index - 1] if index else 0, ends[index])]

        def some(values: list[Any] | None, which: list[int]) -> Any:
            return values if values is None else [values[index] for index in which]

        return replace(
            self,
            codes=self.codes[rows],
            dress=lambda row, piece: self.dress(rows[row], piece),
            segments=some(self.segments, rows),
            words=some(self.words, rows),
            prefix=some(self.prefix, rows),
            parts=some(self.parts, rows),
            around=some(self.around, rows),
            bars=some(self.bars, rows),
            joins=some(self.joins, kept),
            titles=some(self.titles, kept),
        )


def decoding_of(model: Codec, plan: Plan, options: DecodingOptions) -> dict[str, Any]:
    """The keyword arguments of :meth:`Codec.decode` for all rows of a plan."""
    decoding: dict[str, Any] = {"temperature": options.temperature, "top_p": options.top_p, "seed": options.seed}
    for name in BY_ROW:
        if getattr(plan, name) is not None:
            decoding[name] = getattr(plan, name)
    for name in ("beyond", "forbid"):
        if getattr(plan, name):
            decoding[name] = getattr(plan, name)
    if plan.known is not None and model.lexicon is not None:
        decoding["known"] = plan.known
    if plan.best_of > 1:
        decoding["best_of"] = plan.best_of
    return decoding


def carry_out(
    model: Codec,
    operation: str,
    plan: Plan,
    options: DecodingOptions,
    *,
    settings: Mapping[str, Any],
    sources: Sequence[str] = (),
    remarks: Sequence[str] = (),
    rows: list[Any] | None = None,
    settled: bool = False,
    stop: Stop | None = None,
) -> Pieces:
    """Decode and dress what a plan says; the job of the result does the same again.

    Args:
        rows: the pieces that the plan's rows are decoded to, where that is known. settled: whether they are kept as they are, since
            they were chosen among others.
        settings: what was asked for beside the options, JSON values.
        sources: what it was made from, as a person would name it.
    """
    decoding = decoding_of(model, plan, options)
    rows = model.decode(plan.codes, **decoding, stop=stop) if rows is None else rows
    chosen_rows = set(range(len(rows))) if settled else set()
    if plan.goals and options.temperature == 0:
        chosen = _chosen(model, plan, rows, decoding, stop)
        rows = [chosen.get(row, piece) for row, piece in enumerate(rows)]
        counts = plan.joins or [1] * len(rows)
        owner = [index for index, count in enumerate(counts) for _ in range(count)]
        chosen_rows = {owner[row] for row in chosen}
    dressed = [plan.dress(row, piece) for row, piece in enumerate(rows)]
    if plan.joins is not None:
        rows, dressed = model.join(rows, plan.joins), model.join(dressed, plan.joins)
        decoding["joins"] = plan.joins
    if plan.titles is not None:
        dressed = [replace(piece, title=title) for piece, title in zip(dressed, plan.titles, strict=True)]
    found = _kept(model, plan, rows, options, stop) if operation not in ("morph", "fill") else {}
    if plan.exact or chosen_rows:
        itself = {**{index: rows[index] for index in chosen_rows}, **plan.exact}
        decoding["exact"] = [model.domain.to_symbols(itself[index]) if index in itself else None for index in range(len(rows))]
        rows = model.replaced(rows, decoding["exact"])
        if chosen_rows:  # else all that is exact was given
            settings = {**settings, "ends": sorted(plan.exact)}
        dressed = [plan.exact.get(index, piece) for index, piece in enumerate(dressed)]
    dressing = [model.domain.dressing(piece) for piece in dressed]
    # Through the record, so that what is made now is what the job makes.
    pieces = [model.domain.dressed(piece, one) for piece, one in zip(rows, dressing, strict=True)]
    job = Job(
        operation=operation,
        model=model.name,
        digest=model.digest,
        seed=options.seed,
        settings={**settings, **_told(options)},
        sources=tuple(sources),
        codes=plan.codes.detach().cpu().numpy().copy(),
        decoding=decoding,
        dressing=tuple(dressing),
    )
    ts = ts_of(operation, settings, len(pieces))
    return Pieces(pieces, domain=model.domain, remarks=list(dict.fromkeys(remarks)), ts=ts, job=job, kept=found)


def _chosen(
    model: Codec, plan: Plan, rows: Sequence[Any], decoding: Mapping[str, Any], stop: Stop | None
) -> dict[int, Any]:
    """For each row with a goal the piece that is nearest to it among several decodings."""
    wanted, times = sorted(plan.goals), choices(model.domain)
    again: dict[str, Any] = {
        name: [value[row] for row in wanted] * times if name in BY_ROW else value for name, value in decoding.items()
    }
    again |= {"temperature": temperature(model.domain), "top_p": 1.0, "seed": reseeded(decoding["seed"])}
    found = choose(
        model.network, model.tokenizer, model.domain, plan.codes[wanted], [rows[row] for row in wanted],
        [plan.goals[row] for row in wanted], lambda z: model.decode(z, **again, stop=stop),
        list(plan.exact.values()) if plan.joins is None else None, held=plan.prefix is not None, seed=decoding["seed"],
    )  # fmt: skip
    return dict(zip(wanted, found, strict=True))


def _kept(
    model: Codec, plan: Plan, rows: Sequence[Any], options: DecodingOptions, stop: Stop | None
) -> dict[int, Kept]:
    """How much the model keeps of the pieces that stand in a result as they are. ``rows``: what was decoded at their places."""
    if not plan.exact:
        return {}
    came_back = {index: rows[index] for index in plan.exact}
    if options.temperature > 0 or options.hold:  # then what was decoded there is not what the model keeps of the piece
        joins = plan.joins or [1] * len(rows)
        starts = [0, *accumulate(joins)]
        wanted = [row for index in plan.exact for row in range(starts[index], starts[index + 1])]
        again = model.decode(
            plan.codes[wanted],
            segments=[plan.segments[row] for row in wanted] if plan.segments is not None else None,
            prefix=[plan.prefix[row] for row in wanted] if plan.prefix is not None and options.whole and not options.hold else None,
            known=plan.known,
            joins=[joins[index] for index in plan.exact],
            stop=stop,
        )
        came_back = dict(zip(plan.exact, again, strict=True))
    return {index: kept_of(model.domain, piece, came_back[index]) for index, piece in plan.exact.items()}


def _told(options: DecodingOptions) -> dict[str, Any]:
    """The options of a person's choice, without those of decoding, which a job has for itself."""
    chosen: dict[str, Any] = {}
    if options.phrase != 1:
        chosen["phrase"] = options.phrase
    if options.bars is not None:
        chosen["bars"] = list(options.bars)
    if options.whole:
        chosen["whole"] = True
    if options.hold:
        chosen["hold"] = list(options.hold)
    if options.read:
        chosen["read"] = {str(name): value for name, value in options.read.items()}
    return chosen


def ts_of(operation: str, settings: Mapping[str, Any], count: int) -> list[float]:
    """The places of the ``count`` pieces on the path of an operation that is one, from 0 to 1; else none.

    Raises:
        DamagedFileError: the settings, which may come from a file, are not those of such an operation with so many pieces.
    """
    record = Record(settings)
    found: list[float] = []
    try:
        if operation == "interpolate":
            found = steps_between(record.whole("steps", count, count))
        elif operation == "morph":
            found = [Record({"t": t}).number("t", 0.0, 1.0) for t in record.array("ts", count)]
        elif operation == "path":
            points, steps = record.whole("points", 2, count), record.whole("steps", 2, count)
            if (points - 1) * (steps - 1) + 1 == count:
                found = [(leg + t) / (points - 1) for leg, t in legs(points, steps)]
        if operation in ("interpolate", "morph", "path") and len(found) != count:
            raise ValueError("there is not one place for each piece")
    except ValueError as error:
        raise DamagedFileError("the record of how these pieces were made is damaged ({reason}).", reason=error) from error
    return found
