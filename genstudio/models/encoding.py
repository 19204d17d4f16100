"""Encode many sequences to their posterior means."""

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
    """Encode sequences in batches of similar length.

    Args:
        model: the model, which is set to evaluation mode.
        sequences: token ids without BOS and EOS.
        check: called before each batch; may raise to stop.
        done: called after each batch with the number of sequences encoded so far.

    Returns:
        Posterior means, float32 [sequences, dims], zero in unused dimensions; and which dimensions each sequence uses, bool
        [sequences, dims].
    """
    model.eval()
    device = model.advance.device
    means = np.zeros((len(sequences), model.latent_dims), np.float32)
    used = np.ones(means.shape, bool)
    encoded = 0
    for rows in in_batches(sequences):
        check()
        posterior = model.posterior(torch.from_numpy(collate([sequences[row] for row in rows])).to(device))
        means[rows] = posterior.mean.float().cpu().numpy()
        if posterior.used is not None:
            used[rows] = posterior.used.cpu().numpy()
        encoded += len(rows)
        if done is not None:
            done(encoded)
    return means * used, used
