"""Text files to passages and back.

Conventions
    * A passage is one line, one sentence or one cell of a table; its symbols are its characters, unchanged.
    * Columns of tables are named, or numbered from 0.
    * Lengths are in characters (Unicode code points) unless said otherwise.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from genstudio.domains.base import Choice, Domain, Grammar, Preview, ReadResult
from genstudio.domains.text.measures import ATTRIBUTES, CJK_CHARACTER, compare, mostly_cjk, plain, words_of
from genstudio.domains.text.piece import Passage, clean, title_of
from genstudio.domains.text.reading import ReadOptions, preview, read
from genstudio.domains.text.show import wrap
from genstudio.domains.words import CJK, WORD
from genstudio.errors import DamagedFileError, FileError
from genstudio.files import write_text
from genstudio.records import Record

__all__ = ["DOMAIN", "Passage", "TextDomain"]

_MOST_LABELS = 10_000
_SHINGLE = 10  # words in a fragment
_SHINGLE_CJK = 16  # Chinese, Japanese characters in a fragment

_SPACED_WORD = re.compile(f"\\s*(?:[{CJK}]|[^\\s{CJK}]+)")
_WORD_BEGINS = re.compile(f"[{CJK}]|\\s+(?![{CJK}])")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


class TextDomain(Domain):
    """Passages of text in any language."""

    name = "text"
    label = "Text"
    kind = "text"
    suffixes = (".txt", ".csv", ".tsv", ".jsonl")
    output_suffix = ".txt"
    grammar = Grammar(advance=lambda token: 1, phases=128, words=lambda token: len(_WORD_BEGINS.findall(token)))
    attributes = ATTRIBUTES
    choice = Choice(temperature=0.6)
    unit = "word"
    compare = staticmethod(compare)

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
            label: names or numbers (as text) of a table's columns that are kept as labels of its passages.
            separator: the character between the cells of a table; None: it is detected.
            encoding: of the file, as Python names it; "": it is detected.
            unit: "line", "sentence", or "auto": lines, unless they are long paragraphs or hard-wrapped prose.

        Raises:
            ConfigError: the unit or the separator is not valid.
            FileError: the file cannot be read, is not text, or lacks the column.
        """
        labels = (label,) if isinstance(label, str) else tuple(label)
        return read(Path(path), ReadOptions(column, unit, labels, separator, encoding))

    def preview(self, path: Path | str, rows: int = 5, *, separator: str | None = None, encoding: str = "") -> Preview:
        """The columns and the first rows of a table (``.csv``, ``.tsv``, ``.jsonl``), from which a person can choose the column.

        Only the beginning of the file is read. A plain text has one column without a name.

        Args:
            path: the table.
            rows: how many rows are shown.
            separator: as of :meth:`read`.
            encoding: as of :meth:`read`.

        Raises:
            FileError: the file cannot be read or is not text.
        """
        return preview(Path(path), rows, separator, encoding)

    def parse(self, text: str) -> Passage | None:
        """A passage from typed text; None where the text is only white space."""
        text = clean(text).strip()
        return Passage(text=text, title=title_of(text)) if text else None

    def units(self, piece: Passage) -> int:
        """The number of words; a Chinese character is one."""
        return len(WORD.findall(piece.text))

    def part(self, piece: Passage, first: int, last: int) -> Passage:
        """The words ``first`` to ``last``, counted from 1, with the space between them."""
        words = list(WORD.finditer(piece.text))
        text = piece.text[words[first - 1].start() : words[last - 1].end()]
        return Passage(text=text, title=title_of(text), source=piece.source)

    def opening(self, piece: Passage, whole: bool) -> str:
        """The text without the white space at its end."""
        return clean(piece.text).rstrip()

    def to_symbols(self, piece: Passage) -> str:
        """The text, without NUL and with U+FFFD for lone surrogates, since no file can hold these."""
        return clean(piece.text)

    def from_symbols(self, symbols: str) -> Passage:
        """A passage from any string."""
        text = clean(symbols)
        return Passage(text=text, title=title_of(text))

    def fingerprint(self, piece: Passage) -> str:
        """A hash that is equal for texts that differ only in case, spacing, punctuation or width."""
        folded = plain(piece.text) or piece.text
        return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=16).hexdigest()

    def fragments(self, piece: Passage) -> set[int]:
        """Hashes (64 bits) of all runs of 10 words of a text of at least 12, or of 16 characters of at least 24 in Chinese."""
        folded = plain(piece.text)
        units: Sequence[str]
        units, width, least, glue = folded.split(), _SHINGLE, 12, " "
        if mostly_cjk(folded):
            units, width, least, glue = folded.replace(" ", ""), _SHINGLE_CJK, 24, ""
        if len(units) < least:
            return set()
        runs = (glue.join(units[start : start + width]) for start in range(len(units) - width + 1))
        return {int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big") for run in runs}

    def metadata(self, piece: Passage) -> dict[str, Any]:
        """Title and source, where they are not the defaults for the text, and labels."""
        found: dict[str, Any] = {"title": piece.title, "source": piece.source}
        if found == {"title": title_of(clean(piece.text)), "source": ""}:
            found = {}
        return {**found, "labels": [list(one) for one in piece.labels]} if piece.labels else found

    def with_metadata(self, piece: Passage, metadata: Mapping[str, Any]) -> Passage:
        """Inverse of :meth:`metadata`."""
        try:
            record = Record(metadata)
            known: dict[str, Any] = {name: record.text(name) for name in ("title", "source") if name in record}
            if "labels" in record:
                known["labels"] = tuple((str(name), str(value)) for name, value in record.array("labels", _MOST_LABELS))
            return replace(piece, **known)
        except (TypeError, ValueError) as error:
            raise DamagedFileError("the recorded title and labels of a text are damaged ({reason}).", reason=error) from error

    def mix(self, a: Passage, b: Passage, share: float, seed: int) -> Passage:
        """Take each word from the same place in b with probability ``share``, else in a; a text that is too short gives none."""
        if share <= 0.0 or share >= 1.0:
            return a if share <= 0.0 else b
        words = [_SPACED_WORD.findall(clean(piece.text)) for piece in (a, b)]
        from_b = np.random.default_rng(seed).random(max(map(len, words))) < share
        text = ""
        for place, later in enumerate(from_b.tolist()):
            for word in words[later][place : place + 1]:
                joined = text and not CJK_CHARACTER.search(text[-1] + word[0]) and not word[0].isspace()
                text += f" {word}" if joined else word
        return self.from_symbols(text.strip())

    def write(self, piece: Passage, path: Path, text: str = "") -> None:
        """Write one passage as UTF-8 text with a newline at its end; ``text`` is left out, as plain text cannot hide it.

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
        write_text(path, clean(piece.text) + "\n")

    def show(self, piece: Passage, width: int = 80) -> str:
        """The text, wrapped to ``width`` columns of a terminal."""
        return "\n".join(wrap(line, max(2, width)) for line in clean(piece.text).expandtabs().split("\n"))

    def describe(self, piece: Passage) -> dict[str, Any]:
        """Title, source, text and its length in characters and words; each Chinese or Japanese character is a word."""
        return {
            "title": piece.title,
            "source": piece.source,
            "text": piece.text,
            "characters": len(piece.text),
            "words": len(words_of(piece.text)),
        }

    def parts(self, piece: Passage) -> list[str]:
        """The words without the punctuation around them; each Chinese or Japanese character is one."""
        return [_AROUND.sub("", word) for word in words_of(piece.text)]

    def part_name(self, piece: Passage) -> str:
        """The name of a part: "character" where most of the text is Chinese or Japanese, else "word"."""
        return "character" if mostly_cjk(piece.text) else "word"


DOMAIN = TextDomain()
