"""Feed-forward core: no recurrent state.

The encoder maps each token, with its index, through a small network and pools the results by mean and maximum into one vector (deep
sets, Zaheer et al. 2017). The decoder predicts each token from z, its position, and a window of the tokens before it: the neural
n-gram model of Bengio et al. 2003, conditioned on a code. The position consists of the index of the token in sines and cosines
(Vaswani et al. 2017), which works for sequences of any length, and of its segment and phase.

``inputless``: without the window, and without segment and phase, which depend on the tokens. Each token is predicted from z and its
index alone, so all are independent given z.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from genstudio.config import field
from genstudio.models.cores.base import Core, SequenceShape
from genstudio.models.latent import Posterior
from genstudio.models.positions import Positions

__all__ = ["CORE", "OPTIONS", "VARIANTS", "MLPCore", "MLPOptions"]

_INDEX = 32  # number of sines and cosines of the index of a token
_SLOWEST = 1000.0  # tokens per radian of the slowest of them


@dataclass(frozen=True)
class MLPOptions:
    """Options of the ``mlp`` core."""

    latent_dims: int = field(32, "Latent dimensions", "Size of z.", low=1, high=4096)
    embedding: int = field(128, "Embedding width", "Size of a token's vector.", low=4, high=4096)
    encoder_hidden: int = field(320, "Encoder width", "Hidden size of the encoder.", low=4, high=4096)
    hidden: int = field(320, "Decoder width", "Hidden size of the decoder.", low=4, high=4096)
    layers: int = field(2, "Decoder layers", "Hidden layers of the decoder.", low=1, high=8)
    window: int = field(8, "Window", "Previous tokens that the decoder reads.", unit="tokens", low=1, high=64)
    dropout: float = field(0.0, "Dropout", "Share of the inputs and of each layer's output dropped in training.", low=0.0, high=0.9)
    inputless: bool = field(
        False,
        "Inputless decoder",
        "The decoder reads z at every step and no previous token (Fabius & van Amersfoort 2015): all must pass through z.",
    )


class MLPCore(Core):
    """The feed-forward core, see the description of the module."""

    encoder_parts = ("read", "gather", "mean", "logvar")

    def __init__(self, options: MLPOptions, shape: SequenceShape) -> None:
        super().__init__()
        self.options, self.shape = options, shape
        self.latent_dims = options.latent_dims
        self.feeds_back = not options.inputless
        width = options.embedding

        def layer(size: int, out: int) -> nn.Sequential:
            return nn.Sequential(nn.Linear(size, out), nn.ReLU(), nn.Dropout(options.dropout))

        self.embedding = nn.Embedding(shape.vocab_size, width, padding_idx=shape.pad)
        self.read = nn.Sequential(layer(width + _INDEX, options.encoder_hidden), nn.Linear(options.encoder_hidden, width))
        self.gather = layer(2 * width, options.encoder_hidden)
        self.mean = nn.Linear(options.encoder_hidden, options.latent_dims)
        self.logvar = nn.Linear(options.encoder_hidden, options.latent_dims)
        self.code = nn.Linear(options.latent_dims, options.hidden)
        self.index = nn.Linear(_INDEX, options.hidden, bias=False)
        if not options.inputless:
            self.segment = nn.Embedding(shape.segments, options.hidden)
            self.phase = nn.Embedding(shape.phases, options.hidden)
            self.before = nn.Linear(options.window * width, options.hidden, bias=False)
        self.deeper = nn.Sequential(*(layer(options.hidden, options.hidden) for _ in range(options.layers - 1)))
        self.dropout = nn.Dropout(options.dropout)
        self.project = nn.Linear(options.hidden, width)
        self.bias = nn.Parameter(torch.zeros(shape.vocab_size))
        nn.init.normal_(self.embedding.weight, std=0.1)
        if not options.inputless:
            nn.init.normal_(self.segment.weight, std=0.1)
            nn.init.normal_(self.phase.weight, std=0.1)

    def _places(self, index: Tensor) -> Tensor:
        """Sines and cosines of ``index`` [...]: [..., _INDEX]."""
        steps = torch.arange(_INDEX // 2, device=index.device, dtype=self.bias.dtype) / (_INDEX // 2 - 1)
        angle = index[..., None] * torch.exp(-math.log(_SLOWEST) * steps)
        return torch.cat([angle.sin(), angle.cos()], -1)

    def encode(self, ids: Tensor, mask: Tensor, positions: Positions) -> Posterior:
        places = self._places(torch.arange(ids.shape[1], device=ids.device))
        embedded = self.dropout(self.embedding(ids))
        read = self.read(torch.cat([embedded, places.expand(len(ids), -1, -1)], -1))
        mean = (read * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        highest = read.masked_fill(~mask[..., None], -1e4).amax(1)
        summary = self.gather(torch.cat([mean, highest], -1))
        return Posterior(self.mean(summary), self.logvar(summary))

    def _logits(self, first: Tensor) -> Tensor:
        hidden = self.project(self.deeper(self.dropout(F.relu(first))))
        return F.linear(hidden, self.embedding.weight, self.bias)

    def decode(self, inputs: Tensor, z: Tensor, positions: Positions) -> Tensor:
        time = inputs.shape[1]
        first = self.code(z)[:, None] + self.index(self._places(torch.arange(time, device=inputs.device)))
        if self.feeds_back:
            embedded = F.pad(self.dropout(self.embedding(inputs)), (0, 0, self.options.window - 1, 0))
            windows = embedded.unfold(1, self.options.window, 1).transpose(2, 3).flatten(2)
            first = first + self.before(windows) + self.segment(positions.segment) + self.phase(positions.phase)
        return self._logits(first)

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        options = self.options
        return {"code": self.code(z), "window": z.new_zeros(len(z), options.window, options.embedding), "at": 0}

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        first = state["code"] + self.index(self._places(torch.tensor(state["at"], device=ids.device)))
        state["at"] += 1
        if self.feeds_back:
            state["window"] = torch.cat([state["window"][:, 1:], self.embedding(ids)[:, None]], 1)
            first = first + self.before(state["window"].flatten(1)) + self.segment(segment) + self.phase(phase)
        return self._logits(first)

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        return {**state, "code": state["code"][rows], "window": state["window"][rows]}


OPTIONS = MLPOptions
CORE = MLPCore
VARIANTS = ({"inputless": True},)
