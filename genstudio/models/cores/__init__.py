"""Cores (architectures). Each module of this folder defines ``OPTIONS`` (a frozen dataclass) and ``CORE`` (a :class:`Core`).

It may define ``VARIANTS``: dictionaries of options that change the architecture, with which the tests of the interface run too.
Modules whose names begin with _ are shared by several cores.
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
    """Options that change the architecture of the core ``name``; see :func:`core_class`."""
    return tuple(getattr(_module(name), "VARIANTS", ()))


def _module(name: str) -> Any:
    if name not in names():
        raise ConfigError("there is no core {name!r}; {hint}", name=name, hint=did_you_mean(name, names()))
    return importlib.import_module(f"{__name__}.{name}")


def core_class(name: str) -> type[Core]:
    """The class of the core ``name``.

    Raises:
        ConfigError: there is no such core.
    """
    core: type[Core] = _module(name).CORE
    return core


def options_class(name: str) -> type[Any]:
    """The dataclass of the options of the core ``name``; see :func:`core_class`."""
    options: type[Any] = _module(name).OPTIONS
    return options
