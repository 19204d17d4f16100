"""The base class of the domains of music: reading, cutting at bar lines, and metadata (tempos, velocities, instrument)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from genstudio.domains.base import Domain, Track
from genstudio.domains.music import midi
from genstudio.domains.music.files import whole_file
from genstudio.domains.music.notes import Music, Note, bar_lines, cut_bars, main_tempo
from genstudio.domains.music.smf import Song, parse
from genstudio.domains.music.symbols import METRES
from genstudio.domains.music.time import MetreChange, TempoChange
from genstudio.errors import DamagedFileError, FileError, Message
from genstudio.records import Record

__all__ = ["MIDI", "MusicDomain", "metre_names", "phrase_bars"]

MIDI = (".mid", ".midi", ".kar", ".rmi")
"""The suffixes of MIDI files that are read."""
_TEMPOS = (1e-3, 1e9)  # range in recorded metadata
_LAST_TICK = 1 << 40


class MusicDomain(Domain):
    """Music in bars. A subclass defines how files and symbols become notes."""

    kind = "music"
    suffixes: ClassVar[tuple[str, ...]] = MIDI
    output_suffix = ".mid"
    unit = "bar"
    several: ClassVar[str]
    """The plural of the domain's pieces, for titles: "melodies"."""
    no_notes: ClassVar[Message]
    """The reason why a piece without notes has no phrase."""

    # -- methods that a domain of music must have in addition

    def of_song(self, song: Song) -> Music:
        """The piece in a song, which was made from an object of another library.

        Raises:
            FileError: there is no piece in it.
        """
        raise NotImplementedError

    def rebuilt(
        self, like: Any, notes: Sequence[Note], metres: Sequence[MetreChange], tempos: Sequence[TempoChange], length: int
    ) -> Music:
        """A piece of ``length`` ticks with the joined notes, metres and tempos of several, and the other fields of ``like``, the
        first of them; see :meth:`join`."""
        raise NotImplementedError

    def accented(self, piece: Any) -> tuple[Note, ...]:
        """The notes with the default velocities, which they have where no others are recorded."""
        raise NotImplementedError

    # -- files

    @contextmanager
    def reading(self, path: Path) -> Iterator[None]:
        """Context in which a file is read: adds the path to the errors of the reader, which are clauses without it.

        Raises:
            FileError: the domain does not read files with this suffix; or an error of the reader.
        """
        suffix = path.suffix.lower()
        if suffix not in self.suffixes:
            raise FileError(
                "{path}: {what} are read from {known} files, not from {suffix}.",
                path=path,
                what=self.label.lower(),
                known=", ".join(self.suffixes),
                suffix=suffix or "a file without suffix",
            )
        try:
            yield
        except FileError as error:
            if str(error).startswith(str(path)):
                raise
            raise type(error)("{path}: {reason}.", path=path, reason=error) from error

    @staticmethod
    def song(path: Path, metre: tuple[int, int] | None = None) -> Song:
        """The content of a MIDI file, all in one metre where that is given.

        Raises:
            FileError: the file cannot be read; the message is a clause.
        """
        song = parse(whole_file(path, midi.MAX_BYTES))
        if metre is not None:
            song.metres = [MetreChange(0, *metre)]
        return song

    def tracks(self, path: Path | str) -> list[Track]:
        """The tracks, parts or voices of a file, of which :meth:`read` takes one.

        Raises:
            FileError: the file cannot be read, or is damaged.
        """
        path = Path(path)
        if path.suffix.lower() not in self.suffixes:
            return []
        with self.reading(path):
            return self.tracks_in(path)

    def tracks_in(self, path: Path) -> list[Track]:
        """The tracks with notes in a file that this domain reads.

        Raises:
            FileError: the file cannot be read; the message is a clause.
        """
        song = self.song(path)
        return midi.tracks_of(song, [index for index, voice in enumerate(song.voices) if voice.drums])

    def from_object(self, source: Any) -> Any | None:
        """The piece in a ``pretty_midi.PrettyMIDI`` or a ``symusic.Score``; None for other objects."""
        song = midi.song_of_object(source)
        return None if song is None else self.of_song(song)

    def write(self, piece: Any, path: Path | str, text: str = "") -> None:
        """Write a MIDI file, whole or not at all.

        Args:
            piece: the piece; drums are written to channel 10.
            path: the file.
            text: ASCII for a text event, which readers ignore.

        Raises:
            ConfigError: the suffix is not supported.
            FileError: the file cannot be written.
        """
        midi.write(piece, path, text, self.label.lower())

    # -- bars

    def units(self, piece: Any) -> int:
        """The number of full bars."""
        return int(piece.bars)

    def cut(self, piece: Any, lines: list[int], first: int, last: int) -> Any:
        """The bars ``first`` (from 0) to ``last - 1``; ``lines`` are the bar lines of the piece."""
        return cut_bars(piece, lines, first, last)

    def part(self, piece: Any, first: int, last: int) -> Any:
        """The bars ``first`` to ``last``, counted from 1; bar 1 includes the pickup."""
        return self.cut(piece, bar_lines(piece), first - 1, last)

    def phrases(self, piece: Any, length: int, stride: int, shortest: int) -> list[Any]:
        """Phrases of ``length`` bars, one every ``stride`` bars (0: every ``length``), cut on bar lines.

        The first keeps the pickup. The rest at the end, or a whole piece that is shorter than a phrase, is a phrase if it has at
        least ``shortest`` bars. Silent phrases are left out.
        """
        if length <= 0:
            return [piece] if piece.notes else []
        lines = bar_lines(piece)
        phrases = (self.cut(piece, lines, first, last) for first, last in phrase_bars(len(lines) - 1, length, stride, shortest))
        return [phrase for phrase in phrases if phrase.notes]

    def why_no_phrase(self, piece: Any, length: int, shortest: int) -> str:
        """Why the piece has no :meth:`phrases`, as a clause."""
        if not piece.notes:
            return self.no_notes
        has = Message("{bars} bar" if piece.bars == 1 else "{bars} bars", bars=piece.bars)
        return Message(
            "no phrase of {length} bars: it has {has}, and at least {shortest} are needed",
            length=length,
            has=has,
            shortest=max(1, shortest),
        )

    def held(self, piece: Any, names: Sequence[str]) -> tuple[list[str], str]:
        """See :meth:`Domain.held`: "metre" keeps the metre of the first bar, and allows no other where the piece has only one."""
        if "metre" not in names:
            return [], ""
        return [METRES[piece.metres[0][1:]]], "".join(METRES.values()) if len(piece.metres) == 1 else ""

    # -- metadata, which does not pass through the latent space

    def with_metadata_between(self, piece: Any, a: Any, b: Any, t: float) -> Any:
        """The piece with a tempo between those of a and b, and the instrument of the nearer of them."""
        t = min(1.0, max(0.0, t))
        bpm = math.exp((1 - t) * math.log(main_tempo(a)) + t * math.log(main_tempo(b)))
        return replace(piece, tempos=(TempoChange(0, round(bpm, 3)),), program=(a if t < 0.5 else b).program)

    def metadata(self, piece: Any) -> dict[str, Any]:
        """Tempos, instrument, title and source; velocities where they are not the default ones (:meth:`accented`)."""
        found: dict[str, Any] = {
            "tempos": [list(change) for change in piece.tempos],
            **self.beside(piece),
            "program": piece.program,
            "title": piece.title,
            "source": piece.source,
        }
        if self.accented(piece) != piece.notes:
            found["velocities"] = [note.velocity for note in piece.notes]
        return found

    def with_metadata(self, piece: Any, metadata: Mapping[str, Any]) -> Any:
        """Inverse of :meth:`metadata`."""
        try:
            record = Record(metadata)
            return replace(
                piece,
                notes=_loud(record, piece.notes) if "velocities" in record else self.accented(piece),
                tempos=_tempos(record),
                program=record.whole("program", 0, 127),
                title=record.text("title"),
                source=record.text("source"),
                **self.beside_recorded(metadata),
            )
        except ValueError as error:
            raise DamagedFileError(
                "the recorded tempo and instrument of the music are damaged ({reason}).", reason=error
            ) from error

    def beside(self, piece: Any) -> dict[str, Any]:
        """Further metadata of the domain, as JSON values."""
        return {}

    def beside_recorded(self, metadata: Mapping[str, Any]) -> dict[str, Any]:
        """Inverse of :meth:`beside`.

        Raises:
            ValueError: a field is missing or out of range.
        """
        return {}

    def join(self, pieces: Sequence[Any]) -> Any | None:
        """Join pieces one after the other, each from a bar line on; before a later pickup, silence fills the bar."""
        if not pieces:
            return None
        notes: list[Note] = []
        metres: list[MetreChange] = []
        tempos: list[TempoChange] = []
        at = 0
        for index, piece in enumerate(pieces):
            lead = piece.metres[0].bar - piece.pickup if piece.pickup and index else 0
            notes += (Note(start + at + lead, end + at + lead, pitch, loud) for start, end, pitch, loud in piece.notes)
            metres += (change._replace(tick=change.tick + at + (lead if change.tick else 0)) for change in piece.metres)
            tempos += (change._replace(tick=change.tick + at + (lead if change.tick else 0)) for change in piece.tempos)
            at += lead + piece.length
        first = pieces[0]
        title = f"{len(pieces)} {self.several} joined" if len(pieces) > 1 else first.title
        return replace(self.rebuilt(first, notes, metres, tempos, at), title=title, source="", labels=())


