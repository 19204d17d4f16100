"""The interface between the engine and a kind of data.

Everything that differs between text and music is behind :class:`Domain`; a new kind of data is one package in this folder
with a ``DOMAIN`` object. The engine sees symbols (characters), a :class:`Grammar` that says which of them determine the layout of
a sequence, and :class:`Piece` objects, whose contents it does not look at. What only some domains can do is an attribute or a
method with a default here; the engine checks for these, never for a certain domain.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from genstudio.errors import ConfigError, DamagedFileError, Message
from genstudio.records import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Attribute", "Choice", "Domain", "Grammar", "Piece", "Preview", "ReadResult", "Refusal", "Track"]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One item of a domain. ``title`` is for people, ``source`` says where it came from (file, or file#tune), ``labels`` are
    pairs ``(column, value)`` from the table that it was read from."""

    title: str = ""
    source: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A file, or a part of one (``path#3``), that could not be read as a piece, and the reason in one clear clause."""

    path: str
    reason: str


@dataclass
class ReadResult:
    """The result of reading a file: whole pieces, refusals, and remarks that a person should see (the chosen track …)."""

    pieces: list[Any] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """The beginning of a table of texts, from which a person can choose the column to read.

    columns: the names of the columns or fields, or their numbers from 0 where they have no names. rows: the first rows, a cell for
    each column, "" where a row has none. column: the one that is read by default, or "" where it must be chosen. separator: the
    character between cells, "" where there is none. named: whether the first row names the columns. encoding: as Python names it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    column: str = ""
    separator: str = ""
    named: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Track:
    """One voice of a file of music, from which a person can choose the voice to read.

    number: from 1, as the reader's option ``track`` takes it. notes: how many it has. drums: whether it is percussion. program: the
    General MIDI instrument, 0 .. 127. chosen: whether it is the one that is read by default.
    """

    number: int
    name: str
    notes: int
    drums: bool
    program: int
    chosen: bool


@dataclass(frozen=True)
class Grammar:
    """What the engine knows of a domain's symbols.

    indivisible: symbols that are always a token of their own.
    separator: the symbol that begins a new segment (a bar), or "" where sequences have one segment only.
    interchangeable: symbols that can replace each other (the keys, by transposition): training replaces each by a random one.
    pitches: symbols that state the pitch of a note and nothing of its time ("" where no symbols state only that).
    tie: the symbol before a pitch that sounds on from the segment before, or "" where there is none.
    alphabet: every symbol that must be in the vocabulary even if the training data lack it ("" where tokens are made of bytes).
    advance: how far a token (a string of symbols) moves within its segment, in the domain's own unit (>= 0).
    phases: positions within a segment are clipped to ``0 .. phases - 1``.
    size: how long a segment is after a token that states it, in the unit of ``advance``; -1 for a token before the first separator
        that begins a part of the piece, whose pickup follows; 0 for any other token; None where segments have no size. A segment
        that is full is followed by the next one or by the end.
    gap: the symbol of a step that is missing, or "" where none can be.
    words: how many words a token begins (the first of a sequence begins one in any case); None where pieces have no words.
    """

    indivisible: str = ""
    separator: str = ""
    interchangeable: str = ""
    pitches: str = ""
    tie: str = ""
    alphabet: str = ""
    advance: Callable[[str], int] = len
    phases: int = 256
    size: Callable[[str], int] | None = None
    gap: str = ""
    words: Callable[[str], int] | None = None


@dataclass(frozen=True)
class Attribute:
    """A property of a piece that can be measured: a slider changes it, and a map is coloured by it.

    name: as it is typed ("density"). label, unit: for people. help: what it is, with its source. measure: of a piece, finite
    for every piece.
    """

    name: str
    label: str
    unit: str
    help: str
    measure: Callable[[Any], float]


@dataclass(frozen=True)
class Choice:
    """How one of several decodings is chosen as the piece between others, see :mod:`genstudio.generation.choosing`.

    temperature: of the decodings. likely: the weight of the likelihood (nats per token) against the features. For melodies of two
    bars, betweenness and cost are 0.63 and 0.98 at a weight of 1, 0.66 and 1.00 at 0.5, and 0.69 and 1.07 at 0.2.
    """

    temperature: float = 0.5
    likely: float = 0.7


class Domain(ABC):
    """A kind of data, as the engine needs it.

    A domain states its attributes and overrides the abstract methods; the others have defaults, which suit pieces that have
    nothing beside their symbols but a title.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    kind: ClassVar[str]
    """By which views and formats are chosen: "music" (pieces are a ``Music``), "text" (they have a ``text``), or one of its own."""
    suffixes: ClassVar[tuple[str, ...]]
    """Suffixes of the files that :meth:`read` reads: lower case, with dot."""
    output_suffix: ClassVar[str]
    """Suffix of the file that :meth:`write` writes where no name is given."""
    grammar: ClassVar[Grammar]
    attributes: ClassVar[tuple[Attribute, ...]] = ()
    """What can be measured of a piece."""
    unit: ClassVar[str]
    """The unit in which the length of a piece is given: "bar", "word"."""
    features: ClassVar[tuple[str, ...]] = ()
    """Names of the features that :meth:`measure_features` measures; () where there are none."""
    choice: ClassVar[Choice] = Choice()
    """How a piece between others is chosen."""
    holds: ClassVar[tuple[str, ...]] = ()
    """Traits of a piece that :meth:`held` can keep: "key" …"""
    holds_within: ClassVar[tuple[str, ...]] = ()
    """Traits that it must keep in a phrase that follows another, so that both fit together."""
    pitched: ClassVar[bool] = False
    """Whether pieces are music whose notes have a pitch (not drums)."""
    legend: ClassVar[str] = ""
    """What the characters of :meth:`show` mean, where that is not obvious."""
    picture: ClassVar[Callable[..., str] | None] = None
    """Draws a piece that is no music as SVG: a function of it, and of ``title``, ``ink`` and ``paper`` (colours) by name."""
    has_variants: ClassVar[bool] = False
    """Whether :meth:`variant` makes variants of pieces, for training."""

    # -- required methods

    @abstractmethod
    def read(self, path: Path, *args: Any, **options: Any) -> ReadResult:
        """Read whole pieces from a file. The keyword arguments of the method are the options that a person may set.

        Raises:
            FileError: the file as a whole cannot be read (the message names it and the reason).
        """

    @abstractmethod
    def write(self, piece: Any, path: Path, text: str = "") -> None:
        """Write a piece, whole or not at all, in the format of the suffix. ``text`` (ASCII) is hidden in the file where the
        format has a place for it."""

    @abstractmethod
    def to_symbols(self, piece: Any) -> str:
        """The piece as a string of symbols, without loss."""

    @abstractmethod
    def from_symbols(self, symbols: str) -> Any:
        """A valid piece from any string; the inverse of :meth:`to_symbols` for strings that it returned."""

    @abstractmethod
    def units(self, piece: Any) -> int:
        """How many units (bars, words) a piece has."""

    @abstractmethod
    def part(self, piece: Any, first: int, last: int) -> Any:
        """The units ``first`` to ``last`` of a piece, counted from 1, both included, with the silence in them."""

    @abstractmethod
    def mix(self, a: Any, b: Any, share: float, seed: int) -> Any:
        """Mix two pieces without a model, as a baseline for interpolation in the latent space.

        Args:
            a: the result at a share of 0.
            b: the result at a share of 1.
            share: the share of b in the result.
            seed: of the random choice of what is taken from which.
        """

    @abstractmethod
    def show(self, piece: Any, width: int = 80) -> str:
        """The piece as text for a terminal of ``width`` columns (a small piano roll, the text itself)."""

    @abstractmethod
    def describe(self, piece: Any) -> dict[str, Any]:
        """Facts for JSON and cards: title, length, metre, key, text …"""

    @abstractmethod
    def compare(self, references: Sequence[Any], hypotheses: Sequence[Any]) -> dict[str, float]:
        """Metrics of reconstruction, mean over pairs; ``exact`` is always among them."""

    @abstractmethod
    def parts(self, piece: Any) -> Sequence[Hashable]:
        """The parts that a person counts in a piece (its notes, its words), in order; equal where two count as the same."""

    @abstractmethod
    def part_name(self, piece: Any) -> str:
        """What the :meth:`parts` of this piece are called: "note", "hit", "word", "character"."""

    # -- kinds of pieces

    @property
    def plays(self) -> bool:
        """Whether pieces are music (a ``Music``), which can be played and drawn."""
        return self.kind == "music"

    @property
    def is_text(self) -> bool:
        """Whether pieces are text: they have a ``text``."""
        return self.kind == "text"

    def text_of(self, piece: Any) -> str:
        """The text of a piece, "" where pieces are not text."""
        return str(piece.text) if self.is_text else ""

    # -- files and other sources of pieces

    def tracks(self, path: Path) -> list[Track]:
        """The voices of a file, of which :meth:`read` takes one (``track=``); none where there is no such choice.

        Raises:
            FileError: the file cannot be read.
        """
        return []

    def preview(self, path: Path, rows: int = 5, *, separator: str | None = None, encoding: str = "") -> Preview | None:
        """The beginning of a table, from which a person can choose a column; None for a file that is not a table.

        Args:
            path: the file.
            rows: how many rows are shown.
            separator: the character between cells; None: it is detected.
            encoding: as Python names it; "": it is detected.

        Raises:
            FileError: the file cannot be read.
        """
        return None

    def parse(self, text: str) -> Any | None:
        """A piece from text that a person typed, or None where pieces cannot be typed."""
        return None

    def example(self, piece: Any) -> str:
        """The piece as text for the card of a model, from which :meth:`parse` makes it again where pieces can be typed."""
        return self.show(piece)

    def from_object(self, source: Any) -> Any | None:
        """A piece from an object of another library, or None where the object is of no known type.

        Raises:
            FileError: there is no piece in it.
        """
        return None

    def claims(self, piece: Any) -> bool:
        """Whether a file with this piece is read by this domain where nothing says by which: whether another domain would lose
        much of it."""
        return False

    # -- phrases and symbols

    def phrases(self, piece: Any, length: int, stride: int, shortest: int) -> list[Any]:
        """The phrases of a piece, which training learns from.

        Args:
            piece: to be divided.
            length: of each phrase in units (bars); 0: the whole piece is one phrase.
            stride: units from one phrase to the next.
            shortest: the rest at the end, or a whole piece that is shorter than a phrase, is kept if it has at least so many units.
        """
        return [piece]

    def phrase_symbols(self, piece: Any, length: int, stride: int, shortest: int) -> list[str]:
        """The symbols of each of the :meth:`phrases`."""
        return [self.to_symbols(phrase) for phrase in self.phrases(piece, length, stride, shortest)]

    def why_no_phrase(self, piece: Any, length: int, shortest: int) -> str:
        """Why the piece has no :meth:`phrases`, as a clause."""
        if not length:
            return Message("there is nothing in it to learn from")
        return Message("no phrase of {length} bar" if length == 1 else "no phrase of {length} bars", length=length)

    def opening(self, piece: Any, whole: bool) -> str:
        """The symbols with which a continuation of ``piece`` begins.

        Args:
            piece: the beginning.
            whole: nothing was left out after ``piece``; then silence or spaces at its end are left out.
        """
        return self.to_symbols(piece)

    def lineup(self, symbols: str) -> str:
        """The parts of a piece with several parts, given as symbols: one symbol for each part, in order. Each unit (bar) of the
        piece has one segment for each part. "" where pieces have no parts."""
        return ""

    def header(self, lineup: str) -> list[str]:
        """What the symbols of a piece with the parts of ``lineup`` begin with: for each place the symbols of which one is there.
        After each part its pickup may follow. [] where pieces have no parts."""
        return []

    def arranged(self, piece: Any, lineup: str, silent: Sequence[int] = ()) -> tuple[Any, list[str]]:
        """The piece with the parts of ``lineup`` (see :meth:`lineup`) in that order, and remarks on what was left out.

        Args:
            silent: numbers, from 0, of parts that get nothing.
        """
        return piece, []

    def roles(self, piece: Any) -> list[str]:
        """What each part of a piece of several parts is for: "melody", "bass" …; [] where pieces have no parts."""
        return []

    def part_numbers(self, piece: Any, names: Sequence[str]) -> list[int]:
        """The numbers (from 0) of the parts of a piece with these names or roles.

        Raises:
            ConfigError: there is no such part.
        """
        raise ConfigError("{label} have no parts of several voices.", label=self.label)

    def rewritten(self, piece: Any, made: Any, numbers: Sequence[int], lineup: str) -> Any:
        """A piece with some parts replaced by new ones; the others, and all its metadata, stay as they are.

        Args:
            piece: the piece.
            made: has the parts of ``lineup`` over the same bars.
            numbers: those of the parts that are taken from ``made``.
            lineup: see :meth:`arranged`.
        """
        raise ConfigError("{label} have no parts of several voices.", label=self.label)

    def bars_of(self, symbols: str) -> list[str]:
        """The symbols of each unit (bar) of a piece, each with the separators within it."""
        segments = symbols.split(self.grammar.separator)[1:]
        strands = max(1, len(self.lineup(symbols)))
        return [self.grammar.separator.join(segments[at : at + strands]) for at in range(0, len(segments), strands)]

    def held(self, piece: Any, names: Sequence[str]) -> tuple[list[str], str]:
        """The constraints that give a sequence certain traits of ``piece``.

        Args:
            piece: the piece with these traits.
            names: the traits, of :attr:`holds` and :attr:`holds_within`.

        Returns:
            The symbols at the beginning of the sequence, "" where any may stand; and the symbols that must not come after those.
        """
        return [], ""

    def variant(self, piece: Any, rng: np.random.Generator, length: int) -> Any:
        """A random variant of a piece of at most ``length`` units, for training."""
        return piece

    # -- corpora

    def fingerprint(self, piece: Any) -> str:
        """A hash that is equal for pieces that count as the same (melodies up to transposition)."""
        return hashlib.sha1(self.to_symbols(piece).encode("utf-8"), usedforsecurity=False).hexdigest()

    def fragments(self, piece: Any) -> set[int]:
        """Hashes of the long passages of a piece. Pieces of a corpus that share one go to the same side of a split."""
        return set()

    # -- metadata, which does not pass through the latent space

    def with_metadata_between(self, piece: Any, a: Any, b: Any, t: float) -> Any:
        """Give a piece decoded at ``t`` between a (0) and b (1) the metadata (tempo …) that belongs there."""
        return piece

    def metadata(self, piece: Any) -> dict[str, Any]:
        """The data of a piece beside its symbols (tempo, key, instrument …), as JSON values."""
        return {"title": piece.title, "source": piece.source}

    def with_metadata(self, piece: Any, metadata: Mapping[str, Any]) -> Any:
        """Inverse of :meth:`metadata`: ``with_metadata(from_symbols(to_symbols(x)), metadata(x))`` is x.

        Raises:
            DamagedFileError: the metadata do not fit the piece.
        """
        try:
            record = Record(metadata)
            return replace(piece, **{name: record.text(name) for name in ("title", "source") if name in record})
        except ValueError as error:
            raise DamagedFileError("the recorded title of a piece is damaged ({reason}).", reason=error) from error

    def keep(self, piece: Any, given: Any) -> Any:
        """Give the beginning of ``piece``, which has the symbols of ``given``, the metadata of ``given`` (loudness, tempos)."""
        return piece

    def join(self, pieces: Sequence[Any]) -> Any | None:
        """Join pieces one after the other; None where that makes no sense."""
        return None

    # -- measures

    def measure_features(self, piece: Any) -> NDArray[np.float32]:
        """The :attr:`features` of a piece, float32 [features], all finite: those by which a listener compares pieces."""
        import numpy as np  # late: --help does not wait for it

        return np.zeros(len(self.features), np.float32)
