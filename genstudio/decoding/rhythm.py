"""Decoding in a given rhythm: the onsets and durations of notes and rests are fixed, the pitches are free.

A rhythm is the symbols of a piece, in which each symbol that the grammar lists as ``pitches`` stands for any of them. At each step
only those tokens are allowed whose symbols come next in the rhythm. A place is an int: the number of symbols that are written.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from genstudio.domains.base import Grammar
from genstudio.models.sequence_vae import EOS
from genstudio.tokens import Tokenizer

__all__ = ["Rhythm"]

_ANY = "\0"  # any pitch


class Rhythm:
    """The rhythm of ``symbols``, an :class:`~genstudio.decoding.options.Automaton`."""

    def __init__(self, tokenizer: Tokenizer, grammar: Grammar, symbols: str) -> None:
        self._open = dict.fromkeys(map(ord, grammar.pitches), _ANY)
        self._symbols = symbols.translate(self._open)
        self._pieces = [tokenizer.piece(token).translate(self._open) for token in range(tokenizer.vocab_size)]
        self._masks: dict[int, Tensor] = {}

    def excluded(self, places: Sequence[int]) -> Tensor:
        """Mask of the tokens that do not continue this rhythm after each of ``places``, bool [places, vocab]."""
        for place in places:
            if place not in self._masks:
                mask = torch.tensor([not piece or not self._symbols.startswith(piece, place) for piece in self._pieces])
                mask[EOS] = place < len(self._symbols)
                self._masks[place] = mask
        return torch.stack([self._masks[place] for place in places])

    def after(self, place: int, token: int) -> int:
        """The place after ``token``."""
        return place + len(self._pieces[token])
