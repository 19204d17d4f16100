"""What an export format is: the one description that the library, the command, the window and the documentation use.

Nothing here needs a library of sound or pictures, so the command line can read the descriptions in no time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from genstudio import config
from genstudio.domains import Domain, Music, TempoChange, domain_of
from genstudio.provenance import LONGEST, Provenance

__all__ = ["Choice", "Format", "MusicOptions", "NoOptions", "PlayedOptions", "Request", "Trace", "read_text"]

Own = TypeVar("Own", bound="NoOptions", covariant=True)


@dataclass(frozen=True)
class NoOptions:
    """The options of a format that has none. Others derive from it."""

    def prepare(self, piece: Any) -> Any:
        """The piece as it is to be written."""
        return piece


@dataclass(frozen=True)
class MusicOptions(NoOptions):
    """Options of all formats for music."""

    tempo: float = config.field(1.0, "Tempo", "How many times as fast.", unit="×", low=0.1, high=10.0)

    def prepare(self, piece: Any) -> Any:
        """The piece, so many times as fast."""
        if self.tempo == 1.0:
            return piece
        return replace(piece, tempos=tuple(TempoChange(tick, bpm * self.tempo) for tick, bpm in piece.tempos))


@dataclass(frozen=True)
class _Instrument(NoOptions):
    instrument: str = config.field("", "Instrument", "By name or General MIDI number from 1; of drums the kit.")


@dataclass(frozen=True)
class PlayedOptions(MusicOptions, _Instrument):  # the fields of the last base come first
    """Options of formats that say which instrument plays."""

    def prepare(self, piece: Any) -> Any:
        """The piece with the instrument or kit, so many times as fast."""
        if self.instrument:
            from genstudio.rendering.instruments import kit_of, program_of

            piece = replace(piece, program=program_of(self.instrument) if piece.pitched else kit_of(self.instrument))
        return super().prepare(piece)


@dataclass(frozen=True)
class Request(Generic[Own]):
    """What is to be written. pieces: of one domain. traces: how each was made, where that is known."""

    pieces: Sequence[Any]
    path: Path
    options: Own
    traces: Sequence[Provenance | None] = ()

    @property
    def notes(self) -> list[str]:
        """The trace of each piece as text, "" where there is none."""
        return [trace.to_text() if trace is not None else "" for trace in self.traces]

    @property
    def note(self) -> str:
        """The trace of the first piece as text."""
        return self.notes[0] if self.notes else ""

    @property
    def domain(self) -> Domain:
        return domain_of(self.pieces[0])

    @property
    def one(self) -> Music:
        """The piece of music; several become one, one after the other."""
        music = self.domain.join(self.pieces) if len(self.pieces) > 1 else self.pieces[0]
        assert isinstance(music, Music)
        return music

    def joined(self) -> list[str]:
        """What is said where several pieces became one."""
        count = len(self.pieces)
        return [f"{count} pieces were put one after the other."] if count > 1 else []


@dataclass(frozen=True)
class Trace:
    """How the provenance in a file is found.

    read: from the open file, the texts that may be a trace. starts: the first bytes of such a file; b"": it is text. suffixes: of
    the only files that are read so; (): of any name.
    """

    read: Callable[[BinaryIO], Iterator[str]]
    starts: bytes = b""
    suffixes: tuple[str, ...] = ()


def read_text(file: BinaryIO) -> str:
    """The text of a file of reasonable size, "" of a larger one."""
    data = file.read(LONGEST + 1)
    return data.decode("utf-8", "replace").replace("\r\n", "\n") if len(data) <= LONGEST else ""


@dataclass(frozen=True)
class Choice:
    """An entry for a format in the window's list; its words are offered for translation.

    name: of the entry. group: "music", "sound", "score", "roll" or "text". asks: the options that are asked for. fixed: the
    options that make it what it is. joined: whether several pieces go into one file if nothing else is asked for. unpitched: its
    label where the pieces are drums.
    """

    name: str
    group: str
    label: str
    help: str
    asks: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    joined: bool = False
    unpitched: str = ""


@dataclass(frozen=True)
class Format(Generic[Own]):
    """An export format.

    name: what it is asked for by. label: what people call it. suffixes: of its files, the usual one first. kind: of the pieces it
    takes, "music" or "text". options: the dataclass of its options. write: writes the file and returns remarks. choices: its
    entries in the window. pitched: whether it holds tones only, not drums. traces: how the provenance in its files is found.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    kind: str
    options: type[Own]
    write: Callable[[Request[Own]], list[str]]
    choices: tuple[Choice, ...]
    pitched: bool = False
    traces: tuple[Trace, ...] = ()

    @property
    def option_names(self) -> list[str]:
        """The names of its options."""
        return [item.name for item in dataclasses.fields(self.options)]

    def fits(self, piece: Any) -> bool:
        """Whether such a piece can be written so."""
        return domain_of(piece).kind == self.kind and (not self.pitched or bool(piece.pitched))
