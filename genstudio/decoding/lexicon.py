"""Restrict the decoding of word pieces to known words.

A model whose tokens are pieces of words can join pieces into something that is no word. Here the words of its training data form a
trie of letters; at each step only those tokens are allowed that lead along the trie from the letters that are already written
towards the end of a word. Characters that are not letters (spaces, digits, punctuation, and the characters of Chinese and Japanese,
which are words by themselves) end a word and are always allowed after a complete one.

Conventions: a word is a run of letters, looked up in lower case. It is written in small letters, with a capital first, or in
capitals alone. A place in the trie is an int: 0 between words, :data:`FREE` within an unknown word (which only a prefix can
contain), up to its end, and -1 - n at the place n within a word of which all letters so far are capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from genstudio.domains.words import CJK
from genstudio.models.sequence_vae import EOS
from genstudio.tokens import Tokenizer

__all__ = ["FREE", "Lexicon", "letters"]

FREE = -1
_LETTERS = re.compile(f"(?:(?![{CJK}])[^\\W\\d_])+")


def letters(text: str) -> list[str]:
    """The words of a text in lower case, as they are looked up.

    >>> letters("It's 3 o'clock: 下雨了")
    ['it', 's', 'o', 'clock']
    """
    return [word.lower() for word in _LETTERS.findall(text)]


def _node(place: int) -> int:
    """The node of the trie at a place; 0 within an unknown word."""
    return FREE - place if place < FREE else max(place, 0)


class Lexicon:
    """The known words and the tokens that spell them, an :class:`~genstudio.decoding.options.Automaton`.

    A word with a letter that is no token by itself is left out: it could be begun but not ended.
    """

    def __init__(self, tokenizer: Tokenizer, words: Iterable[str]) -> None:
        self._pieces = [tokenizer.piece(token) for token in range(tokenizer.vocab_size)]
        alone = {piece.lower() for piece in self._pieces if len(piece) == 1}
        self._children: list[dict[str, int]] = [{}]
        self._ends = [False]
        self._words = set()
        for word in words:
            if all(letter in alone for letter in word):
                self._words.add(word)
                self._add(word)
        # The parts of each token: runs of letters and what is between them. None for a part of a character, for special tokens, and
        # for the zero byte, which a text leaves out, so that its neighbours would become one word.
        self._parts = [None if not piece or "\ufffd" in piece or "\0" in piece else self._cut(piece) for piece in self._pieces]
        # Tokens by their first letter: at a place only those that begin with one of its next letters need be tried.
        self._beginning: dict[str, list[int]] = {}
        self._outside: list[int] = []
        for token, parts in enumerate(self._parts):
            if parts:
                (self._beginning.setdefault(parts[0][1][0].lower(), []) if parts[0][0] else self._outside).append(token)
        self._next: dict[int, list[int | None]] = {}
        self._masks: dict[int, Tensor] = {}
        self._other: tuple[set[str], Lexicon] | None = None

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def knowing(self, tokenizer: Tokenizer, text: Sequence[str]) -> Lexicon:
        """A lexicon that knows the words of ``text`` as well: this one if it does, else another, of which the last is cached."""
        more = {word for one in text for word in letters(one)} - self._words
        if more and (self._other is None or self._other[0] != more):
            self._other = more, Lexicon(tokenizer, self._words | more)
        return self._other[1] if more and self._other is not None else self

    @staticmethod
    def _cut(piece: str) -> list[tuple[bool, str]]:
        parts, at = [], 0
        for found in _LETTERS.finditer(piece):
            if found.start() > at:
                parts.append((False, piece[at : found.start()]))
            parts.append((True, found.group()))
            at = found.end()
        if at < len(piece):
            parts.append((False, piece[at:]))
        return parts

    def _add(self, word: str) -> None:
        place = 0
        for letter in word:
            child = self._children[place].get(letter)
            if child is None:
                child = self._children[place][letter] = len(self._children)
                self._children.append({})
                self._ends.append(False)
            place = child
        self._ends[place] = True

    def _walked(self, place: int, token: int) -> int | None:
        """The place that ``token`` leads to from ``place``; None where no known word is spelled so."""
        parts = self._parts[token]
        if parts is None:
            return None
        for is_word, text in parts:
            node = _node(place)
            if not is_word:
                if node > 0 and not self._ends[node]:
                    return None
                place = 0
            elif place != FREE:
                small, large = text == text.lower(), text == text.upper()
                if place > 0:
                    fits = small
                elif place < FREE:  # after one capital both can follow
                    fits = large or (small and node in self._children[0].values())
                else:
                    fits = small or large or text[1:] == text[1:].lower()
                if not fits:
                    return None
                for letter in text.lower():
                    child = self._children[node].get(letter)
                    if child is None:
                        return None
                    node = child
                place = FREE - node if large and not small else node
        return place

    def after(self, place: int, token: int) -> int:
        """The place after ``token``, which may be an excluded one (of a prefix)."""
        found = self._leads(place)[token]
        if found is not None:
            return found
        parts = self._parts[token]
        return 0 if parts and not parts[-1][0] else FREE

    def _leads(self, place: int) -> list[int | None]:
        if place not in self._next:
            node = _node(place)
            leads: list[int | None] = [None] * len(self._pieces)
            first = self._beginning if place == FREE else self._children[node]
            for letter in first:
                for token in self._beginning.get(letter, ()):
                    leads[token] = self._walked(place, token)
            if place in (0, FREE):
                for token in self._outside:
                    leads[token] = self._walked(place, token)
            elif self._ends[node]:  # the end of a word, after which the same follows as between words
                root = self._leads(0)
                for token in self._outside:
                    leads[token] = root[token]
            self._next[place] = leads
        return self._next[place]

    def excluded(self, places: Sequence[int]) -> Tensor:
        """Mask of the tokens that spell no known word after each of ``places``, bool [places, vocab]."""
        for place in places:
            if place not in self._masks:
                mask = torch.tensor([found is None for found in self._leads(place)])
                mask[EOS] = _node(place) > 0 and not self._ends[_node(place)]
                self._masks[place] = mask
        return torch.stack([self._masks[place] for place in places])
