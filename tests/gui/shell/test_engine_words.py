"""What the engine says reaches the window with its code and its values, in the language of the window and in its words."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from pytestqt.qtbot import QtBot

import genstudio
from genstudio import paths
from genstudio.cli import _remedies as on_the_command_line
from genstudio.domains import get_domain
from genstudio.errors import REMEDIES, FileError, InputError, Message
from genstudio.gui import speech
from genstudio.gui.widgets.card_text import for_the_window

ROOT = Path(genstudio.__file__).parents[1]
COMMAND_LINE = re.compile(
    r"(^|\s)--(?!force-reinstall)\w|\bcommand\b|'genstudio \w+|\bargument\b|(?<!core )\boptions?\b(?! of the core)"
)


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The program that collects them."""
    path = ROOT / "tools" / "engine_words.py"
    if not path.is_file():
        pytest.skip("the tools are not part of what is installed")
    spec = importlib.util.spec_from_file_location("engine_words", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["engine_words"] = module
    spec.loader.exec_module(module)
    return module


class Chinese(QTranslator):
    """Knows a few sentences."""

    WORDS: ClassVar = {
        ("Engine", "{file} gave nothing: {reason}."): "{file} 里什么也没有：{reason}。",
        ("Engine", "{text} gave nothing: {reason}."): "{text} 里什么也没有：{reason}。",
        ("Engine", "no notes"): "没有音符",
        ("Engine", "{track} of {count} was taken as the melody"): "共 {count} 个音轨，{track} 被当作旋律",
        ("Engine", "track {number} {name!r}"): "第 {number} 轨 {name!r}",
        ("Engine", "{path} has several columns: {known}."): "{path} 有几列：{known}。",
        ("Remedies", "choose another track in the menu of the end"): "可在端点菜单中另选音轨",
        ("Remedies", "choose the column that holds the text"): "请选择文本所在的列",
        ("Remedies", "{sentence}; {remedy}"): "{sentence}；{remedy}",
    }

    def translate(self, context: str, source: str, *rest: Any) -> str:
        return self.WORDS.get((context, source))  # type: ignore[return-value]  # None: not known

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def chinese(qtbot: QtBot) -> Iterator[None]:
    translator = Chinese()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


# -- the list of sentences


@pytest.mark.slow
def test_every_sentence_of_the_engine_is_there_for_the_translators(tool: ModuleType) -> None:
    found = tool.words()
    assert len(found) > 300
    assert speech.listed() == {"Engine": found, **tool.described()}, "run 'make translations'"


def test_no_sentence_of_the_engine_speaks_of_the_command_line() -> None:
    wrong = [word for word in speech.listed()["Engine"] if COMMAND_LINE.search(re.sub(r"{.*?}", "", word))]
    assert not wrong, wrong


def test_no_remedy_of_the_window_speaks_of_the_command_line() -> None:
    remedies = [re.sub(r"{.*?}", "", str(words)) for words in (*speech.REMEDIES.values(), *REMEDIES.values())]
    assert not [words for words in remedies if COMMAND_LINE.search(words)]
    assert not [words for words in map(str, speech.REMEDIES.values()) if "{" in words]


def test_a_sentence_of_the_command_line_would_be_found() -> None:
    for word in ("choose another with --track", "say which with a column option", "run the command", "'genstudio map' makes it"):
        assert COMMAND_LINE.search(word)


IN_THE_WINDOW = re.compile(
    r"'genstudio [a-z]|`genstudio|(^|\s)--\w|\bcommands?\b|\barguments?\b|\boptions?\b|\bpip\b|\bterminal\b|\bsudo\b|apt install"
)


def strings_of_the_window() -> Iterator[tuple[str, str]]:
    """Every string that is translated, and where it stands."""
    for path in sorted((ROOT / "genstudio" / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            said = {"tr": node.args[:1], "translate": node.args[1:2], "QT_TRANSLATE_NOOP": node.args[1:2]}.get(name, [])
            yield from (
                (f"{path.name}:{node.lineno}", one.value)
                for one in said
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def test_no_string_of_the_window_speaks_of_the_command_line() -> None:
    found = list(strings_of_the_window())
    assert len(found) > 1000
    assert not [(place, words) for place, words in found if IN_THE_WINDOW.search(words)]


def test_a_card_is_shown_without_what_is_for_the_command_line() -> None:
    for folder in paths.installed_models().values():
        card = (folder / "card.md").read_text(encoding="utf-8")
        assert re.search(r"`?genstudio [a-z]+ ", card)
        shown = for_the_window(card)
        assert not IN_THE_WINDOW.search(shown), IN_THE_WINDOW.search(shown)
        assert "## Data, credits and limits" in shown
        assert "What to expect" in shown
        assert "## Examples" in shown
        assert shown.count("|---") == card.count("|---")  # tables


def test_every_side_has_words_for_every_remedy() -> None:
    assert set(REMEDIES) == set(speech.REMEDIES) == set(on_the_command_line.REMEDIES)


def test_remedies_that_are_named_exist_and_are_all_used(tool: ModuleType) -> None:
    named = set()
    for path in tool.modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "remedy" and isinstance(node.value, ast.Constant) and node.value.value:
                named.add(node.value.value)
    assert named == set(REMEDIES)


@pytest.mark.slow
def test_templates_and_their_values_have_the_same_names(tool: ModuleType) -> None:
    for path in tool.modules():
        for site in tool.sites(path):
            call = site.call
            if not site.literal or not isinstance(call, ast.Call) or len(call.args) != 1:
                continue
            given = {keyword.arg for keyword in call.keywords} - {"remedy"}
            remedy = next((keyword.value.value for keyword in call.keywords if keyword.arg == "remedy"), "")  # type: ignore[attr-defined]
            given -= {name for _, name, _, _ in Formatter().parse(REMEDIES.get(remedy, "")) if name is not None}
            if not given or None in given:
                continue
            for template in site.templates:
                wanted = {name for _, name, _, _ in Formatter().parse(template.text) if name is not None}
                assert wanted == given, f"{path.name}:{call.lineno}: {template.text}"


def test_the_collector_sees_every_kind_of_sentence(tool: ModuleType, tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        'raise FileError(f"{path}: {len(rows)} {\'row\' if len(rows) == 1 else \'rows\'}; {error.strerror or error!r:>3}")\n'
        'raise type(error)("plain")\n'
        'remarks.append(f"{count:,} were {kind}")\n'
        'remarks += ["two"]\n'
        'Refusal(path, f"the line has no field {name!r}")\n'
        'report(Progress("stage", 1, 2, "Writing"))\n'
        'Message("one" if a else "another")\n',
        encoding="utf-8",
    )
    found = [template.text for site in tool.sites(source) for template in site.templates]
    assert sorted(found) == sorted([
        "{path}: {count} row; {reason!r:>3}", "{path}: {count} rows; {reason!r:>3}", "plain", "{count:,} were {kind}", "two",
        "the line has no field {name!r}", "Writing", "one", "another",
    ])  # fmt: skip


# -- what a person reads


def test_without_the_list_a_sentence_stays_as_it_came(chinese: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = (speech.listed, speech._plain, speech._patterns, speech._recognised)
    for function in kept:
        function.cache_clear()
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    try:
        assert speech.spoken("a.mid gave nothing: no notes.") == "a.mid gave nothing: no notes."
        assert speech.spoken(FileError("no notes")) == "没有音符"
    finally:
        for function in kept:
            function.cache_clear()


def test_a_sentence_within_a_sentence_is_said_in_the_language_too(chinese: None) -> None:
    error = InputError("{file} gave nothing: {reason}.", file="a.mid", reason=FileError("no notes"))
    assert str(error) == "a.mid gave nothing: no notes."
    assert speech.spoken(error) == "a.mid 里什么也没有：没有音符。"


def test_a_remedy_is_worded_by_each_side(chinese: None) -> None:
    track = Message("track {number} {name!r}", number=2, name="Lead")
    remark = Message("{track} of {count} was taken as the melody", remedy="choose-track", track=track, count=4)
    assert str(remark) == "track 2 'Lead' of 4 was taken as the melody; another track can be chosen"
    said = on_the_command_line.worded({"remarks": [remark]})["remarks"][0]
    assert said.endswith("was taken as the melody; choose another with --track (its number or its name)")
    told = speech.spoken(remark)
    assert told == "共 4 个音轨，第 2 轨 'Lead' 被当作旋律；可在端点菜单中另选音轨"
    assert told.remedy == "choose-track"


def test_what_comes_as_text_is_told_by_its_template(chinese: None) -> None:
    """From a report, another process, or an error that put sentences together as text."""
    text = "track 2 'Lead' of 4 was taken as the melody; another track can be chosen"
    assert speech.spoken(text) == "共 4 个音轨，第 2 轨 'Lead' 被当作旋律；可在端点菜单中另选音轨"
    assert speech.spoken("a.mid gave nothing: no notes.") == "a.mid 里什么也没有：没有音符。"
    assert speech.spoken("nobody has ever said this") == "nobody has ever said this"


def test_models_are_called_as_the_window_calls_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "_called", {"folk-melody-16bar": "Tunes, 16 bars", "lead": "Songs"}.__getitem__)
    long = Message("{piece} is longer than anything that {model} was trained on.", piece="A reel", model="folk-melody-16bar")
    assert speech.spoken(long) == "A reel is longer than anything that Tunes, 16 bars was trained on."
    other = InputError("{model} writes no chords; choose another, such as {another}.", model="folk-melody-16bar", another="lead")
    failed = speech.spoken(InputError("it failed: {reason}", reason=other))
    assert failed == "it failed: Tunes, 16 bars writes no chords; choose another, such as Songs."


def test_what_was_translated_once_stays_as_it_is(chinese: None) -> None:
    told = speech.spoken(FileError("{path} has several columns: {known}.", remedy="choose-column", path="a.csv", known="x, y"))
    assert told == "a.csv 有几列：x, y；请选择文本所在的列。"
    assert speech.spoken(str(told)) == told


def test_a_sentence_crosses_to_another_process(chinese: None) -> None:
    error = FileError("{file} gave nothing: {reason}.", file=Path("a.mid"), reason=FileError("no notes"))
    event = json.loads(json.dumps({"event": "end", "error": str(error), "said": error.said.to_json()}))
    assert speech.spoken(speech.heard(event, "error")) == "a.mid 里什么也没有：没有音符。"
    assert speech.heard({"error": "plain"}, "error") == "plain"
    for damaged in (3, {}, {"template": 1, "values": {}}, {"template": "{a.__class__}", "values": {"a": 1}, "remedy": "none"}):
        assert speech.heard({"error": "plain", "said": damaged}, "error") == "plain"


@pytest.mark.parametrize("remedy", sorted(REMEDIES))
def test_english_is_whole_on_both_sides(remedy: str) -> None:
    said = Message("It is so.", remedy=remedy)
    for text in (str(said), speech.spoken(said), said.worded(on_the_command_line.REMEDIES)):
        assert text.startswith("It is so; ")
        assert text.endswith(".")
        assert ".." not in text


def test_a_table_that_is_not_clear_says_so_with_a_code(tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    table.write_text("de,en\nDas ist eins.,This is one.\nDas ist zwei.,This is two.\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        get_domain("text").read(table)
    assert caught.value.said.remedy == "choose-column"
    assert caught.value.values["known"] == "Known: de, en."
    assert "option" not in str(caught.value)


def test_the_command_line_words_its_remedy(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    from genstudio import cli

    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "home"))
    table = tmp_path / "pairs.csv"
    table.write_text("de,en\nDas ist eins.,This is one.\nDas ist zwei.,This is two.\n", encoding="utf-8")
    assert cli.main(["export", str(table), "--out", str(tmp_path / "a.txt")]) == 2
    assert "pairs.csv has several columns. Known: de, en; say which with --column." in capsys.readouterr().err
