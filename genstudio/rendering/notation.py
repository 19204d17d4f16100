"""Turn ticks into written notes: measures with note values, ties, dots, tuplets, rests and beams.

Conventions: time is in ticks, 480 per quarter; written values are in units of a 1024th note (a quarter is 256), so that a value
is a whole number of units with and without a tuplet. In a tuplet ``actual:normal`` a value lasts ``normal / actual`` of its written
length.

Rules
- Nothing is moved: each onset and end is written at its tick. A note that is not a single value, or that would hide the middle of
  a bar or the beat of a compound metre, is written with ties; a short syncopation is not.
- Ticks that are not multiples of the 128th are written in tuplets: 3:2, else 5:4, else 15:8, which reaches every tick. A tuplet has
  the length of a note value from the 32nd to the whole note; of all possible tuplets those with the fewest ties are taken.
- A tuplet is complete; only that of a pickup may lack its part before the music.
- The notes of a part that begin and end together are a chord; notes that overlap are voices of a bar, at most four, the higher
  voice first. A bar that would need more voices has one, of chords that are cut and tied wherever a note begins or ends.
- The two hands of a keyboard are staves of one player (``staves_of``); chord symbols stand over the first staff.
- Drums are written on the nearest sixteenth or third of a quarter, whichever is nearer to the hits of that quarter. A hit is
  written as one value, up to the next hit or the end of its beat, and has no tie, as it is not held.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from genstudio.domains import Music, Note, TempoChange
from genstudio.domains.music.notes import Bar, bars_of
from genstudio.domains.music.time import TICKS, bar_ticks, group_ticks, in_threes
from genstudio.domains.score.piece import ChordSymbol, Part, Score, staves_of
from genstudio.rendering.spelling import Signature, Spelled, alteration, signature, signature_of, spell

__all__ = ["KINDS", "Clef", "Element", "Head", "Measure", "Player", "Sheet", "Staff", "Syllable", "accidentals", "engrave"]

GRID = (0, 60, 80, 120, 160, 180, 240, 300, 320, 360, 400, 420, 480)
"""The eighths and sixths of a quarter."""
KINDS = ("breve", "whole", "half", "quarter", "eighth", "16th", "32nd", "64th", "128th", "256th", "512th", "1024th")
"""Written values, each half of the one before; a 1024th is one unit."""

_QUARTER = 256  # units
_PLAIN = 15  # ticks: the 128th
_STEP = 60  # ticks: tuplets may begin at its multiples
_WINDOWS = (60, 120, 240, 480, 960, 1920)
_FINEST = {(3, 2): 5, (5, 4): 3, (15, 8): 1}  # ticks of the shortest value in a tuplet
_DISLIKE = {(3, 2): 0.0, (5, 4): 0.3, (15, 8): 3.0}
Ratio = tuple[int, int]


class Head(NamedTuple):
    """A note of a written chord: its pitch, and whether it is tied to the element before and to the next one."""

    pitch: Spelled
    tied: bool = False
    ties: bool = False


class Syllable(NamedTuple):
    """A syllable under a note; ``place`` is "single", "begin", "middle" or "end" of its word."""

    text: str
    place: str


@dataclass(frozen=True)
class Element:
    """A written note, chord or rest.

    start, ticks: within its measure. heads: its notes, the highest first; none for a rest. kind, dots: the written value; kind ""
    is a rest of a whole measure. tuplet: (actual, normal), or None; first, last: whether the tuplet begins or ends here. beams:
    "begin", "continue", "end", "forward hook" or "backward hook" for each beam, that of the eighths first. group: equal for
    elements that are beamed together. hits: of drums, the numbers of the simultaneous hits; then there are no heads. lyric: what is
    sung here.
    """

    start: int
    ticks: int
    heads: tuple[Head, ...] = ()
    kind: str = ""
    dots: int = 0
    tuplet: Ratio | None = None
    first: bool = False
    last: bool = False
    beams: tuple[str, ...] = ()
    group: int = 0
    hits: tuple[int, ...] = ()
    lyric: Syllable | None = None

    @property
    def sounds(self) -> bool:
        """Whether it is no rest."""
        return bool(self.heads or self.hits)

    @property
    def pitch(self) -> Spelled | None:
        """The pitch of the note, of a chord that of the highest note; None for rests and drums."""
        return self.heads[0].pitch if self.heads else None

    @property
    def tied(self) -> bool:
        """Whether a note of it is tied to the element before."""
        return any(head.tied for head in self.heads)

    @property
    def ties(self) -> bool:
        """Whether a note of it is tied to the next element."""
        return any(head.ties for head in self.heads)

    @property
    def units(self) -> int:
        """The written value in 1024ths, dots included."""
        whole = 1 << (len(KINDS) - 1 - KINDS.index(self.kind)) if self.kind else 0
        return whole * 3 // 2 if self.dots else whole


@dataclass
class Measure:
    """A bar of a staff: ``number`` from 1 (0 is the pickup), ``start`` and ``ticks`` in the music, the metre and whether it changes
    here, the key signature and whether it is written here.

    voices: the elements of each voice, the highest voice first; each fills the bar. tempos and chords (each with its tick in the
    music; None where the chord before ends and none begins) are those of the first staff only.
    """

    number: int
    start: int
    ticks: int
    metre: tuple[int, int]
    changes: bool
    signature: Signature
    signed: bool
    voices: list[list[Element]] = field(default_factory=list)
    tempos: list[TempoChange] = field(default_factory=list)
    chords: list[tuple[int, ChordSymbol | None]] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The elements of the first voice."""
        return self.voices[0]


