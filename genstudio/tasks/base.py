"""Functions that take the fields of an options dataclass by name."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import os
from collections.abc import Callable
from typing import Any, TypeVar

from genstudio.config import argument_lines, build_options
from genstudio.progress import Monitor, Stop, silent

__all__ = ["PathLike", "task"]

PathLike = str | os.PathLike[str]
Made = TypeVar("Made")
_NAMED = inspect.Parameter.KEYWORD_ONLY


def task(options: type[Any]) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Turn a function with the keyword parameters ``options`` and ``monitor`` into one that takes the fields by name.

    Instead of these two the new function has a keyword parameter for each field of ``options``, ``report`` (called with each
    :class:`~genstudio.progress.Progress`) and ``stop`` (a :class:`~genstudio.progress.Stop`), which its signature and docstring
    list. It raises a ConfigError for a value that is out of range.

    Args:
        options: a dataclass of fields made by :func:`genstudio.config.field`.
    """
    fields = [item for item in dataclasses.fields(options) if item.metadata]

    def made(run: Callable[..., Made]) -> Callable[..., Made]:
        own = inspect.signature(run)
        given = [one for one in own.parameters.values() if one.name not in ("options", "monitor")]
        named = [inspect.Parameter(one.name, _NAMED, default=one.default, annotation=one.type) for one in fields]
        named.append(inspect.Parameter("report", _NAMED, default=silent, annotation="Report"))
        named.append(inspect.Parameter("stop", _NAMED, default=None, annotation="Stop | None"))
        signature = own.replace(parameters=[*given, *named])

        @functools.wraps(run)
        def call(*positional: Any, **values: Any) -> Made:
            bound = signature.bind(*positional, **values)
            bound.apply_defaults()
            asked = bound.arguments
            report, stop = asked.pop("report"), asked.pop("stop")
            chosen = build_options(options, {one.name: asked.pop(one.name) for one in fields})
            return run(**asked, options=chosen, monitor=Monitor(report, stop or Stop()))

        call.__signature__ = signature  # type: ignore[attr-defined]
        call.__doc__ = _with_arguments(inspect.getdoc(run) or "", options)
        return call

    return made


def _with_arguments(about: str, options: type[Any]) -> str:
    """A docstring with the fields of ``options`` among its arguments."""
    lines = [*argument_lines(options), "report: called with each event of progress.", "stop: a token that ends the task early."]
    listed = "".join(f"\n    {line}" for line in lines)
    head, sign, tail = about.partition("Args:")
    if not sign:
        head, errors, tail = about.partition("Raises:")
        return f"{head.rstrip()}\n\nArgs:{listed}" + (f"\n\n{errors}{tail}" if errors else "")
    own, gap, rest = tail.partition("\n\n")
    return f"{head}Args:{own}{listed}{gap}{rest}"
