"""LSTM core: a bidirectional LSTM encoder and an LSTM decoder (Bowman et al. 2016; Roberts et al. 2018, flat decoder).

z is joined to every decoder input, to the decoder's first state and, on request, to its output, so that it cannot be forgotten
on the way (He et al. 2019; Li et al. 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from genstudio.config import field
from genstudio.models.cores.base import Core, SequenceShape
from genstudio.models.latent import Posterior
from genstudio.models.positions import Positions

__all__ = ["CORE", "OPTIONS", "LSTMCore", "LSTMOptions"]


@dataclass(frozen=True)
class LSTMOptions:
    """Options of the ``lstm`` core."""

    latent_dims: int = field(32, "Latent dimensions", "Size of z.", low=1, high=4096)
    embedding: int = field(256, "Embedding width", "Size of a token's vector.", low=4, high=4096)
    encoder_hidden: int = field(320, "Encoder width", "Hidden size of each direction of the encoder.", low=4, high=4096)
    hidden: int = field(320, "Decoder width", "Hidden size of the decoder.", low=4, high=4096)
    layers: int = field(1, "Decoder layers", "LSTM layers of the decoder.", low=1, high=8)
    dropout: float = field(0.0, "Dropout", "Share of the decoder's inputs and outputs dropped in training.", low=0.0, high=0.9)
    encoder_dropout: float = field(
        -1.0,
        "Encoder dropout",
        "Share of the encoder's inputs and summary dropped in training; -1: as dropout.",
        low=-1.0,
        high=0.9,
    )
    tie: bool = field(True, "Tie embeddings", "Use the embedding as the output matrix.")
    z_at_output: bool = field(True, "z at the output", "Join z to the decoder's output as well.")


class LSTMCore(Core):
    """See the module's text; summary of the encoder: attention pooling and max pooling over its outputs, joined."""

    encoder_parts = ("encoder", "attention", "mean", "logvar", "encoder_dropout")

    def __init__(self, options: LSTMOptions, shape: SequenceShape) -> None:
        super().__init__()
        self.options = options
        self.latent_dims = options.latent_dims
        width = options.embedding
        self.embedding = nn.Embedding(shape.vocab_size, width, padding_idx=shape.pad)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.encoder = nn.LSTM(width, options.encoder_hidden, batch_first=True, bidirectional=True)
        both = 2 * options.encoder_hidden
        self.attention = nn.Linear(both, 1)
        self.mean = nn.Linear(2 * both, options.latent_dims)
        self.logvar = nn.Linear(2 * both, options.latent_dims)
        self.initial = nn.Linear(options.latent_dims, 2 * options.layers * options.hidden)
        self.decoder = nn.LSTM(
            width + options.latent_dims,
            options.hidden,
            options.layers,
            batch_first=True,
            dropout=options.dropout if options.layers > 1 else 0.0,
        )
        self.dropout = nn.Dropout(options.dropout)
        self.encoder_dropout = nn.Dropout(options.encoder_dropout if options.encoder_dropout >= 0 else options.dropout)
        joined = options.hidden + (options.latent_dims if options.z_at_output else 0)
        self.project = nn.Linear(joined, width)
        self.output = nn.Linear(width, shape.vocab_size)
        if options.tie:
            self.output.weight = self.embedding.weight

    def encode(self, ids: Tensor, mask: Tensor, positions: Positions) -> Posterior:
        lengths = mask.sum(1)
        embedded = self.encoder_dropout(self.embedding(ids))
        # Padding is on the right: the backward direction is run over each sequence reversed within its own length, so that
        # padding never reaches it. Packed sequences would do the same, several times slower on a CPU.
        index = torch.arange(ids.shape[1], device=ids.device)
        turned = torch.where(mask, lengths[:, None] - 1 - index, index)
        forward = self._run(embedded, reverse=False)
        gather = turned[..., None].expand(-1, -1, embedded.shape[-1])
        backward = self._run(embedded.gather(1, gather), reverse=True)
        backward = backward.gather(1, turned[..., None].expand(-1, -1, backward.shape[-1]))
        hidden = torch.cat([forward, backward], -1)
        scores = self.attention(hidden).squeeze(-1).masked_fill(~mask, -1e4).softmax(1)
        attended = (scores.to(hidden.dtype)[..., None] * hidden).sum(1)
        highest = hidden.masked_fill(~mask[..., None], -1e4).amax(1)
        summary = self.encoder_dropout(torch.cat([attended, highest], -1))
        return Posterior(self.mean(summary), self.logvar(summary))

    def _run(self, inputs: Tensor, reverse: bool) -> Tensor:
        suffix = "_reverse" if reverse else ""
        weights = [getattr(self.encoder, f"{kind}_l0{suffix}") for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        zero = inputs.new_zeros(1, inputs.shape[0], self.options.encoder_hidden)
        output, _, _ = torch._VF.lstm(inputs, (zero, zero), weights, True, 1, 0.0, self.training, False, True)
        return output

    def _state(self, z: Tensor) -> tuple[Tensor, Tensor]:
        initial = torch.tanh(self.initial(z)).view(len(z), 2, self.options.layers, self.options.hidden)
        hidden, cell = initial.permute(1, 2, 0, 3).contiguous()
        return hidden, cell

    def _logits(self, hidden: Tensor, z: Tensor) -> Tensor:
        if self.options.z_at_output:
            hidden = torch.cat([hidden, z], -1)
        logits: Tensor = self.output(self.project(self.dropout(hidden)))
        return logits

    def decode(self, inputs: Tensor, z: Tensor, positions: Positions) -> Tensor:
        every = z[:, None].expand(-1, inputs.shape[1], -1)
        embedded = self.dropout(self.embedding(inputs))
        hidden, _ = self.decoder(torch.cat([embedded, every], -1), self._state(z))
        return self._logits(hidden, every)

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        hidden, cell = self._state(z)
        return {"z": z, "hidden": hidden, "cell": cell}

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        joined = torch.cat([self.embedding(ids), state["z"]], -1)[:, None]
        output, (state["hidden"], state["cell"]) = self.decoder(joined, (state["hidden"], state["cell"]))
        return self._logits(output[:, 0], state["z"])

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        return {"z": state["z"][rows], "hidden": state["hidden"][:, rows], "cell": state["cell"][:, rows]}


OPTIONS = LSTMOptions
CORE = LSTMCore
