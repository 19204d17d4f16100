"""The class of melodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from genstudio.domains.melody.show import svg
from genstudio.domains.music import midi
from genstudio.domains.music.line import Line
from genstudio.domains.music.midi_line import line_of

if TYPE_CHECKING:
    import pretty_midi

__all__ = ["Melody"]


@dataclass(frozen=True, kw_only=True)
class Melody(Line):
    """One voice of notes, which do not overlap, in bars.

    tonic: the reference pitch, to which the pitches of the symbols are relative.
    key: as the source states it ("G major", "A dorian"), or None.
    """

    def to_pretty_midi(self) -> pretty_midi.PrettyMIDI:
        """The melody as a ``pretty_midi.PrettyMIDI`` with 480 ticks per quarter."""
        return midi.to_pretty_midi(self)

    @classmethod
    def from_pretty_midi(cls, pm: pretty_midi.PrettyMIDI, track: int | str | None = None) -> Melody:
        """The melody of a ``pretty_midi.PrettyMIDI``; the track is chosen as for a file.

        Raises:
            FileError: it has no notes, or no such track.
        """
        return cls.of(line_of(midi.song_of_pretty_midi(pm), track=track)[0])

    def _repr_html_(self) -> str:
        return svg(self)
