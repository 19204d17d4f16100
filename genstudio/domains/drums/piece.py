"""The class of drum patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from genstudio.domains.drums.reading import beat_of
from genstudio.domains.drums.show import SIGNS, svg
from genstudio.domains.drums.voices import INDEX_OF, STEP, VELOCITIES, VOICES, Hit, hits_of, notes_of
from genstudio.domains.music import midi
from genstudio.domains.music.notes import Music, Note, inside
from genstudio.domains.music.time import MetreChange, TempoChange, full_bars, tidy_tempos

if TYPE_CHECKING:
    import pretty_midi

__all__ = ["DrumPattern"]


@dataclass(frozen=True, kw_only=True)
class DrumPattern(Music):
    """Hits of the nine voices in bars; the pitch of a note is that of its voice, and all notes have the same short length.

    Starts are on twenty-fourths of a quarter (20 ticks). A hit belongs to a sixteenth if it is at most two twenty-fourths before or
    three after it, so an early hit may lie before the bar line of its bar. There is no pickup. ``program`` is the kit.
    """

    pitched: ClassVar[bool] = False

    @classmethod
    def build(
        cls, hits: Iterable[Hit], metres: Sequence[MetreChange], tempos: Sequence[TempoChange], length: int, **rest: Any
    ) -> DrumPattern:
        """Build a pattern of full bars.

        Args:
            hits: in any order.
            metres: should lie on bar lines.
            tempos: in any order.
            length: the minimal length in ticks.
            rest: other fields.
        """
        tidy, _, end = full_bars(metres, 0, length)
        return cls(notes=notes_of(hits), metres=tidy, tempos=tidy_tempos(tempos, end), length=end, **rest)

    @classmethod
    def from_tablature(cls, text: str) -> DrumPattern | None:
        """The pattern of a :func:`genstudio.domains.drums.show.tablature`, on its sixteenths; None for a text that is none."""
        of_row = {voice.short: index for index, voice in enumerate(VOICES)}
        hits: list[Hit] = []
        bars: list[int] = []  # sixteenths of each
        below: list[int] = []  # those of the rows that are being read
        for line in [*text.splitlines(), ""]:
            name, *parts = line.strip().rstrip("|").split("|")
            if name not in of_row:
                bars, below = bars + below, []
                continue
            wide, row = [len(part) for part in parts], "".join(parts)
            if set(row) - set(SIGNS + "-") or not all(0 < part <= 64 for part in wide) or below not in ([], wide):
                return None
            below, first = wide, sum(bars)
            hits += [
                ((first + place) * STEP, of_row[name], VELOCITIES[SIGNS.index(sign)])
                for place, sign in enumerate(row) if sign != "-"
            ]  # fmt: skip
        if not bars:
            return None
        metres = []
        for number, wide_bar in enumerate(bars):
            metre = (wide_bar // 4, 4) if wide_bar % 4 == 0 else (wide_bar, 16)
            metres.append(MetreChange(sum(bars[:number]) * STEP, *metre))
        return cls.build(hits, metres, [], sum(bars) * STEP)

    def with_notes(self, notes: Iterable[Note], part: int = 0) -> DrumPattern:
        hits = hits_of(note for note in inside(notes, self.length) if note.pitch in INDEX_OF)
        return replace(self, notes=notes_of(hits))

    def to_pretty_midi(self) -> pretty_midi.PrettyMIDI:
        """The pattern as a ``pretty_midi.PrettyMIDI`` with 480 ticks per quarter and one instrument, which is drums."""
        return midi.to_pretty_midi(self)

    @classmethod
    def from_pretty_midi(cls, pm: pretty_midi.PrettyMIDI, track: int | str | None = None) -> DrumPattern:
        """The drums of a ``pretty_midi.PrettyMIDI``; the track is chosen as for a file.

        Raises:
            FileError: it has no drums, or no such track.
        """
        return cls.build(**beat_of(midi.song_of_pretty_midi(pm), track)[0]._asdict())

    def _repr_html_(self) -> str:
        return svg(self)
