"""The drum pattern."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from genstudio.domains.drums.reading import beat_of
from genstudio.domains.drums.show import svg
from genstudio.domains.drums.voices import Hit, notes_of
from genstudio.domains.music import midi
from genstudio.domains.music.notes import Music
from genstudio.domains.music.time import MetreChange, TempoChange, full_bars, tidy_tempos

if TYPE_CHECKING:
    import pretty_midi

__all__ = ["DrumPattern"]


@dataclass(frozen=True, kw_only=True)
class DrumPattern(Music):
    """Hits of the nine voices over bars; a note's pitch is its voice's, and all notes are of one short length.

    Starts are on twenty-fourths of a quarter (20 ticks); a hit belongs to the sixteenth that it is at most two of them before or
    three of them after, so an early one may stand before the line of its bar. There is no pickup. ``program`` is the kit.
    """

    pitched: ClassVar[bool] = False

    @classmethod
    def build(
        cls, hits: Iterable[Hit], metres: Sequence[MetreChange], tempos: Sequence[TempoChange], length: int, **rest: Any
    ) -> DrumPattern:
        """A pattern of full bars.

        Args:
            hits: in any order.
            metres: should lie on bar lines.
            tempos: in any order.
            length: the least length in ticks.
            rest: other fields.
        """
        tidy, _, end = full_bars(metres, 0, length)
        return cls(notes=notes_of(hits), metres=tidy, tempos=tidy_tempos(tempos, end), length=end, **rest)

    def to_pretty_midi(self) -> pretty_midi.PrettyMIDI:
        """The pattern as a ``pretty_midi.PrettyMIDI`` of 480 ticks a quarter with one instrument, which is drums."""
        return midi.to_pretty_midi(self)

    @classmethod
    def from_pretty_midi(cls, pm: pretty_midi.PrettyMIDI, track: int | str | None = None) -> DrumPattern:
        """The drums of a ``pretty_midi.PrettyMIDI``, chosen as those of a file are.

        Raises:
            FileError: it has no drums, or no such track.
        """
        return cls.build(**beat_of(midi.song_of_pretty_midi(pm), track)[0]._asdict())

    def _repr_html_(self) -> str:
        return svg(self)
