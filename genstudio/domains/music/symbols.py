"""The symbols that all domains of music share: bar lines and metres, each a private-use character."""

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
    """The function ``size`` of a grammar that counts in ``unit`` ticks: the length of a bar after a metre, 0 for other symbols."""

    def size(token: str) -> int:
        metre = METRE_OF.get(token)
        return bar_ticks(*metre) // unit if metre else 0

    return size
