"""Architectures. Each module of this folder holds ``OPTIONS`` (a frozen dataclass) and ``CORE`` (a :class:`Core`).

It may hold ``VARIANTS``, dictionaries of options under which the core is another machine: the contract tests run them too. Modules
whose names begin with _ are what cores share.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from genstudio.errors import ConfigError, did_you_mean
from genstudio.models.cores.base import Core, SequenceShape

__all__ = ["Core", "SequenceShape", "core_class", "names", "options_class", "variants"]


@cache
def names() -> tuple[str, ...]:
    """The names of all cores, sorted."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in found if not name.startswith("_") and name != "base"))


def variants(name: str) -> tuple[dict[str, Any], ...]:
    """Options under which the core of that name is another machine; see :func:`core_class`."""
    return tuple(getattr(_module(name), "VARIANTS", ()))


def _module(name: str) -> Any:
    if name not in names():
        raise ConfigError("there is no core {name!r}; {hint}", name=name, hint=did_you_mean(name, names()))
    return importlib.import_module(f"{__name__}.{name}")


def core_class(name: str) -> type[Core]:
    """The core of that name.

    Raises:
        ConfigError: there is no such core.
    """
    core: type[Core] = _module(name).CORE
    return core


def options_class(name: str) -> type[Any]:
    """The options dataclass of the core of that name; see :func:`core_class`."""
    options: type[Any] = _module(name).OPTIONS
    return options