class Clef(NamedTuple):
    """A clef: its sign ("G", "F", "C" or "percussion"), its line, and the octaves by which it sounds higher."""

    sign: str
    line: int = 0
    octave: int = 0


@dataclass
class Staff:
    """A staff: its clef and its bars."""

    clef: Clef
    measures: list[Measure] = field(default_factory=list)


@dataclass
class Player:
    """A player: name, instrument (of drums the kit), and one staff or two. part: the part, for a second staff that of the first."""

    name: str
    program: int
    pitched: bool
    staves: list[Staff]
    parts: tuple[Part, ...]


@dataclass
class Sheet:
    """Written music. several: it is a score, which may have several parts. moved: the number of bars (of drums: hits) that could
    not be written exactly."""

    title: str
    players: list[Player]
    several: bool = False
    moved: int = 0

    @property
    def roles(self) -> list[str]:
        """The roles of the parts of a score with notes, one for each staff; none of other music."""
        return [part.role for player in self.players for part in player.parts if part.notes] if self.several else []

    @property
    def measures(self) -> list[Measure]:
        """The bars of the first staff."""
        return self.players[0].staves[0].measures


_TREBLE, _BASS, _PERCUSSION = Clef("G", 2), Clef("F", 4), Clef("percussion")
_MOST_VOICES = 4


def engrave(music: Music, *, ratios: Sequence[Ratio] = ((3, 2), (5, 4), (15, 8))) -> Sheet:
    """Write music, one part or several, as measures of notes.

    Args:
        music: the music.
        ratios: the tuplets that may be used. Without 15:8 there are ticks that cannot be written; the notes of such a bar go to the
            grid of eighths and sixths of a quarter, and ``Sheet.moved`` counts the bar.
    """
    keys = _signatures(music)
    sheet = Sheet(music.title, _players(music), isinstance(music, Score))
    for player in sheet.players:
        for staff, part in zip(player.staves, player.parts, strict=True):
            sheet.moved += _write(staff, part, music, keys, tuple(ratios))
    staves = [staff for player in sheet.players for staff in player.staves]
    # A pickup that is too short for the grid is left out in all staves.
    gone = {index for index in range(len(sheet.measures)) if not any(any(staff.measures[index].voices) for staff in staves)}
    for staff in staves:
        staff.measures = [measure for index, measure in enumerate(staff.measures) if index not in gone]
        if sheet.moved and staff.clef != _PERCUSSION:
            _join_ties(staff)
    _mark(sheet.measures, music)
    return sheet


def _signatures(music: Music) -> list[tuple[int, Signature]]:
    """The key signatures, each with its tick; drums have none."""
    if not music.pitched:
        return [(0, Signature(0, ""))]
    changes = music.key_changes if isinstance(music, Score) else ()
    return [(0, signature(music)), *((tick, signature_of(name or "") or Signature(0, "")) for tick, name in changes)]


