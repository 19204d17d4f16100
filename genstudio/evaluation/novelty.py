"""Novelty: how much of the samples of a model is copied from its training data.

A piece is a sequence of units: words (or Chinese characters) of text, otherwise the symbols of the domain without those that are
interchangeable (the key of a melody: pitches are relative to it, so a transposed passage is the same). A *passage* is a run of
units, and is *shared* if it occurs in a training piece.

- ``longest_passage``: mean length of the longest shared passage of a piece, in units; ``longest_share``: the same divided by the
  length of the piece.
- ``copied``: share of the pieces with a long shared passage: at least ``SEGMENTS`` whole segments (bars) of music with ``LEAST``
  units in them, not counting bar lines, or ``WORDS`` words.
- ``whole``: share of the pieces that equal a training piece, unit for unit.
- ``nearest_distance``: mean distance of a piece to the nearest training piece: edit distance of units divided by the longer length,
  0 for a copy. The candidates are the training pieces that share the longest passages with the piece, so it is an upper bound.
- ``…_real``: the same metrics of held-out real pieces, which are not copies: what is usual in this kind of data. Memorisation shows
  in the difference (N. Carlini et al., Quantifying memorization across neural language models, ICLR 2023, measure passages in this
  way).

Passages are found with a suffix array of all pieces (U. Manber, G. Myers, SIAM J. Comput. 22, 1993), built by doubling.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import Domain, Grammar, edit_distance, words
from genstudio.errors import Message
from genstudio.progress import Monitor

__all__ = ["Found", "novelty", "search", "units"]

SEGMENTS, LEAST, WORDS = 2, 8, 8
_CANDIDATES = 24  # training pieces whose distance to a piece is measured
_PART = "\1"  # stands for a separator within a bar of a score
_BESIDE = 3  # entries of the suffix array that are examined before and after each position of a piece

_Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """The passages that a piece shares with the training pieces.

    Attributes:
        longest: length of the longest shared passage, in units.
        copied: whether a shared passage is long.
        nearest: number of the nearest training piece; None where no unit is shared.
        distance: distance to it, 0 to 1.
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
    monitor: Monitor = Monitor(),
) -> dict[str, Any]:
    """Compute the metrics of this module.

    Args:
        domain: the domain of the pieces.
        training, generated, real: symbols of the training pieces, of samples of the model, and of held-out pieces.
        origin: maps the number of a training piece to its title and source.
        monitor: receives progress, and may stop.

    Returns:
        The metrics described in the module by name, those of the real pieces with the suffix ``_real``. ``pieces``: a dict for each
        generated piece with ``number``, ``longest``, ``copied``, ``distance`` and ``nearest``, and with ``origin`` also ``title``
        and ``source`` of the nearest training piece.
    """
    queries = units(domain, [*generated, *real])
    found = search(units(domain, training), queries, domain.grammar, monitor=monitor)
    samples, held_out = found[: len(generated)], found[len(generated) :]
    result: dict[str, Any] = _metrics(queries, samples)
    if held_out:
        result |= {f"{name}_real": value for name, value in _metrics(queries[len(generated) :], held_out).items()}
    result["pieces"] = [_entry(number, one, origin) for number, one in enumerate(samples)]
    return result


def units(domain: Domain, symbols: Sequence[str]) -> list[Sequence[str]]:
    """Split pieces, given as symbols, into the units that are compared. In music a separator also ends the last segment."""
    if domain.is_text:
        return [words(one) for one in symbols]
    grammar = domain.grammar
    leave_out = dict.fromkeys(map(ord, grammar.interchangeable))
    if not grammar.separator:
        return [one.translate(leave_out) for one in symbols]
    found: list[Sequence[str]] = []
    for one in symbols:
        # Of a score only the separator at the beginning of a bar stays one.
        bars = [bar.replace(grammar.separator, _PART) for bar in domain.bars_of(one)]
        found.append(grammar.separator.join([one.partition(grammar.separator)[0], *bars, ""]).translate(leave_out))
    return found


