"""The description of an export format, which the Python API, the command line, the window and the documentation share.

Nothing here needs a library for sound or pictures, so that the command line loads the descriptions quickly.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from genstudio import config
from genstudio.domains import Domain, Music, TempoChange, domain_of
from genstudio.errors import ConfigError, FileError
from genstudio.provenance import LONGEST, Provenance

__all__ = ["Choice", "Format", "MusicOptions", "NoOptions", "PlayedOptions", "Request", "Trace", "read_text"]

_KINDS = ("music", "text")  # that formats are for

Own = TypeVar("Own", bound="NoOptions", covariant=True)


@dataclass(frozen=True)
class NoOptions:
    """The options of a format that has none, and the base class of all others."""

    def prepare(self, piece: Any) -> Any:
        """The piece with the options applied, as it is written."""
        return piece


@dataclass(frozen=True)
class MusicOptions(NoOptions):
    """Options of all formats for music."""

    tempo: float = config.field(1.0, "Tempo", "How many times as fast.", unit="×", low=0.1, high=10.0)
    parts: str = config.field(
        "", "Parts", "Of a score, by number from 1, name or role: melody,symbols for a lead sheet.", unit="P,P"
    )

    def prepare(self, piece: Any) -> Any:
        """The piece with all tempos multiplied, and of a score only the wanted parts."""
        if self.parts:
            piece = _chosen(piece, self.parts)
        if self.tempo == 1.0:
            return piece
        return replace(piece, tempos=tuple(TempoChange(tick, bpm * self.tempo) for tick, bpm in piece.tempos))


def _chosen(piece: Any, parts: str) -> Any:
    """A score with some of its parts.

    Raises:
        ConfigError: it has no parts, or not these.
    """
    if not piece.parts:
        raise ConfigError("parts means nothing for {label}: only scores have parts.", label=domain_of(piece).label.lower())
    from genstudio.domains.score.selection import selected

    try:
        return replace(piece, parts=tuple(selected(piece.parts, parts)[0]))
    except FileError as error:
        raise ConfigError("{reason}.", reason=error) from error


@dataclass(frozen=True)
class _Instrument(NoOptions):
    instrument: str = config.field("", "Instrument", "By name or General MIDI number from 1; of drums the kit.")


@dataclass(frozen=True)
class PlayedOptions(MusicOptions, _Instrument):  # the fields of the last base come first
    """Options of formats that state the instrument."""

    def prepare(self, piece: Any) -> Any:
        """The piece with the instrument or kit, and with all tempos multiplied."""
        if self.instrument:
            from genstudio.rendering.instruments import kit_of, program_of

            piece = piece.played_by(program_of(self.instrument) if piece.pitched else kit_of(self.instrument))
        return super().prepare(piece)


@dataclass(frozen=True)
class Request(Generic[Own]):
    """A request to write a file. pieces: of one domain. traces: the provenance of each piece, where it is known."""

    pieces: Sequence[Any]
    path: Path
    options: Own
    traces: Sequence[Provenance | None] = ()

    @property
    def notes(self) -> list[str]:
        """The provenance of each piece as text, "" where there is none."""
        return [trace.to_text() if trace is not None else "" for trace in self.traces]

    @property
    def note(self) -> str:
        """The provenance of the first piece as text."""
        return self.notes[0] if self.notes else ""

    @property
    def domain(self) -> Domain:
        return domain_of(self.pieces[0])

    @property
    def one(self) -> Music:
        """The piece of music; several are joined one after the other."""
        music = self.domain.join(self.pieces) if len(self.pieces) > 1 else self.pieces[0]
        assert isinstance(music, Music)
        return music

    def joined(self) -> list[str]:
        """The remark for several pieces that were joined."""
        count = len(self.pieces)
        return [f"{count} pieces were put one after the other."] if count > 1 else []


@dataclass(frozen=True)
class Trace:
    """How the provenance in a file is found.

    read: yields the texts in the open file that may be a provenance. starts: the first bytes of such files; b"": text files.
    suffixes: of such files; (): any.
    """

    read: Callable[[BinaryIO], Iterator[str]]
    starts: bytes = b""
    suffixes: tuple[str, ...] = ()


def read_text(file: BinaryIO) -> str:
    """The text of a file, or "" if it is too large."""
    data = file.read(LONGEST + 1)
    return data.decode("utf-8", "replace").replace("\r\n", "\n") if len(data) <= LONGEST else ""


@dataclass(frozen=True)
class Choice:
    """An entry for a format in the list of the window; label and help are translated.

    name: of the entry. group: "music", "sound", "score", "roll", "text", "chart" or "other". asks: the options that the window asks
    for. fixed: the options that the entry sets. joined: whether several pieces go into one file by default. unpitched: the label
    for drums.
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

    name: for the API and the command line. label: for people. suffixes: of its files, the usual one first. kind: of the pieces
    that it takes, "music" or "text"; "": of any other kind, in files as the domain writes them. charts: which of its options there
    are for pieces that their domain draws; () where it does not take such. options: the dataclass of its
    options. write: writes the file and returns remarks. choices: its entries in the window. pitched: whether it is for melodies
    only, not for drums. traces: how the provenance is found.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    kind: str
    options: type[Own]
    write: Callable[[Request[Own]], list[str]]
    choices: tuple[Choice, ...]
    pitched: bool = False
    charts: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()

    @property
    def option_names(self) -> list[str]:
        """The names of the options."""
        return [item.name for item in dataclasses.fields(self.options)]

    def options_for(self, domain: Domain) -> list[str]:
        """The names of those that there are for pieces of a domain."""
        return [name for name in self.option_names if not domain.picture or name in self.charts]

    def takes(self, domain: Domain) -> bool:
        """Whether the pieces of a domain can be written in this format."""
        if not self.kind:
            return domain.kind not in _KINDS
        if domain.picture and self.charts:
            return True
        return domain.kind == self.kind and (not self.pitched or domain.pitched)

    def suffix_for(self, piece: Any) -> str:
        """The usual suffix of a file with this piece."""
        return self.suffixes[0] if self.suffixes else domain_of(piece).output_suffix

    def fits(self, piece: Any) -> bool:
        """Whether a piece can be written in this format."""
        return self.takes(domain_of(piece)) and (not self.pitched or bool(piece.pitched))

    def offers(self, choice: Choice, piece: Any) -> bool:
        """Whether a piece can be written as an entry says."""
        drawn = bool(self.charts) and domain_of(piece).picture is not None
        return self.fits(piece) and drawn == (choice.group == "chart")
