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
- Drums are written on the nearest sixteenth or third of a quarter, whichever is nearer to the hits of that quarter. A hit is
  written as one value, up to the next hit or the end of its beat, and has no tie, as it is not held.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from genstudio.domains import Music, TempoChange
from genstudio.domains.music.notes import bars_of
from genstudio.domains.music.time import TICKS, bar_ticks, group_ticks, in_threes
from genstudio.rendering.spelling import Spelled, alteration, signature, spell

__all__ = ["KINDS", "Element", "Measure", "Sheet", "accidentals", "engrave"]

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


@dataclass(frozen=True)
class Element:
    """A written note or rest.

    start, ticks: within its measure. pitch: None for a rest. kind, dots: the written value; kind "" is a rest of a whole measure.
    tuplet: (actual, normal), or None; first, last: whether the tuplet begins or ends here. tied: to the note before; ties: to the
    next. beams: "begin", "continue", "end", "forward hook" or "backward hook" for each beam, that of the eighths first. group:
    equal for elements that are beamed together. hits: of drums, the numbers of the simultaneous hits; then the pitch is unused.
    """

    start: int
    ticks: int
    pitch: Spelled | None
    kind: str = ""
    dots: int = 0
    tuplet: Ratio | None = None
    first: bool = False
    last: bool = False
    tied: bool = False
    ties: bool = False
    beams: tuple[str, ...] = ()
    group: int = 0
    hits: tuple[int, ...] = ()

    @property
    def units(self) -> int:
        """The written value in 1024ths, dots included."""
        whole = 1 << (len(KINDS) - 1 - KINDS.index(self.kind)) if self.kind else 0
        return whole * 3 // 2 if self.dots else whole


@dataclass
class Measure:
    """A bar: ``number`` from 1 (0 is the pickup), ``start`` and ``ticks`` in the melody, the metre and whether it changes here."""

    number: int
    start: int
    ticks: int
    metre: tuple[int, int]
    changes: bool
    elements: list[Element] = field(default_factory=list)
    tempos: list[TempoChange] = field(default_factory=list)


@dataclass
class Sheet:
    """Written music. ``sharps`` is the key signature, ``mode`` the stated mode or "", ``clef`` "G", "F" or "percussion", ``moved``
    the number of bars (of drums: hits) that could not be written exactly."""

    title: str
    sharps: int
    mode: str
    clef: str
    program: int
    measures: list[Measure]
    moved: int = 0


def engrave(melody: Music, *, ratios: Sequence[Ratio] = ((3, 2), (5, 4), (15, 8))) -> Sheet:
    """Write music, a melody or drums, as measures of notes.

    Args:
        melody: the music.
        ratios: the tuplets that may be used. Without 15:8 there are ticks that cannot be written; the notes of such a bar go to the
            grid of eighths and sixths of a quarter, and ``Sheet.moved`` counts the bar.
    """
    sharps, mode = signature(melody) if melody.pitched else (0, "")
    written, moved = (_spans(melody), 0) if melody.pitched else _struck(melody)
    starts = [span.start for span in written]
    ends = [span.end for span in written]
    sheet = Sheet(melody.title, sharps, mode, _clef(melody), melody.program, [], moved)
    tempos = list(melody.tempos)
    before: tuple[int, int] | None = None
    for at, end, number, metre in bars_of(melody):
        bar = bar_ticks(*metre)
        measure = Measure(number, at, end - at, metre, metre != before)
        before = metre
        while tempos and tempos[0].tick < end:
            measure.tempos.append(tempos.pop(0))
        inside = written[bisect_right(ends, at) : bisect_left(starts, end)]
        # A pickup is the end of a bar.
        shift = bar - (end - at)
        spans: list[Span] = []
        position = at
        for one in inside:
            if one.start > position:
                spans.append(Span(position - at + shift, one.start - at + shift, None))
            first, last = max(one.start, at) - at + shift, min(one.end, end) - at + shift
            spans.append(Span(first, last, one.pitch, one.start < at, one.end > end, one.hits))
            position = min(one.end, end)
        if position < end:
            spans.append(Span(position - at + shift, bar, None))
        elements, exact = _bar(spans, bar, metre, tuple(ratios), sharps)
        sheet.moved += not exact
        measure.elements = [replace(one, start=one.start - shift) for one in elements]
        if elements:
            sheet.measures.append(measure)
    _join_ties(sheet)
    return sheet


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    pitch: int | None
    tied: bool = False  # to what is before the bar
    ties: bool = False  # to what is after it
    hits: tuple[int, ...] = ()


