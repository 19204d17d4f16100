"""A trained network together with what gives its tokens a meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from genstudio.decoding.lexicon import Lexicon
from genstudio.decoding.options import per_token
from genstudio.domains import Domain
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.tokens import Tokenizer

__all__ = ["Trained"]


@dataclass(frozen=True)
class Trained:
    """All that is needed to write pieces with a network, or to measure it.

    Attributes:
        lexicon: the words that it may write; None: any.
    """

    network: SequenceVAE
    domain: Domain
    tokenizer: Tokenizer
    lexicon: Lexicon | None = None

    @cached_property
    def sizes(self) -> Tensor | None:
        """How long a segment is after each token that says so, int64 [vocab]; None where segments have no size."""
        return per_token(self.tokenizer, self.domain.grammar.size)

    def piece(self, ids: Sequence[int] | NDArray[Any]) -> Any:
        """The piece that token ids stand for."""
        return self.domain.from_symbols(self.tokenizer.decode(ids.tolist() if isinstance(ids, np.ndarray) else ids))

    def segments(self, sequences: Sequence[NDArray[Any]]) -> list[int]:
        """The number of separators (bars) in each of ``sequences`` of token ids."""
        return [int((np.asarray(ids) == self.network.spec.separator).sum()) for ids in sequences]
