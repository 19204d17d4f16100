"""What a core is: an encoder that gives a Gaussian posterior and a decoder that writes a sequence back from z."""

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
    """What a core may know of the sequences: vocabulary size, number of segments and of phases, ids of padding and EOS."""

    vocab_size: int
    segments: int
    phases: int
    pad: int = 0
    eos: int = 2


class Core(nn.Module):
    """Base of all cores. Token tensors are int64 [batch, time], padded on the right.

    A decoder's state is a dict of tensors with the batch in a known dimension, so that finished sequences can be dropped from
    it (:meth:`select`). Feeding a sequence token by token through :meth:`step` gives the logits of :meth:`decode`.
    """

    latent_dims: int
    summary_dims: int = 0
    """How many dimensions at the beginning of z are its summary, a code of the whole sequence. With a summary the blocks that
    follow are its *details*, and any of them may be blank: NaN in all its dimensions, the usual mark of missing data. The decoder
    then gives p(x | summary, the details that are there). Without one no block can be blank."""
    feeds_back: bool = True
    """Whether the decoder hears the tokens before the one that it writes; False for one that hears z (and the index) alone."""
    shared_parts: tuple[str, ...] = ("embedding",)
    """Names of the modules and parameters that encoder and decoder both use."""
    encoder_parts: tuple[str, ...] = ()
    """Names of the modules and parameters that :meth:`encode` alone uses; a language model is built without them."""
    segment_parts: tuple[str, ...] = ()
    """Names of the parameters [segments, ...] that hold a row for each segment of a sequence. If they are all that depends on the
    number of segments, a model of short sequences can be gone on from with longer ones."""

    @property
    def block_dims(self) -> int:
        """How many dimensions of z in a row are about one place of the sequence, after the summary; all of them where the code has
        no places."""
        return self.latent_dims

    @property
    def block_places(self) -> Tensor:
        """The place of the sequence that each block of :attr:`block_dims` is about, int64 [blocks]: a number that
        rises along the sequence, or -1 where a block is about the whole of it."""
        return torch.full((self.latent_dims // self.block_dims,), -1)

    def encode(self, ids: Tensor, mask: Tensor, positions: Positions) -> Posterior:
        """Posterior of ``ids``; ``mask`` bool [batch, time] is False on padding."""
        raise NotImplementedError

    def decode(self, inputs: Tensor, z: Tensor, positions: Positions) -> Tensor:
        """Teacher-forced logits [batch, time, vocab] of the token after each of ``inputs``.

        z is [batch, latent_dims]; the positions are those of the inputs before word dropout.
        """
        raise NotImplementedError

    def start(self, z: Tensor, longest: int) -> dict[str, Any]:
        """The decoder's state before the first token, with room for ``longest`` steps."""
        raise NotImplementedError

    def step(self, state: dict[str, Any], ids: Tensor, segment: Tensor, phase: Tensor) -> Tensor:
        """Logits [batch, vocab] after one more token ``ids`` [batch]; changes ``state``."""
        raise NotImplementedError

    def select(self, state: dict[str, Any], rows: Tensor) -> dict[str, Any]:
        """The state of the batch rows ``rows`` (int64)."""
        raise NotImplementedError
