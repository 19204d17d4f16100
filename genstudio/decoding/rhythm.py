"""Decoding in a given rhythm: the onsets and durations of notes and rests are fixed, the pitches are free.

A pattern is the symbols of a piece with wildcards: :data:`PITCH` for any pitch, :data:`TIED` for the pitch before it, :data:`FREE`
for anything up to the end of the segment. At each step only those tokens are allowed whose symbols come next in the pattern.
A place is an int: the number of symbols of the pattern that are written, and the pitch that a tie repeats.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from genstudio.domains.base import Grammar
from genstudio.models.sequence_vae import EOS
from genstudio.tokens import Tokenizer

__all__ = ["FREE", "PITCH", "TIED", "Rhythm", "pattern"]

PITCH, FREE, TIED = "\0", "\1", "\2"


def pattern(grammar: Grammar, symbols: str) -> str:
    """The rhythm of ``symbols``, with any pitches; the first pitch of a segment that is tied is that before it."""
    made = symbols.translate(dict.fromkeys(map(ord, grammar.pitches), PITCH))
    if not grammar.tie:
        return made
    segments = made.split(grammar.separator)
    tied = (segment.replace(grammar.tie + PITCH, grammar.tie + TIED, 1) for segment in segments)
    return grammar.separator.join(tied)


class Rhythm:
    """The rhythm of a :func:`pattern`, an :class:`~genstudio.decoding.options.Automaton`."""

    def __init__(self, tokenizer: Tokenizer, grammar: Grammar, pattern: str) -> None:
        self._pattern, self._pitches, self._separator = pattern, grammar.pitches, grammar.separator
        self._pieces = [tokenizer.piece(token) for token in range(tokenizer.vocab_size)]
        # Where a pitch is written that a tie repeats: only there the place says which it was.
        self._repeated = [False] * (len(pattern) + 1)
        ahead = False
        for at in range(len(pattern) - 1, -1, -1):
            self._repeated[at + 1] = ahead
            ahead = pattern[at] == TIED or (ahead and pattern[at] != PITCH)
        self._masks: dict[int, Tensor] = {}

    def excluded(self, places: Sequence[int]) -> Tensor:
        """Mask of the tokens that do not continue this rhythm after each of ``places``, bool [places, vocab]."""
        for place in places:
            if place not in self._masks:
                mask = torch.tensor([not piece or self._after(place, piece) < 0 for piece in self._pieces])
                at = place % (len(self._pattern) + 1)
                mask[EOS] = self._pattern[at:] not in ("", FREE)
                self._masks[place] = mask
        return torch.stack([self._masks[place] for place in places])

    def after(self, place: int, token: int) -> int:
        """The place after ``token``."""
        return max(0, self._after(place, self._pieces[token]))

    def _after(self, place: int, piece: str) -> int:
        """The place after the symbols of a token; -1 where they do not come next."""
        pattern, size = self._pattern, len(self._pattern) + 1
        last, at = divmod(place, size)
        for symbol in piece:
            if pattern[at : at + 1] == FREE:
                if symbol != self._separator:
                    continue
                at += 1
            wanted = pattern[at : at + 1]
            pitch = self._pitches.find(symbol)
            # A tie that nothing comes before repeats nothing.
            fits = wanted == PITCH or (wanted == TIED and last in (0, pitch + 1))
            if wanted != symbol and not (fits and pitch >= 0):
                return -1
            at += 1
            if wanted in (PITCH, TIED):
                last = pitch + 1
            if not self._repeated[at]:
                last = 0
        return last * size + at
