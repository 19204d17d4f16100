"""Drums: the percussion of MIDI files <-> patterns of nine voices over bars in any metre.

The voices are those of A. Roberts et al. (A hierarchical latent vector model for learning long-term structure in music, ICML
2018) and J. Gillick et al. (Learning to groove with inverse sequence transformations, ICML 2019). Every instrument of General
MIDI that a drum kit has goes to one of them: bass drums to the kick; rim, side stick and clap to the snare; the pedal to the
closed hi-hat; crashes, splash and china to the crash; rides and bell to the ride; toms to the low tom (41, 43, 45), the mid tom
(47, 48) and the high tom (50), or, in a file that has others than 45, 48 and 50, by their pairs: floor toms (41, 43), lower toms
(45, 47) and higher toms (48, 50). Numbers of electronic kits go along: 22 and 26 are the edges of the hi-hat, 58 is the rim of
the floor tom. Percussion that is no part of a kit (tambourine, cowbell, congas, shakers, wood blocks …) is left out.

What is kept of a hit: its voice; its time to a twenty-fourth of a quarter, so that triplets, swing and thirty-seconds have their
places; its velocity in four levels (a piece that was read has the velocity itself, which the symbols do not pass on).
What is lost: which of the instruments of a voice it was; lengths, pressure and controllers; finer times and velocities. Hits of
several voices that are less than a twelfth of a quarter apart sound together at their mean time. Of two hits of one voice that
are closer than that (a flam) the louder is kept. A hit that is early for the first bar line of a piece is put on it.

Symbols, one private-use character each: ``METRE BAR steps BAR steps …``, a METRE again directly before the BAR where it changes.
A step is a sixteenth. What is struck on it is one symbol a hit (voice and level), in the order of the voices; before hits that
are off the step stands how far, -2 to 3 twenty-fourths of a quarter. Symbols that move on by so many steps fill the bar exactly.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import Attribute, Grammar, ReadResult, Track
from genstudio.domains.melody.attributes import syncopation
from genstudio.domains.melody.symbols import BAR, METRES
from genstudio.domains.music import corrected, midi
from genstudio.domains.music.files import whole_file
from genstudio.domains.music.notes import (
    TICKS,
    MetreChange,
    Music,
    Note,
    TempoChange,
    bar_lines,
    bar_ticks,
    cut,
    dressed_tempos,
    dressed_velocities,
    full_bars,
    main_tempo,
    spans,
    tidy_tempos,
)
from genstudio.domains.music.smf import Song, Voice, parse
from genstudio.errors import DamagedFileError, FileError, Message
from genstudio.records import Record

if TYPE_CHECKING:
    import pretty_midi

__all__ = ["DOMAIN", "VELOCITIES", "VOICES", "DrumPattern", "DrumVoice", "DrumsDomain"]


T = TypeVar("T", int, float)


class DrumVoice(NamedTuple):
    """One of the nine voices: its number in General MIDI's percussion, its name, and two letters for it."""

    pitch: int
    name: str
    short: str


VOICES = (
    DrumVoice(36, "kick", "BD"),
    DrumVoice(38, "snare", "SD"),
    DrumVoice(42, "closed hi-hat", "CH"),
    DrumVoice(46, "open hi-hat", "OH"),
    DrumVoice(45, "low tom", "LT"),
    DrumVoice(48, "mid tom", "MT"),
    DrumVoice(50, "high tom", "HT"),
    DrumVoice(49, "crash", "CC"),
    DrumVoice(51, "ride", "RD"),
)
"""The voices in the order of the symbols."""
VELOCITIES = (26, 54, 84, 120)
"""The velocity of each level (ghost note, soft, medium, loud); a velocity is of the level whose own is nearest. These four lose
least on the performances of the Groove MIDI Dataset (Lloyd's algorithm)."""
UNIT = TICKS // 24
"""Ticks of the finest time that is told apart."""
STEP = TICKS // 4

_KICK, _SNARE, _CLOSED, _OPEN, _LOW, _MID, _HIGH, _CRASH, _RIDE = range(9)
_INDEX_OF = {voice.pitch: index for index, voice in enumerate(VOICES)}
_HOME = {
    35: _KICK, 36: _KICK, 37: _SNARE, 38: _SNARE, 39: _SNARE, 40: _SNARE,
    22: _CLOSED, 42: _CLOSED, 44: _CLOSED, 26: _OPEN, 46: _OPEN,
    41: _LOW, 43: _LOW, 45: _LOW, 58: _LOW, 47: _MID, 48: _MID, 50: _HIGH,
    49: _CRASH, 52: _CRASH, 55: _CRASH, 57: _CRASH, 51: _RIDE, 53: _RIDE, 59: _RIDE,
}  # fmt: skip
_TOMS = (41, 43, 45, 47, 48, 50, 58)
_TOMS_BY_PAIRS = {**_HOME, 45: _MID, 47: _MID, 48: _HIGH, 50: _HIGH}
_NAMES = {
    22: "hi-hat edge", 26: "open hi-hat edge", 35: "acoustic bass drum", 37: "side stick", 39: "hand clap", 40: "electric snare",
    41: "low floor tom", 43: "high floor tom", 44: "pedal hi-hat", 45: "low tom", 47: "low-mid tom", 48: "hi-mid tom",
    50: "high tom", 52: "china", 53: "ride bell", 54: "tambourine", 55: "splash", 56: "cowbell", 57: "second crash",
    58: "floor tom rim", 59: "second ride", 60: "high bongo", 61: "low bongo", 62: "muted conga", 63: "open conga",
    64: "low conga", 65: "high timbale", 66: "low timbale", 67: "high agogo", 68: "low agogo", 69: "cabasa", 70: "maracas",
    71: "short whistle", 72: "long whistle", 73: "short guiro", 74: "long guiro", 75: "claves", 76: "high wood block",
    77: "low wood block", 78: "muted cuica", 79: "open cuica", 80: "muted triangle", 81: "open triangle",
}  # fmt: skip

