"""Text files to passages and back.

Conventions
    * A passage is one line, one sentence or one cell of a table; its symbols are its characters, unchanged.
    * Columns of tables are named, or numbered from 0.
    * Lengths are in characters (Unicode code points) unless said otherwise.
"""

from __future__ import annotations

import hashlib
import html
import re
import statistics
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, cast, overload

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import Attribute, Grammar, Piece, Preview, ReadResult, Refusal, Track
from genstudio.domains.edit import edit_distance
from genstudio.domains.encoding import REPLACED, Decoded, decode
from genstudio.domains.text import tables
from genstudio.domains.words import CJK, WORD
from genstudio.errors import ConfigError, DamagedFileError, FileError, Message, did_you_mean
from genstudio.files import write_text
from genstudio.records import Record

__all__ = ["DOMAIN", "Passage", "TextDomain"]

_LARGEST = 512 * 1024 * 1024  # bytes of a file
_MOST, _SHORTEST = 1_000_000, 20  # passages of a file; more, where they have so many characters in the mean
_MOST_SEEN = 1000  # fields of JSON that an error may name, and lines that are looked through for them
_HOPELESS = 100_000  # refused lines after which a file is given up, where they are most of it
_MOST_REFUSED = 10_000  # refusals that are told one by one
_BEGINNING = 262_144  # bytes by which a table is previewed
_MOST_LABELS = 10_000
_RUN = 1000  # characters of a word that are looked at together
_LONG_LINE = 300  # characters; lines that are longer than this in the median are paragraphs
_SHINGLE = 10  # words in a fragment
_SHINGLE_CJK = 16  # Chinese, Japanese characters in a fragment

_SPACED_WORD = re.compile(f"\\s*(?:[{CJK}]|[^\\s{CJK}]+)")
_WORD_BEGINS = re.compile(f"[{CJK}]|\\s+(?![{CJK}])")
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_CJK_SPACE = re.compile(f"(?<=[{CJK}]) | (?=[{CJK}])")
_UNWANTED = re.compile("[\0\ud800-\udfff]")
_CLOSING = "\"'”’»）)\\]】」』"
_SENTENCE_END = re.compile(
    f"(?<=[.!?…])[{_CLOSING}]*(?P<gap>\\s+)(?=[\"'“‘«(\\[¿¡]*[^\\W_a-z])|(?<=[。！？])[{_CLOSING}]*(?P<cjk>\\s*)(?=[^{_CLOSING}。！？…])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"'‘])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|e\.g|i\.e|cf|No|Fig|Vol|Capt|Col|Gen|Lt|Rev|Hon|Mt|approx)\.$"
)
_SIGNATURES = (
    (b"MThd", "a MIDI file"),
    (b"RIFF", "a RIFF file (sound or MIDI)"),
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)


_Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Passage(Piece):
    """A line, a sentence or a cell of text."""

    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        title = f"<cite>{html.escape(self.title)}</cite>" if self.title and self.title != self.text else ""
        return f'<blockquote style="white-space: pre-wrap">{html.escape(self.text)}{title}</blockquote>'


_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


def _words(text: str) -> list[str]:
    """Words that hold a letter or digit; each Chinese or Japanese character is one."""
    return [word for word in _CJK_CHARACTER.sub(r" \g<0> ", _clean(text)).split() if any(map(str.isalnum, word))]


def _length(piece: Passage) -> float:
    return float(len(_words(piece.text)))


def _word_length(piece: Passage) -> float:
    words = _words(piece.text)
    return sum(sum(map(str.isalnum, word)) for word in words) / len(words) if words else 0.0


def _marks(piece: Passage) -> float:
    plain = "".join(piece.text.split())
    return sum(unicodedata.category(character).startswith("P") for character in plain) / len(plain) if plain else 0.0


