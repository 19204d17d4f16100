"""What a decoding is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from torch import Tensor

from genstudio.config import Drawing
from genstudio.models.sequence_vae import BOS, EOS, PAD
from genstudio.tokens import Tokenizer

__all__ = ["Automaton", "Request", "per_token"]


class Automaton(Protocol):
    """What may be written, by the place where a row stands: known words, a rhythm. Each row begins at place 0."""

    def excluded(self, places: Sequence[int]) -> Tensor:
        """The tokens that cannot follow at each of ``places``, bool [places, vocab]."""

    def after(self, place: int, token: int) -> int:
        """The place after ``token``."""


@dataclass(frozen=True)
class Request(Drawing):
    """How the rows of z [rows, dims] are decoded: how tokens are drawn, and what may be written.

    Attributes:
        seed: of what is drawn; the same seed gives the same tokens.
        longest: the most tokens of a row; None: as many as :func:`genstudio.decoding.loop.most_tokens` says.
        segments: the number of separators (bars) that each row shall have, where that is known: it does not end before, and begins
            no further one; ignored where the model has no separator.
        words: the number of words that each row shall have, counted by ``begins``, int64 [vocab], how many a token begins; the
            first token begins one in any case.
        prefix: token ids that each row begins with; -1 leaves a place to the model. They are fed to the decoder like tokens of its
            own, so that what follows is p(rest | z, prefix), whatever the core.
        beyond: how many tokens follow a prefix at least.
        sizes: int64 [vocab], how long a segment is after a token that says so, in the unit of advance, else 0. A segment is filled:
            nothing is written that it has no room for, and it is followed by such a token, the next segment or the end when it
            is full and not before (what comes before the first separator, a pickup, is shorter than a segment). A decoder that
            missed a bar's end would write on in it. One in which nothing moves on is ended all the same.
        forbid: token ids that are not written but in a prefix.
        automaton: what follows what, such as a :class:`~genstudio.decoding.lexicon.Lexicon`; None: any. A prefix is free.
        check: called at each step; may raise to stop.
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
    automaton: Automaton | None = None
    check: Callable[[], None] | None = None

    def of(self, rows: slice) -> Request:
        """The request of some of the rows."""
        by_row = {name: getattr(self, name) for name in ("segments", "words", "prefix")}
        return replace(self, **{name: value[rows] for name, value in by_row.items() if value is not None})

    def given(self, rows: int, vocab_size: int) -> Tensor | None:
        """The prefixes as int64 [rows, longest], -1 where the model is free; None where there are none.

        Raises:
            ValueError: there is not one prefix a row, or one holds what no sequence holds.
        """
        if self.prefix is None:
            return None
        if len(self.prefix) != rows:
            raise ValueError(f"{len(self.prefix)} prefixes for {rows} rows")
        longest = max((len(ids) for ids in self.prefix), default=0)
        given = torch.tensor([[*ids, *[-1] * (longest - len(ids))] for ids in self.prefix], dtype=torch.int64).view(rows, longest)
        if bool(((given < -1) | (given >= vocab_size) | (given == PAD) | (given == BOS) | (given == EOS)).any()):
            raise ValueError("a prefix holds an id that is no token of a sequence")
        return given


def per_token(tokenizer: Tokenizer, fact: Callable[[str], int] | None) -> Tensor | None:
    """What a grammar says of each token (its ``size``, its ``words``), int64 [vocab], as :class:`Request` takes it.

    Returns:
        None where the grammar says nothing.
    """
    if fact is None:
        return None
    return torch.tensor([fact(tokenizer.piece(token)) for token in range(tokenizer.vocab_size)])
