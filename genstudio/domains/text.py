"""Text files to passages and back.

Conventions
    * A passage is one line, one sentence or one cell of a table; its symbols are its characters, unchanged.
    * Columns of tables are named, or numbered from 0.
    * Lengths are in characters (Unicode code points) unless said otherwise.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import html
import io
import itertools
import json
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import numpy as np

from genstudio.domains._edit import edit_distance
from genstudio.domains._words import CJK, WORD
from genstudio.domains.base import Attribute, Grammar, Piece, ReadResult, Refusal, Table, Track
from genstudio.errors import ConfigError, DamagedFileError, FileError, did_you_mean
from genstudio.files import write_text

__all__ = ["DOMAIN", "Passage", "TextDomain"]

_LARGEST = 256 * 1024 * 1024  # bytes of a file
_LONG_LINE = 300  # characters; lines that are longer than this in the median are paragraphs
_SHINGLE = 10  # words in a fragment
_SHINGLE_CJK = 16  # Chinese, Japanese characters in a fragment
_PREVIEWED = 50  # rows that say what a table is like
_SHOWN = 400  # characters of a cell in a preview
_OBVIOUS = ("text", "sentence", "content", "passage")

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
    holds: tuple[str, ...] = ()
    holds_within: tuple[str, ...] = ()

    def read(
        self, path: Path, *, column: str | int | None = None, unit: str = "auto",
        label: str | Sequence[str] = (), separator: str = "", encoding: str = "", **unknown: Any,
    ) -> ReadResult:  # fmt: skip
        """The passages of a file.

        Args:
            path: a ``.txt`` file (a passage a line, or a sentence) or a ``.csv``, ``.tsv`` or ``.jsonl`` table.
            column: the name or the number (from 0) of a table's column; may be left out where there is only one, or one
                that is called "text".
            label: names of a table's columns (or numbers, in words) that are kept as labels of its passages.
            separator: what stands between the cells of a table; "": what it looks like.
            encoding: what the bytes are read in, as Python names it; "": what it looks like.
            unit: "line", "sentence", or "auto": lines, unless they are long paragraphs or hard-wrapped prose.

        Raises:
            ConfigError: an option is unknown.
            FileError: the file cannot be read, is not text, or lacks the column.
        """
        if unknown:
            name = next(iter(unknown))
            raise ConfigError(
                "the text reader does not know {name!r}; {hint}",
                name=name,
                hint=did_you_mean(name, ["column", "encoding", "label", "separator", "unit"]),
            )
        if unit not in ("auto", "line", "sentence"):
            raise ConfigError(f"there is no unit {unit!r}; {did_you_mean(unit, ['auto', 'line', 'sentence'])}")
        path = Path(path)
        asked, (text, encoding) = encoding, _decoded(path, encoding)
        result = ReadResult()
        if not asked and encoding not in ("utf-8", "utf-8-sig", "ascii"):
            result.remarks.append(f"read as {encoding}")
        suffix = path.suffix.lower()
        wanted = (label,) if isinstance(label, str) else tuple(label)
        entries: Iterator[tuple[int, str, _Labels]]
        if suffix == ".jsonl":
            entries = _json_entries(text, column, wanted, path, result)
        elif suffix in (".csv", ".tsv"):
            entries = _table_entries(text, column, wanted, path, separator or ("\t" if suffix == ".tsv" else ""), result)
        else:
            if wanted:
                result.remarks.append("plain text has no columns, so its passages have no labels")
            entries = ((number, line, ()) for number, line in _line_entries(text, unit, result))
        empty = 0
        for number, entry, labels in entries:
            entry = _clean(entry)
            if not entry.strip():
                empty += 1
                continue
            for sentence in _sentences(entry) if unit == "sentence" and suffix != ".txt" else (entry,):
                result.pieces.append(Passage(text=sentence, title=_title(sentence), source=f"{path}#{number}", labels=labels))
        if empty:
            result.remarks.append(f"{empty} empty {'line' if empty == 1 else 'lines'} skipped")
        if not result.pieces:
            if result.refused:
                raise DamagedFileError(f"{path}: no line of it can be used; the first: {result.refused[0].reason}.")
            raise FileError(f"{path}: there is no text in it.")
        return result

    def preview(self, path: Path, rows: int = 5, *, separator: str = "", encoding: str = "") -> Table | None:
        """How a table begins, for a person who says which column holds the text; None for a file that is no table.

        Args:
            rows: so many at most. separator, encoding: as of :meth:`read`.

        Raises:
            FileError: the file cannot be read, or is not text.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in (".csv", ".tsv", ".jsonl"):
            return None
        text, encoding = _decoded(path, encoding)
        if suffix == ".jsonl":
            return _json_preview(text, rows, encoding)
        separator = separator or ("\t" if suffix == ".tsv" else _delimiter(text))
        filled = [row for _, row in itertools.islice((one for one in _rows(text, separator, path) if one[1]), _PREVIEWED)]
        if not filled:
            return Table((), (), None, encoding, separator)
        width = max(map(len, filled))
        named = _looks_like_names(filled)
        try:
            column, header = _column(filled, None, path)
        except FileError:
            column, header = None, named
        names = [name.strip() for name in filled[0]] if header or named else []
        names += [str(number) for number in range(len(names), width)]
        shown = filled[bool(header or named) :][:rows]
        cells = tuple((*map(_cut, row), *[""] * (width - len(row))) for row in shown)
        return Table(tuple(names), cells, column, encoding, separator)

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
        known: dict[str, Any] = {name: str(dressing[name]) for name in ("title", "source") if name in dressing}
        if "labels" in dressing:
            try:
                known["labels"] = tuple((str(name), str(value)) for name, value in dressing["labels"])
            except (TypeError, ValueError) as error:
                raise DamagedFileError(f"the labels of a passage are damaged ({error!r}).") from error
        return replace(piece, **known)

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
            raise FileError(f"cannot write text as {path.suffix or 'a file without suffix'}; name it {path.stem}.txt.")
        write_text(path, _clean(piece.text) + "\n")

    def show(self, piece: Passage, width: int = 80) -> str:
        """The text, wrapped to ``width`` columns of a terminal."""
        return "\n".join(_wrap(line, max(2, width)) for line in _clean(piece.text).split("\n"))

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


