"""Melodies: MIDI, ABC and MusicXML files <-> one voice of notes in any metre.

What it shares with other music is in ``music``: notes, the files of MIDI, ABC and MusicXML, keys.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import Attribute, Grammar, ReadResult, Track
from genstudio.domains.melody import attributes, measures, mix, show, symbols, variants
from genstudio.domains.melody.features import MELODY_FEATURES, melody_features
from genstudio.domains.melody.symbols import from_symbols
from genstudio.domains.music import abc, corrected, midi, musicxml, smf
from genstudio.domains.music.files import whole_file
from genstudio.domains.music.keys import key_pitch_class, pitch_name
from genstudio.domains.music.notes import (
    Melody,
    MetreChange,
    Note,
    TempoChange,
    bar_lines,
    bar_ticks,
    build,
    cut,
    dressed_tempos,
    dressed_velocities,
    main_tempo,
    spans,
)
from genstudio.errors import DamagedFileError, FileError, Message
from genstudio.records import Record

__all__ = ["DOMAIN", "Melody", "MelodyDomain", "MetreChange", "Note", "TempoChange"]

_MIDI = (".mid", ".midi", ".kar", ".rmi")
_XML = (".mxl", ".musicxml", ".xml")
_FRAGMENT_BARS = 4
_FRAGMENT_NOTES = 8


class MelodyDomain:
    """The melody domain; see :class:`genstudio.domains.base.Domain` for what each method promises."""

    name = "melody"
    label = "Melodies"
    kind = "music"
    suffixes: tuple[str, ...] = (*_MIDI, ".abc", *_XML)
    output_suffix = ".mid"
    grammar: Grammar = symbols.GRAMMAR
    attributes: tuple[Attribute, ...] = attributes.ATTRIBUTES
    unit = "bar"
    features: tuple[str, ...] = MELODY_FEATURES
    holds: tuple[str, ...] = ("key", "metre")
    holds_within: tuple[str, ...] = ("no pickup",)

    # -- reading

    def read(
        self, path: Path | str, *, track: int | str | None = None, grid: bool = True, metre: str | None = None,
        key: str | None = None,
    ) -> ReadResult:  # fmt: skip
        """The melodies of a file: one of a MIDI or MusicXML file, one a tune of an ABC tunebook.

        Args:
            path: the file; its suffix says what it is.
            track: the track (MIDI) or part (MusicXML) to take, by number from 1 or by name; None chooses one.
            grid: put MIDI notes on the grid of eighths and sixths of a quarter; False keeps every tick.
            metre: the metre of all of it ("3/4"); None: as the file has it.
            key: the key of all of it ("G major"); None: as the file has it.

        Raises:
            FileError: the file as a whole gives no melody; the message names it and the reason.
        """
        if not isinstance(path, Path):
            path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in self.suffixes:
            known = ", ".join(self.suffixes)
            raise FileError(
                "{path}: melodies are read from {known} files, not from {suffix}.",
                path=path,
                known=known,
                suffix=suffix or "a file without suffix",
            )
        wanted = corrected.metre_of(metre)
        try:
            if suffix in _MIDI:
                result = midi.read(path, whole_file(path, midi.MAX_BYTES), track=track, grid=grid, metre=wanted)
            elif suffix == ".abc":
                result = abc.read(path, whole_file(path, abc.MAX_BYTES), track=track)
            else:
                result = musicxml.read(path, whole_file(path, musicxml.MAX_BYTES), part=track)
        except FileError as error:
            if str(error).startswith(str(path)):
                raise
            # A reader gives a clause; the sentence names the file.
            raise type(error)("{path}: {reason}.", path=path, reason=error) from error
        if wanted is not None and suffix not in _MIDI:
            result.pieces = [corrected.in_metre(piece, wanted) for piece in result.pieces]
        if key is not None:
            result.pieces = [corrected.in_key(piece, key) for piece in result.pieces]
        return result

    def tracks(self, path: Path | str) -> list[Track]:
        """The tracks (MIDI), parts (MusicXML) or voices (ABC) with notes, of which :meth:`read` takes one; none of an ABC tunebook
        whose tunes have one voice.

        Raises:
            FileError: the file cannot be read, or is damaged.
        """
        path = Path(path)
        try:
            if path.suffix.lower() in _MIDI:
                return midi.tracks(smf.parse(whole_file(path, midi.MAX_BYTES)))
            if path.suffix.lower() == ".abc":
                return abc.tracks(path, whole_file(path, abc.MAX_BYTES))
            return musicxml.tracks(whole_file(path, musicxml.MAX_BYTES)) if path.suffix.lower() in _XML else []
        except FileError as error:
            raise type(error)("{path}: {reason}.", path=path, reason=error) from error

    def preview(self, path: Path, rows: int = 5) -> None:
        """None: files of music are no tables."""

    def parse(self, text: str) -> Melody | None:
        """None: melodies are not typed."""
        return None

    def from_object(self, source: Any) -> Melody | None:
        """A melody from a ``pretty_midi.PrettyMIDI`` or a ``symusic.Score``, or None where it is something else.

        Raises:
            FileError: it has no notes.
        """
        song = midi.song_of_object(source)
        return None if song is None else midi.melody_of(song)[0]

    def phrase_symbols(self, piece: Melody, length: int, stride: int, shortest: int) -> list[str]:
        """What :meth:`to_symbols` gives for each of the :meth:`phrases`, at a fraction of the time."""
        if length <= 0:
            return [self.to_symbols(piece)] if piece.notes else []
        return symbols.phrase_symbols(piece, spans(piece.bars, length, stride, shortest))

    # -- phrases and symbols

    def phrases(self, piece: Melody, length: int, stride: int, shortest: int) -> list[Melody]:
        """Phrases of ``length`` bars, one every ``stride`` bars (0: every ``length``), cut on bar lines.

        The first keeps the pickup. A note that crosses a cut is cut in two. What is left at the end, or a whole melody
        that is shorter, is a phrase when it has ``shortest`` bars. A phrase of silence is left out.
        """
        if length <= 0:
            return [piece] if piece.notes else []
        lines = bar_lines(piece)
        bars = len(lines) - 1
        phrases = (_part(piece, lines, first, last) for first, last in spans(bars, length, stride, shortest))
        return [phrase for phrase in phrases if phrase.notes]

    def units(self, piece: Melody) -> int:
        """The number of full bars."""
        return piece.bars

    def part(self, piece: Melody, first: int, last: int) -> Melody:
        """The bars ``first`` to ``last`` from 1; bar 1 has the pickup. A note that crosses an end of the part is cut there."""
        return _part(piece, bar_lines(piece), first - 1, last)

    def opening(self, piece: Melody, whole: bool) -> str:
        """The symbols of the melody; without the rest that fills its last bar where ``whole``."""
        found = symbols.to_symbols(piece)
        return symbols.without_last_rest(found) if whole else found

    def held(self, piece: Melody, names: Sequence[str]) -> tuple[list[str], str]:
        """The reference pitch ("key") and the metre of the first bar, with no other metre where the melody has one only; and that
        it begins on a bar line ("no pickup") where the melody does."""
        metre = piece.metres[0]
        begin = [
            symbols.KEYS[piece.tonic] if "key" in names else "",
            symbols.METRES[metre.numerator, metre.denominator] if "metre" in names else "",
            symbols.BAR if "no pickup" in names and not piece.pickup else "",
        ]
        while begin and not begin[-1]:
            begin.pop()
        others = "".join(symbols.METRES.values()) if "metre" in names and len(piece.metres) == 1 else ""
        return begin, others

    def why_no_phrase(self, piece: Melody, length: int, shortest: int) -> str:
        """The reason, in a clause, why :meth:`phrases` gave nothing for the piece."""
        metres = Counter(f"{change.numerator}/{change.denominator}" for change in piece.metres)
        metre = metres.most_common(1)[0][0]
        if not piece.notes:
            return Message("no notes")
        if piece.bars < max(1, shortest):
            has = Message("{bars} bar" if piece.bars == 1 else "{bars} bars", bars=piece.bars)
            return Message(
                "no phrase of {length} bars in {metre}: it has {has}, and at least {shortest} are needed",
                length=length,
                metre=metre,
                has=has,
                shortest=max(1, shortest),
            )
        return Message("no phrase of {length} bars in {metre} with a note in it", length=length, metre=metre)

    def to_symbols(self, piece: Melody) -> str:
        """The notes, metres and reference pitch as symbols; tempo, key, title and velocities do not pass through."""
        return symbols.to_symbols(piece)

    def from_symbols(self, symbols: str) -> Melody:
        """A valid melody from any string whatever; inverse of :meth:`to_symbols` on its image."""
        return from_symbols(symbols)

    def fingerprint(self, piece: Melody) -> str:
        """Equal for melodies that are equal up to transposition."""
        return hashlib.sha1(self.to_symbols(piece)[1:].encode("utf-8"), usedforsecurity=False).hexdigest()

    def fragments(self, piece: Melody) -> set[int]:
        """Hashes of every four bars in a row that hold at least eight notes, the same in every transposition."""
        lines = bar_lines(piece)
        notes = piece.notes
        found: set[int] = set()
        if len(notes) < _FRAGMENT_NOTES:
            return found
        start, end, pitch = (np.array(column) for column in tuple(zip(*notes, strict=True))[:3])
        # Each note as its length, the time to the next and the interval to it: the same wherever a passage begins.
        steps = np.stack(((end - start)[:-1], np.diff(start), np.diff(pitch)), axis=1).astype("<i4").tobytes()
        places: list[int] = np.searchsorted(start, lines).tolist()
        for index, (first, last) in enumerate(zip(places, places[_FRAGMENT_BARS:], strict=False)):
            if last - first >= _FRAGMENT_NOTES:
                final = notes[last - 1]
                length = min(final.end, lines[index + _FRAGMENT_BARS]) - final.start
                ends = struct.pack("<2i", notes[first].start - lines[index], length)
                digest = hashlib.blake2b(ends + steps[12 * first : 12 * last - 12], digest_size=8)
                found.add(int.from_bytes(digest.digest(), "little"))
        return found

    def variant(self, piece: Melody, draw: np.random.Generator, length: int) -> Melody:
        """A melody of at most ``length`` bars made of this one; see :func:`genstudio.domains.melody.variants.variant`."""
        return variants.variant(piece, draw, length)

    # -- what does not pass through the latent space

    def dress(self, piece: Melody, a: Melody, b: Melody, t: float) -> Melody:
        """The piece with a tempo between a's and b's, the key and instrument of the nearer, and accents by metre."""
        t = min(1.0, max(0.0, t))
        near = a if t < 0.5 else b
        slow, fast = main_tempo(a), main_tempo(b)
        bpm = round(math.exp((1 - t) * math.log(slow) + t * math.log(fast)), 3)
        # The ends themselves have nothing of each other.
        givers = (a,) if t == 0.0 else (b,) if t == 1.0 else (a, b) if near is a else (b, a)
        stated = [one.key for one in givers if one.key and key_pitch_class(one.key) == piece.tonic % 12]
        return replace(
            piece,
            notes=_accented(piece),
            tempos=(TempoChange(0, bpm),),
            key=stated[0] if stated else None,
            program=near.program,
        )

    def dressing(self, piece: Melody) -> dict[str, Any]:
        """Tempos, key, instrument, title and source; velocities where they are not those of the accents by metre."""
        accents = _accented(piece)
        found: dict[str, Any] = {
            "tempos": [list(change) for change in piece.tempos],
            "key": piece.key,
            "program": piece.program,
            "title": piece.title,
            "source": piece.source,
        }
        if accents != piece.notes:
            found["velocities"] = [note.velocity for note in piece.notes]
        return found

    def dressed(self, piece: Melody, dressing: Mapping[str, Any]) -> Melody:
        """Inverse of :meth:`dressing`."""
        try:
            record = Record(dressing)
            return replace(
                piece,
                notes=dressed_velocities(record, piece.notes) if "velocities" in record else _accented(piece),
                tempos=dressed_tempos(record),
                key=None if "key" in record and dressing["key"] is None else record.text("key"),
                program=record.whole("program", 0, 127),
                title=record.text("title"),
                source=record.text("source"),
            )
        except ValueError as error:
            raise DamagedFileError(
                "what is recorded of a melody's tempo and instrument is damaged ({reason}).", reason=error
            ) from error

    def keep(self, piece: Melody, given: Melody) -> Melody:
        """The piece with the tempos and velocities of the melody that it begins with; its last tempo holds on."""
        loud = [note.velocity for note in given.notes]
        notes = tuple(
            note._replace(velocity=velocity) for note, velocity in zip(piece.notes, loud, strict=False)
        ) + piece.notes[len(loud) :]
        return replace(piece, notes=notes, tempos=given.tempos)

    def join(self, pieces: Sequence[Melody]) -> Melody | None:
        """The pieces one after the other, each from a bar line on; a later pickup comes after a silence that fills its bar."""
        if not pieces:
            return None
        notes: list[Note] = []
        metres: list[MetreChange] = []
        tempos: list[TempoChange] = []
        at = 0
        for index, piece in enumerate(pieces):
            metre = piece.metres[0]
            lead = bar_ticks(metre.numerator, metre.denominator) - piece.pickup if piece.pickup and index else 0
            notes += (Note(start + at + lead, end + at + lead, pitch, loud) for start, end, pitch, loud in piece.notes)
            metres += (change._replace(tick=change.tick + at + (lead if change.tick else 0)) for change in piece.metres)
            tempos += (change._replace(tick=change.tick + at + (lead if change.tick else 0)) for change in piece.tempos)
            at += lead + piece.length
        first = pieces[0]
        return build(
            notes, metres, tempos, first.pickup, at, key=first.key, program=first.program, tonic=first.tonic,
            title=f"{len(pieces)} melodies joined" if len(pieces) > 1 else first.title,
        )  # fmt: skip

    def mix(self, a: Melody, b: Melody, share: float, seed: int) -> Melody:
        """The two mixed by sixteenths; see :func:`genstudio.domains.melody.mix.mix`."""
        return mix.mix(a, b, share, seed)

    # -- writing and showing

    def write(self, piece: Melody, path: Path | str, text: str = "") -> None:
        """Write a MIDI file, whole or not at all.

        Args:
            piece: the melody.
            path: the file.
            text: ASCII that goes with it as a text event; readers leave it out.

        Raises:
            ConfigError: the suffix is not one that is written.
            FileError: the place cannot be written.
        """
        midi.write(piece, path, text, "melodies")

    def show(self, piece: Melody, width: int = 80) -> str:
        """A piano roll of text, at most ``width`` columns wide."""
        return show.roll(piece, width)

    def describe(self, piece: Melody) -> dict[str, Any]:
        """Title, bars, metre, key, tempo, notes, range and length in seconds."""
        metres = list(dict.fromkeys(f"{change.numerator}/{change.denominator}" for change in piece.metres))
        pitches = [note.pitch for note in piece.notes]
        return {
            "title": piece.title,
            "bars": piece.bars,
            "pickup": piece.pickup,
            "metre": ", ".join(metres),
            "key": piece.key,
            "tempo": round(main_tempo(piece), 2),
            "notes": len(pitches),
            "range": f"{pitch_name(min(pitches))} to {pitch_name(max(pitches))}" if pitches else "",
            "seconds": round(piece.seconds, 2),
        }

    def compare(self, references: Sequence[Melody], hypotheses: Sequence[Melody]) -> dict[str, float]:
        """Measures of reconstruction; see :func:`genstudio.domains.melody.measures.compare`."""
        return measures.compare(references, hypotheses)

    def measure_features(self, piece: Melody) -> NDArray[np.float32]:
        return melody_features(piece)

    def parts(self, piece: Melody) -> list[tuple[int, int, int]]:
        """The notes: onset, end and pitch of each."""
        return [note[:3] for note in piece.notes]

    def part_name(self, piece: Melody) -> str:
        """A note."""
        return "note"


def _part(piece: Melody, lines: Sequence[int], first: int, last: int) -> Melody:
    """The bars from ``first`` (from 0) to before ``last``."""
    title = f"{piece.title} (bars {first + 1}-{last})" if last > first + 1 else f"{piece.title} (bar {last})"
    whole = last - first >= len(lines) - 1
    return cut(piece, 0 if first == 0 else lines[first], lines[last], piece.title if whole else title.strip())


def _accented(piece: Melody) -> tuple[Note, ...]:
    """The notes with velocities by metre: 100 on a bar line, 90 on the half of a bar, 84 on a beat, 76 elsewhere."""
    lines = bar_lines(piece)
    notes: list[Note] = []
    bar = 0
    changes = list(piece.metres)
    metre = changes[0]
    for note in piece.notes:
        while bar + 1 < len(lines) and lines[bar + 1] <= note.start:
            bar += 1
        while len(changes) > 1 and changes[1].tick <= note.start:
            changes.pop(0)
            metre = changes[0]
        size = bar_ticks(metre.numerator, metre.denominator)
        offset = (note.start - lines[bar]) % size
        compound = metre.denominator >= 8 and metre.numerator % 3 == 0 and metre.numerator > 3
        beat = bar_ticks(3 if compound else 1, metre.denominator)
        beats = size // beat
        if offset == 0:
            velocity = 100
        elif beats % 2 == 0 and offset == size // 2 and beats > 2:
            velocity = 90
        else:
            velocity = 84 if offset % beat == 0 else 76
        notes.append(note._replace(velocity=velocity))
    return tuple(notes)


DOMAIN = MelodyDomain()
