"""Convolution core: the decoder has dilated causal convolutions (Yang et al. 2017), the encoder a convolution and a maximum.

Layer ``l`` looks ``2**l`` tokens back, so that few layers see far. z is added to the input of every layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from genstudio.config import field
from genstudio.models.cores.base import Core, SequenceShape
from genstudio.models.latent import Posterior
from genstudio.models.positions import Positions

__all__ = ["CORE", "OPTIONS", "ConvolutionCore", "ConvolutionOptions"]

_TAPS = 3  # tokens that a layer sees: the present one and two earlier ones


@dataclass(frozen=True)
class ConvolutionOptions:
    """Options of the ``convolution`` core."""

    latent_dims: int = field(32, "Latent dimensions", "Size of z.", low=1, high=4096)
    width: int = field(256, "Width", "Size of a token's vector, in all layers.", low=16, high=4096)
    layers: int = field(4, "Layers", "Layers of the decoder; each looks twice as far back as the one before.", low=1, high=12)


class ConvolutionCore(Core):
    """The convolution core; the decoder's state has, for each layer, the past inputs that it still needs."""

    shared_parts = ("embedding", "segment", "phase")
    encoder_parts = ("read", "mean", "logvar")

    def __init__(self, options: ConvolutionOptions, shape: SequenceShape) -> None:
        super().__init__()
        self.latent_dims = options.latent_dims
        width = options.width
        self.embedding = nn.Embedding(shape.vocab_size, width, padding_idx=shape.pad)
        self.segment = nn.Embedding(shape.segments, width)
        self.phase = nn.Embedding(shape.phases, width)
        self.read = nn.Conv1d(width, width, _TAPS, padding=_TAPS // 2)
        self.mean = nn.Linear(width, options.latent_dims)
        self.logvar = nn.Linear(width, options.latent_dims)
        self.layers = nn.ModuleList(nn.Conv1d(width, width, _TAPS, dilation=2**layer) for layer in range(options.layers))
        self.hear = nn.ModuleList(nn.Linear(options.latent_dims, width) for _ in range(options.layers))
        self.output = nn.Linear(width, shape.vocab_size)

    def _embedded(self, ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        embedded: Tensor = self.embedding(ids) + self.segment(segment) + self.phase(phase)
        return embedded

    def encode(self, ids: Tensor, mask: Tensor, positions: Positions) -> Posterior:
        # Zero on padding, as beyond the ends, so that the length of the batch changes nothing.
        embedded = self._embedded(ids, positions.segment, positions.phase) * mask[..., None]
        hidden = F.gelu(self.read(embedded.mT)).masked_fill(~mask[:, None], -1e4)
        summary = hidden.amax(2)
        return Posterior(self.mean(summary), self.logvar(summary))

    def decode(self, inputs: Tensor, z: Tensor, positions: Positions) -> Tensor:
        hidden = self._embedded(inputs, positions.segment, positions.phase).mT
        for layer, convolution in enumerate(self.layers):
            heard = hidden + self.hear[layer](z)[..., None]
            hidden = hidden + F.gelu(convolution(F.pad(heard, (self._back(layer), 0))))
        logits: Tensor = self.output(hidden.mT)
        return logits

    @staticmethod
    def _back(layer: int) -> int:
        return int((_TAPS - 1) * 2**layer)

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        width = self.embedding.embedding_dim
        before = {f"layer{layer}": z.new_zeros(len(z), width, self._back(layer)) for layer in range(len(self.layers))}
        return {"z": z, **before}

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        hidden = self._embedded(ids, segment, phase)[..., None]
        for layer, convolution in enumerate(self.layers):
            heard = torch.cat([state[f"layer{layer}"], hidden + self.hear[layer](state["z"])[..., None]], 2)
            hidden = hidden + F.gelu(convolution(heard))
            state[f"layer{layer}"] = heard[..., 1:]
        logits: Tensor = self.output(hidden[..., 0])
        return logits

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        return {name: value[rows] for name, value in state.items()}


OPTIONS = ConvolutionOptions
CORE = ConvolutionCore