DOMAIN = TextDomain()


# Reading


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FileError(f"{path} is a folder; expected a text file.")
        if path.stat().st_size > _LARGEST:
            raise FileError(f"{path} is larger than {_LARGEST >> 20} MB; split it into smaller files.")
        data = path.read_bytes()
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror or error}.") from error
    if not data:
        raise DamagedFileError(f"{path}: the file is empty.")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise DamagedFileError(f"{path}: it is {what}, not text.")
    return data


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    """The text in ``data`` and the name of its encoding."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise DamagedFileError(f"{path}: it says it is {encoding} but is not (byte {error.start}).") from error
            if _readable(text):
                return text, encoding
            raise DamagedFileError(f"{path}: it is not text.")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "cp1252", "latin-1"):
        decoded = _try(data, encoding)
        if decoded is not None:
            return decoded, encoding
    import charset_normalizer  # knows what is none of the above: Shift-JIS, Big5, Cyrillic

    best = charset_normalizer.from_bytes(data[: 1 << 16]).best()
    if best is not None and best.encoding not in ("utf_16", "utf_16_le", "utf_16_be") and best.chaos < 0.1:
        try:
            text = data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
        else:
            if _readable(text) and sum(map(str.isalpha, text)) >= 0.4 * len(text):
                return text, best.encoding
    raise DamagedFileError(f"{path}: it is not text in an encoding that can be recognised; save it as UTF-8.")


def _try(data: bytes, encoding: str) -> str | None:
    """The text if ``data`` can well be in this encoding."""
    if encoding.startswith("utf-16") and not _like_utf16(data, encoding):
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if not _readable(text):
        return None
    if encoding == "gb18030":
        # Letters with accents in a Latin text can pass for Chinese ones, but hardly ever as pairs of two high bytes.
        wide = [character for character in text[:200_000] if character > "\x7f"]
        high = sum(byte > 0x7F for byte in data[:200_000])
        common = sum(_is_common(character) for character in wide)
        return text if wide and common >= 0.7 * len(wide) and high >= 1.7 * common else None
    if encoding in ("cp1252", "latin-1"):
        high = sum(character > "\x7f" for character in text)
        letters = sum(character.isalpha() for character in text if character > "\x7f")
        return text if high <= 0.25 * len(text) and letters >= 0.5 * high else None
    return text


def _like_utf16(data: bytes, encoding: str) -> bool:
    """Whether bytes are UTF-16 of that order without a mark.

    Line ends, spaces and Western letters have a zero for their high byte, and hardly any character has one for its low
    byte. Chinese has few of either, but nearly all its characters are of the common ones.
    """
    if len(data) % 2:
        return False
    low, high = (data[1::2], data[0::2]) if encoding == "utf-16-be" else (data[0::2], data[1::2])
    if high.count(0) > 4 * low.count(0) and high.count(0) >= 0.01 * len(high):
        return True
    text = data[:20_000].decode(encoding, "replace")
    likely = sum(character.isascii() or _is_common(character) for character in text)
    return likely >= 0.85 * len(text)


def _is_common(character: str) -> bool:
    """Whether a character is of GB 2312, which Chinese text is nearly all made of."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _readable(text: str) -> bool:
    """Whether decoded characters are those of a text: hardly any control, private or unassigned ones."""
    counts = Counter(text[:200_000])
    total = sum(counts.values())
    odd = sum(
        times
        for character, times in counts.items()
        if character not in "\t\n\r\f\v\x1a\x85" and unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
    )
    return total > 0 and odd <= 0.002 * total


