"""A trained network together with the tokenizer and the domain that give its tokens a meaning."""

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
    """All that is needed to generate pieces with a network, or to evaluate it.

    Attributes:
        lexicon: the words that may be written; None: any.
        parts: the parts of the pieces that it writes, see :meth:`genstudio.domains.Domain.lineup`; "" where pieces have no parts.
    """

    network: SequenceVAE
    domain: Domain
    tokenizer: Tokenizer
    lexicon: Lexicon | None = None
    parts: str = ""

    @property
    def strands(self) -> int:
        """How many segments a bar has: one for each part."""
        return max(1, len(self.parts))

    @property
    def most_bars(self) -> int:
        """The largest number of bars of a piece that it writes; 0 where pieces have no bars."""
        return (self.network.spec.segments - 1) // self.strands

    @cached_property
    def lineup(self) -> list[list[int]]:
        """The tokens that a score begins with, see :class:`~genstudio.decoding.options.Request`."""
        return [[self.tokenizer.encode(symbol)[0] for symbol in symbols] for symbols in self.domain.header(self.parts)]

    @cached_property
    def sizes(self) -> Tensor | None:
        """``size`` of the grammar for each token, int64 [vocab]; None where segments have no size."""
        return per_token(self.tokenizer, self.domain.grammar.size)

    def piece(self, ids: Sequence[int] | NDArray[Any]) -> Any:
        """The piece that token ids represent."""
        return self.domain.from_symbols(self.tokenizer.decode(ids.tolist() if isinstance(ids, np.ndarray) else ids))

    def without(self, ids: NDArray[Any], unread: NDArray[np.bool_]) -> NDArray[Any]:
        """Token ids without the contents of some segments, which are thereby unknown to an encoder (silence has tokens).

        Args:
            ids: int [tokens].
            unread: bool [segments], True for segments to be emptied. Separators and the sizes of segments (metres) stay.
        """
        separator = ids == self.network.spec.separator
        segment = np.minimum(separator.cumsum(), len(unread) - 1)
        stays = separator | ~unread[segment]
        if self.sizes is not None:
            stays |= self.sizes.numpy()[ids] > 0
        read: NDArray[Any] = ids[stays]
        return read

    def contents(self, symbols: str, free: NDArray[np.bool_]) -> list[list[int]]:
        """The token ids of each segment of a score, for :class:`~genstudio.decoding.options.Request`.

        Args:
            symbols: those of the score.
            free: bool [segments], True for those that are to be written; the metres at their end stay.
        """
        sizes = self.sizes
        segments = map(self.tokenizer.encode, symbols.split(self.domain.grammar.separator))
        return [
            [-1, *(token for token in ids if sizes is not None and sizes[token] > 0)] if free[at] else ids
            for at, ids in enumerate(segments)
        ]

    def fitting(self, sequences: Sequence[NDArray[Any]]) -> list[int]:
        """The indices of the sequences whose parts are those that the model writes; all of them where pieces have no parts."""
        if not self.parts:
            return list(range(len(sequences)))
        symbols = (self.tokenizer.decode(np.asarray(ids).tolist()) for ids in sequences)
        return [index for index, one in enumerate(symbols) if self.domain.lineup(one) == self.parts]

    def arranged(self, sequences: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
        """Token ids of the same pieces with the parts that the model writes, as every operation takes them: other parts are left
        out, and missing ones are silent. Where pieces have no parts, and where one would be too long, they stay as they are."""
        fitting = set(self.fitting(sequences))
        made = []
        for index, ids in enumerate(sequences):
            if index not in fitting:
                piece, _ = self.domain.arranged(self.piece(ids), self.parts)
                found = np.asarray(self.tokenizer.encode(self.domain.to_symbols(piece)), dtype=np.int64)
                if int((found == self.network.spec.separator).sum()) < self.network.spec.segments:
                    ids = found
            made.append(ids)
        return made

    def segments(self, sequences: Sequence[NDArray[Any]]) -> list[int]:
        """The number of separators (bars) in each of ``sequences`` of token ids."""
        return [int((np.asarray(ids) == self.network.spec.separator).sum()) for ids in sequences]
