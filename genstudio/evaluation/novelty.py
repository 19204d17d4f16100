"""How much of what a model writes is copied from its training data.

A piece is a sequence of units: words (Chinese characters) of text, else the domain's symbols but for those that are
interchangeable (a melody's key: its pitches are relative to it, so a transposed passage is the same). A *passage* is a run of
units, and is *shared* when some training piece holds it, as it is.

``longest_passage``: mean length of the longest shared passage of a piece, in units, and ``longest_share`` the same by the piece's
length. ``copied``: share of the pieces with a long shared passage: at least ``SEGMENTS`` whole segments (bars) of music with
``LEAST`` units beside the bar lines in them, or ``WORDS`` words. ``whole``: share of the pieces that are a training piece, unit
for unit. ``nearest_distance``: mean distance of a piece to the nearest training piece, edits of units by the length of the
longer, 0 for a copy; candidates for it are the training pieces that share the longest passages with the piece, so it is an upper
bound. ``…_real`` are of held-out real pieces, which nobody copied: what is usual in that kind of data. Memorisation shows in the
difference (N. Carlini et al., Quantifying memorization across neural language models, ICLR 2023, measure passages in this way).

Passages are found with a suffix array of everything (U. Manber, G. Myers, SIAM J. Comput. 22, 1993), built by doubling.
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
_BESIDE = 3  # places of the suffix array that are looked at before each place of a piece, and after

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
    monitor: Monitor = Monitor(),
) -> dict[str, Any]:
    """The measures of this module, and in ``pieces`` what was found of each generated piece: its ``number``, ``longest``,
    ``copied``, ``distance``, and ``nearest``, with ``title`` and ``source`` of that training piece where ``origin`` knows them.

    Args:
        training, generated, real: symbols of pieces.
        origin: number of a training piece to its title and source.

    Returns:
        The shares and means of the module's text by name, those of the real pieces with ``_real`` behind it, and ``pieces``.
    """
    queries = units(domain, [*generated, *real])
    found = search(units(domain, training), queries, domain.grammar, monitor=monitor)
    made, held_out = found[: len(generated)], found[len(generated) :]
    result: dict[str, Any] = _figures(queries, made)
    if held_out:
        result |= {f"{name}_real": value for name, value in _figures(queries[len(generated) :], held_out).items()}
    result["pieces"] = [_told(number, one, origin) for number, one in enumerate(made)]
    return result


def units(domain: Domain, symbols: Sequence[str]) -> list[Sequence[str]]:
    """The units of pieces that :mod:`genstudio.evaluation.novelty` compares. A separator ends the last segment, too."""
    if domain.is_text:
        return [words(one) for one in symbols]
    grammar = domain.grammar
    leave_out = dict.fromkeys(map(ord, grammar.interchangeable))
    return [one.translate(leave_out) + grammar.separator for one in symbols]


def search(
    training: Sequence[Sequence[str]],
    queries: Sequence[Sequence[str]],
    grammar: Grammar,
    *,
    monitor: Monitor = Monitor(),
) -> list[Found]:
    """Look for passages of pieces in training pieces.

    Args:
        training, queries: pieces as sequences of units, of which a separator ends each segment.
        grammar: says which unit is the separator.

    Returns:
        What of each of ``queries`` is in ``training``.
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
    """The places of all pieces in the order of what follows them in their piece; the first ``known`` pieces are those to find
    passages in. Places are told apart only as far as passages of the other pieces go."""

    def __init__(self, pieces: Sequence[Sequence[str]], known: int, check: Callable[[], None]) -> None:
        sizes = np.array([len(piece) for piece in pieces], np.int64)
        self._sizes, self._begins = sizes, np.concatenate([[0], np.cumsum(sizes + 1)])
        self._piece = np.repeat(np.arange(len(pieces)), sizes + 1)
        unit = _numbered(pieces)
        self._total = total = len(unit)
        asked = self._piece >= known
        # The rank of a passage is how many places have a lesser one. Ranks of all passages of 1, 2, 4 … units are kept: two of them
        # tell a passage of any length.
        counts = np.bincount(unit)
        rank = (np.cumsum(counts) - counts)[unit]
        self._ranks = [rank]
        width, longest = 1, int(sizes[known:].max(initial=0))
        while width < longest:
            check()
            held = np.bincount(rank, minlength=total)
            mine = np.bincount(rank[asked], minlength=total)
            # Where there is no passage of both kinds of pieces, it does not matter what follows.
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
        self._order, self._known = order, np.flatnonzero(~asked[order])

    def matches(self, number: int) -> tuple[_Ints, _Ints]:
        """For each unit of a piece the known pieces that go on as it does for longest: how long, longest first, and their numbers,
        both [2 * beside, units]; nought and -1 where there is none."""
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
        """How many units from ``first`` and ``second`` on are the same."""
        length = np.zeros(first.shape, np.int64)
        size = self._total
        for level in range(len(self._ranks) - 1, -1, -1):
            rank = self._ranks[level]
            a, b = np.minimum(first + length, size - 1), np.minimum(second + length, size - 1)
            same = (first + length < size) & (second + length < size) & (rank[a] == rank[b])
            length += np.where(same, 1 << level, 0)
        return length


def _numbered(pieces: Sequence[Sequence[str]]) -> _Ints:
    """A number for each unit of all pieces, one after the other, and a nought after each piece: a passage cannot run over the end
    of its own piece, and so over none."""
    if all(isinstance(piece, str) for piece in pieces):
        codes = "\0".join([*map(str, pieces), ""]).encode("utf-32-le", "surrogatepass")
        return np.frombuffer(codes, "<u4").astype(np.int64)
    number = {unit: at for at, unit in enumerate(dict.fromkeys(chain.from_iterable(pieces)), start=1)}
    return np.array([at for piece in pieces for at in (*map(number.__getitem__, piece), 0)], np.int64)


def _key(piece: Sequence[str]) -> Sequence[str]:
    return piece if isinstance(piece, str) else tuple(piece)


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
    for length, piece in zip(lengths.ravel().tolist(), pieces.ravel().tolist(), strict=True):
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
    told: dict[str, Any] = {
        "number": number,
        "longest": found.longest,
        "copied": found.copied,
        "distance": found.distance,
        "nearest": found.nearest,
    }
    if found.nearest is not None and origin is not None:
        told["title"], told["source"] = origin(found.nearest)
    return told
