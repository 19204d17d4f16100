from __future__ import annotations

import inspect

import pytest

from genstudio import errors
from genstudio.errors import GenStudioError, InputError, Stopped, did_you_mean
from genstudio.progress import Stop


def test_every_error_is_in_the_tree_and_in_the_drawing() -> None:
    classes = [item for item in vars(errors).values() if inspect.isclass(item) and item.__module__ == errors.__name__]
    classes.remove(errors.Message)  # what they say
    assert all(issubclass(item, GenStudioError) for item in classes)
    assert all(item.__name__ in (errors.__doc__ or "") for item in classes)
    assert {item.__name__ for item in classes} <= set(errors.__all__)
    assert [item for item in classes if item not in (GenStudioError, Stopped) and not issubclass(item, InputError)] == []


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("lstn", ["lstm", "transformer"], "did you mean 'lstm'? Known: lstm, transformer."),
        ("xyz", ["b", "a"], "Known: a, b."),
        ("x", [], "Known: none."),
    ],
)
def test_did_you_mean(name: str, known: list[str], said: str) -> None:
    assert did_you_mean(name, known) == said


def test_a_requested_stop_is_kept_until_it_is_checked() -> None:
    stop = Stop()
    stop.check()
    assert not stop.requested
    stop.request()
    stop.request()
    assert stop.requested
    with pytest.raises(Stopped, match="at your request"):
        stop.check()
