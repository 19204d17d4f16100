"""Plans: what an operation decodes, row by row, and how that becomes pieces with a job from which they can be made again.

Codes are float32 [rows, dims]. A row becomes a phrase; a piece is one row, or with ``joins`` several consecutive ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from genstudio.config import DecodingOptions, drawing_of
from genstudio.domains import Kept
from genstudio.domains import kept as kept_of
from genstudio.errors import DamagedFileError
from genstudio.generation.choosing import Places, choices, choose, reseeded
from genstudio.generation.paths import legs, steps_between
from genstudio.latent.codec import Codec
from genstudio.latent.decoding import Decoding
from genstudio.latent.pieces import Pieces
from genstudio.progress import Stop
from genstudio.provenance import Job
from genstudio.records import Record

__all__ = ["Asked", "Plan", "carry_out", "chosen_of", "ts_of"]


@dataclass(frozen=True)
class Asked:
    """The request to an operation, as its job records it.

    Attributes:
        operation: the name of the operation.
        options: how codes are decoded, and which part of a source is used.
        settings: the options of the operation itself, as JSON values.
        sources: the names of the sources, for a person.
        remarks: sentences on how the request was understood.
    """

    operation: str
    options: DecodingOptions
    settings: Mapping[str, Any] = field(default_factory=dict)
    sources: Sequence[str] = ()
    remarks: Sequence[str] = ()


@dataclass
class Plan:
    """The codes that an operation decodes, and how.

    Attributes:
        codes: [rows, dims].
        metadata: maps the number of a row and its decoded piece to that piece with a tempo, a title and so on.
        decoding: how the rows are decoded; the seed and how tokens are drawn are those of the options.
        titles: the title of each piece; None: as ``metadata`` sets them.
        exact: sources that are results themselves, such as the ends of a path, by the number of their piece; it is measured how
            much of each the model keeps.
        goals: the features that rows should have, by the number of the row. At temperature 0 each of these rows is chosen among
            several decodings, see :mod:`genstudio.generation.choosing`.
    """

    codes: Tensor
    metadata: Callable[[int, Any], Any]
    decoding: Decoding
    titles: list[str] | None = None
    exact: Mapping[int, Any] = field(default_factory=dict)
    goals: Mapping[int, NDArray[np.float64]] = field(default_factory=dict)

    @property
    def joins(self) -> Sequence[int]:
        """The number of rows of each piece."""
        return self.decoding.joins or [1] * len(self.codes)

    @property
    def starts(self) -> list[int]:
        """The first row of each piece, and the number of all rows."""
        return [0, *accumulate(self.joins)]

    def without(self, pieces: Collection[int]) -> Plan:
        """The plan without some of its pieces."""
        starts = self.starts
        kept = [index for index in range(len(self.joins)) if index not in pieces]
        rows = [row for index in kept for row in range(starts[index], starts[index + 1])]
        joins = None if self.decoding.joins is None else [self.joins[index] for index in kept]
        return replace(
            self,
            codes=self.codes[rows],
            metadata=lambda row, piece: self.metadata(rows[row], piece),
            decoding=replace(self.decoding.of(rows), joins=joins),
            titles=None if self.titles is None else [self.titles[index] for index in kept],
            goals={at: self.goals[row] for at, row in enumerate(rows) if row in self.goals},
        )

    def settled(self, model: Codec, options: DecodingOptions) -> Decoding:
        """How the rows are decoded with ``options``, without joining them."""
        known = self.decoding.known if model.lexicon is not None else None
        how = replace(self.decoding, known=known, joins=None)
        return replace(how, seed=options.seed, **drawing_of(options))


def carry_out(
    model: Codec, asked: Asked, plan: Plan, *, rows: list[Any] | None = None, settled: bool = False, stop: Stop | None = None
) -> Pieces:
    """Decode a plan to pieces, with a job from which they can be made again.

    Args:
        asked: the request that the job records.
        rows: the decoded rows of the plan, where they are known already.
        settled: whether the job records the symbols of these rows, since they were chosen among several decodings; they are then
            not chosen again.

    Returns:
        The pieces, with their job.
    """
    options, decoding = asked.options, plan.settled(model, asked.options)
    rows = model.decode(plan.codes, decoding, stop=stop) if rows is None else rows
    chosen_rows = set(range(len(rows))) if settled else set()
    if plan.goals and options.temperature == 0 and not settled:
        chosen = chosen_of(model, plan, dict(enumerate(rows)), decoding, stop)
        rows = [chosen.get(row, piece) for row, piece in enumerate(rows)]
        owner = [index for index, count in enumerate(plan.joins) for _ in range(count)]
        chosen_rows = {owner[row] for row in chosen}
    finished = [plan.metadata(row, piece) for row, piece in enumerate(rows)]
    if plan.decoding.joins is not None:
        rows, finished = model.join(rows, plan.joins), model.join(finished, plan.joins)
        decoding = replace(decoding, joins=plan.joins)
    if plan.titles is not None:
        finished = [replace(piece, title=title) for piece, title in zip(finished, plan.titles, strict=True)]
    found = _kept(model, plan, rows, options, stop) if asked.operation not in ("morph", "fill") else {}
    settings = asked.settings
    if plan.exact or chosen_rows:
        itself = {**{index: rows[index] for index in chosen_rows}, **plan.exact}
        exact = [model.domain.to_symbols(itself[index]) if index in itself else None for index in range(len(rows))]
        decoding = replace(decoding, exact=exact)
        rows = model.replaced(rows, exact)
        if chosen_rows:  # else all exact pieces are sources
            settings = {**settings, "ends": sorted(plan.exact)}
        finished = [plan.exact.get(index, piece) for index, piece in enumerate(finished)]
    metadata = [model.domain.metadata(piece) for piece in finished]
    # From the metadata as the job records it, so that the job makes equal pieces.
    pieces = [model.domain.with_metadata(piece, one) for piece, one in zip(rows, metadata, strict=True)]
    job = Job(
        operation=asked.operation,
        model=model.name,
        digest=model.digest,
        seed=options.seed,
        settings={**settings, **_of_source(options)},
        sources=tuple(asked.sources),
        codes=plan.codes.detach().cpu().numpy().copy(),
        decoding=decoding.given(),
        metadata=tuple(metadata),
    )
    ts = ts_of(asked.operation, settings, len(pieces))
    return Pieces(pieces, domain=model.domain, remarks=list(dict.fromkeys(asked.remarks)), ts=ts, job=job, kept=found)


def chosen_of(
    model: Codec, plan: Plan, rows: Mapping[int, Any], decoding: Decoding, stop: Stop | None, times: int = 0,
    temperature: float = 0.0,
) -> dict[int, Any]:  # fmt: skip
    """For each of ``rows`` with a goal the piece that fits best among several decodings, by the number of the row.

    Args:
        rows: the greedy decodings, by the number of their row.
        times, temperature: the number of random decodings of each, and their temperature; 0: those of the domain.
    """
    wanted, times = sorted(set(plan.goals) & set(rows)), times or choices(model.domain)
    warmth = temperature or model.domain.choice.temperature
    again = replace(decoding.of(wanted * times), temperature=warmth, top_p=1.0, seed=reseeded(decoding.seed))
    places = Places(
        plan.codes[wanted],
        [rows[row] for row in wanted],
        [plan.goals[row] for row in wanted],
        lambda z: model.decode(z, again, stop=stop),
        list(plan.exact.values()) if plan.decoding.joins is None else None,
        held=decoding.prefix is not None,
        times=times,
    )
    return dict(zip(wanted, choose(model.trained, places, decoding.seed), strict=True))


def _kept(model: Codec, plan: Plan, rows: Sequence[Any], options: DecodingOptions, stop: Stop | None) -> dict[int, Kept]:
    """How much the model keeps of the sources that are results themselves; ``rows`` are the decoded pieces."""
    if not plan.exact:
        return {}
    reconstructed = {index: rows[index] for index in plan.exact}
    if options.temperature > 0 or options.hold:  # then the decoded piece is no greedy reconstruction
        starts = plan.starts
        wanted = [row for index in plan.exact for row in range(starts[index], starts[index + 1])]
        own = plan.decoding.of(wanted)
        again = Decoding(
            segments=own.segments,
            prefix=own.prefix if options.whole and not options.hold else None,
            known=own.known,
            joins=[plan.joins[index] for index in plan.exact],
        )
        reconstructed = dict(zip(plan.exact, model.decode(plan.codes[wanted], again, stop=stop), strict=True))
    return {index: kept_of(model.domain, piece, reconstructed[index]) for index, piece in plan.exact.items()}


def _of_source(options: DecodingOptions) -> dict[str, Any]:
    """The options that choose a part of a source, as settings of a job; those of decoding are recorded elsewhere."""
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
    """The positions of ``count`` pieces on the path of an operation, from 0 to 1; empty for operations that are no path.

    Raises:
        DamagedFileError: the settings, which may come from a file, do not fit the operation and the number of pieces.
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
