"""Whether bars that a model fills in are new and fit. It applies to models with a summary, and pieces with bars.

In each piece one random bar is left out: its details are blank, while the summary and all other details are kept, and the bars
before it are given to the decoder. A result that repeats the original bar or a neighbouring one is decoded again, up to a number of
attempts (like :mod:`genstudio.latent.operations.fill`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from genstudio.decoding import Request, decode_best
from genstudio.decoding.trained import Trained
from genstudio.evaluation.ngrams import NgramModel
from genstudio.generation.choosing import FILLINGS, TEMPERATURE, WARMER, repeats
from genstudio.models.encoding import encode_all
from genstudio.progress import Check, go_on
from genstudio.tokens import Tokenizer

__all__ = ["filling"]

_ATTEMPTS = 8


def filling(
    trained: Trained,
    sequences: Sequence[np.ndarray],
    count: int,
    *,
    usual: NgramModel | None = None,
    seed: int = 0,
    check: Check = go_on,
) -> dict[str, Any]:
    """Measure the filling of gaps of one bar.

    Args:
        trained: the model, which must have a summary.
        sequences: token ids of pieces; those with two bars or more, and with the parts that the model writes, are used.
        count: the largest number of pieces.
        usual: an n-gram model of training pieces, under which costs are measured; None: costs are left out.
        seed: seed of the choice of pieces and bars, and of decoding.
        check: called while decoding; may raise to stop.

    Returns:
        ``gaps``: their number. ``gaps_copied``: share of the gaps that are, after all attempts, filled with the original bar or a
        neighbouring one. ``gaps_cost_ratio``: cost of the filled pieces under ``usual`` divided by that of the originals, left out
        where it is None. Empty where no piece has two bars.
    """
    model, tokenizer, separator = trained.network, trained.tokenizer, trained.domain.grammar.separator
    rng = np.random.default_rng(seed)
    gaps: list[tuple[list[str], int]] = []  # the part before the first bar, all bars, and which bar is the gap, from 1
    fitting = set(trained.fitting(sequences))
    for row in rng.permutation(len(sequences)):
        if int(row) not in fitting:
            continue
        symbols = tokenizer.decode(sequences[int(row)].tolist())
        parts = [symbols.partition(separator)[0], *trained.domain.bars_of(symbols)]
        if len(parts) > 2 and len(gaps) < count:
            gaps.append((parts, int(rng.integers(1, len(parts)))))
    if not gaps:
        return {}
    layout = model.layout
    codes = torch.from_numpy(encode_all(model, [_ids(tokenizer, separator.join(parts)) for parts, _ in gaps], check=check)[0])
    bar = (torch.arange(len(layout.places)) // layout.period + trained.strands - 1) // trained.strands
    codes = layout.blanked(codes, torch.stack([bar == gap for _, gap in gaps]))
    results = [list[str]()] * len(gaps)
    waiting = list(range(len(gaps)))
    for attempt in range(_ATTEMPTS):
        request = Request(
            TEMPERATURE + WARMER * attempt,
            seed=seed + attempt,
            segments=[(len(gaps[at][0]) - 1) * trained.strands for at in waiting],
            prefix=[_ids(tokenizer, separator.join(gaps[at][0][: gaps[at][1]]) + separator).tolist() for at in waiting],
            sizes=trained.sizes,
            lineup=trained.lineup,
            check=check,
        )
        written = decode_best(model, codes[waiting].to(model.advance.device), FILLINGS, request)
        for at, ids in zip(waiting, written, strict=True):
            parts, gap = gaps[at]
            found = trained.domain.bars_of(tokenizer.decode(ids))
            results[at] = [*parts[:gap], found[gap - 1] if gap <= len(found) else "", *parts[gap + 1 :]]
        waiting = [at for at in waiting if repeats(results[at][1:], gaps[at][1] - 1, gaps[at][1] - 1, gaps[at][0][1:])]
        if not waiting:
            break
    result: dict[str, Any] = {"gaps": len(gaps), "gaps_copied": len(waiting) / len(gaps)}
    if usual is not None:
        real = [separator.join(parts) for parts, _ in gaps]
        filled = [separator.join(parts) for parts in results]
        costs = (usual.costs(tokenizer.encode_many(symbols)).mean() for symbols in (filled, real))
        result["gaps_cost_ratio"] = float(next(costs) / next(costs))
    return result


def _ids(tokenizer: Tokenizer, symbols: str) -> np.ndarray:
    return np.asarray(tokenizer.encode(symbols), np.int64)