def metre_names(piece: Music) -> str:
    """The metres of a piece, each once, as text for people."""
    return ", ".join(dict.fromkeys(change.name for change in piece.metres))


def phrase_bars(bars: int, length: int, stride: int, shortest: int) -> Iterator[tuple[int, int]]:
    """The bars at which phrases are cut; see :meth:`genstudio.domains.base.Domain.phrases`.

    Args:
        bars: the number of bars of the piece.
        length: of a phrase, in bars.
        stride: bars from one phrase to the next; 0: ``length``.
        shortest: the minimal length of a shorter last phrase, in bars.

    Returns:
        For each phrase its first bar, from 0, and the bar after its last.
    """
    covered = 0
    for first in range(0, bars, stride if stride > 0 else length):
        last = min(first + length, bars)
        if last - first == length or (last - first >= max(1, shortest) and covered < bars):
            yield first, last
            covered = last
        if last == bars:
            break


def _tempos(record: Record) -> tuple[TempoChange, ...]:
    """The tempos of recorded metadata.

    Raises:
        ValueError: there is no tempo at the beginning, or one is out of range.
    """
    found = []
    for change in record.array("tempos"):
        if not isinstance(change, (list, tuple)) or len(change) != 2:
            raise ValueError("a tempo is no pair")
        pair = Record({"tick": change[0], "bpm": change[1]}, "tempo")
        found.append(TempoChange(pair.whole("tick", 0, _LAST_TICK), float(pair.number("bpm", *_TEMPOS))))
    if not found or found[0].tick:
        raise ValueError("there is no tempo at the beginning")
    return tuple(found)


def _loud(record: Record, notes: Sequence[Note]) -> tuple[Note, ...]:
    """Give ``notes`` the velocities of recorded metadata.

    Raises:
        ValueError: there is not one velocity for each note, or one is out of range.
    """
    loud = record.wholes("velocities", 1, 127)
    return tuple(note._replace(velocity=velocity) for note, velocity in zip(notes, loud, strict=True))
