"""Having the pieces of a plan come out different from one another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.decoding import AT_ONCE
from genstudio.latent.codec import Codec
from genstudio.latent.plan import Plan
from genstudio.progress import Stop

__all__ = ["APART", "distinct"]

_ATTEMPTS = 8  # how often equal pieces are drawn at most
_HOTTEST = 2.0
APART = 1_000_003
"""Between the seeds of attempts."""


def distinct(
    model: Codec,
    plan: Plan,
    options: DecodingOptions,
    redraw: Callable[[int], Tensor],
    unwanted: Callable[[tuple[str, ...]], bool] = lambda symbols: False,
    warmer: float = 0.0,
    stop: Stop | None = None,
) -> tuple[Plan, list[Any], list[str]]:
    """A plan with different pieces only: what is equal to another one, or ``unwanted``, is drawn again, some times; what is still
    so then is left out, and that is said.

    Pieces keep their places in the plan, since what temperature draws for a row depends on its place.

    Args:
        redraw: from the number of a further attempt (from 1) to codes like those of the plan.
        unwanted: from the symbols of each phrase of a piece to whether it shall not come.
        warmer: how much is added to the temperature at each further attempt. Rows are then no longer what the plan decodes to.

    Returns:
        The plan, its rows as they are decoded, and remarks.
    """
    asked = wanted = len(plan.joins)
    rows: list[Any] = [None] * len(plan.codes)
    changed: Collection[int] = range(len(rows))
    doubles: set[int] = set()
    for attempt in range(_ATTEMPTS):
        if attempt:
            fresh = redraw(attempt)
            changed = [row for index in sorted(doubles) for row in _rows_of(plan, index)]
            if torch.equal(fresh[changed].nan_to_num(), plan.codes[changed].nan_to_num()):
                break  # all codes of this model are one and the same
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
        if not warmer:
            made = _decoded(model, plan, options, range(len(rows)), stop)
            rows = [made[row] for row in range(len(rows))]
        if alone:
            return plan, rows, ["nothing new was found; what comes out is given once, and a larger distance brings others."]
        doubles = _doubles(model, plan, rows, unwanted)
    told = "only one piece was found" if wanted == 1 else f"only {wanted} different pieces were found"
    return plan, rows, [f"{told}, not {asked}: the others were drawn {_ATTEMPTS} times and came out the same."]


def _rows_of(plan: Plan, index: int) -> range:
    return range(*plan.starts[index : index + 2])


def _doubles(model: Codec, plan: Plan, rows: Sequence[Any], unwanted: Callable[[tuple[str, ...]], bool]) -> set[int]:
    """The pieces that are equal to one before them, or unwanted."""
    seen, doubles = set[tuple[str, ...]](), set()
    for index in range(len(plan.joins)):
        symbols = tuple(model.domain.to_symbols(rows[row]) for row in _rows_of(plan, index))
        if symbols in seen or unwanted(symbols):
            doubles.add(index)
        seen.add(symbols)
    return doubles


def _decoded(model: Codec, plan: Plan, options: DecodingOptions, rows: Collection[int], stop: Stop | None) -> dict[int, Any]:
    """The batches of a plan that hold ``rows``, decoded as if all of it were: pieces by the number of their row."""
    found, decoding = dict[int, Any](), plan.settled(model, options)
    for start in sorted({row - row % AT_ONCE for row in rows}):
        part = range(start, min(start + AT_ONCE, len(plan.codes)))
        own = replace(decoding.of(part), seed=options.seed + start)
        found.update(zip(part, model.decode(plan.codes[list(part)], own, stop=stop), strict=True))
    return found
