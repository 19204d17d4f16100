"""Tables with a column of labels: read them with all their columns, find their pieces, and write them with more rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Literal, NamedTuple

from genstudio.domains import Domain, check_options, known_options, read_file
from genstudio.domains.encoding import decode
from genstudio.domains.text import tables
from genstudio.domains.text.columns import column_of, lines_in, obvious_field
from genstudio.errors import ConfigError, FileError, InputError, Message
from genstudio.files import read_bytes

__all__ = ["SUFFIXES", "Example", "Labelled", "Table", "read_labelled", "table_text"]

SUFFIXES = (".csv", ".tsv", ".jsonl")
"""The suffixes of tables."""

FILES = ("file", "path", "filename")
"""Usual names of the column of files, where pieces are files."""

_LARGEST = 512 * 1024 * 1024  # bytes of a table
_SAMPLE = 50  # rows from which the columns are recognised

Key = int | str  # of a column: its number in rows of cells, its name in lines of JSON


class Example(NamedTuple):
    """A piece with its label, and the row of the table (from 0) that it comes from."""

    piece: Any
    label: str
    row: int


@dataclass
class Table:
    """A table as it was read.

    Attributes:
        path: of its file.
        names: the name of each column.
        rows: for each row its line in the file (from 1) and its values; what a row lacks is not in them.
        named: whether the file names its columns.
        separator: the character between cells, "" for lines of JSON.
    """

    path: Path
    names: dict[Key, str]
    rows: list[tuple[int, dict[Key, Any]]]
    named: bool = True
    separator: str = ""


@dataclass
class Labelled:
    """A table, the columns of it that matter, and its pieces.

    Attributes:
        table: the table.
        column: the column of texts or of files; "" where the pieces are neither.
        label: the column of labels.
        examples: the pieces that have a label.
        kind: whether the pieces are texts in cells, files that cells name, or what the domain reads of the table.
        remarks: sentences on what was left out.
    """

    table: Table
    column: Key
    label: Key
    examples: list[Example]
    kind: Literal["text", "files", "own"]
    remarks: list[str] = field(default_factory=list)


def read_labelled(domain: Domain, path: Path, label: str, read: Mapping[str, Any]) -> Labelled:
    """Read a table and the labelled pieces in it.

    Args:
        domain: texts are in a column of the table. Other pieces are in files that a column names, relative to the folder of the
            table, or, where the domain itself reads labelled tables (its reader has an option ``label``), in the table.
        path: of the table.
        label: name (or number from 0) of the column of labels.
        read: ``column`` (of the texts or files), ``separator`` and ``encoding`` of the table, where they are not obvious, and
            options of the domain's reader.

    Raises:
        ConfigError: an option of the reader is unknown.
        FileError: the table cannot be read, or lacks a column.
        InputError: no row has both a label and a piece.
    """
    itself = not domain.is_text and path.suffix.lower() in domain.suffixes and "label" in known_options(domain)
    if path.suffix.lower() not in SUFFIXES and not itself:
        template = "{path} is no table; expected a file that ends in {suffixes}."
        raise FileError(template, path=path, suffixes=", ".join(SUFFIXES))
    column = read.get("column")
    wanted = [one for one in (label, column) if one is not None]
    found, remarks = Table(path, {}, []), list[str]()
    if path.suffix.lower() in SUFFIXES:
        found, remarks = read_table(path, wanted, read.get("separator"), read.get("encoding") or "")
    named = column if column is not None else next((name for name in FILES if name in found.names.values()), None)
    if domain.is_text:
        check_options(domain, read)
        made = Labelled(found, column_in(found, column), column_in(found, label), [], "text", remarks)
        _texts(made, domain, {**read, "column": column, "label": label})
    elif itself and (column is not None or named is None):
        check_options(domain, read)
        made = Labelled(Table(path, {}, []), "", label, [], "own")
        _own(made, domain, {**read, "label": label})
    elif named is None:
        template = "{path} has no column with the files of its pieces; call it {name}, or say which column it is."
        raise FileError(template, path=path, name=FILES[0])
    else:
        read = {name: value for name, value in read.items() if name not in ("column", "separator", "encoding")}
        check_options(domain, read)
        made = Labelled(found, column_in(found, named), column_in(found, label), [], "files", remarks)
        _files(made, domain, read)
    if not made.examples:
        raise InputError("{path}: no row has a piece and a label in {label!r}.", path=path, label=label)
    return made


def _texts(made: Labelled, domain: Domain, read: Mapping[str, Any]) -> None:
    """Collect the pieces in the cells of a column."""
    result = read_file(domain, made.table.path, **read)
    rows = {number: row for row, (number, _) in enumerate(made.table.rows)}
    numbered = [(int(piece.source.rpartition("#")[2]), piece) for piece in result.pieces]
    _take(made, [(rows.get(number), piece, dict(piece.labels).get(read["label"], "")) for number, piece in numbered])
    made.remarks += [*map(str, result.remarks), *(f"{one.path}: {one.reason}" for one in result.refused[:_SAMPLE])]


def _own(made: Labelled, domain: Domain, read: Mapping[str, Any]) -> None:
    """Collect the pieces that the domain itself finds in a table. They need not be rows: their places are counted."""
    result = read_file(domain, made.table.path, **read)
    _take(made, [(number, piece, dict(piece.labels).get(read["label"], "")) for number, piece in enumerate(result.pieces)])
    made.remarks += [*result.remarks, *(f"{one.path}: {one.reason}" for one in result.refused[:_SAMPLE])]


def _files(made: Labelled, domain: Domain, read: Mapping[str, Any]) -> None:
    """Collect the pieces of the files that a column names."""
    found: list[tuple[int | None, Any, str]] = []
    refused: list[str] = []
    for row, (number, values) in enumerate(made.table.rows):
        name, label = (tables.cell_text(value_of(values, key)).strip() for key in (made.column, made.label))
        if not name:
            continue
        if {".."} & {*PurePosixPath(name).parts, *PureWindowsPath(name).parts}:
            raise InputError(
                "{path}, line {number}: the file {name} is outside the folder of the table; put the table beside its files.",
                path=made.table.path, number=number, name=name,
            )  # fmt: skip
        try:
            result = read_file(domain, made.table.path.parent / name, **read)
        except InputError as error:
            refused.append(str(error))
            continue
        found += [(row, piece, label) for piece in result.pieces[:1]]
        if len(result.pieces) > 1:
            refused.append(Message("{name} holds {count} pieces; the first was taken", name=name, count=len(result.pieces)))
    _take(made, found)
    made.remarks += refused


def _take(made: Labelled, found: Sequence[tuple[int | None, Any, str]]) -> None:
    """Take the pieces that have a row and a label."""
    bare = 0
    for row, piece, label in found:
        if row is not None and label.strip():
            made.examples.append(Example(piece, label, row))
        else:
            bare += 1
    if bare:
        made.remarks.append(
            Message("{count} row has no label" if bare == 1 else "{count} rows have no label", count=bare)
        )


# -- tables


def read_table(path: Path, wanted: Sequence[str], separator: str | None, encoding: str) -> tuple[Table, list[str]]:
    """All rows of a table, and remarks on those that cannot be read."""
    data = read_bytes(path, _LARGEST)
    try:
        text = data.decode(encoding, "replace").removeprefix("\ufeff") if encoding else decode(data, path).text
    except LookupError as error:
        raise ConfigError("there is no encoding {encoding!r}; expected one such as utf-8.", encoding=encoding) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refused: list[str] = []
    found = _lines(path, text, refused) if path.suffix.lower() == ".jsonl" else _cells(path, text, wanted, separator, refused)
    if not found.rows:
        raise FileError("{path}: there is no row in it.", path=path)
    if refused:
        few = "{count} line cannot be read and is left out; the first: {reason}"
        many = "{count} lines cannot be read and are left out; the first: {reason}"
        return found, [Message(few if len(refused) == 1 else many, count=len(refused), reason=refused[0])]
    return found, []


def _lines(path: Path, text: str, refused: list[str]) -> Table:
    rows: list[tuple[int, dict[Key, Any]]] = []
    for number, line in enumerate(lines_in(text), start=1):
        if not line.strip():
            continue
        try:
            value = tables.json_value(line)
            if not isinstance(value, dict):
                raise ValueError("the line is no object")
            rows.append((number, value))
        except ValueError as error:
            refused.append(f"line {number}: {error}")
    return Table(path, {name: str(name) for _, values in rows for name in values}, rows)


def _cells(path: Path, text: str, wanted: Sequence[str], separator: str | None, refused: list[str]) -> Table:
    form = tables.form_of(text, tabs=path.suffix.lower() == ".tsv", separator=separator, wanted=wanted)
    read = [row for row in tables.rows_of(text, form) if row.cells or row.reason]
    refused += [f"line {row.number}: {row.reason}" for row in read if row.reason]
    rows = [row for row in read if row.cells]
    if not rows:
        return Table(path, {}, [])
    sample = [row.cells for row in islice(rows, _SAMPLE)]
    named = any(column_of(sample, name, path)[1] for name in wanted) or tables.looks_like_names(sample)
    first = [cell.strip() for cell in rows[0].cells] if named else []
    width = max(len(row.cells) for row in rows)
    names: dict[Key, str] = {at: first[at] if at < len(first) else str(at) for at in range(width)}
    body = rows[1:] if named else rows
    kept: list[tuple[int, dict[Key, Any]]] = [(row.number, dict(enumerate(row.cells))) for row in body]
    return Table(path, names, kept, named, form.separator if form.separator in tables.SEPARATORS else ",")


def column_in(table: Table, name: str | None) -> Key:
    """The column of that name or number; None: the one with a usual name.

    Raises:
        FileError: there is none, or several could be meant.
    """
    if not table.separator:
        first = table.rows[0][1]
        place = obvious_field(first, table.path) if name is None else name  # type: ignore[arg-type]
        if not any(value_of(values, place) is not tables.ABSENT for _, values in table.rows):
            hint = tables.hint(place, tables.field_names(first))
            raise FileError("{path}: there is no field {name!r}; {hint}", path=table.path, name=place, hint=hint)
        return place
    rows = [[tables.cell_text(values.get(at, "")) for at in table.names] for _, values in table.rows[:_SAMPLE]]
    return column_of([list(table.names.values()), *rows] if table.named else rows, name, table.path)[0]


def value_of(values: Mapping[Key, Any], key: Key) -> Any:
    """The value of a row in a column; a column of JSON may be a path."""
    if isinstance(key, int):
        return values.get(key, "")
    return tables.value_at(values, key)


def placed(values: dict[Key, Any], key: Key, value: Any) -> None:
    """Put a value into a row that has only a few yet; the inverse of :func:`value_of`."""
    held: Any = values
    steps: list[Any] = [key] if isinstance(key, int) or "." not in key else key.split(".")
    for step in steps[:-1]:
        held = held.setdefault(step, {})
    held[steps[-1]] = value


def table_text(table: Table, rows: Sequence[Mapping[Key, Any]], added: Sequence[str], new: Sequence[Mapping[str, Any]],
               suffix: str) -> str:  # fmt: skip
    """A table with more columns, as the text of a file.

    Args:
        table: the first rows are all of its own.
        rows: further rows, with values of its columns.
        added: the names of the columns that come after its own.
        new: what these hold for each of the further rows.
        suffix: of the file: ".csv", ".tsv" or ".jsonl".
    """
    own = [values for _, values in table.rows]
    if suffix == ".jsonl":
        names = _unlike(table.names)
        lines = [{names.get(key, key): value for key, value in values.items()} for values in [*own, *rows]]
        for line, more in zip(lines[len(own) :], new, strict=True):
            line.update(more)
        return "".join(json.dumps(line, ensure_ascii=False, default=_number) + "\n" for line in lines)
    separator = "\t" if suffix == ".tsv" else table.separator if table.path.suffix.lower() == ".csv" else ","
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator or ",", lineterminator="\n")
    if table.named:
        writer.writerow([*table.names.values(), *added])
    for place, values in enumerate([*own, *rows]):
        more = new[place - len(own)] if place >= len(own) else {}
        cells = [tables.cell_text(values.get(key)) for key in table.names]
        writer.writerow([*cells, *(tables.cell_text(more.get(name)) for name in added)])
    return out.getvalue()


def _unlike(names: Mapping[Key, str]) -> dict[Key, str]:
    """The names of columns, each only once."""
    taken: set[str] = set()
    found: dict[Key, str] = {}
    for key, name in names.items():
        one, number = name, 2
        while one in taken:
            one, number = f"{name}_{number}", number + 1
        taken.add(one)
        found[key] = one
    return found


def _number(value: Any) -> Any:
    return int(value)  # a whole number of very many digits
