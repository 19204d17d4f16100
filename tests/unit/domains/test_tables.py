"""Tables of text: what separates the cells, which rows are whole, which column holds the text; nested JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.domains.text import DOMAIN, tables
from genstudio.domains.text.passages import Passages
from genstudio.errors import ConfigError, DamagedFileError, FileError


def texts(path: Path, **options: Any) -> list[str]:
    return [piece.text for piece in DOMAIN.read(path, **options).pieces]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


PROSE = ['Well, yes; my "friend" went,\nit rained, and rained, and rained.', "Bye, you; | me", "plain"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_the_separator_is_found(tmp_path: Path, separator: str, end: str, encoding: str, quoting: Any) -> None:
    path = tmp_path / "a.csv"
    rows = [[str(number), text, "标签，一"] for number, text in enumerate(PROSE * 4)]
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting).writerows([["id", "text", "note"], *rows])
    assert texts(path) == PROSE * 4
    assert texts(path, separator=separator) == PROSE * 4
    seen = DOMAIN.preview(path, 2)
    assert (seen.columns, seen.separator, seen.column, seen.named) == (("id", "text", "note"), separator, "text", True)
    assert [row[0] for row in seen.rows] == ["0", "1"]
    assert seen.rows[1][1] == "Bye, you; | me"


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("stated", ["sep={}", '"sep={}"', "SEP={}", "sep={};;"])
def test_a_line_that_names_the_separator_is_obeyed(tmp_path: Path, mark: str, stated: str) -> None:
    rows = [["id", "text"], ["1", "Hello; you, there | all\tnow".replace(mark, "")], ["2", "Bye"]]
    path = written(tmp_path / "a.csv", "\r\n".join([stated.format(mark), *(mark.join(row) for row in rows)]))
    found = DOMAIN.read(path)
    assert [piece.text for piece in found.pieces] == [row[1] for row in rows[1:]]
    assert [piece.source.rpartition("#")[2] for piece in found.pieces] == ["3", "4"]


def test_decimal_commas_are_no_separators(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "1,5;Hello there\n2,5;How are you\n3,5;Bye\n")
    assert texts(path, column=1) == ["Hello there", "How are you", "Bye"]
    path = written(tmp_path / "b.csv", "id;price;text\n1;2,50;Hello, you\n2;3,10;Bye, you\n")
    assert texts(path) == ["Hello, you", "Bye, you"]


def test_one_column_of_prose_is_not_split_at_its_commas(tmp_path: Path) -> None:
    lines = ["Hello, you", "Well, I, me, and you", "No comma here", "One; two, three"]
    assert texts(written(tmp_path / "a.csv", "text\n" + "\n".join(lines))) == lines
    assert texts(written(tmp_path / "b.csv", 'text\n"Hello, you"\n"Well, I\nme"\n')) == ["Hello, you", "Well, I\nme"]


def test_spaces_after_the_separator(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'id, text\n1, "Hello, you"\n2, "Bye, you"\n')
    assert texts(path) == ["Hello, you", "Bye, you"]


def test_a_separator_of_ones_own(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id~text\n1~Hello, you\n2~Bye, you\n")
    assert texts(path, separator="~") == ["Hello, you", "Bye, you"]
    for wrong in ("", ";;", "\n", '"'):
        with pytest.raises(ConfigError, match="separator"):
            DOMAIN.read(path, separator=wrong)


def test_a_row_with_too_many_cells_is_refused_and_not_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id,text\n1,Hello\n2,Bye, you\n3,Good,,\n4,Well\n")
    found = DOMAIN.read(path)
    assert [piece.text for piece in found.pieces] == ["Hello", "Good", "Well"]
    assert [(refusal.path, "3 cells" in refusal.reason) for refusal in found.refused] == [(f"{path}#3", True)]


def test_a_quote_that_is_never_closed_costs_its_row_only(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'id,text\n1,Hello\n2,"open\n3,Bye\n4,Well\n')
    found = DOMAIN.read(path)
    assert [piece.text for piece in found.pieces] == ["Hello", "Bye", "Well"]
    assert [piece.source.rpartition("#")[2] for piece in found.pieces] == ["2", "4", "5"]
    assert [(refusal.path, "never closed" in refusal.reason) for refusal in found.refused] == [(f"{path}#3", True)]


def test_very_many_open_quotes_cost_their_rows_only(tmp_path: Path) -> None:
    lines = [f'{number},"open' if number % 3 == 0 else f"{number},line {number}" for number in range(1, 61)]
    found = DOMAIN.read(written(tmp_path / "a.csv", "\n".join(["id,text", *lines]) + "\n"))
    assert [piece.text for piece in found.pieces] == [f"line {number}" for number in range(1, 61) if number % 3]
    assert len(found.refused) == 20


def test_a_quote_within_a_line_is_read_leniently(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'id,text\n1,"Yes" he said\n2,5" nails\n3,"Well,\nwell"\n')
    assert texts(path) == ["Yes he said", '5" nails', "Well,\nwell"]


def test_a_very_long_cell_is_read(tmp_path: Path) -> None:
    long = "A long story goes on. " * 20_000
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["text", "label"], [long, "x"], ["Short one.", "y"]])
    assert texts(path) == [long, "Short one."]


def test_a_row_with_very_many_cells_is_refused(tmp_path: Path) -> None:
    many = ",".join(["x"] * 200_001)
    found = DOMAIN.read(written(tmp_path / "a.csv", f"id,text\n1,Hello\n{many}\n2,Bye\n"))
    assert [piece.text for piece in found.pieces] == ["Hello", "Bye"]
    assert [refusal.path.rpartition("#")[2] for refusal in found.refused] == ["3"]


def test_very_many_columns_are_not_all_listed(tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(50_000)]
    path = written(tmp_path / "a.csv", "\n".join([",".join(names), ",".join(["x y"] * 50_000)]))
    with pytest.raises(FileError, match="49,980 more") as caught:
        DOMAIN.read(path, column="d77")
    assert len(str(caught.value)) < 500


CELLS = st.lists(st.text("ab ,;\"\n'", max_size=8), min_size=2, max_size=2)


@given(st.lists(CELLS, min_size=1, max_size=8), st.sampled_from(",;|\t"))
def test_what_the_csv_module_writes_is_read_row_by_row(rows: list[list[str]], separator: str) -> None:
    import io

    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    assert [row.cells for row in tables.rows_of(file.getvalue(), tables.Form(separator))] == rows


# -- nested JSON


NESTED = [{"id": n, "data": {"text": f"text {n}", "tags": ["a"]}, "items": [{"text": f"item {n}"}]} for n in range(4)]


def nested(path: Path) -> Path:
    return written(path, "\n".join(map(json.dumps, NESTED)))


@pytest.mark.parametrize(
    ("column", "expected"),
    [("data.text", "text {}"), ("items.0.text", "item {}"), ("data.tags.0", "a")],
)
def test_a_field_within_another(tmp_path: Path, column: str, expected: str) -> None:
    path = nested(tmp_path / "a.jsonl")
    assert texts(path, column=column) == [expected.format(number) for number in range(4)]


def test_labels_may_be_nested_too(tmp_path: Path) -> None:
    found = DOMAIN.read(nested(tmp_path / "a.jsonl"), column="data.text", label=["items.0.text", "id"])
    assert found.pieces[1].labels == (("items.0.text", "item 1"), ("id", "1"))


def test_an_unknown_field_names_the_nested_ones(tmp_path: Path) -> None:
    path = nested(tmp_path / "a.jsonl")
    with pytest.raises(FileError, match=r"did you mean 'data\.text'\? Known: data\.tags\.0, data\.text, id, items\.0\.text\."):
        DOMAIN.read(path, column="data.txt")
    with pytest.raises(FileError, match=r"several fields.*Known: .*data\.text"):
        DOMAIN.read(path)
    assert DOMAIN.preview(path).columns == ("id", "data.text", "data.tags.0", "items.0.text")
    assert DOMAIN.preview(path, 1).rows == (("0", "text 0", "a", "item 0"),)


def test_the_only_text_within_is_taken_and_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", "\n".join(json.dumps({"id": n, "data": {"text": f"text {n}"}}) for n in range(3)))
    found = DOMAIN.read(path)
    assert [piece.text for piece in found.pieces] == ["text 0", "text 1", "text 2"]
    assert any("data.text" in remark for remark in found.remarks)


def test_names_with_dots_come_first(tmp_path: Path) -> None:
    row = {"data.text": "outer", "data": {"text": "inner", "a.b": {"c": "deep"}}}
    path = written(tmp_path / "a.jsonl", json.dumps(row))
    assert texts(path, column="data.text") == ["outer"]
    assert texts(path, column="data.a.b.c") == ["deep"]


@pytest.mark.parametrize(
    "column", ["items.9.text", "items.x.text", "items.-1.text", "data.text.0", "items." + "9" * 20, "data.", "."]
)
def test_paths_that_lead_nowhere(tmp_path: Path, column: str) -> None:
    with pytest.raises(FileError):
        DOMAIN.read(nested(tmp_path / "a.jsonl"), column=column)


# -- limits


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ("[" + "[]," * 3_000_000 + "[]]", "8,000,000 characters"),
        ('{"text": 3}', "not a text"),
    ],
)
def test_a_line_of_json_that_is_too_much_is_refused_alone(tmp_path: Path, line: str, reason: str) -> None:
    found = DOMAIN.read(written(tmp_path / "a.jsonl", f'{{"text": "one"}}\n{line}\n{{"text": "two"}}\n'))
    assert [piece.text for piece in found.pieces] == ["one", "two"]
    assert [(refusal.path.rpartition("#")[2], reason in refusal.reason) for refusal in found.refused] == [("2", True)]


def test_a_very_long_number_does_no_harm(tmp_path: Path) -> None:
    number = "9" * 5000
    path = written(tmp_path / "a.jsonl", f'{{"text": "one", "n": {number}, "deep": [{number}]}}\n')
    found = DOMAIN.read(path, label=["n", "deep"])
    assert [piece.text for piece in found.pieces] == ["one"]
    assert [value.strip('[]"') for _, value in found.pieces[0].labels] == [number, number]


@pytest.mark.parametrize(
    ("suffix", "line"), [(".txt", "a\n"), (".csv", "a\n"), (".jsonl", '"a"\n'), (".jsonl", "1\n"), (".txt", "\n")]
)
def test_what_is_left_out_of_very_many_lines_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, line: str
) -> None:
    monkeypatch.setattr("genstudio.domains.text.reading.MOST", 1000)
    monkeypatch.setattr("genstudio.domains.text.passages.MOST_REFUSED", 100)
    path = written(tmp_path / f"a{suffix}", line * 5000)
    if line in ("1\n", "\n"):
        with pytest.raises(DamagedFileError, match="not a text" if line == "1\n" else "more than 1,000 lines"):
            DOMAIN.read(path)
        return
    found = DOMAIN.read(path)
    assert len(found.pieces) == 1000
    assert [refusal.path for refusal in found.refused] == [f"{path}#1001"]
    assert "more than 1,000 lines" in found.refused[0].reason


def test_passages_are_a_sequence(tmp_path: Path) -> None:
    lines = [f"line {number}" for number in range(3000)]
    pieces = DOMAIN.read(written(tmp_path / "a.txt", "\n".join(lines))).pieces
    assert isinstance(pieces, Passages)
    assert [piece.text for piece in pieces] == lines
    assert [piece.text for piece in pieces[1020:1030]] == lines[1020:1030]
    assert pieces[-1].text == lines[-1]
    assert pieces[1024].source.endswith("#1025")
    assert pieces == list(pieces)
    with pytest.raises(IndexError):
        pieces[3000]


def test_a_preview_of_plain_text_and_of_no_table(tmp_path: Path) -> None:
    assert DOMAIN.preview(written(tmp_path / "a.txt", "one\n\ntwo\n")).rows == (("one",), ("two",))
    seen = DOMAIN.preview(written(tmp_path / "a.csv", "Hello there.|No.\nHow are you?|Yes.\n"))
    assert (seen.columns, seen.named, seen.column, seen.separator) == (("0", "1"), False, "", "|")
    with pytest.raises(FileError, match="cannot read"):
        DOMAIN.preview(tmp_path / "none.csv")