def _players(music: Music) -> list[Player]:
    if not isinstance(music, Score):
        part = Part(role="melody" if music.pitched else "drums", program=music.program, notes=music.notes)
        return [Player("", music.program, music.pitched, [Staff(_clef(part))], (part,))]
    found = []
    for group in staves_of(music):
        parts = tuple(music.parts[index] for index in group if music.parts[index].role != "symbols")
        if parts:
            staves = [Staff(_clef(part, hand)) for part, hand in zip(parts, (1, -1) if len(parts) > 1 else (0,), strict=True)]
            found.append(Player(parts[0].name, parts[0].program, parts[0].role != "drums", staves, parts))
    if not found:  # only chord symbols, which stand over rests
        name = next((part.name for part in music.parts), "")
        found.append(Player(name, music.program, True, [Staff(_TREBLE)], (Part(name=name),)))
    return found


def _clef(part: Part, hand: int = 0) -> Clef:
    """The clef that suits the register of a part; ``hand``: 1 for the upper and -1 for the lower one of two staves."""
    if part.role == "drums":
        return _PERCUSSION
    total = sum(note.end - note.start for note in part.notes)
    mean = sum(note.pitch * (note.end - note.start) for note in part.notes) / total if total else 60.0
    if part.program == 41 and 50 <= mean <= 67:
        return Clef("C", 3)
    tenor = 52 <= part.program <= 54 and 53 <= mean < 60  # of voices
    if tenor or (24 <= part.program < 32 and mean >= 47):
        return Clef("G", 2, -1)
    if 32 <= part.program < 40 or part.program == 43:
        return Clef("F", 4, -1) if mean < 47 else _BASS
    return _BASS if mean < 55 - 5 * hand else _TREBLE


def _mark(measures: Sequence[Measure], music: Music) -> None:
    """Put the tempos and chord symbols of music into its bars."""
    tempos = list(music.tempos)
    chords: list[tuple[int, ChordSymbol | None]] = []
    for chord in music.symbols if isinstance(music, Score) else ():
        if chords and chords[-1][0] == chord.start:
            chords.pop()
        chords += [(chord.start, chord), (chord.end, None)]
    for measure in measures:
        end = measure.start + measure.ticks
        while tempos and tempos[0].tick < end:
            measure.tempos.append(tempos.pop(0))
        while chords and chords[0][0] < end:
            measure.chords.append(chords.pop(0))


def _write(staff: Staff, part: Part, music: Music, keys: Sequence[tuple[int, Signature]], ratios: tuple[Ratio, ...]) -> int:
    """Write a part into a staff, and return the number of bars (of drums: hits) that are not exact."""
    drums = part.role == "drums"
    bars = list(bars_of(music))
    struck, moved = _struck(part.notes, bars, music.length) if drums else ([], 0)
    notes = sorted(part.notes)
    ends = [note.end for note in notes]
    # The longest note says how far back one has to look for notes that reach into a bar.
    reach = max((note.end - note.start for note in notes), default=0)
    starts = [note.start for note in notes]
    before: tuple[int, int] | None = None
    for bar in bars:
        at, end, number, metre = bar
        size = bar_ticks(*metre)
        key = next(sign for tick, sign in reversed(keys) if tick <= at)
        same = bool(staff.measures) and staff.measures[-1].signature == key
        measure = Measure(number, at, end - at, metre, metre != before, key, not same)
        before = metre
        shift = size - (end - at) - at  # a pickup is the end of a bar
        if drums:
            inside = [[span for span in struck if at <= span.start < end]]
        else:
            near = range(bisect_left(starts, at - reach), bisect_left(starts, end))
            inside = _voices([notes[index] for index in near if ends[index] > at], at, end)
        for spans in inside or [[]]:
            filled = _filled(spans, at, end, shift)
            elements, exact = _bar(filled, size, metre, ratios, key.sharps)
            moved += not exact
            measure.voices.append([replace(one, start=one.start - shift - at) for one in elements])
        staff.measures.append(measure)
    if part.lyrics:
        _sing(staff, part)
    return moved


def _filled(spans: Sequence[Span], at: int, end: int, shift: int) -> list[Span]:
    """The spans of a voice of a bar and the rests between them, moved by ``shift`` ticks."""
    found: list[Span] = []
    position = at
    for one in spans:
        if one.start > position:
            found.append(Span(position + shift, one.start + shift))
        found.append(replace(one, start=one.start + shift, end=one.end + shift))
        position = one.end
    if position < end:
        found.append(Span(position + shift, end + shift))
    return found