def _line_entries(text: str, unit: str, result: ReadResult) -> Iterator[tuple[int, str]]:
    lines = re.split("\r\n|\n|\r", text)
    if lines and not lines[-1]:
        lines.pop()
    wrapped = unit != "line" and _hard_wrapped(lines)
    filled = [len(line) for line in lines if line.strip()]
    if unit == "auto" and (wrapped or (filled and statistics.median(filled) > _LONG_LINE)):
        unit = "sentence"
        result.remarks.append(f"{'hard-wrapped prose' if wrapped else 'long paragraphs'}: split into sentences")
    if unit != "sentence":
        yield from enumerate(lines, start=1)
        return
    for number, paragraph in _paragraphs(lines) if wrapped else enumerate(lines, start=1):
        if paragraph.strip():
            yield from ((number, sentence) for sentence in _sentences(paragraph))


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Runs of lines without an empty one between them, joined, with the number of their first line."""
    start, held = 0, list[str]()
    for number, line in enumerate([*lines, ""], start=1):
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


def _sentences(text: str) -> list[str]:
    """Sentences of a paragraph; abbreviations and initials do not end one."""
    sentences, start = [], 0
    for found in _SENTENCE_END.finditer(text):
        group = "gap" if found["gap"] is not None else "cjk"
        end, following = found.start(group), found.end(group)
        if group == "gap" and _ABBREVIATION.search(text[max(start, found.start() - 12) : found.start()]):
            continue
        sentences.append(text[start:end].strip())
        start = following
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _table_entries(
    text: str, column: str | int | None, wanted: Sequence[str], path: Path, separator: str, result: ReadResult
) -> Iterator[tuple[int, str, _Labels]]:
    rows = list(_rows(text, separator or _delimiter(text), path))
    filled = [row for _, row in rows if row]
    if not filled:
        return
    index, header = _column(filled, column, path)
    places = [(name, _column(filled, name, path)) for name in wanted]
    header = header or any(named for _, (_, named) in places)
    if header:
        first = next(place for place, (_, row) in enumerate(rows) if row)
        rows = rows[first + 1 :]
    short = 0
    for number, row in rows:
        if row and index >= len(row):
            short += 1
            result.refused.append(Refusal(f"{path}#{number}", f"the row has {len(row)} columns, no column {index}"))
        else:
            labels = tuple((name, row[place]) for name, (place, _) in places if place < len(row))
            yield number, row[index] if row else "", labels


def _rows(text: str, separator: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, each with its line from 1."""
    if len(separator) != 1 or separator in '\r\n"':
        raise ConfigError("{separator!r} cannot stand between the cells of a table; expected one character.", separator=separator)
    # Tables of sentences written with tabs hold stray quotation marks far more often than quoted cells.
    quoting: Literal[0, 3] = csv.QUOTE_NONE if separator == "\t" and not _quoted(text) else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    before = 0
    try:
        for row in reader:
            yield before + 1, row
            before = reader.line_num
    except csv.Error as error:
        raise DamagedFileError(f"{path}: the table is damaged at line {reader.line_num} ({error}).") from error


