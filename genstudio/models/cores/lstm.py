"""LSTM core (Hochreiter & Schmidhuber 1997): the recurrent model of the literature on sentences and melodies.

Encoder and decoder are told in :mod:`genstudio.models.cores._recurrent`.
"""

from __future__ import annotations

import torch
from torch import nn

from genstudio.models.cores._recurrent import RecurrentCore, RecurrentOptions

__all__ = ["CORE", "OPTIONS", "VARIANTS", "LSTMCore"]


class LSTMCore(RecurrentCore):
    """Gates and a memory cell: what was heard long ago is kept where a plain network forgets it."""

    network = nn.LSTM
    kernel = staticmethod(torch._VF.lstm)
    states = 2


OPTIONS = RecurrentOptions
CORE = LSTMCore
VARIANTS = ({"conductor": 12}, {"inputless": True})
