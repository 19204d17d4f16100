"""Drum patterns as strings of symbols, one private-use character each: ``METRE BAR steps BAR steps …``.

A METRE comes again directly before the BAR where it changes. A step is a sixteenth. Each hit on it is one symbol (voice and level),
in the order of the voices. Before hits that are not exactly on the step comes their offset, -2 to 3 twenty-fourths of a quarter.
Further symbols move on by a number of steps, and fill the bar exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from genstudio.domains.base import Grammar
from genstudio.domains.drums.piece import DrumPattern
from genstudio.domains.drums.voices import (
    EARLIEST,
    INDEX_OF,
    LATEST,
    STEP,
    UNIT,
    VELOCITIES,
    VOICES,
    Hit,
    level_of,
    notes_of,
    struck,
)
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.music.symbols import BAR, METRE_OF, METRES, sizes
from genstudio.domains.music.time import MetreChange, bar_ticks

__all__ = ["GRAMMAR", "bars", "from_symbols", "hits_in", "to_symbols", "without_last_rest"]

_HITS = {(voice, level): chr(0xE200 + len(VELOCITIES) * voice + level) for voice in range(len(VOICES)) for level in range(4)}
_OFFSETS = {offset: chr(0xE230 + offset - EARLIEST) for offset in range(EARLIEST, LATEST + 1)}
_STEPS = {steps: chr(0xE240 + index) for index, steps in enumerate((1, 2, 3, 4, 6, 8, 12, 16, 32, 64))}
_HIT_OF = {symbol: hit for hit, symbol in _HITS.items()}
_OFFSET_OF = {symbol: offset for offset, symbol in _OFFSETS.items()}
_STEPS_OF = {symbol: steps for steps, symbol in _STEPS.items()}
_LARGEST_FIRST = sorted(_STEPS.items(), reverse=True)


def _advance(token: str) -> int:
    return sum(_STEPS_OF.get(symbol, 0) for symbol in token) * (STEP // UNIT)


GRAMMAR = Grammar(
    indivisible=BAR + "".join(METRES.values()),
    separator=BAR,
    alphabet="".join([BAR, *METRES.values(), *_HITS.values(), *_OFFSETS.values(), *_STEPS.values()]),
    advance=_advance,
    phases=392,
    size=sizes(UNIT),
)


def to_symbols(piece: DrumPattern) -> str:
    """The metres and hits of a pattern, with levels of velocity, as symbols; :func:`from_symbols` is the inverse."""
    metres = {change.tick: METRES[change.numerator, change.denominator] for change in piece.metres}
    return "".join(metres.get(tick, "") + bar for tick, bar in bars(piece))


def from_symbols(symbols: str) -> DrumPattern:
    """A valid pattern from any string.

    Unknown characters are left out; a missing METRE is 4/4, and the last one before a BAR counts. Hits past the end of
    their bar are left out, as is the softer of two of one voice that are too close; a bar that is too short is filled with
    silence. Hits and steps before the first BAR make a bar.
    """
    metre: tuple[int, int] = (4, 4)
    pending: tuple[int, int] | None = None
    metres: list[MetreChange] = []
    hits: list[Hit] = []
    start = end = tick = offset = 0

    def begin() -> None:
        nonlocal metre, pending, start, end, tick, offset
        metre, pending = pending or metre, None
        if not metres or metres[-1][1:] != metre:
            metres.append(MetreChange(end, *metre))
        start = tick = end
        end, offset = start + bar_ticks(*metre), 0

    for symbol in symbols:
        if symbol == BAR:
            begin()
        elif symbol in METRE_OF:
            pending = METRE_OF[symbol]
        elif symbol in _HIT_OF or symbol in _OFFSET_OF or symbol in _STEPS_OF:
            if not end:
                begin()
            if symbol in _STEPS_OF:
                tick, offset = tick + _STEPS_OF[symbol] * STEP, 0
            elif symbol in _OFFSET_OF:
                offset = _OFFSET_OF[symbol]
            elif tick < end:
                voice, level = _HIT_OF[symbol]
                hits.append((tick + offset * UNIT, voice, VELOCITIES[level]))
    if not end:
        begin()
    return DrumPattern(notes=notes_of(hits), metres=tuple(metres), length=end)


def without_last_rest(pattern: DrumPattern) -> str:
    """The symbols of a pattern without the rest at its end, if that is half of the last bar or longer; a shorter rest belongs to
    the beat."""
    symbols = to_symbols(pattern)
    end = len(symbols.rstrip("".join(_STEPS_OF)))
    rest = _advance(symbols[end:]) * UNIT
    return symbols[:end] if symbols[end - 1] in _HIT_OF and 2 * rest >= pattern.metres[-1].bar else symbols


def hits_in(symbols: str) -> int:
    """The number of hits among the symbols."""
    return sum(symbol in _HIT_OF for symbol in symbols)


def bars(pattern: DrumPattern) -> Iterator[tuple[int, str]]:
    """The tick at which each bar begins, and its symbols, from BAR on."""
    steps = struck(pattern)
    for start, end in pairwise(bar_lines(pattern)):
        first, last = start // STEP, end // STEP
        out, at = [BAR], first
        for step in range(first, last):
            if step not in steps:
                continue
            out.append(_moved(step - at))
            at, offset = step, 0
            hits = sorted((note.start - step * STEP, INDEX_OF[note.pitch], level_of(note.velocity)) for note in steps[step])
            for late, voice, level in hits:
                wanted = min(LATEST, round(late / UNIT))
                if wanted != offset:
                    offset = wanted
                    out.append(_OFFSETS[offset])
                out.append(_HITS[voice, level])
        yield start, "".join((*out, _moved(last - at)))


def _moved(steps: int) -> str:
    """The symbols that move on by a number of steps."""
    out = ""
    for size, symbol in _LARGEST_FIRST:
        count, steps = divmod(steps, size)
        out += symbol * count
    return out
