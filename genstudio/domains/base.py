"""The seam between the engine and a kind of data.

Everything that differs between text and music is behind :class:`Domain`; a new kind of data is one package in this folder
with a ``DOMAIN`` object. The engine sees symbols (characters), a :class:`Grammar` that says which of them matter to the layout of
a sequence, and :class:`Piece` objects that it passes through unopened. What some domains can do and others cannot is an attribute
or a method with a default there; the engine asks for that, never which domain it has.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from genstudio.errors import DamagedFileError, Message
from genstudio.records import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Attribute", "Domain", "Grammar", "Piece", "Preview", "ReadResult", "Refusal", "Track"]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One item of a domain. ``title`` is for people, ``source`` says where it came from (file, or file#tune), ``labels`` are
    ``(column, value)`` that a table gives it."""

    title: str = ""
    source: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A file, or a part of one (``path#3``), that gave no piece, and the reason in one clear clause."""

    path: str
    reason: str


@dataclass
class ReadResult:
    """What reading a file gave: whole pieces, refusals, and remarks that a person should see (the chosen track …)."""

    pieces: list[Any] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """The beginning of a table of texts, for a person to choose the column by.

    columns: the names of the columns or fields, or their numbers from 0 where they have no names. rows: the first rows, a cell for
    each column, "" where a row has none. column: the one that would be read, or "" where that must be chosen. separator: what
    separates the cells, "" where that is nothing. named: whether the first row names the columns. encoding: as Python names it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    column: str = ""
    separator: str = ""
    named: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Track:
    """One voice of a file of music, for a person to choose by.

    number: from 1, as the reader's option ``track`` takes it. notes: how many it has. drums: whether it is percussion. program: the
    General MIDI instrument, 0 .. 127. chosen: the one that is taken where nobody chooses.
    """

    number: int
    name: str
    notes: int
    drums: bool
    program: int
    chosen: bool


@dataclass(frozen=True)
class Grammar:
    """What the engine may know of a domain's symbols.

    indivisible: symbols that are always a token of their own.
    separator: the symbol that begins a new segment (a bar), or "" where sequences have one segment only.
    interchangeable: symbols of which any may stand for any other of them (a key): training replaces each by a random one.
    pitches: symbols that say how high a note is, and nothing of when it is there ("" where none say only that).
    alphabet: every symbol that must be in the vocabulary even if the training data lack it ("" where bytes serve).
    advance: how far a token (a string of symbols) moves within its segment, in the domain's own unit (>= 0).
    phases: positions within a segment are clipped to ``0 .. phases - 1``.
    size: how long a segment is after a token that says so, in the unit of ``advance``; 0 for a token that says nothing; None where
        segments have no size. A segment that is full is followed by the next one or by the end.
    words: how many words a token begins (the first of a sequence begins one in any case); None where pieces have no words.
    """

    indivisible: str = ""
    separator: str = ""
    interchangeable: str = ""
    pitches: str = ""
    alphabet: str = ""
    advance: Callable[[str], int] = len
    phases: int = 256
    size: Callable[[str], int] | None = None
    words: Callable[[str], int] | None = None


@dataclass(frozen=True)
class Attribute:
    """Something of a piece that can be measured: what a slider moves and a map is coloured by.

    name: as it is typed ("density"). label, unit: for people. help: what it is, with its source. measure: piece to number, finite
    for every piece.
    """

    name: str
    label: str
    unit: str
    help: str
    measure: Callable[[Any], float]


class Domain(ABC):
    """What the engine asks of a kind of data.

    A domain states its attributes and overrides the abstract methods; the others have defaults, which suit pieces that have
    nothing beside their symbols but a title.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    kind: ClassVar[str]
    """What pieces are for a person, by which views and formats are chosen: "music" (a ``Music``) or "text" (with ``text``)."""
    suffixes: ClassVar[tuple[str, ...]]
    """Of the files that :meth:`read` reads: lower case, with dot."""
    output_suffix: ClassVar[str]
    """Of the file that :meth:`write` writes where no name is given."""
    grammar: ClassVar[Grammar]
    attributes: ClassVar[tuple[Attribute, ...]] = ()
    """What can be measured of a piece."""
    unit: ClassVar[str]
    """What a person counts a piece in: "bar", "word"."""
    features: ClassVar[tuple[str, ...]] = ()
    """What is heard of a piece, by name, see :meth:`measure_features`; () where nothing is."""
    holds: ClassVar[tuple[str, ...]] = ()
    """What :meth:`held` can keep of a piece: "key" …"""
    holds_within: ClassVar[tuple[str, ...]] = ()
    """What it must keep of a phrase that follows another, for both to fit together."""
    pitched: ClassVar[bool] = False
    """Whether pieces are music whose notes are tones."""
    legend: ClassVar[str] = ""
    """What the signs of :meth:`show` mean, where that needs a word."""
    has_variants: ClassVar[bool] = False
    """Whether :meth:`variant` makes other pieces, for training."""

    # -- what a domain must have

    @abstractmethod
    def read(self, path: Path, *args: Any, **options: Any) -> ReadResult:
        """Whole pieces of a file; its own keyword arguments are the options that a person may set.

        Raises:
            FileError: the file as a whole cannot be read (the message names it and the reason).
        """

    @abstractmethod
    def write(self, piece: Any, path: Path, text: str = "") -> None:
        """Write a piece; the suffix chooses the format. Written whole or not at all. ``text`` (ASCII) goes along unseen where the
        format has room for it."""

    @abstractmethod
    def to_symbols(self, piece: Any) -> str:
        """The piece as a string of symbols, without loss."""

    @abstractmethod
    def from_symbols(self, symbols: str) -> Any:
        """A valid piece from any string whatever; inverse of :meth:`to_symbols` on its image."""

    @abstractmethod
    def units(self, piece: Any) -> int:
        """How many units (bars, words) a piece has."""

    @abstractmethod
    def part(self, piece: Any, first: int, last: int) -> Any:
        """The units ``first`` to ``last`` of a piece, counted from 1, both included, silence and all."""

    @abstractmethod
    def mix(self, a: Any, b: Any, share: float, seed: int) -> Any:
        """A piece made of two without a model: what the latent space is measured against.

        Args:
            a: the piece itself is the result at a share of 0.
            b: the same at a share of 1.
            share: of b in the result.
            seed: decides what is taken from which.
        """

    @abstractmethod
    def show(self, piece: Any, width: int = 80) -> str:
        """The piece for a terminal of ``width`` columns (a small piano roll, the text itself)."""

    @abstractmethod
    def describe(self, piece: Any) -> dict[str, Any]:
        """Facts for JSON and cards: title, length, metre, key, text …"""

    @abstractmethod
    def compare(self, references: Sequence[Any], hypotheses: Sequence[Any]) -> dict[str, float]:
        """Measures of reconstruction, mean over pairs; always has ``exact``."""

    @abstractmethod
    def parts(self, piece: Any) -> Sequence[Hashable]:
        """What a person counts a piece by (its notes, its words), in order; equal where two count as the same."""

    @abstractmethod
    def part_name(self, piece: Any) -> str:
        """What :meth:`parts` of this piece are: "note", "hit", "word", "character"."""

    # -- what a piece is for a person

    @property
    def plays(self) -> bool:
        """Whether pieces are music (a ``Music``): they are heard and drawn."""
        return self.kind == "music"

    @property
    def is_text(self) -> bool:
        """Whether pieces are read: they have a ``text``."""
        return self.kind == "text"

    def text_of(self, piece: Any) -> str:
        """The text of a piece, "" where pieces are no text."""
        return str(piece.text) if self.is_text else ""

    # -- files and what else a piece is made from

    def tracks(self, path: Path) -> list[Track]:
        """What a file holds side by side, of which :meth:`read` takes one (``track=``); none where there is no such choice.

        Raises:
            FileError: the file cannot be read.
        """
        return []

    def preview(self, path: Path, rows: int = 5, *, separator: str | None = None, encoding: str = "") -> Preview | None:
        """How a table begins, so that a person can say what of it is meant; None for a file that is no table.

        Args:
            path: the file.
            rows: how many rows are shown.
            separator: what separates the cells; None finds it.
            encoding: as Python names it; "" finds it.

        Raises:
            FileError: the file cannot be read.
        """
        return None

    def parse(self, text: str) -> Any | None:
        """A piece from what a person typed, or None where the domain has no typed form."""
        return None

    def from_object(self, source: Any) -> Any | None:
        """A piece from an object of another library, or None where it is something else.

        Raises:
            FileError: there is no piece in it.
        """
        return None

    # -- phrases and symbols

    def phrases(self, piece: Any, length: int, stride: int, shortest: int) -> list[Any]:
        """What training takes of a piece.

        Args:
            piece: to be divided.
            length: of each phrase in units (bars); 0: the piece is its own phrase.
            stride: units from one phrase to the next.
            shortest: what is left at the end, or a whole piece that is shorter, is kept when it has so many units.
        """
        return [piece]

    def phrase_symbols(self, piece: Any, length: int, stride: int, shortest: int) -> list[str]:
        """What :meth:`to_symbols` gives for each of the :meth:`phrases`."""
        return [self.to_symbols(phrase) for phrase in self.phrases(piece, length, stride, shortest)]

    def why_no_phrase(self, piece: Any, length: int, shortest: int) -> str:
        """The reason, in a clause, why :meth:`phrases` gave nothing for the piece."""
        if not length:
            return Message("nothing to learn from in it")
        return Message("no phrase of {length} bar" if length == 1 else "no phrase of {length} bars", length=length)

    def opening(self, piece: Any, whole: bool) -> str:
        """The symbols with which a continuation of ``piece`` begins.

        Args:
            piece: the beginning.
            whole: nothing was left out after ``piece``; then what only fills it up at its end (silence, spaces) is left out.
        """
        return self.to_symbols(piece)

    def held(self, piece: Any, names: Sequence[str]) -> tuple[list[str], str]:
        """How a sequence is kept to traits of ``piece`` (some of :attr:`holds` and :attr:`holds_within`).

        Returns:
            The symbols it begins with, one each, "" where any may stand; and the symbols that may not come after those.
        """
        return [], ""

    def variant(self, piece: Any, draw: np.random.Generator, length: int) -> Any:
        """Another piece of at most ``length`` units made of this one, for training."""
        return piece

    # -- corpora

    def fingerprint(self, piece: Any) -> str:
        """Equal for pieces that count as the same (melodies up to transposition)."""
        return hashlib.sha1(self.to_symbols(piece).encode("utf-8"), usedforsecurity=False).hexdigest()

    def fragments(self, piece: Any) -> set[int]:
        """Hashes of long passages; pieces of a corpus that share one are kept on the same side of a split."""
        return set()

    # -- what does not pass through the latent space

    def with_metadata_between(self, piece: Any, a: Any, b: Any, t: float) -> Any:
        """Give a decoded piece what does not pass through the latent space (tempo …), ``t`` of the way from a to b."""
        return piece

    def metadata(self, piece: Any) -> dict[str, Any]:
        """What a piece has beside its symbols (tempo, key, instrument …), as JSON values."""
        return {"title": piece.title, "source": piece.source}

    def with_metadata(self, piece: Any, metadata: Mapping[str, Any]) -> Any:
        """Inverse of :meth:`metadata`: ``with_metadata(from_symbols(to_symbols(x)), metadata(x))`` is x.

        Raises:
            DamagedFileError: they do not fit the piece.
        """
        try:
            record = Record(metadata)
            return replace(piece, **{name: record.text(name) for name in ("title", "source") if name in record})
        except ValueError as error:
            raise DamagedFileError("what is recorded of a piece's title is damaged ({reason}).", reason=error) from error

    def keep(self, piece: Any, given: Any) -> Any:
        """``piece``, which begins with ``given``, with what that part of it has beside its symbols (loudness, tempos)."""
        return piece

    def join(self, pieces: Sequence[Any]) -> Any | None:
        """All pieces one after the other, or None where that makes no sense."""
        return None

    # -- measures

    def measure_features(self, piece: Any) -> NDArray[np.float32]:
        """The :attr:`features` of a piece, float32 [features], all finite: what a listener compares before the notes."""
        import numpy as np  # late: --help does not wait for it

        return np.zeros(len(self.features), np.float32)