def _spans(melody: Music) -> list[Span]:
    return [Span(note.start, note.end, note.pitch) for note in melody.notes]


def _struck(music: Music) -> tuple[list[Span], int]:
    """Drums as spans, each until the next hit or the end of its beat, and the number of hits that had to be moved."""
    beats = sorted({0, *(tick for bar in bars_of(music) for tick in bar.beats), music.length})
    places: dict[int, set[int]] = {}
    moved = 0
    for begin, until in itertools.pairwise(beats):
        inside = [note for note in music.notes if begin <= note.start < until]
        steps = min(
            (120, 160) if (until - begin) % 480 == 0 else (120,),
            key=lambda step: (sum(abs(_rounded(note.start - begin, step)) for note in inside), step),
        )
        for note in inside:
            off = _rounded(note.start - begin, steps)
            moved += off != 0
            places.setdefault(min(note.start - off, music.length - steps), set()).add(note.pitch)
    found: list[Span] = []
    for at, following in itertools.pairwise([*sorted(places), music.length]):
        until = min(following, beats[bisect_right(beats, at)])
        hits = tuple(sorted(places[at]))
        found.append(Span(at, at + _longest(until - at), hits[0], hits=hits))
    return found, moved


def _rounded(tick: int, step: int) -> int:
    """The distance of a tick from the nearest multiple of ``step``, negative before it."""
    return (tick + step // 2) % step - step // 2


def _longest(ticks: int) -> int:
    """The longest single value, plain, dotted or of a triplet, that is not longer than ``ticks``."""
    third = ticks % 160 == 0 and ticks % 120 != 0
    known = (320, 160) if third else (720, 480, 360, 240, 180, 120, 60)
    return next((value for value in known if value <= ticks), ticks)


def _clef(melody: Music) -> str:
    if not melody.pitched:
        return "percussion"
    total = sum(note.end - note.start for note in melody.notes)
    if not total:
        return "G"
    mean = sum(note.pitch * (note.end - note.start) for note in melody.notes) / total
    return "F" if mean < 55 else "G"


def _bar(spans: list[Span], bar: int, metre: tuple[int, int], ratios: tuple[Ratio, ...], sharps: int) -> tuple[list[Element], bool]:
    """The elements of one bar, and whether they are exact."""
    if len(spans) == 1 and spans[0].pitch is None and spans[0].start == 0:
        return [Element(0, bar, None)], True
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
            pitch = None if span.pitch is None else spell(span.pitch, sharps)
            for units in (
                _plain_split(low * 8 // 15, high * 8 // 15, levels, compound, span.pitch is None)
                if ratio is None
                else _tuplet_split(low - begin, high - begin, end - begin, ratio)
            ):
                kind, dots = _value(units)
                ticks = units * 15 // 8 if ratio is None else units * 15 * ratio[1] // (8 * ratio[0])
                tied = pitch is not None and (place > span.start or span.tied)
                ties = pitch is not None and (place + ticks < span.end or span.ties)
                if span.hits:  # a hit is not held
                    pitch, tied, ties = None if tied else pitch, False, False
                hits = span.hits if pitch is not None else ()
                elements.append(Element(place, ticks, pitch, kind, dots, ratio, tied=tied, ties=ties, hits=hits))
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
        beamed = one.pitch is not None and KINDS.index(one.kind) >= 4
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


def _join_ties(sheet: Sheet) -> None:
    """Remove ties without a second note, where a bar was moved to the grid."""
    if not sheet.moved or sheet.clef == "percussion":
        return
    places = [(measure, at) for measure in sheet.measures for at in range(len(measure.elements))]
    for (measure, at), (later, where) in itertools.pairwise(places):
        one, following = measure.elements[at], later.elements[where]
        if one.ties and not (following.tied and following.pitch == one.pitch):
            measure.elements[at] = replace(one, ties=False)
        if following.tied and not one.ties:
            later.elements[where] = replace(following, tied=False)


def accidentals(elements: Iterable[Element], sharps: int) -> list[bool]:
    """For each element of one measure, whether it needs an accidental. Readers differ on whether an accidental holds in other
    octaves; so it is written again wherever they would differ."""
    written: dict[str, set[tuple[int, int]]] = {}
    needed = []
    for one in elements:
        if one.pitch is None:
            needed.append(False)
            continue
        letter, alter, octave = one.pitch
        before = written.setdefault(letter, set())
        plain = not before and alter == alteration(letter, sharps)
        need = not plain and before != {(alter, octave)}
        if need:
            before.add((alter, octave))
        needed.append(need)
    return needed
