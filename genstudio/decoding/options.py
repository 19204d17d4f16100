"""The options of a decoding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor

from genstudio.config import Drawing
from genstudio.models.sequence_vae import BOS, EOS, PAD
from genstudio.progress import Check, go_on
from genstudio.tokens import Tokenizer

__all__ = ["Automaton", "Request", "per_token"]


class Automaton(Protocol):
    """An automaton that says which tokens may follow (those of known words, of a rhythm).

    Its states are ints, called places; each row begins at place 0.
    """

    def excluded(self, places: Sequence[int]) -> Tensor:
        """Mask of the tokens that cannot follow at each of ``places``, bool [places, vocab]."""

    def after(self, place: int, token: int) -> int:
        """The place after ``token``."""


@dataclass(frozen=True)
class Request(Drawing):
    """How the rows of z [rows, dims] are decoded: how tokens are drawn, and which are allowed.

    Attributes:
        seed: seed of the random numbers; the same seed gives the same tokens.
        longest: the largest number of tokens of a row; None: that of :func:`genstudio.decoding.loop.most_tokens`.
        segments: for each row, the exact number of separators (bars); None: any. Ignored where the model has no separator.
        words: for each row, the exact number of words, counted by ``begins``; None: any.
        begins: int64 [vocab], the number of words that each token begins; the first token of a row counts as one at least.
        prefix: for each row, the token ids that it begins with; -1 leaves a position to the model, EOS as the last ends it
            there. They are fed to the decoder like tokens that it wrote itself, so that the rest is drawn from p(rest | z,
            prefix), whatever the core.
        beyond: the smallest number of tokens after a prefix.
        sizes: int64 [vocab], ``size`` of :class:`~genstudio.domains.base.Grammar` for each token. Each
            segment is filled exactly: no token is written that it has no room for, and the next segment, the end or such a token
            follows when it is full and not before (a pickup, before the first separator, is shorter than a segment). Without
            this, a decoder that missed the end of a bar would write on in it. A segment without progress is ended in any case.
        forbid: token ids that are written only in a prefix.
        lineup: what a score begins with: for each place the tokens of which one stands there (keys, metres, then each part, which
            may be followed by its pickup). The rows have these parts and no others, and each bar has a segment for each of them.
        contents: for each row the token ids of each of its segments (without separators), the first being what comes before the
            first separator. Where a segment begins with -1 the model writes it, except for a size that may follow. Later segments
            are free.
        automaton: which tokens may follow, such as a :class:`~genstudio.decoding.lexicon.Lexicon`; None: any. A prefix is exempt.
        check: called at each step; may raise to stop the decoding.
    """

    seed: int = 0
    longest: int | None = None
    segments: Sequence[int] | None = None
    words: Sequence[int] | None = None
    begins: Tensor | None = None
    prefix: Sequence[Sequence[int]] | None = None
    beyond: int = 0
    sizes: Tensor | None = None
    forbid: Sequence[int] = ()
    lineup: Sequence[Sequence[int]] = ()
    contents: Sequence[Sequence[Sequence[int]]] | None = None
    automaton: Automaton | None = None
    check: Check = go_on

    def of(self, rows: slice) -> Request:
        """The same request for some of the rows."""
        by_row = {name: getattr(self, name) for name in ("segments", "words", "prefix", "contents")}
        return replace(self, **{name: value[rows] for name, value in by_row.items() if value is not None})

    def given(self, rows: int, vocab_size: int) -> Tensor | None:
        """The prefixes as int64 [rows, longest], -1 where the model is free; None where there are none.

        Raises:
            ValueError: the number of prefixes differs from ``rows``, or a prefix contains a token that no sequence contains.
        """
        if self.prefix is None:
            return None
        if len(self.prefix) != rows:
            raise ValueError(f"{len(self.prefix)} prefixes for {rows} rows")
        longest = max((len(ids) for ids in self.prefix), default=0)
        given = torch.tensor([[*ids, *[-1] * (longest - len(ids))] for ids in self.prefix], dtype=torch.int64).view(rows, longest)
        ends = (given == EOS) & ((F.pad(given[:, 1:], (0, 1), value=-1) != -1) | (torch.arange(longest) == 0))
        if bool(((given < -1) | (given >= vocab_size) | (given == PAD) | (given == BOS)).any() or ends.any()):
            raise ValueError("a prefix holds an id that is no token of a sequence")
        return given


def per_token(tokenizer: Tokenizer, fact: Callable[[str], int] | None) -> Tensor | None:
    """Evaluate a function of a grammar (``size``, ``words``) on each token, for :class:`Request`.

    Returns:
        int64 [vocab]; None where the grammar has no such function.
    """
    if fact is None:
        return None
    return torch.tensor([fact(tokenizer.piece(token)) for token in range(tokenizer.vocab_size)])
