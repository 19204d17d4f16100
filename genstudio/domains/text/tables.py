"""Tables of text: find the separator, the rows and the names of the columns, and the fields of nested JSON.

Rules
- The separator is the one with which most rows have the same number of cells, with quotes respected. A first line ``sep=;`` also
  names it.
- A quote that is not closed damages its own row only: reading goes on at the next line.
- A column has the name that the first row gives it, or a number from 0. A field of nested JSON is named by its path, the names and
  the places in lists joined by dots: ``data.text``, ``items.0.text``.
"""

from __future__ import annotations

import csv
import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

__all__ = [
    "ABSENT",
    "OBVIOUS",
    "SEPARATORS",
    "Form",
    "Row",
    "cell_text",
    "field_names",
    "form_of",
    "hint",
    "json_value",
    "looks_like_names",
    "rows_of",
    "value_at",
]

OBVIOUS = ("text", "sentence", "content", "passage")
"""Usual names of the column of texts."""

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE = 65_536  # characters from which the form of a table is recognised
_SAMPLE_ROWS = 200
_LONGEST_CELL = (1 << 31) - 1  # the limit of the csv module on every system
_MOST_LINES = 20_000  # of one row: a quote that is open for longer is a mistake
_MOST_CELLS = 100_000  # of one row
_MOST_FAULTS = 10_000  # rows with open quotes; after them each line is a row
_MOST_WASTED = 50_000_000  # characters that are read again because of open quotes; after them each line is a row
_DEEPEST = 8  # levels of JSON that are named
_MOST_NAMES = 200  # fields that are named
_SHOWN = 20  # names in a sentence
_LONGEST_JSON = 8_000_000  # characters of a line of JSON: its values take some thirty times as much memory


class Form(NamedTuple):
    """How a table is written. skipped: the number of lines before the first row that do not belong to the table."""

    separator: str
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
    spaced: bool = False  # a space follows the separator, and does not belong to the cell
    skipped: int = 0


class Row(NamedTuple):
    """One row: the line (from 1) that it begins in, its cells, and why they cannot be read, or ""."""

    number: int
    cells: list[str]
    reason: str = ""


@dataclass
class _Lines:
    """Iterates over the lines of a text, with their line ends; ``at`` and ``number`` can be set back to read lines again."""

    text: str
    at: int = 0
    number: int = 0  # of the line before ``at``
    begun: int = 0  # the number of the line before the row that is being read
    until: int = 1 << 62  # the number of the last line that is returned
    ended: bool = False
    separator: str = ""
    wide: bool = False  # the row has too many cells and was left out

    def __iter__(self) -> Iterator[str]:
        text, size = self.text, len(self.text)
        while self.at < size and self.number < self.until:
            end = text.find("\n", self.at) + 1 or size
            line = text[self.at : end]
            self.at = end
            self.number += 1
            if len(line) > _MOST_CELLS and self.number == self.begun + 1 and self._too_wide(line):
                self.wide, line = True, "\n"
            yield line
        self.ended = True

    def _too_wide(self, line: str) -> bool:
        return '"' not in line and line.count(self.separator) >= _MOST_CELLS


