"""Every operation and command gives the same result as when ``record.py`` was run; run it again after an intended change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import genstudio
from tests.golden import cases
from tests.golden.results import results

FOLDER = Path(__file__).parent
CALLS = {f"{model} {name}": (model, call) for name, model, call in cases.calls()}
COMMANDS = dict(cases.commands())


def recorded(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


OPERATIONS, SAID, INTERFACES = recorded("operations"), recorded("commands"), recorded("interfaces")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("golden")
    cases.prepare(made)
    return made


@pytest.fixture(scope="module")
def models(folder: Path) -> dict[str, Any]:
    return {name: genstudio.load(folder / name) for name in cases.MODELS}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] if model in ("text", "verse") else []) for name, (model, _) in CALLS.items()],
)
def test_an_operation(name: str, folder: Path, models: dict[str, Any]) -> None:
    model, call = CALLS[name]
    assert cases.made(folder, models[model], model, call) == OPERATIONS[name]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.slow
def test_a_command(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert cases.said(COMMANDS[name]) == SAID[name]


@pytest.mark.parametrize("name", INTERFACES)
def test_names_and_defaults(name: str) -> None:
    kind, _, one = name.partition(" ")
    assert json.loads(json.dumps(cases.interfaces()[kind][one])) == INTERFACES[name]


@pytest.mark.slow
def test_the_other_commands_say_the_same_things(tmp_path: Path) -> None:
    assert results(tmp_path) == recorded("results")


def test_everything_is_compared() -> None:
    assert set(OPERATIONS) == set(CALLS)
    assert set(SAID) == set(COMMANDS)
    assert set(INTERFACES) == {f"{kind} {name}" for kind, group in cases.interfaces().items() for name in group}
