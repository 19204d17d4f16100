"""The interface of a core: an encoder that computes a Gaussian posterior, and a decoder that writes a sequence from z."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from genstudio.models.latent import Posterior
from genstudio.models.positions import Positions

__all__ = ["Core", "SequenceShape"]


@dataclass(frozen=True)
class SequenceShape:
    """What a core knows about the sequences.

    Attributes:
        vocab_size: number of tokens.
        segments: the largest number of segments (bars) of a sequence.
        phases: number of phases within a segment.
        pad, eos: ids of the padding and of the end of a sequence.
    """

    vocab_size: int
    segments: int
    phases: int
    pad: int = 0
    eos: int = 2


class Core(nn.Module):
    """Base of all cores. Token tensors are int64 [batch, time], padded on the right.

    The state of a decoder is a dict, opaque to its users, from which rows of the batch can be selected (:meth:`select`), so that
    finished sequences can be dropped. Passing a sequence token by token to :meth:`step` gives the same logits as :meth:`decode`.
    """

    latent_dims: int
    """Size of z."""
    summary_dims: int = 0
    """How many dimensions at the beginning of z are its summary, a code of the whole sequence. With a summary the blocks that
    follow are its *details*, and any of them may be blank: NaN in all its dimensions, the usual mark of missing data. The decoder
    then computes p(x | summary, the details that are not blank). Without a summary no block can be blank."""
    feeds_back: bool = True
    """Whether the decoder reads the previous tokens; False for a decoder that reads only z and the index of the token."""
    shared_parts: tuple[str, ...] = ("embedding",)
    """Names of the modules and parameters that encoder and decoder both use."""
    encoder_parts: tuple[str, ...] = ()
    """Names of the modules and parameters that only :meth:`encode` uses; a language model is built without them."""
    segment_parts: tuple[str, ...] = ()
    """Names of the parameters [segments, ...] that have a row for each segment of a sequence. If nothing else depends on the number
    of segments, the training of a model of short sequences can be continued with longer ones."""

    @property
    def block_dims(self) -> int:
        """Number of consecutive dimensions of z, after the summary, that form a block and are about one place of the sequence; the
        size of z where the code has no such structure."""
        return self.latent_dims

    @property
    def block_places(self) -> Tensor:
        """The place of the sequence that each block is about, int64 [blocks]: a number that increases along the sequence, or -1
        where a block is about the whole sequence."""
        return torch.full((self.latent_dims // self.block_dims,), -1)

    def encode(self, ids: Tensor, mask: Tensor, positions: Positions) -> Posterior:
        """Posterior of ``ids`` [batch, time] with ``positions``; ``mask``, bool [batch, time], is False at padding."""
        raise NotImplementedError

    def decode(self, inputs: Tensor, z: Tensor, positions: Positions) -> Tensor:
        """Teacher-forced logits of the token after each input.

        Args:
            inputs: [batch, time].
            z: [batch, latent_dims].
            positions: positions of the inputs before word dropout.

        Returns:
            [batch, time, vocab].
        """
        raise NotImplementedError

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        """State of the decoder for ``z`` [batch, latent_dims] before the first token, with room for ``longest`` steps."""
        raise NotImplementedError

    def feed(self, state: dict[str, Any], z: Tensor, ids: Tensor, segment: Tensor, phase: Tensor) -> None:
        """Pass the first tokens of each row to the decoder, as :meth:`step` does one by one.

        Args:
            state: the state that :meth:`start` returned for ``z`` [batch, latent_dims], which is updated.
            ids: the first inputs of each row, [batch, time].
            segment, phase: their positions, [batch, time].
        """
        for at in range(ids.shape[1]):
            self.step(state, ids[:, at], segment[:, at], phase[:, at])

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        """Decode one step.

        Args:
            state: the state of the decoder, which is updated.
            ids: the last token of each row, [batch].
            segment, phase: its position, see :class:`~genstudio.models.positions.Positions`, [batch].

        Returns:
            Logits of the next token, [batch, vocab].
        """
        raise NotImplementedError

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        """The state of some rows of the batch; ``rows`` are their indices, int64."""
        raise NotImplementedError
