"""The symbols that domains of music share, each a private-use character: bar lines, metres, rests, durations and pitches."""

from __future__ import annotations

from collections.abc import Callable

from genstudio.domains.music.time import DENOMINATORS, NUMERATORS, bar_ticks

__all__ = ["BAR", "DURATIONS", "METRES", "METRE_OF", "PITCHES", "REST", "sizes"]

BAR = "\ue000"
REST = "\ue002"
METRES = {
    (numerator, denominator): chr(0xE060 + 16 * row + numerator - 1)
    for row, denominator in enumerate(DENOMINATORS)
    for numerator in NUMERATORS
}
METRE_OF = {symbol: metre for metre, symbol in METRES.items()}
# Note values from the thirty-second and its triplet to two whole notes, and small numbers to complete any other duration.
_LENGTHS = (
    *(1, 2, 4, 8, 16, 10, 15, 20, 30, 40, 60, 80, 90, 96, 120, 160, 180, 240, 320, 360, 480, 640, 720, 840, 960),
    *(1200, 1440, 1920, 2880, 3840),
)
DURATIONS = {ticks: chr(0xE0B0 + index) for index, ticks in enumerate(_LENGTHS)}
PITCHES = {step: chr(0xE100 + step + 64) for step in range(-64, 64)}


def sizes(unit: int) -> Callable[[str], int]:
    """The function ``size`` of a grammar that counts in ``unit`` ticks: the length of a bar after a metre, 0 for other symbols."""

    def size(token: str) -> int:
        metre = METRE_OF.get(token)
        return bar_ticks(*metre) // unit if metre else 0

    return size