_EARLIEST, _LATEST = -2, 3  # units that a hit may be off its step: six, which is a step
_SAME_TIME = 2 * UNIT
_LENGTH = 2 * UNIT  # of every note: hits of one voice are at least so far apart
_FRAGMENT_BARS, _FRAGMENT_HITS = 4, 16

_HITS = {(voice, level): chr(0xE200 + len(VELOCITIES) * voice + level) for voice in range(len(VOICES)) for level in range(4)}
_OFFSETS = {offset: chr(0xE230 + offset - _EARLIEST) for offset in range(_EARLIEST, _LATEST + 1)}
_STEPS = {steps: chr(0xE240 + index) for index, steps in enumerate((1, 2, 3, 4, 6, 8, 12, 16, 32, 64))}
_HIT_OF = {symbol: hit for hit, symbol in _HITS.items()}
_OFFSET_OF = {symbol: offset for offset, symbol in _OFFSETS.items()}
_STEPS_OF = {symbol: steps for steps, symbol in _STEPS.items()}
_METRE_OF = {symbol: metre for metre, symbol in METRES.items()}
_LARGEST_FIRST = sorted(_STEPS.items(), reverse=True)

Hit = tuple[int, int, int]
"""Tick, voice (its place in :data:`VOICES`), velocity."""