def search(
    training: Sequence[Sequence[str]],
    queries: Sequence[Sequence[str]],
    grammar: Grammar,
    *,
    monitor: Monitor = Monitor(),
) -> list[Found]:
    """Search for passages of pieces in training pieces.

    Args:
        training, queries: pieces as sequences of units, in which a separator ends each segment.
        grammar: defines the separator.
        monitor: receives progress, and may stop.

    Returns:
        For each of ``queries`` the passages that it shares with ``training``.
    """
    if not training or not queries:
        return [Found(0, False, None, 1.0) for _ in queries]
    done = monitor.counter("comparing", len(queries), Message("novelty"))
    done(0)
    index = _Suffixes([*training, *queries], len(training), monitor.check)
    same = {_key(piece): number for number, piece in reversed(list(enumerate(training)))}
    found = []
    for number, query in enumerate(queries):
        monitor.check()
        lengths, pieces = index.matches(len(training) + number)
        near, distance = same.get(_key(query)), 0.0
        if near is None:
            near, distance = _nearest(query, training, lengths, pieces)
        found.append(Found(int(lengths.max(initial=0)), _long(query, lengths[0], grammar), near, distance))
        done(number + 1)
    return found


class _Suffixes:
    """Suffix array: the positions in all pieces, sorted by the units that follow in the same piece.

    The first ``known`` pieces are those to find passages in, the others are the queries. Positions are sorted only as far as needed
    to distinguish passages of queries.
    """

    def __init__(self, pieces: Sequence[Sequence[str]], known: int, check: Callable[[], None]) -> None:
        sizes = np.array([len(piece) for piece in pieces], np.int64)
        self._sizes, self._begins = sizes, np.concatenate([[0], np.cumsum(sizes + 1)])
        self._piece = np.repeat(np.arange(len(pieces)), sizes + 1)
        unit = _numbered(pieces)
        self._total = total = len(unit)
        of_query = self._piece >= known
        # The rank of a passage is the number of positions with a smaller one. The ranks of all passages of 1, 2, 4 … units are
        # kept: two of them identify a passage of any length.
        counts = np.bincount(unit)
        rank = (np.cumsum(counts) - counts)[unit]
        self._ranks = [rank]
        width, longest = 1, int(sizes[known:].max(initial=0))
        while width < longest:
            check()
            held = np.bincount(rank, minlength=total)
            mine = np.bincount(rank[of_query], minlength=total)
            # Passages that occur only in queries, or only in known pieces, need no further sorting.
            active = np.flatnonzero(((mine > 0) & (mine < held))[rank])
            active = active[active + width < total]
            key = rank[active] * total + rank[active + width]
            order = np.argsort(key)
            key, old = key[order], rank[active[order]]
            at = np.arange(len(order))
            group = np.maximum.accumulate(np.where(np.diff(key, prepend=-1) != 0, at, 0))
            former = np.maximum.accumulate(np.where(np.diff(old, prepend=-1) != 0, at, 0))
            rank = rank.copy()
            rank[active[order]] = old + group - former
            self._ranks.append(rank)
            width *= 2
        check()
        order = np.argsort(rank, kind="stable")
        self._place = np.empty_like(order)
        self._place[order] = np.arange(total)
        self._order, self._known = order, np.flatnonzero(~of_query[order])

    def matches(self, number: int) -> tuple[_Ints, _Ints]:
        """Find, for each position of the piece ``number``, the known pieces with the longest matching passages that begin there.

        Returns:
            Lengths of the passages, longest first, and numbers of the pieces, both [2 * _BESIDE, units]; 0 and -1 where there is
            none.
        """
        begin, size = int(self._begins[number]), int(self._sizes[number])
        at = np.arange(begin, begin + size)
        place = np.searchsorted(self._known, self._place[at]) + np.arange(-_BESIDE, _BESIDE)[:, None]
        inside = (place >= 0) & (place < len(self._known))
        other = self._order[self._known[np.clip(place, 0, len(self._known) - 1)]]
        lengths = np.where(inside, np.minimum(self._common(np.broadcast_to(at, other.shape), other), begin + size - at), 0)
        pieces = np.where(lengths > 0, self._piece[other], -1)
        best = np.argsort(-lengths, axis=0, kind="stable")
        return np.take_along_axis(lengths, best, 0), np.take_along_axis(pieces, best, 0)

    def _common(self, first: _Ints, second: _Ints) -> _Ints:
        """Length of the common passage that begins at the positions ``first`` and ``second``."""
        length = np.zeros(first.shape, np.int64)
        size = self._total
        for level in range(len(self._ranks) - 1, -1, -1):
            rank = self._ranks[level]
            a, b = np.minimum(first + length, size - 1), np.minimum(second + length, size - 1)
            same = (first + length < size) & (second + length < size) & (rank[a] == rank[b])
            length += np.where(same, 1 << level, 0)
        return length


