"""What holds for every operation: its method and its function have the options of its description."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

import pytest

import genstudio
from genstudio.latent import Model
from genstudio.latent.operations import OPERATIONS
from genstudio.latent.operations.base import Operation
from genstudio.latent.results import OneFile, OneOrSeveral

every = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)


def parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(function).parameters)


@every
def test_the_method_and_the_function_have_its_options(operation: Operation[Any]) -> None:
    method = parameters(getattr(Model, operation.function))
    function = parameters(getattr(genstudio, operation.function))
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


@every
def test_the_place_is_checked_first(operation: Operation[Any], tmp_path: Any) -> None:
    from genstudio.domains import get_domain
    from genstudio.errors import ConfigError, FileError

    file = tmp_path / "file.doc"
    file.touch()
    with pytest.raises(ConfigError if isinstance(operation.result, (OneFile, OneOrSeveral)) else FileError):
        operation.result.check(get_domain("text"), file)
