"""Posterior means of many sequences at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from genstudio.corpus import collate, in_batches
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.progress import Check, go_on

__all__ = ["encode_all"]


@torch.inference_mode()
def encode_all(
    model: SequenceVAE,
    sequences: Sequence[Sequence[int] | NDArray[Any]],
    *,
    check: Check = go_on,
    done: Callable[[int], None] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Posterior means and which dimensions each sequence uses, float32 and bool [sequences, dims]; those not used are nought.

    Args:
        sequences: token ids without begin and end.
        check: called before each batch; may raise to stop.
        done: called after each batch with the number of sequences read so far.
    """
    model.eval()
    device = model.advance.device
    means = np.zeros((len(sequences), model.latent_dims), np.float32)
    used = np.ones(means.shape, bool)
    read = 0
    for rows in in_batches(sequences):
        check()
        posterior = model.posterior(torch.from_numpy(collate([sequences[row] for row in rows])).to(device))
        means[rows] = posterior.mean.float().cpu().numpy()
        if posterior.used is not None:
            used[rows] = posterior.used.cpu().numpy()
        read += len(rows)
        if done is not None:
            done(read)
    return means * used, used
