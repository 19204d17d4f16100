"""Quality of reconstructions: sequences decoded greedily, without teacher forcing, from their posterior means.

The number of segments (bars) of each sequence is given to the decoder; models of pieces of one fixed length know it anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from torch import Tensor

from genstudio.decoding import Request, decode
from genstudio.decoding.trained import Trained
from genstudio.models.sequence_vae import SequenceVAE

__all__ = ["decode_all", "reconstruction"]


def decode_all(
    model: SequenceVAE,
    means: Tensor,
    request: Request,
    *,
    batch: int = 128,
    done: Callable[[int], None] | None = None,
) -> list[list[int]]:
    """Decode codes in batches.

    Args:
        model: the model.
        means: codes, [sequences, dims].
        request: the decoding request for all rows.
        batch: number of rows that are decoded together.
        done: called with the number of rows decoded so far.

    Returns:
        Token ids of each row.
    """
    device = model.advance.device
    result: list[list[int]] = []
    for start in range(0, len(means), batch):
        rows = slice(start, start + batch)
        result += decode(model, means[rows].to(device), request.of(rows))
        if done is not None:
            done(len(result))
    return result


def token_accuracy(references: Sequence[np.ndarray], hypotheses: Sequence[Sequence[int]]) -> float:
    """Share of the tokens of the references that are at the same index in the hypotheses."""
    right = sum(sum(int(x) == y for x, y in zip(ids, ours, strict=False)) for ids, ours in zip(references, hypotheses, strict=True))
    return right / max(1, sum(len(ids) for ids in references))


def reconstruction(
    trained: Trained,
    references: Sequence[np.ndarray],
    hypotheses: Sequence[Sequence[int]] | None,
    teacher_forced: Tensor,
) -> dict[str, Any]:
    """Compute the metrics of reconstruction.

    Args:
        trained: the model.
        references: token ids of held-out sequences.
        hypotheses: token ids decoded from their codes; None for a language model, which has no codes.
        teacher_forced: [2], how many of the next tokens were predicted as the most likely ones, given the true tokens before and
            one sample of z, and how many there are.

    Returns:
        ``accuracy`` of tokens, decoding freely (None without hypotheses), ``accuracy_teacher_forced``, and the metrics of
        :meth:`genstudio.domains.Domain.compare`.
    """
    right, total = (float(value) for value in teacher_forced)
    if hypotheses is None:
        return {"accuracy": None, "accuracy_teacher_forced": right / max(1.0, total)}
    originals, written = ([trained.piece(ids) for ids in sequences] for sequences in (references, hypotheses))
    return {
        "accuracy": token_accuracy(references, hypotheses),
        "accuracy_teacher_forced": right / max(1.0, total),
        **trained.domain.compare(originals, written),
    }