def _advance(token: str) -> int:
    return sum(_STEPS_OF.get(symbol, 0) for symbol in token) * (STEP // UNIT)


def _size(token: str) -> int:
    metre = _METRE_OF.get(token)
    return bar_ticks(*metre) // UNIT if metre else 0


GRAMMAR = Grammar(
    indivisible=BAR + "".join(METRES.values()),
    separator=BAR,
    alphabet="".join([BAR, *METRES.values(), *_HITS.values(), *_OFFSETS.values(), *_STEPS.values()]),
    advance=_advance,
    phases=392,
    size=_size,
)


@dataclass(frozen=True, kw_only=True)
class DrumPattern(Music):
    """Hits of the nine voices over bars; a note's pitch is its voice's, and all notes are of one short length.

    Starts are on twenty-fourths of a quarter (20 ticks); a hit belongs to the sixteenth that it is at most two of them before or
    three of them after, so an early one may stand before the line of its bar. There is no pickup. ``program`` is the kit.
    """

    pitched: ClassVar[bool] = False

    def to_pretty_midi(self) -> pretty_midi.PrettyMIDI:
        """The pattern as a ``pretty_midi.PrettyMIDI`` of 480 ticks a quarter with one instrument, which is drums."""
        return midi.to_pretty_midi(self)

    @classmethod
    def from_pretty_midi(cls, pm: pretty_midi.PrettyMIDI, track: int | str | None = None) -> DrumPattern:
        """The drums of a ``pretty_midi.PrettyMIDI``, chosen as those of a file are.

        Raises:
            FileError: it has no drums, or no such track.
        """
        return _pattern_of(midi.song_of_pretty_midi(pm), track)[0]

    def _repr_html_(self) -> str:
        return _svg(self)


def level_of(velocity: int) -> int:
    """The level of a velocity: the place in :data:`VELOCITIES` of the nearest.

    >>> [level_of(velocity) for velocity in (1, 40, 41, 69, 70, 102, 103, 127)]
    [0, 0, 1, 1, 2, 2, 3, 3]
    """
    return bisect_right((40, 69, 102), velocity - 1)


# -- what can be measured -----------------------------------------------------------------------------------------------------


def _density(piece: DrumPattern) -> float:
    return len(piece.notes) * TICKS / piece.length if piece.length else 0.0


def _syncopation(piece: DrumPattern) -> float:
    beat = (note for note in piece.notes if note.pitch in (VOICES[_KICK].pitch, VOICES[_SNARE].pitch) and level_of(note.velocity))
    return syncopation(sorted({_step_of(note.start) * STEP for note in beat}), piece)


def _swing(piece: DrumPattern, span: int) -> float:
    """How long the first of two notes that divide ``span`` units is, by the second; see the help of the attributes."""
    struck = {note.start // UNIT for note in piece.notes}
    edge = range(_EARLIEST, 1 - _EARLIEST)
    places: list[int] = []
    for start, end, metre in _metred(piece):
        if _compound(metre):
            continue
        for beat in range(start // UNIT, end // UNIT - span + 1, span):
            after = beat + span
            inside = [place for place in range(1 - _EARLIEST, span + _EARLIEST) if beat + place in struck]
            begun = not struck.isdisjoint(beat + off for off in edge)
            ended = after * UNIT == piece.length or not struck.isdisjoint(after + off for off in edge)
            if begun and ended and all(5 * span <= 12 * place < 9 * span for place in inside):
                places += inside
    mean = sum(places) / len(places) if places else span / 2
    return mean / (span - mean)


def _metred(piece: DrumPattern) -> Iterator[tuple[int, int, MetreChange]]:
    """Start, end and metre of each bar."""
    metres = list(piece.metres)
    for start, end in itertools.pairwise(bar_lines(piece)):
        while len(metres) > 1 and metres[1].tick <= start:
            metres.pop(0)
        yield start, end, metres[0]


def _compound(metre: MetreChange) -> bool:
    return metre.denominator >= 8 and metre.numerator % 3 == 0 and metre.numerator > 3


def _late(piece: DrumPattern) -> float:
    beats: set[int] = set()
    for start, end, metre in _metred(piece):
        beats.update(range(start, end, bar_ticks(3 if _compound(metre) else 1, metre.denominator)))
    off = [note.start - at for note in piece.notes if (at := _step_of(note.start) * STEP) in beats]
    return sum(off) / len(off) / TICKS * 60_000 / main_tempo(piece) if off else 0.0


def _loudness(piece: DrumPattern) -> float:
    return sum(note.velocity for note in piece.notes) / len(piece.notes) if piece.notes else 0.0


def _dynamics(piece: DrumPattern) -> float:
    return float(np.std([note.velocity for note in piece.notes])) if piece.notes else 0.0


def _ghosts(piece: DrumPattern) -> float:
    snare = [note.velocity for note in piece.notes if note.pitch == VOICES[_SNARE].pitch]
    return sum(level_of(velocity) == 0 for velocity in snare) / len(snare) if snare else 0.0


def _together(piece: DrumPattern) -> float:
    steps = {(_step_of(note.start), note.pitch) for note in piece.notes}
    return len(steps) / len({step for step, _ in steps}) if steps else 0.0


def _share(*voices: int) -> Callable[[DrumPattern], float]:
    """What gives the share of the hits that are of one of the voices."""
    pitches = {VOICES[voice].pitch for voice in voices}

    def share(piece: DrumPattern) -> float:
        return sum(note.pitch in pitches for note in piece.notes) / len(piece.notes) if piece.notes else 0.0

    return share


_RATIO = (
    "How long the first of two {notes} is, by the second (the swing ratio of A. Friberg, A. Sundström, Swing ratios and ensemble "
    "timing in jazz performance, Music Perception 19, 2002): 1 is straight, 2 a triplet. Counted are {spans} that are struck at "
    "both ends and between only at 5 to 9 twelfths of the way; 1 where there are none, and in compound metres."
)

ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("density", "Hit density", "hits a quarter", "Hits for each quarter of the whole length.", _density),
    Attribute(
        "syncopation",
        "Syncopation",
        "levels a note",
        "For kick and snare as one rhythm, without ghost notes and on their sixteenths: for each onset by how many metrical levels "
        "the strongest place that is left silent after it is above the place where it stands; nought where none is stronger; the "
        "mean over the onsets (after H. C. Longuet-Higgins, C. S. Lee, The rhythmic interpretation of monophonic music, Music "
        "Perception 1, 1984).",
        _syncopation,
    ),
    Attribute(
        "swing", "Swing", "ratio", _RATIO.format(notes="eighths", spans="quarters"), lambda piece: _swing(piece, TICKS // UNIT)
    ),
    Attribute(
        "swing16",
        "Swing of sixteenths",
        "ratio",
        _RATIO.format(notes="sixteenths", spans="eighths"),
        lambda piece: _swing(piece, TICKS // UNIT // 2),
    ),
    Attribute(
        "late", "Behind the beat", "ms", "Mean of how late the hits of the beats are; below nought they are early.", _late
    ),
    Attribute("loudness", "Loudness", "velocity", "Mean velocity of the hits.", _loudness),
    Attribute("dynamics", "Dynamics", "velocity", "Standard deviation of the velocities.", _dynamics),
    Attribute("ghosts", "Ghost notes", "share", "Share of the snare's hits that are of the softest level.", _ghosts),
    Attribute("layers", "Voices together", "voices", "Mean number of voices on a sixteenth that is struck.", _together),
    Attribute("kick", "Kick", "share", "Share of the hits that are the kick's.", _share(_KICK)),
    Attribute("snare", "Snare", "share", "Share of the hits that are the snare's.", _share(_SNARE)),
    Attribute("hats", "Hi-hat", "share", "Share of the hits that are the hi-hat's, closed or open.", _share(_CLOSED, _OPEN)),
    Attribute("toms", "Toms", "share", "Share of the hits that are the toms'.", _share(_LOW, _MID, _HIGH)),
    Attribute("cymbals", "Cymbals", "share", "Share of the hits that are crash or ride.", _share(_CRASH, _RIDE)),
)


# What a listener hears of a beat before the single hits: how much is struck, how loud, and where in the bar each of the voices that
# carry a beat is.
_PARTS = {"kick": (_KICK,), "snare": (_SNARE,), "hi-hat and ride": (_CLOSED, _OPEN, _RIDE), "toms": (_LOW, _MID, _HIGH)}
_PART_OF = {VOICES[voice].pitch: number for number, voices in enumerate(_PARTS.values()) for voice in voices}
_EIGHTHS = 8
_FEATURES = (
    "hits a quarter",
    "loudness",
    "dynamics",
    *(f"{voice.name} a quarter" for voice in VOICES),
    *(f"{part} {place + 1} of {_EIGHTHS} of the bar" for part in _PARTS for place in range(_EIGHTHS)),
)


def _features(pattern: DrumPattern) -> NDArray[np.float32]:
    """The features of a pattern, float32 [features], in the order of their names: hits a quarter, velocities, hits a bar."""
    found = np.zeros(len(_FEATURES), np.float32)
    if not pattern.notes or not pattern.length:
        return found
    quarters = pattern.length / TICKS
    bar = bar_ticks(pattern.metres[0].numerator, pattern.metres[0].denominator)
    found[:3] = len(pattern.notes) / quarters, _loudness(pattern), _dynamics(pattern)
    at, grid = 3, 3 + len(VOICES)
    for note in pattern.notes:
        found[at + _INDEX_OF[note.pitch]] += 1 / quarters
        if (part := _PART_OF.get(note.pitch)) is not None:
            place = _step_of(note.start) * STEP % bar * _EIGHTHS // bar
            found[grid + part * _EIGHTHS + place] += bar / pattern.length
    return found


# -- the domain ----------------------------------------------------------------------------------------------------------------


class DrumsDomain:
    """The drums domain; see :class:`genstudio.domains.base.Domain` for what each method promises."""

    name = "drums"
    label = "Drums"
    kind = "music"
    suffixes: tuple[str, ...] = (".mid", ".midi", ".kar", ".rmi")
    output_suffix = ".mid"
    grammar: Grammar = GRAMMAR
    attributes: tuple[Attribute, ...] = ATTRIBUTES
    unit = "bar"
    features: tuple[str, ...] = _FEATURES
    holds: tuple[str, ...] = ("metre",)
    holds_within: tuple[str, ...] = ()
    legend = (
        f"A row is a voice ({', '.join(f'{voice.short} {voice.name}' for voice in VOICES)}), a column a sixteenth; `.` is a ghost "
        "note, `o` soft, `x` medium, `X` loud."
    )

    # -- reading

    def read(
        self, path: Path | str, *, track: int | str | None = None, grid: bool = True, metre: str | None = None
    ) -> ReadResult:
        """The drums of a MIDI file as one pattern: channel 10 of all tracks.

        A file without channel 10 gives the tracks that are named after drums. Whole bars of silence at either end are left out.

        Args:
            path: the file.
            track: the track to take instead, by number from 1 or by name.
            metre: the metre of all of it ("3/4"); None: as the file has it.
            grid: let hits that are close sound together, as is said above; False puts each on the nearest twenty-fourth of a
                quarter by itself, and keeps the silence before the first. Where all are on twenty-fourths none is moved.

        Raises:
            FileError: the file gives no drums; the message names it and the reason.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in self.suffixes:
            known = ", ".join(self.suffixes)
            raise FileError(
                "{path}: drums are read from {known} files, not from {suffix}.",
                path=path,
                known=known,
                suffix=suffix or "a file without suffix",
            )
        wanted = corrected.metre_of(metre)
        try:
            song = parse(whole_file(path, midi.MAX_BYTES))
            if wanted is not None:
                song.metres = [MetreChange(0, *wanted)]
            title = midi.title_of(song) or path.stem
            piece, remarks = _pattern_of(song, track, grid=grid, title=title, source=str(path))
        except FileError as error:
            # A reader gives a clause; the sentence names the file.
            raise type(error)("{path}: {reason}.", path=path, reason=error) from error
        return ReadResult(pieces=[piece], remarks=remarks)

    def tracks(self, path: Path | str) -> list[Track]:
        """The tracks with notes, of which :meth:`read` can take one.

        Raises:
            FileError: the file cannot be read, or is damaged.
        """
        path = Path(path)
        try:
            song = parse(whole_file(path, midi.MAX_BYTES))
        except FileError as error:
            raise type(error)("{path}: {reason}.", path=path, reason=error) from error
        return [
            Track(number, voice.name, voice.notes.number, voice.drums, voice.program, voice.drums)
            for number, voice in enumerate(song.voices, 1)
        ]

    def preview(self, path: Path, rows: int = 5) -> None:
        """None: files of music are no tables."""

    def parse(self, text: str) -> DrumPattern | None:
        """None: drums are not typed."""
        return None

    def from_object(self, source: Any) -> DrumPattern | None:
        """The drums of a ``pretty_midi.PrettyMIDI`` or a ``symusic.Score``, or None where it is something else.

        Raises:
            FileError: it has no drums.
        """
        song = midi.song_of_object(source)
        return None if song is None else _pattern_of(song)[0]

    # -- phrases and symbols

    def phrases(self, piece: DrumPattern, length: int, stride: int, shortest: int) -> list[DrumPattern]:
        """Phrases of ``length`` bars, one every ``stride`` bars (0: every ``length``).

        What is left at the end, or a whole piece that is shorter, is a phrase when it has ``shortest`` bars. A phrase of silence
        is left out.
        """
        if length <= 0:
            return [piece] if piece.notes else []
        lines = bar_lines(piece)
        phrases = (_part(piece, lines, first, last) for first, last in spans(len(lines) - 1, length, stride, shortest))
        return [phrase for phrase in phrases if phrase.notes]

    def why_no_phrase(self, piece: DrumPattern, length: int, shortest: int) -> str:
        """The reason, in a clause, why :meth:`phrases` gave nothing for the piece."""
        if not piece.notes:
            return Message("no hits")
        has = Message("{bars} bar" if piece.bars == 1 else "{bars} bars", bars=piece.bars)
        return Message(
            "no phrase of {length} bars: it has {has}, and at least {shortest} are needed",
            length=length,
            has=has,
            shortest=max(1, shortest),
        )

    def units(self, piece: DrumPattern) -> int:
        """The number of bars."""
        return piece.bars

    def part(self, piece: DrumPattern, first: int, last: int) -> DrumPattern:
        """The bars ``first`` to ``last`` from 1, with the hits that are early for them."""
        return _part(piece, bar_lines(piece), first - 1, last)

    def opening(self, piece: DrumPattern, whole: bool) -> str:
        """The symbols of the pattern. Where ``whole``, a rest at its end that is half of its last bar or more is left out: it ends
        with a last stroke, while a shorter one belongs to the beat."""
        symbols = self.to_symbols(piece)
        end = len(symbols.rstrip("".join(_STEPS_OF)))
        last = piece.metres[-1]
        rest = _advance(symbols[end:]) * UNIT
        return symbols[:end] if whole and symbols[end - 1] in _HIT_OF and 2 * rest >= bar_ticks(*last[1:]) else symbols

    def held(self, piece: DrumPattern, names: Sequence[str]) -> tuple[list[str], str]:
        """The metre of the first bar, with no other where the piece has one only."""
        if "metre" not in names:
            return [], ""
        metre = piece.metres[0]
        return [METRES[metre.numerator, metre.denominator]], "".join(METRES.values()) if len(piece.metres) == 1 else ""

    def to_symbols(self, piece: DrumPattern) -> str:
        """The metres and hits, with levels of velocity, as symbols; tempo, kit, title and velocities do not pass through."""
        metres = {change.tick: METRES[change.numerator, change.denominator] for change in piece.metres}
        return "".join(metres.get(tick, "") + bar for tick, bar in _bars(piece))

    def from_symbols(self, symbols: str) -> DrumPattern:
        """A valid pattern from any string whatever; inverse of :meth:`to_symbols` on its image.

        Unknown characters are left out; a missing METRE is 4/4, and the last one before a BAR counts. Hits past the end of
        their bar are left out, as is the softer of two of one voice that are too close; a bar that is too short is filled with
        silence. What stands before any BAR makes a bar.
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
            elif symbol in _METRE_OF:
                pending = _METRE_OF[symbol]
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
        return DrumPattern(notes=_notes(hits), metres=tuple(metres), length=end)

    def fingerprint(self, piece: DrumPattern) -> str:
        """Equal for patterns with equal symbols."""
        return hashlib.sha1(self.to_symbols(piece).encode("utf-8"), usedforsecurity=False).hexdigest()

    def fragments(self, piece: DrumPattern) -> set[int]:
        """Hashes of every four bars in a row that hold at least sixteen hits, with their levels and offsets: the same beat played
        twice does not count as the same, the same take does."""
        bars = [(bar, sum(symbol in _HIT_OF for symbol in bar)) for _, bar in _bars(piece)]
        found = set()
        for first in range(len(bars) - _FRAGMENT_BARS + 1):
            passage = bars[first : first + _FRAGMENT_BARS]
            if sum(hits for _, hits in passage) >= _FRAGMENT_HITS:
                digest = hashlib.blake2b("".join(bar for bar, _ in passage).encode("utf-8"), digest_size=8)
                found.add(int.from_bytes(digest.digest(), "little"))
        return found

    # -- what does not pass through the latent space

    def dress(self, piece: DrumPattern, a: DrumPattern, b: DrumPattern, t: float) -> DrumPattern:
        """The piece with a tempo between a's and b's and the kit of the nearer."""
        t = min(1.0, max(0.0, t))
        slow, fast = main_tempo(a), main_tempo(b)
        bpm = round(math.exp((1 - t) * math.log(slow) + t * math.log(fast)), 3)
        return replace(piece, tempos=(TempoChange(0, bpm),), program=(a if t < 0.5 else b).program)

    def dressing(self, piece: DrumPattern) -> dict[str, Any]:
        """Tempos, kit, title and source; velocities where they are not those of their levels."""
        found: dict[str, Any] = {
            "tempos": [list(change) for change in piece.tempos],
            "program": piece.program,
            "title": piece.title,
            "source": piece.source,
        }
        loud = [note.velocity for note in piece.notes]
        if any(velocity not in VELOCITIES for velocity in loud):
            found["velocities"] = loud
        return found

    def dressed(self, piece: DrumPattern, dressing: Mapping[str, Any]) -> DrumPattern:
        """Inverse of :meth:`dressing`."""
        try:
            record = Record(dressing)
            if "velocities" in record:
                notes = dressed_velocities(record, piece.notes)
            else:
                notes = tuple(note._replace(velocity=VELOCITIES[level_of(note.velocity)]) for note in piece.notes)
            return replace(
                piece,
                notes=notes,
                tempos=dressed_tempos(record),
                program=record.whole("program", 0, 127),
                title=record.text("title"),
                source=record.text("source"),
            )
        except ValueError as error:
            raise DamagedFileError("what is recorded of a pattern's tempo and kit is damaged ({reason}).", reason=error) from error

    def keep(self, piece: DrumPattern, given: DrumPattern) -> DrumPattern:
        """The piece with the tempos and velocities of the pattern that it begins with; its last tempo holds on."""
        loud = {note[:3]: note.velocity for note in given.notes}
        notes = tuple(note._replace(velocity=loud.get(note[:3], note.velocity)) for note in piece.notes)
        return replace(piece, notes=notes, tempos=given.tempos)

    def join(self, pieces: Sequence[DrumPattern]) -> DrumPattern | None:
        """The pieces one after the other."""
        if not pieces:
            return None
        hits: list[Hit] = []
        metres: list[MetreChange] = []
        tempos: list[TempoChange] = []
        at = 0
        for piece in pieces:
            hits += ((note.start + at, _INDEX_OF[note.pitch], note.velocity) for note in piece.notes)
            metres += (change._replace(tick=change.tick + at) for change in piece.metres)
            tempos += (change._replace(tick=change.tick + at) for change in piece.tempos)
            at += piece.length
        first = pieces[0]
        title = f"{len(pieces)} patterns joined" if len(pieces) > 1 else first.title
        return _built(hits, metres, tempos, at, program=first.program, title=title)

    def mix(self, a: DrumPattern, b: DrumPattern, share: float, seed: int) -> DrumPattern:
        """Each sixteenth is b's with the probability ``share``, else a's (the baseline of Roberts et al. 2018), with all that is
        struck on it. Bar is laid on bar; metres and the number of bars are those of one of the two, drawn with ``share`` as
        well; where one has no such sixteenth the other's is taken."""
        if share <= 0.0:
            return a
        if share >= 1.0:
            return b
        draw = np.random.default_rng(seed)
        frame, other = (b, a) if draw.random() < share else (a, b)
        struck = {id(piece): _struck(piece) for piece in (a, b)}
        lines, others = bar_lines(frame), bar_lines(other)
        most = max(end - start for line in (lines, others) for start, end in itertools.pairwise(line)) // STEP
        chances = draw.random((max(len(lines), len(others)), most))
        hits: list[Hit] = []
        for bar, (start, end) in enumerate(itertools.pairwise(lines)):
            for place in range((end - start) // STEP):
                source, line = (b if chances[bar, place] < share else a), start
                if source is not frame:
                    there = bar + 1 < len(others) and others[bar] + place * STEP < others[bar + 1]
                    source, line = (other, others[bar]) if there else (frame, start)
                taken = struck[id(source)].get(line // STEP + place, ())
                hits += ((note.start - line + start, _INDEX_OF[note.pitch], note.velocity) for note in taken)
        mixed = replace(frame, notes=_notes(hits), title="", source="", labels=())
        return self.from_symbols(self.to_symbols(mixed))

    # -- writing and showing

    def write(self, piece: DrumPattern, path: Path | str, text: str = "") -> None:
        """Write a MIDI file with the drums on channel 10, whole or not at all.

        Args:
            piece: the pattern.
            path: the file.
            text: ASCII that goes with it as a text event; readers leave it out.

        Raises:
            ConfigError: the suffix is not one that is written.
            FileError: the place cannot be written.
        """
        midi.write(piece, path, text, "drums")

    def show(self, piece: DrumPattern, width: int = 80) -> str:
        """A drum tablature of text, at most ``width`` columns wide (never under 20): a row a voice, a column a sixteenth; ``.`` is
        a ghost note, ``o`` soft, ``x`` medium and ``X`` loud."""
        return _tablature(piece, width)

    def describe(self, piece: DrumPattern) -> dict[str, Any]:
        """Title, bars, metre, tempo, kit, hits, voices and length in seconds."""
        pitches = {note.pitch for note in piece.notes}
        return {
            "title": piece.title,
            "bars": piece.bars,
            "metre": ", ".join(dict.fromkeys(f"{change.numerator}/{change.denominator}" for change in piece.metres)),
            "tempo": round(main_tempo(piece), 2),
            "kit": piece.program,
            "hits": len(piece.notes),
            "voices": ", ".join(voice.name for voice in VOICES if voice.pitch in pitches),
            "seconds": round(piece.seconds, 2),
        }

    def compare(self, references: Sequence[DrumPattern], hypotheses: Sequence[DrumPattern]) -> dict[str, float]:
        """Measures of reconstruction, 0 .. 1 each, counted over all pairs.

        Returns:
            ``exact``: the share of pairs with equal symbols. ``step_accuracy``: the share of the references' sixteenth steps on
            which the same voices are struck (a step is one of 512 states, as in Roberts et al. 2018). ``hit_precision``,
            ``hit_recall``, ``hit_f1``: hits equal in step and voice. ``velocity_accuracy``, ``offset_accuracy``: the share of those
            right hits whose level is right, and whose time is, to a twenty-fourth of a quarter (0 where there are none).

        Raises:
            ValueError: the sequences differ in length.
        """
        exact = right = steps = hits = made = true = loud = timed = 0
        for reference, hypothesis in zip(references, hypotheses, strict=True):
            exact += self.to_symbols(reference) == self.to_symbols(hypothesis)
            expected, got = _struck(reference), _struck(hypothesis)
            for step in range(reference.length // STEP):
                theirs, ours = ({note.pitch for note in struck.get(step, ())} for struck in (expected, got))
                right += theirs == ours and step * STEP < hypothesis.length
                steps += 1
            theirs_by_name, ours_by_name = _named(expected), _named(got)
            made += len(ours_by_name)
            true += len(theirs_by_name)
            for name in theirs_by_name.keys() & ours_by_name.keys():
                one, two = theirs_by_name[name], ours_by_name[name]
                hits += 1
                loud += level_of(one.velocity) == level_of(two.velocity)
                timed += one.start == two.start
        return {
            "exact": exact / len(references) if references else 0.0,
            "step_accuracy": right / steps if steps else 0.0,
            "hit_f1": 2 * hits / (made + true) if made + true else 0.0,
            "hit_precision": hits / made if made else 0.0,
            "hit_recall": hits / true if true else 0.0,
            "velocity_accuracy": loud / hits if hits else 0.0,
            "offset_accuracy": timed / hits if hits else 0.0,
        }

    def measure_features(self, piece: DrumPattern) -> NDArray[np.float32]:
        return _features(piece)

    def parts(self, piece: DrumPattern) -> list[tuple[int, int]]:
        """The hits: sixteenth and voice of each, so that one that is a little later or louder counts as the same."""
        return sorted((_step_of(note.start), note.pitch) for note in piece.notes)

    def part_name(self, piece: DrumPattern) -> str:
        """A hit."""
        return "hit"


# -- hits and steps ---------------------------------------------------------------------------------------------------------


def _step_of(tick: int) -> int:
    """The sixteenth that a hit belongs to."""
    return (tick - _EARLIEST * UNIT) // STEP


def _notes(hits: Iterable[Hit]) -> tuple[Note, ...]:
    """The hits as notes: none before the start, and of two of one voice that are too close the louder."""
    inside = sorted((max(0, tick), voice, velocity) for tick, voice, velocity in hits)
    notes = (Note(tick, tick + _LENGTH, VOICES[voice].pitch, velocity) for tick, voice, velocity in _without_flams(inside))
    return tuple(sorted(notes, key=itemgetter(0, 2)))


def _without_flams(hits: Iterable[tuple[T, int, int]]) -> list[tuple[T, int, int]]:
    """The hits (time, voice, velocity; sorted) without those that are too close to a louder one of the same voice."""
    last: dict[int, int] = {}
    kept: list[tuple[T, int, int] | None] = []
    for hit in hits:
        before = last.get(hit[1])
        rival = kept[before] if before is not None else None
        if before is not None and rival is not None and hit[0] - rival[0] < _LENGTH:
            if hit[2] <= rival[2]:
                continue
            kept[before] = None
        last[hit[1]] = len(kept)
        kept.append(hit)
    return [hit for hit in kept if hit is not None]


def _built(
    hits: Iterable[Hit], metres: Sequence[MetreChange], tempos: Sequence[TempoChange], length: int, **rest: Any
) -> DrumPattern:
    """A pattern whose ``metres`` lie on bar lines, of full bars up to ``length`` at least."""
    tidy, _, end = full_bars(metres, 0, length)
    return DrumPattern(notes=_notes(hits), metres=tidy, tempos=tidy_tempos(tempos, end), length=end, **rest)


def _part(piece: DrumPattern, lines: Sequence[int], first: int, last: int) -> DrumPattern:
    """The bars from ``first`` (from 0) to before ``last``."""
    start, end = lines[first], lines[last]
    title = f"{piece.title} (bars {first + 1}-{last})" if last > first + 1 else f"{piece.title} (bar {last})"
    whole = last - first >= len(lines) - 1
    part = cut(replace(piece, notes=()), start, end, piece.title if whole else title.strip())
    inside = (note for note in piece.notes if start <= note.start - _EARLIEST * UNIT < end)
    return replace(part, notes=_notes((note.start - start, _INDEX_OF[note.pitch], note.velocity) for note in inside))


def _struck(piece: DrumPattern) -> dict[int, list[Note]]:
    """The hits of each sixteenth that has some, in time."""
    struck: dict[int, list[Note]] = defaultdict(list)
    for note in piece.notes:
        struck[_step_of(note.start)].append(note)
    return struck


def _named(struck: Mapping[int, Sequence[Note]]) -> dict[tuple[int, int, int], Note]:
    """Each hit by its step, its voice and how many of that voice come before it on the step."""
    named: dict[tuple[int, int, int], Note] = {}
    for step, notes in struck.items():
        before: Counter[int] = Counter()
        for note in notes:
            named[step, note.pitch, before[note.pitch]] = note
            before[note.pitch] += 1
    return named


def _bars(piece: DrumPattern) -> Iterator[tuple[int, str]]:
    """Where each bar begins, and its symbols from BAR on."""
    struck = _struck(piece)
    for start, end in itertools.pairwise(bar_lines(piece)):
        first, last = start // STEP, end // STEP
        out, at = [BAR], first
        for step in range(first, last):
            if step not in struck:
                continue
            out.append(_moved(step - at))
            at, offset = step, 0
            hits = sorted((note.start - step * STEP, _INDEX_OF[note.pitch], level_of(note.velocity)) for note in struck[step])
            for late, voice, level in hits:
                if round(late / UNIT) != offset:
                    offset = round(late / UNIT)
                    out.append(_OFFSETS[offset])
                out.append(_HITS[voice, level])
        yield start, "".join((*out, _moved(last - at)))


def _moved(steps: int) -> str:
    """The symbols that move on by so many steps."""
    out = ""
    for size, symbol in _LARGEST_FIRST:
        count, steps = divmod(steps, size)
        out += symbol * count
    return out


# -- from a song ------------------------------------------------------------------------------------------------------------


def _chosen(song: Song, track: int | str | None) -> tuple[list[Voice], list[str]]:
    """The voices that are the drums, and what to tell about the choice."""
    voices = song.voices
    if not voices:
        raise FileError("no notes")
    if track is not None:
        return [voices[midi.named(voices, track)]], []
    drums = [voice for voice in voices if voice.drums]
    if drums:
        return drums, []
    drums = [voice for voice in voices if midi.names_drums(voice.name)]
    if not drums:
        raise FileError("no drums: nothing is on channel 10, and no track is named after drums", remedy="choose-track")
    names = ", ".join(repr(voice.name) for voice in drums)
    return drums, [f"nothing is on channel 10: the drums were taken from {names}"]


def _pattern_of(
    song: Song, track: int | str | None = None, *, grid: bool = True, title: str = "", source: str = ""
) -> tuple[DrumPattern, list[str]]:
    """The drums of a song, and remarks on what was mapped, left out and moved.

    Raises:
        FileError: it has no drums, no such track, or a metre that music here has not.
    """
    voices, remarks = _chosen(song, track)
    remarks = song.remarks + remarks
    scale = TICKS / song.resolution
    times = np.concatenate([voice.notes.times[0] for voice in voices]) * scale
    pitches = np.concatenate([voice.notes.pitch for voice in voices])
    velocities = np.concatenate([voice.notes.velocity for voice in voices])
    found = Counter(pitches.tolist())
    others = {pitch for pitch in found if pitch in _TOMS} - set(_INDEX_OF)
    home = _TOMS_BY_PAIRS if others else _HOME
    remarks += _mapping_remarks(found, home)
    played = [
        (time, home[pitch], velocity)
        for time, pitch, velocity in sorted(zip(times.tolist(), pitches.tolist(), velocities.tolist(), strict=True))
        if pitch in home
    ]
    if not played:
        raise FileError("no drums: its percussion has no place among kick, snare, hi-hats, toms, crash and ride")
    hits, told = _placed(played, grid)
    remarks += told
    began = min(_step_of(tick) for tick, _, _ in hits) * STEP
    metres, told = midi.metres_of(song, began)
    laid, line, _ = midi.lay(metres, 0, began)
    shift = line if grid else 0
    last = max(_step_of(tick) for tick, _, _ in hits) * STEP + STEP
    piece = _built(
        ((tick - shift, voice, velocity) for tick, voice, velocity in hits),
        [change._replace(tick=max(0, change.tick - shift)) for change in laid],
        [TempoChange(round(tick * scale) - shift, round(bpm, 4)) for tick, bpm in song.tempos],
        last - shift,
        program=voices[0].program,
        title=title,
        source=source,
    )
    return piece, remarks + told


def _mapping_remarks(found: Mapping[int, int], home: Mapping[int, int]) -> list[str]:
    remarks: list[str] = []
    moved = [pitch for pitch in sorted(found) if pitch in home and VOICES[home[pitch]].pitch != pitch]
    lost = [pitch for pitch in sorted(found) if pitch not in home]
    total = sum(found.values())
    if moved:
        names = ", ".join(f"{_NAMES.get(pitch, VOICES[home[pitch]].name)} as {VOICES[home[pitch]].name}" for pitch in moved)
        count = sum(found[pitch] for pitch in moved)
        remarks.append(
            Message(
                "{count} of {total} hits were taken as one of the nine voices ('{names}')", count=count, total=total, names=names
            )
        )
    if lost:
        names = ", ".join(_NAMES.get(pitch, f"percussion {pitch}") for pitch in lost)
        count = sum(found[pitch] for pitch in lost)
        remarks.append(
            Message(
                "{count} of {total} hits were left out: a drum kit has no place for them ('{names}')",
                count=count,
                total=total,
                names=names,
            )
        )
    return remarks


def _placed(played: Sequence[tuple[float, int, int]], grid: bool) -> tuple[list[Hit], list[str]]:
    """Hits, sorted by time, on twenty-fourths of a quarter, and remarks on what was moved and left out.

    ``played`` are times in ticks, voices and velocities.
    """
    exact = all(abs(time / UNIT - round(time / UNIT)) < 1e-6 for time, _, _ in played)
    if exact or not grid:
        hits = [(round(time / UNIT) * UNIT, voice, velocity) for time, voice, velocity in played]
        kept = len(_notes(hits))
        return hits, [] if kept == len(hits) else [_flams(len(hits) - kept, len(hits))]
    single = _without_flams(played)
    hits = []
    moved = 0.0
    for group in _groups(single):
        tick = round(sum(time for time, _, _ in group) / len(group) / UNIT) * UNIT
        hits += [(tick, voice, velocity) for _, voice, velocity in group]
        moved += sum(abs(time - tick) for time, _, _ in group)
    remarks: list[str] = [
        f"hits were moved by {moved / len(single) / TICKS:.3f} quarters on average, to twenty-fourths of a quarter"
    ]
    if len(single) < len(played):
        remarks.append(_flams(len(played) - len(single), len(played)))
    return hits, remarks


def _flams(lost: int, total: int) -> str:
    return f"{lost} of {total} hits were left out: they are within a twelfth of a quarter of a louder one of the same voice"


def _groups(played: Sequence[tuple[float, int, int]]) -> Iterator[list[tuple[float, int, int]]]:
    """The hits that sound together: those less than a twelfth of a quarter after the first of them."""
    group: list[tuple[float, int, int]] = []
    for hit in played:
        if group and hit[0] - group[0][0] >= _SAME_TIME:
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


# -- for the eye --------------------------------------------------------------------------------------------------------------

_ROWS = (_CRASH, _RIDE, _OPEN, _CLOSED, _HIGH, _MID, _LOW, _SNARE, _KICK)
_SIGNS = ".oxX"
_MARGIN = 3
_MOST_SYSTEMS = 2
_MOST_BARS = 64


def _tablature(piece: DrumPattern, width: int) -> str:
    if not piece.notes:
        return "(silence)"
    columns = max(20, width) - _MARGIN
    loudest: dict[tuple[int, int], int] = {}
    for note in piece.notes:
        place = _INDEX_OF[note.pitch], _step_of(note.start)
        loudest[place] = max(loudest.get(place, 0), level_of(note.velocity))
    rows = [voice for voice in _ROWS if any(struck == voice for struck, _ in loudest)]
    systems: list[list[tuple[int, int, int]]] = []  # bar, first step and the one after its last
    used = columns
    for bar, (start, end) in enumerate(itertools.pairwise(bar_lines(piece)), start=1):
        for first in range(start // STEP, end // STEP, columns - 1):
            last = min(end // STEP, first + columns - 1)
            if used + last - first + 1 > columns:
                systems.append([])
                used = 0
            systems[-1].append((bar, first, last))
            used += last - first + 1
    out = []
    for system in systems[:_MOST_SYSTEMS]:
        for voice in rows:
            parts = ("".join(_SIGNS[loudest[voice, step]] if (voice, step) in loudest else "-" for step in range(first, last))
                     for _, first, last in system)  # fmt: skip
            out.append(f"{VOICES[voice].short}|{'|'.join(parts)}|")
        ruler = "".join((str(bar) if last - first >= len(str(bar)) else "").ljust(last - first + 1) for bar, first, last in system)
        out.append(" " * _MARGIN + ruler.rstrip())
    shown = {bar for system in systems[:_MOST_SYSTEMS] for bar, _, _ in system}
    left = piece.bars - max(shown)
    if left:
        out.append(f"and {left} more {'bar' if left == 1 else 'bars'}")
    return "\n".join(out)


def _svg(piece: DrumPattern) -> str:
    """The hits as an HTML figure with an inline SVG: a row a voice, larger and darker the louder; at most 64 bars are drawn."""
    lines = bar_lines(piece)[: _MOST_BARS + 1]
    end = max(1, lines[-1])
    rows = [voice for voice in _ROWS if any(note.pitch == VOICES[voice].pitch for note in piece.notes)] or [_SNARE, _KICK]
    row, margin = 18, 86
    height = len(rows) * row
    scale = max(0.03, min(0.12, 1400 / end))  # pixels a tick
    width = margin + round(end * scale) + 8
    parts = [f'<rect width="{width}" height="{height}" fill="#f6f7f9"/>']
    for index, voice in enumerate(rows):
        if index % 2:
            parts.append(f'<rect y="{index * row}" width="{width}" height="{row}" fill="#eceef2"/>')
        parts.append(f'<text x="4" y="{index * row + 13}" font-size="11" fill="#3b4252">{VOICES[voice].name}</text>')
    parts += [f'<path d="M{margin + line * scale:.1f} 0V{height}" stroke="#b9bfca"/>' for line in lines]
    for note in piece.notes:
        if note.start < end:
            y = rows.index(_INDEX_OF[note.pitch]) * row + row / 2
            parts.append(
                f'<circle cx="{margin + note.start * scale:.1f}" cy="{y:g}" r="{2 + note.velocity / 25:.1f}" fill="#2f6fde" '
                f'fill-opacity="{0.4 + note.velocity / 215:.2f}"><title>{VOICES[_INDEX_OF[note.pitch]].name}</title></circle>'
            )
    metre = piece.metres[0]
    facts = f"{metre.numerator}/{metre.denominator} · {piece.bars} bars · {piece.tempos[0].bpm:g} bpm"
    title = escape(piece.title or "Drums")
    return (
        '<figure style="margin:0;overflow-x:auto"><figcaption style="font:13px sans-serif;margin-bottom:4px">'
        f'<b>{title}</b> · {facts}</figcaption><svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" font-family="sans-serif"><title>{title}</title>'
        f"{''.join(parts)}</svg></figure>"
    )


DOMAIN = DrumsDomain()