def rows_of(text: str, form: Form) -> Iterator[Row]:
    """Iterate over the rows of a table; empty ones have no cells. Lines end with a line feed."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    lines = _Lines(text, separator=form.separator)
    for _ in range(form.skipped):
        next(iter(lines), None)
    wasted = faults = 0
    how: dict[str, Any] = {"delimiter": form.separator, "quoting": form.quoting, "skipinitialspace": form.spaced}
    while lines.at < len(text):
        if faults >= _MOST_FAULTS:
            lines.until = 1 << 62
            for line in lines:
                yield _single(line, lines.number, how)
            return
        reader = csv.reader(lines, strict=True, **how)
        while True:
            begun, number = lines.at, lines.number
            lines.begun, lines.wide, lines.until = number, False, number + (_MOST_LINES if wasted < _MOST_WASTED else 1)
            try:
                cells = next(reader, None)
            except csv.Error:
                # A quote is never closed, or a closing one is followed by text: the line is read as a row of its own.
                wasted += lines.at - begun
                faults += 1
                lines.at, lines.number = begun, number
                yield _single(next(iter(lines)), number + 1, how)
                break
            if cells is None:
                break
            if lines.wide or len(cells) > _MOST_CELLS:
                yield Row(number + 1, [], f"the row has more than {_MOST_CELLS:,} cells")
            else:
                yield Row(number + 1, cells)


def _single(line: str, number: int, how: dict[str, Any]) -> Row:
    """A line read as a row of its own; text after a closing quote belongs to its cell."""
    lines = iter((line, ""))
    try:
        cells = next(csv.reader(lines, **how), [])
    except csv.Error as error:
        return Row(number, [], f"the row is damaged ({error})")
    if next(lines, None) is None:  # the reader asked for another line
        return Row(number, [], "a quotation mark that opens a cell in it is never closed")
    return Row(number, cells)


def form_of(text: str, *, tabs: bool = False, separator: str | None = None, wanted: Iterable[str] = ()) -> Form:
    """Detect how a table is written.

    Args:
        text: the beginning of the table, or all of it.
        tabs: whether tabs are expected between cells (a ``.tsv`` file).
        separator: the character between cells, where it is known.
        wanted: names of columns that should be there.
    """
    first, _, rest = text.partition("\n")
    stated = re.fullmatch(r'"?sep=(.)"?[,;\t ]*', first.strip("\r \ufeff"), re.IGNORECASE)
    skipped = 1 if stated else 0
    if stated and separator is None:
        separator = stated[1]
    sample = (rest if stated else text)[:_SAMPLE]
    whole = len(rest if stated else text) <= _SAMPLE
    if separator is not None:
        marks = [separator]
    elif tabs and "\t" in sample:
        marks = ["\t"]
    else:
        marks = [mark for mark in SEPARATORS if mark in sample and not _decimal(mark, sample)]
    names = {name.casefold() for name in wanted}
    best, least = Form("\t" if tabs else ",", skipped=skipped), (-1.0, 0.0, 0.0)
    for mark in marks:
        # Tables of sentences written with tabs hold stray quotation marks far more often than quoted cells.
        quoting: Literal[0, 3] = csv.QUOTE_NONE if mark == "\t" and not _quoted(sample) else csv.QUOTE_MINIMAL
        for spaced in (False, True) if f'{mark} "' in sample else (False,):
            form = Form(mark, quoting, spaced)
            rows = [row.cells for row in _taken(rows_of(sample, form), whole) if row.cells]
            widths = Counter(map(len, rows))
            if not rows or (max(widths) == 1 and separator is None):
                continue
            # The wanted names decide, then the share of rows with the same number of cells, then this number.
            width = max(widths, key=lambda one: (widths[one], one))
            found = len(names & {cell.strip().casefold() for cell in rows[0]})
            score = (float(found), widths[width] / len(rows) if width > 1 else 0.0, float(width))
            if score > least:
                best, least = Form(mark, quoting, spaced, skipped), score
    if separator is None and not tabs and not least[0] and least[1] < 0.5 and best.separator not in first:
        # No separator: each line is one cell, and what looks like a separator is punctuation.
        return Form("\0", csv.QUOTE_MINIMAL, False, skipped)
    return best


def _taken(rows: Iterator[Row], whole: bool) -> list[Row]:
    """The first rows, without the last one if the end of the sample may have cut it."""
    taken = [row for row, _ in zip(rows, range(_SAMPLE_ROWS), strict=False)]
    return taken if whole or len(taken) == _SAMPLE_ROWS or len(taken) < 2 else taken[:-1]


def _decimal(mark: str, sample: str) -> bool:
    """Whether all commas are inside of numbers."""
    return mark == "," and not re.search(r"(?<!\d),|,(?!\d)", sample)


def _quoted(text: str) -> bool:
    """Whether the quotation marks between tabs quote cells: each at the start of a cell has one at the end of a cell."""
    opened = len(re.findall(r'(?:^|\t)"', text, re.MULTILINE))
    closed = len(re.findall(r'"(?=\t|\r?$)', text, re.MULTILINE))
    return opened > 0 and opened == closed


def looks_like_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names its columns: short identifiers, all different, unlike the rows below."""
    first = [cell.strip() for cell in rows[0]]
    name = re.compile(r"[^\W\d][\w -]{0,39}")
    if len(rows) < 2 or len(set(first)) != len(first) or not all(name.fullmatch(cell) for cell in first):
        return False
    if {cell.casefold() for cell in first} & {*OBVIOUS, "id", "english", "chinese", "source", "target", "label", "title"}:
        return True
    below = [row for row in rows[1:21] if len(row) == len(first)]
    alike = sum(all(name.fullmatch(cell.strip()) for cell in row) for row in below)
    return bool(below) and alike <= 0.2 * len(below)


