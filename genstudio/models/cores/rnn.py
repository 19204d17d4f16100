"""Plain recurrent core (Elman 1990), without the gates that were invented because its gradient fades (Bengio et al. 1994).

It is here to be compared with. Encoder and decoder are told in :mod:`genstudio.models.cores._recurrent`.
"""

from __future__ import annotations

import torch
from torch import nn

from genstudio.models.cores._recurrent import RecurrentCore, RecurrentOptions

__all__ = ["CORE", "OPTIONS", "VARIANTS", "RNNCore"]


class RNNCore(RecurrentCore):
    """The next state is the hyperbolic tangent of a sum of state and input, each times a matrix."""

    network = nn.RNN
    kernel = staticmethod(torch._VF.rnn_tanh)
    states = 1


OPTIONS = RecurrentOptions
CORE = RNNCore
VARIANTS = ({"inputless": True},)
