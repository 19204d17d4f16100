"""What the recurrent cores share: a bidirectional encoder and a decoder of one kind of cell (Bowman et al. 2016; Roberts et al.
2018, flat decoder).

z is joined to every decoder input, to the decoder's first state and, on request, to its output, so that it cannot be forgotten
on the way (He et al. 2019; Li et al. 2019).

``inputless``: the decoder hears z at every step and nothing of what it wrote (Fabius & van Amersfoort 2015; the inputless decoder
of Bowman et al. 2016). All that a sequence is must then pass through z; what it writes is as good as z is, and rarely as fluent.

``conductor``: the hierarchical decoder of Roberts et al. 2018, section 3.2. A conductor of the same kind of cell makes one
embedding a segment (bar) from z; at each separator the decoder is begun anew from its segment's embedding, hears it at every step,
and hears nothing else of z or of what went before. The gradient of a late bar then reaches z in as many steps as there are bars,
not tokens. Sequences without separators are one segment. It differs from MusicVAE's in three ways: the conductor hears z at every
step (there it begins with z and hears nothing), it has one layer (there two), and the encoder is the flat decoder's, one
bidirectional layer with attention and max pooling (there two layers, of which the last states are taken).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from genstudio.config import field
from genstudio.errors import ConfigError
from genstudio.models.cores.base import Core, SequenceShape
from genstudio.models.latent import Posterior
from genstudio.models.positions import Positions, packed

__all__ = ["RecurrentCore", "RecurrentOptions"]


@dataclass(frozen=True)
class RecurrentOptions:
    """Options of the recurrent cores."""

    latent_dims: int = field(32, "Latent dimensions", "Size of z.", low=1, high=4096)
    embedding: int = field(256, "Embedding width", "Size of a token's vector.", low=4, high=4096)
    encoder_hidden: int = field(320, "Encoder width", "Hidden size of each direction of the encoder.", low=4, high=4096)
    hidden: int = field(320, "Decoder width", "Hidden size of the decoder.", low=4, high=4096)
    layers: int = field(1, "Decoder layers", "Recurrent layers of the decoder.", low=1, high=8)
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
    conductor: int = field(
        0,
        "Conductor width",
        "0: one decoder for the whole sequence. Else the size of a conductor that makes a code for each bar from z (Roberts et al. "
        "2018): for long pieces with bars.",
        low=0,
        high=4096,
    )
    inputless: bool = field(
        False,
        "Inputless decoder",
        "The decoder hears z at every step and nothing of what it wrote (Fabius & van Amersfoort 2015): all must pass through z.",
    )


class RecurrentCore(Core):
    """See the module's text; summary of the encoder: attention pooling and max pooling over its outputs, joined.

    A core says its kind of layer, torch's function of it, and how many tensors are its state.
    """

    network: ClassVar[Callable[..., nn.Module]]
    kernel: ClassVar[Callable[..., tuple[Tensor, ...]]]
    states: ClassVar[int]

    encoder_parts = ("encoder", "attention", "mean", "logvar", "encoder_dropout")

    def __init__(self, options: RecurrentOptions, shape: SequenceShape) -> None:
        super().__init__()
        if options.inputless and options.conductor:
            raise ConfigError(
                "an inputless decoder does not hear where a bar begins, which a conductor's must; choose core.inputless or "
                "core.conductor."
            )
        self.options, self.shape = options, shape
        self.latent_dims = options.latent_dims
        self.feeds_back = not options.inputless
        width = options.embedding
        told = options.conductor or options.latent_dims
        self.embedding = nn.Embedding(shape.vocab_size, width, padding_idx=shape.pad)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.encoder = self.network(width, options.encoder_hidden, batch_first=True, bidirectional=True)
        both = 2 * options.encoder_hidden
        self.attention = nn.Linear(both, 1)
        self.mean = nn.Linear(2 * both, options.latent_dims)
        self.logvar = nn.Linear(2 * both, options.latent_dims)
        self.initial = nn.Linear(told, self.states * options.layers * options.hidden)
        self.decoder = self.network(
            told if options.inputless else width + told,
            options.hidden,
            options.layers,
            batch_first=True,
            dropout=options.dropout if options.layers > 1 else 0.0,
        )
        self.dropout = nn.Dropout(options.dropout)
        self.encoder_dropout = nn.Dropout(options.encoder_dropout if options.encoder_dropout >= 0 else options.dropout)
        joined = options.hidden + (told if options.z_at_output else 0)
        self.project = nn.Linear(joined, width)
        self.output = nn.Linear(width, shape.vocab_size)
        if options.tie:
            self.output.weight = self.embedding.weight
        if options.conductor:
            self.conductor_initial = nn.Linear(options.latent_dims, self.states * options.conductor)
            self.conductor = self.network(options.latent_dims, options.conductor, batch_first=True)

    # -- the encoder

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
        first = self._hx((zero,) * self.states)
        return self.kernel(inputs, first, weights, True, 1, 0.0, self.training, False, True)[0]

    # -- the decoder

    def _hx(self, states: tuple[Tensor, ...]) -> Any:
        """The state as torch's layers take it."""
        return states if self.states > 1 else states[0]

    def _first(self, layer: nn.Linear, told: Tensor, layers: int) -> tuple[Tensor, ...]:
        """A network's state before the first step, from what it is told [batch, size]."""
        initial = torch.tanh(layer(told)).view(len(told), self.states, layers, -1)
        return tuple(initial.permute(1, 2, 0, 3).contiguous())

    def _state(self, told: Tensor) -> tuple[Tensor, ...]:
        return self._first(self.initial, told, self.options.layers)

    def _conducted(self, z: Tensor) -> Tensor:
        """The embedding of each segment, [batch, segments, size]."""
        every = z[:, None].expand(-1, self.shape.segments, -1)
        embeddings: Tensor = self.conductor(every, self._hx(self._first(self.conductor_initial, z, 1)))[0]
        return embeddings

    def _inputs(self, ids: Tensor, told: Tensor) -> Tensor:
        return told if self.options.inputless else torch.cat([self.dropout(self.embedding(ids)), told], -1)

    def _logits(self, hidden: Tensor, told: Tensor) -> Tensor:
        if self.options.z_at_output:
            hidden = torch.cat([hidden, told], -1)
        logits: Tensor = self.output(self.project(self.dropout(hidden)))
        return logits

    def decode(self, inputs: Tensor, z: Tensor, positions: Positions) -> Tensor:
        if self.options.conductor:
            return self._decode_segments(inputs, self._conducted(z), positions)
        every = z[:, None].expand(-1, inputs.shape[1], -1)
        hidden, _ = self.decoder(self._inputs(inputs, every), self._hx(self._state(z)))
        return self._logits(hidden, every)

    def _decode_segments(self, inputs: Tensor, embeddings: Tensor, positions: Positions) -> Tensor:
        """All segments at once, each in a row of its own: as many steps as the longest of them has tokens."""
        mask = inputs != self.shape.pad
        rows = packed(positions, mask, embeddings.shape[1])
        places = rows.row, rows.column
        flat = embeddings.flatten(0, 1)
        told = flat[rows.present[rows.row]]
        heard = self._inputs(inputs[mask], told)
        spread = heard.new_zeros(len(rows.present), int(rows.column.max()) + 1, heard.shape[-1]).index_put(places, heard)
        hidden, _ = self.decoder(spread, self._hx(self._state(flat[rows.present])))
        logits = self._logits(hidden[places], told)
        return logits.new_zeros(*inputs.shape, logits.shape[-1]).index_put((mask,), logits)

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        if self.options.conductor:
            embeddings = self._conducted(z)
            before = torch.full((len(z),), -1, device=z.device)
            return {"embeddings": embeddings, "segment": before, "states": self._state(embeddings[:, 0])}
        return {"told": z, "states": self._state(z)}

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        if self.options.conductor:
            told = state["embeddings"][torch.arange(len(ids), device=ids.device), segment]
            begins = (segment != state["segment"])[:, None]
            if bool(begins.any()):
                anew = self._state(told)
                state["states"] = tuple(torch.where(begins, new, old) for new, old in zip(anew, state["states"], strict=True))
            state["segment"] = segment
        else:
            told = state["told"]
        joined = self._inputs(ids, told)[:, None]
        output, states = self.decoder(joined, self._hx(state["states"]))
        state["states"] = states if self.states > 1 else (states,)
        return self._logits(output[:, 0], told)

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        kept = {name: value[rows] for name, value in state.items() if name != "states"}
        return {**kept, "states": tuple(part[:, rows] for part in state["states"])}
