"""Scores as strings of symbols, each a private-use character, and back.

A score of P parts is KEY METRE, then for each part PART and its notes in the pickup, then for each bar P segments, one for each
part: BAR and what the part has in that bar. A new METRE comes before the first segment of its bar.

What a part has is a sequence of events, each of which lasts until the next one: notes that begin together, highest first (PITCH,
for each the distance to the reference pitch), or REST; then DURATION. A note that ends earlier or later than its event is followed
by its own LENGTH. A note that sounds on from the bar before has TIE in front of it. A chord symbol is ROOT, QUALITY and perhaps
BASS_NOTE; it is repeated in every bar. Drums have HIT in place of PITCH. Numbers of ticks are sums of DURATIONs or LENGTHs.

So the bar of one part is a segment that is always full, and needs no other part to be understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from genstudio.domains.base import Grammar
from genstudio.domains.music.notes import Note, bar_lines
from genstudio.domains.music.symbols import BAR, DURATIONS, METRE_OF, METRES, PITCHES, REST, sizes
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks
from genstudio.domains.score.piece import (
    FAMILIES,
    HIGHEST,
    HIT_TICKS,
    LOWEST,
    MOST_PARTS,
    QUALITIES,
    ChordSymbol,
    Part,
    Score,
    in_range,
    tidy_notes,
)

__all__ = ["GRAMMAR", "KEYS", "PARTS", "from_symbols", "lineup", "named_part", "part_about", "part_symbol", "to_symbols"]

LOWEST_TONIC, HIGHEST_TONIC = 54, 65
KEYS = {tonic: chr(0xE010 + tonic - LOWEST_TONIC) for tonic in range(LOWEST_TONIC, HIGHEST_TONIC + 1)}
LENGTHS = {ticks: chr(0xE200 + index) for index, ticks in enumerate(DURATIONS)}
HITS = {pitch: chr(0xE240 + pitch) for pitch in range(128)}
ROOTS = {step: chr(0xE2C0 + step) for step in range(12)}
BASS_NOTES = {step: chr(0xE2D0 + step) for step in range(12)}
QUALITY = {name: chr(0xE2E0 + index) for index, name in enumerate(QUALITIES)}
TIE = "\ue300"
_SOUNDING = ("melody", "chords", "bass", "other")
PARTS = {
    **{
        (role, family): chr(0xE310 + 16 * row + column)
        for row, role in enumerate(_SOUNDING)
        for column, family in enumerate(FAMILIES)
    },
    ("drums", ""): "\ue301",
    ("symbols", ""): "\ue302",
}

_TONIC_OF = {symbol: tonic for tonic, symbol in KEYS.items()}
_TICKS_OF = {symbol: ticks for ticks, symbol in DURATIONS.items()}
_LENGTH_OF = {symbol: ticks for ticks, symbol in LENGTHS.items()}
_STEP_OF = {symbol: step for step, symbol in PITCHES.items()}
_HIT_OF = {symbol: pitch for pitch, symbol in HITS.items()}
_ROOT_OF = {symbol: step for step, symbol in ROOTS.items()}
_BASS_OF = {symbol: step for step, symbol in BASS_NOTES.items()}
_QUALITY_OF = {symbol: name for name, symbol in QUALITY.items()}
_PART_OF = {symbol: about for about, symbol in PARTS.items()}
_LARGEST_FIRST = sorted(DURATIONS, reverse=True)
_DEFAULT_TICKS = 240
_PHASE = 20


def _advance(token: str) -> int:
    return sum(_TICKS_OF.get(symbol, 0) for symbol in token) // _PHASE


_size_of_metre = sizes(_PHASE)


def _size(token: str) -> int:
    return -1 if token in _PART_OF else _size_of_metre(token)


GRAMMAR = Grammar(
    indivisible=BAR + "".join((*KEYS.values(), *METRES.values(), *PARTS.values())),
    separator=BAR,
    interchangeable="".join(KEYS.values()),
    pitches="".join(PITCHES.values()),
    tie=TIE,
    alphabet="".join(
        (
            *(BAR, REST, TIE, *KEYS.values(), *METRES.values(), *PARTS.values(), *DURATIONS.values(), *LENGTHS.values()),
            *(*PITCHES.values(), *HITS.values(), *ROOTS.values(), *BASS_NOTES.values(), *QUALITY.values()),
        )
    ),
    advance=_advance,
    phases=320,
    size=_size,
)


@cache
def _spelled(ticks: int, length: bool = False) -> str:
    values = LENGTHS if length else DURATIONS
    symbols = []
    for value in _LARGEST_FIRST:
        count, ticks = divmod(ticks, value)
        symbols.append(values[value] * count)
        if not ticks:
            break
    return "".join(symbols)


def part_symbol(part: Part) -> str:
    """The symbol that announces a part: its role and the family of its instrument."""
    return PARTS[(part.role, "") if part.role in ("drums", "symbols") else (part.role, part.family or FAMILIES[part.program // 8])]


def part_about(symbol: str) -> tuple[str, str]:
    """The role and the family of instruments (of drums and chord symbols "") of a symbol that announces a part."""
    return _PART_OF[symbol]


def lineup(symbols: str) -> str:
    """The symbols of the parts that the symbols of a score announce, in order."""
    return "".join(symbol for symbol in symbols.partition(BAR)[0] if symbol in _PART_OF)[:MOST_PARTS]


# -- to symbols


def _moved_into_range(notes: tuple[Note, ...], tonic: int) -> tuple[Note, ...]:
    if all(LOWEST <= note.pitch - tonic <= HIGHEST for note in notes):
        return notes
    return tidy_notes(note._replace(pitch=tonic + in_range(note.pitch - tonic)) for note in notes)


def _events(part: Part, tonic: int, lines: Sequence[int]) -> Iterator[str]:
    """The symbols of a part from each of ``lines`` (ticks) to the next."""
    if part.role == "symbols":
        yield from _chords(part, tonic, lines)
        return
    drums = part.role == "drums"
    notes, index = part.notes if drums else _moved_into_range(part.notes, tonic), 0
    over: list[Note] = []  # sound on into the bar
    for tick, end in pairwise(lines):
        starts: list[tuple[int, list[Note]]] = [(tick, over)] if over else []
        while index < len(notes) and notes[index].start < end:
            note = notes[index]
            if starts and starts[-1][0] == note.start:
                starts[-1][1].append(note)
            else:
                starts.append((note.start, [note]))
            index += 1
        out: list[str] = []
        at, sounding = tick, tick
        for place, (start, group) in enumerate(starts):
            if start > at:
                out.append(REST + _spelled(start - at))
            until = starts[place + 1][0] if place + 1 < len(starts) else end
            if drums:
                out.extend(HITS[note.pitch] for note in group)
            else:
                sounding = max(sounding, *(min(note.end, end) for note in group))
                until = min(until, sounding)
                for note in sorted(group, key=lambda note: -note.pitch) if group is over else group:
                    out.append((TIE if note.start < tick else "") + PITCHES[note.pitch - tonic])
                    if min(note.end, end) != until:
                        out.append(_spelled(min(note.end, end) - start, True))
            out.append(_spelled(until - start))
            at = until
        if at < end:
            out.append(REST + _spelled(end - at))
        over = [] if drums else [note for _, group in starts for note in group if note.end > end]
        yield "".join(out)


def _chords(part: Part, tonic: int, lines: Sequence[int]) -> Iterator[str]:
    chords, index = part.chords, 0
    for tick, end in pairwise(lines):
        out: list[str] = []
        at = tick
        while index < len(chords) and chords[index].start < end:
            chord = chords[index]
            start, until = max(chord.start, tick), min(chord.end, end)
            if start > at:
                out.append(REST + _spelled(start - at))
            bass = BASS_NOTES[(chord.bass - tonic) % 12] if chord.bass >= 0 else ""
            out.append(ROOTS[(chord.root - tonic) % 12] + QUALITY[chord.quality] + bass + _spelled(until - start))
            at = until
            if chord.end > end:
                break
            index += 1
        if at < end:
            out.append(REST + _spelled(end - at))
        yield "".join(out)


def to_symbols(piece: Score) -> str:
    """The parts, metres and reference pitch of a score as symbols; :func:`from_symbols` is the inverse."""
    lines = bar_lines(piece)
    metres = {change.tick: METRES[change.numerator, change.denominator] for change in piece.metres}
    head = [KEYS[piece.tonic], metres.pop(0)]
    within = [0, *lines] if piece.pickup else lines
    written = [list(_events(part, piece.tonic, within)) for part in piece.parts]
    for part, bars in zip(piece.parts, written, strict=True):
        head += [part_symbol(part), bars.pop(0) if piece.pickup else ""]
    out = head
    for tick, *bars in zip(lines, *written, strict=False):
        out.append(metres.get(tick, ""))
        out.extend(BAR + bar for bar in bars)
    return "".join(out)


# -- from symbols


class _Reader:
    """Reads the symbols of a part, segment by segment."""

    def __init__(self, about: tuple[str, str], tonic: int) -> None:
        self.role, self.family = about
        self.tonic = tonic
        self.notes: list[Note] = []
        self.chords: list[ChordSymbol] = []
        self.begun: dict[int, int] = {}  # the index of the last note of each pitch

    def segment(self, symbols: str, tick: int, end: int | None) -> int:
        """Read a segment from ``tick`` to ``end`` (None: as long as it is), and return its end."""
        at = tick
        group: list[list[int]] = []  # pitch, length (0: that of the event), whether tied
        root: int | None = None
        quality, bass = "", -1
        tied, ticks, silent = False, 0, False

        def close() -> None:
            nonlocal at, group, root, quality, bass, tied, ticks, silent
            if group or root is not None or silent:
                ticks = ticks or (_DEFAULT_TICKS if not silent else 0)
                until = at + ticks if end is None else min(at + ticks, end)
                if until > at:
                    for pitch, length, was in group:
                        stop = at + length if length else until
                        self._note(at, stop if end is None else min(stop, end), pitch, bool(was) and at == tick)
                    if root is not None:
                        self.chords.append(ChordSymbol(at, until, root, quality or "major", bass))
                at = until
            group, root, quality, bass, tied, ticks, silent = [], None, "", -1, False, 0, False

        for symbol in symbols:
            if symbol in _TICKS_OF:
                if group or root is not None or silent:
                    ticks += _TICKS_OF[symbol]
                continue
            if symbol in _LENGTH_OF:
                if group and not ticks:
                    group[-1][1] += _LENGTH_OF[symbol]
                continue
            if ticks or (silent and symbol in _SOUNDS):
                close()
            if symbol == REST:
                close()
                silent = True
            elif symbol == TIE:
                tied = True
            elif symbol in _STEP_OF and self.role not in ("drums", "symbols"):
                group.append([self.tonic + in_range(_STEP_OF[symbol]), 0, tied])
                tied = False
            elif symbol in _HIT_OF and self.role == "drums":
                group.append([_HIT_OF[symbol], HIT_TICKS, 0])
            elif symbol in _ROOT_OF and self.role == "symbols":
                close()
                root = (self.tonic + _ROOT_OF[symbol]) % 12
            elif symbol in _QUALITY_OF and root is not None:
                quality = quality or _QUALITY_OF[symbol]
            elif symbol in _BASS_OF and root is not None and bass < 0:
                bass = (self.tonic + _BASS_OF[symbol]) % 12
        close()
        return at

    def _note(self, start: int, end: int, pitch: int, tied: bool) -> None:
        if end <= start:
            return
        index = self.begun.get(pitch)
        if tied and index is not None and self.notes[index].end == start:
            self.notes[index] = self.notes[index]._replace(end=end)
            return
        self.begun[pitch] = len(self.notes)
        self.notes.append(Note(start, end, pitch))

    def part(self) -> Part:
        """The part that was read."""
        notes = tuple(self.notes) if self.role == "drums" else tidy_notes(self.notes)
        return replace(named_part(self.role, self.family, notes), chords=tuple(self.chords))


def named_part(role: str, family: str, notes: tuple[Note, ...] = ()) -> Part:
    """A part with these notes, named after its role and the family of its instrument."""
    return Part(name=_name(role, family), role=role, program=_program(role, family, notes), notes=notes)


_SOUNDS = {REST, *_STEP_OF, *_HIT_OF, *_ROOT_OF, TIE}


def _name(role: str, family: str) -> str:
    if role == "symbols":
        return "Chords"
    return "Drums" if role == "drums" else family.capitalize()


def _program(role: str, family: str, notes: Sequence[Note]) -> int:
    """An instrument of a family that suits the register of the notes."""
    if role in ("drums", "symbols"):
        return 0
    mean = sum(note.pitch for note in notes) / len(notes) if notes else 60.0
    if family == "strings":
        return 42 if mean < 52 or role == "bass" else 41 if mean < 62 else 40
    if family == "brass":
        return 58 if mean < 48 else 57 if mean < 58 else 56
    if family == "reed":
        return 70 if mean < 52 else 71
    chosen = {"ensemble": 52, "guitar": 24, "bass": 32, "pipe": 73}
    return chosen.get(family, 8 * FAMILIES.index(family))


def from_symbols(symbols: str) -> Score:
    """A valid score from any string.

    Unknown characters are left out, and so is what a part cannot have; a missing KEY is C and a missing METRE 4/4; without any PART
    there is one melody. Events are cut at the end of their bar, and a bar that is too short is filled with silence. The first KEY,
    the first :data:`MOST_PARTS` PARTs and the last METRE before a BAR count. Without any BAR the pickup is a bar.
    """
    head, *bars = symbols.split(BAR)
    tonic, metre = 60, (4, 4)
    readers: list[_Reader] = []
    pickups: list[str] = []
    for symbol in head:
        if symbol in _TONIC_OF and not readers:
            tonic = _TONIC_OF[symbol]
        elif symbol in METRE_OF:
            metre = METRE_OF[symbol]
        elif symbol in _PART_OF and len(readers) < MOST_PARTS:
            readers.append(_Reader(_PART_OF[symbol], tonic))
            pickups.append("")
        elif readers:
            pickups[-1] += symbol
        else:
            readers.append(_Reader(("melody", "piano"), tonic))
            pickups.append(symbol)
    if not readers:
        readers, pickups = [_Reader(("melody", "piano"), tonic)], [""]
    size = bar_ticks(*metre)
    pickup = max(reader.segment(text, 0, size) for reader, text in zip(readers, pickups, strict=True))
    metres = [MetreChange(0, *metre)]
    tick = pickup if pickup < size else 0
    if pickup >= size or (pickup and not bars):
        pickup, tick = 0, size
    following = metre
    for at in range(0, len(bars), len(readers)):
        if following != metre:
            metre = following
            metres.append(MetreChange(tick, *metre))
        size = bar_ticks(*metre)
        for reader, text in zip(readers, bars[at : at + len(readers)], strict=False):
            changes = [METRE_OF[symbol] for symbol in text if symbol in METRE_OF]
            following = changes[-1] if changes else following
            reader.segment(text, tick, tick + size)
        tick += size
    if tick == 0:
        tick = size
    return Score.build(
        [reader.part() for reader in readers], metres, [TempoChange(0, 120.0)], pickup, tick, tonic=tonic
    )
