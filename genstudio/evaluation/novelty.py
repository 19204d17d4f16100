"""How much of what a model writes is copied from its training data.

A piece is a sequence of units: words (Chinese characters) of text, else the domain's symbols but for those that are interchangeable (a
melody's key: its pitches are relative to it, so a transposed passage is the same). A *passage* is a run of units, and is *shared* when
some training piece holds it, as it is.

``longest_passage``: mean length of the longest shared passage of a piece, in units, and ``longest_share`` the same by the piece's
length. ``copied``: share of the pieces with a long shared passage: at least ``SEGMENTS`` whole segments (bars) of music with ``LEAST``
units beside the bar lines in them, or ``WORDS`` words. ``whole``: share of the pieces that are a training piece, unit for unit.
``nearest_distance``: mean distance of a piece to the nearest training piece, edits of units by the length of the longer, 0 for a
copy; candidates for it are the training pieces that share the longest passages with the piece, so it is an upper bound.
``…_real`` are of held-out real pieces, which nobody copied: what is usual in that kind of data. Memorisation shows in the difference
(N. Carlini et al., Quantifying memorization across neural language models, ICLR 2023, measure passages in this way).

Passages are found with a suffix array of everything (U. Manber, G. Myers, SIAM J. Comput. 22, 1993), built by doubling.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import Domain, Grammar, edit_distance, words
from genstudio.progress import Progress, Report, Stop, silent

__all__ = ["Found", "novelty", "search", "units"]

SEGMENTS, LEAST, WORDS = 2, 8, 8
_CANDIDATES = 24

_Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """What of a piece is in the training pieces.

    longest: length of the longest shared passage, in units. copied: whether a shared passage is long. nearest: number of the
    nearest training piece, None where no unit is shared. distance: to it, 0 .. 1.
    """

    longest: int
    copied: bool
    nearest: int | None
    distance: float


def novelty(
    domain: Domain,
    training: Sequence[str],
    generated: Sequence[str],
    real: Sequence[str] = (),
    *,
    origin: Callable[[int], tuple[str, str]] | None = None,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """The measures of this module, and in ``pieces`` what was found of each generated piece: its ``number``, ``longest``,
    ``copied``, ``distance``, and ``nearest``, with ``title`` and ``source`` of that training piece where ``origin`` knows them.

    Args:
        training, generated, real: symbols of pieces. origin: number of a training piece to its title and source.
    """
    queries = [units(domain, symbols) for symbols in (*generated, *real)]
    known = [units(domain, symbols) for symbols in training]
    found = search(known, queries, domain.grammar, report=report, stop=stop)
    made, held_out = found[: len(generated)], found[len(generated) :]
    result: dict[str, Any] = _figures(queries, made)
    if held_out:
        result |= {f"{name}_real": value for name, value in _figures(queries[len(generated) :], held_out).items()}
    result["pieces"] = [_told(number, one, origin) for number, one in enumerate(made)]
    return result


def units(domain: Domain, symbols: str) -> Sequence[str]:
    """The units of a piece that :mod:`genstudio.evaluation.novelty` compares."""
    if domain.kind == "text":
        return words(symbols)
    grammar = domain.grammar
    plain = symbols.translate({ord(symbol): None for symbol in grammar.interchangeable})
    # What stands before the first bar line of a piece without a pickup is its metre, which says nothing by itself.
    return plain + grammar.separator


def search(
    training: Sequence[Sequence[str]],
    queries: Sequence[Sequence[str]],
    grammar: Grammar,
    *,
    report: Report = silent,
    stop: Stop | None = None,
) -> list[Found]:
    """What of each of ``queries`` is in ``training``; pieces are sequences of units, of which a separator ends each segment."""
    check = (stop or Stop()).check
    if not training or not queries:
        return [Found(0, False, None, 1.0) for _ in queries]
    report(Progress("comparing", 0, len(queries), "novelty"))
    index = _Suffixes([*training, *queries], len(training), check)
    found = []
    for number, query in enumerate(queries):
        check()
        lengths, pieces = index.matches(len(training) + number)
        longest = int(lengths.max(initial=0))
        near, distance = _nearest(query, training, lengths, pieces)
        found.append(Found(longest, _long(query, lengths, grammar), near, distance))
        report(Progress("comparing", number + 1, len(queries), "novelty"))
    return found


class _Suffixes:
    """A suffix array of pieces, the first ``known`` of which are those to find passages in."""

    def __init__(self, pieces: Sequence[Sequence[str]], known: int, check: Callable[[], None]) -> None:
        numbers: dict[str, int] = {}
        sizes = np.array([len(piece) for piece in pieces], np.int64)
        self._begins = np.concatenate([[0], np.cumsum(sizes + 1)])
        self._sizes = sizes
        self._piece = np.repeat(np.arange(len(pieces)), sizes + 1)
        # Each piece is followed by a nought. A passage cannot run over the end of its own piece, and so over none.
        rank = np.zeros(int(self._begins[-1]), np.int64)
        for begin, piece in zip(self._begins.tolist(), pieces, strict=False):
            rank[begin : begin + len(piece)] = [numbers.setdefault(unit, len(numbers) + 1) for unit in piece]
        # Ranks of all passages of 1, 2, 4 … units; a passage of any length is told by two of them.
        self._ranks = [rank.astype(np.int32)]
        width = 1
        while width <= int(sizes[known:].max(initial=0)):
            check()
            after = np.concatenate([rank[width:], np.zeros(min(width, len(rank)), np.int64)])[: len(rank)]
            _, rank = np.unique(rank * (int(after.max(initial=0)) + 1) + after, return_inverse=True)
            rank = rank.ravel().astype(np.int64)
            self._ranks.append(rank.astype(np.int32))
            width *= 2
        check()
        order = np.argsort(rank, kind="stable")
        self._place = np.empty_like(order)
        self._place[order] = np.arange(len(order))
        # At each place of the array the nearest one of a known piece, before or there, and there or after.
        places = np.arange(len(order))
        is_known = self._piece[order] < known
        before = np.maximum.accumulate(np.where(is_known, places, -1))
        after_ = np.minimum.accumulate(np.where(is_known, places, len(order))[::-1])[::-1]
        self._order, self._before, self._after = order, before, after_

    def matches(self, number: int) -> tuple[_Ints, _Ints]:
        """For each unit of a piece the length of the longest passage that begins there and is in a known piece too, and the number
        of that piece."""
        begin, size = int(self._begins[number]), int(self._sizes[number])
        at = np.arange(begin, begin + size)
        left = begin + size - at
        best, piece = np.zeros(size, np.int64), np.full(size, -1)
        for beside in (self._before, self._after):
            place = beside[self._place[at]]
            inside = (place >= 0) & (place < len(self._order))
            other = self._order[np.clip(place, 0, len(self._order) - 1)]
            length = np.where(inside, np.minimum(self._common(at, other), left), 0)
            better = length > best
            best, piece = np.where(better, length, best), np.where(better, self._piece[other], piece)
        return best, piece

    def _common(self, first: _Ints, second: _Ints) -> _Ints:
        """How many units from ``first`` and ``second`` on are the same."""
        length = np.zeros(len(first), np.int64)
        size = len(self._order)
        for level in range(len(self._ranks) - 1, -1, -1):
            rank = self._ranks[level]
            a, b = np.minimum(first + length, size - 1), np.minimum(second + length, size - 1)
            same = (first + length < size) & (second + length < size) & (rank[a] == rank[b])
            length += np.where(same, 1 << level, 0)
        return length


def _long(query: Sequence[str], lengths: _Ints, grammar: Grammar) -> bool:
    """Whether a passage of those lengths is long."""
    if not grammar.separator:
        return bool((lengths >= WORDS).any())
    lines = np.flatnonzero([unit == grammar.separator for unit in query])
    if len(lines) <= SEGMENTS:
        return False
    # From one bar line up to and with the one that ends the last of the bars.
    spans = lines[SEGMENTS:] - lines[:-SEGMENTS] + 1
    return bool(((lengths[lines[:-SEGMENTS]] >= spans) & (spans - SEGMENTS - 1 >= LEAST)).any())


def _nearest(query: Sequence[str], training: Sequence[Sequence[str]], lengths: _Ints, pieces: _Ints) -> tuple[int | None, float]:
    shared: Counter[int] = Counter()
    for length, piece in zip(lengths.tolist(), pieces.tolist(), strict=True):
        if piece >= 0:
            shared[piece] += length
    near: tuple[float, int] | None = None
    for piece, _ in shared.most_common(_CANDIDATES):
        other = training[piece]
        one = (edit_distance(query, other) / max(len(query), len(other)), piece)
        near = one if near is None else min(near, one)
    return (None, 1.0) if near is None else (near[1], near[0])


def _figures(queries: Sequence[Sequence[str]], found: Sequence[Found]) -> dict[str, float]:
    count = max(1, len(found))
    return {
        "copied": sum(one.copied for one in found) / count,
        "whole": sum(one.nearest is not None and one.distance == 0 for one in found) / count,
        "longest_passage": sum(one.longest for one in found) / count,
        "longest_share": sum(one.longest / max(1, len(query)) for one, query in zip(found, queries, strict=False)) / count,
        "nearest_distance": sum(one.distance for one in found) / count,
    }


def _told(number: int, found: Found, origin: Callable[[int], tuple[str, str]] | None) -> dict[str, Any]:
    told = {
        "number": number,
        "longest": found.longest,
        "copied": found.copied,
        "distance": found.distance,
        "nearest": found.nearest,
    }
    if found.nearest is not None and origin is not None:
        told["title"], told["source"] = origin(found.nearest)
    return told