def _cut(cell: str) -> str:
    return cell if len(cell) <= _SHOWN else cell[: _SHOWN - 1] + "…"


def _json_preview(text: str, rows: int, encoding: str) -> Table:
    values: list[dict[str, Any]] = []
    for line in itertools.islice(re.finditer("[^\r\n]+", text), _PREVIEWED):
        with contextlib.suppress(ValueError, RecursionError):
            value = json.loads(line[0])
            if isinstance(value, dict):
                values.append(value)
    names = list(dict.fromkeys(name for value in values for name in value))
    try:
        column = names.index(_obvious_field(values[0], Path())) if values else None
    except FileError:
        column = None
    cells = tuple(tuple(_cut(_cell(value.get(name))) for name in names) for value in values[:rows])
    return Table(tuple(names), cells, column, encoding, "")


def _decoded(path: Path, encoding: str) -> tuple[str, str]:
    """The text of a file and its encoding, which is found where none is asked for."""
    data = _load(path)
    if not encoding:
        return _decode(data, path)
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    except LookupError as error:
        raise ConfigError("there is no encoding {encoding!r}; expected one such as utf-8.", encoding=encoding) from error
    except UnicodeDecodeError as error:
        raise DamagedFileError(
            "{path} is not {encoding}: byte {place} does not belong there; choose another encoding.",
            path=path, encoding=encoding, place=error.start,
        ) from error  # fmt: skip


def _delimiter(text: str) -> str:
    sample = text[:20_000].split("\n")[:50]
    counts = {mark: [line.count(mark) for line in sample if line.strip()] for mark in ",;\t|"}
    scored = {mark: (sum(1 for count in found if count), sum(found)) for mark, found in counts.items()}
    best = max(scored, key=lambda mark: scored[mark])
    return best if scored[best][1] else ","


def _quoted(text: str) -> bool:
    """Whether cells between tabs are quoted throughout: every opening mark has its closing one at a cell's end."""
    opened = len(re.findall(r'(?:^|\t)"', text[:200_000], re.MULTILINE))
    closed = len(re.findall(r'"(?=\t|\r?$)', text[:200_000], re.MULTILINE))
    return opened > 0 and opened == closed


def _column(rows: Sequence[Sequence[str]], column: str | int | None, path: Path) -> tuple[int, bool]:
    """The column's number, and whether the first row holds names."""
    names = [name.strip() for name in rows[0]]
    named = _looks_like_names(rows)
    if isinstance(column, str) and column not in names and re.fullmatch(r"\d+", column):
        column = int(column)
    if isinstance(column, int):
        if not 0 <= column < max(map(len, rows)):
            raise FileError(f"{path}: there is no column {column}; columns are numbered 0 to {max(map(len, rows)) - 1}.")
        return column, named
    if column is not None:
        if column in names:
            return names.index(column), True
        folded = [name.casefold() for name in names]
        if folded.count(column.casefold()) == 1:
            return folded.index(column.casefold()), True
        known = names if named else [str(number) for number in range(len(names))]
        raise FileError(f"{path}: there is no column {column!r}; {did_you_mean(column, known)}")
    for obvious in _OBVIOUS:
        if obvious in [name.casefold() for name in names]:
            return [name.casefold() for name in names].index(obvious), True
    if max(map(len, rows)) == 1:
        return 0, False
    known = names if named else [f"{number} ({_title(name, 20)})" for number, name in enumerate(names)]
    raise FileError("{path} has several columns: {known}.", remedy="choose-column", path=path, known=", ".join(known))


