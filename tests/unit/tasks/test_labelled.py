"""Tables with labels: what is read, what is told, and that rows come back as they were."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from genstudio.domains import get_domain
from genstudio.errors import ConfigError, FileError, InputError
from genstudio.tasks.labelled import placed, read_labelled, table_text, value_of

TEXT = get_domain("text")


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_with_names(tmp_path):
    path = written(tmp_path / "t.csv", 'id,text,class\n7,"one, two",a\n8,three four,b\n9,,a\n10,five six,\n')
    found = read_labelled(TEXT, path, "class", {})
    assert [(one.piece.text, one.label, one.row) for one in found.examples] == [("one, two", "a", 0), ("three four", "b", 1)]
    assert any("1 row has no label" in remark for remark in found.remarks)
    back = 'id,text,class,seed\n7,"one, two",a,\n8,three four,b,\n9,,a,\n10,five six,,\n'
    assert table_text(found.table, [], ["seed"], [], ".csv") == back


def test_a_table_without_names_and_with_another_separator(tmp_path):
    path = written(tmp_path / "t.csv", "A first sentence here;x\nAnd a second one;y\nA third, too;x\n")
    found = read_labelled(TEXT, path, "1", {"column": "0"})
    assert [one.label for one in found.examples] == ["x", "y", "x"]
    row: dict = {}
    placed(row, found.column, "new; one")
    placed(row, found.label, "y")
    text = table_text(found.table, [row], ["seed"], [{"seed": 5}], ".csv")
    assert text.splitlines()[-1] == '"new; one";y;5'
    assert list(csv.reader(table_text(found.table, [row], ["seed"], [{"seed": 5}], ".tsv").splitlines(), delimiter="\t"))[-1] == [
        "new; one", "y", "5",
    ]  # fmt: skip


def test_lines_of_json_keep_their_values(tmp_path):
    lines = [{"data": {"text": "one two"}, "class": 1, "more": [1, {"x": None}]}, {"data": {"text": "three"}, "class": 2}]
    path = written(tmp_path / "t.jsonl", "".join(json.dumps(line) + "\n" for line in lines) + "no json\n[1]\n")
    found = read_labelled(TEXT, path, "class", {"column": "data.text"})
    assert [one.label for one in found.examples] == ["1", "2"]
    assert any("2 lines cannot be read" in remark for remark in found.remarks)
    row: dict = {}
    placed(row, found.column, "new")
    placed(row, found.label, value_of(found.table.rows[0][1], found.label))
    back = [json.loads(line) for line in table_text(found.table, [row], ["seed"], [{"seed": 3}], ".jsonl").splitlines()]
    assert back == [*lines, {"data": {"text": "new"}, "class": 1, "seed": 3}]
    assert table_text(found.table, [], [], [], ".csv").splitlines()[0] == "data,class,more"


def test_columns_of_the_same_name_stay_apart(tmp_path):
    path = written(tmp_path / "t.csv", "text,class,note,note\nA sentence.,a,1,2\nAnother one.,b,3,4\n")
    found = read_labelled(TEXT, path, "class", {})
    assert table_text(found.table, [], [], [], ".csv").splitlines()[0] == "text,class,note,note"
    assert json.loads(table_text(found.table, [], [], [], ".jsonl").splitlines()[0])["note_2"] == "2"


def test_music_files_beside_a_table(tmp_path, make_tune):
    (tmp_path / "songs").mkdir()
    for number in range(2):
        make_tune(number, 2, (4, 4)).write(str(tmp_path / "songs" / f"{number}.mid"))
    rows = "file,mood\nsongs/0.mid,calm\nsongs/1.mid,wild\nsongs/2.mid,wild\n"
    found = read_labelled(get_domain("melody"), written(tmp_path / "t.csv", rows), "mood", {})
    assert [(one.label, one.row) for one in found.examples] == [("calm", 0), ("wild", 1)]
    assert found.kind == "files"
    assert any("2.mid" in remark for remark in found.remarks)
    outside = written(tmp_path / "songs" / "t.csv", "file,mood\n../songs/0.mid,calm\n0.mid,wild\n")
    with pytest.raises(InputError, match="outside the folder"):
        read_labelled(get_domain("melody"), outside, "mood", {})


def test_what_cannot_be_read_is_said(tmp_path):
    path = written(tmp_path / "t.csv", "text,class\nA sentence.,a\nAnother one.,b\n")
    with pytest.raises(FileError, match="did you mean 'class'"):
        read_labelled(TEXT, path, "clas", {})
    with pytest.raises(ConfigError, match="does not know"):
        read_labelled(TEXT, path, "class", {"track": 1})
    with pytest.raises(FileError, match="is no table"):
        read_labelled(TEXT, written(tmp_path / "t.txt", "x"), "class", {})
    with pytest.raises(FileError, match="call it file"):
        read_labelled(get_domain("melody"), path, "class", {})
    with pytest.raises(FileError, match="no field 'klass'; did you mean 'class'"):
        read_labelled(TEXT, written(tmp_path / "t.jsonl", '{"text": "a b", "class": "x"}\n'), "klass", {})
    with pytest.raises(InputError, match="no row has a piece and a label"):
        read_labelled(TEXT, written(tmp_path / "e.csv", "text,class\nA sentence.,\nAnother one.,\n"), "class", {})
    with pytest.raises(ConfigError, match="no encoding"):
        read_labelled(TEXT, path, "class", {"encoding": "klingon"})
