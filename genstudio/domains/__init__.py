"""Kinds of data. Each module of this folder that holds a ``DOMAIN`` is one; names come from the folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from genstudio.domains._edit import edit_distance
from genstudio.domains._notes import MetreChange, Music, Note, TempoChange
from genstudio.domains._words import words
from genstudio.domains.base import Attribute, Domain, Grammar, Piece, ReadResult, Refusal
from genstudio.errors import ConfigError, did_you_mean

__all__ = [
    "Attribute",
    "Domain",
    "Grammar",
    "MetreChange",
    "Music",
    "Note",
    "Piece",
    "ReadResult",
    "Refusal",
    "TempoChange",
    "edit_distance",
    "get_domain",
    "names",
    "words",
]


@cache
def names() -> tuple[str, ...]:
    """The names of all domains, sorted."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in found if not name.startswith("_") and name != "base"))


@cache
def get_domain(name: str) -> Domain:
    """The domain of that name.

    Raises:
        ConfigError: there is no such domain.
    """
    if name not in names():
        raise ConfigError(f"there is no domain {name!r}; {did_you_mean(name, names())}")
    domain: Domain = importlib.import_module(f"{__name__}.{name}").DOMAIN
    return domain
