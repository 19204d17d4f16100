"""Transformer core with a code for every cell of every segment.

A segment (bar) is divided by phase into cells (beats). Each cell has a slot, which gives ``slot_dims`` dimensions of z. The encoder
reads each segment separately with a small bidirectional transformer in which the slots stand before the tokens, like the summary
token of BERT (Devlin et al. 2019), but several as in the Perceiver (Jaegle et al. 2021); the input of a slot is a learned query
plus the mean of the tokens whose onset is in its cell. A second transformer, over all slots of the sequence, then lets the segments
attend to each other. The decoder first mixes the codes of all segments by self-attention (in the role of the conductor of MusicVAE,
Roberts et al. 2018), then writes the tokens with a causal transformer. The input of each token includes its position, the code of
the cell in which the next token begins, and the output of the conductor for its segment. With one vector for the whole sequence the
decoder would have to unpack it step by step, which keeps flat models from reconstructing long pieces.

Sequences without separators are one segment, which is divided into cells as well.

With ``summary_dims`` above 0 the code consists of *a summary and details*: z begins with a vector about the whole sequence,
computed by an extra token in the mixing layers; the codes of the cells follow as details, any of which may be blank (NaN; see
:mod:`genstudio.models.cores.base`). The decoder then has no conductor. Instead, each of its layers also attends to the summary and
all details (Vaswani et al. 2017), with a learned vector in place of blank ones. So one decoder learns p(x | summary, any subset of
the details), as a denoising autoencoder learns from corrupted inputs.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from genstudio.config import field
from genstudio.errors import ConfigError
from genstudio.models.cores.base import Core, SequenceShape
from genstudio.models.latent import Posterior
from genstudio.models.positions import Positions, packed

__all__ = ["CORE", "OPTIONS", "VARIANTS", "TransformerCore", "TransformerOptions"]


@dataclass(frozen=True)
class TransformerOptions:
    """Options of the ``transformer`` core."""

    width: int = field(192, "Width", "Size of a token's vector; a multiple of the number of heads.", low=8, high=4096)
    heads: int = field(4, "Heads", "Attention heads of each layer.", low=1, high=64)
    encoder_layers: int = field(2, "Encoder layers", "Layers that read each segment by itself.", low=1, high=24)
    mixing_layers: int = field(1, "Mixing layers", "Layers in which the segments see each other.", low=0, high=24)
    conductor_layers: int = field(1, "Conductor layers", "Layers that mix the codes before decoding.", low=0, high=24)
    decoder_layers: int = field(3, "Decoder layers", "Causal layers of the decoder.", low=1, high=24)
    slots: int = field(
        6, "Cells a segment", "Cells with a slot of their own; what lies beyond belongs to the last.", low=1, high=256
    )
    cell: int = field(
        24, "Cell size", "Size of a cell, in the domain's units of advance (for melodies 24 are a quarter).", low=1, high=65536
    )
    slot_dims: int = field(12, "Dimensions a slot", "Latent dimensions that each slot gives.", low=1, high=1024)
    summary_dims: int = field(
        0,
        "Summary dimensions",
        "Size of the part of the code that is about the whole sequence; 0: there is none. With one, details can be blank.",
        low=0,
        high=4096,
    )
    feedforward: int = field(4, "Feed-forward ratio", "Width of the feed-forward part, in widths.", low=1, high=8)
    dropout: float = field(0.0, "Dropout", "Share of each layer's output dropped in training.", low=0.0, high=0.9)


Keep = Callable[[Tensor, Tensor], object]
"""Receives the keys and the values of a layer, each [batch, heads, time, width / heads]."""


def attention(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
    """Scaled dot-product attention (Vaswani et al. 2017).

    Args:
        query, key, value: [batch, heads, time, width / heads].
        mask: bool [batch, 1, 1, time], True at positions that are attended to; None: all.
        causal: whether each query attends only to its own and earlier positions.

    Returns:
        [batch, heads, time, width / heads].
    """
    if query.device.type == "cpu" and query.dtype == torch.bfloat16:
        # On a CPU the backward pass takes twenty times as long in bfloat16 as in float32.
        with torch.autocast("cpu", enabled=False):
            return F.scaled_dot_product_attention(query.float(), key.float(), value.float(), attn_mask=mask, is_causal=causal)
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=causal)


@dataclass
class _Sharing:
    """Attention of rows that share the same details but have different summaries.

    Rows with the same details form a group, whose memory is read once for all of them, so that decoding one code many times costs
    little more than decoding it once.

    Attributes:
        slot: int64 [rows]; row i is query ``slot[i] // groups`` of the group ``slot[i] % groups``.
        groups: number of groups.
        own: for each layer, key and value of the summary of each row, [2, rows, heads, width / heads].
    """

    slot: Tensor
    groups: int
    own: list[Tensor]

    def select(self, rows: Tensor) -> _Sharing:
        """The same for some of the rows, given by their indices."""
        return _Sharing(self.slot[rows], self.groups, [part[:, rows] for part in self.own])

    def attend(self, query: Tensor, memory: Tensor, layer: int) -> Tensor:
        """Attend from ``query`` [rows, heads, size] to its summary and to ``memory`` [2, groups, heads, places, size]."""
        keys, values = memory.unbind(0)
        own_key, own_value = self.own[layer].unbind(0)
        query = query * query.shape[-1] ** -0.5
        queries = self._spread(query).movedim(0, 2)  # [groups, heads, queries, size]
        scores = queries @ keys.transpose(-1, -2)
        own = self._spread((query * own_key).sum(-1)).movedim(0, 2)
        weights = torch.cat([own[..., None], scores], -1).softmax(-1)
        attended = (weights[..., 1:] @ values).movedim(2, 0).flatten(0, 1)[self.slot]
        return attended + weights[..., 0].movedim(2, 0).flatten(0, 1)[self.slot][..., None] * own_value

    def _spread(self, rows: Tensor) -> Tensor:
        """Arrange [rows, ...] as [queries, groups, ...], with zeros where a group has fewer queries."""
        most = int(self.slot.amax()) // self.groups + 1
        spread = rows.new_zeros(most * self.groups, *rows.shape[1:]).index_copy_(0, self.slot, rows)
        return spread.view(most, self.groups, *rows.shape[1:])


def _groups(rows: Tensor) -> tuple[Tensor, Tensor]:
    """Group equal ``rows`` [batch, dims] (NaN equals NaN): the first row of each group, [groups], and the group of each row."""
    bits = rows.contiguous().view(torch.int16)
    _, home, count = torch.unique(bits, dim=0, return_inverse=True, return_counts=True)
    order = home.argsort(stable=True)
    return order[count.cumsum(0) - count], home


class Layer(nn.Module):
    """Pre-norm transformer layer (Xiong et al. 2020)."""

    def __init__(self, width: int, heads: int, ratio: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, ratio * width)
        self.down = nn.Linear(ratio * width, width)
        self.dropout = nn.Dropout(dropout)

    def _split(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        batch, time, width = x.shape
        shaped = self.qkv(self.norm1(x)).view(batch, time, 3, self.heads, width // self.heads)
        query, key, value = shaped.permute(2, 0, 3, 1, 4).unbind(0)
        return query, key, value

    def _attended(self, x: Tensor, mask: Tensor | None = None, causal: bool = False, keep: Keep | None = None) -> Tensor:
        query, key, value = self._split(x)
        if keep is not None:
            keep(key, value)
        result: Tensor = x + self.dropout(self.out(attention(query, key, value, mask, causal).transpose(1, 2).reshape(x.shape)))
        return result

    def _fed(self, x: Tensor) -> Tensor:
        # ReLU is the cheapest nonlinearity on a CPU, where it is a considerable part of the time of a layer of this width.
        result: Tensor = x + self.dropout(self.down(F.relu(self.up(self.norm2(x)))))
        return result

    def forward(self, x: Tensor, mask: Tensor | None = None, causal: bool = False, keep: Keep | None = None) -> Tensor:
        """Apply the layer to ``x`` [batch, time, width]; ``mask`` and ``causal`` as for :func:`attention`; ``keep`` receives the
        keys and values."""
        return self._fed(self._attended(x, mask, causal, keep))

    def packed(self, x: Tensor, place: Tensor, filled: Tensor) -> Tensor:
        """Apply the layer to rows of different lengths, with padding only in the attention.

        Args:
            x: the tokens of all rows, [tokens, width].
            place: int64 [tokens], the index of each token in the flattened rows.
            filled: bool [rows, length], where the rows have tokens.

        Returns:
            [tokens, width].
        """
        rows, length = filled.shape
        width = x.shape[-1]
        projected = self.qkv(self.norm1(x))
        spread = projected.new_zeros(rows * length, 3 * width).index_copy(0, place, projected)
        query, key, value = spread.view(rows, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        attended = attention(query, key, value, filled[:, None, None])
        return self._fed(x + self.dropout(self.out(attended.transpose(1, 2).reshape(rows * length, width)[place])))

    def constants(self) -> tuple[Any, ...]:
        """The parameters that :meth:`step` needs."""
        parts = ((part.weight, part.bias) for part in (self.norm1, self.qkv, self.out, self.norm2, self.up, self.down))
        return (*itertools.chain.from_iterable(parts), self.norm1.normalized_shape, self.norm1.eps)

    @staticmethod
    def step(
        x: Tensor,
        cache: Tensor,
        at: int,
        constants: tuple[Any, ...],
        memory: Tensor | None = None,
        shared: Callable[[Tensor, Tensor], Tensor] | None = None,
    ) -> Tensor:
        """One causal step without dropout.

        It uses functions, not modules, since calls of modules would take a third of the time of a step with few rows.

        Args:
            x: [batch, width].
            cache: keys and values, [2, batch, heads, longest, width / heads], filled up to index ``at``; updated.
            at: index of the step.
            constants: see :meth:`constants`.
            memory: for a cross-attention layer, the result of :meth:`CrossLayer.keys_and_values`.
            shared: attends to ``memory`` where rows share it, see :meth:`_Sharing.attend`.

        Returns:
            [batch, width].
        """
        norm1, bias1, qkv, qkv_bias, out, out_bias, norm2, bias2, up, up_bias, down, down_bias, shape, eps, *cross = constants
        _, batch, heads, _, size = cache.shape
        projected = F.linear(torch.layer_norm(x, shape, norm1, bias1, eps), qkv, qkv_bias).view(batch, 3, heads, size)
        cache.select(3, at).copy_(projected[:, 1:].transpose(0, 1))
        keys, values = cache.narrow(3, 0, at + 1).unbind(0)
        attended = F.scaled_dot_product_attention(projected[:, 0, :, None], keys, values)
        x = x + F.linear(attended.reshape(batch, heads * size), out, out_bias)
        if memory is not None:
            norm, bias, to_query, query_bias, out, out_bias = cross
            query = F.linear(torch.layer_norm(x, shape, norm, bias, eps), to_query, query_bias).view(batch, heads, size)
            if shared is not None:
                attended = shared(query, memory)
            else:
                keys, values = memory.unbind(0)
                attended = F.scaled_dot_product_attention(query[:, :, None], keys, values)
            x = x + F.linear(attended.reshape(batch, heads * size), out, out_bias)
        inner = F.linear(torch.layer_norm(x, shape, norm2, bias2, eps), up, up_bias)
        return x + F.linear(torch.relu_(inner), down, down_bias)


class CrossLayer(Layer):
    """A causal layer that also attends to a memory between its self-attention and its feed-forward part."""

    def __init__(self, width: int, heads: int, ratio: int, dropout: float) -> None:
        super().__init__(width, heads, ratio, dropout)
        self.norm_cross = nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.memory = nn.Linear(width, 2 * width)
        self.out_cross = nn.Linear(width, width)

    def keys_and_values(self, memory: Tensor) -> Tensor:
        """Keys and values [2, batch, heads, places, width / heads] of a memory [batch, places, width]."""
        batch, places, width = memory.shape
        both: Tensor = self.memory(memory).view(batch, places, 2, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        return both

    def causal(self, x: Tensor, memory: Tensor, keep: Keep | None = None) -> Tensor:
        """Apply the layer to ``x`` [batch, time, width] with ``memory`` [batch, places, width]; ``keep`` receives the keys and
        values of ``x``."""
        batch, time, width = x.shape
        x = self._attended(x, causal=True, keep=keep)
        query = self.query(self.norm_cross(x)).view(batch, time, self.heads, width // self.heads).transpose(1, 2)
        keys, values = self.keys_and_values(memory).unbind(0)
        attended = attention(query, keys, values).transpose(1, 2).reshape(x.shape)
        return self._fed(x + self.dropout(self.out_cross(attended)))

    def constants(self) -> tuple[Any, ...]:
        parts = ((part.weight, part.bias) for part in (self.norm_cross, self.query, self.out_cross))
        return (*super().constants(), *itertools.chain.from_iterable(parts))


class TransformerCore(Core):
    """The transformer core, see the description of the module."""

    encoder_parts: tuple[str, ...] = ("onset", "order", "queries", "encoder", "place", "mixing", "slot_norm", "mean", "logvar")
    segment_parts: tuple[str, ...] = ("place", "segment")

    def __init__(self, options: TransformerOptions, shape: SequenceShape) -> None:
        super().__init__()
        if options.width % options.heads:
            raise ConfigError(
                "core.width {width} is not a multiple of core.heads {heads}; choose one that is.",
                width=options.width,
                heads=options.heads,
            )
        self.options, self.shape = options, shape
        width = options.width
        self.code_dims = options.slots * options.slot_dims
        self.summary_dims = options.summary_dims
        self.latent_dims = options.summary_dims + shape.segments * self.code_dims

        def layers(count: int, kind: type[Layer] = Layer) -> nn.ModuleList:
            return nn.ModuleList(kind(width, options.heads, options.feedforward, options.dropout) for _ in range(count))

        self.embedding = nn.Embedding(shape.vocab_size, width, padding_idx=shape.pad)
        self.onset = nn.Embedding(shape.phases, width)
        self.order = nn.Embedding(shape.phases, width)
        self.queries = nn.Parameter(torch.empty(options.slots, width))
        self.encoder = layers(options.encoder_layers)
        self.place = nn.Parameter(torch.empty(shape.segments, options.slots, width))
        self.mixing = layers(options.mixing_layers)
        self.slot_norm = nn.LayerNorm(width)
        self.mean = nn.Linear(width, options.slot_dims)
        self.logvar = nn.Linear(width, options.slot_dims)
        if not options.summary_dims:
            self.code = nn.Linear(self.code_dims, width)
        self.cell = nn.Linear(options.slot_dims, width)
        self.segment = nn.Parameter(torch.empty(shape.segments, width))
        if not options.summary_dims:
            self.conductor = layers(options.conductor_layers)
        self.phase = nn.Embedding(shape.phases, width)
        if options.summary_dims:
            self.encoder_parts = (*self.encoder_parts, "summary_query", "summary_mean", "summary_logvar")
            self.summary_query = nn.Parameter(torch.empty(width))
            self.summary_mean = nn.Linear(width, options.summary_dims)
            self.summary_logvar = nn.Linear(width, options.summary_dims)
            self.summary_memory = nn.Linear(options.summary_dims, width)
            self.summary_input = nn.Linear(options.summary_dims, width)
            self.slot = nn.Parameter(torch.empty(options.slots, width))
            self.blank = nn.Parameter(torch.empty(width))
        else:
            self.word = nn.Linear(width, width)
        self.decoder = layers(options.decoder_layers, CrossLayer if options.summary_dims else Layer)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(shape.vocab_size))
        for weight in (
            self.embedding.weight,
            self.onset.weight,
            self.order.weight,
            self.phase.weight,
            self.queries,
            self.place,
            self.segment,
            *((self.summary_query, self.slot, self.blank) if options.summary_dims else ()),
        ):
            nn.init.normal_(weight, std=0.05)
        # The posterior is narrow at first: under the noise of a wide one the decoder would learn to ignore the codes.
        nn.init.normal_(self.logvar.weight, std=0.01)
        nn.init.constant_(self.logvar.bias, -4.0)
        if options.summary_dims:
            nn.init.normal_(self.summary_logvar.weight, std=0.01)
            nn.init.constant_(self.summary_logvar.bias, -2.0)

    @property
    def block_dims(self) -> int:
        return self.options.slot_dims

    @property
    def block_places(self) -> Tensor:
        slots = self.options.slots
        places = torch.arange(self.shape.segments * slots)
        # What comes before the first segment (key and metre of a melody) is about the whole sequence.
        return torch.where(places < slots, -1, places) if self.shape.segments > 1 else places

    def _cells(self, phase: Tensor) -> Tensor:
        return (phase // self.options.cell).clamp(max=self.options.slots - 1)

    def _with_end(self, ids: Tensor, mask: Tensor, positions: Positions) -> tuple[Tensor, Tensor, Positions]:
        """Append the EOS to the sequences, so that the code of the cell in which a sequence ends includes its end."""
        at = mask.sum(1, keepdim=True)
        last = (at - 1).clamp(min=0)
        segment = F.pad(positions.segment, (0, 1)).scatter(1, at, positions.segment.gather(1, last))
        end = positions.phase.gather(1, last)
        phase = F.pad(positions.phase, (0, 1)).scatter(1, at, end)
        onset = F.pad(positions.onset, (0, 1)).scatter(1, at, end)
        ids = F.pad(ids, (0, 1)).scatter(1, at, self.shape.eos)
        return ids, F.pad(mask, (0, 1)).scatter(1, at, True), Positions(segment, phase, onset)

    def encode(self, ids: Tensor, mask: Tensor, positions: Positions) -> Posterior:
        ids, mask, positions = self._with_end(ids, mask, positions)
        batch, options, segments, slots = len(ids), self.options, self.shape.segments, self.options.slots
        # Each segment is a row of its own, so attention costs only as much as for short sequences.
        rows = packed(positions, mask, segments)
        present, row, column = rows.present, rows.row, rows.column
        length = slots + int(column.max()) + 1
        embedded = self.embedding(ids[mask]) + self.onset(positions.onset[mask])
        embedded = embedded + self.order(column.clamp(max=self.shape.phases - 1))
        # A cell is used if a token begins in it, or ends in it: the code must then say what comes next.
        begins = row * slots + self._cells(positions.onset[mask])
        ends = row * slots + self._cells(positions.phase[mask])
        used = torch.zeros(len(present) * slots, dtype=torch.bool, device=ids.device)
        used[begins] = True
        used[ends] = True
        held = embedded.new_zeros(len(used), options.width).index_add(0, begins, embedded)
        number = embedded.new_zeros(len(used)).index_add(0, begins, embedded.new_ones(len(begins)))
        summaries = self.queries.repeat(len(present), 1).to(embedded.dtype) + held / number.clamp(min=1.0)[:, None]
        # Only used slots and tokens are computed; ``place`` is their index in the padded rows of the attention.
        kept = used.nonzero().squeeze(1)
        heads = kept // slots * length + kept % slots
        place = torch.cat([heads, row * length + slots + column])
        filled = torch.zeros(len(present) * length, dtype=torch.bool, device=ids.device)
        filled[place] = True
        filled = filled.view(len(present), length)
        x = torch.cat([summaries[kept], embedded])
        for layer in self.layers_of("encoder"):
            x = layer.packed(x, place, filled)
        x = x[: len(kept)]
        home = present[kept // slots] * slots + kept % slots  # of batch * segments * slots
        whole = segments * slots
        x = x + self.place.flatten(0, 1)[home % whole]
        standing = torch.zeros(batch * whole, dtype=torch.bool, device=ids.device)
        standing[home] = True
        standing = standing.view(batch, whole)
        if options.summary_dims:
            x, summary = self._mixed_with_summary(x, home, standing)
        else:
            summary = None
            for layer in self.layers_of("mixing"):
                x = layer.packed(x, home, standing)
            x = self.slot_norm(x)
        mean, logvar = self.mean(x), self.logvar(x)
        empty = mean.new_zeros(batch * whole, options.slot_dims)
        parts = [
            empty.index_copy(0, home, mean).view(batch, -1),
            empty.index_copy(0, home, logvar).view(batch, -1),
            standing[..., None].expand(-1, -1, options.slot_dims).flatten(1),
        ]
        if summary is not None:
            every = torch.ones(batch, options.summary_dims, dtype=torch.bool, device=ids.device)
            before = [self.summary_mean(summary), self.summary_logvar(summary), every]
            parts = [torch.cat([one, other], 1) for one, other in zip(before, parts, strict=True)]
        return Posterior(*parts)

    def _mixed_with_summary(self, x: Tensor, home: Tensor, standing: Tensor) -> tuple[Tensor, Tensor]:
        """Apply the mixing layers with a summary token, whose input is a learned query plus the mean of the cells.

        Args:
            x: the used cells, [cells, width].
            home: int64 [cells], the index of each cell in the flattened ``standing``.
            standing: bool [batch, segments * slots], which cells are used.

        Returns:
            The used cells [cells, width] and the summary of each sequence [batch, width].
        """
        batch, whole = standing.shape
        sequence = home // whole
        total = x.new_zeros(batch, x.shape[1]).index_add(0, sequence, x)
        summary = self.summary_query.to(x.dtype) + total / standing.sum(1, keepdim=True).clamp(min=1)
        place = torch.cat([torch.arange(batch, device=x.device) * (whole + 1), home + sequence + 1])
        filled = F.pad(standing, (1, 0), value=True)
        x = torch.cat([summary, x])
        for layer in self.layers_of("mixing"):
            x = layer.packed(x, place, filled)
        x = self.slot_norm(x)
        return x[batch:], x[:batch]

    def layers_of(self, part: str) -> list[Layer]:
        """The layers of "encoder", "mixing", "conductor" or "decoder"."""
        return [layer for layer in getattr(self, part) if isinstance(layer, Layer)]

    def _codes(self, z: Tensor) -> Tensor:
        """Input of the decoder for each cell of a code without summary, [batch, segments * slots, width]."""
        options = self.options
        codes = z.view(len(z), self.shape.segments, self.code_dims)
        mixed = self.code(codes) + self.segment
        for layer in self.layers_of("conductor"):
            mixed = layer(mixed)
        cells = self.cell(z.view(len(z), self.shape.segments, options.slots, options.slot_dims))
        cell_inputs: Tensor = cells + self.word(mixed)[:, :, None]
        return cell_inputs.flatten(1, 2)

    def _details(self, z: Tensor) -> Tensor:
        """Embedded details of a code with a summary, [batch, segments * slots, width], with a learned vector for blank ones."""
        options = self.options
        details = z[:, options.summary_dims :].view(len(z), self.shape.segments, options.slots, options.slot_dims)
        blank = details[..., :1].isnan()
        cells = torch.where(blank, self.blank.to(z.dtype), self.cell(details.nan_to_num()))
        result: Tensor = (cells + self.segment[:, None] + self.slot).flatten(1, 2)
        return result

    def _memory(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """Memory and inputs of the decoder for a code with a summary.

        Returns:
            What the decoder attends to, the summary first, [batch, 1 + segments * slots, width]; and what is added to the inputs in
            each cell, [batch, segments * slots, width].
        """
        summary, cells = z[:, : self.options.summary_dims], self._details(z)
        memory = torch.cat([self.summary_memory(summary)[:, None], cells], 1)
        return memory, cells + self.summary_input(summary)[:, None]

    def decode(self, inputs: Tensor, z: Tensor, positions: Positions) -> Tensor:
        read = self._read(inputs, z, positions.segment, positions.phase)
        return F.linear(self.norm(read), self.embedding.weight, self.bias)

    def _read(self, inputs: Tensor, z: Tensor, segment: Tensor, phase: Tensor, keep: Sequence[Keep] = ()) -> Tensor:
        """The output of the last layer of the decoder, [batch, time, width]; ``keep`` receives the keys and values of each."""
        memory, cell_inputs = self._memory(z) if self.summary_dims else (None, self._codes(z))
        where = segment * self.options.slots + self._cells(phase)
        own = cell_inputs.gather(1, where[..., None].expand(-1, -1, cell_inputs.shape[-1]))
        x: Tensor = self.embedding(inputs) + self.phase(phase) + own
        for number, layer in enumerate(self.layers_of("decoder")):
            kept = keep[number] if keep else None
            if isinstance(layer, CrossLayer) and memory is not None:
                x = layer.causal(x, memory, kept)
            else:
                x = layer(x, causal=True, keep=kept)
        return x

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        options = self.options
        cache = z.new_empty(options.decoder_layers, 2, len(z), options.heads, longest, options.width // options.heads)
        crossed = [layer for layer in self.decoder if isinstance(layer, CrossLayer)]
        first, home = _groups(z[:, options.summary_dims :]) if crossed else (None, torch.arange(len(z), device=z.device))
        sharing: _Sharing | None = None
        memory: Tensor | None
        added: Tensor | None = None
        if first is not None and len(first) < len(z):
            summary = z[:, : options.summary_dims]
            number = (home[:, None] == home).tril(-1).sum(1)  # of earlier rows in the same group
            own = [layer.keys_and_values(self.summary_memory(summary)[:, None])[:, :, :, 0] for layer in crossed]
            sharing = _Sharing(number * len(first) + home, len(first), own)
            memory = self._details(z[first])
            cell_inputs, added = memory, self.summary_input(summary)
        else:
            home = torch.arange(len(z), device=z.device)
            memory, cell_inputs = self._memory(z) if crossed else (None, self._codes(z))
        return {
            "memory": [] if memory is None else [layer.keys_and_values(memory) for layer in crossed],
            "sharing": sharing,
            "cell_inputs": cell_inputs.flatten(0, 1),
            "added": added,
            "first": home * cell_inputs.shape[1],
            "cache": cache,
            "at": 0,
            "layers": [layer.constants() for layer in self.layers_of("decoder")],
            "cells": self._cells(torch.arange(self.shape.phases, device=z.device)),
        }

    def feed(self, state: dict[str, Any], z: Tensor, ids: Tensor, segment: Tensor, phase: Tensor) -> None:
        # Equal rows, such as those of several decodings of one code, are read once.
        first, home = _groups(torch.cat([z.to(torch.float32).view(torch.int32), ids.to(torch.int32)], 1))
        time = state["at"] = ids.shape[1]

        def keep(cache: Tensor, key: Tensor, value: Tensor) -> None:
            cache[0, :, :, :time], cache[1, :, :, :time] = key[home], value[home]

        self._read(ids[first], z[first], segment[first], phase[first], [partial(keep, cache) for cache in state["cache"].unbind(0)])

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        at = state["at"]
        where = torch.add(state["first"] + state["cells"][phase], segment, alpha=self.options.slots)
        x = F.embedding(ids, self.embedding.weight) + F.embedding(phase, self.phase.weight) + state["cell_inputs"][where]
        sharing = state["sharing"]
        if sharing is not None:
            x = x + state["added"]
        memories = state["memory"] or [None] * len(state["layers"])
        for number, (cache, constants, memory) in enumerate(zip(state["cache"].unbind(0), state["layers"], memories, strict=True)):
            shared = None if sharing is None else partial(sharing.attend, layer=number)
            x = Layer.step(x, cache, at, constants, memory, shared)
        state["at"] = at + 1
        return F.linear(self.norm(x), self.embedding.weight, self.bias)

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        at, cache = state["at"], state["cache"]
        kept = cache.new_empty(*cache.shape[:2], len(rows), *cache.shape[3:])
        kept[..., :at, :] = cache[:, :, rows, :, :at]  # the rest is not written yet
        # The inputs of the cells stay as they are; only the offset of each row is selected.
        state = {**state, "first": state["first"][rows], "cache": kept}
        if state["sharing"] is not None:
            return {**state, "sharing": state["sharing"].select(rows), "added": state["added"][rows]}
        return {**state, "memory": [part[:, rows] for part in state["memory"]]}


OPTIONS = TransformerOptions
VARIANTS = ({"summary_dims": 8},)
CORE = TransformerCore