class TextDomain:
    """Passages of text in any language."""

    name = "text"
    label = "Text"
    kind = "text"
    suffixes: tuple[str, ...] = (".txt", ".csv", ".tsv", ".jsonl")
    output_suffix = ".txt"
    grammar = Grammar(advance=lambda token: 1, phases=128, words=lambda token: len(_WORD_BEGINS.findall(token)))
    attributes: tuple[Attribute, ...] = (
        Attribute("length", "Length", "words", "Words, as spaces part them; Chinese and Japanese characters each.", _length),
        Attribute("word-length", "Word length", "characters", "Mean letters and digits of a word.", _word_length),
        Attribute("punctuation", "Punctuation", "share", "Share of the characters, spaces left out, that are punctuation.", _marks),
    )
    unit = "word"
    features: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    holds_within: tuple[str, ...] = ()

    def read(
        self, path: Path, *, column: str | int | None = None, unit: str = "auto",
        label: str | Sequence[str] = (), separator: str | None = None, encoding: str = "",
    ) -> ReadResult:  # fmt: skip
        """The passages of a file.

        Args:
            path: a ``.txt`` file (a passage a line, or a sentence) or a ``.csv``, ``.tsv`` or ``.jsonl`` table.
            column: the name or the number (from 0) of a table's column; may be left out where there is only one, or one
                that is called "text".
                A field of nested JSON is named by its path: ``data.text``, ``items.0.text``.
            label: names of a table's columns (or numbers, in words) that are kept as labels of its passages.
            separator: the character that separates the cells of a table; None finds it.
            encoding: what the bytes are read in, as Python names it; "" finds it.
            unit: "line", "sentence", or "auto": lines, unless they are long paragraphs or hard-wrapped prose.

        Raises:
            ConfigError: the unit or the separator is none.
            FileError: the file cannot be read, is not text, or lacks the column.
        """
        if unit not in ("auto", "line", "sentence"):
            raise ConfigError("there is no unit {unit!r}; {hint}", unit=unit, hint=did_you_mean(unit, ['auto', 'line', 'sentence']))
        if separator is not None and (len(separator) != 1 or separator in '"\n\r\0'):
            message = "the separator is {separator!r}; expected one character, such as a comma or a tab."
            raise ConfigError(message, separator=separator)
        path = Path(path)
        decoded = _decoded(_load(path), path, encoding)
        result = ReadResult(remarks=decoded.remarks)
        whole = decoded.whole or not decoded.damaged
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        del decoded
        suffix = path.suffix.lower()
        wanted = (label,) if isinstance(label, str) else tuple(label)
        refused = _Refused(path, result, max(_MOST, len(text) // _SHORTEST))
        entries: Iterator[tuple[int, str, _Labels]]
        if suffix == ".jsonl":
            entries = _json_entries(text, column, wanted, path, refused, result)
        elif suffix in (".csv", ".tsv"):
            entries = _table_entries(text, column, wanted, path, separator, refused)
        else:
            if wanted:
                result.remarks.append(Message("plain text has no columns, so its passages have no labels"))
            entries = ((number, line, ()) for number, line in _line_entries(text, unit, result, refused))
        empty = 0
        clean = _clean if suffix == ".jsonl" or _UNWANTED.search(text) else str
        passages = Passages(path)
        try:
            for number, entry, labels in entries:
                entry = clean(entry)
                if not entry or entry.isspace():
                    refused.taken(number)
                    empty += 1
                elif not whole and REPLACED in entry:
                    refused.add(number, "it has bytes that are not of the file's encoding, and may be garbled")
                elif unit == "sentence" and suffix != ".txt":
                    for sentence in _sentences(entry):
                        refused.taken(number)
                        passages.append(number, sentence, labels)
                else:
                    refused.taken(number)
                    passages.append(number, entry, labels)
        except _EnoughError:
            pass
        refused.close()
        if empty:
            result.remarks.append(
                Message("{empty} empty line skipped" if empty == 1 else "{empty} empty lines skipped", empty=empty)
            )
        if not passages:
            if result.refused:
                raise DamagedFileError(
                    "{path}: no line of it can be used; the first: {reason}.", path=path, reason=result.refused[0].reason
                )
            raise FileError("{path}: there is no text in it.", path=path)
        result.pieces = cast("list[Any]", passages)
        return result

    def preview(
        self, path: Path | str, rows: int = 5, *, separator: str | None = None, encoding: str = ""
    ) -> Preview:  # fmt: skip
        """The columns and the first rows of a table (``.csv``, ``.tsv``, ``.jsonl``), for a person to choose the column by.

        Only the beginning of the file is read. A plain text has one column without a name.

        Args:
            path: the table.
            rows: how many rows are shown.
            separator: what separates the cells; None finds it. encoding: as of :meth:`read`.

        Raises:
            FileError: the file cannot be read or is not text.
        """
        path = Path(path)
        data = _load(path, _BEGINNING)
        if len(data) == _BEGINNING and (end := data.rfind(b"\n")) > 0 and path.stat().st_size > _BEGINNING:
            data = data[: end + 1]
        decoded = _decoded(data, path, encoding)
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        suffix = path.suffix.lower()
        if suffix == ".jsonl":
            return _json_preview(text, rows, decoded.encoding)
        if suffix not in (".csv", ".tsv"):
            lines = [line for line in text[:_BEGINNING].split("\n") if line.strip()][:rows]
            return Preview(("0",), tuple((_title(line, 1000),) for line in lines), "0", encoding=decoded.encoding)
        form = tables.form_of(text, tabs=suffix == ".tsv", separator=separator)
        sample = [row.cells for row in islice(tables.rows_of(text, form), max(rows, 50)) if row.cells]
        named = bool(sample) and tables.looks_like_names(sample)
        width = max(map(len, sample), default=0)
        names = [_title(name.strip(), 40) for name in sample[0]] if named else []
        columns = [*names, *map(str, range(len(names), width))]
        try:
            place, named = _column(sample, None, path) if sample else (0, False)
            chosen = columns[place] if columns else ""
        except FileError:
            chosen = ""
        shown = [[_title(cell, 1000) for cell in row] + [""] * (width - len(row)) for row in sample[named:][:rows]]
        return Preview(tuple(columns), tuple(map(tuple, shown)), chosen, form.separator.strip("\0"), named, decoded.encoding)

    def tracks(self, path: Path) -> list[Track]:
        """None: what a text file holds is not side by side."""
        return []

    def parse(self, text: str) -> Passage | None:
        """A passage from typed text; None where there is nothing but space."""
        text = _clean(text).strip()
        return Passage(text=text, title=_title(text)) if text else None

    def phrases(self, piece: Passage, length: int, stride: int, shortest: int) -> list[Passage]:
        """The passage itself: it is its own phrase."""
        return [piece]

    def units(self, piece: Passage) -> int:
        """The number of words; a Chinese character is one."""
        return len(WORD.findall(piece.text))

    def part(self, piece: Passage, first: int, last: int) -> Passage:
        """The words ``first`` to ``last`` from 1, with what stands between them."""
        words = list(WORD.finditer(piece.text))
        text = piece.text[words[first - 1].start() : words[last - 1].end()]
        return Passage(text=text, title=_title(text), source=piece.source)

    def opening(self, piece: Passage, whole: bool) -> str:
        """The text without space at its end."""
        return _clean(piece.text).rstrip()

    def held(self, piece: Passage, names: Sequence[str]) -> tuple[list[str], str]:
        """Nothing: a text has no traits to hold."""
        return [], ""

    def to_symbols(self, piece: Passage) -> str:
        """The text; NUL goes and lone surrogates become U+FFFD, since no file can hold them."""
        return _clean(piece.text)

    def from_symbols(self, symbols: str) -> Passage:
        """A passage from any string."""
        text = _clean(symbols)
        return Passage(text=text, title=_title(text))

    def fingerprint(self, piece: Passage) -> str:
        """Equal for texts that differ in case, spacing, punctuation or width only."""
        plain = _plain(piece.text) or piece.text
        return hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=16).hexdigest()

    def fragments(self, piece: Passage) -> set[int]:
        """Hashes (64 bits) of all runs of 10 words of a text of at least 12, or of 16 characters of at least 24 in Chinese."""
        plain = _plain(piece.text)
        units: Sequence[str]
        units, width, least, glue = plain.split(), _SHINGLE, 12, " "
        if _mostly_cjk(plain):
            units, width, least, glue = plain.replace(" ", ""), _SHINGLE_CJK, 24, ""
        if len(units) < least:
            return set()
        runs = (glue.join(units[start : start + width]) for start in range(len(units) - width + 1))
        return {int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big") for run in runs}

    def dress(self, piece: Passage, a: Any, b: Any, t: float) -> Passage:
        """The passage as it is: nothing of a text passes beside the latent space."""
        return piece

    def dressing(self, piece: Passage) -> dict[str, Any]:
        """Title and source where they are not those that the text itself gives, and labels."""
        found: dict[str, Any] = {"title": piece.title, "source": piece.source}
        if found == {"title": _title(_clean(piece.text)), "source": ""}:
            found = {}
        return {**found, "labels": [list(one) for one in piece.labels]} if piece.labels else found

    def dressed(self, piece: Passage, dressing: Mapping[str, Any]) -> Passage:
        """Inverse of :meth:`dressing`."""
        try:
            record = Record(dressing)
            known: dict[str, Any] = {name: record.text(name) for name in ("title", "source") if name in record}
            if "labels" in record:
                known["labels"] = tuple((str(name), str(value)) for name, value in record.array("labels", _MOST_LABELS))
            return replace(piece, **known)
        except (TypeError, ValueError) as error:
            raise DamagedFileError("what is recorded of a text's title and labels is damaged ({reason}).", reason=error) from error

    def keep(self, piece: Passage, given: Passage) -> Passage:
        """The passage as it is."""
        return piece

    def join(self, pieces: Sequence[Passage]) -> None:
        """None: sentences on the way from one to another make no text together."""

    def mix(self, a: Passage, b: Passage, share: float, seed: int) -> Passage:
        """Each word is b's at its place with the probability ``share``, else a's, or none where that one has no more."""
        if share <= 0.0 or share >= 1.0:
            return a if share <= 0.0 else b
        words = [_SPACED_WORD.findall(_clean(piece.text)) for piece in (a, b)]
        from_b = np.random.default_rng(seed).random(max(map(len, words))) < share
        text = ""
        for place, later in enumerate(from_b.tolist()):
            for word in words[later][place : place + 1]:
                joined = text and not _CJK_CHARACTER.search(text[-1] + word[0]) and not word[0].isspace()
                text += f" {word}" if joined else word
        return self.from_symbols(text.strip())

    def write(self, piece: Passage, path: Path, text: str = "") -> None:
        """Write one passage as UTF-8 text with a newline at its end; a plain text has no room for another that goes along.

        Raises:
            FileError: the suffix is not ``.txt``, or the file cannot be written.
        """
        path = Path(path)
        if path.suffix.lower() != ".txt":
            raise FileError(
                "cannot write text as {path_suffix}; name it {path_stem}.txt.",
                path_suffix=path.suffix or "a file without suffix",
                path_stem=path.stem,
            )
        write_text(path, _clean(piece.text) + "\n")

    def show(self, piece: Passage, width: int = 80) -> str:
        """The text, wrapped to ``width`` columns of a terminal."""
        return "\n".join(_wrap(line, max(2, width)) for line in _clean(piece.text).expandtabs().split("\n"))

    def describe(self, piece: Passage) -> dict[str, Any]:
        """The text and its length; each Chinese or Japanese character is a word."""
        return {
            "title": piece.title,
            "source": piece.source,
            "text": piece.text,
            "characters": len(piece.text),
            "words": len(_words(piece.text)),
        }

    def compare(self, references: Sequence[Passage], hypotheses: Sequence[Passage]) -> dict[str, float]:
        """How near the hypotheses come to the references.

        Returns:
            ``exact`` the share that is equal; ``character_accuracy`` one minus the edit distance over the longer length, mean;
            ``word_accuracy`` the same over words, of which each Chinese or Japanese character is one; ``bleu`` corpus BLEU (0 to
            100, sacrebleu; Chinese by characters).

        Raises:
            ValueError: the two are not of the same length.
        """
        if len(references) != len(hypotheses):
            raise ValueError(f"{len(references)} references, but {len(hypotheses)} hypotheses.")
        pairs = [(a.text, b.text) for a, b in zip(references, hypotheses, strict=True)]
        if not pairs:
            return {"exact": 0.0, "character_accuracy": 0.0, "word_accuracy": 0.0, "bleu": 0.0}
        return {
            "exact": statistics.fmean(a == b for a, b in pairs),
            "character_accuracy": statistics.fmean(_similarity(a, b) for a, b in pairs),
            "word_accuracy": statistics.fmean(_similarity(_words(a), _words(b)) for a, b in pairs),
            "bleu": _bleu([a for a, _ in pairs], [b for _, b in pairs]),
        }

    def measure_features(self, piece: Passage) -> NDArray[np.float32]:
        return np.zeros(0, np.float32)

    def parts(self, piece: Passage) -> list[str]:
        """The words without the marks around them; each Chinese or Japanese character is one."""
        return [_AROUND.sub("", word) for word in _words(piece.text)]

    def part_name(self, piece: Passage) -> str:
        """A character where most of the text is Chinese or Japanese, else a word."""
        return "character" if _mostly_cjk(piece.text) else "word"


DOMAIN = TextDomain()


# Reading


def _decoded(data: bytes, path: Path, encoding: str) -> Decoded:
    """The characters of a file, in the encoding that is asked for, or in what it looks like."""
    if not encoding:
        return decode(data, path)
    try:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    except LookupError as error:
        raise ConfigError("there is no encoding {encoding!r}; expected one such as utf-8.", encoding=encoding) from error
    damaged = [number for number, line in enumerate(text.split("\n"), 1) if REPLACED in line]
    return Decoded(text, encoding, tuple(damaged))


def _load(path: Path, most: int = -1) -> bytes:
    """The bytes of an ordinary file, or the first ``most`` of them."""
    try:
        if path.is_dir():
            raise FileError("{path} is a folder; expected a text file.", path=path)
        if path.exists() and not path.is_file():
            raise FileError("{path} is not an ordinary file; expected a text file.", path=path)
        if most < 0 and path.stat().st_size > _LARGEST:
            raise FileError("{path} is larger than {size} MB; split it into smaller files.", path=path, size=_LARGEST >> 20)
        with open(path, "rb") as file:
            data = file.read(most)
    except (OSError, ValueError) as error:
        raise FileError("cannot read {path}: {reason}.", path=path, reason=getattr(error, "strerror", None) or error) from error
    if not data:
        raise DamagedFileError("{path}: the file is empty.", path=path)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise DamagedFileError("{path}: it is {what}, not text.", path=path, what=what)
    return data


class Passages(Sequence[Passage]):
    """The passages of a file, each made when it is asked for: a file may hold millions, of which the texts alone take memory."""

    _BLOCK = 1024

    def __init__(self, path: Path) -> None:
        self._path = path
        self._blocks: list[str] = []
        self._last: list[str] = []  # the texts of the block that is being filled
        self._size = 0  # of them
        self._ends = array("Q")  # of each passage in its block
        self._numbers = array("Q")
        self._labels: list[_Labels] = []  # none where no passage has any

    def append(self, number: int, text: str, labels: _Labels = ()) -> None:
        """Take up a passage from line ``number``."""
        if labels and not self._labels:
            self._labels = [()] * len(self)
        if labels or self._labels:
            self._labels.append(labels)
        self._size += len(text)
        self._last.append(text)
        self._ends.append(self._size)
        self._numbers.append(number)
        if len(self._last) == self._BLOCK:
            self._blocks.append("".join(self._last))
            self._last, self._size = [], 0

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> Passage: ...

    @overload
    def __getitem__(self, place: slice) -> list[Passage]: ...

    def __getitem__(self, place: int | slice) -> Passage | list[Passage]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = place + len(self) if place < 0 else place
        if not 0 <= at < len(self):
            raise IndexError(place)
        block, within = divmod(at, self._BLOCK)
        if block < len(self._blocks):
            text = self._blocks[block][self._ends[at - 1] if within else 0 : self._ends[at]]
        else:
            text = self._last[within]
        labels = self._labels[at] if self._labels else ()
        return Passage(text=text, title=_title(text), source=f"{self._path}#{self._numbers[at]}", labels=labels)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


class _EnoughError(Exception):
    """The file has more lines than are read."""


class _Refused:
    """The refusals of a file's lines; of very many, the first are told one by one and the others are counted.

    Args:
        most: how many lines, refused or not, are read. What takes a line calls :meth:`taken` or :meth:`add`, which raise
            ``_EnoughError`` after the last of them.
    """

    def __init__(self, path: Path, result: ReadResult, most: int) -> None:
        self._path, self._result, self._most = path, result, most
        self._lines = self._count = 0

    def taken(self, number: int) -> None:
        self._lines += 1
        if self._lines > self._most:
            reason = f"the file has more than {self._most:,} lines or sentences, which are short; the rest was left out: split it"
            self._result.refused.append(Refusal(f"{self._path}#{number}", reason))
            raise _EnoughError

    def add(self, number: int, reason: str) -> None:
        self.taken(number)
        self._count += 1
        if self._count > _HOPELESS and 2 * self._count > self._lines:
            told = f"more than {_HOPELESS:,} lines before it cannot be used, which is most of them; the rest was left out"
            self._result.refused.append(Refusal(f"{self._path}#{number}", told))
            raise _EnoughError
        if self._count <= _MOST_REFUSED:
            self._result.refused.append(Refusal(f"{self._path}#{number}", reason))

    def close(self) -> None:
        if self._count > _MOST_REFUSED:
            more = self._count - _MOST_REFUSED
            self._result.refused.append(
                Refusal(str(self._path), Message("{more:,} more of its lines or rows cannot be used", more=more))
            )


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, without their ends."""
    at, size = 0, len(text)
    while at < size:
        end = text.find("\n", at)
        if end < 0:
            end = size
        yield text[at:end]
        at = end + 1


def _line_entries(text: str, unit: str, result: ReadResult, refused: _Refused) -> Iterator[tuple[int, str]]:
    beginning = list(islice(_lines(text), 20_000))
    wrapped = unit != "line" and _hard_wrapped(beginning)
    filled = [len(line) for line in beginning if line.strip()]
    if unit == "auto" and (wrapped or (filled and statistics.median(filled) > _LONG_LINE)):
        unit = "sentence"
        result.remarks.append(
            Message("hard-wrapped prose: split into sentences" if wrapped else "long paragraphs: split into sentences")
        )
    del beginning
    if unit != "sentence":
        yield from enumerate(_lines(text), start=1)
        return
    for number, paragraph in _paragraphs(_lines(text)) if wrapped else enumerate(_lines(text), start=1):
        if not paragraph or paragraph.isspace():
            refused.taken(number)
        yield from ((number, sentence) for sentence in _sentences(paragraph))


def _paragraphs(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Runs of lines without an empty one between them, joined, with the number of their first line."""
    start, held = 0, list[str]()
    for number, line in enumerate(chain(lines, [""]), start=1):
        if line.strip():
            start = start if held else number
            held.append(line.strip())
        elif held:
            yield start, " ".join(held)
            held = []


def _hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines were filled to a width by a program: no line had room for the first word of the next."""
    lines = [line.rstrip() for line in lines[:5000]]
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(pairs) < 5:
        return False
    width = sorted(len(a) for a, _ in pairs)[int(0.95 * (len(pairs) - 1))]
    if not 40 <= width <= 120 or sum(" " in a.strip() for a, _ in pairs) < 0.9 * len(pairs):
        return False
    full = sum(len(a) + 1 + len(b.split(maxsplit=1)[0]) > width - 2 for a, b in pairs)
    open_ended = sum(a[-1] not in ".!?。！？" for a, _ in pairs)
    return full >= 0.8 * len(pairs) and open_ended >= 0.5 * len(pairs)


def _sentences(text: str) -> Iterator[str]:
    """Sentences of a paragraph; abbreviations and initials do not end one."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        group = "gap" if found["gap"] is not None else "cjk"
        end, following = found.start(group), found.end(group)
        at = found.start()
        if group == "gap" and text[at - 1] == "." and _ABBREVIATION.search(text[max(start, at - 12) : at]):
            continue
        sentence = text[start:end].strip()
        start = following
        if sentence:
            yield sentence
    sentence = text[start:].strip()
    if sentence:
        yield sentence


def _table_entries(
    text: str, column: str | int | None, wanted: Sequence[str], path: Path, separator: str | None, refused: _Refused
) -> Iterator[tuple[int, str, _Labels]]:
    names = [str(name) for name in (column, *wanted) if name is not None]
    form = tables.form_of(text, tabs=path.suffix.lower() == ".tsv", separator=separator, wanted=names)
    rows = tables.rows_of(text, form)
    beginning = list(islice(rows, 50))
    filled = [row.cells for row in beginning if row.cells]
    if not filled:
        for row in chain(beginning, rows):
            refused.add(row.number, row.reason or "the row is empty")
        return
    index, header = _column(filled, column, path)
    places = [(name, _column(filled, name, path)) for name in wanted]
    header = header or any(named for _, (_, named) in places)
    width = len(filled[0])
    for row in chain(beginning, rows):
        cells = row.cells
        if header and cells is filled[0]:
            continue
        if row.reason:
            refused.add(row.number, row.reason)
        elif cells and index >= len(cells):
            has = f"{len(cells)} {'column' if len(cells) == 1 else 'columns'}"
            refused.add(row.number, f"the row has {has}, no column {index}")
        elif header and len(cells) > width and any(cells[width:]) and index == width - 1:
            refused.add(row.number, f"the row has {len(cells)} cells and the first row {width}: is the separator in its text?")
        else:
            labels = tuple((name, cells[place]) for name, (place, _) in places if place < len(cells))
            yield row.number, cells[index] if cells else "", labels


def _column(rows: Sequence[Sequence[str]], column: str | int | None, path: Path) -> tuple[int, bool]:
    """The column's number, and whether the first row holds names."""
    names = [name.strip() for name in rows[0]]
    named = tables.looks_like_names(rows)
    width = max(map(len, rows))
    if isinstance(column, str) and column not in names and re.fullmatch(r"[0-9]{1,9}", column):
        column = int(column)
    if isinstance(column, int):
        if not 0 <= column < width:
            raise FileError(
                "{path}: there is no column {column}; columns are numbered 0 to {last}.", path=path, column=column, last=width - 1
            )
        return column, named
    known = names if named else [f"{number} ({_title(name, 20)})" for number, name in enumerate(names)]
    folded = [name.casefold() for name in names]
    if column is not None:
        if column in names:
            return names.index(column), True
        if folded.count(column.casefold()) == 1:
            return folded.index(column.casefold()), True
        raise FileError("{path}: there is no column {column!r}; {hint}", path=path, column=column, hint=tables.hint(column, known))
    for obvious in tables.OBVIOUS:
        if obvious in folded:
            return folded.index(obvious), True
    if width == 1:
        return 0, False
    raise FileError(
        "{path} has several columns. {known}", remedy="choose-column", path=path, known=tables.hint("", known)
    )


def _json_entries(
    text: str, column: str | int | None, wanted: Sequence[str], path: Path, refused: _Refused, result: ReadResult
) -> Iterator[tuple[int, str, _Labels]]:
    name = str(column) if column is not None else None
    found: set[str] = set()
    seen: dict[str, None] = {}
    described = 0
    for number, line in enumerate(_lines(text), start=1):
        if not line or line.isspace():
            if line:
                yield number, "", ()
            continue
        try:
            value = tables.json_value(line)
        except ValueError as error:
            refused.add(number, str(error))
            continue
        labels: _Labels = ()
        if isinstance(value, (dict, list)):
            if described < _MOST_SEEN and len(seen) < _MOST_SEEN:
                described += 1
                seen.update(dict.fromkeys(tables.field_names(value)))
            if name is None and isinstance(value, dict):
                name = _obvious_field(value, path)
                if name not in value:
                    result.remarks.append(Message("the text was taken from the field {name}", name=name))
            if name is not None:
                held = tables.value_at(value, name)
                if held is tables.ABSENT:
                    refused.add(number, f"the line has no field {name!r}")
                    continue
                found.add(name)
                if wanted:
                    given = [(one, tables.value_at(value, one)) for one in wanted]
                    found.update(one for one, kept in given if kept is not tables.ABSENT)
                    labels = tuple((one, tables.cell_text(kept)) for one, kept in given if kept is not tables.ABSENT)
                value = held
        if isinstance(value, str):
            yield number, value, labels
        else:
            refused.add(number, "the line's value is not a text")
    for one in (name, *wanted):
        if one is not None and one not in found and seen:
            raise FileError("{path}: there is no field {name!r}; {hint}", path=path, name=one, hint=tables.hint(one, seen))


def _obvious_field(value: dict[str, Any], path: Path) -> str:
    """The field that holds the text: one with a usual name, or the only one with a text in it, of the outermost ones first."""
    for names in (list(value), tables.field_names(value)):
        held = {name: tables.value_at(value, name) for name in names}
        for obvious in tables.OBVIOUS:
            alike = [name for name in names if name == obvious or name.endswith(f".{obvious}")]
            if len(alike) == 1:
                return alike[0]
        texts = [name for name, one in held.items() if isinstance(one, str)]
        if len(texts) == 1:
            return texts[0]
    raise FileError(
        "{path} has several fields. {known}",
        remedy="choose-column",
        path=path, known=tables.hint("", tables.field_names(value)),
    )  # fmt: skip


def _json_preview(text: str, rows: int, encoding: str) -> Preview:
    values = []
    for line in _lines(text):
        try:
            value = tables.json_value(line) if line.strip() else None
        except ValueError:
            continue
        if value is not None:
            values.append(value)
        if len(values) >= max(rows, 20):
            break
    columns = list(dict.fromkeys(name for value in values for name in tables.field_names(value)))
    if not columns:
        single = tuple((_title(tables.cell_text(value), 1000),) for value in values[:rows])
        return Preview(("0",), single, "0" if single else "", encoding=encoding)
    try:
        first = next((value for value in values if isinstance(value, dict)), None)
        chosen = _obvious_field(first, Path()) if first else ""
    except FileError:
        chosen = ""
    cells = [[tables.value_at(value, name) for name in columns] for value in values[:rows]]
    shown = tuple(tuple("" if one is tables.ABSENT else _title(tables.cell_text(one), 1000) for one in row) for row in cells)
    return Preview(tuple(columns), shown, chosen, named=True, encoding=encoding)


# Text


def _clean(text: str) -> str:
    if not _UNWANTED.search(text):
        return text
    return _UNWANTED.sub(lambda found: "" if found[0] == "\0" else "\ufffd", text)


def _title(text: str, longest: int = 60) -> str:
    line = " ".join(text[: 50 * longest].split())
    return line if len(line) <= longest and len(text) <= 50 * longest else line[: longest - 1].rstrip() + "…"


def _plain(text: str) -> str:
    """Case, width, punctuation and spacing taken off."""
    text = unicodedata.normalize("NFKC", _clean(text)).casefold()
    if text.isascii():
        return " ".join(re.sub(r"[\W_]+", " ", text).split())
    kept = "".join(" " if unicodedata.category(character)[0] in "PZCS" else character for character in text)
    return _CJK_SPACE.sub("", " ".join(kept.split()))


def _mostly_cjk(text: str) -> bool:
    return 2 * len(_CJK_CHARACTER.findall(text)) > len(text.replace(" ", "")) > 0


def _similarity(a: Sequence[str], b: Sequence[str]) -> float:
    longest = max(len(a), len(b))
    return 1.0 - edit_distance(a, b) / longest if longest else 1.0


def _bleu(references: Sequence[str], hypotheses: Sequence[str]) -> float:
    import sacrebleu  # late: only an evaluation needs it

    tokenize = "zh" if _mostly_cjk("".join(references)) else "13a"
    return float(sacrebleu.corpus_bleu(list(hypotheses), [list(references)], tokenize=tokenize).score)


def _wrap(line: str, width: int) -> str:
    """Wrap at spaces, and within runs of wide characters, which take two columns."""
    from rich.cells import cell_len, chop_cells  # late: only what is shown needs them

    parts = re.findall(f"[{CJK}\u3000-\u303f\uff00-\uff60]|\\s{{1,{_RUN}}}|[^\\s{CJK}\u3000-\u303f\uff00-\uff60]{{1,{_RUN}}}", line)
    rows, row = [], ""
    for part in parts:
        if cell_len(row) + cell_len(part) > width:
            if row.strip():
                rows.append(row.rstrip())
            row = ""
            if part.isspace():
                continue
            *full, part = chop_cells(part, width)  # of a word that is wider than the terminal there are several
            rows += full
        row += part
    if row.strip() or not rows:
        rows.append(row.rstrip())
    return "\n".join(rows)
