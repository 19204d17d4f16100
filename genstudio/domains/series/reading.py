"""Read tables (CSV, TSV, JSON lines, Parquet) as time series: one for each column of numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
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
_MOST_GAPS = 1_000_000  # steps that are put in for missing rows
_NUMERIC = 0.9  # share of the cells of a column of numbers that are numbers
_MISSING = {"", "na", "n/a", "nan", "null", "none", "-", "--", "—", "?", ".", "#n/a", "missing", "inf", "-inf"}
_TIME = re.compile(
    r"(?:the )?(?:date|time|ds|timestamp|datetime|month|year|day|week|hour|quarter|period|when|日期|时间|年|月|年月|年份|月份)"
    r"(?:[ _-]?(?:time|stamp|utc|id))?",
    re.IGNORECASE,
)
_POSITION = re.compile(r"(\d{1,2})/(\d{1,2})")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d+)?")
_COMMA_AND_POINTS = re.compile(r"[+-]?\d{1,3}(?:[. ]\d{3})+,\d+")
_SENTENCE = re.compile(r"\w+\W+\w+\W+\w+\W+\w+")
SEASON_COLUMN = "season"


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
    """A table: the names of its columns, and the cells of each."""

    names: list[str]
    columns: list[list[str]]
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


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
    names = [str(name) for name in (options.column, options.time, *options.label) if name is not None]
    form = tables.form_of(text, tabs=path.suffix.lower() == ".tsv", separator=options.separator, wanted=names)
    found = _Table([], [])
    rows: list[list[str]] = []
    for row in islice(tables.rows_of(text, form), _MOST_ROWS):
        if row.reason:
            found.refused.append(Refusal(f"{path}#{row.number}", row.reason))
        elif any(cell.strip() for cell in row.cells):
            rows.append(row.cells)
    if not rows:
        return found
    # A first row without a number names the columns; of years it may, where the numbers below are of another kind.
    first = [cell.strip() for cell in rows[0]]
    # A first cell that alone is empty stands above the index that pandas writes.
    indexed = len(rows) > 1 and first[0] == "" and rows[1][0].strip() != "" and all(first[1:])
    named = any(first) and (indexed or all(_number(cell) is None for cell in first))
    width = max(map(len, rows[:1000]))
    names = [*first, *map(str, range(len(first), width))] if named else list(map(str, range(width)))
    found.names = [name or str(place) for place, name in enumerate(names[:width])]
    body = rows[1:] if named else rows
    found.columns = [[row[place].strip() if place < len(row) else "" for row in body] for place in range(width)]
    return found


def _json_table(text: str, path: Path) -> _Table:
    found = _Table([], [])
    columns: dict[str, list[str]] = {}
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = tables.json_value(line)
        except ValueError as error:
            found.refused.append(Refusal(f"{path}#{number}", str(error)))
            continue
        fields = {name: tables.value_at(value, name) for name in tables.field_names(value)} if isinstance(value, dict) else {"0": value}
        if isinstance(value, list):
            fields = {str(place): one for place, one in enumerate(value)}
        for name, one in fields.items():
            cells = columns.setdefault(name, [])
            cells += [""] * (count - len(cells))
            cells.append(tables.cell_text(one).strip())
        count += 1
        if count >= _MOST_ROWS:
            break
    if not columns and found.refused:
        raise DamagedFileError("{path}: no line of it can be used; the first: {reason}.", path=path, reason=found.refused[0].reason)
    found.names = list(columns)
    found.columns = [[*cells, *[""] * (count - len(cells))] for cells in columns.values()]
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
    try:
        with path.open("rb") as file:
            table = pyarrow.parquet.read_table(file)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise DamagedFileError("{path}: it is no Parquet file, or a damaged one.", path=path) from error
    table = table.slice(0, _MOST_ROWS)
    columns = [["" if one is None else _cell(one) for one in column.to_pylist()] for column in table.columns]
    return _Table(list(table.column_names), columns)


def _cell(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


# -- numbers


def _number(cell: str) -> float | None:
    """The number in a cell; None where there is none."""
    text = cell.strip().replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ").removesuffix("%").strip()
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    elif _COMMA_AND_POINTS.fullmatch(text):
        text = text.replace(".", "").replace(" ", "").replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def _is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.lower() not in _MISSING]
    return bool(filled) and sum(_number(cell) is not None for cell in filled) >= _NUMERIC * len(filled)


def _find(table: _Table, name: str | int, path: Path) -> int:
    """The place of a column that is named, or numbered from 0."""
    text = str(name)
    folded = [one.casefold() for one in table.names]
    if text in table.names:
        return table.names.index(text)
    if folded.count(text.casefold()) == 1:
        return folded.index(text.casefold())
    if text.isdecimal() and int(text) < len(table.names):
        return int(text)
    raise FileError("{path}: there is no column {column!r}; {hint}", path=path, column=text, hint=tables.hint(text, table.names))


# -- columns


def _columns(path: Path, table: _Table, options: ReadOptions, every: str, result: ReadResult) -> None:
    """A series from each column of numbers, or from the one that is asked for."""
    places, times, time = _times(path, table, options)
    stated = next((place for place, name in enumerate(table.names) if _states_season(name, table.columns[place])), None)
    if options.column is not None:
        chosen = [_find(table, options.column, path)]
        if not _is_numeric(table.columns[chosen[0]]):
            raise FileError("{path}: the column {column!r} does not hold numbers.", path=path, column=str(options.column))
    else:
        chosen = [place for place in places if place != stated and _is_numeric(table.columns[place])]
        texts = [place for place in places if place not in chosen and place != stated]
        if any(_is_prose(table.columns[place]) for place in texts):
            raise FileError(
                "{path} is a table of texts; say which column of numbers is the time series. {known}",
                remedy="choose-column", path=path, known=tables.hint("", [table.names[place] for place in chosen]),
            )  # fmt: skip
        counted = [place for place in chosen if _counts(table.columns[place])]
        if len(counted) < len(chosen):
            for place in counted:
                result.remarks.append(Message("the column {name} numbers the rows and was left out", name=table.names[place]))
            chosen = [place for place in chosen if place not in counted]
    order, step, start = _sampled(path, len(table.columns[0]), times, every, result)
    several = len(chosen) > 1
    unreadable: dict[str, int] = {}
    for place in chosen:
        name = table.names[place]
        title = name if several or (time is not None and not name.isdecimal()) else path.stem
        source = f"{path}#{name}" if several else str(path)
        cells = table.columns[place]
        if lost := sum(_number(cell) is None and cell.lower() not in _MISSING for cell in cells):
            unreadable[name] = lost
        values = order.apply([_number(cell) for cell in cells])
        if sum(value is not None for value in values) < SHORTEST:
            result.refused.append(Refusal(source, f"the column {name} has fewer than {SHORTEST} numbers"))
            continue
        season, phase = _season(table, stated, step, start, options, order)
        piece = Series.of(values, title=title, source=source, season=season, phase=phase, step=step, start=start)
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


def _is_prose(cells: Sequence[str]) -> bool:
    sample = [cell for cell in cells[:200] if cell]
    return bool(sample) and sum(bool(_SENTENCE.search(cell)) or len(cell) > 40 for cell in sample) > len(sample) / 2


def _counts(cells: Sequence[str]) -> bool:
    """Whether a column numbers the rows, from 0 or 1."""
    found = [_number(cell) for cell in cells]
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
    named = [place for place in every if _TIME.fullmatch(table.names[place].strip())]
    others = [place for place in every if place not in named and not _is_numeric(table.columns[place])]
    first = [0] if every and 0 not in named and _years(table.columns[0]) else []
    for place in [*named, *others, *first]:
        found = calendar.parse_times(table.columns[place])
        if found is not None and sum(one is not None for one in found) > 1:
            return [one for one in every if one != place], found, place
    return every, None, None


def _years(cells: Sequence[str]) -> bool:
    """Whether a column of numbers holds years at equal distances."""
    found = [_number(cell) for cell in cells if cell]
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
    path: Path, rows: int, times: Sequence[datetime | None] | None, every: str, result: ReadResult
) -> tuple[_Order, str, str]:
    """The order of the rows in time, the sampling step, and the time of the first step ("" where there are no times)."""
    if times is None:
        if every:
            raise ConfigError("{path} has no column of times, so no step can be asked for; leave that out.", path=path.name)
        return _Order(list(range(rows))), "", ""
    known = [(moment, row) for row, moment in enumerate(times) if moment is not None]
    for row in (row for row, moment in enumerate(times) if moment is None):
        result.refused.append(Refusal(f"{path}#{row + 1}", "its time cannot be read"))
    ordered = sorted(known)
    if [row for _, row in ordered] not in ([row for _, row in known], [row for _, row in reversed(known)]):
        result.remarks.append(Message("the rows were put in the order of their times"))
    moments = [moment for moment, _ in ordered]
    if every:
        return _resampled(ordered, every)
    if len(set(moments)) < len(moments):
        twice = next(one for one, other in zip(moments, moments[1:], strict=False) if one == other)
        raise FileError(
            "{path}: there are several rows for the time {time}.", remedy="choose-step",
            path=path, time=twice.isoformat(" "),
        )  # fmt: skip
    step = calendar.step_between(moments)
    if not step:
        raise FileError("{path}: its times are not regular.", remedy="choose-step", path=path)
    start = moments[0] if step.split(" ")[-1] not in ("year", "quarter", "month") else moments[0].replace(day=1)
    places = [calendar.duration(start, moment, step) for moment in moments]
    if places[-1] - len(places) > _MOST_GAPS:
        raise FileError("{path}: nearly all of its steps are missing.", remedy="choose-step", path=path)
    row_of = [-1] * (places[-1] + 1)
    for place, (_, row) in zip(places, ordered, strict=True):
        row_of[place] = row
    if gaps := row_of.count(-1):
        result.remarks.append(
            Message(
                "{count} row is missing between {first} and {last}" if gaps == 1 else "{count} rows are missing between {first} and {last}",
                count=gaps, first=calendar.shown(moments[0], step), last=calendar.shown(moments[-1], step),
            )
        )  # fmt: skip
    return _Order(row_of), step, start.isoformat()


def _resampled(ordered: Sequence[tuple[datetime, int]], every: str) -> tuple[_Order, str, str]:
    start = calendar.period_of(ordered[0][0], every)
    groups: dict[int, list[int]] = {}
    for moment, row in ordered:
        groups.setdefault(calendar.duration(start, calendar.period_of(moment, every), every), []).append(row)
    last = min(max(groups), _MOST_GAPS)
    listed = [groups.get(place, []) for place in range(last + 1)]
    return _Order([group[0] if group else -1 for group in listed], listed), every, start.isoformat()


# -- rows


def _rows(path: Path, table: _Table, options: ReadOptions, result: ReadResult) -> None:
    """A series from each row: what a column beside its numbers says is its label."""
    places = [_find(table, name, path) for name in options.label]
    numeric = [
        place for place in range(len(table.names)) if place not in places and _is_numeric(table.columns[place])
    ]  # fmt: skip
    season = options.season or 0
    for row in range(len(table.columns[0])):
        values = [_number(table.columns[place][row]) for place in numeric]
        source = f"{path}#{row + 1}"
        if sum(value is not None for value in values) < SHORTEST:
            result.refused.append(Refusal(source, f"the row has fewer than {SHORTEST} numbers"))
            continue
        labels = tuple((table.names[place], table.columns[place][row]) for place in places)
        title = f"{path.stem} {row + 1}"
        result.pieces.append(Series.of(values, title=title, source=source, season=season, labels=labels))

