"""Scores: several parts over common bars, with chord symbols, from and to MIDI, ABC and MusicXML files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from genstudio.domains.base import Choice, ReadResult, Track
from genstudio.domains.music import abc, musicxml
from genstudio.domains.music.base import MIDI, MusicDomain, metre_names, phrase_bars
from genstudio.domains.music.files import whole_file
from genstudio.domains.music.keys import key_pitch_class, pitch_name
from genstudio.domains.music.notes import Music, Note, bar_lines, bars_of, main_tempo
from genstudio.domains.music.smf import Song
from genstudio.domains.music.symbols import BAR, METRES
from genstudio.domains.music.time import MetreChange, TempoChange, bar_ticks, beat_ticks, metre_named
from genstudio.domains.score import arranging, from_abc, from_midi, from_musicxml, symbols
from genstudio.domains.score.attributes import ATTRIBUTES
from genstudio.domains.score.features import SCORE_FEATURES, score_features
from genstudio.domains.score.measures import compare
from genstudio.domains.score.mix import mix
from genstudio.domains.score.phrases import phrase_tonics
from genstudio.domains.score.piece import (
    ChordSymbol,
    Lyric,
    Part,
    Score,
    cut,
    family_of,
    in_key,
    in_metre,
    played_by,
)
from genstudio.domains.score.selection import numbers_of
from genstudio.domains.score.show import show
from genstudio.domains.score.symbols import lineup, named_part
from genstudio.domains.score.variants import variant
from genstudio.errors import ConfigError, FileError, Message
from genstudio.records import Record

__all__ = ["DOMAIN", "ChordSymbol", "Lyric", "Part", "Score", "ScoreDomain"]

_FRAGMENT_BARS = 4
_FRAGMENT_NOTES = 16


class ScoreDomain(MusicDomain):
    """The score domain; see :class:`genstudio.domains.base.Domain` for the methods."""

    name = "score"
    label = "Scores"
    several = "scores"
    no_notes = Message("no notes and no chord symbols")
    suffixes = (*MIDI, ".abc", ".mxl", ".musicxml", ".xml")
    grammar = symbols.GRAMMAR
    attributes = ATTRIBUTES
    features = SCORE_FEATURES
    # Several voices are likely in the same few ways. Half way between eight bars of lead sheets (16 pairs of the validation split),
    # betweenness and cost are 0.46 and 0.84 at a temperature of 0.8 and a weight of 0.25, 0.51 and 0.92 at a weight of 0.1, and
    # 0.57 and 0.95 at a temperature of 1 and a weight of 0.1.
    choice = Choice(temperature=1.0, likely=0.1)
    holds = ("key", "metre")
    holds_within = ("no pickup",)
    has_variants = True
    pitched = True
    to_symbols = staticmethod(symbols.to_symbols)
    from_symbols = staticmethod(symbols.from_symbols)
    variant = staticmethod(variant)
    mix = staticmethod(mix)
    show = staticmethod(show)
    compare = staticmethod(compare)
    measure_features = staticmethod(score_features)

    # -- reading

    def read(
        self, path: Path | str, *, parts: str | None = None, grid: bool = True, metre: str | None = None, key: str | None = None,
        chords: bool = False,
    ) -> ReadResult:  # fmt: skip
        """The score of a file.

        Args:
            path: the file, in the format of its suffix.
            parts: the parts to take, by number from 1, name or role, separated by commas; None takes all of at most eight.
            grid: put MIDI notes on the grid of eighths and sixths of a quarter; False keeps every tick.
            metre: the metre of the whole score ("3/4"); None: as in the file.
            key: the key of the whole score ("G major"); None: as in the file.
            chords: recognise chord symbols from the notes where the file has none.

        Raises:
            FileError: no score can be read from the file; the message names it and the reason.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        wanted = metre_named(metre)
        with self.reading(path):
            if suffix in (".mxl", ".musicxml", ".xml"):
                result = from_musicxml.read(path, whole_file(path, musicxml.MAX_BYTES), parts=parts, chords=chords)
            elif suffix in MIDI:
                result = from_midi.read(path, self.song(path, wanted), parts=parts, grid=grid, chords=chords)
            else:
                result = from_abc.read(path, whole_file(path, abc.MAX_BYTES), parts=parts, chords=chords)
        if wanted is not None and suffix not in MIDI:
            result.pieces = [in_metre(score, wanted) for score in result.pieces]
        if key is not None:
            result.pieces = [in_key(score, key) for score in result.pieces]
        return result

    def tracks_in(self, path: Path) -> list[Track]:
        """The parts of a MIDI file, with the numbers that the option ``parts`` takes; none for other files."""
        return from_midi.tracks(self.song(path)) if path.suffix.lower() in MIDI else []

    def claims(self, piece: Score) -> bool:
        """Whether the piece has several parts."""
        return len(piece.parts) > 1

    def from_object(self, source: Any) -> Score | None:
        """See :meth:`MusicDomain.from_object`; a piece of one voice becomes the melody, or the drums, of a score."""
        if not isinstance(source, Music):
            return cast("Score | None", super().from_object(source))
        part = Part(role="melody" if source.pitched else "drums", program=source.program, notes=source.notes)
        tonic = getattr(source, "tonic", None)
        return Score.build(
            [replace(part, name=named_part(part.role, family_of(part.program)).name)], source.metres, source.tempos, source.pickup,
            source.length, tonic=tonic if tonic is None else symbols.LOWEST_TONIC + (tonic - symbols.LOWEST_TONIC) % 12,
            key=source.stated_key, title=source.title, source=source.source,
        )  # fmt: skip

    def of_song(self, song: Song) -> Score:
        return from_midi.score_of(song)[0]

    # -- bars

    def cut(self, piece: Score, lines: list[int], first: int, last: int) -> Score:
        """The bars ``first`` (from 0) to ``last - 1``; ``lines`` are the bar lines of the piece."""
        title = f"{piece.title} (bars {first + 1}-{last})" if last > first + 1 else f"{piece.title} (bar {last})"
        whole = last - first >= len(lines) - 1
        return cut(piece, 0 if first == 0 else lines[first], lines[last], piece.title if whole else title.strip())

    def phrases(self, piece: Score, length: int, stride: int, shortest: int) -> list[Score]:
        """See :meth:`MusicDomain.phrases`; each has the reference pitch of the key around it, as music moves between
        keys."""
        if length <= 0:
            return [] if piece.silent else [piece]
        lines = bar_lines(piece)
        spans = list(phrase_bars(len(lines) - 1, length, stride, shortest))
        found = zip(spans, phrase_tonics(piece, spans, lines), strict=True)
        phrases = (replace(self.cut(piece, lines, *span), tonic=tonic) for span, tonic in found)
        return [phrase for phrase in phrases if not phrase.silent]

    def held(self, piece: Score, names: Sequence[str]) -> tuple[list[str], str]:
        """See :meth:`Domain.held`: "key" keeps the reference pitch, "metre" the metre of the first bar, "no pickup" bar lines after
        the names of the parts where the score has no pickup."""
        begin = [symbols.KEYS[piece.tonic] if "key" in names else "", METRES[piece.metres[0][1:]] if "metre" in names else ""]
        if "no pickup" in names and not piece.pickup:
            begin += [*map(symbols.part_symbol, piece.parts), BAR]
        while begin and not begin[-1]:
            begin.pop()
        return begin, super().held(piece, names)[1]

    def lineup(self, symbols: str) -> str:
        """See :meth:`Domain.lineup`."""
        return lineup(symbols)

    def header(self, lineup: str) -> list[str]:
        """See :meth:`Domain.header`."""
        return ["".join(symbols.KEYS.values()), "".join(METRES.values()), *lineup] if lineup else []

    def arranged(self, piece: Score, lineup: str, silent: Sequence[int] = ()) -> tuple[Score, list[str]]:
        """See :meth:`Domain.arranged`."""
        return arranging.arranged(piece, lineup, silent) if lineup else (piece, [])

    def roles(self, piece: Score) -> list[str]:
        """The role of each part."""
        return [part.role for part in piece.parts]

    def part_numbers(self, piece: Score, names: Sequence[str]) -> list[int]:
        """See :meth:`Domain.part_numbers`; a number, from 1, also stands for a part."""
        try:
            return numbers_of(piece.parts, names)
        except FileError as error:
            raise ConfigError("{reason}.", reason=error) from error

    def rewritten(self, piece: Score, made: Score, numbers: Sequence[int], lineup: str) -> Score:
        """See :meth:`Domain.rewritten`; a part that the piece lacks is added after the others."""
        return arranging.rewritten(piece, made, numbers, lineup)

    def fingerprint(self, piece: Score) -> str:
        """A hash that is equal for scores that are equal up to transposition."""
        return hashlib.sha1(self.to_symbols(piece)[1:].encode("utf-8"), usedforsecurity=False).hexdigest()

    def fragments(self, piece: Score) -> set[int]:
        """Hashes of all runs of four bars of a part with at least sixteen notes or chords, the same in every transposition."""
        lines = bar_lines(piece)
        found: set[int] = set()
        for part in piece.parts:
            items = [(n.start, n.end, n.pitch) for n in part.notes] or [(c.start, c.end, c.root) for c in part.chords]
            starts = [item[0] for item in items]
            places = _places(starts, lines)
            for index, (first, last) in enumerate(zip(places, places[_FRAGMENT_BARS:], strict=False)):
                if last - first < _FRAGMENT_NOTES:
                    continue
                base = items[first][2]
                rows = [(s - lines[index], min(e, lines[index + _FRAGMENT_BARS]) - s, p - base) for s, e, p in items[first:last]]
                if not part.pitched:
                    rows = [(start, end, pitch % 12) for start, end, pitch in rows]
                digest = hashlib.blake2b(repr((part.pitched, rows)).encode(), digest_size=8)
                found.add(int.from_bytes(digest.digest(), "little"))
        return found

    # -- metadata, which does not pass through the latent space

    def with_metadata_between(self, piece: Score, a: Score, b: Score, t: float) -> Score:
        """The piece with a tempo between those of a and b, and the key, names and instruments of the nearer of them."""
        near = a if t < 0.5 else b
        made = cast("Score", super().with_metadata_between(piece, a, b, t))
        fits = near.key and key_pitch_class(near.key) == piece.tonic % 12
        parts = list(self.accented_parts(made))
        for index, part in enumerate(parts):
            like = near.parts[index] if index < len(near.parts) else None
            if like is not None and like.role == part.role:
                parts[index] = replace(played_by(part, like.program), name=like.name)
        return replace(made, parts=tuple(parts), key=near.key if fits else None)

    def accented(self, piece: Score) -> tuple[Note, ...]:
        return replace(piece, parts=self.accented_parts(piece)).notes

    def accented_parts(self, piece: Score) -> tuple[Part, ...]:
        """The parts with velocities by metre: 96 on a bar line, 86 on the half of a bar, 80 on a beat, 72 elsewhere."""
        bars = list(bars_of(piece))

        def loud(part: Part) -> Part:
            notes: list[Note] = []
            place = 0
            for note in part.notes:
                while place + 1 < len(bars) and bars[place + 1].start <= note.start:
                    place += 1
                bar = bars[place]
                size, beat = bar_ticks(*bar.metre), beat_ticks(*bar.metre)
                offset = (note.start - (bar.start if bar.number else bar.end)) % size
                half = size // beat > 2 and offset * 2 == size and size // beat % 2 == 0
                velocity = 96 if offset == 0 else 86 if half else 80 if offset % beat == 0 else 72
                notes.append(note._replace(velocity=velocity))
            return replace(part, notes=tuple(notes))

        return tuple(map(loud, piece.parts))

    def metadata(self, piece: Score) -> dict[str, Any]:
        """Tempos, key, title and source; of each part name, instrument, lyrics, and velocities where they are not the default
        ones."""
        default = self.accented_parts(piece)
        parts = []
        for part, usual in zip(piece.parts, default, strict=True):
            about: dict[str, Any] = {"name": part.name, "program": part.program}
            if part.level != 1.0:
                about["level"] = part.level
            if part.lyrics:
                about["lyrics"] = [list(one) for one in part.lyrics]
            if part.notes != usual.notes:
                about["velocities"] = [note.velocity for note in part.notes]
            parts.append(about)
        return {
            "tempos": [list(change) for change in piece.tempos],
            "key": piece.key,
            "program": piece.program,
            "recognised": piece.recognised,
            "parts": parts,
            "title": piece.title,
            "source": piece.source,
        }

    def with_metadata(self, piece: Score, metadata: Mapping[str, Any]) -> Score:
        """Inverse of :meth:`metadata`."""
        plain = {name: value for name, value in metadata.items() if name != "parts"}
        made = cast("Score", super().with_metadata(piece, plain))
        parts = list(self.accented_parts(made))
        recorded = metadata.get("parts", [])
        for index, about in enumerate(recorded[: len(parts)] if isinstance(recorded, list) else []):
            parts[index] = _with_record(parts[index], about)
        return replace(made, parts=tuple(parts))

    def beside_recorded(self, metadata: Mapping[str, Any]) -> dict[str, Any]:
        key = None if metadata.get("key") is None else Record(metadata).text("key")
        return {"key": key, "recognised": bool(metadata.get("recognised", False))}

    def keep(self, piece: Score, given: Score) -> Score:
        """The piece with the tempos, names, instruments and velocities of ``given``, with whose notes it begins."""
        parts = []
        for index, part in enumerate(piece.parts):
            like = given.parts[index] if index < len(given.parts) else None
            if like is not None and like.role == part.role:
                loud = [note.velocity for note in like.notes] + [note.velocity for note in part.notes[len(like.notes) :]]
                notes = tuple(note._replace(velocity=value) for note, value in zip(part.notes, loud, strict=False))
                part = replace(played_by(part, like.program), name=like.name, notes=notes, lyrics=like.lyrics)
            parts.append(part)
        return replace(piece, parts=tuple(parts), tempos=given.tempos)

    def join(self, pieces: Sequence[Score]) -> Score | None:
        """Join scores with the same parts one after the other; before a later pickup, silence fills the bar."""
        if not pieces:
            return None
        first = pieces[0]
        count = max(len(piece.parts) for piece in pieces)
        like = max(pieces, key=lambda piece: len(piece.parts))
        notes: list[list[Note]] = [[] for _ in range(count)]
        chords: list[list[ChordSymbol]] = [[] for _ in range(count)]
        lyrics: list[list[Lyric]] = [[] for _ in range(count)]
        metres: list[MetreChange] = []
        tempos: list[TempoChange] = []
        at = 0
        for piece in pieces:
            shift = at
            if piece.pickup and at:
                shift += bar_ticks(*piece.metres[0][1:]) - piece.pickup
            metres += [MetreChange(change.tick + (shift if change.tick else at), *change[1:]) for change in piece.metres]
            tempos += [TempoChange(change.tick + (shift if change.tick else at), change.bpm) for change in piece.tempos]
            for index, part in enumerate(piece.parts):
                for note in part.notes:
                    moved = note._replace(start=note.start + shift, end=note.end + shift)
                    notes[index].append(moved)
                chords[index] += [c._replace(start=c.start + shift, end=c.end + shift) for c in part.chords]
                lyrics[index] += [one._replace(tick=one.tick + shift) for one in part.lyrics]
            at = shift + piece.length
        parts = [
            replace(part, notes=tuple(notes[index]), chords=tuple(chords[index]), lyrics=tuple(lyrics[index]))
            for index, part in enumerate(like.parts)
        ]
        return Score.build(
            parts, metres, tempos, first.pickup, at, tonic=first.tonic, key=first.key, title=first.title, source=first.source,
            recognised=any(piece.recognised for piece in pieces),
        )  # fmt: skip

    # -- showing

    def describe(self, piece: Score) -> dict[str, Any]:
        """Title, bars, metre, key, tempo, parts, notes, chord symbols, range and length in seconds."""
        pitches = [note.pitch for note in piece.notes]
        return {
            "title": piece.title,
            "bars": piece.bars,
            "pickup": piece.pickup,
            "metre": metre_names(piece),
            "key": piece.key,
            "tempo": round(main_tempo(piece), 2),
            "parts": [part.name or part.role for part in piece.parts],
            "notes": sum(len(part.notes) for part in piece.parts),
            "chords": len(piece.symbols),
            "range": f"{pitch_name(min(pitches))} to {pitch_name(max(pitches))}" if pitches else "",
            "seconds": round(piece.seconds, 2),
        }

    def parts(self, piece: Score) -> list[tuple[int, int, int, int]]:
        """The notes and chord symbols: part, onset, end and pitch (of a symbol its root) of each. Times count from the first bar
        line, so that what stands in the same place of the same bar is equal whether or not the piece has a pickup."""
        first = piece.pickup
        return [
            place
            for index, part in enumerate(piece.parts)
            for place in (
                *((index, note.start - first, note.end - first, note.pitch) for note in part.notes),
                *((index, chord.start - first, chord.end - first, chord.root) for chord in part.chords),
            )
        ]

    def part_name(self, piece: Score) -> str:
        """The name of a part: "note"."""
        return "note"


def _places(starts: Sequence[int], lines: Sequence[int]) -> list[int]:
    places, index = [], 0
    for line in lines:
        while index < len(starts) and starts[index] < line:
            index += 1
        places.append(index)
    return places


def _with_record(part: Part, about: Any) -> Part:
    """A part with its recorded metadata.

    Raises:
        ValueError: a field is missing or out of range.
    """
    record = Record(about)
    lyrics = tuple(Lyric(int(one[0]), str(one[1]), bool(one[2])) for one in about.get("lyrics", ()))
    notes = part.notes
    if "velocities" in record:
        loud = record.wholes("velocities", 1, 127)
        notes = tuple(note._replace(velocity=value) for note, value in zip(notes, loud, strict=True))
    level = record.number("level", 0.0, 1.0) if "level" in record else 1.0
    played = played_by(part, record.whole("program", 0, 127))
    return replace(played, name=record.text("name"), lyrics=lyrics, notes=notes, level=level)


DOMAIN = ScoreDomain()
