"""A score: parts over common bars."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.music import midi
from genstudio.domains.music.figure import roll_figure
from genstudio.domains.music.keys import key_named
from genstudio.domains.music.notes import Instrument, Music, Note, bar_lines, inside, shifted
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks, full_bars, tidy_tempos
from genstudio.domains.score.tonality import key_of, reference_pitch

if TYPE_CHECKING:
    import pretty_midi

__all__ = [
    "FAMILIES",
    "MOST_PARTS",
    "NO_CHORD",
    "QUALITIES",
    "ROLES",
    "ChordSymbol",
    "KeyChange",
    "Lyric",
    "Part",
    "Score",
    "chord_name",
    "cut",
    "durations",
    "family_of",
    "hands_of",
    "in_key",
    "in_metre",
    "in_range",
    "is_keyboard",
    "last_pitch_class",
    "pitches_of",
    "played_by",
    "staves_of",
    "tidy_chords",
    "tidy_hits",
    "tidy_notes",
    "top_line",
    "trimmed",
    "voicing",
    "with_parts",
]

MOST_PARTS = 8
"""The largest number of parts of a score."""

ROLES = ("melody", "chords", "bass", "other", "drums", "symbols")
"""What a part is for. "symbols" are chord symbols (C, Am7 …), which have no notes; "chords" are notes that accompany."""

FAMILIES = (
    "piano", "chromatic percussion", "organ", "guitar", "bass", "strings", "ensemble", "brass", "reed", "pipe", "synth lead",
    "synth pad", "synth effects", "ethnic", "percussive", "sound effects",
)  # fmt: skip
"""The families of General MIDI: of the program ``p`` it is ``FAMILIES[p // 8]``."""

LOWEST, HIGHEST = -53, 52
"""The range of the pitches of symbols, relative to the reference pitch: all from 12 to 106, whatever that is. Others are moved
into it by octaves, where a score is turned into symbols."""

# Okabe & Ito 2008: colours that the colour-blind can tell apart.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8000", "#555555")

HIT_TICKS = 60
"""The length in ticks of the notes of drums."""

QUALITIES: dict[str, tuple[tuple[int, ...], str, str]] = {
    "major": ((0, 4, 7), "", "major"),
    "minor": ((0, 3, 7), "m", "minor"),
    "augmented": ((0, 4, 8), "+", "augmented"),
    "diminished": ((0, 3, 6), "dim", "diminished"),
    "dominant": ((0, 4, 7, 10), "7", "dominant"),
    "major-seventh": ((0, 4, 7, 11), "maj7", "major-seventh"),
    "minor-seventh": ((0, 3, 7, 10), "m7", "minor-seventh"),
    "diminished-seventh": ((0, 3, 6, 9), "dim7", "diminished-seventh"),
    "half-diminished": ((0, 3, 6, 10), "m7b5", "half-diminished"),
    "augmented-seventh": ((0, 4, 8, 10), "+7", "augmented-seventh"),
    "major-minor": ((0, 3, 7, 11), "mM7", "major-minor"),
    "major-sixth": ((0, 4, 7, 9), "6", "major-sixth"),
    "minor-sixth": ((0, 3, 7, 9), "m6", "minor-sixth"),
    "dominant-ninth": ((0, 4, 7, 10, 2), "9", "dominant-ninth"),
    "major-ninth": ((0, 4, 7, 11, 2), "maj9", "major-ninth"),
    "minor-ninth": ((0, 3, 7, 10, 2), "m9", "minor-ninth"),
    "dominant-11th": ((0, 4, 7, 10, 2, 5), "11", "dominant-11th"),
    "dominant-13th": ((0, 4, 7, 10, 2, 9), "13", "dominant-13th"),
    "suspended-second": ((0, 2, 7), "sus2", "suspended-second"),
    "suspended-fourth": ((0, 5, 7), "sus4", "suspended-fourth"),
    "dominant-suspended": ((0, 5, 7, 10), "7sus4", "suspended-fourth"),
    "power": ((0, 7), "5", "power"),
}
"""The qualities of chord symbols: the intervals above the root in semitones, the suffix as it is written, and the ``<kind>`` of
MusicXML."""

NO_CHORD = "N.C."
"""What is written where no chord sounds."""

_CLOSE, _DEEP = 55, 43  # the lowest pitch of the notes of a chord, and of its bass
_SOFT = 56  # velocity

_NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_FLAT_NAMES = ("C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B")


class KeyChange(NamedTuple):
    """From ``tick`` on, the source states the key ``name``, or none."""

    tick: int
    name: str | None


class ChordSymbol(NamedTuple):
    """A chord from ``start`` to ``end`` (ticks, end exclusive).

    root: pitch class of the root, 0 .. 11. quality: one of :data:`QUALITIES`. bass: pitch class of the bass, if it is another
    note than the root; else -1.
    """

    start: int
    end: int
    root: int
    quality: str
    bass: int = -1


class Lyric(NamedTuple):
    """A syllable that is sung from tick ``tick`` on; ``joins``: the word goes on with the next syllable."""

    tick: int
    text: str
    joins: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a score.

    name: for people ("Violin 1"). role: one of :data:`ROLES`. program: the General MIDI instrument, 0 .. 127; of drums the kit.
    notes: sorted by start, then by falling pitch; no two notes of one pitch overlap. Those of drums are :data:`HIT_TICKS` long
    at most.
    chords: the chord symbols of a part whose role is "symbols", sorted, without overlaps, equal ones joined. lyrics: sorted.
    level: how loud the part is played, 0 .. 1, as MIDI's channel volume: the amplitude is its square.
    family: the family of instruments that its symbols state, one of :data:`FAMILIES`; "": that of ``program``.
    """

    name: str = ""
    role: str = "other"
    program: int = 0
    notes: tuple[Note, ...] = ()
    chords: tuple[ChordSymbol, ...] = ()
    lyrics: tuple[Lyric, ...] = ()
    level: float = 1.0
    family: str = ""

    @property
    def pitched(self) -> bool:
        """Whether the part has notes with a pitch."""
        return self.role not in ("drums", "symbols")

    @cached_property
    def _longest(self) -> int:
        """Ticks of the longest note or chord."""
        return max((end - start for start, end in self.spans()), default=0)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Where each note and each chord symbol begins and ends."""
        yield from ((note.start, note.end) for note in self.notes)
        yield from ((chord.start, chord.end) for chord in self.chords)

    def between(self, start: int, end: int) -> tuple[Sequence[Note], Sequence[ChordSymbol]]:
        """The notes and chords that sound between two ticks, or a few more."""
        items = (self.notes, self.chords)
        first, last = (start - self._longest, end)
        notes, chords = ((bisect_left(some, first, key=_start), bisect_left(some, last, key=_start)) for some in items)
        return self.notes[slice(*notes)], self.chords[slice(*chords)]

    @property
    def empty(self) -> bool:
        """Whether nothing sounds in the part."""
        return not self.notes and not self.chords


_start = itemgetter(0)


def _notes_of(parts: Iterable[Part]) -> tuple[Note, ...]:
    return tuple(sorted((note for part in parts if part.pitched for note in part.notes), key=lambda note: (note[0], note[2], note)))


@dataclass(frozen=True, kw_only=True)
class Score(Music):
    """Parts over common bars. ``notes`` are those of all parts with a pitch; they follow from ``parts``.

    tonic: the reference pitch, 54 .. 65, to which the pitches of the symbols are relative. key: as the source states it at the
    beginning, or None. key_changes: the later keys that it states.
    recognised: whether the chord symbols were recognised from the notes, and do not stand in the source.
    """

    notes: tuple[Note, ...] = field(default=())
    parts: tuple[Part, ...] = ()
    tonic: int = 60
    key: str | None = None
    key_changes: tuple[KeyChange, ...] = ()
    recognised: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "notes", _notes_of(self.parts))

    @property
    def voice(self) -> tuple[Note, ...]:
        return top_line(self)

    @property
    def stated_key(self) -> str | None:
        return self.key

    @property
    def symbols(self) -> tuple[ChordSymbol, ...]:
        """The chord symbols, of all parts that have some."""
        return tuple(chord for part in self.parts for chord in part.chords)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """One instrument for each part, in their order; that of chord symbols plays them softly (:func:`voicing`), again on each
        bar line."""
        found = []
        lines = bar_lines(self)
        for part in self.parts:
            tag = f"role={part.role}" + (" recognised" if self.recognised and part.role == "symbols" else "")
            tag += f" level={part.level:g}" if part.level != 1.0 else ""
            notes = part.notes if part.role != "symbols" else _struck(part.chords, lines)
            found.append(Instrument(part.name, part.program, part.role != "drums", notes, part.lyrics, part.level, tag))
        return tuple(found)

    def played_by(self, program: int) -> Score:
        return replace(
            with_parts(self, lambda part: part if part.role == "drums" else replace(part, program=program)), program=program
        )

    def with_notes(self, notes: Iterable[Note], part: int = 0) -> Score:
        found = inside(notes, self.length)
        drums = self.parts[part].role == "drums"
        new = replace(self.parts[part], notes=tidy_hits(found, self.length) if drums else tidy_notes(found))
        return replace(self, parts=(*self.parts[:part], new, *self.parts[part + 1 :]))

    @property
    def later_keys(self) -> tuple[tuple[int, str | None], ...]:
        return self.key_changes

    @property
    def captions(self) -> tuple[tuple[int, str], ...]:
        """The chord symbols in ASCII, and "N.C." where one ends before the next begins or before the end."""
        chords = self.symbols
        flats = (self.key or "").startswith(("Ab", "Db", "Gb", "Cb"))
        found: list[tuple[int, str]] = []
        for chord, following in zip(chords, [*(chord.start for chord in chords[1:]), self.length], strict=False):
            found.append((chord.start, chord_name(chord, flats).replace("♯", "#").replace("♭", "b")))
            if chord.end < following:
                found.append((chord.end, NO_CHORD))
        return tuple(found)

    def to_pretty_midi(self) -> pretty_midi.PrettyMIDI:
        """The score as a ``pretty_midi.PrettyMIDI`` with 480 ticks per quarter; chord symbols are text events, and sound."""
        return midi.to_pretty_midi(self)

    @property
    def silent(self) -> bool:
        """Whether no part has anything in it."""
        return all(part.empty for part in self.parts)

    def _repr_html_(self) -> str:
        pitched = [part.notes for part in self.parts if part.pitched]
        return roll_figure(self, "Score", list(zip(pitched, _COLOURS, strict=False)))

    @classmethod
    def build(
        cls, parts: Sequence[Part], metres: Sequence[MetreChange], tempos: Sequence[TempoChange], pickup: int = 0,
        length: int = 0, **rest: Any,
    ) -> Score:  # fmt: skip
        """Build a score: tidy the parts, metres and tempos, extend the length to a bar line, and find the tonic.

        Args:
            parts: in the order of the score; notes in any order, also overlapping.
            metres: should lie on bar lines; a change that does not is moved to the next one.
            tempos: in any order.
            pickup: ticks before the first full bar.
            length: the minimal length in ticks.
            rest: other fields; without ``tonic``, it is estimated from the notes.
        """
        ends = [note.start + 1 if part.role == "drums" else note.end for part in parts for note in part.notes]
        ends += [chord.end for part in parts for chord in part.chords]
        tidy, pickup, end = full_bars(metres, pickup, max([length, 1, *ends]))
        parts = tuple(
            replace(
                part,
                notes=tidy_hits(part.notes, end) if part.role == "drums" else tidy_notes(part.notes),
                chords=tidy_chords(part.chords),
                lyrics=tuple(sorted(part.lyrics)),
            )
            for part in parts
        )
        if rest.get("tonic") is None:
            rest["tonic"] = reference_pitch(key_of(durations(parts, 0, end), rest.get("key"), last_pitch_class(parts, 0, end)))
        rest.setdefault("program", next((part.program for part in parts if part.pitched), 0))
        return cls(parts=parts, metres=tidy, tempos=tidy_tempos(tempos, end), pickup=pickup, length=end, **rest)


