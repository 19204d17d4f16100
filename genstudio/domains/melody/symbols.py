"""Melodies as strings of symbols, one private-use character each.

A melody is ``KEY METRE pickup-notes BAR notes BAR notes ...``; a METRE comes again directly before the BAR where it changes.
Notes are ``(PITCH | REST | HOLD) DURATION+`` and fill their bar exactly: rests are written out, and a note that crosses a
bar line continues with HOLD. A pitch is relative to the reference pitch, which KEY states, so that transposing a melody changes
one symbol. A duration is the sum of its symbols, so that any number of ticks can be written, common ones with one symbol.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from genstudio.domains.base import Grammar
from genstudio.domains.melody.piece import Melody
from genstudio.domains.music.keys import HIGHEST, LOWEST
from genstudio.domains.music.line import Line
from genstudio.domains.music.notes import Note, bar_lines
from genstudio.domains.music.symbols import BAR, DURATIONS, METRE_OF, METRES, PITCHES, REST, sizes
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks

__all__ = [
    "DURATIONS", "GRAMMAR", "HOLD", "KEYS", "PITCHES", "REST", "from_symbols", "phrase_symbols", "to_symbols", "without_last_rest"
]

HOLD = "\ue001"
KEYS = {pitch: chr(0xE010 + pitch - LOWEST) for pitch in range(LOWEST, HIGHEST + 1)}

_KEY_OF = {symbol: pitch for pitch, symbol in KEYS.items()}
_TICKS_OF = {symbol: ticks for ticks, symbol in DURATIONS.items()}
_STEP_OF = {symbol: step for step, symbol in PITCHES.items()}
_LARGEST_FIRST = sorted(DURATIONS, reverse=True)
_DEFAULT_TICKS = 240
_PHASE = 20
_NO_NOTE = Note(1 << 62, 1 << 62, 0)
_last: tuple[Line | None, tuple[list[str], list[str]]] = (None, ([], []))


def _advance(token: str) -> int:
    ticks = _TICKS_OF
    return sum(ticks.get(symbol, 0) for symbol in token) // _PHASE


GRAMMAR = Grammar(
    indivisible=BAR + "".join(KEYS.values()) + "".join(METRES.values()),
    separator=BAR,
    interchangeable="".join(KEYS.values()),
    pitches="".join(PITCHES.values()),
    alphabet="".join([BAR, HOLD, REST, *KEYS.values(), *METRES.values(), *DURATIONS.values(), *PITCHES.values()]),
    advance=_advance,
    phases=320,
    size=sizes(_PHASE),
)


@cache
def _duration(ticks: int) -> str:
    symbols = []
    for value in _LARGEST_FIRST:
        count, ticks = divmod(ticks, value)
        symbols.append(DURATIONS[value] * count)
        if not ticks:
            break
    return "".join(symbols)


@cache
def _pitch(step: int) -> str:
    # Only melodies of more than ten octaves can leave the range; they are folded into it.
    while step > 63:
        step -= 12
    while step < -64:
        step += 12
    return PITCHES[step]


def _bars(melody: Line, lines: Sequence[int]) -> tuple[list[str], list[str]]:
    """See :func:`_written`; the last result is cached, as a corpus needs the phrases and the whole of each melody."""
    global _last
    known, found = _last
    if known is not melody:
        found = _written(melody, lines)
        _last = melody, found
    return found


def _written(melody: Line, lines: Sequence[int]) -> tuple[list[str], list[str]]:
    """The symbols of the pickup and of each bar (without KEY, METRE and BAR), and the symbols of each as the beginning of a melody.

    The latter differ where a note is held into the bar, and are "" for a bar of silence.
    """
    own: list[str] = []
    opening: list[str] = []
    notes, tonic = iter(melody.notes), melody.tonic
    tick = 0
    start, until, pitch, _ = next(notes, _NO_NOTE)
    for end in lines:
        bar = ""
        held = _pitch(pitch - tonic) if start < tick else ""
        silent = start >= end
        while tick < end:
            if start >= end:
                bar += REST + _duration(end - tick)
                break
            if start > tick:
                bar += REST + _duration(start - tick)
                tick = start
            bar += HOLD if start < tick else _pitch(pitch - tonic)
            if until > end:
                bar += _duration(end - tick)
                break
            bar += _duration(until - tick)
            tick = until
            start, until, pitch, _ = next(notes, _NO_NOTE)
        tick = end
        own.append(bar)
        opening.append("" if silent else held + bar[1:] if held else bar)
    return own, opening


def to_symbols(piece: Line) -> str:
    """The notes, metres and reference pitch of a melody as symbols; :func:`from_symbols` is the inverse."""
    lines = bar_lines(piece)
    (pickup, *bars), _ = _bars(piece, lines)
    metres = {change.tick: METRES[change.numerator, change.denominator] for change in piece.metres}
    first = metres.pop(0)
    out = [KEYS[piece.tonic], first, pickup]
    for tick, bar in zip(lines, bars, strict=False):
        out.append(metres.get(tick, "") + BAR + bar)
    return "".join(out)


def without_last_rest(symbols: str) -> str:
    """Remove the rest after the last note; a bar of silence stays."""
    end = len(symbols)
    while end and symbols[end - 1] in _TICKS_OF:
        end -= 1
    note_before = end > 1 and symbols[end - 1] == REST and symbols[end - 2] in _TICKS_OF
    return symbols[: end - 1] if note_before else symbols


def phrase_symbols(melody: Line, spans: Iterable[tuple[int, int]]) -> list[str]:
    """The symbols of each span of bars that has a note.

    The result is the same as that of :func:`to_symbols` for each span cut out: a span from bar 0 includes the pickup, and a note
    that is held into a span begins there.

    Args:
        melody: the melody.
        spans: the first bar (from 0) of each span, and the bar after its last.
    """
    lines = bar_lines(melody)
    (pickup, *own), (_, *opening) = _bars(melody, lines)
    changes = {change.tick: METRES[change.numerator, change.denominator] for change in melody.metres}
    key, metre = KEYS[melody.tonic], changes.pop(0)
    metres: list[str] = []  # at the start of each bar
    whole: list[str] = []  # each bar as it is written inside a span
    for tick, bar in zip(lines, own, strict=False):
        change = changes.get(tick, "")
        metre = change or metre
        metres.append(metre)
        whole.append(change + BAR + bar)
    begun = any(note.start < melody.pickup for note in melody.notes[:1])
    found = []
    for first, last in spans:
        if first == 0:
            if begun or any(opening[:last]):
                found.append(key + METRES[melody.metres[0][1:]] + pickup + "".join(whole[:last]))
        elif any(opening[first:last]):
            start = opening[first] or own[first]
            found.append(key + metres[first] + BAR + start + "".join(whole[first + 1 : last]))
    return found


def from_symbols(symbols: str) -> Melody:
    """A valid melody from any string.

    Unknown characters are left out; a missing KEY is middle C and a missing METRE 4/4; a pitch without a duration lasts an
    eighth; notes are cut at the end of their bar, and a bar that is too short is filled with silence. The first KEY and the last
    METRE before a BAR count. Notes before the first BAR are the pickup, or a bar if they fill one or if there is no BAR.
    """
    tonic: int | None = None
    segments: list[list[tuple[str, int]]] = [[]]  # (symbol, ticks) by bar; the first is the header
    metre_before: dict[int, tuple[int, int]] = {}
    pending: tuple[int, int] | None = None
    event = ""
    ticks = 0

    def close() -> None:
        nonlocal event, ticks
        if event:
            segments[-1].append((event, ticks or (_DEFAULT_TICKS if event in _STEP_OF else 0)))
        event, ticks = "", 0

    for symbol in symbols:
        if symbol in _TICKS_OF:
            if event:
                ticks += _TICKS_OF[symbol]
        elif symbol in _STEP_OF or symbol in (REST, HOLD):
            close()
            event = symbol
        elif symbol == BAR:
            close()
            if pending is not None:
                metre_before[len(segments)] = pending
                pending = None
            segments.append([])
        elif symbol in METRE_OF:
            close()
            pending = METRE_OF[symbol]
        elif symbol in _KEY_OF and tonic is None:
            close()
            tonic = _KEY_OF[symbol]
    close()
    if len(segments) == 1:
        # No bar line at all: everything is one bar.
        metre_before[1] = pending or (4, 4)
        segments.insert(0, [])
    tonic = 60 if tonic is None else tonic

    metre = metre_before.get(1, (4, 4))
    metres = [MetreChange(0, *metre)]
    notes: list[Note] = []
    tick = pickup = 0
    for index, segment in enumerate(segments):
        if index > 0 and index in metre_before and metre_before[index] != metre:
            metre = metre_before[index]
            metres.append(MetreChange(tick, *metre))
        end = tick + bar_ticks(*metre)
        for symbol, ticks in segment:
            until = min(tick + ticks, end)
            if until <= tick:
                continue
            if symbol == HOLD:
                if notes and notes[-1].end == tick:
                    notes[-1] = notes[-1]._replace(end=until)
            elif symbol != REST:
                pitch = tonic + _STEP_OF[symbol]
                while pitch > 127:
                    pitch -= 12
                while pitch < 0:
                    pitch += 12
                notes.append(Note(tick, until, pitch))
            tick = until
        if index == 0:
            # A pickup as long as a bar is a bar.
            pickup = tick if tick < end else 0
        else:
            tick = end
    return Melody(
        notes=tuple(notes), metres=tuple(metres), tempos=(TempoChange(0, 120.0),), pickup=pickup, length=tick, tonic=tonic
    )
