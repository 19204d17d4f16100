"""Tables of numbers are read as time series: how numbers and times are written, what is missing, and what is no series."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.parquet
import pytest

from genstudio.domains import get_domain, read_file
from genstudio.domains.base import ReadResult
from genstudio.domains.series import Series, calendar, reading
from genstudio.errors import ConfigError, DamagedFileError, FileError

SERIES = get_domain("series")
BEGIN = datetime(2020, 1, 1)  # a Wednesday
Read = Callable[..., ReadResult]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """``read(text, suffix, **options)``: what is read of a table with that text."""

    def made(text: str | bytes, suffix: str = ".csv", **options: Any) -> ReadResult:
        path = tmp_path / f"table{suffix}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_file(SERIES, path, **options)

    return made


def table(head: str, cells: Iterable[Iterable[object]], mark: str = ",") -> str:
    return "".join(f"{mark.join(map(str, row))}\n" for row in [*([head.split(mark)] if head else []), *cells])


def days(values: Iterable[object], mark: str = ",", form: str = "%Y-%m-%d") -> str:
    """A table with a row for each day."""
    return table(f"day{mark}v", ([(BEGIN + timedelta(at)).strftime(form), value] for at, value in enumerate(values)), mark)


def only(result: ReadResult) -> Any:
    (piece,) = result.pieces
    return piece


# -- numbers


@pytest.mark.parametrize(("cells", "mark", "expected"), [
    (["1.5", "2", "-3e2", "0"], ",", [1.5, 2.0, -300.0, 0.0]),
    (["1,5", "2", "-3,25", "0,001"], ";", [1.5, 2.0, -3.25, 0.001]),
    (["0,123", "1,234", "2,345", "3,456"], ";", [0.123, 1.234, 2.345, 3.456]),
    (["1.234,5", "2.345", "3,5", "4"], ";", [1234.5, 2345.0, 3.5, 4.0]),
    (["1.234", "2.345", "3.456", "4.567"], ";", [1.234, 2.345, 3.456, 4.567]),
    (["1.25", "2.345", "3.456", "4.567"], ";", [1.25, 2.345, 3.456, 4.567]),
    (["1.234.567", "2.345.678", "3.456.789", "4.567.890"], ";", [1234567.0, 2345678.0, 3456789.0, 4567890.0]),
    (['"1,234"', '"12,345.5"', "7", "8"], ",", [1234.0, 12345.5, 7.0, 8.0]),
    (['"1,25"', '"1,234"', '"3,5"', "8"], ",", [1.25, 1.234, 3.5, 8.0]),
    (["$1", "€2.50", "£3", "¥4"], ",", [1.0, 2.5, 3.0, 4.0]),
    (["5 €", "6,50 €", "7 €", "8 €"], ";", [5.0, 6.5, 7.0, 8.0]),
    (["1\u202f234", "2\u00a0345", "3 456", "4'567"], ",", [1234.0, 2345.0, 3456.0, 4567.0]),
    (["10%", "20 %", "\u22125", "+4"], ",", [10.0, 20.0, -5.0, 4.0]),
])  # fmt: skip
def test_numbers_as_people_write_them(read, cells, mark, expected):
    assert list(only(read(days(cells, mark))).values) == expected


@pytest.mark.parametrize("missing", ["", "NaN", "n/a", "inf", "-Infinity", "-", "#N/A", "null"])
def test_what_says_that_a_value_is_missing(read, missing):
    result = read(days([1, missing, 3, 4, 5]))
    assert only(result).values == (1.0, None, 3.0, 4.0, 5.0)
    assert result.remarks == ["v: 1 value of 5 is missing"]


def test_a_cell_that_is_no_number_is_told(read):
    result = read(days([*range(10), "oops", *range(10)]))
    assert only(result).values[10] is None
    assert "v: 1 cell is no number and was taken as missing" in result.remarks


def test_an_empty_line_in_a_single_column_is_a_gap(read):
    assert only(read("v\n1\n2\n\n4\n5\n\n")).values == (1.0, 2.0, None, 4.0, 5.0)
    assert only(read("t,v\n2001,1\n\n2002,2\n2003,4\n2004,5\n")).values == (1.0, 2.0, 4.0, 5.0)


@pytest.mark.parametrize("size", [1e-300, 1e-200, 1e-9, 1e9, 1e200, 1e299])
def test_tiny_and_huge_numbers_keep_their_levels(read, size):
    piece = only(read(days([size, 2 * size, 3 * size, 2.5 * size])))
    assert piece.values == (size, 2 * size, 3 * size, 2.5 * size)
    assert math.isfinite(piece.mean)
    again = SERIES.from_symbols(SERIES.to_symbols(piece))
    if size > 1e-290:
        assert again.values == pytest.approx([(value - piece.mean) / piece.deviation for value in piece.values], abs=0.026)
    assert SERIES.with_metadata(again, SERIES.metadata(piece)).values == piece.values


def test_numbers_beyond_all_measure_are_none(read):
    assert only(read(days([*range(12), "1e308", 3]))).values[12] is None


def test_a_constant_column(read):
    piece = only(read(days([7] * 9)))
    assert (piece.mean, piece.deviation) == (7.0, 1.0)


# -- files


def test_an_export_of_excel(read):
    text = "sep=;\r\n" + table("Jahr;Umsatz", ([2000 + at, f"{at},5"] for at in range(9)), ";").replace("\n", "\r\n")
    piece = only(read(text.encode("cp1252")))
    assert (piece.values[:2], piece.start[:4], piece.step, piece.title) == ((0.5, 1.5), "2000", "year", "Umsatz")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_chinese_tables(read, encoding):
    text = table("日期\t销售额", ([f"{2000 + at // 12}年{at % 12 + 1}月", at * 2] for at in range(24)), "\t")
    piece = only(read(text.encode(encoding), ".tsv"))
    assert (piece.title, piece.step, piece.season, piece.start) == ("销售额", "month", 12, "2000-01-01T00:00:00")


def test_titles_above_a_table_are_left_out(read):
    text = '"Sales of shoes",,\n,,\nmonth,a,b\n' + table("", ([f"2020-{at:02d}", at * at, at] for at in range(1, 13)))
    assert [piece.title for piece in read(text).pieces] == ["a"]
    assert read(text).remarks == ["the column b numbers the rows and was left out"]


def test_an_index_of_pandas(read, tmp_path):
    frame = pd.DataFrame({"a": [3.0, 1.0, 2.0, 5.0], "b": [0.5, 0.25, 1.0, 2.0]}, index=pd.date_range(BEGIN, periods=4, freq="h"))
    pieces = read(frame.to_csv()).pieces
    assert [(piece.title, piece.season, piece.step) for piece in pieces] == [("a", 24, "hour"), ("b", 24, "hour")]
    numbered = read(frame.reset_index(drop=True).to_csv())
    assert [piece.title for piece in numbered.pieces] == ["a", "b"]
    assert numbered.remarks == ["the column 0 numbers the rows and was left out"]
    path = tmp_path / "frame.parquet"
    frame.to_parquet(path)
    assert [piece.values for piece in read_file(SERIES, path).pieces] == [piece.values for piece in pieces]


def test_several_columns_and_one_of_them(read):
    text = table("day,a,b,who", ([f"2020-01-{at:02d}", at * 0.5, at * at, "x"] for at in range(1, 9)))
    assert [piece.title for piece in read(text).pieces] == ["a", "b"]
    assert only(read(text, column="B")).values[1] == 4.0
    assert only(read(text, column=1)).values[1] == 1.0
    with pytest.raises(FileError, match=r"there is no column 'c'; Known: a, b, day, who"):
        read(text, column="c")
    with pytest.raises(FileError, match="the column 'who' does not hold numbers"):
        read(text, column="who")


def test_rows_as_series(read):
    ucr = table("", ([at % 2 + 1, *(at * 0.5 + step for step in range(8))] for at in range(6)), "\t")
    pieces = read(ucr, ".tsv", label="0").pieces
    assert [piece.labels for piece in pieces[:2]] == [(("0", "1"),), (("0", "2"),)]
    assert pieces[1].values[:3] == (0.5, 1.5, 2.5)
    wide = "name,class,2001,2002,2003,2004\nA,x,5,6,1,2\nB,y,7,8,0,3\nC,y,,,1,\n"
    result = read(wide, label=["class"])
    assert [(piece.values, piece.labels) for piece in result.pieces] == [
        ((5.0, 6.0, 1.0, 2.0), (("class", "x"),)), ((7.0, 8.0, 0.0, 3.0), (("class", "y"),)),
    ]  # fmt: skip
    assert result.refused[0].reason == "the row has fewer than 4 numbers"
    assert result.refused[0].path.endswith("#4")


def test_lines_of_json(read):
    text = "".join(f'{{"t": "2020-01-{at:02d}", "of": {{"v": {at}.5}}}}\n' for at in range(1, 9)) + "{broken\n"
    result = read(text, ".jsonl")
    assert (only(result).title, only(result).season, only(result).values[0]) == ("of.v", 7, 1.5)
    assert [refusal.path.rpartition("#")[2] for refusal in result.refused] == ["9"]
    assert only(read("1\n3\nnull\n2\n5\n", ".jsonl")).values == (1.0, 3.0, None, 2.0, 5.0)


def test_parquet(tmp_path):
    path = tmp_path / "t.parquet"
    times = [BEGIN + timedelta(at) for at in range(5)]
    pyarrow.parquet.write_table(pyarrow.table({"t": times, "v": [1.5, 2.5, None, 4.0, 3.0], "words": ["a"] * 5}), path)
    piece = only(read_file(SERIES, path))
    assert (piece.values, piece.step, piece.start) == ((1.5, 2.5, None, 4.0, 3.0), "day", "2020-01-01T00:00:00")
    good = path.read_bytes()
    for data in (good[:40], b"", b"PAR1" + b"x" * 100 + b"PAR1", b"a,b\n1,2\n"):
        path.write_bytes(data)
        with pytest.raises(DamagedFileError, match="it is no Parquet file, or a damaged one"):
            read_file(SERIES, path)


def test_without_pyarrow_a_command_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(FileError, match=r"Parquet files are read with pyarrow, which is not installed; install it: .*pyarrow"):
        read_file(SERIES, tmp_path / "t.parquet")


# -- times


@pytest.mark.parametrize(("cells", "step", "season", "phase"), [
    ([1990 + at for at in range(9)], "year", 0, 0),
    ([f"{1990 + at}.0" for at in range(9)], "year", 0, 0),
    ([f"{2000 + (at + 1) // 4}-Q{(at + 1) % 4 + 1}" for at in range(9)], "quarter", 4, 1),
    ([f"Q{at % 4 + 1} {2000 + at // 4}" for at in range(9)], "quarter", 4, 0),
    ([f"{2000 + (at + 2) // 12}-{(at + 2) % 12 + 1:02d}" for at in range(20)], "month", 12, 2),
    ([round(1949 + at / 12, 4) for at in range(20)], "month", 12, 0),
    ([datetime(2000 + at // 12, at % 12 + 1, 1).strftime("%b-%y") for at in range(20)], "month", 12, 0),
    ([f"{at % 12 + 1:02d}/01/{2000 + at // 12}" for at in range(20)], "month", 12, 0),
    ([f"01/{at % 12 + 1:02d}/{2000 + at // 12}" for at in range(20)], "month", 12, 0),
    ([pd.Timestamp("2020-01-31") + pd.offsets.MonthEnd(at) for at in range(20)], "month", 12, 0),
    ([BEGIN + timedelta(weeks=at) for at in range(9)], "week", 0, 0),
    ([f"2020-W{at + 1:02d}" for at in range(9)], "week", 0, 0),
    ([(BEGIN + timedelta(at)).strftime("%d.%m.%Y") for at in range(20)], "day", 7, 2),
    ([(BEGIN + timedelta(at)).strftime("%m/%d/%Y") for at in range(20)], "day", 7, 2),
    ([(BEGIN + timedelta(at)).strftime("%d/%m/%Y") for at in range(20)], "day", 7, 2),
    ([one for at in range(20) if (one := BEGIN + timedelta(at)).weekday() < 5], "weekday", 5, 2),
    ([BEGIN + timedelta(hours=at + 5) for at in range(9)], "hour", 24, 5),
    ([(BEGIN + timedelta(hours=at)).strftime("%m/%d/%Y %I:%M %p") for at in range(20)], "hour", 24, 0),
    ([BEGIN + timedelta(minutes=15 * at) for at in range(9)], "15 minute", 0, 0),
    ([BEGIN + timedelta(hours=2 * at + 4) for at in range(9)], "2 hour", 12, 2),
    ([1577836800 + 3600 * at for at in range(9)], "hour", 24, 0),
    ([(1577836800 + 86400 * at) * 1000 for at in range(9)], "day", 7, 2),
    ([(1577836800 + 86400 * at) * 10**9 for at in range(9)], "day", 7, 2),
    ([f"2020-01-{at + 1:02d}T00:00:00+08:00" for at in range(9)], "day", 7, 2),
    ([f"2020-03-{at + 20:02d}T00:00:00+0{1 if at < 10 else 2}:00" for at in range(12)], "day", 7, 4),
    ([datetime.fromtimestamp(1585440000 + 3600 * at, timezone(timedelta(hours=1 + (at > 0)))).isoformat() for at in range(9)],
     "hour", 24, 0),
])  # fmt: skip
def test_steps_and_seasons(read, cells, step, season, phase):
    piece = only(read(table("timestamp,v", ([cell, at * at] for at, cell in enumerate(cells)))))
    assert (piece.step, piece.season, piece.phase) == (step, season, phase)
    assert piece.values == tuple(float(at * at) for at in range(len(cells)))


@pytest.mark.parametrize(("head", "parts", "step"), [
    ("year,quarter,v", lambda one: [one.year, f"{one.month}.0"], "quarter"),
    ("Year,Month,v", lambda one: [one.year, one.month], "month"),
    ("Jahr,Monat,Tag,v", lambda one: [one.year, one.month, one.day], "day"),
    ("year,month,day,hour,v", lambda one: [one.year, one.month, one.day, one.hour], "hour"),
])  # fmt: skip
def test_times_in_several_columns(read, head, parts, step):
    quarters = [datetime(2000 + at // 4, at % 4 + 1, 1) for at in range(9)]
    every = {"quarter": quarters, "month": [datetime(2000, at + 1, 1) for at in range(9)]}
    every |= {"day": [BEGIN + timedelta(at) for at in range(9)], "hour": [BEGIN + timedelta(hours=at) for at in range(9)]}
    piece = only(read(table(head, ([*parts(one), at * at] for at, one in enumerate(every[step])))))
    assert (piece.title, piece.step, piece.values[3]) == ("v", step, 9.0)


def test_dates_that_may_be_read_either_way_are_told(read):
    cells = ([f"01/{at:02d}/2020", at * at] for at in range(1, 11))
    result = read(table("d,v", cells))
    assert only(result).step == "month"
    assert result.remarks == ["the dates may be read day first or month first; 2020-01-01 is the first of them"]
    assert not read(days(range(20), form="%d/%m/%Y")).remarks[1:]


def test_unsorted_rows_are_sorted_and_told(read):
    rows = [[(BEGIN + timedelta(at * 7 % 20)).date(), at * 7 % 20] for at in range(20)]
    result = read(table("d,v", rows))
    assert only(result).values == tuple(map(float, range(20)))
    assert result.remarks == ["the rows were put in the order of their times"]
    assert not read(table("d,v", sorted(rows, reverse=True))).remarks


def test_missing_rows_are_gaps_and_told(read):
    result = read(table("d,v", ([(BEGIN + timedelta(at)).date(), at] for at in range(40) if at not in (5, 6, 20))))
    assert [at for at, value in enumerate(only(result).values) if value is None] == [5, 6, 20]
    assert result.remarks == [
        "3 rows are missing between 2020-01-01 and 2020-02-09", "v: 3 values of 40 are missing",
    ]  # fmt: skip


def test_a_time_that_cannot_be_read_is_refused_with_its_line(read):
    result = read(table("d,v", [*([(BEGIN + timedelta(at)).date(), at] for at in range(30)), ["soon", 4]]))
    assert [(refusal.path.rpartition("#")[2], refusal.reason) for refusal in result.refused] == [("32", "its time cannot be read")]


@pytest.mark.parametrize(("apart", "said"), [
    (lambda at: at // 2 * 86400, "there are several rows for the time 2020-01-01 00:00:00"),
    (lambda at: at * at * 60, "it has 20 rows for 362 steps of one minute"),
    (lambda at: at * at * 86400 + 7 * (at == 3), "its times are not regular"),
])  # fmt: skip
def test_times_without_a_step_need_one(read, apart, said):
    text = table("d,v", ([BEGIN + timedelta(seconds=apart(at)), at] for at in range(20)))
    with pytest.raises(FileError, match=f"{said}; name a step such as day or month") as caught:
        read(text)
    assert caught.value.said.remedy == "choose-step"
    assert only(read(text, every="hour")).step == "hour"


def test_the_mean_of_each_step(read):
    text = table("d,v", ([BEGIN + timedelta(minutes=15 * at), at] for at in range(32)))
    piece = only(read(text, every="hours"))
    assert piece.values == tuple(4 * at + 1.5 for at in range(8))
    assert (piece.step, piece.season, piece.start) == ("hour", 24, "2020-01-01T00:00:00")
    weekly = only(read(days(range(60)), every="2 weeks"))
    assert (weekly.start, weekly.step, weekly.values[1]) == ("2019-12-30T00:00:00", "2 week", 18.5)
    monthly = only(read(days(range(31 + 29 + 31 + 30)), every="month"))
    assert monthly.values == (15.0, 45.0, 75.0, 105.5)
    with pytest.raises(ConfigError, match="there is no step 'fortnight'"):
        read(text, every="fortnight")
    with pytest.raises(ConfigError, match="no column of times"):
        read("v\n1\n2\n3\n4\n", every="day")
    with pytest.raises(FileError, match="nearly all steps of one second are missing"):
        read(table("d,v", ([BEGIN + timedelta(300 * at), at] for at in range(9))), every="second")


def test_the_column_of_times_can_be_named(read):
    text = table("made,sold,v", ([(BEGIN + timedelta(at)).date(), (BEGIN + timedelta(7 * at)).date(), at * at] for at in range(9)))
    assert only(read(text, time="sold")).step == "week"
    with pytest.raises(FileError, match="the column 'v' does not hold times"):
        read(text.replace(",0\n", ",0.5\n"), time="v")


# -- seasons


def test_the_season_can_be_said(read):
    assert only(read("v\n1\n2\n3\n4\n5\n", season=4)).season == 4
    assert only(read(days(range(9)), season=0)).season == 0
    with pytest.raises(ConfigError, match="the season is 40; expected 0 \\(none\\) or 2 to 26 steps"):
        read("v\n1\n2\n3\n4\n", season=40)


def test_a_column_of_positions_says_the_season(read):
    piece = only(read(table("season,v", ([f"{(at + 3) % 7 + 1}/7", at * at] for at in range(12)))))
    assert (piece.season, piece.phase) == (7, 3)


# -- what is no time series


def test_a_table_of_texts_is_none(read):
    texts = table("text,score", (['"This is a sentence about a dog."', at * 2.5] for at in range(9)))
    with pytest.raises(FileError, match="texts, with numbers in score; say which column is the time series") as caught:
        read(texts)
    assert caught.value.said.remedy == "choose-numbers"
    assert only(read(texts, column="score")).values[1] == 2.5
    with pytest.raises(FileError, match="is a table of texts, without a column of numbers"):
        read("text\nThis is a sentence about a dog.\nAnd this is one about a cat.\n")


@pytest.mark.parametrize(("text", "said"), [
    ("", "the file is empty"),
    ("v\n1\n2\n", "the column v has fewer than 4 numbers"),
    ("a,b\nx,y\nz,w\n", "no column of it holds numbers"),
    ("a,b\n", "there are no numbers in it"),
])  # fmt: skip
def test_files_without_a_series(read, text, said):
    with pytest.raises(FileError, match=said):
        read(text)


# -- size


def test_a_cell_is_read_a_few_times_however_many_there_are(tmp_path, monkeypatch):
    path = tmp_path / "long.csv"
    path.write_text("day,v\n" + "".join(f"2020-01-01 {at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d},{at}.5\n"
                                        for at in range(80_000)), encoding="utf-8")  # fmt: skip
    called = {"number": 0, "time": 0}
    number, iso = reading._number, calendar._iso

    def counted(*arguments: Any) -> Any:
        called["number"] += 1
        return number(*arguments)

    def timed(text: str) -> Any:
        called["time"] += 1
        return iso(text)

    monkeypatch.setattr(reading, "_number", counted)
    monkeypatch.setattr(calendar, "_iso", timed)
    piece = only(read_file(SERIES, path))
    assert len(piece) == 80_000
    assert called["number"] < 2.1 * 80_000
    assert called["time"] < 1.1 * 80_000


def test_of_too_many_rows_the_first_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_ROWS", 100)
    path = tmp_path / "long.csv"
    path.write_text(days(range(300)), encoding="utf-8")
    assert len(only(read_file(SERIES, path))) == 99


def test_a_table_of_too_many_cells_is_refused(read, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_CELLS", 1000)
    with pytest.raises(FileError, match="it has more than 1,000 cells"):
        read(table("a,b", [[1, 2]] * 600))
    with pytest.raises(FileError, match="it has more than 1,000 cells"):
        read("\n".join([*("1" for _ in range(90)), ",".join("1" * 20)]))
    with pytest.raises(FileError, match="it has more than 1,000 cells"):
        read("".join(f'{{"a{at}": 1}}\n' for at in range(60)), ".jsonl")


# -- back to files


def test_what_is_written_pandas_reads_and_so_do_we(tmp_path):
    path = tmp_path / "t.csv"
    for start, step, season, phase in [
        ("2020-03-01T00:00:00", "month", 12, 2), ("2020-01-01T00:00:00", "weekday", 5, 2),
        ("2020-01-01T07:30:00", "15 minute", 0, 0), ("2020-04-01T00:00:00", "quarter", 4, 1), ("", "", 9, 4), ("", "", 0, 0),
        ("2020-01-01T00:00:00", "day", 9, 3),
    ]:  # fmt: skip
        values = [0.1 + 0.2, None, 1e-17, -5.0, 12345678.9, 3.0]
        piece = Series.of(values, season=season, phase=phase, start=start, step=step)
        SERIES.write(piece, path)
        frame = pd.read_csv(path)
        assert frame["value"].isna().tolist() == [value is None for value in values]
        assert frame["value"].dropna().tolist() == [value for value in values if value is not None]
        if start and step != "quarter":
            assert pd.to_datetime(frame["time"]).tolist() == piece.times()
        again = only(read_file(SERIES, path))
        assert again.values == piece.values
        assert (again.season, again.phase, again.step, again.start) == (season, phase, step, start)


def test_a_series_is_written_as_a_table_alone(tmp_path):
    piece = only(read_file(SERIES, _written(tmp_path / "a.csv", days(range(5)))))
    with pytest.raises(FileError, match=r"cannot write a time series as \.mid; name it b\.csv"):
        SERIES.write(piece, tmp_path / "b.mid")
    SERIES.write(piece, tmp_path / "b.tsv")
    assert (tmp_path / "b.tsv").read_text(encoding="utf-8").splitlines()[1] == "2020-01-01\t0.0"


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_utc_is_what_the_clocks_say_where_they_do_not_change():
    found = calendar.parse_times(["2020-01-01T00:00:00Z", "2020-01-01T01:00:00Z"])
    assert found == [datetime.fromtimestamp(1577836800 + 3600 * at, UTC).replace(tzinfo=None) for at in range(2)]
