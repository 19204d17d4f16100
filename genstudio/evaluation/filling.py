"""Whether what a model writes into a gap is new and fits, of a model with a summary whose pieces have bars.

Of each piece one bar is left out, drawn by chance: its details are blank, the summary and all other details are there, and what
comes before it is given (:mod:`genstudio.latent.operations.fill` does the same).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from genstudio.domains import Domain
from genstudio.evaluation.ngrams import NgramModel
from genstudio.generation.choosing import FILLINGS, TEMPERATURE
from genstudio.generation.decoding import decode_best, told_of_tokens
from genstudio.models.encoding import encode_all
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.tokens import Tokenizer

__all__ = ["filling"]


def filling(
    model: SequenceVAE,
    domain: Domain,
    tokenizer: Tokenizer,
    sequences: Sequence[np.ndarray],
    count: int,
    *,
    usual: NgramModel | None = None,
    seed: int = 0,
    check: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """What is written into a gap of one bar, of ``count`` of ``sequences`` (token ids) with two bars or more.

    Returns:
        ``gaps``: how many there were. ``gaps_copied``: the share of them that were filled with what had been there, or with one of
        the bars beside. ``gaps_cost_ratio``: what the whole pieces cost under ``usual``, an n-gram model of training pieces, by
        what the real ones do; left out where it is None. Empty where no piece has two bars.
    """
    separator = domain.grammar.separator
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
    written = decode_best(
        model,
        codes.to(model.advance.device),
        FILLINGS,
        temperature=TEMPERATURE,
        seed=seed,
        segments=[len(parts) - 1 for parts, _ in gaps],
        prefix=[_ids(tokenizer, separator.join(parts[:gap]) + separator).tolist() for parts, gap in gaps],
        sizes=told_of_tokens(tokenizer, domain.grammar.size),
        check=check,
    )
    made, copies = [], 0
    for (parts, gap), ids in zip(gaps, written, strict=True):
        found = tokenizer.decode(ids).split(separator)
        new = found[gap] if gap < len(found) else ""
        copies += new in parts[max(1, gap - 1) : gap + 2]
        made.append(separator.join([*parts[:gap], new, *parts[gap + 1 :]]))
    result: dict[str, Any] = {"gaps": len(gaps), "gaps_copied": copies / len(gaps)}
    if usual is not None:
        real = [separator.join(parts) for parts, _ in gaps]
        costs = (usual.costs(tokenizer.encode_many(symbols)).mean() for symbols in (made, real))
        result["gaps_cost_ratio"] = float(next(costs) / next(costs))
    return result


def _ids(tokenizer: Tokenizer, symbols: str) -> np.ndarray:
    return np.asarray(tokenizer.encode(symbols), np.int64)
