"""Time series as strings of symbols, one private-use character each: ``SEASON BEGIN POSITION level level … BEGIN level …``.

A value, scaled by the mean and the deviation of its series, becomes one of :data:`LEVELS` equally wide levels from
-:data:`REACH` to :data:`REACH` deviations, as in Chronos (A. F. Ansari et al., Chronos: learning the language of time series,
2024, section 3.1); what lies beyond is clipped. A gap is a level of its own. BEGIN stands before the first value of each season (or
block of :data:`~genstudio.domains.series.piece.BLOCK` steps), so that the phase of a token is its position in the season. POSITION
is that of the first value, where it is not the first of its season.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import Grammar
from genstudio.domains.series.calendar import MOST_SEASON
from genstudio.domains.series.piece import BLOCK, Series

__all__ = [
    "GRAMMAR", "LEVELS", "POSITIONS", "REACH", "SEASONS", "clipped", "from_symbols", "levels_of", "to_symbols", "value_of",
]  # fmt: skip

LEVELS = 200
REACH = 5.0
"""In deviations from the mean."""
_WIDTH = 2 * REACH / LEVELS

BEGIN = chr(0xE400)
GAP = chr(0xE401)
SEASONS = {season: chr(0xE410 + season) for season in (0, *range(2, MOST_SEASON + 1))}
POSITIONS = {position: chr(0xE460 + position) for position in range(1, MOST_SEASON)}
_LEVEL = 0xE4C0
_LEVELS = "".join(chr(_LEVEL + level) for level in range(LEVELS))
_SEASON_OF = {symbol: season for season, symbol in SEASONS.items()}
_POSITION_OF = {symbol: position for position, symbol in POSITIONS.items()}


def _is_step(symbol: str) -> bool:
    return symbol == GAP or _LEVEL <= ord(symbol) < _LEVEL + LEVELS


def _advance(token: str) -> int:
    return sum(1 if _is_step(symbol) else _POSITION_OF.get(symbol, 0) for symbol in token)


def _size(token: str) -> int:
    """The length of the segments after a token that states the season; 0 for any other token."""
    return (_SEASON_OF[token] or BLOCK) if token in _SEASON_OF else 0


GRAMMAR = Grammar(
    indivisible="".join([BEGIN, *SEASONS.values(), *POSITIONS.values()]),
    separator=BEGIN,
    alphabet="".join([BEGIN, GAP, *SEASONS.values(), *POSITIONS.values(), _LEVELS]),
    advance=_advance,
    phases=MOST_SEASON + 1,
    size=_size,
    gap=GAP,
)


def levels_of(series: Series) -> NDArray[np.int64]:
    """The level of each value, int64 [steps]; -1 for a gap."""
    scaled = (series.array() - series.mean) / series.deviation
    there = np.isfinite(scaled)
    level = np.floor((np.where(there, scaled, 0.0) + REACH) / _WIDTH)
    return np.where(there, np.clip(level, 0, LEVELS - 1), -1).astype(np.int64)


def value_of(level: int) -> float:
    """The middle of a level, in deviations from the mean."""
    return round(-REACH + (level + 0.5) * _WIDTH, 6)


def clipped(series: Series) -> int:
    """How many values lie beyond the last level."""
    scaled = np.abs(series.array() - series.mean) / series.deviation
    return int((scaled > REACH).sum())


def to_symbols(piece: Series) -> str:
    """The levels of a series with its season and phase; :func:`from_symbols` is the inverse up to half the width of a level."""
    out = [SEASONS[piece.season]]
    place = piece.phase % piece.size
    for index, level in enumerate(levels_of(piece).tolist()):
        if index == 0 or place == 0:
            out.append(BEGIN)
            if place:
                out.append(POSITIONS[place])
        out.append(GAP if level < 0 else chr(_LEVEL + level))
        place = (place + 1) % piece.size
    return "".join(out) if piece.values else ""


def from_symbols(symbols: str) -> Series:
    """A series in deviations from its mean. Of several seasons the first counts, and a POSITION only before the first value; where
    segments begin follows from these."""
    season = phase = 0
    stated = False
    values: list[float | None] = []
    for symbol in symbols:
        if symbol in _SEASON_OF and not stated and not values:
            season, stated = _SEASON_OF[symbol], True
        elif symbol in _POSITION_OF and not values and not phase:
            phase = _POSITION_OF[symbol]
        elif _is_step(symbol):
            values.append(None if symbol == GAP else value_of(ord(symbol) - _LEVEL))
    if not values or not season:
        phase = 0
    return Series(values=tuple(values), season=season if values else 0, phase=phase % season if season else 0)
