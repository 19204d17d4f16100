"""Commands record what they make, and the library's own commands; with tiny models, and a home of its own for each test."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genstudio import cli, paths
from genstudio.library import Library


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GENSTUDIO_NO_HISTORY", raising=False)
    return tmp_path / "home"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """The JSON result of a command; ``status`` is what it should end with."""

    def function(*arguments: object, status: int = 0) -> dict[str, Any]:
        assert cli.main([*map(str, arguments), "--json"]) == status
        result: dict[str, Any] = json.loads(capsys.readouterr().out)
        return result

    return function


Ask = Callable[..., dict[str, Any]]


def test_what_is_made_is_recorded_and_made_again(ask: Ask, melody_model: Path, tunes: Path, tmp_path: Path) -> None:
    ends = [tunes / "tune-00.mid", tunes / "tune-03.mid"]
    made = ask("interpolate", *ends, "--model", melody_model, "--out", tmp_path / "a", "--steps", 3, "--seed", 5)
    (history,) = made["history"]
    assert history["pieces"] == [1, 2, 3]
    listed = ask("history")
    assert listed["total"] == 3
    assert [item["id"] for item in listed["pieces"]] == [3, 2, 1]
    assert [item["path"] for item in listed["pieces"]] == [step["path"] for step in made["steps"]][::-1]
    assert {item["job"] for item in listed["pieces"]} == {history["job"]}

    told = ask("history", "show", 2)
    assert told["entry"]["id"] == 2
    assert (told["job"]["operation"], told["job"]["seed"]) == ("interpolate", 5)

    # The model is not among the installed ones, so it has to be said where it is.
    assert "is not installed any more" in ask("again", 2, "--out", tmp_path / "b.mid", status=2)["error"]["message"]
    again = ask("again", 2, "--out", tmp_path / "b.mid", "--model", melody_model)
    assert again["path"] == str(tmp_path / "b.mid")
    assert (tmp_path / "b.mid").read_bytes() == (tmp_path / "a" / "step-01.mid").read_bytes()
    for name in (3, history["job"]):
        out = tmp_path / f"again-{name}"
        everything = ask("again", name, "--out", out, "--model", melody_model)
        files = sorted(file.name for file in (tmp_path / "a").iterdir())
        assert files == ["joined.mid", "step-00.mid", "step-01.mid", "step-02.mid"]
        assert sorted(file.name for file in out.iterdir()) == files
        for file in files:
            assert (out / file).read_bytes() == (tmp_path / "a" / file).read_bytes()
        assert len(everything["pieces"]) == 3
    assert ask("history")["total"] == 3  # made again is nothing new


def test_an_installed_model_is_found_by_its_name(ask: Ask, text_model: Path, home: Path, tmp_path: Path) -> None:
    shutil.copytree(text_model, home / "models" / "mine")
    ask("sample", "--model", "mine", "-n", 2, "--out", tmp_path / "a", "--seed", 3)
    ask("again", 1, "--out", tmp_path / "b")
    for name in ("sample-00.txt", "sample-01.txt"):
        assert (tmp_path / "b" / name).read_bytes() == (tmp_path / "a" / name).read_bytes()
    # the same name, but another model
    weights = home / "models" / "mine" / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert "is another" in ask("again", 1, "--out", tmp_path / "c", status=2)["error"]["message"]
    shutil.rmtree(home / "models" / "mine")
    assert "'mine'" in ask("again", 1, "--out", tmp_path / "c", status=2)["error"]["message"]
    assert not (tmp_path / "c").exists()


def test_every_command_that_makes_something_records_it(ask: Ask, text_model: Path, tmp_path: Path) -> None:
    for number, (name, *arguments) in enumerate(
        [
            ("reconstruct", "the cat sees a river today.", "--out", tmp_path / "r.txt"),
            ("sample", "-n", 1, "--out", tmp_path / "s"),
        ],
        1,
    ):
        made = ask(name, *arguments, "--model", text_model)
        assert made["history"][0]["pieces"] == [number]
        entry = ask("history", "show", number)["entry"]
        assert entry["operation"] == name
        assert Path(entry["path"]).is_file()
    assert [item["id"] for item in ask("history", "--operation", "sample")["pieces"]] == [2]
    assert [item["id"] for item in ask("history", "--model", text_model.name)["pieces"]] == [2, 1]


@pytest.mark.parametrize(("option", "variable", "kept"), [
    ([], None, True), (["--no-history"], None, False), ([], "1", False), ([], "0", True), ([], "", True),
])  # fmt: skip
def test_it_can_be_turned_off(
    ask: Ask, text_model: Path, tmp_path: Path, option: list[str], variable: str | None, kept: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if variable is not None:
        monkeypatch.setenv("GENSTUDIO_NO_HISTORY", variable)
    made = ask("sample", "-n", 1, "--model", text_model, "--out", tmp_path / "s", *option)
    assert ("history" in made) is kept
    assert paths.library().exists() is kept


def test_a_failed_command_records_nothing(ask: Ask, text_model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ask("sample", "-n", 1, "--model", text_model, "--out", tmp_path / "file", status=2)
    assert not paths.library().exists()


def newer() -> None:
    with Library():
        pass
    db = sqlite3.connect(paths.library())
    db.execute("PRAGMA user_version = 99")
    db.close()


@pytest.mark.parametrize(("break_it", "words"), [
    (lambda: paths.library().mkdir(parents=True), "this was not recorded in the library: .* is a folder"),
    (newer, "this was not recorded in the library: .* newer GenStudio"),
    (lambda: paths.home().write_text("x"), "this was not recorded in the library"),
])  # fmt: skip
def test_a_failing_library_fails_no_command(
    text_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], break_it: Callable[[], None], words: str
) -> None:
    break_it()
    command = ["sample", "-n", "1", "--model", str(text_model), "--out", str(tmp_path / "s")]
    assert cli.main(command) == 0
    out, err = capsys.readouterr()
    assert "sample-00.txt" in out
    assert re.search(words, err)
    assert cli.main([*command, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert re.search(words, made["remarks"][-1])
    assert "history" not in made


def test_a_fault_of_the_library_fails_no_command(
    ask: Ask, text_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: Any) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(Library, "record", broken)
    made = ask("sample", "-n", 1, "--model", text_model, "--out", tmp_path / "s")
    assert made["remarks"] == ["this was not recorded in the library: oh"]


def test_a_damaged_library_is_told_once(text_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths.library().parent.mkdir(parents=True)
    paths.library().write_bytes(b"nothing of the kind" * 100)
    command = ["sample", "-n", "1", "--model", str(text_model), "--out", str(tmp_path / "s")]
    assert cli.main(command) == 0
    err = capsys.readouterr().err
    assert "note: the library" in err
    assert "was set aside as library.db.damaged-" in err
    assert "in the library: piece 1" in err
    assert cli.main(command) == 0
    assert "set aside" not in capsys.readouterr().err


@pytest.fixture
def some(tunes: Path, sentences: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("Freude, schöner Götterfunken\n明月几时有\nthe wind finds the moon\n", encoding="utf-8")
    assert cli.main(["history", "add", str(lines), str(tunes / "tune-00.mid"), "--tag", "mine"]) == 0


@pytest.mark.usefixtures("some")
@pytest.mark.slow
def test_finding_and_changing(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert [item["id"] for item in ask("history", "schoner")["pieces"]] == [1]
    assert [item["id"] for item in ask("history", "几时")["pieces"]] == [2]
    assert [item["id"] for item in ask("history", "the", "moon")["pieces"]] == [3]
    assert [item["id"] for item in ask("history", "tune-00")["pieces"]] == [4]
    assert ask("history", "--tag", "MINE", "--limit", 2)["total"] == 4
    assert ask("history", "list", "show")["pieces"] == []
    assert ask("history", "--since", "2000-01-01")["total"] == 4
    assert ask("history", "--since", "2999-01-01")["total"] == 0

    ask("keep", 1, 3)
    assert [item["id"] for item in ask("history", "--favourites")["pieces"]] == [3, 1]
    ask("keep", 3, "--unkeep")
    assert [item["id"] for item in ask("history", "--favourites")["pieces"]] == [1]
    assert [item["id"] for item in ask("history", "--kept")["pieces"]] == [4, 3, 2, 1]  # tagged, or added
    assert ask("history", "tag", 2, "Mond", "good")["done"] == "tags: Mond, good, mine"
    assert ask("history", "untag", 2, "mine")["done"] == "tags: Mond, good"
    assert ask("history", "tags")["tags"] == [
        {"tag": "good", "pieces": 1}, {"tag": "mine", "pieces": 3}, {"tag": "Mond", "pieces": 1},
    ]  # fmt: skip
    ask("history", "rename", 4, "Der", "Walzer")
    assert [item["title"] for item in ask("history", "walzer")["pieces"]] == ["Der Walzer"]
    ask("history", "remove", 1, 2)
    assert [item["id"] for item in ask("history")["pieces"]] == [4, 3]
    assert [item["id"] for item in ask("history", "--removed")["pieces"]] == [2, 1]
    ask("history", "restore", 1)
    assert ask("history", "purge")["purged"] == 1
    assert [item["id"] for item in ask("history")["pieces"]] == [4, 3, 1]
    assert ask("history", "repair")["saved"] == 3
    assert [item["id"] for item in ask("history")["pieces"]] == [4, 3, 1]


@pytest.mark.usefixtures("some")
def test_out_and_in(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ask("history")["pieces"]
    assert ask("history", "export", tmp_path / "all.jsonl")["pieces"] == 4
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "elsewhere"))
    assert ask("history")["pieces"] == []
    assert ask("history", "import", tmp_path / "all.jsonl")["pieces"] == 4
    assert ask("history")["pieces"] == before


@pytest.mark.usefixtures("some")
def test_people_get_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        capsys.readouterr()
        assert cli.main(list(arguments)) == 0
        return capsys.readouterr().out

    assert said("keep", "2") == "2: a favourite\n"
    listed = said("history").splitlines()
    assert listed[0].split() == ["id", "made", "from", "model", "title", "tags"]
    assert re.match(r" 2  \*  \d{4}-\d\d-\d\d \d\d:\d\d  import +明月几时有 +mine$", listed[3])
    assert "and 2 more; --limit 4 shows them all" in said("history", "--limit", "2")
    assert said("history", "nowhere") == "Nothing was found.\n"
    shown = said("history", "show", "4")
    assert "tune-00.mid" in shown
    assert "│" in shown
    assert "4 pieces" in said("history", "export", str(tmp_path / "x.jsonl"))
    assert said("history", "import", str(tmp_path / "x.jsonl")) == "new: 0 pieces, 0 jobs; known already: 4 pieces\n"
    assert said("history", "tags").split() == ["mine", "4"]
    assert said("history", "remove", "2", "3") == "2, 3: removed\n"
    assert said("history", "purge") == "deleted for good: 2\n"
    assert "repair" in said("history", "--help")


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(("arguments", "words"), [
    (["history", "show"], "expected 'genstudio history show ID'"),
    (["history", "show", "1", "2"], "expected 'genstudio history show ID'"),
    (["history", "show", "x"], "'x' is not the number of a piece"),
    (["history", "show", "77"], "there is no piece 77"),
    (["history", "show", "0123456789abcdef"], "there is no job '0123456789abcdef'"),
    (["history", "remove", "1", "77"], "there is no piece 77"),
    (["history", "tag", "1"], "expected 'genstudio history tag ID TAG…'"),
    (["history", "tag", "1", ""], "cannot be a tag"),
    (["history", "--since", "yesterday"], "'yesterday' is not a date such as 2026-05-31"),
    (["history", "--limit", "0"], "'0' is not a whole number"),
    (["history", "add", "x.pdf"], "expected a file that ends in one of .abc"),
    (["history", "add", "x.mid"], "x.mid"),
    (["history", "import", "none.jsonl"], "cannot read none.jsonl"),
    (["keep"], "required: ID"),
    (["keep", "0"], "'0' is not a whole number"),
    (["keep", "1", "77"], "there is no piece 77"),
    (["again", "1", "--out", "x.txt"], "piece 1 is one of your own, which no model made"),
    (["again", "77", "--out", "x.txt"], "there is no piece 77"),
    (["again", "abc", "--out", "x.txt"], "there is no job 'abc'"),
])  # fmt: skip
def test_wrong_calls(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert words in err
    with Library() as library:
        assert library.count() == 4
        assert library.count(favourite=True) == 0


@pytest.mark.slow
def test_the_doctor_looks_at_the_library(ask: Ask) -> None:
    def entry() -> dict[str, Any]:
        return next(check for check in ask("doctor")["checks"] if check["name"] == "library")

    assert entry()["ok"]
    assert "none yet" in entry()["detail"]
    assert not paths.library().exists()
    with Library() as library:
        from genstudio.domains import get_domain

        library.add(get_domain("text").from_symbols("a"), "text")
    assert entry()["detail"] == f"{paths.library()}: 1 piece, sound"
    paths.library().write_bytes(b"x" * 5000)
    assert (entry()["ok"], entry()["fix"]) == (False, "genstudio history repair")
    assert paths.library().read_bytes() == b"x" * 5000
    assert ask("history", "repair")["saved"] == 0
    assert entry()["ok"]