def durations(parts: Iterable[Part], start: int, end: int) -> NDArray[np.float64]:
    """The ticks that each pitch class sounds from ``start`` to ``end``, float64 [12].

    Chord symbols count only where there are no notes, so that a tune has the same key with and without them.
    """
    held, chords = np.zeros(12), np.zeros(12)
    for part in parts:
        notes, symbols = part.between(start, end)
        for note in notes if part.pitched else ():
            if note.start < end and note.end > start:
                held[note.pitch % 12] += min(note.end, end) - max(note.start, start)
        for chord in symbols:
            if chord.start < end and chord.end > start:
                chords[list(pitches_of(chord))] += min(chord.end, end) - max(chord.start, start)
    return held if held.any() else chords


def last_pitch_class(parts: Iterable[Part], start: int, end: int) -> int | None:
    """The pitch class of the lowest of the notes that sound last between ``start`` and ``end``, or None."""
    inside = [note for part in parts if part.pitched for note in part.notes if start < note.end and note.start < end]
    if not inside:
        return None
    until = max(min(note.end, end) for note in inside)
    return min(note.pitch for note in inside if min(note.end, end) == until) % 12


def tidy_hits(hits: Iterable[Note], end: int) -> tuple[Note, ...]:
    """Sort the notes of drums by start and falling pitch, each :data:`HIT_TICKS` long, or until ``end`` or the next of its pitch;
    of equal ones the loudest is kept."""
    loudest: dict[tuple[int, int], Note] = {}
    for hit in hits:
        before = loudest.get((hit.start, -hit.pitch))
        if before is None or hit.velocity > before.velocity:
            loudest[hit.start, -hit.pitch] = hit
    tidy: list[Note] = []
    following: dict[int, int] = {}  # the start of the next note of each pitch
    for place in sorted(loudest, reverse=True):
        hit = loudest[place]
        tidy.append(hit._replace(end=min(hit.start + HIT_TICKS, following.get(hit.pitch, end))))
        following[hit.pitch] = hit.start
    return tuple(reversed(tidy))


