"""Plain recurrent core (Elman 1990), without gates; its gradients vanish over long sequences (Bengio et al. 1994).

It serves for comparison. Encoder and decoder are described in :mod:`genstudio.models.cores._recurrent`.
"""

from __future__ import annotations

import torch
from torch import nn

from genstudio.models.cores._recurrent import RecurrentCore, RecurrentOptions

__all__ = ["CORE", "OPTIONS", "VARIANTS", "RNNCore"]


class RNNCore(RecurrentCore):
    """Plain recurrent encoder and decoder: the next state is tanh of a linear map of state and input."""

    network = nn.RNN
    kernel = staticmethod(torch._VF.rnn_tanh)
    states = 1


OPTIONS = RecurrentOptions
CORE = RNNCore
VARIANTS = ({"inputless": True},)
