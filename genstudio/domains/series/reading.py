"""Read tables (CSV, TSV, JSON lines, Parquet) as time series: one for each column of numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import compress, islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from genstudio.domains.base import ReadResult, Refusal
from genstudio.domains.encoding import decode
from genstudio.domains.series import calendar
from genstudio.domains.series.piece import Series
from genstudio.domains.series.symbols import REACH, clipped
from genstudio.domains.text import tables
from genstudio.errors import ConfigError, DamagedFileError, FileError, Message
from genstudio.files import read_bytes
from genstudio.packages import install_command

__all__ = ["SHORTEST", "ReadOptions", "columns_of", "read"]

SHORTEST = 4
"""The smallest number of values of a series."""

_LARGEST = 256 * 1024 * 1024  # bytes of a file
_MOST_ROWS = 1_000_000
_BATCH = 1024  # rows of a Parquet file that are read at once
_MOST_GAPS = 1_000_000  # steps that are put in for missing rows
_NUMERIC = 0.9  # share of the cells of a column of numbers that are numbers
_MISSING = {
    *("", "na", "n/a", "nan", "null", "none", "-", "--", "—", "?", ".", "#n/a", "missing"),
    *("inf", "-inf", "+inf", "infinity", "-infinity"),
}
_TIME = re.compile(
    r"(?:the )?(?:date|time|ds|timestamp|datetime|month|year|day|week|hour|quarter|period|when|日期|时间|年|月|年月|年份|月份"
    r"|datum|zeit|zeitpunkt|zeitstempel|jahr|monat|quartal|woche|tag|stunde|fecha|año|mes|année|mois|data)"
    r"(?:[ _-]?(?:time|stamp|utc|id))?",
    re.IGNORECASE,
)
_PARTS = {  # of a time, and how columns with them are called
    "year": {"year", "yr", "jahr", "年", "年份"},
    "quarter": {"quarter", "qtr", "quartal", "季度"},
    "month": {"month", "mon", "monat", "月", "月份"},
    "day": {"day", "tag", "日"},
    "hour": {"hour", "stunde", "时", "小时"},
}
_POSITION = re.compile(r"(\d{1,2})/(\d{1,2})")
_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([,. '’])\d{3})(?:\1\d{3})*(?:[.,]\d*)?")  # 1,234 or 1.234.567,8
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
_SPACES = str.maketrans({"\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_CURRENCY = re.compile(r"(?:[$€£¥]|(?:USD|EUR|GBP|CNY|CHF) ?)")
_LONGEST_NUMBER = 60  # characters of a cell
_GREATEST = 1e300  # the difference of two such numbers is a number
_MOST_CELLS = 40_000_000  # of a table
_SHOWN = 20  # names of columns in a sentence
_MOST_TRIED = 20  # columns that are tried as that of the times
_NAMING = 200  # rows from which the names of the columns are recognised
_SENTENCE = re.compile(r"\w+\W+\w+\W+\w+\W+\w+")
SEASON_COLUMN, VALUE_COLUMN = "season", "value"  # of the tables that are written
_SHARE = re.compile(r"q0\.\d{1,6}")


class ReadOptions(NamedTuple):
    """The options of :meth:`genstudio.domains.series.SeriesDomain.read`."""

    column: str | int | None = None
    time: str | int | None = None
    every: str = ""
    season: int | None = None
    label: tuple[str, ...] = ()
    separator: str | None = None
    encoding: str = ""


@dataclass
class _Table:
    """A table: the names of its columns, the cells of each, and whether a comma within a number can only be a decimal one."""

    names: list[str]
    columns: list[list[str]]
    commas: bool = False
    lines: Sequence[int] = ()
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _numbers: dict[int, list[float | None]] = field(default_factory=dict)

    def numbers(self, place: int) -> list[float | None]:
        """The numbers of a column, None for a cell without one."""
        if place not in self._numbers:
            self._numbers[place] = _column_of_numbers(self.columns[place], self.commas)
        return self._numbers[place]

    def is_numeric(self, place: int) -> bool:
        """Whether nearly all cells of a column, but those that say that a value is missing, are numbers."""
        cells = self.columns[place]
        sample = [cell for cell in cells[:_NAMING] if cell.lower() not in _MISSING]
        if sum(_number(cell) is not None for cell in sample) < _NUMERIC * len(sample) / 2:
            return False  # a column of texts, of which no more need be looked at
        found = self.numbers(place)
        filled = sum(number is not None or cell.lower() not in _MISSING for cell, number in zip(cells, found, strict=True))
        return filled > 0 and sum(number is not None for number in found) >= _NUMERIC * filled

    def source(self, path: Path, row: int) -> str:
        """The name of a row, by its line in the file."""
        return f"{path}#{self.lines[row] if self.lines else row + 1}"


def read(path: Path, options: ReadOptions) -> ReadResult:
    """Read the time series of a table; see :meth:`genstudio.domains.series.SeriesDomain.read`.

    Raises:
        ConfigError: the step or the season is not valid.
        FileError: the file cannot be read, has no numbers, or its times are not regular.
    """
    every = calendar.step_named(options.every) if options.every else ""
    if options.season is not None and options.season not in (0, *range(2, calendar.MOST_SEASON + 1)):
        raise ConfigError(
            "the season is {season}; expected 0 (none) or 2 to {most} steps.", season=options.season, most=calendar.MOST_SEASON
        )
    table = _table(path, options)
    result = ReadResult(refused=table.refused, remarks=table.remarks)
    if not table.columns or not any(map(len, table.columns)):
        raise FileError("{path}: there are no numbers in it.", path=path)
    if options.label:
        _rows(path, table, options, result)
    else:
        _columns(path, table, options, every, result)
    if not result.pieces:
        reason = result.refused[0].reason if result.refused else Message("no column of it holds numbers")
        raise FileError("{path}: there is no time series in it: {reason}.", path=path, reason=reason)
    cut = sum(map(clipped, result.pieces))
    if cut:
        result.remarks.append(
            Message(
                "{count} value is more than {reach:g} deviations from the mean and is clipped for the model"
                if cut == 1 else "{count} values are more than {reach:g} deviations from the mean and are clipped for the model",
                count=cut, reach=REACH,
            )
        )  # fmt: skip
    return result


def columns_of(path: Path) -> list[str]:
    """The names of the columns of a table.

    Raises:
        FileError: the file cannot be read.
    """
    return _table(path, ReadOptions()).names


# -- tables


def _table(path: Path, options: ReadOptions) -> _Table:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _parquet(path)
    data = read_bytes(path, _LARGEST)
    if not data.strip():
        raise FileError("{path}: the file is empty.", path=path)
    if options.encoding:
        try:
            text = data.decode(options.encoding)
        except (LookupError, UnicodeError) as error:
            raise FileError("{path}: it is not text in {encoding}.", path=path, encoding=options.encoding) from error
    else:
        text = decode(data, path).text
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text[:10_000]:
        raise FileError("{path}: it is not a table of text.", path=path)
    return _json_table(text, path) if suffix == ".jsonl" else _text_table(text, path, options)


def _text_table(text: str, path: Path, options: ReadOptions) -> _Table:
    wanted = [str(name) for name in (options.column, options.time, *options.label) if name is not None]
    form = tables.form_of(text, tabs=path.suffix.lower() == ".tsv", separator=options.separator, wanted=wanted)
    found = _Table([], [], commas=form.separator == ";")
    rows: list[list[str]] = []
    lines: list[int] = []
    count = 0
    for row in islice(tables.rows_of(text, form), _MOST_ROWS):
        if row.reason:
            found.refused.append(Refusal(f"{path}#{row.number}", row.reason))
        else:
            rows.append([cell.strip() for cell in row.cells])
            lines.append(row.number)
            count += len(row.cells)
            if count > _MOST_CELLS:
                raise _too_large(path)
    width = _width(rows[:_NAMING])
    if width > 1:  # in a single column an empty line is a gap
        there = [any(row) for row in rows]
        rows, lines = list(compress(rows, there)), list(compress(lines, there))
    # Titles above a table, as statistical offices and spreadsheets write them, fill one cell or two.
    first = next((place for place, row in enumerate(rows) if sum(map(bool, row)) * 2 > width or width < 3), 0)
    rows, lines = rows[first:], lines[first:]
    if not any(map(any, rows)):
        return found
    named = _names_columns(rows, wanted)
    width = max(map(len, rows[:1000]))
    if width * len(rows) > _MOST_CELLS:
        raise _too_large(path)
    names = [*rows[0], *map(str, range(len(rows[0]), width))] if named else list(map(str, range(width)))
    found.names = [name or str(place) for place, name in enumerate(names[:width])]
    body, found.lines = (rows[1:], lines[1:]) if named else (rows, lines)
    found.columns = [[row[place] if place < len(row) else "" for row in body] for place in range(width)]
    return found


def _too_large(path: Path) -> FileError:
    return FileError("{path}: it has more than {most:,} cells; divide it into several files.", path=path, most=_MOST_CELLS)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """The usual number of cells of a row."""
    counted = Counter(map(len, filter(any, rows)))
    return max(counted, key=lambda width: (counted[width], width), default=0)


def _names_columns(rows: Sequence[Sequence[str]], wanted: Sequence[str]) -> bool:
    """Whether the first row of a table names its columns."""
    first = rows[0]
    numbers = [number for cell in first if (number := _number(cell)) is not None]
    if not numbers:
        # A first cell that alone is empty stands above the index that pandas writes.
        indexed = len(rows) > 1 and first[0] == "" and rows[1][0] != "" and all(first[1:])
        return indexed or any(first)
    folded = [cell.casefold() for cell in first]
    if any(not name.isdecimal() and name.casefold() in folded for name in wanted):
        return True
    # Years, or the numbers of steps, name the columns of a table with a row for each series.
    counted = len(numbers) > 2 and len(numbers) < len(first) and all(later - one == 1 for one, later in pairwise(numbers))
    return counted and any(not _steady(row) for row in rows[1:10])


def _steady(row: Sequence[str]) -> bool:
    numbers = [number for cell in row if (number := _number(cell)) is not None]
    return len(numbers) > 2 and all(later - one == 1 for one, later in pairwise(numbers))


def _json_table(text: str, path: Path) -> _Table:
    found = _Table([], [])
    columns: dict[str, list[str]] = {}
    lines: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = tables.json_value(line)
        except ValueError as error:
            found.refused.append(Refusal(f"{path}#{number}", str(error)))
            continue
        if isinstance(value, list):
            fields = {str(place): one for place, one in enumerate(value)}
        elif isinstance(value, dict):
            fields = {name: tables.value_at(value, name) for name in tables.field_names(value)}
        else:
            fields = {"0": value}
        for name, one in fields.items():
            cells = columns.setdefault(name, [])
            cells += [""] * (len(lines) - len(cells))
            cells.append(tables.cell_text(one).strip())
        lines.append(number)
        if len(columns) * len(lines) > _MOST_CELLS:
            raise _too_large(path)
        if len(lines) >= _MOST_ROWS:
            break
    if not columns and found.refused:
        raise DamagedFileError("{path}: no line of it can be used; the first: {reason}.", path=path, reason=found.refused[0].reason)
    found.names, found.lines = list(columns), lines
    found.columns = [[*cells, *[""] * (len(lines) - len(cells))] for cells in columns.values()]
    return found


def _parquet(path: Path) -> _Table:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise FileError(
            "{path}: Parquet files are read with pyarrow, which is not installed; install it: {command}",
            path=path, command=install_command("series"),
        ) from error  # fmt: skip
    if not path.is_file():
        raise FileError("there is no file {path}.", path=path)
    if path.stat().st_size > _LARGEST:
        raise FileError(
            "{path}: it has more than {most} MB; divide it into several files.", path=path, most=_LARGEST // 1024**2
        )
    columns: list[list[str]] = []
    size = 0
    try:
        with path.open("rb") as opened, pyarrow.parquet.ParquetFile(opened) as file:
            names = list(file.schema_arrow.names)
            columns = [[] for _ in names]
            # A small file can hold much: it is read piece by piece, as far as there is room.
            for batch in file.iter_batches(_BATCH):
                size += batch.nbytes
                for cells, column in zip(columns, batch.columns, strict=True):
                    cells += ["" if one is None else _cell(one) for one in column.to_pylist()]
                if size > _LARGEST or sum(map(len, columns)) > _MOST_CELLS:
                    raise _too_large(path)
                if len(columns[0]) >= _MOST_ROWS:
                    break
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        raise DamagedFileError("{path}: it is no Parquet file, or a damaged one.", path=path) from error
    return _Table(names, columns)


def _cell(value: Any) -> str:
    return (value.isoformat() if hasattr(value, "isoformat") else str(value)).strip()


# -- numbers


def _number(cell: str, groups: str = ",") -> float | None:
    """The number in a cell; None where there is none.

    Args:
        cell: its text.
        groups: the mark between thousands, where it could be that of the decimals as well: a comma, a point, or none.
    """
    if len(cell) > _LONGEST_NUMBER:
        return None
    text = cell if cell.isascii() else cell.translate(_SPACES)
    text = _CURRENCY.sub("", text, count=1) if not text[:1].isdecimal() or not text[-1:].isdecimal() else text
    text = text.strip().removesuffix("%").strip()
    grouped = _GROUPS.fullmatch(text)
    if grouped and (grouped[1] in " '’" or grouped[1] == groups or text.count(grouped[1]) > 1 or _both(text)):
        mark = grouped[1]
        text = text.replace(mark, "").replace(",", ".") if text.count(mark) else text
    elif _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= _GREATEST and "_" not in text else None


def _both(text: str) -> bool:
    return "," in text and "." in text


def _column_of_numbers(cells: Sequence[str], commas: bool) -> list[float | None]:
    """The numbers of a column. Whether 1,234 is a thousand or little more than one, the other cells say, or the table."""
    decimal = any(
        "," in cell and len(cell) <= _LONGEST_NUMBER and _decimal_comma(cell.translate(_SPACES).strip(" %€")) for cell in cells
    )
    pointed = (cell for cell in cells if "." in cell and "," not in cell and not _GROUPS.fullmatch(cell))
    if decimal and any(_number(cell) is not None for cell in pointed):
        decimal = False  # it has decimal points as well
    groups = "." if decimal else "" if commas else ","
    return [_number(cell, groups) for cell in cells]


def _decimal_comma(text: str) -> bool:
    """Whether the comma in a number can only be a decimal one."""
    if _GROUPS.fullmatch(text):
        return text.rfind(",") > text.rfind(".") >= 0
    return bool(_DECIMAL_COMMA.fullmatch(text))


def _find(table: _Table, name: str | int, path: Path) -> int:
    """The place of a column that is named, or numbered from 0."""
    text = str(name)
    folded = [one.casefold() for one in table.names]
    if text in table.names:
        return table.names.index(text)
    if folded.count(text.casefold()) == 1:
        return folded.index(text.casefold())
    if text.isdecimal() and len(text) < 10 and int(text) < len(table.names):
        return int(text)
    raise FileError("{path}: there is no column {column!r}; {hint}", path=path, column=text, hint=tables.hint(text, table.names))


# -- columns


def _columns(path: Path, table: _Table, options: ReadOptions, every: str, result: ReadResult) -> None:
    """A series from each column of numbers, or from the one that is asked for."""
    places, times, time = _times(path, table, options)
    stated = next((place for place, name in enumerate(table.names) if _states_season(name, table.columns[place])), None)
    if options.column is not None:
        chosen = [_find(table, options.column, path)]
        if not table.is_numeric(chosen[0]):
            raise FileError("{path}: the column {column!r} does not hold numbers.", path=path, column=str(options.column))
    else:
        chosen = [place for place in places if place != stated and table.is_numeric(place)]
        chosen = [place for place in chosen if place not in _quantiles(table)]
        texts = [place for place in places if place not in chosen and place != stated and not table.is_numeric(place)]
        if any(_is_prose(table.columns[place]) for place in texts):
            if not chosen:
                raise FileError("{path} is a table of texts, without a column of numbers.", path=path)
            known = ", ".join(table.names[place] for place in chosen[:_SHOWN])
            raise FileError("{path} is a table of texts, with numbers in {known}.", remedy="choose-numbers", path=path, known=known)
        counted = [place for place in chosen if _counts(table.numbers(place))]
        if len(counted) < len(chosen):
            for place in counted:
                result.remarks.append(Message("the column {name} numbers the rows and was left out", name=table.names[place]))
            chosen = [place for place in chosen if place not in counted]
    order, step, start = _sampled(path, table, times, every, result)
    several = len(chosen) > 1
    unreadable: dict[str, int] = {}
    for place in chosen:
        name = table.names[place]
        title = name if name != VALUE_COLUMN and (several or (time is not None and not name.isdecimal())) else path.stem
        source = f"{path}#{name}" if several else str(path)
        numbers = table.numbers(place)
        cells = zip(table.columns[place], numbers, strict=True)
        if lost := sum(number is None and cell.lower() not in _MISSING for cell, number in cells):
            unreadable[title] = lost
        values = order.apply(numbers)
        if sum(value is not None for value in values) < SHORTEST:
            reason = Message("the column {name} has fewer than {least} numbers", name=name, least=SHORTEST)
            result.refused.append(Refusal(source, reason))
            continue
        season, phase = _season(table, stated, step, start, options, order)
        piece = Series.of(values, title=title, source=source, season=season, phase=phase, step=step, start=start)
        if name == VALUE_COLUMN:
            piece = replace(piece, bands=_bands(table, order, len(piece)))
        if missing := sum(value is None for value in piece.values):
            result.remarks.append(
                Message(
                    "{title}: {count} value of {of} is missing" if missing == 1 else "{title}: {count} values of {of} are missing",
                    title=title, count=missing, of=len(piece),
                )
            )  # fmt: skip
        result.pieces.append(piece)
    for name, lost in unreadable.items():
        result.remarks.append(
            Message(
                "{title}: {count} cell is no number and was taken as missing"
                if lost == 1 else "{title}: {count} cells are no numbers and were taken as missing",
                title=name, count=lost,
            )
        )  # fmt: skip


def _quantiles(table: _Table) -> list[int]:
    """The columns of the quantiles of a forecast, in a table as this program writes it."""
    return [place for place, name in enumerate(table.names) if _SHARE.fullmatch(name)] if VALUE_COLUMN in table.names else []


def _bands(table: _Table, order: _Order, steps: int) -> tuple[tuple[float, tuple[float, ...]], ...]:
    """The quantiles of a forecast, of the last of the ``steps``; () where they are not all there."""
    found = []
    for place in _quantiles(table):
        values = [value for value in order.apply(table.numbers(place)) if value is not None]
        found.append((float(table.names[place][1:]), tuple(values)))
    lengths = {len(values) for _, values in found}
    return tuple(found) if len(lengths) == 1 and 0 < lengths.pop() <= steps else ()


def _is_prose(cells: Sequence[str]) -> bool:
    sample = [cell for cell in cells[:200] if cell]
    return bool(sample) and sum(len(cell) > 40 or bool(_SENTENCE.search(cell)) for cell in sample) > len(sample) / 2


def _counts(found: Sequence[float | None]) -> bool:
    """Whether a column numbers the rows, from 0 or 1."""
    return len(found) > 2 and found[0] in (0.0, 1.0) and all(one == index + found[0] for index, one in enumerate(found))


def _states_season(name: str, cells: Sequence[str]) -> bool:
    return name.casefold() == SEASON_COLUMN and bool(cells) and all(_POSITION.fullmatch(cell) for cell in cells)


def _season(
    table: _Table, stated: int | None, step: str, start: str, options: ReadOptions, order: _Order
) -> tuple[int, int]:
    """The season of a series, and the position of its first row in it."""
    if options.season is None and stated is not None and order.rows:
        position, season = map(int, table.columns[stated][order.rows[0]].split("/"))
        if 2 <= season <= calendar.MOST_SEASON and 1 <= position <= season:
            return season, position - 1
    season = options.season if options.season is not None else (calendar.season_of(step) if step else 0)
    return season, calendar.position(datetime.fromisoformat(start), step, season) if start else 0


def _times(path: Path, table: _Table, options: ReadOptions) -> tuple[list[int], list[datetime | None] | None, int | None]:
    """The places of the columns beside that of times, the times of the rows, and the place of their column; None where there are
    none."""
    every = list(range(len(table.names)))
    if options.time is not None:
        place = _find(table, options.time, path)
        found = calendar.parse_times(table.columns[place])
        if found is None:
            raise FileError("{path}: the column {column!r} does not hold times.", path=path, column=table.names[place])
        return [one for one in every if one != place], found, place
    parts = _stated_parts(table)
    if len(parts) > 1:
        found = calendar.combined({name: table.columns[place] for name, place in parts.items()})
        if found is not None:
            return [one for one in every if one not in parts.values()], found, parts["year"]
    named = [place for place in every if _TIME.fullmatch(table.names[place][:_LONGEST_NUMBER].strip())]
    first = [0] if every and 0 not in named and _years(table, 0) else []
    others = (place for place in every if place not in named and not table.is_numeric(place))
    for place in [*named, *first, *islice(others, _MOST_TRIED)]:
        found = calendar.parse_times(table.columns[place])
        if found is not None and sum(one is not None for one in found) > 1:
            if calendar.either_way(table.columns[place]):
                told = Message("the dates may be read day first or month first; {first} is the first of them", first=_first(found))
                table.remarks.append(told)
            return [one for one in every if one != place], found, place
    return every, None, None


def _first(times: Sequence[datetime | None]) -> str:
    return next(one for one in times if one is not None).date().isoformat()


def _stated_parts(table: _Table) -> dict[str, int]:
    """The places of the columns that state a time together: the year with the month or the quarter, and what else of it."""
    folded = [name.strip().casefold() for name in table.names]
    found = {part: folded.index(name) for part, names in _PARTS.items() for name in folded if name in names}
    if "year" not in found or not found.keys() & {"month", "quarter"}:
        return {}
    if "month" in found:
        found.pop("quarter", None)
    if "day" not in found:
        found.pop("hour", None)
    return {part: place for part, place in found.items() if table.is_numeric(place)}


def _years(table: _Table, place: int) -> bool:
    """Whether a column of numbers holds years at equal distances."""
    found = table.numbers(place) if table.is_numeric(place) else []
    if len(found) < SHORTEST or not all(one is not None and 1000 <= one < 3000 for one in found):
        return False
    apart = np.diff(np.array(found, np.float64))
    return bool(apart.min() > 0 and np.allclose(apart, apart[0], atol=0.02))


class _Order:
    """How the rows of a table become the steps of a series. rows: the row of each step, -1 for a gap; or with ``groups`` the rows
    of each step, whose mean is taken."""

    def __init__(self, rows: list[int], groups: list[list[int]] | None = None) -> None:
        self.rows, self.groups = rows, groups

    def apply(self, values: Sequence[float | None]) -> list[float | None]:
        if self.groups is None:
            return [values[row] if row >= 0 else None for row in self.rows]
        found: list[float | None] = []
        for group in self.groups:
            there = [value for row in group if (value := values[row]) is not None]
            found.append(math.fsum(there) / len(there) if there else None)
        return found


def _sampled(
    path: Path, table: _Table, times: Sequence[datetime | None] | None, every: str, result: ReadResult
) -> tuple[_Order, str, str]:
    """The order of the rows in time, the sampling step, and the time of the first step ("" where there are no times)."""
    if times is None:
        if every:
            raise ConfigError("{path} has no column of times, so no step can be asked for; leave that out.", path=path.name)
        return _Order(list(range(len(table.columns[0])))), "", ""
    known = [(moment, row) for row, moment in enumerate(times) if moment is not None]
    for row in (row for row, moment in enumerate(times) if moment is None):
        result.refused.append(Refusal(table.source(path, row), "its time cannot be read"))
    ordered = sorted(known)
    if [row for _, row in ordered] not in ([row for _, row in known], [row for _, row in reversed(known)]):
        result.remarks.append(Message("the rows were put in the order of their times"))
    moments = [moment for moment, _ in ordered]
    if every:
        return _resampled(path, ordered, every)
    if len(set(moments)) < len(moments):
        twice = next(one for one, other in pairwise(moments) if one == other)
        raise FileError(
            "{path}: there are several rows for the time {time}.",
            remedy="choose-step", path=path, time=twice.isoformat(" "),
        )  # fmt: skip
    step = calendar.step_between(moments)
    if not step:
        raise FileError(
            "{path}: its times are not regular.",
            remedy="choose-step", path=path,
        )  # fmt: skip
    start = moments[0] if step.split(" ")[-1] not in ("year", "quarter", "month") else calendar.period_of(moments[0], "month")
    places = [calendar.duration(start, moment, step) for moment in moments]
    if len(places) * 2 < places[-1] + 1:
        raise FileError(
            "{path}: it has {count} rows for {of} steps of one {step}.",
            remedy="choose-step", path=path, count=len(places), of=places[-1] + 1, step=step,
        )  # fmt: skip
    row_of = [-1] * (places[-1] + 1)
    for place, (_, row) in zip(places, ordered, strict=True):
        row_of[place] = row
    if gaps := row_of.count(-1):
        result.remarks.append(
            Message(
                "{count} row is missing between {first} and {last}"
                if gaps == 1 else "{count} rows are missing between {first} and {last}",
                count=gaps, first=calendar.shown(moments[0], step), last=calendar.shown(moments[-1], step),
            )
        )  # fmt: skip
    return _Order(row_of), step, start.isoformat()


def _resampled(path: Path, ordered: Sequence[tuple[datetime, int]], every: str) -> tuple[_Order, str, str]:
    start = calendar.period_of(ordered[0][0], every)
    groups: dict[int, list[int]] = {}
    for moment, row in ordered:
        groups.setdefault(calendar.duration(start, calendar.period_of(moment, every), every), []).append(row)
    if max(groups) - len(groups) > _MOST_GAPS:
        raise FileError(
            "{path}: nearly all steps of one {step} are missing.", remedy="choose-step", path=path, step=every
        )
    listed = [groups.get(place, []) for place in range(max(groups) + 1)]
    return _Order([group[0] if group else -1 for group in listed], listed), every, start.isoformat()


# -- rows


def _rows(path: Path, table: _Table, options: ReadOptions, result: ReadResult) -> None:
    """A series from each row: what a column beside its numbers says is its label."""
    places = [_find(table, name, path) for name in options.label]
    numeric = [place for place in range(len(table.names)) if place not in places and table.is_numeric(place)]
    for row in range(len(table.columns[0])):
        values = [table.numbers(place)[row] for place in numeric]
        source = table.source(path, row)
        if sum(value is not None for value in values) < SHORTEST:
            result.refused.append(Refusal(source, Message("the row has fewer than {least} numbers", least=SHORTEST)))
            continue
        labels = tuple((table.names[place], table.columns[place][row]) for place in places)
        title = f"{path.stem} {row + 1}"
        result.pieces.append(Series.of(values, title=title, source=source, season=options.season or 0, labels=labels))
