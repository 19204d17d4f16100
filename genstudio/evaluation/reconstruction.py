"""How well sequences come back from their own codes: free-running greedy decoding from the posterior mean.

The decoder is told how many segments (bars) a sequence has, as models of pieces of one fixed length know it without being told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from torch import Tensor

from genstudio.decoding import Request, decode
from genstudio.domains import Domain
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.tokens import Tokenizer

__all__ = ["decode_all", "reconstruction", "segments_of"]


def decode_all(
    model: SequenceVAE,
    means: Tensor,
    request: Request,
    *,
    batch: int = 128,
    done: Callable[[int], None] | None = None,
) -> list[list[int]]:
    """Decodes of all ``means`` [sequences, dims], ``batch`` at a time; ``done`` is called with how many there are."""
    device = model.advance.device
    result: list[list[int]] = []
    for start in range(0, len(means), batch):
        rows = slice(start, start + batch)
        result += decode(model, means[rows].to(device), request.of(rows))
        if done is not None:
            done(len(result))
    return result


def segments_of(model: SequenceVAE, sequences: Sequence[np.ndarray]) -> list[int]:
    """The number of separators in each of ``sequences``."""
    return [int((ids == model.spec.separator).sum()) for ids in sequences]


def token_accuracy(references: Sequence[np.ndarray], hypotheses: Sequence[Sequence[int]]) -> float:
    """Share of the references' tokens that stand at the same place in the hypotheses."""
    right = sum(sum(int(x) == y for x, y in zip(ids, ours, strict=False)) for ids, ours in zip(references, hypotheses, strict=True))
    return right / max(1, sum(len(ids) for ids in references))


def reconstruction(
    domain: Domain,
    tokenizer: Tokenizer,
    references: Sequence[np.ndarray],
    hypotheses: Sequence[Sequence[int]] | None,
    teacher_forced: Tensor,
) -> dict[str, Any]:
    """Measures of reconstruction, all over the same held-out sequences.

    ``accuracy``: free-running token accuracy, place by place; ``accuracy_teacher_forced``: next tokens that were the likeliest
    given the true ones before them and one sample of z (``teacher_forced`` [2]: right, in all); the others are the domain's
    (its ``compare``). Where there are no ``hypotheses`` because there is nothing to decode from (a language model), only the
    second is given.
    """
    right, total = (float(value) for value in teacher_forced)
    if hypotheses is None:
        return {"accuracy": None, "accuracy_teacher_forced": right / max(1.0, total)}
    originals = [domain.from_symbols(tokenizer.decode(ids.tolist())) for ids in references]
    written = [domain.from_symbols(tokenizer.decode(ids)) for ids in hypotheses]
    return {
        "accuracy": token_accuracy(references, hypotheses),
        "accuracy_teacher_forced": right / max(1.0, total),
        **domain.compare(originals, written),
    }