def _sing(staff: Staff, part: Part) -> None:
    """Put the syllables of a part under its notes; one at a tick where no note is written is left out."""
    places = {
        measure.start + one.start: (voice, index)
        for measure in staff.measures
        for voice in reversed(measure.voices)
        for index, one in enumerate(voice)
        if one.heads
    }
    inside = False  # a word
    for lyric in part.lyrics:
        place = ("middle" if inside else "begin") if lyric.joins else "end" if inside else "single"
        inside = lyric.joins
        if lyric.tick in places:
            voice, index = places[lyric.tick]
            voice[index] = replace(voice[index], lyric=Syllable(lyric.text, place))


@dataclass(frozen=True)
class Span:
    """A rest, the notes of a chord (each a pitch, and whether it is tied to what is before and after the bar), or hits of drums,
    from ``start`` to ``end``."""

    start: int
    end: int
    notes: tuple[tuple[int, bool, bool], ...] = ()
    hits: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """The mean pitch."""
        return sum(note[0] for note in self.notes) / len(self.notes)


def _voices(notes: Sequence[Note], at: int, end: int) -> list[list[Span]]:
    """Divide the notes that sound from ``at`` to ``end`` into chords, and these into as few voices as possible."""
    chords: dict[tuple[int, int], list[tuple[int, bool, bool]]] = {}
    for note in notes:
        place = max(note.start, at), min(note.end, end)
        chords.setdefault(place, []).append((note.pitch, note.start < at, note.end > end))
    spans = [Span(*place, tuple(sorted(chords[place], reverse=True))) for place in sorted(chords)]
    if all(one.end <= following.start for one, following in itertools.pairwise(spans)):
        return [spans] if spans else []
    onsets = sorted({one.start for one in spans})
    count = max(sum(one.start <= tick < one.end for one in spans) for tick in onsets)
    return _assigned(spans, onsets, count) if count <= _MOST_VOICES else [_sliced(spans)]


def _assigned(spans: Sequence[Span], onsets: Sequence[int], count: int) -> list[list[Span]]:
    """Give each span one of ``count`` voices: the higher of two that sound together an earlier one, and neighbours the same one."""
    voices: list[list[Span]] = [[] for _ in range(count)]
    rank = {
        one: max(
            sum(other.height > one.height and other.start <= tick < other.end for other in spans)
            for tick in onsets
            if one.start <= tick < one.end
        )
        for one in spans
    }
    for tick in onsets:
        new = sorted((one for one in spans if one.start == tick), key=lambda one: -one.height)
        free = [index for index, voice in enumerate(voices) if not voice or voice[-1].end <= tick]

        chosen = min(itertools.combinations(free, len(new)), key=lambda places: _cost(places, new, voices, rank, tick))
        for index, one in zip(chosen, new, strict=True):
            voices[index].append(one)
    return [voice for voice in voices if voice]


def _cost(
    places: Sequence[int], new: Sequence[Span], voices: Sequence[Sequence[Span]], rank: Mapping[Span, int], tick: int
) -> float:
    """How little it suits spans that begin at ``tick`` to be in certain voices: far from their rank, crossing a voice that sounds,
    or far from what the voice had before."""
    total = 0.0
    for index, one in zip(places, new, strict=True):
        total += 4 * abs(index - rank[one])
        for other, voice in enumerate(voices):
            sounds = bool(voice) and voice[-1].end > tick
            if sounds and (other < index) != (voice[-1].height > one.height):
                total += 50
        if voices[index]:
            total += 0.2 * min(20.0, abs(voices[index][-1].height - one.height))
    return total


def _sliced(spans: Sequence[Span]) -> list[Span]:
    """One voice: the chords that sound between each two ticks at which a note begins or ends, with ties."""
    ticks = sorted({tick for one in spans for tick in (one.start, one.end)})
    found = []
    for low, high in itertools.pairwise(ticks):
        notes = sorted(
            (
                (pitch, tied or one.start < low, ties or one.end > high)
                for one in spans
                if one.start <= low and one.end >= high
                for pitch, tied, ties in one.notes
            ),
            reverse=True,
        )
        if notes:
            found.append(Span(low, high, tuple(notes)))
    return found


