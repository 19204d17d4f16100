"""LSTM core (Hochreiter & Schmidhuber 1997): the usual recurrent network in the literature on sentence and melody VAEs.

Encoder and decoder are described in :mod:`genstudio.models.cores._recurrent`.
"""

from __future__ import annotations

import torch
from torch import nn

from genstudio.models.cores._recurrent import RecurrentCore, RecurrentOptions

__all__ = ["CORE", "OPTIONS", "VARIANTS", "LSTMCore"]


class LSTMCore(RecurrentCore):
    """LSTM encoder and decoder: gates and a memory cell keep information over more steps than a plain recurrent network does."""

    network = nn.LSTM
    kernel = staticmethod(torch._VF.lstm)
    states = 2


OPTIONS = RecurrentOptions
CORE = LSTMCore
VARIANTS = ({"conductor": 12}, {"inputless": True})
