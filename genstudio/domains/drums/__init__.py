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
    """The drums domain; see :class:`genstudio.domains.base.Domain` for what each method promises."""

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
        wanted = metre_named(metre)
        with self.reading(path):
            song = self.song(path, wanted)
            beat, remarks = beat_of(song, track, grid=grid)
        piece = DrumPattern.build(**beat._asdict(), title=title_of(song) or path.stem, source=str(path))
        return ReadResult(pieces=[piece], remarks=remarks)

    def of_song(self, song: Song) -> DrumPattern:
        return DrumPattern.build(**beat_of(song)[0]._asdict())

    # -- phrases and symbols

    def cut(self, piece: DrumPattern, lines: list[int], first: int, last: int) -> DrumPattern:
        """The bars from ``first`` (from 0) to before ``last``, with the hits that are early for them."""
        start, end = lines[first], lines[last]
        inside = [note for note in piece.notes if start <= note.start - EARLIEST * UNIT < end]
        return replace(cut_bars(replace(piece, notes=()), lines, first, last), notes=notes_of(hits_of(inside, -start)))

    def opening(self, piece: DrumPattern, whole: bool) -> str:
        """The symbols of the pattern; without a long rest at its end where ``whole``."""
        return symbols.without_last_rest(piece) if whole else symbols.to_symbols(piece)

    def fragments(self, piece: DrumPattern) -> set[int]:
        """Hashes of every four bars in a row that hold at least sixteen hits, with their levels and offsets: the same beat played
        twice does not count as the same, the same take does."""
        bars = [(bar, symbols.hits_in(bar)) for _, bar in symbols.bars(piece)]
        found = set()
        for first in range(len(bars) - _FRAGMENT_BARS + 1):
            passage = bars[first : first + _FRAGMENT_BARS]
            if sum(hits for _, hits in passage) >= _FRAGMENT_HITS:
                digest = hashlib.blake2b("".join(bar for bar, _ in passage).encode("utf-8"), digest_size=8)
                found.add(int.from_bytes(digest.digest(), "little"))
        return found

    # -- what does not pass through the latent space

    def accented(self, piece: DrumPattern) -> tuple[Note, ...]:
        """The notes with the velocities of their levels."""
        return tuple(note._replace(velocity=VELOCITIES[level_of(note.velocity)]) for note in piece.notes)

    def keep(self, piece: DrumPattern, given: DrumPattern) -> DrumPattern:
        """The piece with the tempos and velocities of the pattern that it begins with; its last tempo holds on."""
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
        """The hits: sixteenth and voice of each, so that one that is a little later or louder counts as the same."""
        return sorted((step_of(note.start), note.pitch) for note in piece.notes)

    def part_name(self, piece: DrumPattern) -> str:
        """A hit."""
        return "hit"


DOMAIN = DrumsDomain()
