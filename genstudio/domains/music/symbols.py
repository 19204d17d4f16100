"""The symbols that all music has: bar lines and metres, one private-use character each."""

from __future__ import annotations

from collections.abc import Callable

from genstudio.domains.music.time import DENOMINATORS, NUMERATORS, bar_ticks

__all__ = ["BAR", "METRES", "METRE_OF", "sizes"]

BAR = "\ue000"
METRES = {
    (numerator, denominator): chr(0xE060 + 16 * row + numerator - 1)
    for row, denominator in enumerate(DENOMINATORS)
    for numerator in NUMERATORS
}
METRE_OF = {symbol: metre for metre, symbol in METRES.items()}


def sizes(unit: int) -> Callable[[str], int]:
    """The ``size`` of a grammar that counts in ``unit`` ticks: how long bars are after a metre, 0 after other symbols."""

    def size(token: str) -> int:
        metre = METRE_OF.get(token)
        return bar_ticks(*metre) // unit if metre else 0

    return size