# -- JSON


def json_value(line: str) -> Any:
    """The value of a line of JSON; a whole number that is too long for Python is a ``Decimal``.

    Raises:
        ValueError: it is not JSON, is too long or nested too deeply; the message is a clause.
    """
    if len(line) > _LONGEST_JSON:
        raise ValueError(f"the line has more than {_LONGEST_JSON:,} characters")
    try:
        return _JSON.decode(line)
    except RecursionError:
        raise ValueError("the line is nested too deeply") from None
    except ValueError:
        raise ValueError("the line is not valid JSON") from None


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) < 4000 else Decimal(digits)


_JSON = json.JSONDecoder(parse_int=_integer)


def cell_text(value: Any) -> str:
    """A field's value as a table would hold it."""
    if isinstance(value, str):
        return value
    try:
        return "" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        return ""


ABSENT: Any = object()
"""The result of :func:`value_at` where there is no value."""


def value_at(value: Any, name: str) -> Any:
    """The value at a path in a JSON value, or :data:`ABSENT`; keys that themselves have dots come first."""
    if isinstance(value, dict) and name in value:
        return value[name]
    steps = name.split(".")
    at = 0
    while at < len(steps):
        if isinstance(value, dict):
            for end in range(len(steps), at, -1):
                key = ".".join(steps[at:end])
                if key in value:
                    value, at = value[key], end
                    break
            else:
                return ABSENT
        elif isinstance(value, list) and steps[at].isdecimal() and len(steps[at]) < 10 and int(steps[at]) < len(value):
            value, at = value[int(steps[at])], at + 1
        else:
            return ABSENT
    return value


def field_names(value: Any) -> list[str]:
    """The paths of the single values in a JSON value; of each list only the first item is listed."""
    found: list[str] = []

    def walk(held: Any, path: str, depth: int) -> None:
        if len(found) >= _MOST_NAMES:
            return
        inside = held.items() if isinstance(held, dict) else [("0", held[0])] if isinstance(held, list) and held else ()
        if not inside or depth == _DEEPEST:
            found.append(path)
            return
        for name, one in inside:
            walk(one, f"{path}.{name}" if path else str(name), depth + 1)
            if len(found) >= _MOST_NAMES:
                return

    if isinstance(value, (dict, list)) and value:
        walk(value, "", 0)
    return found


def hint(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown column: the most similar known column, and as many others as fit in a sentence."""
    names = sorted({one if len(one) <= 40 else one[:39] + "…" for one in known})
    near = difflib.get_close_matches(name[:40], names[:1000], n=1, cutoff=0.5)
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return (f"did you mean {near[0]!r}? " if near else "") + f"Known: {', '.join(names[:_SHOWN]) or 'none'}{more}."
