"""Decode a plan to pieces that all differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.decoding import AT_ONCE
from genstudio.generation.choosing import REWORDING, REWORDINGS
from genstudio.latent.codec import Codec
from genstudio.latent.plan import Plan, chosen_of
from genstudio.progress import Stop

__all__ = ["APART", "ATTEMPTS", "distinct"]

ATTEMPTS = 8
"""The largest number of times that a piece is drawn."""

_HOTTEST = 2.0
APART = 1_000_003
"""The distance between the seeds of attempts."""


def distinct(
    model: Codec,
    plan: Plan,
    options: DecodingOptions,
    redraw: Callable[[int], Tensor],
    unwanted: Callable[[tuple[str, ...]], bool] = lambda symbols: False,
    warmer: float = 0.0,
    stop: Stop | None = None,
) -> tuple[Plan, list[Any], list[str]]:
    """Decode a plan, drawing pieces again that equal an earlier one or are unwanted, and leaving them out if that does not help.

    Pieces keep their positions in the plan, since the random numbers of a row depend on its position. At temperature 0 rows of the
    plan with goals are chosen among several decodings (see :mod:`genstudio.generation.choosing`).

    Args:
        redraw: maps the number of an attempt (from 1) to new codes for all rows of the plan.
        unwanted: whether a piece is unwanted, from the symbols of each of its phrases.
        warmer: added to the temperature at each further attempt. The rows are then no longer those that the plan decodes to.

    Returns:
        The plan without the pieces that were left out, its decoded rows, and remarks on them.
    """
    asked = wanted = len(plan.joins)
    rows: list[Any] = [None] * len(plan.codes)
    changed: Collection[int] = range(len(rows))
    doubles: set[int] = set()
    for attempt in range(ATTEMPTS):
        if attempt:
            fresh = redraw(attempt)
            changed = [row for index in sorted(doubles) for row in _rows_of(plan, index)]
            if torch.equal(fresh[changed].nan_to_num(), plan.codes[changed].nan_to_num()):
                break  # this model has one code for all pieces
            plan.codes = plan.codes.index_copy(0, torch.tensor(changed), fresh[changed])
        warm = replace(options, temperature=max(options.temperature, min(options.temperature + warmer * attempt, _HOTTEST)))
        made = _decoded(model, plan, warm, changed, stop)
        rows = [made.get(row, piece) if not warmer or row in changed else piece for row, piece in enumerate(rows)]
        doubles = _doubles(model, plan, rows, unwanted)
        if not doubles:
            return plan, rows, []
    while doubles:
        alone = len(doubles) == len(plan.joins)
        left_out = doubles - {min(doubles)} if alone else doubles
        rows = [row for index in range(wanted) if index not in left_out for row in (rows[at] for at in _rows_of(plan, index))]
        plan, wanted = plan.without(left_out), wanted - len(left_out)
        if not warmer and not plan.goals:
            made = _decoded(model, plan, options, range(len(rows)), stop)
            rows = [made[row] for row in range(len(rows))]
        if alone:
            return plan, rows, ["nothing new was found; the result is given once, and a larger distance gives others."]
        doubles = _doubles(model, plan, rows, unwanted)
    found = "only one piece was found" if wanted == 1 else f"only {wanted} different pieces were found"
    return plan, rows, [f"{found}, not {asked}: the others were drawn {ATTEMPTS} times and came out the same."]


def _rows_of(plan: Plan, index: int) -> range:
    return range(*plan.starts[index : index + 2])


def _doubles(model: Codec, plan: Plan, rows: Sequence[Any], unwanted: Callable[[tuple[str, ...]], bool]) -> set[int]:
    """The numbers of the pieces that equal an earlier one or are unwanted."""
    seen, doubles = set[tuple[str, ...]](), set()
    for index in range(len(plan.joins)):
        symbols = tuple(model.domain.to_symbols(rows[row]) for row in _rows_of(plan, index))
        if symbols in seen or unwanted(symbols):
            doubles.add(index)
        seen.add(symbols)
    return doubles


def _decoded(model: Codec, plan: Plan, options: DecodingOptions, rows: Collection[int], stop: Stop | None) -> dict[int, Any]:
    """Decode only the batches of a plan that contain ``rows``, with the same result as if the whole plan were decoded.

    Returns:
        Decoded pieces by the number of their row.
    """
    found, decoding = dict[int, Any](), plan.settled(model, options)
    for start in sorted({row - row % AT_ONCE for row in rows}):
        part = range(start, min(start + AT_ONCE, len(plan.codes)))
        own = replace(decoding.of(part), seed=options.seed + start)
        found.update(zip(part, model.decode(plan.codes[list(part)], own, stop=stop), strict=True))
    if plan.goals and options.temperature == 0:
        found |= chosen_of(model, plan, {row: found[row] for row in rows}, decoding, stop, REWORDINGS, REWORDING)
    return found