def _numbered(pieces: Sequence[Sequence[str]]) -> _Ints:
    """Number the units of all pieces, concatenated with a zero after each, so that no passage runs over the end of a piece."""
    if all(isinstance(piece, str) for piece in pieces):
        codes = "\0".join([*map(str, pieces), ""]).encode("utf-32-le", "surrogatepass")
        return np.frombuffer(codes, "<u4").astype(np.int64)
    number = {unit: at for at, unit in enumerate(dict.fromkeys(chain.from_iterable(pieces)), start=1)}
    return np.array([at for piece in pieces for at in (*map(number.__getitem__, piece), 0)], np.int64)


def _key(piece: Sequence[str]) -> Sequence[str]:
    return piece if isinstance(piece, str) else tuple(piece)


def _long(query: Sequence[str], lengths: _Ints, grammar: Grammar) -> bool:
    """Whether one of the shared passages, of which the longest at each position has ``lengths``, counts as long."""
    if not grammar.separator:
        return bool((lengths >= WORDS).any())
    lines = np.flatnonzero([unit == grammar.separator for unit in query])
    if len(lines) <= SEGMENTS:
        return False
    # Units from one bar line to the one that ends the last bar, both included.
    spans = lines[SEGMENTS:] - lines[:-SEGMENTS] + 1
    return bool(((lengths[lines[:-SEGMENTS]] >= spans) & (spans - SEGMENTS - 1 >= LEAST)).any())


def _nearest(query: Sequence[str], training: Sequence[Sequence[str]], lengths: _Ints, pieces: _Ints) -> tuple[int | None, float]:
    shared: Counter[int] = Counter()
    for length, piece in zip(lengths.ravel().tolist(), pieces.ravel().tolist(), strict=True):
        if piece >= 0:
            shared[piece] += length
    near: tuple[float, int] | None = None
    for piece, _ in shared.most_common(_CANDIDATES):
        other = training[piece]
        one = (edit_distance(query, other) / max(len(query), len(other)), piece)
        near = one if near is None else min(near, one)
    return (None, 1.0) if near is None else (near[1], near[0])


def _metrics(queries: Sequence[Sequence[str]], found: Sequence[Found]) -> dict[str, float]:
    count = max(1, len(found))
    return {
        "copied": sum(one.copied for one in found) / count,
        "whole": sum(one.nearest is not None and one.distance == 0 for one in found) / count,
        "longest_passage": sum(one.longest for one in found) / count,
        "longest_share": sum(one.longest / max(1, len(query)) for one, query in zip(found, queries, strict=False)) / count,
        "nearest_distance": sum(one.distance for one in found) / count,
    }


def _entry(number: int, found: Found, origin: Callable[[int], tuple[str, str]] | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "number": number,
        "longest": found.longest,
        "copied": found.copied,
        "distance": found.distance,
        "nearest": found.nearest,
    }
    if found.nearest is not None and origin is not None:
        entry["title"], entry["source"] = origin(found.nearest)
    return entry
