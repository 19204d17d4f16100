"""GRU core (Cho et al. 2014): gates without a memory cell, a quarter fewer weights than an LSTM of the same width.

Encoder and decoder are told in :mod:`genstudio.models.cores._recurrent`.
"""

from __future__ import annotations

import torch
from torch import nn

from genstudio.models.cores._recurrent import RecurrentCore, RecurrentOptions

__all__ = ["CORE", "OPTIONS", "VARIANTS", "GRUCore"]


class GRUCore(RecurrentCore):
    """An update gate says how much of the state stays, a reset gate how much of it the next one hears."""

    network = nn.GRU
    kernel = staticmethod(torch._VF.gru)
    states = 1


OPTIONS = RecurrentOptions
CORE = GRUCore
VARIANTS = ({"conductor": 12},)
