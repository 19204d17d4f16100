"""Drums: patterns of nine voices in bars of any metre, from and to the percussion of MIDI files.

The voices are those of A. Roberts et al. (A hierarchical latent vector model for learning long-term structure in music, ICML
2018) and J. Gillick et al. (Learning to groove with inverse sequence transformations, ICML 2019). Every General MIDI instrument of
a drum kit is mapped to one of them: bass drums to the kick; rim, side stick and clap to the snare; the pedal to the closed
hi-hat; crashes, splash and china to the crash; rides and bell to the ride; toms to the low tom (41, 43, 45), the mid tom (47, 48)
and the high tom (50), or, in a file that has other toms than 45, 48 and 50, in pairs: floor toms (41, 43), lower toms (45, 47) and
higher toms (48, 50). Three numbers of electronic kits are also known: 22 and 26 are the edges of the hi-hat, 58 is the rim of the
floor tom. Percussion outside of a kit (tambourine, cowbell, congas, shakers, wood blocks …) is left out.

Of a hit these are kept: its voice; its time to a twenty-fourth of a quarter, which is exact for triplets, swing and thirty-seconds;
its velocity in four levels (a piece that was read has the velocity itself, but the symbols have only the level).
Lost are the instrument within a voice, lengths, pressure and controllers, and finer times and velocities. Hits of several voices
that are less than a twelfth of a quarter apart are put together at their mean time. Of two hits of one voice that are closer than
that (a flam) the louder is kept. A hit that is early for the first bar line of a piece is put on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from genstudio.domains.base import ReadResult
from genstudio.domains.drums import symbols
from genstudio.domains.drums.attributes import ATTRIBUTES
from genstudio.domains.drums.features import FEATURES, features_of
from genstudio.domains.drums.measures import compare
from genstudio.domains.drums.mix import mix
from genstudio.domains.drums.piece import DrumPattern
from genstudio.domains.drums.reading import beat_of
from genstudio.domains.drums.show import tablature
from genstudio.domains.drums.voices import EARLIEST, UNIT, VELOCITIES, VOICES, DrumVoice, hits_of, level_of, notes_of, step_of
from genstudio.domains.music.base import MusicDomain, metre_names
from genstudio.domains.music.midi import title_of
from genstudio.domains.music.notes import Note, cut_bars, main_tempo
from genstudio.domains.music.smf import Song
from genstudio.domains.music.time import MetreChange, TempoChange, metre_named
from genstudio.errors import Message

__all__ = ["DOMAIN", "VELOCITIES", "VOICES", "DrumPattern", "DrumVoice", "DrumsDomain"]

_FRAGMENT_BARS, _FRAGMENT_HITS = 4, 16


class DrumsDomain(MusicDomain):
    """The drums domain; see :class:`genstudio.domains.base.Domain` for the methods."""

    name = "drums"
    label = "Drums"
    several = "patterns"
    no_notes = Message("no hits")
    grammar = symbols.GRAMMAR
    attributes = ATTRIBUTES
    features = FEATURES
    holds = ("metre",)
    to_symbols = staticmethod(symbols.to_symbols)
    from_symbols = staticmethod(symbols.from_symbols)
    mix = staticmethod(mix)
    show = staticmethod(tablature)
    compare = staticmethod(compare)
    measure_features = staticmethod(features_of)
    legend = (
        f"A row is a voice ({', '.join(f'{voice.short} {voice.name}' for voice in VOICES)}), a column a sixteenth; `.` is a ghost "
        "note, `o` soft, `x` medium, `X` loud."
    )

    # -- reading

    def read(
        self, path: Path | str, *, track: int | str | None = None, grid: bool = True, metre: str | None = None
    ) -> ReadResult:
        """The drums of a MIDI file as one pattern: channel 10 of all tracks.

        In a file without notes on channel 10, tracks with the names of drums are taken. Silent bars at either end are left out.

        Args:
            path: the file.
            track: the track to take instead, by number from 1 or by name.
            metre: the metre of the whole pattern ("3/4"); None: as in the file.
            grid: put hits that are close together, as the module describes; False puts each on the nearest twenty-fourth of a
                quarter by itself, and keeps the silence before the first. If all are on twenty-fourths, none is moved.

        Raises:
            FileError: no drums can be read from the file; the message names it and the reason.
        """
        path = Path(path)
        wanted = metre_named(metre)
        with self.reading(path):
            song = self.song(path, wanted)
            beat, remarks = beat_of(song, track, grid=grid)
        piece = DrumPattern.build(**beat._asdict(), title=title_of(song) or path.stem, source=str(path))
        return ReadResult(pieces=[piece], remarks=remarks)

    def parse(self, text: str) -> DrumPattern | None:
        """The pattern of a tablature, as a beat is shown in a terminal; None for other text."""
        return DrumPattern.from_tablature(text)

    def of_song(self, song: Song) -> DrumPattern:
        return DrumPattern.build(**beat_of(song)[0]._asdict())

    # -- phrases and symbols

    def cut(self, piece: DrumPattern, lines: list[int], first: int, last: int) -> DrumPattern:
        """The bars ``first`` (from 0) to ``last - 1``, with the early hits that belong to them."""
        start, end = lines[first], lines[last]
        inside = [note for note in piece.notes if start <= note.start - EARLIEST * UNIT < end]
        return replace(cut_bars(replace(piece, notes=()), lines, first, last), notes=notes_of(hits_of(inside, -start)))

    def opening(self, piece: DrumPattern, whole: bool) -> str:
        """The symbols of the pattern; if ``whole``, without a long rest at its end."""
        return symbols.without_last_rest(piece) if whole else symbols.to_symbols(piece)

    def fragments(self, piece: DrumPattern) -> set[int]:
        """Hashes of all runs of four bars with at least sixteen hits, with their levels and offsets: so they are equal for the same
        take, but not for the same beat played twice."""
        bars = [(bar, symbols.hits_in(bar)) for _, bar in symbols.bars(piece)]
        found = set()
        for first in range(len(bars) - _FRAGMENT_BARS + 1):
            passage = bars[first : first + _FRAGMENT_BARS]
            if sum(hits for _, hits in passage) >= _FRAGMENT_HITS:
                digest = hashlib.blake2b("".join(bar for bar, _ in passage).encode("utf-8"), digest_size=8)
                found.add(int.from_bytes(digest.digest(), "little"))
        return found

    # -- metadata, which does not pass through the latent space

    def accented(self, piece: DrumPattern) -> tuple[Note, ...]:
        """The notes with the velocities of their levels."""
        return tuple(note._replace(velocity=VELOCITIES[level_of(note.velocity)]) for note in piece.notes)

    def keep(self, piece: DrumPattern, given: DrumPattern) -> DrumPattern:
        """The piece with the tempos and velocities of ``given``, with whose hits it begins; the last tempo continues."""
        loud = {note[:3]: note.velocity for note in given.notes}
        notes = tuple(note._replace(velocity=loud.get(note[:3], note.velocity)) for note in piece.notes)
        return replace(piece, notes=notes, tempos=given.tempos)

    def rebuilt(
        self, like: DrumPattern, notes: Sequence[Note], metres: Sequence[MetreChange], tempos: Sequence[TempoChange], length: int
    ) -> DrumPattern:
        return DrumPattern.build(hits_of(notes), metres, tempos, length, program=like.program)

    # -- showing

    def describe(self, piece: DrumPattern) -> dict[str, Any]:
        """Title, bars, metre, tempo, kit, hits, voices and length in seconds."""
        pitches = {note.pitch for note in piece.notes}
        return {
            "title": piece.title,
            "bars": piece.bars,
            "metre": metre_names(piece),
            "tempo": round(main_tempo(piece), 2),
            "kit": piece.program,
            "hits": len(piece.notes),
            "voices": ", ".join(voice.name for voice in VOICES if voice.pitch in pitches),
            "seconds": round(piece.seconds, 2),
        }

    def parts(self, piece: DrumPattern) -> list[tuple[int, int]]:
        """The hits: sixteenth and voice of each, so that hits with slightly other times or velocities count as the same."""
        return sorted((step_of(note.start), note.pitch) for note in piece.notes)

    def part_name(self, piece: DrumPattern) -> str:
        """The name of a part: "hit"."""
        return "hit"


DOMAIN = DrumsDomain()
