"""What holds for every operation: its method, its function and its command have the options of its description."""

from __future__ import annotations

import argparse
import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from genstudio import cli, studio
from genstudio.cli._session import Session
from genstudio.latent.operations.base import Operation
from genstudio.latent.operations.registry import OPERATIONS
from genstudio.latent.results import OneFile

every = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
GIVEN = {
    "n": ("3", 3), "steps": ("4", 4), "method": ("linear", "linear"), "grid": ("3x7", (3, 7)), "amount": ("0.5", 0.5),
    "length": ("8", 8), "given": ("2", 2), "gap": ("5-8", (5, 8)), "tune": ("0.25", 0.25), "spread": ("0.6", 0.6),
    "best_of": ("3", 3), "changes": ("density=+1.5", {"density": 1.5}), "rounds": ("2", 2), "candidates": ("4", 4),
}  # fmt: skip
"""For each option what is typed, and what it means."""


def parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(function).parameters)


@every
def test_the_method_and_the_function_have_its_options(operation: Operation[Any]) -> None:
    method = parameters(getattr(studio.Model, operation.function))
    function = parameters(getattr(studio, operation.function))
    sources = [source.name for source in operation.sources]
    assert list(method)[: len(sources) + 1] == ["self", *sources]
    assert list(function)[: len(sources) + 1] == ["model", *sources]
    for item in dataclasses.fields(operation.options):
        for found in (method, function):
            assert found[item.name].default in (item.default, inspect.Parameter.empty)
            assert found[item.name].annotation.removesuffix(" | None") == str(item.type).removesuffix(" | None")
    assert {"keep", "stop", "out"} <= set(function)


@every
def test_its_names_are_not_another_ones(operation: Operation[Any]) -> None:
    assert [one.name for one in OPERATIONS].count(operation.name) == 1
    assert operation.help
    assert operation.about
    assert all(item.metadata["help"] and item.metadata["label"] for item in dataclasses.fields(operation.options))


class Asked:
    """Stands for ``genstudio.studio`` and keeps what it is asked."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Callable[..., dict[str, Any]]:
        return lambda *args, **given: self.found.update({"function": name, "args": args, **given}) or {}


def run(operation: Operation[Any], words: list[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    command, parser, asked = cli.commands()[operation.name], argparse.ArgumentParser(), Asked()
    command.add_arguments(parser)
    parser.set_defaults(seed=4)
    sources = [f"{source.name}.mid" for source in operation.sources]
    args = parser.parse_args([*sources, "--model", "m", "--out", "o", "--no-history", *words])
    monkeypatch.setattr("genstudio.studio", asked)
    command.run(args, Session())
    assert asked.found.pop("function") == operation.function
    assert asked.found.pop("args") == ("m", *([sources] if any(one.many for one in operation.sources) else sources))
    assert (asked.found.pop("out"), asked.found.pop("keep"), asked.found.pop("seed")) == ("o", None, 4)
    assert (asked.found.pop("stop", None) is not None) is operation.slow
    return asked.found


@every
def test_its_command_passes_every_option(operation: Operation[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    own, words, meant = dataclasses.fields(operation.options), list[str](), dict[str, Any]()
    for item in own:
        typed, meant[item.name] = GIVEN[item.name]
        words += [item.metadata["flag"].split("/")[-1] or f"--{item.name.replace('_', '-')}", typed]
    for name, typed, value in (("temperature", "0.7", 0.7), ("top_p", "0.9", 0.9)):
        if name in operation.decoding:
            words += [f"--{name.replace('_', '-')}", typed]
            meant[name] = value
    if operation.sources:
        words += ["--track", "Lead"]
        meant["read"] = {"track": "Lead"}
    if operation.hold:
        words += ["--hold", "key, metre"]
        meant["hold"] = ("key", "metre")
    if operation.part == "phrase":
        words += ["--bars", "9-16"]
        meant |= {"bars": (9, 16), "phrase": 1}
    if operation.part == "whole":
        words += ["--whole"]
        meant |= {"whole": True, "phrase": 1}
    assert run(operation, words, monkeypatch) == meant


@every
def test_its_command_has_its_defaults(operation: Operation[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["--set", "density=1"] if operation.name == "shape" else []
    found = run(operation, words, monkeypatch)
    for item in dataclasses.fields(operation.options):
        assert item.name == "changes" or found[item.name] == item.default
    assert found.get("temperature") == (None if operation.drawn or "temperature" not in operation.decoding else 0.0)


@every
def test_the_place_is_checked_first(operation: Operation[Any], tmp_path: Any) -> None:
    from genstudio.domains import get_domain
    from genstudio.errors import ConfigError, FileError

    file = tmp_path / "file.doc"
    file.touch()
    with pytest.raises(ConfigError if isinstance(operation.result, OneFile) else FileError):
        operation.result.check(get_domain("text"), file)