def _looks_like_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names its columns: short identifiers, all different, unlike the rows below."""
    first = [cell.strip() for cell in rows[0]]
    name = re.compile(r"[^\W\d][\w -]{0,39}")
    if len(rows) < 2 or len(set(first)) != len(first) or not all(name.fullmatch(cell) for cell in first):
        return False
    if {cell.casefold() for cell in first} & {*_OBVIOUS, "id", "english", "chinese", "source", "target", "label", "title"}:
        return True
    below = [row for row in rows[1:21] if len(row) == len(first)]
    alike = sum(all(name.fullmatch(cell.strip()) for cell in row) for row in below)
    return bool(below) and alike <= 0.2 * len(below)


def _json_entries(
    text: str, column: str | int | None, wanted: Sequence[str], path: Path, result: ReadResult
) -> Iterator[tuple[int, str, _Labels]]:
    name = str(column) if column is not None else None
    found_name = False
    seen: dict[str, None] = {}
    for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1):
        if not line.strip():
            if line:
                yield number, "", ()
            continue
        where = f"{path}#{number}"
        labels: _Labels = ()
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            result.refused.append(Refusal(where, "the line is not valid JSON"))
            continue
        if isinstance(value, list) and name is not None and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
            found_name = True
        if isinstance(value, dict):
            seen.update(dict.fromkeys(value))
            if name is None:
                name = _obvious_field(value, path)
            if name not in value:
                result.refused.append(Refusal(where, f"the line has no field {name!r}"))
                continue
            found_name = True
            labels = tuple((one, _cell(value[one])) for one in wanted if one in value)
            value = value[name]
        if isinstance(value, str):
            yield number, value, labels
        else:
            result.refused.append(Refusal(where, "the line's value is not a text"))
    if name is not None and seen and not found_name:
        raise FileError(f"{path}: there is no field {name!r}; {did_you_mean(name, seen)}")
    for one in wanted:
        if one not in seen:
            raise FileError(f"{path}: there is no field {one!r}; {did_you_mean(one, seen)}")


def _cell(value: Any) -> str:
    """A field's value as a table would hold it."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _obvious_field(value: dict[str, Any], path: Path) -> str:
    for obvious in _OBVIOUS:
        if obvious in value:
            return obvious
    texts = [name for name, held in value.items() if isinstance(held, str)]
    if len(texts) == 1:
        return texts[0]
    raise FileError("{path} has several fields: {known}.", remedy="choose-column", path=path, known=", ".join(value) or "none")


# Text


def _clean(text: str) -> str:
    if not _UNWANTED.search(text):
        return text
    return _UNWANTED.sub(lambda found: "" if found[0] == "\0" else "\ufffd", text)


def _title(text: str, longest: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


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
    parts = re.findall(f"[{CJK}\u3000-\u303f\uff00-\uff60]|\\s+|[^\\s{CJK}\u3000-\u303f\uff00-\uff60]+", line)
    rows, row, used = [], "", 0
    for part in parts:
        columns = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in part)
        while used + columns > width:
            if row.strip():
                rows.append(row.rstrip())
                row, used = "", 0
                if part.isspace():
                    part, columns = "", 0
            else:  # one word that is wider than the terminal
                row, used = "", 0
                cut = max(1, min(width, len(part)) if columns == len(part) else width // 2)
                if cut >= len(part):
                    break
                rows.append(part[:cut])
                part = part[cut:]
                columns = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in part)
        row += part
        used += columns
    if row.strip() or not rows:
        rows.append(row.rstrip())
    return "\n".join(rows)
