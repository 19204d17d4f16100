"""Melodies: one voice of notes in any metre, from and to MIDI, ABC and MusicXML files."""

from __future__ import annotations

import hashlib
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np

from genstudio.domains.base import ReadResult, Track
from genstudio.domains.melody import symbols
from genstudio.domains.melody.attributes import ATTRIBUTES
from genstudio.domains.melody.features import MELODY_FEATURES, melody_features
from genstudio.domains.melody.measures import compare
from genstudio.domains.melody.mix import mix
from genstudio.domains.melody.piece import Melody
from genstudio.domains.melody.show import roll
from genstudio.domains.melody.variants import variant
from genstudio.domains.music import abc, midi_line, musicxml, musicxml_line
from genstudio.domains.music.base import MIDI, MusicDomain, metre_names, phrase_bars
from genstudio.domains.music.files import whole_file
from genstudio.domains.music.keys import key_pitch_class, pitch_name
from genstudio.domains.music.line import in_key, in_metre
from genstudio.domains.music.notes import Music, Note, bar_lines, bars_of, main_tempo
from genstudio.domains.music.smf import Song
from genstudio.domains.music.symbols import BAR, METRES
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks, beat_ticks, metre_named
from genstudio.errors import Message
from genstudio.records import Record

__all__ = ["DOMAIN", "Melody", "MelodyDomain", "MetreChange", "Note", "TempoChange"]

_FRAGMENT_BARS = 4
_FRAGMENT_NOTES = 8


