"""Whether what a model writes into a gap is new and fits, of a model with a summary whose pieces have bars.

Of each piece one bar is left out, drawn by chance: its details are blank, the summary and all other details are there, and what
comes before it is given. What repeats the bar that had been there, or one beside it, is drawn again some times
(:mod:`genstudio.latent.operations.fill` does the same).
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
    """Measure what is written into a gap of one bar.

    Args:
        trained: the model, which must have a summary.
        sequences: token ids of pieces; those of two bars or more are used.
        count: how many of them at most.
        usual: an n-gram model of training pieces, which costs are measured by; None: they are left out.
        seed: of which pieces, which bars, and what is drawn.

    Returns:
        ``gaps``: how many there were. ``gaps_copied``: the share of them that are in the end filled with what had been there, or
        with one of the bars beside. ``gaps_cost_ratio``: what the whole pieces cost under ``usual``, an n-gram model of training
        pieces, by what the real ones do; left out where it is None. Empty where no piece has two bars.
    """
    model, tokenizer, separator = trained.network, trained.tokenizer, trained.domain.grammar.separator
    draw = np.random.default_rng(seed)
    gaps: list[tuple[list[str], int]] = []  # the head and the bars of a piece, and which bar is the gap, from 1
    for row in draw.permutation(len(sequences)):
        parts = tokenizer.decode(sequences[int(row)].tolist()).split(separator)
        if len(parts) > 2 and len(gaps) < count:
            gaps.append((parts, int(draw.integers(1, len(parts)))))
    if not gaps:
        return {}
    layout = model.layout
    codes = torch.from_numpy(encode_all(model, [_ids(tokenizer, separator.join(parts)) for parts, _ in gaps], check=check)[0])
    segment = torch.arange(len(layout.places)) // layout.period
    codes = layout.blanked(codes, torch.stack([segment == gap for _, gap in gaps]))
    made = [list[str]()] * len(gaps)
    waiting = list(range(len(gaps)))
    for attempt in range(_ATTEMPTS):
        request = Request(
            TEMPERATURE + WARMER * attempt,
            seed=seed + attempt,
            segments=[len(gaps[at][0]) - 1 for at in waiting],
            prefix=[_ids(tokenizer, separator.join(gaps[at][0][: gaps[at][1]]) + separator).tolist() for at in waiting],
            sizes=trained.sizes,
            check=check,
        )
        written = decode_best(model, codes[waiting].to(model.advance.device), FILLINGS, request)
        for at, ids in zip(waiting, written, strict=True):
            parts, gap = gaps[at]
            found = tokenizer.decode(ids).split(separator)
            made[at] = [*parts[:gap], found[gap] if gap < len(found) else "", *parts[gap + 1 :]]
        waiting = [at for at in waiting if repeats(made[at][1:], gaps[at][1] - 1, gaps[at][1] - 1, gaps[at][0][1:])]
        if not waiting:
            break
    result: dict[str, Any] = {"gaps": len(gaps), "gaps_copied": len(waiting) / len(gaps)}
    if usual is not None:
        real = [separator.join(parts) for parts, _ in gaps]
        filled = [separator.join(parts) for parts in made]
        costs = (usual.costs(tokenizer.encode_many(symbols)).mean() for symbols in (filled, real))
        result["gaps_cost_ratio"] = float(next(costs) / next(costs))
    return result


def _ids(tokenizer: Tokenizer, symbols: str) -> np.ndarray:
    return np.asarray(tokenizer.encode(symbols), np.int64)
