"""One sentence that is put into another keeps one full stop, everywhere in the package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import genstudio
from genstudio.errors import DamagedFileError, FileError, InputError, clause

PACKAGE = Path(genstudio.__file__).parent
INNER = {"error", "reason", "refusal", "sentence"}
ENDS = (".", ";", ":", ",", ")")


def _is_a_sentence(node: ast.expr) -> bool:
    """Whether an expression stands for what an error, a refusal or a reason says, as it is."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str" and node.args:
        node = node.args[0]
    if isinstance(node, ast.Name):
        return node.id in INNER
    if isinstance(node, ast.Attribute):
        return node.attr == "reason"
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == "reason"


def _joined(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.JoinedStr):
            continue
        for part, after in zip(node.values, node.values[1:], strict=False):
            if (
                isinstance(part, ast.FormattedValue)
                and part.conversion == -1
                and _is_a_sentence(part.value)
                and isinstance(after, ast.Constant)
                and str(after.value).startswith(ENDS)
                and not (after.value == ")" and after is node.values[-1])  # a clause in brackets
            ):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}: {ast.unparse(node)[:120]}"


@pytest.mark.slow
def test_no_sentence_is_put_into_another_with_its_full_stop() -> None:
    """An f-string would double it: a template with ``reason=error`` takes care of that, or ``clause(error)``."""
    found = [line for path in sorted(PACKAGE.rglob("*.py")) for line in _joined(path)]
    assert not found, "\n".join(found)


def test_the_search_finds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "some.py"
    wrong = ('f"a: {error}."', 'f"{refused[0].reason}; b"', 'f"({str(reason)}); b"', 'f"{item[\'reason\']}."')
    right = ('f"{error}"', 'f"{error!r}."', 'f"{clause(error)}."', 'f"{error} in {path}."')
    file.write_text("\n".join((*wrong, *right)), encoding="utf-8")
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    assert [line.split(":")[1] for line in _joined(file)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{path} gave nothing: {reason}.", "a. gave nothing: b has no notes."),
        ("{path} is damaged ({reason}); make it again.", "a. is damaged (b has no notes); make it again."),
        ("{path}: {reason}", "a.: b has no notes."),
        ("{path}; {reason} Then {reason}, and so on.", "a.; b has no notes. Then b has no notes, and so on."),
    ],
)
def test_a_sentence_within_a_sentence(template: str, said: str) -> None:
    inner = FileError("{name} has no notes.", name="b")
    for reason in (inner, str(inner)):
        assert str(InputError(template, path="a.", reason=reason)) == said
    assert str(DamagedFileError("{one}: {two}.", one="a", two=inner)) == "a: b has no notes."


def test_what_is_no_full_stop_stays() -> None:
    assert clause("it goes on …") == "it goes on …"
    assert clause("and so on...") == "and so on..."
    assert clause(FileError("a. b.")) == "a. b"
    assert str(FileError("{path:>4}|{path!r}: {reason}.", path=".", reason=OSError("no"))) == "   .|'.': no."
