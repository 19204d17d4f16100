"""Whether the middle of a path is a new piece that resembles both endpoints.

``copied``: the share of the bars of a piece (of a text: of its runs of three words) that occur in an endpoint, symbol for symbol.
Of two unrelated pieces of sixteen bars it is 0.04; of a splice 0.5 and more. A bar of a score is that of all its parts. A splice of
one part from either end has no such bars, so for scores the bars of single parts that have notes are counted too.

``betweenness`` of a piece m between a and b is computed from features that a listener hears
(:meth:`genstudio.domains.Domain.measure_features`), each divided by its standard deviation over pieces. With the root mean square
difference d, and the mean r of d over unrelated pieces, it is

    (2 r - d(m, a) - d(m, b)) / (2 r - d(a, b)),

that is 1 on the straight line between the endpoints, and 0 for a piece as far from them as any other. A feature in which all
endpoints are equal has no scale, and does not count.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import Domain

__all__ = ["Heard", "copied"]

_RUN = 3  # words


def copied(domain: Domain, middle: Any, ends: Sequence[Any], by_part: bool = False) -> float:
    """Share of a piece that occurs literally in other pieces.

    Args:
        domain: the domain of the pieces.
        middle: the piece.
        ends: the pieces that it may be copied from.
        by_part: whether the bars of each part of a score that have notes count, and not those of all parts together.

    Returns:
        The share of its bars (of a text: of its runs of three words), 0 to 1.
    """
    own = _units(domain, middle, by_part)
    known = {unit for end in ends for unit in _units(domain, end, by_part)}
    return sum(unit in known for unit in own) / len(own) if own else 0.0


def _units(domain: Domain, piece: Any, by_part: bool) -> list[Hashable]:
    grammar = domain.grammar
    if grammar.separator:
        bars = domain.bars_of(domain.to_symbols(piece))
        if not by_part:
            return list(bars)
        segments = [(part, one) for bar in bars for part, one in enumerate(bar.split(grammar.separator))]
        return [(part, one) for part, one in segments if not set(grammar.pitches).isdisjoint(one)]
    parts = domain.parts(piece)
    return [tuple(parts[at : at + _RUN]) for at in range(max(1, len(parts) - _RUN + 1))]


class Heard:
    """Distances of pieces in features that a listener hears, each in standard deviations over the endpoints."""

    def __init__(self, domain: Domain, first: Sequence[Any], last: Sequence[Any]) -> None:
        """Measure the first and the last endpoints of pairs of pieces."""
        self.domain = domain
        self.first, self.last = self._features(first), self._features(last)
        spread = np.concatenate([self.first, self.last]).std(0)
        self.deviation = np.where(spread > 0, spread + 1e-3, np.inf)
        # Endpoints of different pairs are unrelated.
        shifted = np.roll(self.last, max(1, len(last) // 3), axis=0)
        self.unrelated = float(self._apart(self.first, shifted).mean())

    def _features(self, pieces: Sequence[Any]) -> NDArray[np.float64]:
        return np.stack([self.domain.measure_features(piece) for piece in pieces]).astype(np.float64)

    def _apart(self, a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
        result: NDArray[np.float64] = np.sqrt((((a - b) / self.deviation) ** 2).mean(1))
        return result

    def to_ends(self, pieces: Sequence[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Distances to the two endpoints of each pair from one piece for each pair, [pairs] each."""
        found = self._features(pieces)
        return self._apart(found, self.first), self._apart(found, self.last)

    def betweenness(self, pieces: Sequence[Any]) -> NDArray[np.float64]:
        """Betweenness of one piece for each pair, [pairs]; NaN where the endpoints are farther apart than 2 r."""
        to_first, to_last = self.to_ends(pieces)
        room = 2 * self.unrelated - self._apart(self.first, self.last)
        return np.where(room > 1e-6, (2 * self.unrelated - to_first - to_last) / np.where(room > 1e-6, room, 1.0), np.nan)
