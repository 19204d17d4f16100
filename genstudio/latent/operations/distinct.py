"""Having the pieces of a plan come out different from one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from genstudio.config import DecodingOptions
from genstudio.decoding import AT_ONCE
from genstudio.latent.codec import Codec
from genstudio.latent.operations.plan import Plan, decoding_of
from genstudio.progress import Stop
from genstudio.provenance import BY_ROW

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
    asked = wanted = len(plan.joins or plan.codes)
    rows: list[Any] = [None] * len(plan.codes)
    changed: Sequence[int] = range(len(rows))
    doubles: set[int] = set()
    for attempt in range(_ATTEMPTS):
        if attempt:
            fresh = redraw(attempt)
            changed = [row for index in sorted(doubles) for row in _rows_of(plan, index)]
            if torch.equal(fresh[changed].nan_to_num(), plan.codes[changed].nan_to_num()):
                break  # all codes of this model are one and the same
            plan.codes = plan.codes.index_copy(0, torch.tensor(changed), fresh[changed])
        warm = replace(options, temperature=max(options.temperature, min(options.temperature + warmer * attempt, _HOTTEST)))
        _decode_again(model, plan, warm, rows, changed, warmer > 0, stop)
        doubles = _doubles(model, plan, rows, unwanted)
        if not doubles:
            return plan, rows, []
    while doubles:
        alone = len(doubles) == len(plan.joins or plan.codes)
        left_out = doubles - {min(doubles)} if alone else doubles
        rows = [row for index in range(wanted) if index not in left_out for row in (rows[at] for at in _rows_of(plan, index))]
        plan, wanted = plan.without(left_out), wanted - len(left_out)
        if not warmer:
            _decode_again(model, plan, options, rows, range(len(rows)), False, stop)
        if alone:
            return plan, rows, ["nothing new was found; what comes out is given once, and a larger distance brings others."]
        doubles = _doubles(model, plan, rows, unwanted)
    told = "only one piece was found" if wanted == 1 else f"only {wanted} different pieces were found"
    return plan, rows, [f"{told}, not {asked}: the others were drawn {_ATTEMPTS} times and came out the same."]


def _rows_of(plan: Plan, index: int) -> range:
    if plan.joins is None:
        return range(index, index + 1)
    start = sum(plan.joins[:index])
    return range(start, start + plan.joins[index])


def _doubles(model: Codec, plan: Plan, rows: Sequence[Any], unwanted: Callable[[tuple[str, ...]], bool]) -> set[int]:
    """The pieces that are equal to one before them, or unwanted."""
    seen, doubles, at = set[tuple[str, ...]](), set(), 0
    for index, count in enumerate(plan.joins or [1] * len(rows)):
        symbols = tuple(model.domain.to_symbols(row) for row in rows[at : at + count])
        at += count
        if symbols in seen or unwanted(symbols):
            doubles.add(index)
        seen.add(symbols)
    return doubles


def _decode_again(
    model: Codec, plan: Plan, options: DecodingOptions, rows: list[Any], changed: Iterable[int], only: bool, stop: Stop | None
) -> None:
    """Decode the batches that hold ``changed`` rows of a plan into ``rows``, as if all were decoded; or these rows ``only``."""
    decoding = decoding_of(model, plan, options)
    for batch in sorted({row // AT_ONCE for row in changed}):
        start = batch * AT_ONCE
        part = slice(start, start + AT_ONCE)
        own = {name: value[part] if name in BY_ROW else value for name, value in decoding.items()}
        made = model.decode(plan.codes[part], **{**own, "seed": options.seed + start}, stop=stop)
        for row in set(changed) & set(range(start, start + AT_ONCE)) if only else range(start, start + len(made)):
            rows[row] = made[row - start]