def _struck(hits: Sequence[Note], bars: Sequence[Bar], length: int) -> tuple[list[Span], int]:
    """Drums as spans, each until the next hit or the end of its beat, and the number of hits that had to be moved."""
    beats = sorted({0, *(tick for bar in bars for tick in bar.beats), length})
    places: dict[int, set[int]] = {}
    moved = 0
    for begin, until in itertools.pairwise(beats):
        inside = [note for note in hits if begin <= note.start < until]
        steps = min(
            (120, 160) if (until - begin) % 480 == 0 else (120,),
            key=lambda step: (sum(abs(_rounded(note.start - begin, step)) for note in inside), step),
        )
        for note in inside:
            off = _rounded(note.start - begin, steps)
            moved += off != 0
            places.setdefault(min(note.start - off, length - steps), set()).add(note.pitch)
    found: list[Span] = []
    for at, following in itertools.pairwise([*sorted(places), length]):
        until = min(following, beats[bisect_right(beats, at)])
        found.append(Span(at, at + _longest(until - at), hits=tuple(sorted(places[at]))))
    return found, moved


def _rounded(tick: int, step: int) -> int:
    """The distance of a tick from the nearest multiple of ``step``, negative before it."""
    return (tick + step // 2) % step - step // 2


def _longest(ticks: int) -> int:
    """The longest single value, plain, dotted or of a triplet, that is not longer than ``ticks``."""
    third = ticks % 160 == 0 and ticks % 120 != 0
    known = (320, 160) if third else (720, 480, 360, 240, 180, 120, 60)
    return next((value for value in known if value <= ticks), ticks)


def _bar(spans: list[Span], bar: int, metre: tuple[int, int], ratios: tuple[Ratio, ...], sharps: int) -> tuple[list[Element], bool]:
    """The elements of one bar, and whether they are exact."""
    if len(spans) == 1 and spans[0].start == 0 and not (spans[0].notes or spans[0].hits):
        return [Element(0, bar)], True
    exact = True
    regions = _regions(spans, bar, ratios)
    if regions is None:
        exact = False
        spans = _on_grid(spans)
        if not spans:  # a pickup too short for the grid
            return [], False
        regions = _regions(spans, bar, ratios)
        assert regions is not None
    levels, compound = _levels(bar, metre)
    elements: list[Element] = []
    for begin, end, ratio in regions:
        inside = [span for span in spans if span.start < end and span.end > begin]
        first = len(elements)
        for span in inside:
            low, high = max(span.start, begin), min(span.end, end)
            place = low
            rest = not (span.notes or span.hits)
            for units in (
                _plain_split(low * 8 // 15, high * 8 // 15, levels, compound, rest)
                if ratio is None
                else _tuplet_split(low - begin, high - begin, end - begin, ratio)
            ):
                kind, dots = _value(units)
                ticks = units * 15 // 8 if ratio is None else units * 15 * ratio[1] // (8 * ratio[0])
                heads = tuple(
                    Head(spell(pitch, sharps), tied or place > span.start, ties or place + ticks < span.end)
                    for pitch, tied, ties in span.notes
                )
                hits = span.hits if place == span.start else ()  # a hit is not held
                elements.append(Element(place, ticks, heads, kind, dots, ratio, hits=hits))
                place += ticks
            assert place == high
        if ratio is not None and len(elements) > first:
            elements[first] = replace(elements[first], first=True)
            elements[-1] = replace(elements[-1], last=True)
    return _beamed(elements, bar, metre, compound), exact


def _on_grid(spans: list[Span]) -> list[Span]:
    def near(tick: int) -> int:
        return tick - tick % TICKS + min(GRID, key=lambda point: (abs(point - tick % TICKS), point))

    moved = [replace(span, start=near(span.start), end=near(span.end)) for span in spans]
    return [span for span in moved if span.end > span.start]


# -- the places of tuplets -------------------------------------------------------------------------------------------------


def _regions(spans: list[Span], bar: int, ratios: tuple[Ratio, ...]) -> list[tuple[int, int, Ratio | None]] | None:
    """Divide the bar into regions with and without tuplets, as a shortest path over the bar; None where that is impossible."""
    bounds = sorted({span.start for span in spans} | {span.end for span in spans})
    odd = [tick for tick in bounds if tick % _PLAIN]
    if not odd:
        return [(0, bar, None)]
    known = set(bounds)
    silent = spans[0].start  # before a pickup

    def cut(tick: int) -> float:
        return 0.0 if tick in known or tick <= silent or tick >= bar else 0.5

    best: dict[int, tuple[float, int, Ratio | None]] = {0: (0.0, 0, None)}
    for place in range(0, bar, _STEP):
        if place not in best:
            continue
        cost = best[place][0]
        following = place + _STEP
        if bisect_left(odd, following) == bisect_right(odd, place) and (following not in best or cost < best[following][0]):
            best[following] = (cost, place, None)
        for size in _WINDOWS:
            end = place + size
            if end > bar or place % min(size, 240) or bisect_left(odd, end) == bisect_right(odd, place):
                continue
            inside = [tick for tick in bounds if place < tick < end]
            edges = [max(place, silent), *inside, end]
            for ratio in ratios:
                if any((tick - place) % _FINEST[ratio] for tick in inside):
                    continue
                more = cut(place) + cut(end) + _DISLIKE[ratio] + 0.001 * size / _STEP + 0.05 * bool(place % size)
                more += sum(
                    len(_tuplet_split((low - place), (high - place), size, ratio)) - 1 for low, high in itertools.pairwise(edges)
                )
                if end not in best or cost + more < best[end][0]:
                    best[end] = (cost + more, place, ratio)
                break
    if bar not in best:
        return None
    regions: list[tuple[int, int, Ratio | None]] = []
    at = bar
    while at > 0:
        _, before, chosen = best[at]
        if regions and chosen is None and regions[-1][2] is None:
            regions[-1] = (before, regions[-1][1], None)
        else:
            regions.append((before, at, chosen))
        at = before
    return regions[::-1]


# -- values ----------------------------------------------------------------------------------------------------------------


@cache
def _single(units: int) -> bool:
    """Whether a length is that of one note value with at most one dot."""
    odd = units >> ((units & -units).bit_length() - 1)
    return odd in (1, 3) and units <= 3072 and not (odd == 3 and units < 3)


def _value(units: int) -> tuple[str, int]:
    power = units.bit_length() - 1
    dots = int(units != 1 << power)
    return KINDS[len(KINDS) - 1 - power], dots


@cache
def _levels(bar: int, metre: tuple[int, int]) -> tuple[tuple[int, ...], bool]:
    """The lengths of the metrical levels from the bar down, in 1024ths, and whether the metre is compound."""
    numerator, denominator = metre
    unit = 4 * _QUARTER // denominator
    whole = bar * 8 // 15
    compound = in_threes(numerator, denominator)
    levels = [whole]
    if compound:
        count = numerator // 3
        if count > 1 and count % 2 == 0:
            levels.append(whole // 2)
        levels += [3 * unit, unit]
    else:
        size = whole
        while (size // unit) % 2 == 0:
            size //= 2
            levels.append(size)
        levels.append(unit)
    levels = sorted(set(levels), reverse=True)
    while levels[-1] > 1:
        levels.append(levels[-1] // 2)
    return tuple(levels), compound


def _index(levels: tuple[int, ...], place: int) -> int:
    return next(index for index, size in enumerate(levels) if place % size == 0)


@cache
def _tuplet_split(low: int, high: int, size: int, ratio: Ratio) -> tuple[int, ...]:
    actual, normal = ratio
    scaled = [tick * actual * 8 // (normal * 15) for tick in (low, high)]
    whole = size * actual * 8 // (normal * 15)
    levels = [whole, whole // actual]
    while levels[-1] > 1:
        levels.append(levels[-1] // 2)
    return _parts(scaled[0], scaled[1], tuple(levels), 99, 99)


@cache
def _plain_split(low: int, high: int, levels: tuple[int, ...], compound: bool, rest: bool) -> tuple[int, ...]:
    return _parts(low, high, levels, 0 if rest else 1, 0 if rest or compound else 1)


def _parts(low: int, high: int, levels: tuple[int, ...], slack: int, beat_slack: int) -> tuple[int, ...]:
    """Divide a span into note values: cut it at its strongest inner position if no single value fits, or if that position is
    stronger than the start by more than ``slack`` levels (``beat_slack`` if it is a beat of three parts); then go on with both."""
    level = next((level for level, size in enumerate(levels) if low - low % size + size < high), None)
    if level is None:
        return (high - low,)
    size = levels[level]
    inside = range(low - low % size + size, high, size)
    of_three = level + 1 < len(levels) and levels[level] == 3 * levels[level + 1]
    if _single(high - low) and level >= _index(levels, low) - (beat_slack if of_three else slack):
        return (high - low,)
    place = max((tick for tick in inside if _single(tick - low)), default=inside[0])
    return _parts(low, place, levels, slack, beat_slack) + _parts(place, high, levels, slack, beat_slack)


# -- beams and ties -----------------------------------------------------------------------------------------------------


def _beamed(elements: list[Element], bar: int, metre: tuple[int, int], compound: bool) -> list[Element]:
    """The elements with groups and beams: notes of a beat are beamed, in 4/4 and 2/2 also eighths of half a bar."""
    beat = group_ticks(*metre) if compound else TICKS
    groups: list[int] = []
    window = 0
    for one in elements:
        if one.first:
            window = one.start
        groups.append(window if one.tuplet else one.start // beat * beat)
    if metre in ((4, 4), (2, 2)):
        for half in (0, bar // 2):
            there = [at for at, one in enumerate(elements) if half <= one.start < half + bar // 2]
            if all(elements[at].kind == "eighth" and not elements[at].dots and elements[at].tuplet is None for at in there):
                for at in there:
                    groups[at] = half
    out = [replace(one, group=group) for one, group in zip(elements, groups, strict=True)]
    run: list[int] = []
    for at, one in enumerate(out):
        beamed = one.sounds and KINDS.index(one.kind) >= 4
        if run and (not beamed or one.group != out[run[-1]].group):
            _beam(out, run)
            run = []
        if beamed:
            run.append(at)
    _beam(out, run)
    return out


def _beam(elements: list[Element], run: list[int]) -> None:
    if len(run) < 2:
        return
    counts = [KINDS.index(elements[at].kind) - 3 for at in run]
    marks: list[list[str]] = [[] for _ in run]
    for number in range(1, max(counts) + 1):
        for has, found in itertools.groupby(range(len(run)), key=lambda at: counts[at] >= number):
            members = list(found)
            if not has:
                continue
            if len(members) == 1:
                marks[members[0]].append("forward hook" if members[0] == 0 else "backward hook")
                continue
            for member in members:
                marks[member].append("begin" if member == members[0] else "end" if member == members[-1] else "continue")
    for at, mark in zip(run, marks, strict=True):
        elements[at] = replace(elements[at], beams=tuple(mark))


def _join_ties(staff: Staff) -> None:
    """Remove ties without a second note, where a bar was moved to the grid."""
    ends, starts = set(), set()
    for measure, voice in _all_voices(staff):
        for one in voice:
            at = measure.start + one.start
            ends |= {(at + one.ticks, head.pitch) for head in one.heads if head.ties}
            starts |= {(at, head.pitch) for head in one.heads if head.tied}
    for measure, voice in _all_voices(staff):
        for index, one in enumerate(voice):
            at = measure.start + one.start
            heads = tuple(
                Head(pitch, tied and (at, pitch) in ends, ties and (at + one.ticks, pitch) in starts)
                for pitch, tied, ties in one.heads
            )
            voice[index] = replace(one, heads=heads)


def _all_voices(staff: Staff) -> Iterator[tuple[Measure, list[Element]]]:
    return ((measure, voice) for measure in staff.measures for voice in measure.voices)


def accidentals(elements: Iterable[Element], sharps: int, *, held: bool) -> Iterator[tuple[bool, ...]]:
    """For each element of one measure, in order of time, and each of its heads, whether it needs an accidental. Readers differ on
    whether an accidental holds in other octaves; so it is written again wherever they would differ.

    Args:
        elements: of one voice, or of all voices of a staff.
        sharps: the key signature.
        held: whether a tie holds the accidental of the note before, so that a tied note needs none.
    """
    written: dict[str, set[tuple[int, int]]] = {}
    for one in elements:
        needed = []
        for (letter, alter, octave), tied, _ in one.heads:
            if held and tied:
                needed.append(False)
                continue
            before = written.setdefault(letter, set())
            plain = not before and alter == alteration(letter, sharps)
            need = not plain and before != {(alter, octave)}
            if need:
                before.add((alter, octave))
            needed.append(need)
        yield tuple(needed)
