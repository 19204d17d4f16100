"""GRU core (Cho et al. 2014): gates without a memory cell, with a quarter fewer weights than an LSTM of the same width.

Encoder and decoder are described in :mod:`genstudio.models.cores._recurrent`.
"""

from __future__ import annotations

import torch
from torch import nn

from genstudio.models.cores._recurrent import RecurrentCore, RecurrentOptions

__all__ = ["CORE", "OPTIONS", "VARIANTS", "GRUCore"]


class GRUCore(RecurrentCore):
    """GRU encoder and decoder: an update gate controls how much of the state stays, a reset gate how much enters the next one."""

    network = nn.GRU
    kernel = staticmethod(torch._VF.gru)
    states = 1


OPTIONS = RecurrentOptions
CORE = GRUCore
VARIANTS = ({"conductor": 12},)
