"""The recurrent cores: a bidirectional encoder and a decoder with the same type of cell (Bowman et al. 2016; Roberts et al. 2018,
flat decoder).

z is concatenated to every input of the decoder, determines its initial state and, with ``z_at_output``, is concatenated to its
output, so that it is not forgotten along the sequence (He et al. 2019; Li et al. 2019).

``inputless``: the decoder reads z at every step and none of the previous tokens (Fabius & van Amersfoort 2015; the inputless
decoder of Bowman et al. 2016). All information about a sequence must then pass through z; the output is rarely as fluent.

``conductor``: the hierarchical decoder of Roberts et al. 2018, section 3.2. A conductor with the same type of cell computes one
embedding for each segment (bar) from z. At each separator the state of the decoder is reset to one computed from the embedding of
the segment, which is also part of every input; the decoder reads nothing else of z or of earlier segments. The gradient of a late
bar thus reaches z in as many steps as there are bars, not tokens. Sequences without separators are one segment. There are three
differences from MusicVAE: the conductor reads z at every step (there z is only its initial state), it has one layer (there two),
and the encoder is the same as for the flat decoder, one bidirectional layer with attention and max pooling (there two layers with
the last states).
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
        "The decoder reads z at every step and no previous token (Fabius & van Amersfoort 2015): all must pass through z.",
    )


class RecurrentCore(Core):
    """Base of the recurrent cores, see the description of the module.

    The outputs of the encoder are pooled by attention and by maximum, and both are concatenated.

    Attributes:
        network: the class of torch's recurrent layer.
        kernel: torch's function that computes such a layer.
        states: how many tensors the state of a layer consists of.
    """

    network: ClassVar[Callable[..., nn.Module]]
    kernel: ClassVar[Callable[..., tuple[Tensor, ...]]]
    states: ClassVar[int]

    encoder_parts = ("encoder", "attention", "mean", "logvar", "encoder_dropout")

    def __init__(self, options: RecurrentOptions, shape: SequenceShape) -> None:
        super().__init__()
        if options.inputless and options.conductor:
            raise ConfigError(
                "an inputless decoder does not know where a bar begins, which a conductor's must; choose core.inputless or "
                "core.conductor."
            )
        self.options, self.shape = options, shape
        self.latent_dims = options.latent_dims
        self.feeds_back = not options.inputless
        width = options.embedding
        condition_dims = options.conductor or options.latent_dims
        self.embedding = nn.Embedding(shape.vocab_size, width, padding_idx=shape.pad)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.encoder = self.network(width, options.encoder_hidden, batch_first=True, bidirectional=True)
        both = 2 * options.encoder_hidden
        self.attention = nn.Linear(both, 1)
        self.mean = nn.Linear(2 * both, options.latent_dims)
        self.logvar = nn.Linear(2 * both, options.latent_dims)
        self.initial = nn.Linear(condition_dims, self.states * options.layers * options.hidden)
        self.decoder = self.network(
            condition_dims if options.inputless else width + condition_dims,
            options.hidden,
            options.layers,
            batch_first=True,
            dropout=options.dropout if options.layers > 1 else 0.0,
        )
        self.dropout = nn.Dropout(options.dropout)
        self.encoder_dropout = nn.Dropout(options.encoder_dropout if options.encoder_dropout >= 0 else options.dropout)
        joined = options.hidden + (condition_dims if options.z_at_output else 0)
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
        # Padding is on the right. For the backward direction each sequence is reversed within its own length, so that padding does
        # not affect it. Packed sequences would give the same, several times slower on a CPU.
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
        """Run one direction of the encoder from left to right over ``inputs`` [batch, time, width]."""
        suffix = "_reverse" if reverse else ""
        weights = [getattr(self.encoder, f"{kind}_l0{suffix}") for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        zero = inputs.new_zeros(1, inputs.shape[0], self.options.encoder_hidden)
        first = self._hx((zero,) * self.states)
        return self.kernel(inputs, first, weights, True, 1, 0.0, self.training, False, True)[0]

    # -- the decoder

    def _hx(self, states: tuple[Tensor, ...]) -> Any:
        """The state in the form that the layers of torch expect."""
        return states if self.states > 1 else states[0]

    def _first(self, layer: nn.Linear, condition: Tensor, layers: int) -> tuple[Tensor, ...]:
        """The initial state of a network, computed by ``layer`` from its condition [batch, size]."""
        initial = torch.tanh(layer(condition)).view(len(condition), self.states, layers, -1)
        return tuple(initial.permute(1, 2, 0, 3).contiguous())

    def _state(self, condition: Tensor) -> tuple[Tensor, ...]:
        return self._first(self.initial, condition, self.options.layers)

    def _segment_embeddings(self, z: Tensor) -> Tensor:
        """The embedding of each segment from the conductor, [batch, segments, size]."""
        every = z[:, None].expand(-1, self.shape.segments, -1)
        embeddings: Tensor = self.conductor(every, self._hx(self._first(self.conductor_initial, z, 1)))[0]
        return embeddings

    def _inputs(self, ids: Tensor, condition: Tensor) -> Tensor:
        return condition if self.options.inputless else torch.cat([self.dropout(self.embedding(ids)), condition], -1)

    def _logits(self, hidden: Tensor, condition: Tensor) -> Tensor:
        if self.options.z_at_output:
            hidden = torch.cat([hidden, condition], -1)
        logits: Tensor = self.output(self.project(self.dropout(hidden)))
        return logits

    def decode(self, inputs: Tensor, z: Tensor, positions: Positions) -> Tensor:
        if self.options.conductor:
            return self._decode_segments(inputs, self._segment_embeddings(z), positions)
        every = z[:, None].expand(-1, inputs.shape[1], -1)
        hidden, _ = self.decoder(self._inputs(inputs, every), self._hx(self._state(z)))
        return self._logits(hidden, every)

    def _decode_segments(self, inputs: Tensor, embeddings: Tensor, positions: Positions) -> Tensor:
        """Decode all segments in parallel, each as a row of its own."""
        mask = inputs != self.shape.pad
        rows = packed(positions, mask, embeddings.shape[1])
        places = rows.row, rows.column
        flat = embeddings.flatten(0, 1)
        condition = flat[rows.present[rows.row]]
        joined = self._inputs(inputs[mask], condition)
        spread = joined.new_zeros(len(rows.present), int(rows.column.max()) + 1, joined.shape[-1]).index_put(places, joined)
        hidden, _ = self.decoder(spread, self._hx(self._state(flat[rows.present])))
        logits = self._logits(hidden[places], condition)
        return logits.new_zeros(*inputs.shape, logits.shape[-1]).index_put((mask,), logits)

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        if self.options.conductor:
            embeddings = self._segment_embeddings(z)
            before = torch.full((len(z),), -1, device=z.device)
            return {"embeddings": embeddings, "segment": before, "states": self._state(embeddings[:, 0])}
        return {"condition": z, "states": self._state(z)}

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        if self.options.conductor:
            condition = state["embeddings"][torch.arange(len(ids), device=ids.device), segment]
            begins = (segment != state["segment"])[:, None]
            if bool(begins.any()):
                fresh = self._state(condition)
                state["states"] = tuple(torch.where(begins, new, old) for new, old in zip(fresh, state["states"], strict=True))
            state["segment"] = segment
        else:
            condition = state["condition"]
        joined = self._inputs(ids, condition)[:, None]
        output, states = self.decoder(joined, self._hx(state["states"]))
        state["states"] = states if self.states > 1 else (states,)
        return self._logits(output[:, 0], condition)

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        kept = {name: value[rows] for name, value in state.items() if name != "states"}
        return {**kept, "states": tuple(part[:, rows] for part in state["states"])}