class MelodyDomain(MusicDomain):
    """The melody domain; see :class:`genstudio.domains.base.Domain` for the methods."""

    name = "melody"
    label = "Melodies"
    several = "melodies"
    suffixes = (*MIDI, ".abc", ".mxl", ".musicxml", ".xml")
    grammar = symbols.GRAMMAR
    attributes = ATTRIBUTES
    features = MELODY_FEATURES
    holds = ("key", "metre")
    holds_within = ("no pickup",)
    has_variants = True
    to_symbols = staticmethod(symbols.to_symbols)
    from_symbols = staticmethod(symbols.from_symbols)
    variant = staticmethod(variant)
    mix = staticmethod(mix)
    show = staticmethod(roll)
    compare = staticmethod(compare)
    measure_features = staticmethod(melody_features)
    pitched = True

    # -- reading

    def read(
        self, path: Path | str, *, track: int | str | None = None, grid: bool = True, metre: str | None = None,
        key: str | None = None,
    ) -> ReadResult:  # fmt: skip
        """The melodies of a file: one from a MIDI or MusicXML file, one for each tune of an ABC tunebook.

        Args:
            path: the file, in the format of its suffix.
            track: the track (MIDI) or part (MusicXML) to take, by number from 1 or by name; None chooses one.
            grid: put MIDI notes on the grid of eighths and sixths of a quarter; False keeps every tick.
            metre: the metre of the whole melody ("3/4"); None: as in the file.
            key: the key of the whole melody ("G major"); None: as in the file.

        Raises:
            FileError: no melody can be read from the file; the message names it and the reason.
        """
        path = Path(path) if isinstance(path, str) else path
        suffix = path.suffix.lower()
        wanted = metre_named(metre)
        with self.reading(path):
            if suffix in MIDI:
                result = midi_line.read(path, self.song(path, wanted), track=track, grid=grid)
            elif suffix == ".abc":
                result = abc.read(path, whole_file(path, abc.MAX_BYTES), track=track)
            else:
                result = musicxml_line.read(path, whole_file(path, musicxml.MAX_BYTES), part=track)
        if wanted is not None and suffix not in MIDI:
            result.pieces = [in_metre(line, wanted) for line in result.pieces]
        if key is not None:
            result.pieces = [in_key(line, key) for line in result.pieces]
        result.pieces = list(map(Melody.of, result.pieces))
        return result

    def tracks_in(self, path: Path) -> list[Track]:
        """The tracks (MIDI), parts (MusicXML) or voices (ABC) with notes; none for an ABC tunebook whose tunes have one voice."""
        if path.suffix.lower() in MIDI:
            return midi_line.tracks(self.song(path))
        if path.suffix.lower() == ".abc":
            return abc.tracks(path, whole_file(path, abc.MAX_BYTES))
        return musicxml_line.tracks(whole_file(path, musicxml.MAX_BYTES))

    def from_object(self, source: Any) -> Melody | None:
        """See :meth:`MusicDomain.from_object`; of a score it is the melody."""
        if not isinstance(source, Music) or not source.pitched:
            return cast("Melody | None", super().from_object(source))
        return Melody.build(
            source.voice, source.metres, source.tempos, source.pickup, source.length, tonic=getattr(source, "tonic", None),
            key=source.stated_key, program=source.program, title=source.title, source=source.source,
        )  # fmt: skip

    def of_song(self, song: Song) -> Melody:
        return Melody.of(midi_line.line_of(song)[0])

    # -- phrases and symbols

    def phrase_symbols(self, piece: Melody, length: int, stride: int, shortest: int) -> list[str]:
        """The symbols of each of the :meth:`phrases`, at a fraction of the time."""
        if length <= 0:
            return [self.to_symbols(piece)] if piece.notes else []
        return symbols.phrase_symbols(piece, phrase_bars(piece.bars, length, stride, shortest))

    def opening(self, piece: Melody, whole: bool) -> str:
        """The symbols of the melody; if ``whole``, without the rest that fills its last bar."""
        found = symbols.to_symbols(piece)
        return symbols.without_last_rest(found) if whole else found

    def held(self, piece: Melody, names: Sequence[str]) -> tuple[list[str], str]:
        """See :meth:`Domain.held`: "key" keeps the reference pitch, "metre" the metre of the first bar (and allows no other where
        the melody has only one), "no pickup" a bar line at the beginning where the melody has no pickup."""
        begin = [
            symbols.KEYS[piece.tonic] if "key" in names else "",
            METRES[piece.metres[0][1:]] if "metre" in names else "",
            BAR if "no pickup" in names and not piece.pickup else "",
        ]
        while begin and not begin[-1]:
            begin.pop()
        return begin, super().held(piece, names)[1]

    def why_no_phrase(self, piece: Melody, length: int, shortest: int) -> str:
        """Why the piece has no :meth:`phrases`, as a clause."""
        if not piece.notes:
            return Message("no notes")
        metre = Counter(change.name for change in piece.metres).most_common(1)[0][0]
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

    def fingerprint(self, piece: Melody) -> str:
        """A hash that is equal for melodies that are equal up to transposition."""
        return hashlib.sha1(self.to_symbols(piece)[1:].encode("utf-8"), usedforsecurity=False).hexdigest()

    def fragments(self, piece: Melody) -> set[int]:
        """Hashes of all runs of four bars with at least eight notes, the same in every transposition."""
        lines = bar_lines(piece)
        notes = piece.notes
        found: set[int] = set()
        if len(notes) < _FRAGMENT_NOTES:
            return found
        start, end, pitch = (np.array(column) for column in tuple(zip(*notes, strict=True))[:3])
        # Each note as its length, and the time and interval to the next note: independent of the place and transposition.
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

    # -- metadata, which does not pass through the latent space

    def with_metadata_between(self, piece: Melody, a: Melody, b: Melody, t: float) -> Melody:
        """The piece with a tempo between those of a and b, key and instrument of the nearer of them, and accents by metre."""
        # At t = 0 and t = 1 only the endpoint itself counts.
        givers = (a,) if t <= 0.0 else (b,) if t >= 1.0 else (a, b) if t < 0.5 else (b, a)
        stated = [one.key for one in givers if one.key and key_pitch_class(one.key) == piece.tonic % 12]
        made = cast("Melody", super().with_metadata_between(piece, a, b, t))
        return replace(made, notes=self.accented(piece), key=stated[0] if stated else None)

    def accented(self, piece: Melody) -> tuple[Note, ...]:
        """The notes with velocities by metre: 100 on a bar line, 90 on the half of a bar, 84 on a beat, 76 elsewhere."""
        notes: list[Note] = []
        bars = list(bars_of(piece))
        place = 0
        for note in piece.notes if bars else ():
            while place + 1 < len(bars) and bars[place + 1].start <= note.start:
                place += 1
            bar = bars[place]
            size, beat = bar_ticks(*bar.metre), beat_ticks(*bar.metre)
            # A pickup is the end of a bar.
            offset = (note.start - (bar.start if bar.number else bar.end)) % size
            if offset == 0:
                velocity = 100
            elif size // beat > 2 and offset * 2 == size and size // beat % 2 == 0:
                velocity = 90
            else:
                velocity = 84 if offset % beat == 0 else 76
            notes.append(note._replace(velocity=velocity))
        return tuple(notes)

    def beside(self, piece: Melody) -> dict[str, Any]:
        return {"key": piece.key}

    def beside_recorded(self, metadata: Mapping[str, Any]) -> dict[str, Any]:
        return {"key": None if "key" in metadata and metadata["key"] is None else Record(metadata).text("key")}

    def keep(self, piece: Melody, given: Melody) -> Melody:
        """The piece with the tempos and velocities of ``given``, with whose notes it begins; the last tempo continues."""
        loud = [note.velocity for note in given.notes]
        loud += [note.velocity for note in piece.notes[len(loud) :]]
        notes = tuple(note._replace(velocity=velocity) for note, velocity in zip(piece.notes, loud, strict=False))
        return replace(piece, notes=notes, tempos=given.tempos)

    def rebuilt(
        self, like: Melody, notes: Sequence[Note], metres: Sequence[MetreChange], tempos: Sequence[TempoChange], length: int
    ) -> Melody:
        return Melody.build(
            notes, metres, tempos, like.pickup, length, key=like.key, program=like.program, tonic=like.tonic
        )

    # -- showing

    def describe(self, piece: Melody) -> dict[str, Any]:
        """Title, bars, metre, key, tempo, notes, range and length in seconds."""
        pitches = [note.pitch for note in piece.notes]
        return {
            "title": piece.title,
            "bars": piece.bars,
            "pickup": piece.pickup,
            "metre": metre_names(piece),
            "key": piece.key,
            "tempo": round(main_tempo(piece), 2),
            "notes": len(pitches),
            "range": f"{pitch_name(min(pitches))} to {pitch_name(max(pitches))}" if pitches else "",
            "seconds": round(piece.seconds, 2),
        }

    def parts(self, piece: Melody) -> list[tuple[int, int, int]]:
        """The notes: onset, end and pitch of each."""
        return [note[:3] for note in piece.notes]

    def part_name(self, piece: Melody) -> str:
        """The name of a part: "note"."""
        return "note"


DOMAIN = MelodyDomain()
