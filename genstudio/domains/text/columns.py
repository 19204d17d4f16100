"""Find the texts in a column of a table, or in a field of lines of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from genstudio.domains.base import Preview, ReadResult
from genstudio.domains.text import tables
from genstudio.domains.text.passages import Refused
from genstudio.domains.text.piece import Labels, title_of
from genstudio.errors import FileError, Message

__all__ = ["json_entries", "json_preview", "lines_in", "table_entries", "table_preview"]

_MOST_SEEN = 1000  # fields of JSON that an error may name, and lines that are searched for them


def lines_in(text: str) -> Iterator[str]:
    """The lines of a text, without their ends."""
    at, size = 0, len(text)
    while at < size:
        end = text.find("\n", at)
        if end < 0:
            end = size
        yield text[at:end]
        at = end + 1


def table_entries(
    text: str, column: str | int | None, wanted: Sequence[str], path: Path, separator: str | None, refused: Refused
) -> Iterator[tuple[int, str, Labels]]:
    """The cells of a column of a table, each with its line number and its labels.

    Args:
        text: the table.
        column: name or number of the column of texts; None where it is obvious.
        wanted: names of the columns that are labels.
        path: of the file, for messages; by its suffix tabs are expected or not.
        separator: the character between cells; None: it is detected.
        refused: collects the rows that cannot be used.

    Raises:
        FileError: there is no such column.
    """
    names = [str(name) for name in (column, *wanted) if name is not None]
    form = tables.form_of(text, tabs=path.suffix.lower() == ".tsv", separator=separator, wanted=names)
    rows = tables.rows_of(text, form)
    beginning = list(islice(rows, 50))
    filled = [row.cells for row in beginning if row.cells]
    if not filled:
        for row in chain(beginning, rows):
            refused.add(row.number, row.reason or "the row is empty")
        return
    index, header = column_of(filled, column, path)
    places = [(name, column_of(filled, name, path)) for name in wanted]
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


def column_of(rows: Sequence[Sequence[str]], column: str | int | None, path: Path) -> tuple[int, bool]:
    """The number of a column (from 0), and whether the first row holds names; None finds a column with a usual name.

    Raises:
        FileError: there is no such column, or None is given and several could be meant.
    """
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
    known = names if named else [f"{number} ({title_of(name, 20)})" for number, name in enumerate(names)]
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


def json_entries(
    text: str, column: str | int | None, wanted: Sequence[str], path: Path, refused: Refused, result: ReadResult
) -> Iterator[tuple[int, str, Labels]]:
    """The texts in a field of lines of JSON, each with its line number and its labels.

    Args:
        text: the lines.
        column: path of the field of texts; None where it is obvious.
        wanted: paths of the fields that are labels.
        path: of the file, for messages.
        refused: collects the lines that cannot be used.
        result: receives a remark on the field that was chosen.

    Raises:
        FileError: no line has such a field.
    """
    name = str(column) if column is not None else None
    found: set[str] = set()
    seen: dict[str, None] = {}
    described = 0
    for number, line in enumerate(lines_in(text), start=1):
        if not line or line.isspace():
            if line:
                yield number, "", ()
            continue
        try:
            value = tables.json_value(line)
        except ValueError as error:
            refused.add(number, str(error))
            continue
        labels: Labels = ()
        if isinstance(value, (dict, list)):
            if described < _MOST_SEEN and len(seen) < _MOST_SEEN:
                described += 1
                seen.update(dict.fromkeys(tables.field_names(value)))
            if name is None and isinstance(value, dict):
                name = obvious_field(value, path)
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


def obvious_field(value: dict[str, Any], path: Path) -> str:
    """The path of the field that holds the text: one with a usual name, or the only one with a text; outermost fields come first.

    Raises:
        FileError: several could be meant.
    """
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


def json_preview(text: str, rows: int, encoding: str) -> Preview:
    """The fields and the first entries of lines of JSON; see :class:`genstudio.domains.base.Preview`."""
    values = []
    for line in lines_in(text):
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
        single = tuple((title_of(tables.cell_text(value), 1000),) for value in values[:rows])
        return Preview(("0",), single, "0" if single else "", encoding=encoding)
    try:
        first = next((value for value in values if isinstance(value, dict)), None)
        chosen = obvious_field(first, Path()) if first else ""
    except FileError:
        chosen = ""
    cells = [[tables.value_at(value, name) for name in columns] for value in values[:rows]]
    shown = tuple(tuple("" if one is tables.ABSENT else title_of(tables.cell_text(one), 1000) for one in row) for row in cells)
    return Preview(tuple(columns), shown, chosen, named=True, encoding=encoding)


def table_preview(text: str, rows: int, path: Path, separator: str | None, encoding: str) -> Preview:
    """The columns and first rows of a table; see :class:`genstudio.domains.base.Preview`.

    Args:
        text: the beginning of the table.
        rows: how many are shown.
        path: of the file; by its suffix tabs are expected or not.
        separator: the character between cells; None: it is detected.
        encoding: that of the file.
    """
    form = tables.form_of(text, tabs=path.suffix.lower() == ".tsv", separator=separator)
    sample = [row.cells for row in islice(tables.rows_of(text, form), max(rows, 50)) if row.cells]
    named = bool(sample) and tables.looks_like_names(sample)
    width = max(map(len, sample), default=0)
    names = [title_of(name.strip(), 40) for name in sample[0]] if named else []
    columns = [*names, *map(str, range(len(names), width))]
    try:
        place, named = column_of(sample, None, path) if sample else (0, False)
        chosen = columns[place] if columns else ""
    except FileError:
        chosen = ""
    shown = [[title_of(cell, 1000) for cell in row] + [""] * (width - len(row)) for row in sample[named:][:rows]]
    return Preview(tuple(columns), tuple(map(tuple, shown)), chosen, form.separator.strip("\0"), named, encoding)