def tidy_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Sort notes by start and falling pitch, so that no two of one pitch overlap: the next one ends the one before it; of two that
    begin together the longer is kept."""
    tidy: list[Note] = []
    last: dict[int, int] = {}  # the index of the last note of each pitch
    for note in sorted(notes, key=lambda note: (note.start, -note.pitch, -note.end)):
        if note.end <= note.start:
            continue
        index = last.get(note.pitch)
        if index is not None and tidy[index].end > note.start:
            if tidy[index].start == note.start:
                continue
            tidy[index] = tidy[index]._replace(end=note.start)
        last[note.pitch] = len(tidy)
        tidy.append(note)
    return tuple(tidy)


def in_range(step: int) -> int:
    """The distance from the reference pitch, or one some octaves more or less, from :data:`LOWEST` to :data:`HIGHEST`."""
    while step > HIGHEST:
        step -= 12
    while step < LOWEST:
        step += 12
    return step


def tidy_chords(chords: Iterable[ChordSymbol]) -> tuple[ChordSymbol, ...]:
    """Sort chord symbols; each ends at the next at the latest, and equal ones without a gap are joined."""
    tidy: list[ChordSymbol] = []
    for chord in sorted(chords):
        if chord.bass == chord.root:
            chord = chord._replace(bass=-1)
        if tidy and tidy[-1].end > chord.start:
            tidy[-1] = tidy[-1]._replace(end=chord.start)
            if tidy[-1].start == tidy[-1].end:
                tidy.pop()
        if chord.end <= chord.start:
            continue
        if tidy and tidy[-1].end == chord.start and tidy[-1][2:] == chord[2:]:
            tidy[-1] = tidy[-1]._replace(end=chord.end)
        else:
            tidy.append(chord)
    return tuple(tidy)


def pitches_of(chord: ChordSymbol) -> tuple[int, ...]:
    """The pitch classes of a chord, the root first; a bass that is no note of the chord is last.

    >>> pitches_of(ChordSymbol(0, 480, 9, "minor"))
    (9, 0, 4)
    """
    found = tuple((chord.root + interval) % 12 for interval in QUALITIES[chord.quality][0])
    return found if chord.bass < 0 or chord.bass in found else (*found, chord.bass)


def chord_name(chord: ChordSymbol, flats: bool = False) -> str:
    """The symbol as it is written.

    Args:
        chord: the chord.
        flats: whether D♭ and G♭ are written in place of C♯ and F♯.

    >>> chord_name(ChordSymbol(0, 480, 9, "minor-seventh", 7))
    'Am7/G'
    """
    names = _FLAT_NAMES if flats else _NAMES
    bass = f"/{names[chord.bass]}" if chord.bass >= 0 else ""
    return f"{names[chord.root]}{QUALITIES[chord.quality][1]}{bass}"


def voicing(chord: ChordSymbol) -> tuple[int, ...]:
    """The pitches of a chord as a pianist accompanies: its notes around middle C, and the bass below them; falling.

    >>> voicing(ChordSymbol(0, 480, 0, "major"))
    (64, 60, 55, 48)
    """
    notes = pitches_of(chord._replace(bass=-1))
    # The root of a ninth chord is left to the bass.
    upper = {_CLOSE + (pitch - _CLOSE) % 12 for pitch in (notes[1:] if len(notes) > 4 else notes)}
    bass = chord.root if chord.bass < 0 else chord.bass
    return (*sorted(upper, reverse=True), _DEEP + (bass - _DEEP) % 12)


def _struck(chords: Iterable[ChordSymbol], lines: Sequence[int]) -> tuple[Note, ...]:
    """The notes of chord symbols, struck again on each of the bar lines ``lines`` (ticks)."""
    found: list[Note] = []
    for chord in chords:
        ends = [line for line in lines if chord.start < line < chord.end]
        for start, end in pairwise((chord.start, *ends, chord.end)):
            found += (Note(start, end, pitch, _SOFT) for pitch in voicing(chord))
    return tuple(found)


def played_by(part: Part, program: int) -> Part:
    """The part with another instrument; its symbols stay as they are."""
    family = part.family or family_of(part.program)
    return replace(part, program=program, family="" if family == family_of(program) or not part.pitched else family)


def family_of(program: int) -> str:
    """The family of General MIDI that an instrument belongs to, one of :data:`FAMILIES`."""
    return FAMILIES[program // 8]


def is_keyboard(part: Part) -> bool:
    """Whether a part is played on a keyboard or harp, whose music is written on two staves."""
    return part.pitched and (part.program < 8 or 16 <= part.program < 24 or part.program == 46)


def staves_of(score: Score) -> list[tuple[int, ...]]:
    """The indices of the parts that are written together: two that follow one another with the same keyboard instrument and name
    are the hands of one player."""
    return hands_of(score.parts)


def hands_of(parts: Sequence[Part]) -> list[tuple[int, ...]]:
    """:func:`staves_of` for parts."""
    groups: list[tuple[int, ...]] = []
    for _, run in groupby(range(len(parts)), lambda at: (parts[at].name, parts[at].program) if is_keyboard(parts[at]) else at):
        same = tuple(run)
        groups += [same] if len(same) == 2 else [(at,) for at in same]
    return groups


def with_parts(score: Score, change: Callable[[Part], Part]) -> Score:
    """The score with a function applied to each part."""
    return replace(score, parts=tuple(map(change, score.parts)))


def cut(score: Score, start: int, end: int, title: str) -> Score:
    """The part of a score from ``start`` to ``end``, a bar line (or 0) and a later bar line; what crosses an end is cut there."""

    def inside(part: Part) -> Part:
        sounding, symbols = part.between(start, end)
        if part.role == "drums":
            hits = (note._replace(start=note.start - start) for note in sounding if start <= note.start < end)
            notes = tidy_hits(hits, end - start)
        else:
            notes = tidy_notes(
                note._replace(start=max(note.start, start) - start, end=min(note.end, end) - start)
                for note in sounding
                if note.start < end and note.end > start
            )
        chords = (
            chord._replace(start=max(chord.start, start) - start, end=min(chord.end, end) - start)
            for chord in symbols
            if chord.start < end and chord.end > start
        )
        lyrics = (one._replace(tick=one.tick - start) for one in part.lyrics if start <= one.tick < end)
        return replace(part, notes=notes, chords=tuple(chords), lyrics=tuple(lyrics))

    return replace(
        score,
        parts=tuple(map(inside, score.parts)),
        metres=shifted(score.metres, start, end),
        tempos=shifted(score.tempos, start, end),
        key=next((change.name for change in reversed(score.key_changes) if change.tick <= start), score.key),
        key_changes=tuple(c._replace(tick=c.tick - start) for c in score.key_changes if start < c.tick < end),
        pickup=max(0, score.pickup - start),
        length=end - start,
        title=title,
    )


def top_line(score: Score) -> tuple[Note, ...]:
    """The highest note at each onset of the first part with the role "melody", or of all notes where no part has it; each note ends
    at the next at the latest."""
    melody = next((part for part in score.parts if part.role == "melody" and part.notes), None)
    highest: dict[int, Note] = {}
    for note in melody.notes if melody is not None else score.notes:
        if note.start not in highest or note.pitch > highest[note.start].pitch:
            highest[note.start] = note
    line = [highest[start] for start in sorted(highest)]
    following = [note.start for note in line[1:]]
    return tuple(
        note._replace(end=min(note.end, after)) for note, after in zip(line, [*following, score.length], strict=False)
    )


def trimmed(score: Score) -> Score:
    """The score without the silent bars at its ends."""
    spans = [span for part in score.parts for span in part.spans()]
    if not spans:
        return score
    first, last, lines = min(spans)[0], max(end for _, end in spans), bar_lines(score)
    end = next(tick for tick in lines if tick >= last)
    before = [tick for tick in (0, *lines) if tick <= first]
    start = before[-1] if len(before) > 1 and before[-1] < end else 0
    return score if (start, end) == (0, score.length) else cut(score, start, end, score.title)


def in_metre(score: Score, metre: tuple[int, int]) -> Score:
    """The same notes in bars of one metre; of the pickup, what is longer than a bar becomes bars."""
    pickup = score.pickup % bar_ticks(*metre)
    made = Score.build(score.parts, [MetreChange(0, *metre)], score.tempos, pickup, tonic=score.tonic)
    return replace(score, parts=made.parts, metres=made.metres, tempos=made.tempos, pickup=made.pickup, length=made.length)


def in_key(score: Score, key: str) -> Score:
    """The score with another key ("G major", "A dorian"), and so another reference pitch.

    Raises:
        ConfigError: it is not the name of a key.
    """
    pitch_class, name = key_named(key)
    return replace(score, tonic=reference_pitch(2 * pitch_class), key=name)
